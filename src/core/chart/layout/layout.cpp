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

Mark GroupMark(const char* role, std::vector<Block> blocks) {
  Mark mark;
  mark.role = role;
  if (!blocks.empty()) mark.name = blocks.front().name;
  for (Block& block : blocks) mark.items.push_back(std::move(block.item));
  return mark;
}

// Titles, headers and cells of a grid; cells of different names are marks of their own.
void AddGrid(GridParts grid, std::vector<Mark>* children) {
  constexpr const char* kTitles[] = {"column-title", "row-title"};
  constexpr const char* kHeaders[] = {"column-header", "row-header"};
  constexpr const char* kFooters[] = {"column-footer", "row-footer"};
  for (const std::size_t side : {std::size_t{1}, std::size_t{0}}) {
    if (!grid.titles[side]) continue;
    children->push_back(GroupMark(kTitles[side], {std::move(*grid.titles[side])}));
  }
  for (const std::size_t side : {std::size_t{1}, std::size_t{0}}) {
    if (!grid.headers[side].empty()) {
      children->push_back(GroupMark(kHeaders[side], std::move(grid.headers[side])));
    }
    if (!grid.footers[side].empty()) {
      children->push_back(GroupMark(kFooters[side], std::move(grid.footers[side])));
    }
  }
  for (std::size_t i = 0; i < grid.cells.size();) {
    std::vector<Block> same;
    const std::string name = grid.cells[i].name;
    while (i < grid.cells.size() && grid.cells[i].name == name) {
      same.push_back(std::move(grid.cells[i++]));
    }
    children->push_back(GroupMark("scope", std::move(same)));
  }
}

// The group's children in painting order.
std::vector<Mark> Assemble(Parts* parts) {
  std::vector<Mark> children;
  const auto add_axes = [&](bool above) {
    for (AxisGroup& axis : parts->axes) {
      if ((axis.zindex > 0) == above) children.push_back(std::move(axis.mark));
    }
  };
  add_axes(false);
  if (parts->grid) AddGrid(std::move(*parts->grid), &children);
  for (Mark& mark : parts->marks) children.push_back(std::move(mark));
  for (LegendGroup& legend : parts->legends) children.push_back(std::move(legend.mark));
  add_axes(true);
  return children;
}

void AddGridBounds(const GridParts& grid, Bounds* bounds) {
  for (const Block& cell : grid.cells) bounds->Union(PlacedBox(cell));
  for (std::size_t side = 0; side < 2; ++side) {
    for (const Block& header : grid.headers[side]) bounds->Union(PlacedBox(header));
    for (const Block& footer : grid.footers[side]) bounds->Union(PlacedBox(footer));
    if (grid.titles[side]) bounds->Union(PlacedBox(*grid.titles[side]));
  }
}

}  // namespace

Laid LayOut(Parts parts, const Json& config, const TextMeasure& measure) {
  const double width = parts.frame.width;
  const double height = parts.frame.height;
  Bounds view{0, 0, width, height};
  Bounds x_bounds = view;
  Bounds y_bounds = view;
  for (const AxisGroup& axis : parts.axes) (axis.along_y ? x_bounds : y_bounds).Union(axis.bounds);
  if (parts.grid) {
    LayOutGrid(&*parts.grid);
    AddGridBounds(*parts.grid, &x_bounds);
    AddGridBounds(*parts.grid, &y_bounds);
  }
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
  Laid laid;
  std::optional<TitleGroup> title =
      BuildTitle(parts.title, config, {parts.title_kind, view, width, height}, measure);
  if (title) view.Union(title->bounds);
  laid.block.name = parts.name;
  laid.view = view;
  laid.block.box = view;
  laid.block.item = std::move(parts.frame);
  // Vega widens all that a group draws by the stroke of its frame.
  const Item& frame = laid.block.item;
  const bool stroked = !frame.stroke.IsNone() && frame.opacity != 0 && frame.stroke_opacity != 0;
  if (stroked) laid.block.box.Expand(frame.stroke_width);
  laid.block.item.marks = Assemble(&parts);
  if (title) {
    laid.title = title->text;
    laid.block.item.marks.push_back(std::move(title->mark));
  }
  return laid;
}

std::array<double, 4> MarginsOf(const Laid& laid) {
  const Item& frame = laid.block.item;
  return {std::max(0.0, std::ceil(-laid.view.x1)), std::max(0.0, std::ceil(-laid.view.y1)),
          std::max(0.0, std::ceil(laid.view.x2 - frame.width)),
          std::max(0.0, std::ceil(laid.view.y2 - frame.height))};
}

PictureSize SizeOf(const Laid& laid) {
  const std::array<double, 4> margins = MarginsOf(laid);
  const Item& frame = laid.block.item;
  return {frame.width + margins[0] + margins[2], frame.height + margins[1] + margins[3], margins[0],
          margins[1]};
}

Result<Scene> MakeScene(Laid root, const PictureSize& size, const std::array<double, 4>& padding) {
  Scene scene;
  scene.width = std::ceil(size.width + padding[0] + padding[2]);
  scene.height = std::ceil(size.height + padding[1] + padding[3]);
  LOUPE_RETURN_IF_ERROR(CheckPicture(scene.width, scene.height));
  scene.origin_x = size.left + padding[0];
  scene.origin_y = size.top + padding[1];
  scene.title = std::move(root.title);
  scene.root.role = "frame";
  scene.root.name = "root";
  scene.root.items.push_back(std::move(root.block.item));
  return scene;
}

}  // namespace loupe::chart
