#include "core/ask/match.hpp"

#include <algorithm>
#include <optional>
#include <set>
#include <utility>

#include "core/ask/gender_codes.hpp"
#include "core/ask/name_words.hpp"
#include "core/ask/near_value.hpp"
#include "core/ask/phrase_reading.hpp"
#include "core/ask/place_codes.hpp"
#include "core/ask/stem.hpp"
#include "core/ask/synonyms.hpp"
#include "core/ask/thesaurus.hpp"
#include "core/ask/time_words.hpp"
#include "core/ask/words.hpp"
#include "core/base/utf8.hpp"
#include "core/semantic/names.hpp"

namespace loupe::ask {
namespace {

constexpr double kKeptBelowBest = 0.4;     // a segment's meanings weigh at most this much less
constexpr double kUnknownScore = -5;       // of a token without a meaning
constexpr double kLengthBonus = 0.3;       // for each token of a span after the first
constexpr double kPhraseWeight = 0.6;      // function words give way to the model's own words
constexpr double kCountWeight = 0.8;       // "number of" before a column that is called a number
constexpr double kDifferenceWeight = 1.2;  // "duration between", even where "duration" is known
constexpr double kNeutralWeight = 0.1;
constexpr std::size_t kMaxSpellings = 12;  // of one value
constexpr double kSharedHeadWeight = 0.9;
constexpr std::size_t kSharedHeadReach = 8;  // tokens
constexpr double kOneNameWeight = 0.9;       // "full name" of what has one name
constexpr double kSureTermWeight = 0.6;
constexpr double kTypoWeight = 0.8;        // of a term that is one letter away
constexpr double kNameWeight = 0.7;        // a name that is no known value
constexpr double kNearValueWeight = 0.75;  // a value that is one slip away from what is written
constexpr double kPlainValueWeight = 0.8;  // a value whose words are also a term, not capitalised
constexpr double kSingularValueFactor = 0.85;
constexpr double kJoinColumnWeight = 0.9;  // a join's own column, named by the target's words
constexpr double kOwnMemberFactor = 0.5;   // flights.flight where "flight" names the entity itself
constexpr double kVerbFactor = 0.6;        // "ordered" for the entity orders
constexpr double kLeastVerbWeight = 0.45;  // below it a verb says nothing of an entity
constexpr double kTaughtBonus = 0.5;       // a word that was taught, against spans that overlap it
constexpr double kMeasuredWeight = 0.9;    // "RAM size" for ram
constexpr double kSaid = 0.9;              // of a name in its own words
constexpr double kSpellingWeight = 0.6;    // of what a name may be written as: Britain, British
constexpr double kPartWeight = 0.5;        // "screen" for screen_mode
constexpr double kValueStandsFor = 0.7;    // of a value in other words
constexpr std::size_t kMaxOtherValues = 6;
constexpr double kShortFormWeight = 0.8;  // "prerequisite" for prereq
constexpr double kSynonymDoubt = 0.35;    // of what the weight of a synonym leaves open
constexpr double kNearWeight = 0.7;       // below it words only have to do with each other
constexpr double kFarDoubt = 0.5;         // of how far below
constexpr std::size_t kMaxMeanings = 96;  // of a segment

struct Candidate {
  std::size_t begin;
  std::size_t end;
  Meaning meaning;
  double score;     // for the segmentation
  double kept = 1;  // below 1: in other words
};

class Matcher {
 public:
  Matcher(std::string_view question, const std::vector<Token>& tokens, const semantic::Model& model,
          const Lexicon& lexicon)
      : question_(question), tokens_(tokens), model_(model), lexicon_(lexicon) {
    for (const Token& token : tokens) is_function_word_.push_back(IsFunctionWord(token));
  }

  void AddWords(std::size_t at, const DateTime& now) {
    if (std::optional<PhraseMatch> phrase = MatchPhrase(tokens_, at)) {
      if (IsColumnOfTypes(at, *phrase)) phrase->end = at + 1;
      const bool counts = phrase->meaning.kind == MeaningKind::kCount && phrase->end > at + 1;
      const bool neutral = phrase->meaning.kind == MeaningKind::kNeutral;
      const bool difference = phrase->meaning.kind == MeaningKind::kDifference;
      Add(at, *phrase,
          neutral      ? kNeutralWeight
          : counts     ? kCountWeight
          : difference ? kDifferenceWeight
                       : kPhraseWeight);
    }
    if (IsNumberAskedFor(at)) {
      PhraseMatch count;
      count.end = at + 1;
      count.meaning.kind = MeaningKind::kCount;
      Add(at, count, kCountWeight);
    }
    if (const auto time = MatchTime(tokens_, at, now)) Add(at, *time, time->meaning.weight);
    if (const auto grain = MatchGrain(tokens_, at)) Add(at, *grain, 1);
    if (const auto number = MatchNumber(tokens_, at)) Add(at, *number, 0.8);
  }

