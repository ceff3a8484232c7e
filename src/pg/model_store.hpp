// Stored semantic models: which one a query means, and how a new version is saved.
#ifndef LOUPE_PG_MODEL_STORE_HPP
#define LOUPE_PG_MODEL_STORE_HPP

#include <optional>
#include <string>
#include <vector>

#include "core/semantic/model.hpp"

namespace loupe::pg {

// The model of that name; else the one loupe.model names; else the only active model that the
// caller sees in the project; else one inferred from the caller's schemas. Throws kSemanticNoModel,
// kSemanticAmbiguousModel.
[[nodiscard]] semantic::Model ResolveModel(const std::optional<std::string>& name);

// A model inferred from `schemas` with the caller's rights. Throws kAskNothingReadable when the
// caller may read nothing there.
[[nodiscard]] semantic::Model InferModelOf(const std::vector<std::string>& schemas,
                                           const std::string& name);

// Schemas that the tables of a model lie in, in order of first use.
[[nodiscard]] std::vector<std::string> SchemasOf(const semantic::Model& model);

// Stores the model as the next version of its name in the project, owned by the caller, and makes
// it the active one. Returns the version.
int SaveModel(const semantic::Model& model);

}  // namespace loupe::pg

#endif  // LOUPE_PG_MODEL_STORE_HPP
