#include "core/chart/mark/style.hpp"

#include <algorithm>

#include "core/chart/data/key.hpp"
#include "core/chart/data/row_scope.hpp"

namespace loupe::chart {
namespace {

constexpr double kReducedOpacity = 0.7;  // of points and ticks that may cover each other

bool IsPointLike(MarkKind mark) {
  return mark == MarkKind::kPoint || mark == MarkKind::kCircle || mark == MarkKind::kSquare ||
         mark == MarkKind::kTick;
}

// What the config gives a channel for values that are none; or null.
const Json* InvalidValue(const MarkContext& c, Channel channel) {
  const Json* as = Section(Section(c.config, "scale"), "invalid").Find(ChannelName(channel));
  return as != nullptr ? as->Find("value") : nullptr;
}

Json ZeroOrLeast(const Scale& scale) {
  if (scale.domain.empty()) return Json(0);
  const double low = std::min(scale.domain.front(), scale.domain.back());
  const double high = std::max(scale.domain.front(), scale.domain.back());
  return low <= 0 && high >= 0 ? Json(0) : Json(scale.domain.front());
}

Paint ChannelPaint(const MarkContext& c, Channel channel, std::size_t row, const Paint& fallback) {
  const ChannelDef* def = c.view.unit.encoding.Find(channel);
  if (def == nullptr) return fallback;
  const CaseChoice choice = ChooseCase(c, *def, row);
  if (choice.kind == CaseChoice::Kind::kNothing) return fallback;
  if (choice.kind == CaseChoice::Kind::kValue) return PaintOf(choice.value);
  if (def->kind == DefKind::kValue)
    return def->cases.empty() || !def->value.IsNull() ? PaintOf(&def->value) : fallback;
  const Scale* scale = c.scales.Find(channel);
  const int column = def->IsField() ? c.data.main.Find(ColumnKey(*def)) : -1;
  const Json& value = column >= 0 ? c.data.main.At(column, row) : def->value;
  if (scale == nullptr) return PaintOf(&value);
  if (!scale->HasColors()) return fallback;
  const bool shown = c.view.invalid[static_cast<std::size_t>(channel)] == Invalid::kShow;
  if (!shown || IsValidNumber(value)) return scale->MapPaint(value);
  const Json* given = InvalidValue(c, channel);
  return given != nullptr ? PaintOf(given) : scale->MapPaint(ZeroOrLeast(*scale));
}

std::vector<double> ChannelDash(const MarkContext& c, const ChannelDef& def, std::size_t row,
                                const std::vector<double>& fallback) {
  const CaseChoice choice = ChooseCase(c, def, row);
  if (choice.kind == CaseChoice::Kind::kNothing) return fallback;
  const Json* given = choice.kind == CaseChoice::Kind::kValue ? choice.value
                      : def.kind == DefKind::kValue           ? &def.value
                                                              : nullptr;
  if (given != nullptr) return given->IsArray() ? DashOf(given) : fallback;
  const Scale* scale = c.scales.Find(Channel::kStrokeDash);
  const int column = def.IsField() ? c.data.main.Find(ColumnKey(def)) : -1;
  if (scale == nullptr) return fallback;
  return VisibleDash(scale->MapDash(column >= 0 ? c.data.main.At(column, row) : def.value));
}

StrokeJoin JoinOf(const std::string& name) {
  if (name == "round") return StrokeJoin::kRound;
  return name == "bevel" ? StrokeJoin::kBevel : StrokeJoin::kMiter;
}

// The colour "fill" or "stroke" (`own`) of a mark; `colored` where "color" means it too. The styles
// are asked for their "color" before the config of the kind, and for `own` only when nothing else
// paints, since Vega-Lite encodes what it finds and Vega applies styles below that.
const Json* FirstPaint(const MarkContext& c, const char* own, bool colored) {
  const MarkDef& mark = c.view.unit.mark;
  std::vector<const Json*> styles = StyleChain(mark.properties.Find("style"), c.config);
  styles.push_back(&Section(Section(c.config, "style"), MarkName(mark.kind)));
  const auto first = [&](const Json& object) {
    const Json* paint = object.Find(own);
    return paint == nullptr && colored ? object.Find("color") : paint;
  };
  if (const Json* paint = first(mark.properties)) return paint;
  if (const Json* paint = colored ? Lookup(styles).Find("color") : nullptr) return paint;
  if (const Json* paint = first(Section(c.config, MarkName(mark.kind)))) return paint;
  if (const Json* paint = first(Section(c.config, "mark"))) return paint;
  return Lookup(styles).Find(own);
}

}  // namespace

Paint PaintOf(const std::string& color) {
  Paint paint;
  const auto parsed = ParseColor(color);
  if (parsed && parsed->alpha > 0) paint.color = parsed;
  paint.name = ColorName(color);
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
  return VisibleDash(std::move(dash));
}

std::vector<double> VisibleDash(std::vector<double> dash) {
  bool gaps = false;
  for (std::size_t i = 1; i < dash.size(); i += 2) gaps |= dash[i] > 0;
  const bool odd = dash.size() % 2 == 1 && dash.front() > 0;
  return gaps || odd ? dash : std::vector<double>();
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

namespace {

// Which case of a channel holds in each row; -1: none.
Result<std::vector<int>> ChosenCases(const MarkContext& context, const ChannelDef& def,
                                     const Context& host, ExpressionBudget* budget) {
  std::vector<int> chosen(context.data.main.row_count, -1);
  for (std::size_t row = 0; row < chosen.size(); ++row) {
    if (row % Context::kPollInterval == 0) host.Poll();
    const RowScope scope(context.data, row, context.params, context.locale);
    for (std::size_t i = 0; i < def.cases.size() && chosen[row] < 0; ++i) {
      LOUPE_ASSIGN_OR_RETURN(const bool holds, def.cases[i].predicate.Test(scope, host, budget));
      if (holds) chosen[row] = static_cast<int>(i);
    }
  }
  return chosen;
}

}  // namespace

Result<CaseTable> EvaluateCases(const MarkContext& context, const Context& host) {
  CaseTable table;
  ExpressionBudget budget;
  for (const auto& defs : context.view.unit.encoding.channels) {
    for (const ChannelDef& def : defs) {
      if (def.cases.empty()) continue;
      LOUPE_ASSIGN_OR_RETURN(table.chosen[&def], ChosenCases(context, def, host, &budget));
    }
  }
  return table;
}

CaseChoice ChooseCase(const MarkContext& context, const ChannelDef& def, std::size_t row) {
  if (def.cases.empty() || context.cases == nullptr) return {};
  const auto found = context.cases->chosen.find(&def);
  const int chosen = found == context.cases->chosen.end() ? -1 : found->second[row];
  if (chosen >= 0) {
    const ChannelCase& entry = def.cases[static_cast<std::size_t>(chosen)];
    if (entry.by_field) return {};
    return {CaseChoice::Kind::kValue, &entry.value};
  }
  const bool field_is_case = std::any_of(def.cases.begin(), def.cases.end(),
                                         [](const ChannelCase& entry) { return entry.by_field; });
  if (!field_is_case) return {};
  if (def.otherwise) return {CaseChoice::Kind::kValue, &*def.otherwise};
  return {CaseChoice::Kind::kNothing, nullptr};
}

double ChannelNumber(const MarkContext& context, Channel channel, std::size_t row,
                     double fallback) {
  const ChannelDef* def = context.view.unit.encoding.Find(channel);
  if (def == nullptr) return fallback;
  const CaseChoice choice = ChooseCase(context, *def, row);
  if (choice.kind == CaseChoice::Kind::kNothing) return fallback;
  const Json* given = choice.kind == CaseChoice::Kind::kValue ? choice.value
                      : def->kind == DefKind::kValue          ? &def->value
                                                              : nullptr;
  if (given != nullptr) return given->IsNumber() ? given->AsDouble() : fallback;
  const Scale* scale = context.scales.Find(channel);
  const int column = def->IsField() ? context.data.main.Find(ColumnKey(*def)) : -1;
  const Json& value = column >= 0 ? context.data.main.At(column, row) : def->value;
  const bool shown = context.view.invalid[static_cast<std::size_t>(channel)] == Invalid::kShow;
  if (shown && scale != nullptr && !IsValidNumber(value)) {
    const Json* as = InvalidValue(context, channel);
    return as != nullptr && as->IsNumber() ? as->AsDouble() : scale->Map(ZeroOrLeast(*scale));
  }
  const double number = scale != nullptr ? scale->Map(value) : NumberOf(value);
  return std::isfinite(number) ? number : fallback;
}

Item BaseItem(const MarkContext& context) {
  const Lookup mark = MarkLookup(context.view.unit.mark, context.config);
  const bool filled = context.view.filled;
  Item item;
  item.fill = PaintOf(FirstPaint(context, "fill", filled));
  item.stroke = PaintOf(FirstPaint(context, "stroke", !filled));
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
  item->angle = ChannelNumber(context, Channel::kAngle, row, item->angle);
  const ChannelDef* dash = context.view.unit.encoding.Find(Channel::kStrokeDash);
  if (dash != nullptr) item->stroke_dash = ChannelDash(context, *dash, row, item->stroke_dash);
}

}  // namespace loupe::chart
