#include "core/chart/data/aggregate.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <unordered_map>
#include <unordered_set>

namespace loupe::chart {
double QuantileOfSorted(const std::vector<double>& sorted, double p) {
  const double at = p * static_cast<double>(sorted.size() - 1);
  const auto low = static_cast<std::size_t>(std::floor(at));
  const std::size_t high = std::min(low + 1, sorted.size() - 1);
  return sorted[low] + (sorted[high] - sorted[low]) * (at - std::floor(at));
}

namespace {

bool IsMissing(const Json& value) {
  return value.IsNull() || (value.IsString() && value.AsString().empty());
}

Json CountOf(std::size_t count) { return Json(static_cast<std::int64_t>(count)); }

Json Distinct(const std::vector<const Json*>& values) {
  std::unordered_set<std::string> seen;
  for (const Json* value : values) {
    std::string key;
    AppendKey(*value, &key);
    seen.insert(std::move(key));
  }
  return CountOf(seen.size());
}

struct Moments {
  double mean = 0;
  double squares = 0;  // sum of squared deviations from the mean
};

// Welford's method, in the order of the rows.
Moments MomentsOf(const std::vector<double>& numbers) {
  Moments m;
  double count = 0;
  for (const double x : numbers) {
    const double d = x - m.mean;
    m.mean += d / ++count;
    m.squares += d * (x - m.mean);
  }
  return m;
}

Json Spread(Aggregate op, const std::vector<double>& numbers) {
  const double n = static_cast<double>(numbers.size());
  const double squares = MomentsOf(numbers).squares;
  // One value has no spread of a sample.
  const double sample = n > 1 ? squares / (n - 1) : std::numeric_limits<double>::quiet_NaN();
  switch (op) {
    case Aggregate::kVariance:
      return Json(sample);
    case Aggregate::kVarianceP:
      return Json(squares / n);
    case Aggregate::kStdev:
      return Json(std::sqrt(sample));
    case Aggregate::kStdevP:
      return Json(std::sqrt(squares / n));
    default:
      return Json(std::sqrt(sample / n));
  }
}

// A bound of the 95 % confidence interval of the mean, by the bootstrap (Efron 1979) with 1,000
// samples, as Vega computes it; the random numbers begin anew for each group, so that the same rows
// give the same picture.
Json ConfidenceBound(Aggregate op, const std::vector<double>& numbers, const Context& context) {
  constexpr std::size_t kSamples = 1'000;
  constexpr double kTail = 0.025;
  std::uint64_t state = 42;
  const std::size_t n = numbers.size();
  std::vector<double> means;
  for (std::size_t i = 0; i < kSamples; ++i) {
    context.Poll();
    double total = 0;
    for (std::size_t k = 0; k < n; ++k) {
      state = state * 6364136223846793005ULL + 1442695040888963407ULL;
      total += numbers[(state >> 33U) % n];
    }
    means.push_back(total / static_cast<double>(n));
  }
  std::sort(means.begin(), means.end());
  return Json(QuantileOfSorted(means, op == Aggregate::kCi0 ? kTail : 1 - kTail));
}

Json OfNumbers(Aggregate op, std::vector<double> numbers, const Context& context) {
  if (numbers.empty()) return Json();
  if (op == Aggregate::kSum || op == Aggregate::kProduct) {
    double total = op == Aggregate::kSum ? 0 : 1;
    for (const double x : numbers) total = op == Aggregate::kSum ? total + x : total * x;
    return Json(total);
  }
  switch (op) {
    case Aggregate::kMean:
    case Aggregate::kAverage:
      return Json(MomentsOf(numbers).mean);
    case Aggregate::kMin:
      return Json(*std::min_element(numbers.begin(), numbers.end()));
    case Aggregate::kMax:
      return Json(*std::max_element(numbers.begin(), numbers.end()));
    case Aggregate::kMedian:
    case Aggregate::kQ1:
    case Aggregate::kQ3: {
      std::sort(numbers.begin(), numbers.end());
      const double p = op == Aggregate::kMedian ? 0.5 : op == Aggregate::kQ1 ? 0.25 : 0.75;
      return Json(QuantileOfSorted(numbers, p));
    }
    case Aggregate::kCi0:
    case Aggregate::kCi1:
      return ConfidenceBound(op, numbers, context);
    default:
      return Spread(op, numbers);
  }
}

// The row of `rows` in which a column is least or greatest; input.row_count for none.
std::size_t ExtremeRow(const Table& input, int column, Aggregate op,
                       const std::vector<std::size_t>& rows) {
  std::size_t best = input.row_count;
  for (const std::size_t row : rows) {
    if (column < 0 || input.At(column, row).IsNull()) continue;
    const int order =
        best == input.row_count ? 0 : CompareValues(input.At(column, row), input.At(column, best));
    const bool better = op == Aggregate::kArgmin ? order < 0 : order > 0;
    if (best == input.row_count || better) best = row;
  }
  return best;
}

}  // namespace

Json AggregateValues(Aggregate op, const std::vector<const Json*>& values, const Context& context) {
  if (op == Aggregate::kCount) return CountOf(values.size());
  if (op == Aggregate::kDistinct) return Distinct(values);
  if (op == Aggregate::kMissing || op == Aggregate::kValid) {
    const auto missing = static_cast<std::size_t>(
        std::count_if(values.begin(), values.end(), [](const Json* v) { return IsMissing(*v); }));
    return CountOf(op == Aggregate::kMissing ? missing : values.size() - missing);
  }
  std::vector<double> numbers;
  for (const Json* value : values) {
    if (IsValidNumber(*value)) numbers.push_back(value->AsDouble());
  }
  const bool extreme = op == Aggregate::kMin || op == Aggregate::kMax;
  if (extreme && numbers.empty()) {  // of texts, where a sort asks for it
    const Json* best = nullptr;
    for (const Json* value : values) {
      if (value->IsNull()) continue;
      const int order = best == nullptr ? 0 : CompareValues(*value, *best);
      if (best == nullptr || (op == Aggregate::kMin ? order < 0 : order > 0)) best = value;
    }
    return best == nullptr ? Json() : *best;
  }
  return OfNumbers(op, std::move(numbers), context);
}

Table AggregateTable(const Table& input, const std::vector<std::string>& group_by,
                     const std::vector<AggregateColumn>& columns, const Context& context) {
  std::vector<int> keys;
  for (const std::string& name : group_by) keys.push_back(input.Find(name));
  std::unordered_map<std::string, std::size_t> index;
  std::vector<std::vector<std::size_t>> groups;
  for (std::size_t row = 0; row < input.row_count; ++row) {
    if (row % Context::kPollInterval == 0) context.Poll();
    std::string key;
    for (const int column : keys) {
      if (column >= 0) AppendKey(input.At(column, row), &key);
    }
    const auto [slot, added] = index.try_emplace(std::move(key), groups.size());
    if (added) groups.emplace_back();
    groups[slot->second].push_back(row);
  }
  Table out;
  out.row_count = groups.size();
  for (std::size_t i = 0; i < group_by.size(); ++i) {
    std::vector<Json> values;
    for (const auto& rows : groups) {
      values.push_back(keys[i] < 0 ? Json() : input.At(keys[i], rows.front()));
    }
    out.Add(group_by[i], std::move(values));
  }
  for (const AggregateColumn& column : columns) {
    if (out.Find(column.as) >= 0) continue;
    const int source = input.Find(column.source);
    const int by = input.Find(column.by);
    const bool of_row = column.op == Aggregate::kArgmin || column.op == Aggregate::kArgmax;
    const Json missing;
    std::vector<Json> values;
    for (const auto& rows : groups) {
      context.Poll();
      if (of_row) {
        const std::size_t row = ExtremeRow(input, by, column.op, rows);
        values.push_back(source < 0 || row == input.row_count ? Json() : input.At(source, row));
        continue;
      }
      std::vector<const Json*> members;
      for (const std::size_t row : rows) {
        members.push_back(source < 0 ? &missing : &input.At(source, row));
      }
      values.push_back(AggregateValues(column.op, members, context));
    }
    out.Add(column.as, std::move(values));
  }
  return out;
}

}  // namespace loupe::chart
