#include "core/chart/guide/axis.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <map>
#include <memory>

#include "core/base/number_format.hpp"
#include "core/chart/config/config.hpp"
#include "core/chart/data/key.hpp"
#include "core/chart/guide/format.hpp"
#include "core/chart/guide/label_text.hpp"
#include "core/chart/guide/parts.hpp"
#include "core/chart/limits.hpp"
#include "core/chart/mark/style.hpp"
#include "core/chart/parse/property.hpp"
#include "core/chart/scale/domain.hpp"
#include "core/chart/scale/ticks.hpp"

namespace loupe::chart {
namespace {

constexpr double kTranslate = 0.5;  // rules of odd width are sharp on half pixels

enum class Side { kBottom, kTop, kLeft, kRight };

struct Tick {
  Json value;
  double position = 0;  // of the value, band offsets left out
  std::string label;
  std::map<std::string, Json> looks;  // what conditional properties say of this tick
};

struct AxisPlan {
  Channel channel = Channel::kX;
  Side side = Side::kBottom;
  Lookup look{{}};
  std::shared_ptr<ChannelDef> def;        // of the first unit, with what the others give
  std::vector<const MarkContext*> units;  // that share the axis
  const Scale* scale = nullptr;
  std::vector<Tick> ticks;
  double band = 0;  // pixels from a value's position to its tick
  double offset = 0;

