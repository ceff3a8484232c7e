#include "pg/postgres.hpp"

extern "C" {
#include "catalog/namespace.h"
#include "executor/executor.h"
#include "mb/pg_wchar.h"
#include "nodes/nodeFuncs.h"
#include "nodes/pg_list.h"
#include "portability/instr_time.h"
#include "utils/snapmgr.h"
}

#include "pg/execute.hpp"

#include <new>

#include "pg/compat.hpp"
#include "pg/function.hpp"
#include "pg/function_belt.hpp"
#include "pg/gate_limits.hpp"
#include "pg/gated_transaction.hpp"
#include "pg/memory_limit.hpp"
#include "pg/receiver.hpp"
#include "pg/search_path.hpp"
#include "pg/sqlstate.hpp"
#include "pg/statement_log.hpp"
#include "pg/time_limit.hpp"
#include "pg/validate/judge.hpp"
#include "pg/validate/measure.hpp"
#include "pg/value.hpp"

namespace loupe::pg {
namespace {

constexpr std::int64_t kBytesPerKilobyte = 1024;

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

// Makes a context current for its scope.
class InContext {
 public:
  explicit InContext(MemoryContext context) : outer_(MemoryContextSwitchTo(context)) {}
  ~InContext() { MemoryContextSwitchTo(outer_); }
  InContext(const InContext&) = delete;
  InContext& operator=(const InContext&) = delete;

