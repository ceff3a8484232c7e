#include "core/ask/words.hpp"

#include <algorithm>
#include <iterator>

namespace loupe::ask {
namespace {

using semantic::Aggregation;

struct Phrase {
  std::string_view words;
  MeaningKind kind;
};

constexpr Phrase kPhrases[] = {
    {"how many", MeaningKind::kCount},
    {"number of", MeaningKind::kCount},
    {"the number of", MeaningKind::kCount},
    {"total number of", MeaningKind::kCount},
    {"count of", MeaningKind::kCount},
    {"count", MeaningKind::kCount},
    {"counts", MeaningKind::kCount},
    {"counts of", MeaningKind::kCount},
    {"total count of", MeaningKind::kCount},
    {"by", MeaningKind::kGroup},
    {"per", MeaningKind::kGroup},
    {"for each", MeaningKind::kGroup},
    {"in each", MeaningKind::kGroup},
    {"of each", MeaningKind::kGroup},
    {"from each", MeaningKind::kGroup},
    {"on each", MeaningKind::kGroup},
    {"to each", MeaningKind::kGroup},
    {"with each", MeaningKind::kGroup},
    {"for every", MeaningKind::kGroup},
    {"in every", MeaningKind::kGroup},
    {"each", MeaningKind::kGroup},
    {"every", MeaningKind::kGroup},
    {"across", MeaningKind::kGroup},
    {"grouped by", MeaningKind::kGroup},
    {"group by", MeaningKind::kGroup},
    {"broken down by", MeaningKind::kGroup},
    {"split by", MeaningKind::kGroup},
    {"sorted by", MeaningKind::kSort},
    {"sort by", MeaningKind::kSort},
    {"ordered by", MeaningKind::kSort},
    {"order by", MeaningKind::kSort},
    {"ranked by", MeaningKind::kSort},
    {"in order of", MeaningKind::kSort},
    {"in ascending order of", MeaningKind::kSort},
    {"not", MeaningKind::kNegation},
    {"no", MeaningKind::kNegation},
    {"non", MeaningKind::kNegation},
    {"never", MeaningKind::kNegation},
    {"without", MeaningKind::kNegation},
    {"except", MeaningKind::kNegation},
    {"except for", MeaningKind::kNegation},
    {"excluding", MeaningKind::kNegation},
    {"other than", MeaningKind::kNegation},
    {"and", MeaningKind::kAnd},
    {"as well as", MeaningKind::kAnd},
    {"along with", MeaningKind::kAnd},
    {",", MeaningKind::kAnd},
    {"or", MeaningKind::kOr},
    {"which", MeaningKind::kWhich},
    {"what", MeaningKind::kWhich},
    {"list", MeaningKind::kList},
    {"show", MeaningKind::kList},
    {"display", MeaningKind::kList},
    {"give", MeaningKind::kList},
    {"find", MeaningKind::kList},
    {"return", MeaningKind::kList},
    {"get", MeaningKind::kList},
    {"tell", MeaningKind::kList},
    {"distinct", MeaningKind::kDistinct},
    {"different", MeaningKind::kDistinct},
    {"unique", MeaningKind::kDistinct},
    {"from", MeaningKind::kFrom},
    {"to", MeaningKind::kTo},
    {"with", MeaningKind::kWith},
    {"having", MeaningKind::kWith},
};

struct AggregatePhrase {
  std::string_view words;
  Aggregation aggregation;
};

constexpr AggregatePhrase kAggregates[] = {
    {"total", Aggregation::kSum},      {"sum", Aggregation::kSum},
    {"sum of", Aggregation::kSum},     {"total of", Aggregation::kSum},
    {"overall", Aggregation::kSum},    {"how much", Aggregation::kSum},
    {"average", Aggregation::kAvg},    {"average of", Aggregation::kAvg},
    {"mean", Aggregation::kAvg},       {"avg", Aggregation::kAvg},
    {"on average", Aggregation::kAvg}, {"maximum", Aggregation::kMax},
    {"maximum of", Aggregation::kMax}, {"max", Aggregation::kMax},
    {"minimum", Aggregation::kMin},    {"minimum of", Aggregation::kMin},
    {"min", Aggregation::kMin},
};

struct SuperlativePhrase {
  std::string_view words;
  bool descending;
  Ranks ranks;
};

constexpr SuperlativePhrase kSuperlatives[] = {
    {"top", true, Ranks::kSubject},          {"bottom", false, Ranks::kSubject},
    {"most", true, Ranks::kCountOrNumber},   {"fewest", false, Ranks::kCountOrNumber},
    {"least", false, Ranks::kCountOrNumber}, {"highest", true, Ranks::kNumber},
    {"largest", true, Ranks::kNumber},       {"biggest", true, Ranks::kNumber},
    {"greatest", true, Ranks::kNumber},      {"longest", true, Ranks::kNumber},
    {"lowest", false, Ranks::kNumber},       {"smallest", false, Ranks::kNumber},
    {"shortest", false, Ranks::kNumber},
};

struct DirectionPhrase {
  std::string_view words;
  bool descending;
};

constexpr DirectionPhrase kDirections[] = {
    {"ascending", false},
    {"in ascending order", false},
    {"descending", true},
    {"in descending order", true},
    {"from highest to lowest", true},
    {"from lowest to highest", false},
    {"highest first", true},
    {"lowest first", false},
};

// Words that carry grammar or courtesy alone.
constexpr std::string_view kNeutral[] = {
    "a",       "all",    "am",     "an",     "any",      "are",      "as",    "at",     "be",
    "been",    "being",  "can",    "could",  "did",      "do",       "does",  "either", "exist",
    "existed", "exists", "for",    "had",    "happen",   "happened", "has",   "have",   "hello",
    "hi",      "i",      "in",     "is",     "it",       "its",      "just",  "know",   "like",
    "made",    "make",   "me",     "need",   "occur",    "occurred", "of",    "on",     "only",
    "our",     "out",    "placed", "please", "recorded", "see",      "so",    "that",   "the",
    "their",   "them",   "there",  "these",  "they",     "this",     "those", "up",     "us",
    "want",    "was",    "we",     "were",   "whose",    "will",     "would", "you",    "your",
};

struct ComparisonPhrase {
  std::string_view words;
  Comparison comparison;
};

constexpr ComparisonPhrase kComparisons[] = {
    {"more than", Comparison::kGreater},
    {"greater than", Comparison::kGreater},
    {"higher than", Comparison::kGreater},
    {"larger than", Comparison::kGreater},
    {"bigger than", Comparison::kGreater},
    {"longer than", Comparison::kGreater},
    {"over", Comparison::kGreater},
    {"above", Comparison::kGreater},
    {"exceeding", Comparison::kGreater},
    {">", Comparison::kGreater},
    {"less than", Comparison::kLess},
    {"fewer than", Comparison::kLess},
    {"lower than", Comparison::kLess},
    {"smaller than", Comparison::kLess},
    {"shorter than", Comparison::kLess},
    {"under", Comparison::kLess},
    {"below", Comparison::kLess},
    {"<", Comparison::kLess},
    {"at least", Comparison::kGreaterOrEqual},
    {"not less than", Comparison::kGreaterOrEqual},
    {"no less than", Comparison::kGreaterOrEqual},
    {"no fewer than", Comparison::kGreaterOrEqual},
    {">=", Comparison::kGreaterOrEqual},
    {"at most", Comparison::kLessOrEqual},
    {"not more than", Comparison::kLessOrEqual},
    {"no more than", Comparison::kLessOrEqual},
    {"up to", Comparison::kLessOrEqual},
    {"<=", Comparison::kLessOrEqual},
    {"exactly", Comparison::kEqual},
    {"equal to", Comparison::kEqual},
    {"=", Comparison::kEqual},
    {"between", Comparison::kBetween},
};

struct GrainWord {
  std::string_view word;
  TimeUnit unit;
};

constexpr GrainWord kGrains[] = {
    {"hour", TimeUnit::kHour},        {"hours", TimeUnit::kHour},
    {"hourly", TimeUnit::kHour},      {"day", TimeUnit::kDay},
    {"days", TimeUnit::kDay},         {"daily", TimeUnit::kDay},
    {"date", TimeUnit::kDay},         {"week", TimeUnit::kWeek},
    {"weeks", TimeUnit::kWeek},       {"weekly", TimeUnit::kWeek},
    {"month", TimeUnit::kMonth},      {"months", TimeUnit::kMonth},
    {"monthly", TimeUnit::kMonth},    {"quarter", TimeUnit::kQuarter},
    {"quarters", TimeUnit::kQuarter}, {"quarterly", TimeUnit::kQuarter},
    {"year", TimeUnit::kYear},        {"years", TimeUnit::kYear},
    {"yearly", TimeUnit::kYear},      {"annual", TimeUnit::kYear},
    {"annually", TimeUnit::kYear},
};

constexpr std::string_view kNumberWords[] = {"zero", "one",    "two",   "three", "four",
                                             "five", "six",    "seven", "eight", "nine",
                                             "ten",  "eleven", "twelve"};

Meaning Of(MeaningKind kind) {
  Meaning meaning;
  meaning.kind = kind;
  return meaning;
}

// Keeps the longer of two matches; the first wins a tie.
void Offer(std::size_t at, std::size_t length, const Meaning& meaning,
           std::optional<PhraseMatch>* best) {
  if (length == 0 || (*best && (*best)->end >= at + length)) return;
  *best = PhraseMatch{at + length, meaning};
}

}  // namespace

std::size_t CountPhraseTokens(const std::vector<Token>& tokens, std::size_t at,
                              std::string_view phrase) {
  std::size_t count = 0;
  while (!phrase.empty()) {
    const std::size_t blank = phrase.find(' ');
    const std::string_view word = phrase.substr(0, blank);
    if (at + count >= tokens.size()) return 0;
    const Token& token = tokens[at + count];
    if (token.kind != TokenKind::kWord && token.kind != TokenKind::kSymbol) return 0;
    if (token.lower != word) return 0;
    ++count;
    phrase = blank == std::string_view::npos ? std::string_view() : phrase.substr(blank + 1);
  }
  return count;
}

std::optional<PhraseMatch> MatchPhrase(const std::vector<Token>& tokens, std::size_t at) {
  std::optional<PhraseMatch> best;
  for (const Phrase& phrase : kPhrases) {
    Offer(at, CountPhraseTokens(tokens, at, phrase.words), Of(phrase.kind), &best);
  }
  for (const AggregatePhrase& phrase : kAggregates) {
    Meaning meaning = Of(MeaningKind::kAggregate);
    meaning.aggregation = phrase.aggregation;
    Offer(at, CountPhraseTokens(tokens, at, phrase.words), meaning, &best);
  }
  for (const SuperlativePhrase& phrase : kSuperlatives) {
    Meaning meaning = Of(MeaningKind::kSuperlative);
    meaning.descending = phrase.descending;
    meaning.ranks = phrase.ranks;
    Offer(at, CountPhraseTokens(tokens, at, phrase.words), meaning, &best);
  }
  for (const DirectionPhrase& phrase : kDirections) {
    Meaning meaning = Of(MeaningKind::kDirection);
    meaning.descending = phrase.descending;
    Offer(at, CountPhraseTokens(tokens, at, phrase.words), meaning, &best);
  }
  for (std::string_view word : kNeutral) {
    Offer(at, CountPhraseTokens(tokens, at, word), Of(MeaningKind::kNeutral), &best);
  }
  if (!best && at > 0 && (tokens[at].lower == "who" || tokens[at].lower == "where")) {
    // Behind a noun they relate to it; at the start they ask for somebody or a place unnamed.
    best = PhraseMatch{at + 1, Of(MeaningKind::kNeutral)};
  }
  if (!best && IsPause(tokens[at])) best = PhraseMatch{at + 1, Of(MeaningKind::kNeutral)};
  return best;
}

std::optional<double> NumberAt(const std::vector<Token>& tokens, std::size_t at) {
  if (at >= tokens.size()) return std::nullopt;
  const Token& token = tokens[at];
  if (token.kind == TokenKind::kNumber && !token.ordinal) return token.number;
  if (token.kind != TokenKind::kWord) return std::nullopt;
  const auto* word = std::find(std::begin(kNumberWords), std::end(kNumberWords), token.lower);
  if (word == std::end(kNumberWords)) return std::nullopt;
  return static_cast<double>(word - std::begin(kNumberWords));
}

std::optional<PhraseMatch> MatchComparison(const std::vector<Token>& tokens, std::size_t at) {
  std::optional<PhraseMatch> best;
  for (const ComparisonPhrase& phrase : kComparisons) {
    const std::size_t length = CountPhraseTokens(tokens, at, phrase.words);
    std::size_t end = at + length;
    const std::optional<double> number = NumberAt(tokens, end);
    if (length == 0 || !number) continue;
    Meaning meaning = Of(MeaningKind::kComparison);
    meaning.comparison = phrase.comparison;
    meaning.number = *number;
    ++end;
    if (phrase.comparison == Comparison::kBetween) {
      const std::optional<double> second = NumberAt(tokens, end + 1);
      if (!second || tokens[end].lower != "and") continue;
      meaning.second_number = *second;
      meaning.weight = 0.95;  // "between 2012 and 2013" is a time unless a number is compared
      end += 2;
    }
    Offer(at, end - at, meaning, &best);
  }
  return best;
}

std::optional<PhraseMatch> MatchGrain(const std::vector<Token>& tokens, std::size_t at) {
  for (const GrainWord& grain : kGrains) {
    if (CountPhraseTokens(tokens, at, grain.word) == 0) continue;
    for (std::string_view part : {"of the week", "of week", "of the month", "of month",
                                  "of the year", "of year", "of the day", "of day"}) {
      if (CountPhraseTokens(tokens, at + 1, part) > 0) return std::nullopt;
    }
    Meaning meaning = Of(MeaningKind::kGrain);
    meaning.grain = grain.unit;
    return PhraseMatch{at + 1, meaning};
  }
  return std::nullopt;
}

bool IsFunctionWord(const Token& token) {
  if (token.kind == TokenKind::kSymbol) return true;
  if (token.kind != TokenKind::kWord) return false;
  const std::vector<Token> alone = {Token(), token};
  return MatchPhrase(alone, 1).has_value();
}

}  // namespace loupe::ask
