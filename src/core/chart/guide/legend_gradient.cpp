#include "core/chart/guide/legend_gradient.hpp"

#include <algorithm>
#include <cmath>

#include "core/chart/guide/parts.hpp"
#include "core/chart/mark/style.hpp"

namespace loupe::chart {
namespace {

constexpr std::size_t kGradientStops = 20;
constexpr double kStepsLength = 200;  // pixels; ramps in steps do not follow the size of the plot

Gradient GradientOf(const LegendPlan& plan) {
  Gradient gradient;
  if (plan.vertical) gradient = {0, 1, 0, 0, {}};
  const std::vector<Color>& colors = plan.scale->colors;
  const std::size_t stops = plan.scale->space == ColorSpace::kRgb ? colors.size() : kGradientStops;
  for (std::size_t i = 0; i < stops; ++i) {
    const double t = stops > 1 ? static_cast<double>(i) / static_cast<double>(stops - 1) : 0;
    gradient.stops.push_back({t, InterpolateColors(colors, plan.scale->space, t)});
  }
  return gradient;
}

// How far along the ramp each value lies, from 0 to 1. Steps begin with the first value.
std::vector<double> PartsOf(const LegendPlan& plan) {
  const Scale& scale = *plan.scale;
  std::vector<double> parts;
  if (plan.kind == LegendKind::kGradient) {
    Scale ends = scale;
    ends.domain = {scale.domain.front(), scale.domain.back()};
    const bool single = ends.domain.front() == ends.domain.back();
    for (const Json& value : plan.values) {
      parts.push_back(single ? 0.5 : ends.Fraction(NumberOf(value)));
    }
    return parts;
  }
  const std::vector<double>& domain = !scale.bins.empty()     ? scale.bins
                                      : !scale.domain.empty() ? scale.domain
                                                              : scale.thresholds;
  double low = domain.empty() ? 0 : domain.front();
  double high = domain.empty() ? 1 : domain.back();
  if (scale.type == ScaleType::kThreshold) {  // the outer steps are as long as the inner ones
    const auto inner = static_cast<double>(domain.size() - 1);
    const double more = inner > 0 ? (high - low) / inner : 0.1;
    low -= more;
    high += more;
  }
  for (std::size_t i = 0; i < plan.values.size(); ++i) {
    parts.push_back(i == 0 ? 0 : (NumberOf(plan.values[i]) - low) / (high - low));
  }
  return parts;
}

Item RampItem(const LegendPlan& plan, double from, double to) {
  const double length = GradientLength(plan);
  const double thickness = plan.look.Number("gradientThickness", 16);
  Item item;
  item.x = plan.vertical ? 0 : from * length;
  item.y = plan.vertical ? (1 - to) * length : 0;
  item.width = plan.vertical ? thickness : (to - from) * length;
  item.height = plan.vertical ? (to - from) * length : thickness;
  item.stroke = PaintOf(plan.look.Find("gradientStrokeColor"));
  item.stroke_width = plan.look.Number("gradientStrokeWidth", 0);
  item.opacity = plan.look.Number("gradientOpacity", BaseItem(plan.first()).opacity);
  return item;
}

Mark RampMark(const LegendPlan& plan, const std::vector<double>& parts) {
  if (plan.kind == LegendKind::kGradient) {
    Mark ramp = PartMark(MarkType::kRect, "legend-gradient");
    ramp.items.push_back(RampItem(plan, 0, 1));
    ramp.items.back().fill.gradient = GradientOf(plan);
    return ramp;
  }
  Mark bands = PartMark(MarkType::kRect, "legend-band");
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const double end = i + 1 < parts.size() ? parts[i + 1] : 1;
    bands.items.push_back(RampItem(plan, parts[i], end));
    bands.items.back().fill = plan.scale->MapPaint(plan.values[i]);
  }
  return bands;
}

Item LabelAt(const LegendPlan& plan, double part, const std::string& text) {
  const double length = GradientLength(plan);
  Item label = LabelItem(plan, text);
  const double away =
      plan.look.Number("gradientThickness", 16) +
      Lookup({&plan.def->legend}).Number("labelOffset", plan.look.Number("gradientLabelOffset", 2));
  label.x = plan.vertical ? away : part * length;
  label.y = plan.vertical ? (1 - part) * length : away;
  label.align = TextAlign::kLeft;
  if (!plan.vertical && part > 0) label.align = part >= 1 ? TextAlign::kRight : TextAlign::kCenter;
  label.baseline = TextBaseline::kTop;
  if (plan.vertical) {
    label.baseline = part <= 0   ? TextBaseline::kBottom
                     : part >= 1 ? TextBaseline::kTop
                                 : TextBaseline::kMiddle;
  }
  label.limit = plan.look.Number("gradientLabelLimit", 0);
  return label;
}

// Labels of scales whose values crowd are thinned unless they are told to stay.
void HideOverlaps(const LegendPlan& plan, const TextMeasure& measure, Mark* labels) {
  const ScaleType type = plan.scale->type;
  bool on = type == ScaleType::kQuantile || type == ScaleType::kThreshold ||
            type == ScaleType::kLog || type == ScaleType::kSymlog;
  bool greedy = on;
  if (const Json* given = plan.look.Find("labelOverlap")) {
    on = given->IsString() || (given->IsBool() && given->AsBool());
    greedy = *given == Json("greedy");
  }
  if (on) HideOverlaps(greedy, plan.look.Number("labelSeparation", 0), measure, labels);
}

}  // namespace

double GradientLength(const LegendPlan& plan) {
  const MarkContext& c = plan.first();
  const bool inside =
      plan.look.Text("orient", "right") != "top" && plan.look.Text("orient", "right") != "bottom";
  const Lookup config({&Section(c.config, "legend")});
  double length = 0;
  if (plan.kind == LegendKind::kDiscrete) {
    length = kStepsLength;
  } else if (plan.vertical) {
    length = std::clamp(c.scales.height, config.Number("gradientVerticalMinLength", 64),
                        std::max(64.0, config.Number("gradientVerticalMaxLength", 200)));
  } else if (inside) {
    length = config.Number("gradientHorizontalMinLength", 100);
  } else {
    length = std::clamp(c.scales.width, config.Number("gradientHorizontalMinLength", 100),
                        std::max(100.0, config.Number("gradientHorizontalMaxLength", 200)));
  }
  return plan.look.Number("gradientLength", length);
}

std::vector<Mark> GradientMarks(const LegendPlan& plan, const TextMeasure& measure) {
  const std::vector<double> parts = PartsOf(plan);
  Mark labels = PartMark(MarkType::kText, "legend-label");
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const bool shown = parts[i] >= 0 && parts[i] <= 1 && !plan.labels[i].empty();
    if (shown) labels.items.push_back(LabelAt(plan, parts[i], plan.labels[i]));
  }
  HideOverlaps(plan, measure, &labels);
  return {RampMark(plan, parts), std::move(labels)};
}

}  // namespace loupe::chart
