// Model: entities with dimensions, measures, segments and joins; what semantic queries and
// questions name.
//
// The JSON form (docs/semantic.md is its reference; all members but `name`, `entities`, an entity's
// `table` or `sql`, and the members' `name` and `type` are optional):
//
//   {"name": "shop", "title": "…", "description": "…", "week_start": "monday",
//    "fiscal_year_start": 4, "timezone": "UTC",
//    "entities": [
//      {"name": "orders", "title": "Orders", "description": "…", "synonyms": ["purchases"],
//       "schema": "shop", "table": "orders", "primary_key": ["id"],
//       "joins": [{"name": "customer", "entity": "customers", "relationship": "many_to_one",
//                  "columns": [{"from": "customer_id", "to": "id"}]}],
//       "dimensions": [{"name": "status", "type": "string", "column": "status"},
//                      {"name": "ordered_at", "type": "time", "column": "ordered_at",
//                       "granularities": [{"name": "half_hour", "interval": "30 minutes"}]},
//                      {"name": "size", "type": "string", "column": "total",
//                       "bins": [10, 100]},
//                      {"name": "is_late", "type": "boolean",
//                       "formula": "days_to_ship > 7"}],
//       "measures": [{"name": "count", "type": "count"},
//                    {"name": "revenue", "type": "sum", "sql": "{T}.quantity * {T}.unit_price",
//                     "filters": ["{T}.status <> 'cancelled'"]},
//                    {"name": "aov", "type": "calculated", "formula": "revenue / count"},
//                    {"name": "revenue_7d", "type": "sum", "sql": "…",
//                     "rolling_window": {"trailing": "7 day"}},
//                    {"name": "revenue_last_year", "type": "time_shift", "measure": "revenue",
//                     "interval": "1 year"}],
//       "segments": [{"name": "web", "sql": "{T}.channel = 'web'"}],
//       "hierarchies": [{"name": "place", "levels": ["country", "city"]}],
//       "access": [{"roles": ["clerk"], "row_filter": "{T}.region = current_user",
//                   "hidden": ["margin"], "masked": ["email"]}]}]}
//
// A dimension has a `column`, an `sql` expression over the entity's row, whose alias is written
// {T}, or a `formula` over dimensions of the same entity. An aggregating measure has one of them
// or, when it counts, none (it counts rows).
//
// Invariants of a Model made by ParseModel:
//   1. Names are non-empty and unique: entities in the model, members in their entity.
//   2. Names match [A-Za-z_][A-Za-z0-9_]* and are at most 63 bytes, so "entity.member" is unique.
//   3. Every join names an entity of the model and at least one column pair; a many_to_many join
//      has become two many_to_one joins of a hidden entity over its bridge.
//   4. An entity that extends another holds the other's members, its own first.
//   5. Formulas parse and fit the types of what they name, filters fit their dimensions; every
//      member that a measure, formula, filter, hierarchy or access rule names exists, none depends
//      on itself, and what formulas make of one another is bounded.
//
// Tested by test/unit/semantic_model_test.cpp.
#ifndef LOUPE_CORE_SEMANTIC_MODEL_HPP
#define LOUPE_CORE_SEMANTIC_MODEL_HPP

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/base/json.hpp"
#include "core/base/status.hpp"
#include "core/semantic/formula.hpp"
#include "core/semantic/granularity.hpp"
#include "core/semantic/interval.hpp"

namespace loupe::semantic {

enum class DimensionType { kString, kNumber, kBoolean, kTime };
enum class Aggregation {
  kCount,
  kCountDistinct,
  kSum,
  kAvg,
  kMin,
  kMax,
  kCountDistinctApprox,
  kMedian,
  kPercentile,
};
enum class Relationship { kManyToOne, kOneToOne, kOneToMany, kManyToMany };

// How a measure comes about: from rows, or from other measures.
enum class MeasureKind {
  kAggregate,       // `aggregation` over the entity's rows
  kCalculated,      // `formula` over measures
  kTimeShift,       // `measure` as it was, or will be, `shift` away
  kPercentOfTotal,  // `measure` as a share of itself over all groups that agree in `within`
  kRank,            // place of the group by `measure`, from 1, among those that agree in `within`
};

// What people see of a member or an entity, and what `ask` matches words against.
struct Labels {
  std::string title;  // empty: derived from the name
  std::string description;
  std::vector<std::string> synonyms;
};

// Where a value over the entity's row comes from; at most one is set.
struct RowSource {
  std::string column;
  std::string sql;                 // over {T}
  std::optional<Formula> formula;  // over dimensions of the same entity

  [[nodiscard]] bool empty() const { return column.empty() && sql.empty() && !formula; }
};

struct Dimension : RowSource {
  std::string name;
  DimensionType type = DimensionType::kString;
  std::string data_type;     // SQL type as format_type prints it; empty when not known
  std::vector<double> bins;  // ascending edges: the dimension is the label of the bin
  std::vector<Granularity> granularities;  // besides the plain ones
  Labels labels;
  std::string format;
  bool is_public = true;
  bool is_masked = false;  // null for this caller; from the access rules
};

// The periods whose rows a rolling measure takes, seen from a period of the query.
struct RollingWindow {
  enum class Anchor { kEnd, kStart };
  // Without a value: unbounded. "to date": from the start of that unit to the period's end.
  std::optional<Interval> trailing = Interval{};
  std::optional<Interval> leading = Interval{};
  Anchor anchor = Anchor::kEnd;
  std::string to_date;  // name of a granularity, or empty

