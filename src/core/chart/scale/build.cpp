#include "core/chart/scale/build.hpp"

#include <algorithm>
#include <cmath>

#include "core/base/nearest.hpp"
#include "core/chart/config/config.hpp"
#include "core/chart/data/aggregate.hpp"
#include "core/chart/data/key.hpp"
#include "core/chart/limits.hpp"
#include "core/chart/parse/property.hpp"
#include "core/chart/scale/domain.hpp"
#include "core/chart/scale/scheme.hpp"

namespace loupe::chart {
namespace {

constexpr double kTwoPi = 6.283185307179586;
constexpr double kMaxSizeStepRatio = 0.95;
constexpr std::size_t kDefaultClasses = 5;  // of quantile and quantize scales with a scheme

bool IsColor(Channel channel) {
  return channel == Channel::kColor || channel == Channel::kFill || channel == Channel::kStroke;
}
bool IsPosition(Channel channel) { return channel == Channel::kX || channel == Channel::kY; }
bool IsOffset(Channel channel) {
  return channel == Channel::kXOffset || channel == Channel::kYOffset;
}

struct Builder {
  const NormalView& view;
  const std::vector<ScaleMember>& members;
  const Json& config;
  const Context& host;
  std::vector<Warning>* warnings;
  const ScaleSet& set;

