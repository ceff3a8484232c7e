// Model: entities with dimensions, measures and joins; what semantic queries and questions name.
//
// The JSON form (all members but `name`, `entities`, `table` and the members' `name` and `type` are
// optional):
//
//   {"name": "shop", "title": "…", "description": "…",
//    "entities": [
//      {"name": "orders", "title": "Orders", "description": "…", "synonyms": ["purchases"],
//       "schema": "shop", "table": "orders", "primary_key": ["id"],
//       "joins": [{"name": "customer", "entity": "customers", "relationship": "many_to_one",
//                  "columns": [{"from": "customer_id", "to": "id"}]}],
//       "dimensions": [{"name": "status", "type": "string", "column": "status",
//                       "title": "Status", "description": "…", "synonyms": [], "public": true},
//                      {"name": "ordered_at", "type": "time", "column": "ordered_at",
//                       "data_type": "timestamp with time zone"}],
//       "measures": [{"name": "count", "type": "count"},
//                    {"name": "revenue", "type": "sum", "sql": "{T}.quantity * {T}.unit_price"}]}]}
//
// A dimension or measure has a `column` or an `sql` expression over the entity's row, whose alias
// is written {T}; a count may have neither (it counts rows).
//
// Invariants of a Model made by ParseModel:
//   1. Names are non-empty and unique: entities in the model, members in their entity.
//   2. Names match [A-Za-z_][A-Za-z0-9_]* and are at most 63 bytes, so "entity.member" is unique.
//   3. Every join names an entity of the model and at least one column pair.
//
// Tested by test/unit/semantic_model_test.cpp.
#ifndef LOUPE_CORE_SEMANTIC_MODEL_HPP
#define LOUPE_CORE_SEMANTIC_MODEL_HPP

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/base/json.hpp"
#include "core/base/status.hpp"

namespace loupe::semantic {

enum class DimensionType { kString, kNumber, kBoolean, kTime };
enum class Aggregation { kCount, kCountDistinct, kSum, kAvg, kMin, kMax };
enum class Relationship { kManyToOne, kOneToOne, kOneToMany };

// What people see of a member or an entity, and what `ask` matches words against.
struct Labels {
  std::string title;  // empty: derived from the name
  std::string description;
  std::vector<std::string> synonyms;
};

struct Dimension {
  std::string name;
  DimensionType type = DimensionType::kString;
  std::string column;     // either this …
  std::string sql;        // … or this is set
  std::string data_type;  // SQL type as format_type prints it; empty when not known
  Labels labels;
  bool is_public = true;
};

struct Measure {
  std::string name;
  Aggregation aggregation = Aggregation::kCount;
  std::string column;
  std::string sql;
  std::string data_type;  // SQL type of the aggregated expression; empty when not known
  Labels labels;
  std::string format;  // d3-format or "", "percent", "currency"
  bool is_public = true;
};

struct Join {
  std::string name;    // empty: the target's name
  std::string entity;  // target
  Relationship relationship = Relationship::kManyToOne;
  std::vector<std::pair<std::string, std::string>> columns;  // own column, target column
};

struct Entity {
  std::string name;
  std::string schema;  // empty: found by the caller's search_path
  std::string table;
  Labels labels;
  std::vector<std::string> primary_key;
  std::vector<Join> joins;
  std::vector<Dimension> dimensions;
  std::vector<Measure> measures;

  [[nodiscard]] const Dimension* FindDimension(std::string_view name) const;
  [[nodiscard]] const Measure* FindMeasure(std::string_view name) const;
};

struct Model {
  std::string name;
  Labels labels;
  std::vector<Entity> entities;

  [[nodiscard]] const Entity* FindEntity(std::string_view name) const;
  // All public "entity.member" names, for hints.
  [[nodiscard]] std::vector<std::string> MemberNames() const;
};

// Checks and reads a model document. The first problem ends it; CheckModel finds all.
// Errors: kSemanticInvalidModel with a JSON pointer and a hint.
[[nodiscard]] Result<Model> ParseModel(const Json& document);

// The same as JSON; ParseModel(ModelToJson(m)) equals m.
[[nodiscard]] Json ModelToJson(const Model& model);

}  // namespace loupe::semantic

#endif  // LOUPE_CORE_SEMANTIC_MODEL_HPP