  // "different types of ships" where ships have a type.
  [[nodiscard]] bool IsColumnOfTypes(std::size_t at, const PhraseMatch& phrase) const {
    if (phrase.meaning.kind != MeaningKind::kDistinct || phrase.end < at + 3) return false;
    const std::vector<TermMatch> types = lexicon_.Match(tokens_, at + 1);
    return std::any_of(types.begin(), types.end(), [&](const TermMatch& term) {
      return term.meaning.kind == MeaningKind::kDimension && term.end == at + 2 &&
             term.meaning.weight >= kSharedHeadWeight;
    });
  }

  // "How many orders …? List the name and the number": the number that was asked for before.
  [[nodiscard]] bool IsNumberAskedFor(std::size_t at) const {
    const bool alone = tokens_[at].lower == "number" && at > 0 && tokens_[at - 1].lower == "the" &&
                       (at + 1 == tokens_.size() || IsPause(tokens_[at + 1]) ||
                        tokens_[at + 1].lower == "," || tokens_[at + 1].lower == "and");
    for (std::size_t before = 0; alone && before + 1 < at; ++before) {
      const bool asked = tokens_[before].lower == "how" && tokens_[before + 1].lower == "many";
      if (asked) return true;
    }
    return false;
  }

  // A word that names nothing may be another word for something.
  void AddSynonyms() {
    std::vector<bool> open(tokens_.size());
    for (std::size_t at = 0; at < tokens_.size(); ++at) open[at] = IsOpen(at);
    OtherWords others = OtherWordsOf(tokens_, open);
    for (std::size_t at = 0; at < tokens_.size(); ++at) {
      if (!open[at]) continue;
      for (std::string& stem : lexicon_.ShortForms(tokens_[at].lower)) {
        others[at].push_back({std::move(stem), kShortFormWeight});
      }
    }
    for (const SynonymMatch& match : MatchSynonyms(tokens_, others, open, lexicon_)) {
      AddTerm(match.begin, match.term);
    }
    for (std::size_t at = 0; at < tokens_.size(); ++at) AddSharedHeads(at, others);
  }

  // A word that nothing explains may be misspelt.
  void AddTypos(std::vector<Token> tokens) {
    for (std::size_t at = 0; at < tokens.size(); ++at) {
      if (tokens[at].kind != TokenKind::kWord || IsExplained(at)) continue;
      if (IsKnownForm(tokens[at].lower)) continue;  // "places" are no planes
      const std::string stem = tokens[at].stem;
      for (std::string& near : lexicon_.NearStems(stem)) {
        tokens[at].stem = std::move(near);
        for (TermMatch term : lexicon_.Match(tokens, at)) {
          term.meaning.weight *= kTypoWeight;
          Add(at, {term.end, term.meaning}, term.meaning.weight);
        }
      }
      tokens[at].stem = stem;
    }
  }

  // A word that nothing explains may be part of a name that few others share: "screen" for
  // screen_mode. What is done to things is no part of their names.
  void AddParts() {
    for (std::size_t at = 0; at < tokens_.size(); ++at) {
      const Token& token = tokens_[at];
      if (token.kind != TokenKind::kWord || IsExplained(at) || IsVerbForm(token.lower)) continue;
      for (TermMatch part : lexicon_.MatchPart(tokens_, at)) {
        part.meaning.weight *= kPartWeight;
        AddTerm(at, part);
      }
    }
  }

  // A quoted text, or words in capitals that nothing else explains: a value if anything.
  void AddTexts() {
    for (std::size_t at = 0; at < tokens_.size(); ++at) {
      PhraseMatch text;
      text.meaning.kind = MeaningKind::kText;
      text.end = at + 1;
      if (tokens_[at].kind == TokenKind::kQuoted) {
        text.meaning.value = tokens_[at].text;
        Add(at, text, 1);
        continue;
      }
      while (text.end < tokens_.size() && IsName(text.end) && IsName(text.end - 1)) ++text.end;
      if (at == 0 || !IsName(at) || (at > 1 && IsName(at - 1))) continue;
      text.meaning.value = TextOf(at, text.end);
      text.meaning.weight = kNameWeight;
      Add(at, text, kNameWeight);
    }
  }

  // A word that is written like a name and unknown otherwise.
  [[nodiscard]] bool IsName(std::size_t at) const {
    const Token& token = tokens_[at];
    if (token.kind == TokenKind::kDate) return true;
    if (token.kind != TokenKind::kWord || IsExplained(at)) return false;
    const bool code = std::any_of(token.text.begin(), token.text.end(),
                                  [](char c) { return c >= '0' && c <= '9'; });
    return IsCapitalised(token) || code;
  }

