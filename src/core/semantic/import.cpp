#include "core/semantic/import.hpp"

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

// The dimension type of a data type; null when that says nothing.
const char* TypeOf(const std::string& data_type) {
  const SqlType type = ClassifyType(data_type);
  switch (type) {
    case SqlType::kBoolean:
      return "boolean";
    case SqlType::kDate:
    case SqlType::kTimestamp:
    case SqlType::kTimestampTz:
      return "time";
    case SqlType::kUnknown:
      return nullptr;
    default:
      return IsNumber(type) ? "number" : "string";
  }
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

void SettleTypes(const Model& typed, Imported* imported) {
  for (const auto& [entity_name, dimension_name] : imported->guessed_types) {
    Json* entity = FindNamed(&imported->model, "entities", entity_name);
    Json* json = entity == nullptr ? nullptr : FindNamed(entity, "dimensions", dimension_name);
    const Entity* owner = typed.FindEntity(entity_name);
    const Dimension* dimension = owner == nullptr ? nullptr : owner->FindDimension(dimension_name);
    if (json == nullptr || dimension == nullptr) continue;
    const char* type = TypeOf(dimension->data_type);
    if (type != nullptr) json->Set("type", type);
  }
}

}  // namespace loupe::semantic
