// DbtProject: the semantic models of a manifest, with what metrics and filters look up in them.
//
// Tested by test/unit/semantic_import_dbt_test.cpp.
#ifndef LOUPE_CORE_SEMANTIC_DBT_PROJECT_HPP
#define LOUPE_CORE_SEMANTIC_DBT_PROJECT_HPP

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/semantic/import_draft.hpp"
#include "core/semantic/row_expression.hpp"

namespace loupe::semantic {

// A key of a model, by which models join.
struct DbtEntity {
  std::string name;
  std::string type;    // primary, unique, natural or foreign
  std::string column;  // empty when it is an expression
  std::string pointer;
};

struct DbtModel {
  std::string name;
  std::string pointer;
  std::string primary_entity;
  std::string time_dimension;  // the default of its measures
  bool has_validity = false;   // rows are versions of a thing
  std::vector<DbtEntity> entities;
  std::map<std::string, SqlTokens> dimensions;  // bound to the row
  std::map<std::string, std::string> types;     // of the dimensions
  DraftEntity* draft = nullptr;

  [[nodiscard]] RowScope Scope() const { return {{name, table}, nullptr}; }
  std::string table;
};

// An aggregate over one model's rows.
struct DbtMeasure {
  const DbtModel* model = nullptr;
  const Json* json = nullptr;  // with "agg", "expr", "agg_params", "non_additive_dimension"
  std::string expression;      // empty: the name is the column
  std::string name;
  std::string pointer;
};

struct DbtProject {
  std::vector<DbtModel> models;
  std::map<std::string, DbtMeasure> measures;
  // By the name of a key: the models in which it identifies a row, with that key.
  std::map<std::string, std::vector<std::pair<const DbtModel*, const DbtEntity*>>> keys;

  [[nodiscard]] const DbtModel* FindModel(std::string_view name) const;
  // Fills `keys` when all models are there.
  void IndexKeys();
  // The model whose rows the key identifies.
  [[nodiscard]] const DbtModel* ModelOfEntity(const std::string& entity) const;
  // The model that says "primary_entity" without a column for it.
  [[nodiscard]] const DbtModel* FindModelByPrimaryEntity(const std::string& entity) const;
};

// Filters of a measure over `model` from a template such as
// "{{ Dimension('order__status') }} = 'paid' AND {{ Dimension('customer__tier') }} = 'pro'": SQL
// for the model's own dimensions, filters of the query JSON for those of others. Errors:
// kNotSupported, saying what cannot be carried.
[[nodiscard]] Status AddDbtFilters(std::string_view text, const DbtProject& project,
                                   const DbtModel& model, Json* filters);

}  // namespace loupe::semantic

#endif  // LOUPE_CORE_SEMANTIC_DBT_PROJECT_HPP
