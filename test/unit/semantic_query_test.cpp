#include "core/semantic/query.hpp"

#include <gtest/gtest.h>

#include "semantic_fixture.hpp"

namespace loupe::semantic {
namespace {

Query QueryOf(std::string_view text) {
  const Result<Query> query = ParseQuery(JsonOf(text));
  EXPECT_TRUE(query.ok()) << query.status().message() << " at " << query.status().pointer();
  return query.ok() ? query.value() : Query();
}

Status QueryError(std::string_view text) {
  const Result<Query> query = ParseQuery(JsonOf(text));
  EXPECT_FALSE(query.ok()) << text;
  return query.status();
}

// A query with one filter.
Status FilterError(const std::string& filter) {
  return QueryError(R"({"measures": ["o.n"], "filters": [)" + filter + "]}");
}

TEST(ParseQuery, ReadsEveryMember) {
  const Query query = QueryOf(R"({"measures": ["o.n"], "dimensions": ["o.a", "o.t.month"],
    "timeDimensions": [{"dimension": "o.t", "granularity": "day", "dateRange": "last week"},
                       {"dimension": "o.u", "dateRange": ["2024-01-01", "2024-01-31"]}],
    "filters": [{"member": "o.a", "operator": "in", "values": ["x", null, 1, true]},
                {"or": [{"dimension": "o.b", "operator": "set"},
                        {"and": [{"member": "o.n", "operator": "gt", "values": [1.5]}]}]}],
    "segments": [], "order": {"o.n": "desc", "o.a": "asc"}, "limit": 0, "offset": 7,
    "timezone": "America/New_York", "total": true, "ungrouped": false, "model": "shop",
    "renewQuery": true, "cache": "stale-if-slow", "cacheMode": 1})");
  EXPECT_EQ(query.measures, std::vector<std::string>{"o.n"});
  EXPECT_EQ(query.time_dimensions[0].granularity, "day");
  EXPECT_EQ(query.time_dimensions[0].date_range, std::vector<std::string>{"last week"});
  EXPECT_EQ(query.time_dimensions[1].date_range.size(), 2u);
  EXPECT_EQ(query.filters[0].op, FilterOperator::kEquals);
  EXPECT_EQ(query.filters[0].values.size(), 4u);
  EXPECT_EQ(query.filters[1].children[1].children[0].op, FilterOperator::kGreater);
  EXPECT_EQ(query.order->at(0).direction, sql::Direction::kDescending);
  EXPECT_EQ(query.limit, 0);
  EXPECT_EQ(query.offset, 7);
  EXPECT_TRUE(query.total);
  EXPECT_EQ(query.model, "shop");
}

TEST(ParseQuery, ReadsBackWhatQueryToJsonWrites) {
  const Query query = QueryOf(R"({"measures": ["o.n"], "ungrouped": true, "total": true,
    "model": "m", "timeDimensions": [{"dimension": "o.t", "granularity": "week",
    "dateRange": ["2024-01-01", "2024-01-31"]}], "order": [["o.n", "desc"], ["o.t", "asc"]],
    "filters": [{"or": [{"member": "o.b", "operator": "notSet"},
                        {"and": [{"member": "o.n", "operator": "lte", "values": ["3"]}]}]}]})");
  const Json json = QueryToJson(query);
  EXPECT_EQ(*json.Find("limit"), Json(10'000));
  EXPECT_EQ(*json.Find("timezone"), Json("UTC"));
  const Result<Query> again = ParseQuery(json);
  ASSERT_TRUE(again.ok()) << again.status().message();
  EXPECT_EQ(QueryToJson(again.value()).Dump(), json.Dump());
}

TEST(ParseQuery, KnowsAnEmptyOrderFromNone) {
  EXPECT_FALSE(QueryOf(R"({"measures": ["o.n"]})").order.has_value());
  EXPECT_TRUE(QueryOf(R"({"measures": ["o.n"], "order": []})").order->empty());
  EXPECT_TRUE(QueryOf(R"({"measures": ["o.n"], "order": {}})").order->empty());
}

TEST(ParseQuery, NamesTheNearestKeyOfAnUnknownOne) {
  const Status status = QueryError(R"({"measure": ["o.n"]})");
  EXPECT_EQ(status.code(), Code::kSemanticInvalidQuery);
  EXPECT_EQ(status.message(), "unknown member \"measure\" of query");
  EXPECT_EQ(status.hint(), "Did you mean \"measures\"?");
  EXPECT_EQ(status.pointer(), "/measure");
}

TEST(ParseQuery, RefusesWrongTypesWithTheirPointer) {
  EXPECT_EQ(QueryError("[]").code(), Code::kSemanticInvalidQuery);
  EXPECT_EQ(QueryError("null").code(), Code::kSemanticInvalidQuery);
  EXPECT_EQ(QueryError(R"({"measures": "o.n"})").pointer(), "/measures");
  EXPECT_EQ(QueryError(R"({"measures": [1]})").pointer(), "/measures/0");
  EXPECT_EQ(QueryError(R"({"measures": ["o.n"], "limit": "5"})").pointer(), "/limit");
  EXPECT_EQ(QueryError(R"({"measures": ["o.n"], "limit": 1.5})").pointer(), "/limit");
  EXPECT_EQ(QueryError(R"({"measures": ["o.n"], "limit": 50001})").pointer(), "/limit");
  EXPECT_EQ(QueryError(R"({"measures": ["o.n"], "limit": -1})").pointer(), "/limit");
  EXPECT_EQ(QueryError(R"({"measures": ["o.n"], "offset": -1})").pointer(), "/offset");
  EXPECT_EQ(QueryError(R"({"measures": ["o.n"], "total": 1})").pointer(), "/total");
  EXPECT_EQ(QueryError(R"({"measures": ["o.n"], "order": "o.n"})").pointer(), "/order");
  EXPECT_EQ(QueryError(R"({"measures": ["o.n"], "order": {"o.n": "up"}})").pointer(), "/order/o.n");
  EXPECT_EQ(QueryError(R"({"measures": ["o.n"], "order": [["o.n"]]})").pointer(), "/order/0");
  EXPECT_EQ(QueryError(R"({"measures": ["o.n"], "order": [["o.n", 1]]})").pointer(), "/order/0");
}

TEST(ParseQuery, DemandsAColumn) {
  const Status status = QueryError(R"({"timeDimensions": [{"dimension": "o.t"}]})");
  EXPECT_EQ(status.message(), "query asks for no column");
  EXPECT_FALSE(status.hint().empty());
}

TEST(ParseQuery, ChecksTimeDimensions) {
  const auto error = [](const std::string& time) {
    return QueryError(R"({"timeDimensions": [)" + time + "]}");
  };
  EXPECT_EQ(error(R"({"dimension": "o.t", "granularity": 1})").pointer(),
            "/timeDimensions/0/granularity");
  EXPECT_EQ(error(R"({"granularity": "day"})").message(), "time dimension has no \"dimension\"");
  EXPECT_EQ(error(R"({"dimension": "o.t", "dateRange": []})").pointer(),
            "/timeDimensions/0/dateRange");
  EXPECT_EQ(error(R"({"dimension": "o.t", "dateRange": ["a","b","c"]})").pointer(),
            "/timeDimensions/0/dateRange");
  EXPECT_EQ(error(R"({"dimension": "o.t", "dateRange": 5})").pointer(),
            "/timeDimensions/0/dateRange");
}

TEST(ParseQuery, ReadsRangesToCompare) {
  const Query query = QueryOf(R"({"timeDimensions": [{"dimension": "o.t", "granularity": "day",
      "compareDateRange": ["last week", ["2024-01-01", "2024-01-07"]]}]})");
  const std::vector<std::vector<std::string>> expected = {{"last week"},
                                                          {"2024-01-01", "2024-01-07"}};
  EXPECT_EQ(query.time_dimensions[0].compare, expected);
  EXPECT_TRUE(query.time_dimensions[0].date_range.empty());
  const Json json = QueryToJson(query);
  EXPECT_EQ(QueryToJson(QueryOf(json.Dump())).Dump(), json.Dump());
}

