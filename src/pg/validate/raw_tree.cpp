#include "pg/postgres.hpp"

#include "pg/validate/raw_tree.hpp"

extern "C" {
#include "miscadmin.h"
#include "nodes/nodeFuncs.h"
}

#include "pg/compat.hpp"
#include "pg/validate/refuse.hpp"

#include <algorithm>
#include <cstring>

namespace loupe::pg {
namespace {

struct RawWalk {
  const JudgeLimits* limits;
  Verdict* verdict;
  int depth;
  int nodes;
};

constexpr double kTooMany = 1e9;

// How many grouping sets GROUP BY has when CUBE, ROLLUP and GROUPING SETS are multiplied out.
double CountGroupingSets(Node* node) {
  if (!IsA(node, GroupingSet)) return 1;
  auto* set = castNode(GroupingSet, node);
  const int length = list_length(set->content);
  switch (set->kind) {
    case GROUPING_SET_EMPTY:
    case GROUPING_SET_SIMPLE:
      return 1;
    case GROUPING_SET_ROLLUP:
      return length + 1.0;
    case GROUPING_SET_CUBE:
      return length > 30 ? kTooMany : static_cast<double>(1U << static_cast<unsigned>(length));
    case GROUPING_SET_SETS:
      break;
  }
  double sum = 0;
  for (int i = 0; i < length; ++i) {
    sum += CountGroupingSets(static_cast<Node*>(list_nth(set->content, i)));
  }
  return sum;
}

bool JudgeGrouping(const SelectStmt* select, RawWalk* walk) {
  double product = 1;
  for (int i = 0; i < list_length(select->groupClause); ++i) {
    product *= CountGroupingSets(static_cast<Node*>(list_nth(select->groupClause, i)));
    product = std::min(product, kTooMany);
  }
  if (product <= walk->limits->max_grouping_sets) return true;
  walk->verdict->location = exprLocation(static_cast<Node*>(linitial(select->groupClause)));
  return Refuse(
      walk->verdict, "grouping_sets", nullptr,
      psprintf("GROUP BY has more than %d grouping sets", walk->limits->max_grouping_sets),
      "Name the wanted combinations with GROUPING SETS.");
}

bool JudgeSelect(const SelectStmt* select, RawWalk* walk) {
  if (select->intoClause != nullptr) {
    walk->verdict->location = select->intoClause->rel->location;
    return Refuse(walk->verdict, "select_into", select->intoClause->rel->relname,
                  "SELECT INTO creates a table", "Leave the INTO clause away.");
  }
  if (select->lockingClause != NIL) {
    return Refuse(walk->verdict, "row_lock", nullptr, "statement locks rows",
                  "Leave FOR UPDATE and FOR SHARE away.");
  }
  return JudgeGrouping(select, walk);
}

bool JudgeWithQuery(const CommonTableExpr* with, RawWalk* walk) {
  if (IsA(with->ctequery, SelectStmt)) return true;
  walk->verdict->location = with->location;
  return Refuse(walk->verdict, "modifying_with", with->ctename,
                psprintf("WITH query \"%s\" changes data", with->ctename),
                "WITH queries may only SELECT.");
}

bool JudgeNode(Node* node, RawWalk* walk) {
  if (++walk->nodes > walk->limits->max_nodes) {
    return Refuse(walk->verdict, "node_count", nullptr,
                  psprintf("statement has more than %d parts", walk->limits->max_nodes),
                  "Ask for less at once; join a VALUES list instead of many OR conditions.");
  }
  if (walk->depth > walk->limits->max_depth) {
    walk->verdict->location = exprLocation(node);
    return Refuse(walk->verdict, "depth", nullptr,
                  psprintf("statement nests deeper than %d levels", walk->limits->max_depth),
                  "Split it into WITH queries.");
  }
  if (IsA(node, SelectStmt)) return JudgeSelect(castNode(SelectStmt, node), walk);
  if (IsA(node, CommonTableExpr)) return JudgeWithQuery(castNode(CommonTableExpr, node), walk);
  return true;
}

// True = refused, stop. An unknown kind of node is an ERROR of the server's own walker.
bool WalkRawTree(Node* node, void* context) {
  auto* walk = static_cast<RawWalk*>(context);
  if (node == nullptr) return false;
  check_stack_depth();
  if (!IsA(node, List) && !JudgeNode(node, walk)) return true;
  ++walk->depth;
  const bool refused = raw_expression_tree_walker(node, AsTreeWalker(WalkRawTree), context);
  --walk->depth;
  return refused;
}

struct NameSearch {
  const char* relation;
  int location;
};

bool SearchRelationName(Node* node, void* context) {
  auto* search = static_cast<NameSearch*>(context);
  if (node == nullptr) return false;
  if (IsA(node, RangeVar)) {
    auto* range = castNode(RangeVar, node);
    if (std::strcmp(range->relname, search->relation) != 0) return false;
    search->location = range->location;
    return true;
  }
  return raw_expression_tree_walker(node, AsTreeWalker(SearchRelationName), context);
}

}  // namespace

bool JudgeRawTree(List* statements, const JudgeLimits& limits, Verdict* verdict) {
  verdict->stage = Stage::kParse;
  if (list_length(statements) != 1) {
    return Refuse(verdict, "single_statement", nullptr, "exactly one statement may run",
                  "Write one SELECT statement.");
  }
  Node* statement = linitial_node(RawStmt, statements)->stmt;
  if (!IsA(statement, SelectStmt)) {
    return Refuse(verdict, "select_only", nullptr, "only SELECT, VALUES or TABLE may run",
                  "Statements that change data or settings are not run.");
  }
  RawWalk walk{&limits, verdict, 0, 0};
  return !WalkRawTree(statement, &walk);
}

int FindRelationName(Node* statement, const char* relation) {
  NameSearch search{relation, -1};
  (void)SearchRelationName(statement, &search);
  return search.location;
}

}  // namespace loupe::pg
