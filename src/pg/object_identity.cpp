#include "pg/postgres.hpp"

extern "C" {
#include "access/htup_details.h"
#include "catalog/pg_aggregate.h"
#include "catalog/pg_attribute.h"
#include "catalog/pg_class.h"
#include "catalog/pg_foreign_server.h"
#include "catalog/pg_foreign_table.h"
#include "catalog/pg_proc.h"
#include "lib/stringinfo.h"
#include "nodes/pg_list.h"
#include "utils/builtins.h"
#include "utils/fmgroids.h"
#include "utils/fmgrprotos.h"
#include "utils/guc.h"
#include "utils/lsyscache.h"
#include "utils/syscache.h"
}

#include "pg/compat.hpp"
#include "pg/function.hpp"
#include "pg/object_identity.hpp"

#include <iterator>

namespace loupe::pg {
namespace {

constexpr int kSha256Bytes = 32;

const char* HexDigest(const char* description, int length) {
  auto* bytes = static_cast<bytea*>(palloc(length + VARHDRSZ));
  SET_VARSIZE(bytes, length + VARHDRSZ);
  memcpy(VARDATA(bytes), description, length);
  const bytea* digest = DatumGetByteaPP(DirectFunctionCall1(sha256_bytea, PointerGetDatum(bytes)));
  auto* hex = static_cast<char*>(palloc0(2 * kSha256Bytes + 1));
  (void)hex_encode(VARDATA_ANY(digest), kSha256Bytes, hex);
  return hex;
}

struct Setting {
  const char* name;
  const char* value;
};

// Everything that shapes how the server prints names, expressions and constants.
constexpr Setting kPrintSettings[] = {{"quote_all_identifiers", "off"},
                                      {"search_path", "pg_catalog, pg_temp"},
                                      {"datestyle", "ISO"},
                                      {"intervalstyle", "postgres"},
                                      {"timezone", "UTC"},
                                      {"extra_float_digits", "1"},
                                      {"bytea_output", "hex"}};
// How many of them, from the first, shape names that are printed with their schema.
constexpr int kNameSettings = 1;
constexpr int kAllSettings = static_cast<int>(std::size(kPrintSettings));

// Gives the nest level to leave by AtEOXact_GUC().
int EnterPrintSettings(int count) {
  const int level = NewGUCNestLevel();
  for (int i = 0; i < count; ++i) {
    (void)set_config_option(kPrintSettings[i].name, kPrintSettings[i].value, PGC_USERSET,
                            PGC_S_SESSION, GUC_ACTION_SAVE, true, 0, false);
  }
  return level;
}

const char* ProcedureName(Oid procedure) {
  return OidIsValid(procedure) ? format_procedure_qualified(procedure) : "-";
}

const char* TypeName(Oid type) { return OidIsValid(type) ? format_type_be_qualified(type) : "-"; }

// The attribute's text on a line of its own, or "-" for NULL.
void AppendText(StringInfo out, int cache, HeapTuple tuple, AttrNumber attribute) {
  bool is_null = true;
  const Datum value = SysCacheGetAttr(cache, tuple, attribute, &is_null);
  appendStringInfo(out, "%s\n", is_null ? "-" : TextDatumGetCString(value));
}

// The same for an attribute of type text[].
void AppendTextArray(StringInfo out, int cache, HeapTuple tuple, AttrNumber attribute) {
  bool is_null = true;
  const Datum value = SysCacheGetAttr(cache, tuple, attribute, &is_null);
  appendStringInfo(out, "%s\n", is_null ? "-" : OidOutputFunctionCall(F_ARRAY_OUT, value));
}

void AppendAggregate(StringInfo out, Oid function) {
  HeapTuple tuple = SearchSysCache1(AGGFNOID, ObjectIdGetDatum(function));
  if (!HeapTupleIsValid(tuple)) return;
  const auto* aggregate = reinterpret_cast<Form_pg_aggregate>(GETSTRUCT(tuple));
  const Oid procedures[] = {aggregate->aggtransfn,     aggregate->aggfinalfn,
                            aggregate->aggcombinefn,   aggregate->aggserialfn,
                            aggregate->aggdeserialfn,  aggregate->aggmtransfn,
                            aggregate->aggminvtransfn, aggregate->aggmfinalfn};
  appendStringInfo(out, "%c %d %d %d %c %c\n", aggregate->aggkind, aggregate->aggnumdirectargs,
                   aggregate->aggfinalextra ? 1 : 0, aggregate->aggmfinalextra ? 1 : 0,
                   aggregate->aggfinalmodify, aggregate->aggmfinalmodify);
  for (const Oid procedure : procedures) {
    appendStringInfo(out, "%s\n", ProcedureName(procedure));
  }
  appendStringInfo(out, "%s\n%s\n", TypeName(aggregate->aggtranstype),
                   TypeName(aggregate->aggmtranstype));
  const Oid sort_operator = aggregate->aggsortop;
  appendStringInfo(out, "%s\n",
                   OidIsValid(sort_operator) ? format_operator_qualified(sort_operator) : "-");
  AppendText(out, AGGFNOID, tuple, Anum_pg_aggregate_agginitval);
  AppendText(out, AGGFNOID, tuple, Anum_pg_aggregate_aggminitval);
  ReleaseSysCache(tuple);
}

void AppendServer(StringInfo out, Oid server) {
  HeapTuple tuple = SearchSysCache1(FOREIGNSERVEROID, ObjectIdGetDatum(server));
  if (!HeapTupleIsValid(tuple)) return;
  const auto* form = reinterpret_cast<Form_pg_foreign_server>(GETSTRUCT(tuple));
  appendStringInfo(out, "%s\n", NameStr(form->srvname));
  AppendTextArray(out, FOREIGNSERVEROID, tuple, Anum_pg_foreign_server_srvoptions);
  ReleaseSysCache(tuple);
}

void AppendForeignTable(StringInfo out, Oid relation) {
  HeapTuple tuple = SearchSysCache1(FOREIGNTABLEREL, ObjectIdGetDatum(relation));
  if (!HeapTupleIsValid(tuple)) return;
  AppendServer(out, reinterpret_cast<Form_pg_foreign_table>(GETSTRUCT(tuple))->ftserver);
  AppendTextArray(out, FOREIGNTABLEREL, tuple, Anum_pg_foreign_table_ftoptions);
  ReleaseSysCache(tuple);
}

void AppendColumns(StringInfo out, Oid relation, int count) {
  for (int number = 1; number <= count; ++number) {
    HeapTuple tuple = SearchSysCacheAttNum(relation, static_cast<AttrNumber>(number));
    if (!HeapTupleIsValid(tuple)) continue;
    const auto* column = reinterpret_cast<Form_pg_attribute>(GETSTRUCT(tuple));
    appendStringInfo(out, "%s %s\n", quote_identifier(NameStr(column->attname)),
                     TypeName(column->atttypid));
    AppendTextArray(out, ATTNUM, tuple, Anum_pg_attribute_attfdwoptions);
    ReleaseSysCache(tuple);
  }
}

// Hashes what `describe` appends for `object`, under settings that fix the form.
const char* Fingerprint(Oid object, void (*describe)(StringInfo, Oid)) {
  StringInfoData description;
  initStringInfo(&description);
  const int level = EnterPrintSettings(kAllSettings);
  describe(&description, object);
  AtEOXact_GUC(true, level);
  return description.len == 0 ? nullptr : HexDigest(description.data, description.len);
}

void DescribeFunction(StringInfo out, Oid function) {
  HeapTuple tuple = SearchSysCache1(PROCOID, ObjectIdGetDatum(function));
  if (!HeapTupleIsValid(tuple)) return;
  const auto* form = reinterpret_cast<Form_pg_proc>(GETSTRUCT(tuple));
  appendStringInfo(out, "%c %s\n", form->prokind, GetUserNameFromId(form->proowner, true));
  if (form->prokind == PROKIND_AGGREGATE) {
    appendStringInfo(out, "%s %s\n", ProcedureName(function), TypeName(form->prorettype));
    AppendAggregate(out, function);
  } else {
    const Datum definition = DirectFunctionCall1(pg_get_functiondef, ObjectIdGetDatum(function));
    appendStringInfoString(out, TextDatumGetCString(definition));
  }
  ReleaseSysCache(tuple);
}

void DescribeRelation(StringInfo out, Oid relation) {
  HeapTuple tuple = SearchSysCache1(RELOID, ObjectIdGetDatum(relation));
  if (!HeapTupleIsValid(tuple)) return;
  const auto* form = reinterpret_cast<Form_pg_class>(GETSTRUCT(tuple));
  appendStringInfo(out, "%c %s\n", form->relkind, GetUserNameFromId(form->relowner, true));
  if (form->relkind == RELKIND_FOREIGN_TABLE) {
    AppendForeignTable(out, relation);
    AppendColumns(out, relation, form->relnatts);
  }
  ReleaseSysCache(tuple);
}

RowValue TextValue(const char* text) {
  return text == nullptr ? RowValue() : RowValue(CStringGetTextDatum(text));
}

}  // namespace

ObjectName NameOfFunction(Oid function) {
  List* names = NIL;
  List* types = NIL;
  const int level = EnterPrintSettings(kNameSettings);
  format_procedure_parts(function, &names, &types, true);
  AtEOXact_GUC(true, level);
  if (names == NIL) return {};
  StringInfoData list;
  initStringInfo(&list);
  for (int i = 0; i < list_length(types); ++i) {
    appendStringInfo(&list, "%s%s", i == 0 ? "" : ", ",
                     static_cast<const char*>(list_nth(types, i)));
  }
  return {static_cast<const char*>(linitial(names)), static_cast<const char*>(lsecond(names)),
          list.data};
}

ObjectName NameOfRelation(Oid relation) {
  ObjectName name;
  name.name = get_rel_name(relation);
  if (name.name != nullptr) name.schema = get_namespace_name(get_rel_namespace(relation));
  return name;
}

const char* FingerprintFunction(Oid function) { return Fingerprint(function, DescribeFunction); }

const char* FingerprintRelation(Oid relation) { return Fingerprint(relation, DescribeRelation); }

LOUPE_FUNCTION(loupe_function_identity) {
  RequireArgument(fcinfo, 0, "function");
  RowValue values[4];
  Call([&]() noexcept {
    const Oid function = PG_GETARG_OID(0);
    const ObjectName name = NameOfFunction(function);
    if (name.schema == nullptr) return;
    values[0] = TextValue(name.schema);
    values[1] = TextValue(name.name);
    values[2] = TextValue(name.argument_types);
    values[3] = TextValue(FingerprintFunction(function));
  });
  return CompositeDatum(fcinfo, {values[0], values[1], values[2], values[3]});
}

LOUPE_FUNCTION(loupe_relation_identity) {
  RequireArgument(fcinfo, 0, "relation");
  RowValue values[3];
  Call([&]() noexcept {
    const Oid relation = PG_GETARG_OID(0);
    const ObjectName name = NameOfRelation(relation);
    if (name.schema == nullptr) return;
    values[0] = TextValue(name.schema);
    values[1] = TextValue(name.name);
    values[2] = TextValue(FingerprintRelation(relation));
  });
  return CompositeDatum(fcinfo, {values[0], values[1], values[2]});
}

}  // namespace loupe::pg
