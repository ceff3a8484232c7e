#include "core/ask/read.hpp"

#include "core/ask/interpret.hpp"
#include "core/ask/lexicon.hpp"
#include "core/ask/match.hpp"
#include "core/ask/rank.hpp"
#include "core/ask/tokens.hpp"

namespace loupe::ask {

Result<Reading> Read(std::string_view question, const semantic::Model& model,
                     const ValueSource& values, const DateTime& now, const Context& context) {
  LOUPE_ASSIGN_OR_RETURN(const std::vector<Token> tokens, Tokenize(question));
  const Lexicon lexicon(model);
  const Matches matches = MatchTokens(question, tokens, model, lexicon, values, now, context);
  if (!matches.unknown.empty()) return AbstainUnknown(tokens, matches.unknown, model, lexicon);
  return Decide(InterpretSegments(matches.segments, tokens, model, lexicon, context), model);
}

}  // namespace loupe::ask
