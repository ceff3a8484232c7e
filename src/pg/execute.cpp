#include "pg/postgres.hpp"

extern "C" {
#include "access/parallel.h"
#include "access/xact.h"
#include "catalog/namespace.h"
#include "catalog/pg_type.h"
#include "executor/executor.h"
#include "storage/latch.h"
#include "storage/proc.h"
#include "tcop/tcopprot.h"
#include "utils/guc.h"
#include "utils/lsyscache.h"
#include "utils/resowner.h"
#include "utils/snapmgr.h"
#include "utils/timeout.h"
#include "utils/timestamp.h"
}

#include "pg/compat.hpp"
#include "pg/execute.hpp"
#include "pg/function.hpp"
#include "pg/receiver.hpp"
#include "pg/search_path.hpp"
#include "pg/settings.hpp"
#include "pg/sqlstate.hpp"
#include "pg/statement_log.hpp"
#include "pg/validate/judge.hpp"
#include "pg/value.hpp"

#include <algorithm>

namespace loupe::pg {
namespace {

constexpr std::int64_t kBytesPerKilobyte = 1024;

// Registered at first use: a postmaster that preloads the library cannot.
TimeoutId execute_timeout = MAX_TIMEOUTS;
int time_limits = 0;                      // limits now in force; only the outermost arms the timer
volatile sig_atomic_t timeout_fired = 0;  // set by the handler, read after the run

// Runs in a signal handler: raises a cancel as if the client had sent one.
void OnTimeout() {
  timeout_fired = 1;
  InterruptPending = 1;
  QueryCancelPending = 1;
  SetLatch(MyLatch);
}

// A read-only subtransaction that is always rolled back, and with it the settings made inside.
class ReadOnlySubtransaction {
 public:
  ReadOnlySubtransaction() : context_(CurrentMemoryContext), owner_(CurrentResourceOwner) {
    if (IsInParallelMode()) {
      throw StatusError{
          Status(Code::kNotSupported, "generated SQL cannot run inside a parallel operation")};
    }
    Call([]() noexcept {
      BeginInternalSubTransaction(nullptr);
      XactReadOnly = true;
    });
    MemoryContextSwitchTo(context_);
  }
  ~ReadOnlySubtransaction() {
    RollbackAndReleaseCurrentSubTransaction();
    MemoryContextSwitchTo(context_);
    CurrentResourceOwner = owner_;
  }
  ReadOnlySubtransaction(const ReadOnlySubtransaction&) = delete;
  ReadOnlySubtransaction& operator=(const ReadOnlySubtransaction&) = delete;

 private:
  MemoryContext context_;
  ResourceOwner owner_;
};

// Arms the timeout for its lifetime and clears a cancel that fires too late to be raised.
class TimeLimit {
 public:
  explicit TimeLimit(int milliseconds) : armed_(milliseconds > 0 && time_limits == 0) {
    if (armed_) Arm(milliseconds);
    ++time_limits;
  }
  ~TimeLimit() {
    --time_limits;
    if (!armed_) return;
    disable_timeout(execute_timeout, false);
    if (timeout_fired != 0) QueryCancelPending = 0;
  }
  TimeLimit(const TimeLimit&) = delete;
  TimeLimit& operator=(const TimeLimit&) = delete;

  [[nodiscard]] static bool Fired() { return timeout_fired != 0; }

 private:
  static void Arm(int milliseconds) {
    timeout_fired = 0;
    Call([&]() noexcept {
      if (execute_timeout == MAX_TIMEOUTS) {
        execute_timeout = RegisterTimeout(USER_TIMEOUT, OnTimeout);
      }
      enable_timeout_after(execute_timeout, milliseconds);
    });
  }

  bool armed_;
};

// A memory context that is deleted with its scope.
class ScopedContext {
 public:
  explicit ScopedContext(const char* name)
      : context_(Call([&]() noexcept {
          return AllocSetContextCreateInternal(CurrentMemoryContext, name, ALLOCSET_DEFAULT_SIZES);
        })) {}
  ~ScopedContext() { MemoryContextDelete(context_); }
  ScopedContext(const ScopedContext&) = delete;
  ScopedContext& operator=(const ScopedContext&) = delete;

