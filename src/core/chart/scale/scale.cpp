#include "core/chart/scale/scale.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "core/chart/data/table.hpp"

namespace loupe::chart {
namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

double SignedPow(double x, double exponent) {
  return x < 0 ? -std::pow(-x, exponent) : std::pow(x, exponent);
}

double Transform(const Scale& scale, double x) {
  switch (scale.type) {
    case ScaleType::kLog:
      return scale.domain.front() < 0 ? -std::log(-x) : std::log(x);
    case ScaleType::kPow:
      return SignedPow(x, scale.exponent);
    case ScaleType::kSqrt:
      return SignedPow(x, 0.5);
    case ScaleType::kSymlog:
      return std::copysign(std::log1p(std::fabs(x / scale.constant)), x);
    default:
      return x;
  }
}

std::string KeyOf(const Json& value) {
  std::string key;
  AppendKey(value, &key);
  return key;
}

}  // namespace

std::string_view ScaleTypeName(ScaleType type) {
  constexpr std::string_view kNames[] = {
      "linear", "log",   "pow",     "sqrt",        "symlog",   "time",     "utc",
      "band",   "point", "ordinal", "bin-ordinal", "quantile", "quantize", "threshold"};
  return kNames[static_cast<std::size_t>(type)];
}

double BandSpace(double count, double padding_inner, double padding_outer) {
  const double space = count - padding_inner + padding_outer * 2;
  return count > 0 ? (space > 0 ? space : 1) : 0;
}

void Scale::SetValues(std::vector<Json> list) {
  values.clear();
  index.clear();
  for (Json& value : list) {
    if (index.try_emplace(KeyOf(value), values.size()).second) values.push_back(std::move(value));
  }
}

void Scale::LayOutBands() {
  const double count = static_cast<double>(values.size());
  const double inner = type == ScaleType::kPoint ? 1 : padding_inner;
  reversed_bands = range[1] < range[0];
  start = std::min(range[0], range[1]);
  const double stop = std::max(range[0], range[1]);
  const double steps = BandSpace(count, inner, padding_outer);
  step = (stop - start) / (steps > 0 ? steps : 1);
  if (round) step = std::floor(step);
  start += (stop - start - step * (count - inner)) * align;
  bandwidth = step * (1 - inner);
  if (!round) return;
  start = std::floor(start + 0.5);
  bandwidth = std::floor(bandwidth + 0.5);
}

int Scale::IndexOf(const Json& value) const {
  const auto found = index.find(KeyOf(value));
  return found == index.end() ? -1 : static_cast<int>(found->second);
}

double Scale::Fraction(double value) const {
  const std::size_t last = domain.size() - 1;
  std::size_t piece = 0;
  const bool ascending = domain[0] <= domain[last];
  while (piece + 1 < last && (ascending ? value > domain[piece + 1] : value < domain[piece + 1])) {
    ++piece;
  }
  const double from = Transform(*this, domain[piece]);
  const double to = Transform(*this, domain[piece + 1]);
  const double inside = to == from ? 0.5 : (Transform(*this, value) - from) / (to - from);
  const double t = (static_cast<double>(piece) + inside) / static_cast<double>(last);
  return clamp ? std::clamp(t, 0.0, 1.0) : t;
}

double Scale::Map(const Json& value) const {
  if (type == ScaleType::kBand || type == ScaleType::kPoint) {
    const int place = IndexOf(value);
    if (place < 0) return kNaN;
    const int from_start = reversed_bands ? static_cast<int>(values.size()) - 1 - place : place;
    return start + step * from_start;
  }
  if (type == ScaleType::kOrdinal) {
    const int place = IndexOf(value);
    return place < 0 || range.empty() ? kNaN
                                      : range[static_cast<std::size_t>(place) % range.size()];
  }
  const double number = NumberOf(value);
  if (std::isnan(number)) return kNaN;
  if (IsDiscretizing())
    return range.empty() ? kNaN : range[std::min(ClassOf(number), range.size() - 1)];
  if (range.size() < 2) return kNaN;
  const double pieces = static_cast<double>(range.size() - 1);
  const double t = Fraction(number) * pieces;
  const auto piece = static_cast<std::size_t>(std::clamp(std::floor(t), 0.0, pieces - 1));
  const double mapped =
      range[piece] + (range[piece + 1] - range[piece]) * (t - static_cast<double>(piece));
  return round ? std::floor(mapped + 0.5) : mapped;
}

Color Scale::MapColor(const Json& value) const {
  if (type == ScaleType::kOrdinal) {
    const int place = IndexOf(value);
    return place < 0 ? Color{0, 0, 0, 0} : colors[static_cast<std::size_t>(place) % colors.size()];
  }
  const double number = NumberOf(value);
  if (IsDiscretizing()) {
    if (std::isnan(number)) return Color{0, 0, 0, 0};
    return colors[std::min(ClassOf(number), colors.size() - 1)];
  }
  return InterpolateColors(colors, space, Fraction(number));
}

Paint Scale::MapPaint(const Json& value) const {
  Paint paint;
  const Color color = MapColor(value);
  if (color.alpha > 0) paint.color = color;
  if (color_names.empty() || !paint.color) return paint;
  const int place = type == ScaleType::kOrdinal ? IndexOf(value)
                    : IsDiscretizing()          ? static_cast<int>(ClassOf(NumberOf(value)))
                                                : -1;
  if (place >= 0) paint.name = color_names[static_cast<std::size_t>(place) % color_names.size()];
  return paint;
}

std::string Scale::MapName(const Json& value) const {
  const int place = IndexOf(value);
  return place < 0 || names.empty() ? "" : names[static_cast<std::size_t>(place) % names.size()];
}

std::vector<double> Scale::MapDash(const Json& value) const {
  const int place = IndexOf(value);
  if (place < 0 || dashes.empty()) return {};
  return dashes[static_cast<std::size_t>(place) % dashes.size()];
}

std::size_t Scale::ClassOf(double number) const {
  if (type == ScaleType::kBinOrdinal) {
    const auto above = std::upper_bound(bins.begin(), bins.end(), number);
    return static_cast<std::size_t>(std::max<std::ptrdiff_t>(0, above - bins.begin() - 1));
  }
  const auto above = std::upper_bound(thresholds.begin(), thresholds.end(), number);
  return static_cast<std::size_t>(above - thresholds.begin());
}

double Scale::RangeStart() const { return range.empty() ? 0 : range.front(); }
double Scale::RangeEnd() const { return range.empty() ? 0 : range.back(); }

}  // namespace loupe::chart
