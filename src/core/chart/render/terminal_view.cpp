#include "core/chart/render/terminal_view.hpp"

#include <algorithm>
#include <cmath>
#include <string_view>

namespace loupe::chart {
namespace {

constexpr int kMaxGroupDepth = 16;  // deeper groups are not drawn; compilers make a few levels

constexpr double kFarthest = 1e6;  // pixels; what lies beyond, or nowhere, is not drawn

bool HasRole(const Mark& mark, std::string_view role) { return mark.role == role; }

bool IsShape(const Mark& mark) { return mark.type != MarkType::kGroup && HasRole(mark, "mark"); }

// Whether a number can be a place in a picture.
bool IsPlace(double value) { return std::fabs(value) <= kFarthest; }

bool HasPlace(const Item& item) {
  for (const double value : {item.x, item.y, item.width, item.height, item.x2, item.y2}) {
    if (!IsPlace(value)) return false;
  }
  return true;
}

std::string JoinLines(const std::vector<std::string>& lines) {
  std::string joined;
  for (const std::string& line : lines) joined += (joined.empty() ? "" : " ") + line;
  return joined;
}

// Calls visit(mark, depth) for each mark below `item`, parents first.
template <class Visit>
void ForEachMark(const Item& item, int depth, const Visit& visit) {
  if (depth > kMaxGroupDepth) return;
  for (const Mark& mark : item.marks) {
    visit(mark);
    for (const Item& child : mark.items) ForEachMark(child, depth + 1, visit);
  }
}

// Labels of vertical axes stand upright beside the axis, those of horizontal ones below or above
// it, maybe turned.
AxisSide SideOf(const Item& label) {
  const bool is_beside = label.angle == 0 && label.baseline == TextBaseline::kMiddle &&
                         label.align != TextAlign::kCenter;
  if (is_beside) return label.align == TextAlign::kRight ? AxisSide::kLeft : AxisSide::kRight;
  return label.y + label.dy < 0 ? AxisSide::kTop : AxisSide::kBottom;
}

// An axis without labels (the one that only carries the grid) is none here.
std::optional<TerminalAxis> ReadAxis(const Item& group) {
  TerminalAxis axis;
  const Item* first = nullptr;
  ForEachMark(group, 0, [&](const Mark& mark) {
    if (HasRole(mark, "axis-title")) {
      for (const Item& item : mark.items) axis.title = JoinLines(item.text);
    }
    if (!HasRole(mark, "axis-label")) return;
    for (const Item& item : mark.items) {
      // Vega's own overlap rule hides labels by their opacity.
      if (item.opacity <= 0 || !HasPlace(item) || !HasPlace(group)) continue;
      if (first == nullptr) axis.side = SideOf(item);
      if (first == nullptr) first = &item;
      const bool is_vertical = axis.side == AxisSide::kLeft || axis.side == AxisSide::kRight;
      axis.ticks.push_back(
          {is_vertical ? item.y + group.y : item.x + group.x, JoinLines(item.text)});
    }
  });
  if (first == nullptr) return std::nullopt;
  std::stable_sort(
      axis.ticks.begin(), axis.ticks.end(),
      [](const TerminalTick& a, const TerminalTick& b) { return a.position < b.position; });
  return axis;
}

void AddRamp(const Item& item, TerminalLegend* legend) {
  legend->is_gradient = true;
  if (item.fill.color) legend->ramp.push_back(*item.fill.color);
  if (!item.fill.gradient) return;
  for (const GradientStop& stop : item.fill.gradient->stops) legend->ramp.push_back(stop.color);
}

TerminalLegend ReadLegend(const Item& group) {
  TerminalLegend legend;
  std::vector<std::optional<Color>> colors;
  ForEachMark(group, 0, [&](const Mark& mark) {
    for (const Item& item : mark.items) {
      if (HasRole(mark, "legend-gradient")) AddRamp(item, &legend);
      if (HasRole(mark, "legend-title")) legend.title = JoinLines(item.text);
      if (HasRole(mark, "legend-label")) legend.entries.push_back({JoinLines(item.text), {}});
      if (HasRole(mark, "legend-symbol")) colors.push_back(ShapeColor({mark.type, &item, 0, 0}));
    }
  });
  for (std::size_t i = 0; i < std::min(colors.size(), legend.entries.size()); ++i) {
    legend.entries[i].color = colors[i];
  }
  // Entries of one colour differ by size or shape, which cells do not show.
  const auto& entries = legend.entries;
  const bool is_one_color =
      entries.size() > 1 && std::all_of(entries.begin(), entries.end(), [&](const auto& entry) {
        return entry.color == entries.front().color;
      });
  if (is_one_color) {
    for (TerminalLegendEntry& entry : legend.entries) entry.color.reset();
  }
  return legend;
}

void ReadTitles(const Item& group, std::vector<std::string>* titles) {
  ForEachMark(group, 0, [&](const Mark& mark) {
    if (mark.type != MarkType::kText) return;
    for (const Item& item : mark.items) {
      titles->insert(titles->end(), item.text.begin(), item.text.end());
    }
  });
}

class Finder {
 public:
  void Search(const Item& group, int depth);
  std::vector<TerminalView> Take();

