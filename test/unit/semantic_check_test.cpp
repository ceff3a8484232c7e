#include "core/semantic/check.hpp"

#include <gtest/gtest.h>

#include "semantic_catalog_fixture.hpp"
#include "semantic_fixture.hpp"

namespace loupe::semantic {
namespace {

// An entity of the shop's orders with further members, beside customers without a key.
std::vector<Status> Problems(const std::string& members) {
  return CheckModel(ModelOf(R"({"name": "m", "entities": [
      {"name": "orders", "schema": "shop", "table": "orders")" +
                            members + R"(},
      {"name": "customers", "table": "customers"}]})"),
                    ShopCatalog());
}

TEST(CheckModel, FindsNothingWrongWithAModelThatFits) {
  EXPECT_TRUE(Problems(R"(, "primary_key": ["id"],
      "joins": [{"entity": "customers", "columns": [{"from": "customer_id", "to": "id"}]}],
      "dimensions": [{"name": "a", "type": "time", "column": "due_on"},
                     {"name": "b", "type": "string", "column": "mood"},
                     {"name": "c", "type": "number", "sql": "{T}.anything"}],
      "measures": [{"name": "n", "type": "count"},
                   {"name": "s", "type": "sum", "column": "amount"},
                   {"name": "f", "type": "sum", "sql": "{T}.anything"}])")
                  .empty());
}

TEST(CheckModel, ReportsAllProblemsAtOnceWhereTheyStand) {
  const std::vector<Status> problems = Problems(R"(, "primary_key": ["ident"],
      "joins": [{"entity": "customers", "columns": [{"from": "customerid", "to": "idd"}]}],
      "dimensions": [{"name": "a", "type": "time", "column": "due_at"},
                     {"name": "b", "type": "number", "column": "paid"}],
      "measures": [{"name": "s", "type": "sum", "column": "paid"},
                   {"name": "t", "type": "sum", "column": "amonut"}])");
  ASSERT_EQ(problems.size(), 7u);
  EXPECT_EQ(problems[0].pointer(), "/entities/0/primary_key/0");
  EXPECT_EQ(problems[0].code(), Code::kUndefinedColumn);
  EXPECT_EQ(problems[1].pointer(), "/entities/0/joins/0/columns/0/from");
  EXPECT_EQ(problems[1].hint(), "Did you mean \"customer_id\"?");
  EXPECT_EQ(problems[2].pointer(), "/entities/0/joins/0/columns/0/to");
  EXPECT_EQ(problems[3].pointer(), "/entities/0/dimensions/0/column");
  EXPECT_EQ(problems[4].pointer(), "/entities/0/dimensions/1/type");
  EXPECT_EQ(problems[4].code(), Code::kSemanticTypeMismatch);
  EXPECT_EQ(problems[5].message(),
            "measure \"s\" takes the sum of column \"paid\", which is of type boolean");
  EXPECT_EQ(problems[5].pointer(), "/entities/0/measures/0/type");
  EXPECT_EQ(problems[6].message(), "column \"amonut\" of table \"orders\" does not exist");
  EXPECT_EQ(problems[6].hint(), "Did you mean \"amount\"?");
}

TEST(CheckModel, NamesTheNearestTable) {
  const std::vector<Status> problems = CheckModel(
      ModelOf(R"({"name": "m", "entities": [{"name": "o", "schema": "shop", "table": "order"},
                 {"name": "p", "table": "customer",
                  "joins": [{"entity": "o", "columns": [{"from": "a", "to": "b"}]}]}]})"),
      ShopCatalog());
  ASSERT_EQ(problems.size(), 2u);
  EXPECT_EQ(problems[0].code(), Code::kUndefinedTable);
  EXPECT_EQ(problems[0].message(), "table \"shop.order\" of entity \"o\" does not exist");
  EXPECT_EQ(problems[0].hint(), "Did you mean \"orders\"?");
  EXPECT_EQ(problems[0].pointer(), "/entities/0/table");
  EXPECT_EQ(problems[1].hint(), "Did you mean \"customers\"?");
}

TEST(CheckModel, RefusesDimensionsOfAnotherType) {
  for (const char* member :
       {R"("type": "string", "column": "amount")", R"("type": "string", "column": "due_on")",
        R"("type": "boolean", "column": "amount")", R"("type": "time", "column": "amount")",
        R"("type": "number", "column": "due_on")"}) {
    const std::vector<Status> problems =
        Problems(R"(, "dimensions": [{"name": "d", )" + std::string(member) + "}]");
    ASSERT_EQ(problems.size(), 1u) << member;
    EXPECT_EQ(problems[0].code(), Code::kSemanticTypeMismatch);
  }
}

