// What the tests of importers and exporters share.
#ifndef LOUPE_TEST_UNIT_SEMANTIC_IMPORT_FIXTURE_HPP
#define LOUPE_TEST_UNIT_SEMANTIC_IMPORT_FIXTURE_HPP

#include <string>
#include <string_view>

#include "core/semantic/export.hpp"
#include "core/semantic/import.hpp"
#include "semantic_fixture.hpp"

namespace loupe::semantic {

inline Imported ImportOf(std::string_view format, std::string_view text) {
  const Result<Imported> imported = ImportModel(format, JsonOf(text));
  EXPECT_TRUE(imported.ok()) << imported.status().message() << " in " << text;
  return imported.ok() ? imported.value() : Imported{};
}

// The item of that name of an entity's list, as text; empty when there is none.
inline std::string MemberText(const Json& model, const std::string& entity, std::string_view list,
                              const std::string& name) {
  const Json* entities = model.Find("entities");
  for (std::size_t e = 0; entities != nullptr && e < entities->items().size(); ++e) {
    const Json& one = entities->items()[e];
    if (*one.Find("name") != Json(entity) || one.Find(list) == nullptr) continue;
    for (const Json& item : one.Find(list)->items()) {
      if (*item.Find("name") == Json(name)) return item.Dump();
    }
  }
  return {};
}

// The messages of the notes, one a line, each after its pointer.
inline std::string NotesText(const std::vector<ImportNote>& notes) {
  std::string text;
  for (const ImportNote& note : notes) text += note.pointer + ": " + note.message + "\n";
  return text;
}

}  // namespace loupe::semantic

#endif  // LOUPE_TEST_UNIT_SEMANTIC_IMPORT_FIXTURE_HPP
