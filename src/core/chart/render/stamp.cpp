#include "core/chart/render/stamp.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>

#include "core/chart/render/cairo_painter.hpp"

namespace loupe::chart {
namespace {

constexpr double kFarthest = 1e6;  // pixels; what lies beyond is outside of every canvas

// `over` above `under`, both premultiplied: over + under x (1 - alpha of over), two channels at a
// time; x / 255 is rounded as (x + 128 + (x + 128) / 256) / 256.
std::uint32_t Over(std::uint32_t over, std::uint32_t under) {
  constexpr std::uint32_t kPair = 0x00FF00FF;
  constexpr std::uint32_t kHalves = 0x00800080;
  const std::uint32_t rest = 255 - (over >> 24);
  std::uint32_t low = (under & kPair) * rest + kHalves;
  std::uint32_t high = ((under >> 8) & kPair) * rest + kHalves;
  low = ((low + ((low >> 8) & kPair)) >> 8) & kPair;
  high = (high + ((high >> 8) & kPair)) & ~kPair;
  return over + (low | high);
}

}  // namespace

const std::vector<Stamp::Run>& Stamp::RunsOf(int phase_x, int phase_y) {
  Ink& ink =
      prints_.at(static_cast<std::size_t>(phase_y) * kPhases + static_cast<std::size_t>(phase_x));
  if (ink.is_drawn) return ink.runs;
  ink.is_drawn = true;
  const Surface surface(
      cairo_image_surface_create(CAIRO_FORMAT_ARGB32, bounds_.width, bounds_.height));
  const Cairo cairo(cairo_create(surface.get()));
  cairo_translate(cairo.get(), -bounds_.left + static_cast<double>(phase_x) / kPhases,
                  -bounds_.top + static_cast<double>(phase_y) / kPhases);
  draw_(cairo.get());
  cairo_surface_flush(surface.get());
  if (status_ == CAIRO_STATUS_SUCCESS) status_ = cairo_status(cairo.get());
  if (status_ != CAIRO_STATUS_SUCCESS) return ink.runs;
  const unsigned char* row = cairo_image_surface_get_data(surface.get());
  for (int y = 0; y < bounds_.height; ++y, row += cairo_image_surface_get_stride(surface.get())) {
    const auto* pixels = reinterpret_cast<const std::uint32_t*>(row);
    for (int x = 0; x < bounds_.width; ++x) {
      const int begin = x;
      while (x < bounds_.width && pixels[x] != 0) ++x;
      if (x > begin) ink.runs.push_back({begin, y, {pixels + begin, pixels + x}});
    }
  }
  return ink.runs;
}

void Stamp::Print(double x, double y, const Canvas& canvas) {
  if (!(std::abs(x) < kFarthest && std::abs(y) < kFarthest)) return;
  const auto steps_x = static_cast<int>(std::floor(x * kPhases + 0.5));
  const auto steps_y = static_cast<int>(std::floor(y * kPhases + 0.5));
  const int phase_x = steps_x & (kPhases - 1);  // of what is left of 0 too
  const int phase_y = steps_y & (kPhases - 1);
  const int left = (steps_x - phase_x) / kPhases + bounds_.left;
  const int top = (steps_y - phase_y) / kPhases + bounds_.top;
  const bool is_outside = left >= canvas.right || left + bounds_.width <= canvas.left ||
                          top >= canvas.bottom || top + bounds_.height <= canvas.top;
  if (is_outside) return;
  for (const Run& run : RunsOf(phase_x, phase_y)) {
    const int row = top + run.y;
    if (row < canvas.top || row >= canvas.bottom) continue;
    const int begin = left + run.x;
    const int from = std::max(begin, canvas.left);
    const int to = std::min(begin + static_cast<int>(run.pixels.size()), canvas.right);
    auto* under = reinterpret_cast<std::uint32_t*>(
        canvas.pixels + static_cast<std::ptrdiff_t>(row) * canvas.stride);
    for (int at = from; at < to; ++at) {
      under[at] = Over(run.pixels[static_cast<std::size_t>(at - begin)], under[at]);
    }
  }
}

}  // namespace loupe::chart