 private:
  static bool IsView(const Item& group);
  void ReadView(const Item& group, double x, double y, int depth, TerminalView* view);
  static void ReadShapes(const Mark& mark, double x, double y, TerminalView* view);
  static bool ReadGuide(const Mark& mark, TerminalView* view);

  std::vector<TerminalView> views_;
  TerminalView outside_;  // titles and legends that belong to no view
};

bool Finder::IsView(const Item& group) {
  return std::any_of(group.marks.begin(), group.marks.end(), [](const Mark& mark) {
    const std::string_view name = mark.name;
    const bool is_path_group = name.size() >= 9 && name.substr(name.size() - 9) == "pathgroup";
    return IsShape(mark) || is_path_group || HasRole(mark, "axis");
  });
}

bool Finder::ReadGuide(const Mark& mark, TerminalView* view) {
  if (HasRole(mark, "axis")) {
    for (const Item& item : mark.items) {
      if (std::optional<TerminalAxis> axis = ReadAxis(item)) view->axes.push_back(std::move(*axis));
    }
    return true;
  }
  if (HasRole(mark, "legend")) {
    for (const Item& item : mark.items) view->legends.push_back(ReadLegend(item));
    return true;
  }
  if (HasRole(mark, "title")) {
    for (const Item& item : mark.items) ReadTitles(item, &view->titles);
    return true;
  }
  return false;
}

void Finder::ReadShapes(const Mark& mark, double x, double y, TerminalView* view) {
  if (mark.places.empty()) {
    for (const Item& item : mark.items) {
      if (HasPlace(item)) view->shapes.push_back({mark.type, &item, x, y});
    }
    return;
  }
  for (const Place& place : mark.places) {
    const Item& item = mark.items[place.item];
    if (!HasPlace(item) || !IsPlace(place.x) || !IsPlace(place.y)) continue;
    view->shapes.push_back({mark.type, &item, x + place.x - item.x, y + place.y - item.y});
  }
}

void Finder::ReadView(const Item& group, double x, double y, int depth, TerminalView* view) {
  if (depth > kMaxGroupDepth || !HasPlace(group)) return;
  for (const Mark& mark : group.marks) {
    if (ReadGuide(mark, view)) continue;
    if (mark.type == MarkType::kGroup) {
      for (const Item& item : mark.items) {
        ReadView(item, x + item.x, y + item.y, depth + 1, view);
      }
    } else if (IsShape(mark)) {
      ReadShapes(mark, x, y, view);
    }
  }
}

void Finder::Search(const Item& group, int depth) {
  if (depth > kMaxGroupDepth) return;
  if (IsView(group)) {
    TerminalView view;
    view.width = group.width;
    view.height = group.height;
    ReadView(group, 0, 0, depth, &view);
    views_.push_back(std::move(view));
    return;
  }
  for (const Mark& mark : group.marks) {
    if (ReadGuide(mark, &outside_)) continue;
    if (mark.type != MarkType::kGroup) continue;
    for (const Item& item : mark.items) Search(item, depth + 1);
  }
}

std::vector<TerminalView> Finder::Take() {
  if (views_.empty()) views_.emplace_back();
  TerminalView& first = views_.front();
  first.titles.insert(first.titles.begin(), outside_.titles.begin(), outside_.titles.end());
  first.legends.insert(first.legends.end(), outside_.legends.begin(), outside_.legends.end());
  return std::move(views_);
}

}  // namespace

std::optional<Color> ShapeColor(const TerminalShape& shape) {
  const Item& item = *shape.item;
  for (const Paint* paint : {&item.fill, &item.stroke}) {
    if (paint->color && paint->color->alpha > 0) return paint->color;
  }
  return std::nullopt;
}

std::vector<TerminalView> FindTerminalViews(const Scene& scene) {
  Finder finder;
  for (const Item& item : scene.root.items) finder.Search(item, 0);
  return finder.Take();
}

}  // namespace loupe::chart
