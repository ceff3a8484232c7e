#include <algorithm>
#include <utility>

#include "core/ask/form_emitter.hpp"

namespace loupe::ask {

namespace {

constexpr const char* kRanked = "ranked";
constexpr const char* kPlace = "place_in_group";

}  // namespace

// rank() OVER (PARTITION BY department ORDER BY price DESC): rows of one number share a place.
Status FormEmitter::AddPlace(FormScope* scope) {
  const FormRank& rank = *form_.rank;
  sql::Window window;
  for (const FormValue& within : rank.within) {
    LOUPE_ASSIGN_OR_RETURN(sql::Expr expr, ValueExpr(within, *scope));
    window.partition_by.push_back(std::move(expr));
  }
  std::vector<MemberRef> keys;
  for (const int entity : rank.within_entities) AddKey(entity, &keys);
  if (!rank.within_entities.empty() && keys.empty()) {
    return NotSupported("what is grouped by has no key");
  }
  for (const MemberRef key : keys) window.partition_by.push_back(scope->ColumnOf(key));
  sql::OrderItem by;
  LOUPE_ASSIGN_OR_RETURN(by.expr, ValueExpr(rank.by, *scope));
  by.direction = rank.descending ? sql::Direction::kDescending : sql::Direction::kAscending;
  by.nulls = sql::Nulls::kLast;
  window.order_by.push_back(std::move(by));
  sql::Expr place = sql::Call("rank", {});
  place.window.push_back(std::move(window));
  scope->select.items.push_back({std::move(place), kPlace});
  return Status::Ok();
}

// Whether the value tells which group a row is of.
bool FormEmitter::IsWithin(const FormValue& value) const {
  const FormRank& rank = *form_.rank;
  return std::find(rank.within.begin(), rank.within.end(), value) != rank.within.end() ||
         std::find(rank.within_entities.begin(), rank.within_entities.end(), value.ref.entity) !=
             rank.within_entities.end();
}

// SELECT … FROM (the rows with their places) WHERE place <= limit ORDER BY group, place, …
sql::Select FormEmitter::FirstPlaces(sql::Select ranked) const {
  sql::Select first;
  std::vector<sql::OrderItem> behind;
  for (std::size_t i = 0; i < form_.outputs.size(); ++i) {
    const sql::SelectItem& item = ranked.items[i];
    sql::OrderItem order;
    order.expr = sql::Column(kRanked, item.alias.empty() ? item.expr.name.back() : item.alias);
    first.items.push_back({order.expr, ""});
    (IsWithin(form_.outputs[i]) ? first.order_by : behind).push_back(std::move(order));
  }
  sql::OrderItem place;
  place.expr = sql::Column(kRanked, kPlace);
  first.where.push_back(sql::Binary("<=", place.expr, sql::Integer(form_.rank->limit)));
  first.order_by.push_back(std::move(place));
  for (sql::OrderItem& order : behind) first.order_by.push_back(std::move(order));
  first.from.push_back(sql::SubqueryRef(std::move(ranked), kRanked));
  first.limit = kMaxRows;
  return first;
}

}  // namespace loupe::ask