  // "How does …" at the start asks, whatever is called so.
  [[nodiscard]] bool AsksAt(std::size_t at) const {
    static constexpr std::string_view kAsking[] = {"how", "what", "which", "who", "when", "where"};
    return (at == 0 || IsPause(tokens_[at - 1])) && IsOneOf(kAsking, tokens_[at].lower);
  }

  void AddTerms(std::size_t at) {
    for (TermMatch term : lexicon_.Match(tokens_, at)) {
      if (term.end == at + 1 && term.meaning.taught < 0 && AsksAt(at)) continue;
      const bool verb = IsPast(tokens_[term.end - 1]) && term.meaning.taught < 0;
      if (term.meaning.kind == MeaningKind::kEntity && verb) {
        term.meaning.weight *= kVerbFactor;
        // "offered" says nothing of course offerings, nor do "courses offered".
        const bool several = term.end > at + 1 && !IsWordOf(term.meaning.entity, term.end - 1);
        if (several || term.meaning.weight < kLeastVerbWeight) continue;
      }
      term.meaning.owned = IsOwned(at, term);
      AddTerm(at, term);
    }
  }

  // Whether the name of the entity has the very word.
  [[nodiscard]] bool IsWordOf(int entity, std::size_t token) const {
    const std::vector<std::string> words =
        semantic::SplitWords(model_.entities[static_cast<std::size_t>(entity)].name);
    return std::find(words.begin(), words.end(), tokens_[token].lower) != words.end();
  }

  // "names of customers" for customers.customer_name: things are spoken of as well.
  [[nodiscard]] bool IsOwned(std::size_t at, const TermMatch& term) const {
    if (term.meaning.kind == MeaningKind::kEntity) return false;
    std::size_t of = at + 1;
    while (of < term.end && tokens_[of].lower != "of") ++of;
    if (of + 1 >= term.end) return false;
    const std::size_t owner = tokens_[of + 1].lower == "the" ? of + 2 : of + 1;
    const std::vector<TermMatch> owners = lexicon_.Match(tokens_, owner);
    return std::any_of(owners.begin(), owners.end(), [&](const TermMatch& other) {
      return other.end == term.end && other.meaning.kind == MeaningKind::kEntity &&
             other.meaning.entity == term.meaning.entity;
    });
  }

  void AddTerm(std::size_t at, const TermMatch& term) {
    const double bonus = term.meaning.taught >= 0 ? kTaughtBonus : 0;
    // "publication day" for publication_date is more than a publication and a day.
    const bool composed = term.kept < 1 && term.least >= kNearWeight && term.end > at + 1;
    const double trust = composed ? TrustedOf(term.kept) / term.kept : 1;
    Add(at, {term.end, term.meaning}, term.meaning.weight * trust + bonus, term.kept);
    // "RAM size" for a number called ram
    if (term.meaning.kind == MeaningKind::kQuantity && term.end < tokens_.size() &&
        IsMeasuringNoun(tokens_[term.end].lower)) {
      Meaning measured = term.meaning;
      measured.weight *= kMeasuredWeight;
      Add(at, {term.end + 1, measured}, measured.weight, term.kept);
    }
    if (term.meaning.kind == MeaningKind::kEntity) AddJoinColumns(at, term);
  }

  // "first and last names": the first name as well; "average and maximum wage": of the salary.
  void AddSharedHeads(std::size_t at, const OtherWords& others) {
    if (tokens_[at].kind != TokenKind::kWord || !IsSeparator(at + 1)) return;
    for (std::size_t head = at + 3; head < tokens_.size() && head < at + kSharedHeadReach; ++head) {
      const Token& before = tokens_[head - 1];
      if (tokens_[head].kind != TokenKind::kWord || before.kind != TokenKind::kWord) continue;
      if (IsSeparator(head - 1) || IsSeparator(head)) continue;
      const std::vector<Token> pair = {tokens_[at], tokens_[head]};
      std::vector<TermMatch> terms = lexicon_.Match(pair, 0);
      for (TermMatch& term : lexicon_.MatchOthers(pair, 0, {{}, others[head]})) {
        terms.push_back(std::move(term));
      }
      for (const TermMatch& term : terms) {
        if (term.end != 2 || term.meaning.weight < kSharedHeadWeight * term.kept) continue;
        candidates_.push_back({at, at + 1, term.meaning, 1 + kLengthBonus, term.kept});
      }
      return;
    }
  }

  // "full names": the first names, which are shown with the last ones (see Shaper::AddLastName);
  // of things that have one name, that one.
  void AddFullNames(std::size_t at) {
    if (!IsFullName(tokens_, at)) return;
    for (std::size_t e = 0; e < model_.entities.size(); ++e) {
      const int entity = static_cast<int>(e);
      const std::optional<NameParts> parts = NamePartsOf(model_, entity);
      const int member = parts ? parts->first : NameOf(model_, entity);
      if (!model_.entities[e].is_public || member < 0) continue;
      PhraseMatch match;
      match.end = at + 2;
      match.meaning.kind = MeaningKind::kDimension;
      match.meaning.entity = entity;
      match.meaning.member = member;
      match.meaning.weight = parts ? 1 : kOneNameWeight;
      Add(at, match, match.meaning.weight);
    }
  }

