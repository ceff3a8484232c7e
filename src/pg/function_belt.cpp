#include "pg/postgres.hpp"

extern "C" {
#include "access/htup_details.h"
#include "access/transam.h"
#include "catalog/pg_language.h"
#include "catalog/pg_proc.h"
#include "miscadmin.h"
#include "utils/regproc.h"
#include "utils/syscache.h"
}

#include "pg/boundary.hpp"
#include "pg/function_belt.hpp"
#include "pg/policy.hpp"
#include "pg/sqlstate.hpp"

#include <cstdio>

namespace loupe::pg {
namespace {

needs_fmgr_hook_type next_needs_hook = nullptr;
fmgr_hook_type next_hook = nullptr;
int belts = 0;  // judged statements that now run, one inside the other
Oid caller =
    InvalidOid;  // whose statement the innermost is; a SECURITY DEFINER function is another

// Owners of the approved functions that now run, one inside the other.
constexpr int kMaxTrust = 64;
Oid trusted_owners[kMaxTrust];
int trust = 0;       // how many
int trust_base = 0;  // those before it belong to statements further out

bool IsProcedural(Oid function) {
  if (function < FirstNormalObjectId) return false;
  HeapTuple tuple = SearchSysCache1(PROCOID, ObjectIdGetDatum(function));
  if (!HeapTupleIsValid(tuple)) return false;
  const Oid language = reinterpret_cast<Form_pg_proc>(GETSTRUCT(tuple))->prolang;
  ReleaseSysCache(tuple);
  return language != ClanguageId && language != INTERNALlanguageId;
}

bool NeedsHook(Oid function) {
  if (next_needs_hook != nullptr && next_needs_hook(function)) return true;
  return belts > 0 && IsProcedural(function);
}

[[noreturn]] void RaiseUnapproved(Oid function) {
  detail::Failure failure = {};
  failure.sqlstate = SqlState(Code::kGateRefused);
  (void)std::snprintf(failure.message, sizeof failure.message, "function %s may not be called",
                      format_procedure(function));
  (void)std::snprintf(failure.detail, sizeof failure.detail,
                      "An approved function of another owner calls it, or something stored with a "
                      "relation or a type.");
  (void)std::snprintf(
      failure.hint, sizeof failure.hint,
      "The owner of the database or a superuser can approve it with loupe.approve_function.");
  detail::Raise(failure);
}

Oid OwnerOf(Oid function) {
  HeapTuple tuple = SearchSysCache1(PROCOID, ObjectIdGetDatum(function));
  if (!HeapTupleIsValid(tuple)) return InvalidOid;
  const Oid owner = reinterpret_cast<Form_pg_proc>(GETSTRUCT(tuple))->proowner;
  ReleaseSysCache(tuple);
  return owner;
}

// An approved function may call others of its owner and of superusers. What somebody else owns,
// that role may change after the approval, or put in the way of an unqualified name.
void EnterFunction(Oid function) {
  const Oid owner = OwnerOf(function);
  const bool is_approved = IsApprovedFunction(function, caller);
  const bool is_inherited =
      trust > trust_base && (owner == trusted_owners[trust - 1] || superuser_arg(owner));
  if ((!is_approved && !is_inherited) || trust >= kMaxTrust) RaiseUnapproved(function);
  trusted_owners[trust] = is_approved ? owner : trusted_owners[trust - 1];
  ++trust;
}

void OnCall(FmgrHookEventType event, FmgrInfo* function, Datum* argument) {
  if (belts > 0 && IsProcedural(function->fn_oid)) {
    if (event == FHET_START) {
      EnterFunction(function->fn_oid);
    } else if (trust > trust_base) {
      --trust;
    }
  }
  if (next_hook != nullptr) next_hook(event, function, argument);
}

}  // namespace

FunctionBelt::FunctionBelt() : outer_trust_(trust), outer_base_(trust_base), outer_caller_(caller) {
  ++belts;
  trust_base = trust;
  caller = GetUserId();
}

FunctionBelt::~FunctionBelt() {
  --belts;
  trust = outer_trust_;
  trust_base = outer_base_;
  caller = outer_caller_;
}

void InstallFunctionBelt() {
  next_needs_hook = needs_fmgr_hook;
  needs_fmgr_hook = NeedsHook;
  next_hook = fmgr_hook;
  fmgr_hook = OnCall;
}

}  // namespace loupe::pg
