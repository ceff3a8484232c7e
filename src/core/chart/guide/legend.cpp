#include "core/chart/guide/legend.hpp"

#include <algorithm>
#include <cmath>

#include "core/chart/config/config.hpp"
#include "core/chart/data/key.hpp"
#include "core/chart/guide/format.hpp"
#include "core/chart/guide/label_text.hpp"
#include "core/chart/guide/legend_gradient.hpp"
#include "core/chart/guide/legend_plan.hpp"
#include "core/chart/guide/parts.hpp"
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

bool IsColor(Channel channel) {
  return channel == Channel::kColor || channel == Channel::kFill || channel == Channel::kStroke;
}

bool IsTrail(const LegendRequest& part) {
  return part.units.front()->view.mark() == MarkKind::kTrail;
}

bool Shows(const LegendPlan& plan, Channel channel) { return ShownScale(plan, channel) != nullptr; }

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

// What cuts the classes apart.
void SetBoundaries(const ValueFormat& format, LegendPlan* plan) {
  const Scale& scale = *plan->scale;
  for (const double bound : scale.thresholds) plan->boundaries.push_back(format(Json(bound)));
  if (scale.type != ScaleType::kBinOrdinal) return;
  for (std::size_t i = 1; i + 1 < scale.bins.size(); ++i) {
    plan->boundaries.push_back(format(Json(scale.bins[i])));
  }
}

// One step a class, labelled by its lower boundary; the first begins where the scale does.
void AddSteps(const ValueFormat& format, LegendPlan* plan) {
  const std::vector<double>& bins = plan->scale->bins;
  const Json* given = plan->def->legend.Find("values");
  if (given != nullptr && given->IsArray()) {
    plan->values = given->items();
  } else if (bins.empty()) {
    AddClasses(format, plan);
  } else {
    for (std::size_t i = 0; i + 1 < bins.size(); ++i) plan->values.emplace_back(bins[i]);
  }
  plan->labels.assign(plan->values.size(), "");
  for (std::size_t i = 1; i < plan->values.size(); ++i) plan->labels[i] = format(plan->values[i]);
}

