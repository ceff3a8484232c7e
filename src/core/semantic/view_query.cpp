#include "core/semantic/view_query.hpp"

#include <algorithm>
#include <optional>
#include <string_view>
#include <utility>

#include "core/base/calendar.hpp"
#include "core/semantic/date_range.hpp"
#include "core/semantic/names.hpp"
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

// The model as somebody sees it to whom the rules of one entity show nothing.
Model WithoutSight(Model model, std::size_t index) {
  Entity& entity = model.entities[index];
  entity.row_filters = {{Json("false")}};
  for (Dimension& dimension : entity.dimensions) dimension.is_masked = true;
  for (Measure& measure : entity.measures) measure.is_masked = true;
  return model;
}

// Finds an entity with access rules that `sql`, compiled from `query` on kOneDay, reads: one whose
// rules would change it.
const Entity* FindGoverned(const Json& query, const Model& model, const std::string& sql) {
  for (std::size_t i = 0; i < model.entities.size(); ++i) {
    if (model.entities[i].access.empty()) continue;
    const Result<Compiled> changed = CompileQuery(query, WithoutSight(model, i), {kOneDay, ""});
    if (!changed.ok() || changed.value().sql != sql) return &model.entities[i];
  }
  return nullptr;
}

Status GovernedEntity(const Entity& entity) {
  return Status(Code::kNotSupported,
                "a view cannot carry the access rules of entity \"" + entity.name + "\"")
      .WithDetail("The view would show every reader what the rules show you.")
      .WithHint(
          "Give the table row-level security, which a view obeys, or let people call "
          "semantic_query.");
}

bool IsGiven(const Json& query, std::string_view key) {
  const Json* value = query.Find(key);
  return value != nullptr && !value->IsNull();
}

std::string Cut(const std::string& name, std::size_t bytes) { return name.substr(0, bytes); }

}  // namespace

std::vector<std::string> ViewColumnNames(const std::vector<OutputColumn>& columns) {
  std::vector<std::string> names;
  for (const OutputColumn& column : columns) {
    std::string name = Cut(column.key, kMaxNameBytes);
    for (int i = 2; std::find(names.begin(), names.end(), name) != names.end(); ++i) {
      const std::string suffix = "_" + std::to_string(i);
      name = Cut(column.key, kMaxNameBytes - suffix.size()) + suffix;
    }
    names.push_back(std::move(name));
  }
  return names;
}

Result<ViewQuery> MakeViewQuery(const Json& query, const Compiled& compiled, const Model& model) {
  const Result<Compiled> one = CompileQuery(query, model, {kOneDay, ""});
  const Result<Compiled> other = CompileQuery(query, model, {kOtherDay, ""});
  if (!one.ok() || !other.ok() || one.value().sql != other.value().sql) return MovingRange(query);
  const Entity* governed = FindGoverned(query, model, one.value().sql);
  if (governed != nullptr) return GovernedEntity(*governed);
  ViewQuery view{ViewColumnNames(compiled.columns), compiled.select};
  if (!IsGiven(query, "limit")) view.select.limit.reset();
  if (!view.select.limit && !view.select.offset) view.select.order_by.clear();
  return view;
}

std::string CreateViewSql(const std::string& schema, const std::string& name, const ViewQuery& view,
                          ViewCreation creation) {
  std::string sql = creation == ViewCreation::kReplace ? "CREATE OR REPLACE VIEW " : "CREATE VIEW ";
  sql += sql::QuoteQualified(schema, name) + " (";
  for (std::size_t i = 0; i < view.columns.size(); ++i) {
    sql += (i == 0 ? "" : ", ") + sql::QuoteIdentifier(view.columns[i]);
  }
  return sql + ")\nWITH (security_invoker = true) AS\n" + sql::Print(view.select);
}

}  // namespace loupe::semantic
