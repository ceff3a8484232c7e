// The SQL functions that read and write models of other semantic layers.
#include "pg/postgres.hpp"

#include "core/semantic/check.hpp"
#include "core/semantic/export.hpp"
#include "core/semantic/import.hpp"
#include "pg/catalog.hpp"
#include "pg/fragment_check.hpp"
#include "pg/function.hpp"
#include "pg/model_store.hpp"
#include "pg/sqlstate.hpp"

namespace loupe::pg {
namespace {

Json NotesJson(const std::vector<semantic::ImportNote>& notes) {
  Json list = Json::MakeArray();
  for (const semantic::ImportNote& note : notes) {
    list.Append(Json::Of({{"pointer", note.pointer}, {"message", note.message}}));
  }
  return list;
}

// Types that the document leaves open, from the database as the caller sees it.
void Settle(semantic::Imported* imported) {
  if (imported->guessed_types.empty()) return;
  semantic::Model model = ValueOrThrow(semantic::ParseModel(imported->model));
  semantic::Catalog catalog = ReadCatalog(SchemasOf(model));
  if (CheckFragments(model).empty()) (void)TypeFragments(SchemasOf(model), &catalog, &model);
  model = semantic::CompleteModel(std::move(model), catalog);
  semantic::SettleTypes(model, imported);
}

}  // namespace

LOUPE_FUNCTION(loupe_semantic_import) {
  const std::string format = RequiredText(fcinfo, 0, "format");
  const Json document = RequiredJson(fcinfo, 1, "document");
  semantic::Imported imported = ValueOrThrow(semantic::ImportModel(format, document));
  Settle(&imported);
  return JsonbDatum(Json::Of({{"model", imported.model}, {"notes", NotesJson(imported.notes)}}));
}

LOUPE_FUNCTION(loupe_semantic_export) {
  const std::string format = RequiredText(fcinfo, 0, "format");
  const semantic::Model model =
      ValueOrThrow(semantic::ParseModel(RequiredJson(fcinfo, 1, "model")));
  const semantic::Exported exported = ValueOrThrow(semantic::ExportModel(format, model));
  return JsonbDatum(
      Json::Of({{"document", exported.document}, {"notes", NotesJson(exported.notes)}}));
}

}  // namespace loupe::pg
