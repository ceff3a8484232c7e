#include "pg/postgres.hpp"

#include "pg/validate/inspect.hpp"

extern "C" {
#include "access/sysattr.h"
#include "access/transam.h"
#include "catalog/pg_type.h"
#include "miscadmin.h"
#include "nodes/nodeFuncs.h"
#include "utils/acl.h"
#include "utils/builtins.h"
#include "utils/fmgroids.h"
#include "utils/lsyscache.h"
}

#include "pg/compat.hpp"
#include "pg/validate/argument_size.hpp"
#include "pg/validate/functions.hpp"
#include "pg/validate/refuse.hpp"
#include "pg/validate/relations.hpp"
#include "pg/validate/types.hpp"

namespace loupe::pg {
namespace {

// What the walk does with a node, by its kind.
enum class NodeClass {
  kExpression,  // has a type; may call functions
  kStructure,   // holds other nodes, calls nothing itself
  kQuery,
  kRangeTable,
  kSortGroup,
  kWindow,
  kSetOperation,
  kCycle,
  kTableFunction,
  kRangeFunction,
  kSample,
  kUnknown,  // may not stand in a SELECT, or nobody has thought about it
};

NodeClass ClassOf(const Node* node) {
  switch (nodeTag(node)) {
    case T_Var:
    case T_Const:
    case T_Param:
    case T_Aggref:
    case T_GroupingFunc:
    case T_WindowFunc:
    case T_SubscriptingRef:
    case T_FuncExpr:
    case T_NamedArgExpr:
    case T_OpExpr:
    case T_DistinctExpr:
    case T_NullIfExpr:
    case T_ScalarArrayOpExpr:
    case T_BoolExpr:
    case T_SubLink:
    case T_FieldSelect:
    case T_RelabelType:
    case T_CoerceViaIO:
    case T_ArrayCoerceExpr:
    case T_ConvertRowtypeExpr:
    case T_CollateExpr:
    case T_CaseExpr:
    case T_CaseTestExpr:
    case T_ArrayExpr:
    case T_RowExpr:
    case T_RowCompareExpr:
    case T_CoalesceExpr:
    case T_MinMaxExpr:
    case T_SQLValueFunction:
    case T_XmlExpr:
    case T_NullTest:
    case T_BooleanTest:
    case T_CoerceToDomain:
    case T_CoerceToDomainValue:
      return NodeClass::kExpression;
    case T_List:
    case T_OidList:
    case T_IntList:
    case T_TargetEntry:
    case T_CaseWhen:
    case T_FromExpr:
    case T_JoinExpr:
    case T_RangeTblRef:
    case T_CommonTableExpr:
    case T_CTESearchClause:
      return NodeClass::kStructure;
    case T_Query:
      return NodeClass::kQuery;
    case T_RangeTblEntry:
      return NodeClass::kRangeTable;
    case T_SortGroupClause:
      return NodeClass::kSortGroup;
    case T_WindowClause:
      return NodeClass::kWindow;
    case T_SetOperationStmt:
      return NodeClass::kSetOperation;
    case T_CTECycleClause:
      return NodeClass::kCycle;
    case T_TableFunc:
      return NodeClass::kTableFunction;
    case T_RangeTblFunction:
      return NodeClass::kRangeFunction;
    case T_TableSampleClause:
      return NodeClass::kSample;
    default:
      if (IsNewExpression(node)) return NodeClass::kExpression;
      if (IsNewStructure(node)) return NodeClass::kStructure;
      return NodeClass::kUnknown;
  }
}

bool InspectTypes(const List* types, Inspection* inspection) {
  for (int i = 0; i < list_length(types); ++i) {
    if (!InspectType(list_nth_oid(types, i), inspection)) return false;
  }
  return true;
}

// Types that the statement itself gives to the columns of a function in FROM.
bool InspectColumnTypes(const List* types, Inspection* inspection) {
  for (int i = 0; i < list_length(types); ++i) {
    const Oid type = list_nth_oid(types, i);
    if (!NamesCatalogObjects(type)) continue;
    return Refuse(
        inspection->verdict, "catalog", format_type_be(type),
        psprintf("a value of type %s looks names up in the system catalogs", format_type_be(type)),
        "Give the column another type.");
  }
  return InspectTypes(types, inspection);
}

// Called by the server for each function that a node calls itself; true = refused, stop.
bool RefusesFunction(Oid function, void* context) {
  return !InspectFunction(function, static_cast<Inspection*>(context));
}

bool InspectOperators(const List* operators, Inspection* inspection) {
  for (int i = 0; i < list_length(operators); ++i) {
    if (!InspectOperator(list_nth_oid(operators, i), inspection)) return false;
  }
  return true;
}

// Operators whose commutator or negator the planner may put in their place.
bool InspectOperatorOf(const Node* node, Inspection* inspection) {
  switch (nodeTag(node)) {
    case T_OpExpr:
    case T_DistinctExpr:
    case T_NullIfExpr:
      return InspectOperator(reinterpret_cast<const OpExpr*>(node)->opno, inspection);
    case T_ScalarArrayOpExpr:
      return InspectOperator(reinterpret_cast<const ScalarArrayOpExpr*>(node)->opno, inspection);
    case T_RowCompareExpr:
      return InspectOperators(reinterpret_cast<const RowCompareExpr*>(node)->opnos, inspection);
    default:
      return true;
  }
}

// "tableoid::regclass" names a relation that the statement reads itself.
bool IsOwnRelation(const Node* node) {
  if (!IsA(node, RelabelType)) return false;
  const auto* argument = reinterpret_cast<const Node*>(castNode(RelabelType, node)->arg);
  return IsA(argument, Var) && castNode(Var, argument)->varattno == TableOidAttributeNumber;
}

// "tableoid = 'orders_2024'::regclass" names a relation that the caller may read.
bool IsReadableRelation(const Node* node) {
  if (!IsA(node, Const)) return false;
  const auto* constant = castNode(Const, node);
  if (constant->consttype != REGCLASSOID || constant->constisnull) return false;
  const Oid relation = DatumGetObjectId(constant->constvalue);
  return relation >= FirstNormalObjectId && get_rel_name(relation) != nullptr &&
         pg_class_aclcheck(relation, GetUserId(), ACL_SELECT) == ACLCHECK_OK;
}

// Number to name: a value of type regclass or regrole prints the name of what the caller may not
// see. What passes such a value on (a column, a CASE) is judged where the value is made.
bool MakesCatalogName(Node* node) {
  switch (nodeTag(node)) {
    case T_Const:
    case T_RelabelType:
    case T_CoerceViaIO:
    case T_FuncExpr:
      break;
    default:
      return false;
  }
  if (!NamesCatalogObjects(exprType(node))) return false;
  if (IsOwnRelation(node) || IsReadableRelation(node)) return false;
  return !IsA(node, FuncExpr) || castNode(FuncExpr, node)->funcid != F_PG_TYPEOF;
}

bool InspectCatalogName(Node* node, Inspection* inspection) {
  if (!MakesCatalogName(node)) return true;
  const char* type = format_type_be(exprType(node));
  inspection->verdict->location = inspection->location;
  return Refuse(inspection->verdict, "catalog", type,
                psprintf("a value of type %s looks names up in the system catalogs", type),
                "Only tableoid::regclass may be shown, for the tables that are read.");
}

bool InspectExpression(Node* node, Inspection* inspection) {
  const int outer = inspection->location;
  const int location = exprLocation(node);
  if (location >= 0) inspection->location = location;
  inspection->reach = IsA(node, CoerceViaIO) ? Reach::kMachinery : Reach::kCalled;
  const bool accepted =
      !check_functions_in_node(node, RefusesFunction, inspection) &&
      InspectOperatorOf(node, inspection) && InspectType(exprType(node), inspection) &&
      InspectCatalogName(node, inspection) && InspectArgumentSize(node, inspection);
  if (accepted) inspection->location = outer;
  return accepted;
}

bool InspectRangeTable(RangeTblEntry* entry, Inspection* inspection) {
  const auto* query = static_cast<const Query*>(llast(inspection->queries));
  switch (entry->rtekind) {
    case RTE_RELATION:
      return InspectRelation(query, entry, inspection);
    case RTE_SUBQUERY:
      // From PostgreSQL 16 on a view that was expanded keeps its name and its rights here.
      return !OidIsValid(entry->relid) || InspectRelation(query, entry, inspection);
    case RTE_CTE:
      return InspectTypes(entry->coltypes, inspection);
    case RTE_JOIN:
    case RTE_FUNCTION:
    case RTE_TABLEFUNC:
    case RTE_VALUES:
    case RTE_RESULT:
      return true;
    default:
      if (IsNewRangeTable(entry->rtekind)) return true;
      return Refuse(inspection->verdict, "unknown_node", nullptr,
                    "FROM holds a kind of table that is not known here",
                    "Read from tables, views, subqueries and functions.");
  }
}

bool InspectWindow(const WindowClause* window, Inspection* inspection) {
  const Oid functions[] = {window->startInRangeFunc, window->endInRangeFunc};
  for (const Oid function : functions) {
    if (OidIsValid(function) && !InspectSupportFunction(function, InvalidOid, inspection)) {
      return false;
    }
  }
  return true;
}

bool InspectSetOperation(const SetOperationStmt* operation, Inspection* inspection) {
  for (int i = 0; i < list_length(operation->groupClauses); ++i) {
    if (!InspectSortGroup(list_nth_node(SortGroupClause, operation->groupClauses, i), inspection)) {
      return false;
    }
  }
  return InspectTypes(operation->colTypes, inspection);
}

bool InspectNode(Node* node, Inspection* inspection) {
  switch (ClassOf(node)) {
    case NodeClass::kExpression:
      return InspectExpression(node, inspection);
    case NodeClass::kStructure:
    case NodeClass::kQuery:
      return true;
    case NodeClass::kRangeTable:
      return InspectRangeTable(castNode(RangeTblEntry, node), inspection);
    case NodeClass::kSortGroup:
      return InspectSortGroup(castNode(SortGroupClause, node), inspection);
    case NodeClass::kWindow:
      return InspectWindow(castNode(WindowClause, node), inspection);
    case NodeClass::kSetOperation:
      return InspectSetOperation(castNode(SetOperationStmt, node), inspection);
    case NodeClass::kCycle:
      return InspectOperator(castNode(CTECycleClause, node)->cycle_mark_neop, inspection);
    case NodeClass::kTableFunction:
      return InspectColumnTypes(castNode(TableFunc, node)->coltypes, inspection) &&
             InspectTableFunctionSize(castNode(TableFunc, node), inspection);
    case NodeClass::kRangeFunction:
      return InspectColumnTypes(castNode(RangeTblFunction, node)->funccoltypes, inspection);
    case NodeClass::kSample:
      return InspectFunction(castNode(TableSampleClause, node)->tsmhandler, inspection);
    case NodeClass::kUnknown:
      break;
  }
  inspection->verdict->location = inspection->location;
  return Refuse(inspection->verdict, "unknown_node", nullptr,
                psprintf("statement holds a construct that is not known here (node %d)",
                         static_cast<int>(nodeTag(node))),
                "Write it with functions, operators and subqueries.");
}

bool Walk(Node* node, void* context);

bool WalkQuery(Query* query, Inspection* inspection) {
  if (query->commandType != CMD_SELECT || query->hasModifyingCTE || query->rowMarks != NIL ||
      query->utilityStmt != nullptr) {
    return !Refuse(inspection->verdict, "read_only", nullptr, "statement changes or locks rows",
                   "Leave FOR UPDATE, FOR SHARE and data-modifying queries away.");
  }
  inspection->queries = lappend(inspection->queries, query);
  const bool refused = query_tree_walker(query, AsTreeWalker(Walk), inspection,
                                         QTW_EXAMINE_RTES_BEFORE | QTW_EXAMINE_SORTGROUP);
  inspection->queries = list_delete_last(inspection->queries);
  return refused;
}

// True = refused, stop: the convention of the server's walkers.
bool Walk(Node* node, void* context) {
  auto* inspection = static_cast<Inspection*>(context);
  if (node == nullptr) return false;
  check_stack_depth();
  CHECK_FOR_INTERRUPTS();
  if (IsA(node, Query)) return WalkQuery(castNode(Query, node), inspection);
  if (!InspectNode(node, inspection)) return true;
  // The walker of the query goes into the entries of its range table itself.
  if (IsA(node, RangeTblEntry)) return false;
  return expression_tree_walker(node, AsTreeWalker(Walk), context);
}

}  // namespace

bool InspectQuery(Query* query, Inspection* inspection) {
  inspection->verdict->stage = Stage::kAnalyze;
  return !Walk(reinterpret_cast<Node*>(query), inspection);
}

bool InspectStoredExpression(Node* expression, Inspection* inspection) {
  const int outer = inspection->location;
  const bool accepted = !Walk(expression, inspection);
  if (accepted) inspection->location = outer;
  return accepted;
}

}  // namespace loupe::pg