  [[nodiscard]] bool IsSeparator(std::size_t at) const {
    return at < tokens_.size() &&
           (tokens_[at].lower == "and" || tokens_[at].text == "," || tokens_[at].lower == "or");
  }

  void AddValues(const ValueSource& values) {
    std::vector<Span> spans;
    std::vector<std::string> texts;
    for (const bool unexplained : {true, false}) {
      for (std::size_t begin = 0; begin < tokens_.size(); ++begin) {
        AddValuesAt(begin, unexplained, &spans, &texts);
      }
    }
    if (texts.empty()) return;
    for (const ValueMatch& match : values.Lookup(texts)) {
      if (match.candidate >= spans.size()) continue;
      const Span& span = spans[match.candidate];
      AddValue(span.begin, span.end, match, texts[match.candidate], span.kept, span.kept);
    }
  }

  // Words that nothing explains before texts and synonyms are tried, and that may be misspelt.
  [[nodiscard]] std::vector<std::size_t> FindNearPlaces() const {
    std::vector<std::size_t> places;
    for (std::size_t at = 0; at < tokens_.size() && places.size() < kMaxNearWords; ++at) {
      if (MayBeNear(tokens_[at]) && !IsExplained(at)) places.push_back(at);
    }
    return places;
  }

  // What such a word may have been meant to say, where it still means nothing but a text.
  void AddNearValues(std::vector<std::size_t> places, const ValueSource& values) {
    places.erase(std::remove_if(places.begin(), places.end(),
                                [&](std::size_t at) { return IsMoreThanText(at); }),
                 places.end());
    if (places.empty()) return;
    std::vector<std::string> words;
    for (const std::size_t at : places) words.push_back(tokens_[at].lower);
    const std::vector<ValueMatch> found = values.LookupNear(words);
    for (std::size_t i = 0; i < places.size(); ++i) AddNearValuesAt(places[i], i, found);
  }

  Matches Cut() const {
    const std::size_t count = tokens_.size();
    std::vector<double> best(count + 1, 0);
    std::vector<const Candidate*> choice(count, nullptr);
    for (std::size_t at = count; at-- > 0;) {
      best[at] = kUnknownScore + best[at + 1];
      for (const Candidate& candidate : candidates_) {
        if (candidate.begin != at || candidate.score + best[candidate.end] <= best[at]) continue;
        best[at] = candidate.score + best[candidate.end];
        choice[at] = &candidate;
      }
    }
    Matches matches;
    for (std::size_t at = 0; at < count;) {
      if (choice[at] == nullptr) {
        Segment unknown;
        unknown.begin = at;
        unknown.end = at + 1;
        unknown.meanings.emplace_back();
        unknown.meanings.back().kind = MeaningKind::kUnknown;
        matches.segments.push_back(std::move(unknown));
        matches.unknown.push_back(at++);
        continue;
      }
      matches.segments.push_back(MakeSegment(at, choice[at]->end));
      at = choice[at]->end;
    }
    return matches;
  }

 private:
  void Add(std::size_t begin, const PhraseMatch& match, double weight, double kept = 1) {
    const double length = static_cast<double>(match.end - begin);
    candidates_.push_back(
        {begin, match.end, match.meaning, weight * length + kLengthBonus * (length - 1), kept});
  }

  // Where an entity is joined more than once ("airports" by origin and by destination), its words
  // may also mean the columns that join it.
  void AddJoinColumns(std::size_t at, const TermMatch& term) {
    const std::string& target = model_.entities[term.meaning.entity].name;
    for (std::size_t e = 0; e < model_.entities.size(); ++e) {
      const semantic::Entity& entity = model_.entities[e];
      const auto joins = std::count_if(entity.joins.begin(), entity.joins.end(),
                                       [&](const auto& join) { return join.entity == target; });
      if (joins < 2) continue;
      for (const semantic::Join& join : entity.joins) {
        if (join.entity != target || join.columns.size() != 1) continue;
        AddJoinColumn(at, term, static_cast<int>(e), join.columns[0].first);
      }
    }
  }

  void AddJoinColumn(std::size_t at, const TermMatch& term, int e, const std::string& column) {
    const semantic::Entity& entity = model_.entities[e];
    for (std::size_t d = 0; d < entity.dimensions.size(); ++d) {
      const semantic::Dimension& dimension = entity.dimensions[d];
      const bool usable = dimension.is_public && dimension.column == column &&
                          dimension.type == semantic::DimensionType::kString;
      if (!usable) continue;
      PhraseMatch match;
      match.end = term.end;
      match.meaning.kind = MeaningKind::kDimension;
      match.meaning.entity = e;
      match.meaning.member = static_cast<int>(d);
      match.meaning.weight = term.meaning.weight * kJoinColumnWeight;
      match.meaning.taught = term.meaning.taught;
      Add(at, match, match.meaning.weight, term.kept);
    }
  }

