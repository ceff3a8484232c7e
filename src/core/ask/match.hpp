// Match: cuts the question into segments and gives each segment its possible meanings.
//
//   how many | flights | from  | JFK                                    | in | July 2013
//   kCount     kEntity   kFrom   kValue(origin=JFK) or kValue(dest=JFK)   –    kTime
//
// Candidates of all kinds are collected for every span; the segmentation with the greatest sum of
// weights wins, long spans before short ones. Tokens without any candidate are the unknown words.
//
// Tested by test/unit/ask_read_test.cpp.
#ifndef LOUPE_CORE_ASK_MATCH_HPP
#define LOUPE_CORE_ASK_MATCH_HPP

#include <string>
#include <vector>

#include "core/ask/lexicon.hpp"
#include "core/ask/meaning.hpp"
#include "core/ask/tokens.hpp"
#include "core/ask/values.hpp"
#include "core/base/context.hpp"
#include "core/semantic/model.hpp"

namespace loupe::ask {

struct Matches {
  std::vector<Segment> segments;     // in order, without overlap, neutral ones included
  std::vector<std::size_t> unknown;  // tokens that belong to no segment
};

// Asks `values` at most once.
[[nodiscard]] Matches MatchTokens(std::string_view question, const std::vector<Token>& tokens,
                                  const semantic::Model& model, const Lexicon& lexicon,
                                  const ValueSource& values, const DateTime& now,
                                  const Context& context);

}  // namespace loupe::ask

#endif  // LOUPE_CORE_ASK_MATCH_HPP
