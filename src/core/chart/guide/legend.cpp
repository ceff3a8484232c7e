#include "core/chart/guide/legend.hpp"

#include <algorithm>
#include <cmath>

#include "core/chart/config/config.hpp"
#include "core/chart/data/key.hpp"
#include "core/chart/guide/format.hpp"
#include "core/chart/limits.hpp"
#include "core/chart/mark/path.hpp"
#include "core/chart/mark/style.hpp"
#include "core/chart/parse/property.hpp"
#include "core/chart/scale/domain.hpp"
#include "core/chart/scale/ticks.hpp"

namespace loupe::chart {
namespace {

constexpr double kTickCount = 5;
constexpr double kLegendOffset = 18;
constexpr std::size_t kGradientStops = 20;

struct LegendPlan {
  std::vector<Channel> channels;  // that show the same field
  const ChannelDef* def = nullptr;
  const Scale* scale = nullptr;
  Lookup look{{}};
  bool gradient = false;
  bool vertical = true;
  std::vector<Json> values;
  std::vector<std::string> labels;
};

bool IsColor(Channel channel) {
  return channel == Channel::kColor || channel == Channel::kFill || channel == Channel::kStroke;
}

bool Shows(const LegendPlan& plan, Channel channel) {
  return std::find(plan.channels.begin(), plan.channels.end(), channel) != plan.channels.end();
}

FontSpec FontOf(const Lookup& look, const Json& config, const char* prefix, const char* style) {
  const Lookup base({&Section(Section(config, "style"), style)});
  const std::string name(prefix);
  FontSpec font;
  font.family = look.Text(name + "Font", base.Text("font", "sans-serif"));
  font.size = look.Number(name + "FontSize", base.Number("fontSize", 10));
  const Json* weight = look.Find(name + "FontWeight");
  font.weight = WeightOf(weight != nullptr ? weight : base.Find("fontWeight"));
  const std::string slant = look.Text(name + "FontStyle", base.Text("fontStyle", ""));
  font.style = slant == "italic" ? FontStyle::kItalic : FontStyle::kNormal;
  return font;
}

Paint TextPaint(const Lookup& look, const Json& config, const char* property, const char* style) {
  const Json* own = look.Find(property);
  return PaintOf(own != nullptr ? own : Section(Section(config, "style"), style).Find("fill"));
}

Mark PartMark(MarkType type, const char* role) {
  Mark mark;
  mark.type = type;
  mark.role = role;
  return mark;
}

std::vector<std::string> TitleLines(const MarkContext& c, const LegendPlan& plan) {
  if (const Json* own = plan.def->legend.Find("title")) return TextLines(*own);
  if (plan.def->title) return TextLines(*plan.def->title);
  if (!plan.def->IsField()) return {};
  return {FieldTitle(*plan.def, c.config)};
}

std::vector<Json> TicksOf(const LegendPlan& plan, double count) {
  const Scale& scale = *plan.scale;
  std::vector<double> ticks;
  const double start = scale.domain.front();
  const double stop = scale.domain.back();
  if (scale.type == ScaleType::kLog) {
    for (const double tick : LogTicks(start, stop, scale.base, count)) ticks.push_back(tick);
    const std::size_t all = ticks.size();
    const auto silent = [&](double t) { return !IsLabelledLogTick(t, scale.base, count, all); };
    ticks.erase(std::remove_if(ticks.begin(), ticks.end(), silent), ticks.end());
  } else if (scale.IsTime()) {
    ticks = TimeTicks(start, stop, ChooseTimeInterval(start, stop, count));
  } else {
    ticks = LinearTicks(start, stop, count);
  }
  std::vector<Json> values;
  for (const double tick : ticks) values.emplace_back(tick);
  return values;
}

double GradientLength(const MarkContext& c, const LegendPlan& plan) {
  const bool inside =
      plan.look.Text("orient", "right") != "top" && plan.look.Text("orient", "right") != "bottom";
  const Lookup config({&Section(c.config, "legend")});
  double length = 0;
  if (plan.vertical) {
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

std::string BinLabel(const ValueFormat& format, const std::vector<double>& bins, std::size_t i) {
  return format(Json(bins[i])) + " \xE2\x80\x93 " + format(Json(bins[i + 1]));
}

Status AddEntries(const MarkContext& c, LegendPlan* plan) {
  const Scale& scale = *plan->scale;
  double count = kTickCount;
  if (plan->gradient) count = std::max(2.0, 2 * std::floor(GradientLength(c, *plan) / 100));
  count = std::clamp(plan->look.Number("tickCount", count), 1.0, static_cast<double>(kMaxTicks));
  LOUPE_ASSIGN_OR_RETURN(const ValueFormat format,
                         GuideFormat(*plan->def, scale, plan->def->legend, count, c.config));
  const Json* given = plan->def->legend.Find("values");
  const bool bins = !scale.bins.empty() && !scale.IsDiscrete();
  if (given != nullptr && given->IsArray()) {
    const bool time = ReadingOf(*plan->def) == Reading::kTime;
    for (const Json& v : given->items())
      plan->values.push_back(time ? Json(DomainNumber(v, true)) : v);
  } else if (scale.IsDiscrete()) {
    plan->values = scale.values;
  } else if (bins) {
    for (std::size_t i = 0; i + 1 < scale.bins.size(); ++i)
      plan->values.emplace_back(scale.bins[i]);
  } else {
    plan->values = TicksOf(*plan, count);
    const bool ends =
        plan->gradient && plan->values.size() < 3 && scale.domain.front() != scale.domain.back();
    if (ends) plan->values = {Json(scale.domain.front()), Json(scale.domain.back())};
  }
  const bool sized = Shows(*plan, Channel::kSize) && given == nullptr && !plan->values.empty() &&
                     c.scales.Find(Channel::kSize)->Map(plan->values.front()) == 0;
  if (sized) plan->values.erase(plan->values.begin());
  for (std::size_t i = 0; i < plan->values.size(); ++i) {
    const bool range = bins && given == nullptr && i + 1 < scale.bins.size();
    plan->labels.push_back(range ? BinLabel(format, scale.bins, i) : format(plan->values[i]));
  }
  const auto limit = static_cast<std::size_t>(
      std::clamp(plan->look.Number("symbolLimit", 30), 0.0, static_cast<double>(kMaxTicks)));
  const bool too_many = !plan->gradient && limit > 0 && plan->values.size() > limit;
  if (too_many) {
    const std::size_t rest = plan->values.size() - (limit - 1);
    plan->values.resize(limit);
    plan->labels.resize(limit);
    plan->labels.back() = "\xE2\x80\xA6" + std::to_string(rest) + " entries";
  }
  return Status::Ok();
}

std::string SymbolType(const MarkContext& c, const LegendPlan& plan) {
  if (const Json* own = plan.look.Find("symbolType"); own != nullptr && own->IsString()) {
    return own->AsString();
  }
  const ChannelDef* shape = c.view.unit.encoding.Find(Channel::kShape);
  if (shape != nullptr && shape->kind == DefKind::kValue) return ValueText(shape->value);
  const Json* of_mark = c.view.unit.mark.properties.Find("shape");
  if (of_mark != nullptr && of_mark->IsString()) return of_mark->AsString();
  switch (c.view.mark()) {
    case MarkKind::kBar:
    case MarkKind::kRect:
    case MarkKind::kSquare:
      return "square";
    case MarkKind::kLine:
    case MarkKind::kRule:
      return "stroke";
    default:
      return "circle";
  }
}

// The symbol of one entry: the mark's own look, with what this legend shows scaled.
Result<Item> SymbolItem(const MarkContext& c, const LegendPlan& plan, const Json& value) {
  Item item;
  const Item base = BaseItem(c);
  const bool filled = c.view.filled;
  const Paint gray = PaintOf(plan.look.Find("symbolBaseStrokeColor"));
  item.stroke_width = plan.look.Number("symbolStrokeWidth", 1.5);
  bool colored = false;
  for (const Channel channel : plan.channels) {
    if (!IsColor(channel)) continue;
    Paint paint;
    const Color color = c.scales.Find(channel)->MapColor(value);
    if (color.alpha > 0) paint.color = color;
    const bool fills = channel == Channel::kFill || (channel == Channel::kColor && filled);
    (fills ? item.fill : item.stroke) = paint;
    colored = true;
  }
  const bool elsewhere = c.view.unit.encoding.FindField(Channel::kColor) != nullptr;
  if (!colored) {
    item.fill = filled ? base.fill : Paint();
    item.stroke = filled ? base.stroke : base.stroke;
    if (elsewhere && filled) item.fill = PaintOf(std::string("black"));
    if (elsewhere && !filled) item.stroke = gray;
  } else if (filled) {
    item.stroke = base.stroke;
  }
  const bool by_opacity = Shows(plan, Channel::kOpacity);
  item.opacity = by_opacity ? c.scales.Find(Channel::kOpacity)->Map(value)
                            : plan.look.Number("symbolOpacity", base.opacity);
  const ChannelDef* opacity = c.view.unit.encoding.Find(Channel::kOpacity);
  const bool constant = opacity != nullptr && opacity->kind == DefKind::kValue;
  if (constant) item.opacity = NumberOf(opacity->value);
  item.stroke_dash = base.stroke_dash;
  const bool by_size = Shows(plan, Channel::kSize);
  double size = plan.look.Number("symbolSize", 100);
  const bool rules = c.view.mark() == MarkKind::kLine || c.view.mark() == MarkKind::kRule;
  if (by_size && rules) item.stroke_width = c.scales.Find(Channel::kSize)->Map(value);
  if (by_size && !rules) size = c.scales.Find(Channel::kSize)->Map(value);
  const std::string shape = Shows(plan, Channel::kShape)
                                ? c.scales.Find(Channel::kShape)->MapName(value)
                                : SymbolType(c, plan);
  const auto path = SymbolPath(shape, size);
  if (!path) return NotDrawn("shape \"" + shape + "\"", plan.def->pointer);
  item.path = *path;
  item.width = std::ceil(std::sqrt(size) + item.stroke_width);  // read by EntryGroups
  return item;
}

Item LabelItem(const MarkContext& c, const LegendPlan& plan, const std::string& text) {
  Item item;
  item.text = {text};
  item.font = FontOf(plan.look, c.config, "label", "guide-label");
  item.fill = TextPaint(plan.look, c.config, "labelColor", "guide-label");
  item.fill_opacity = plan.look.Number("labelOpacity", 1);
  item.limit = plan.look.Number("labelLimit", 160);
  item.align = AlignOf(plan.look.Text("labelAlign", "left"));
  item.baseline = BaselineOf(plan.look.Text("labelBaseline", "middle"));
  return item;
}

// Sets entries into columns whose widths fit, rows as high as their highest entry.
void GridEntries(const LegendPlan& plan, const TextMeasure& measure, std::vector<Item>* entries) {
  const std::size_t count = entries->size();
  const double wanted = plan.look.Number("columns", plan.vertical ? 1 : 0);
  const std::size_t columns =
      wanted >= 1 ? std::min(count, static_cast<std::size_t>(wanted)) : count;
  if (columns == 0) return;
  const std::size_t rows = (count + columns - 1) / columns;
  const double row_padding = plan.look.Number("rowPadding", 2);
  const double column_padding = plan.look.Number("columnPadding", 10);
  std::vector<double> widths(columns);
  std::vector<double> heights(rows);
  std::vector<double> lead_x(columns);
  std::vector<double> lead_y(rows);
  std::vector<Bounds> boxes;
  for (std::size_t i = 0; i < count; ++i) {
    boxes.push_back(ItemBounds(MarkType::kGroup, (*entries)[i], measure));
    const std::size_t column = i % columns;
    const std::size_t row = i / columns;
    widths[column] = std::max(widths[column], std::ceil(boxes[i].x2));
    heights[row] = std::max(heights[row], std::ceil(boxes[i].y2));
    lead_x[column] = std::max(lead_x[column], boxes[i].x1 < 0 ? std::ceil(-boxes[i].x1) : 0);
    lead_y[row] = std::max(lead_y[row], boxes[i].y1 < 0 ? std::ceil(-boxes[i].y1) : 0);
  }
  for (std::size_t i = 0; i < count; ++i) {
    double x = 0;
    double y = 0;
    for (std::size_t k = 1; k <= i % columns; ++k) x += widths[k - 1] + column_padding + lead_x[k];
    for (std::size_t k = 1; k <= i / columns; ++k) y += heights[k - 1] + row_padding + lead_y[k];
    Item& entry = (*entries)[i];
    const double slack = columns > 1 ? heights[i / columns] - boxes[i].y2 : 0;
    entry.width = boxes[i].x2;
    entry.height = boxes[i].y2;
    entry.x = x;
    entry.y = y + std::max(0.0, slack / 2);
  }
}

Result<std::vector<Item>> EntryGroups(const MarkContext& c, const LegendPlan& plan,
                                      const TextMeasure& measure) {
  const double font_size = FontOf(plan.look, c.config, "label", "guide-label").size;
  std::vector<Item> symbols;
  double offset = 0;
  for (const Json& value : plan.values) {
    LOUPE_ASSIGN_OR_RETURN(Item symbol, SymbolItem(c, plan, value));
    symbol.width = std::max(symbol.width, font_size);
    offset = std::max(offset, symbol.width);
    symbols.push_back(std::move(symbol));
  }
  std::vector<Item> entries;
  for (std::size_t i = 0; i < symbols.size(); ++i) {
    const double size = symbols[i].width;
    const double across = plan.vertical || plan.look.Find("columns") != nullptr ? offset : size;
    Item& symbol = symbols[i];
    const double shift = plan.look.Number("symbolOffset", 0);
    symbol.width = 0;
    symbol.x = across / 2 + shift;
    symbol.y = size / 2;
    Item label = LabelItem(c, plan, plan.labels[i]);
    label.x = across + shift + plan.look.Number("labelOffset", 4);
    label.y = size / 2;
    Mark symbol_mark = PartMark(MarkType::kSymbol, "legend-symbol");
    symbol_mark.items.push_back(std::move(symbol));
    Mark label_mark = PartMark(MarkType::kText, "legend-label");
    label_mark.items.push_back(std::move(label));
    Item entry;
    entry.marks = {std::move(symbol_mark), std::move(label_mark)};
    entries.push_back(std::move(entry));
  }
  GridEntries(plan, measure, &entries);
  return entries;
}

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

std::vector<Mark> GradientMarks(const MarkContext& c, const LegendPlan& plan) {
  const double length = GradientLength(c, plan);
  const double thickness = plan.look.Number("gradientThickness", 16);
  Mark ramp = PartMark(MarkType::kRect, "legend-gradient");
  Item bar;
  bar.width = plan.vertical ? thickness : length;
  bar.height = plan.vertical ? length : thickness;
  bar.fill.gradient = GradientOf(plan);
  bar.stroke = PaintOf(plan.look.Find("gradientStrokeColor"));
  bar.stroke_width = plan.look.Number("gradientStrokeWidth", 0);
  bar.opacity = plan.look.Number("gradientOpacity", BaseItem(c).opacity);
  ramp.items.push_back(std::move(bar));
  Mark labels = PartMark(MarkType::kText, "legend-label");
  const double low = plan.scale->domain.front();
  const double high = plan.scale->domain.back();
  for (std::size_t i = 0; i < plan.values.size(); ++i) {
    Scale ends = *plan.scale;
    ends.domain = {low, high};
    const double part = low == high ? 0.5 : ends.Fraction(NumberOf(plan.values[i]));
    if (!(part >= 0 && part <= 1)) continue;
    Item label = LabelItem(c, plan, plan.labels[i]);
    const double away = thickness + plan.look.Number("gradientLabelOffset", 2);
    label.x = plan.vertical ? away : part * length;
    label.y = plan.vertical ? (1 - part) * length : away;
    label.align = TextAlign::kLeft;
    if (!plan.vertical && part > 0)
      label.align = part >= 1 ? TextAlign::kRight : TextAlign::kCenter;
    label.baseline = TextBaseline::kTop;
    if (plan.vertical) {
      label.baseline = part <= 0   ? TextBaseline::kBottom
                       : part >= 1 ? TextBaseline::kTop
                                   : TextBaseline::kMiddle;
    }
    label.limit = 0;
    labels.items.push_back(std::move(label));
  }
  return {std::move(ramp), std::move(labels)};
}

std::string Caption(const MarkContext& c, const LegendPlan& plan,
                    const std::vector<std::string>& title) {
  std::string text;
  for (const std::string& line : title) text += (text.empty() ? "" : ", ") + line;
  std::string list;
  const std::size_t count = plan.labels.size();
  const std::size_t shown = count > 7 ? 5 : count;
  for (std::size_t i = 0; i < shown; ++i) list += (i == 0 ? "" : ", ") + plan.labels[i];
  if (count > shown) list += ", ending with " + plan.labels.back();
  std::string what(ChannelName(plan.channels.front()));
  if (what == "color") what = c.view.filled ? "fill color" : "stroke color";
  const bool discrete = plan.scale->IsDiscrete();
  const std::string values =
      discrete     ? std::to_string(count) + (count == 1 ? " value: " : " values: ") + list
      : count == 0 ? std::string("no values")
                   : "values from " + plan.labels.front() + " to " + plan.labels.back();
  return std::string(plan.gradient ? "Gradient" : "Symbol") + " legend" +
         (text.empty() ? "" : " titled '" + text + "'") + " for " + what + " with " + values;
}

Result<LegendGroup> BuildLegend(const MarkContext& c, const LegendPlan& plan,
                                const TextMeasure& measure) {
  const double padding = plan.look.Number("padding", 0);
  Item entry;
  entry.x = padding;
  entry.y = padding;
  if (plan.gradient) {
    entry.marks = GradientMarks(c, plan);
  } else {
    Mark scope = PartMark(MarkType::kGroup, "scope");
    LOUPE_ASSIGN_OR_RETURN(scope.items, EntryGroups(c, plan, measure));
    entry.marks.push_back(std::move(scope));
  }
  Item legend;
  Bounds bounds;
  const std::vector<std::string> title = TitleLines(c, plan);
  Mark title_mark = PartMark(MarkType::kText, "legend-title");
  if (!title.empty() && !(title.size() == 1 && title[0].empty())) {
    Item text;
    text.text = title;
    text.x = padding;
    text.y = padding;
    text.font = FontOf(plan.look, c.config, "title", "guide-title");
    text.fill = TextPaint(plan.look, c.config, "titleColor", "guide-title");
    text.fill_opacity = plan.look.Number("titleOpacity", 1);
    text.limit = plan.look.Number("titleLimit", 180);
    text.line_height = plan.look.Number("titleLineHeight", 0);
    text.align = AlignOf(plan.look.Text("titleAlign", "left"));
    text.baseline = BaselineOf(plan.look.Text("titleBaseline", "top"));
    const Bounds box = ItemBounds(MarkType::kText, text, measure);
    entry.y += box.Height() + plan.look.Number("titlePadding", 5);
    bounds.Union(box);
    title_mark.items.push_back(std::move(text));
  }
  bounds.Union(ItemBounds(MarkType::kGroup, entry, measure));
  Mark entries = PartMark(MarkType::kGroup, "legend-entry");
  entries.items.push_back(std::move(entry));
  legend.marks.push_back(std::move(entries));
  if (!title_mark.items.empty()) legend.marks.push_back(std::move(title_mark));
  legend.width = 2 * padding + (bounds.IsEmpty() ? 0 : std::ceil(bounds.x2 - padding));
  legend.height = 2 * padding + (bounds.IsEmpty() ? 0 : std::ceil(bounds.y2 - padding));
  legend.fill = PaintOf(plan.look.Find("fillColor"));
  legend.stroke = PaintOf(plan.look.Find("strokeColor"));
  legend.stroke_width = plan.look.Number("strokeWidth", 1);
  legend.corner_radius.fill(plan.look.Number("cornerRadius", 0));
  LegendGroup group;
  group.orient = plan.look.Text("orient", "right");
  group.offset = plan.look.Number("offset", kLegendOffset);
  if (group.orient == "none") {
    legend.x = plan.look.Number("legendX", 0);
    legend.y = plan.look.Number("legendY", 0);
  }
  group.mark.role = "legend";
  group.mark.aria_role_description = "legend";
  group.mark.aria_label = plan.look.Text("description", Caption(c, plan, title));
  group.mark.items.push_back(std::move(legend));
  return group;
}

bool HasLegend(const MarkContext& c, Channel channel) {
  const ChannelDef* def = c.view.unit.encoding.Find(channel);
  if (def == nullptr || !def->IsFieldOrDatum() || !def->has_legend) return false;
  if (c.scales.Find(channel) == nullptr) return false;
  const bool disabled = Lookup({&Section(c.config, "legend")}).Flag("disable", false);
  return !disabled || def->legend_given;
}

}  // namespace

Result<std::vector<LegendGroup>> BuildLegends(const MarkContext& context,
                                              const TextMeasure& measure) {
  std::vector<LegendPlan> plans;
  for (const Channel channel :
       {Channel::kColor, Channel::kFill, Channel::kStroke, Channel::kShape, Channel::kSize,
        Channel::kOpacity, Channel::kFillOpacity, Channel::kStrokeOpacity, Channel::kStrokeWidth}) {
    if (!HasLegend(context, channel)) continue;
    const ChannelDef* def = context.view.unit.encoding.Find(channel);
    const Scale* scale = context.scales.Find(channel);
    const auto same = std::find_if(plans.begin(), plans.end(), [&](const LegendPlan& plan) {
      return ColumnKey(*plan.def) == ColumnKey(*def) &&
             plan.scale->IsDiscrete() == scale->IsDiscrete() && def->IsField();
    });
    if (same != plans.end()) {
      same->channels.push_back(channel);
      same->gradient = false;
      continue;
    }
    LegendPlan plan;
    plan.channels = {channel};
    plan.def = def;
    plan.scale = scale;
    plan.look = Lookup({&def->legend, &Section(context.config, "legend")});
    const bool ramp =
        IsColor(channel) && !scale->IsDiscrete() && scale->type != ScaleType::kBinOrdinal;
    plan.gradient = plan.look.Text("type", ramp ? "gradient" : "symbol") == "gradient" && ramp;
    plans.push_back(std::move(plan));
  }
  std::vector<LegendGroup> groups;
  for (LegendPlan& plan : plans) {
    const std::string orient = plan.look.Text("orient", "right");
    const bool across = orient == "top" || orient == "bottom" ||
                        (plan.gradient && orient.find('-') != std::string::npos);
    plan.vertical = plan.look.Text("direction", across ? "horizontal" : "vertical") == "vertical";
    LOUPE_RETURN_IF_ERROR(AddEntries(context, &plan));
    LOUPE_ASSIGN_OR_RETURN(LegendGroup group, BuildLegend(context, plan, measure));
    groups.push_back(std::move(group));
  }
  return groups;
}

}  // namespace loupe::chart
