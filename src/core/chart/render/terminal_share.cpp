#include "core/chart/render/terminal_share.hpp"

#include <algorithm>
#include <cmath>

#include "core/base/number_format.hpp"
#include "core/base/utf8.hpp"
#include "core/chart/render/path_flatten.hpp"

namespace loupe::chart {
namespace {

constexpr int kPercentColumns = 9;
constexpr int kMaxNameColumns = 30;

struct Share {
  std::string name;
  std::optional<Color> color;
  double angle = 0;
  std::size_t order = 0;
};

// Name and place of the sector in the legend.
void Name(const TerminalView& view, const TerminalShape& shape, Share* share) {
  for (const TerminalLegend& legend : view.legends) {
    for (std::size_t i = 0; i < legend.entries.size(); ++i) {
      if (!share->color || !(legend.entries[i].color == share->color)) continue;
      share->name = legend.entries[i].label;
      share->order = i;
      return;
    }
  }
  share->name = shape.item->aria_label;
}

std::vector<Share> Shares(const TerminalView& view, const Context& context) {
  std::vector<Share> shares;
  for (const TerminalShape& shape : view.shapes) {
    if (shape.type != MarkType::kArc) continue;
    if (shares.size() % Context::kPollInterval == 0) context.Poll();
    Share share;
    share.color = ShapeColor(shape);
    share.angle = SectorAngle(shape.item->path);
    share.order = shares.size();
    Name(view, shape, &share);
    shares.push_back(std::move(share));
  }
  std::stable_sort(shares.begin(), shares.end(),
                   [](const Share& a, const Share& b) { return a.order < b.order; });
  return shares;
}

}  // namespace

bool HasArcs(const TerminalView& view) {
  return std::any_of(view.shapes.begin(), view.shapes.end(),
                     [](const TerminalShape& shape) { return shape.type == MarkType::kArc; });
}

std::string DrawShares(const TerminalView& view, const TerminalStyle& style, int columns,
                       const Context& context) {
  const std::vector<Share> shares = Shares(view, context);
  double total = 0;
  double most = 0;
  int names = 0;
  for (const Share& share : shares) {
    total += share.angle;
    most = std::max(most, share.angle);
    names = std::max(names, DisplayWidth(share.name));
  }
  names = std::min({names, kMaxNameColumns, columns / 3});
  const int bars = std::max(1, columns - names - 2 - kPercentColumns);
  std::string text;
  for (const TerminalLegend& legend : view.legends) {
    if (!legend.title.empty()) text += legend.title + "\n";
  }
  for (const Share& share : shares) {
    CellGrid line(columns, 1);
    line.PutText(0, 0, CutToCells(share.name, names));
    const double length = most > 0 ? share.angle / most : 0;
    CellInk ink = style.HasColors() && share.color ? style.InkOf(*share.color) : CellInk();
    CellGrid bar(bars, 1);
    bar.FillRow(0, 0, static_cast<int>(std::lround(length * bars * 8)), ink);
    line.Overlay(names + 2, bar);
    const std::string percent = FormatNumber({" ", '>', '-', '\0', false, 5, false, 1, false, 'f'},
                                             total > 0 ? 100 * share.angle / total : 0);
    line.PutText(columns - kPercentColumns + 1, 0, percent + " %");
    for (const std::string& row : line.Lines()) text += row + "\n";
  }
  return text;
}

}  // namespace loupe::chart
