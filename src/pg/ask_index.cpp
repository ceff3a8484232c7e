// The SQL function that brings the value index up to date.
//
//   tables of the schemas ─▶ state ─┬─ as it was read ──▶ unchanged
//                                   ├─ not stored ──────▶ skipped, and why
//                                   └─ else ── Refresh ─▶ indexed or partial
#include "pg/postgres.hpp"

extern "C" {
#include "catalog/pg_type.h"
#include "datatype/timestamp.h"
#include "utils/array.h"
#include "utils/timestamp.h"
}

#include "pg/function.hpp"

#include <algorithm>
#include <charconv>
#include <string>
#include <vector>

#include "core/ask/value_trigrams.hpp"
#include "pg/catalog.hpp"
#include "pg/fold_text.hpp"
#include "pg/policy.hpp"
#include "pg/readable_columns.hpp"
#include "pg/search_path.hpp"
#include "pg/settings.hpp"
#include "pg/spi.hpp"
#include "pg/text_table.hpp"
#include "pg/value_index.hpp"

namespace loupe::pg {
namespace {

// Tables with their text columns that the caller may read; columns as JSON arrays of numbers.
constexpr const char* kTablesSql = R"sql(
SELECT c.oid, pg_catalog.format('%I.%I', n.nspname, c.relname),
       pg_catalog.jsonb_agg(a.attnum ORDER BY a.attnum),
       pg_catalog.jsonb_agg(a.atttypid::pg_catalog.int8 ORDER BY a.attnum))sql" LOUPE_FROM_READABLE_COLUMNS
                                   R"sql(
GROUP BY s.place, c.oid, n.nspname, c.relname
ORDER BY s.place, c.relname)sql";

struct NamedTable {
  std::string name;
  TextTable table;
};

struct Outcome {
  std::string status;
  std::string reason;
  Refreshed refreshed;
};

std::vector<NamedTable> TablesOf(const std::vector<std::string>& schemas) {
  Json names = Json::MakeArray();
  for (const std::string& schema : schemas) names.Append(schema);
  SpiSession spi(SpiSession::Mode::kReadOnly);
  std::vector<NamedTable> tables;
  for (const SpiSession::Row& row : spi.Query(kTablesSql, {names.Dump()})) {
    NamedTable named;
    named.name = *row[1];
    std::from_chars(row[0]->data(), row[0]->data() + row[0]->size(), named.table.relation);
    const Json numbers = ValueOrThrow(ParseJson(*row[2]));
    const Json types = ValueOrThrow(ParseJson(*row[3]));
    for (std::size_t i = 0; i < numbers.items().size(); ++i) {
      const Oid type = BaseTypeOf(static_cast<Oid>(types.items()[i].AsInteger()));
      if (!IsSaidType(type)) continue;
      named.table.columns.push_back(
          {static_cast<AttrNumber>(numbers.items()[i].AsInteger()), type, 0});
    }
    if (!named.table.columns.empty()) tables.push_back(std::move(named));
  }
  return tables;
}

// The schemas of the call that a policy leaves the caller.
std::vector<std::string> SchemasToIndex(FunctionCallInfo fcinfo) {
  std::vector<std::string> schemas = CallerSchemas();
  if (const std::optional<std::string> schema = OptionalText(fcinfo, 0)) {
    CheckSchemas({*schema});
    schemas = {*schema};
  }
  const PolicyLimits policy = CurrentPolicy();
  schemas.erase(
      std::remove_if(schemas.begin(), schemas.end(),
                     [&](const std::string& schema) { return !AllowsSchema(policy, schema); }),
      schemas.end());
  return schemas;
}

Outcome IndexTable(const TextTable& table, std::int64_t left, ValueIndex* index) {
  const TableState state = StateOf(table.relation);
  if (!state.is_stored) return {"skipped", state.why_not, {}};
  if (index->IsFresh(table, state)) {
    Outcome unchanged = {"unchanged", "", {}};
    for (const TextColumn& column : table.columns) {
      unchanged.refreshed.value_count += index->Find(table.relation, column.number)->value_count;
    }
    return unchanged;
  }
  if (left <= 0) return {"skipped", "the index holds loupe.ask_index_values values", {}};
  Outcome outcome = {"indexed", "", index->Refresh(table, state, left, 0)};
  if (outcome.refreshed.end == Refreshed::End::kLocked) return {"skipped", "it is locked", {}};
  if (outcome.refreshed.end == Refreshed::End::kPartial) {
    outcome.status = "partial";
    outcome.reason = "it has more values than are kept";
  }
  return outcome;
}

RowValue IntegerDatum(std::int64_t value) {
  return Call([&]() noexcept { return Int64GetDatum(value); });
}

RowValue IntervalDatum(TimestampTz microseconds) {
  return Call([&]() noexcept {
    auto* interval = static_cast<Interval*>(palloc0(sizeof(Interval)));
    interval->time = microseconds;
    return PointerGetDatum(interval);
  });
}

void AddRow(const NamedTable& table, const Outcome& outcome, TimestampTz elapsed, RowSink* sink) {
  const bool is_skipped = outcome.status == "skipped";
  const Refreshed& refreshed = outcome.refreshed;
  sink->Add({TextDatum(table.name), TextDatum(outcome.status),
             Int32GetDatum(is_skipped ? 0 : static_cast<int>(table.table.columns.size())),
             IntegerDatum(refreshed.value_count), IntegerDatum(refreshed.added),
             IntegerDatum(refreshed.removed), TextOrNull(outcome.reason), IntervalDatum(elapsed)});
}

}  // namespace

LOUPE_FUNCTION(loupe_ask_index) {
  RowSink sink(fcinfo);
  const std::vector<NamedTable> tables = TablesOf(SchemasToIndex(fcinfo));
  ValueIndex index;
  Call([]() noexcept { PreventCommandIfReadOnly("ask_index()"); });  // on a standby too
  (void)index.Lock(Wait::kYes);
  index.Sweep();
  index.Publish();
  std::int64_t left = CurrentSettings().ask_index_values - index.value_count();
  for (const NamedTable& table : tables) {
    const TimestampTz start = GetCurrentTimestamp();
    const Outcome outcome = IndexTable(table.table, left, &index);
    left -= outcome.refreshed.added - outcome.refreshed.removed;
    AddRow(table, outcome, GetCurrentTimestamp() - start, &sink);
  }
  index.Publish();
  return NullResult(fcinfo);
}

LOUPE_FUNCTION(loupe_value_trigrams) {
  const std::string folded = FoldText(ToServer(RequiredText(fcinfo, 0, "value")));
  const std::vector<std::int32_t> trigrams =
      ask::ValueTrigrams(FromServer(folded.data(), folded.size()));
  return Call([&]() noexcept {
    auto* elements = static_cast<Datum*>(palloc(sizeof(Datum) * (trigrams.size() + 1)));
    for (std::size_t i = 0; i < trigrams.size(); ++i) elements[i] = Int32GetDatum(trigrams[i]);
    return PointerGetDatum(construct_array(elements, static_cast<int>(trigrams.size()), INT4OID,
                                           sizeof(int32), true, TYPALIGN_INT));
  });
}

}  // namespace loupe::pg
