// Shape: gives the bound phrases of an outline their places in one form, or says why they have
// none.
//
//   outputs [country, count of singer], groups [country]
//     = outputs [singer.country, count(singer)], groups [singer.country]
//
// Tested by test/unit/ask_read_test.cpp.
#ifndef LOUPE_CORE_ASK_SHAPE_HPP
#define LOUPE_CORE_ASK_SHAPE_HPP

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/ask/entity_graph.hpp"
#include "core/ask/form.hpp"
#include "core/ask/outline.hpp"
#include "core/ask/phrase_reading.hpp"

namespace loupe::ask {

using ReadingMap = std::map<const NounPhrase*, const PhraseReading*>;

struct Shaped {
  std::optional<Form> form;
  std::string failure;  // in words, when there is none
};

[[nodiscard]] Shaped ShapeForm(const Outline& outline, const ReadingMap& readings,
                               const std::vector<Token>& tokens, const semantic::Model& model,
                               const Lexicon& lexicon, const EntityGraph& graph);

}  // namespace loupe::ask

#endif  // LOUPE_CORE_ASK_SHAPE_HPP
