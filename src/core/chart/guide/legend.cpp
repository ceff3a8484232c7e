#include "core/chart/guide/legend.hpp"

#include <algorithm>
#include <cmath>
#include <memory>

#include "core/chart/config/config.hpp"
#include "core/chart/data/key.hpp"
#include "core/chart/guide/format.hpp"
#include "core/chart/guide/label_text.hpp"
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
  std::vector<LegendRequest> parts;  // channels that show the same field
  std::shared_ptr<ChannelDef> def;   // of the first unit, with what the others give
  const Scale* scale = nullptr;
  Lookup look{{}};
  bool gradient = false;
  bool vertical = true;
  std::vector<Json> values;
  std::vector<std::string> labels;

  [[nodiscard]] const MarkContext& first() const { return *parts.front().units.front(); }
};

bool IsColor(Channel channel) {
  return channel == Channel::kColor || channel == Channel::kFill || channel == Channel::kStroke;
}

// The scale of a channel that the legend shows, or null.
const Scale* ShownScale(const LegendPlan& plan, Channel channel) {
  for (const LegendRequest& part : plan.parts) {
    if (part.channel == channel) return part.units.front()->scales.Find(channel);
  }
  return nullptr;
}

bool IsTrail(const LegendRequest& part) {
  return part.units.front()->view.mark() == MarkKind::kTrail;
}

bool Shows(const LegendPlan& plan, Channel channel) { return ShownScale(plan, channel) != nullptr; }

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