  std::string TextOf(std::size_t begin, std::size_t end) const {
    if (end == begin + 1) return tokens_[begin].text;
    return std::string(
        question_.substr(tokens_[begin].begin, tokens_[end - 1].end - tokens_[begin].begin));
  }

  bool IsExplained(std::size_t at) const {
    return std::any_of(candidates_.begin(), candidates_.end(), [&](const Candidate& candidate) {
      return candidate.begin <= at && at < candidate.end;
    });
  }

  [[nodiscard]] bool IsMoreThanText(std::size_t at) const {
    return std::any_of(candidates_.begin(), candidates_.end(), [&](const Candidate& candidate) {
      return candidate.begin <= at && at < candidate.end &&
             candidate.meaning.kind != MeaningKind::kText;
    });
  }

  // Tells whether a word may stand for another: nothing explains it, or nothing but what words of
  // its kind happen to be as well: a common noun that says little, a value written alike.
  [[nodiscard]] bool IsOpen(std::size_t at) const {
    if (tokens_[at].kind != TokenKind::kWord) return false;
    const bool vague = IsVagueNoun(tokens_[at].lower);
    const bool named = IsCapitalised(tokens_[at]) && at > 0;
    return std::all_of(candidates_.begin(), candidates_.end(), [&](const Candidate& candidate) {
      if (candidate.begin > at || at >= candidate.end) return true;
      if (candidate.meaning.in_part && candidate.meaning.weight <= kPartWeight) return true;
      switch (candidate.meaning.kind) {
        case MeaningKind::kNeutral:
          return vague;
        case MeaningKind::kValue:
          return !named && candidate.end == candidate.begin + 1;
        case MeaningKind::kGrain:  // "publication day" for a date
          return candidate.meaning.grain == TimeUnit::kDay;
        default:
          return false;
      }
    });
  }

  struct Span {
    std::size_t begin;
    std::size_t end;
    double kept = 1;  // how well the spelling stands for it
  };

  struct Spelling {
    std::string text;
    double kept = 1;
  };

  // The span around a word, longest first, that is near a value; the whole of it has to be.
  [[nodiscard]] std::optional<Span> NearSpan(std::size_t at, const std::string& folded,
                                             bool is_name) const {
    for (std::size_t length = kMaxValueWords; length > 0; --length) {
      const std::size_t first = at + 1 > length ? at + 1 - length : 0;
      for (std::size_t begin = first; begin <= at && begin + length <= tokens_.size(); ++begin) {
        const std::string text = AsciiLower(TextOf(begin, begin + length));
        const bool near = is_name ? BeginsWithName(folded, text) : IsSlip(text, folded);
        if (near && begin + length > at) return Span{begin, begin + length};
      }
    }
    return std::nullopt;
  }

  // Several values that are near leave open which one is meant.
  void AddNearValuesAt(std::size_t at, std::size_t candidate,
                       const std::vector<ValueMatch>& found) {
    const bool is_named = at > 0 && IsCapitalised(tokens_[at]);
    for (const bool is_name : {false, true}) {
      if (is_name && !is_named) return;
      std::set<std::string> texts;
      std::vector<std::pair<Span, const ValueMatch*>> near;
      for (const ValueMatch& match : found) {
        if (match.candidate != candidate) continue;
        const std::string folded = AsciiLower(match.value);
        const std::optional<Span> span = NearSpan(at, folded, is_name);
        if (!span) continue;
        texts.insert(folded);
        near.emplace_back(*span, &match);
      }
      if (texts.size() > 1) return;
      for (const auto& [span, match] : near) {
        AddValue(span.begin, span.end, *match, TextOf(span.begin, span.end), kNearValueWeight);
      }
      if (!near.empty()) return;
    }
  }

  // What may be values from `begin` on, longest first, with their spellings.
  void AddValuesAt(std::size_t begin, bool unexplained, std::vector<Span>* spans,
                   std::vector<std::string>* texts) const {
    std::size_t end = std::min(begin + kMaxValueWords + 1, tokens_.size());
    for (; end > begin; --end) {
      if (spans->size() + kMaxSpellings > kMaxValueCandidates) return;
      if (!MayBeValue(begin, end) || NeedsValue(begin, end) != unexplained) continue;
      for (Spelling& spelling : SpellingsOf(begin, end)) {
        spans->push_back({begin, end, spelling.kept});
        texts->push_back(std::move(spelling.text));
      }
    }
  }

