#include "core/ask/read.hpp"

#include "core/ask/bind.hpp"
#include "core/ask/form_sql.hpp"
#include "core/ask/lexicon.hpp"
#include "core/ask/match.hpp"
#include "core/ask/outline.hpp"
#include "core/ask/rank.hpp"
#include "core/ask/tokens.hpp"
#include "core/ask/trace.hpp"

namespace loupe::ask {

Result<Reading> Read(std::string_view question, const semantic::Model& model,
                     const ValueSource& values, const DateTime& now, Layer layer,
                     const Context& context, const ReadOptions& options) {
  LOUPE_ASSIGN_OR_RETURN(const std::vector<Token> tokens, Tokenize(question));
  const Lexicon lexicon(model, options.words, options.terms);
  const Matches matches = MatchTokens(question, tokens, model, lexicon, values, now, context);
  const Outline outline = OutlineOf(matches.segments, tokens);
  if (options.trace != nullptr) {
    options.trace->tokens = tokens;
    options.trace->segments = matches.segments;
    options.trace->quantities = lexicon.quantities();
    options.trace->words = lexicon.words();
    options.trace->unknown = outline.unknown;
    options.trace->passed_over = outline.score;
    options.trace->least_confidence = options.least_confidence;
  }
  return Decide(outline, tokens, model, lexicon, now, layer, context, options);
}

}  // namespace loupe::ask
