#include "pg/postgres.hpp"

#include "pg/validate/measure.hpp"

extern "C" {
#include "access/htup_details.h"
#include "access/transam.h"
#include "catalog/namespace.h"
#include "catalog/pg_operator.h"
#include "catalog/pg_proc.h"
#include "nodes/nodeFuncs.h"
#include "nodes/pathnodes.h"
#include "optimizer/optimizer.h"
#include "optimizer/plancat.h"
#include "utils/datum.h"
#include "utils/lsyscache.h"
#include "utils/regproc.h"
#include "utils/syscache.h"
}

#include <cstdio>

#include "pg/boundary.hpp"
#include "pg/compat.hpp"
#include "pg/sqlstate.hpp"

namespace loupe::pg {
namespace {

get_relation_info_hook_type next_hook = nullptr;
int plannings = 0;  // judged statements that are being planned

bool IsMeasuredFunction(Oid function) {
  const BuiltinFunction* entry = FindBuiltinFunction(function);
  return entry != nullptr && IsMeasured(entry->check);
}

[[noreturn]] void RaiseMissing(const char* object) {
  detail::Failure failure = {};
  failure.sqlstate = SqlState(Code::kInternal);
  (void)std::snprintf(failure.message, sizeof failure.message, "%s has no measured twin", object);
  (void)std::snprintf(failure.hint, sizeof failure.hint,
                      "Bring the extension up to date: ALTER EXTENSION pg_loupe UPDATE.");
  detail::Raise(failure);
}

[[noreturn]] void RaiseUnfit(Oid oper) {
  detail::Failure failure = {};
  failure.sqlstate = SqlState(Code::kGateRefused);
  (void)std::snprintf(failure.message, sizeof failure.message, "operator %s may not be used",
                      format_operator(oper));
  (void)std::snprintf(failure.detail, sizeof failure.detail,
                      "It or its negator calls a built-in function that must be measured.");
  (void)std::snprintf(failure.hint, sizeof failure.hint, "Use the built-in operator.");
  detail::Raise(failure);
}

Oid TwinOfFunction(Oid function) {
  HeapTuple tuple = SearchSysCache1(PROCOID, ObjectIdGetDatum(function));
  if (!HeapTupleIsValid(tuple)) RaiseMissing("function");
  auto* form = reinterpret_cast<Form_pg_proc>(GETSTRUCT(tuple));
  const char* name = psprintf("_%s", NameStr(form->proname));
  const Oid twin = GetSysCacheOid3(PROCNAMEARGSNSP, Anum_pg_proc_oid, CStringGetDatum(name),
                                   PointerGetDatum(&form->proargtypes),
                                   ObjectIdGetDatum(get_namespace_oid("loupe", true)));
  ReleaseSysCache(tuple);
  if (!OidIsValid(twin)) RaiseMissing(format_procedure(function));
  return twin;
}

// The operator of the same name and types in schema loupe.
Oid TwinOfOperator(Oid oper) {
  if (oper >= FirstNormalObjectId) RaiseUnfit(oper);
  HeapTuple tuple = SearchSysCache1(OPEROID, ObjectIdGetDatum(oper));
  if (!HeapTupleIsValid(tuple)) RaiseMissing("operator");
  auto* form = reinterpret_cast<Form_pg_operator>(GETSTRUCT(tuple));
  const Oid twin =
      GetSysCacheOid4(OPERNAMENSP, Anum_pg_operator_oid, NameGetDatum(&form->oprname),
                      ObjectIdGetDatum(form->oprleft), ObjectIdGetDatum(form->oprright),
                      ObjectIdGetDatum(get_namespace_oid("loupe", true)));
  ReleaseSysCache(tuple);
  if (!OidIsValid(twin)) RaiseMissing(format_operator(oper));
  return twin;
}

bool IsLike(Oid function) {
  const BuiltinFunction* entry = FindBuiltinFunction(function);
  return entry != nullptr && entry->check == BoundCheck::kLike;
}

// Whether the arguments are those of a LIKE whose pattern is short and the same for all rows: the
// judge has bounded it, and indexes on trigrams know only the built-in operator.
bool HasShortPattern(const List* arguments) {
  if (list_length(arguments) != 2) return false;
  Node* pattern = eval_const_expressions(nullptr, static_cast<Node*>(lsecond(arguments)));
  if (!IsA(pattern, Const)) return false;
  const auto* constant = castNode(Const, pattern);
  return constant->constisnull || datumGetSize(constant->constvalue, constant->constbyval,
                                               constant->constlen) <= kMaxLeftPatternBytes;
}

void AttachToFunction(FuncExpr* call) {
  if (!IsMeasuredFunction(call->funcid)) return;
  if (IsLike(call->funcid) && HasShortPattern(call->args)) return;
  call->funcid = TwinOfFunction(call->funcid);
}

// For each kind of node that has an operator, its function beside it, and arguments.
void AttachToOperator(Oid* oper, Oid* function, const List* arguments) {
  const Oid own = get_opcode(*oper);
  const Oid negator = get_negator(*oper);
  const Oid negated = OidIsValid(negator) ? get_opcode(negator) : InvalidOid;
  if (!IsMeasuredFunction(own) && !IsMeasuredFunction(negated)) return;
  if (!OidIsValid(negator)) {
    *function = TwinOfFunction(own);
    return;
  }
  if (*oper < FirstNormalObjectId && IsLike(own) && HasShortPattern(arguments)) return;
  *oper = TwinOfOperator(*oper);
  *function = get_opcode(*oper);
}

void AttachToNode(Node* node) {
  switch (nodeTag(node)) {
    case T_FuncExpr:
      AttachToFunction(castNode(FuncExpr, node));
      break;
    case T_OpExpr:
    case T_DistinctExpr:
    case T_NullIfExpr: {
      auto* call = reinterpret_cast<OpExpr*>(node);
      AttachToOperator(&call->opno, &call->opfuncid, call->args);
      break;
    }
    case T_ScalarArrayOpExpr: {
      auto* call = castNode(ScalarArrayOpExpr, node);
      AttachToOperator(&call->opno, &call->opfuncid, call->args);
      break;
    }
    default:
      break;
  }
}

// Children first: a pattern is looked at when the calls in it have their twins.
bool Walk(Node* node, void* context) {
  if (node == nullptr) return false;
  check_stack_depth();
  if (IsA(node, Query)) {
    return query_tree_walker(castNode(Query, node), AsTreeWalker(Walk), context, 0);
  }
  const bool stopped = expression_tree_walker(node, AsTreeWalker(Walk), context);
  AttachToNode(node);
  return stopped;
}

void AttachToExpressions(List* expressions) {
  (void)Walk(reinterpret_cast<Node*>(expressions), nullptr);
}

void OnRelation(PlannerInfo* root, Oid relation, bool is_parent, RelOptInfo* info) {
  if (next_hook != nullptr) next_hook(root, relation, is_parent, info);
  if (plannings == 0) return;
  // The lists are copies that belong to this planning.
  for (int i = 0; i < list_length(info->indexlist); ++i) {
    auto* index = list_nth_node(IndexOptInfo, info->indexlist, i);
    AttachToExpressions(index->indexprs);
    AttachToExpressions(index->indpred);
  }
  for (int i = 0; i < list_length(info->statlist); ++i) {
    AttachToExpressions(list_nth_node(StatisticExtInfo, info->statlist, i)->exprs);
  }
  if (info->part_scheme == nullptr || info->partexprs == nullptr) return;
  for (int i = 0; i < info->part_scheme->partnatts; ++i) AttachToExpressions(info->partexprs[i]);
}

}  // namespace

bool IsMeasured(BoundCheck check) {
  switch (check) {
    case BoundCheck::kProduct:
    case BoundCheck::kSet:
    case BoundCheck::kSquare:
    case BoundCheck::kFigures:
    case BoundCheck::kDocument:
    case BoundCheck::kRank:
    case BoundCheck::kXpath:
    case BoundCheck::kLike:
      return true;
    default:
      return false;
  }
}

void AttachMeasures(Query* query) { (void)Walk(reinterpret_cast<Node*>(query), nullptr); }

MeasuredPlanning::MeasuredPlanning() { ++plannings; }

MeasuredPlanning::~MeasuredPlanning() { --plannings; }

void InstallMeasures() {
  next_hook = get_relation_info_hook;
  get_relation_info_hook = OnRelation;
}

}  // namespace loupe::pg
