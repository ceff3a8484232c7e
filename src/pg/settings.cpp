#include "pg/postgres.hpp"

extern "C" {
#include "access/parallel.h"
#include "utils/guc.h"
}

#include "core/ask/read.hpp"
#include "core/chart/text/font_set.hpp"
#include "pg/memory_limit.hpp"
#include "pg/settings.hpp"

#include <climits>

namespace loupe::pg {
namespace {

// Storage that the server writes to; sorted by name like the definitions below.
int ask_history;
int ask_index_time_ms;
int ask_index_values;
double ask_least_confidence;
int ask_max_rows;
int ask_retention_min;
int chart_timeout_ms;
char* font_folder;
int gated_memory_kb;
int lock_timeout_ms;
int log_retention_min;
int log_statements;
int max_bytes_kb;
double max_cost;
int max_rows;
int memory_limit_kb;
char* model;
int plan_timeout_ms;
char* project;
int statement_timeout_ms;
int temp_limit_kb;
int work_mem_kb;

// A parallel worker of a judged statement hears of its memory limit by this setting.
void AssignGatedMemory(int kilobytes, void* /*extra*/) {
  if (InitializingParallelWorker && kilobytes > 0) SetHardMemoryLimit(kilobytes);
}

constexpr int kThirtyDaysInMinutes = 30 * 24 * 60;

const config_enum_entry kLogModes[] = {{"off", static_cast<int>(LogMode::kOff), false},
                                       {"refused", static_cast<int>(LogMode::kRefused), false},
                                       {"all", static_cast<int>(LogMode::kAll), false},
                                       {nullptr, 0, false}};

const config_enum_entry kHistoryModes[] = {
    {"off", static_cast<int>(HistoryMode::kOff), false},
    {"no_text", static_cast<int>(HistoryMode::kNoText), false},
    {"all", static_cast<int>(HistoryMode::kAll), false},
    {nullptr, 0, false}};

// Those of ask() stand first in the order of the alphabet.
void DefineAskSettings() {
  DefineCustomEnumVariable("loupe.ask_history", "What is kept of questions.",
                           "no_text: neither their words nor their SQL.", &ask_history,
                           static_cast<int>(HistoryMode::kAll), kHistoryModes, PGC_SUSET, 0,
                           nullptr, nullptr, nullptr);
  DefineCustomIntVariable(
      "loupe.ask_index_time", "Longest time that a question spends on the value index.",
      "Where the index does not know the rows of large tables as they are. 0: never.",
      &ask_index_time_ms, 2000, 0, INT_MAX, PGC_USERSET, GUC_UNIT_MS, nullptr, nullptr, nullptr);
  DefineCustomIntVariable("loupe.ask_index_values", "Values that the value index may hold.",
                          "Those of all columns of the database together.", &ask_index_values,
                          1'000'000, 0, INT_MAX, PGC_SUSET, 0, nullptr, nullptr, nullptr);
  DefineCustomRealVariable("loupe.ask_least_confidence",
                           "Confidence that an answer of ask() must have.",
                           "Below it ask() abstains.", &ask_least_confidence, ask::kLeastConfidence,
                           0, 1, PGC_USERSET, 0, nullptr, nullptr, nullptr);
  DefineCustomIntVariable("loupe.ask_max_rows", "Rows that an answer of ask() may hold.", nullptr,
                          &ask_max_rows, 1000, 1, INT_MAX, PGC_USERSET, 0, nullptr, nullptr,
                          nullptr);
  DefineCustomIntVariable(
      "loupe.ask_retention", "How long questions are kept.",
      "Set it in the server's configuration or by ALTER DATABASE. -1: for ever.",
      &ask_retention_min, kThirtyDaysInMinutes, -1, INT_MAX, PGC_SUSET, GUC_UNIT_MIN, nullptr,
      nullptr, nullptr);
}

}  // namespace

void DefineSettings() {
  DefineAskSettings();
  DefineCustomIntVariable(
      "loupe.chart_timeout", "Longest time that the data and the drawing of one chart may take.",
      "Each of its statements has loupe.statement_timeout too. 0: no limit.", &chart_timeout_ms,
      30000, 0, INT_MAX, PGC_USERSET, GUC_UNIT_MS, nullptr, nullptr, nullptr);
  DefineCustomStringVariable("loupe.font_folder", "Folder that holds the fonts of charts.", nullptr,
                             &font_folder, chart::kDefaultFontFolder, PGC_SUSET, 0, nullptr,
                             nullptr, nullptr);
  DefineCustomIntVariable("loupe.gated_memory", "Memory of the workers of a judged statement.",
                          "Set by the extension while a statement runs.", &gated_memory_kb, 0, 0,
                          MAX_KILOBYTES, PGC_SUSET,
                          GUC_UNIT_KB | GUC_NO_SHOW_ALL | GUC_NOT_IN_SAMPLE | GUC_DISALLOW_IN_FILE,
                          nullptr, AssignGatedMemory, nullptr);
  DefineCustomIntVariable(
      "loupe.lock_timeout", "Longest time that one generated statement may wait for a lock.",
      "The session's own lock_timeout stays in force. 0: no limit.", &lock_timeout_ms, 5000, 0,
      INT_MAX, PGC_USERSET, GUC_UNIT_MS, nullptr, nullptr, nullptr);
  DefineCustomIntVariable(
      "loupe.log_retention", "How long records of gated statements are kept.",
      "Set it in the server's configuration or by ALTER DATABASE. -1: for ever.",
      &log_retention_min, kThirtyDaysInMinutes, -1, INT_MAX, PGC_SUSET, GUC_UNIT_MIN, nullptr,
      nullptr, nullptr);
  DefineCustomEnumVariable("loupe.log_statements", "Which gated statements are recorded.", nullptr,
                           &log_statements, static_cast<int>(LogMode::kAll), kLogModes, PGC_SUSET,
                           0, nullptr, nullptr, nullptr);
  DefineCustomIntVariable("loupe.max_bytes", "Bytes that one generated statement may return.",
                          nullptr, &max_bytes_kb, 64 * 1024, 1, MAX_KILOBYTES, PGC_USERSET,
                          GUC_UNIT_KB, nullptr, nullptr, nullptr);
  DefineCustomRealVariable("loupe.max_cost",
                           "Estimated cost that one generated statement may have.",
                           "In the planner's units. -1: 100,000 and 50 times the cost of reading "
                           "its tables once. 0: no limit.",
                           &max_cost, -1, -1, 1e300, PGC_USERSET, 0, nullptr, nullptr, nullptr);
  DefineCustomIntVariable("loupe.max_rows", "Rows that one generated statement may return.",
                          nullptr, &max_rows, 100000, 1, INT_MAX, PGC_USERSET, 0, nullptr, nullptr,
                          nullptr);
  DefineCustomIntVariable("loupe.memory_limit", "Memory that one generated statement may take.",
                          "Of each process that runs it. 0: no limit.", &memory_limit_kb,
                          256 * 1024, 0, MAX_KILOBYTES, PGC_USERSET, GUC_UNIT_KB, nullptr, nullptr,
                          nullptr);
  DefineCustomStringVariable("loupe.model", "Semantic model of queries that name none.",
                             "Empty: the only active model, else one inferred from the schemas.",
                             &model, "", PGC_USERSET, 0, nullptr, nullptr, nullptr);
  DefineCustomIntVariable("loupe.plan_timeout",
                          "Longest time that one generated statement may be judged and planned.",
                          "0: no limit.", &plan_timeout_ms, 2000, 0, INT_MAX, PGC_USERSET,
                          GUC_UNIT_MS, nullptr, nullptr, nullptr);
  DefineCustomStringVariable("loupe.project", "Project whose stored models are used.", nullptr,
                             &project, "default", PGC_USERSET, 0, nullptr, nullptr, nullptr);
  DefineCustomIntVariable(
      "loupe.statement_timeout", "Longest time that one generated statement may run.",
      "The session's own statement_timeout stays in force. 0: no limit.", &statement_timeout_ms,
      30000, 0, INT_MAX, PGC_USERSET, GUC_UNIT_MS, nullptr, nullptr, nullptr);
  DefineCustomIntVariable(
      "loupe.temp_limit", "Temporary files that one generated statement may write.",
      "The session's own temp_file_limit stays in force. -1: no limit.", &temp_limit_kb,
      1024 * 1024, -1, INT_MAX, PGC_USERSET, GUC_UNIT_KB, nullptr, nullptr, nullptr);
  DefineCustomIntVariable(
      "loupe.work_mem", "Memory of one sort or hash of a generated statement, at most.",
      "A smaller work_mem of the session stays in force.", &work_mem_kb, 64 * 1024, 64,
      MAX_KILOBYTES, PGC_USERSET, GUC_UNIT_KB, nullptr, nullptr, nullptr);
  MarkGUCPrefixReserved("loupe");
}

LogMode CurrentLogMode() noexcept { return static_cast<LogMode>(log_statements); }

HistoryMode CurrentHistoryMode() noexcept { return static_cast<HistoryMode>(ask_history); }

Settings CurrentSettings() {
  Settings settings;
  settings.ask_index_time_ms = ask_index_time_ms;
  settings.ask_index_values = ask_index_values;
  settings.ask_least_confidence = ask_least_confidence;
  settings.ask_max_rows = ask_max_rows;
  settings.ask_retention_min = ask_retention_min;
  settings.chart_timeout_ms = chart_timeout_ms;
  settings.font_folder = font_folder;
  settings.log_retention_min = log_retention_min;
  settings.lock_timeout_ms = lock_timeout_ms;
  settings.max_bytes_kb = max_bytes_kb;
  settings.max_cost = max_cost;
  settings.max_rows = max_rows;
  settings.memory_limit_kb = memory_limit_kb;
  settings.model = model;
  settings.plan_timeout_ms = plan_timeout_ms;
  settings.project = project;
  settings.statement_timeout_ms = statement_timeout_ms;
  settings.temp_limit_kb = temp_limit_kb;
  settings.work_mem_kb = work_mem_kb;
  return settings;
}

}  // namespace loupe::pg
