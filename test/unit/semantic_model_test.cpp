#include "core/semantic/model.hpp"

#include <gtest/gtest.h>

#include "core/semantic/names.hpp"
#include "semantic_fixture.hpp"

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

TEST(ParseModel, KeepsLabelsAndJoins) {
  const Json json = JsonOf(R"({"name":"m","title":"T","description":"D","synonyms":["s"],
    "entities":[{"name":"e","synonyms":["x","y"],"table":"t","joins":[{"name":"boss","entity":"e",
    "relationship":"one_to_one","columns":[{"from":"a","to":"b"},{"from":"c","to":"d"}]}]}]})");
  const Result<Model> model = ParseModel(json);
  ASSERT_TRUE(model.ok());
  EXPECT_EQ(ModelToJson(model.value()).Dump(), json.Dump());
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
