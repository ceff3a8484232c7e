#include "core/semantic/model.hpp"

#include <gtest/gtest.h>

#include "core/semantic/names.hpp"
#include "semantic_store_fixture.hpp"

namespace loupe::semantic {
namespace {

Status ModelError(std::string_view text) {
  const Result<Model> model = ParseModel(JsonOf(text));
  EXPECT_FALSE(model.ok()) << text;
  return model.status();
}

// An entity "e" over table "t" with further members.
Status EntityError(const std::string& members) {
  return ModelError(R"({"name": "m", "entities": [{"name": "e", "table": "t")" + members + "}]}");
}

TEST(ParseModel, ReadsWhatModelToJsonWrites) {
  const Model model = ShopModel();
  const Json json = ModelToJson(model);
  const Result<Model> again = ParseModel(json);
  ASSERT_TRUE(again.ok()) << again.status().message();
  EXPECT_EQ(ModelToJson(again.value()).Dump(), json.Dump());
  EXPECT_EQ(again.value().entities.size(), 6u);
  const Entity* orders = model.FindEntity("orders");
  ASSERT_NE(orders, nullptr);
  EXPECT_EQ(orders->joins[0].columns[0].first, "customer_id");
  EXPECT_EQ(orders->FindMeasure("fees")->format, "currency");
  EXPECT_EQ(orders->FindDimension("created_at")->type, DimensionType::kTime);
  EXPECT_EQ(orders->FindDimension("nothing"), nullptr);
  EXPECT_FALSE(model.FindEntity("customers")->FindDimension("secret")->is_public);
}

TEST(ParseModel, TakesTheSimpleForm) {
  const Result<Model> model = ParseModel(JsonOf(R"({"dataset": "sales", "table": "x.y",
      "measures": [{"name": "revenue", "column": "amount", "aggregations": ["sum"]}]})"));
  ASSERT_TRUE(model.ok()) << model.status().message();
  ASSERT_NE(model.value().FindEntity("sales"), nullptr);
  EXPECT_EQ(model.value().FindEntity("sales")->schema, "x");
  EXPECT_EQ(model.value().FindEntity("sales")->FindMeasure("revenue")->column, "amount");
}

TEST(ParseModel, KeepsLabelsAndJoins) {
  const Json json = JsonOf(R"({"name":"m","title":"T","description":"D","synonyms":["s"],
    "entities":[{"name":"e","synonyms":["x","y"],"table":"t","joins":[{"name":"boss","entity":"e",
    "relationship":"one_to_one","columns":[{"from":"a","to":"b"},{"from":"c","to":"d"}]}]}]})");
  const Result<Model> model = ParseModel(json);
  ASSERT_TRUE(model.ok());
  EXPECT_EQ(ModelToJson(model.value()).Dump(), json.Dump());
}

TEST(ParseModel, ReadsEveryKindOfMemberThatModelToJsonWrites) {
  const Json json = ModelToJson(StoreModel());
  const Result<Model> again = ParseModel(json);
  ASSERT_TRUE(again.ok()) << again.status().message() << " at " << again.status().pointer();
  EXPECT_EQ(ModelToJson(again.value()).Dump(), json.Dump());
  EXPECT_EQ(*json.Find("week_start"), Json("sunday"));
  EXPECT_EQ(*json.Find("fiscal_year_start"), Json(4));
  const Json& orders = json.Find("entities")->items()[1];
  const auto measure = [&](std::string_view name) {
    for (const Json& item : orders.Find("measures")->items()) {
      if (*item.Find("name") == Json(name)) return item.Dump();
    }
    return std::string();
  };
  EXPECT_EQ(measure("month"), R"({"name":"month","type":"sum","column":"total",)"
                              R"("data_type":"numeric","rolling_window":{"trailing":"1 month"}})");
  EXPECT_EQ(measure("running"), R"({"name":"running","type":"count",)"
                                R"("rolling_window":{"trailing":"unbounded"}})");
  EXPECT_EQ(measure("ahead"), R"({"name":"ahead","type":"time_shift","measure":"orders.count",)"
                              R"("interval":"1 month","direction":"next",)"
                              R"("time_dimension":"orders.created_at"})");
  EXPECT_EQ(measure("before"), R"({"name":"before","type":"time_shift",)"
                               R"("measure":"orders.revenue","interval":"previous_period"})");
  EXPECT_EQ(measure("aov"), R"({"name":"aov","type":"calculated","formula":"revenue / count"})");
  EXPECT_EQ(measure("share_in_country"),
            R"({"name":"share_in_country","type":"percent_of_total",)"
            R"("measure":"orders.revenue","within":["customers.country"]})");
}

TEST(ParseModel, LeavesBridgesOutOfTheJson) {
  const Json json = ModelToJson(StoreModel());
  EXPECT_EQ(json.Find("entities")->items().size() + 1, StoreModel().entities.size());
}

TEST(ParseModel, ListsPublicMembersOnly) {
  const std::vector<std::string> names = ShopModel().MemberNames();
  EXPECT_NE(std::find(names.begin(), names.end(), "orders.fees"), names.end());
  EXPECT_NE(std::find(names.begin(), names.end(), "orders.status"), names.end());
  EXPECT_EQ(std::find(names.begin(), names.end(), "customers.secret"), names.end());
}

TEST(ParseModel, NamesTheNearestKnownMemberOfAnUnknownOne) {
  const Status status = EntityError(R"(, "dimension": [])");
  EXPECT_EQ(status.code(), Code::kSemanticInvalidModel);
  EXPECT_EQ(status.message(), "unknown member \"dimension\" of entity");
  EXPECT_EQ(status.hint(), "Did you mean \"dimensions\"?");
  EXPECT_EQ(status.pointer(), "/entities/0/dimension");
}

TEST(ParseModel, RefusesWrongTypesWithTheirPointer) {
  EXPECT_EQ(ModelError("[]").message(), "model must be an object, not array");
  EXPECT_EQ(ModelError(R"({"name": 1, "entities": []})").pointer(), "/name");
  EXPECT_EQ(ModelError(R"({"name": "m"})").message(), "model has no \"entities\"");
  EXPECT_EQ(ModelError(R"({"name": "m", "entities": {}})").pointer(), "/entities");
  EXPECT_EQ(ModelError(R"({"name": "m", "entities": [1]})").pointer(), "/entities/0");
  EXPECT_EQ(EntityError(R"(, "primary_key": "id")").pointer(), "/entities/0/primary_key");
  EXPECT_EQ(EntityError(R"(, "primary_key": ["a", ""])").pointer(), "/entities/0/primary_key/1");
  EXPECT_EQ(EntityError(R"(, "dimensions": [{"name": "a", "type": "string", "column": "a",
                              "public": "no"}])")
                .pointer(),
            "/entities/0/dimensions/0/public");
}

