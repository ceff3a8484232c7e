#include "core/ask/form_emitter.hpp"

#include <algorithm>
#include <utility>

#include "core/ask/time_column.hpp"

namespace loupe::ask {

using semantic::Entity;

// singer.id = ANY (ARRAY(SELECT id FROM singer ORDER BY age LIMIT 1))
Status FormEmitter::AddRestriction(FormScope* scope) {
  if (form_.restricted < 0) return Status::Ok();
  const std::optional<MemberRef> key = RestrictedKey();
  if (!key || !scope->Has(form_.restricted)) {
    return NotSupported("what is ranked has no key of one column");
  }
  LOUPE_ASSIGN_OR_RETURN(sql::Select picked,
                         form_.restriction->by.IsAggregate() ? PickedByNumber() : PickedByColumn());
  sql::Expr any;
  any.kind = sql::Expr::Kind::kAny;
  any.args.push_back(scope->ColumnOf(*key));
  sql::Expr array;
  array.kind = sql::Expr::Kind::kArrayQuery;
  array.subquery.push_back(std::move(picked));
  any.args.push_back(std::move(array));
  scope->select.where.push_back(std::move(any));
  return Status::Ok();
}

// The column of what is picked, or its key where that is one column.
std::optional<MemberRef> FormEmitter::RestrictedKey() const {
  if (form_.restricted_column) return form_.restricted_column;
  std::vector<MemberRef> key;
  AddKey(form_.restricted, &key);
  return key.size() == 1 ? std::optional<MemberRef>(key.front()) : std::nullopt;
}

Result<sql::Select> FormEmitter::PickedByColumn() {
  const Entity& entity = EntityAt(form_.restricted);
  if (form_.restriction->by.ref.entity != form_.restricted) {
    return NotSupported("what is ranked has no such column");
  }
  sql::Select picked;
  const std::string alias = aliases_.Take(entity.name);
  picked.items.push_back({sql::Column(alias, entity.primary_key[0]), ""});
  picked.from.push_back(sql::TableRef(entity.schema, entity.table, alias));
  sql::OrderItem order;
  order.expr = sql::Column(alias, DimensionAt(form_.restriction->by.ref).column);
  order.direction =
      form_.restriction->descending ? sql::Direction::kDescending : sql::Direction::kAscending;
  order.nulls = sql::Nulls::kLast;
  picked.order_by.push_back(std::move(order));
  picked.limit = form_.restriction->limit;
  return picked;
}

// The key of what has the most: a form of its own.
Result<sql::Select> FormEmitter::PickedByNumber() {
  Form picked;
  picked.outputs = {{FormValue::Kind::kColumn, *RestrictedKey(), {}}};
  if (form_.restricted_column) {
    picked.groups = {*form_.restricted_column};
  } else {
    picked.group_entities = {form_.restricted};
  }
  picked.rank = form_.restriction;
  return RunWithin(picked);
}

// The statement of another form, to stand inside this one's.
Result<sql::Select> FormEmitter::RunWithin(const Form& form) {
  FormEmitter other(form, model_, graph_, ties_);
  other.is_inner_ = true;
  other.aliases_ = aliases_;
  Result<sql::Select> select = other.Run();
  aliases_ = other.aliases_;
  return select;
}

Status FormEmitter::AddRank(FormScope* scope) {
  if (!form_.rank) return Status::Ok();
  if (form_.rank->IsWithin()) return AddPlace(scope);
  LOUPE_ASSIGN_OR_RETURN(sql::Expr by, ValueExpr(form_.rank->by, *scope));
  sql::OrderItem item;
  item.expr = std::move(by);
  item.direction =
      form_.rank->descending ? sql::Direction::kDescending : sql::Direction::kAscending;
  if (!form_.rank->by.IsAggregate() || form_.rank->descending) item.nulls = sql::Nulls::kLast;
  scope->select.order_by.push_back(std::move(item));
  if (form_.rank->by.IsAggregate()) BreakTies(*scope, &scope->select);
  scope->select.limit = form_.rank->limit;
  return Status::Ok();
}

// Groups of the same number come in the same order every time.
void FormEmitter::BreakTies(const FormScope& scope, sql::Select* select) const {
  for (const FormValue& output : form_.outputs) {
    if (output.kind != FormValue::Kind::kColumn) continue;
    sql::OrderItem item;
    item.expr = scope.ColumnOf(output.ref);
    select->order_by.push_back(std::move(item));
  }
}

// What stands in order of time, the oldest first; other groups by their number, the greatest first.
// Nobody asked for it, but the same answer comes in the same order every time.
Status FormEmitter::AddUsualOrder(FormScope* scope) {
  const auto by_number = std::find_if(form_.outputs.begin(), form_.outputs.end(),
                                      [](const FormValue& output) { return output.IsAggregate(); });
  const auto by_time =
      std::find_if(form_.outputs.begin(), form_.outputs.end(), [&](const FormValue& output) {
        return output.kind == FormValue::Kind::kColumn && IsListedInTime(DimensionAt(output.ref));
      });
  const auto by = by_time != form_.outputs.end() ? by_time : by_number;
  LOUPE_ASSIGN_OR_RETURN(sql::Expr expr, ValueExpr(*by, *scope));
  sql::OrderItem item;
  item.expr = std::move(expr);
  if (by == by_number) {
    item.direction = sql::Direction::kDescending;
    item.nulls = sql::Nulls::kLast;
  }
  scope->select.order_by.push_back(std::move(item));
  for (const FormValue& output : form_.outputs) {
    if (output.kind != FormValue::Kind::kColumn || output == *by) continue;
    sql::OrderItem tie;
    tie.expr = scope->ColumnOf(output.ref);
    scope->select.order_by.push_back(std::move(tie));
  }
  return Status::Ok();
}

Status FormEmitter::AddOrder(FormScope* scope) {
  const bool usual =
      form_.order.empty() && !form_.rank && !is_inner_ && IsGrouped() && form_.HasAggregates();
  if (usual) return AddUsualOrder(scope);
  for (const FormOrder& order : form_.order) {
    LOUPE_ASSIGN_OR_RETURN(sql::Expr by, ValueExpr(order.by, *scope));
    sql::OrderItem item;
    item.expr = std::move(by);
    item.direction = order.descending ? sql::Direction::kDescending : sql::Direction::kAscending;
    item.nulls = order.descending ? sql::Nulls::kLast : sql::Nulls::kDefault;
    scope->select.order_by.push_back(std::move(item));
  }
  return Status::Ok();
}

}  // namespace loupe::ask