  // As written; one word also in the singular, an adjective of a place also as the place, and what
  // names nothing in other words: "puppies" are dogs.
  [[nodiscard]] std::vector<Spelling> SpellingsOf(std::size_t begin, std::size_t end) const {
    std::vector<Spelling> texts = {{TextOf(begin, end)}};
    if (IsCapitalised(tokens_[begin])) {
      const std::string_view code = CodeOfPlace(AsciiLower(texts.front().text));
      if (!code.empty()) texts.push_back({std::string(code)});
    }
    if (end != begin + 1 || tokens_[begin].kind != TokenKind::kWord) return texts;
    const std::string& lower = tokens_[begin].lower;
    for (const std::string_view code : CodesOfGender(lower)) texts.push_back({std::string(code)});
    if (IsPlural(lower)) {
      for (const std::string& form : BaseForms(lower)) {
        if (form != lower) texts.push_back({form});
      }
    }
    if (!IsExplained(begin) && !IsCapitalised(tokens_[begin]) && !IsVerbForm(lower)) {
      for (Spelling& other : OtherSpellings(lower)) texts.push_back(std::move(other));
    }
    if (begin > 0 && IsCapitalised(tokens_[begin])) {
      for (const Synonym& synonym : SynonymsOf(lower)) {
        const bool stands = synonym.weight >= kSpellingWeight;
        if (stands && texts.size() < kMaxSpellings) texts.push_back({std::string(synonym.word)});
      }
    }
    return texts;
  }

  // What a value may be called that nobody has called by its own name.
  static std::vector<Spelling> OtherSpellings(const std::string& lower) {
    std::vector<Spelling> others;
    for (const std::string& form : BaseForms(lower)) {
      for (const Synonym& synonym : SynonymsOf(form)) {
        if (synonym.weight < kValueStandsFor || others.size() == kMaxOtherValues) break;
        others.push_back({std::string(synonym.word), synonym.weight});
      }
    }
    return others;
  }

  // Values of several words hold words only; they neither begin nor end with a function word. A
  // function word in capitals ("OR", "IN") may be a code.
  bool MayBeValue(std::size_t begin, std::size_t end) const {
    if (tokens_[begin].kind == TokenKind::kQuoted) return end == begin + 1;
    // A full stop may belong to the value: "Delta Air Lines Inc."
    const bool stop = end > begin + 1 && tokens_[end - 1].text == "." &&
                      tokens_[end - 1].begin == tokens_[end - 2].end;
    if (stop) --end;
    if (end - begin > kMaxValueWords) return false;
    for (std::size_t at = begin; at < end; ++at) {
      const bool word = tokens_[at].kind == TokenKind::kWord;
      const bool number = tokens_[at].kind == TokenKind::kNumber && end > begin + 1;
      const bool joins = tokens_[at].text == "&" && at > begin && at + 1 < end;
      // "Ph.D.", "Info. Systems"
      const bool cut = tokens_[at].text == "." && at > begin &&
                       tokens_[at - 1].kind == TokenKind::kWord &&
                       tokens_[at - 1].end == tokens_[at].begin;
      if (!word && !number && !joins && !cut) return false;
    }
    for (std::size_t at : {begin, end - 1}) {
      const Token& token = tokens_[at];
      const bool code = token.text.size() > 1 && token.text != token.lower &&
                        std::all_of(token.text.begin(), token.text.end(),
                                    [](char c) { return c >= 'A' && c <= 'Z'; });
      const bool named = end - begin > 1 && begin > 0 && IsCapitalised(tokens_[begin]);
      if (is_function_word_[at] && !code && !named) return false;
    }
    return true;
  }

  bool NeedsValue(std::size_t begin, std::size_t end) const {
    for (std::size_t at = begin; at < end; ++at) {
      if (!IsExplained(at) || tokens_[at].kind == TokenKind::kQuoted) return true;
    }
    return false;
  }

  void AddValue(std::size_t begin, std::size_t end, const ValueMatch& match,
                const std::string& text, double weight = 1, double kept = 1) {
    for (std::size_t e = 0; e < model_.entities.size(); ++e) {
      const semantic::Entity& entity = model_.entities[e];
      if (entity.name != match.entity) continue;
      const semantic::Dimension* dimension = entity.FindDimension(match.dimension);
      if (dimension == nullptr || !dimension->is_public) return;
      const bool coded = IsGenderCode(begin, end, text);
      if (coded && !KeepsGender(dimension->name)) return;
      PhraseMatch value;
      value.end = end;
      value.meaning.kind = MeaningKind::kValue;
      value.meaning.entity = static_cast<int>(e);
      value.meaning.member = static_cast<int>(dimension - entity.dimensions.data());
      value.meaning.value = match.value;
      const bool marked = NeedsValue(begin, end) || (begin > 0 && IsCapitalised(tokens_[begin]));
      value.meaning.weight = weight * (marked ? 1 : kPlainValueWeight);
      // "towns" are things before they are those whose status is Town.
      const bool singular = !coded && text != TextOf(begin, end) && !IsCapitalised(tokens_[begin]);
      if (singular) value.meaning.weight *= kSingularValueFactor;
      Add(begin, value, value.meaning.weight, kept);
    }
  }

