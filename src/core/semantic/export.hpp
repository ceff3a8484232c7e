// Export: a model in the forms of other semantic layers, as far as they have what it has.
//
//   Result<Exported> got = ExportModel("cube", model);
//   got.value().document   // what ImportModel reads again
//   got.value().notes      // what the format cannot say, with pointers into the model's JSON form
//
// Formats: "cube", "dbt" and "osi". Formulas are written as SQL that never divides by zero and
// never truncates, because formulas do not. A measure whose meaning a format cannot express is left
// out and noted, and so is every measure computed from it; labels that have no place are noted.
//
// Tested by test/unit/semantic_export_test.cpp.
#ifndef LOUPE_CORE_SEMANTIC_EXPORT_HPP
#define LOUPE_CORE_SEMANTIC_EXPORT_HPP

#include <string>
#include <string_view>
#include <vector>

#include "core/base/json.hpp"
#include "core/base/status.hpp"
#include "core/semantic/import.hpp"
#include "core/semantic/model.hpp"

namespace loupe::semantic {

struct Exported {
  Json document;
  std::vector<ImportNote> notes;
};

// Errors: kInvalidArgument for an unknown format.
[[nodiscard]] Result<Exported> ExportModel(std::string_view format, const Model& model);

// The exporters, one a format.
[[nodiscard]] Exported ExportCube(const Model& model);
[[nodiscard]] Exported ExportDbt(const Model& model);
[[nodiscard]] Exported ExportOsi(const Model& model);

}  // namespace loupe::semantic

#endif  // LOUPE_CORE_SEMANTIC_EXPORT_HPP
