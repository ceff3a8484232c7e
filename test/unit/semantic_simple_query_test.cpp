#include "core/semantic/simple_query.hpp"

#include "core/semantic/simple_model.hpp"
#include "semantic_fixture.hpp"

namespace loupe::semantic {
namespace {

Model SalesModel() {
  const Result<Json> model = ModelFromSimple(JsonOf(R"({"dataset": "sales", "table": "s.sales",
      "time_columns": ["at"], "dimensions": [{"name": "channel", "column": "ch"},
      {"name": "price", "type": "number"}],
      "measures": [{"name": "revenue", "column": "amount", "aggregations": ["sum", "avg"]},
                   {"name": "buyers", "column": "who", "type": "text", "aggregations": ["distinct"]}],
      "field_mappings": {"amount": "amount_eur"}})"));
  EXPECT_TRUE(model.ok());
  const Result<Model> parsed = ParseModel(model.value());
  EXPECT_TRUE(parsed.ok());
  return parsed.value();
}

std::string QueryText(const std::string& more) {
  const Result<SimpleQuery> query =
      QueryFromSimple(JsonOf(R"({"dataset_id": "sales")" + more + "}"), SalesModel());
  return query.ok() ? query.value().query.Dump()
                    : query.status().message() + " at " + query.status().pointer();
}

std::string FilterText(const std::string& filter) {
  const Result<SimpleQuery> query =
      QueryFromSimple(JsonOf(R"({"dataset_id": "sales", "measures": [{"name": "n", "column": "*",
                                 "aggregation": "count"}], "filters": [)" +
                             filter + "]}"),
                      SalesModel());
  return query.ok() ? query.value().query.Find("filters")->Dump() : query.status().message();
}

TEST(QueryFromSimple, FindsMeasuresByColumnAndAggregation) {
  const Result<SimpleQuery> query = QueryFromSimple(
      JsonOf(R"({"dataset_id": "sales", "dimensions": ["channel", {"column": "at", "name": "month",
                 "granularity": "month"}], "measures": [{"name": "rev", "column": "amount",
                 "aggregation": "sum"}, {"column": "amount_eur", "aggregation": "mean"},
                 {"name": "n", "column": "*", "aggregation": "count"}, "buyers"]})"),
      SalesModel());
  ASSERT_TRUE(query.ok()) << query.status().message();
  EXPECT_EQ(query.value().query.Dump(),
            R"({"measures":["sales.revenue_sum","sales.revenue_avg","sales.count","sales.buyers"],)"
            R"("dimensions":["sales.channel"],)"
            R"("timeDimensions":[{"dimension":"sales.at","granularity":"month"}],"filters":[],)"
            R"("order":[["sales.revenue_sum","desc"]],"limit":1000})");
  const std::vector<std::pair<std::string, std::string>> keys = {
      {"sales.channel", "channel"}, {"sales.at.month", "month"},
      {"sales.revenue_sum", "rev"}, {"sales.revenue_avg", "revenue_avg"},
      {"sales.count", "n"},         {"sales.buyers", "buyers"}};
  EXPECT_EQ(query.value().keys, keys);
}

TEST(QueryFromSimple, TranslatesFilters) {
  EXPECT_EQ(FilterText(R"({"column": "ch", "operator": "ne", "value": "web"})"),
            R"([{"member":"sales.channel","operator":"notEquals","values":["web"]}])");
  EXPECT_EQ(FilterText(R"({"field": "price", "operator": "BETWEEN", "value": [1, 5]})"),
            R"([{"and":[{"member":"sales.price","operator":"gte","values":[1]},)"
            R"({"member":"sales.price","operator":"lte","values":[5]}]}])");
  EXPECT_EQ(FilterText(R"({"column": "at", "operator": ">=", "value": "2025-01-01"})"),
            R"([{"member":"sales.at","operator":"afterOrOnDate","values":["2025-01-01"]}])");
  EXPECT_EQ(FilterText(R"({"column": "n", "operator": "gt", "value": 3})"),
            R"([{"member":"sales.count","operator":"gt","values":[3]}])");
  EXPECT_EQ(FilterText(R"({"column": "channel", "operator": "is_null"})"),
            R"([{"member":"sales.channel","operator":"notSet","values":[]}])");
}

