#include "pg/postgres.hpp"

extern "C" {
#include "access/xact.h"
#include "access/xlog.h"
#include "commands/sequence.h"
}

#include "pg/ask_history.hpp"

#include <algorithm>
#include <vector>

#include "core/sketch/hash.hpp"
#include "pg/own_table.hpp"
#include "pg/settings.hpp"

namespace loupe::pg {

std::optional<std::int64_t> NextQuestionId() {
  if (CurrentHistoryMode() == HistoryMode::kOff) return std::nullopt;
  if (XactReadOnly || RecoveryInProgress() || IsInParallelMode()) return std::nullopt;
  const std::int64_t id = Call([]() noexcept -> std::int64_t {
    const Oid sequence = FindOwnSequence("question_id_seq");
    return OidIsValid(sequence) ? nextval_internal(sequence, false) : 0;
  });
  return id == 0 ? std::nullopt : std::optional<std::int64_t>(id);
}

std::string HashRows(const RowSet& rows) {
  std::vector<std::string> lines;
  for (const std::vector<Json>& row : rows.rows) {
    std::string& line = lines.emplace_back();
    for (const Json& cell : row) line += cell.Dump() + "\t";
  }
  std::sort(lines.begin(), lines.end());
  std::string text = ColumnsToJson(rows).Dump();
  for (const std::string& line : lines) text += "\n" + line;
  return std::to_string(sketch::HashBytes(text));
}

}  // namespace loupe::pg
