#include "core/semantic/infer.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <utility>
#include <vector>

#include "core/semantic/names.hpp"
#include "core/semantic/sql_types.hpp"

namespace loupe::semantic {
namespace {

constexpr std::string_view kIdentifierWords[] = {
    "id",        "key",   "code", "no",   "nr",      "zip",  "postcode", "postal",  "phone",
    "year",      "month", "day",  "hour", "minute",  "week", "quarter",  "weekday", "latitude",
    "longitude", "lat",   "lon",  "lng",  "version", "rank", "position"};
constexpr std::string_view kIdentifierLastWords[] = {"number", "num"};

// Printed types without a short readable form.
constexpr std::string_view kUnreadableTypes[] = {
    "bytea", "json",    "jsonb",  "xml",      "point",   "line",     "lseg",     "box",
    "path",  "polygon", "circle", "tsvector", "tsquery", "geometry", "geography"};

template <std::size_t kSize>
bool Contains(const std::string_view (&list)[kSize], std::string_view word) {
  return std::find(std::begin(list), std::end(list), word) != std::end(list);
}

bool Contains(const std::vector<std::string>& list, const std::string& word) {
  return std::find(list.begin(), list.end(), word) != list.end();
}

// "hour", "geometry(Point,4326)" and "public.geometry" each compare without what is around.
std::string BaseType(const std::string& sql_type) {
  const std::string head = sql_type.substr(0, sql_type.find('('));
  const std::size_t dot = head.rfind('.');
  return dot == std::string::npos ? head : head.substr(dot + 1);
}

std::optional<DimensionType> DimensionTypeOf(const CatalogColumn& column) {
  switch (column.type) {
    case ValueType::kBoolean:
      return DimensionType::kBoolean;
    case ValueType::kNumber:
      return DimensionType::kNumber;
    case ValueType::kString:
      return DimensionType::kString;
    case ValueType::kDate:
    case ValueType::kTimestamp:
      return DimensionType::kTime;
    case ValueType::kOther:
      break;
  }
  const bool array = column.sql_type.size() > 2 &&
                     column.sql_type.compare(column.sql_type.size() - 2, 2, "[]") == 0;
  if (array || Contains(kUnreadableTypes, BaseType(column.sql_type))) return std::nullopt;
  return DimensionType::kString;
}

bool IsInForeignKey(const CatalogTable& table, const std::string& column) {
  for (const CatalogForeignKey& key : table.foreign_keys) {
    if (Contains(key.columns, column)) return true;
  }
  return false;
}

bool IsInKey(const CatalogTable& table, const std::string& column) {
  if (Contains(table.primary_key, column) || IsInForeignKey(table, column)) return true;
  for (const std::vector<std::string>& key : table.unique_keys) {
    if (Contains(key, column)) return true;
  }
  return false;
}

bool NamesAnIdentifier(const std::string& column) {
  const std::vector<std::string> words = SplitWords(column);
  for (const std::string& word : words) {
    if (Contains(kIdentifierWords, word)) return true;
  }
  return !words.empty() && Contains(kIdentifierLastWords, words.back());
}

// Gives each name once: a taken one gets "_2", "_3", …
class UniqueNames {
 public:
  std::string Take(const std::string& wanted) {
    std::string name = wanted;
    for (int i = 2; !taken_.insert(name).second; ++i) {
      const std::string suffix = "_" + std::to_string(i);
      name = wanted.substr(0, kMaxNameBytes - suffix.size()) + suffix;
    }
    return name;
  }

