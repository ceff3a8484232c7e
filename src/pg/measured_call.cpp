// loupe_measured_call: what stands behind every measured twin of a built-in function.
//
//   first call   fn_oid -> name and types -> the built-in of pg_catalog -> its check, an FmgrInfo
//   every call   sizes of arguments, by their headers alone -> within the limit? -> the built-in
//
// Sizes are what the arguments come to when they are read; nothing is detoasted to tell them, but
// the first bytes of an array. The built-in is called with the caller's own call frame: arguments,
// collation, result set and NULL flag are its own.
#include "pg/postgres.hpp"

extern "C" {
#include "access/detoast.h"
#include "access/htup_details.h"
#include "access/transam.h"
#include "catalog/pg_namespace.h"
#include "catalog/pg_proc.h"
#include "catalog/pg_type.h"
#include "utils/array.h"
#include "utils/lsyscache.h"
#include "utils/syscache.h"
#include "utils/typcache.h"
}

#include <algorithm>
#include <string>

#include "pg/compat.hpp"
#include "pg/function.hpp"
#include "pg/validate/measure.hpp"

namespace loupe::pg {
namespace {

// How the arguments at `first` and `second` are weighed.
enum class Scale {
  kBytes,    // bytes of the first
  kProduct,  // bytes of the first times bytes of the second
  kKeys,     // the same, the second being an array
  kPairs,    // elements of one array times elements of the other
};

// What the elements of an array cost to compare, in nanoseconds.
struct ElementCost {
  Oid type;
  double pair;
  double byte;
};

// Kept in fn_extra; in the memory of the call's FmgrInfo.
struct Measured {
  FmgrInfo original;
  Scale scale;
  int first;
  int second;
  bool is_name;  // the first is of the fixed size of a name
  double limit;
  ElementCost cost;
};

constexpr int kArrayHead = sizeof(ArrayType) - VARHDRSZ + MAXDIM * sizeof(int);

int ArgumentOfType(const oidvector* types, Oid type) {
  for (int i = 0; i < types->dim1; ++i) {
    if (types->values[i] == type) return i;
  }
  return 0;
}

void SetProduct(Measured* measured, const oidvector* types, double limit) {
  measured->scale = Scale::kProduct;
  measured->first = 0;
  measured->second = 1;
  measured->is_name = types->values[0] == NAMEOID;
  measured->limit = limit;
}

void SetBytes(Measured* measured, int argument, double limit) {
  measured->scale = Scale::kBytes;
  measured->first = argument;
  measured->limit = limit;
}

void SetProductOf(Measured* measured, const oidvector* types) {
  SetProduct(measured, types, types->values[0] == BITOID ? kMaxBitProduct : kMaxProduct);
  if (types->values[0] == ANYARRAYOID) {
    measured->scale = Scale::kPairs;
    measured->limit = kMaxPairsTime;
  } else if (types->values[1] == TEXTARRAYOID) {
    measured->scale = Scale::kKeys;
  }
}

// False for a function that has no twin.
bool SetScale(Measured* measured, BoundCheck check, const FormData_pg_proc* form) {
  const oidvector* types = &form->proargtypes;
  switch (check) {
    case BoundCheck::kProduct:
      SetProductOf(measured, types);
      return true;
    case BoundCheck::kLike:
      SetProduct(measured, types, kMaxProduct);
      return true;
    case BoundCheck::kSet:
      SetProduct(measured, types, kMaxSetProduct);
      return true;
    case BoundCheck::kFigures:
      SetProduct(measured, types,
                 std::string_view(NameStr(form->proname)) == "path_distance" ? kMaxPathsProduct
                                                                             : kMaxFiguresProduct);
      return true;
    case BoundCheck::kSquare:
      SetBytes(measured, 0, kMaxSquareBytes);
      return true;
    case BoundCheck::kDocument:
      SetBytes(measured, types->dim1 - 1, kMaxParsedBytes);
      return true;
    case BoundCheck::kRank:
      SetBytes(measured, ArgumentOfType(types, TSQUERYOID), kMaxRankedBytes);
      return true;
    case BoundCheck::kXpath:
      SetBytes(measured, ArgumentOfType(types, XMLOID), kMaxDocumentBytes);
      return true;
    default:
      return false;
  }
}

// The built-in whose name and argument types are the twin's without the underscore.
Oid OriginalOf(const FormData_pg_proc* twin) {
  return GetSysCacheOid3(
      PROCNAMEARGSNSP, Anum_pg_proc_oid, CStringGetDatum(NameStr(twin->proname) + 1),
      PointerGetDatum(&twin->proargtypes), ObjectIdGetDatum(PG_CATALOG_NAMESPACE));
}

// nullptr when the function that is called is no twin of a built-in.
Measured* Prepare(FmgrInfo* self) {
  HeapTuple tuple = SearchSysCache1(PROCOID, ObjectIdGetDatum(self->fn_oid));
  if (!HeapTupleIsValid(tuple)) return nullptr;
  const auto* form = reinterpret_cast<Form_pg_proc>(GETSTRUCT(tuple));
  const Oid original = OriginalOf(form);
  const BuiltinFunction* entry = FindBuiltinFunction(original);
  auto* measured = static_cast<Measured*>(MemoryContextAllocZero(self->fn_mcxt, sizeof(Measured)));
  const bool is_twin = entry != nullptr && SetScale(measured, entry->check, form);
  ReleaseSysCache(tuple);
  if (!is_twin) return nullptr;
  fmgr_info_cxt(original, &measured->original, self->fn_mcxt);
  fmgr_info_set_expr(self->fn_expr, &measured->original);
  self->fn_extra = measured;
  return measured;
}

double BytesOf(FunctionCallInfo fcinfo, int argument) {
  if (PG_ARGISNULL(argument)) return 0;
  return static_cast<double>(toast_raw_datum_size(PG_GETARG_DATUM(argument))) - VARHDRSZ;
}

// Measured: 1.3 to 1.8 ns for by-value types and uuid, 6 to 8 for text and numeric, 15 for ranges,
// 42 for jsonb, 80 for rows of two columns; 0.012 a byte for long texts.
ElementCost CostOf(Oid type) {
  const Oid base = getBaseType(type);
  const TypeCacheEntry* entry = lookup_type_cache(base, 0);
  if (entry->typtype == TYPTYPE_ENUM || (base < FirstNormalObjectId && entry->typlen > 0)) {
    return {type, entry->typbyval ? 2.0 : 4.0, 0};
  }
  switch (base) {
    case TEXTOID:
    case VARCHAROID:
    case BPCHAROID:
    case BYTEAOID:
    case NUMERICOID:
      return {type, 8, 1.0 / 64};
    default:
      return {type, entry->typtype == TYPTYPE_RANGE ? 32.0 : 80.0, 1};
  }
}

struct ArraySize {
  double bytes;
  double elements;
  Oid type;
};

ArraySize SizeOfArray(Datum datum) {
  const auto* value = reinterpret_cast<struct varlena*>(DatumGetPointer(datum));
  const double bytes = static_cast<double>(toast_raw_datum_size(datum)) - VARHDRSZ;
  if (VARATT_IS_EXTERNAL_EXPANDED(value)) {
    const AnyArrayType* array = DatumGetAnyArrayP(datum);
    const int count = ArrayGetNItems(AARR_NDIM(array), AARR_DIMS(array));
    return {bytes, static_cast<double>(count), AARR_ELEMTYPE(array)};
  }
  const bool is_plain = !VARATT_IS_EXTENDED(value);
  auto* head = is_plain
                   ? DatumGetArrayTypeP(datum)
                   : reinterpret_cast<ArrayType*>(PG_DETOAST_DATUM_SLICE(datum, 0, kArrayHead));
  const ArraySize size{bytes, static_cast<double>(ArrayGetNItems(ARR_NDIM(head), ARR_DIMS(head))),
                       ARR_ELEMTYPE(head)};
  if (!is_plain) pfree(head);
  return size;
}

// Nanoseconds that comparing each element of one array with each of the other may take.
double PairsTime(FunctionCallInfo fcinfo, Measured* measured) {
  const ArraySize first = SizeOfArray(PG_GETARG_DATUM(0));
  const ArraySize second = SizeOfArray(PG_GETARG_DATUM(1));
  if (measured->cost.type != first.type) measured->cost = CostOf(first.type);
  const double bytes = std::min(first.bytes * second.elements, second.bytes * first.elements);
  return first.elements * second.elements * measured->cost.pair + bytes * measured->cost.byte;
}

// NULL elements take no bytes, but time like others.
double KeysProduct(FunctionCallInfo fcinfo) {
  const ArraySize keys = SizeOfArray(PG_GETARG_DATUM(1));
  return BytesOf(fcinfo, 0) * std::max(keys.bytes, keys.elements * sizeof(int32));
}

double Weigh(FunctionCallInfo fcinfo, Measured* measured) {
  switch (measured->scale) {
    case Scale::kBytes:
      return BytesOf(fcinfo, measured->first);
    case Scale::kProduct:
      return (measured->is_name ? NAMEDATALEN : BytesOf(fcinfo, measured->first)) *
             BytesOf(fcinfo, measured->second);
    case Scale::kKeys:
      return KeysProduct(fcinfo);
    case Scale::kPairs:
      return PairsTime(fcinfo, measured);
  }
  return 0;
}

Datum CallOriginal(FunctionCallInfo fcinfo, Measured* measured) {
  FmgrInfo* self = fcinfo->flinfo;
  fcinfo->flinfo = &measured->original;
  const Datum result = FunctionCallInvoke(fcinfo);
  fcinfo->flinfo = self;
  return result;
}

[[noreturn]] void ThrowNoTwin() {
  throw StatusError{Status(Code::kInternal, "function is no measured twin of a built-in")};
}

[[noreturn]] void ThrowTooLarge(const Measured& measured) {
  const char* name = Call([&]() noexcept { return get_func_name(measured.original.fn_oid); });
  const std::string call = std::string(name) + "()";
  if (measured.scale != Scale::kBytes) {
    throw StatusError{
        Status(Code::kGateArgumentSize, "arguments of " + call + " are too large together")
            .WithHint("Work on shorter values.")};
  }
  throw StatusError{Status(Code::kGateArgumentSize, "argument of " + call + " is too large")
                        .WithHint("Work on a shorter value.")};
}

}  // namespace

LOUPE_FUNCTION(loupe_measured_call) {
  auto* measured = static_cast<Measured*>(fcinfo->flinfo->fn_extra);
  if (measured == nullptr) measured = Call([&]() noexcept { return Prepare(fcinfo->flinfo); });
  if (measured == nullptr) ThrowNoTwin();
  bool fits = true;
  const Datum result = Call([&]() noexcept {
    fits = Weigh(fcinfo, measured) <= measured->limit;
    return fits ? CallOriginal(fcinfo, measured) : Datum{0};
  });
  if (!fits) ThrowTooLarge(*measured);
  return result;
}

}  // namespace loupe::pg
