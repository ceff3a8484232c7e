#include <algorithm>
#include <cmath>
#include <limits>

#include "core/chart/data/bin.hpp"
#include "core/chart/data/predicate.hpp"
#include "core/chart/data/prepare.hpp"
#include "core/chart/data/source.hpp"
#include "core/chart/data/transform/families.hpp"
#include "core/chart/data/transform/support.hpp"
#include "core/chart/parse/channel.hpp"
#include "core/chart/parse/property.hpp"

namespace loupe::chart {
namespace {

class TableScope : public Scope {
 public:
  TableScope(const Table& table, std::size_t row, const Environment& env)
      : table_(table), row_(row), env_(env) {}

  [[nodiscard]] const Json* Field(std::string_view name) const override {
    const int column = table_.Find(name);
    return column < 0 ? nullptr : &table_.At(column, row_);
  }
  [[nodiscard]] Json Datum() const override { return RowObject(table_, row_); }
  [[nodiscard]] const Json* Signal(std::string_view name) const override {
    return env_.params->Find(name);
  }
  [[nodiscard]] const NumberLocale& numbers() const override { return env_.locale->number; }
  [[nodiscard]] const TimeLocale& times() const override { return env_.locale->time; }

 private:
  const Table& table_;
  std::size_t row_;
  const Environment& env_;
};

std::uint64_t NextRandom(std::uint64_t* state) {
  *state = *state * 6364136223846793005ULL + 1442695040888963407ULL;
  return *state >> 33U;
}

}  // namespace

Result<Table> FilterRows(Table table, const Json& spec, const std::string& at,
                         const Environment& env) {
  LOUPE_ASSIGN_OR_RETURN(const Predicate predicate,
                         Predicate::Parse(*spec.Find("filter"), JsonPointer(at, "filter")));
  RowList kept;
  for (std::size_t row = 0; row < table.row_count; ++row) {
    if (row % Context::kPollInterval == 0) env.context->Poll();
    const TableScope scope(table, row, env);
    LOUPE_ASSIGN_OR_RETURN(const bool holds, predicate.Test(scope, *env.context, env.budget));
    if (holds) kept.push_back(row);
  }
  if (kept.size() == table.row_count) return table;
  return SubsetOf(table, kept, *env.context);
}

Result<Table> CalculateRows(Table table, const Json& spec, const std::string& at,
                            const Environment& env) {
  LOUPE_ASSIGN_OR_RETURN(const std::string text, TextMember(spec, "calculate", at));
  LOUPE_ASSIGN_OR_RETURN(const std::string as, TextMember(spec, "as", at));
  LOUPE_ASSIGN_OR_RETURN(const Expression expression,
                         Expression::Parse(text, JsonPointer(at, "calculate")));
  std::vector<Json> values;
  values.reserve(table.row_count);
  for (std::size_t row = 0; row < table.row_count; ++row) {
    if (row % Context::kPollInterval == 0) env.context->Poll();
    const TableScope scope(table, row, env);
    LOUPE_ASSIGN_OR_RETURN(Json value, expression.Evaluate(scope, *env.context, env.budget));
    values.push_back(std::move(value));
  }
  SetColumn(&table, as, std::move(values));
  return table;
}

Result<Table> BinRows(Table table, const Json& spec, const std::string& at,
                      const Environment& env) {
  LOUPE_ASSIGN_OR_RETURN(const std::string field, TextMember(spec, "field", at));
  LOUPE_ASSIGN_OR_RETURN(BinParams params,
                         ParseBin(*spec.Find("bin"), JsonPointer(at, "bin"), env.warnings));
  if (params.max_bins == 0) params.max_bins = 10;
  const std::vector<std::string> names = OutputNames(spec, {"bin", "bin_end"});
  const std::string end_name =
      spec.Find("as") != nullptr && spec.Find("as")->IsString() ? names[0] + "_end" : names[1];
  const std::vector<Json> values = FieldColumn(table, field, *env.context);
  double low = std::numeric_limits<double>::infinity();
  double high = -low;
  std::vector<Json> numbers;
  for (const Json& value : values) {
    numbers.push_back(ReadValue(value, Reading::kNumber));
    if (!IsValidNumber(numbers.back())) continue;
    low = std::min(low, numbers.back().AsDouble());
    high = std::max(high, numbers.back().AsDouble());
  }
  if (params.extent) {
    low = (*params.extent)[0];
    high = (*params.extent)[1];
  }
  if (!(low <= high)) low = high = 0;
  const Bins bins = ChooseBins(params, low, high);
  std::vector<Json> start(values.size());
  std::vector<Json> end(values.size());
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (i % Context::kPollInterval == 0) env.context->Poll();
    if (!IsValidNumber(numbers[i])) continue;
    const double from = bins.StartOf(numbers[i].AsDouble());
    if (!std::isfinite(from)) continue;
    start[i] = Json(from);
    end[i] = Json(from + bins.step);
  }
  SetColumn(&table, names[0], std::move(start));
  SetColumn(&table, end_name, std::move(end));
  return table;
}

Result<Table> TimeUnitRows(Table table, const Json& spec, const std::string& at,
                           const Environment& env) {
  LOUPE_ASSIGN_OR_RETURN(const std::string field, TextMember(spec, "field", at));
  LOUPE_ASSIGN_OR_RETURN(const std::string as, TextMember(spec, "as", at));
  LOUPE_ASSIGN_OR_RETURN(const TimeUnitSpec unit,
                         ParseTimeUnit(*spec.Find("timeUnit"), JsonPointer(at, "timeUnit")));
  const std::vector<Json> values = FieldColumn(table, field, *env.context);
  std::vector<Json> start(values.size());
  std::vector<Json> end(values.size());
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (i % Context::kPollInterval == 0) env.context->Poll();
    const Json time = ReadValue(values[i], Reading::kTime);
    if (!IsValidNumber(time)) continue;
    const double from = FloorToUnit(unit, time.AsDouble());
    start[i] = Json(from);
    end[i] = Json(NextUnit(unit, from));
  }
  SetColumn(&table, as, std::move(start));
  SetColumn(&table, as + "_end", std::move(end));
  return table;
}

Result<Table> SampleRows(Table table, const Json& spec, const std::string& at,
                         const Environment& env) {
  const double wanted = NumberOr(spec, "sample", -1);
  if (!(wanted >= 0)) {
    return InvalidSpec("\"sample\" must be a number of rows", JsonPointer(at, "sample"));
  }
  if (wanted >= static_cast<double>(table.row_count)) return table;
  // A reservoir (Vitter 1985) with a fixed seed: the same picture each time.
  const auto size = static_cast<std::size_t>(wanted);
  std::uint64_t state = 42;
  RowList kept;
  for (std::size_t row = 0; row < table.row_count && size > 0; ++row) {
    if (row % Context::kPollInterval == 0) env.context->Poll();
    if (kept.size() < size) {
      kept.push_back(row);
    } else if (const std::size_t place = NextRandom(&state) % (row + 1); place < size) {
      kept[place] = row;
    }
  }
  std::sort(kept.begin(), kept.end());
  return SubsetOf(table, kept, *env.context);
}

}  // namespace loupe::chart