TEST(CheckModel, DemandsAKeyOnTheSideOfTheOne) {
  const std::vector<Status> to = Problems(
      R"(, "joins": [{"entity": "customers", "columns": [{"from": "mood", "to": "country"}]}])");
  ASSERT_EQ(to.size(), 1u);
  EXPECT_EQ(to[0].code(), Code::kSemanticInvalidModel);
  EXPECT_EQ(to[0].pointer(), "/entities/0/joins/0");
  const std::vector<Status> from = Problems(
      R"(, "joins": [{"entity": "customers", "relationship": "one_to_many",
                      "columns": [{"from": "customer_id", "to": "id"}]}])");
  ASSERT_EQ(from.size(), 1u);
  EXPECT_NE(from[0].message().find("no key of \"orders\""), std::string::npos);
  EXPECT_TRUE(Problems(R"(, "primary_key": ["customer_id"],
      "joins": [{"entity": "customers", "relationship": "one_to_many",
                 "columns": [{"from": "customer_id", "to": "id"}]}])")
                  .empty())
      << "a key that the model declares counts";
}

TEST(CompleteModel, FillsInSchemasAndDataTypes) {
  const Model model = CompleteModel(ModelOf(R"({"name": "m", "entities": [
        {"name": "o", "table": "orders",
         "dimensions": [{"name": "a", "type": "time", "column": "due_on", "data_type": "text"},
                        {"name": "b", "type": "time", "sql": "{T}.x", "data_type": "date"},
                        {"name": "c", "type": "time", "column": "gone"}],
         "measures": [{"name": "s", "type": "sum", "column": "amount"}]},
        {"name": "g", "table": "gone"}]})"),
                                    ShopCatalog());
  EXPECT_EQ(model.entities[0].schema, "shop");
  EXPECT_EQ(model.entities[0].dimensions[0].data_type, "date");
  EXPECT_EQ(model.entities[0].dimensions[1].data_type, "date");
  EXPECT_EQ(model.entities[0].dimensions[2].data_type, "");
  EXPECT_EQ(model.entities[0].measures[0].data_type, "numeric(12,2)");
  EXPECT_EQ(model.entities[1].schema, "");
}

TEST(CheckModel, KnowsTheTypesOfExpressionsAndBins) {
  const std::vector<Status> problems = Problems(R"(,
      "dimensions": [{"name": "a", "type": "time", "sql": "1", "data_type": "integer"},
                     {"name": "b", "type": "string", "column": "amount", "bins": [1, 2]},
                     {"name": "c", "type": "string", "column": "paid", "bins": [1, 2]}],
      "measures": [{"name": "s", "type": "sum", "sql": "'x'", "data_type": "text"}])");
  ASSERT_EQ(problems.size(), 3u);
  EXPECT_EQ(problems[0].message(),
            "dimension \"a\" is a time, but its expression is of type integer");
  EXPECT_EQ(problems[1].pointer(), "/entities/0/dimensions/2/type");
  EXPECT_EQ(problems[2].message(),
            "measure \"s\" takes the sum of its expression, which is of type text");
}

TEST(CheckModel, ChecksStatementsByTheirColumns) {
  Catalog catalog = ShopCatalog();
  CatalogTable query = TableOf("", "q", {ColumnOf("x", "integer", ValueType::kNumber)});
  query.kind = kQueryTable;
  catalog.tables.push_back(query);
  const Model model = ModelOf(R"({"name": "m", "entities": [
      {"name": "q", "sql": "SELECT 1 AS x",
       "dimensions": [{"name": "x", "type": "number", "column": "x"},
                      {"name": "y", "type": "number", "column": "y"}]},
      {"name": "unknown", "sql": "SELECT 2"}, {"name": "t", "table": "q"}]})");
  const std::vector<Status> problems = CheckModel(model, catalog);
  ASSERT_EQ(problems.size(), 2u);
  EXPECT_EQ(problems[0].pointer(), "/entities/0/dimensions/1/column");
  EXPECT_EQ(problems[1].pointer(), "/entities/2/table");
  EXPECT_EQ(EntityIndexOf(problems[1]), 2u);
}

TEST(CheckModel, PointsToTheJoinOfABridge) {
  const std::vector<Status> problems = CheckModel(ModelOf(R"({"name": "m", "entities": [
          {"name": "orders", "schema": "shop", "table": "orders", "primary_key": ["id"],
           "joins": [{"entity": "customers", "relationship": "many_to_many",
                      "bridge": {"table": "nowhere", "from": [{"from": "id", "to": "order_id"}],
                                 "to": [{"from": "customer_id", "to": "id"}]}}]},
          {"name": "customers", "schema": "shop", "table": "customers"}]})"),
                                                  ShopCatalog());
  ASSERT_EQ(problems.size(), 1u);
  EXPECT_EQ(problems[0].pointer(), "/entities/0/joins/0/bridge/table");
}

}  // namespace
}  // namespace loupe::semantic
