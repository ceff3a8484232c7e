#include "core/chart/render/stamp.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstring>

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

const std::vector<std::uint32_t>& Stamp::PrintOf(int phase_x, int phase_y) {
  std::vector<std::uint32_t>& print =
      prints_.at(static_cast<std::size_t>(phase_y * kPhases + phase_x));
  if (!print.empty()) return print;
  print.resize(static_cast<std::size_t>(bounds_.width) * static_cast<std::size_t>(bounds_.height));
  const Surface surface(cairo_image_surface_create_for_data(
      reinterpret_cast<unsigned char*>(print.data()), CAIRO_FORMAT_ARGB32, bounds_.width,
      bounds_.height, bounds_.width * 4));
  const Cairo cairo(cairo_create(surface.get()));
  cairo_translate(cairo.get(), -bounds_.left + static_cast<double>(phase_x) / kPhases,
                  -bounds_.top + static_cast<double>(phase_y) / kPhases);
  draw_(cairo.get());
  cairo_surface_flush(surface.get());
  if (status_ == CAIRO_STATUS_SUCCESS) status_ = cairo_status(cairo.get());
  return print;
}

void Stamp::Print(double x, double y, const Canvas& canvas) {
  if (!(std::abs(x) < kFarthest && std::abs(y) < kFarthest)) return;
  const auto steps_x = static_cast<int>(std::lround(x * kPhases));
  const auto steps_y = static_cast<int>(std::lround(y * kPhases));
  const auto column = static_cast<int>(std::floor(static_cast<double>(steps_x) / kPhases));
  const auto row = static_cast<int>(std::floor(static_cast<double>(steps_y) / kPhases));
  const int left = column + bounds_.left;
  const int top = row + bounds_.top;
  const int from_x = std::max(left, canvas.left);
  const int to_x = std::min(left + bounds_.width, canvas.right);
  const int from_y = std::max(top, canvas.top);
  const int to_y = std::min(top + bounds_.height, canvas.bottom);
  if (from_x >= to_x || from_y >= to_y) return;
  const std::vector<std::uint32_t>& print =
      PrintOf(steps_x - column * kPhases, steps_y - row * kPhases);
  for (int at_y = from_y; at_y < to_y; ++at_y) {
    const std::uint32_t* over =
        print.data() + static_cast<std::ptrdiff_t>(at_y - top) * bounds_.width;
    auto* under = reinterpret_cast<std::uint32_t*>(
        canvas.pixels + static_cast<std::ptrdiff_t>(at_y) * canvas.stride);
    for (int at_x = from_x; at_x < to_x; ++at_x) {
      const std::uint32_t pixel = over[at_x - left];
      if (pixel != 0) under[at_x] = Over(pixel, under[at_x]);
    }
  }
}

}  // namespace loupe::chart
