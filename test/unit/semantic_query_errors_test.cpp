#include "core/semantic/query_errors.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "semantic_fixture.hpp"

namespace loupe::semantic {
namespace {

std::vector<std::string> PointersOf(std::string_view query) {
  const Model model = ShopModel();
  const DateTime now{2024, 3, 14, 10, 0, 0, 0};
  std::vector<std::string> pointers;
  for (const Status& error : QueryErrors(JsonOf(query), [&](const Json& tried) {
         return CompileQuery(tried, model, {now, ""}).status();
       })) {
    pointers.push_back(error.pointer());
  }
  return pointers;
}

using Pointers = std::vector<std::string>;

TEST(QueryErrors, AreNoneForAGoodQuery) {
  EXPECT_EQ(PointersOf(R"({"measures": ["orders.count"]})"), Pointers());
}

TEST(QueryErrors, AreToldAtTheirPlacesInTheQueryAsGiven) {
  EXPECT_EQ(PointersOf(R"({"measures": ["orders.a", "orders.count", "orders.b", "orders.c"]})"),
            (Pointers{"/measures/0", "/measures/2", "/measures/3"}));
}

TEST(QueryErrors, AreFoundInSeveralLists) {
  EXPECT_EQ(PointersOf(R"({"measures": ["orders.count"], "dimensions": ["orders.x", "y.z"],
      "timeDimensions": [{"dimension": "orders.created_at", "dateRange": "soon"}],
      "filters": [{"or": [{"member": "orders.count", "operator": "gt", "values": ["many"]},
                          {"member": "orders.status", "operator": "set"}]}]})")
                .size(),
            4U);
}

TEST(QueryErrors, OfWhatIsLeftOutAreNotTold) {
  EXPECT_EQ(PointersOf(R"({"measures": ["orders.x"], "order": {"orders.x": "asc"}})"),
            Pointers{"/measures/0"});
}

TEST(QueryErrors, OutsideOfListsEndTheSearch) {
  EXPECT_EQ(PointersOf(R"({"measures": ["orders.x"], "limit": "all"})").size(), 1U);
  EXPECT_EQ(PointersOf("[]").size(), 1U);
  EXPECT_EQ(PointersOf("null").size(), 1U);
}

TEST(QueryErrors, AreBounded) {
  Json measures = Json::MakeArray();
  for (int i = 0; i < 100; ++i) measures.Append("orders.x" + std::to_string(i));
  int compilations = 0;
  const std::vector<Status> errors =
      QueryErrors(Json::Of({{"measures", measures}}), [&](const Json& /*query*/) {
        ++compilations;
        return Status(Code::kSemanticUnknownMember, "unknown").At("/measures/0");
      });
  EXPECT_EQ(errors.size(), kMaxQueryErrors);
  EXPECT_EQ(errors.back().pointer(), "/measures/19");
  EXPECT_EQ(compilations, static_cast<int>(kMaxQueryErrors));
}

TEST(QueryErrors, TakePointersThatLeadNowhereAsTheyAre) {
  for (const char* pointer : {"/measures/7", "/measures/x", "/measures", "/measures/-1", "/x/0"}) {
    const std::vector<Status> errors =
        QueryErrors(JsonOf(R"({"measures": ["a"]})"), [&](const Json& /*query*/) {
          return Status(Code::kSemanticInvalidQuery, "bad").At(pointer);
        });
    ASSERT_EQ(errors.size(), 1U);
    EXPECT_EQ(errors[0].pointer(), pointer);
  }
}

}  // namespace
}  // namespace loupe::semantic
