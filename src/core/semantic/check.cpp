#include "core/semantic/check.hpp"

#include <algorithm>
#include <charconv>
#include <string>
#include <string_view>
#include <utility>

#include "core/base/nearest.hpp"
#include "core/semantic/names.hpp"
#include "core/semantic/sql_types.hpp"

namespace loupe::semantic {
namespace {

std::string Quoted(const std::string& name) { return "\"" + name + "\""; }

std::vector<std::string> TableNames(const Catalog& catalog, const std::string& schema) {
  std::vector<std::string> names;
  for (const CatalogTable& table : catalog.tables) {
    if (schema.empty() || table.schema == schema) names.push_back(table.name);
  }
  return names;
}

std::vector<std::string> ColumnNames(const CatalogTable& table) {
  std::vector<std::string> names;
  for (const CatalogColumn& column : table.columns) names.push_back(column.name);
  return names;
}

// Adds a problem when the table lacks the column; returns the column or null.
const CatalogColumn* DemandColumn(const CatalogTable& table, const std::string& column,
                                  const std::string& pointer, std::vector<Status>* problems) {
  const CatalogColumn* found = table.FindColumn(column);
  if (found != nullptr) return found;
  problems->push_back(Status(Code::kUndefinedColumn, "column " + Quoted(column) + " of table " +
                                                         Quoted(table.name) + " does not exist")
                          .WithHint(NearestNameHint(column, ColumnNames(table)))
                          .At(pointer));
  return nullptr;
}

bool IsTime(SqlType type) {
  return type == SqlType::kDate || type == SqlType::kTimestamp || type == SqlType::kTimestampTz;
}

// Strings may show any type: the server can print it.
bool Fits(DimensionType dimension, SqlType type) {
  if (type == SqlType::kUnknown) return true;
  switch (dimension) {
    case DimensionType::kNumber:
      return IsNumber(type);
    case DimensionType::kBoolean:
      return type == SqlType::kBoolean;
    case DimensionType::kTime:
      return IsTime(type);
    case DimensionType::kString:
      break;
  }
  return !IsNumber(type) && !IsTime(type) && type != SqlType::kBoolean;
}

// Type of the member's column as the catalog has it, or of its expression as far as it is known.
template <class Member>
std::string SourceType(const Member& member, const CatalogTable& table, const std::string& pointer,
                       std::vector<Status>* problems) {
  if (member.column.empty()) return member.sql.empty() ? "" : member.data_type;
  const CatalogColumn* column = DemandColumn(table, member.column, pointer + "/column", problems);
  return column == nullptr ? "" : column->sql_type;
}

template <class Member>
std::string SourceName(const Member& member) {
  return member.column.empty() ? "its expression" : "column " + Quoted(member.column);
}

void CheckDimension(const Dimension& dimension, const CatalogTable& table,
                    const std::string& pointer, std::vector<Status>* problems) {
  const std::string type = SourceType(dimension, table, pointer, problems);
  // Bins make texts of numbers.
  const DimensionType wanted = dimension.bins.empty() ? dimension.type : DimensionType::kNumber;
  if (type.empty() || Fits(wanted, ClassifyType(type))) return;
  problems->push_back(Status(Code::kSemanticTypeMismatch, "dimension " + Quoted(dimension.name) +
                                                              " is a " + DimensionTypeName(wanted) +
                                                              ", but " + SourceName(dimension) +
                                                              " is of type " + type)
                          .At(pointer + "/type"));
}

void CheckMeasure(const Measure& measure, const CatalogTable& table, const std::string& pointer,
                  std::vector<Status>* problems) {
  if (measure.kind != MeasureKind::kAggregate) return;
  const std::string type = SourceType(measure, table, pointer, problems);
  if (type.empty() || Fits(measure.aggregation, ClassifyType(type))) return;
  problems->push_back(
      Status(Code::kSemanticTypeMismatch, "measure " + Quoted(measure.name) + " takes the " +
                                              AggregationName(measure.aggregation) + " of " +
                                              SourceName(measure) + ", which is of type " + type)
          .WithHint("Use \"count\" or \"count_distinct\", or a number column.")
          .At(pointer + "/type"));
}

bool HasKey(const std::vector<std::string>& declared, const CatalogTable& table,
            std::vector<std::string> columns) {
  std::vector<std::vector<std::string>> keys = table.unique_keys;
  keys.push_back(table.primary_key);
  keys.push_back(declared);
  std::sort(columns.begin(), columns.end());
  for (std::vector<std::string>& key : keys) {
    std::sort(key.begin(), key.end());
    if (!key.empty() && std::includes(columns.begin(), columns.end(), key.begin(), key.end())) {
      return true;
    }
  }
  return false;
}

// The side of the join that may have only one row has to be unique, or rows would be counted twice.
void CheckUniqueSide(const Join& join, const Entity& entity, const CatalogTable& table,
                     const Entity& target, const CatalogTable& target_table,
                     const std::string& pointer, std::vector<Status>* problems) {
  std::vector<std::string> from;
  std::vector<std::string> to;
  for (const auto& [own, other] : join.columns) {
    from.push_back(own);
    to.push_back(other);
  }
  const bool one_here = join.relationship == Relationship::kOneToMany;
  const bool unique = one_here ? HasKey(entity.primary_key, table, from)
                               : HasKey(target.primary_key, target_table, to);
  if (unique) return;
  const std::string& name = one_here ? entity.name : target.name;
  problems->push_back(
      Status(Code::kSemanticInvalidModel, "join of " + Quoted(entity.name) + " to " +
                                              Quoted(target.name) + " is " +
                                              RelationshipName(join.relationship) +
                                              ", but its columns are no key of " + Quoted(name))
          .WithHint("Give " + Quoted(name) + " a \"primary_key\" of these columns if they are " +
                    "unique; else turn the relationship round.")
          .At(pointer));
}

void CheckJoin(const Join& join, const Entity& entity, const CatalogTable& table,
               const Model& model, const Catalog& catalog, const std::string& pointer,
               std::vector<Status>* problems) {
  if (join.bridge) return;  // the bridge is an entity of the model, with joins of its own
  const Entity* target = model.FindEntity(join.entity);
  const CatalogTable* target_table = target == nullptr ? nullptr : FindTable(catalog, *target);
  if (target_table == nullptr) return;  // reported at the target itself
  bool complete = true;
  for (std::size_t i = 0; i < join.columns.size(); ++i) {
    const std::string at = JsonPointer(pointer + "/columns", i);
    const auto& [from, to] = join.columns[i];
    complete = DemandColumn(table, from, at + "/from", problems) != nullptr && complete;
    complete = DemandColumn(*target_table, to, at + "/to", problems) != nullptr && complete;
  }
  if (complete) CheckUniqueSide(join, entity, table, *target, *target_table, pointer, problems);
}

void CheckEntity(const Entity& entity, const CatalogTable& table, const Model& model,
                 const Catalog& catalog, const std::string& pointer,
                 std::vector<Status>* problems) {
  for (std::size_t i = 0; i < entity.primary_key.size(); ++i) {
    (void)DemandColumn(table, entity.primary_key[i], JsonPointer(pointer + "/primary_key", i),
                       problems);
  }
  for (std::size_t i = 0; i < entity.joins.size(); ++i) {
    CheckJoin(entity.joins[i], entity, table, model, catalog, JsonPointer(pointer + "/joins", i),
              problems);
  }
  for (std::size_t i = 0; i < entity.dimensions.size(); ++i) {
    CheckDimension(entity.dimensions[i], table, JsonPointer(pointer + "/dimensions", i), problems);
  }
  for (std::size_t i = 0; i < entity.measures.size(); ++i) {
    CheckMeasure(entity.measures[i], table, JsonPointer(pointer + "/measures", i), problems);
  }
}

// Where an entity stands in the document. That of a bridge, of which the n-th belongs to the n-th
// join over a bridge, stands in the join.
std::string PointerTo(const Model& model, std::size_t index) {
  if (!model.entities[index].is_bridge) return JsonPointer("/entities", index);
  std::size_t before = 0;
  for (std::size_t i = 0; i < index; ++i) before += model.entities[i].is_bridge ? 1 : 0;
  for (std::size_t e = 0; e < index; ++e) {
    const std::vector<Join>& joins = model.entities[e].joins;
    for (std::size_t j = 0; j < joins.size(); ++j) {
      if (!joins[j].bridge || before-- > 0) continue;
      return JsonPointer(JsonPointer("/entities", e) + "/joins", j) + "/bridge";
    }
  }
  return JsonPointer("/entities", index);
}

template <class Member>
void FillDataTypes(const CatalogTable& table, std::vector<Member>* members) {
  for (Member& member : *members) {
    const CatalogColumn* column = member.column.empty() ? nullptr : table.FindColumn(member.column);
    if (column != nullptr) member.data_type = column->sql_type;
  }
}

}  // namespace

const CatalogTable* FindTable(const Catalog& catalog, const Entity& entity) {
  if (!entity.sql.empty()) return catalog.Find("", entity.name);
  if (!entity.schema.empty()) return catalog.Find(entity.schema, entity.table);
  for (const CatalogTable& table : catalog.tables) {
    if (table.name == entity.table && table.kind != kQueryTable) return &table;
  }
  return nullptr;
}

std::vector<Status> CheckModel(const Model& model, const Catalog& catalog) {
  std::vector<Status> problems;
  for (std::size_t i = 0; i < model.entities.size(); ++i) {
    const Entity& entity = model.entities[i];
    const std::string pointer = PointerTo(model, i);
    if (const CatalogTable* table = FindTable(catalog, entity)) {
      CheckEntity(entity, *table, model, catalog, pointer, &problems);
      continue;
    }
    if (!entity.sql.empty()) continue;  // the analysis of its statement has told why
    const std::string schema = entity.schema.empty() ? "" : entity.schema + ".";
    problems.push_back(
        Status(Code::kUndefinedTable, "table " + Quoted(schema + entity.table) + " of entity " +
                                          Quoted(entity.name) + " does not exist")
            .WithHint(NearestNameHint(entity.table, TableNames(catalog, entity.schema)))
            .At(pointer + "/table"));
  }
  return problems;
}

std::size_t EntityIndexOf(const Status& problem) {
  constexpr std::string_view kEntities = "/entities/";
  const std::string_view pointer = problem.pointer();
  if (pointer.substr(0, kEntities.size()) != kEntities) return 0;
  std::size_t index = 0;
  std::from_chars(pointer.data() + kEntities.size(), pointer.data() + pointer.size(), index);
  return index;
}

Model CompleteModel(Model model, const Catalog& catalog) {
  for (Entity& entity : model.entities) {
    const CatalogTable* table = FindTable(catalog, entity);
    if (table == nullptr) continue;
    entity.schema = table->schema;
    FillDataTypes(*table, &entity.dimensions);
    FillDataTypes(*table, &entity.measures);
  }
  return model;
}

}  // namespace loupe::semantic
