// Layout: places legends and title around the data rectangle and sizes the picture.
//
//   ┌ padding ─────────────────────────────┐
//   │            title                     │
//   │ axis │ data rectangle │ 18px │ legend│   autosize "pad": the picture grows around the
//   │      │ axis           │      │       │   rectangle, whose size is given
//   └──────────────────────────────────────┘
//
// Tested by test/unit/chart_compile_test.cpp and the golden scenes.
#ifndef LOUPE_CORE_CHART_LAYOUT_LAYOUT_HPP
#define LOUPE_CORE_CHART_LAYOUT_LAYOUT_HPP

#include <array>
#include <vector>

#include "core/base/status.hpp"
#include "core/chart/guide/axis.hpp"
#include "core/chart/guide/legend.hpp"

namespace loupe::chart {

struct Parts {
  std::vector<AxisGroup> axes;
  std::vector<Mark> marks;
  std::vector<LegendGroup> legends;
  Json title;
  Item frame;                       // the data rectangle: size and paint
  std::array<double, 4> padding{};  // left, top, right, bottom
};

// Error: kLimitExceeded for a picture beyond kMaxSide or kMaxPixels.
[[nodiscard]] Result<Scene> LayOut(Parts parts, const Json& config, const TextMeasure& measure);

}  // namespace loupe::chart

#endif  // LOUPE_CORE_CHART_LAYOUT_LAYOUT_HPP
