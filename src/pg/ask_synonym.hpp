// Words that were taught, loupe.taught_synonym: how they come in, and what they mean in a model.
//
// Tested by test/pgtap/73_ask_synonym.sql.
#ifndef LOUPE_PG_ASK_SYNONYM_HPP
#define LOUPE_PG_ASK_SYNONYM_HPP

#include "pg/boundary.hpp"

#include <string>
#include <vector>

#include "core/ask/taught_word.hpp"
#include "core/semantic/model.hpp"

namespace loupe::pg {

// The words that the caller was taught of tables of this model, as far as the model shows them. A
// term means one thing: the caller's own before a shared one, then the newest.
[[nodiscard]] std::vector<ask::TaughtWord> WordsOf(const semantic::Model& model);

// The names that taught words of a text stand for, each after a blank: what the text is about,
// before there is a model.
[[nodiscard]] std::string TaughtNamesIn(const std::string& text);

}  // namespace loupe::pg

#endif  // LOUPE_PG_ASK_SYNONYM_HPP
