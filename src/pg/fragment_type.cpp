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

// One expression of an entity and where its type goes.
struct Fragment {
  std::string sql;  // bound to the alias t
  std::string pointer;
  std::string* data_type;
};

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
      Accept(judgement, fragments);
    } else if (fragments.size() == 1) {
      report_->problems.push_back(Status(CodeOf(judgement), judgement.message)
                                      .WithHint(judgement.hint)
                                      .At(fragments.front().pointer));
    } else {
      const auto middle = fragments.begin() + static_cast<std::ptrdiff_t>(fragments.size() / 2);
      Analyze(table, {fragments.begin(), middle});
      Analyze(table, {middle, fragments.end()});
    }
  }

 private:
  void Accept(const Judgement& judgement, const std::vector<Fragment>& fragments) {
    for (std::size_t i = 0; i < fragments.size(); ++i) {
      *fragments[i].data_type = judgement.result_columns.at(i).sql_type;
    }
    report_->relations.insert(report_->relations.end(), judgement.plan_relations.begin(),
                              judgement.plan_relations.end());
  }

  ExecuteOptions options_;
  FragmentReport* report_;
};

}  // namespace

FragmentReport TypeFragments(const semantic::Catalog& catalog,
                             const std::vector<std::string>& schemas, semantic::Model* model) {
  FragmentReport report;
  Analyst analyst(schemas, &report);
  for (std::size_t i = 0; i < model->entities.size(); ++i) {
    semantic::Entity& entity = model->entities[i];
    const semantic::CatalogTable* found = semantic::FindTable(catalog, entity);
    if (found == nullptr) continue;
    const std::string pointer = JsonPointer("/entities", i);
    const std::string table =
        sql::QuoteIdentifier(found->schema) + "." + sql::QuoteIdentifier(found->name);
    std::vector<Fragment> fragments;
    Collect(pointer + "/dimensions", &entity.dimensions, &fragments);
    Collect(pointer + "/measures", &entity.measures, &fragments);
    for (std::size_t from = 0; from < fragments.size(); from += kMaxTogether) {
      const std::size_t to = std::min(fragments.size(), from + kMaxTogether);
      analyst.Analyze(table, {fragments.begin() + static_cast<std::ptrdiff_t>(from),
                              fragments.begin() + static_cast<std::ptrdiff_t>(to)});
    }
  }
  return report;
}

}  // namespace loupe::pg
