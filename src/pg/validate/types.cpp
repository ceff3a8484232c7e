#include "pg/postgres.hpp"

#include "pg/validate/types.hpp"

extern "C" {
#include "access/genam.h"
#include "access/hash.h"
#include "access/htup_details.h"
#include "access/relation.h"
#include "access/table.h"
#include "access/transam.h"
#include "catalog/indexing.h"
#include "catalog/pg_cast.h"
#include "catalog/pg_constraint.h"
#include "catalog/pg_range.h"
#include "catalog/pg_type.h"
#include "miscadmin.h"
#include "utils/builtins.h"
#include "utils/fmgroids.h"
#include "utils/lsyscache.h"
#include "utils/rel.h"
#include "utils/syscache.h"
#include "utils/typcache.h"
}

#include "pg/validate/functions.hpp"

namespace loupe::pg {
namespace {

// The functions of the type's default operator classes: hash functions and comparisons of arrays
// and records call them for their elements, and so do our own aggregates. Those of hashing are
// looked up by the class: the cache leaves them out where the class for sorting has another
// equality, and the server's callers may still find them.
bool InspectDefaultOperators(Oid type, Inspection* inspection) {
  const TypeCacheEntry* entry =
      lookup_type_cache(type, TYPECACHE_EQ_OPR | TYPECACHE_LT_OPR | TYPECACHE_GT_OPR |
                                  TYPECACHE_CMP_PROC | TYPECACHE_HASH_OPFAMILY);
  Oid functions[] = {entry->cmp_proc, InvalidOid, InvalidOid};
  for (int16 number = HASHSTANDARD_PROC; number <= HASHEXTENDED_PROC; ++number) {
    if (!OidIsValid(entry->hash_opf)) break;
    functions[number] =
        get_opfamily_proc(entry->hash_opf, entry->hash_opintype, entry->hash_opintype, number);
  }
  for (const Oid function : functions) {
    if (OidIsValid(function) && !InspectSupportFunction(function, type, inspection)) return false;
  }
  const Oid operators[] = {entry->eq_opr, entry->lt_opr, entry->gt_opr};
  for (const Oid oper : operators) {
    const Oid code = OidIsValid(oper) ? get_opcode(oper) : InvalidOid;
    if (OidIsValid(code) && !InspectSupportFunction(code, type, inspection)) return false;
  }
  return true;
}

bool InspectBaseType(const FormData_pg_type& form, Inspection* inspection) {
  const Oid functions[] = {form.typinput, form.typoutput, form.typmodin, form.typmodout,
                           form.typsubscript};
  for (const Oid function : functions) {
    if (OidIsValid(function) && !InspectSupportFunction(function, form.oid, inspection)) {
      return false;
    }
  }
  return true;
}

bool InspectColumnsOf(Oid relation, Inspection* inspection) {
  Relation opened = relation_open(relation, AccessShareLock);
  TupleDesc descriptor = RelationGetDescr(opened);
  bool accepted = true;
  for (int i = 0; accepted && i < descriptor->natts; ++i) {
    const FormData_pg_attribute* attribute = TupleDescAttr(descriptor, i);
    if (!attribute->attisdropped) accepted = InspectType(attribute->atttypid, inspection);
  }
  relation_close(opened, NoLock);
  return accepted;
}

// The stored expressions themselves: the type cache would already evaluate their constant parts.
bool InspectConstraintsOf(Oid domain, Inspection* inspection) {
  Relation constraints = table_open(ConstraintRelationId, AccessShareLock);
  ScanKeyData key;
  ScanKeyInit(&key, Anum_pg_constraint_contypid, BTEqualStrategyNumber, F_OIDEQ,
              ObjectIdGetDatum(domain));
  SysScanDesc scan =
      systable_beginscan(constraints, ConstraintTypidIndexId, true, nullptr, 1, &key);
  bool accepted = true;
  for (HeapTuple tuple = systable_getnext(scan); accepted && HeapTupleIsValid(tuple);
       tuple = systable_getnext(scan)) {
    bool is_null = true;
    const Datum check =
        heap_getattr(tuple, Anum_pg_constraint_conbin, RelationGetDescr(constraints), &is_null);
    if (is_null) continue;
    auto* expression = static_cast<Node*>(stringToNode(TextDatumGetCString(check)));
    accepted = InspectStoredExpression(expression, inspection);
  }
  systable_endscan(scan);
  table_close(constraints, AccessShareLock);
  return accepted;
}

bool InspectRange(Oid range, Inspection* inspection) {
  const TypeCacheEntry* entry = lookup_type_cache(range, TYPECACHE_RANGE_INFO);
  const Oid functions[] = {entry->rng_cmp_proc_finfo.fn_oid, entry->rng_canonical_finfo.fn_oid,
                           entry->rng_subdiff_finfo.fn_oid};
  for (const Oid function : functions) {
    if (OidIsValid(function) && !InspectSupportFunction(function, range, inspection)) return false;
  }
  return InspectType(entry->rngelemtype->type_id, inspection);
}

// Functions that turn any value into text or JSON look for a cast of its type and run that.
bool InspectCasts(Oid type, Inspection* inspection) {
  constexpr Oid kTargets[] = {TEXTOID, VARCHAROID, BPCHAROID, JSONOID, JSONBOID};
  for (const Oid target : kTargets) {
    HeapTuple tuple =
        SearchSysCache2(CASTSOURCETARGET, ObjectIdGetDatum(type), ObjectIdGetDatum(target));
    if (!HeapTupleIsValid(tuple)) continue;
    const Oid function = reinterpret_cast<Form_pg_cast>(GETSTRUCT(tuple))->castfunc;
    ReleaseSysCache(tuple);
    if (OidIsValid(function) && !InspectSupportFunction(function, type, inspection)) return false;
  }
  return true;
}

bool InspectUserType(const FormData_pg_type& form, Inspection* inspection) {
  switch (form.typtype) {
    case TYPTYPE_ENUM:
    case TYPTYPE_PSEUDO:
      return true;
    case TYPTYPE_COMPOSITE:
      return InspectColumnsOf(form.typrelid, inspection);
    case TYPTYPE_DOMAIN:
      return InspectConstraintsOf(form.oid, inspection) &&
             InspectType(form.typbasetype, inspection);
    case TYPTYPE_RANGE:
      return InspectRange(form.oid, inspection);
    case TYPTYPE_MULTIRANGE:
      return InspectType(get_multirange_range(form.oid), inspection);
    default:
      return InspectBaseType(form, inspection);
  }
}

}  // namespace

bool NamesCatalogObjects(Oid type) {
  const Oid element = get_element_type(type);
  switch (OidIsValid(element) ? element : type) {
    case REGCLASSOID:
    case REGPROCOID:
    case REGPROCEDUREOID:
    case REGOPEROID:
    case REGOPERATOROID:
    case REGTYPEOID:
    case REGROLEOID:
    case REGNAMESPACEOID:
    case REGCOLLATIONOID:
      return true;
    default:
      return false;
  }
}

bool InspectType(Oid type, Inspection* inspection) {
  if (type < FirstNormalObjectId || list_member_oid(inspection->types, type)) return true;
  check_stack_depth();
  inspection->types = lappend_oid(inspection->types, type);
  HeapTuple tuple = SearchSysCache1(TYPEOID, ObjectIdGetDatum(type));
  if (!HeapTupleIsValid(tuple)) return true;
  const FormData_pg_type form = *reinterpret_cast<Form_pg_type>(GETSTRUCT(tuple));
  ReleaseSysCache(tuple);
  const bool is_array = OidIsValid(form.typelem) && form.typlen == -1;
  if (is_array && !InspectType(form.typelem, inspection)) return false;
  return InspectCasts(type, inspection) && InspectUserType(form, inspection) &&
         (form.typtype == TYPTYPE_PSEUDO || InspectDefaultOperators(type, inspection));
}

}  // namespace loupe::pg