TEST(ParseModel, RefusesMissingAndEmptyTexts) {
  EXPECT_EQ(ModelError(R"({"entities": []})").message(), "model has no \"name\"");
  EXPECT_EQ(ModelError(R"({"name": "", "entities": []})").message(), "\"name\" of model is empty");
  EXPECT_EQ(ModelError(R"({"name": "m", "entities": [{"name": "e"}]})").message(),
            "entity has no \"table\"");
}

TEST(ParseModel, RefusesNamesThatAreNoNames) {
  const std::string long_name(64, 'a');
  for (const std::string& name : {std::string("1a"), std::string("a b"), std::string("a.b"),
                                  std::string("größe"), long_name}) {
    const Status status = ModelError("{\"name\": \"" + name + "\", \"entities\": []}");
    EXPECT_EQ(status.pointer(), "/name") << name;
    EXPECT_FALSE(status.hint().empty());
  }
  EXPECT_TRUE(
      ParseModel(JsonOf("{\"name\": \"" + std::string(63, 'a') + "\", \"entities\": []}")).ok());
}

TEST(ParseModel, RefusesNamesUsedTwiceAlsoBetweenDimensionsAndMeasures) {
  EXPECT_EQ(ModelError(R"({"name": "m", "entities": [{"name": "e", "table": "t"},
                          {"name": "e", "table": "u"}]})")
                .pointer(),
            "/entities/1/name");
  const Status status = EntityError(R"(, "dimensions": [{"name": "n", "type": "string",
      "column": "n"}], "measures": [{"name": "n", "type": "count"}])");
  EXPECT_EQ(status.pointer(), "/entities/0/measures/0/name");
  EXPECT_EQ(status.message(), "name \"n\" is used twice");
}

