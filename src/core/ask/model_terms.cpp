#include "core/ask/model_terms.hpp"

#include <algorithm>
#include <iterator>
#include <unordered_set>
#include <utility>

#include "core/ask/name_words.hpp"
#include "core/ask/phrase_reading.hpp"
#include "core/ask/stem.hpp"
#include "core/ask/thesaurus.hpp"
#include "core/ask/tokens.hpp"
#include "core/ask/words.hpp"
#include "core/semantic/names.hpp"

namespace loupe::ask {
namespace {

using semantic::Aggregation;
using semantic::Dimension;
using semantic::DimensionType;
using semantic::Entity;
using semantic::Measure;

constexpr double kOwnerDroppedWeight = 0.95;  // "name" for customers.customer_name
constexpr double kRecordDroppedWeight = 0.8;  // "users" for user_profiles
constexpr double kUnitDroppedWeight = 0.95;   // "budget" for budget_in_billions
constexpr double kCountDroppedWeight = 0.8;   // "bathrooms" for bathroom_count
constexpr double kDescriptionWeight = 0.8;    // the head of the description
constexpr double kShadowedWeight = 0.85;      // a quantity whose words are also a measure's name
constexpr double kGrainNameWeight = 0.85;     // a dimension called "month", where dates exist too
constexpr std::size_t kMaxDescriptionWords = 4;
constexpr std::size_t kMinAbbreviation = 3;
constexpr double kInitialWeight = 0.85;     // "phone" for dphone of departments
constexpr double kNamingWeight = 0.9;       // "name" for the column that names a row
constexpr double kCalledWeight = 0.95;      // "region name" for a column of regions
constexpr double kForeignKeyWeight = 0.96;  // "template id" is first of all the template's own
constexpr double kReferenceWeight = 0.85;   // "airline" of flights, where there are airlines

constexpr std::string_view kTruthMarks[] = {"has", "have", "is", "was", "are", "can", "allows"};
constexpr std::string_view kTimeTail[] = {"at", "on", "date", "time", "timestamp", "ts", "dt"};

template <std::size_t N>
Words Without(Words words, const std::string_view (&dropped)[N]) {
  words.erase(std::remove_if(words.begin(), words.end(),
                             [&](const std::string& word) { return IsOneOf(dropped, word); }),
              words.end());
  return words;
}

Words StemAll(Words words) {
  for (std::string& word : words) word = Stem(word);
  return words;
}

// The noun phrase that a description begins with: "Departure delay in minutes" gives departure,
// delay. Nothing when it is long or begins with a function word other than an article.
Words DescriptionHead(std::string_view description) {
  Result<std::vector<Token>> tokens = Tokenize(description.substr(0, kMaxQuestionBytes));
  if (!tokens.ok()) return {};
  Words head;
  for (const Token& token : tokens.value()) {
    if (head.empty() && (token.lower == "the" || token.lower == "a" || token.lower == "an")) {
      continue;
    }
    if (token.kind != TokenKind::kWord || IsFunctionWord(token)) break;
    head.push_back(token.lower);
  }
  return head.size() > kMaxDescriptionWords ? Words() : head;
}

std::string SourceOf(const std::string& column, const std::string& sql) {
  return column.empty() ? "sql:" + sql : column;
}

std::string Join(const Words& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : " ") + word;
  return text;
}

bool NamesYear(const std::string& name) {
  const Words words = semantic::SplitWords(name);
  return std::any_of(words.begin(), words.end(), [](const std::string& word) {
    return word == "year" || word == "yr" || word == "founded";
  });
}

int QuantityOf(int entity, const std::string& source, std::vector<Quantity>* quantities) {
  for (std::size_t q = 0; q < quantities->size(); ++q) {
    if ((*quantities)[q].entity == entity && (*quantities)[q].source == source) {
      return static_cast<int>(q);
    }
  }
  quantities->push_back({entity, source, -1, {}});
  return static_cast<int>(quantities->size()) - 1;
}

}  // namespace

