#include "core/chart/mark/style.hpp"

#include <algorithm>

#include "core/chart/data/key.hpp"

namespace loupe::chart {
namespace {

constexpr double kReducedOpacity = 0.7;  // of points and ticks that may cover each other

bool IsPointLike(MarkKind mark) {
  return mark == MarkKind::kPoint || mark == MarkKind::kCircle || mark == MarkKind::kSquare ||
         mark == MarkKind::kTick;
}

Paint ChannelPaint(const MarkContext& c, Channel channel, std::size_t row, const Paint& fallback) {
  const ChannelDef* def = c.view.unit.encoding.Find(channel);
  if (def == nullptr) return fallback;
  if (def->kind == DefKind::kValue) return PaintOf(&def->value);
  const Scale* scale = c.scales.Find(channel);
  const int column = def->IsField() ? c.data.main.Find(ColumnKey(*def)) : -1;
  const Json& value = column >= 0 ? c.data.main.At(column, row) : def->value;
  if (scale == nullptr) return PaintOf(&value);
  if (!scale->HasColors()) return fallback;
  Paint paint;
  const Color color = scale->MapColor(value);
  if (color.alpha > 0) paint.color = color;
  return paint;
}

StrokeJoin JoinOf(const std::string& name) {
  if (name == "round") return StrokeJoin::kRound;
  return name == "bevel" ? StrokeJoin::kBevel : StrokeJoin::kMiter;
}

const Json* FirstOf(const Lookup& mark, const MarkContext& c, const char* own, bool colored) {
  const Json& properties = c.view.unit.mark.properties;
  if (const Json* paint = properties.Find(own)) return paint;
  if (colored && properties.Find("color") != nullptr) return properties.Find("color");
  if (const Json* paint = mark.Find(own)) return paint;
  return colored ? mark.Find("color") : nullptr;
}

}  // namespace

Paint PaintOf(const std::string& color) {
  Paint paint;
  const auto parsed = ParseColor(color);
  if (parsed && parsed->alpha > 0) paint.color = parsed;
  return paint;
}

Paint PaintOf(const Json* value) {
  return value != nullptr && value->IsString() ? PaintOf(value->AsString()) : Paint();
}

FontWeight WeightOf(const Json* value) {
  constexpr double kBoldFrom = 600;
  if (value == nullptr) return FontWeight::kNormal;
  const bool bold = value->IsString() ? value->AsString() == "bold" || value->AsString() == "bolder"
                                      : value->IsNumber() && value->AsDouble() >= kBoldFrom;
  return bold ? FontWeight::kBold : FontWeight::kNormal;
}

StrokeCap CapOf(const std::string& name) {
  if (name == "round") return StrokeCap::kRound;
  return name == "square" ? StrokeCap::kSquare : StrokeCap::kButt;
}

std::vector<double> DashOf(const Json* value) {
  std::vector<double> dash;
  if (value == nullptr || !value->IsArray()) return dash;
  for (const Json& item : value->items()) {
    if (item.IsNumber() && item.AsDouble() >= 0) dash.push_back(item.AsDouble());
  }
  const bool visible = std::any_of(dash.begin(), dash.end(), [](double d) { return d > 0; });
  return visible ? dash : std::vector<double>();
}

TextAlign AlignOf(const std::string& name) {
  if (name == "center") return TextAlign::kCenter;
  return name == "right" ? TextAlign::kRight : TextAlign::kLeft;
}

TextBaseline BaselineOf(const std::string& name) {
  if (name == "top") return TextBaseline::kTop;
  if (name == "middle") return TextBaseline::kMiddle;
  if (name == "bottom") return TextBaseline::kBottom;
  if (name == "line-top") return TextBaseline::kLineTop;
  return name == "line-bottom" ? TextBaseline::kLineBottom : TextBaseline::kAlphabetic;
}

double ChannelNumber(const MarkContext& context, Channel channel, std::size_t row,
                     double fallback) {
  const ChannelDef* def = context.view.unit.encoding.Find(channel);
  if (def == nullptr) return fallback;
  if (def->kind == DefKind::kValue) {
    return def->value.IsNumber() ? def->value.AsDouble() : fallback;
  }
  const Scale* scale = context.scales.Find(channel);
  const int column = def->IsField() ? context.data.main.Find(ColumnKey(*def)) : -1;
  const Json& value = column >= 0 ? context.data.main.At(column, row) : def->value;
  const double number = scale != nullptr ? scale->Map(value) : NumberOf(value);
  return std::isfinite(number) ? number : fallback;
}

Item BaseItem(const MarkContext& context) {
  const Lookup mark = MarkLookup(context.view.unit.mark, context.config);
  const bool filled = context.view.filled;
  Item item;
  item.fill = PaintOf(FirstOf(mark, context, "fill", filled));
  item.stroke = PaintOf(FirstOf(mark, context, "stroke", !filled));
  const bool given = mark.Find("opacity") != nullptr || mark.Find("fillOpacity") != nullptr;
  const bool reduced = IsPointLike(context.view.mark()) && !context.view.aggregates && !given;
  item.opacity = mark.Number("opacity", reduced ? kReducedOpacity : 1);
  item.fill_opacity = mark.Number("fillOpacity", 1);
  item.stroke_opacity = mark.Number("strokeOpacity", 1);
  item.stroke_width = mark.Number("strokeWidth", 1);
  item.stroke_cap = CapOf(mark.Text("strokeCap", ""));
  item.stroke_join = JoinOf(mark.Text("strokeJoin", ""));
  item.stroke_miter_limit = mark.Number("strokeMiterLimit", 10);
  item.stroke_dash = DashOf(mark.Find("strokeDash"));
  item.stroke_dash_offset = mark.Number("strokeDashOffset", 0);
  item.angle = mark.Number("angle", 0);
  return item;
}

void StyleRow(const MarkContext& context, std::size_t row, Item* item) {
  Paint& colored = context.view.filled ? item->fill : item->stroke;
  colored = ChannelPaint(context, Channel::kColor, row, colored);
  item->fill = ChannelPaint(context, Channel::kFill, row, item->fill);
  item->stroke = ChannelPaint(context, Channel::kStroke, row, item->stroke);
  item->opacity = ChannelNumber(context, Channel::kOpacity, row, item->opacity);
  item->fill_opacity = ChannelNumber(context, Channel::kFillOpacity, row, item->fill_opacity);
  item->stroke_opacity = ChannelNumber(context, Channel::kStrokeOpacity, row, item->stroke_opacity);
  item->stroke_width = ChannelNumber(context, Channel::kStrokeWidth, row, item->stroke_width);
}

}  // namespace loupe::chart
