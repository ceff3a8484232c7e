// Import: models of other semantic layers in the form that model.hpp describes.
//
//   Result<Imported> got = ImportModel("cube", document);
//   got.value().model    // ParseModel accepts it
//   got.value().notes    // what it could not carry, each with the place where it stood
//
// Formats: "cube" (import_cube.hpp), "dbt" (import_dbt.hpp), "osi" (import_osi.hpp) and "simple"
// (simple_model.hpp). An importer reads JSON and writes JSON; it asks no server, so that types
// which a format does not state are guesses until SettleTypes compares them with a catalog.
//
// The rule of all importers: what cannot be carried exactly is left out and noted, never carried
// approximately. A measure is worth nothing when its filter is lost, so it goes with its filter;
// so does every measure that is computed from it.
//
// Tested by test/unit/semantic_import_test.cpp and test/fuzz/semantic_import_fuzz.cpp.
#ifndef LOUPE_CORE_SEMANTIC_IMPORT_HPP
#define LOUPE_CORE_SEMANTIC_IMPORT_HPP

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/base/json.hpp"
#include "core/base/status.hpp"
#include "core/semantic/model.hpp"

namespace loupe::semantic {

// Something that could not be carried.
struct ImportNote {
  std::string pointer;  // RFC 6901, into the document
  std::string message;
};

struct Imported {
  Json model;
  std::vector<ImportNote> notes;
  // Entity and dimension whose "type" the format does not state.
  std::vector<std::pair<std::string, std::string>> guessed_types;
};

// Reads a document of the named format. Errors: kInvalidArgument for an unknown format,
// kSemanticInvalidModel for a document that is none of that format.
[[nodiscard]] Result<Imported> ImportModel(std::string_view format, const Json& document);

[[nodiscard]] std::vector<std::string> ImportFormats();

// Sets the guessed types of dimensions to what their data types say in `typed`, the same model
// completed from a catalog.
void SettleTypes(const Model& typed, Imported* imported);

}  // namespace loupe::semantic

#endif  // LOUPE_CORE_SEMANTIC_IMPORT_HPP
