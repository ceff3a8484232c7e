// The extension's configuration parameters (GUCs), all under "loupe.".
#ifndef LOUPE_PG_SETTINGS_HPP
#define LOUPE_PG_SETTINGS_HPP

#include <string>

namespace loupe::pg {

// Defines every parameter and reserves the prefix; called once by _PG_init.
void DefineSettings();

// Which gated statements are recorded in loupe.statement.
enum class LogMode { kOff, kRefused, kAll };
// For callbacks: raises nothing and allocates nothing.
[[nodiscard]] LogMode CurrentLogMode() noexcept;

// What loupe.question keeps: nothing, questions without their texts, or all.
enum class HistoryMode { kOff, kNoText, kAll };
// For callbacks, as above.
[[nodiscard]] HistoryMode CurrentHistoryMode() noexcept;

// Current values, copied.
struct Settings {
  int ask_index_time_ms = 0;        // that a question spends on the value index; 0 = none
  int ask_index_values = 0;         // that the value index may hold
  double ask_least_confidence = 0;  // of an answer
  int ask_max_rows = 0;             // rows of an answer
  int ask_retention_min = 0;        // how long questions are kept; -1 = for ever
  int chart_timeout_ms = 0;         // of the data and the drawing of one chart; 0 = none
  std::string font_folder;          // where the fonts of charts lie
  int log_retention_min = 0;        // how long records are kept; -1 = for ever
  int lock_timeout_ms = 0;          // of one gated statement; 0 = none
  int max_bytes_kb = 0;             // result of one gated statement
  double max_cost = 0;              // of one gated statement; -1 = scales with its tables, 0 = none
  int max_rows = 0;                 // rows of one gated statement
  int memory_limit_kb = 0;          // of one gated statement; 0 = none
  std::string model;                // semantic model when the query names none; "" = not set
  int plan_timeout_ms = 0;          // of one gated statement; 0 = none
  std::string project;              // name of the project whose catalog rows count
  int statement_timeout_ms = 0;     // of one gated statement; 0 = none
  int temp_limit_kb = 0;            // of one gated statement; -1 = none
  int work_mem_kb = 0;              // of one sort or hash of a gated statement
};
[[nodiscard]] Settings CurrentSettings();

}  // namespace loupe::pg

#endif  // LOUPE_PG_SETTINGS_HPP
