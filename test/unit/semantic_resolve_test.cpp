#include "core/semantic/resolve.hpp"

#include <gtest/gtest.h>

#include "semantic_fixture.hpp"

namespace loupe::semantic {
namespace {

// The error of a query that counts orders under one filter.
Status FilterError(const std::string& filter) {
  return ErrorOf(R"({"measures": ["orders.count"], "filters": [)" + filter + "]}");
}

TEST(Resolve, NamesTheNearestMemberOfAnUnknownOne) {
  const Status status = ErrorOf(R"({"measures": ["orders.cuont"]})");
  EXPECT_EQ(status.code(), Code::kSemanticUnknownMember);
  EXPECT_EQ(status.message(), "unknown member \"orders.cuont\" of model \"shop\"");
  EXPECT_EQ(status.hint(), "Did you mean \"orders.count\"?");
  EXPECT_EQ(status.pointer(), "/measures/0");
}

TEST(Resolve, KnowsNoMemberOfAnotherForm) {
  for (const char* name : {"orders", "orders.", ".count", "nobody.count", "orders.count.month",
                           "orders.created_at."}) {
    const Status status = ErrorOf(R"({"dimensions": [")" + std::string(name) + "\"]}");
    EXPECT_EQ(status.code(), Code::kSemanticUnknownMember) << name;
  }
}

TEST(Resolve, NamesTheNearestGranularityOfAnUnknownOne) {
  const Status status = ErrorOf(R"({"dimensions": ["orders.created_at.monht"]})");
  EXPECT_EQ(status.code(), Code::kSemanticInvalidQuery);
  EXPECT_EQ(status.message(), "unknown granularity \"monht\" of \"orders.created_at\"");
  EXPECT_EQ(status.hint(), "Did you mean \"month\"?");
  EXPECT_EQ(status.pointer(), "/dimensions/0");
  EXPECT_EQ(ErrorOf(R"({"dimensions": ["orders.created_at.month.day"]})").pointer(),
            "/dimensions/0");
  EXPECT_EQ(ErrorOf(R"({"timeDimensions": [
                        {"dimension": "orders.created_at", "granularity": "fiscal_yaer"}]})")
                .pointer(),
            "/timeDimensions/0/granularity");
}

TEST(Resolve, CutsLongNamesInMessagesAtACharacter) {
  std::string name = "x";
  for (int i = 0; i < 300; ++i) name += "ö";
  const Status status = ErrorOf(R"({"measures": [")" + name + "\"]}");
  EXPECT_LT(status.message().size(), 300u);
  EXPECT_NE(status.message().find("ö…\""), std::string::npos);
}

TEST(Resolve, HidesMembersThatAreNotPublic) {
  EXPECT_EQ(ErrorOf(R"({"dimensions": ["customers.secret"]})").code(),
            Code::kSemanticUnknownMember);
}

TEST(Resolve, TellsMeasuresFromDimensions) {
  const Status measure = ErrorOf(R"({"measures": ["orders.status"]})");
  EXPECT_EQ(measure.code(), Code::kSemanticInvalidQuery);
  EXPECT_EQ(measure.hint(), "Name it under \"dimensions\".");
  const Status dimension = ErrorOf(R"({"dimensions": ["orders.count"]})");
  EXPECT_EQ(dimension.hint(), "Name it under \"measures\".");
}

TEST(Resolve, DemandsTimesWhereTimesAreMeant) {
  const Status status =
      ErrorOf(R"({"timeDimensions": [{"dimension": "orders.status", "granularity": "day"}]})");
  EXPECT_EQ(status.code(), Code::kSemanticTypeMismatch);
  EXPECT_EQ(status.pointer(), "/timeDimensions/0/dimension");
  EXPECT_EQ(ErrorOf(R"({"dimensions": ["orders.status.month"]})").code(),
            Code::kSemanticTypeMismatch);
  EXPECT_EQ(ErrorOf(R"({"measures": ["orders.count"], "timeDimensions": [
                        {"dimension": "orders.created_at.day"}]})")
                .code(),
            Code::kSemanticInvalidQuery);
  EXPECT_EQ(ErrorOf(R"({"measures": ["orders.count"], "timeDimensions": [
                        {"dimension": "orders.count", "granularity": "day"}]})")
                .code(),
            Code::kSemanticInvalidQuery);
}

TEST(Resolve, RefusesAggregationsThatDoNotFitTheirType) {
  const Status status = ErrorOf(R"({"measures": ["orders.count", "orders.broken"]})");
  EXPECT_EQ(status.code(), Code::kSemanticTypeMismatch);
  EXPECT_EQ(status.message(), "measure \"orders.broken\" takes the sum of type text");
  EXPECT_EQ(status.pointer(), "/measures/1");
  EXPECT_EQ(FilterError(R"({"member": "orders.broken", "operator": "set"})").pointer(),
            "/filters/0/member");
}

TEST(Resolve, RefusesOperatorsThatDoNotFitTheMember) {
  const Status status =
      FilterError(R"({"member": "orders.fee", "operator": "contains", "values": ["1"]})");
  EXPECT_EQ(status.code(), Code::kSemanticTypeMismatch);
  EXPECT_EQ(status.pointer(), "/filters/0/operator");
  for (const char* filter :
       {R"({"member": "orders.status", "operator": "gt", "values": ["1"]})",
        R"({"member": "orders.status", "operator": "inDateRange", "values": ["today"]})",
        R"({"member": "orders.paid", "operator": "lt", "values": [true]})",
        R"({"member": "orders.count", "operator": "startsWith", "values": ["1"]})",
        R"({"member": "orders.created_at", "operator": "contains", "values": ["2024"]})"}) {
    EXPECT_EQ(FilterError(filter).code(), Code::kSemanticTypeMismatch) << filter;
  }
}

