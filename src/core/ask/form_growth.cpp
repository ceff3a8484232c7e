#include <utility>

#include "core/ask/form_emitter.hpp"

namespace loupe::ask {

namespace {

constexpr const char* kPeriods = "periods";

std::string IntervalOf(TimeUnit unit) {
  return unit == TimeUnit::kQuarter ? "3 months" : "1 " + std::string(TimeUnitName(unit));
}

}  // namespace

// 100.0 * (x - before) / nullif(before, 0)
Result<sql::Expr> FormEmitter::GrowthExpr(const FormScope& scope) {
  const FormGrowth& growth = *form_.growth;
  LOUPE_ASSIGN_OR_RETURN(sql::Expr now, ValueExpr(growth.of, scope));
  sql::Expr before = now;
  if (growth.first) {
    FormGroup first;
    FormGroup last;
    first.excluded = last.excluded = false;
    first.conditions = {*growth.first};
    last.conditions = {*growth.last};
    LOUPE_ASSIGN_OR_RETURN(before, Filtered({first}, std::move(before), scope));
    LOUPE_ASSIGN_OR_RETURN(now, Filtered({last}, std::move(now), scope));
  } else {
    LOUPE_ASSIGN_OR_RETURN(before, EarlierExpr(std::move(before), scope));
  }
  sql::Expr gained = sql::Binary("-", std::move(now), before);
  return sql::Binary("/", sql::Binary("*", sql::Decimal("100.0"), std::move(gained)),
                     sql::Call("nullif", {std::move(before), sql::Integer(0)}));
}

// The number of the period that begins a unit earlier, of the same group; null where none does:
// first_value(x) OVER (PARTITION BY … ORDER BY period RANGE BETWEEN '1 year' PRECEDING AND …)
Result<sql::Expr> FormEmitter::EarlierExpr(sql::Expr of, const FormScope& scope) {
  sql::Window window;
  for (const FormValue& output : form_.outputs) {
    if (output.IsAggregate()) continue;
    LOUPE_ASSIGN_OR_RETURN(sql::Expr expr, ValueExpr(output, scope));
    if (output.kind == FormValue::Kind::kGrain) {
      sql::OrderItem period;
      period.expr = std::move(expr);
      window.order_by.push_back(std::move(period));
    } else {
      window.partition_by.push_back(std::move(expr));
    }
  }
  if (window.order_by.size() != 1) return NotSupported("the periods of the growth are not clear");
  const std::string back = "INTERVAL '" + IntervalOf(*form_.growth->back) + "' PRECEDING";
  window.frame = "RANGE BETWEEN " + back + " AND " + back;
  sql::Expr earlier = sql::Call("first_value", {std::move(of)});
  earlier.window.push_back(std::move(window));
  return earlier;
}

// SELECT … FROM (all periods) WHERE period is one that is asked for ORDER BY period
sql::Select FormEmitter::ShownPeriods(sql::Select all) const {
  sql::Select shown;
  for (std::size_t i = 0; i < form_.outputs.size(); ++i) {
    const sql::SelectItem& item = all.items[i];
    sql::Expr column =
        sql::Column(kPeriods, item.alias.empty() ? item.expr.name.back() : item.alias);
    shown.items.push_back({column, ""});
    if (form_.outputs[i].kind != FormValue::Kind::kGrain) continue;
    const TimeRange& range = *form_.growth->shown;
    if (range.from) {
      shown.where.push_back(sql::Binary(">=", column, sql::String(FormatDate(*range.from))));
    }
    if (range.to) {
      shown.where.push_back(sql::Binary("<", column, sql::String(FormatDate(*range.to))));
    }
    sql::OrderItem order;
    order.expr = std::move(column);
    shown.order_by.push_back(std::move(order));
  }
  all.limit.reset();
  all.order_by.clear();
  shown.from.push_back(sql::SubqueryRef(std::move(all), kPeriods));
  shown.limit = kMaxRows;
  return shown;
}

}  // namespace loupe::ask
