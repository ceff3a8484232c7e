#include "core/semantic/view_query.hpp"

#include <optional>
#include <string_view>
#include <utility>

#include "core/base/calendar.hpp"
#include "core/semantic/date_range.hpp"
#include "core/sql/printer.hpp"

namespace loupe::semantic {
namespace {

// Two days that share no year, month, day, weekday or time of day, long past both.
constexpr DateTime kOneDay{2001, 2, 3, 4, 5, 6, 7};
constexpr DateTime kOtherDay{2014, 9, 22, 19, 41, 33, 500};

constexpr int kMaxDepth = 64;  // of a query; ParseJson goes no deeper

// Tells whether a text is a range that is another one on another day.
bool Moves(const std::string& text) {
  const Result<DateRange> one = ParseDateRange(std::string_view(text), kOneDay);
  const Result<DateRange> other = ParseDateRange(std::string_view(text), kOtherDay);
  if (!one.ok() || !other.ok()) return one.ok() != other.ok();
  return !(one.value().from == other.value().from && one.value().to == other.value().to);
}

// The place of the first text below `json` that moves.
std::optional<std::string> FindMovingText(const Json& json, const std::string& pointer, int depth) {
  if (depth > kMaxDepth) return std::nullopt;
  if (json.IsString()) return Moves(json.AsString()) ? std::optional(pointer) : std::nullopt;
  if (json.IsArray()) {
    for (std::size_t i = 0; i < json.items().size(); ++i) {
      auto found = FindMovingText(json.items()[i], JsonPointer(pointer, i), depth + 1);
      if (found) return found;
    }
  }
  if (json.IsObject()) {
    for (const Json::Member& member : json.members()) {
      auto found = FindMovingText(member.value, JsonPointer(pointer, member.name), depth + 1);
      if (found) return found;
    }
  }
  return std::nullopt;
}

Status MovingRange(const Json& query) {
  return Status(Code::kNotSupported, "a view cannot hold a range that moves with the day")
      .WithHint(
          "Write the range as dates, or leave it out and filter the rows of the view by its time "
          "column.")
      .At(FindMovingText(query, "", 0).value_or(""));
}

Status GovernedEntity(const Entity& entity) {
  return Status(Code::kNotSupported,
                "a view cannot carry the access rules of entity \"" + entity.name + "\"")
      .WithDetail("The view would show every reader what the rules show you.")
      .WithHint(
          "Give the table row-level security, which a view obeys, or let people call "
          "semantic_query.");
}

// The statement without a limit but one that the query names, and the order that it then has no
// use for.
Result<Compiled> CompileAt(const DateTime& day, const Json& query, const Model& model,
                           const std::string& functions_schema) {
  CompileOptions options;
  options.now = day;
  options.functions_schema = functions_schema;
  options.default_limit.reset();
  LOUPE_ASSIGN_OR_RETURN(Compiled compiled, CompileQuery(query, model, options));
  if (!compiled.select.limit && !compiled.select.offset) compiled.select.order_by.clear();
  return compiled;
}

}  // namespace

Result<ViewQuery> MakeViewQuery(const Json& query, const Model& model,
                                const std::string& functions_schema) {
  Result<Compiled> one = CompileAt(kOneDay, query, model, functions_schema);
  const Result<Compiled> other = CompileAt(kOtherDay, query, model, functions_schema);
  if (!one.ok() && !other.ok()) return one.status();
  if (!one.ok() || !other.ok() || one.value().sql != other.value().sql) return MovingRange(query);
  for (const Entity* entity : one.value().entities) {
    if (!entity->access.empty()) return GovernedEntity(*entity);
  }
  ViewQuery view;
  view.select = std::move(one).value().select;
  for (const sql::SelectItem& item : view.select.items) view.columns.push_back(item.alias);
  return view;
}

std::string CreateViewSql(const std::string& schema, const std::string& name,
                          const std::vector<std::string>& columns, const std::string& select,
                          ViewCreation creation) {
  std::string sql = creation == ViewCreation::kReplace ? "CREATE OR REPLACE VIEW " : "CREATE VIEW ";
  sql += sql::QuoteQualified(schema, name) + " (";
  for (std::size_t i = 0; i < columns.size(); ++i) {
    sql += (i == 0 ? "" : ", ") + sql::QuoteIdentifier(columns[i]);
  }
  return sql + ")\nWITH (security_invoker = true) AS\n" + select;
}

}  // namespace loupe::semantic