  // Whether a text is no spelling of the word but what tables keep for it.
  [[nodiscard]] bool IsGenderCode(std::size_t begin, std::size_t end,
                                  const std::string& text) const {
    if (end != begin + 1 || text == TextOf(begin, end)) return false;
    const std::vector<std::string_view> codes = CodesOfGender(tokens_[begin].lower);
    return std::find(codes.begin(), codes.end(), text) != codes.end();
  }

  static bool IsSameThing(const Meaning& a, const Meaning& b) {
    return a.kind == b.kind && a.entity == b.entity && a.member == b.member && a.value == b.value &&
           a.taught == b.taught && a.entity >= 0;
  }

  // Who said what a word means meant nothing else by it; a near spelling is no such word.
  static bool IsTaught(const Meaning& meaning) {
    return meaning.taught >= 0 && meaning.weight >= 1;
  }

  // What raises the weights of other words for a span: the nearest of all that the model has is
  // surer than how near it is says, and the farther ones stay as far behind it.
  [[nodiscard]] double TrustIn(std::size_t begin, std::size_t end) const {
    double best = 0;
    for (const Candidate& candidate : candidates_) {
      if (candidate.begin != begin || candidate.end != end) continue;
      if (candidate.kept < 1) best = std::max(best, candidate.kept);
      if (candidate.kept == 1 && IsTerm(candidate.meaning) && candidate.meaning.weight >= kSaid) {
        return 1;
      }
    }
    return best == 0 ? 1 : TrustedOf(best) / best;
  }

  // What the nearest of all words that the model has counts for.
  static double TrustedOf(double kept) {
    const double far = std::max(0.0, kNearWeight - kept);
    return 1 - kSynonymDoubt * (1 - kept) - kFarDoubt * far;
  }

  Segment MakeSegment(std::size_t begin, std::size_t end) const {
    const double trust = TrustIn(begin, end);
    Segment segment;
    segment.begin = begin;
    segment.end = end;
    const bool taught = std::any_of(candidates_.begin(), candidates_.end(), [&](const auto& c) {
      return c.begin == begin && c.end == end && IsTaught(c.meaning);
    });
    for (const Candidate& candidate : candidates_) {
      if (candidate.begin != begin || candidate.end != end) continue;
      if (taught && candidate.meaning.taught < 0) continue;
      Meaning found = candidate.meaning;
      if (candidate.kept < 1) found.weight *= trust;
      found.kept = candidate.kept;
      Meaning* same = nullptr;
      for (Meaning& meaning : segment.meanings) {
        if (IsSameThing(meaning, found)) same = &meaning;
      }
      if (same == nullptr) {
        segment.meanings.push_back(std::move(found));
      } else {
        const bool owned = same->owned || found.owned;
        if (found.weight > same->weight) *same = std::move(found);
        same->owned = owned;
      }
    }
    DemoteOwnMembers(&segment.meanings);
    Prune(begin, end, &segment.meanings);
    return segment;
  }

  // An entity's own name means the entity, even where one of its columns is called the same.
  static void DemoteOwnMembers(std::vector<Meaning>* meanings) {
    for (const Meaning& entity : *meanings) {
      if (entity.kind != MeaningKind::kEntity || entity.weight < 1) continue;
      for (Meaning& member : *meanings) {
        const bool own = member.kind == MeaningKind::kDimension ||
                         member.kind == MeaningKind::kMeasure ||
                         member.kind == MeaningKind::kQuantity;
        if (own && member.entity == entity.entity) member.weight *= kOwnMemberFactor;
      }
    }
  }

  static bool IsTerm(const Meaning& meaning) {
    return meaning.kind == MeaningKind::kEntity || meaning.kind == MeaningKind::kDimension ||
           meaning.kind == MeaningKind::kMeasure || meaning.kind == MeaningKind::kQuantity ||
           meaning.kind == MeaningKind::kValue;
  }

  // Words that shape a question stay what they are where a name of the model is written alike.
  static bool IsShaping(const Meaning& meaning) {
    switch (meaning.kind) {
      case MeaningKind::kAggregate:
      case MeaningKind::kCount:
      case MeaningKind::kDifference:
      case MeaningKind::kUnit:
      case MeaningKind::kSuperlative:
      case MeaningKind::kComparison:
      case MeaningKind::kPattern:
      case MeaningKind::kEach:
      case MeaningKind::kSort:
      case MeaningKind::kDirection:
      case MeaningKind::kNegation:
      case MeaningKind::kExcept:
      case MeaningKind::kAnd:
      case MeaningKind::kOr:
      case MeaningKind::kWhich:
      case MeaningKind::kWho:
      case MeaningKind::kThat:
      case MeaningKind::kWith:
      case MeaningKind::kOf:
      case MeaningKind::kIn:
      case MeaningKind::kDistinct:
      case MeaningKind::kAll:
        return true;
      default:
        return false;
    }
  }