 private:
  MemoryContext outer_;
};

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

// One statement on its way. The verdict lies in a context of its own, which outlives the
// subtransaction, so that it can be told afterwards.
struct Statement {
  const char* sql;  // in the database's encoding
  const GateLimits* limits;
  const ExecuteOptions* options;
  Verdict* verdict;
};

List* SchemaOids(const std::vector<std::string>& schemas) {
  List* oids = NIL;
  for (const std::string& schema : schemas) {
    const char* name = ToServer(schema);
    oids = Call([&]() noexcept { return lappend_oid(oids, get_namespace_oid(name, true)); });
  }
  return oids;
}

JudgeRequest RequestOf(const Statement& statement) {
  const GateLimits& limits = *statement.limits;
  JudgeRequest request;
  request.sql = statement.sql;
  request.limits =
      statement.options->origin == SqlOrigin::kCompiled ? &kCompiledLimits : &kOutsideLimits;
  request.restricts_schemas = limits.restricts_schemas;
  request.schemas = limits.restricts_schemas ? SchemaOids(limits.search_schemas) : NIL;
  request.max_cost = limits.max_cost;
  request.cost_ceiling = limits.cost_ceiling;
  return request;
}

// Judges and, when accepted so far, plans: under the time limit of both.
void JudgeAndPlan(const Statement& statement) {
  const TimeLimit limit(TimeKind::kPlan, statement.limits->plan_timeout_ms);
  const MeasuredPlanning measured;
  const JudgeRequest request = RequestOf(statement);
  Call([&]() noexcept {
    const ErrorPosition position(statement.sql);
    Judge(request, statement.verdict);
    if (statement.verdict->accepted) JudgePlan(request, statement.verdict);
    position.Leave();
  });
}

void RunPlan(const Statement& statement, RowReceiver* receiver) {
  // The caller's snapshot: the functions are STABLE and must see what their statement sees.
  PushActiveSnapshot(ActiveSnapshotSet() ? GetActiveSnapshot() : GetTransactionSnapshot());
  QueryDesc* description =
      CreateQueryDesc(statement.verdict->plan, statement.sql, GetActiveSnapshot(), InvalidSnapshot,
                      &receiver->base, nullptr, nullptr, 0);
  ExecutorStart(description, 0);
  // A count of 0 is what lets parallel plans start; the receiver ends the run early.
  RunExecutor(description);
  ExecutorFinish(description);
  ExecutorEnd(description);
  FreeQueryDesc(description);
  PopActiveSnapshot();
}

GatedSettings SettingsOf(const GateLimits& limits, bool will_run) {
  GatedSettings settings;
  settings.will_run = will_run;
  settings.has_cost_ceiling = limits.cost_ceiling > 0;
  settings.search_path = GatedSearchPath(limits.search_schemas);
  settings.work_mem_kb = limits.work_mem_kb;
  settings.temp_limit_kb = limits.temp_limit_kb;
  settings.lock_timeout_ms = limits.lock_timeout_ms;
  settings.memory_kb = limits.memory_kb;
  return settings;
}

[[noreturn]] void ThrowRefusal(const Verdict& verdict) {
  const bool is_privilege = verdict.stage == Stage::kAcl;
  throw StatusError{
      Status(is_privilege ? Code::kNoPrivilege : Code::kGateRefused, FromServer(verdict.message))
          .WithDetail(std::string("Rule \"") + verdict.rule + "\" refused it.")
          .WithHint(FromServer(verdict.hint))};
}

Status MemoryStatus(const GateLimits& limits) {
  return Status(Code::kGateMemoryLimit, "statement takes more memory than it may")
      .WithDetail("It may take " + std::to_string(limits.memory_kb) + " kB.")
      .WithHint("Work on fewer or shorter values, or raise loupe.memory_limit.");
}

// Turns a cancel or a failed allocation that a limit of ours caused into an error that says so.
Status LimitStatus(const PgError& error, const GateLimits& limits) {
  const int sqlstate = error.data->sqlerrcode;
  if (sqlstate == ERRCODE_OUT_OF_MEMORY && limits.memory_kb > 0) return MemoryStatus(limits);
  if (sqlstate != ERRCODE_QUERY_CANCELED) return Status::Ok();
  if (MemoryLimit::HasFired()) return MemoryStatus(limits);
  if (TimeLimit::HasFired(TimeKind::kStatement)) {
    const std::string milliseconds = std::to_string(limits.statement_timeout_ms);
    return Status(Code::kGateTimeLimit, "statement ran longer than " + milliseconds + " ms")
        .WithHint("Ask for less, or raise loupe.statement_timeout.");
  }
  if (TimeLimit::HasFired(TimeKind::kPlan)) {
    const std::string milliseconds = std::to_string(limits.plan_timeout_ms);
    return Status(Code::kGatePlanTimeLimit,
                  "statement was judged and planned for longer than " + milliseconds + " ms")
        .WithHint("Use fewer joins and shorter lists, or raise loupe.plan_timeout.");
  }
  return Status::Ok();
}

// What is to be done with a statement.
enum class Aim { kJudge, kRun };

// Does `body` under the limits on time and memory, from the first look to the last row.
template <class Body>
auto UnderLimits(const GateLimits& limits, Aim aim, Body body) -> decltype(body()) {
  // What is not run has the time limit of its planning.
  const bool has_time = aim == Aim::kRun || limits.plan_timeout_ms == 0;
  try {
    const TimeLimit time(TimeKind::kStatement, has_time ? limits.statement_timeout_ms : 0);
    const MemoryLimit memory(aim == Aim::kRun ? MemoryGuard::kSoftAndHard : MemoryGuard::kHard,
                             limits.memory_kb);
    return body();
  } catch (const PgError& error) {
    const Status status = LimitStatus(error, limits);
    if (status.ok()) throw;
    throw StatusError{status};
  } catch (const std::bad_alloc&) {
    if (limits.memory_kb == 0) throw;
    throw StatusError{MemoryStatus(limits)};
  }
}

// Judges, plans and, when there is a receiver, runs, inside the subtransaction.
void JudgeAndRun(const Statement& statement, RowReceiver* receiver) {
  const bool will_run = receiver != nullptr;
  const GatedTransaction transaction(SettingsOf(*statement.limits, will_run));
  const FunctionBelt belt;
  JudgeAndPlan(statement);
  if (!will_run || !statement.verdict->accepted) return;
  Call([&]() noexcept {
    const ErrorPosition position(statement.sql);
    RunPlan(statement, receiver);
    position.Leave();
  });
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

RowSet RowsOf(const RowReceiver& receiver, ValueForm values) {
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
                                    : ReadValue(FromServer(text), receiver.types[column], values));
    }
    rows.rows.push_back(std::move(row));
  }
  return rows;
}