TEST(QueryFromSimple, TranslatesTimesAndOrder) {
  EXPECT_EQ(QueryText(R"(, "measures": ["buyers"], "time_filter": {"column": "at",
                "start": "2025-01-01", "end": "2025-02-01"}, "order_by": ["-buyers"], "limit": 7)"),
            R"({"measures":["sales.buyers"],"dimensions":[],"timeDimensions":[{"dimension":)"
            R"("sales.at","dateRange":["2025-01-01","2025-02-01"]}],"filters":[],)"
            R"("order":[["sales.buyers","desc"]],"limit":7})");
  EXPECT_EQ(QueryText(R"(, "measures": ["buyers"], "time_filter": {"start": "2025-01-01"},
                "order_by": [{"column": "buyers", "direction": "ASC"}])"),
            R"({"measures":["sales.buyers"],"dimensions":[],"timeDimensions":[],"filters":[)"
            R"({"member":"sales.at","operator":"afterOrOnDate","values":["2025-01-01"]}],)"
            R"("order":[["sales.buyers","asc"]],"limit":1000})");
}

TEST(QueryFromSimple, SaysWhatIsWrong) {
  EXPECT_EQ(QueryText(R"(, "dimension": [])"),
            "unknown member \"dimension\" of query at /dimension");
  EXPECT_EQ(QueryText(R"(, "dimensions": ["chanel"])"),
            "dataset \"sales\" has no dimension \"chanel\" at /dimensions/0");
  EXPECT_EQ(QueryText(R"(, "measures": [{"column": "amount", "aggregation": "max"}])"),
            "dataset \"sales\" has no measure \"max\" of \"amount\" at /measures/0");
  EXPECT_EQ(FilterText(R"({"column": "channel", "operator": "like", "value": "x"})"),
            "unknown filter operator \"like\"");
  EXPECT_EQ(FilterText(R"({"column": "at", "operator": "contains", "value": "x"})"),
            "operator \"contains\" does not fit the time \"at\"");
  EXPECT_EQ(FilterText(R"({"column": "price", "operator": "between", "value": 1})"),
            "operator \"between\" takes two values, not 1");
  EXPECT_EQ(QueryText(R"(, "limit": 50001)").substr(0, 7), "\"limit\"");
  EXPECT_EQ(QueryText(R"(, "measures": ["buyers"], "time_filter": {})"),
            "\"time_filter\" has no \"start\", \"end\" or \"range\" at /time_filter");
  const Result<SimpleQuery> other =
      QueryFromSimple(JsonOf(R"({"dataset_id": "sails"})"), SalesModel());
  EXPECT_EQ(other.status().code(), Code::kSemanticUnknownMember);
  EXPECT_EQ(other.status().hint(), "Known names are \"sales\".");
}

TEST(QueryFromSimple, GivesQueriesThatCompile) {
  const Result<SimpleQuery> simple = QueryFromSimple(
      JsonOf(R"({"dataset_id": "sales", "dimensions": ["channel"], "measures": ["buyers"],
                 "filters": [{"column": "price", "operator": "between", "value": [1, 2]}]})"),
      SalesModel());
  ASSERT_TRUE(simple.ok());
  EXPECT_TRUE(ParseQuery(simple.value().query).ok());
  EXPECT_TRUE(IsSimpleQuery(JsonOf(R"({"dataset_id": "x"})")));
  EXPECT_EQ(ModelNameOfSimple(JsonOf(R"({"dataset_id": "x y"})")), "x_y");
}

}  // namespace
}  // namespace loupe::semantic
