#include "core/ask/lexicon.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

#include "core/ask/name_words.hpp"
#include "core/ask/stem.hpp"
#include "core/ask/thesaurus.hpp"

namespace loupe::ask {
namespace {

constexpr double kHeadWeight = 0.65;        // "delay" for departure delay
constexpr double kGenericTailWeight = 0.8;  // "department" for department_name
constexpr double kReversedWeight = 0.98;    // "date of birth" for birth_date
constexpr std::size_t kMinTypoBytes = 5;
constexpr double kBeginningWeight = 0.7;  // "pixel aspect ratio" for pixel_aspect_ratio_par
constexpr std::size_t kMaxParts = 4;      // names that have a word, beyond which it says nothing
constexpr std::size_t kMinShortForm = 3;  // bytes of what begins a word
constexpr std::size_t kMinCutOff = 2;     // bytes of the rest
constexpr std::size_t kMaxJoinedWords = 4;
constexpr std::size_t kMinJoinedBytes = 4;

constexpr std::string_view kDistinctWords[] = {"distinct", "different", "unique", "count",
                                               "number"};

// Words that no part of a name may consist of: "by" alone is not written_by.
constexpr std::string_view kParticles[] = {"a",    "an",   "and", "at", "by",  "for",
                                           "from", "in",   "is",  "no", "of",  "on",
                                           "or",   "than", "the", "to", "with"};

// The one text that a filter of one condition asks for; else nothing.
std::string ValueOf(const std::vector<std::vector<FormCondition>>& filter) {
  if (filter.size() != 1 || filter.front().size() != 1) return {};
  const FormCondition& condition = filter.front().front();
  const bool plain = !condition.negated && !condition.range &&
                     condition.comparison == Comparison::kEqual && condition.values[0].IsString();
  return plain ? condition.values[0].AsString() : std::string();
}

}  // namespace

Lexicon::Lexicon(const semantic::Model& model, std::vector<TaughtWord> words,
                 const ModelTerms* kept)
    : own_(kept == nullptr ? std::optional<ModelTerms>(TermsOf(model)) : std::nullopt),
      terms_(kept == nullptr ? *own_ : *kept),
      words_(std::move(words)),
      quantities_(terms_.quantities) {
  for (std::size_t w = 0; w < words_.size(); ++w) AddWord(model, static_cast<int>(w));
}

void Lexicon::AddWord(const semantic::Model& model, int place) {
  const TaughtWord& word = words_[place];
  Term term;
  term.meaning.entity = word.ref.entity;
  term.meaning.member = word.ref.member;
  switch (word.kind) {
    case TaughtWord::Kind::kEntity:
      term.meaning.kind = MeaningKind::kEntity;
      break;
    case TaughtWord::Kind::kDimension:
      term.meaning = MeaningOfDimension(model, word.ref.entity, word.ref.member, &quantities_);
      break;
    case TaughtWord::Kind::kMeasure:
      term.meaning.kind = MeaningKind::kMeasure;
      term.meaning.aggregation =
          model.entities[word.ref.entity].measures[word.ref.member].aggregation;
      break;
    case TaughtWord::Kind::kFilter:
      term.meaning.kind = MeaningKind::kValue;
      break;
  }
  term.meaning.taught = place;
  for (const std::string& key : word.keys) term.slots.push_back({key});
  taught_.Add(std::move(term));
}

Meaning Lexicon::MeaningOf(const TermMeaning& term) const {
  Meaning meaning;
  meaning.kind = term.kind;
  meaning.weight = term.weight;
  meaning.entity = term.entity;
  meaning.member = term.member;
  meaning.aggregation = term.aggregation;
  meaning.temporal = term.temporal;
  meaning.truth = term.truth;
  meaning.taught = term.taught;
  if (term.kind == MeaningKind::kValue) meaning.value = ValueOf(words_[term.taught].filter);
  return meaning;
}

std::vector<std::string> Lexicon::phrases() const {
  std::vector<std::string> phrases = terms_.phrases;
  for (const TaughtWord& word : words_) phrases.push_back(word.term);
  return phrases;
}

// Tells whether the words before `slot` only say how a measure aggregates: "delay" must not find
// "average delay", which the quantity stands for.
bool Lexicon::DropsAggregate(const Term& term, std::size_t slot) {
  if (term.meaning.kind != MeaningKind::kMeasure) return false;
  return std::all_of(term.slots.begin(), term.slots.begin() + static_cast<std::ptrdiff_t>(slot),
                     [](const Term::Slot& words) {
                       return std::any_of(words.begin(), words.end(), [](const std::string& word) {
                         return IsOneOf(kAggregateWords, word) || IsOneOf(kDistinctWords, word);
                       });
                     });
}

// How well the token at `at` fills a slot: 1 by itself, less by another word, 0 not at all.
double Lexicon::FillsSlot(const Text& text, std::size_t at, const Term& term, std::size_t slot) {
  if (at >= text.tokens.size()) return 0;
  const Token& token = text.tokens[at];
  if (token.kind != TokenKind::kWord && term.meaning.taught < 0) return 0;
  const auto has = [&](const std::string& stem) {
    return std::binary_search(term.slots[slot].begin(), term.slots[slot].end(), stem);
  };
  if (has(TokenKey(token))) return 1;
  double best = 0;
  if (at < text.others.size() && term.meaning.taught < 0) {
    for (const OtherWord& other : text.others[at]) {
      if (other.weight > best && has(other.stem)) best = other.weight;
    }
  }
  return best;
}

void Lexicon::MatchWhole(const Text& text, std::size_t at, const Term& term,
                         std::vector<TermMatch>* out) const {
  const std::size_t count = term.slots.size();
  for (std::size_t slot = 0; slot < count; ++slot) {
    if (FillsSlot(text, at + slot, term, slot) == 0) return;
  }
  out->push_back({at + count, MeaningOf(term.meaning)});
}

void Lexicon::MatchPosting(const Text& text, std::size_t at, const TermIndex::Posting& posting,
                           double kept, std::vector<TermMatch>* out) const {
  const std::vector<Token>& tokens = text.tokens;
  const Term& term = terms_.index.At(posting.term);
  const std::size_t count = term.slots.size();
  double least = kept;
  const auto fill = [&](std::size_t token, std::size_t slot) {
    const double weight = FillsSlot(text, token, term, slot);
    if (weight > 0) kept *= weight;
    if (weight > 0) least = std::min(least, weight);
    return weight > 0;
  };
  std::size_t run = 1;
  std::size_t skipped = 0;  // "number of products" for number_products
  while (posting.slot + run < count) {
    std::size_t next = at + run + skipped;
    if (fill(next, posting.slot + run)) {
      ++run;
      continue;
    }
    const std::size_t before = skipped;
    if (next < tokens.size() && tokens[next].lower == "of" && posting.slot == 0) ++skipped;
    if (skipped > before && next + 1 < tokens.size() && tokens[next + 1].lower == "the") ++skipped;
    next = at + run + skipped;
    if (skipped == before || FillsSlot(text, next, term, posting.slot + run) == 0) {
      skipped = before;
      break;
    }
  }
  const auto emit = [&](std::size_t end, double factor) {
    TermMatch match = {end, MeaningOf(term.meaning), least, kept};
    match.meaning.weight *= factor * kept;
    match.meaning.in_part = factor == kHeadWeight || factor == kBeginningWeight;
    out->push_back(std::move(match));
  };
  const bool whole = posting.slot == 0 && run == count;
  if (whole) return emit(at + run + skipped, skipped > 0 ? kReversedWeight : 1);
  if (skipped > 0) return;
  const bool particle = IsOneOf(kParticles, tokens[at + run - 1].lower);
  if (posting.slot + run == count) {
    if (!DropsAggregate(term, posting.slot) && !particle) emit(at + run, kHeadWeight);
    // "date of birth": the last slot first, then the others behind "of".
    std::size_t next = at + 1;
    if (run != 1 || next >= tokens.size() || tokens[next].lower != "of") return;
    // "number of flights" counts; it never means the flight number.
    const std::string& head = tokens[at].lower;
    if (IsOneOf(kCountWords, head) || IsOneOf(kAggregateWords, head) || head == "amount") return;
    ++next;
    if (next < tokens.size() && tokens[next].lower == "the") ++next;
    std::size_t slot = 0;
    while (slot + 1 < count && fill(next, slot)) {
      ++slot;
      ++next;
    }
    if (slot + 1 == count) emit(next, kReversedWeight);
    return;
  }
  if (posting.slot != 0) return;
  // "date of" for date_of_treatment says "date"; "singer in" is no singer_in_concert.
  if (particle) return run == 2 ? emit(at + 1, kBeginningWeight) : void();
  if (run >= 2 && skipped == 0) emit(at + run, kBeginningWeight);
  // "years" for year_of_founded
  const bool qualified = run == 1 && term.slots[1].front() == "of";
  if (qualified) return emit(at + run, kHeadWeight);
  for (std::size_t slot = run; slot < count; ++slot) {
    const bool generic =
        std::any_of(term.slots[slot].begin(), term.slots[slot].end(),
                    [](const std::string& stem) { return IsOneOf(kGenericTail, stem); });
    if (!generic) return;
  }
  emit(at + run, kGenericTailWeight);
}

// "life expectancy" for lifeexpectancy, "highschooler" for high_schooler.
void Lexicon::MatchJoined(const std::vector<Token>& tokens, std::size_t at,
                          std::vector<TermMatch>* out) const {
  std::string joined;
  for (std::size_t end = at; end < tokens.size() && end < at + kMaxJoinedWords; ++end) {
    if (tokens[end].kind != TokenKind::kWord) return;
    joined += tokens[end].lower;
    if (joined.size() < kMinJoinedBytes) continue;
    const std::vector<std::uint32_t>* found = terms_.index.FindJoined(Stem(joined));
    if (found == nullptr) continue;
    for (const std::uint32_t place : *found) {
      const Term& term = terms_.index.At(place);
      const std::size_t words = end - at + 1;
      if (term.slots.size() == words) continue;  // matched word by word
      out->push_back({end + 1, MeaningOf(term.meaning)});
    }
  }
}

// What was taught comes behind what the model has.
void Lexicon::MatchStem(const Text& text, std::size_t at, const std::string& stem, double kept,
                        std::vector<TermMatch>* out) const {
  if (const std::vector<TermIndex::Posting>* found = terms_.index.Find(stem)) {
    for (const TermIndex::Posting& posting : *found) MatchPosting(text, at, posting, kept, out);
  }
  if (const std::vector<TermIndex::Posting>* found = taught_.Find(stem)) {
    for (const TermIndex::Posting& posting : *found) {
      if (posting.slot == 0) MatchWhole(text, at, taught_.At(posting.term), out);
    }
  }
}

std::vector<TermMatch> Lexicon::MatchPart(const std::vector<Token>& tokens, std::size_t at) const {
  const std::vector<TermIndex::Posting>* found = terms_.index.Find(tokens[at].stem);
  if (found == nullptr) return {};
  std::vector<TermMatch> parts;
  for (const TermIndex::Posting& posting : *found) {
    const Term& term = terms_.index.At(posting.term);
    if (DropsAggregate(term, posting.slot)) continue;
    TermMatch match = {at + 1, MeaningOf(term.meaning)};
    match.meaning.in_part = true;
    const Meaning& one = match.meaning;
    const bool same = std::any_of(parts.begin(), parts.end(), [&](const TermMatch& known) {
      return known.meaning.kind == one.kind && known.meaning.entity == one.entity &&
             known.meaning.member == one.member;
    });
    if (!same) parts.push_back(std::move(match));
  }
  if (parts.size() > kMaxParts) parts.clear();
  return parts;
}

std::vector<std::string> Lexicon::ShortForms(const std::string& lower) const {
  std::vector<std::string> stems;
  for (std::size_t bytes = kMinShortForm; bytes + kMinCutOff <= lower.size(); ++bytes) {
    const std::string begin = lower.substr(0, bytes);
    const bool named = terms_.index.Find(begin) != nullptr;
    if (named && !IsKnownForm(begin)) stems.push_back(begin);
  }
  return stems;
}

std::vector<std::string> Lexicon::NearStems(const std::string& stem) const {
  if (stem.size() < kMinTypoBytes) return {};
  std::vector<std::string> near = terms_.index.NearStems(stem, kMinTypoBytes);
  std::vector<std::string> taught = taught_.NearStems(stem, kMinTypoBytes);
  std::move(taught.begin(), taught.end(), std::back_inserter(near));
  std::sort(near.begin(), near.end());
  near.erase(std::unique(near.begin(), near.end()), near.end());
  return near;
}

std::vector<TermMatch> Lexicon::Match(const std::vector<Token>& tokens, std::size_t at) const {
  std::vector<TermMatch> matches;
  if (tokens[at].kind != TokenKind::kWord) return matches;
  MatchJoined(tokens, at, &matches);
  const OtherWords none;
  MatchStem({tokens, none}, at, tokens[at].stem, 1, &matches);
  return matches;
}

std::vector<TermMatch> Lexicon::MatchOthers(const std::vector<Token>& tokens, std::size_t at,
                                            const OtherWords& others) const {
  std::vector<TermMatch> matches;
  if (tokens[at].kind != TokenKind::kWord) return matches;
  const Text text = {tokens, others};
  MatchStem(text, at, tokens[at].stem, 1, &matches);
  for (const OtherWord& other : others[at]) {
    MatchStem(text, at, other.stem, other.weight, &matches);
  }
  matches.erase(std::remove_if(matches.begin(), matches.end(),
                               [](const TermMatch& match) { return match.kept >= 1; }),
                matches.end());
  return matches;
}

}  // namespace loupe::ask
