// Dates: parts, construction, steps, and texts of dates and numbers. The clock is UTC throughout,
// so that a function and its "utc" twin are one.
#include <algorithm>
#include <array>
#include <cmath>

#include "core/base/number_format.hpp"
#include "core/base/time_format.hpp"
#include "core/chart/data/source.hpp"
#include "core/chart/expression/clock.hpp"
#include "core/chart/expression/functions.hpp"
#include "core/chart/limits.hpp"

namespace loupe::chart {
namespace {

constexpr std::size_t kMaxSpecifier = 1024;  // bytes of a format

// new Date(value).
double TimeOf(const Value& value) {
  if (!value.IsText()) return ClippedTime(value.ToNumber());
  return ParseTimeText(value.json().AsString()).value_or(std::nan(""));
}

// The present, which a picture only has where the host gives it as the parameter "now".
Result<double> Now(const Arguments& arguments) {
  const Json* now = arguments.evaluation().scope().Signal("now");
  if (now != nullptr) return ClippedTime(ExpressionNumber(*now));
  return Status(Code::kChartNotSupported, "the current time is not known to expressions")
      .WithHint("Give it as a parameter \"now\", in milliseconds since 1970.");
}

Result<Value> NowFunction(const Arguments& arguments) {
  LOUPE_ASSIGN_OR_RETURN(const double now, Now(arguments));
  return Value(Json(now));
}

double TimeOfArguments(const Arguments& arguments) {
  std::array<double, 7> parts = {0, 0, 1, 0, 0, 0, 0};
  for (std::size_t i = 0; i < parts.size() && i < arguments.size(); ++i) {
    parts[i] = arguments.Number(i);
  }
  return TimeOfParts(parts);
}

Result<Value> DateTimeFunction(const Arguments& arguments) {
  if (arguments.size() > 1) return Value::Date(TimeOfArguments(arguments));
  if (arguments.size() == 1) return Value::Date(TimeOf(arguments[0]));
  LOUPE_ASSIGN_OR_RETURN(const double now, Now(arguments));
  return Value::Date(now);
}

Result<Value> Utc(const Arguments& arguments) { return Value(Json(TimeOfArguments(arguments))); }

template <int (*kPart)(double)>
Result<Value> Part(const Arguments& arguments) {
  const double time = TimeOf(arguments[0]);
  return Value(std::isnan(time) ? Json(time) : Json(kPart(time)));
}

int Year(double t) { return ReadingOf(t).year; }
int Quarter(double t) { return (ReadingOf(t).month - 1) / 3 + 1; }
int Month(double t) { return ReadingOf(t).month - 1; }
int Date(double t) { return ReadingOf(t).day; }
int Day(double t) { return DayOfWeek(ReadingOf(t)); }
int YearDay(double t) { return DayOfYear(ReadingOf(t)); }
int Hours(double t) { return ReadingOf(t).hour; }
int Minutes(double t) { return ReadingOf(t).minute; }
int Seconds(double t) { return ReadingOf(t).second; }
int Milliseconds(double t) { return ReadingOf(t).millisecond; }
int ZoneOffset(double /*t*/) { return 0; }

Result<Value> Time(const Arguments& arguments) { return Value(Json(TimeOf(arguments[0]))); }

Result<ClockUnit> Unit(const Arguments& arguments) {
  const std::optional<ClockUnit> unit = ParseClockUnit(arguments.Text(0));
  if (unit) return *unit;
  return arguments.Refuse("takes a time unit such as \"month\", not \"" +
                          arguments.Text(0).substr(0, 32) + "\"");
}

Result<Value> TimeOffset(const Arguments& arguments) {
  LOUPE_ASSIGN_OR_RETURN(const ClockUnit unit, Unit(arguments));
  return Value::Date(MoveByClock(unit, TimeOf(arguments[1]), arguments.NumberOr(2, 1)));
}

Result<Value> TimeSequence(const Arguments& arguments) {
  LOUPE_ASSIGN_OR_RETURN(const ClockUnit unit, Unit(arguments));
  const double from = TimeOf(arguments[1]);
  const double stop = TimeOf(arguments[2]);
  const double step = std::floor(arguments.NumberOr(3, 1));
  double at = FloorToClock(unit, from);
  if (at < from) at = FloorToClock(unit, MoveByClock(unit, at, 1));
  Json list = Json::MakeArray();
  std::size_t bytes = 0;
  while (at < stop && step > 0) {
    LOUPE_RETURN_IF_ERROR(arguments.evaluation().Step());
    bytes += sizeof(Json);
    if (bytes > kMaxExpressionValue) break;  // which Build refuses below
    list.Append(at);
    const double next = FloorToClock(unit, MoveByClock(unit, at, step));
    if (!(next > at)) break;
    at = next;
  }
  LOUPE_RETURN_IF_ERROR(arguments.evaluation().Build(bytes));
  return Value(std::move(list));
}

Result<std::string> Specifier(const Arguments& arguments, std::size_t index) {
  const Value& value = arguments[index];
  if (!value.IsUndefined() && !value.IsText()) {
    return arguments.Refuse("takes a format as a text");
  }
  std::string text = value.IsUndefined() ? std::string() : value.ToText();
  if (text.size() > kMaxSpecifier) {
    return Status(Code::kLimitExceeded, "a format of an expression is longer than " +
                                            std::to_string(kMaxSpecifier) + " bytes");
  }
  return text;
}

Result<Value> TimeFormat(const Arguments& arguments) {
  const Value& value = arguments[0];
  if (value.kind() == Value::Kind::kJson && value.json().IsNull()) return Value(Json("null"));
  LOUPE_ASSIGN_OR_RETURN(const std::string specifier, Specifier(arguments, 1));
  const double time = TimeOf(value);
  if (std::isnan(time)) return Value(Json("Invalid Date"));
  const auto millis = static_cast<std::int64_t>(time);
  const TimeLocale& locale = arguments.evaluation().scope().times();
  std::string text = arguments[1].IsUndefined() ? FormatTimeByScale(millis, locale)
                                                : FormatTime(specifier, millis, locale);
  LOUPE_RETURN_IF_ERROR(arguments.evaluation().Build(text.size()));
  return Value(Json(std::move(text)));
}

Result<Value> TimeParse(const Arguments& arguments) {
  if (arguments[0].kind() == Value::Kind::kJson && arguments[0].json().IsNull()) {
    return Value(Json("null"));
  }
  LOUPE_ASSIGN_OR_RETURN(const std::string specifier, Specifier(arguments, 1));
  const double time = ReadTime(arguments.Text(0), specifier);
  return std::isnan(time) ? Value(Json()) : Value::Date(time);
}

// The name of a month (from 0) or weekday (0 is Sunday) in a year that begins on a Saturday, 2000.
Result<Value> NameOf(const Arguments& arguments, double first_day, bool month, const char* format) {
  const double index = arguments.Number(0);
  if (!arguments[0].IsNumber() || index != std::trunc(index)) return Value(Json(""));
  const double time = month ? TimeOfParts({2000, index, 1, 0, 0, 0, 0})
                            : TimeOfParts({2000, 0, first_day + index, 0, 0, 0, 0});
  if (std::isnan(time)) return Value(Json(""));
  return Value(Json(
      FormatTime(format, static_cast<std::int64_t>(time), arguments.evaluation().scope().times())));
}

Result<Value> Format(const Arguments& arguments) {
  const Value& value = arguments[0];
  if (value.kind() == Value::Kind::kJson && value.json().IsNull()) return Value(Json("null"));
  LOUPE_ASSIGN_OR_RETURN(const std::string specifier, Specifier(arguments, 1));
  const Result<NumberFormat> format = ParseNumberFormat(specifier);
  if (!format.ok()) {
    return Status(Code::kChartInvalidSpec, format.status().message())
        .WithHint(format.status().hint());
  }
  return Value(Json(
      FormatNumber(format.value(), value.ToNumber(), arguments.evaluation().scope().numbers())));
}

struct UnitFormat {
  std::string_view units;
  std::string_view format;
};
constexpr std::array<UnitFormat, 16> kUnitFormats = {{{"year", "%Y "},
                                                      {"quarter", "Q%q "},
                                                      {"month", "%b "},
                                                      {"date", "%d "},
                                                      {"week", "W%U "},
                                                      {"isoweek", "W%V "},
                                                      {"day", "%a "},
                                                      {"dayofyear", "%j "},
                                                      {"hours", "%H:00"},
                                                      {"minutes", "00:%M"},
                                                      {"seconds", ":%S"},
                                                      {"milliseconds", ".%L"},
                                                      {"year-isoweek", "%G W%V "},
                                                      {"year-month", "%Y-%m "},
                                                      {"year-month-date", "%Y-%m-%d "},
                                                      {"hours-minutes", "%H:%M"}}};
constexpr std::array<std::string_view, 12> kUnitOrder = {
    "year", "quarter",   "month", "week",    "isoweek", "date",
    "day",  "dayofyear", "hours", "minutes", "seconds", "milliseconds"};

// The format of a run of units, from `overrides` or the table.
std::optional<std::string> RunFormat(const std::string& run, const Json& overrides) {
  if (const Json* format = overrides.Find(run)) {
    if (!format->IsNull()) return ExpressionText(*format);
  }
  for (const UnitFormat& entry : kUnitFormats) {
    if (entry.units == run) return std::string(entry.format);
  }
  return std::nullopt;
}

Result<std::vector<std::string>> SortedUnits(const Arguments& arguments) {
  std::vector<std::string> units;
  const auto rank = [](const std::string& unit) {
    return std::find(kUnitOrder.begin(), kUnitOrder.end(), unit) - kUnitOrder.begin();
  };
  const bool list = arguments[0].IsList();
  const std::size_t count = list ? arguments[0].json().items().size() : 1;
  for (std::size_t i = 0; i < count; ++i) {
    units.push_back(list ? ExpressionText(arguments[0].json().items()[i]) : arguments.Text(0));
    const bool known = static_cast<std::size_t>(rank(units.back())) < kUnitOrder.size();
    if (!known || count > kUnitOrder.size()) return arguments.Refuse("takes a list of time units");
  }
  std::stable_sort(units.begin(), units.end(),
                   [&](const std::string& a, const std::string& b) { return rank(a) < rank(b); });
  return units;
}

// The format of a list of units: the longest run that has one first, then the next.
Result<Value> TimeUnitSpecifier(const Arguments& arguments) {
  LOUPE_ASSIGN_OR_RETURN(const std::vector<std::string> units, SortedUnits(arguments));
  std::string text;
  for (std::size_t start = 0; start < units.size();) {
    std::size_t end = units.size();
    std::optional<std::string> format;
    for (; end > start; --end) {
      std::string run = units[start];
      for (std::size_t i = start + 1; i < end; ++i) run += "-" + units[i];
      format = RunFormat(run, arguments[1].json());
      if (format) break;
    }
    text += format.value_or("");
    start = std::max(end, start + 1);
  }
  return Value(Json(TrimmedText(text)));
}

using Args = const Arguments&;

Result<Value> MonthFormat(Args a) { return NameOf(a, 0, true, "%B"); }
Result<Value> MonthAbbrevFormat(Args a) { return NameOf(a, 0, true, "%b"); }
Result<Value> DayFormat(Args a) { return NameOf(a, 2, false, "%A"); }
Result<Value> DayAbbrevFormat(Args a) { return NameOf(a, 2, false, "%a"); }

}  // namespace

const std::vector<FunctionEntry>& DateFunctions() {
  static const std::vector<FunctionEntry> kFunctions = {{"now", 0, NowFunction},
                                                        {"datetime", 0, DateTimeFunction},
                                                        {"utc", 1, Utc},
                                                        {"date", 1, Part<Date>},
                                                        {"day", 1, Part<Day>},
                                                        {"dayofyear", 1, Part<YearDay>},
                                                        {"year", 1, Part<Year>},
                                                        {"quarter", 1, Part<Quarter>},
                                                        {"month", 1, Part<Month>},
                                                        {"week", 1, Part<SundayWeek>},
                                                        {"isoweek", 1, Part<IsoWeek>},
                                                        {"hours", 1, Part<Hours>},
                                                        {"minutes", 1, Part<Minutes>},
                                                        {"seconds", 1, Part<Seconds>},
                                                        {"milliseconds", 1, Part<Milliseconds>},
                                                        {"time", 1, Time},
                                                        {"timezoneoffset", 1, Part<ZoneOffset>},
                                                        {"timeOffset", 2, TimeOffset},
                                                        {"timeSequence", 3, TimeSequence},
                                                        {"utcdate", 1, Part<Date>},
                                                        {"utcday", 1, Part<Day>},
                                                        {"utcdayofyear", 1, Part<YearDay>},
                                                        {"utcyear", 1, Part<Year>},
                                                        {"utcquarter", 1, Part<Quarter>},
                                                        {"utcmonth", 1, Part<Month>},
                                                        {"utcweek", 1, Part<SundayWeek>},
                                                        {"utcisoweek", 1, Part<IsoWeek>},
                                                        {"utchours", 1, Part<Hours>},
                                                        {"utcminutes", 1, Part<Minutes>},
                                                        {"utcseconds", 1, Part<Seconds>},
                                                        {"utcmilliseconds", 1, Part<Milliseconds>},
                                                        {"utcOffset", 2, TimeOffset},
                                                        {"utcSequence", 3, TimeSequence},
                                                        {"timeFormat", 1, TimeFormat},
                                                        {"utcFormat", 1, TimeFormat},
                                                        {"timeParse", 2, TimeParse},
                                                        {"utcParse", 2, TimeParse},
                                                        {"timeUnitSpecifier", 1, TimeUnitSpecifier},
                                                        {"monthFormat", 1, MonthFormat},
                                                        {"monthAbbrevFormat", 1, MonthAbbrevFormat},
                                                        {"dayFormat", 1, DayFormat},
                                                        {"dayAbbrevFormat", 1, DayAbbrevFormat},
                                                        {"format", 1, Format}};
  return kFunctions;
}

}  // namespace loupe::chart