  [[nodiscard]] MemoryContext get() const { return context_; }

 private:
  MemoryContext context_;
};

// Fixes what shapes names, output and plans; inside the subtransaction, so that all of it reverts.
void FixSettings(const char* search_path) {
  struct Setting {
    const char* name;
    const char* value;
  };
  const Setting settings[] = {{"search_path", search_path},  {"datestyle", "ISO"},
                              {"intervalstyle", "postgres"}, {"extra_float_digits", "1"},
                              {"bytea_output", "hex"},       {"row_security", "on"}};
  for (const Setting& setting : settings) {
    (void)set_config_option(setting.name, setting.value, PGC_USERSET, PGC_S_SESSION,
                            GUC_ACTION_LOCAL, true, 0, false);
  }
}

// Errors point into the generated text, not into the caller's statement.
void PointIntoGeneratedSql(void* sql) {
  const int position = geterrposition();
  if (position <= 0) return;
  errposition(0);
  internalerrposition(position);
  internalerrquery(static_cast<const char*>(sql));
}

// Puts that callback in force for a scope that is left normally; Call() restores it after an ERROR.
struct ErrorPosition {
  explicit ErrorPosition(const char* sql) {
    callback.callback = PointIntoGeneratedSql;
    callback.arg = const_cast<char*>(sql);
    callback.previous = error_context_stack;
    error_context_stack = &callback;
  }
  void Leave() const { error_context_stack = callback.previous; }

