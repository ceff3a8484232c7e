#include "pg/postgres.hpp"

extern "C" {
#include "access/htup_details.h"
#include "catalog/pg_enum.h"
#include "catalog/pg_proc.h"
#include "catalog/pg_type.h"
#include "mb/pg_wchar.h"
#include "utils/builtins.h"
#include "utils/date.h"
#include "utils/lsyscache.h"
#include "utils/numeric.h"
#include "utils/syscache.h"
#include "utils/timestamp.h"
#include "utils/typcache.h"
#include "utils/uuid.h"
}

#include "pg/compat.hpp"
#include "pg/function.hpp"
#include "pg/value_hash.hpp"

#include <cstring>
#include <string_view>

#include "core/sketch/hash.hpp"

namespace loupe::pg {

struct ValueHasher {
  std::uint64_t (*hash)(ValueHasher*, Datum);  // null: the type has no hash function
  Oid type;
  Oid collation;
  FmgrInfo server;  // the type's extended hash function, where that is used
};

namespace {

std::uint64_t HashBool(ValueHasher* /*hasher*/, Datum value) {
  return sketch::HashInteger(DatumGetBool(value) ? 1 : 0);
}

std::uint64_t HashInt2(ValueHasher* /*hasher*/, Datum value) {
  return sketch::HashInteger(DatumGetInt16(value));
}

std::uint64_t HashInt4(ValueHasher* /*hasher*/, Datum value) {
  return sketch::HashInteger(DatumGetInt32(value));
}

std::uint64_t HashInt8(ValueHasher* /*hasher*/, Datum value) {
  return sketch::HashInteger(DatumGetInt64(value));
}

std::uint64_t HashOid(ValueHasher* /*hasher*/, Datum value) {
  return sketch::HashInteger(DatumGetObjectId(value));
}

std::uint64_t HashFloat4(ValueHasher* /*hasher*/, Datum value) {
  return sketch::HashNumber(DatumGetFloat4(value));
}

std::uint64_t HashFloat8(ValueHasher* /*hasher*/, Datum value) {
  return sketch::HashNumber(DatumGetFloat8(value));
}

std::uint64_t HashNumeric(ValueHasher* /*hasher*/, Datum value) {
  const char* digits = Call([&]() noexcept { return numeric_normalize(DatumGetNumeric(value)); });
  return sketch::HashDecimal(digits);
}

// The bytes of a varlena value; only one that lies compressed or elsewhere is copied.
std::string_view BytesOf(Datum value) {
  auto* bytes = reinterpret_cast<struct varlena*>(DatumGetPointer(value));
  if (VARATT_IS_COMPRESSED(bytes) || VARATT_IS_EXTERNAL(bytes)) {
    bytes = Call([&]() noexcept { return PG_DETOAST_DATUM_PACKED(value); });
  }
  return {VARDATA_ANY(bytes), VARSIZE_ANY_EXHDR(bytes)};
}

// Text has equal hashes in databases of different encodings.
std::uint64_t HashServerText(std::string_view text) {
  const int encoding = GetDatabaseEncoding();
  if (encoding == PG_UTF8 || encoding == PG_SQL_ASCII) return sketch::HashBytes(text);
  return sketch::HashBytes(FromServer(text.data(), text.size()));
}

std::uint64_t HashText(ValueHasher* /*hasher*/, Datum value) {
  return HashServerText(BytesOf(value));
}

std::uint64_t HashCharacter(ValueHasher* /*hasher*/, Datum value) {
  std::string_view text = BytesOf(value);
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  return HashServerText(text);
}

std::uint64_t HashName(ValueHasher* /*hasher*/, Datum value) {
  return HashServerText(NameStr(*DatumGetName(value)));
}

// By the label: the number of a value differs from database to database.
std::uint64_t HashEnum(ValueHasher* /*hasher*/, Datum value) {
  const char* label =
      Call([&]() noexcept { return DatumGetCString(DirectFunctionCall1(enum_out, value)); });
  return HashServerText(label);
}

std::uint64_t HashBytea(ValueHasher* /*hasher*/, Datum value) {
  return sketch::HashBytes(BytesOf(value));
}

std::uint64_t HashUuid(ValueHasher* /*hasher*/, Datum value) {
  return sketch::HashBytes({reinterpret_cast<const char*>(DatumGetUUIDP(value)->data), UUID_LEN});
}

std::uint64_t HashTimetz(ValueHasher* /*hasher*/, Datum value) {
  const TimeTzADT* time = DatumGetTimeTzADTP(value);
  return sketch::HashIntegers(time->time, time->zone);
}

// Days and the rest of a day, as intervals are compared.
std::uint64_t HashInterval(ValueHasher* /*hasher*/, Datum value) {
  const Interval* interval = DatumGetIntervalP(value);
  int64 days = int64{interval->month} * DAYS_PER_MONTH + interval->day;
  days += interval->time / USECS_PER_DAY;
  int64 rest = interval->time % USECS_PER_DAY;
  if (rest < 0) {
    rest += USECS_PER_DAY;
    --days;
  }
  return sketch::HashIntegers(days, rest);
}

std::uint64_t HashByServer(ValueHasher* hasher, Datum value) {
  const Datum hash = Call([&]() noexcept {
    return FunctionCall2Coll(&hasher->server, hasher->collation, value, UInt64GetDatum(0));
  });
  return sketch::HashInteger(static_cast<std::int64_t>(DatumGetUInt64(hash)));
}

decltype(ValueHasher::hash) OwnHash(Oid type) {
  switch (type) {
    case BOOLOID:
      return HashBool;
    case INT2OID:
      return HashInt2;
    case INT4OID:
    case DATEOID:
      return HashInt4;
    case INT8OID:
    case TIMEOID:
    case TIMESTAMPOID:
    case TIMESTAMPTZOID:
      return HashInt8;
    case OIDOID:
      return HashOid;
    case FLOAT4OID:
      return HashFloat4;
    case FLOAT8OID:
      return HashFloat8;
    case NUMERICOID:
      return HashNumeric;
    case TEXTOID:
    case VARCHAROID:
      return HashText;
    case BPCHAROID:
      return HashCharacter;
    case NAMEOID:
      return HashName;
    case BYTEAOID:
      return HashBytea;
    case UUIDOID:
      return HashUuid;
    case TIMETZOID:
      return HashTimetz;
    case INTERVALOID:
      return HashInterval;
    default:
      return type_is_enum(type) ? HashEnum : nullptr;
  }
}

// The type that the function itself declares: some callers of aggregates leave no expression.
Oid DeclaredType(FunctionCallInfo fcinfo, int index) {
  HeapTuple tuple = SearchSysCache1(PROCOID, ObjectIdGetDatum(fcinfo->flinfo->fn_oid));
  if (!HeapTupleIsValid(tuple)) return InvalidOid;
  const auto* form = reinterpret_cast<Form_pg_proc>(GETSTRUCT(tuple));
  Oid type = index < form->pronargs ? form->proargtypes.values[index] : InvalidOid;
  ReleaseSysCache(tuple);
  if (IsPolymorphicType(type)) type = get_fn_expr_argtype(fcinfo->flinfo, index);
  return OidIsValid(type) ? getBaseType(type) : InvalidOid;
}

void UseServerHash(ValueHasher* hasher, MemoryContext context) {
  // With the operator, so that a hash function that goes with another equality is none.
  const TypeCacheEntry* entry =
      lookup_type_cache(hasher->type, TYPECACHE_EQ_OPR | TYPECACHE_HASH_EXTENDED_PROC);
  if (!OidIsValid(entry->hash_extended_proc)) return;
  fmgr_info_cxt(entry->hash_extended_proc, &hasher->server, context);
  hasher->hash = HashByServer;
}

ValueHasher* Prepare(FunctionCallInfo fcinfo, int index) {
  MemoryContext context = fcinfo->flinfo->fn_mcxt;
  auto* hasher = static_cast<ValueHasher*>(MemoryContextAllocZero(context, sizeof(ValueHasher)));
  hasher->type = DeclaredType(fcinfo, index);
  hasher->collation = PG_GET_COLLATION();
  if (!OidIsValid(hasher->type)) return hasher;
  hasher->hash = OwnHash(hasher->type);
  const bool is_own = hasher->hash != nullptr && (!OidIsValid(hasher->collation) ||
                                                  get_collation_isdeterministic(hasher->collation));
  if (!is_own) UseServerHash(hasher, context);
  if (hasher->hash != nullptr) fcinfo->flinfo->fn_extra = hasher;
  return hasher;
}

[[noreturn]] void ThrowNoHash(Oid type) {
  const char* name = Call([&]() noexcept { return format_type_be(type); });
  throw StatusError{Status(Code::kUndefinedFunction,
                           "type \"" + FromServer(name) + "\" has no extended hash function")
                        .WithHint("Cast the value to text.")};
}

}  // namespace

ValueHasher* HasherOfArgument(FunctionCallInfo fcinfo, int index) {
  auto* hasher = static_cast<ValueHasher*>(fcinfo->flinfo->fn_extra);
  if (hasher != nullptr) return hasher;
  hasher = Call([&]() noexcept { return Prepare(fcinfo, index); });
  if (hasher->hash == nullptr) ThrowNoHash(hasher->type);
  return hasher;
}

std::uint64_t HashValue(ValueHasher* hasher, Datum value) { return hasher->hash(hasher, value); }

}  // namespace loupe::pg
