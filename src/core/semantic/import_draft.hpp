// ImportDraft: a model while an importer builds it.
//
// Importers add entities and members in any order; a measure says which measures it is computed
// from. Finish then keeps the measures whose needs are kept, so that neither a missing measure nor
// a circle is left, and the joins whose targets exist, and notes the rest; what ParseModel refuses
// all the same goes too, a member or a whole entity at a time, until it accepts the model.
//
// Tested by test/unit/semantic_import_test.cpp.
#ifndef LOUPE_CORE_SEMANTIC_IMPORT_DRAFT_HPP
#define LOUPE_CORE_SEMANTIC_IMPORT_DRAFT_HPP

#include <deque>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/base/json.hpp"
#include "core/semantic/foreign_object.hpp"
#include "core/semantic/import.hpp"
#include "core/semantic/import_names.hpp"

namespace loupe::semantic {

struct DraftMember {
  Json json;
  std::string pointer;             // of the document
  std::vector<std::string> needs;  // "entity.measure"
};

struct DraftEntity {
  std::string name;
  std::string pointer;
  Json head = Json::MakeObject();  // all members of the entity but the lists below
  std::vector<DraftMember> joins;
  std::vector<DraftMember> dimensions;
  std::vector<DraftMember> measures;
  std::vector<DraftMember> segments;
  std::vector<DraftMember> hierarchies;
  Json access = Json::MakeArray();
  NameBook names;  // of dimensions, measures and segments

  [[nodiscard]] const Json* FindDimension(std::string_view name_wanted) const;
  [[nodiscard]] const Json* FindMeasure(std::string_view name_wanted) const;
};

struct ImportDraft {
  Json head = Json::MakeObject();    // all members of the model but the entities
  std::deque<DraftEntity> entities;  // addresses stay
  ImportNotes notes;
  std::vector<std::pair<std::string, std::string>> guessed_types;

  [[nodiscard]] DraftEntity* FindEntity(std::string_view name);
};

// Sets `key` unless the text is empty.
void SetText(std::string_view key, const std::string& text, Json* json);
void SetTexts(std::string_view key, const std::vector<std::string>& texts, Json* json);

// Adds the formula `text` to the measure with the needs that it names: references without an
// entity are of `entity`. Errors: those of ParseFormula.
[[nodiscard]] Status SetFormula(const std::string& text, const std::string& entity,
                                DraftMember* measure);

// The finished model. Errors: those of ParseModel when it refuses more than kMaxRefused members.
[[nodiscard]] Result<Imported> Finish(ImportDraft draft);

constexpr int kMaxRefused = 100;

}  // namespace loupe::semantic

#endif  // LOUPE_CORE_SEMANTIC_IMPORT_DRAFT_HPP
