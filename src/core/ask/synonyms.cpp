#include "core/ask/synonyms.hpp"

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>

#include "core/ask/stem.hpp"
#include "core/ask/thesaurus.hpp"
#include "core/ask/words.hpp"

namespace loupe::ask {
namespace {

constexpr std::size_t kMaxPhraseWords = 3;  // of a phrase, its small ones included
constexpr double kNamed = 0.9;              // from here on an entity is called so
constexpr double kSureWeight = 0.7;         // that another word for a verb needs
constexpr std::size_t kReach = 4;           // tokens behind a phrase that a name may go on with

Token WordToken(std::string_view word) {
  Token token;
  token.lower = std::string(word);
  token.text = token.lower;
  token.stem = Stem(word);
  return token;
}

// Single words, the best weight of each stem.
//
// A verb says what is done with things that the question names besides, so it names another one
// only where that is sure.
std::vector<OtherWord> OthersOf(const std::string& lower) {
  std::vector<OtherWord> others;
  const bool verb = IsVerbForm(lower);
  for (const std::string& form : BaseForms(lower)) {
    for (const Synonym& synonym : SynonymsOf(form)) {
      if (synonym.word.find(' ') != std::string_view::npos) continue;
      if (verb && synonym.weight < kSureWeight) continue;
      std::string stem = Stem(synonym.word);
      const auto known = std::find_if(others.begin(), others.end(),
                                      [&](const OtherWord& other) { return other.stem == stem; });
      if (known == others.end()) {
        others.push_back({std::move(stem), synonym.weight});
      } else {
        known->weight = std::max(known->weight, synonym.weight);
      }
    }
  }
  return others;
}

class SynonymMatcher {
 public:
  SynonymMatcher(const std::vector<Token>& tokens, const OtherWords& others,
                 const std::vector<bool>& open, const Lexicon& lexicon)
      : tokens_(tokens), others_(others), open_(open), lexicon_(lexicon) {}

  std::vector<SynonymMatch> Match() {
    for (std::size_t at = 0; at < tokens_.size(); ++at) {
      for (TermMatch& term : lexicon_.MatchOthers(tokens_, at, others_)) {
        matches_.push_back({at, std::move(term)});
      }
      AddPhrases(at);
    }
    return std::move(matches_);
  }

 private:
  [[nodiscard]] bool IsWord(std::size_t at) const { return tokens_[at].kind == TokenKind::kWord; }

  // Where the words or what they stand for are more than one; "number of people" is looked up
  // without its small words.
  void AddPhrases(std::size_t at) {
    std::string before;
    for (std::size_t length = 1; length <= kMaxPhraseWords; ++length) {
      const std::size_t last = at + length - 1;
      if (last >= tokens_.size() || !IsWord(last)) return;
      const std::string& lower = tokens_[last].lower;
      if (length > 1 && (lower == "of" || lower == "the")) continue;
      if (length > 1 && NamesEntity(last)) return;
      for (const std::string& form : BaseForms(lower)) {
        for (const Synonym& synonym : SynonymsOf(before + form)) AddPhrase(at, length, synonym);
      }
      before += lower + " ";
    }
  }

  // "number of people" where people are known counts them.
  [[nodiscard]] bool NamesEntity(std::size_t at) const {
    const std::vector<TermMatch> terms = lexicon_.Match(tokens_, at);
    return std::any_of(terms.begin(), terms.end(), [&](const TermMatch& term) {
      return term.meaning.kind == MeaningKind::kEntity && term.meaning.weight >= kNamed;
    });
  }

  // Puts the synonym in the place of the phrase; all its words have to be in the name.
  void AddPhrase(std::size_t at, std::size_t length, const Synonym& synonym) {
    const bool is_word = synonym.word.find(' ') == std::string_view::npos;
    if (length == 1 && (is_word || !open_[at])) return;
    std::vector<Token> tokens;
    for (std::string_view rest = synonym.word; !rest.empty();) {
      const std::size_t blank = std::min(rest.find(' '), rest.size());
      tokens.push_back(WordToken(rest.substr(0, blank)));
      rest.remove_prefix(std::min(blank + 1, rest.size()));
    }
    const std::size_t words = tokens.size();
    OtherWords others(words);
    for (std::size_t next = at + length;
         next < tokens_.size() && next < at + length + kReach && IsWord(next); ++next) {
      tokens.push_back(tokens_[next]);
      others.push_back(others_[next]);
    }
    others[0].push_back({tokens[0].stem, synonym.weight});
    tokens[0].stem.clear();
    for (TermMatch& term : lexicon_.MatchOthers(tokens, 0, others)) {
      if (term.end < words) continue;
      term.end = at + length + term.end - words;
      matches_.push_back({at, std::move(term)});
    }
  }

  const std::vector<Token>& tokens_;
  const OtherWords& others_;
  const std::vector<bool>& open_;
  const Lexicon& lexicon_;
  std::vector<SynonymMatch> matches_;
};

}  // namespace

OtherWords OtherWordsOf(const std::vector<Token>& tokens, const std::vector<bool>& open) {
  OtherWords others(tokens.size());
  for (std::size_t at = 0; at < tokens.size(); ++at) {
    if (open[at] && tokens[at].kind == TokenKind::kWord) others[at] = OthersOf(tokens[at].lower);
  }
  return others;
}

std::vector<SynonymMatch> MatchSynonyms(const std::vector<Token>& tokens, const OtherWords& others,
                                        const std::vector<bool>& open, const Lexicon& lexicon) {
  return SynonymMatcher(tokens, others, open, lexicon).Match();
}

}  // namespace loupe::ask