std::vector<std::string> StringsOf(const List* strings) {
  std::vector<std::string> texts;
  for (int i = 0; i < list_length(strings); ++i) {
    texts.push_back(FromServer(static_cast<const char*>(list_nth(strings, i))));
  }
  return texts;
}

Verdict* NewVerdict(MemoryContext context) {
  auto* verdict = static_cast<Verdict*>(
      Call([&]() noexcept { return MemoryContextAlloc(context, sizeof(Verdict)); }));
  *verdict = Verdict();
  return verdict;
}

Execution Run(const Statement& statement, MemoryContext context) {
  const GateLimits& limits = *statement.limits;
  RowReceiver* receiver = Call([&]() noexcept {
    return MakeRowReceiver(context, limits.max_rows, limits.max_bytes_kb * kBytesPerKilobyte);
  });
  JudgeAndRun(statement, receiver);
  if (!statement.verdict->accepted) ThrowRefusal(*statement.verdict);
  const bool may_truncate = receiver->stop == ReceiverStop::kRows &&
                            statement.options->row_limit == RowLimitMode::kTruncate;
  if (receiver->stop != ReceiverStop::kNone && !may_truncate) ThrowLimit(*receiver);
  return {RowsOf(*receiver, statement.options->values), may_truncate};
}

// Writes what came of a statement to the record, however it ends.
class Recorder {
 public:
  Recorder(const std::string& sql, const ExecuteOptions& options, const Verdict* verdict)
      : verdict_(verdict) {
    record_.purpose = options.purpose;
    record_.sql = sql;
    INSTR_TIME_SET_CURRENT(start_);
  }
  void Succeeded(const Execution& execution) {
    record_.row_count = static_cast<std::int64_t>(execution.rows.rows.size());
    Write();
  }
  void Failed(int sqlstate) {
    record_.sqlstate = sqlstate;
    Write();
  }

 private:
  void Write() {
    instr_time now;
    INSTR_TIME_SET_CURRENT(now);
    INSTR_TIME_SUBTRACT(now, start_);
    record_.duration_ms = INSTR_TIME_GET_MILLISEC(now);
    record_.accepted = verdict_->accepted;
    record_.rule = verdict_->rule == nullptr ? "" : verdict_->rule;
    record_.relations = StringsOf(verdict_->relations);
    LogStatement(record_);
  }

  const Verdict* verdict_;
  StatementRecord record_;
  instr_time start_;
};

int PositionOf(const Verdict& verdict, const char* sql) {
  if (verdict.location < 0) return 0;
  return pg_mbstrlen_with_len(sql, verdict.location) + 1;
}

std::string TextOrEmpty(const char* text) { return text == nullptr ? "" : FromServer(text); }

// Of an error: PostgreSQL cuts some of its messages in the midst of a character.
std::string ErrorText(const char* text) { return text == nullptr ? "" : FromServerLoosely(text); }

std::vector<ResultColumn> ResultColumnsOf(const PlannedStmt* plan) {
  std::vector<ResultColumn> columns;
  for (int i = 0; i < list_length(plan->planTree->targetlist); ++i) {
    const auto* entry = list_nth_node(TargetEntry, plan->planTree->targetlist, i);
    if (entry->resjunk) continue;
    const auto* value = reinterpret_cast<const Node*>(entry->expr);
    const Oid type = exprType(value);
    columns.push_back(
        {TextOrEmpty(entry->resname), PrintedType(type, exprTypmod(value)), ClassifyType(type)});
  }
  return columns;
}

