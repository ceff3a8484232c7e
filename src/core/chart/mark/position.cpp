#include "core/chart/mark/position.hpp"

#include <algorithm>
#include <cmath>

#include "core/chart/config/config.hpp"
#include "core/chart/data/key.hpp"
#include "core/chart/data/stack.hpp"
#include "core/chart/scale/domain.hpp"

namespace loupe::chart {
namespace {

constexpr double kTwoPi = 6.283185307179586;
constexpr double kAxisTranslate = 0.5;  // axes are drawn on half pixels; bins line up with them

Channel SecondOf(Channel channel) {
  switch (channel) {
    case Channel::kX:
      return Channel::kX2;
    case Channel::kY:
      return Channel::kY2;
    case Channel::kTheta:
      return Channel::kTheta2;
    default:
      return Channel::kRadius2;
  }
}

bool IsX(Channel channel) { return channel == Channel::kX; }
bool IsCartesian(Channel channel) { return channel == Channel::kX || channel == Channel::kY; }

double Length(const MarkContext& c, Channel channel) {
  switch (channel) {
    case Channel::kX:
      return c.scales.width;
    case Channel::kY:
      return c.scales.height;
    case Channel::kTheta:
      return kTwoPi;
    default:
      return std::min(c.scales.width, c.scales.height) / 2;
  }
}

Ref Constant(double value) {
  Ref ref;
  ref.constant = value;
  return ref;
}

// A number, "width" or "height".
double PixelsOf(const MarkContext& c, const Json& value) {
  if (value == Json("width")) return c.scales.width;
  if (value == Json("height")) return c.scales.height;
  return value.IsNumber() ? value.AsDouble() : 0;
}

Ref ZeroRef(const MarkContext& c, Channel channel, DefaultPosition fallback) {
  const Scale* scale = c.scales.Find(channel);
  const bool low = fallback == DefaultPosition::kZeroOrLow;
  const double start = channel == Channel::kY ? c.scales.height : 0;
  const double end = channel == Channel::kY ? 0 : Length(c, channel);
  const bool scaled = scale != nullptr && !scale->IsDiscrete() && !scale->domain.empty() &&
                      scale->type != ScaleType::kLog && !scale->IsTime();
  if (!scaled) return Constant(low ? start : end);
  const double first = std::min(scale->domain.front(), scale->domain.back());
  const double last = std::max(scale->domain.front(), scale->domain.back());
  const bool has_zero = first <= 0 && last >= 0;
  const double value = has_zero ? 0 : low ? scale->domain.front() : scale->domain.back();
  return Constant(scale->Map(Json(value)));
}

Ref DefaultRef(const MarkContext& c, Channel channel, const char* property,
               DefaultPosition fallback) {
  const Json* given = MarkLookup(c.view.unit.mark, c.config).Find(property);
  if (given != nullptr) return Constant(PixelsOf(c, *given));
  if (fallback == DefaultPosition::kOrigin) return Constant(0);
  if (fallback == DefaultPosition::kMiddle) return Constant(Length(c, channel) / 2);
  return ZeroRef(c, channel, fallback);
}

std::string PropertyOf(Channel channel) { return std::string(ChannelName(channel)); }

void AddOffsets(const MarkContext& c, Channel channel, const char* suffix, Ref* ref) {
  if (!IsCartesian(channel)) return;
  const std::string property = PropertyOf(channel) + suffix;
  ref->offset += MarkLookup(c.view.unit.mark, c.config).Number(property, 0);
}

const Scale* OffsetScale(const MarkContext& c, Channel channel) {
  if (!IsCartesian(channel)) return nullptr;
  return c.scales.Find(IsX(channel) ? Channel::kXOffset : Channel::kYOffset);
}

// Places the ref inside the band by the offset channel; `band` is the part of the inner band.
void AddOffsetScale(const MarkContext& c, Channel channel, double band, Ref* ref) {
  ref->offset_scale = OffsetScale(c, channel);
  if (ref->offset_scale == nullptr) return;
  const ChannelDef& def =
      *c.view.unit.encoding.Find(IsX(channel) ? Channel::kXOffset : Channel::kYOffset);
  ref->offset_column = c.data.main.Find(ColumnKey(def));
  ref->offset_band = ref->offset_scale->type == ScaleType::kBand ? band : 0;
}

Ref ScaledRef(const MarkContext& c, Channel channel, const ChannelDef& def) {
  Ref ref;
  ref.scale = c.scales.Find(channel);
  if (c.view.invalid[static_cast<std::size_t>(channel)] == Invalid::kShow) {
    const Json& given = Section(Section(c.config, "scale"), "invalid");
    const Json* as = given.Find(ChannelName(channel));
    const Json* value = as != nullptr ? as->Find("value") : nullptr;
    ref.invalid = value != nullptr ? PixelsOf(c, *value)
                                   : ZeroRef(c, channel, DefaultPosition::kZeroOrLow).constant;
  }
  if (def.kind == DefKind::kDatum) {
    const bool time = ref.scale != nullptr && ref.scale->IsTime();
    ref.datum = time ? Json(DomainNumber(def.value, true)) : def.value;
  } else {
    ref.column = c.data.main.Find(ColumnKey(def));
  }
  return ref;
}

bool IsStacked(const MarkContext& c, Channel channel) {
  return c.view.stack && c.view.stack->measure == channel;
}

// How far through its part of the pile a point lies, where that is asked for; labels of sectors lie
// in the middle.
std::optional<double> StackPosition(const MarkContext& c, Channel channel, const ChannelDef& def) {
  if (def.band_position) return def.band_position;
  const bool label = c.view.mark() == MarkKind::kText && !IsCartesian(channel);
  return label ? std::optional(0.5) : std::nullopt;
}

// The scaled point of a bound channel, `band` of the way through its band, bin or time unit.
Ref BoundRef(const MarkContext& c, Channel channel, const ChannelDef& def, double band) {
  Ref ref = ScaledRef(c, channel, def);
  if (IsStacked(c, channel)) {
    const std::optional<double> position = StackPosition(c, channel, def);
    ref.column = c.data.main.Find(position ? kStackStart : kStackEnd);
    if (position) {
      ref.end_column = c.data.main.Find(kStackEnd);
      ref.fraction = *position;
    }
    return ref;
  }
  const Scale* scale = ref.scale;
  if (scale == nullptr || def.kind != DefKind::kField) {
    if (scale != nullptr && scale->type == ScaleType::kBand) ref.offset = band * scale->bandwidth;
    return ref;
  }
  if (scale->type == ScaleType::kBand && OffsetScale(c, channel) == nullptr) {
    ref.offset = band * scale->bandwidth;
  }
  const auto position = BandPosition(c.view, channel, c.config);
  const bool between =
      !scale->IsDiscrete() && OffsetScale(c, channel) == nullptr && position && *position > 0 &&
      ((def.bin && !def.bin->binned) || (def.time_unit && def.type == DataType::kTemporal));
  if (between) {
    ref.end_column = c.data.main.Find(EndKey(def));
    ref.fraction = *position;
  }
  const bool binned = def.bin && def.bin->binned && !scale->IsDiscrete();
  if (binned) {
    const ChannelDef* second = c.view.unit.encoding.FindField(SecondOf(channel));
    if (second != nullptr) {
      ref.end_column = c.data.main.Find(ColumnKey(*second));
      ref.fraction = 0.5;
    }
  }
  return ref;
}

// A band size as mark properties give it: pixels, or a part of the band.
struct BandSize {
  std::optional<double> pixels;
  std::optional<double> band;
};

BandSize ReadBandSize(const Json& value) {
  if (value.IsNumber()) return {value.AsDouble(), std::nullopt};
  const Json* band = value.Find("band");
  if (band != nullptr && band->IsNumber()) return {std::nullopt, band->AsDouble()};
  return {};
}

bool SizesThisWay(const MarkContext& c, Channel channel) {
  const Orient along = IsX(channel) ? Orient::kVertical : Orient::kHorizontal;
  return c.view.mark() == MarkKind::kTick || c.view.orient == along;
}

// The size that mark properties or config ask for.
BandSize AskedSize(const MarkContext& c, Channel channel) {
  const Lookup mark = MarkLookup(c.view.unit.mark, c.config);
  const Json* own = mark.Find(IsX(channel) ? "width" : "height");
  if (own == nullptr && SizesThisWay(c, channel)) own = mark.Find("size");
  return own != nullptr ? ReadBandSize(*own) : BandSize{};
}

BandSize BandSizeOf(const MarkContext& c, Channel channel, const ChannelDef* def,
                    const Scale* scale) {
  const BandSize asked = AskedSize(c, channel);
  if (asked.pixels || asked.band) return asked;
  const Lookup mark = MarkLookup(c.view.unit.mark, c.config);
  const bool unit = def != nullptr && def->IsField() && def->time_unit;
  if (unit) return {std::nullopt, mark.Number("timeUnitBandSize", 1)};
  if (scale == nullptr) return {};
  if (!scale->IsDiscrete()) return {mark.Number("continuousBandSize", 5), std::nullopt};
  if (const Json* size = mark.Find("discreteBandSize")) return ReadBandSize(*size);
  return {std::nullopt, 1};
}

double DefaultSize(const MarkContext& c, Channel channel, const ChannelDef* def,
                   const Scale* scale) {
  const Lookup view({&Section(c.config, "view")});
  const SizeDef& size = IsX(channel) ? c.view.width : c.view.height;
  const double step = size.kind == SizeDef::Kind::kStep ? size.value : view.Number("step", 20);
  if (scale != nullptr && scale->IsDiscrete()) return step - 2;
  if (def == nullptr) {
    const Lookup config({&Section(c.config, "scale")});
    const char* const of_mark = c.view.mark() == MarkKind::kBar    ? "barBandPaddingInner"
                                : c.view.mark() == MarkKind::kTick ? "tickBandPaddingInner"
                                                                   : "rectBandPaddingInner";
    const double padding = config.Number("bandPaddingInner", config.Number(of_mark, 0));
    return (1 - padding) * Length(c, channel);
  }
  return step - 2;
}

// The position and size of a bar on a discrete axis, or of a bar of fixed width on another one.
Span SizedSpan(const MarkContext& c, Channel channel) {
  const ChannelDef* def = c.view.unit.encoding.Find(channel);
  const Scale* scale = c.scales.Find(channel);
  const Scale* inner = OffsetScale(c, channel);
  const Scale* banded = inner != nullptr ? inner : scale;
  Span span;
  span.centered = true;
  const ChannelDef* size_def = c.view.unit.encoding.Find(Channel::kSize);
  const bool sized = size_def != nullptr && SizesThisWay(c, channel);
  const BandSize size = BandSizeOf(c, channel, def, banded);
  const bool bands = banded != nullptr && banded->type == ScaleType::kBand;
  if (sized && size_def->kind == DefKind::kValue) {
    span.size = NumberOf(size_def->value);
  } else if (sized) {
    span.size_scale = c.scales.Find(Channel::kSize);
    span.size_column = c.data.main.Find(ColumnKey(*size_def));
  } else if (size.band && bands) {
    const double least = MarkLookup(c.view.unit.mark, c.config).Number("minBandSize", 0);
    span.size = std::max(least, *size.band * banded->bandwidth);
  } else if (size.pixels) {
    span.size = *size.pixels;
  } else {
    span.size = DefaultSize(c, channel, def, scale);
  }
  const double middle = 0.5;
  span.first = def != nullptr && def->IsFieldOrDatum()
                   ? BoundRef(c, channel, *def, middle)
                   : PointRef(c, channel, DefaultPosition::kMiddle);
  AddOffsets(c, channel, "Offset", &span.first);
  if (inner != nullptr) {
    span.first.offset_scale = nullptr;
    AddOffsetScale(c, channel, middle, &span.first);
  }
  return span;
}

Span BinSpan(const MarkContext& c, Channel channel, const ChannelDef& def) {
  const Lookup mark = MarkLookup(c.view.unit.mark, c.config);
  const Scale& scale = *c.scales.Find(channel);
  const double spacing = IsCartesian(channel) ? mark.Number("binSpacing", 0) : 0;
  const bool reversed = scale.RangeStart() > scale.RangeEnd();
  const bool flipped = IsX(channel) ? reversed : !reversed;
  Span span;
  span.first = ScaledRef(c, channel, def);
  span.second = span.first;
  const ChannelDef* second = c.view.unit.encoding.FindField(SecondOf(channel));
  const bool binned = def.bin && def.bin->binned;
  span.second.column =
      c.data.main.Find(binned && second != nullptr ? ColumnKey(*second) : EndKey(def));
  span.min_size = mark.Number("minBandSize", 0);
  // Along x the gap is taken off the end and added to the start; along y the other way round,
  // since values grow upwards.
  const double half = (IsX(channel) ? spacing : -spacing) / 2 * (flipped ? -1 : 1);
  const double translate = IsCartesian(channel) ? kAxisTranslate : 0;
  span.first.offset = translate + half;
  span.second.offset = translate - half;
  return span;
}

}  // namespace

double Ref::At(const Table& table, std::size_t row) const {
  double at = constant;
  if (scale != nullptr) {
    if (end_column >= 0 && column >= 0) {
      const double from = NumberOf(table.At(column, row));
      const double to = NumberOf(table.At(end_column, row));
      at = scale->Map(Json((1 - fraction) * from + fraction * to));
    } else {
      const Json& value = column >= 0 ? table.At(column, row) : datum;
      at = invalid && !IsValidNumber(value) ? *invalid : scale->Map(value);
    }
  } else if (column >= 0) {
    at = NumberOf(table.At(column, row));
  }
  at += offset;
  if (offset_scale != nullptr && offset_column >= 0) {
    at += offset_scale->Map(table.At(offset_column, row)) + offset_band * offset_scale->bandwidth;
  }
  return at;
}

Span::Edges Span::At(const Table& table, std::size_t row) const {
  const double a = first.At(table, row);
  if (centered) {
    double width = size.value_or(0);
    if (size_scale != nullptr && size_column >= 0)
      width = size_scale->Map(table.At(size_column, row));
    return {a - width / 2, a + width / 2};
  }
  const double b = second.At(table, row);
  Edges edges{std::min(a, b), std::max(a, b)};
  const double missing = min_size - (edges.high - edges.low);
  if (missing > 0) {
    edges.low -= missing / 2;
    edges.high += missing / 2;
  }
  return edges;
}

Ref PointRef(const MarkContext& context, Channel channel, DefaultPosition fallback) {
  const ChannelDef* def = context.view.unit.encoding.Find(channel);
  Ref ref;
  if (def != nullptr && def->IsFieldOrDatum()) {
    const double band = def->band_position.value_or(0.5);
    ref = BoundRef(context, channel, *def, band);
    AddOffsetScale(context, channel, 0.5, &ref);
  } else if (def != nullptr && def->kind == DefKind::kValue) {
    ref = Constant(PixelsOf(context, def->value));
  } else {
    ref = DefaultRef(context, channel, PropertyOf(channel).c_str(), fallback);
    AddOffsetScale(context, channel, 0.5, &ref);
  }
  AddOffsets(context, channel, "Offset", &ref);
  return ref;
}

Ref SecondRef(const MarkContext& context, Channel channel, DefaultPosition fallback) {
  const Channel second = SecondOf(channel);
  const ChannelDef* def = context.view.unit.encoding.Find(second);
  Ref ref;
  if (IsStacked(context, channel)) {
    ref = ScaledRef(context, channel, *context.view.unit.encoding.Find(channel));
    ref.column = context.data.main.Find(kStackStart);
  } else if (def != nullptr && def->IsFieldOrDatum()) {
    ref = ScaledRef(context, channel, *def);
    const Scale* scale = ref.scale;
    if (scale != nullptr && scale->type == ScaleType::kBand) ref.offset = scale->bandwidth / 2;
  } else if (def != nullptr && def->kind == DefKind::kValue) {
    ref = Constant(PixelsOf(context, def->value));
  } else {
    ref = DefaultRef(context, channel, PropertyOf(second).c_str(), fallback);
  }
  AddOffsets(context, channel, def != nullptr ? "2Offset" : "Offset", &ref);
  return ref;
}

Span RectSpan(const MarkContext& context, Channel channel) {
  const ChannelDef* def = context.view.unit.encoding.Find(channel);
  const ChannelDef* second = context.view.unit.encoding.Find(SecondOf(channel));
  const Scale* scale = context.scales.Find(channel);
  const bool discrete = scale != nullptr && scale->IsDiscrete();
  const bool bar = context.view.mark() == MarkKind::kBar;
  const bool tick = context.view.mark() == MarkKind::kTick;
  const Orient orient = context.view.orient;
  const bool across = (bar && orient == (IsX(channel) ? Orient::kVertical : Orient::kHorizontal)) ||
                      (tick && orient == (IsX(channel) ? Orient::kHorizontal : Orient::kVertical));
  const bool units =
      def != nullptr && def->IsField() && (def->bin || (def->time_unit && second == nullptr));
  const bool size_given =
      SizesThisWay(context, channel) && context.view.unit.encoding.Find(Channel::kSize) != nullptr;
  const bool fixed = size_given || AskedSize(context, channel).pixels.has_value();
  if (units && !fixed && !discrete && OffsetScale(context, channel) == nullptr &&
      scale != nullptr) {
    return BinSpan(context, channel, *def);
  }
  const bool banded = def != nullptr && def->IsFieldOrDatum() && discrete;
  if (IsCartesian(channel) && (banded || across) && second == nullptr) {
    return SizedSpan(context, channel);
  }
  Span span;
  span.first = PointRef(context, channel, DefaultPosition::kZeroOrHigh);
  span.second = SecondRef(context, channel, DefaultPosition::kZeroOrLow);
  return span;
}

}  // namespace loupe::chart
