#include "core/chart/normalize.hpp"

#include <algorithm>

#include "core/chart/config/config.hpp"
#include "core/chart/data/key.hpp"
#include "core/chart/parse/property.hpp"

namespace loupe::chart {
namespace {

DataType TypeOfDatum(const Json& value) {
  if (value.IsNumber()) return DataType::kQuantitative;
  return value.IsObject() ? DataType::kTemporal : DataType::kNominal;
}

std::optional<DataType> TypeOfScale(const ChannelDef& def) {
  const Json* type = def.scale.Find("type");
  if (type == nullptr || !type->IsString()) return std::nullopt;
  const std::string& name = type->AsString();
  for (const char* numeric : {"linear", "log", "pow", "sqrt", "symlog", "identity", "sequential",
                              "bin-ordinal", "quantile", "quantize", "threshold"}) {
    if (name == numeric) return DataType::kQuantitative;
  }
  if (name == "time" || name == "utc") return DataType::kTemporal;
  return std::nullopt;
}

// Vega-Lite's defaults where a field's type is not written; data are not looked at.
DataType InferType(const ChannelDef& def, Channel channel) {
  if (def.kind == DefKind::kDatum) return TypeOfDatum(def.value);
  if (channel == Channel::kShape) return DataType::kNominal;
  if (channel == Channel::kOrder) return DataType::kOrdinal;
  if (def.sort.kind == SortKind::kList) return DataType::kOrdinal;
  if (def.time_unit) return DataType::kTemporal;
  if (def.bin || def.aggregate) return DataType::kQuantitative;
  return TypeOfScale(def).value_or(DataType::kNominal);
}

std::optional<Channel> MainChannel(Channel channel) {
  switch (channel) {
    case Channel::kX2:
      return Channel::kX;
    case Channel::kY2:
      return Channel::kY;
    case Channel::kTheta2:
      return Channel::kTheta;
    case Channel::kRadius2:
      return Channel::kRadius;
    default:
      return std::nullopt;
  }
}

void InferTypes(Encoding* encoding) {
  for (std::size_t i = 0; i < kChannelCount; ++i) {
    const auto channel = static_cast<Channel>(i);
    for (ChannelDef& def : encoding->channels[i]) {
      if (!def.IsFieldOrDatum()) continue;
      const bool counts =
          def.aggregate == Aggregate::kCount || def.aggregate == Aggregate::kDistinct ||
          def.aggregate == Aggregate::kValid || def.aggregate == Aggregate::kMissing;
      if (counts) def.type = DataType::kQuantitative;
      if (def.type) continue;
      const std::optional<Channel> main = MainChannel(channel);
      const ChannelDef* source = main ? encoding->Find(*main) : nullptr;
      def.type = source != nullptr && source->type ? source->type : InferType(def, channel);
    }
  }
}

bool Aggregates(const ChannelDef* def) { return def != nullptr && def->aggregate.has_value(); }
bool Binned(const ChannelDef* def) {
  return def != nullptr && def->IsField() && def->bin && def->bin->binned;
}
bool IsTemporal(const ChannelDef* def) {
  return def != nullptr && def->IsFieldOrDatum() && def->type == DataType::kTemporal;
}
bool IsMeasure(const ChannelDef* def) { return def != nullptr && def->IsMeasure(); }

std::optional<Orient> SpecifiedOrient(const Lookup& mark) {
  const std::string name = mark.Text("orient", "");
  if (name == "vertical") return Orient::kVertical;
  if (name == "horizontal") return Orient::kHorizontal;
  return std::nullopt;
}

struct Positions {
  const ChannelDef* x;
  const ChannelDef* y;
  const ChannelDef* x2;
  const ChannelDef* y2;
  std::optional<Orient> specified;
};

// The last rule, for lines and ticks and whatever the rules before left open.
Orient OrientByMeasure(MarkKind mark, const Positions& p) {
  const bool tick = mark == MarkKind::kTick;
  if (p.specified) return *p.specified;
  const bool x = IsMeasure(p.x);
  const bool y = IsMeasure(p.y);
  if (x && !y) return tick ? Orient::kVertical : Orient::kHorizontal;
  if (!x && y) return tick ? Orient::kHorizontal : Orient::kVertical;
  if (x && y) return Orient::kVertical;
  if (IsTemporal(p.x) && !IsTemporal(p.y)) return Orient::kVertical;
  if (!IsTemporal(p.x) && IsTemporal(p.y)) return Orient::kHorizontal;
  return Orient::kNone;
}

std::optional<Orient> OrientOfRule(MarkKind mark, const Positions& p) {
  if (p.y2 != nullptr) return Binned(p.y) ? Orient::kHorizontal : Orient::kVertical;
  if (p.x2 != nullptr) return Binned(p.x) ? Orient::kVertical : Orient::kHorizontal;
  if (mark != MarkKind::kRule) return std::nullopt;
  if (p.x != nullptr && p.y == nullptr) return Orient::kVertical;
  if (p.y != nullptr && p.x == nullptr) return Orient::kHorizontal;
  return std::nullopt;
}

std::optional<Orient> OrientOfBar(const Positions& p) {
  const bool x_field = p.x != nullptr && p.x->IsField();
  const bool y_field = p.y != nullptr && p.y->IsField();
  if (x_field && (Binned(p.x) || (y_field && Aggregates(p.y) && !Aggregates(p.x)))) {
    return Orient::kVertical;
  }
  if (y_field && (Binned(p.y) || (x_field && Aggregates(p.x) && !Aggregates(p.y)))) {
    return Orient::kHorizontal;
  }
  if (p.x2 == nullptr && p.y2 == nullptr) return std::nullopt;
  if (p.specified) return p.specified;
  if (p.x2 == nullptr) {
    const bool horizontal = IsMeasure(p.x) && Binned(p.y);
    return horizontal ? Orient::kHorizontal : Orient::kVertical;
  }
  if (p.y2 == nullptr) {
    const bool vertical = IsMeasure(p.y) && Binned(p.x);
    return vertical ? Orient::kVertical : Orient::kHorizontal;
  }
  return std::nullopt;
}

Orient InferOrient(MarkKind mark, const Positions& p) {
  switch (mark) {
    case MarkKind::kPoint:
    case MarkKind::kCircle:
    case MarkKind::kSquare:
    case MarkKind::kRect:
      return Orient::kNone;
    case MarkKind::kText:
    case MarkKind::kBar:
      if (const auto orient = OrientOfBar(p)) return *orient;
      [[fallthrough]];
    case MarkKind::kRule:
      if (p.x2 != nullptr && !Binned(p.x) && p.y2 != nullptr && !Binned(p.y)) return Orient::kNone;
      [[fallthrough]];
    case MarkKind::kArea:
      if (const auto orient = OrientOfRule(mark, p)) return *orient;
      [[fallthrough]];
    case MarkKind::kLine:
    case MarkKind::kTrail:
    case MarkKind::kTick:
      return OrientByMeasure(mark, p);
    case MarkKind::kArc:
      return Orient::kVertical;
  }
  return Orient::kVertical;
}

std::optional<Channel> StackedOf(const Encoding& encoding, Channel first, Channel second,
                                 const NormalView& view) {
  const bool bars =
      first == Channel::kX && (view.mark() == MarkKind::kBar || view.mark() == MarkKind::kArea);
  const ChannelDef* x = encoding.FindField(first);
  const ChannelDef* y = encoding.FindField(second);
  const bool x_measures = IsMeasure(x);
  const bool y_measures = IsMeasure(y);
  if (x_measures && y_measures) {
    if (x->stack_kind == StackKind::kOffset) return first;
    if (y->stack_kind == StackKind::kOffset) return second;
    if (Aggregates(x) != Aggregates(y)) return Aggregates(x) ? first : second;
    if (bars && view.orient == Orient::kVertical) return second;
    if (bars && view.orient == Orient::kHorizontal) return first;
    return std::nullopt;
  }
  if (x_measures) {
    if (y == nullptr && bars && view.orient == Orient::kVertical) return std::nullopt;
    return first;
  }
  if (y_measures) {
    if (x == nullptr && bars && view.orient == Orient::kHorizontal) return std::nullopt;
    return second;
  }
  return std::nullopt;
}

Channel Opposite(Channel channel) {
  switch (channel) {
    case Channel::kX:
      return Channel::kY;
    case Channel::kY:
      return Channel::kX;
    case Channel::kTheta:
      return Channel::kRadius;
    default:
      return Channel::kTheta;
  }
}

Channel Secondary(Channel channel) {
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

bool MayStack(MarkKind mark) { return mark != MarkKind::kRect; }

bool StacksByDefault(MarkKind mark) {
  return mark == MarkKind::kBar || mark == MarkKind::kArea || mark == MarkKind::kArc;
}

// The channels, in Vega-Lite's order, whose fields tell the layers of a pile apart.
constexpr Channel kStackBy[] = {
    Channel::kColor,       Channel::kFill,          Channel::kStroke,      Channel::kOpacity,
    Channel::kFillOpacity, Channel::kStrokeOpacity, Channel::kStrokeWidth, Channel::kSize,
    Channel::kShape,       Channel::kDetail,        Channel::kText,        Channel::kOrder};

std::optional<Stack> InferStack(const NormalView& view) {
  const Encoding& encoding = view.unit.encoding;
  if (!MayStack(view.mark())) return std::nullopt;
  std::optional<Channel> measure = StackedOf(encoding, Channel::kX, Channel::kY, view);
  if (!measure) measure = StackedOf(encoding, Channel::kTheta, Channel::kRadius, view);
  if (!measure) return std::nullopt;
  const ChannelDef& def = *encoding.Find(*measure);
  const std::string measure_key = ColumnKey(def);
  Stack stack;
  stack.measure = *measure;
  std::vector<std::string> dimension_keys;
  const Channel dimension = Opposite(*measure);
  const Channel offset = dimension == Channel::kX ? Channel::kXOffset : Channel::kYOffset;
  for (const Channel channel : {dimension, offset}) {
    const bool offset_of_other =
        channel == offset && dimension != Channel::kX && dimension != Channel::kY;
    const ChannelDef* field = offset_of_other ? nullptr : encoding.FindField(channel);
    if (field == nullptr || ColumnKey(*field) == measure_key) continue;
    stack.dimensions.push_back(channel);
    dimension_keys.push_back(ColumnKey(*field));
  }
  for (const Channel channel : kStackBy) {
    const auto& defs = encoding.At(channel);
    for (std::size_t i = 0; i < defs.size(); ++i) {
      if (!defs[i].IsField() || defs[i].aggregate) continue;
      const std::string key = ColumnKey(defs[i]);
      const bool is_dimension =
          std::find(dimension_keys.begin(), dimension_keys.end(), key) != dimension_keys.end();
      if (!is_dimension) stack.by.push_back({channel, i});
    }
  }
  const bool stacked = def.stack_kind == StackKind::kOffset ||
                       (def.stack_kind == StackKind::kDefault && StacksByDefault(view.mark()));
  if (!stacked || (view.aggregates && stack.by.empty())) return std::nullopt;
  const ChannelDef* second = encoding.Find(Secondary(*measure));
  if (second != nullptr && second->IsFieldOrDatum()) return std::nullopt;
  stack.offset = def.stack_offset;
  stack.impute = view.IsPath();
  return stack;
}

bool IsDiscreteScale(const ChannelDef& def, Channel channel) {
  const Json* type = def.scale.Find("type");
  if (type != nullptr && type->IsString()) {
    const std::string& name = type->AsString();
    return name == "band" || name == "point" || name == "ordinal" || name == "bin-ordinal";
  }
  const bool color =
      channel == Channel::kColor || channel == Channel::kFill || channel == Channel::kStroke;
  return def.IsDiscrete() || channel == Channel::kShape || channel == Channel::kStrokeDash ||
         (color && def.bin);
}

Invalid InvalidOf(const NormalView& view, Channel channel, const Json* mode, const Json& config) {
  const ChannelDef* def = view.unit.encoding.FindField(channel);
  const bool main = channel != Channel::kX2 && channel != Channel::kY2 &&
                    channel != Channel::kTheta2 && channel != Channel::kRadius2 &&
                    channel < Channel::kDetail;
  if (def == nullptr || !main || !def->has_scale || IsDiscreteScale(*def, channel)) {
    return Invalid::kValid;
  }
  const bool counts = def->aggregate == Aggregate::kCount ||
                      def->aggregate == Aggregate::kDistinct ||
                      def->aggregate == Aggregate::kValid || def->aggregate == Aggregate::kMissing;
  if (counts) return Invalid::kValid;
  const Json& given = Section(Section(config, "scale"), "invalid");
  if (given.Find(ChannelName(channel)) != nullptr) return Invalid::kShow;
  if (mode != nullptr && mode->IsNull()) return Invalid::kShow;
  const std::string name = mode != nullptr && mode->IsString() ? mode->AsString() : "";
  if (name == "show") return Invalid::kShow;
  if (name == "filter") return Invalid::kFilter;
  if (name == "break-paths-filter-domains") return Invalid::kBreakFilter;
  if (name == "break-paths-show-domains") return Invalid::kBreakShow;
  return view.IsPath() ? Invalid::kBreakShow : Invalid::kFilter;
}

Status CheckEncoding(const NormalView& view) {
  const Encoding& encoding = view.unit.encoding;
  for (const Channel channel : {Channel::kX, Channel::kY}) {
    const Channel second = Secondary(channel);
    const ChannelDef* def = encoding.Find(second);
    if (def != nullptr && encoding.Find(channel) == nullptr) {
      return InvalidSpec("channel \"" + std::string(ChannelName(second)) + "\" needs \"" +
                             std::string(ChannelName(channel)) + "\"",
                         def->pointer);
    }
    const Channel offset = channel == Channel::kX ? Channel::kXOffset : Channel::kYOffset;
    const ChannelDef* shift = encoding.Find(offset);
    const ChannelDef* main = encoding.Find(channel);
    if (shift == nullptr || !shift->IsFieldOrDatum()) continue;
    const bool unit = main != nullptr && main->time_unit && !main->IsDiscrete();
    const bool placed = main == nullptr || main->IsDiscrete() || (unit && shift->IsDiscrete());
    if (!placed) {
      return NotDrawn("\"" + std::string(ChannelName(offset)) +
                          "\" within a position that is neither discrete nor a time unit",
                      shift->pointer);
    }
  }
  return Status::Ok();
}

}  // namespace

Result<NormalView> Normalize(const View& source, const Json& config) {
  const UnitView& unit = source.unit;
  NormalView view;
  view.unit = unit;
  view.width = source.width;
  view.height = source.height;
  InferTypes(&view.unit.encoding);
  const Encoding& encoding = view.unit.encoding;
  for (const auto& defs : encoding.channels) {
    for (const ChannelDef& def : defs) view.aggregates |= def.IsField() && def.aggregate;
  }
  const Lookup mark = MarkLookup(unit.mark, config);
  const MarkKind kind = unit.mark.kind;
  view.orient = InferOrient(
      kind, {encoding.Find(Channel::kX), encoding.Find(Channel::kY), encoding.Find(Channel::kX2),
             encoding.Find(Channel::kY2), SpecifiedOrient(mark)});
  view.filled = mark.Flag(
      "filled", kind != MarkKind::kPoint && kind != MarkKind::kLine && kind != MarkKind::kRule);
  LOUPE_RETURN_IF_ERROR(CheckEncoding(view));
  view.stack = InferStack(view);
  const Json* invalid = mark.Find("invalid");
  for (std::size_t i = 0; i < kChannelCount; ++i) {
    view.invalid[i] = InvalidOf(view, static_cast<Channel>(i), invalid, config);
  }
  return view;
}

}  // namespace loupe::chart