  [[nodiscard]] bool IsX() const { return channel == Channel::kX; }
  [[nodiscard]] double Sign() const { return side == Side::kTop || side == Side::kLeft ? -1 : 1; }
};

double RoundHalfUp(double x) { return std::floor(x + 0.5); }

std::string SideSection(Side side) {
  constexpr const char* kNames[] = {"axisBottom", "axisTop", "axisLeft", "axisRight"};
  return kNames[static_cast<std::size_t>(side)];
}

Result<Side> SideOf(const ChannelDef& def, Channel channel, const Json& config) {
  const bool x = channel == Channel::kX;
  const Lookup look({&def.axis, &Section(config, x ? "axisX" : "axisY"), &Section(config, "axis")});
  const std::string name = look.Text("orient", x ? "bottom" : "left");
  if (channel == Channel::kX && (name == "bottom" || name == "top")) {
    return name == "top" ? Side::kTop : Side::kBottom;
  }
  if (channel == Channel::kY && (name == "left" || name == "right")) {
    return name == "right" ? Side::kRight : Side::kLeft;
  }
  return InvalidSpec(
      "an axis of \"" + std::string(ChannelName(channel)) + "\" cannot be on side \"" + name + "\"",
      JsonPointer(def.pointer, "axis") + "/orient");
}

Lookup AxisLookup(const ChannelDef& def, Channel channel, Side side, const Scale& scale,
                  const Json& config) {
  std::vector<const Json*> chain = {&def.axis};
  for (const Json* style : StyleChain(def.axis.Find("style"), config)) chain.push_back(style);
  std::vector<std::string> kinds;
  if (scale.type == ScaleType::kBand) kinds = {"Band", "Discrete"};
  if (scale.type == ScaleType::kPoint) kinds = {"Point", "Discrete"};
  if (scale.IsTime()) kinds = {"Temporal"};
  if (kinds.empty()) kinds = {"Quantitative"};
  const std::string axis = channel == Channel::kX ? "axisX" : "axisY";
  for (const std::string& kind : kinds) chain.push_back(&Section(config, axis + kind));
  for (const std::string& kind : kinds) chain.push_back(&Section(config, "axis" + kind));
  chain.push_back(&Section(config, SideSection(side)));
  chain.push_back(&Section(config, axis));
  chain.push_back(&Section(config, "axis"));
  return Lookup(std::move(chain));
}

// How many ticks an axis would like.
double WantedCount(const AxisPlan& plan, double length) {
  const Json* given = plan.look.Find("tickCount");
  if (given != nullptr && given->IsNumber()) {
    return std::clamp(given->AsDouble(), 0.0, static_cast<double>(kMaxTicks));
  }
  const ChannelDef& def = *plan.def;
  if (plan.scale->type == ScaleType::kLog) return 10;
  if (def.bin && !def.bin->binned) return std::ceil(length / 10);
  const bool few = def.time_unit &&
                   (def.time_unit->Is(TimePart::kMonth) || def.time_unit->Is(TimePart::kHours) ||
                    def.time_unit->Is(TimePart::kDay) || def.time_unit->Is(TimePart::kQuarter));
  return few ? 10 : std::ceil(length / 40);
}

double LimitCount(const AxisPlan& plan, double count) {
  const Scale& scale = *plan.scale;
  double step = plan.look.Number("tickMinStep", 0);
  if (step == 0 && plan.look.Text("format", "") == "d") step = 1;
  if (step == 0 && plan.def->time_unit) step = UnitDuration(*plan.def->time_unit).value_or(0);
  if (!scale.bins.empty()) count = std::max(count, static_cast<double>(scale.bins.size()));
  if (!(step > 0)) return count;
  const double low = std::min(scale.domain.front(), scale.domain.back());
  const double high = std::max(scale.domain.front(), scale.domain.back());
  const double most = (high - low) / step;
  count = std::min(count, std::floor(most != 0 ? most : 1) + 1);
  const bool linear = scale.bins.empty() && scale.type != ScaleType::kLog && !scale.IsTime();
  while (linear && low < high && count > 1 && TickStep(low, high, count) < step) --count;
  return count;
}

// Keeps the values within the range, in its direction, thinned to `count`.
std::vector<Json> ValidTicks(const Scale& scale, const std::vector<Json>& values, double count) {
  const double low = std::floor(std::min(scale.RangeStart(), scale.RangeEnd()));
  const double high = std::ceil(std::max(scale.RangeStart(), scale.RangeEnd()));
  std::vector<Json> kept;
  for (const Json& value : values) {
    const double at = scale.Map(value);
    if (at >= low && at <= high) kept.push_back(value);
  }
  if (!(count > 0) || kept.size() < 2) return kept;
  const Json first = kept.front();
  const Json last = kept.back();
  while (static_cast<double>(kept.size()) > count && kept.size() >= 3) {
    std::vector<Json> half;
    for (std::size_t i = 0; i < kept.size(); i += 2) half.push_back(kept[i]);
    kept = std::move(half);
  }
  if (kept.size() < 3) kept = {first, last};
  return kept;
}

std::vector<Json> ToJson(const std::vector<double>& numbers) {
  std::vector<Json> out;
  for (const double number : numbers) out.emplace_back(number);
  return out;
}

std::vector<Json> TickValues(const AxisPlan& plan, double count) {
  const Scale& scale = *plan.scale;
  const Json* given = plan.look.Find("values");
  if (given != nullptr && given->IsArray()) {
    std::vector<Json> values;
    for (const Json& value : given->items()) {
      const bool time = ReadingOf(*plan.def) == Reading::kTime;
      values.push_back(time ? Json(DomainNumber(value, true)) : value);
    }
    return ValidTicks(scale, values, static_cast<double>(values.size()));
  }
  if (scale.IsDiscrete()) return scale.values;
  if (!scale.bins.empty()) return ValidTicks(scale, ToJson(scale.bins), count);
  const double start = scale.domain.front();
  const double stop = scale.domain.back();
  if (scale.type == ScaleType::kLog) return ToJson(LogTicks(start, stop, scale.base, count));
  if (!scale.IsTime()) return ToJson(LinearTicks(start, stop, count));
  TimeInterval interval = ChooseTimeInterval(start, stop, count);
  const Json* named = plan.look.Find("tickCount");
  const Json* name = named != nullptr && named->IsObject() ? named->Find("interval") : named;
  if (name != nullptr && name->IsString()) {
    const double every = named->IsObject() ? Lookup({named}).Number("step", 1) : 1;
    const int step = static_cast<int>(std::clamp(every, 1.0, 1000.0));
    if (const auto parsed = ParseTimeInterval(name->AsString(), step)) interval = *parsed;
  }
  return ToJson(TimeTicks(start, stop, interval));
}

// The first of a property's conditions that holds for a label, or its own value.
Result<Json> ConditionalLook(const Json& property, const std::string& pointer,
                             const LabelValue& label, const Context& host) {
  const Json& conditions = *property.Find("condition");
  const Json list = conditions.IsArray() ? conditions : Json::FromArray({conditions});
  for (const Json& condition : list.items()) {
    const Json* test = condition.Find("test");
    if (test == nullptr) return InvalidSpec("a condition needs a \"test\"", pointer);
    LOUPE_ASSIGN_OR_RETURN(const Predicate predicate, Predicate::Parse(*test, pointer));
    LOUPE_ASSIGN_OR_RETURN(const bool holds, label.Test(predicate, host));
    const Json* value = condition.Find("value");
    if (holds) return value != nullptr ? *value : Json();
  }
  const Json* otherwise = property.Find("value");
  return otherwise != nullptr ? *otherwise : Json();
}

Status AddConditionalLooks(const MarkContext& c, const Context& host, AxisPlan* plan) {
  const std::string pointer = JsonPointer(plan->def->pointer, "axis");
  for (const Json::Member& member : plan->def->axis.members()) {
    if (member.value.Find("condition") == nullptr) continue;
    for (Tick& tick : plan->ticks) {
      const LabelValue label(tick.value, tick.label, 0, c.params, c.locale);
      LOUPE_ASSIGN_OR_RETURN(
          tick.looks[member.name],
          ConditionalLook(member.value, JsonPointer(pointer, member.name), label, host));
    }
  }
  return Status::Ok();
}

Status AddTicks(const MarkContext& c, const Context& host, AxisPlan* plan) {
  const double length = plan->IsX() ? c.scales.width : c.scales.height;
  double count = 10;
  if (!plan->scale->IsDiscrete()) count = LimitCount(*plan, WantedCount(*plan, length));
  LOUPE_ASSIGN_OR_RETURN(ValueFormat format, GuideFormat(*plan->def, *plan->scale, plan->def->axis,
                                                         count, c.config, c.locale));
  format = WithBinEnds(*plan->def, *plan->scale, c.data.bins, std::move(format));
  const std::vector<Json> values = TickValues(*plan, count);
  if (values.size() > kMaxTicks) {
    return Status(Code::kLimitExceeded,
                  "an axis has more than " + std::to_string(kMaxTicks) + " ticks")
        .At(plan->def->pointer);
  }
  const bool log = plan->scale->type == ScaleType::kLog && plan->look.Find("values") == nullptr &&
                   plan->scale->domain.front() > 0;
  for (const Json& value : values) {
    Tick tick{value, plan->scale->Map(value), format(value), {}};
    const bool silent =
        log && !IsLabelledLogTick(NumberOf(value), plan->scale->base, count, values.size());
    if (silent) tick.label.clear();
    if (std::isfinite(tick.position)) plan->ticks.push_back(std::move(tick));
  }
  LOUPE_RETURN_IF_ERROR(AddConditionalLooks(c, host, plan));
  const Json* text = plan->look.Find("labelExpr");
  if (text == nullptr || !text->IsString()) return Status::Ok();
  const std::string pointer = JsonPointer(plan->def->pointer, "axis") + "/labelExpr";
  LOUPE_ASSIGN_OR_RETURN(const LabelText label,
                         LabelText::Parse(text->AsString(), pointer, c.params, c.locale));
  for (std::size_t i = 0; i < plan->ticks.size(); ++i) {
    Tick& tick = plan->ticks[i];
    const double part = plan->ticks.size() > 1
                            ? static_cast<double>(i) / static_cast<double>(plan->ticks.size() - 1)
                            : 0;
    LOUPE_ASSIGN_OR_RETURN(tick.label, label.Of(tick.value, tick.label, part, host));
  }
  return Status::Ok();
}

// A property of one tick: conditional ones by its value, others as they are.
const Json* LookOf(const AxisPlan& plan, const Tick* tick, const std::string& name) {
  if (tick != nullptr) {
    const auto found = tick->looks.find(name);
    if (found != tick->looks.end()) return &found->second;
  }
  return plan.look.Find(name);
}

double LookNumber(const AxisPlan& plan, const Tick* tick, const std::string& name,
                  double fallback) {
  const Json* value = LookOf(plan, tick, name);
  return value != nullptr && value->IsNumber() ? value->AsDouble() : fallback;
}

Item RuleItem(const AxisPlan& plan, const char* part, const Tick* tick = nullptr) {
  const std::string name(part);
  Item item;
  item.stroke = PaintOf(LookOf(plan, tick, name + "Color"));
  item.stroke_width = LookNumber(plan, tick, name + "Width", 1);
  item.stroke_opacity = LookNumber(plan, tick, name + "Opacity", 1);
  item.stroke_cap = CapOf(plan.look.Text(name + "Cap", ""));
  item.stroke_dash = DashOf(LookOf(plan, tick, name + "Dash"));
  item.stroke_dash_offset = plan.look.Number(name + "DashOffset", 0);
  return item;
}

void SetRule(const AxisPlan& plan, double at, double from, double to, Item* item) {
  item->x = plan.IsX() ? at : from;
  item->y = plan.IsX() ? from : at;
  item->x2 = plan.IsX() ? at : to;
  item->y2 = plan.IsX() ? to : at;
}

double TickPosition(const AxisPlan& plan, const Tick& tick) {
  const double at = tick.position + plan.band + plan.offset;
  return plan.look.Flag("tickRound", true) ? RoundHalfUp(at) : at;
}

// Ticks of band axes that mark the bands' edges have one more at the first edge.
std::vector<double> RulePositions(const AxisPlan& plan) {
  std::vector<double> out;
  const bool extent =
      plan.scale->type == ScaleType::kBand && plan.look.Text("tickBand", "") == "extent";
  for (const Tick& tick : plan.ticks) {
    const double edge = extent ? plan.scale->bandwidth - plan.band - plan.offset : 0;
    const double at = extent ? RoundHalfUp(tick.position + plan.band + plan.offset + edge)
                             : TickPosition(plan, tick);
    out.push_back(at);
  }
  if (extent && !plan.ticks.empty()) out.push_back(RoundHalfUp(plan.ticks.front().position));
  return out;
}

const Tick* TickAt(const AxisPlan& plan, std::size_t i) {
  return i < plan.ticks.size() ? &plan.ticks[i] : nullptr;
}

Mark GridRules(const MarkContext& c, const AxisPlan& plan) {
  Mark mark = PartMark(MarkType::kRule, "axis-grid");
  const double length = plan.IsX() ? c.scales.height : c.scales.width;
  const Scale* across = c.scales.Find(plan.IsX() ? Channel::kY : Channel::kX);
  const bool scaled = across != nullptr && across->range.size() >= 2;
  const double from = scaled ? across->RangeStart() : 0;
  const double to = scaled ? across->RangeEnd() : length;
  // An axis group lies at its own side; the grid reaches back over the data rectangle.
  const double shift = plan.side == Side::kBottom || plan.side == Side::kRight ? -length : 0;
  const std::vector<double> positions = RulePositions(plan);
  for (std::size_t i = 0; i < positions.size(); ++i) {
    Item item = RuleItem(plan, "grid", TickAt(plan, i));
    SetRule(plan, positions[i], from + shift, to + shift, &item);
    mark.items.push_back(std::move(item));
  }
  return mark;
}

Mark TickRules(const AxisPlan& plan) {
  Mark mark = PartMark(MarkType::kRule, "axis-tick");
  const std::vector<double> positions = RulePositions(plan);
  for (std::size_t i = 0; i < positions.size(); ++i) {
    const Tick* tick = TickAt(plan, i);
    Item item = RuleItem(plan, "tick", tick);
    SetRule(plan, positions[i], 0, LookNumber(plan, tick, "tickSize", 5) * plan.Sign(), &item);
    mark.items.push_back(std::move(item));
  }
  return mark;
}

Mark DomainRule(const AxisPlan& plan) {
  Mark mark = PartMark(MarkType::kRule, "axis-domain");
  Item item = RuleItem(plan, "domain");
  const double from = plan.scale->RangeStart();
  const double to = plan.scale->RangeEnd();
  item.x = plan.IsX() ? from : 0;
  item.x2 = plan.IsX() ? to : 0;
  item.y = plan.IsX() ? 0 : from;
  item.y2 = plan.IsX() ? 0 : to;
  mark.items.push_back(std::move(item));
  return mark;
}

double LabelAngle(const AxisPlan& plan) {
  const Json* given = plan.look.Find("labelAngle");
  if (given != nullptr && given->IsNumber()) {
    const double angle = std::fmod(given->AsDouble(), 360);
    return angle < 0 ? angle + 360 : angle;
  }
  const bool names = plan.def->IsDiscrete() && !plan.def->time_unit;
  return plan.IsX() && names ? 270 : 0;
}

bool AngleGiven(const AxisPlan& plan) {
  return plan.look.Find("labelAngle") != nullptr || LabelAngle(plan) != 0;
}

std::string DefaultAlign(const AxisPlan& plan, double angle) {
  std::string flat = plan.IsX() ? "center" : plan.side == Side::kRight ? "left" : "right";
  if (!AngleGiven(plan)) return flat;
  const double start = plan.IsX() ? 0 : 90;
  if (std::fmod(angle + start, 180) == 0) return "center";
  const bool inside = start < angle && angle < 180 + start;
  const bool main = plan.side == Side::kBottom || plan.side == Side::kLeft;
  return inside == main ? "left" : "right";
}

std::string DefaultBaseline(const AxisPlan& plan, double angle) {
  const bool flat = angle <= 45 || angle >= 315;
  if (plan.IsX()) {
    const bool upright = (45 < angle && angle < 135) || (225 < angle && angle < 315);
    if (upright) return "middle";
    return flat == (plan.side == Side::kTop) ? "bottom" : "top";
  }
  if (flat || (135 <= angle && angle <= 225)) return "middle";
  return (45 <= angle && angle <= 135) == (plan.side == Side::kLeft) ? "top" : "bottom";
}

// Labels at the ends of a continuous axis turn inwards.
std::string FlushAlign(const AxisPlan& plan, double at, const std::string& align) {
  const Json* given = plan.look.Find("labelFlush");
  const bool continuous =
      plan.def->type == DataType::kQuantitative || plan.def->type == DataType::kTemporal;
  double threshold = plan.IsX() && continuous ? 1 : -1;
  if (given != nullptr && given->IsBool()) threshold = given->AsBool() ? 1 : -1;
  if (given != nullptr && given->IsNumber()) threshold = given->AsDouble();
  if (threshold < 0 || !plan.IsX() || align != "center") return align;
  const double low = std::fabs(at - std::min(plan.scale->RangeStart(), plan.scale->RangeEnd()));
  const double high = std::fabs(std::max(plan.scale->RangeStart(), plan.scale->RangeEnd()) - at);
  if (low < high && low <= threshold) return "left";
  return high <= threshold ? "right" : "center";
}

// Labels of names stay; those of log scales are many near one end.
void HideOverlaps(const AxisPlan& plan, const TextMeasure& measure, Mark* labels) {
  const Json* given = plan.look.Find("labelOverlap");
  const bool names = plan.def->IsDiscrete();
  bool on = !names || (plan.def->time_unit && plan.def->sort.kind == SortKind::kDefault);
  bool greedy = plan.scale->type == ScaleType::kLog || plan.scale->type == ScaleType::kSymlog;
  if (given != nullptr && given->IsBool()) on = given->AsBool();
  if (given != nullptr && given->IsString()) {
    on = true;
    greedy = given->AsString() == "greedy";
  }
  if (on) HideOverlaps(greedy, plan.look.Number("labelSeparation", 0), measure, labels);
}

// The tick that closes a row of bands has an empty label, which takes its place all the same.
void AddEmptyLabel(const AxisPlan& plan, Mark* labels) {
  const std::vector<double> positions = RulePositions(plan);
  if (labels->items.empty() || positions.size() == plan.ticks.size()) return;
  Item item = labels->items.front();
  (plan.IsX() ? item.x : item.y) = positions.back();
  item.text = {""};
  labels->items.push_back(std::move(item));
}

Mark Labels(const MarkContext& c, const AxisPlan& plan, const TextMeasure& measure) {
  Mark mark = PartMark(MarkType::kText, "axis-label");
  const double angle = LabelAngle(plan);
  const bool ticks = plan.look.Flag("ticks", true);
  const double middle = plan.scale->type == ScaleType::kBand ? plan.scale->bandwidth / 2 : 0;
  for (const Tick& tick : plan.ticks) {
    Item item;
    const double away = plan.Sign() * ((ticks ? LookNumber(plan, &tick, "tickSize", 5) : 0) +
                                       LookNumber(plan, &tick, "labelPadding", 2));
    const double at = tick.position + middle + plan.offset + plan.look.Number("labelOffset", 0);
    item.x = plan.IsX() ? at : away;
    item.y = plan.IsX() ? away : at;
    item.angle = angle;
    item.text = {tick.label};
    item.font = FontOf(plan.look, c.config, "label", "guide-label");
    item.fill = TextPaint(plan.look, c.config, "labelColor", "guide-label");
    if (tick.looks.count("labelColor") > 0) item.fill = PaintOf(&tick.looks.at("labelColor"));
    item.fill_opacity = LookNumber(plan, &tick, "labelOpacity", 1);
    item.limit = plan.look.Number("labelLimit", 180);
    item.line_height = plan.look.Number("labelLineHeight", 0);
    const std::string align = FlushAlign(plan, tick.position, DefaultAlign(plan, angle));
    item.align = AlignOf(plan.look.Text("labelAlign", align));
    item.baseline = BaselineOf(plan.look.Text("labelBaseline", DefaultBaseline(plan, angle)));
    mark.items.push_back(std::move(item));
  }
  AddEmptyLabel(plan, &mark);
  HideOverlaps(plan, measure, &mark);
  return mark;
}

// What one unit calls its axis: as it is given, or by its fields.
struct UnitTitle {
  bool given = false;
  std::vector<std::string> lines;
};

UnitTitle TitleOfUnit(const MarkContext& c, const AxisPlan& plan) {
  const ChannelDef& def = *c.view.unit.encoding.Find(plan.channel);
  if (const Json* own = def.axis.Find("title")) return {true, TextLines(*own)};
  const ChannelDef* second =
      c.view.unit.encoding.FindField(plan.IsX() ? Channel::kX2 : Channel::kY2);
  std::vector<std::string> titles;
  bool given = false;
  for (const ChannelDef* part : {&def, second}) {
    if (part == nullptr || !part->title) continue;
    given = true;
    const auto lines = TextLines(*part->title);
    titles.insert(titles.end(), lines.begin(), lines.end());
  }
  if (given) return {true, std::move(titles)};
  for (const ChannelDef* part : {&def, second}) {
    if (part == nullptr || !part->IsField()) continue;
    const std::string title = FieldTitle(*part, c.config);
    if (std::find(titles.begin(), titles.end(), title) == titles.end()) titles.push_back(title);
  }
  return {false, std::move(titles)};
}

// The titles of all units, each once; those that are given outdo those of fields.
std::vector<std::string> TitleLines(const AxisPlan& plan) {
  std::vector<UnitTitle> titles;
  bool given = false;
  for (const MarkContext* unit : plan.units) {
    titles.push_back(TitleOfUnit(*unit, plan));
    given |= titles.back().given;
  }
  if (!given && plan.look.Find("title") != nullptr) return TextLines(*plan.look.Find("title"));
  std::vector<std::vector<std::string>> kept;
  for (UnitTitle& title : titles) {
    if (title.given != given || title.lines.empty()) continue;
    if (std::find(kept.begin(), kept.end(), title.lines) == kept.end()) {
      kept.push_back(std::move(title.lines));
    }
  }
  if (kept.size() == 1 && given) return kept.front();
  std::vector<std::string> names;
  for (const std::vector<std::string>& lines : kept) {
    for (const std::string& line : lines) {
      if (std::find(names.begin(), names.end(), line) == names.end()) names.push_back(line);
    }
  }
  std::string joined;
  for (const std::string& name : names) joined += (joined.empty() ? "" : ", ") + name;
  return names.empty() ? names : std::vector<std::string>{joined};
}

Mark TitleMark(const MarkContext& c, const AxisPlan& plan, const std::vector<std::string>& lines,
               double extent) {
  Mark mark = PartMark(MarkType::kText, "axis-title");
  Item item;
  const std::string anchor = plan.look.Text("titleAnchor", "middle");
  const double part = anchor == "start" ? 0 : anchor == "end" ? 1 : 0.5;
  const double from = plan.scale->RangeStart();
  const double at = from + (plan.scale->RangeEnd() - from) * part;
  item.text = lines;
  item.font = FontOf(plan.look, c.config, "title", "guide-title");
  item.fill = TextPaint(plan.look, c.config, "titleColor", "guide-title");
  item.fill_opacity = plan.look.Number("titleOpacity", 1);
  item.limit = plan.look.Number("titleLimit", 0);
  item.line_height = plan.look.Number("titleLineHeight", 0);
  item.align = AlignOf(plan.look.Text("titleAlign", anchor == "start" ? "left"
                                                    : anchor == "end" ? "right"
                                                                      : "center"));
  const bool below = plan.side == Side::kBottom;
  item.baseline = BaselineOf(plan.look.Text("titleBaseline", below ? "top" : "bottom"));
  item.angle = plan.look.Number("titleAngle", plan.IsX() ? 0 : 90 * plan.Sign());
  const double lead = below ? 0 : static_cast<double>(lines.size() - 1) * LineHeight(item);
  const double away = plan.Sign() * (extent + lead + plan.look.Number("titlePadding", 4));
  item.x = plan.look.Number("titleX", plan.IsX() ? at : away);
  item.y = plan.look.Number("titleY", plan.IsX() ? away : at);
  mark.items.push_back(std::move(item));
  return mark;
}

std::string DomainCaption(const AxisPlan& plan) {
  const Locale& locale = plan.units.front()->locale;
  const Scale& scale = *plan.scale;
  if (scale.IsDiscrete()) {
    std::string list;
    const std::size_t count = scale.values.size();
    const std::size_t shown = count > 7 ? 5 : count;
    const bool unit = plan.def->time_unit.has_value();
    const auto text = [&](const Json& v) {
      return unit && v.IsNumber() ? TimeText(UnitFormat(*plan.def->time_unit), v.AsDouble(), locale)
                                  : ValueText(v);
    };
    for (std::size_t i = 0; i < shown; ++i) list += (i == 0 ? "" : ", ") + text(scale.values[i]);
    if (count > shown) list += ", ending with " + text(scale.values.back());
    return "discrete scale with " + std::to_string(count) +
           (count == 1 ? " value: " : " values: ") + list;
  }
  const auto text = [&](double v) {
    return scale.IsTime() ? TimeText("%A, %d %B %Y, %X", v, locale)
                          : FormatNumber(ParseNumberFormat(",").value(), v, locale.number);
  };
  return std::string(ScaleTypeName(scale.type)) + " scale with values from " +
         text(scale.domain.front()) + " to " + text(scale.domain.back());
}

struct Placement {
  double x = 0;
  double y = 0;
};

Placement PlaceOf(const MarkContext& c, const AxisPlan& plan) {
  const double offset = plan.look.Number("offset", 0);
  const double position = plan.look.Number("position", 0);
  switch (plan.side) {
    case Side::kBottom:
      return {position, c.scales.height + offset};
    case Side::kTop:
      return {position, -offset};
    case Side::kLeft:
      return {-offset, position};
    case Side::kRight:
      return {c.scales.width + offset, position};
  }
  return {};
}

AxisGroup Group(const AxisPlan& plan, const Placement& place, std::vector<Mark> marks) {
  AxisGroup group;
  group.mark.role = "axis";
  group.along_y = !plan.IsX();
  group.is_header = plan.side == Side::kTop || plan.side == Side::kLeft;
  Item item;
  const double translate = plan.look.Number("translate", kTranslate);
  item.x = place.x + translate;
  item.y = place.y + translate;
  item.marks = std::move(marks);
  group.mark.items.push_back(std::move(item));
  return group;
}

AxisGroup GridGroup(const MarkContext& c, const AxisPlan& plan) {
  const Placement place = PlaceOf(c, plan);
  AxisGroup group = Group(plan, place, {GridRules(c, plan)});
  group.mark.aria_hidden = true;
  group.is_grid = true;
  const double range = plan.IsX() ? c.scales.width : c.scales.height;
  group.bounds.Add(0, 0);
  group.bounds.Add(plan.IsX() ? range : 0, plan.IsX() ? 0 : range);
  group.bounds.Translate(place.x, place.y);
  return group;
}

// Space that ticks and labels take outwards, within the axis's extent limits.
double Extent(const AxisPlan& plan, const Bounds& bounds) {
  double out = 0;
  if (!bounds.IsEmpty()) {
    switch (plan.side) {
      case Side::kBottom:
        out = bounds.y2;
        break;
      case Side::kTop:
        out = -bounds.y1;
        break;
      case Side::kLeft:
        out = -bounds.x1;
        break;
      case Side::kRight:
        out = bounds.x2;
        break;
    }
  }
  return std::max(plan.look.Number("minExtent", 0),
                  std::min(plan.look.Number("maxExtent", 200), out));
}

Bounds VisibleBounds(const Mark& labels, const TextMeasure& measure) {
  Bounds bounds;
  for (const Item& item : labels.items) {
    if (item.opacity != 0) bounds.Union(ItemBounds(MarkType::kText, item, measure));
  }
  return bounds;
}

AxisGroup MainGroup(const MarkContext& c, const AxisPlan& plan, const TextMeasure& measure) {
  std::vector<Mark> marks;
  Bounds bounds;
  if (plan.look.Flag("ticks", true)) {
    marks.push_back(TickRules(plan));
    bounds.Union(MarkBounds(marks.back(), measure));
  }
  if (plan.look.Flag("labels", true)) {
    marks.push_back(Labels(c, plan, measure));
    bounds.Union(VisibleBounds(marks.back(), measure));
  }
  if (plan.look.Flag("domain", true)) marks.push_back(DomainRule(plan));
  const double extent = Extent(plan, bounds);
  const double range = std::fabs(plan.scale->RangeEnd() - plan.scale->RangeStart());
  const double out = plan.Sign() * extent;
  bounds.Add(0, 0);
  bounds.Add(plan.IsX() ? range : out, plan.IsX() ? out : range);
  const std::vector<std::string> title = TitleLines(plan);
  const bool titled = !title.empty() && !(title.size() == 1 && title[0].empty());
  if (titled) {
    marks.push_back(TitleMark(c, plan, title, extent));
    bounds.Union(MarkBounds(marks.back(), measure));
  }
  const Placement place = PlaceOf(c, plan);
  AxisGroup group = Group(plan, place, std::move(marks));
  group.bounds = bounds;
  group.bounds.Translate(place.x, place.y);
  std::string text;
  for (const std::string& line : title) text += (text.empty() ? "" : ", ") + line;
  group.mark.aria_role_description = "axis";
  group.mark.aria_label = std::string(plan.IsX() ? "X" : "Y") + "-axis" +
                          (titled ? " titled '" + text + "'" : "") + " for a " +
                          DomainCaption(plan);
  const Json* description = plan.def->axis.Find("description");
  if (description != nullptr) group.mark.aria_label = description->AsString();
  return group;
}

// Units that share an axis have one scale there.
std::vector<std::vector<const MarkContext*>> SharingUnits(const AxisRequest& request,
                                                          Channel channel) {
  std::vector<std::vector<const MarkContext*>> out;
  const bool shared = request.shared[channel == Channel::kX ? 0 : 1];
  for (const MarkContext& unit : request.units) {
    if (unit.scales.Find(channel) == nullptr) continue;
    const auto same = std::find_if(out.begin(), out.end(), [&](const auto& units) {
      return shared && units.front()->scales.Find(channel) == unit.scales.Find(channel);
    });
    if (same == out.end()) {
      out.push_back({&unit});
    } else {
      same->push_back(&unit);
    }
  }
  return out;
}

// The first unit's definition with the axis properties of all and, for formats and steps, a time
// unit that any of them has; nothing where the axis is left out.
std::shared_ptr<ChannelDef> MergedDef(const std::vector<const MarkContext*>& units,
                                      Channel channel) {
  auto def = std::make_shared<ChannelDef>(*units.front()->view.unit.encoding.Find(channel));
  std::optional<bool> shown;
  for (const MarkContext* unit : units) {
    const ChannelDef& own = *unit->view.unit.encoding.Find(channel);
    const bool given = !own.has_axis || !own.axis.members().empty();
    if (given && !shown) shown = own.has_axis;
    if (!def->time_unit && !def->bin) def->time_unit = own.time_unit;
    for (const Json::Member& member : own.axis.members()) {
      if (def->axis.Find(member.name) == nullptr) def->axis.Set(member.name, member.value);
    }
  }
  return shown.value_or(true) ? def : nullptr;
}

// Axes that share a side with another one move over while the other side has fewer.
struct SideCounts {
  std::array<int, 4> counts{};

