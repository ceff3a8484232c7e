#include "core/semantic/meta.hpp"

#include <gtest/gtest.h>

#include <string>

#include "semantic_fixture.hpp"

namespace loupe::semantic {
namespace {

constexpr const char* kModel = R"json({"name": "shop", "entities": [
  {"name": "orders", "table": "orders", "title": "Purchases", "description": "What was bought.",
   "synonyms": ["sales"], "primary_key": ["id"],
   "joins": [{"entity": "customers", "columns": [{"from": "customer_id", "to": "id"}]}],
   "dimensions": [
     {"name": "id", "type": "number", "column": "id"},
     {"name": "at", "type": "time", "column": "at",
      "granularities": [{"name": "half_hour", "interval": "30 minutes"},
                        {"name": "fiscal_year", "interval": "1 year", "offset": "3 months"}]},
     {"name": "country", "type": "string", "column": "country"},
     {"name": "city", "type": "string", "column": "city", "public": false}],
   "measures": [
     {"name": "count", "type": "count"},
     {"name": "buyers", "type": "count_distinct", "column": "customer_id"},
     {"name": "fees", "type": "sum", "column": "fee", "format": "currency",
      "description": "All fees.", "synonyms": ["charges"]},
     {"name": "fees_7d", "type": "sum", "column": "fee", "format": ".2f",
      "rolling_window": {"trailing": "7 day"}},
     {"name": "first_at", "type": "min", "column": "at",
      "data_type": "timestamp without time zone"},
     {"name": "fee_each", "type": "calculated", "formula": "fees / count"},
     {"name": "place", "type": "rank", "measure": "fees"},
     {"name": "cost", "type": "sum", "column": "cost", "public": false}],
   "segments": [{"name": "web", "sql": "{T}.channel = 'web'"},
                {"name": "secret", "sql": "{T}.channel = 'x'", "public": false}],
   "hierarchies": [{"name": "place_of", "levels": ["country", "city"]},
                   {"name": "nothing", "levels": ["city"]}]},
  {"name": "customers", "table": "customers"},
  {"name": "weather", "table": "weather"},
  {"name": "hidden", "table": "hidden", "public": false}]})json";

// The item of that name in a list of the JSON; null when there is none.
const Json* Named(const Json& json, std::string_view list, std::string_view name) {
  for (const Json& item : json.Find(list)->items()) {
    if (item.Find("name")->AsString() == name) return &item;
  }
  return nullptr;
}

class MetaTest : public testing::Test {
 protected:
  const Json meta_ = Meta(ModelOf(kModel));
  const Json& orders_ = *Named(meta_, "cubes", "orders");

  [[nodiscard]] std::string Member(std::string_view list, std::string_view name,
                                   std::string_view key) const {
    const Json* item = Named(orders_, list, name);
    const Json* value = item == nullptr ? nullptr : item->Find(key);
    return value == nullptr ? "-" : value->Dump();
  }
};

TEST_F(MetaTest, CallsEntitiesCubes) {
  EXPECT_EQ(orders_.Find("type")->AsString(), "cube");
  EXPECT_EQ(orders_.Find("title")->AsString(), "Purchases");
  EXPECT_EQ(orders_.Find("description")->AsString(), "What was bought.");
  EXPECT_EQ(orders_.Find("meta")->Dump(), R"({"synonyms":["sales"]})");
  EXPECT_TRUE(orders_.Find("folders")->items().empty());
}

TEST_F(MetaTest, LeavesOutWhatIsNotPublic) {
  EXPECT_EQ(meta_.Find("cubes")->items().size(), 3U);
  EXPECT_EQ(Named(orders_, "measures", "orders.cost"), nullptr);
  EXPECT_EQ(Named(orders_, "dimensions", "orders.city"), nullptr);
  EXPECT_EQ(Named(orders_, "segments", "orders.secret"), nullptr);
}

TEST_F(MetaTest, NumbersTheConnectedParts) {
  EXPECT_EQ(orders_.Find("connectedComponent")->AsInteger(), 1);
  EXPECT_EQ(Named(meta_, "cubes", "customers")->Find("connectedComponent")->AsInteger(), 1);
  EXPECT_EQ(Named(meta_, "cubes", "weather")->Find("connectedComponent")->AsInteger(), 2);
}

TEST_F(MetaTest, NamesAggregationsAsCubeDoes) {
  EXPECT_EQ(Member("measures", "orders.count", "aggType"), R"("count")");
  EXPECT_EQ(Member("measures", "orders.buyers", "aggType"), R"("countDistinct")");
  EXPECT_EQ(Member("measures", "orders.fee_each", "aggType"), R"("number")");
  EXPECT_EQ(Member("measures", "orders.place", "aggType"), R"("rank")");
}

TEST_F(MetaTest, TellsTypesAndTitles) {
  EXPECT_EQ(Member("measures", "orders.fees", "type"), R"("number")");
  EXPECT_EQ(Member("measures", "orders.first_at", "type"), R"("time")");
  EXPECT_EQ(Member("measures", "orders.fee_each", "title"), R"("Purchases Fee Each")");
  EXPECT_EQ(Member("measures", "orders.fee_each", "shortTitle"), R"("Fee Each")");
  EXPECT_EQ(Member("measures", "orders.fees", "description"), R"("All fees.")");
  EXPECT_EQ(Member("measures", "orders.fees", "meta"), R"({"synonyms":["charges"]})");
}

TEST_F(MetaTest, TellsNamedFormatsFromNumberFormats) {
  EXPECT_EQ(Member("measures", "orders.fees", "format"), R"("currency")");
  EXPECT_EQ(Member("measures", "orders.fees_7d", "format"),
            R"({"type":"custom-numeric","value":".2f"})");
  EXPECT_EQ(Member("measures", "orders.count", "format"), "-");
}

TEST_F(MetaTest, CallsRollingMeasuresCumulative) {
  EXPECT_EQ(Member("measures", "orders.fees_7d", "cumulative"), "true");
  EXPECT_EQ(Member("measures", "orders.fees", "cumulative"), "false");
}

TEST_F(MetaTest, KnowsPrimaryKeys) {
  EXPECT_EQ(Member("dimensions", "orders.id", "primaryKey"), "true");
  EXPECT_EQ(Member("dimensions", "orders.country", "primaryKey"), "false");
}

TEST_F(MetaTest, ListsGranularitiesOfTheModel) {
  EXPECT_EQ(Member("dimensions", "orders.at", "granularities"),
            R"([{"name":"half_hour","title":"Half Hour","interval":"30 minutes"},)"
            R"({"name":"fiscal_year","title":"Fiscal Year","interval":"1 year",)"
            R"("offset":"3 months"}])");
  EXPECT_EQ(Member("dimensions", "orders.id", "granularities"), "-");
}

TEST_F(MetaTest, ListsHierarchiesWithTheirPublicLevels) {
  EXPECT_EQ(orders_.Find("hierarchies")->Dump(),
            R"([{"name":"orders.place_of","title":"Place Of","levels":["orders.country"],)"
            R"("public":true}])");
}

TEST_F(MetaTest, ListsSegments) {
  EXPECT_EQ(Member("segments", "orders.web", "title"), R"("Purchases Web")");
}

TEST(Meta, OfAnEmptyModelHasNoCubes) { EXPECT_EQ(Meta(Model{}).Dump(), R"({"cubes":[]})"); }

}  // namespace
}  // namespace loupe::semantic
