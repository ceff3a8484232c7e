#include "core/chart/guide/legend_plan.hpp"

#include "core/chart/guide/parts.hpp"
#include "core/chart/mark/style.hpp"

namespace loupe::chart {

const Scale* ShownScale(const LegendPlan& plan, Channel channel) {
  for (const LegendRequest& part : plan.parts) {
    if (part.channel == channel) return part.units.front()->scales.Find(channel);
  }
  return nullptr;
}

Item LabelItem(const LegendPlan& plan, const std::string& text) {
  const Json& config = plan.first().config;
  Item item;
  item.text = {text};
  item.font = FontOf(plan.look, config, "label", "guide-label");
  item.fill = TextPaint(plan.look, config, "labelColor", "guide-label");
  item.fill_opacity = plan.look.Number("labelOpacity", 1);
  item.limit = plan.look.Number("labelLimit", 160);
  item.align = AlignOf(plan.look.Text("labelAlign", "left"));
  item.baseline = BaselineOf(plan.look.Text("labelBaseline", "middle"));
  return item;
}

}  // namespace loupe::chart
