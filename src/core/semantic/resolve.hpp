// Resolve: the second phase; every name of the query becomes a member of the model.
//
// What comes out is checked: the members exist and are public, every aggregation fits its type,
// filter values have the type of their member, date texts are ranges on the clock of the query's
// zone. Nothing is known yet of joins and SQL.
//
// Tested by test/unit/semantic_resolve_test.cpp.
#ifndef LOUPE_CORE_SEMANTIC_RESOLVE_HPP
#define LOUPE_CORE_SEMANTIC_RESOLVE_HPP

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/base/calendar.hpp"
#include "core/base/status.hpp"
#include "core/semantic/date_range.hpp"
#include "core/semantic/model.hpp"
#include "core/semantic/query.hpp"

namespace loupe::semantic {

// What a member's values are to filters and annotations.
enum class ValueKind { kText, kNumber, kBoolean, kTime };

[[nodiscard]] ValueKind KindOf(const Dimension& dimension);
[[nodiscard]] ValueKind KindOf(const Measure& measure);
// As the annotation of an answer names it: "string", "number", "boolean" or "time".
[[nodiscard]] const char* ValueKindName(ValueKind kind);

// A column to group by; pointers lead into the model.
struct Group {
  const Entity* entity = nullptr;
  const Dimension* dimension = nullptr;
  std::optional<TimeUnit> granularity;
  std::string key;  // "orders.status" or "orders.created_at.month"
};

// A measure that is selected or that only a filter needs.
struct Aggregate {
  const Entity* entity = nullptr;
  const Measure* measure = nullptr;
  std::string key;
  bool selected = true;
  std::string pointer;  // to where the query names it
};

// A filter whose member and values are checked.
struct Condition {
  enum class Kind { kDimension, kMeasure, kAnd, kOr };
  Kind kind = Kind::kDimension;
  const Entity* entity = nullptr;        // of a dimension
  const Dimension* dimension = nullptr;  // of kDimension
  std::size_t aggregate = 0;             // of kMeasure: index into aggregates
  ValueKind value_kind = ValueKind::kText;
  FilterOperator op = FilterOperator::kEquals;
  bool with_null = false;           // null is among the values
  std::vector<std::string> values;  // the others: text, digits, or "true" and "false"
  std::vector<DateRange> ranges;    // instead of `values` when the member is a time
  std::vector<Condition> children;  // of a group
};

struct SortKey {
  std::size_t column = 0;  // index into groups, then selected aggregates
  sql::Direction direction = sql::Direction::kAscending;
  sql::Nulls nulls = sql::Nulls::kDefault;
};

struct ResolvedQuery {
  std::vector<Group> groups;          // dimensions, then time dimensions
  std::vector<Aggregate> aggregates;  // the selected ones, then the hidden ones
  std::size_t selected_aggregates = 0;
  std::vector<Condition> row_filters;      // joined by AND
  std::vector<Condition> measure_filters;  // joined by AND
  std::vector<SortKey> order;
  std::int64_t limit = kDefaultLimit;
  std::int64_t offset = 0;
  std::string timezone;
  bool total = false;
  bool ungrouped = false;
};

// Resolves the names of `query`. `now` is local to the query's zone. Errors, with pointers into
// the query: kSemanticUnknownMember (the hint names the nearest member), kSemanticTypeMismatch,
// kSemanticInvalidQuery, kNotSupported.
[[nodiscard]] Result<ResolvedQuery> Resolve(const Query& query, const Model& model,
                                            const DateTime& now);

}  // namespace loupe::semantic

#endif  // LOUPE_CORE_SEMANTIC_RESOLVE_HPP