TEST(Resolve, RefusesValuesThatDoNotFitTheMember) {
  const Status status =
      FilterError(R"({"member": "orders.fee", "operator": "equals", "values": [1, "ten"]})");
  EXPECT_EQ(status.code(), Code::kSemanticTypeMismatch);
  EXPECT_EQ(status.message(),
            "filter value \"ten\" does not fit \"orders.fee\", which is a number");
  EXPECT_EQ(status.pointer(), "/filters/0/values/1");
  for (const char* filter :
       {R"({"member": "orders.fee", "operator": "equals", "values": [true]})",
        R"({"member": "orders.fee", "operator": "gt", "values": [null]})",
        R"({"member": "orders.paid", "operator": "equals", "values": ["yes"]})",
        R"({"member": "orders.created_at", "operator": "gt", "values": ["soon"]})",
        R"({"member": "orders.created_at", "operator": "beforeDate", "values": [2024]})",
        R"({"member": "orders.created_at", "operator": "afterDate", "values": [null]})",
        R"({"member": "orders.count", "operator": "gt", "values": ["many"]})"}) {
    EXPECT_EQ(FilterError(filter).code(), Code::kSemanticTypeMismatch) << filter;
  }
}

TEST(Resolve, PointsAtWrongDatesOfRanges) {
  EXPECT_EQ(FilterError(R"({"or": [{"member": "orders.created_at", "operator": "inDateRange",
                            "values": ["2024-01-01", "x"]}]})")
                .pointer(),
            "/filters/0/or/0/values/1");
  EXPECT_EQ(ErrorOf(R"({"measures": ["orders.count"], "timeDimensions": [
                        {"dimension": "orders.created_at", "dateRange": "x"}]})")
                .pointer(),
            "/timeDimensions/0/dateRange");
}

TEST(Resolve, RefusesFilterGroupsOfDimensionsAndMeasures) {
  const Status status = FilterError(R"({"or": [
      {"member": "orders.status", "operator": "set"},
      {"and": [{"member": "orders.count", "operator": "gt", "values": [1]}]}]})");
  EXPECT_EQ(status.code(), Code::kSemanticInvalidQuery);
  EXPECT_EQ(status.pointer(), "/filters/0");
}

TEST(Resolve, RefusesGranularitiesInFilters) {
  EXPECT_EQ(FilterError(R"({"member": "orders.created_at.day", "operator": "set"})").code(),
            Code::kSemanticInvalidQuery);
}

TEST(Resolve, OrdersBySelectedMembersOnly) {
  const Status status = ErrorOf(
      R"({"measures": ["orders.count"], "dimensions": ["orders.status"],
          "order": {"orders.fee": "asc"}})");
  EXPECT_EQ(status.code(), Code::kSemanticInvalidQuery);
  EXPECT_EQ(status.pointer(), "/order/orders.fee");
  EXPECT_EQ(ErrorOf(R"({"measures": ["orders.count"], "order": {"orders.x": "asc"}})").code(),
            Code::kSemanticUnknownMember);
}

TEST(Resolve, ChecksQueriesThatCodeHasBuilt) {
  const Model model = ShopModel();
  Query query;
  EXPECT_EQ(Resolve(query, model, {Now(), {}}).status().code(), Code::kSemanticInvalidQuery);
  query.measures = {"orders.count"};
  Filter filter;
  filter.member = "orders.fee";
  filter.op = FilterOperator::kGreater;
  query.filters = {filter};
  EXPECT_EQ(Resolve(query, model, {Now(), {}}).status().pointer(), "/filters/0/values");
  filter.op = FilterOperator::kBeforeDate;
  filter.member = "orders.created_at";
  query.filters = {filter};
  EXPECT_EQ(Resolve(query, model, {Now(), {}}).status().pointer(), "/filters/0/values");
  filter.kind = Filter::Kind::kAnd;
  query.filters = {filter};
  EXPECT_EQ(Resolve(query, model, {Now(), {}}).status().code(), Code::kLimitExceeded);
  filter = Filter();
  filter.member = "orders.status";
  filter.op = FilterOperator::kSet;
  for (int i = 0; i < 40; ++i) {
    Filter group;
    group.kind = Filter::Kind::kOr;
    group.children = {filter};
    filter = group;
  }
  query.filters = {filter};
  EXPECT_EQ(Resolve(query, model, {Now(), {}}).status().code(), Code::kLimitExceeded);
}

TEST(Resolve, TakesMembersNamedTwiceOnce) {
  const Result<Compiled> compiled = Compile(
      R"({"measures": ["orders.count", "orders.count"],
          "dimensions": ["orders.status", "orders.status"]})");
  ASSERT_TRUE(compiled.ok());
  EXPECT_EQ(compiled.value().columns.size(), 2u);
}

TEST(Resolve, RefusesMeasureFiltersOfUngroupedQueries) {
  EXPECT_EQ(ErrorOf(R"({"dimensions": ["orders.status"], "ungrouped": true, "filters": [
                        {"member": "orders.count", "operator": "gt", "values": [1]}]})")
                .code(),
            Code::kNotSupported);
}

}  // namespace
}  // namespace loupe::semantic
