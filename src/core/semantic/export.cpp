#include "core/semantic/export.hpp"

#include "core/base/nearest.hpp"

namespace loupe::semantic {

Result<Exported> ExportModel(std::string_view format, const Model& model) {
  if (format == "cube") return ExportCube(model);
  if (format == "dbt") return ExportDbt(model);
  if (format == "osi") return ExportOsi(model);
  return Status(Code::kInvalidArgument, "unknown model format \"" + std::string(format) + "\"")
      .WithHint(NearestNameHint(format, {"cube", "dbt", "osi"}));
}

}  // namespace loupe::semantic
