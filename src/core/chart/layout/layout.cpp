#include "core/chart/layout/layout.hpp"

#include <algorithm>
#include <cmath>

#include "core/chart/config/config.hpp"
#include "core/chart/guide/title.hpp"
#include "core/chart/limits.hpp"

namespace loupe::chart {
namespace {

constexpr double kLegendMargin = 8;

bool IsInner(const std::string& orient) { return orient.find('-') != std::string::npos; }
bool IsSide(const std::string& orient) { return orient == "left" || orient == "right"; }

// Sets the legends of one side after each other, downwards at the sides and else rightwards.
void PlaceLegends(const std::string& orient, const Bounds& x_bounds, const Bounds& y_bounds,
                  double width, double height, const std::vector<LegendGroup*>& legends) {
  double offset = 0;
  for (const LegendGroup* legend : legends) offset = std::max(offset, legend->offset);
  double across = 0;
  double along = 0;
  const bool down = IsSide(orient);
  for (const LegendGroup* legend : legends) {
    const Item& item = legend->mark.items.front();
    across = std::max(across, down ? item.width : item.height);
    along += (down ? item.height : item.width) + kLegendMargin;
  }
  along -= kLegendMargin;
  double x = 0;
  double y = 0;
  if (orient == "left") x = std::floor(x_bounds.x1) - offset - across;
  if (orient == "right") x = std::ceil(x_bounds.x2) + offset;
  if (orient == "top") y = std::floor(y_bounds.y1) - offset - across;
  if (orient == "bottom") y = std::ceil(y_bounds.y2) + offset;
  if (IsInner(orient)) {
    const bool right = orient == "top-right" || orient == "bottom-right";
    const bool bottom = orient == "bottom-left" || orient == "bottom-right";
    x = right ? width - offset - along : offset;
    y = bottom ? height - offset - across : offset;
  }
  for (LegendGroup* legend : legends) {
    Item& item = legend->mark.items.front();
    item.x = std::floor(x + 0.5);
    item.y = std::floor(y + 0.5);
    (down ? y : x) += (down ? item.height : item.width) + kLegendMargin;
  }
}

void PlaceAllLegends(const Bounds& x_bounds, const Bounds& y_bounds, double width, double height,
                     std::vector<LegendGroup>* legends) {
  for (const char* orient :
       {"left", "right", "top", "bottom", "top-left", "top-right", "bottom-left", "bottom-right"}) {
    std::vector<LegendGroup*> here;
    for (LegendGroup& legend : *legends) {
      if (legend.orient == orient) here.push_back(&legend);
    }
    if (!here.empty()) PlaceLegends(orient, x_bounds, y_bounds, width, height, here);
  }
}

Status CheckPicture(double width, double height) {
  if (width > kMaxSide || height > kMaxSide) {
    return Status(
        Code::kLimitExceeded,
        "the picture exceeds " + std::to_string(static_cast<int>(kMaxSide)) + " pixels a side");
  }
  if (width * height > kMaxPixels) {
    return Status(
        Code::kLimitExceeded,
        "the picture exceeds " + std::to_string(static_cast<long long>(kMaxPixels)) + " pixels");
  }
  return Status::Ok();
}

// The root group's children in painting order.
std::vector<Mark> Assemble(Parts* parts) {
  std::vector<Mark> children;
  const auto add_axes = [&](bool above) {
    for (AxisGroup& axis : parts->axes) {
      if ((axis.zindex > 0) == above) children.push_back(std::move(axis.mark));
    }
  };
  add_axes(false);
  for (Mark& mark : parts->marks) children.push_back(std::move(mark));
  for (LegendGroup& legend : parts->legends) children.push_back(std::move(legend.mark));
  add_axes(true);
  return children;
}

}  // namespace

Result<Scene> LayOut(Parts parts, const Json& config, const TextMeasure& measure) {
  const double width = parts.frame.width;
  const double height = parts.frame.height;
  Bounds view{0, 0, width, height};
  Bounds x_bounds = view;
  Bounds y_bounds = view;
  for (const AxisGroup& axis : parts.axes) (axis.along_y ? x_bounds : y_bounds).Union(axis.bounds);
  for (const Mark& mark : parts.marks) {
    if (mark.type == MarkType::kGroup) {
      const Bounds bounds = MarkBounds(mark, measure);
      x_bounds.Union(bounds);
      y_bounds.Union(bounds);
    } else {
      view.Union(MarkBounds(mark, measure));
    }
  }
  PlaceAllLegends(x_bounds, y_bounds, width, height, &parts.legends);
  for (const LegendGroup& legend : parts.legends) {
    const Item& item = legend.mark.items.front();
    Bounds box{item.x, item.y, item.x + item.width, item.y + item.height};
    if (!item.stroke.IsNone()) box.Expand(item.stroke_width);
    view.Union(box);
  }
  view.Union(x_bounds);
  view.Union(y_bounds);
  std::optional<TitleGroup> title = BuildTitle(parts.title, config, view, width, height, measure);
  if (title) view.Union(title->bounds);
  const double left = std::max(0.0, std::ceil(-view.x1));
  const double top = std::max(0.0, std::ceil(-view.y1));
  const double right = std::max(0.0, std::ceil(view.x2 - width));
  const double bottom = std::max(0.0, std::ceil(view.y2 - height));
  Scene scene;
  scene.width = std::ceil(width + left + right + parts.padding[0] + parts.padding[2]);
  scene.height = std::ceil(height + top + bottom + parts.padding[1] + parts.padding[3]);
  LOUPE_RETURN_IF_ERROR(CheckPicture(scene.width, scene.height));
  scene.origin_x = left + parts.padding[0];
  scene.origin_y = top + parts.padding[1];
  scene.root.role = "frame";
  scene.root.name = "root";
  Item frame = std::move(parts.frame);
  frame.marks = Assemble(&parts);
  if (title) {
    scene.title = title->text;
    frame.marks.push_back(std::move(title->mark));
  }
  scene.root.items.push_back(std::move(frame));
  return scene;
}

}  // namespace loupe::chart
