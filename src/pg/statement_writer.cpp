// The background worker that writes a batch of records to loupe.statement and loupe.question, and
// the deletion of old ones. It runs as the owner of the table in a restricted security context,
// never as a superuser who happens to write, and only into a table of the extension.
#include "pg/postgres.hpp"

extern "C" {
#include "access/xact.h"
#include "catalog/namespace.h"
#include "datatype/timestamp.h"
#include "mb/pg_wchar.h"
#include "postmaster/bgworker.h"
#include "storage/dsm.h"
#include "storage/ipc.h"
#include "tcop/tcopprot.h"
#include "utils/fmgrprotos.h"
#include "utils/guc.h"
#include "utils/lsyscache.h"
#include "utils/snapmgr.h"
}

#include "pg/as_owner.hpp"
#include "pg/function.hpp"
#include "pg/own_table.hpp"
#include "pg/settings.hpp"
#include "pg/spi.hpp"
#include "pg/statement_batch.hpp"

#include <charconv>
#include <cstring>

namespace loupe::pg {
namespace {

constexpr const char* kInsertSql = R"sql(
INSERT INTO loupe.statement (at, project_id, role_name, session_user_name, purpose, sql, relations,
    accepted, rule, sqlstate, row_count, duration_ms, backend_pid, application_name)
SELECT timestamptz '2000-01-01 00:00:00+00' + $1::pg_catalog.int8 * interval '1 microsecond',
    (SELECT p.id FROM loupe.project p WHERE p.name = $2),
    pg_catalog.pg_get_userbyid($3::pg_catalog.oid), pg_catalog.pg_get_userbyid($4::pg_catalog.oid),
    $5, $6, ARRAY(SELECT pg_catalog.jsonb_array_elements_text($7::pg_catalog.jsonb)),
    $8::pg_catalog.bool, $9, $10, $11::pg_catalog.int8, $12::pg_catalog.float8,
    $13::pg_catalog.int4, $14)sql";

// Bounded, so that the first writer after a long pause does not work for minutes; two writers do
// not wait for each other.
constexpr const char* kRetainSql = R"sql(
DELETE FROM loupe.statement WHERE id IN (
    SELECT s.id FROM loupe.statement s
    WHERE s.at < pg_catalog.now() - $1::pg_catalog.int4 * interval '1 minute'
    ORDER BY s.at LIMIT 10000 FOR UPDATE SKIP LOCKED))sql";

constexpr const char* kInsertQuestionSql = R"sql(
INSERT INTO loupe.question (id, at, project_id, role_name, session_user_name, status, engine, model,
    schemas, question, filters, interpretation, sql, rows_hash, row_count, confidence, elapsed)
SELECT coalesce($1::pg_catalog.int8,
                pg_catalog.nextval('loupe.question_id_seq'::pg_catalog.regclass)),
    timestamptz '2000-01-01 00:00:00+00' + $2::pg_catalog.int8 * interval '1 microsecond',
    (SELECT p.id FROM loupe.project p WHERE p.name = $3),
    pg_catalog.pg_get_userbyid($4::pg_catalog.oid), pg_catalog.pg_get_userbyid($5::pg_catalog.oid),
    $6, $7, $8, ARRAY(SELECT pg_catalog.jsonb_array_elements_text($9::pg_catalog.jsonb)),
    $10, $11::pg_catalog.jsonb, $12, $13, $14, $15::pg_catalog.int8, $16::pg_catalog.float8,
    $17::pg_catalog.float8 * interval '1 millisecond')sql";

constexpr const char* kRetainQuestionsSql = R"sql(
DELETE FROM loupe.question WHERE id IN (
    SELECT q.id FROM loupe.question q
    WHERE q.at < pg_catalog.now() - $1::pg_catalog.int4 * interval '1 minute'
    ORDER BY q.at LIMIT 10000 FOR UPDATE SKIP LOCKED))sql";

constexpr const char* kPurgeSql = R"sql(
WITH gone AS (
    DELETE FROM loupe.statement
    WHERE at < pg_catalog.now() - coalesce($1::pg_catalog.interval,
                                           $2::pg_catalog.int4 * interval '1 minute')
    RETURNING 1)
SELECT pg_catalog.count(*) FROM gone)sql";

constexpr const char* kColumns[] = {
    "at",          "project_id",       "role_name", "session_user_name", "purpose",   "sql",
    "relations",   "accepted",         "rule",      "sqlstate",          "row_count", "duration_ms",
    "backend_pid", "application_name", "id"};

constexpr const char* kQuestionColumns[] = {"id",
                                            "at",
                                            "project_id",
                                            "role_name",
                                            "session_user_name",
                                            "status",
                                            "engine",
                                            "model",
                                            "schemas",
                                            "question",
                                            "filters",
                                            "interpretation",
                                            "sql",
                                            "rows_hash",
                                            "row_count",
                                            "confidence",
                                            "elapsed"};

