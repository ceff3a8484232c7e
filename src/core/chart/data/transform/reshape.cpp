#include <algorithm>
#include <iterator>
#include <unordered_map>

#include "core/chart/data/prepare.hpp"
#include "core/chart/data/source.hpp"
#include "core/chart/data/transform/families.hpp"
#include "core/chart/data/transform/support.hpp"
#include "core/chart/limits.hpp"
#include "core/chart/parse/property.hpp"

namespace loupe::chart {
namespace {

std::string KeyOf(const Json& value) {
  std::string key;
  AppendKey(value, &key);
  return key;
}

}  // namespace

Result<Table> FoldRows(const Table& table, const Json& spec, const std::string& at,
                       const Environment& env) {
  LOUPE_ASSIGN_OR_RETURN(const std::vector<std::string> fields, TextList(spec, "fold", at));
  const std::vector<std::string> names = OutputNames(spec, {"key", "value"});
  LOUPE_RETURN_IF_ERROR(CheckCells(table.row_count * fields.size(), table.columns.size() + 2, at));
  RowList rows;
  for (std::size_t row = 0; row < table.row_count; ++row) {
    for (std::size_t i = 0; i < fields.size(); ++i) rows.push_back(row);
  }
  std::vector<std::vector<Json>> columns;
  for (const std::string& field : fields) {
    columns.push_back(FieldColumn(table, field, *env.context));
  }
  Table out = SubsetOf(table, rows, *env.context);
  std::vector<Json> keys;
  std::vector<Json> values;
  for (std::size_t row = 0; row < table.row_count; ++row) {
    if (row % Context::kPollInterval == 0) env.context->Poll();
    for (std::size_t i = 0; i < fields.size(); ++i) {
      keys.emplace_back(fields[i]);
      values.push_back(columns[i][row]);
    }
  }
  SetColumn(&out, names[0], std::move(keys));
  SetColumn(&out, names[1], std::move(values));
  return out;
}

Result<Table> FlattenRows(Table table, const Json& spec, const std::string& at,
                          const Environment& env) {
  LOUPE_ASSIGN_OR_RETURN(const std::vector<std::string> fields, TextList(spec, "flatten", at));
  const std::vector<std::string> names = OutputNames(spec, fields);
  std::vector<std::vector<Json>> lists;
  for (const std::string& field : fields) {
    lists.push_back(FieldColumn(table, field, *env.context));
  }
  RowList rows;
  std::vector<std::size_t> places;
  for (std::size_t row = 0; row < table.row_count; ++row) {
    if (row % Context::kPollInterval == 0) env.context->Poll();
    std::size_t length = 0;
    for (const std::vector<Json>& list : lists) {
      if (list[row].IsArray()) length = std::max(length, list[row].items().size());
    }
    LOUPE_RETURN_IF_ERROR(CheckCells(rows.size() + length, table.columns.size(), at));
    for (std::size_t i = 0; i < length; ++i) {
      rows.push_back(row);
      places.push_back(i);
    }
  }
  // Lists that are flattened are not copied for every one of their items.
  for (const std::string& field : fields) {
    const int column = table.Find(field);
    if (column >= 0) {
      table.columns[static_cast<std::size_t>(column)].assign(table.row_count, Json());
    }
  }
  Table out = SubsetOf(table, rows, *env.context);
  for (std::size_t i = 0; i < fields.size(); ++i) {
    std::vector<Json> values(rows.size());
    for (std::size_t k = 0; k < rows.size(); ++k) {
      if (k % Context::kPollInterval == 0) env.context->Poll();
      const Json& list = lists[i][rows[k]];
      const bool inside = list.IsArray() && places[k] < list.items().size();
      if (inside) values[k] = list.items()[places[k]];
    }
    SetColumn(&out, names[i], std::move(values));
  }
  const std::string index = TextOr(spec, "index", "");
  if (!index.empty()) {
    std::vector<Json> values;
    for (const std::size_t place : places) values.emplace_back(static_cast<std::int64_t>(place));
    SetColumn(&out, index, std::move(values));
  }
  return out;
}

Result<Table> LookupRows(Table table, const Json& spec, const std::string& at,
                         const Environment& env) {
  LOUPE_ASSIGN_OR_RETURN(const std::string field, TextMember(spec, "lookup", at));
  const std::string from_at = JsonPointer(at, "from");
  const Json* from = spec.Find("from");
  if (from == nullptr || !from->IsObject()) return InvalidSpec("a lookup needs \"from\"", at);
  if (from->Find("param") != nullptr) return NotDrawn("a lookup in a selection", from_at);
  const Json* data = from->Find("data");
  if (data == nullptr) return InvalidSpec("a lookup needs \"data\"", from_at);
  LOUPE_ASSIGN_OR_RETURN(const std::string key, TextMember(*from, "key", from_at));
  LOUPE_ASSIGN_OR_RETURN(const std::vector<std::string> fields, TextList(*from, "fields", from_at));
  LOUPE_ASSIGN_OR_RETURN(const Table other, env.load(*data, JsonPointer(from_at, "data")));
  std::unordered_map<std::string, std::size_t> index;
  const std::vector<Json> keys = FieldColumn(other, key, *env.context);
  for (std::size_t row = 0; row < other.row_count; ++row) {
    if (row % Context::kPollInterval == 0) env.context->Poll();
    index[ValueText(keys[row])] = row;
  }
  const std::vector<Json> wanted = FieldColumn(table, field, *env.context);
  const Json* otherwise = spec.Find("default");
  const Json missing = otherwise != nullptr ? *otherwise : Json();
  const auto find = [&](std::size_t row) {
    const auto found = index.find(ValueText(wanted[row]));
    return found == index.end() ? other.row_count : found->second;
  };
  if (fields.empty()) {
    const std::string as = TextOr(spec, "as", "_lookup");
    if (spec.Find("as") == nullptr) {
      env.warnings->push_back({at, "a lookup without \"fields\" and \"as\" fills \"_lookup\"", ""});
    }
    LOUPE_RETURN_IF_ERROR(CheckCells(table.row_count, other.columns.size(), at));
    std::vector<Json> values;
    for (std::size_t row = 0; row < table.row_count; ++row) {
      if (row % Context::kPollInterval == 0) env.context->Poll();
      const std::size_t match = find(row);
      values.push_back(match < other.row_count ? RowObject(other, match) : missing);
    }
    SetColumn(&table, as, std::move(values));
    return table;
  }
  const std::vector<std::string> names = OutputNames(spec, fields);
  LOUPE_RETURN_IF_ERROR(CheckCells(table.row_count, fields.size(), at));
  for (std::size_t i = 0; i < fields.size(); ++i) {
    const std::vector<Json> source = FieldColumn(other, fields[i], *env.context);
    std::vector<Json> values;
    for (std::size_t row = 0; row < table.row_count; ++row) {
      if (row % Context::kPollInterval == 0) env.context->Poll();
      const std::size_t match = find(row);
      values.push_back(match < other.row_count ? source[match] : missing);
    }
    SetColumn(&table, names[i], std::move(values));
  }
  return table;
}

namespace {

struct ImputePlan {
  std::string field;
  std::string key;
  std::vector<std::string> groups;
  Json value;          // of the rows that are added
  std::string method;  // that fills what is null; empty for none
};

Result<std::vector<Json>> KeyValues(const Json& spec, const std::string& at) {
  std::vector<Json> out;
  const Json* values = spec.Find("keyvals");
  if (values == nullptr) return out;
  if (values->IsArray()) return values->items();
  const double start = NumberOr(*values, "start", 0);
  const double stop = NumberOr(*values, "stop", 0);
  const double step = NumberOr(*values, "step", 1);
  if (!values->IsObject() || !(step > 0)) {
    return InvalidSpec("\"keyvals\" must be a list or a sequence", JsonPointer(at, "keyvals"));
  }
  LOUPE_RETURN_IF_ERROR(
      CheckCells(static_cast<std::size_t>(std::clamp((stop - start) / step, 0.0, 1e9)), 1, at));
  for (double key = start; key < stop; key += step) out.emplace_back(key);
  return out;
}

Result<ImputePlan> ReadImpute(const Json& spec, const std::string& at) {
  ImputePlan plan;
  LOUPE_ASSIGN_OR_RETURN(plan.field, TextMember(spec, "impute", at));
  LOUPE_ASSIGN_OR_RETURN(plan.key, TextMember(spec, "key", at));
  LOUPE_ASSIGN_OR_RETURN(plan.groups, TextList(spec, "groupby", at));
  const std::string method = TextOr(spec, "method", "value");
  if (method == "value") {
    const Json* value = spec.Find("value");
    plan.value = value != nullptr ? *value : Json(0);
    return plan;
  }
  const auto op = ParseAggregate(method);
  const bool known = op == Aggregate::kMean || op == Aggregate::kMedian || op == Aggregate::kMax ||
                     op == Aggregate::kMin;
  if (!known) {
    return InvalidSpec("\"method\" must be value, mean, median, max or min",
                       JsonPointer(at, "method"));
  }
  plan.method = method;
  return plan;
}

// Keys, each once, in the order in which they were added.
struct KeyIndex {
  std::vector<Json> keys;
  std::unordered_map<std::string, std::size_t> place;