  [[nodiscard]] const ChannelDef& Def(Channel channel) const {
    return *view.unit.encoding.Find(channel);
  }
  [[nodiscard]] Lookup ScaleConfig() const { return Lookup({&Section(config, "scale")}); }
};

ScaleType DefaultType(const NormalView& view, Channel channel) {
  const ChannelDef& def = *view.unit.encoding.Find(channel);
  const MarkKind mark = view.mark();
  if (channel == Channel::kStrokeDash || channel == Channel::kShape) return ScaleType::kOrdinal;
  if (def.type == DataType::kQuantitative) {
    return IsColor(channel) && def.bin ? ScaleType::kBinOrdinal : ScaleType::kLinear;
  }
  if (def.type == DataType::kTemporal) return ScaleType::kTime;
  if (IsColor(channel)) return ScaleType::kOrdinal;
  const bool banded = mark == MarkKind::kRect || mark == MarkKind::kBar ||
                      mark == MarkKind::kRule || mark == MarkKind::kTick;
  if ((IsPosition(channel) || IsOffset(channel)) && banded) return ScaleType::kBand;
  const Channel offset = channel == Channel::kX ? Channel::kXOffset : Channel::kYOffset;
  if (IsPosition(channel) && view.unit.encoding.Find(offset) != nullptr) return ScaleType::kBand;
  if (mark == MarkKind::kArc && !IsPosition(channel)) return ScaleType::kBand;
  if (IsPosition(channel) && (def.axis.Find("tickBand") != nullptr || def.band_position)) {
    return ScaleType::kBand;
  }
  return ScaleType::kPoint;
}

bool Fits(ScaleType type, const ChannelDef& def, Channel channel) {
  const bool bands = type == ScaleType::kBand || type == ScaleType::kPoint;
  const bool discretizing = type >= ScaleType::kBinOrdinal;
  const bool by_name = channel == Channel::kShape || channel == Channel::kStrokeDash;
  const bool fits = by_name            ? type == ScaleType::kOrdinal
                    : IsColor(channel) ? !bands
                    : discretizing     ? !IsPosition(channel) && type != ScaleType::kBinOrdinal
                                       : type != ScaleType::kOrdinal || !IsPosition(channel);
  const bool continuous_of_names =
      def.IsDiscrete() && type < ScaleType::kBand && def.kind == DefKind::kField;
  return fits && !continuous_of_names;
}

}  // namespace

Result<TypedScale> TypeOfScale(const NormalView& view, Channel channel,
                               std::vector<Warning>* warnings) {
  const ChannelDef& def = *view.unit.encoding.Find(channel);
  const ScaleType fallback = DefaultType(view, channel);
  const Json* name = def.scale.Find("type");
  if (name == nullptr) return TypedScale{fallback, false};
  const std::string pointer = JsonPointer(JsonPointer(def.pointer, "scale"), "type");
  std::vector<std::string> names;
  std::optional<ScaleType> type;
  for (int i = 0; i <= static_cast<int>(ScaleType::kThreshold); ++i) {
    names.emplace_back(ScaleTypeName(static_cast<ScaleType>(i)));
    if (names.back() == name->AsString()) type = static_cast<ScaleType>(i);
  }
  for (const char* later : {"identity", "sequential"}) {
    if (name->AsString() == later)
      return NotDrawn("scale type \"" + name->AsString() + "\"", pointer);
  }
  if (!type) {
    return Status(Code::kChartInvalidSpec, "unknown scale type \"" + name->AsString() + "\"")
        .WithHint(NearestNameHint(name->AsString(), names))
        .At(pointer);
  }
  if (Fits(*type, def, channel)) return TypedScale{*type, true};
  warnings->push_back({pointer,
                       "scale type \"" + name->AsString() + "\" does not fit channel \"" +
                           std::string(ChannelName(channel)) + "\"",
                       "It is drawn as \"" + std::string(ScaleTypeName(fallback)) + "\"."});
  return TypedScale{fallback, false};
}

std::optional<TypedScale> CommonType(const TypedScale& a, const TypedScale& b) {
  const auto is_time = [](ScaleType t) { return t == ScaleType::kTime || t == ScaleType::kUtc; };
  const auto is_band = [](ScaleType t) { return t == ScaleType::kBand || t == ScaleType::kPoint; };
  const auto is_numeric = [](ScaleType t) { return t <= ScaleType::kSymlog; };
  const bool compatible = a.type == b.type || (is_numeric(a.type) && is_numeric(b.type)) ||
                          (is_time(a.type) && (is_time(b.type) || is_band(b.type))) ||
                          (is_band(a.type) && (is_band(b.type) || is_time(b.type)));
  if (!compatible) return std::nullopt;
  if (a.given != b.given) return a.given ? a : b;
  const auto rank = [&](ScaleType t) {  // Vega-Lite's precedence of types
    if (t == ScaleType::kBand) return 11;
    if (t == ScaleType::kPoint) return 10;
    return is_numeric(t) && t != ScaleType::kLinear ? 1 : 0;
  };
  return rank(b.type) > rank(a.type) ? b : a;
}

namespace {

Status SetPadding(const Builder& b, Channel channel, Scale* scale) {
  const Lookup own({&b.Def(channel).scale});
  const Lookup config = b.ScaleConfig();
  const MarkKind mark = b.view.mark();
  scale->align = std::clamp(own.Number("align", 0.5), 0.0, 1.0);
  scale->round = own.Flag("round", false);
  double inner = 0;
  double outer = 0;
  if (scale->type == ScaleType::kPoint) {
    outer = IsPosition(channel) ? config.Number("pointPadding", 0.5) : IsOffset(channel) ? 0.5 : 0;
    outer = own.Number("paddingOuter", own.Number("padding", outer));
  } else {
    const Channel offset = channel == Channel::kX ? Channel::kXOffset : Channel::kYOffset;
    const bool nested = IsPosition(channel) && b.view.unit.encoding.Find(offset) != nullptr;
    if (nested) {
      inner = config.Number("bandWithNestedOffsetPaddingInner", 0.2);
      outer = config.Number("bandWithNestedOffsetPaddingOuter", 0.2);
    } else if (IsPosition(channel)) {
      const char* const of_mark = mark == MarkKind::kBar    ? "barBandPaddingInner"
                                  : mark == MarkKind::kTick ? "tickBandPaddingInner"
                                                            : "rectBandPaddingInner";
      inner = config.Number("bandPaddingInner", config.Number(of_mark, 0));
    } else if (IsOffset(channel)) {
      inner = config.Number("offsetBandPaddingInner", 0);
      outer = config.Number("offsetBandPaddingOuter", 0);
    }
    inner = own.Number("paddingInner", own.Number("padding", inner));
    if (IsPosition(channel) && !nested) outer = config.Number("bandPaddingOuter", inner / 2);
    outer = own.Number("paddingOuter", own.Number("padding", outer));
  }
  scale->padding_inner = std::clamp(inner, 0.0, 1.0);
  scale->padding_outer = std::clamp(outer, 0.0, 1.0);
  return Status::Ok();
}

// Pixels of one side of the view: given, or counted in steps of a discrete scale.
struct Side {
  double pixels = 0;
  std::optional<double> step;
};

Side WantedSide(const NormalView& view, Channel channel, const Scale* scale,
                const ScaleContext& context) {
  const bool x = channel == Channel::kX;
  const std::optional<double>& override = x ? context.options.width : context.options.height;
  if (override) return {*override, std::nullopt};
  const SizeDef& size = x ? view.width : view.height;
  if (size.kind == SizeDef::Kind::kPixels) return {size.value, std::nullopt};
  const Lookup config({&Section(context.config, "view")});
  const double continuous = config.Number(
      x ? "width" : "height", config.Number(x ? "continuousWidth" : "continuousHeight", 300));
  const bool discrete = scale != nullptr && scale->IsDiscrete();
  if (scale == nullptr && view.mark() == MarkKind::kArc) return {continuous, std::nullopt};
  if (scale != nullptr && !discrete) return {continuous, std::nullopt};
  if (size.kind == SizeDef::Kind::kStep) return {size.value, size.value};
  const Json* preset = config.Find(x ? "discreteWidth" : "discreteHeight");
  if (preset != nullptr && preset->IsNumber()) return {preset->AsDouble(), std::nullopt};
  const Json* step_object = preset != nullptr ? preset->Find("step") : nullptr;
  const double step = step_object != nullptr && step_object->IsNumber() ? step_object->AsDouble()
                                                                        : config.Number("step", 20);
  return {step, step};
}

// The width of one position's band when its steps count the bars inside it.
double StepAround(double step, const Scale& scale, const Scale* inner) {
  if (inner == nullptr || !inner->IsDiscrete()) return step;
  const double count = static_cast<double>(inner->values.size());
  const double steps = inner->type == ScaleType::kBand
                           ? BandSpace(count, inner->padding_inner, inner->padding_outer)
                           : count;
  return step * steps / (1 - std::min(scale.padding_inner, 0.999));
}

Status CheckSide(double pixels, const char* name) {
  if (pixels <= kMaxSide) return Status::Ok();
  return Status(Code::kLimitExceeded, std::string("the chart's ") + name + " exceeds " +
                                          std::to_string(static_cast<int>(kMaxSide)) + " pixels")
      .At(std::string("/") + name);
}

// Numbers of an explicit range, "width" and "height" resolved.
Result<std::vector<double>> NumericRange(const Builder& b, Channel channel, const Json& range) {
  std::vector<double> out;
  const std::string pointer = JsonPointer(JsonPointer(b.Def(channel).pointer, "scale"), "range");
  if (!range.IsArray()) return NotDrawn("a computed scale range", pointer);
  for (const Json& item : range.items()) {
    if (item == Json("width")) {
      out.push_back(b.set.width);
    } else if (item == Json("height")) {
      out.push_back(b.set.height);
    } else if (item.IsNumber()) {
      out.push_back(item.AsDouble());
    } else {
      return InvalidSpec("a range must hold numbers", pointer);
    }
  }
  if (out.empty()) return InvalidSpec("a range must not be empty", pointer);
  return out;
}

double MinStep(const Builder& b) {
  const Dataset& data = *b.members.front().data;
  const auto step_of = [&](const SizeDef& size, Channel channel) {
    const ChannelDef* def = b.view.unit.encoding.FindField(channel);
    const auto bins = def != nullptr ? data.bins.find(ColumnKey(*def)) : data.bins.end();
    if (bins != data.bins.end()) {
      const double pixels = channel == Channel::kX ? b.set.width : b.set.height;
      return pixels / ((bins->second.stop - bins->second.start) / bins->second.step);
    }
    if (size.kind == SizeDef::Kind::kStep) return size.value;
    return Lookup({&Section(b.config, "view")}).Number("step", 20);
  };
  return std::min(step_of(b.view.width, Channel::kX), step_of(b.view.height, Channel::kY));
}

std::vector<double> SizeRange(const Builder& b) {
  const Lookup config = b.ScaleConfig();
  switch (b.view.mark()) {
    case MarkKind::kBar:
    case MarkKind::kTick:
      return {config.Number("minBandSize", 2), config.Number("maxBandSize", MinStep(b) - 1)};
    case MarkKind::kLine:
    case MarkKind::kTrail:
    case MarkKind::kRule:
      return {config.Number("minStrokeWidth", 1), config.Number("maxStrokeWidth", 4)};
    case MarkKind::kText:
      return {config.Number("minFontSize", 8), config.Number("maxFontSize", 40)};
    default:
      return {config.Number("minSize", 4),
              config.Number("maxSize", std::pow(kMaxSizeStepRatio * MinStep(b), 2))};
  }
}

// Within the band of the position, within its time unit, or about the middle where there is none.
std::vector<double> OffsetRange(const Builder& b, Channel channel, const Scale& scale) {
  const Channel position = channel == Channel::kXOffset ? Channel::kX : Channel::kY;
  const Scale* main = b.set.Find(position);
  if (main == nullptr) {
    const double half = (channel == Channel::kXOffset ? b.set.width : b.set.height) / 2;
    return {-half, half};
  }
  if (main->IsDiscrete()) {
    const bool upwards = channel == Channel::kYOffset && !scale.IsDiscrete();
    return upwards ? std::vector<double>{main->bandwidth, 0}
                   : std::vector<double>{0, main->bandwidth};
  }
  const ChannelDef* def = b.view.unit.encoding.FindField(position);
  const bool unit = def != nullptr && def->time_unit && main->domain.size() >= 2;
  const double span = unit ? main->domain.back() - main->domain.front() : 0;
  if (span == 0) return {0, 0};
  const double pixels =
      UnitDuration(*def->time_unit).value_or(0) / span * (main->RangeEnd() - main->RangeStart());
  const double gap = b.ScaleConfig().Number("bandWithNestedOffsetPaddingInner", 0.2) / 2;
  return {gap * pixels, (1 - gap) * pixels};
}

std::vector<double> DefaultRange(const Builder& b, Channel channel, const Scale& scale) {
  const Lookup config = b.ScaleConfig();
  switch (channel) {
    case Channel::kX:
      return {0, b.set.width};
    case Channel::kY:
      return scale.IsDiscrete() ? std::vector<double>{0, b.set.height}
                                : std::vector<double>{b.set.height, 0};
    case Channel::kXOffset:
    case Channel::kYOffset:
      return OffsetRange(b, channel, scale);
    case Channel::kAngle:
      return {0, 360};
    case Channel::kTheta:
      return {0, kTwoPi};
    case Channel::kRadius:
      return {0, std::min(b.set.width, b.set.height) / 2};
    case Channel::kSize:
      return SizeRange(b);
    case Channel::kStrokeWidth:
      return {config.Number("minStrokeWidth", 1), config.Number("maxStrokeWidth", 4)};
    default:
      return {config.Number("minOpacity", 0.3), config.Number("maxOpacity", 0.8)};
  }
}

Result<std::vector<Color>> ColorList(const Json& list, const std::string& pointer) {
  std::vector<Color> colors;
  for (const Json& item : list.items()) {
    const auto color = item.IsString() ? ParseColor(item.AsString()) : std::nullopt;
    if (!color) return InvalidSpec("a colour range must hold colours", pointer);
    colors.push_back(*color);
  }
  if (colors.empty()) return InvalidSpec("a colour range must not be empty", pointer);
  return colors;
}

std::vector<Color> Quantized(const std::vector<Color>& colors, ColorSpace space, double from,
                             double to, std::size_t count) {
  std::vector<Color> out;
  for (std::size_t i = 0; i < count; ++i) {
    const double t = static_cast<double>(i + 1) / static_cast<double>(count + 1);
    out.push_back(InterpolateColors(colors, space, from + t * (to - from)));
  }
  return out;
}

// How many colours a ramp is cut into; 0 leaves it whole.
std::size_t QuantizedCount(const Scale& scale) {
  if (scale.type == ScaleType::kOrdinal) return std::max<std::size_t>(1, scale.values.size());
  if (scale.type == ScaleType::kBinOrdinal) {
    return std::max<std::size_t>(1, !scale.bins.empty() ? scale.bins.size() - 1 : 1);
  }
  if (scale.type == ScaleType::kThreshold) return scale.thresholds.size() + 1;
  if (scale.IsDiscretizing()) return kDefaultClasses;
  return scale.IsTime() ? 2 : 0;
}

Status ApplyScheme(const Json& given, const std::string& pointer, Scale* scale) {
  const Json* name = given.IsObject() ? given.Find(given.Find("name") ? "name" : "scheme") : &given;
  if (name == nullptr || !name->IsString()) return InvalidSpec("a scheme needs a name", pointer);
  const std::optional<Scheme> scheme = FindScheme(name->AsString());
  if (!scheme) {
    return Status(Code::kChartInvalidSpec, "unknown colour scheme \"" + name->AsString() + "\"")
        .WithHint(NearestNameHint(name->AsString(), SchemeNames()))
        .At(pointer);
  }
  double from = 0;
  double to = 1;
  std::size_t count = QuantizedCount(*scale);
  if (const Json* extent = given.IsObject() ? given.Find("extent") : nullptr) {
    const bool pair = extent->IsArray() && extent->items().size() == 2 &&
                      extent->items()[0].IsNumber() && extent->items()[1].IsNumber();
    if (!pair) return InvalidSpec("a scheme's extent must hold two numbers", pointer);
    from = extent->items()[0].AsDouble();
    to = extent->items()[1].AsDouble();
  }
  if (const Json* wanted = given.IsObject() ? given.Find("count") : nullptr) {
    const bool counts = wanted->IsNumber() && wanted->AsDouble() >= 1 && wanted->AsDouble() <= 256;
    if (counts && count > 0) count = static_cast<std::size_t>(wanted->AsDouble());
  }
  if (scheme->kind == SchemeKind::kDiscrete) {
    scale->colors = scheme->colors;
  } else if (count > 0) {
    scale->colors = Quantized(scheme->colors, ColorSpace::kRgb, from, to, count);
  } else if (from == 0 && to == 1) {
    scale->colors = scheme->colors;
  } else {
    constexpr std::size_t kSamples = 33;
    for (std::size_t i = 0; i < kSamples; ++i) {
      const double t = from + (to - from) * static_cast<double>(i) / (kSamples - 1);
      scale->colors.push_back(InterpolateColors(scheme->colors, ColorSpace::kRgb, t));
    }
  }
  if (from > to && scheme->kind == SchemeKind::kContinuous && count == 0 && from == 1 && to == 0) {
    scale->colors.assign(scheme->colors.rbegin(), scheme->colors.rend());
  }
  return Status::Ok();
}

const char* DefaultColorRange(const Builder& b, Channel channel, const Scale& scale) {
  const ChannelDef& def = b.Def(channel);
  if (scale.type == ScaleType::kOrdinal) {
    return def.type == DataType::kNominal ? "category" : "ordinal";
  }
  if (def.scale.Find("domainMid") != nullptr) return "diverging";
  return b.view.mark() == MarkKind::kRect ? "heatmap" : "ramp";
}

// Colours that are listed: as they are for classes and names, the way between them for numbers.
Status SetColorList(const Json& range, bool rgb, const std::string& at, Scale* scale) {
  LOUPE_ASSIGN_OR_RETURN(scale->colors, ColorList(range, at));
  if (!scale->IsContinuous()) {
    for (const Json& item : range.items()) scale->color_names.push_back(ColorName(item.AsString()));
  }
  if (scale->type != ScaleType::kOrdinal && !rgb) scale->space = ColorSpace::kHcl;
  const bool cut = scale->type == ScaleType::kBinOrdinal && scale->bins.size() > 1;
  if (cut && scale->colors.size() + 1 != scale->bins.size()) {
    scale->color_names.clear();
    scale->colors = Quantized(scale->colors, scale->space, 0, 1, QuantizedCount(*scale));
  }
  return Status::Ok();
}

Status SetColors(const Builder& b, Channel channel, Scale* scale) {
  const ChannelDef& def = b.Def(channel);
  const std::string pointer = JsonPointer(def.pointer, "scale");
  const Json* interpolate = def.scale.Find("interpolate");
  const bool rgb =
      interpolate != nullptr && interpolate->IsString() && interpolate->AsString() == "rgb";
  if (const Json* scheme = def.scale.Find("scheme")) {
    LOUPE_RETURN_IF_ERROR(ApplyScheme(*scheme, JsonPointer(pointer, "scheme"), scale));
  } else {
    const Json* range = def.scale.Find("range");
    const bool named = range == nullptr || range->IsString();
    const std::string name =
        range != nullptr && named ? range->AsString() : DefaultColorRange(b, channel, *scale);
    if (named) range = Section(b.config, "range").Find(name);
    const std::string at = JsonPointer(pointer, "range");
    if (range == nullptr) return InvalidSpec("unknown colour range \"" + name + "\"", at);
    if (range->IsArray()) {
      LOUPE_RETURN_IF_ERROR(SetColorList(*range, rgb, at, scale));
    } else if (range->Find("scheme") != nullptr || range->IsString()) {
      LOUPE_RETURN_IF_ERROR(ApplyScheme(*range, at, scale));
    } else {
      return NotDrawn("a computed colour range", at);
    }
  }
  if (scale->IsTime() && !rgb) scale->space = ColorSpace::kHcl;
  const bool descending = def.sort.kind == SortKind::kDescending && !scale->IsDiscrete();
  const bool reversed = Lookup({&def.scale}).Flag("reverse", descending);
  if (reversed) {
    std::reverse(scale->colors.begin(), scale->colors.end());
    std::reverse(scale->color_names.begin(), scale->color_names.end());
  }
  return Status::Ok();
}

// As many sizes as the scale has classes, evenly from the least to the greatest.
void SpreadOverClasses(const Builder& b, Scale* scale) {
  double count = 0;
  if (scale->type == ScaleType::kQuantile) count = b.ScaleConfig().Number("quantileCount", 4);
  if (scale->type == ScaleType::kQuantize) count = b.ScaleConfig().Number("quantizeCount", 4);
  if (scale->type == ScaleType::kThreshold)
    count = static_cast<double>(scale->thresholds.size()) + 1;
  const auto classes = static_cast<std::size_t>(std::clamp(count, 0.0, 1000.0));
  if (classes < 2) return;
  const double low = scale->range.front();
  const double step = (scale->range.back() - low) / static_cast<double>(classes - 1);
  scale->range.clear();
  for (std::size_t i = 0; i < classes; ++i) {
    scale->range.push_back(low + step * static_cast<double>(i));
  }
}

Status SetNumericRange(const Builder& b, Channel channel, Scale* scale) {
  const ChannelDef& def = b.Def(channel);
  const Json* range = def.scale.Find("range");
  if (range != nullptr) {
    LOUPE_ASSIGN_OR_RETURN(scale->range, NumericRange(b, channel, *range));
    const bool too_few = scale->range.size() < 2 && scale->IsContinuous();
    if (too_few) return InvalidSpec("a range needs two values", JsonPointer(def.pointer, "scale"));
  } else {
    scale->range = DefaultRange(b, channel, *scale);
    const Lookup own({&def.scale});
    scale->range.front() = own.Number("rangeMin", scale->range.front());
    scale->range.back() = own.Number("rangeMax", scale->range.back());
    if (channel == Channel::kSize) SpreadOverClasses(b, scale);
  }
  const bool descending = def.sort.kind == SortKind::kDescending && !scale->IsDiscrete();
  if (Lookup({&def.scale}).Flag("reverse", descending)) {
    std::reverse(scale->range.begin(), scale->range.end());
  }
  return Status::Ok();
}

Status SetNames(const Builder& b, Channel channel, Scale* scale) {
  const Json* range = b.Def(channel).scale.Find("range");
  if (range == nullptr) range = Section(b.config, "range").Find("symbol");
  const bool list = range != nullptr && range->IsArray();
  if (!list) return NotDrawn("a computed shape range", b.Def(channel).pointer);
  for (const Json& item : range->items()) {
    if (item.IsString()) scale->names.push_back(item.AsString());
  }
  return Status::Ok();
}

Status SetDashes(const Builder& b, Channel channel, Scale* scale) {
  const Json* range = b.Def(channel).scale.Find("range");
  if (range == nullptr) {
    scale->dashes = {{1, 0}, {4, 2}, {2, 1}, {1, 1}, {1, 2, 4, 2}};
    return Status::Ok();
  }
  const std::string pointer = JsonPointer(JsonPointer(b.Def(channel).pointer, "scale"), "range");
  if (!range->IsArray()) return NotDrawn("a computed dash range", pointer);
  for (const Json& item : range->items()) {
    if (!item.IsArray()) return InvalidSpec("a dash range must hold lists of numbers", pointer);
    std::vector<double> dash;
    for (const Json& part : item.items()) {
      if (part.IsNumber() && part.AsDouble() >= 0) dash.push_back(part.AsDouble());
    }
    scale->dashes.push_back(std::move(dash));
  }
  return Status::Ok();
}

// Boundaries of the classes of quantile, quantize and threshold scales that have `count` outputs.
Status SetThresholds(const Builder& b, Channel channel, std::size_t count, Scale* scale) {
  if (scale->type == ScaleType::kThreshold) return Status::Ok();
  if (scale->type == ScaleType::kQuantile) {
    std::vector<double> values = DomainValues(b.members, channel, b.host);
    std::sort(values.begin(), values.end());
    for (std::size_t i = 1; i < count && !values.empty(); ++i) {
      const double part = static_cast<double>(i) / static_cast<double>(count);
      scale->thresholds.push_back(QuantileOfSorted(values, part));
    }
    return Status::Ok();
  }
  LOUPE_ASSIGN_OR_RETURN(scale->domain,
                         ContinuousDomain(b.view, channel, b.members, *scale, b.config));
  const double low = scale->domain.front();
  const double high = scale->domain.back();
  for (std::size_t i = 1; i < count; ++i) {
    const double part = static_cast<double>(i) / static_cast<double>(count);
    scale->thresholds.push_back(low + (high - low) * part);
  }
  return Status::Ok();
}

// The classes' boundaries that a threshold scale is given.
Status ReadThresholds(const Builder& b, Channel channel, Scale* scale) {
  const Json* domain = b.Def(channel).scale.Find("domain");
  const std::string pointer = JsonPointer(b.Def(channel).pointer, "scale");
  if (domain == nullptr || !domain->IsArray()) {
    return InvalidSpec("a threshold scale needs a \"domain\"", pointer);
  }
  for (const Json& item : domain->items()) scale->thresholds.push_back(DomainNumber(item, false));
  const bool numbers = std::all_of(scale->thresholds.begin(), scale->thresholds.end(),
                                   [](double x) { return std::isfinite(x); });
  if (!numbers) return InvalidSpec("a threshold domain must hold numbers", pointer);
  std::sort(scale->thresholds.begin(), scale->thresholds.end());
  return Status::Ok();
}

// Type and, for discrete scales, values and padding: all that a side's length depends on.
Status StartScale(const Builder& b, Channel channel, Scale* out) {
  Scale& scale = *out;
  const ChannelDef& def = b.Def(channel);
  const Lookup own({&def.scale});
  scale.exponent = own.Number("exponent", 1);
  scale.base = own.Number("base", 10);
  scale.constant = own.Number("constant", 1);
  scale.clamp = own.Flag("clamp", b.ScaleConfig().Flag("clamp", false));
  const bool sane = scale.exponent > 0 && scale.base > 1 && scale.constant > 0;
  if (!sane) {
    return InvalidSpec("\"exponent\" and \"constant\" must be positive and \"base\" exceed 1",
                       JsonPointer(def.pointer, "scale"));
  }
  for (const ScaleMember& member : b.members) {
    const auto bins = member.data->bins.find(ColumnKey(*member.view->unit.encoding.Find(channel)));
    if (bins == member.data->bins.end()) continue;
    scale.bins = bins->second.Boundaries();
    break;
  }
  const Json* bins = def.scale.Find("bins");
  if (bins != nullptr && bins->IsArray()) {
    scale.bins.clear();
    for (const Json& item : bins->items()) {
      if (item.IsNumber()) scale.bins.push_back(item.AsDouble());
    }
  }
  if (scale.type == ScaleType::kThreshold) return ReadThresholds(b, channel, &scale);
  if (!scale.IsDiscrete()) return Status::Ok();
  LOUPE_ASSIGN_OR_RETURN(std::vector<Json> values,
                         DiscreteDomain(b.view, channel, b.members, b.host));
  if (own.Flag("reverse", false)) std::reverse(values.begin(), values.end());
  scale.SetValues(std::move(values));
  return SetPadding(b, channel, &scale);
}

Status FinishScale(const Builder& b, Channel channel, Scale* scale) {
  if (channel == Channel::kShape) return SetNames(b, channel, scale);
  if (channel == Channel::kStrokeDash) return SetDashes(b, channel, scale);
  if (IsColor(channel)) {
    LOUPE_RETURN_IF_ERROR(SetColors(b, channel, scale));
  } else if (scale->type == ScaleType::kOrdinal || !scale->IsDiscrete()) {
    LOUPE_RETURN_IF_ERROR(SetNumericRange(b, channel, scale));
  } else {
    const Json* range = b.Def(channel).scale.Find("range");
    scale->range = DefaultRange(b, channel, *scale);
    if (range != nullptr && range->IsArray()) {
      LOUPE_ASSIGN_OR_RETURN(scale->range, NumericRange(b, channel, *range));
      if (scale->range.size() < 2) scale->range.push_back(scale->range.front());
    }
    scale->LayOutBands();
  }
  if (scale->IsDiscretizing() && scale->type != ScaleType::kBinOrdinal) {
    const std::size_t outputs = IsColor(channel) ? scale->colors.size() : scale->range.size();
    return SetThresholds(b, channel, outputs, scale);
  }
  if (scale->IsDiscrete() || scale->type == ScaleType::kBinOrdinal) return Status::Ok();
  LOUPE_ASSIGN_OR_RETURN(scale->domain,
                         ContinuousDomain(b.view, channel, b.members, *scale, b.config));
  return Status::Ok();
}

}  // namespace

bool HasScale(const NormalView& view, Channel channel) {
  const ChannelDef* def = view.unit.encoding.Find(channel);
  if (def == nullptr || !def->IsFieldOrDatum() || !def->has_scale) return false;
  switch (channel) {
    case Channel::kX2:
    case Channel::kY2:
    case Channel::kTheta2:
    case Channel::kRadius2:
    case Channel::kDetail:
    case Channel::kOrder:
    case Channel::kText:
    case Channel::kTooltip:
    case Channel::kDescription:
      return false;
    default:
      return true;
  }
}

Result<double> SideOf(const NormalView& view, Channel channel, const Scale* scale,
                      const Scale* inner, const ScaleContext& context) {
  const Side side = WantedSide(view, channel, scale, context);
  double pixels = side.pixels;
  if (side.step && scale != nullptr) {
    const double padding = scale->type == ScaleType::kPoint ? 1 : scale->padding_inner;
    const double step = StepAround(*side.step, *scale, inner);
    pixels =
        step * BandSpace(static_cast<double>(scale->values.size()), padding, scale->padding_outer);
  }
  LOUPE_RETURN_IF_ERROR(CheckSide(pixels, channel == Channel::kX ? "width" : "height"));
  return pixels;
}

ScaleBuilder::ScaleBuilder(Channel channel, std::vector<ScaleMember> members,
                           const ScaleContext& context)
    : channel_(channel),
      members_(std::move(members)),
      context_(context),
      view_(*members_.front().view),
      scale_(std::make_shared<Scale>()) {
  Json& merged = view_.unit.encoding.At(channel).front().scale;
  for (const ScaleMember& member : members_) {
    for (const Json::Member& given : member.view->unit.encoding.Find(channel)->scale.members()) {
      if (merged.Find(given.name) == nullptr) merged.Set(given.name, given.value);
    }
  }
}

Status ScaleBuilder::Start(ScaleType type) {
  scale_->type = type;
  const ScaleSet nothing;
  const Builder b{view_, members_, context_.config, context_.host, context_.warnings, nothing};
  return StartScale(b, channel_, scale_.get());
}

Status ScaleBuilder::Finish(const ScaleSet& around) {
  const Builder b{view_, members_, context_.config, context_.host, context_.warnings, around};
  return FinishScale(b, channel_, scale_.get());
}

bool HasBandEnd(const NormalView& view, Channel channel, const Json& config) {
  const ChannelDef& def = *view.unit.encoding.Find(channel);
  if (!def.bin && !(def.time_unit && def.type == DataType::kTemporal)) return false;
  return BandPosition(view, channel, config).has_value();
}

std::optional<double> BandPosition(const NormalView& view, Channel channel, const Json& config) {
  const ChannelDef& def = *view.unit.encoding.Find(channel);
  if (def.band_position) return def.band_position;
  const Channel second = channel == Channel::kX ? Channel::kX2 : Channel::kY2;
  if (def.time_unit && view.unit.encoding.Find(second) == nullptr) {
    const Lookup mark = MarkLookup(view.unit.mark, config);
    const Json* position = mark.Find("timeUnitBandPosition");
    if (position == nullptr || !position->IsNumber()) return std::nullopt;
    return position->AsDouble();
  }
  if (def.bin && !def.bin->binned) return 0.5;
  return std::nullopt;
}

}  // namespace loupe::chart
