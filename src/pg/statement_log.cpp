#include "pg/postgres.hpp"

extern "C" {
#include "access/parallel.h"
#include "access/xact.h"
#include "access/xlog.h"
#include "postmaster/bgworker.h"
#include "storage/dsm.h"
#include "storage/ipc.h"
#include "storage/latch.h"
#include "utils/guc.h"
#include "utils/resowner.h"
#include "utils/timestamp.h"
#include "utils/wait_event.h"
}

#include "pg/function.hpp"
#include "pg/settings.hpp"
#include "pg/statement_batch.hpp"
#include "pg/statement_log.hpp"

#include <cstring>

namespace loupe::pg {
namespace {

constexpr int kMaxRecords = 1000;
constexpr int kMaxRelations = 200;
constexpr int kStartIntervalMs = 200;
constexpr int kFlushMs = 10000;
constexpr int kFlushPollMs = 20;

// The buffer is a ring: its oldest record is ring[first].
MemoryContext log_context = nullptr;
PackedRecord* ring[kMaxRecords];
int first = 0;
int count = 0;
uint64 dropped = 0;  // since the last batch
bool exit_watched = false;

BackgroundWorkerHandle* writer = nullptr;  // the last one started
TimestampTz last_start = 0;

// Bytes of `text` that are kept: cut at a character.
std::size_t KeptBytes(const char* text, std::size_t length) {
  if (length <= kMaxTextBytes) return length;
  std::size_t kept = kMaxTextBytes;
  while (kept > 0 && (static_cast<unsigned char>(text[kept]) & 0xC0U) == 0x80U) --kept;
  return kept;
}

// The texts of a record in order, measured first and copied then.
struct TextList {
  const char* texts[kMaxRelations + kStatementTexts];
  std::size_t lengths[kMaxRelations + kStatementTexts];
  int count = 0;
  std::size_t bytes = 0;

