// The part of fragment_check.hpp that has expressions analysed.
#include "pg/postgres.hpp"

#include "pg/fragment_check.hpp"

#include <algorithm>

#include "core/semantic/check.hpp"
#include "core/semantic/fragment.hpp"
#include "core/sql/printer.hpp"
#include "pg/execute.hpp"

namespace loupe::pg {
namespace {

constexpr std::size_t kMaxTogether = 500;  // of 1,664 columns that a result may have

// One expression of an entity and where its type goes; null: it is a condition.
struct Fragment {
  std::string sql;  // bound to the alias t
  std::string pointer;
  std::string* data_type;
};

void CollectConditions(const std::string& pointer, const std::vector<Json>& filters,
                       std::vector<Fragment>* fragments) {
  for (std::size_t i = 0; i < filters.size(); ++i) {
    if (!filters[i].IsString()) continue;
    fragments->push_back(
        {semantic::BindFragment(filters[i].AsString(), "t"), JsonPointer(pointer, i), nullptr});
  }
}

template <class Member>
void Collect(const std::string& pointer, std::vector<Member>* members,
             std::vector<Fragment>* fragments) {
  for (std::size_t i = 0; i < members->size(); ++i) {
    Member& member = (*members)[i];
    if (member.sql.empty()) continue;
    fragments->push_back({semantic::BindFragment(member.sql, "t"),
                          JsonPointer(JsonPointer(pointer, i), "sql"), &member.data_type});
  }
}

std::vector<Fragment> FragmentsOf(const std::string& pointer, semantic::Entity* entity) {
  std::vector<Fragment> fragments;
  Collect(pointer + "/dimensions", &entity->dimensions, &fragments);
  Collect(pointer + "/measures", &entity->measures, &fragments);
  for (std::size_t i = 0; i < entity->measures.size(); ++i) {
    CollectConditions(JsonPointer(pointer + "/measures", i) + "/filters",
                      entity->measures[i].filters, &fragments);
  }
  for (std::size_t i = 0; i < entity->segments.size(); ++i) {
    fragments.push_back({semantic::BindFragment(entity->segments[i].sql, "t"),
                         JsonPointer(pointer + "/segments", i) + "/sql", nullptr});
  }
  for (std::size_t i = 0; i < entity->access.size(); ++i) {
    CollectConditions(JsonPointer(pointer + "/access", i) + "/row_filter",
                      entity->access[i].row_filter, &fragments);
  }
  return fragments;
}

std::string StatementOf(const std::string& table, const std::vector<Fragment>& fragments) {
  std::string values;
  for (const Fragment& fragment : fragments) {
    values += (values.empty() ? "(" : ", (") + fragment.sql + ")";
  }
  return "SELECT v.* FROM " + table + " AS t CROSS JOIN LATERAL (VALUES (" + values +
         ")) AS v WHERE false";
}

Code CodeOf(const Judgement& judgement) {
  switch (judgement.sqlstate) {
    case ERRCODE_UNDEFINED_COLUMN:
      return Code::kUndefinedColumn;
    case ERRCODE_UNDEFINED_TABLE:
      return Code::kUndefinedTable;
    case ERRCODE_UNDEFINED_FUNCTION:
      return Code::kUndefinedFunction;
    default:
      break;
  }
  if (judgement.rule == "privilege") return Code::kNoPrivilege;
  const bool is_server = judgement.rule == "analysis" || judgement.rule == "syntax";
  return is_server ? Code::kSemanticInvalidModel : Code::kGateRefused;
}

std::string QueryOf(const semantic::Entity& entity) { return "(" + entity.sql + ")"; }

std::string TableOf(const semantic::CatalogTable& table) {
  return sql::QuoteQualified(table.schema, table.name);
}

// Judges the statements of one model.
class Analyst {
 public:
  Analyst(const std::vector<std::string>& schemas, FragmentReport* report) : report_(report) {
    options_.purpose = "semantic";
    options_.schemas = schemas;
    options_.origin = SqlOrigin::kCompiled;
    options_.limits_cost = false;
  }

  // All together; by halves when some of them are not accepted.
  void Analyze(const std::string& table, const std::vector<Fragment>& fragments) {
    if (fragments.empty()) return;
    const Judgement judgement = Validate(StatementOf(table, fragments), options_);
    if (judgement.accepted) {
      NoteRelations(judgement);
      for (std::size_t i = 0; i < fragments.size(); ++i) {
        SetType(fragments[i], judgement.result_columns.at(i).sql_type);
      }
    } else if (fragments.size() == 1) {
      NoteProblem(judgement, fragments.front().pointer);
    } else {
      const auto middle = fragments.begin() + static_cast<std::ptrdiff_t>(fragments.size() / 2);
      Analyze(table, {fragments.begin(), middle});
      Analyze(table, {middle, fragments.end()});
    }
  }

  // The columns of an entity's statement as a table.
  void AddQueryTable(const semantic::Entity& entity, const std::string& pointer,
                     semantic::Catalog* catalog) {
    const Judgement judgement =
        Validate("SELECT * FROM " + QueryOf(entity) + " AS t WHERE false", options_);
    if (!judgement.accepted) return NoteProblem(judgement, pointer + "/sql");
    NoteRelations(judgement);
    semantic::CatalogTable table;
    table.name = entity.name;
    table.kind = semantic::kQueryTable;
    for (const ResultColumn& result : judgement.result_columns) {
      semantic::CatalogColumn column;
      column.name = result.name;
      column.sql_type = result.sql_type;
      column.type = result.type;
      table.columns.push_back(std::move(column));
    }
    catalog->tables.push_back(std::move(table));
  }

 private:
  void NoteProblem(const Judgement& judgement, const std::string& pointer) {
    report_->problems.push_back(
        Status(CodeOf(judgement), judgement.message).WithHint(judgement.hint).At(pointer));
  }

  void NoteRelations(const Judgement& judgement) {
    report_->relations.insert(report_->relations.end(), judgement.plan_relations.begin(),
                              judgement.plan_relations.end());
  }

  void SetType(const Fragment& fragment, const std::string& type) {
    if (fragment.data_type != nullptr) {
      *fragment.data_type = type;
    } else if (type != "boolean") {
      report_->problems.push_back(
          Status(Code::kSemanticTypeMismatch, "condition is of type " + type + ", not boolean")
              .At(fragment.pointer));
    }
  }

  ExecuteOptions options_;
  FragmentReport* report_;
};

}  // namespace

FragmentReport TypeFragments(const std::vector<std::string>& schemas, semantic::Catalog* catalog,
                             semantic::Model* model) {
  FragmentReport report;
  Analyst analyst(schemas, &report);
  for (std::size_t i = 0; i < model->entities.size(); ++i) {
    semantic::Entity& entity = model->entities[i];
    const std::string pointer = JsonPointer("/entities", i);
    if (!entity.sql.empty()) analyst.AddQueryTable(entity, pointer, catalog);
    const semantic::CatalogTable* found = semantic::FindTable(*catalog, entity);
    if (found == nullptr) continue;
    const std::string table = entity.sql.empty() ? TableOf(*found) : QueryOf(entity);
    const std::vector<Fragment> fragments = FragmentsOf(pointer, &entity);
    for (std::size_t from = 0; from < fragments.size(); from += kMaxTogether) {
      const std::size_t to = std::min(fragments.size(), from + kMaxTogether);
      analyst.Analyze(table, {fragments.begin() + static_cast<std::ptrdiff_t>(from),
                              fragments.begin() + static_cast<std::ptrdiff_t>(to)});
    }
  }
  return report;
}

}  // namespace loupe::pg