  // One class of meanings stays: names of the model, or the best function word.
  void Prune(std::size_t begin, std::size_t end, std::vector<Meaning>* meanings) const {
    std::stable_sort(meanings->begin(), meanings->end(),
                     [](const Meaning& a, const Meaning& b) { return a.weight > b.weight; });
    const bool shaping = std::any_of(meanings->begin(), meanings->end(), IsShaping);
    const bool terms = std::any_of(meanings->begin(), meanings->end(), IsTerm);
    const auto drop = [&](auto dropped) {
      meanings->erase(std::remove_if(meanings->begin(), meanings->end(), dropped), meanings->end());
    };
    // A doubtful name gives way to a word that has its own use.
    const bool doubtful =
        terms && std::none_of(meanings->begin(), meanings->end(), [](const Meaning& meaning) {
          return IsTerm(meaning) && meaning.weight >= kSureTermWeight;
        });
    const bool used = std::any_of(meanings->begin(), meanings->end(), [](const Meaning& meaning) {
      return !IsTerm(meaning) && meaning.kind != MeaningKind::kText;
    });
    // "show" at the start of a sentence asks, even where there are shows.
    const bool asks = std::any_of(meanings->begin(), meanings->end(), [](const Meaning& meaning) {
      return meaning.kind == MeaningKind::kList;
    });
    const bool first = begin == 0 || IsPause(tokens_[begin - 1]) ||
                       tokens_[begin - 1].lower == "please" || tokens_[begin - 1].lower == "also";
    if (asks && first) {
      drop([](const Meaning& meaning) { return meaning.kind != MeaningKind::kList; });
      return;
    }
    const bool shared = std::any_of(candidates_.begin(), candidates_.end(), [&](const auto& c) {
      return c.begin == begin && c.end == end && IsTerm(c.meaning) && c.score > 1;
    });
    if (shared && end == begin + 1) {
      drop([](const Meaning& meaning) { return !IsTerm(meaning); });
      return Shorten(meanings);
    }
    // "by month": the period, where a column of that name stands beside a real time.
    const bool grain = meanings->front().kind == MeaningKind::kGrain && terms &&
                       std::all_of(meanings->begin(), meanings->end(), [](const Meaning& meaning) {
                         return !IsTerm(meaning) || meaning.weight < 1;
                       });
    if (grain) {
      drop([](const Meaning& meaning) { return meaning.kind != MeaningKind::kGrain; });
      return;
    }
    if (doubtful && used) {
      drop([](const Meaning& meaning) { return IsTerm(meaning); });
      return;
    }
    if (shaping) {
      drop([](const Meaning& meaning) { return !IsShaping(meaning); });
    } else if (terms) {
      drop([](const Meaning& meaning) {
        return !IsTerm(meaning) && meaning.kind != MeaningKind::kText;
      });
      // A known value says more than that there is a text.
      const bool value = std::any_of(meanings->begin(), meanings->end(), [](const Meaning& m) {
        return m.kind == MeaningKind::kValue;
      });
      if (!value) return Shorten(meanings);
    } else {
      std::stable_sort(meanings->begin(), meanings->end(), [](const Meaning& a, const Meaning& b) {
        return a.kind != MeaningKind::kNeutral && b.kind == MeaningKind::kNeutral;
      });
    }
    Shorten(meanings);
  }

  static void Shorten(std::vector<Meaning>* meanings) {
    const double least = meanings->front().weight - kKeptBelowBest;
    while (meanings->size() > kMaxMeanings || meanings->back().weight < least) {
      meanings->pop_back();
    }
  }

  std::string_view question_;
  const std::vector<Token>& tokens_;
  const semantic::Model& model_;
  const Lexicon& lexicon_;
  std::vector<bool> is_function_word_;  // by token, which is in many spans
  std::vector<Candidate> candidates_;
};

}  // namespace

Matches MatchTokens(std::string_view question, const std::vector<Token>& tokens,
                    const semantic::Model& model, const Lexicon& lexicon, const ValueSource& values,
                    const DateTime& now, const Context& context) {
  Matcher matcher(question, tokens, model, lexicon);
  const OtherWords none(tokens.size());
  for (std::size_t at = 0; at < tokens.size(); ++at) {
    context.Poll();
    matcher.AddWords(at, now);
    matcher.AddTerms(at);
    matcher.AddFullNames(at);
    matcher.AddSharedHeads(at, none);
  }
  matcher.AddValues(values);
  const std::vector<std::size_t> places = matcher.FindNearPlaces();
  matcher.AddTexts();
  matcher.AddParts();
  matcher.AddSynonyms();
  matcher.AddTypos(tokens);
  matcher.AddNearValues(places, values);
  return matcher.Cut();
}

}  // namespace loupe::ask
