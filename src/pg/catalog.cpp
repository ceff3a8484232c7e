#include "pg/postgres.hpp"

extern "C" {
#include "access/genam.h"
#include "access/htup_details.h"
#include "access/table.h"
#include "catalog/pg_attribute.h"
#include "catalog/pg_class.h"
#include "catalog/pg_constraint.h"
#include "catalog/pg_description.h"
#include "catalog/pg_type.h"
#include "common/hashfn.h"
#include "utils/array.h"
#include "utils/fmgroids.h"
#include "utils/lsyscache.h"
#include "utils/rel.h"
#include "utils/syscache.h"
}

#include "pg/catalog.hpp"

#include <algorithm>
#include <cstdlib>
#include <unordered_map>

#include "core/base/nearest.hpp"
#include "pg/execute.hpp"
#include "pg/function.hpp"
#include "pg/readable_columns.hpp"
#include "pg/relation.hpp"
#include "pg/spi.hpp"
#include "pg/value.hpp"

namespace loupe::pg {
namespace {

using semantic::Catalog;
using semantic::CatalogColumn;
using semantic::CatalogTable;

// Schemas arrive as one JSON array of names and keep its order.
constexpr const char* kColumnsSql = R"sql(
SELECT c.oid, n.nspname, c.relname, c.relkind,
       (SELECT d.description FROM pg_catalog.pg_description d
        WHERE d.objoid = c.oid AND d.classoid = 'pg_catalog.pg_class'::pg_catalog.regclass
              AND d.objsubid = 0),
       a.attname, pg_catalog.format_type(a.atttypid, a.atttypmod), a.atttypid, a.attnotnull,
       (SELECT d.description FROM pg_catalog.pg_description d
        WHERE d.objoid = c.oid AND d.classoid = 'pg_catalog.pg_class'::pg_catalog.regclass
              AND d.objsubid = a.attnum))sql" LOUPE_FROM_READABLE_COLUMNS R"sql(
      AND ($2 IS NULL OR c.oid = ANY ($2::pg_catalog.oid[]))
ORDER BY s.place, c.relname, a.attnum)sql";

constexpr const char* kSizeSql = R"sql(
SELECT pg_catalog.count(*), coalesce(pg_catalog.sum(c.relnatts), 0)
FROM pg_catalog.jsonb_array_elements_text($1::pg_catalog.jsonb) AS s (name)
     JOIN pg_catalog.pg_namespace n ON n.nspname = s.name
     JOIN pg_catalog.pg_class c ON c.relnamespace = n.oid
WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND NOT c.relispartition
      AND pg_catalog.has_schema_privilege(n.oid, 'USAGE')
      AND pg_catalog.has_any_column_privilege(c.oid, 'SELECT'))sql";

// Key columns as JSON arrays of names, so that any name survives.
constexpr const char* kKeysSql = R"sql(
SELECT k.conrelid, k.contype, k.conname, k.confrelid,
       (SELECT pg_catalog.jsonb_agg(a.attname ORDER BY u.place)
        FROM pg_catalog.unnest(k.conkey) WITH ORDINALITY AS u (attnum, place)
             JOIN pg_catalog.pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = u.attnum),
       (SELECT pg_catalog.jsonb_agg(a.attname ORDER BY u.place)
        FROM pg_catalog.unnest(k.confkey) WITH ORDINALITY AS u (attnum, place)
             JOIN pg_catalog.pg_attribute a ON a.attrelid = k.confrelid AND a.attnum = u.attnum)
FROM pg_catalog.jsonb_array_elements_text($1::pg_catalog.jsonb) AS s (name)
     JOIN pg_catalog.pg_namespace n ON n.nspname = s.name
     JOIN pg_catalog.pg_class c ON c.relnamespace = n.oid
     JOIN pg_catalog.pg_constraint k ON k.conrelid = c.oid
WHERE k.contype IN ('p', 'u', 'f') AND ($2 IS NULL OR c.oid = ANY ($2::pg_catalog.oid[]))
ORDER BY k.conrelid, k.contype, k.conname)sql";

constexpr const char* kNamesSql = R"sql(
SELECT c.relname
FROM pg_catalog.jsonb_array_elements_text($1::pg_catalog.jsonb) AS s (name)
     JOIN pg_catalog.pg_namespace n ON n.nspname = s.name
     JOIN pg_catalog.pg_class c ON c.relnamespace = n.oid
WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f')
      AND pg_catalog.has_schema_privilege(n.oid, 'USAGE')
      AND pg_catalog.has_any_column_privilege(c.oid, 'SELECT')
ORDER BY c.relname)sql";

constexpr const char* kSchemasSql = R"sql(
SELECT n.nspname FROM pg_catalog.pg_namespace n
WHERE pg_catalog.has_schema_privilege(n.oid, 'USAGE') AND n.nspname !~ '^pg_'
      AND n.nspname <> 'information_schema'
ORDER BY n.nspname)sql";

std::string JsonArrayOf(const std::vector<std::string>& names) {
  Json array = Json::MakeArray();
  for (const std::string& name : names) array.Append(name);
  return array.Dump();
}

// NULL for none.
SpiSession::Value ArrayOf(const std::vector<Oid>& relations) {
  std::string array;
  for (const Oid relation : relations)
    array += (array.empty() ? "{" : ",") + std::to_string(relation);
  return array.empty() ? SpiSession::Value() : SpiSession::Value(array + "}");
}

std::vector<std::string> NamesOf(const SpiSession::Value& array) {
  std::vector<std::string> names;
  if (!array) return names;
  const Json parsed = ValueOrThrow(ParseJson(*array));
  for (const Json& name : parsed.items()) names.push_back(name.AsString());
  return names;
}

Oid OidOf(const std::string& digits) {
  return static_cast<Oid>(std::strtoul(digits.c_str(), nullptr, 10));
}

CatalogColumn ColumnOf(const SpiSession::Row& row) {
  CatalogColumn column;
  column.name = *row[5];
  column.sql_type = *row[6];
  column.type = ClassifyType(OidOf(*row[7]));
  column.not_null = *row[8] == "t";
  column.comment = row[9].value_or("");
  return column;
}

bool HasAllColumns(const CatalogTable& table, const std::vector<std::string>& names) {
  return std::all_of(names.begin(), names.end(),
                     [&](const std::string& name) { return table.FindColumn(name) != nullptr; });
}

struct FoundTable {
  std::string schema;
  Oid relation = InvalidOid;
};

FoundTable FindEntityTable(const semantic::Entity& entity,
                           const std::vector<std::string>& schemas) {
  if (!entity.schema.empty()) return {entity.schema, FindRelation(entity.schema, entity.table)};
  for (const std::string& schema : schemas) {
    const Oid relation = FindRelation(schema, entity.table);
    if (OidIsValid(relation)) return {schema, relation};
  }
  return {};
}

// A column in memory of the current context; a dropped one has no name.
struct RawColumn {
  const char* name;
  Oid type;
  int32 modifier;
  bool not_null;
};

RawColumn ReadRawColumn(Oid relation, AttrNumber number) {
  RawColumn column = {nullptr, InvalidOid, -1, false};
  HeapTuple tuple = SearchSysCache2(ATTNUM, ObjectIdGetDatum(relation), Int16GetDatum(number));
  if (!HeapTupleIsValid(tuple)) return column;
  const auto* row = reinterpret_cast<Form_pg_attribute>(GETSTRUCT(tuple));
  if (!row->attisdropped) {
    column = {pstrdup(NameStr(row->attname)), row->atttypid, row->atttypmod, row->attnotnull};
  }
  ReleaseSysCache(tuple);
  return column;
}

int CountColumns(Oid relation) {
  HeapTuple tuple = SearchSysCache1(RELOID, ObjectIdGetDatum(relation));
  if (!HeapTupleIsValid(tuple)) return 0;
  const int count = reinterpret_cast<Form_pg_class>(GETSTRUCT(tuple))->relnatts;
  ReleaseSysCache(tuple);
  return count;
}

// Columns by number less one, so that keys can name them.
std::vector<CatalogColumn> ReadColumns(Oid relation) {
  std::vector<CatalogColumn> columns;
  const int count = Call([&]() noexcept { return CountColumns(relation); });
  for (int number = 1; number <= count; ++number) {
    const RawColumn raw =
        Call([&]() noexcept { return ReadRawColumn(relation, static_cast<AttrNumber>(number)); });
    CatalogColumn column;
    if (raw.name != nullptr) {
      column.name = FromServer(raw.name);
      column.sql_type = PrintedType(raw.type, raw.modifier);
      column.type = ClassifyType(raw.type);
      column.not_null = raw.not_null;
    }
    columns.push_back(std::move(column));
  }
  return columns;
}

