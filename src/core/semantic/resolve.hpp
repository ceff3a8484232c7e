// Resolve: the second phase; every name of the query becomes a member of the model.
//
// What comes out is checked: the members exist and are public, every aggregation fits its type,
// filter values have the type of their member, date texts are ranges on the clock of the query's
// zone. Measures have been taken apart into aggregates over rows and the values made of them:
//
//   orders.aov = order_items.revenue / count        aggregates  0 sum revenue, 1 count
//                                                   value       formula (aggregate 0, aggregate 1)
//
// Nothing is known yet of joins and SQL.
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
#include "core/semantic/granularity.hpp"
#include "core/semantic/interval.hpp"
#include "core/semantic/model.hpp"
#include "core/semantic/query.hpp"
#include "core/semantic/sql_types.hpp"

namespace loupe::semantic {

// What a member's values are to filters and annotations.
enum class ValueKind { kText, kNumber, kBoolean, kTime };

[[nodiscard]] ValueKind KindOf(const Dimension& dimension);
// The SQL type of a dimension's values.
[[nodiscard]] SqlType TypeOf(const Dimension& dimension);
// Of a measure; one made of others is looked up in the model.
[[nodiscard]] ValueKind KindOf(const Model& model, const Entity& entity, const Measure& measure);
// As the annotation of an answer names it: "string", "number", "boolean" or "time".
[[nodiscard]] const char* ValueKindName(ValueKind kind);

// A column to group by; pointers lead into the model.
struct Group {
  const Entity* entity = nullptr;
  const Dimension* dimension = nullptr;
  std::optional<Granularity> granularity;
  std::string key;  // "orders.status" or "orders.created_at.month"

  // "orders.created_at", whatever the granularity.
  [[nodiscard]] std::string Name() const { return entity->name + "." + dimension->name; }
};

// A condition whose member and values are checked.
struct Condition {
  enum class Kind { kDimension, kMeasure, kSql, kAnd, kOr };
  Kind kind = Kind::kDimension;
  const Entity* entity = nullptr;        // of a dimension or an sql condition
  const Dimension* dimension = nullptr;  // of kDimension
  bool is_of_model = false;              // sees what is masked for the caller
  std::string sql;                       // of kSql: over the row of `entity`
  std::size_t measure = 0;               // of kMeasure: index into measures
  ValueKind value_kind = ValueKind::kText;
  FilterOperator op = FilterOperator::kEquals;
  bool with_null = false;           // null is among the values
  std::vector<std::string> values;  // the others: text, digits, or "true" and "false"
  std::vector<DateRange> ranges;    // instead of `values` when the member is a time
  std::vector<Condition> children;  // of a group
};

// Tells whether the condition is about rows of that entity alone. As deep as the condition, which
// kMaxFilterDepth bounds.
[[nodiscard]] bool SpeaksOnlyOf(const Condition& condition, const Entity* entity);

// The range of a time dimension of the query.
struct TimeRange {
  const Entity* entity = nullptr;
  const Dimension* dimension = nullptr;
  DateRange range;
};

// How far the rows of an aggregate lie from the period they are shown in.
struct Shift {
  const Dimension* dimension = nullptr;  // the time dimension that is shifted
  Interval back;

  bool operator==(const Shift& other) const {
    return dimension == other.dimension && back == other.back;
  }
};

// An aggregation over the rows of one entity.
struct Aggregate {
  const Entity* entity = nullptr;
  const Measure* measure = nullptr;  // of kind kAggregate
  std::optional<Shift> shift;
  std::optional<std::vector<std::size_t>> level;  // groups it is taken by; none: all
  std::vector<Condition> filters;                 // the measure's own, joined by AND
};

// What a measure's value is made of.
struct Value {
  enum class Kind {
    kNull,       // a masked measure, or a dimension that a subtotal has left out
    kAggregate,  // aggregates[index]
    kGroup,      // groups[index]
    kFormula,    // `formula` with args for its references, in the order of ReferencesOf
    kShare,      // args[0] as a share of args[1]
    kRank,       // place by args[0] among the groups that agree in `within`
  };
  Kind kind = Kind::kNull;
  std::size_t index = 0;
  SqlType type = SqlType::kNumeric;  // of kNull; kUnknown: what the server makes of it
  const Formula* formula = nullptr;
  std::vector<Value> args;
  std::vector<std::size_t> within;  // groups
  std::optional<double> fill_nulls;
};

// Tells whether a rank is part of the value.
[[nodiscard]] bool HasRank(const Value& value);

// A measure that is selected or that only a filter needs.
struct MeasureColumn {
  const Entity* entity = nullptr;
  const Measure* measure = nullptr;
  std::string key;
  std::string pointer;  // to where the query names it
  Value value;
  ValueKind kind = ValueKind::kNumber;
};

struct SortKey {
  std::size_t column = 0;  // index into groups, then selected measures
  sql::Direction direction = sql::Direction::kAscending;
  sql::Nulls nulls = sql::Nulls::kDefault;
};

// The rows of an entity that the caller may see.
struct EntityRows {
  const Entity* entity = nullptr;
  Condition condition;
};

struct ResolvedQuery {
  std::vector<Group> groups;            // dimensions, then time dimensions
  std::vector<MeasureColumn> measures;  // the selected ones, then the hidden ones
  std::size_t selected_measures = 0;
  std::vector<Aggregate> aggregates;       // what the measures are made of
  std::vector<TimeRange> ranges;           // of the time dimensions
  std::vector<Condition> row_filters;      // joined by AND
  std::vector<Condition> measure_filters;  // joined by AND
  std::vector<EntityRows> entity_rows;     // of the entities whose rows are restricted
  std::vector<SortKey> order;
  std::optional<std::int64_t> limit;  // none: all rows
  std::int64_t offset = 0;
  std::string timezone;
  bool total = false;
  bool ungrouped = false;

  // The first range of a time dimension; null when it has none.
  [[nodiscard]] const TimeRange* FindRange(const Dimension* of) const;
  // Tells whether a rank is part of any measure.
  [[nodiscard]] bool HasRanks() const;
};

// The zone on whose clock the query is answered: its own, else the model's, else UTC.
[[nodiscard]] std::string ZoneOf(const Query& query, const Model& model);

// What relative ranges mean in the model's calendar.
[[nodiscard]] DateContext DateContextOf(const Model& model, const DateTime& now);

struct ResolveOptions {
  DateTime now;                     // local to the query's zone
  std::vector<std::string> absent;  // dimensions that a subtotal has left out: null in formulas
  std::optional<std::int64_t> default_limit = kDefaultLimit;  // none: all rows
};

// Resolves the names of `query`, which has neither subtotals nor a compareDateRange. Errors, with
// pointers into the query: kSemanticUnknownMember (the hint names the nearest member),
// kSemanticTypeMismatch, kSemanticInvalidQuery, kNotSupported.
[[nodiscard]] Result<ResolvedQuery> Resolve(const Query& query, const Model& model,
                                            const ResolveOptions& options);

}  // namespace loupe::semantic

#endif  // LOUPE_CORE_SEMANTIC_RESOLVE_HPP
