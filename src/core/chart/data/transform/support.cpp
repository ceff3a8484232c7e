#include "core/chart/data/transform/support.hpp"

#include <unordered_map>

#include "core/base/nearest.hpp"
#include "core/chart/data/field_path.hpp"
#include "core/chart/limits.hpp"
#include "core/chart/parse/property.hpp"

namespace loupe::chart {

Result<std::string> TextMember(const Json& spec, const char* name, const std::string& at) {
  const Json* found = spec.Find(name);
  if (found == nullptr || !found->IsString()) {
    return InvalidSpec("a transform needs \"" + std::string(name) + "\" to be a string",
                       JsonPointer(at, name));
  }
  return found->AsString();
}

Result<std::vector<std::string>> TextList(const Json& spec, const char* name,
                                          const std::string& at) {
  std::vector<std::string> out;
  const Json* found = spec.Find(name);
  if (found == nullptr || found->IsNull()) return out;
  if (found->IsString()) return std::vector<std::string>{found->AsString()};
  if (!found->IsArray()) {
    return InvalidSpec("\"" + std::string(name) + "\" must be a list of strings",
                       JsonPointer(at, name));
  }
  for (const Json& item : found->items()) {
    if (!item.IsString()) {
      return InvalidSpec("\"" + std::string(name) + "\" must be a list of strings",
                         JsonPointer(at, name));
    }
    out.push_back(item.AsString());
  }
  return out;
}

std::string TextOr(const Json& spec, const char* name, const std::string& fallback) {
  const Json* found = spec.Find(name);
  return found != nullptr && found->IsString() ? found->AsString() : fallback;
}

double NumberOr(const Json& spec, const char* name, double fallback) {
  const Json* found = spec.Find(name);
  return found != nullptr && found->IsNumber() ? found->AsDouble() : fallback;
}

std::vector<std::string> OutputNames(const Json& spec, std::vector<std::string> defaults) {
  const Json* as = spec.Find("as");
  if (as == nullptr) return defaults;
  if (as->IsString() && !defaults.empty()) {
    defaults[0] = as->AsString();
    return defaults;
  }
  if (!as->IsArray()) return defaults;
  for (std::size_t i = 0; i < as->items().size() && i < defaults.size(); ++i) {
    if (as->items()[i].IsString()) defaults[i] = as->items()[i].AsString();
  }
  return defaults;
}

std::vector<Json> FieldColumn(const Table& table, const std::string& field,
                              const Context& context) {
  const int whole = table.Find(field);
  if (whole >= 0) return table.columns[static_cast<std::size_t>(whole)];
  const std::vector<std::string> path = SplitFieldPath(field);
  const int first = table.Find(path[0]);
  std::vector<Json> out(table.row_count);
  for (std::size_t row = 0; first >= 0 && row < table.row_count; ++row) {
    if (row % Context::kPollInterval == 0) context.Poll();
    const Json* value = WalkFieldPath(table.At(first, row), path, 1);
    if (value != nullptr) out[row] = *value;
  }
  return out;
}

void SetColumn(Table* table, const std::string& name, std::vector<Json> values) {
  const int column = table->Find(name);
  if (column >= 0) {
    table->columns[static_cast<std::size_t>(column)] = std::move(values);
  } else {
    table->Add(name, std::move(values));
  }
}

Json RowObject(const Table& table, std::size_t row) {
  Json object = Json::MakeObject();
  for (std::size_t i = 0; i < table.names.size(); ++i) {
    object.Set(table.names[i], table.columns[i][row]);
  }
  return object;
}

std::vector<RowList> GroupBy(const Table& table, const std::vector<std::string>& fields,
                             const Context& context) {
  std::vector<std::vector<Json>> columns;
  for (const std::string& field : fields) columns.push_back(FieldColumn(table, field, context));
  std::unordered_map<std::string, std::size_t> index;
  std::vector<RowList> groups;
  for (std::size_t row = 0; row < table.row_count; ++row) {
    if (row % Context::kPollInterval == 0) context.Poll();
    std::string key;
    for (const std::vector<Json>& column : columns) AppendKey(column[row], &key);
    const auto [slot, added] = index.try_emplace(std::move(key), groups.size());
    if (added) groups.emplace_back();
    groups[slot->second].push_back(row);
  }
  return groups;
}

Result<std::vector<SortField>> SortFields(const Table& table, const Json* sort,
                                          const std::string& at, const Context& context) {
  std::vector<SortField> out;
  if (sort == nullptr || sort->IsNull()) return out;
  const Json list = sort->IsArray() ? *sort : Json::FromArray({*sort});
  for (const Json& item : list.items()) {
    const Json* field = item.IsString() ? &item : item.Find("field");
    if (field == nullptr || !field->IsString()) {
      return InvalidSpec("a sort needs a \"field\"", JsonPointer(at, "sort"));
    }
    const Json* order = item.Find("order");
    out.push_back({FieldColumn(table, field->AsString(), context),
                   order != nullptr && *order == Json("descending")});
  }
  return out;
}

int CompareRows(const std::vector<SortField>& sort, std::size_t a, std::size_t b) {
  for (const SortField& field : sort) {
    const int order = CompareValues(field.values[a], field.values[b]);
    if (order != 0) return field.descending ? -order : order;
  }
  return 0;
}

Result<Aggregate> OperationOf(const Json& spec, const std::string& at) {
  LOUPE_ASSIGN_OR_RETURN(const std::string name, TextMember(spec, "op", at));
  if (const auto op = ParseAggregate(name)) return *op;
  std::vector<std::string> names;
  for (int i = 0; i <= static_cast<int>(kLastAggregate); ++i) {
    names.emplace_back(AggregateName(static_cast<Aggregate>(i)));
  }
  return Status(Code::kChartInvalidSpec, "unknown aggregation \"" + name + "\"")
      .WithHint(NearestNameHint(name, names))
      .At(JsonPointer(at, "op"));
}

Status CheckCells(std::size_t rows, std::size_t columns, const std::string& at) {
  if (rows <= kMaxRows && rows * std::max<std::size_t>(1, columns) <= kMaxTransformCells) {
    return Status::Ok();
  }
  return Status(Code::kLimitExceeded, "a transform makes more than " + std::to_string(kMaxRows) +
                                          " rows or " + std::to_string(kMaxTransformCells) +
                                          " values")
      .WithHint("Filter or aggregate first.")
      .At(at);
}

}  // namespace loupe::chart