TEST(ParseModel, RefusesUnknownWords) {
  const Status type =
      EntityError(R"(, "measures": [{"name": "n", "type": "summ", "column": "c"}])");
  EXPECT_EQ(type.message(), "unknown type \"summ\"");
  EXPECT_EQ(type.hint(), "Did you mean \"sum\"?");
  EXPECT_EQ(
      EntityError(R"(, "dimensions": [{"name": "n", "type": "text", "column": "c"}])").pointer(),
      "/entities/0/dimensions/0/type");
  EXPECT_EQ(EntityError(R"(, "joins": [{"entity": "e", "relationship": "many_to_many",
                              "columns": [{"from": "a", "to": "b"}]}])")
                .message(),
            "many_to_many join to \"e\" has no \"bridge\"");
  const Status relationship = EntityError(R"(, "joins": [{"entity": "e",
      "relationship": "many_to_on", "columns": [{"from": "a", "to": "b"}]}])");
  EXPECT_EQ(relationship.pointer(), "/entities/0/joins/0/relationship");
  EXPECT_EQ(relationship.hint(), "Did you mean \"many_to_one\"?");
}

TEST(ParseModel, DemandsOneExpressionOfEachMember) {
  EXPECT_EQ(EntityError(R"(, "dimensions": [{"name": "n", "type": "string"}])").message(),
            "\"n\" has neither a \"column\" nor an \"sql\"");
  EXPECT_EQ(EntityError(R"(, "measures": [{"name": "n", "type": "sum"}])").message(),
            "\"n\" has neither a \"column\" nor an \"sql\"");
  EXPECT_EQ(EntityError(R"(, "measures": [{"name": "n", "type": "sum", "column": "a",
                              "sql": "{T}.a"}])")
                .message(),
            "\"n\" has more than one of \"column\", \"sql\" and \"formula\"");
}

TEST(ParseModel, ChecksTheShapeOfExpressions) {
  const Status status = EntityError(R"(, "measures": [{"name": "n", "type": "sum",
                                          "sql": "1) FROM secret --"}])");
  EXPECT_EQ(status.code(), Code::kSemanticInvalidModel);
  EXPECT_EQ(status.pointer(), "/entities/0/measures/0/sql");
}

TEST(ParseModel, ChecksJoins) {
  const Status target = EntityError(R"(, "joins": [{"entity": "f",
                                          "columns": [{"from": "a", "to": "b"}]}])");
  EXPECT_EQ(target.message(), "join of \"e\" names the unknown entity \"f\"");
  EXPECT_EQ(target.hint(), "Did you mean \"e\"?");
  EXPECT_EQ(target.pointer(), "/entities/0/joins/0/entity");
  EXPECT_EQ(EntityError(R"(, "joins": [{"entity": "e", "columns": []}])").message(),
            "join to \"e\" has no \"columns\"");
  EXPECT_EQ(EntityError(R"(, "joins": [{"entity": "e", "columns": [{"from": "a"}]}])").pointer(),
            "/entities/0/joins/0/columns/0");
  EXPECT_EQ(EntityError(R"(, "joins": [{"entity": "e", "columns": [{"from": "a", "to": "b"}]},
                              {"entity": "e", "columns": [{"from": "c", "to": "b"}]}])")
                .message(),
            "join \"e\" is declared twice");
}

// An entity "e" with a time dimension "t", a number "n", a count and these further members.
Status RichError(const std::string& measures, const std::string& members = "") {
  return EntityError(R"(, "dimensions": [{"name": "t", "type": "time", "column": "t"},
      {"name": "n", "type": "number", "column": "n"}],
      "measures": [{"name": "count", "type": "count"})" +
                     (measures.empty() ? "" : ", " + measures) + "]" + members);
}

