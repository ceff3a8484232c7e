#include "pg/postgres.hpp"

extern "C" {
#include "nodes/nodeFuncs.h"
#include "parser/analyze.h"
#include "tcop/tcopprot.h"
#include "utils/queryenvironment.h"
}

#include "pg/compat.hpp"
#include "pg/validate/judge.hpp"

#include <cstring>

namespace loupe::pg {
namespace {

Verdict Refuse(Stage stage, const char* rule, const char* message, const char* hint) {
  Verdict verdict;
  verdict.stage = stage;
  verdict.rule = rule;
  verdict.message = message;
  verdict.hint = hint;
  return verdict;
}

// Walks every query level; true as soon as one locks rows or changes data.
bool ChangesOrLocks(Node* node, void* context) {
  if (node == nullptr) return false;
  if (IsA(node, Query)) {
    auto* query = reinterpret_cast<Query*>(node);
    if (query->commandType != CMD_SELECT || query->hasModifyingCTE || query->rowMarks != NIL ||
        query->utilityStmt != nullptr) {
      return true;
    }
    return query_tree_walker(query, AsTreeWalker(ChangesOrLocks), context, 0);
  }
  return expression_tree_walker(node, AsTreeWalker(ChangesOrLocks), context);
}

// Rules that the raw tree alone decides.
Verdict JudgeRawTree(List* statements) {
  if (list_length(statements) != 1) {
    return Refuse(Stage::kParse, "single_statement", "exactly one statement may run",
                  "Write one SELECT statement.");
  }
  Node* statement = linitial_node(RawStmt, statements)->stmt;
  if (!IsA(statement, SelectStmt)) {
    return Refuse(Stage::kParse, "select_only", "only SELECT, VALUES or TABLE may run",
                  "Statements that change data or settings are not run.");
  }
  Verdict verdict;
  verdict.accepted = true;
  verdict.stage = Stage::kParse;
  return verdict;
}

}  // namespace

Verdict Judge(const char* sql, std::size_t max_bytes) {
  if (std::strlen(sql) > max_bytes) {
    return Refuse(Stage::kSize, "sql_length", "statement is too long",
                  "Ask for fewer columns or shorter lists of values.");
  }
  List* statements = pg_parse_query(sql);
  Verdict verdict = JudgeRawTree(statements);
  if (!verdict.accepted) return verdict;
  verdict.accepted = false;

  Query* query =
      parse_analyze_fixedparams(linitial_node(RawStmt, statements), sql, nullptr, 0, nullptr);
  if (query->commandType != CMD_SELECT || query->utilityStmt != nullptr) {
    return Refuse(Stage::kAnalyze, "select_only", "only SELECT, VALUES or TABLE may run",
                  "SELECT … INTO creates a table; leave the INTO away.");
  }
  if (ChangesOrLocks(reinterpret_cast<Node*>(query), nullptr)) {
    return Refuse(Stage::kAnalyze, "read_only", "statement changes or locks rows",
                  "Leave FOR UPDATE, FOR SHARE and data-modifying WITH queries away.");
  }
  List* rewritten = pg_rewrite_query(query);
  if (list_length(rewritten) != 1) {
    return Refuse(Stage::kAnalyze, "single_query", "a rule turns this into several statements",
                  "Read from the tables behind the rule.");
  }
  verdict.query = linitial_node(Query, rewritten);
  verdict.accepted = true;
  verdict.stage = Stage::kAnalyze;
  return verdict;
}

}  // namespace loupe::pg