TermMeaning MeaningOfDimension(const semantic::Model& model, int entity, int member,
                               std::vector<Quantity>* quantities) {
  const Dimension& dimension = model.entities[entity].dimensions[member];
  TermMeaning meaning;
  meaning.entity = entity;
  meaning.kind = MeaningKind::kDimension;
  meaning.member = member;
  meaning.temporal = dimension.type == DimensionType::kTime || NamesYear(dimension.name);
  meaning.truth = dimension.type == DimensionType::kBoolean;
  if (dimension.type == DimensionType::kNumber) {
    meaning.kind = MeaningKind::kQuantity;
    meaning.member = QuantityOf(entity, SourceOf(dimension.column, dimension.sql), quantities);
    (*quantities)[meaning.member].dimension = member;
  }
  return meaning;
}

namespace {

template <class Named>
std::string MarkOf(const std::vector<Named>& all) {
  std::vector<std::string> names;
  for (const Named& named : all) {
    if (named.is_public) names.push_back(named.name);
  }
  return semantic::SharedMark(names);
}

// The name behind the mark of its house, in letters; empty where it bears none.
std::string Unmarked(const std::string& name, const std::string& mark) {
  const std::string text = Join(semantic::SplitWords(name));
  std::string letters = text;
  letters.erase(std::remove(letters.begin(), letters.end(), ' '), letters.end());
  if (mark.empty() || letters.compare(0, mark.size(), mark) != 0) return {};
  std::size_t at = 0;
  for (std::size_t left = mark.size(); left > 0; ++at) left -= text[at] == ' ' ? 0 : 1;
  while (at < text.size() && text[at] == ' ') ++at;
  return text.substr(at);
}

// Tells whether a word of a column is one of its owner's, or what such a word begins with and no
// word itself: "stu" of student.
bool StandsForOne(const std::string& word, const Words& owner_stems) {
  const std::string stem = Stem(word);
  const bool may_abbreviate = word.size() >= kMinAbbreviation && !IsKnownWord(word);
  return std::any_of(owner_stems.begin(), owner_stems.end(), [&](const std::string& owner) {
    return owner == stem || (may_abbreviate && owner.compare(0, word.size(), word) == 0);
  });
}

bool EndsInId(const std::string& name) {
  const Words words = semantic::SplitWords(name);
  const std::string& last = words.empty() ? name : words.back();
  return last.size() >= 2 && last.compare(last.size() - 2, 2, "id") == 0;
}

// Labels that a column's measures share with each other or with its dimension name the column, not
// one of its aggregates.
semantic::Labels OwnLabels(const Entity& entity, const Measure& measure, Words* shared) {
  semantic::Labels own = measure.labels;
  const std::string source = SourceOf(measure.column, measure.sql);
  const auto visit = [&](const semantic::Labels& other) {
    if (other.description == own.description) own.description.clear();
    for (const std::string& synonym : other.synonyms) {
      const auto found = std::find(own.synonyms.begin(), own.synonyms.end(), synonym);
      if (found == own.synonyms.end()) continue;
      own.synonyms.erase(found);
      shared->push_back(synonym);
    }
  };
  for (const Dimension& dimension : entity.dimensions) {
    if (SourceOf(dimension.column, dimension.sql) == source) visit(dimension.labels);
  }
  for (const Measure& other : entity.measures) {
    if (&other != &measure && SourceOf(other.column, other.sql) == source) visit(other.labels);
  }
  return own;
}

// An aggregate of a dimension that has no words of its own: "average" and the dimension say it.
bool IsPlain(const Entity& entity, const Measure& measure) {
  const bool counts_values = measure.aggregation == Aggregation::kCountDistinct &&
                             measure.name == "distinct_" + measure.column &&
                             measure.labels.synonyms.empty();
  if (counts_values) return true;
  const bool labelled = !measure.labels.title.empty() || !measure.labels.description.empty() ||
                        !measure.labels.synonyms.empty();
  return !labelled && measure.IsPlainAggregate() && measure.filters.empty() &&
         !measure.column.empty() &&
         std::any_of(entity.dimensions.begin(), entity.dimensions.end(),
                     [&](const Dimension& d) { return d.column == measure.column; });
}

bool IsOverTime(const Entity& entity, const Measure& measure) {
  return std::any_of(
      entity.dimensions.begin(), entity.dimensions.end(), [&](const Dimension& dimension) {
        return dimension.type == DimensionType::kTime &&
               SourceOf(dimension.column, dimension.sql) == SourceOf(measure.column, measure.sql);
      });
}

// Collects the terms of one model.
class TermCollector {
 public:
  explicit TermCollector(const semantic::Model& model)
      : model_(model), mark_(MarkOf(model.entities)) {}