TEST(ParseModel, FollowsNamesInsideTheModel) {
  const Status shifted =
      RichError(R"({"name": "x", "type": "time_shift", "measure": "cuont", "interval": "1 year"})");
  EXPECT_EQ(shifted.message(), "\"x\" names the unknown measure \"cuont\"");
  EXPECT_EQ(shifted.hint(), "Did you mean \"count\"?");
  EXPECT_EQ(shifted.pointer(), "/entities/0/measures/1/measure");
  EXPECT_EQ(RichError(R"({"name": "x", "type": "rank", "measure": "count", "within": ["e.x"]})")
                .pointer(),
            "/entities/0/measures/1/within/0");
  EXPECT_EQ(RichError(R"({"name": "x", "type": "time_shift", "measure": "count",
                          "interval": "1 year", "time_dimension": "n"})")
                .pointer(),
            "/entities/0/measures/1/time_dimension");
  EXPECT_EQ(RichError(R"({"name": "x", "type": "calculated", "formula": "count / nn"})").pointer(),
            "/entities/0/measures/1/formula");
  EXPECT_EQ(RichError(R"({"name": "x", "type": "sum", "formula": "count + 1"})").pointer(),
            "/entities/0/measures/1/formula")
      << "rows have no measures";
  EXPECT_EQ(RichError(R"({"name": "x", "type": "calculated", "formula": "count / e.s"})",
                      R"(, "segments": [{"name": "s", "sql": "{T}.n > 0"}])")
                .message(),
            "\"x\" names the unknown measure \"e.s\"")
      << "segments have no value";
  EXPECT_EQ(RichError(R"({"name": "x", "type": "rank", "measure": "count", "within": ["e.t.day"]})")
                .pointer(),
            "/entities/0/measures/1/within/0");
  EXPECT_EQ(RichError(R"({"name": "x", "type": "sum", "column": "n",
                          "semi_additive": {"time_dimension": "n"}})")
                .message(),
            "\"x\" needs a time dimension, which \"n\" is not");
  EXPECT_EQ(RichError(R"({"name": "x", "type": "sum", "column": "n",
                          "semi_additive": {"time_dimension": "t", "partition_by": ["z"]}})")
                .pointer(),
            "/entities/0/measures/1/semi_additive/partition_by/0");
  EXPECT_EQ(RichError("", R"(, "hierarchies": [{"name": "h", "levels": ["n", "z"]}])").pointer(),
            "/entities/0/hierarchies/0/levels");
  EXPECT_EQ(RichError("", R"(, "access": [{"hidden": ["z"]}])").pointer(), "/entities/0/access/0");
}

TEST(ParseModel, RefusesMembersThatDependOnThemselves) {
  const Status measures = RichError(
      R"({"name": "x", "type": "calculated", "formula": "y + 1"},
         {"name": "y", "type": "time_shift", "measure": "x", "interval": "1 year"})");
  EXPECT_EQ(measures.code(), Code::kSemanticInvalidModel);
  EXPECT_EQ(measures.message(), "\"e.x\" depends on itself");
  EXPECT_EQ(measures.detail(), "The way is e.x -> e.y -> e.x.");
  EXPECT_EQ(EntityError(R"(, "dimensions": [{"name": "a", "type": "number", "formula": "a + 1"}])")
                .message(),
            "\"e.a\" depends on itself");
  EXPECT_EQ(EntityError(R"(, "extends": "e")").pointer(), "/entities/0/extends");
}

TEST(ParseModel, ChecksWindows) {
  const auto error = [](const std::string& window) {
    return RichError(R"({"name": "x", "type": "count", "rolling_window": )" + window + "}");
  };
  const std::string at = "/entities/0/measures/1/rolling_window";
  const Status to_date = error(R"({"to_date": "yaer"})");
  EXPECT_EQ(to_date.pointer(), at + "/to_date");
  EXPECT_EQ(to_date.hint(), "Did you mean \"year\"?");
  EXPECT_EQ(error("{}").pointer(), at);
  EXPECT_EQ(error(R"({"to_date": "year", "trailing": "7 days"})").pointer(), at);
  EXPECT_EQ(error(R"({"trailing": "-7 days"})").pointer(), at + "/trailing");
  EXPECT_EQ(error(R"({"trailing": "7 suns"})").pointer(), at + "/trailing");
  EXPECT_EQ(error(R"({"trailing": "7 days", "offset": "middle"})").pointer(), at + "/offset");
  EXPECT_EQ(error(R"({"trailing": "7 days"}, "semi_additive": {"time_dimension": "t"})").message(),
            "\"x\" cannot be both rolling and semi-additive");
}