// The titles of all units, each once; those that are given outdo those of fields.
std::vector<std::string> TitleLines(const LegendPlan& plan) {
  std::vector<std::vector<std::string>> given;
  std::vector<std::vector<std::string>> named;
  const auto add = [](std::vector<std::string> lines, std::vector<std::vector<std::string>>* to) {
    if (std::find(to->begin(), to->end(), lines) == to->end()) to->push_back(std::move(lines));
  };
  for (const LegendRequest& part : plan.parts) {
    for (const MarkContext* unit : part.units) {
      const ChannelDef& def = *unit->view.unit.encoding.Find(part.channel);
      if (const Json* own = def.legend.Find("title")) {
        add(TextLines(*own), &given);
      } else if (def.title) {
        add(TextLines(*def.title), &given);
      } else if (def.IsField()) {
        add({FieldTitle(def, unit->config)}, &named);
      }
    }
  }
  const auto& kept = given.empty() ? named : given;
  if (kept.size() == 1) return kept.front();
  std::string joined;
  for (const std::vector<std::string>& lines : kept) {
    for (const std::string& line : lines) joined += (joined.empty() ? "" : ", ") + line;
  }
  return joined.empty() ? std::vector<std::string>() : std::vector<std::string>{joined};
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

// "< 10", "10 – 20", "≥ 20": class `i` of those that `thresholds` cut.
std::string ClassLabel(const ValueFormat& format, const std::vector<double>& thresholds,
                       std::size_t i) {
  if (thresholds.empty()) return "";
  if (i == 0) return "< " + format(Json(thresholds.front()));
  if (i >= thresholds.size()) return "\xE2\x89\xA5 " + format(Json(thresholds.back()));
  return format(Json(thresholds[i - 1])) + " \xE2\x80\x93 " + format(Json(thresholds[i]));
}

// One entry a class: a value inside it stands for it.
void AddClasses(const ValueFormat& format, LegendPlan* plan) {
  const std::vector<double>& thresholds = plan->scale->thresholds;
  for (std::size_t i = 0; i <= thresholds.size(); ++i) {
    const double inside = i > 0                ? thresholds[i - 1]
                          : thresholds.empty() ? 0
                                               : std::nextafter(thresholds[0], -1e300);
    plan->values.emplace_back(inside);
    plan->labels.push_back(ClassLabel(format, thresholds, i));
  }
}

Status SetLabelTexts(const MarkContext& c, const Context& host, LegendPlan* plan) {
  const Json* text = plan->look.Find("labelExpr");
  if (text == nullptr || !text->IsString()) return Status::Ok();
  const std::string pointer = JsonPointer(plan->def->pointer, "legend") + "/labelExpr";
  LOUPE_ASSIGN_OR_RETURN(const LabelText label,
                         LabelText::Parse(text->AsString(), pointer, c.params));
  for (std::size_t i = 0; i < plan->labels.size(); ++i) {
    const double part = plan->labels.size() > 1
                            ? static_cast<double>(i) / static_cast<double>(plan->labels.size() - 1)
                            : 0;
    LOUPE_ASSIGN_OR_RETURN(plan->labels[i], label.Of(plan->values[i], plan->labels[i], part, host));
  }
  return Status::Ok();
}

Status AddEntries(const MarkContext& c, const Context& host, LegendPlan* plan) {
  const Scale& scale = *plan->scale;
  double count = kTickCount;
  if (plan->gradient) count = std::max(2.0, 2 * std::floor(GradientLength(c, *plan) / 100));
  count = std::clamp(plan->look.Number("tickCount", count), 1.0, static_cast<double>(kMaxTicks));
  LOUPE_ASSIGN_OR_RETURN(const ValueFormat format,
                         GuideFormat(*plan->def, scale, plan->def->legend, count, c.config));
  const Json* given = plan->def->legend.Find("values");
  const bool bins = !scale.bins.empty() && !scale.IsDiscrete();
  if (scale.IsDiscretizing() && scale.type != ScaleType::kBinOrdinal && given == nullptr) {
    AddClasses(format, plan);
    return SetLabelTexts(c, host, plan);
  }
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
                     ShownScale(*plan, Channel::kSize)->Map(plan->values.front()) == 0;
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
  return SetLabelTexts(c, host, plan);
}

std::string SymbolOfUnit(const MarkContext& c) {
  const ChannelDef* shape = c.view.unit.encoding.Find(Channel::kShape);
  if (shape != nullptr && shape->kind == DefKind::kValue && shape->value.IsString()) {
    return ValueText(shape->value);
  }
  const Json* of_mark = MarkLookup(c.view.unit.mark, c.config).Find("shape");
  if (of_mark != nullptr && of_mark->IsString()) return of_mark->AsString();
  switch (c.view.mark()) {
    case MarkKind::kBar:
    case MarkKind::kRect:
    case MarkKind::kSquare:
      return "square";
    case MarkKind::kLine:
    case MarkKind::kTrail:
    case MarkKind::kRule:
      return "stroke";
    default:
      return "circle";
  }
}

std::string SymbolType(const LegendPlan& plan) {
  if (const Json* own = plan.look.Find("symbolType"); own != nullptr && own->IsString()) {
    return own->AsString();
  }
  std::string symbol;
  for (const LegendRequest& part : plan.parts) {
    for (const MarkContext* unit : part.units) {
      const std::string own = SymbolOfUnit(*unit);
      if (symbol.empty() || own == "circle") symbol = own;
    }
  }
  return symbol;
}

// The symbol of one entry: the mark's own look, with what this legend shows scaled.
Result<Item> SymbolItem(const MarkContext& c, const LegendPlan& plan, const Json& value) {
  Item item;
  const Item base = BaseItem(c);
  const bool filled = c.view.filled;
  const Paint gray = PaintOf(plan.look.Find("symbolBaseStrokeColor"));
  item.stroke_width = plan.look.Number("symbolStrokeWidth", 1.5);
  bool colored = false;
  for (const LegendRequest& part : plan.parts) {
    const Channel channel = part.channel;
    if (!IsColor(channel)) continue;
    const Paint paint = ShownScale(plan, channel)->MapPaint(value);
    for (const MarkContext* unit : part.units) {
      const bool fills = channel == Channel::kFill ||
                         (channel == Channel::kColor && unit->view.filled && !IsTrail(part));
      (fills ? item.fill : item.stroke) = paint;
    }
    colored = true;
  }
  const bool elsewhere = c.view.unit.encoding.FindField(Channel::kColor) != nullptr;
  if (!colored) {
    item.fill = filled ? base.fill : Paint();
    item.stroke = filled ? base.stroke : base.stroke;
    if (elsewhere && filled) item.fill = PaintOf(std::string("black"));
    if (elsewhere && !filled) item.stroke = gray;
  } else if (filled && item.stroke.IsNone()) {
    item.stroke = base.stroke;
  }
  const bool by_opacity = Shows(plan, Channel::kOpacity);
  item.opacity = by_opacity ? ShownScale(plan, Channel::kOpacity)->Map(value)
                            : plan.look.Number("symbolOpacity", base.opacity);
  const ChannelDef* opacity = c.view.unit.encoding.Find(Channel::kOpacity);
  const bool constant =
      opacity != nullptr && opacity->kind == DefKind::kValue && opacity->value.IsNumber();
  if (constant) item.opacity = NumberOf(opacity->value);
  item.stroke_dash = base.stroke_dash;
  const bool by_size = Shows(plan, Channel::kSize);
  double size = plan.look.Number("symbolSize", 100);
  const bool rules = c.view.mark() == MarkKind::kLine || c.view.mark() == MarkKind::kRule ||
                     c.view.mark() == MarkKind::kTrail;
  if (by_size && rules) item.stroke_width = ShownScale(plan, Channel::kSize)->Map(value);
  if (by_size && !rules) size = ShownScale(plan, Channel::kSize)->Map(value);
  if (const Scale* widths = ShownScale(plan, Channel::kStrokeWidth)) {
    item.stroke_width = widths->Map(value);
  }
  if (const Scale* dashes = ShownScale(plan, Channel::kStrokeDash)) {
    item.stroke_dash = VisibleDash(dashes->MapDash(value));
  }
  if (const Scale* angles = ShownScale(plan, Channel::kAngle)) item.angle = angles->Map(value);
  const std::string shape = Shows(plan, Channel::kShape)
                                ? ShownScale(plan, Channel::kShape)->MapName(value)
                                : SymbolType(plan);
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
  std::string what(ChannelName(plan.parts.front().channel));
  if (what == "color") what = c.view.filled ? "fill color" : "stroke color";
  const bool discrete = plan.scale->IsDiscrete();
  const std::string values =
      discrete     ? std::to_string(count) + (count == 1 ? " value: " : " values: ") + list
      : count == 0 ? std::string("no values")
                   : "values from " + plan.labels.front() + " to " + plan.labels.back();
  return std::string(plan.gradient ? "Gradient" : "Symbol") + " legend" +
         (text.empty() ? "" : " titled '" + text + "'") + " for " + what + " with " + values;
}

double AnchorPart(const std::string& anchor) {
  return anchor == "end" ? 1 : anchor == "middle" ? 0.5 : 0;
}

// Sets the title beside or above the entries; both lie at the padding before.
void PlaceTitle(const LegendPlan& plan, double padding, const TextMeasure& measure, Item* entry,
                Item* title) {
  const Bounds box = ItemBounds(MarkType::kText, *title, measure);
  const double gap = plan.look.Number("titlePadding", 5);
  const std::string orient = plan.look.Text("titleOrient", "top");
  const double part = AnchorPart(plan.look.Text("titleAnchor", "start"));
  const Bounds entries = ItemBounds(MarkType::kGroup, *entry, measure);
  const auto middle = [&](double room) { return std::floor(part * room + 0.5); };
  if (orient == "left") {
    entry->x += std::ceil(box.Width()) + gap;
    title->y = padding + middle(entries.y2 - padding);
  } else if (orient == "right") {
    title->x = padding + std::floor(entries.x2 - padding + 0.5) + gap;
    title->y = padding + middle(entries.y2 - padding);
  } else if (orient == "bottom") {
    title->x = padding + middle(entries.x2 - padding);
    title->y = padding + std::floor(entries.y2 - padding + 0.5) + gap;
  } else {
    entry->y += box.Height() + gap;
    title->x = padding + middle(entries.x2 - padding);
  }
}

std::string TitleAlign(const LegendPlan& plan) {
  const std::string orient = plan.look.Text("titleOrient", "top");
  const std::string anchor = plan.look.Text("titleAnchor", "start");
  const bool beside = orient == "left" || orient == "right";
  if (beside) return "left";
  return anchor == "end" ? "right" : anchor == "middle" ? "center" : "left";
}

std::string TitleBaseline(const LegendPlan& plan) {
  const std::string orient = plan.look.Text("titleOrient", "top");
  const std::string anchor = plan.look.Text("titleAnchor", "start");
  const bool beside = orient == "left" || orient == "right";
  if (!beside) return "top";
  return anchor == "end" ? "bottom" : anchor == "middle" ? "middle" : "top";
}

Result<LegendGroup> BuildLegend(const LegendPlan& plan, const TextMeasure& measure) {
  const MarkContext& c = plan.first();
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
  const std::vector<std::string> title = TitleLines(plan);
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
    text.align = AlignOf(plan.look.Text("titleAlign", TitleAlign(plan)));
    text.baseline = BaselineOf(plan.look.Text("titleBaseline", TitleBaseline(plan)));
    PlaceTitle(plan, padding, measure, &entry, &text);
    bounds.Union(ItemBounds(MarkType::kText, text, measure));
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

// The first unit's definition with the legend properties of all; nothing where it is left out.
std::shared_ptr<ChannelDef> MergedDef(const LegendRequest& request) {
  const MarkContext& first = *request.units.front();
  auto def = std::make_shared<ChannelDef>(*first.view.unit.encoding.Find(request.channel));
  std::optional<bool> shown;
  for (const MarkContext* unit : request.units) {
    const ChannelDef& own = *unit->view.unit.encoding.Find(request.channel);
    if (own.legend_given && !shown) shown = own.has_legend;
    for (const Json::Member& member : own.legend.members()) {
      if (def->legend.Find(member.name) == nullptr) def->legend.Set(member.name, member.value);
    }
  }
  const bool disabled = Lookup({&Section(first.config, "legend")}).Flag("disable", false);
  return shown.value_or(!disabled) ? def : nullptr;
}

bool ShowsSameField(const LegendPlan& plan, const ChannelDef& def, const Scale& scale) {
  return def.IsField() && plan.def->IsField() && ColumnKey(*plan.def) == ColumnKey(def) &&
         plan.scale->IsDiscrete() == scale.IsDiscrete();
}

void AddPlan(const LegendRequest& request, std::vector<LegendPlan>* plans) {
  const std::shared_ptr<ChannelDef> def = MergedDef(request);
  if (def == nullptr) return;
  const MarkContext& c = *request.units.front();
  const Scale* scale = c.scales.Find(request.channel);
  const auto same = std::find_if(plans->begin(), plans->end(), [&](const LegendPlan& plan) {
    return ShowsSameField(plan, *def, *scale);
  });
  if (same != plans->end()) {
    same->parts.push_back(request);
    same->gradient = false;
    for (const Json::Member& member : def->legend.members()) {
      if (same->def->legend.Find(member.name) == nullptr) {
        same->def->legend.Set(member.name, member.value);
      }
    }
    return;
  }
  LegendPlan plan;
  plan.parts = {request};
  plan.def = def;
  plan.scale = scale;
  plan.look = Lookup({&def->legend, &Section(c.config, "legend")});
  const bool ramp = IsColor(request.channel) && scale->IsContinuous();
  const bool named_unit = def->time_unit && (def->time_unit->Is(TimePart::kQuarter) ||
                                             def->time_unit->Is(TimePart::kMonth) ||
                                             def->time_unit->Is(TimePart::kDay));
  const std::string type = plan.look.Text("type", ramp && !named_unit ? "gradient" : "symbol");
  plan.gradient = type == "gradient" && ramp;
  plans->push_back(std::move(plan));
}

}  // namespace

Result<std::vector<LegendGroup>> BuildLegends(const std::vector<LegendRequest>& requests,
                                              const TextMeasure& measure, const Context& host) {
  std::vector<LegendPlan> plans;
  for (const LegendRequest& request : requests) AddPlan(request, &plans);
  std::vector<LegendGroup> groups;
  for (LegendPlan& plan : plans) {
    const std::string orient = plan.look.Text("orient", "right");
    const bool across = orient == "top" || orient == "bottom" ||
                        (plan.gradient && orient.find('-') != std::string::npos);
    plan.vertical = plan.look.Text("direction", across ? "horizontal" : "vertical") == "vertical";
    LOUPE_RETURN_IF_ERROR(AddEntries(plan.first(), host, &plan));
    LOUPE_ASSIGN_OR_RETURN(LegendGroup group, BuildLegend(plan, measure));
    groups.push_back(std::move(group));
  }
  return groups;
}

}  // namespace loupe::chart