// Primary and unique keys of a table, as lists of column numbers.
struct RawKeys {
  List* primary;  // of int
  List* unique;   // of such lists
};

List* ReadKey(Relation constraints, HeapTuple tuple) {
  bool is_null = true;
  const Datum value =
      heap_getattr(tuple, Anum_pg_constraint_conkey, RelationGetDescr(constraints), &is_null);
  if (is_null) return NIL;
  ArrayType* array = DatumGetArrayTypeP(value);
  const auto* numbers = reinterpret_cast<const int16*>(ARR_DATA_PTR(array));
  List* key = NIL;
  for (int i = 0; i < ArrayGetNItems(ARR_NDIM(array), ARR_DIMS(array)); ++i) {
    key = lappend_int(key, numbers[i]);
  }
  return key;
}

RawKeys ReadRawKeys(Oid relation) {
  RawKeys keys = {NIL, NIL};
  Relation constraints = table_open(ConstraintRelationId, AccessShareLock);
  ScanKeyData wanted;
  ScanKeyInit(&wanted, Anum_pg_constraint_conrelid, BTEqualStrategyNumber, F_OIDEQ,
              ObjectIdGetDatum(relation));
  SysScanDesc scan =
      systable_beginscan(constraints, ConstraintRelidTypidNameIndexId, true, nullptr, 1, &wanted);
  for (HeapTuple tuple = systable_getnext(scan); HeapTupleIsValid(tuple);
       tuple = systable_getnext(scan)) {
    const char type = reinterpret_cast<Form_pg_constraint>(GETSTRUCT(tuple))->contype;
    if (type == CONSTRAINT_PRIMARY) keys.primary = ReadKey(constraints, tuple);
    if (type == CONSTRAINT_UNIQUE) keys.unique = lappend(keys.unique, ReadKey(constraints, tuple));
  }
  systable_endscan(scan);
  table_close(constraints, AccessShareLock);
  return keys;
}

std::vector<std::string> KeyNames(const List* key, const std::vector<CatalogColumn>& columns) {
  std::vector<std::string> names;
  for (int i = 0; i < list_length(key); ++i) {
    const auto place = static_cast<std::size_t>(list_nth_int(key, i) - 1);
    if (place < columns.size()) names.push_back(columns[place].name);
  }
  return names;
}

CatalogTable ReadTable(const FoundTable& found, const std::string& name) {
  CatalogTable table;
  table.schema = found.schema;
  table.name = name;
  table.kind = Call([&]() noexcept { return get_rel_relkind(found.relation); });
  table.columns = ReadColumns(found.relation);
  const RawKeys keys = Call([&]() noexcept { return ReadRawKeys(found.relation); });
  table.primary_key = KeyNames(keys.primary, table.columns);
  for (int i = 0; i < list_length(keys.unique); ++i) {
    table.unique_keys.push_back(
        KeyNames(static_cast<const List*>(list_nth(keys.unique, i)), table.columns));
  }
  table.columns.erase(std::remove_if(table.columns.begin(), table.columns.end(),
                                     [](const CatalogColumn& c) { return c.name.empty(); }),
                      table.columns.end());
  return table;
}

// Goes on with the hash of what COMMENT ON says of a relation and its columns.
std::uint64_t HashCommentsOf(Oid relation, std::uint64_t hash) {
  Relation descriptions = table_open(DescriptionRelationId, AccessShareLock);
  ScanKeyData wanted[2];
  ScanKeyInit(&wanted[0], Anum_pg_description_objoid, BTEqualStrategyNumber, F_OIDEQ,
              ObjectIdGetDatum(relation));
  ScanKeyInit(&wanted[1], Anum_pg_description_classoid, BTEqualStrategyNumber, F_OIDEQ,
              ObjectIdGetDatum(RelationRelationId));
  SysScanDesc scan =
      systable_beginscan(descriptions, DescriptionObjIndexId, true, nullptr, 2, wanted);
  for (HeapTuple tuple = systable_getnext(scan); HeapTupleIsValid(tuple);
       tuple = systable_getnext(scan)) {
    const auto* row = reinterpret_cast<unsigned char*>(tuple->t_data) + tuple->t_data->t_hoff;
    hash = hash_bytes_extended(row, static_cast<int>(tuple->t_len - tuple->t_data->t_hoff), hash);
  }
  systable_endscan(scan);
  table_close(descriptions, AccessShareLock);
  return hash;
}

}  // namespace

