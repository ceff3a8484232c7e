#include "pg/postgres.hpp"

#include "pg/validate/functions.hpp"

extern "C" {
#include "access/htup_details.h"
#include "access/nbtree.h"
#include "access/stratnum.h"
#include "access/transam.h"
#include "catalog/pg_aggregate.h"
#include "catalog/pg_amproc.h"
#include "catalog/pg_language.h"
#include "catalog/pg_operator.h"
#include "catalog/pg_proc.h"
#include "utils/builtins.h"
#include "utils/lsyscache.h"
#include "utils/regproc.h"
#include "utils/syscache.h"
}

#include "pg/compat.hpp"
#include "pg/own_function.hpp"
#include "pg/policy.hpp"
#include "pg/validate/builtin_functions.hpp"
#include "pg/validate/refuse.hpp"

namespace loupe::pg {
namespace {

bool IsBuiltin(Oid oid) { return oid < FirstNormalObjectId; }

bool RefuseFunction(Oid function, const char* hint, Inspection* inspection) {
  const char* name = SignatureOf(function);
  inspection->verdict->location = inspection->location;
  return Refuse(inspection->verdict, "function", name,
                psprintf("function %s may not be called", name), hint);
}

const char* BuiltinHint(const BuiltinFunction* entry) {
  if (entry == nullptr) return "It is not on the reviewed list of this PostgreSQL version.";
  return psprintf("It %s.", entry->reason);
}

constexpr const char* kApprovalHint =
    "The owner of the database or a superuser can approve it with loupe.approve_function.";

// The functions of which a user's aggregate is made; a built-in one is judged as a whole.
bool InspectAggregateParts(Oid aggregate, Inspection* inspection) {
  HeapTuple tuple = SearchSysCache1(AGGFNOID, ObjectIdGetDatum(aggregate));
  if (!HeapTupleIsValid(tuple)) return true;
  const FormData_pg_aggregate form = *reinterpret_cast<Form_pg_aggregate>(GETSTRUCT(tuple));
  ReleaseSysCache(tuple);
  inspection->reach = Reach::kMachinery;
  const Oid parts[] = {form.aggtransfn,    form.aggfinalfn,  form.aggcombinefn,   form.aggserialfn,
                       form.aggdeserialfn, form.aggmtransfn, form.aggminvtransfn, form.aggmfinalfn};
  for (const Oid part : parts) {
    if (OidIsValid(part) && !InspectFunction(part, inspection)) return false;
  }
  return !OidIsValid(form.aggsortop) || InspectOperator(form.aggsortop, inspection);
}

// Support functions of an operator family for one input type: all of them, since which one a plan
// calls is the planner's choice.
bool InspectFamily(Oid family, Oid type, int last, Inspection* inspection) {
  if (IsBuiltin(family) && IsBuiltin(type)) return true;
  for (int number = 1; number <= last; ++number) {
    const Oid function = get_opfamily_proc(family, type, type, static_cast<int16>(number));
    if (OidIsValid(function) && !InspectSupportFunction(function, type, inspection)) return false;
  }
  return true;
}

bool InspectOrdering(Oid oper, Inspection* inspection) {
  Oid family = InvalidOid;
  Oid type = InvalidOid;
  if (!OidIsValid(oper) || !FindOrderingFamily(oper, &family, &type)) return true;
  return InspectFamily(family, type, BTNProcs, inspection);
}

bool InspectHashing(Oid oper, Inspection* inspection) {
  RegProcedure left = InvalidOid;
  RegProcedure right = InvalidOid;
  if (!OidIsValid(oper) || !get_op_hash_functions(oper, &left, &right)) return true;
  return InspectSupportFunction(left, InvalidOid, inspection) &&
         InspectSupportFunction(right, InvalidOid, inspection);
}

bool InspectUserOperator(Oid oper, Inspection* inspection) {
  HeapTuple tuple = SearchSysCache1(OPEROID, ObjectIdGetDatum(oper));
  if (!HeapTupleIsValid(tuple)) return true;
  const FormData_pg_operator form = *reinterpret_cast<Form_pg_operator>(GETSTRUCT(tuple));
  ReleaseSysCache(tuple);
  if (!InspectFunction(form.oprcode, inspection)) return false;
  const Oid estimators[] = {form.oprrest, form.oprjoin};
  for (const Oid estimator : estimators) {
    if (OidIsValid(estimator) && !InspectSupportFunction(estimator, InvalidOid, inspection)) {
      return false;
    }
  }
  const Oid others[] = {form.oprcom, form.oprnegate};
  for (const Oid other : others) {
    const Oid code = OidIsValid(other) ? get_opcode(other) : InvalidOid;
    if (OidIsValid(code) && !InspectFunction(code, inspection)) return false;
  }
  return true;
}

}  // namespace

const char* SignatureOf(Oid function) {
  if (!IsBuiltin(function)) return format_procedure(function);
  // Finding out whether the name alone finds it costs more than judging it; of a built-in that does
  // not change while pg_catalog comes first.
  static const char* signatures[FirstNormalObjectId];
  if (signatures[function] == nullptr) {
    signatures[function] = MemoryContextStrdup(TopMemoryContext, format_procedure(function));
  }
  return signatures[function];
}

bool InspectFunction(Oid function, Inspection* inspection) {
  if (list_member_oid(inspection->functions, function)) return true;
  if (IsBuiltin(function)) {
    const BuiltinFunction* entry = FindBuiltinFunction(function);
    if (entry == nullptr || entry->kind == FunctionKind::kDeny) {
      return RefuseFunction(function, BuiltinHint(entry), inspection);
    }
    if (entry->kind == FunctionKind::kInner) {
      return inspection->reach == Reach::kMachinery ||
             RefuseFunction(function, BuiltinHint(entry), inspection);
    }
  } else if (!IsReviewedOwnFunction(function)) {
    if (!IsApprovedFunction(function)) {
      return RefuseFunction(function, kApprovalHint, inspection);
    }
    if (get_func_prokind(function) == PROKIND_AGGREGATE &&
        !InspectAggregateParts(function, inspection)) {
      return false;
    }
  }
  inspection->functions = lappend_oid(inspection->functions, function);
  return true;
}

bool InspectOperator(Oid oper, Inspection* inspection) {
  if (IsBuiltin(oper)) return InspectFunction(get_opcode(oper), inspection);
  return InspectUserOperator(oper, inspection);
}

bool InspectSortGroup(const SortGroupClause* clause, Inspection* inspection) {
  const Oid operators[] = {clause->eqop, clause->sortop};
  for (const Oid oper : operators) {
    if (OidIsValid(oper) && !InspectOperator(oper, inspection)) return false;
  }
  return InspectOrdering(clause->sortop, inspection) && InspectHashing(clause->eqop, inspection);
}

bool InspectSupportFunction(Oid function, Oid type, Inspection* inspection) {
  if (IsBuiltin(function) || list_member_oid(inspection->functions, function)) return true;
  HeapTuple tuple = SearchSysCache1(PROCOID, ObjectIdGetDatum(function));
  if (!HeapTupleIsValid(tuple)) return true;
  const Oid language = reinterpret_cast<Form_pg_proc>(GETSTRUCT(tuple))->prolang;
  ReleaseSysCache(tuple);
  if (language == ClanguageId || language == INTERNALlanguageId || IsApprovedFunction(function)) {
    inspection->functions = lappend_oid(inspection->functions, function);
    return true;
  }
  const char* name = format_procedure(function);
  const char* owner = OidIsValid(type) ? format_type_be(type) : "an operator";
  inspection->verdict->location = inspection->location;
  return Refuse(inspection->verdict, "support_function", name,
                psprintf("function %s, which %s calls unasked, may not be called", name, owner),
                kApprovalHint);
}

}  // namespace loupe::pg