  void Add(const Json& key) {
    if (place.try_emplace(KeyOf(key), keys.size()).second) keys.push_back(key);
  }
};

// What an imputation adds below the rows: the row whose group it joins, and its key.
struct Added {
  RowList rows;
  std::vector<Json> keys;
};

// The keys that a group lacks.
void AddMissingKeys(const KeyIndex& index, const RowList& group,
                    const std::vector<Json>& key_column, const Context& context, Added* added) {
  std::vector<bool> known(index.keys.size());
  for (std::size_t i = 0; i < group.size(); ++i) {
    if (i % Context::kPollInterval == 0) context.Poll();
    known[index.place.at(KeyOf(key_column[group[i]]))] = true;
  }
  for (std::size_t i = 0; i < known.size(); ++i) {
    if (i % Context::kPollInterval == 0) context.Poll();
    if (known[i]) continue;
    added->rows.push_back(group.front());
    added->keys.push_back(index.keys[i]);
  }
}

// Gives each null of the field what the method makes of the frame around its row.
Result<Table> FillNulls(Table table, const ImputePlan& plan, const Json& spec,
                        const std::string& at, const Environment& env) {
  const std::string imputed = "imputed_" + plan.field + "_value";
  Json groups = Json::MakeArray();
  for (const std::string& group : plan.groups) groups.Append(group);
  Json window = Json::MakeArray();
  window.Append(Json::Of({{"op", plan.method}, {"field", plan.field}, {"as", imputed}}));
  Json whole = Json::MakeArray();
  whole.Append(Json());
  whole.Append(Json());
  const Json* frame = spec.Find("frame");
  const Json of_method = Json::Of({{"window", std::move(window)},
                                   {"groupby", std::move(groups)},
                                   {"frame", frame != nullptr ? *frame : whole}});
  LOUPE_ASSIGN_OR_RETURN(table, WindowRows(std::move(table), of_method, at, env));
  std::vector<Json> values = FieldColumn(table, plan.field, *env.context);
  const std::vector<Json>& fill = table.columns[static_cast<std::size_t>(table.Find(imputed))];
  for (std::size_t row = 0; row < values.size(); ++row) {
    if (row % Context::kPollInterval == 0) env.context->Poll();
    if (values[row].IsNull()) values[row] = fill[row];
  }
  SetColumn(&table, plan.field, std::move(values));
  return table;
}

template <class T>
void AppendAll(std::vector<T> from, std::vector<T>* to) {
  to->insert(to->end(), std::make_move_iterator(from.begin()), std::make_move_iterator(from.end()));
}

}  // namespace

Result<Table> ImputeRows(Table table, const Json& spec, const std::string& at,
                         const Environment& env) {
  LOUPE_ASSIGN_OR_RETURN(const ImputePlan plan, ReadImpute(spec, at));
  LOUPE_ASSIGN_OR_RETURN(const std::vector<Json> asked, KeyValues(spec, at));
  std::vector<Json> key_column = FieldColumn(table, plan.key, *env.context);
  KeyIndex index;
  for (const Json& key : asked) index.Add(key);
  for (const Json& key : key_column) index.Add(key);
  const std::vector<RowList> groups = GroupBy(table, plan.groups, *env.context);
  LOUPE_RETURN_IF_ERROR(CheckCells(groups.size() * index.keys.size() + table.row_count, 1, at));
  std::vector<Json> values = FieldColumn(table, plan.field, *env.context);
  Added added;
  for (const RowList& group : groups) {
    AddMissingKeys(index, group, key_column, *env.context, &added);
  }
  // New rows have the group's fields, the key and the value; the rest is null.
  const std::size_t original = table.row_count;
  table.row_count += added.rows.size();
  for (std::size_t i = 0; i < table.names.size(); ++i) {
    const bool grouped =
        std::find(plan.groups.begin(), plan.groups.end(), table.names[i]) != plan.groups.end();
    std::vector<Json>& column = table.columns[i];
    column.resize(table.row_count);
    for (std::size_t k = 0; grouped && k < added.rows.size(); ++k) {
      column[original + k] = column[added.rows[k]];
    }
  }
  AppendAll(std::move(added.keys), &key_column);
  values.resize(table.row_count, plan.value);
  SetColumn(&table, plan.key, std::move(key_column));
  SetColumn(&table, plan.field, std::move(values));
  if (plan.method.empty()) return table;
  return FillNulls(std::move(table), plan, spec, at, env);
}

}  // namespace loupe::chart
