#include "pg/postgres.hpp"

extern "C" {
#include "nodes/parsenodes.h"
#include "parser/parser.h"
}

#include "pg/fragment_check.hpp"
#include "pg/function.hpp"

#include "core/semantic/fragment.hpp"

namespace loupe::pg {
namespace {

// SELECT (expression) and nothing around it.
bool IsOneExpression(List* statements) {
  if (list_length(statements) != 1) return false;
  Node* statement = linitial_node(RawStmt, statements)->stmt;
  if (!IsA(statement, SelectStmt)) return false;
  const auto* select = reinterpret_cast<SelectStmt*>(statement);
  return select->op == SETOP_NONE && list_length(select->targetList) == 1 &&
         select->fromClause == NIL && select->whereClause == nullptr &&
         select->groupClause == NIL && select->havingClause == nullptr &&
         select->windowClause == NIL && select->sortClause == NIL &&
         select->limitCount == nullptr && select->limitOffset == nullptr &&
         select->lockingClause == NIL && select->intoClause == nullptr &&
         select->withClause == nullptr && select->distinctClause == NIL &&
         linitial_node(ResTarget, select->targetList)->name == nullptr;
}

// The parser's ERROR becomes a status here and is not thrown on: raw parsing takes no locks, opens
// nothing and allocates in the current context alone, so there is nothing to roll back.
Status CheckFragment(const std::string& sql, const std::string& pointer) {
  const std::string text = "SELECT (" + semantic::BindFragment(sql, "t") + ")";
  const char* server = ToServer(text);
  try {
    const bool is_one =
        Call([&]() noexcept { return IsOneExpression(raw_parser(server, RAW_PARSE_DEFAULT)); });
    if (is_one) return Status::Ok();
  } catch (const PgError& error) {
    if (error.data->sqlerrcode != ERRCODE_SYNTAX_ERROR) throw;
    return Status(Code::kSemanticInvalidModel, "expression is not valid SQL")
        .WithDetail(FromServer(error.data->message) + ".")
        .At(pointer);
  }
  return Status(Code::kSemanticInvalidModel, "\"sql\" must be one scalar expression")
      .WithHint("Write an expression over the entity's row, whose alias is {T}.")
      .At(pointer);
}

}  // namespace

std::vector<Status> CheckFragments(const semantic::Model& model) {
  std::vector<Status> problems;
  const auto check = [&](const std::string& sql, const std::string& pointer) {
    if (sql.empty()) return;
    if (Status status = CheckFragment(sql, pointer); !status.ok()) {
      problems.push_back(std::move(status));
    }
  };
  const auto check_members = [&](const auto& members, const std::string& pointer) {
    for (std::size_t i = 0; i < members.size(); ++i) {
      check(members[i].sql, JsonPointer(pointer, i) + "/sql");
    }
  };
  const auto check_filters = [&](const std::vector<Json>& filters, const std::string& pointer) {
    for (std::size_t i = 0; i < filters.size(); ++i) {
      if (filters[i].IsString()) check(filters[i].AsString(), JsonPointer(pointer, i));
    }
  };
  for (std::size_t i = 0; i < model.entities.size(); ++i) {
    const semantic::Entity& entity = model.entities[i];
    const std::string base = JsonPointer("/entities", i);
    check_members(entity.dimensions, base + "/dimensions");
    check_members(entity.measures, base + "/measures");
    check_members(entity.segments, base + "/segments");
    for (std::size_t j = 0; j < entity.measures.size(); ++j) {
      check_filters(entity.measures[j].filters, JsonPointer(base + "/measures", j) + "/filters");
    }
    for (std::size_t j = 0; j < entity.access.size(); ++j) {
      check_filters(entity.access[j].row_filter, JsonPointer(base + "/access", j) + "/row_filter");
    }
  }
  return problems;
}

}  // namespace loupe::pg
