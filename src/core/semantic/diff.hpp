// Diff: what has changed from one model document to another.
//
//   a  {"entities": [{"name": "orders", "measures": [{"name": "count", "type": "count"}]}]}
//   b  {"entities": [{"name": "goods"}, {"name": "orders", "title": "Sales", "measures": []}]}
//
//   added    /entities/0                  {"name": "goods"}
//   added    /entities/1/title            "Sales"
//   removed  /entities/0/measures/0       {"name": "count", "type": "count"}
//
// Items of an array that all have a name (joins: an entity, where they have no name) are matched by
// it, so that one that only moved is not a change. Other arrays are compared as a whole, and the
// order of an object's members never counts.
//
// Tested by test/unit/semantic_diff_test.cpp.
#ifndef LOUPE_CORE_SEMANTIC_DIFF_HPP
#define LOUPE_CORE_SEMANTIC_DIFF_HPP

#include <optional>
#include <string>
#include <vector>

#include "core/base/json.hpp"

namespace loupe::semantic {

struct Change {
  enum class Kind { kAdded, kRemoved, kChanged };
  Kind kind = Kind::kChanged;
  std::string pointer;         // into the later document; of what was removed, into the earlier one
  std::optional<Json> before;  // none when added
  std::optional<Json> after;   // none when removed
};

// "added", "removed" or "changed".
[[nodiscard]] const char* ChangeName(Change::Kind kind);

// The changes that make `after` of `before`, in the order of `after`, what was removed last within
// its object or array. Values deeper than kMaxDiffDepth are compared as a whole.
[[nodiscard]] std::vector<Change> DiffModels(const Json& before, const Json& after);

constexpr int kMaxDiffDepth = 64;

}  // namespace loupe::semantic

#endif  // LOUPE_CORE_SEMANTIC_DIFF_HPP
