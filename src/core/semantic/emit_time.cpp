#include "core/semantic/emit_time.hpp"

#include <utility>

namespace loupe::semantic {
namespace {

constexpr const char* kUtc = "UTC";

bool IsMidnight(const DateTime& time) {
  return time.hour == 0 && time.minute == 0 && time.second == 0 && time.millisecond == 0;
}

// "2024-01-01" at midnight, else "2024-01-01 10:30:00.000".
std::string TimeText(const DateTime& time) {
  if (IsMidnight(time)) return FormatDate(time);
  std::string text = FormatDateTime(time);
  text[text.find('T')] = ' ';
  return text;
}

sql::Expr Bound(const DateTime& time, SqlType type, const std::string& zone) {
  if (type == SqlType::kDate && IsMidnight(time)) {
    return sql::Cast(sql::String(FormatDate(time)), "date");
  }
  return MomentOf(TimestampExpr(time), type, zone);
}

}  // namespace

sql::Expr LocalTime(sql::Expr time, SqlType type, const std::string& zone) {
  switch (type) {
    case SqlType::kDate:
      return time;
    case SqlType::kTimestamp:
      if (zone == kUtc) return time;
      return sql::AtTimeZone(sql::AtTimeZone(std::move(time), kUtc), zone);
    case SqlType::kTimestampTz:
      return sql::AtTimeZone(std::move(time), zone);
    default:
      return sql::AtTimeZone(sql::Cast(std::move(time), "timestamptz"), zone);
  }
}

sql::Expr TimestampExpr(const DateTime& time) {
  return sql::Cast(sql::String(TimeText(time)), "timestamp");
}

sql::Expr MomentOf(sql::Expr local, SqlType type, const std::string& zone) {
  if (type == SqlType::kDate || (type == SqlType::kTimestamp && zone == kUtc)) return local;
  sql::Expr moment = sql::AtTimeZone(std::move(local), zone);
  if (type == SqlType::kTimestamp) return sql::AtTimeZone(std::move(moment), kUtc);
  return moment;
}

sql::Expr AsTimestamp(sql::Expr local, SqlType type) {
  return type == SqlType::kDate ? sql::Cast(std::move(local), "timestamp") : local;
}

sql::Expr TimeCondition(const sql::Expr& time, SqlType type, FilterOperator op,
                        const std::vector<DateRange>& ranges, const std::string& zone) {
  const auto compare = [&](const char* sign, const DateTime& bound) {
    return sql::Binary(sign, time, Bound(bound, type, zone));
  };
  std::vector<sql::Expr> inside;
  std::vector<sql::Expr> outside;
  for (const DateRange& range : ranges) {
    inside.push_back(sql::And({compare(">=", range.from), compare("<", range.to)}));
    outside.push_back(sql::Or({compare("<", range.from), compare(">=", range.to)}));
  }
  switch (op) {
    case FilterOperator::kNotEquals:
    case FilterOperator::kNotInDateRange:
      return sql::And(std::move(outside));
    case FilterOperator::kBeforeDate:
    case FilterOperator::kLess:
      return compare("<", ranges[0].from);
    case FilterOperator::kBeforeOrOnDate:
    case FilterOperator::kLessOrEqual:
      return compare("<", ranges[0].to);
    case FilterOperator::kAfterDate:
    case FilterOperator::kGreater:
      return compare(">=", ranges[0].to);
    case FilterOperator::kAfterOrOnDate:
    case FilterOperator::kGreaterOrEqual:
      return compare(">=", ranges[0].from);
    default:
      return sql::Or(std::move(inside));
  }
}

}  // namespace loupe::semantic
