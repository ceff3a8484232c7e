#include "core/semantic/plan.hpp"

#include <gtest/gtest.h>

#include "semantic_fixture.hpp"

namespace loupe::semantic {
namespace {

std::string PlanOf(std::string_view text) {
  const Result<Query> query = ParseQuery(JsonOf(text));
  EXPECT_TRUE(query.ok());
  const Result<std::string> plan = ExplainPlan(query.value(), ShopModel(), {Now(), ""});
  return plan.ok() ? plan.value() : plan.status().message();
}

TEST(MakePlan, MakesOnePartOfEachEntityWithMeasures) {
  EXPECT_EQ(PlanOf(R"({"measures": ["orders.count", "items.revenue", "orders.fees"],
                       "dimensions": ["customers.country"],
                       "filters": [{"member": "visits.count", "operator": "gt", "values": [1]}]})"),
            "part orders\n"
            "  join orders -> customers\n"
            "  count orders.count\n"
            "  sum orders.fees\n"
            "part items\n"
            "  join items -> orders\n"
            "  join orders -> customers\n"
            "  sum items.revenue\n"
            "part visits\n"
            "  join visits -> customers\n"
            "  count visits.count\n"
            "group customers.country\n"
            "row filters 0, measure filters 1\n"
            "order orders.count desc, customers.country asc\n"
            "limit 10000 offset 0\n");
}

TEST(MakePlan, JoinsWhatFiltersNeed) {
  EXPECT_EQ(PlanOf(R"({"measures": ["items.revenue"], "order": [], "limit": 5, "offset": 2,
                       "filters": [{"or": [{"member": "products.label", "operator": "set"},
                                           {"member": "orders.paid", "operator": "set"}]}]})"),
            "part items (1 filters)\n"
            "  join items -> products\n"
            "  join items -> orders\n"
            "  sum items.revenue\n"
            "row filters 1, measure filters 0\n"
            "limit 5 offset 2\n");
}

TEST(MakePlan, ListsDimensionsFromTheEntityThatReachesThemAll) {
  EXPECT_EQ(PlanOf(R"({"dimensions": ["customers.country", "products.label"]})"),
            "part items\n"
            "  join items -> orders\n"
            "  join orders -> customers\n"
            "  join items -> products\n"
            "group customers.country\n"
            "group products.label\n"
            "row filters 0, measure filters 0\n"
            "order customers.country asc, products.label asc\n"
            "limit 10000 offset 0\n");
}

TEST(MakePlan, OrdersByTheFirstTimeDimension) {
  EXPECT_NE(PlanOf(R"({"measures": ["orders.count"], "dimensions": ["orders.status"],
                       "timeDimensions": [{"dimension": "orders.due_on", "granularity": "year"}]})")
                .find("order orders.due_on.year asc, orders.status asc\n"),
            std::string::npos);
}

TEST(MakePlan, RefusesGroupsThatAPartCannotReach) {
  const Status status = ErrorOf(
      R"({"measures": ["orders.count", "weather.count"], "dimensions": ["orders.status"]})");
  EXPECT_EQ(status.code(), Code::kSemanticNoJoinPath);
  EXPECT_EQ(status.message(), "no join leads from \"weather\" to \"orders\"");
  EXPECT_EQ(status.pointer(), "/measures/1");
}

TEST(MakePlan, RefusesFiltersThatAPartCannotReach) {
  EXPECT_EQ(ErrorOf(R"({"measures": ["orders.count"],
                        "filters": [{"member": "weather.station", "operator": "set"}]})")
                .code(),
            Code::kSemanticNoJoinPath);
}

TEST(MakePlan, RefusesUngroupedQueriesOfSeveralEntities) {
  EXPECT_EQ(ErrorOf(R"({"measures": ["orders.count", "visits.count"], "ungrouped": true})").code(),
            Code::kNotSupported);
}

}  // namespace
}  // namespace loupe::semantic