std::uint64_t HashComments(const std::vector<Oid>& relations) {
  return Call([&]() noexcept {
    std::uint64_t hash = 0;
    for (const Oid relation : relations) hash = HashCommentsOf(relation, hash);
    return hash;
  });
}

NamedTables ReadTablesOf(const semantic::Model& model, const std::vector<std::string>& schemas) {
  NamedTables tables;
  for (const semantic::Entity& entity : model.entities) {
    if (entity.table.empty()) continue;
    const FoundTable found = FindEntityTable(entity, schemas);
    const auto known = std::find(tables.relations.begin(), tables.relations.end(), found.relation);
    if (!OidIsValid(found.relation) || known != tables.relations.end()) continue;
    tables.catalog.tables.push_back(ReadTable(found, entity.table));
    tables.relations.push_back(found.relation);
  }
  return tables;
}

NamedTables ReadReadableTables(const std::vector<std::string>& schemas,
                               const std::vector<Oid>& relations) {
  SpiSession spi(SpiSession::Mode::kReadOnly);
  const std::vector<SpiSession::Value> parameters = {JsonArrayOf(schemas), ArrayOf(relations)};
  NamedTables tables;
  Catalog& catalog = tables.catalog;
  std::unordered_map<std::string, std::size_t> index_of;  // by OID as text
  for (const SpiSession::Row& row : spi.Query(kColumnsSql, parameters)) {
    const auto [place, is_new] = index_of.try_emplace(*row[0], catalog.tables.size());
    if (is_new) {
      CatalogTable table;
      table.schema = *row[1];
      table.name = *row[2];
      table.kind = row[3]->front();
      table.comment = row[4].value_or("");
      catalog.tables.push_back(std::move(table));
      tables.relations.push_back(OidOf(*row[0]));
    }
    catalog.tables[place->second].columns.push_back(ColumnOf(row));
  }
  for (const SpiSession::Row& row : spi.Query(kKeysSql, parameters)) {
    const auto found = index_of.find(*row[0]);
    if (found == index_of.end()) continue;
    CatalogTable& table = catalog.tables[found->second];
    std::vector<std::string> columns = NamesOf(row[4]);
    if (!HasAllColumns(table, columns)) continue;  // a part of the key is hidden from the caller
    const char type = row[1]->front();
    if (type == 'p') {
      table.primary_key = std::move(columns);
    } else if (type == 'u') {
      table.unique_keys.push_back(std::move(columns));
    } else if (const auto target = index_of.find(*row[3]); target != index_of.end()) {
      const CatalogTable& parent = catalog.tables[target->second];
      std::vector<std::string> target_columns = NamesOf(row[5]);
      if (!HasAllColumns(parent, target_columns)) continue;
      table.foreign_keys.push_back(
          {*row[2], std::move(columns), parent.schema, parent.name, std::move(target_columns)});
    }
  }
  return tables;
}

CatalogSize SizeOfCatalog(const std::vector<std::string>& schemas) {
  SpiSession spi(SpiSession::Mode::kReadOnly);
  const SpiSession::Row row = spi.Query(kSizeSql, {JsonArrayOf(schemas)}).at(0);
  return {std::strtoll(row[0]->c_str(), nullptr, 10), std::strtoll(row[1]->c_str(), nullptr, 10)};
}

Catalog ReadCatalog(const std::vector<std::string>& schemas) {
  return ReadReadableTables(schemas).catalog;
}

void CheckSchemas(const std::vector<std::string>& schemas) {
  SpiSession spi(SpiSession::Mode::kReadOnly);
  std::vector<std::string> known;
  for (const SpiSession::Row& row : spi.Query(kSchemasSql)) known.push_back(*row[0]);
  for (const std::string& schema : schemas) {
    if (std::find(known.begin(), known.end(), schema) != known.end()) continue;
    throw StatusError{Status(Code::kInvalidArgument,
                             "schema \"" + schema + "\" does not exist or may not be used")
                          .WithHint(NearestNameHint(schema, known))};
  }
}

std::vector<std::string> RelationNames(const std::vector<std::string>& schemas) {
  SpiSession spi(SpiSession::Mode::kReadOnly);
  std::vector<std::string> names;
  for (const SpiSession::Row& row : spi.Query(kNamesSql, {JsonArrayOf(schemas)})) {
    names.push_back(*row[0]);
  }
  return names;
}

}  // namespace loupe::pg