TEST(ParseModel, ChecksWhatEachKindOfMeasureTakes) {
  EXPECT_EQ(RichError(R"({"name": "x", "type": "calculated"})").message(),
            "calculated measure \"x\" has no \"formula\"");
  EXPECT_EQ(RichError(R"({"name": "x", "type": "rank"})").message(), "measure has no \"measure\"");
  EXPECT_EQ(
      RichError(R"({"name": "x", "type": "rank", "measure": "count", "column": "n"})").message(),
      "\"x\" takes a \"measure\", not an expression");
  EXPECT_EQ(RichError(R"({"name": "x", "type": "rank", "measure": "count", "interval": "1 day"})")
                .pointer(),
            "/entities/0/measures/1/interval");
  EXPECT_EQ(RichError(R"({"name": "x", "type": "percentile", "column": "n"})").pointer(),
            "/entities/0/measures/1/percentile");
  EXPECT_EQ(RichError(R"({"name": "x", "type": "percentile", "column": "n", "percentile": 1.1})")
                .pointer(),
            "/entities/0/measures/1/percentile");
  EXPECT_EQ(RichError(R"({"name": "x", "type": "count", "fill_nulls": "0"})").pointer(),
            "/entities/0/measures/1/fill_nulls");
  EXPECT_EQ(RichError(R"({"name": "x", "type": "time_shift", "measure": "count",
                          "interval": "previous_period", "direction": "next"})")
                .pointer(),
            "/entities/0/measures/1/direction");
}

TEST(ParseModel, ChecksGranularitiesAndBins) {
  const auto error = [](const std::string& granularity) {
    return EntityError(
        R"(, "dimensions": [{"name": "t", "type": "time", "column": "t", "granularities": [)" +
        granularity + "]}]");
  };
  const std::string at = "/entities/0/dimensions/0/granularities/0";
  EXPECT_EQ(error(R"({"name": "month", "interval": "1 month"})").pointer(), at + "/name");
  EXPECT_EQ(error(R"({"name": "x", "interval": "1 month 2 days"})").pointer(), at + "/interval");
  EXPECT_EQ(error(R"({"name": "x", "interval": "0 days"})").pointer(), at + "/interval");
  EXPECT_EQ(error(R"({"name": "x", "interval": "20001 days"})").pointer(), at + "/interval");
  EXPECT_EQ(error(R"({"name": "x", "interval": "1 day", "origin": "noon"})").pointer(),
            at + "/origin");
  EXPECT_EQ(EntityError(R"(, "dimensions": [{"name": "d", "type": "string", "column": "c",
                            "bins": [2, 1]}])")
                .pointer(),
            "/entities/0/dimensions/0/bins");
  EXPECT_EQ(EntityError(R"(, "dimensions": [{"name": "d", "type": "number", "column": "c",
                            "bins": [1]}])")
                .pointer(),
            "/entities/0/dimensions/0/type");
}

TEST(ParseModel, ChecksTheFiltersThatItHolds) {
  const auto error = [](const std::string& filter) {
    return RichError(R"({"name": "x", "type": "count", "filters": [)" + filter + "]}");
  };
  const std::string at = "/entities/0/measures/1/filters/0";
  EXPECT_EQ(error("1").pointer(), at);
  EXPECT_EQ(error("\"1) OR (1\"").pointer(), at);
  const Status word = error(R"({"member": "e.n", "operator": "equal", "values": [1]})");
  EXPECT_EQ(word.code(), Code::kSemanticInvalidModel);
  EXPECT_EQ(word.pointer(), at + "/operator");
  EXPECT_EQ(word.hint(), "Did you mean \"equals\"?");
  const Status member = error(R"({"or": [{"member": "e.nn", "operator": "set"}]})");
  EXPECT_EQ(member.code(), Code::kSemanticInvalidModel);
  EXPECT_EQ(member.pointer(), at + "/or/0/member");
  EXPECT_EQ(member.hint(), "Did you mean \"e.n\"?");
  EXPECT_EQ(error(R"({"member": "e.count", "operator": "set"})").pointer(), at + "/member")
      << "a filter of rows knows no measures";
  EXPECT_EQ(error(R"({"member": "e.n", "operator": "gt", "values": ["x"]})").pointer(),
            at + "/values/0");
}

