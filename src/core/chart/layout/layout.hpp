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
#include <optional>
#include <string>
#include <vector>

#include "core/base/status.hpp"
#include "core/chart/guide/axis.hpp"
#include "core/chart/guide/legend.hpp"
#include "core/chart/guide/title.hpp"
#include "core/chart/layout/grid.hpp"

namespace loupe::chart {

// What one group draws: a data rectangle with axes and marks, or a grid of views.
struct Parts {
  std::vector<AxisGroup> axes;
  std::vector<Mark> marks;
  std::optional<GridParts> grid;
  std::vector<LegendGroup> legends;
  Json title;
  TitleKind title_kind = TitleKind::kPlot;
  Item frame;  // the data rectangle: size and paint
  std::string name;
};

// A group with all its parts in place.
struct Laid {
  Block block;
  Bounds view;        // of what is in the group, without the stroke of its own frame
  std::string title;  // its text
};
[[nodiscard]] Laid LayOut(Parts parts, const Json& config, const TextMeasure& measure);

// Pixels that a group draws left of, above, right of and below its data rectangle.
[[nodiscard]] std::array<double, 4> MarginsOf(const Laid& laid);

// The sides of a picture, padding left out, and where its data rectangle lies; as what is drawn
// asks for, or given.
struct PictureSize {
  double width = 0;
  double height = 0;
  double left = 0;
  double top = 0;
};
[[nodiscard]] PictureSize SizeOf(const Laid& laid);

// The picture of a whole chart; `padding` as in margins. Error: kLimitExceeded for a picture beyond
// kMaxSide or kMaxPixels.
[[nodiscard]] Result<Scene> MakeScene(Laid root, const PictureSize& size,
                                      const std::array<double, 4>& padding);

}  // namespace loupe::chart

#endif  // LOUPE_CORE_CHART_LAYOUT_LAYOUT_HPP
