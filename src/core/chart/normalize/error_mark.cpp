#include "core/chart/normalize/error_mark.hpp"

#include "core/chart/config/config.hpp"
#include "core/chart/normalize/encoding.hpp"
#include "core/chart/normalize/field.hpp"
#include "core/chart/normalize/members.hpp"

namespace loupe::chart {
namespace {

enum class Input { kRows, kBounds, kErrors };

// What the interval is computed from, and how.
struct Interval {
  Json operations = Json::MakeArray();
  Json calculates = Json::MakeArray();
  std::vector<Summary> summaries;
  SummaryTitle title = SummaryTitle::kAsGiven;
};

struct ErrorMark {
  const CompositeUnit& unit;
  MeasuredAxis axis;
  Interval interval;
  Json transform;
  Json shared;   // encoding of the other channels
  Json tooltip;  // over it
};

bool Bound(const CompositeUnit& unit, const std::string& channel) {
  return IsFieldOrDatumDef(unit.encoding.Find(channel));
}

Result<std::string> FieldAt(const CompositeUnit& unit, const std::string& channel) {
  const Json* def = unit.encoding.Find(channel);
  const Json* field = def != nullptr ? def->Find("field") : nullptr;
  if (field != nullptr && field->IsString()) return field->AsString();
  return Status(Code::kChartInvalidSpec,
                "mark \"" + unit.name + "\" needs a \"field\" in \"" + channel + "\"")
      .At(JsonPointer(JsonPointer(unit.pointer, "encoding"), channel));
}

// The axis of which the rows hold the interval: the one with a channel of that suffix.
Result<const char*> GivenAxis(const CompositeUnit& unit, const std::string& suffix) {
  const bool x = Bound(unit, "x" + suffix);
  const bool y = Bound(unit, "y" + suffix);
  if (x && y) {
    return BadEncoding(unit, "mark \"" + unit.name + "\" cannot have both \"x" + suffix +
                                 "\" and \"y" + suffix + "\"");
  }
  const char* channel = x ? "x" : "y";
  LOUPE_ASSIGN_OR_RETURN(const bool continuous, IsContinuous(unit, channel));
  if (continuous) return channel;
  return BadEncoding(unit, "\"" + (channel + suffix) + "\" needs a continuous \"" + channel + "\"");
}

struct Measured {
  MeasuredAxis axis;
  Input input = Input::kRows;
};

Result<Measured> Measure(const CompositeUnit& unit, std::vector<Warning>* warnings) {
  Measured out;
  const bool bounds = Bound(unit, "x2") || Bound(unit, "y2");
  bool errors = false;
  for (const char* axis : {"x", "y"}) {
    const std::string first = std::string(axis) + "Error";
    const std::string second = first + "2";
    errors |= Bound(unit, first) || Bound(unit, second);
    if (Bound(unit, second) && !Bound(unit, first)) {
      return BadEncoding(unit, "\"" + second + "\" needs \"" + first + "\"");
    }
  }
  if (bounds && errors) {
    return BadEncoding(unit, "mark \"" + unit.name + "\" cannot have both bounds and errors");
  }
  if (!bounds && !errors) {
    LOUPE_ASSIGN_OR_RETURN(out.axis, InferAxis(unit, warnings));
    return out;
  }
  LOUPE_ASSIGN_OR_RETURN(const char* channel, GivenAxis(unit, bounds ? "2" : "Error"));
  LOUPE_ASSIGN_OR_RETURN(out.axis, AxisOf(unit, channel, warnings));
  out.input = bounds ? Input::kBounds : Input::kErrors;
  return out;
}

std::string Capital(std::string text) {
  if (!text.empty() && text[0] >= 'a' && text[0] <= 'z') text[0] = static_cast<char>(text[0] - 32);
  return text;
}

Json Calculate(const std::string& expression, const std::string& as) {
  return Json::Of({{"calculate", expression}, {"as", as}});
}

// A text of the mark that must be one of `known`; empty where it is not given.
Result<std::string> Choice(const CompositeUnit& unit, const char* name,
                           const std::vector<std::string>& known) {
  const Json* value = unit.mark.Find(name);
  if (!IsTruthy(value)) return std::string();
  for (const std::string& text : known) {
    if (*value == Json(text)) return text;
  }
  return UnknownChoice(unit, name, *value, known);
}

// A centre plus and minus a distance.
Interval AroundCenter(const MeasuredAxis& axis, const std::string& center,
                      const std::string& extent) {
  Interval out;
  const std::string middle = ColumnExpression("center_" + axis.column);
  const std::string distance = ColumnExpression("extent_" + axis.column);
  out.operations.Append(Operation(extent, axis.field, "extent_" + axis.column));
  out.operations.Append(Operation(center, axis.field, "center_" + axis.column));
  out.calculates.Append(Calculate(middle + " + " + distance, "upper_" + axis.column));
  out.calculates.Append(Calculate(middle + " - " + distance, "lower_" + axis.column));
  out.summaries = {{"center_", Capital(center)},
                   {"upper_", Capital(center) + " + " + extent},
                   {"lower_", Capital(center) + " - " + extent}};
  out.title = SummaryTitle::kOfField;
  return out;
}

// Two aggregates, and one between them.
Interval BetweenAggregates(const CompositeUnit& unit, const MeasuredAxis& axis,
                           const std::string& extent) {
  Interval out;
  const bool confidence = extent == "ci";
  const std::string lower = confidence ? "ci0" : "q1";
  const std::string upper = confidence ? "ci1" : "q3";
  const std::string center = confidence ? "mean" : "median";
  const auto title = [&](const std::string& op) {
    return TextOf(TitleOf(Json::Of({{"field", axis.field}, {"aggregate", op}}), *unit.config));
  };
  out.operations.Append(Operation(lower, axis.field, "lower_" + axis.column));
  out.operations.Append(Operation(upper, axis.field, "upper_" + axis.column));
  out.operations.Append(Operation(center, axis.field, "center_" + axis.column));
  out.summaries = {{"upper_", title(upper)}, {"lower_", title(lower)}, {"center_", title(center)}};
  return out;
}

Result<Interval> IntervalOfRows(const CompositeUnit& unit, const MeasuredAxis& axis,
                                std::vector<Warning>* warnings) {
  LOUPE_ASSIGN_OR_RETURN(std::string center, Choice(unit, "center", {"mean", "median"}));
  LOUPE_ASSIGN_OR_RETURN(std::string extent,
                         Choice(unit, "extent", {"ci", "stderr", "stdev", "iqr"}));
  if (center.empty() && !extent.empty()) center = extent == "iqr" ? "median" : "mean";
  if (center.empty()) {
    center = Lookup({&Section(*unit.config, "errorbar")}).Text("center", "mean");
  }
  if (extent.empty()) extent = center == "mean" ? "stderr" : "iqr";
  if ((center == "median") != (extent == "iqr") && warnings != nullptr) {
    warnings->push_back({JsonPointer(JsonPointer(unit.pointer, "mark"), "extent"),
                         "extent \"" + extent + "\" does not go with center \"" + center + "\"",
                         ""});
  }
  if (extent == "stderr" || extent == "stdev") return AroundCenter(axis, center, extent);
  return BetweenAggregates(unit, axis, extent);
}

// One end: a field, or the centre and a distance; its title says how it is computed.
void AddEnd(const MeasuredAxis& axis, const char* prefix, const std::string& field,
            const std::string& sign, const std::string& distance, Interval* out) {
  std::string expression = FieldExpression(field);
  std::string title = field;
  if (!distance.empty()) {
    expression += sign + FieldExpression(distance);
    title += sign + distance;
  }
  out->calculates.Append(Calculate(expression, prefix + axis.column));
  out->summaries.push_back({prefix, title});
}

Result<Interval> IntervalOfBounds(const CompositeUnit& unit, const MeasuredAxis& axis) {
  Interval out;
  LOUPE_ASSIGN_OR_RETURN(const std::string second, FieldAt(unit, axis.channel + "2"));
  AddEnd(axis, "upper_", second, "", "", &out);
  AddEnd(axis, "lower_", axis.field, "", "", &out);
  return out;
}

Result<Interval> IntervalOfErrors(const CompositeUnit& unit, const MeasuredAxis& axis) {
  Interval out;
  out.summaries.push_back({"", axis.field});
  LOUPE_ASSIGN_OR_RETURN(const std::string plus, FieldAt(unit, axis.channel + "Error"));
  AddEnd(axis, "upper_", axis.field, " + ", plus, &out);
  if (unit.encoding.Find(axis.channel + "Error2") == nullptr) {
    AddEnd(axis, "lower_", axis.field, " - ", plus, &out);
    return out;
  }
  LOUPE_ASSIGN_OR_RETURN(const std::string minus, FieldAt(unit, axis.channel + "Error2"));
  AddEnd(axis, "lower_", axis.field, " + ", minus, &out);
  return out;
}

Result<Interval> IntervalOf(const CompositeUnit& unit, const Measured& measured,
                            std::vector<Warning>* warnings) {
  if (measured.input == Input::kRows) return IntervalOfRows(unit, measured.axis, warnings);
  for (const char* name : {"center", "extent"}) {
    if (!IsTruthy(unit.mark.Find(name)) || warnings == nullptr) continue;
    warnings->push_back(
        {JsonPointer(JsonPointer(unit.pointer, "mark"), name),
         "\"" + std::string(name) + "\" has no effect where the rows hold the interval", ""});
  }
  if (measured.input == Input::kBounds) return IntervalOfBounds(unit, measured.axis);
  return IntervalOfErrors(unit, measured.axis);
}

Result<ErrorMark> ReadErrorMark(const CompositeUnit& unit, std::vector<Warning>* warnings) {
  LOUPE_ASSIGN_OR_RETURN(const Measured measured, Measure(unit, warnings));
  LOUPE_ASSIGN_OR_RETURN(Interval interval, IntervalOf(unit, measured, warnings));
  const std::string& axis = measured.axis.channel;
  ExtractedEncoding rest = ExtractTransforms(
      Without(unit.encoding, {axis, axis + "2", axis + "Error", axis + "Error2"}), *unit.config);
  Json operations = std::move(rest.aggregate);
  AppendAll(interval.operations, &operations);
  Json transform = ListAt(unit.outer, "transform");
  AppendAll(rest.transforms, &transform);
  if (!operations.items().empty()) {
    const bool groups = measured.input == Input::kRows;
    transform.Append(Json::Of({{"aggregate", std::move(operations)},
                               {"groupby", groups ? std::move(rest.groupby) : Json::MakeArray()}}));
  }
  AppendAll(interval.calculates, &transform);
  Json tooltip = SummaryTooltip(measured.axis, interval.summaries, rest.encoding, interval.title);
  return ErrorMark{unit,
                   measured.axis,
                   std::move(interval),
                   std::move(transform),
                   std::move(rest.encoding),
                   std::move(tooltip)};
}

Json BarLayers(const ErrorMark& error) {
  const Json shared = Without(error.shared, {"size"});
  Json tick = Json::Of({{"type", "tick"}, {"orient", error.axis.Across()}, {"aria", false}});
  CopyMembers(error.unit.mark, {"thickness", "size"}, &tick);
  Json rule = Json::Of({{"type", "rule"}, {"ariaRoleDescription", "errorbar"}});
  if (const Json* thickness = error.unit.mark.Find("thickness")) rule.Set("size", *thickness);
  Json layers = Json::MakeArray();
  for (const Part& part : {Part{"ticks", tick, "lower_", "", shared, error.tooltip},
                           Part{"ticks", tick, "upper_", "", shared, error.tooltip},
                           Part{"rule", rule, "lower_", "upper_", shared, error.tooltip}}) {
    AppendPart(error.unit, error.axis, part, &layers);
  }
  return layers;
}

// A mark of a band; what the config lays over all marks of its kind is not laid over it.
Json BandMark(const ErrorMark& error, const char* type) {
  Json mark = Json::Of({{"type", type}});
  const Json& defaults = Section(*error.unit.config, type);
  const Json* shape = error.shared.Find("shape");
  for (const char* overlay : {"point", "line"}) {
    const bool by_shape = std::string_view(overlay) == "point" && IsTruthy(shape);
    if (by_shape || IsTruthy(defaults.Find(overlay))) mark.Set(overlay, false);
  }
  return mark;
}

Json BandLayers(const ErrorMark& error, std::vector<Warning>* warnings) {
  const CompositeUnit& unit = error.unit;
  const bool flat = unit.encoding.Find("x") == nullptr || unit.encoding.Find("y") == nullptr;
  Json band = Json::Of({{"type", "rect"}});
  Json border = Json::Of({{"type", "rule"}});
  const bool curved = IsTruthy(unit.mark.Find("interpolate"));
  if (!flat) {
    Json curve = Json::MakeObject();
    if (curved) CopyMembers(unit.mark, {"interpolate"}, &curve);
    const bool tense = curved && IsTruthy(unit.mark.Find("tension"));
    if (tense) CopyMembers(unit.mark, {"tension"}, &curve);
    band = Joined(BandMark(error, "area"), curve);
    band.Set("ariaRoleDescription", "errorband");
    border = Joined(BandMark(error, "line"), curve);
    border.Set("aria", false);
  } else if (warnings != nullptr) {
    for (const char* name : {"interpolate", "tension"}) {
      if (!IsTruthy(unit.mark.Find(name))) continue;
      warnings->push_back({JsonPointer(JsonPointer(unit.pointer, "mark"), name),
                           "\"" + std::string(name) + "\" has no effect on a band along one axis",
                           ""});
    }
  }
  Json layers = Json::MakeArray();
  for (const Part& part : {Part{"band", band, "lower_", "upper_", error.shared, error.tooltip},
                           Part{"borders", border, "lower_", "", error.shared, error.tooltip},
                           Part{"borders", border, "upper_", "", error.shared, error.tooltip}}) {
    AppendPart(unit, error.axis, part, &layers);
  }
  return layers;
}

}  // namespace

Result<Json> ExpandErrorMark(const CompositeUnit& unit, std::vector<Warning>* warnings) {
  LOUPE_ASSIGN_OR_RETURN(const ErrorMark error, ReadErrorMark(unit, warnings));
  Json out = unit.outer;
  out.Set("transform", error.transform);
  if (unit.name == "errorband") {
    out.Set("layer", BandLayers(error, warnings));
    return out;
  }
  Json layers = BarLayers(error);
  if (layers.items().size() == 1) return Joined(out, layers.items().front());
  out.Set("layer", std::move(layers));
  return out;
}

}  // namespace loupe::chart
