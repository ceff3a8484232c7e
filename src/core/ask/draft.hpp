// Draft: one reading of the question as a query under construction, before it becomes JSON.
//
// Tested by test/unit/ask_read_test.cpp.
#ifndef LOUPE_CORE_ASK_DRAFT_HPP
#define LOUPE_CORE_ASK_DRAFT_HPP

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/ask/meaning.hpp"
#include "core/base/json.hpp"
#include "core/semantic/model.hpp"

namespace loupe::ask {

// A dimension or a measure of the model.
struct MemberRef {
  int entity = -1;
  int member = -1;
  bool operator==(const MemberRef& other) const {
    return entity == other.entity && member == other.member;
  }
};

struct DraftFilter {
  MemberRef target;
  bool on_measure = false;
  std::string op;  // as the query JSON writes it
  std::vector<Json> values;
};

struct DraftOrder {
  enum class Target { kMeasure, kDimension, kGrain };
  Target target = Target::kMeasure;
  MemberRef member;  // not of kGrain
  bool descending = true;
};

struct Draft {
  std::vector<MemberRef> measures;
  std::vector<MemberRef> dimensions;
  std::vector<DraftFilter> filters;
  std::vector<DraftOrder> order;
  std::optional<MemberRef> time_dimension;
  std::optional<TimeUnit> grain;
  std::optional<TimeRange> range;
  std::optional<std::int64_t> limit;
  bool ungrouped = false;
  double score = 1;  // 0 to 1
  std::vector<std::string> warnings;
};

// "entity.member".
[[nodiscard]] std::string DimensionName(const semantic::Model& model, MemberRef ref);
[[nodiscard]] std::string MeasureName(const semantic::Model& model, MemberRef ref);

// The draft as semantic query JSON. A ranking leaves out groups whose measure is null, since nulls
// would come first.
[[nodiscard]] Json DraftToQuery(const Draft& draft, const semantic::Model& model);

}  // namespace loupe::ask

#endif  // LOUPE_CORE_ASK_DRAFT_HPP