TEST(ParseQuery, ChecksRangesToCompare) {
  const auto error = [](const std::string& compare) {
    return QueryError(R"({"measures": ["o.n"], "timeDimensions": [{"dimension": "o.t", )" +
                      compare + "}]}");
  };
  EXPECT_EQ(error(R"("compareDateRange": [])").message(), "\"compareDateRange\" has no ranges");
  EXPECT_EQ(error(R"("compareDateRange": "today")").pointer(),
            "/timeDimensions/0/compareDateRange");
  EXPECT_EQ(error(R"("compareDateRange": ["today", []])").pointer(),
            "/timeDimensions/0/compareDateRange/1");
  EXPECT_EQ(error(R"("compareDateRange": [[1]])").pointer(),
            "/timeDimensions/0/compareDateRange/0");
  EXPECT_EQ(error(R"("compareDateRange": ["today"], "dateRange": "today")").pointer(),
            "/timeDimensions/0");
  EXPECT_EQ(error(R"("compareDateRange": ["today"]}, {"dimension": "o.u",
                     "compareDateRange": ["today"])")
                .pointer(),
            "/timeDimensions");
}

TEST(ParseQuery, ReadsSubtotals) {
  EXPECT_FALSE(QueryOf(R"({"measures": ["o.n"]})").subtotals);
  EXPECT_FALSE(QueryOf(R"({"measures": ["o.n"], "subtotals": false})").subtotals);
  const Query all = QueryOf(R"({"measures": ["o.n"], "subtotals": true})");
  EXPECT_TRUE(all.subtotals);
  EXPECT_TRUE(all.rollup.empty());
  const Query some = QueryOf(R"({"measures": ["o.n"], "subtotals": ["o.a", "o.t.month"]})");
  EXPECT_TRUE(some.subtotals);
  EXPECT_EQ(some.rollup, (std::vector<std::string>{"o.a", "o.t.month"}));
  for (const Query* query : {&all, &some}) {
    const Json json = QueryToJson(*query);
    EXPECT_EQ(QueryToJson(QueryOf(json.Dump())).Dump(), json.Dump());
  }
  EXPECT_EQ(QueryError(R"({"measures": ["o.n"], "subtotals": []})").pointer(), "/subtotals");
  EXPECT_EQ(QueryError(R"({"measures": ["o.n"], "subtotals": [1]})").pointer(), "/subtotals/0");
  EXPECT_EQ(QueryError(R"({"measures": ["o.n"], "subtotals": 1})").pointer(), "/subtotals");
}

