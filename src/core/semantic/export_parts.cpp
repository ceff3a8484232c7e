#include "core/semantic/export_parts.hpp"

#include <map>

#include "core/semantic/formula_emit.hpp"
#include "core/semantic/sql_tokens.hpp"
#include "core/sql/printer.hpp"

namespace loupe::semantic {
namespace {

constexpr int kMaxFormulaDepth = 16;
constexpr std::size_t kMaxFormulaBytes = 64 * 1024;

std::string ColumnOver(const std::string& column, std::string_view alias) {
  const std::string quoted = sql::QuoteIdentifier(column);
  return alias.empty() ? quoted : std::string(alias) + "." + quoted;
}

Result<std::string> SourceSql(const Entity& entity, const RowSource& source, std::string_view alias,
                              int depth) {
  if (const std::optional<std::string> plain = RowSqlOf(source, alias)) return *plain;
  if (!source.formula) return NotCarried("it has no expression");
  if (depth == kMaxFormulaDepth) return NotCarried("its formula is nested too deep");
  return FormulaSql(*source.formula, [&](const std::string& reference) -> Result<std::string> {
    const std::string local = reference.substr(reference.find('.') + 1);
    const Dimension* dimension = entity.FindDimension(local);
    if (dimension == nullptr || !dimension->bins.empty()) {
      return NotCarried("its formula refers to \"" + reference + "\"");
    }
    return SourceSql(entity, *dimension, alias, depth + 1);
  });
}

}  // namespace

std::string FragmentOver(const std::string& fragment, std::string_view alias) {
  const Result<SqlTokens> scanned = ScanSql(fragment);
  if (!scanned.ok()) return fragment;
  SqlTokens out;
  const SqlTokens& tokens = scanned.value();
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    const bool is_row = tokens[i].kind == SqlTokenKind::kReference && tokens[i].text == "T";
    if (!is_row) {
      out.push_back(tokens[i]);
      continue;
    }
    const bool dotted = i + 2 < tokens.size() && tokens[i + 1].Is(".");
    if (alias.empty() && dotted) {
      out.push_back(tokens[i + 2]);
      out.back().spaced = tokens[i].spaced;
      i += 2;
    } else {
      out.push_back({SqlTokenKind::kSymbol, std::string(alias), tokens[i].spaced});
    }
  }
  return PrintSql(out);
}

std::optional<std::string> RowSqlOf(const RowSource& source, std::string_view alias) {
  if (!source.column.empty()) return ColumnOver(source.column, alias);
  if (!source.sql.empty()) return FragmentOver(source.sql, alias);
  return std::nullopt;
}

Result<std::string> FormulaSql(
    const Formula& formula,
    const std::function<Result<std::string>(const std::string&)>& reference) {
  Status failure;
  const TypedExpr emitted = EmitFormula(formula, [&](const std::string& name) {
    const Result<std::string> sql = reference(name);
    if (!sql.ok() && failure.ok()) failure = sql.status();
    return TypedExpr{sql::Fragment(sql.ok() ? sql.value() : "NULL"), SqlType::kUnknown,
                     FormulaType::kUnknown};
  });
  if (!failure.ok()) return failure;
  std::string text = sql::Print(emitted.expr);
  if (text.size() > kMaxFormulaBytes) return NotCarried("its formula is too long when written out");
  return text;
}

Result<std::string> DimensionSql(const Entity& entity, const Dimension& dimension,
                                 std::string_view alias) {
  if (!dimension.bins.empty()) return NotCarried("it has \"bins\"");
  return SourceSql(entity, dimension, alias, 0);
}

Result<std::optional<std::string>> ArgumentSql(const Entity& entity, const Measure& measure,
                                               std::string_view alias) {
  if (measure.empty()) return std::optional<std::string>();
  LOUPE_ASSIGN_OR_RETURN(std::string sql, SourceSql(entity, measure, alias, 0));
  return std::optional<std::string>(std::move(sql));
}

Json ExportDimensions(const Entity& entity, std::string_view alias, ForeignObject* reader,
                      ImportNotes* notes, const WriteDimension& write) {
  Json list = Json::MakeArray();
  const std::vector<ForeignItem> items = reader->Items("dimensions");
  for (std::size_t i = 0; i < items.size(); ++i) {
    const Dimension& dimension = entity.dimensions[i];
    ForeignObject object(*items[i].value, items[i].pointer, notes);
    object.Ignore({"name", "type", "column", "sql", "formula", "data_type", "bins"});
    const Result<std::string> sql = DimensionSql(entity, dimension, alias);
    if (!sql.ok()) {
      notes->Add(items[i].pointer,
                 "dimension \"" + dimension.name + "\" is not carried: " + sql.status().message());
      continue;
    }
    list.Append(write(dimension, sql.value(), &object));
    object.NoteRest();
  }
  return list;
}

Result<std::vector<std::string>> FilterSql(const Measure& measure, std::string_view alias) {
  std::vector<std::string> conditions;
  for (const Json& filter : measure.filters) {
    if (!filter.IsString()) return NotCarried("it filters by members");
    conditions.push_back(FragmentOver(filter.AsString(), alias));
  }
  return conditions;
}

std::string JoinedByAnd(const std::vector<std::string>& conditions) {
  std::string joined;
  for (const std::string& condition : conditions) {
    joined += (joined.empty() ? "(" : " AND (") + condition + ")";
  }
  return joined;
}

std::string QualifiedName(const Entity& entity, const std::string& reference) {
  return reference.find('.') == std::string::npos ? entity.name + "." + reference : reference;
}

std::set<std::string> DependentsOf(const Model& model, const std::set<std::string>& left_out) {
  std::map<std::string, std::vector<std::string>> users;
  for (const Entity& entity : model.entities) {
    for (const Measure& measure : entity.measures) {
      const std::string name = entity.name + "." + measure.name;
      if (!measure.measure.empty()) users[QualifiedName(entity, measure.measure)].push_back(name);
      if (measure.kind != MeasureKind::kCalculated) continue;
      for (const std::string& reference : ReferencesOf(*measure.formula)) {
        users[QualifiedName(entity, reference)].push_back(name);
      }
    }
  }
  std::set<std::string> dependents;
  std::vector<std::string> open(left_out.begin(), left_out.end());
  while (!open.empty()) {
    const std::string name = open.back();
    open.pop_back();
    for (const std::string& user : users[name]) {
      if (left_out.count(user) == 0 && dependents.insert(user).second) open.push_back(user);
    }
  }
  return dependents;
}

const Json& JsonAt(const Json& object, std::string_view key) {
  static const Json null;
  const Json* value = object.Find(key);
  return value == nullptr ? null : *value;
}

}  // namespace loupe::semantic