// A table as this library knows it, or InvalidOid.
template <std::size_t N>
Oid FindTable(const char* name, const char* const (&columns)[N]) {
  const Oid table = FindOwnTable(name);
  for (const char* column : columns) {
    if (!OidIsValid(table) || get_attnum(table, column) == InvalidAttrNumber) return InvalidOid;
  }
  return table;
}

Oid FindTableOf(RecordKind kind) {
  return kind == RecordKind::kStatement ? FindTable("statement", kColumns)
                                        : FindTable("question", kQuestionColumns);
}

// Reads the texts behind the fixed part of a record one after the other.
class TextReader {
 public:
  explicit TextReader(const PackedRecord* record)
      : next_(reinterpret_cast<const char*>(record + 1)) {}
  const char* Next() {
    const char* text = next_;
    next_ += std::strlen(text) + 1;
    return text;
  }

 private:
  const char* next_;
};

// UTF-8 that the database's encoding can hold: a record is kept with question marks rather than
// lost for a character.
std::string Storable(const char* text) {
  const int length = static_cast<int>(std::strlen(text));
  const int encoding = GetDatabaseEncoding();
  const bool fits = Call([&]() noexcept {
    if (encoding == PG_SQL_ASCII) return true;
    if (!pg_verify_mbstr(PG_UTF8, text, length, true)) return false;
    const Oid conversion =
        encoding == PG_UTF8 ? InvalidOid : FindDefaultConversionProc(PG_UTF8, encoding);
    if (!OidIsValid(conversion)) return encoding == PG_UTF8;
    const int room = length * MAX_CONVERSION_GROWTH + 1;
    auto* source = reinterpret_cast<unsigned char*>(const_cast<char*>(text));
    auto* target = static_cast<unsigned char*>(palloc(room));
    return pg_do_encoding_conversion_buf(conversion, PG_UTF8, encoding, source, length, target,
                                         room, true) == length;
  });
  std::string stored(text);
  for (char& byte : stored) {
    if (!fits && IS_HIGHBIT_SET(byte)) byte = '?';
  }
  return stored;
}

SpiSession::Value NullIfEmpty(std::string text) {
  return text.empty() ? SpiSession::Value() : SpiSession::Value(std::move(text));
}

std::string Digits(double value) {
  char buffer[64];
  return {buffer, std::to_chars(buffer, buffer + sizeof buffer, value).ptr};
}

SpiSession::Value CountOrNull(std::int64_t rows) {
  return rows < 0 ? SpiSession::Value() : SpiSession::Value(std::to_string(rows));
}

void InsertStatement(SpiSession* spi, const PackedRecord* record) {
  TextReader texts(record);
  const std::string project = FromServer(texts.Next());
  const std::string purpose = Storable(texts.Next());
  const std::string sql = Storable(texts.Next());
  const std::string rule = Storable(texts.Next());
  const std::string application = FromServer(texts.Next());
  Json relations = Json::MakeArray();
  for (int i = kStatementTexts; i < record->text_count; ++i) {
    relations.Append(Storable(texts.Next()));
  }
  const std::string sqlstate =
      record->sqlstate == 0 ? ""
                            : Call([&]() noexcept { return unpack_sql_state(record->sqlstate); });
  spi->Query(kInsertSql, {std::to_string(record->at), project, std::to_string(record->role),
                          std::to_string(record->session_role), purpose, sql, relations.Dump(),
                          record->accepted ? "true" : "false", NullIfEmpty(rule),
                          NullIfEmpty(sqlstate), CountOrNull(record->row_count),
                          Digits(record->duration_ms), std::to_string(record->pid), application});
}

// A text that was cut is JSON no more.
SpiSession::Value JsonOrNull(const std::string& text) {
  return ParseJson(text).ok() ? SpiSession::Value(text) : SpiSession::Value();
}

void InsertQuestion(SpiSession* spi, const PackedRecord* record) {
  TextReader texts(record);
  std::vector<SpiSession::Value> values = {
      record->id == 0 ? SpiSession::Value() : SpiSession::Value(std::to_string(record->id)),
      std::to_string(record->at), FromServer(texts.Next()), std::to_string(record->role),
      std::to_string(record->session_role)};
  for (int i = 0; i < 3; ++i) values.push_back(NullIfEmpty(Storable(texts.Next())));
  values.emplace_back(JsonOrNull(Storable(texts.Next())).value_or("[]"));
  values.push_back(NullIfEmpty(Storable(texts.Next())));
  values.push_back(JsonOrNull(Storable(texts.Next())));
  for (int i = 0; i < 3; ++i) values.push_back(NullIfEmpty(Storable(texts.Next())));
  values.push_back(CountOrNull(record->row_count));
  values.emplace_back(Digits(record->confidence));
  values.emplace_back(Digits(record->duration_ms));
  spi->Query(kInsertQuestionSql, values);
}

