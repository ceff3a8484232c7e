#include "core/chart/render/inline_text.hpp"

#include <algorithm>
#include <cmath>

namespace loupe::chart {
namespace {

constexpr int kLevels = 8;
constexpr const char* kFromBelow[kLevels] = {"▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"};
constexpr const char* kFromLeft[kLevels] = {"▏", "▎", "▍", "▌", "▋", "▊", "▉", "█"};
constexpr int kMiddle = 3;

Status CheckWidth(int width) {
  if (width >= 1 && width <= kMaxInlineWidth) return Status::Ok();
  return Status(Code::kInvalidArgument,
                "width must be between 1 and 10,000 characters, not " + std::to_string(width));
}

// Where a value lies from 0 to 1; halves, so that no difference is too large for a double.
double PartOf(double value, double min, double max) {
  const double range = max - min;
  if (std::isfinite(range)) return (value - min) / range;
  return (value / 2 - min / 2) / (max / 2 - min / 2);
}

}  // namespace

Result<Sparkline> Sparkline::Make(std::size_t count, std::optional<int> width) {
  if (width) LOUPE_RETURN_IF_ERROR(CheckWidth(*width));
  return Sparkline(count,
                   std::min(count, static_cast<std::size_t>(width.value_or(kMaxInlineWidth))));
}

void Sparkline::Add(std::optional<double> value) {
  const std::size_t cells = bins_.size();
  // added_ * cells / count_ without a product that is too large.
  const std::size_t whole = count_ / cells;
  const std::size_t rest = count_ % cells;
  const std::size_t wide = rest * (whole + 1);  // values in the first bins, which take one more
  const std::size_t index = added_ < wide
                                ? added_ / (whole + 1)
                                : rest + (added_ - wide) / std::max(whole, std::size_t{1});
  ++added_;
  Bin& bin = bins_[index];
  if (!value || std::isnan(*value)) return;
  if (std::isinf(*value)) {
    (*value < 0 ? bin.has_low : bin.has_high) = true;
    return;
  }
  const auto n = static_cast<double>(++bin.count);
  bin.mean += *value / n - bin.mean / n;
}

std::string Sparkline::Draw() const {
  double min = 0;
  double max = 0;
  bool has_any = false;
  for (const Bin& bin : bins_) {
    if (bin.count == 0 || bin.has_low || bin.has_high) continue;
    min = has_any ? std::min(min, bin.mean) : bin.mean;
    max = has_any ? std::max(max, bin.mean) : bin.mean;
    has_any = true;
  }
  std::string line;
  for (const Bin& bin : bins_) {
    if (bin.has_low != bin.has_high) {
      line += kFromBelow[bin.has_low ? 0 : kLevels - 1];
    } else if (bin.has_low || bin.count == 0) {
      line += ' ';
    } else if (min == max) {
      line += kFromBelow[kMiddle];
    } else {
      const int level = static_cast<int>(PartOf(bin.mean, min, max) * kLevels);
      line += kFromBelow[std::clamp(level, 0, kLevels - 1)];
    }
  }
  return line;
}

Result<std::string> InlineBar(double value, double min, double max, int width) {
  LOUPE_RETURN_IF_ERROR(CheckWidth(width));
  if (!std::isfinite(min) || !std::isfinite(max)) {
    return Status(Code::kInvalidArgument, "min and max must be finite");
  }
  if (min >= max) return Status(Code::kInvalidArgument, "min must be below max");
  if (std::isnan(value)) return std::string();
  const double part = PartOf(std::clamp(value, min, max), min, max);
  const int eighths = static_cast<int>(std::lround(part * width * kLevels));
  std::string bar;
  for (int i = 0; i < eighths / kLevels; ++i) bar += kFromLeft[kLevels - 1];
  if (eighths % kLevels > 0) bar += kFromLeft[eighths % kLevels - 1];
  return bar;
}

}  // namespace loupe::chart