  void Add(const char* text, std::size_t length) {
    texts[count] = text;
    lengths[count] = KeptBytes(text, length);
    bytes += lengths[count++] + 1;
  }
  void Add(const char* text) { Add(text, std::strlen(text)); }
  // A zero byte would end the text early.
  void Add(const std::string& text) { Add(text.c_str()); }
};

void AddProject(TextList* list) {
  const char* project = GetConfigOption("loupe.project", true, false);
  list->Add(project == nullptr ? "" : project);
}

TextList TextsOf(const StatementRecord& record) {
  TextList list;
  AddProject(&list);
  list.Add(record.purpose);
  list.Add(record.sql);
  list.Add(record.rule);
  list.Add(application_name == nullptr ? "" : application_name);
  for (const std::string& relation : record.relations) {
    if (list.count == kMaxRelations + kStatementTexts) break;
    list.Add(relation);
  }
  return list;
}

// What tells about rows, or could be guessed from them, is a text as well.
TextList TextsOf(const QuestionRecord& record) {
  TextList list;
  AddProject(&list);
  const std::string* const kept[] = {&record.status, &record.engine, &record.model,
                                     &record.schemas};
  for (const std::string* text : kept) list.Add(*text);
  const bool keeps_text = CurrentHistoryMode() == HistoryMode::kAll;
  const std::string* const spoken[] = {&record.question, &record.filters, &record.interpretation,
                                       &record.sql, &record.rows_hash};
  for (const std::string* text : spoken) list.Add(keeps_text ? text->c_str() : "");
  return list;
}

void CopyTexts(const TextList& list, char* target) {
  for (int i = 0; i < list.count; ++i) {
    std::memcpy(target, list.texts[i], list.lengths[i]);
    target[list.lengths[i]] = '\0';
    target += list.lengths[i] + 1;
  }
}

// A record with its texts, by the caller and now; null when there is no memory.
PackedRecord* Pack(RecordKind kind, const TextList& list, double duration_ms) {
  const std::size_t bytes = MAXALIGN(sizeof(PackedRecord) + list.bytes);
  auto* packed = static_cast<PackedRecord*>(
      MemoryContextAllocExtended(log_context, bytes, MCXT_ALLOC_NO_OOM | MCXT_ALLOC_ZERO));
  if (packed == nullptr) return nullptr;
  packed->bytes = bytes;
  packed->kind = kind;
  packed->at = GetCurrentTimestamp() - static_cast<TimestampTz>(duration_ms * 1000);
  packed->duration_ms = duration_ms;
  packed->role = GetUserId();
  packed->session_role = GetSessionUserId();
  packed->pid = MyProcPid;
  packed->text_count = list.count;
  CopyTexts(list, reinterpret_cast<char*>(packed + 1));
  return packed;
}

void DropOldest() {
  pfree(ring[first]);
  first = (first + 1) % kMaxRecords;
  --count;
}

bool WriterRuns() {
  if (writer == nullptr) return false;
  pid_t pid = 0;
  const BgwHandleStatus status = GetBackgroundWorkerPid(writer, &pid);
  return status == BGWH_STARTED || status == BGWH_NOT_YET_STARTED;
}

// Copies header and records into a new segment; null when there is none to be had.
dsm_segment* MakeSegment() {
  BatchHeader header = {MyDatabaseId, count, dropped, 0};
  for (int i = 0; i < count; ++i) header.bytes += ring[(first + i) % kMaxRecords]->bytes;
  dsm_segment* segment =
      dsm_create(sizeof(BatchHeader) + header.bytes, DSM_CREATE_NULL_IF_MAXSEGMENTS);
  if (segment == nullptr) return nullptr;
  auto* target = static_cast<char*>(dsm_segment_address(segment));
  std::memcpy(target, &header, sizeof header);
  target += sizeof header;
  for (int i = 0; i < count; ++i) {
    const PackedRecord* packed = ring[(first + i) % kMaxRecords];
    std::memcpy(target, packed, packed->bytes);
    target += packed->bytes;
  }
  return segment;
}

bool RegisterWriter(dsm_segment* segment) {
  BackgroundWorker worker = {};
  strlcpy(worker.bgw_name, "pg_loupe statement writer", BGW_MAXLEN);
  strlcpy(worker.bgw_type, "pg_loupe statement writer", BGW_MAXLEN);
  worker.bgw_flags = BGWORKER_SHMEM_ACCESS | BGWORKER_BACKEND_DATABASE_CONNECTION;
  worker.bgw_start_time = BgWorkerStart_RecoveryFinished;
  worker.bgw_restart_time = BGW_NEVER_RESTART;
  strlcpy(worker.bgw_library_name, "$libdir/pg_loupe", sizeof worker.bgw_library_name);
  strlcpy(worker.bgw_function_name, "loupe_statement_writer", BGW_MAXLEN);
  worker.bgw_main_arg = UInt32GetDatum(dsm_segment_handle(segment));
  worker.bgw_notify_pid = MyProcPid;
  BackgroundWorkerHandle* started = nullptr;
  if (!RegisterDynamicBackgroundWorker(&worker, &started)) return false;
  if (writer != nullptr) pfree(writer);
  writer = started;
  return true;
}

// Starts a writer with all records; without a free slot or segment they stay. The pin keeps the
// segment until the writer has it, also when this backend has ended by then.
void StartWriter() {
  last_start = GetCurrentTimestamp();
  MemoryContextSwitchTo(log_context);
  // No transaction is to release, or to warn about, what outlives it.
  CurrentResourceOwner = nullptr;
  dsm_segment* segment = MakeSegment();
  if (segment == nullptr) return;
  dsm_pin_segment(segment);
  const bool started = RegisterWriter(segment);
  if (!started) dsm_unpin_segment(dsm_segment_handle(segment));
  dsm_detach(segment);
  if (!started) return;
  dropped = 0;
  while (count > 0) DropOldest();
}

// Runs StartWriter() where no error may leave, such as after a commit. An error there, shared
// memory that the system does not give, leaves the records where they are; nothing of the
// transaction has been touched, so to go on without a subtransaction is sound.
void TryToStartWriter() noexcept {
  const uint32 interrupt_holdoff = InterruptHoldoffCount;
  const uint32 cancel_holdoff = QueryCancelHoldoffCount;
  MemoryContext context = CurrentMemoryContext;
  MemoryContext error_context = detail::error_context;
  ResourceOwner owner = CurrentResourceOwner;
  detail::error_context = log_context;
  try {
    Call([]() noexcept { StartWriter(); });
  } catch (const PgError& error) {
    InterruptHoldoffCount = interrupt_holdoff;
    QueryCancelHoldoffCount = cancel_holdoff;
    FreeErrorData(error.data);
  }
  detail::error_context = error_context;
  CurrentResourceOwner = owner;
  MemoryContextSwitchTo(context);
}

bool IsSwitchedOff() {
  return CurrentLogMode() == LogMode::kOff && CurrentHistoryMode() == HistoryMode::kOff;
}

bool MayStartWriter() { return count > 0 && !IsSwitchedOff(); }

void OnTransactionEnd(XactEvent event, void* /*argument*/) {
  const bool is_end =
      event == XACT_EVENT_COMMIT || event == XACT_EVENT_ABORT || event == XACT_EVENT_PREPARE;
  if (!is_end || !MayStartWriter() || WriterRuns()) return;
  if (TimestampDifferenceExceeds(last_start, GetCurrentTimestamp(), kStartIntervalMs)) {
    TryToStartWriter();
  }
}

void OnExit(int /*code*/, Datum /*argument*/) {
  if (MayStartWriter()) TryToStartWriter();
}

// Waits for the writer a little; a cancel is heard.
void Pause() {
  Call([]() noexcept {
    (void)WaitLatch(MyLatch, WL_LATCH_SET | WL_TIMEOUT | WL_EXIT_ON_PM_DEATH, kFlushPollMs,
                    PG_WAIT_EXTENSION);
    ResetLatch(MyLatch);
    CHECK_FOR_INTERRUPTS();
  });
}

bool IsWanted(const StatementRecord& record) {
  const LogMode mode = CurrentLogMode();
  return mode == LogMode::kAll || (mode == LogMode::kRefused && !record.accepted);
}

bool CanBeWritten() { return IsUnderPostmaster && !IsParallelWorker() && !RecoveryInProgress(); }

// Takes a record, or notes that there was no memory for one.
void Append(PackedRecord* packed) {
  if (!exit_watched) before_shmem_exit(OnExit, 0);
  exit_watched = true;
  if (packed == nullptr || count == kMaxRecords) ++dropped;
  if (packed == nullptr) return;
  if (count == kMaxRecords) DropOldest();
  ring[(first + count) % kMaxRecords] = packed;
  ++count;
}

}  // namespace

void LogStatement(const StatementRecord& record) noexcept {
  if (!IsWanted(record) || !CanBeWritten()) return;
  PackedRecord* packed = Pack(RecordKind::kStatement, TextsOf(record), record.duration_ms);
  if (packed != nullptr) {
    packed->row_count = record.row_count;
    packed->sqlstate = record.sqlstate;
    packed->accepted = record.accepted;
  }
  Append(packed);
}

void LogQuestion(const QuestionRecord& record) noexcept {
  if (CurrentHistoryMode() == HistoryMode::kOff || !CanBeWritten()) return;
  PackedRecord* packed = Pack(RecordKind::kQuestion, TextsOf(record), record.duration_ms);
  if (packed != nullptr) {
    packed->id = record.id;
    packed->row_count = record.row_count;
    packed->confidence = record.confidence;
  }
  Append(packed);
}

void InstallStatementLog() {
  log_context =
      AllocSetContextCreate(TopMemoryContext, "loupe statement log", ALLOCSET_DEFAULT_SIZES);
  RegisterXactCallback(OnTransactionEnd, nullptr);
}

void RelieveStatementLog() {
  if (count < kMaxRecords / 2 || !MayStartWriter()) return;
  const TimestampTz deadline = TimestampTzPlusMilliseconds(GetCurrentTimestamp(), int64{kFlushMs});
  // A writer that runs gets no more records; only a full buffer is worth waiting for its end.
  while (WriterRuns() && count >= kMaxRecords - 1 && GetCurrentTimestamp() < deadline) Pause();
  if (!WriterRuns()) TryToStartWriter();
}

LOUPE_FUNCTION(loupe_statement_flush) {
  const TimestampTz deadline = TimestampTzPlusMilliseconds(GetCurrentTimestamp(), int64{kFlushMs});
  while (WriterRuns() || MayStartWriter()) {
    if (!WriterRuns()) TryToStartWriter();
    if (GetCurrentTimestamp() > deadline) break;
    Pause();
  }
  return BoolGetDatum(count == 0 && !WriterRuns());
}

}  // namespace loupe::pg
