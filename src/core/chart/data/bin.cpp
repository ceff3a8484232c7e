#include "core/chart/data/bin.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "core/chart/limits.hpp"

namespace loupe::chart {
namespace {

constexpr double kEpsilon = 1e-14;
constexpr int kMaxWidenings = 400;  // more than powers of ten fit a double

double ChooseStep(const BinParams& params, double span, double max_bins) {
  if (params.step) return *params.step;
  if (!params.steps.empty()) {
    const double least = span / max_bins;
    std::size_t i = 0;
    while (i < params.steps.size() && params.steps[i] < least) ++i;
    return params.steps[i > 0 ? i - 1 : 0];
  }
  const double log_base = std::log(params.base);
  const double level = std::ceil(std::log(max_bins) / log_base);
  double step = std::max(params.min_step,
                         std::pow(params.base, std::round(std::log(span) / log_base) - level));
  for (int i = 0; std::ceil(span / step) > max_bins && i < kMaxWidenings; ++i) step *= params.base;
  for (const double divisor : params.divide) {
    const double finer = step / divisor;
    if (finer >= params.min_step && span / finer <= max_bins) step = finer;
  }
  return step;
}

}  // namespace

double Bins::StartOf(double value) const {
  if (value < start) return -std::numeric_limits<double>::infinity();
  if (value > stop) return std::numeric_limits<double>::infinity();
  const double inside = std::max(start, std::min(value, stop - step));
  return start + step * std::floor(kEpsilon + (inside - start) / step);
}

std::vector<double> Bins::Boundaries() const {
  std::vector<double> out;
  for (std::size_t i = 0; i <= kMaxDiscreteValues; ++i) {
    const double value = start + step * static_cast<double>(i);
    if (value > stop + step / 2) break;
    out.push_back(value);
  }
  return out;
}

Bins ChooseBins(const BinParams& params, double low, double high) {
  const double max_bins = std::max(1.0, params.max_bins);
  double span = high - low;
  if (span == 0) span = std::fabs(low);
  if (span == 0) span = 1;
  const double step = ChooseStep(params, span, max_bins);
  if (params.nice) {
    const double log_step = std::log(step);
    const double precision = log_step >= 0 ? 0 : std::trunc(-log_step / std::log(params.base)) + 1;
    const double eps = std::pow(params.base, -precision - 1);
    const double floor = std::floor(low / step + eps) * step;
    low = low < floor ? floor - step : floor;
    high = std::ceil(high / step) * step;
  }
  Bins bins{low, high == low ? low + step : high, step};
  if (params.anchor) {
    const double shift =
        *params.anchor - (bins.start + step * std::floor((*params.anchor - bins.start) / step));
    bins.start += shift;
    bins.stop += shift;
  }
  return bins;
}

}  // namespace loupe::chart
