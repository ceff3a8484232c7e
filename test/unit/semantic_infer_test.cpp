#include "core/semantic/infer.hpp"

#include <gtest/gtest.h>

#include "core/semantic/check.hpp"
#include "semantic_catalog_fixture.hpp"
#include "semantic_fixture.hpp"

namespace loupe::semantic {
namespace {

using Names = std::vector<std::string>;

template <class Item>
Names NamesOf(const std::vector<Item>& items) {
  Names names;
  for (const Item& item : items) names.push_back(item.name);
  return names;
}

TEST(InferModel, MakesAnEntityOfEachTable) {
  const Model model = InferModel(ShopCatalog(), "shop");
  EXPECT_EQ(model.name, "shop");
  EXPECT_EQ(NamesOf(model.entities), (Names{"customers", "orders"}));
  const Entity& orders = model.entities[1];
  EXPECT_EQ(orders.schema, "shop");
  EXPECT_EQ(orders.primary_key, Names{"id"});
  EXPECT_EQ(orders.labels.description, "Purchases by customers.");
  EXPECT_EQ(orders.labels.synonyms, (Names{"sales", "deals"}));
  ASSERT_EQ(orders.joins.size(), 1u);
  EXPECT_EQ(orders.joins[0].entity, "customers");
  EXPECT_EQ(orders.joins[0].relationship, Relationship::kManyToOne);
  EXPECT_EQ(orders.joins[0].name, "");
}

TEST(InferModel, MakesADimensionOfEachColumnThatCanBeShown) {
  const Model model = InferModel(ShopCatalog(), "shop");
  EXPECT_EQ(NamesOf(model.entities[1].dimensions),
            (Names{"id", "customer_id", "amount", "created_at", "due_on", "paid", "zip_code",
                   "days_late", "trackingId", "order_number", "num_items", "mood", "duration"}));
  EXPECT_EQ(model.entities[1].FindDimension("due_on")->type, DimensionType::kTime);
  EXPECT_EQ(model.entities[1].FindDimension("mood")->type, DimensionType::kString);
  EXPECT_EQ(model.entities[1].FindDimension("paid")->type, DimensionType::kBoolean);
  EXPECT_EQ(model.entities[0].FindDimension("country")->labels.synonyms, (Names{"nation", "land"}));
  EXPECT_EQ(model.entities[0].FindDimension("country")->data_type, "text");
}

TEST(InferModel, MakesMeasuresOfNumbersThatMeasureSomething) {
  const Model model = InferModel(ShopCatalog(), "shop");
  EXPECT_EQ(NamesOf(model.entities[0].measures), Names{"count"});
  EXPECT_EQ(NamesOf(model.entities[1].measures),
            (Names{"count",         "distinct_customer_id", "total_amount",    "avg_amount",
                   "min_amount",    "max_amount",           "min_created_at",  "max_created_at",
                   "min_due_on",    "max_due_on",           "total_days_late", "avg_days_late",
                   "min_days_late", "max_days_late",        "total_num_items", "avg_num_items",
                   "min_num_items", "max_num_items",        "total_duration",  "avg_duration",
                   "min_duration",  "max_duration"}));
  const Measure* total = model.entities[1].FindMeasure("total_amount");
  EXPECT_EQ(total->labels.title, "Total Amount");
  EXPECT_EQ(total->labels.description, "Gross value.");
  EXPECT_EQ(total->data_type, "numeric(12,2)");
}

TEST(InferModel, PassesTheParserAndTheChecks) {
  const Model model = InferModel(ShopCatalog(), "shop");
  EXPECT_TRUE(ParseModel(ModelToJson(model)).ok());
  for (const Status& problem : CheckModel(model, ShopCatalog())) {
    ADD_FAILURE() << problem.message() << " at " << problem.pointer();
  }
}

TEST(InferModel, AnswersQueries) {
  Query query;
  query.measures = {"orders.total_amount"};
  query.dimensions = {"customers.country"};
  EXPECT_TRUE(CompileQuery(query, InferModel(ShopCatalog(), "shop"), {Now(), ""}).ok());
}

TEST(InferModel, PutsTheSchemaBeforeNamesThatClash) {
  const std::vector<CatalogColumn> columns = {ColumnOf("a", "text", ValueType::kString)};
  const Catalog catalog = {{TableOf("x", "t", columns), TableOf("y", "t", columns),
                            TableOf("y", "u", columns), TableOf("x_t", "", columns),
                            TableOf("x", "größe cm", columns), TableOf("x", "2nd", columns)}};
  EXPECT_EQ(NamesOf(InferModel(catalog, "m").entities),
            (Names{"x_t", "y_t", "u", "_", "gr_e_cm", "_2nd"}));
}

TEST(InferModel, NumbersMembersThatWouldShareAName) {
  const Catalog catalog = {{TableOf(
      "x", "t",
      {ColumnOf("a b", "text", ValueType::kString), ColumnOf("a_b", "text", ValueType::kString),
       ColumnOf("count", "integer", ValueType::kNumber)})}};
  const Model model = InferModel(catalog, "m");
  EXPECT_EQ(NamesOf(model.entities[0].dimensions), (Names{"a_b", "a_b_2", "count"}));
  EXPECT_EQ(model.entities[0].dimensions[0].labels.title, "A B");
  EXPECT_EQ(model.entities[0].measures[0].name, "count_2");
  EXPECT_TRUE(ParseModel(ModelToJson(model)).ok());
}

TEST(InferModel, NamesTwoJoinsToOneTableByTheirColumns) {
  Catalog catalog = ShopCatalog();
  CatalogTable& orders = catalog.tables[1];
  orders.foreign_keys.push_back({"fk2", {"trackingId", "id"}, "shop", "customers", {"id", "id"}});
  const Model model = InferModel(catalog, "shop");
  EXPECT_EQ(NamesOf(model.entities[1].joins), (Names{"customer", "trackingId_id"}));
}

TEST(InferModel, LeavesOutForeignKeysToTablesThatCannotBeSeen) {
  Catalog catalog = ShopCatalog();
  catalog.tables.erase(catalog.tables.begin());
  EXPECT_TRUE(InferModel(catalog, "shop").entities[0].joins.empty());
}

TEST(InferModel, JoinsOneToOneWhereTheColumnsAreUnique) {
  Catalog catalog = ShopCatalog();
  catalog.tables[1].unique_keys = {{"customer_id"}};
  EXPECT_EQ(InferModel(catalog, "shop").entities[1].joins[0].relationship, Relationship::kOneToOne);
}

TEST(InferModel, SkipsTablesWithoutReadableColumns) {
  const Catalog catalog = {
      {TableOf("x", "t", {ColumnOf("a", "bytea", ValueType::kOther)}), TableOf("x", "u", {})}};
  EXPECT_TRUE(InferModel(catalog, "m").entities.empty());
}

TEST(LabelsFromComment, SplitsDescriptionAndSynonyms) {
  const Labels both = LabelsFromComment("Gross. Synonyms: price, , value. In euros.");
  EXPECT_EQ(both.description, "Gross. In euros.");
  EXPECT_EQ(both.synonyms, (Names{"price", "value"}));
  EXPECT_EQ(LabelsFromComment("synonyms: a").description, "");
  EXPECT_EQ(LabelsFromComment("synonyms:").synonyms, Names{});
  EXPECT_EQ(LabelsFromComment("  plain  ").description, "plain");
  EXPECT_EQ(LabelsFromComment("").description, "");
}

TEST(LabelsFromComment, CutsLongCommentsAtACharacter) {
  std::string comment = "x";
  for (int i = 0; i < 3000; ++i) comment += "ö";
  EXPECT_EQ(LabelsFromComment(comment).description.size(), 4095u);
}

TEST(SanitizedName, MakesValidNames) {
  EXPECT_EQ(SanitizedName("a b"), "a_b");
  EXPECT_EQ(SanitizedName("a (cm)"), "a_cm");
  EXPECT_EQ(SanitizedName("a_"), "a_");
  EXPECT_EQ(SanitizedName(""), "_");
  EXPECT_EQ(SanitizedName("日本"), "_");
  EXPECT_EQ(SanitizedName(std::string(100, 'a')), std::string(63, 'a'));
}

}  // namespace
}  // namespace loupe::semantic
