#include "core/ask/caution.hpp"

#include <algorithm>

#include "core/ask/explain.hpp"
#include "core/base/json.hpp"

namespace loupe::ask {
namespace {

constexpr std::size_t kMostRows = 10'000;  // that a statement without a limit of its own gives

// Numbers may come as text of their digits.
bool IsZero(const Json& cell) {
  return cell.IsNumber() ? cell.AsDouble() == 0 : cell.IsString() && cell.AsString() == "0";
}

// A row of an answer that aggregates everything into it.
bool IsTotal(const RowSet& rows, bool aggregates) { return rows.rows.size() == 1 && aggregates; }

bool HoldsNothing(const std::vector<Json>& row) {
  return std::all_of(row.begin(), row.end(),
                     [](const Json& cell) { return cell.IsNull() || IsZero(cell); });
}

}  // namespace

std::vector<std::string> CautionsOf(const Reading& reading, const semantic::Model& model,
                                    const RowSet& rows) {
  std::vector<std::string> cautions;
  const std::string conditions =
      reading.sql.empty() ? ExplainFilters(reading.query, model) : reading.conditions;
  const bool total = IsTotal(rows, reading.is_total);
  if (!conditions.empty() && (rows.rows.empty() || (total && HoldsNothing(rows.rows[0])))) {
    cautions.push_back("nothing meets the conditions: " + conditions);
  } else if (rows.rows.empty()) {
    cautions.emplace_back("there are no rows");
  }
  if (total && std::any_of(rows.rows[0].begin(), rows.rows[0].end(),
                           [](const Json& cell) { return cell.IsNull(); })) {
    cautions.emplace_back("no rows have a value to aggregate");
  }
  if (rows.rows.size() == kMostRows) {
    cautions.emplace_back("there may be more than these 10,000 rows");
  }
  return cautions;
}

}  // namespace loupe::ask