Status SetLabelTexts(const MarkContext& c, const Context& host, LegendPlan* plan) {
  const Json* text = plan->look.Find("labelExpr");
  if (text == nullptr || !text->IsString()) return Status::Ok();
  const std::string pointer = JsonPointer(plan->def->pointer, "legend") + "/labelExpr";
  LOUPE_ASSIGN_OR_RETURN(const LabelText label,
                         LabelText::Parse(text->AsString(), pointer, c.params, c.locale));
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
  if (plan->kind == LegendKind::kGradient) {
    count = std::max(2.0, 2 * std::floor(GradientLength(*plan) / 100));
  }
  count = std::clamp(plan->look.Number("tickCount", count), 1.0, static_cast<double>(kMaxTicks));
  LOUPE_ASSIGN_OR_RETURN(ValueFormat format, GuideFormat(*plan->def, scale, plan->def->legend,
                                                         count, c.config, c.locale));
  format = WithBinEnds(*plan->def, scale, c.data.bins, std::move(format));
  SetBoundaries(format, plan);
  const Json* given = plan->def->legend.Find("values");
  const bool bins = !scale.bins.empty() && !scale.IsDiscrete();
  if (plan->kind == LegendKind::kDiscrete) {
    AddSteps(format, plan);
    return SetLabelTexts(c, host, plan);
  }
  if (scale.IsDiscretizing() && !bins && given == nullptr) {
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
    const bool ends = plan->kind == LegendKind::kGradient && plan->values.size() < 3 &&
                      scale.domain.front() != scale.domain.back();
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
  const bool too_many =
      plan->kind == LegendKind::kSymbols && limit > 0 && plan->values.size() > limit;
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

bool Fills(const LegendRequest& request, const MarkContext& unit) {
  return request.channel == Channel::kFill ||
         (request.channel == Channel::kColor && unit.view.filled && !IsTrail(request));
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
      (Fills(part, *unit) ? item.fill : item.stroke) = paint;
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
  if (!path)
    return InvalidSpec("\"" + shape + "\" is neither a shape nor a path", plan.def->pointer);
  item.path = *path;
  item.width = std::ceil(std::sqrt(size) + item.stroke_width);  // read by EntryGroups
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
    Item label = LabelItem(plan, plan.labels[i]);
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

// Of the channels in one legend the first in Vega's order gives the values.
int Rank(const LegendRequest& request) {
  constexpr Channel kOrder[] = {Channel::kSize,       Channel::kShape,  Channel::kFill,
                                Channel::kColor,      Channel::kStroke, Channel::kStrokeWidth,
                                Channel::kStrokeDash, Channel::kOpacity};
  const auto* found = std::find(std::begin(kOrder), std::end(kOrder), request.channel);
  return static_cast<int>(found - std::begin(kOrder));
}

// "size, fill color and opacity"
std::string ChannelNames(const LegendPlan& plan) {
  std::vector<std::string> names;
  std::vector<const LegendRequest*> parts;
  for (const LegendRequest& part : plan.parts) parts.push_back(&part);
  std::stable_sort(parts.begin(), parts.end(), [](const LegendRequest* a, const LegendRequest* b) {
    return Rank(*a) < Rank(*b);
  });
  for (const LegendRequest* part : parts) {
    if (!IsColor(part->channel)) {
      names.emplace_back(ChannelName(part->channel));
      continue;
    }
    const auto fills = [&](const MarkContext* unit) { return Fills(*part, *unit); };
    const auto filled = std::count_if(part->units.begin(), part->units.end(), fills);
    if (filled > 0) names.emplace_back("fill color");
    if (filled < static_cast<std::ptrdiff_t>(part->units.size()))
      names.emplace_back("stroke color");
  }
  std::string text = names.front();
  for (std::size_t i = 1; i < names.size(); ++i) {
    text += (i + 1 < names.size() ? ", " : " and ") + names[i];
  }
  return text;
}

std::string ValuesCaption(const LegendPlan& plan) {
  const Scale& scale = *plan.scale;
  if (scale.IsDiscretizing()) {
    const std::vector<std::string>& bounds = plan.boundaries;
    std::string text =
        std::to_string(bounds.size()) + (bounds.size() == 1 ? " boundary: " : " boundaries: ");
    for (std::size_t i = 0; i < bounds.size(); ++i) text += (i == 0 ? "" : ", ") + bounds[i];
    return text;
  }
  const std::size_t count = plan.labels.size();
  if (!scale.IsDiscrete()) {
    if (count == 0) return "no values";
    return "values from " + plan.labels.front() + " to " + plan.labels.back();
  }
  std::string list;
  const std::size_t shown = count > 7 ? 5 : count;
  for (std::size_t i = 0; i < shown; ++i) list += (i == 0 ? "" : ", ") + plan.labels[i];
  if (count > shown) list += ", ending with " + plan.labels.back();
  return std::to_string(count) + (count == 1 ? " value: " : " values: ") + list;
}

std::string Caption(const LegendPlan& plan, const std::vector<std::string>& title) {
  std::string text;
  for (const std::string& line : title) text += (text.empty() ? "" : ", ") + line;
  constexpr const char* kKinds[] = {"Symbol", "Gradient", "Discrete"};
  return std::string(kKinds[static_cast<std::size_t>(plan.kind)]) + " legend" +
         (text.empty() ? "" : " titled '" + text + "'") + " for " + ChannelNames(plan) + " with " +
         ValuesCaption(plan);
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
  if (plan.kind != LegendKind::kSymbols) {
    entry.marks = GradientMarks(plan, measure);
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
  group.mark.aria_label = plan.look.Text("description", Caption(plan, title));
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

// Ramps show one scale of fills or of strokes, not both.
LegendKind KindOf(const LegendPlan& plan) {
  const LegendRequest& request = plan.parts.front();
  if (!IsColor(request.channel) || plan.scale->IsDiscrete()) return LegendKind::kSymbols;
  const auto fills = [&](const MarkContext* unit) { return Fills(request, *unit); };
  const auto filled = std::count_if(request.units.begin(), request.units.end(), fills);
  const bool mixed = filled > 0 && filled < static_cast<std::ptrdiff_t>(request.units.size());
  const std::optional<TimeUnitSpec>& unit = plan.def->time_unit;
  const bool names = unit && (unit->Is(TimePart::kQuarter) || unit->Is(TimePart::kMonth) ||
                              unit->Is(TimePart::kDay));
  const LegendKind ramp =
      plan.scale->IsDiscretizing() ? LegendKind::kDiscrete : LegendKind::kGradient;
  const std::string type = plan.look.Text("type", names || mixed ? "symbol" : "gradient");
  return type == "gradient" ? ramp : LegendKind::kSymbols;
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
    const bool leads =
        std::all_of(same->parts.begin(), same->parts.end(),
                    [&](const LegendRequest& part) { return Rank(request) < Rank(part); });
    if (leads) same->scale = scale;
    same->parts.push_back(request);
    same->kind = LegendKind::kSymbols;
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
  plan.kind = KindOf(plan);
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
    const bool across =
        orient == "top" || orient == "bottom" ||
        (plan.kind != LegendKind::kSymbols && orient.find('-') != std::string::npos);
    plan.vertical = plan.look.Text("direction", across ? "horizontal" : "vertical") == "vertical";
    LOUPE_RETURN_IF_ERROR(AddEntries(plan.first(), host, &plan));
    LOUPE_ASSIGN_OR_RETURN(LegendGroup group, BuildLegend(plan, measure));
    groups.push_back(std::move(group));
  }
  return groups;
}

}  // namespace loupe::chart