  Side Choose(Side side, bool given) {
    constexpr Side kOpposite[] = {Side::kTop, Side::kBottom, Side::kRight, Side::kLeft};
    const Side other = kOpposite[static_cast<std::size_t>(side)];
    const bool fuller =
        counts[static_cast<std::size_t>(side)] > counts[static_cast<std::size_t>(other)];
    if (!given && fuller) side = other;
    ++counts[static_cast<std::size_t>(side)];
    return side;
  }
};

// Completes a plan whose channel, units, definition and side are known.
Status FillPlan(const Context& host, AxisPlan* plan) {
  const MarkContext& c = *plan->units.front();
  if (plan->scale->type == ScaleType::kBand) {
    plan->band = plan->scale->bandwidth * plan->look.Number("bandPosition", 0.5);
  }
  const bool extent =
      plan->scale->type == ScaleType::kBand && plan->look.Text("tickBand", "") == "extent";
  plan->offset = extent ? 0 : plan->look.Number("tickOffset", 0);
  return AddTicks(c, host, plan);
}

struct BuiltAxes {
  std::vector<AxisGroup> grids;
  std::vector<AxisGroup> axes;
};

void AddGroups(const AxisPlan& plan, bool may_grid, const TextMeasure& measure, BuiltAxes* out) {
  const MarkContext& c = *plan.units.front();
  const bool cells = c.view.mark() == MarkKind::kRect && plan.def->IsDiscrete();
  const double zindex = plan.look.Number("zindex", cells ? 1 : 0);
  const bool by_default = !plan.scale->IsDiscrete() && plan.def->IsField() && !plan.def->bin;
  const bool given = plan.def->axis.Find("grid") != nullptr;
  if (plan.look.Flag("grid", by_default) && (may_grid || given)) {
    out->grids.push_back(GridGroup(c, plan));
    out->grids.back().zindex = zindex;
  }
  out->axes.push_back(MainGroup(c, plan, measure));
  out->axes.back().zindex = zindex;
}

}  // namespace

Result<std::vector<AxisGroup>> BuildAxes(const AxisRequest& request, const TextMeasure& measure,
                                         const Context& host) {
  BuiltAxes built;
  for (const Channel channel : {Channel::kX, Channel::kY}) {
    SideCounts counts;
    const auto sharing = SharingUnits(request, channel);
    for (std::size_t i = 0; i < sharing.size(); ++i) {
      const MarkContext& first = *sharing[i].front();
      AxisPlan plan;
      plan.channel = channel;
      plan.units = sharing[i];
      plan.scale = first.scales.Find(channel);
      plan.def = MergedDef(plan.units, channel);
      if (plan.def == nullptr) continue;
      LOUPE_ASSIGN_OR_RETURN(plan.side, SideOf(*plan.def, channel, first.config));
      if (sharing.size() > 1) {
        plan.side = counts.Choose(plan.side, plan.def->axis.Find("orient") != nullptr);
      }
      plan.look = AxisLookup(*plan.def, channel, plan.side, *plan.scale, first.config);
      const bool given = !plan.def->axis.members().empty();
      if (!given && plan.look.Flag("disable", false)) continue;
      LOUPE_RETURN_IF_ERROR(FillPlan(host, &plan));
      AddGroups(plan, i == 0, measure, &built);
    }
  }
  std::vector<AxisGroup> groups = std::move(built.grids);
  groups.insert(groups.end(), std::make_move_iterator(built.axes.begin()),
                std::make_move_iterator(built.axes.end()));
  return groups;
}

}  // namespace loupe::chart