TEST(ParseModel, KeepsRowFiltersToTheirEntity) {
  const Status status = ModelError(R"({"name": "m", "entities": [
      {"name": "a", "table": "a", "joins": [{"entity": "b", "columns": [{"from": "x", "to": "y"}]}],
       "access": [{"row_filter": [{"member": "b.n", "operator": "equals", "values": [1]}]}]},
      {"name": "b", "table": "b", "dimensions": [{"name": "n", "type": "number", "column": "n"}]}
      ]})");
  EXPECT_EQ(status.code(), Code::kSemanticInvalidModel);
  EXPECT_EQ(status.pointer(), "/entities/0/access/0/row_filter/0");
  EXPECT_FALSE(status.hint().empty());
}

TEST(ParseModel, ChecksSourcesAndBridges) {
  EXPECT_EQ(ModelError(R"({"name": "m", "entities": [{"name": "e", "table": "t",
                          "sql": "SELECT 1"}]})")
                .message(),
            "entity \"e\" has both a \"table\" and an \"sql\"");
  EXPECT_EQ(ModelError(R"({"name": "m", "entities": [{"name": "e", "sql": "SELECT 1) x --"}]})")
                .pointer(),
            "/entities/0/sql");
  EXPECT_EQ(EntityError(R"(, "joins": [{"entity": "e", "relationship": "many_to_many",
                "bridge": {"table": "b", "from": [{"from": "a", "to": "b"}], "to": []}}])")
                .pointer(),
            "/entities/0/joins/0/bridge");
  EXPECT_EQ(ModelError(R"({"name": "m", "entities": [], "week_start": "sonntag"})").pointer(),
            "/week_start");
  EXPECT_EQ(ModelError(R"({"name": "m", "entities": [], "fiscal_year_start": 13})").pointer(),
            "/fiscal_year_start");
  EXPECT_EQ(ModelError(R"({"name": "m", "entities": [], "timezone": "a b"})").pointer(),
            "/timezone");
}

TEST(ParseModel, RefusesHostileTexts) {
  Json json = JsonOf(R"({"name": "m", "entities": []})");
  json.Set("description", std::string(70'000, 'x'));
  EXPECT_EQ(ParseModel(json).status().code(), Code::kLimitExceeded);
  json.Set("description", std::string("a\0b", 3));
  EXPECT_EQ(ParseModel(json).status().code(), Code::kInvalidText);
  json.Set("description", std::string("\xff"));
  EXPECT_EQ(ParseModel(json).status().code(), Code::kInvalidText);
}

TEST(ParseModel, BoundsTheNumberOfEntities) {
  Json json = JsonOf(R"({"name": "m", "entities": []})");
  for (int i = 0; i < 2'001; ++i) json.Find("entities")->Append(Json::MakeObject());
  EXPECT_EQ(ParseModel(json).status().code(), Code::kLimitExceeded);
}

TEST(Names, SplitsSnakeAndCamelCase) {
  using Words = std::vector<std::string>;
  EXPECT_EQ(SplitWords("customer_id"), (Words{"customer", "id"}));
  EXPECT_EQ(SplitWords("unitPrice_USD2"), (Words{"unit", "price", "usd2"}));
  EXPECT_EQ(SplitWords("HTTPStatus"), (Words{"http", "status"}));
  EXPECT_EQ(SplitWords("__a--b  c"), (Words{"a", "b", "c"}));
  EXPECT_EQ(SplitWords("größe"), (Words{"größe"}));
  EXPECT_EQ(SplitWords(""), Words{});
}

TEST(Names, MakesTitles) {
  EXPECT_EQ(TitleFromName("customer_id"), "Customer Id");
  EXPECT_EQ(TitleFromName("__"), "__");
  Labels labels;
  EXPECT_EQ(TitleOf(labels, "a_b"), "A B");
  labels.title = "Own";
  EXPECT_EQ(TitleOf(labels, "a_b"), "Own");
}

}  // namespace
}  // namespace loupe::semantic
