#include "core/semantic/simple_model.hpp"

#include "semantic_fixture.hpp"

namespace loupe::semantic {
namespace {

std::string ModelText(std::string_view text) {
  const Result<Json> model = ModelFromSimple(JsonOf(text));
  return model.ok() ? model.value().Dump()
                    : model.status().message() + " at " + model.status().pointer();
}

std::string SalesText(const std::string& more) {
  return ModelText(R"({"dataset": "sales", "table": "s.sales")" + more + "}");
}

TEST(ModelFromSimple, MakesOneEntity) {
  EXPECT_EQ(SalesText(R"json(, "grain": ["id"], "time_columns": ["at"],
                "dimensions": [{"name": "channel", "column": "ch", "type": "varchar(10)"},
                               {"name": "at", "type": "timestamp"}],
                "measures": [{"name": "revenue", "column": "amount", "type": "numeric",
                              "aggregations": ["sum", "Average"]},
                             {"name": "buyers", "column": "who", "type": "text",
                              "aggregations": ["distinct"]}],
                "field_mappings": {"amount": "amount_eur"})json"),
            R"({"name":"sales","entities":[{"name":"sales","primary_key":["id"],"schema":"s",)"
            R"("table":"sales","dimensions":[{"name":"at","type":"time","column":"at"},)"
            R"({"name":"channel","type":"string","column":"ch"}],"measures":[)"
            R"({"name":"revenue_sum","type":"sum","column":"amount_eur","synonyms":["amount"]},)"
            R"({"name":"revenue_avg","type":"avg","column":"amount_eur","synonyms":["amount"]},)"
            R"({"name":"buyers","type":"count_distinct","column":"who"},)"
            R"({"name":"count","type":"count"}]}]})");
}

TEST(ModelFromSimple, GivesModelsThatParse) {
  const Result<Json> model = ModelFromSimple(JsonOf(
      R"({"dataset": "my data", "table": "t", "grain": "one row an order", "time_columns": ["d"],
          "measures": [{"name": "d", "type": "date", "aggregations": ["max"]}]})"));
  ASSERT_TRUE(model.ok());
  const Result<Model> parsed = ParseModel(model.value());
  ASSERT_TRUE(parsed.ok()) << parsed.status().message();
  EXPECT_EQ(parsed.value().name, "my_data");
  EXPECT_EQ(parsed.value().entities[0].labels.description, "Grain: one row an order");
  EXPECT_NE(parsed.value().entities[0].FindMeasure("d_max"), nullptr);
}

TEST(ModelFromSimple, SaysWhatIsWrong) {
  EXPECT_EQ(SalesText(R"(, "measure": [])"), "unknown member \"measure\" of dataset at /measure");
  EXPECT_EQ(SalesText(R"(, "dimensions": [{"name": "a", "type": "strnig"}])"),
            "unknown type \"strnig\" at /dimensions/0/type");
  EXPECT_EQ(SalesText(R"(, "dimensions": ["a", "a"])"),
            "name \"a\" is used twice at /dimensions/1");
  EXPECT_EQ(SalesText(R"(, "measures": [{"name": "a", "aggregations": ["summ"]}])"),
            "unknown aggregation \"summ\" at /measures/0/aggregations/0");
  EXPECT_EQ(
      SalesText(R"(, "measures": [{"name": "a", "type": "string", "aggregations": ["sum"]}])"),
      "measure \"a\" is a string, which has no \"sum\" at /measures/0/aggregations");
  EXPECT_EQ(SalesText(R"(, "field_mappings": {"a": 1})"),
            "\"a\" of mapping must be a string, not number at /field_mappings/a");
  EXPECT_EQ(ModelText(R"({"dataset": "d"})"), "dataset has no \"table\" at ");
}

TEST(SetTable, SplitsQualifiedNames) {
  Json entity = Json::MakeObject();
  SetTable(R"(db."my.schema"."T""x")", &entity);
  EXPECT_EQ(entity.Dump(), R"({"schema":"my.schema","table":"T\"x"})");
}

}  // namespace
}  // namespace loupe::semantic