Judgement JudgementOf(const Verdict& verdict, const char* sql) {
  Judgement judgement;
  judgement.accepted = verdict.accepted;
  judgement.rule = TextOrEmpty(verdict.rule);
  judgement.object = TextOrEmpty(verdict.object);
  judgement.stage = StageName(verdict.stage);
  judgement.position = PositionOf(verdict, sql);
  judgement.message = TextOrEmpty(verdict.message);
  judgement.hint = TextOrEmpty(verdict.hint);
  judgement.relations = StringsOf(verdict.relations);
  judgement.columns = StringsOf(verdict.columns);
  judgement.functions = StringsOf(verdict.functions);
  if (verdict.plan != nullptr) {
    judgement.result_columns = ResultColumnsOf(verdict.plan);
    for (int i = 0; i < list_length(verdict.plan->relationOids); ++i) {
      judgement.plan_relations.push_back(list_nth_oid(verdict.plan->relationOids, i));
    }
  }
  judgement.estimated_cost = verdict.estimated_cost;
  judgement.estimated_rows = verdict.estimated_rows;
  return judgement;
}

// The rule of an error that PostgreSQL itself found.
const char* RuleOfError(const Verdict& verdict, int sqlstate) {
  if (sqlstate == SqlState(Code::kGateArgumentSize)) return "argument_size";
  switch (verdict.stage) {
    case Stage::kSize:
    case Stage::kParse:
      return "syntax";
    case Stage::kAnalyze:
    case Stage::kAcl:
      return "analysis";
    case Stage::kPlan:
      break;
  }
  return "planning";
}

bool EndsSession(int sqlstate) {
  return ERRCODE_TO_CATEGORY(sqlstate) == ERRCODE_TO_CATEGORY(ERRCODE_OPERATOR_INTERVENTION);
}

}  // namespace

Execution Execute(const std::string& sql, const ExecuteOptions& options) {
  RelieveStatementLog();
  const GateLimits limits = LimitsOf(options);
  const ScopedContext context("loupe statement");
  const InContext current(context.get());
  const Statement statement{ToServer(sql), &limits, &options, NewVerdict(context.get())};
  Recorder recorder(sql, options, statement.verdict);
  try {
    Execution execution =
        UnderLimits(limits, Aim::kRun, [&] { return Run(statement, context.get()); });
    recorder.Succeeded(execution);
    return execution;
  } catch (const StatusError& error) {
    recorder.Failed(SqlState(error.status.code()));
    throw;
  } catch (const PgError& error) {
    recorder.Failed(error.data->sqlerrcode);
    throw;
  }
}

Judgement Validate(const std::string& sql, const ExecuteOptions& options) {
  const GateLimits limits = LimitsOf(options);
  const ScopedContext context("loupe statement");
  const InContext current(context.get());
  const Statement statement{ToServer(sql), &limits, &options, NewVerdict(context.get())};
  const auto refused = [&](const char* rule, const std::string& message, const std::string& hint) {
    Judgement judgement = JudgementOf(*statement.verdict, statement.sql);
    judgement.accepted = false;
    judgement.rule = rule;
    judgement.message = message;
    judgement.hint = hint;
    return judgement;
  };
  try {
    UnderLimits(limits, Aim::kJudge, [&] { JudgeAndRun(statement, nullptr); });
    return JudgementOf(*statement.verdict, statement.sql);
  } catch (const StatusError& error) {
    if (error.status.code() == Code::kNotSupported) throw;
    return refused("limit", error.status.message(), error.status.hint());
  } catch (const PgError& error) {
    // The subtransaction has been rolled back around it.
    if (EndsSession(error.data->sqlerrcode)) throw;
    Judgement judgement = refused(RuleOfError(*statement.verdict, error.data->sqlerrcode),
                                  ErrorText(error.data->message), ErrorText(error.data->hint));
    judgement.position = error.data->internalpos;
    judgement.sqlstate = error.data->sqlerrcode;
    return judgement;
  }
}

}  // namespace loupe::pg