void Retain(SpiSession* spi, const char* sql, int minutes) {
  if (minutes >= 0) spi->Query(sql, {std::to_string(minutes)});
}

// Writes the records of one kind into their table and deletes what is too old there.
void Write(const BatchHeader* batch, RecordKind kind) {
  const Oid table = Call([&]() noexcept { return FindTableOf(kind); });
  if (!OidIsValid(table)) return;
  const AsOwner owner(Call([&]() noexcept { return OwnerOf(table); }));
  SpiSession spi(SpiSession::Mode::kReadWrite);
  const bool is_statement = kind == RecordKind::kStatement;
  const auto* record = reinterpret_cast<const char*>(batch + 1);
  for (int i = 0; i < batch->record_count; ++i) {
    const auto* packed = reinterpret_cast<const PackedRecord*>(record);
    record += packed->bytes;
    if (packed->kind != kind) continue;
    (is_statement ? InsertStatement : InsertQuestion)(&spi, packed);
  }
  const Settings settings = CurrentSettings();
  Retain(&spi, is_statement ? kRetainSql : kRetainQuestionsSql,
         is_statement ? settings.log_retention_min : settings.ask_retention_min);
}

// Copies the batch out of its segment and lets go of that.
const BatchHeader* TakeBatch(dsm_handle handle) {
  dsm_segment* segment = dsm_attach(handle);
  if (segment == nullptr) return nullptr;
  const auto* shared = static_cast<const BatchHeader*>(dsm_segment_address(segment));
  const Size bytes = sizeof(BatchHeader) + shared->bytes;
  void* copy = MemoryContextAllocHuge(TopMemoryContext, bytes);
  std::memcpy(copy, shared, bytes);
  dsm_unpin_segment(handle);
  dsm_detach(segment);
  return static_cast<const BatchHeader*>(copy);
}

// What settings of the database or the role must not change about a writer.
void FixWriterSettings() {
  struct Setting {
    const char* name;
    const char* value;
  };
  const Setting settings[] = {{"search_path", "pg_catalog, pg_temp"},
                              {"default_transaction_isolation", "read committed"},
                              {"default_transaction_read_only", "off"},
                              {"synchronous_commit", "off"},
                              {"lock_timeout", "5s"}};
  for (const Setting& setting : settings) {
    SetConfigOption(setting.name, setting.value, PGC_USERSET, PGC_S_OVERRIDE);
  }
}

void WriteInTransaction(const BatchHeader* batch) {
  StartTransactionCommand();
  PushActiveSnapshot(GetTransactionSnapshot());
  (void)Guard(
      [&](FunctionCallInfo) {
        Write(batch, RecordKind::kStatement);
        Write(batch, RecordKind::kQuestion);
        return Datum{0};
      },
      nullptr);
  PopActiveSnapshot();
  CommitTransactionCommand();
}

}  // namespace

LOUPE_FUNCTION(loupe_statement_purge) {
  const SpiSession::Value older_than =
      IsNullArgument(fcinfo, 0)
          ? SpiSession::Value()
          : SpiSession::Value(FromServer(Call([&]() noexcept {
              return DatumGetCString(DirectFunctionCall1(interval_out, PG_GETARG_DATUM(0)));
            })));
  const int retention = CurrentSettings().log_retention_min;
  if (!older_than && retention < 0) return Call([]() noexcept { return Int64GetDatum(0); });
  const Oid table = Call([]() noexcept { return FindTableOf(RecordKind::kStatement); });
  const AsOwner owner(Call([&]() noexcept { return OwnerOf(table); }));
  SpiSession spi(SpiSession::Mode::kReadWrite);
  const std::string digits = *spi.Query(kPurgeSql, {older_than, std::to_string(retention)})[0][0];
  int64 purged = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), purged);
  return Call([&]() noexcept { return Int64GetDatum(purged); });
}

extern "C" {

// The entry of the worker: C in C++ clothes. Its argument is the handle of the batch's segment.
PGDLLEXPORT void loupe_statement_writer(Datum argument);
void loupe_statement_writer(Datum argument) {
  pqsignal(SIGTERM, die);
  BackgroundWorkerUnblockSignals();
  const BatchHeader* batch = TakeBatch(DatumGetUInt32(argument));
  if (batch == nullptr) return;
  if (batch->dropped > 0) {
    ereport(LOG,
            (errmsg("pg_loupe dropped " UINT64_FORMAT " records of statements", batch->dropped)));
  }
  BackgroundWorkerInitializeConnectionByOid(batch->database, InvalidOid, BGWORKER_BYPASS_ALLOWCONN);
  FixWriterSettings();
  WriteInTransaction(batch);
}

}  // extern "C"

}  // namespace loupe::pg