TEST(ParseQuery, ChecksFilters) {
  const Status op = FilterError(R"({"member": "o.a", "operator": "equal", "values": ["x"]})");
  EXPECT_EQ(op.hint(), "Did you mean \"equals\"?");
  EXPECT_EQ(op.pointer(), "/filters/0/operator");
  EXPECT_EQ(FilterError(R"({"member": "o.a"})").message(), "filter has no \"operator\"");
  EXPECT_EQ(FilterError(R"({"operator": "set"})").message(), "filter has no \"member\"");
  EXPECT_EQ(FilterError(R"({"member": "o.a", "operator": "set", "value": 1})").hint(),
            "Did you mean \"values\"?");
  EXPECT_EQ(FilterError(R"({"and": []})").pointer(), "/filters/0/and");
  EXPECT_EQ(FilterError(R"({"and": [{"member": "a.b", "operator": "set"}], "or": []})").pointer(),
            "/filters/0/or");
  EXPECT_EQ(FilterError("5").message(), "filter must be an object, not number");
}

TEST(ParseQuery, CountsTheValuesOfEachOperator) {
  const Status none = FilterError(R"({"member": "o.a", "operator": "equals"})");
  EXPECT_EQ(none.message(), "operator \"equals\" takes at least one value, not 0");
  EXPECT_EQ(none.pointer(), "/filters/0/values");
  EXPECT_EQ(FilterError(R"({"member": "o.a", "operator": "gt", "values": [1, 2]})").message(),
            "operator \"gt\" takes exactly one value, not 2");
  EXPECT_EQ(FilterError(R"({"member": "o.a", "operator": "inDateRange",
                            "values": ["a", "b", "c"]})")
                .message(),
            "operator \"inDateRange\" takes one or two values, not 3");
  EXPECT_EQ(FilterError(R"({"member": "o.a", "operator": "equals", "values": [[]]})").pointer(),
            "/filters/0/values/0");
}

