#include "core/recommend/field_text.hpp"

#include <algorithm>
#include <optional>

#include "core/base/calendar.hpp"

namespace loupe::recommend {
namespace {

// The granularity behind the second dot, if it is one.
std::optional<TimeUnit> GranularityOf(std::string_view column) {
  const std::size_t first = column.find('.');
  const std::size_t last = column.rfind('.');
  if (first == std::string_view::npos || first == last) return std::nullopt;
  return ParseTimeUnit(column.substr(last + 1));
}

const char* VegaLiteUnit(TimeUnit unit) {
  switch (unit) {
    case TimeUnit::kSecond:
      return "yearmonthdatehoursminutesseconds";
    case TimeUnit::kMinute:
      return "yearmonthdatehoursminutes";
    case TimeUnit::kHour:
      return "yearmonthdatehours";
    case TimeUnit::kDay:
    case TimeUnit::kWeek:
      return "yearmonthdate";
    case TimeUnit::kMonth:
      return "yearmonth";
    case TimeUnit::kQuarter:
      return "yearquarter";
    case TimeUnit::kYear:
      return "year";
  }
  return "";
}

}  // namespace

std::string EscapedField(std::string_view column) {
  std::string field;
  for (const char c : column) {
    if (std::string_view(".[]'\"\\").find(c) != std::string_view::npos) field += '\\';
    field += c;
  }
  return field;
}

std::string ReadableTitle(std::string_view column) {
  const std::optional<TimeUnit> unit = GranularityOf(column);
  std::string_view member = column;
  if (unit) member = member.substr(0, member.rfind('.'));
  const std::size_t dot = member.find('.');
  if (dot != std::string_view::npos && dot + 1 < member.size()) member = member.substr(dot + 1);
  std::string title(member);
  std::replace(title.begin(), title.end(), '_', ' ');
  if (!title.empty() && title[0] >= 'a' && title[0] <= 'z') {
    title[0] = static_cast<char>(title[0] - 'a' + 'A');
  }
  return unit ? title + " (" + TimeUnitName(*unit) + ")" : title;
}

std::string TimeUnitOf(std::string_view column) {
  const std::optional<TimeUnit> unit = GranularityOf(column);
  return unit ? VegaLiteUnit(*unit) : "";
}

}  // namespace loupe::recommend
