#include <utility>

#include "core/ask/form_emitter.hpp"

namespace loupe::ask {

using semantic::DimensionType;

// The column, or what is left when another is taken off it.
sql::Expr FormEmitter::OperandExpr(const FormValue& value, const FormScope& scope) const {
  if (!value.IsDifference()) return scope.ColumnOf(value.ref);
  sql::Expr to = scope.ColumnOf(value.ref);
  sql::Expr from = scope.ColumnOf(value.since);
  const bool told = form_.unit && DimensionAt(value.ref).type == DimensionType::kTime;
  if (told) return InUnit(value, std::move(to), std::move(from));
  return sql::Binary("-", std::move(to), std::move(from));
}

//   end - start                                    days between dates
//   date_part('epoch', end - start) / 60.0         minutes between times
sql::Expr FormEmitter::InUnit(const FormValue& value, sql::Expr to, sql::Expr from) const {
  const bool dates =
      DimensionAt(value.ref).data_type == "date" && DimensionAt(value.since).data_type == "date";
  if (dates && *form_.unit == TimeUnit::kDay) {
    return sql::Binary("-", std::move(to), std::move(from));
  }
  if (dates) {
    to = sql::Cast(std::move(to), "timestamp");
    from = sql::Cast(std::move(from), "timestamp");
  }
  sql::Expr seconds = sql::Call(
      "date_part", {sql::String("epoch"), sql::Binary("-", std::move(to), std::move(from))});
  switch (*form_.unit) {
    case TimeUnit::kMinute:
      return sql::Binary("/", std::move(seconds), sql::Decimal("60.0"));
    case TimeUnit::kHour:
      return sql::Binary("/", std::move(seconds), sql::Decimal("3600.0"));
    case TimeUnit::kDay:
      return sql::Binary("/", std::move(seconds), sql::Decimal("86400.0"));
    default:
      return seconds;
  }
}

}  // namespace loupe::ask
