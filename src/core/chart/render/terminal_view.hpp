// TerminalView: what a terminal drawing keeps of a scene: the shapes of each plot, its axes as
// labelled positions, its legends as labelled colours, its titles as lines.
//
// A group is a view when it holds axes or marks of data itself; other groups (concatenations) are
// searched for views. The parts are told by Vega's roles:
//
//   group role=frame
//     group role=axis             -> axis: side, title, ticks (position in pixels, label)
//     rect role=mark              -> shapes
//     group role=legend           -> legend: title, entries (label, colour)
//     group role=title            -> title lines
//
// Tested by test/unit/chart_render_terminal_view_test.cpp.
#ifndef LOUPE_CORE_CHART_RENDER_TERMINAL_VIEW_HPP
#define LOUPE_CORE_CHART_RENDER_TERMINAL_VIEW_HPP

#include <optional>
#include <string>
#include <vector>

#include "core/chart/scene.hpp"

namespace loupe::chart {

enum class AxisSide { kBottom, kLeft, kTop, kRight };

struct TerminalTick {
  double position = 0;  // pixels along the axis, from the view's left or top
  std::string label;
};

struct TerminalAxis {
  AxisSide side = AxisSide::kBottom;
  std::string title;
  std::vector<TerminalTick> ticks;  // by position
};

struct TerminalLegendEntry {
  std::string label;
  std::optional<Color> color;  // none: told by shape or size alone
};

struct TerminalLegend {
  std::string title;
  std::vector<TerminalLegendEntry> entries;
  bool is_gradient = false;  // entries are the labels along a continuous scale
  std::vector<Color> ramp;   // colours of that scale, in order
};

// An item and where its enclosing group lies in the view. Points into the scene.
struct TerminalShape {
  MarkType type = MarkType::kRect;
  const Item* item = nullptr;
  double x = 0;
  double y = 0;
};

struct TerminalView {
  double width = 0;  // pixels
  double height = 0;
  std::vector<std::string> titles;
  std::vector<TerminalAxis> axes;
  std::vector<TerminalLegend> legends;
  std::vector<TerminalShape> shapes;  // in painting order
};

// The colour by which a shape is told from others: its fill, else its stroke.
[[nodiscard]] std::optional<Color> ShapeColor(const TerminalShape& shape);

// The views of a scene in document order; titles and legends that stand outside all views go to
// the first one. The result points into `scene`.
[[nodiscard]] std::vector<TerminalView> FindTerminalViews(const Scene& scene);

}  // namespace loupe::chart

#endif  // LOUPE_CORE_CHART_RENDER_TERMINAL_VIEW_HPP
