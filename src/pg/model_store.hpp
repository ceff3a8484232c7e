// Stored semantic models: which one a query means, and how versions are saved, activated, dropped.
#ifndef LOUPE_PG_MODEL_STORE_HPP
#define LOUPE_PG_MODEL_STORE_HPP

#include <optional>
#include <string>
#include <vector>

#include "core/base/json.hpp"
#include "core/semantic/model.hpp"
#include "pg/model_cache.hpp"

namespace loupe::pg {

// The model of that name; else the one loupe.model names; else the only active model that the
// caller sees in the project; else one inferred from the caller's schemas. Throws kSemanticNoModel,
// kSemanticAmbiguousModel.
[[nodiscard]] ModelHandle ResolveModel(const std::optional<std::string>& name);

// A model inferred from `schemas` with the caller's rights, whatever is stored: what questions are
// read against. Guessed joins connect the tables that declared keys leave apart. Throws
// kAskNothingReadable when the caller may read nothing there.
[[nodiscard]] ModelHandle InferredModel(const std::vector<std::string>& schemas);

// The same for one question (UTF-8): of very many tables those that it touches.
[[nodiscard]] ModelHandle AskedModel(const std::vector<std::string>& schemas,
                                     const std::string& question);

// The same of any name, made anew, with joins guessed from names and statistics: a proposal for
// people. Queries without a stored model follow declared keys alone.
[[nodiscard]] semantic::Model InferModelToReview(const std::vector<std::string>& schemas,
                                                 const std::string& name);

// Schemas that the tables of a model lie in, in order of first use.
[[nodiscard]] std::vector<std::string> SchemasOf(const semantic::Model& model);

// Throws kSemanticNoModel, with the nearest of the known names as hint.
[[noreturn]] void ThrowNoModel(const std::string& name, const std::vector<std::string>& known);

// Stores the model as the next version of its name in the project, owned by the caller, and makes
// it the active one. Returns the version.
int SaveModel(const semantic::Model& model);

// One version of a stored model.
struct ModelVersion {
  std::string name;
  int version = 0;
  bool is_active = false;
  std::string owner;
  std::string saved_at;  // as timestamptz prints it
  std::string title;
};

// The versions that the caller sees in the project, by name, owner and version; of one name when it
// is given.
[[nodiscard]] std::vector<ModelVersion> ModelVersions(const std::optional<std::string>& name);

// Makes a version the active one of its name and owner; returns the one that was. Of several models
// of that name the caller's own is meant, else the only one whose owner the caller is a member of.
// Throws kSemanticNoModel, kSemanticAmbiguousModel.
std::optional<int> ActivateModel(const std::string& name, int version);

// Removes one version, or all of them, and returns how many; whose and what it throws as above.
int DropModel(const std::string& name, const std::optional<int>& version);

// The document of a version that the caller sees; whose and what it throws as above.
[[nodiscard]] Json ModelDocument(const std::string& name, int version);

}  // namespace loupe::pg

#endif  // LOUPE_PG_MODEL_STORE_HPP
