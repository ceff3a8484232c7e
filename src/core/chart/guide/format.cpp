#include "core/chart/guide/format.hpp"

#include <algorithm>
#include <cmath>

#include "core/base/number_format.hpp"
#include "core/base/time_format.hpp"
#include "core/chart/config/config.hpp"
#include "core/chart/data/key.hpp"
#include "core/chart/data/table.hpp"
#include "core/chart/data/time_unit.hpp"
#include "core/chart/scale/ticks.hpp"

namespace loupe::chart {
namespace {

std::string Titled(std::string_view name) {
  std::string out(name);
  if (!out.empty() && out[0] >= 'a' && out[0] <= 'z') out[0] = static_cast<char>(out[0] - 32);
  return out;
}

std::int64_t Millis(const Json& value) {
  const double x = NumberOf(value);
  return std::fabs(x) < 6e15 ? static_cast<std::int64_t>(std::floor(x)) : 0;
}

ValueFormat TimeFormat(const std::string& specifier, const Locale& locale) {
  return [specifier, &times = locale.time](const Json& value) {
    return value.IsNumber() ? FormatTime(specifier, Millis(value), times) : ValueText(value);
  };
}

ValueFormat NumberText(const NumberFormat& format, const Locale& locale) {
  return [format, &numbers = locale.number](const Json& value) {
    return value.IsNumber() ? FormatNumber(format, value.AsDouble(), numbers) : ValueText(value);
  };
}

// The digits that tell ticks `step` apart, where the format leaves them open.
NumberFormat WithPrecision(NumberFormat format, double start, double stop, double step) {
  if (format.precision) return format;
  const double value = std::max(std::fabs(start), std::fabs(stop));
  switch (format.type) {
    case '\0':
    case 'e':
    case 'g':
    case 'p':
    case 'r': {
      const auto precision = PrecisionRound(step, value);
      if (precision) format.precision = std::max(0, *precision - (format.type == 'e' ? 1 : 0));
      break;
    }
    case 'f':
    case '%': {
      const auto precision = PrecisionFixed(step);
      if (precision) format.precision = std::max(0, *precision - (format.type == '%' ? 2 : 0));
      break;
    }
    default:
      break;
  }
  return format;
}

ValueFormat SpanFormat(const NumberFormat& format, double start, double stop, double count,
                       const Locale& locale) {
  const double step = std::fabs(TickStep(start, stop, count));
  if (format.type != 's' || format.precision) {
    return NumberText(WithPrecision(format, start, stop, step), locale);
  }
  const double value = std::max(std::fabs(start), std::fabs(stop));
  NumberFormat prefixed = format;
  prefixed.precision = PrecisionPrefix(step, value);
  return [prefixed, value, &numbers = locale.number](const Json& v) {
    return v.IsNumber() ? FormatNumberWithPrefixOf(prefixed, v.AsDouble(), value, numbers)
                        : ValueText(v);
  };
}

constexpr double kClassTicks = 30;  // how finely Vega tells the classes of a scale apart

// The least distance between neighbours; of a single number the number itself.
double LeastGap(const std::vector<double>& numbers) {
  if (numbers.empty()) return 1;
  if (numbers.size() == 1) return numbers.front();
  double least = numbers[1] - numbers[0];
  for (std::size_t i = 2; i < numbers.size(); ++i)
    least = std::min(least, numbers[i] - numbers[i - 1]);
  return least;
}

std::string TextOf(const Json& object, const char* name) {
  const Json* found = object.Find(name);
  return found != nullptr && found->IsString() ? found->AsString() : std::string();
}

bool IsTimeDef(const ChannelDef& def) { return def.type == DataType::kTemporal || def.time_unit; }

Result<NumberFormat> ParseAt(const std::string& text, const std::string& pointer) {
  Result<NumberFormat> format = ParseNumberFormat(text);
  if (format.ok()) return format;
  return Status(Code::kChartInvalidSpec, format.status().message())
      .WithHint(format.status().hint())
      .At(pointer);
}

}  // namespace

std::string TimeText(const std::string& specifier, double millis, const Locale& locale) {
  return FormatTime(specifier, Millis(Json(millis)), locale.time);
}

std::string FieldTitle(const ChannelDef& def, const Json& config) {
  const Lookup lookup({&config});
  if (lookup.Text("fieldTitle", "verbal") == "plain") return def.field;
  if (def.aggregate == Aggregate::kCount) return lookup.Text("countTitle", "Count of Records");
  if (def.bin && !def.bin->binned) return def.field + " (binned)";
  if (def.time_unit && !def.time_unit->binned) {
    return def.field + " (" + UnitTitle(*def.time_unit) + ")";
  }
  if (!def.arg_field.empty()) {
    const char* extreme = def.aggregate == Aggregate::kArgmax ? " for max " : " for min ";
    return def.field + extreme + def.arg_field;
  }
  if (def.aggregate) return Titled(AggregateName(*def.aggregate)) + " of " + def.field;
  return def.field;
}

std::vector<std::string> TextLines(const Json& value) {
  std::vector<std::string> lines;
  if (value.IsArray()) {
    for (const Json& line : value.items()) lines.push_back(ValueText(line));
  } else if (!value.IsNull()) {
    lines.push_back(ValueText(value));
  }
  return lines;
}

Result<ValueFormat> NamedFormat(const std::string& format, bool time, const std::string& pointer,
                                const Locale& locale) {
  if (time) return TimeFormat(format, locale);
  LOUPE_ASSIGN_OR_RETURN(const NumberFormat parsed, ParseAt(format, pointer));
  return NumberText(parsed, locale);
}

Result<ValueFormat> GuideFormat(const ChannelDef& def, const Scale& scale, const Json& guide,
                                double count, const Json& config, const Locale& locale) {
  const std::string pointer = JsonPointer(def.pointer, "axis") + "/format";
  std::string format = TextOf(guide, "format");
  const std::string type = TextOf(guide, "formatType");
  const bool time = type == "time" || (type != "number" && (IsTimeDef(def) || scale.IsTime()));
  if (time) {
    if (!format.empty()) return TimeFormat(format, locale);
    if (def.time_unit) return TimeFormat(UnitFormat(*def.time_unit), locale);
    return ValueFormat([&times = locale.time](const Json& value) {
      return value.IsNumber() ? FormatTimeByScale(Millis(value), times) : ValueText(value);
    });
  }
  const bool normalized =
      def.stack_kind == StackKind::kOffset && def.stack_offset == StackOffset::kNormalize;
  if (format.empty() && normalized) format = TextOf(config, "normalizedNumberFormat");
  if (format.empty() && def.type == DataType::kQuantitative)
    format = TextOf(config, "numberFormat");
  if (scale.IsDiscrete()) {
    const bool bins = def.bin && !def.bin->binned;
    if (format.empty() && bins) return NumberText(NumberFormat(), locale);
    if (format.empty()) return ValueFormat(ValueText);
    return NamedFormat(format, false, pointer, locale);
  }
  if (scale.type == ScaleType::kLog) {
    LOUPE_ASSIGN_OR_RETURN(NumberFormat parsed, ParseAt(format.empty() ? "," : format, pointer));
    if (!parsed.precision) {
      parsed.precision = parsed.type == '%' ? 10 : 12;
      parsed.trim = true;
    }
    return NumberText(parsed, locale);
  }
  LOUPE_ASSIGN_OR_RETURN(const NumberFormat parsed,
                         ParseAt(format.empty() ? ",f" : format, pointer));
  if (scale.type == ScaleType::kThreshold && format.empty()) return ValueFormat(ValueText);
  if (scale.type == ScaleType::kQuantile)
    return SpanFormat(parsed, 0, LeastGap(scale.thresholds), kClassTicks, locale);
  if (scale.type == ScaleType::kQuantize)
    return SpanFormat(parsed, 0, LeastGap(scale.domain), kClassTicks, locale);
  const std::vector<double>& ends = !scale.domain.empty() ? scale.domain
                                    : !scale.bins.empty() ? scale.bins
                                                          : scale.thresholds;
  const double start = ends.empty() ? 0 : ends.front();
  const double stop = ends.empty() ? 1 : ends.back();
  return SpanFormat(parsed, start, stop, count, locale);
}

ValueFormat WithBinEnds(const ChannelDef& def, const Scale& scale,
                        const std::map<std::string, Bins>& bins, ValueFormat format) {
  const bool ranges = scale.IsDiscrete() && def.bin && !def.bin->binned;
  const auto found = ranges ? bins.find(ColumnKey(def)) : bins.end();
  if (found == bins.end()) return format;
  return [format = std::move(format), step = found->second.step](const Json& value) {
    if (!value.IsNumber()) return format(value);
    return format(value) + " \xE2\x80\x93 " + format(Json(value.AsDouble() + step));
  };
}

Result<ValueFormat> TextFormat(const ChannelDef& def, const Json& config, const Locale& locale) {
  const std::string pointer = JsonPointer(def.pointer, "format");
  std::string format = def.format;
  if (format.empty()) format = TextOf(def.axis, "format");
  if (format.empty()) format = TextOf(def.legend, "format");
  if (IsTimeDef(def)) {
    if (!format.empty()) return TimeFormat(format, locale);
    if (def.time_unit) return TimeFormat(UnitFormat(*def.time_unit), locale);
    return TimeFormat(Lookup({&config}).Text("timeFormat", "%b %d, %Y"), locale);
  }
  if (def.type == DataType::kQuantitative || !format.empty()) {
    if (format.empty()) format = TextOf(config, "numberFormat");
    return NamedFormat(format, false, pointer, locale);
  }
  return ValueFormat(ValueText);
}

}  // namespace loupe::chart
