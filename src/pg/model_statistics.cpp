#include "pg/postgres.hpp"

extern "C" {
#include "access/htup_details.h"
#include "access/table.h"
#include "catalog/pg_class.h"
#include "catalog/pg_index.h"
#include "catalog/pg_statistic.h"
#include "miscadmin.h"
#include "utils/acl.h"
#include "utils/lsyscache.h"
#include "utils/rel.h"
#include "utils/relcache.h"
#include "utils/syscache.h"
}

#include "pg/model_statistics.hpp"

#include <map>
#include <set>
#include <utility>

#include "pg/function.hpp"
#include "pg/relation.hpp"

namespace loupe::pg {
namespace {

using ColumnsOf = std::map<std::string, std::set<std::string>>;  // by entity

// The columns of joins, on both sides, and those of time dimensions.
ColumnsOf WantedColumns(const semantic::Model& model) {
  ColumnsOf wanted;
  for (const semantic::Entity& entity : model.entities) {
    for (const semantic::Join& join : entity.joins) {
      for (const auto& [from, to] : join.columns) {
        wanted[entity.name].insert(from);
        wanted[join.entity].insert(to);
      }
    }
    for (const semantic::Dimension& dimension : entity.dimensions) {
      const bool is_time = dimension.type == semantic::DimensionType::kTime;
      if (is_time && !dimension.column.empty()) wanted[entity.name].insert(dimension.column);
    }
  }
  return wanted;
}

// The functions below call the server and run inside Call().

double RowsOf(Oid table) {
  HeapTuple tuple = SearchSysCache1(RELOID, ObjectIdGetDatum(table));
  if (!HeapTupleIsValid(tuple)) return -1;
  const double rows = reinterpret_cast<Form_pg_class>(GETSTRUCT(tuple))->reltuples;
  ReleaseSysCache(tuple);
  return rows;
}

// Values of the column: a negative number is a share of the rows, 0 is not known. Of a partitioned
// table the statistics of all partitions together count.
double DistinctOf(Oid table, AttrNumber column) {
  const bool inherited = get_rel_relkind(table) == RELKIND_PARTITIONED_TABLE;
  HeapTuple tuple = SearchSysCache3(STATRELATTINH, ObjectIdGetDatum(table), Int16GetDatum(column),
                                    BoolGetDatum(inherited));
  if (!HeapTupleIsValid(tuple)) return 0;
  const double distinct = reinterpret_cast<Form_pg_statistic>(GETSTRUCT(tuple))->stadistinct;
  ReleaseSysCache(tuple);
  return distinct;
}

// The columns that complete indexes of the table begin with.
Bitmapset* LeadingColumns(Oid table) {
  Bitmapset* leading = nullptr;
  Relation relation = try_table_open(table, AccessShareLock);
  if (relation == nullptr) return leading;
  ListCell* cell = nullptr;
  foreach (cell, RelationGetIndexList(relation)) {
    HeapTuple tuple = SearchSysCache1(INDEXRELID, ObjectIdGetDatum(lfirst_oid(cell)));
    if (!HeapTupleIsValid(tuple)) continue;
    const auto* index = reinterpret_cast<Form_pg_index>(GETSTRUCT(tuple));
    const bool is_complete =
        index->indisvalid && heap_attisnull(tuple, Anum_pg_index_indpred, nullptr);
    if (is_complete && index->indkey.values[0] > 0) {
      leading = bms_add_member(leading, index->indkey.values[0]);
    }
    ReleaseSysCache(tuple);
  }
  table_close(relation, AccessShareLock);
  return leading;
}

struct ColumnSize {
  bool is_readable = false;
  bool is_indexed = false;
  double distinct = 0;
};

ColumnSize SizeOf(Oid table, const char* column, const Bitmapset* leading) {
  ColumnSize size;
  const AttrNumber number = get_attnum(table, column);
  if (number <= 0) return size;
  size.is_readable = pg_class_aclcheck(table, GetUserId(), ACL_SELECT) == ACLCHECK_OK ||
                     pg_attribute_aclcheck(table, number, GetUserId(), ACL_SELECT) == ACLCHECK_OK;
  size.is_indexed = bms_is_member(number, leading);
  size.distinct = DistinctOf(table, number);
  return size;
}

// The kinds whose rows the server counts and keeps itself.
bool IsStored(Oid relation) {
  const char kind = get_rel_relkind(relation);
  return kind == RELKIND_RELATION || kind == RELKIND_PARTITIONED_TABLE || kind == RELKIND_MATVIEW;
}

void ReadEntity(const std::set<std::string>& columns, semantic::Entity* entity) {
  const Oid table = FindRelation(entity->schema, entity->table);
  if (!OidIsValid(table) || !Call([&]() noexcept { return IsStored(table); })) return;
  semantic::Statistics& statistics = entity->statistics;
  statistics.rows = Call([&]() noexcept { return RowsOf(table); });
  const Bitmapset* leading = Call([&]() noexcept { return LeadingColumns(table); });
  for (const std::string& column : columns) {
    const char* text = ToServer(column);
    const ColumnSize size = Call([&]() noexcept { return SizeOf(table, text, leading); });
    if (!size.is_readable) continue;
    if (size.is_indexed) statistics.indexed.push_back(column);
    const double distinct = size.distinct < 0 ? -size.distinct * statistics.rows : size.distinct;
    if (distinct > 0) statistics.distinct.emplace_back(column, distinct);
  }
}

}  // namespace

void ReadStatistics(semantic::Model* model) {
  const ColumnsOf wanted = WantedColumns(*model);
  for (semantic::Entity& entity : model->entities) {
    const auto found = wanted.find(entity.name);
    if (!entity.table.empty()) {
      ReadEntity(found == wanted.end() ? std::set<std::string>() : found->second, &entity);
    }
  }
}

}  // namespace loupe::pg