  bool operator==(const RollingWindow& other) const;
};

struct SemiAdditive {
  enum class Pick { kFirst, kLast };
  std::string time_dimension;  // of the same entity
  Pick pick = Pick::kLast;
  std::vector<std::string> partition_by;  // dimensions of the same entity

  bool operator==(const SemiAdditive& other) const;
};

struct TimeShift {
  bool previous_period = false;  // by one period of the query's granularity
  Interval interval;             // back in time; forward when negative
  std::string time_dimension;    // "entity.dimension"; empty: the query's
};

struct Measure : RowSource {
  std::string name;
  MeasureKind kind = MeasureKind::kAggregate;
  Aggregation aggregation = Aggregation::kCount;  // of kAggregate
  double percentile = 0.5;                        // of kPercentile
  std::string data_type;  // SQL type of the aggregated expression; empty when not known
  // Each an SQL expression over {T} (string) or a filter of the query JSON; joined by AND.
  std::vector<Json> filters;
  std::optional<RollingWindow> rolling;
  std::optional<SemiAdditive> semi_additive;
  std::string measure;              // "entity.measure" of kTimeShift, kPercentOfTotal and kRank
  std::optional<TimeShift> shift;   // of kTimeShift
  std::vector<std::string> within;  // "entity.dimension", of kPercentOfTotal and kRank
  std::optional<double> fill_nulls;
  Labels labels;
  std::string format;  // d3-format or "", "percent", "currency"
  bool is_public = true;
  bool is_masked = false;

  // Measures that come about in one aggregation over rows, whatever the query.
  [[nodiscard]] bool IsPlainAggregate() const {
    return kind == MeasureKind::kAggregate && !rolling && !semi_additive;
  }
};

struct Segment {
  std::string name;
  std::string sql;  // a condition over {T}
  Labels labels;
  bool is_public = true;
};

struct Hierarchy {
  std::string name;
  std::string title;
  std::vector<std::string> levels;  // dimensions of the same entity, coarse to fine
};

// What members of some roles see of an entity. Once an entity has rules, a caller whom none fits
// sees nothing of it; of several that fit, each adds what it shows.
struct AccessRule {
  std::vector<std::string> roles;  // empty: everybody
  std::vector<Json> row_filter;    // as Measure::filters; empty: all rows
  std::vector<std::string> hidden;
  std::vector<std::string> masked;
};

struct JoinBridge {
  std::string schema;
  std::string table;
  std::vector<std::pair<std::string, std::string>> from;  // own column, bridge column
  std::vector<std::pair<std::string, std::string>> to;    // bridge column, target column
};

struct Join {
  std::string name;    // empty: the target's name
  std::string entity;  // target
  Relationship relationship = Relationship::kManyToOne;
  std::vector<std::pair<std::string, std::string>> columns;  // own column, target column
  std::optional<JoinBridge> bridge;                          // of kManyToMany
  bool is_guess = false;                                     // inferred without a declared key
};

// What the host knows of an entity's table; it decides between SQL of equal meaning, and is no part
// of the JSON.
struct Statistics {
  double rows = -1;                                      // -1: not known
  std::vector<std::pair<std::string, double>> distinct;  // columns and how many values they have
  std::vector<std::string> indexed;                      // columns that an index begins with

  // Rows for each value of the column; 0 when not known.
  [[nodiscard]] double RowsPerValue(std::string_view column) const;
  [[nodiscard]] bool IsIndexed(std::string_view column) const;
};

struct Entity {
  std::string name;
  std::string schema;  // empty: found by the caller's search_path
  std::string table;   // either this …
  std::string sql;     // … or this is set: a SELECT
  std::string extends;
  Labels labels;
  std::vector<std::string> primary_key;
  std::vector<Join> joins;
  std::vector<Dimension> dimensions;
  std::vector<Measure> measures;
  std::vector<Segment> segments;
  std::vector<Hierarchy> hierarchies;
  std::vector<AccessRule> access;
  Statistics statistics;
  std::vector<std::vector<Json>> row_filters;  // of the caller's rules: any of these, if any
  bool is_public = true;
  bool is_bridge = false;  // stands for the bridge of a many_to_many join

  [[nodiscard]] const Dimension* FindDimension(std::string_view name) const;
  [[nodiscard]] const Measure* FindMeasure(std::string_view name) const;
  [[nodiscard]] const Segment* FindSegment(std::string_view name) const;
};

struct Model {
  std::string name;
  Labels labels;
  int week_start = 1;         // ISO day of the week: 1 = Monday … 7 = Sunday
  int fiscal_year_start = 1;  // month
  std::string timezone;       // of queries that name none; empty: UTC
  std::vector<Entity> entities;

  [[nodiscard]] const Entity* FindEntity(std::string_view name) const;
  // All public "entity.member" names, for hints.
  [[nodiscard]] std::vector<std::string> MemberNames() const;
};

// Checks and reads a model document, in the form above or in the simple form (simple_model.hpp).
// The first problem ends it; CheckModel finds all. Errors: kSemanticInvalidModel with a JSON
// pointer and a hint.
[[nodiscard]] Result<Model> ParseModel(const Json& document);

// The same as JSON; ParseModel(ModelToJson(m)) equals m.
[[nodiscard]] Json ModelToJson(const Model& model);

}  // namespace loupe::semantic

#endif  // LOUPE_CORE_SEMANTIC_MODEL_HPP
