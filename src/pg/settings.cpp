#include "pg/postgres.hpp"

extern "C" {
#include "utils/guc.h"
}

#include "core/chart/text/font_set.hpp"
#include "pg/settings.hpp"

#include <climits>

namespace loupe::pg {
namespace {

// Storage that the server writes to; sorted by name like the definitions below.
int ask_max_rows;
char* font_folder;
int log_retention_min;
int log_statements;
int max_bytes_kb;
int max_rows;
char* model;
char* project;
int statement_timeout_ms;

constexpr int kThirtyDaysInMinutes = 30 * 24 * 60;

const config_enum_entry kLogModes[] = {{"off", static_cast<int>(LogMode::kOff), false},
                                       {"refused", static_cast<int>(LogMode::kRefused), false},
                                       {"all", static_cast<int>(LogMode::kAll), false},
                                       {nullptr, 0, false}};

}  // namespace

void DefineSettings() {
  DefineCustomIntVariable("loupe.ask_max_rows", "Rows that an answer of ask() may hold.", nullptr,
                          &ask_max_rows, 1000, 1, INT_MAX, PGC_USERSET, 0, nullptr, nullptr,
                          nullptr);
  DefineCustomStringVariable("loupe.font_folder", "Folder that holds the fonts of charts.", nullptr,
                             &font_folder, chart::kDefaultFontFolder, PGC_SUSET, 0, nullptr,
                             nullptr, nullptr);
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
  DefineCustomIntVariable("loupe.max_rows", "Rows that one generated statement may return.",
                          nullptr, &max_rows, 100000, 1, INT_MAX, PGC_USERSET, 0, nullptr, nullptr,
                          nullptr);
  DefineCustomStringVariable("loupe.model", "Semantic model of queries that name none.",
                             "Empty: the only active model, else one inferred from the schemas.",
                             &model, "", PGC_USERSET, 0, nullptr, nullptr, nullptr);
  DefineCustomStringVariable("loupe.project", "Project whose stored models are used.", nullptr,
                             &project, "default", PGC_USERSET, 0, nullptr, nullptr, nullptr);
  DefineCustomIntVariable(
      "loupe.statement_timeout", "Longest time that one generated statement may run.",
      "The session's own statement_timeout stays in force. 0: no limit.", &statement_timeout_ms,
      30000, 0, INT_MAX, PGC_USERSET, GUC_UNIT_MS, nullptr, nullptr, nullptr);
  MarkGUCPrefixReserved("loupe");
}

LogMode CurrentLogMode() noexcept { return static_cast<LogMode>(log_statements); }

Settings CurrentSettings() {
  Settings settings;
  settings.ask_max_rows = ask_max_rows;
  settings.font_folder = font_folder;
  settings.log_retention_min = log_retention_min;
  settings.max_bytes_kb = max_bytes_kb;
  settings.max_rows = max_rows;
  settings.model = model;
  settings.project = project;
  settings.statement_timeout_ms = statement_timeout_ms;
  return settings;
}

}  // namespace loupe::pg