 private:
  std::set<std::string> taken_;
};

using TableName = std::pair<std::string, std::string>;  // schema, table

bool HasDimension(const CatalogTable& table) {
  const auto shown = [](const CatalogColumn& column) {
    return DimensionTypeOf(column).has_value();
  };
  return std::any_of(table.columns.begin(), table.columns.end(), shown);
}

// The entities' names: the table's, after the schema's where two tables would share one.
std::map<TableName, std::string> NameEntities(const Catalog& catalog) {
  std::map<std::string, int> uses;
  for (const CatalogTable& table : catalog.tables) {
    if (HasDimension(table)) ++uses[SanitizedName(table.name)];
  }
  std::map<TableName, std::string> names;
  UniqueNames unique;
  for (const CatalogTable& table : catalog.tables) {
    if (!HasDimension(table)) continue;
    const bool clash = uses[SanitizedName(table.name)] > 1;
    const std::string wanted = clash ? table.schema + "_" + table.name : table.name;
    names[{table.schema, table.name}] = unique.Take(SanitizedName(wanted));
  }
  return names;
}

void AddDimensions(const CatalogTable& table, UniqueNames* names, Entity* entity) {
  for (const CatalogColumn& column : table.columns) {
    const std::optional<DimensionType> type = DimensionTypeOf(column);
    if (!type) continue;
    Dimension dimension;
    dimension.name = names->Take(SanitizedName(column.name));
    dimension.type = *type;
    dimension.column = column.name;
    dimension.data_type = column.sql_type;
    dimension.labels = LabelsFromComment(column.comment);
    if (dimension.name != column.name) dimension.labels.title = TitleFromName(column.name);
    entity->dimensions.push_back(std::move(dimension));
  }
}

void AddMeasure(const CatalogColumn& column, Aggregation aggregation, const std::string& prefix,
                const std::string& title, UniqueNames* names, Entity* entity) {
  Measure measure;
  measure.name = names->Take(SanitizedName(prefix + "_" + column.name));
  measure.aggregation = aggregation;
  measure.column = column.name;
  measure.data_type = column.sql_type;
  measure.labels = LabelsFromComment(column.comment);
  measure.labels.title = title + " " + TitleFromName(column.name);
  entity->measures.push_back(std::move(measure));
}

void AddNumberMeasures(const CatalogColumn& column, UniqueNames* names, Entity* entity) {
  const SqlType type = ClassifyType(column.sql_type);
  const auto add = [&](Aggregation aggregation, const char* prefix, const char* title) {
    if (Fits(aggregation, type)) AddMeasure(column, aggregation, prefix, title, names, entity);
  };
  add(Aggregation::kSum, "total", "Total");
  add(Aggregation::kAvg, "avg", "Average");
  add(Aggregation::kMin, "min", "Minimum");
  add(Aggregation::kMax, "max", "Maximum");
}

void AddMeasures(const CatalogTable& table, UniqueNames* names, Entity* entity) {
  Measure count;
  count.name = names->Take("count");
  count.labels.title = "Count";
  entity->measures.push_back(std::move(count));
  for (const CatalogColumn& column : table.columns) {
    const bool interval = ClassifyType(column.sql_type) == SqlType::kInterval;
    if (IsInForeignKey(table, column.name)) {
      AddMeasure(column, Aggregation::kCountDistinct, "distinct", "Distinct", names, entity);
    } else if (column.type == ValueType::kNumber || interval) {
      if (IsInKey(table, column.name) || NamesAnIdentifier(column.name)) continue;
      AddNumberMeasures(column, names, entity);
    } else if (column.type == ValueType::kDate || column.type == ValueType::kTimestamp) {
      AddMeasure(column, Aggregation::kMin, "min", "Earliest", names, entity);
      AddMeasure(column, Aggregation::kMax, "max", "Latest", names, entity);
    }
  }
}

bool IsUnique(const CatalogTable& table, std::vector<std::string> columns) {
  std::sort(columns.begin(), columns.end());
  std::vector<std::vector<std::string>> keys = table.unique_keys;
  keys.push_back(table.primary_key);
  for (std::vector<std::string>& key : keys) {
    std::sort(key.begin(), key.end());
    if (key == columns) return true;
  }
  return false;
}

// "origin_id" gives "origin"; several columns are put together.
std::string RoleName(const CatalogForeignKey& key) {
  std::string name;
  for (const std::string& column : key.columns) {
    std::string part = column;
    if (part.size() > 3 && part.compare(part.size() - 3, 3, "_id") == 0)
      part.resize(part.size() - 3);
    name += (name.empty() ? "" : "_") + part;
  }
  return SanitizedName(name);
}

void AddJoins(const CatalogTable& table, const std::map<TableName, std::string>& entity_names,
              Entity* entity) {
  std::map<TableName, int> uses;
  for (const CatalogForeignKey& key : table.foreign_keys) {
    ++uses[{key.target_schema, key.target_table}];
  }
  UniqueNames names;
  for (const CatalogForeignKey& key : table.foreign_keys) {
    const TableName target = {key.target_schema, key.target_table};
    const auto found = entity_names.find(target);
    if (found == entity_names.end() || key.columns.size() != key.target_columns.size()) continue;
    Join join;
    join.entity = found->second;
    join.name = names.Take(uses[target] > 1 ? RoleName(key) : join.entity);
    if (join.name == join.entity) join.name.clear();
    if (IsUnique(table, key.columns)) join.relationship = Relationship::kOneToOne;
    for (std::size_t i = 0; i < key.columns.size(); ++i) {
      join.columns.emplace_back(key.columns[i], key.target_columns[i]);
    }
    entity->joins.push_back(std::move(join));
  }
}

}  // namespace

Model InferModel(const Catalog& catalog, std::string name) {
  Model model;
  model.name = std::move(name);
  const std::map<TableName, std::string> entity_names = NameEntities(catalog);
  for (const CatalogTable& table : catalog.tables) {
    const auto found = entity_names.find({table.schema, table.name});
    if (found == entity_names.end()) continue;
    Entity entity;
    entity.name = found->second;
    entity.schema = table.schema;
    entity.table = table.name;
    entity.labels = LabelsFromComment(table.comment);
    if (entity.name != table.name) entity.labels.title = TitleFromName(table.name);
    entity.primary_key = table.primary_key;
    AddJoins(table, entity_names, &entity);
    UniqueNames names;
    AddDimensions(table, &names, &entity);
    AddMeasures(table, &names, &entity);
    model.entities.push_back(std::move(entity));
  }
  return model;
}

}  // namespace loupe::semantic