  ErrorContextCallback callback;
};

void RunPlan(PlannedStmt* plan, const char* sql, RowReceiver* receiver) {
  // The caller's snapshot: the functions are STABLE and must see what their statement sees.
  PushActiveSnapshot(ActiveSnapshotSet() ? GetActiveSnapshot() : GetTransactionSnapshot());
  QueryDesc* description = CreateQueryDesc(plan, sql, GetActiveSnapshot(), InvalidSnapshot,
                                           &receiver->base, nullptr, nullptr, 0);
  ExecutorStart(description, 0);
  // A count of 0 is what lets parallel plans start; the receiver ends the run early.
  RunExecutor(description);
  ExecutorFinish(description);
  ExecutorEnd(description);
  FreeQueryDesc(description);
  PopActiveSnapshot();
}

[[noreturn]] void ThrowRefusal(const Verdict& verdict) {
  throw StatusError{Status(Code::kGateRefused, verdict.message)
                        .WithDetail(std::string("Rule \"") + verdict.rule + "\" refused it.")
                        .WithHint(verdict.hint)};
}

[[noreturn]] void ThrowLimit(const RowReceiver& receiver) {
  if (receiver.stop == ReceiverStop::kRows) {
    throw StatusError{Status(Code::kGateRowLimit,
                             "result has more than " + std::to_string(receiver.max_rows) + " rows")
                          .WithHint("Group or filter more, or raise loupe.max_rows.")};
  }
  throw StatusError{Status(Code::kGateByteLimit,
                           "result is larger than " + std::to_string(receiver.max_bytes) + " bytes")
                        .WithHint("Ask for fewer rows or columns, or raise loupe.max_bytes.")};
}

std::vector<ResultColumn> ColumnsOf(const RowReceiver& receiver) {
  std::vector<ResultColumn> columns;
  for (int i = 0; i < receiver.natts; ++i) {
    columns.push_back({FromServer(receiver.names[i]), FromServer(receiver.type_names[i]),
                       ClassifyType(receiver.types[i])});
  }
  return columns;
}

RowSet RowsOf(const RowReceiver& receiver, NumberForm numbers) {
  const Context context = ServerContext();
  RowSet rows;
  rows.columns = ColumnsOf(receiver);
  rows.rows.reserve(static_cast<std::size_t>(receiver.row_count));
  for (std::int64_t i = 0; i < receiver.row_count; ++i) {
    if (i % Context::kPollInterval == 0) context.Poll();
    std::vector<Json> row;
    row.reserve(rows.columns.size());
    for (int column = 0; column < receiver.natts; ++column) {
      const char* text = receiver.rows[i][column];
      row.push_back(text == nullptr ? Json()
                                    : ReadValue(FromServer(text), receiver.types[column], numbers));
    }
    rows.rows.push_back(std::move(row));
  }
  return rows;
}

int TimeoutOf(const ExecuteOptions& options) {
  const int limit = CurrentSettings().statement_timeout_ms;
  if (options.timeout_ms == 0) return limit;
  return limit == 0 ? options.timeout_ms : std::min(limit, options.timeout_ms);
}

// Judges and runs; the receiver keeps what came out.
RowReceiver* JudgeAndRun(const std::string& sql, const ExecuteOptions& options,
                         MemoryContext context) {
  const Settings settings = CurrentSettings();
  const std::string search_path = GatedSearchPath(options.schemas);
  const char* server_sql = ToServer(sql);
  const char* path = ToServer(search_path);
  const std::size_t max_sql = options.max_sql_bytes == 0 ? kMaxQuestionSql : options.max_sql_bytes;
  const std::int64_t max_rows = options.max_rows == 0 ? settings.max_rows : options.max_rows;
  RowReceiver* receiver = Call([&]() noexcept {
    return MakeRowReceiver(context, max_rows, settings.max_bytes_kb * kBytesPerKilobyte);
  });
  const TimeLimit limit(TimeoutOf(options));
  const ReadOnlySubtransaction subtransaction;
  const Verdict verdict = Call([&]() noexcept {
    FixSettings(path);
    const ErrorPosition position(server_sql);
    Verdict judged = Judge(server_sql, max_sql);
    position.Leave();
    return judged;
  });
  if (!verdict.accepted) ThrowRefusal(verdict);
  Call([&]() noexcept {
    const ErrorPosition position(server_sql);
    PlannedStmt* plan = pg_plan_query(verdict.query, server_sql, CURSOR_OPT_PARALLEL_OK, nullptr);
    RunPlan(plan, server_sql, receiver);
    position.Leave();
  });
  return receiver;
}

// Turns the cancel that our own timeout raised into an error that says so.
RowReceiver* RunLimited(const std::string& sql, const ExecuteOptions& options,
                        MemoryContext context) {
  try {
    return JudgeAndRun(sql, options, context);
  } catch (const PgError& error) {
    if (error.data->sqlerrcode != ERRCODE_QUERY_CANCELED || !TimeLimit::Fired()) throw;
  }
  const std::string milliseconds = std::to_string(TimeoutOf(options));
  throw StatusError{
      Status(Code::kGateTimeLimit, "statement ran longer than " + milliseconds + " ms")
          .WithHint("Ask for less, or raise loupe.statement_timeout.")};
}

Execution RunToRows(const std::string& sql, const ExecuteOptions& options) {
  const ScopedContext context("loupe result");
  const RowReceiver* receiver = RunLimited(sql, options, context.get());
  const bool may_truncate =
      receiver->stop == ReceiverStop::kRows && options.row_limit == RowLimitMode::kTruncate;
  if (receiver->stop != ReceiverStop::kNone && !may_truncate) ThrowLimit(*receiver);
  return {RowsOf(*receiver, options.numbers), may_truncate};
}

}  // namespace

Execution Execute(const std::string& sql, const ExecuteOptions& options) {
  StatementRecord record;
  record.purpose = options.purpose;
  record.sql = sql;
  const TimestampTz start = GetCurrentTimestamp();
  const auto log = [&](int sqlstate) {
    record.sqlstate = sqlstate;
    record.duration_ms = static_cast<double>(GetCurrentTimestamp() - start) / 1000;
    LogStatement(record);
  };
  try {
    Execution execution = RunToRows(sql, options);
    record.accepted = true;
    record.row_count = static_cast<std::int64_t>(execution.rows.rows.size());
    log(0);
    return execution;
  } catch (const StatusError& error) {
    record.accepted = error.status.code() != Code::kGateRefused;
    log(SqlState(error.status.code()));
    throw;
  } catch (const PgError& error) {
    log(error.data->sqlerrcode);
    throw;
  }
}

}  // namespace loupe::pg
