// PhraseReading: one way to understand a noun phrase.
//
//   "country France"        no head, filter singer.country = France
//   "singer names"          head singer.name, of the entity singer
//   "French singers"        head singer, filter singer.country = French
//   "8 cylinders"           no head, filter cars_data.cylinders = 8
//
// Tested by test/unit/ask_read_test.cpp.
#ifndef LOUPE_CORE_ASK_PHRASE_READING_HPP
#define LOUPE_CORE_ASK_PHRASE_READING_HPP

#include <cstddef>
#include <string>
#include <vector>

#include "core/ask/form.hpp"
#include "core/ask/lexicon.hpp"
#include "core/ask/outline.hpp"

namespace loupe::ask {

struct ValueFilter {
  MemberRef column;
  Json value;
  int taught = -1;  // place of the word whose filter this is, whatever the value
};

struct PhraseReading {
  // A quantity has measures, but no column that rows show.
  enum class Head { kNone, kEntity, kColumn, kMeasure, kQuantity };
  Head head = Head::kNone;
  MemberRef ref;  // of the head; member -1 of an entity, the place of a quantity
  std::vector<ValueFilter> filters;
  std::vector<int> entities;    // all that the words speak of, the head's first
  bool truth = false;           // the head is a column of yes and no
  double weight = 1;            // 0 to 1
  double far = 0;               // of the words, each up to 1 where it only has to do with its name
  std::size_t in_part = 0;      // names that are met in part
  std::size_t loose_texts = 0;  // filters with a text that is no known value, nor in quotes
};

// All readings, best first, at most kMaxPhraseReadings.
[[nodiscard]] std::vector<PhraseReading> ReadingsOf(const NounPhrase& phrase,
                                                    const std::vector<Token>& tokens,
                                                    const semantic::Model& model,
                                                    const Lexicon& lexicon);

constexpr std::size_t kMaxPhraseReadings = 64;

// The dimension that a person would call a row of the entity by, or -1.
[[nodiscard]] int NameOf(const semantic::Model& model, int entity);

// The dimensions that keep a person's name in parts.
struct NameParts {
  int first = -1;
  int last = -1;
};

// Those of an entity that has both; a part that two columns keep is none.
[[nodiscard]] std::optional<NameParts> NamePartsOf(const semantic::Model& model, int entity);

// Tells whether "full name" stands at the token.
[[nodiscard]] bool IsFullName(const std::vector<Token>& tokens, std::size_t at);

// Tells whether the name says that values are labels ("room_number"): nobody adds those up.
[[nodiscard]] bool IsLabel(const semantic::Dimension& dimension);

// The value of a literal for a dimension, or nothing where the type does not fit.
[[nodiscard]] std::optional<Json> LiteralFor(const Segment& segment,
                                             const std::vector<Token>& tokens,
                                             const semantic::Dimension& dimension);

}  // namespace loupe::ask

#endif  // LOUPE_CORE_ASK_PHRASE_READING_HPP