  ModelTerms Collect();

 private:
  void AddEntity(int entity);
  void AddDimension(int entity, int member);
  void AddMeasure(int entity, int member);
  void AddOtherNames(TermMeaning meaning, const Dimension& dimension, const std::string& unmarked);
  void AddSplit(TermMeaning meaning, const Words& split, const Words& owner_stems);
  void AddShorter(TermMeaning meaning, const Dimension& dimension);
  void AddKeyName(const TermMeaning& meaning, const std::string& owner);
  void AddName(const TermMeaning& meaning, const std::string& name, const std::string& owner);
  void AddGlued(TermMeaning meaning, const std::string& name, const std::string& owner);
  void AddCount(const TermMeaning& meaning, std::string_view name, semantic::Labels labels);
  // Adds the words of a name, its title, its synonyms and the head of its description.
  void AddLabels(const TermMeaning& meaning, std::string_view name, const semantic::Labels& labels);
  void AddPhrase(const TermMeaning& meaning, const Words& words, std::string_view description);

  const semantic::Model& model_;
  std::string mark_;         // that all names of entities begin with
  std::string column_mark_;  // of the entity that is being added
  ModelTerms terms_;
  std::unordered_set<std::string> known_phrases_;
};

ModelTerms TermCollector::Collect() {
  for (std::size_t e = 0; e < model_.entities.size(); ++e) {
    const Entity& entity = model_.entities[e];
    if (!entity.is_public) continue;
    const int index = static_cast<int>(e);
    AddEntity(index);
    column_mark_ = MarkOf(entity.dimensions);
    for (std::size_t d = 0; d < entity.dimensions.size(); ++d) {
      if (entity.dimensions[d].is_public) AddDimension(index, static_cast<int>(d));
    }
    for (std::size_t m = 0; m < entity.measures.size(); ++m) {
      if (entity.measures[m].is_public) AddMeasure(index, static_cast<int>(m));
    }
  }
  terms_.index.Finish();
  return std::move(terms_);
}

void TermCollector::AddPhrase(const TermMeaning& meaning, const Words& words,
                              std::string_view description) {
  if (words.empty()) return;
  const Words described = StemAll(semantic::SplitWords(description));
  Term term;
  term.meaning = meaning;
  Words readable;
  for (const std::string& word : words) {
    Term::Slot slot = {Stem(word)};
    std::string shown = word;
    if (const std::string_view full = FullWord(word); !full.empty()) {
      slot.push_back(Stem(full));
      shown = full;
    }
    // "tz" stays itself, "prec" becomes "precision" when the comment says "Precision of …".
    for (const std::string& full : described) {
      const bool expands = word.size() >= kMinAbbreviation && full.size() > word.size() + 2 &&
                           full.compare(0, word.size(), word) == 0;
      if (expands) slot.push_back(full);
    }
    std::sort(slot.begin(), slot.end());
    slot.erase(std::unique(slot.begin(), slot.end()), slot.end());
    term.slots.push_back(std::move(slot));
    readable.push_back(shown);
  }
  terms_.index.Add(std::move(term));
  std::string joined;
  for (const std::string& word : words) joined += word;
  terms_.index.AddJoined(Stem(joined));
  std::string phrase = Join(readable);
  if (known_phrases_.insert(phrase).second) terms_.phrases.push_back(std::move(phrase));
}

void TermCollector::AddLabels(const TermMeaning& meaning, std::string_view name,
                              const semantic::Labels& labels) {
  std::vector<Words> seen;
  const auto add = [&](Words words, double factor) {
    if (words.empty() || std::find(seen.begin(), seen.end(), words) != seen.end()) return;
    TermMeaning weighted = meaning;
    weighted.weight *= factor;
    AddPhrase(weighted, words, labels.description);
    seen.push_back(std::move(words));
  };
  add(semantic::SplitWords(name), 1);
  add(semantic::SplitWords(labels.title), 1);
  for (const std::string& synonym : labels.synonyms) add(semantic::SplitWords(synonym), 1);
  add(DescriptionHead(labels.description), kDescriptionWeight);
}

void TermCollector::AddEntity(int entity) {
  TermMeaning meaning;
  meaning.kind = MeaningKind::kEntity;
  meaning.entity = entity;
  const std::string& own = model_.entities[entity].name;
  AddLabels(meaning, own, model_.entities[entity].labels);
  const std::string unmarked = Unmarked(own, mark_);
  if (!unmarked.empty()) AddName(meaning, unmarked, {});
  // "users" for user_profiles and useracct
  Words words = semantic::SplitWords(own);
  if (words.size() == 1) words = SplitGlued(words[0]);
  TermMeaning recorded = meaning;
  recorded.weight = kRecordDroppedWeight;
  AddPhrase(recorded, RecordedThing(words), {});
  // "names of orchestras", whatever the column is called.
  const int name = NameOf(model_, entity);
  if (name < 0) return;
  meaning.kind = MeaningKind::kDimension;
  meaning.member = name;
  meaning.weight = kNamingWeight;
  AddPhrase(meaning, {"name"}, {});
}

// The words of a name, also where no mark stands between them.
void TermCollector::AddName(const TermMeaning& meaning, const std::string& name,
                            const std::string& owner) {
  const Words words = semantic::SplitWords(name);
  AddPhrase(meaning, words, {});
  if (words.size() != 1) return;
  const Words split = SplitGlued(words[0]);
  if (split.empty()) return AddGlued(meaning, words[0], owner);
  AddPhrase(meaning, split, {});
}

// Names without a mark between their words: "fname", "stuid", "isofficial".
void TermCollector::AddGlued(TermMeaning meaning, const std::string& name,
                             const std::string& owner) {
  static constexpr std::string_view kTails[] = {"name", "id",    "code",   "type",
                                                "date", "year",  "no",     "time",
                                                "rate", "price", "number", "status"};
  if (name.size() > 4 && name.compare(0, 2, "is") == 0) AddPhrase(meaning, {name.substr(2)}, {});
  for (const std::string_view tail : kTails) {
    if (name.size() <= tail.size() ||
        name.compare(name.size() - tail.size(), tail.size(), tail) != 0) {
      continue;
    }
    const std::string head = name.substr(0, name.size() - tail.size());
    if (tail == "name" && (head == "f" || head == "l" || head == "m")) {
      const char* full = head == "f" ? "first" : head == "l" ? "last" : "middle";
      AddPhrase(meaning, {full, "name"}, {});
      return;
    }
    if (tail == "name" && head == "sur") return;
    std::size_t shared = 0;
    while (shared < head.size() && shared < owner.size() && head[shared] == owner[shared]) ++shared;
    const bool own = shared >= std::min<std::size_t>(head.size(), 3) && shared + 1 >= head.size();
    AddPhrase(meaning, {head, std::string(tail)}, {});
    meaning.weight *= kOwnerDroppedWeight;
    if (own) AddPhrase(meaning, {std::string(tail)}, {});
    return;
  }
  // "dphone" of departments
  constexpr std::size_t kMinRest = 4;
  if (name.size() > kMinRest && !owner.empty() && name[0] == owner[0]) {
    meaning.weight *= kInitialWeight;
    AddPhrase(meaning, {name.substr(1)}, {});
  }
}

// "government form" and "room name"; but the clubdesc of a club is its "desc", since "club" names
// the club.
void TermCollector::AddSplit(TermMeaning meaning, const Words& split, const Words& owner_stems) {
  const bool owned = owner_stems.size() == 1 && owner_stems[0] == Stem(split[0]);
  if (!owned || IsOneOf(kGenericTail, split[1])) return AddPhrase(meaning, split, {});
  meaning.weight *= kOwnerDroppedWeight;
  AddPhrase(meaning, {split[1]}, {});
}

// "merchant id" and "id" for the key of merchants, whatever it is called.
void TermCollector::AddKeyName(const TermMeaning& meaning, const std::string& owner) {
  for (const std::string& name : {owner, Unmarked(owner, mark_)}) {
    Words words = semantic::SplitWords(name);
    if (words.empty()) continue;
    words.emplace_back("id");
    AddPhrase(meaning, words, {});
  }
  TermMeaning shorter = meaning;
  shorter.weight *= kOwnerDroppedWeight;
  AddPhrase(shorter, {"id"}, {});
}

// "final exam" for has_final_exam, "region name" for a text called region.
void TermCollector::AddOtherNames(TermMeaning meaning, const Dimension& dimension,
                                  const std::string& unmarked) {
  const Words words = semantic::SplitWords(dimension.name);
  const bool marked = dimension.type == DimensionType::kBoolean && words.size() > 1 &&
                      IsOneOf(kTruthMarks, words.front());
  if (marked) AddPhrase(meaning, Words(words.begin() + 1, words.end()), {});
  const bool bare = dimension.type == DimensionType::kString && !words.empty() &&
                    !IsOneOf(kGenericTail, words.back());
  if (!bare) return;
  meaning.weight *= kCalledWeight;
  for (const std::string& name : {dimension.name, unmarked}) {
    Words called = semantic::SplitWords(name);
    if (called.empty()) continue;
    called.emplace_back("name");
    AddPhrase(meaning, called, {});
  }
}

// "budget" for budget_in_billions, "bathrooms" for bathroom_count.
void TermCollector::AddShorter(TermMeaning meaning, const Dimension& dimension) {
  if (dimension.type != DimensionType::kNumber) return;
  const Words words = semantic::SplitWords(dimension.name);
  const Words measured = WithoutUnits(words);
  const double weight = meaning.weight;
  meaning.weight = weight * kUnitDroppedWeight;
  if (measured.size() < words.size()) AddPhrase(meaning, measured, {});
  const Words counted = CountedThing(measured);
  meaning.weight = weight * kCountDroppedWeight;
  if (!counted.empty()) AddPhrase(meaning, counted, {});
}

void TermCollector::AddDimension(int entity, int member) {
  const Entity& owner = model_.entities[entity];
  const Dimension& dimension = owner.dimensions[member];
  TermMeaning meaning = MeaningOfDimension(model_, entity, member, &terms_.quantities);
  const bool has_time = std::any_of(
      owner.dimensions.begin(), owner.dimensions.end(),
      [](const Dimension& other) { return other.is_public && other.type == DimensionType::kTime; });
  if (has_time && dimension.type == DimensionType::kNumber && ParseTimeUnit(dimension.name)) {
    meaning.weight = kGrainNameWeight;
  }
  const bool is_id = EndsInId(dimension.name) && owner.primary_key.size() == 1 &&
                     owner.primary_key[0] == dimension.column;
  const bool is_key = std::find(owner.primary_key.begin(), owner.primary_key.end(),
                                dimension.column) != owner.primary_key.end();
  const bool leads_away =
      std::any_of(owner.joins.begin(), owner.joins.end(), [&](const semantic::Join& join) {
        return join.columns.size() == 1 && join.columns[0].first == dimension.column;
      });
  if (leads_away && !(is_key && owner.primary_key.size() == 1)) {
    const bool names_target =
        std::any_of(owner.joins.begin(), owner.joins.end(), [&](const semantic::Join& join) {
          return join.columns.size() == 1 && join.columns[0].first == dimension.column &&
                 Stem(join.entity) == Stem(dimension.name);
        });
    meaning.weight *= names_target ? kReferenceWeight : kForeignKeyWeight;
  }
  AddLabels(meaning, dimension.name, dimension.labels);
  if (is_id) AddKeyName(meaning, owner.name);
  const Words words = semantic::SplitWords(dimension.name);
  const Words owner_words = StemAll(semantic::SplitWords(owner.name));
  if (words.size() == 1) {
    const Words split = SplitGlued(words[0]);
    if (split.empty()) {
      AddGlued(meaning, words[0], owner.name);
    } else {
      AddSplit(meaning, split, owner_words);
    }
  }
  const std::string unmarked = Unmarked(dimension.name, column_mark_);
  if (!unmarked.empty()) AddName(meaning, unmarked, owner.name);
  AddOtherNames(meaning, dimension, unmarked);
  AddShorter(meaning, dimension);
  Words rest = SpellOut(words);
  if (rest != words && words.size() > 1) AddPhrase(meaning, rest, {});
  while (rest.size() > 1 && StandsForOne(rest[0], owner_words)) rest.erase(rest.begin());
  TermMeaning shorter = meaning;
  shorter.weight *= kOwnerDroppedWeight;
  if (rest.size() < words.size()) AddPhrase(shorter, rest, dimension.labels.description);
  if (dimension.type == DimensionType::kTime) {
    Words dated = Without(words, kTimeTail);
    if (!dated.empty() && dated.size() < words.size()) {
      for (const char* tail : {"date", "time"}) {
        Words named = dated;
        named.emplace_back(tail);
        if (named != words) AddPhrase(shorter, named, {});
      }
      if (words.back() == "at" || words.back() == "on") AddPhrase(shorter, dated, {});
    }
  }
}

void TermCollector::AddCount(const TermMeaning& meaning, std::string_view name,
                             semantic::Labels labels) {
  // Plain counts are found through "how many" and the entity's or dimension's own words.
  if (Without(semantic::SplitWords(labels.title), kCountWords).size() <= 1) labels.title.clear();
  labels.description.clear();
  if (!Without(semantic::SplitWords(name), kCountWords).empty()) {
    return AddLabels(meaning, name, labels);
  }
  for (const std::string& synonym : labels.synonyms) {
    AddPhrase(meaning, semantic::SplitWords(synonym), {});
  }
}

void TermCollector::AddMeasure(int e, int member) {
  const Entity& entity = model_.entities[e];
  const Measure& measure = entity.measures[member];
  TermMeaning meaning;
  meaning.kind = MeaningKind::kMeasure;
  meaning.entity = e;
  meaning.member = member;
  meaning.aggregation = measure.aggregation;
  Words shared;
  const semantic::Labels own = OwnLabels(entity, measure, &shared);
  if (measure.aggregation == Aggregation::kCount ||
      measure.aggregation == Aggregation::kCountDistinct) {
    if (IsPlain(entity, measure)) return;
    return AddCount(meaning, measure.name, own);
  }
  if (!IsPlain(entity, measure)) AddLabels(meaning, measure.name, own);
  if (IsOverTime(entity, measure)) return;
  const int quantity = QuantityOf(e, SourceOf(measure.column, measure.sql), &terms_.quantities);
  terms_.quantities[quantity].measures.push_back(member);
  meaning.kind = MeaningKind::kQuantity;
  meaning.member = quantity;
  meaning.aggregation = Aggregation::kCount;
  for (const std::string& synonym : shared) AddPhrase(meaning, semantic::SplitWords(synonym), {});
  const Words words = semantic::SplitWords(measure.name);
  const Words base = Without(words, kAggregateWords);
  if (!base.empty()) {
    meaning.weight = base.size() < words.size() ? 1 : kShadowedWeight;
    AddPhrase(meaning, base, measure.labels.description);
  }
  const Words titled = Without(semantic::SplitWords(measure.labels.title), kAggregateWords);
  if (!titled.empty() && titled != base) AddPhrase(meaning, titled, {});
}

}  // namespace

std::size_t ModelTerms::bytes() const {
  std::size_t bytes = index.bytes() + quantities.capacity() * sizeof(Quantity) +
                      phrases.capacity() * sizeof(std::string);
  for (const Quantity& quantity : quantities) {
    bytes += quantity.source.capacity() + quantity.measures.capacity() * sizeof(int);
  }
  for (const std::string& phrase : phrases) bytes += phrase.capacity();
  return bytes;
}

ModelTerms TermsOf(const semantic::Model& model) { return TermCollector(model).Collect(); }

}  // namespace loupe::ask
