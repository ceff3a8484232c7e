#include "pg/postgres.hpp"

#include "pg/validate/follow.hpp"

extern "C" {
#include "catalog/pg_type.h"
#include "miscadmin.h"
#include "nodes/nodeFuncs.h"
#include "utils/lsyscache.h"
}

#include "pg/compat.hpp"

#include <algorithm>
#include <cstring>

namespace loupe::pg {
namespace {

// Queries around the one that is `up` levels above the innermost.
List* QueriesAt(const List* queries, unsigned up) {
  return list_truncate(list_copy(queries),
                       std::max(list_length(queries) - static_cast<int>(up), 0));
}

Node* TargetOf(const Query* query, AttrNumber number) {
  for (int i = 0; i < list_length(query->targetList); ++i) {
    auto* entry = list_nth_node(TargetEntry, query->targetList, i);
    if (entry->resno == number) return reinterpret_cast<Node*>(entry->expr);
  }
  return nullptr;
}

List* AppendPlace(List* places, Node* expression, List* queries) {
  auto* place = static_cast<Place*>(palloc(sizeof(Place)));
  *place = {expression, queries};
  return lappend(places, place);
}

Referred FollowWith(const RangeTblEntry* entry, AttrNumber number, const List* queries) {
  Referred referred;
  List* around = QueriesAt(queries, entry->ctelevelsup);
  if (around == NIL) return referred;
  const auto* query = static_cast<const Query*>(llast(around));
  for (int i = 0; i < list_length(query->cteList); ++i) {
    auto* with = list_nth_node(CommonTableExpr, query->cteList, i);
    if (std::strcmp(with->ctename, entry->ctename) != 0) continue;
    referred.is_recursive = with->cterecursive;
    if (!with->cterecursive) {
      referred.places = PlacesOfSubquery(castNode(Query, with->ctequery), number, around);
    }
    return referred;
  }
  return referred;
}

List* PlacesOfValues(const RangeTblEntry* entry, AttrNumber number, List* queries) {
  List* places = NIL;
  for (int i = 0; i < list_length(entry->values_lists); ++i) {
    auto* row = static_cast<List*>(list_nth(entry->values_lists, i));
    if (number >= 1 && number <= list_length(row)) {
      places = AppendPlace(places, static_cast<Node*>(list_nth(row, number - 1)), queries);
    }
  }
  return places;
}

List* PlacesOfFunction(const RangeTblEntry* entry, List* queries) {
  if (list_length(entry->functions) != 1) return NIL;
  return AppendPlace(NIL, linitial_node(RangeTblFunction, entry->functions)->funcexpr, queries);
}

}  // namespace

bool Spend(int* effort) {
  check_stack_depth();
  if (*effort > 0) --*effort;
  return *effort > 0;
}

List* PlacesOfSubquery(Query* query, AttrNumber number, const List* around) {
  List* inside = lappend(list_copy(around), query);
  if (query->setOperations == nullptr) {
    Node* target = TargetOf(query, number);
    return target == nullptr ? NIL : AppendPlace(NIL, target, inside);
  }
  List* places = NIL;
  for (int i = 0; i < list_length(query->rtable); ++i) {
    auto* branch = list_nth_node(RangeTblEntry, query->rtable, i);
    if (branch->rtekind != RTE_SUBQUERY) continue;
    places = list_concat(places, PlacesOfSubquery(branch->subquery, number, inside));
  }
  return places;
}

List* PlacesOfAll(const List* expressions, List* queries) {
  List* places = NIL;
  for (int i = 0; i < list_length(expressions); ++i) {
    auto* expression = static_cast<Node*>(list_nth(expressions, i));
    if (expression != nullptr && IsA(expression, TargetEntry)) {
      expression = reinterpret_cast<Node*>(castNode(TargetEntry, expression)->expr);
    }
    places = AppendPlace(places, expression, queries);
  }
  return places;
}

Referred Follow(const Var* var, const List* queries) {
  Referred referred;
  List* around = QueriesAt(queries, var->varlevelsup);
  if (around == NIL || var->varattno <= 0) return referred;
  const auto* query = static_cast<const Query*>(llast(around));
  if (var->varno < 1 || var->varno > list_length(query->rtable)) return referred;
  auto* entry = list_nth_node(RangeTblEntry, query->rtable, var->varno - 1);
  switch (entry->rtekind) {
    case RTE_SUBQUERY:
      referred.places = PlacesOfSubquery(entry->subquery, var->varattno, around);
      break;
    case RTE_CTE:
      return FollowWith(entry, var->varattno, around);
    case RTE_VALUES:
      referred.places = PlacesOfValues(entry, var->varattno, around);
      break;
    case RTE_JOIN:
      referred.places = AppendPlace(
          NIL, static_cast<Node*>(list_nth(entry->joinaliasvars, var->varattno - 1)), around);
      break;
    case RTE_FUNCTION:
      referred.places = PlacesOfFunction(entry, around);
      break;
    default: {
      Node* grouped = GroupedExpression(entry, var->varattno);
      if (grouped != nullptr) referred.places = AppendPlace(NIL, grouped, around);
    }
  }
  return referred;
}

List* ArgumentsOf(Node* node) {
  switch (nodeTag(node)) {
    case T_FuncExpr:
      return castNode(FuncExpr, node)->args;
    case T_OpExpr:
    case T_DistinctExpr:
    case T_NullIfExpr:
      return reinterpret_cast<OpExpr*>(node)->args;
    case T_Aggref:
      return castNode(Aggref, node)->args;
    case T_WindowFunc:
      return castNode(WindowFunc, node)->args;
    case T_CoalesceExpr:
      return castNode(CoalesceExpr, node)->args;
    case T_MinMaxExpr:
      return castNode(MinMaxExpr, node)->args;
    case T_RowExpr:
      return castNode(RowExpr, node)->args;
    case T_ArrayExpr:
      return castNode(ArrayExpr, node)->elements;
    case T_XmlExpr:
      return list_concat(list_copy(castNode(XmlExpr, node)->named_args),
                         castNode(XmlExpr, node)->args);
    default:
      return NIL;
  }
}

Place ArgumentOf(Node* call, int index, List* queries) {
  const List* arguments = ArgumentsOf(call);
  if (index >= list_length(arguments)) return {nullptr, queries};
  return PlaceAt(PlacesOfAll(arguments, queries), index);
}

Node* PassedOn(Node* node) {
  switch (nodeTag(node)) {
    case T_RelabelType:
      return reinterpret_cast<Node*>(castNode(RelabelType, node)->arg);
    case T_CollateExpr:
      return reinterpret_cast<Node*>(castNode(CollateExpr, node)->arg);
    case T_CoerceToDomain:
      return reinterpret_cast<Node*>(castNode(CoerceToDomain, node)->arg);
    case T_CoerceViaIO:
      return reinterpret_cast<Node*>(castNode(CoerceViaIO, node)->arg);
    case T_ArrayCoerceExpr:
      return reinterpret_cast<Node*>(castNode(ArrayCoerceExpr, node)->arg);
    case T_ConvertRowtypeExpr:
      return reinterpret_cast<Node*>(castNode(ConvertRowtypeExpr, node)->arg);
    case T_NamedArgExpr:
      return reinterpret_cast<Node*>(castNode(NamedArgExpr, node)->arg);
    case T_SubscriptingRef:
      return reinterpret_cast<Node*>(castNode(SubscriptingRef, node)->refexpr);
    default:
      return nullptr;
  }
}

List* BranchesOf(Node* node) {
  if (!IsA(node, CaseExpr)) return NIL;
  auto* choice = castNode(CaseExpr, node);
  List* branches = choice->defresult == nullptr ? NIL : list_make1(choice->defresult);
  for (int i = 0; i < list_length(choice->args); ++i) {
    branches = lappend(branches, list_nth_node(CaseWhen, choice->args, i)->result);
  }
  return branches;
}

const char* CalledName(Node* node) {
  Oid function = InvalidOid;
  if (IsA(node, FuncExpr)) function = castNode(FuncExpr, node)->funcid;
  if (IsA(node, OpExpr)) function = get_opcode(castNode(OpExpr, node)->opno);
  const char* name = OidIsValid(function) ? get_func_name(function) : nullptr;
  return name == nullptr ? "" : name;
}

bool IsOneOf(const char* name, std::initializer_list<const char*> names) {
  return std::any_of(names.begin(), names.end(),
                     [&](const char* candidate) { return std::strcmp(name, candidate) == 0; });
}

bool EndsWith(const char* name, const char* end) {
  const std::size_t length = std::strlen(name);
  const std::size_t end_length = std::strlen(end);
  return length >= end_length && std::strcmp(name + length - end_length, end) == 0;
}

bool IsText(Oid type) {
  return type == TEXTOID || type == VARCHAROID || type == BPCHAROID || type == UNKNOWNOID;
}

}  // namespace loupe::pg
