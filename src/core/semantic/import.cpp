#include "core/semantic/import.hpp"

#include <algorithm>

#include "core/base/nearest.hpp"
#include "core/semantic/import_cube.hpp"
#include "core/semantic/import_dbt.hpp"
#include "core/semantic/import_osi.hpp"
#include "core/semantic/simple_model.hpp"
#include "core/semantic/sql_types.hpp"

namespace loupe::semantic {
namespace {

Result<Imported> ImportSimple(const Json& document) {
  LOUPE_ASSIGN_OR_RETURN(Json model, ModelFromSimple(document));
  return Imported{std::move(model), {}, {}};
}

std::string TextAt(const Json& object, std::string_view key) {
  const Json* value = object.Find(key);
  return value != nullptr && value->IsString() ? value->AsString() : std::string();
}

Json* FindNamed(Json* parent, std::string_view list, const std::string& name) {
  Json* items = parent->Find(list);
  if (items == nullptr) return nullptr;
  for (Json& item : items->items()) {
    if (TextAt(item, "name") == name) return &item;
  }
  return nullptr;
}

// The dimension type of a column; null when its type says nothing.
const char* TypeOfColumn(const CatalogColumn& column) {
  switch (ClassifyType(column.sql_type)) {
    case SqlType::kBoolean:
      return "boolean";
    case SqlType::kDate:
    case SqlType::kTimestamp:
    case SqlType::kTimestampTz:
      return "time";
    case SqlType::kUnknown:
      return nullptr;
    default:
      return IsNumber(ClassifyType(column.sql_type)) ? "number" : "string";
  }
}

const CatalogColumn* FindColumn(const Catalog& catalog, const Json& entity,
                                const std::string& column) {
  const std::string schema = TextAt(entity, "schema");
  for (const CatalogTable& table : catalog.tables) {
    const bool fits =
        table.name == TextAt(entity, "table") && (schema.empty() || table.schema == schema);
    if (fits) return table.FindColumn(column);
  }
  return nullptr;
}

}  // namespace

std::vector<std::string> ImportFormats() { return {"cube", "dbt", "osi", "simple"}; }

Result<Imported> ImportModel(std::string_view format, const Json& document) {
  if (format == "cube") return ImportCube(document);
  if (format == "dbt") return ImportDbt(document);
  if (format == "osi") return ImportOsi(document);
  if (format == "simple") return ImportSimple(document);
  return Status(Code::kInvalidArgument, "unknown model format \"" + std::string(format) + "\"")
      .WithHint(NearestNameHint(format, ImportFormats()));
}

void SettleTypes(const Catalog& catalog, Imported* imported) {
  for (const auto& [entity_name, dimension_name] : imported->guessed_types) {
    Json* entity = FindNamed(&imported->model, "entities", entity_name);
    Json* dimension =
        entity == nullptr ? nullptr : FindNamed(entity, "dimensions", dimension_name);
    if (dimension == nullptr) continue;
    const CatalogColumn* column = FindColumn(catalog, *entity, TextAt(*dimension, "column"));
    const char* type = column == nullptr ? nullptr : TypeOfColumn(*column);
    if (type != nullptr) dimension->Set("type", type);
  }
}

std::vector<std::string> SchemasOfImported(const Json& model) {
  std::vector<std::string> schemas;
  const Json* entities = model.Find("entities");
  for (std::size_t i = 0; entities != nullptr && i < entities->items().size(); ++i) {
    const std::string schema = TextAt(entities->items()[i], "schema");
    const bool known = std::find(schemas.begin(), schemas.end(), schema) != schemas.end();
    if (!schema.empty() && !known) schemas.push_back(schema);
  }
  return schemas;
}

}  // namespace loupe::semantic