TEST(ParseQuery, BoundsFilters) {
  const auto nested = [](int groups) {
    Json filter = JsonOf(R"({"member": "o.a", "operator": "set"})");
    for (int i = 0; i < groups; ++i) {
      filter = Json::Of({{"and", Json::FromArray({std::move(filter)})}});
    }
    return Json::Of({{"measures", Json::FromArray({Json("o.n")})},
                     {"filters", Json::FromArray({std::move(filter)})}});
  };
  EXPECT_TRUE(ParseQuery(nested(kMaxFilterDepth - 1)).ok());
  EXPECT_EQ(ParseQuery(nested(kMaxFilterDepth)).status().code(), Code::kLimitExceeded);

  Json query = JsonOf(R"({"measures": ["o.n"], "filters": []})");
  const Json filter = JsonOf(R"({"or": [{"member": "o.a", "operator": "set"}]})");
  for (int i = 0; i < 501; ++i) query.Find("filters")->Append(filter);
  EXPECT_EQ(ParseQuery(query).status().message(), "query has more than 1000 filters");

  query = JsonOf(R"({"measures": ["o.n"], "filters": [
      {"member": "o.a", "operator": "equals", "values": []},
      {"member": "o.a", "operator": "equals", "values": [1]}]})");
  Json* values = query.Find("filters")->items()[0].Find("values");
  for (int i = 0; i < 10'000; ++i) values->Append(i);
  EXPECT_EQ(ParseQuery(query).status().message(), "query has more than 10000 filter values");
  values->Append(1);
  EXPECT_EQ(ParseQuery(query).status().code(), Code::kLimitExceeded);
}

TEST(ParseQuery, BoundsMembersAndTexts) {
  Json query = JsonOf(R"({"measures": []})");
  for (int i = 0; i < 1'001; ++i) query.Find("measures")->Append("o.n");
  EXPECT_EQ(ParseQuery(query).status().code(), Code::kLimitExceeded);
  query = JsonOf(R"({"measures": ["o.n"], "order": {}})");
  for (int i = 0; i < 1'001; ++i) query.Find("order")->Set(std::to_string(i), "asc");
  EXPECT_EQ(ParseQuery(query).status().code(), Code::kLimitExceeded);
  query = JsonOf(R"({"measures": ["o.n"], "filters": [{"member": "o.a", "operator": "equals"}]})");
  query.Find("filters")->items()[0].Set("values",
                                        Json::FromArray({Json(std::string(70'000, 'x'))}));
  EXPECT_EQ(ParseQuery(query).status().code(), Code::kLimitExceeded);
  query.Find("filters")->items()[0].Set("values", Json::FromArray({Json(std::string("\0", 1))}));
  EXPECT_EQ(ParseQuery(query).status().code(), Code::kInvalidText);
}

TEST(ParseQuery, ReadsSegments) {
  EXPECT_EQ(QueryOf(R"({"measures": ["o.n"], "segments": ["o.s"]})").segments,
            std::vector<std::string>{"o.s"});
  EXPECT_EQ(QueryError(R"({"measures": ["o.n"], "segments": "o.s"})").pointer(), "/segments");
  EXPECT_EQ(QueryError(R"({"measures": ["o.n"], "segments": [""]})").pointer(), "/segments/0");
}

TEST(ParseFilter, PointsIntoTheDocumentThatHoldsTheFilter) {
  EXPECT_TRUE(ParseFilter(JsonOf(R"({"member": "a.b", "operator": "set"})"), "/x/0").ok());
  EXPECT_EQ(ParseFilter(JsonOf(R"({"or": [{"member": "a.b", "operator": "st"}]})"), "/x/0")
                .status()
                .pointer(),
            "/x/0/or/0/operator");
}

TEST(ParseQuery, ChecksTheFormOfTimezones) {
  for (const char* name : {"UTC", "Europe/Berlin", "Etc/GMT+5", "America/Port-au-Prince"}) {
    EXPECT_TRUE(IsTimezoneName(name)) << name;
  }
  for (const char* name : {"", "+02", "Europe/Berlin'", "a b", "1A", "ü"}) {
    EXPECT_FALSE(IsTimezoneName(name)) << name;
  }
  EXPECT_FALSE(IsTimezoneName(std::string(65, 'a')));
  EXPECT_EQ(QueryError(R"({"measures": ["o.n"], "timezone": "';"})").pointer(), "/timezone");
}

}  // namespace
}  // namespace loupe::semantic
