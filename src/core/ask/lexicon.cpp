#include "core/ask/lexicon.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

#include "core/ask/phrase_reading.hpp"
#include "core/ask/stem.hpp"
#include "core/ask/thesaurus.hpp"
#include "core/ask/words.hpp"
#include "core/base/nearest.hpp"
#include "core/base/utf8.hpp"
#include "core/semantic/names.hpp"

namespace loupe::ask {
namespace {

using semantic::Aggregation;
using semantic::Dimension;
using semantic::DimensionType;
using semantic::Entity;
using semantic::Measure;

constexpr double kHeadWeight = 0.65;          // "delay" for departure delay
constexpr double kGenericTailWeight = 0.8;    // "department" for department_name
constexpr double kOwnerDroppedWeight = 0.95;  // "name" for customers.customer_name
constexpr double kDescriptionWeight = 0.8;    // the head of the description
constexpr double kReversedWeight = 0.98;      // "date of birth" for birth_date
constexpr double kShadowedWeight = 0.85;      // a quantity whose words are also a measure's name
constexpr double kGrainNameWeight = 0.85;     // a dimension called "month", where dates exist too
constexpr std::size_t kMaxDescriptionWords = 4;
constexpr std::size_t kMinAbbreviation = 3;
constexpr std::size_t kMinTypoBytes = 5;
constexpr std::size_t kMinGlued = 4;      // bytes of a word in a name without marks
constexpr double kBeginningWeight = 0.7;  // "pixel aspect ratio" for pixel_aspect_ratio_par
constexpr std::size_t kMaxJoinedWords = 4;
constexpr std::size_t kMinJoinedBytes = 4;
constexpr double kInitialWeight = 0.85;     // "phone" for dphone of departments
constexpr double kNamingWeight = 0.9;       // "name" for the column that names a row
constexpr double kCalledWeight = 0.95;      // "region name" for a column of regions
constexpr double kForeignKeyWeight = 0.96;  // "template id" is first of all the template's own
constexpr double kReferenceWeight = 0.85;   // "airline" of flights, where there are airlines

// Abbreviations that names of columns are commonly made of.
constexpr std::pair<std::string_view, std::string_view> kAbbreviations[] = {
    {"addr", "address"},  {"alt", "altitude"},     {"amt", "amount"},       {"arr", "arrival"},
    {"avg", "average"},   {"cat", "category"},     {"cnt", "count"},        {"cust", "customer"},
    {"dep", "departure"}, {"dept", "department"},  {"desc", "description"}, {"dest", "destination"},
    {"dist", "distance"}, {"emp", "employee"},     {"freq", "frequency"},   {"lang", "language"},
    {"lat", "latitude"},  {"lng", "longitude"},    {"loc", "location"},     {"lon", "longitude"},
    {"max", "maximum"},   {"mfr", "manufacturer"}, {"mgr", "manager"},      {"min", "minimum"},
    {"msg", "message"},   {"num", "number"},       {"org", "organization"}, {"orig", "origin"},
    {"pct", "percent"},   {"pop", "population"},   {"prod", "product"},     {"qty", "quantity"},
    {"ref", "reference"}, {"tel", "telephone"},    {"temp", "temperature"}, {"tot", "total"},
    {"vol", "volume"},    {"yr", "year"},
};

constexpr std::string_view kGenericTail[] = {
    "at",  "address", "code", "date", "description", "id",        "key", "name", "no",
    "num", "number",  "text", "time", "title",       "timestamp", "on",  "type"};
constexpr std::string_view kTruthMarks[] = {"has", "have", "is", "was", "are", "can", "allows"};
constexpr std::string_view kTimeTail[] = {"at", "on", "date", "time", "timestamp", "ts", "dt"};
constexpr std::string_view kAggregateWords[] = {"total",   "sum",      "average", "avg", "mean",
                                                "max",     "earliest", "latest",  "min", "maximum",
                                                "minimum", "of",       "the"};
constexpr std::string_view kDistinctWords[] = {"distinct", "different", "unique", "count",
                                               "number"};
constexpr std::string_view kCountWords[] = {"count", "number", "of", "total", "the", "rows"};

// Words that no part of a name may consist of: "by" alone is not written_by.
constexpr std::string_view kParticles[] = {"a",    "an",   "and", "at", "by",  "for",
                                           "from", "in",   "is",  "no", "of",  "on",
                                           "or",   "than", "the", "to", "with"};

template <std::size_t N>
bool IsOneOf(const std::string_view (&words)[N], std::string_view word) {
  return std::find(std::begin(words), std::end(words), word) != std::end(words);
}

using Words = std::vector<std::string>;

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

}  // namespace

std::string_view FullWord(std::string_view word) {
  const auto* const found = std::find_if(std::begin(kAbbreviations), std::end(kAbbreviations),
                                         [&](const auto& entry) { return entry.first == word; });
  return found == std::end(kAbbreviations) ? std::string_view() : found->second;
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

}  // namespace

Lexicon::Lexicon(const semantic::Model& model, std::vector<TaughtWord> words)
    : model_(model), words_(std::move(words)), mark_(MarkOf(model.entities)) {
  for (std::size_t e = 0; e < model.entities.size(); ++e) {
    const Entity& entity = model.entities[e];
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
  for (std::size_t w = 0; w < words_.size(); ++w) AddWord(static_cast<int>(w));
}

int Lexicon::QuantityOf(int entity, const std::string& source) {
  for (std::size_t q = 0; q < quantities_.size(); ++q) {
    if (quantities_[q].entity == entity && quantities_[q].source == source) {
      return static_cast<int>(q);
    }
  }
  quantities_.push_back({entity, source, -1, {}});
  return static_cast<int>(quantities_.size()) - 1;
}

void Lexicon::AddPhrase(Meaning meaning, const Words& words, std::string_view description) {
  if (words.empty()) return;
  const Words described = StemAll(semantic::SplitWords(description));
  Term term;
  term.meaning = std::move(meaning);
  Words readable;
  for (const std::string& word : words) {
    Slot slot = {Stem(word)};
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
  for (std::size_t slot = 0; slot < term.slots.size(); ++slot) {
    for (const std::string& stem : term.slots[slot]) index_[stem].push_back({terms_.size(), slot});
  }
  if (words.size() == 1 || term.slots.size() > 1) {
    std::string joined;
    for (const std::string& word : words) joined += word;
    joined_.emplace(Stem(joined), terms_.size());
  }
  terms_.push_back(std::move(term));
  std::string phrase = Join(readable);
  if (known_phrases_.insert(phrase).second) phrases_.push_back(std::move(phrase));
}

void Lexicon::AddLabels(const Meaning& meaning, std::string_view name,
                        const semantic::Labels& labels) {
  std::vector<Words> seen;
  const auto add = [&](Words words, double factor) {
    if (words.empty() || std::find(seen.begin(), seen.end(), words) != seen.end()) return;
    Meaning weighted = meaning;
    weighted.weight *= factor;
    AddPhrase(weighted, words, labels.description);
    seen.push_back(std::move(words));
  };
  add(semantic::SplitWords(name), 1);
  add(semantic::SplitWords(labels.title), 1);
  for (const std::string& synonym : labels.synonyms) add(semantic::SplitWords(synonym), 1);
  add(DescriptionHead(labels.description), kDescriptionWeight);
}

void Lexicon::AddEntity(int entity) {
  Meaning meaning;
  meaning.kind = MeaningKind::kEntity;
  meaning.entity = entity;
  const std::string& own = model_.entities[entity].name;
  AddLabels(meaning, own, model_.entities[entity].labels);
  const std::string unmarked = Unmarked(own, mark_);
  if (!unmarked.empty()) AddName(meaning, unmarked, {});
  // "names of orchestras", whatever the column is called.
  const int name = NameOf(model_, entity);
  if (name < 0) return;
  meaning.kind = MeaningKind::kDimension;
  meaning.member = name;
  meaning.weight = kNamingWeight;
  AddPhrase(meaning, {"name"}, {});
}

namespace {

// "governmentform" gives government, form: two words of English; nothing where there are none.
Words SplitGlued(const std::string& name) {
  for (std::size_t head = name.size() - kMinGlued; name.size() > 2 * kMinGlued && head >= kMinGlued;
       --head) {
    if (IsKnownWord(name.substr(0, head)) && IsKnownWord(name.substr(head))) {
      return {name.substr(0, head), name.substr(head)};
    }
  }
  return {};
}

}  // namespace

// The words of a name, also where no mark stands between them.
void Lexicon::AddName(const Meaning& meaning, const std::string& name, const std::string& owner) {
  const Words words = semantic::SplitWords(name);
  AddPhrase(meaning, words, {});
  if (words.size() != 1) return;
  const Words split = SplitGlued(words[0]);
  if (split.empty()) return AddGlued(meaning, words[0], owner);
  AddPhrase(meaning, split, {});
}

// Names without a mark between their words: "fname", "stuid", "isofficial".
void Lexicon::AddGlued(Meaning meaning, const std::string& name, const std::string& owner) {
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

namespace {

// "stu_fname" is a first name, "emp_dob" a date of birth.
Words SpellOut(const Words& words) {
  static constexpr std::pair<std::string_view, std::string_view> kContracted[] = {
      {"fname", "first name"},     {"lname", "last name"},    {"mname", "middle name"},
      {"firstname", "first name"}, {"lastname", "last name"}, {"middlename", "middle name"},
      {"dob", "date of birth"},
  };
  Words spelled;
  for (const std::string& word : words) {
    const auto* const found =
        std::find_if(std::begin(kContracted), std::end(kContracted),
                     [&](const auto& contracted) { return contracted.first == word; });
    if (found == std::end(kContracted)) {
      spelled.push_back(word);
    } else {
      const Words full = semantic::SplitWords(found->second);
      spelled.insert(spelled.end(), full.begin(), full.end());
    }
  }
  return spelled;
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

bool NamesYear(const std::string& name) {
  const Words words = semantic::SplitWords(name);
  return std::any_of(words.begin(), words.end(), [](const std::string& word) {
    return word == "year" || word == "yr" || word == "founded";
  });
}

}  // namespace

// "merchant id" and "id" for the key of merchants, whatever it is called.
void Lexicon::AddKeyName(const Meaning& meaning, const std::string& owner) {
  for (const std::string& name : {owner, Unmarked(owner, mark_)}) {
    Words words = semantic::SplitWords(name);
    if (words.empty()) continue;
    words.emplace_back("id");
    AddPhrase(meaning, words, {});
  }
  Meaning shorter = meaning;
  shorter.weight *= kOwnerDroppedWeight;
  AddPhrase(shorter, {"id"}, {});
}

// "final exam" for has_final_exam, "region name" for a text called region.
void Lexicon::AddOtherNames(Meaning meaning, const Dimension& dimension,
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

Meaning Lexicon::DimensionMeaning(int entity, int member) {
  const Dimension& dimension = model_.entities[entity].dimensions[member];
  Meaning meaning;
  meaning.entity = entity;
  meaning.kind = MeaningKind::kDimension;
  meaning.member = member;
  meaning.temporal = dimension.type == DimensionType::kTime || NamesYear(dimension.name);
  meaning.truth = dimension.type == DimensionType::kBoolean;
  if (dimension.type == DimensionType::kNumber) {
    meaning.kind = MeaningKind::kQuantity;
    meaning.member = QuantityOf(entity, SourceOf(dimension.column, dimension.sql));
    quantities_[meaning.member].dimension = member;
  }
  return meaning;
}

void Lexicon::AddDimension(int entity, int member) {
  const Entity& owner = model_.entities[entity];
  const Dimension& dimension = owner.dimensions[member];
  Meaning meaning = DimensionMeaning(entity, member);
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
  if (words.size() == 1) {
    const Words split = SplitGlued(words[0]);
    if (split.empty()) {
      AddGlued(meaning, words[0], owner.name);
    } else {
      AddPhrase(meaning, split, {});
    }
  }
  const std::string unmarked = Unmarked(dimension.name, column_mark_);
  if (!unmarked.empty()) AddName(meaning, unmarked, owner.name);
  AddOtherNames(meaning, dimension, unmarked);
  const Words owner_words = StemAll(semantic::SplitWords(owner.name));
  Words rest = SpellOut(words);
  if (rest != words && words.size() > 1) AddPhrase(meaning, rest, {});
  while (rest.size() > 1 && StandsForOne(rest[0], owner_words)) rest.erase(rest.begin());
  Meaning shorter = meaning;
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

namespace {

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

}  // namespace

namespace {

// The one text that a filter of one condition asks for; else nothing.
std::string ValueOf(const std::vector<FormCondition>& either) {
  const FormCondition& condition = either.front();
  const bool plain = either.size() == 1 && !condition.negated && !condition.range &&
                     condition.comparison == Comparison::kEqual && condition.values[0].IsString();
  return plain ? condition.values[0].AsString() : std::string();
}

}  // namespace

void Lexicon::AddCount(const Meaning& meaning, std::string_view name, semantic::Labels labels) {
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

void Lexicon::AddMeasure(int e, int member) {
  const Entity& entity = model_.entities[e];
  const Measure& measure = entity.measures[member];
  Meaning meaning;
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
  const int quantity = QuantityOf(e, SourceOf(measure.column, measure.sql));
  quantities_[quantity].measures.push_back(member);
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

void Lexicon::AddWord(int place) {
  const TaughtWord& word = words_[place];
  Term term;
  term.is_taught = true;
  term.meaning.entity = word.ref.entity;
  term.meaning.member = word.ref.member;
  switch (word.kind) {
    case TaughtWord::Kind::kEntity:
      term.meaning.kind = MeaningKind::kEntity;
      break;
    case TaughtWord::Kind::kDimension:
      term.meaning = DimensionMeaning(word.ref.entity, word.ref.member);
      break;
    case TaughtWord::Kind::kMeasure:
      term.meaning.kind = MeaningKind::kMeasure;
      term.meaning.aggregation =
          model_.entities[word.ref.entity].measures[word.ref.member].aggregation;
      break;
    case TaughtWord::Kind::kFilter:
      term.meaning.kind = MeaningKind::kValue;
      if (word.filter.size() == 1) term.meaning.value = ValueOf(word.filter.front());
      break;
  }
  term.meaning.taught = place;
  for (std::size_t slot = 0; slot < word.keys.size(); ++slot) {
    index_[word.keys[slot]].push_back({terms_.size(), slot});
    term.slots.push_back({word.keys[slot]});
  }
  terms_.push_back(std::move(term));
  phrases_.push_back(word.term);
}

// Tells whether the words before `slot` only say how a measure aggregates: "delay" must not find
// "average delay", which the quantity stands for.
bool Lexicon::DropsAggregate(const Term& term, std::size_t slot) {
  if (term.meaning.kind != MeaningKind::kMeasure) return false;
  return std::all_of(term.slots.begin(), term.slots.begin() + static_cast<std::ptrdiff_t>(slot),
                     [](const Slot& words) {
                       return std::any_of(words.begin(), words.end(), [](const std::string& word) {
                         return IsOneOf(kAggregateWords, word) || IsOneOf(kDistinctWords, word);
                       });
                     });
}

// How well the token at `at` fills a slot: 1 by itself, less by another word, 0 not at all.
double Lexicon::FillsSlot(const Text& text, std::size_t at, const Term& term, std::size_t slot) {
  if (at >= text.tokens.size()) return 0;
  const Token& token = text.tokens[at];
  if (token.kind != TokenKind::kWord && !term.is_taught) return 0;
  const auto has = [&](const std::string& stem) {
    return std::binary_search(term.slots[slot].begin(), term.slots[slot].end(), stem);
  };
  if (has(TokenKey(token))) return 1;
  double best = 0;
  if (at < text.others.size() && !term.is_taught) {
    for (const OtherWord& other : text.others[at]) {
      if (other.weight > best && has(other.stem)) best = other.weight;
    }
  }
  return best;
}

void Lexicon::MatchWhole(const Text& text, std::size_t at, const Term& term,
                         std::vector<TermMatch>* out) {
  const std::size_t count = term.slots.size();
  for (std::size_t slot = 0; slot < count; ++slot) {
    if (FillsSlot(text, at + slot, term, slot) == 0) return;
  }
  out->push_back({at + count, term.meaning});
}

void Lexicon::MatchPosting(const Text& text, std::size_t at, const Posting& posting, double kept,
                           std::vector<TermMatch>* out) const {
  const std::vector<Token>& tokens = text.tokens;
  const Term& term = terms_[posting.term];
  if (term.is_taught) {
    if (posting.slot == 0) MatchWhole(text, at, term, out);
    return;
  }
  const std::size_t count = term.slots.size();
  const auto fill = [&](std::size_t token, std::size_t slot) {
    const double weight = FillsSlot(text, token, term, slot);
    if (weight > 0) kept *= weight;
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
    TermMatch match = {end, term.meaning, kept};
    match.meaning.weight *= factor * kept;
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
    if (IsOneOf(kCountWords, tokens[at].lower) || IsOneOf(kAggregateWords, tokens[at].lower))
      return;
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
    const auto [first, last] = joined_.equal_range(Stem(joined));
    for (auto found = first; found != last; ++found) {
      const Term& term = terms_[found->second];
      const std::size_t words = end - at + 1;
      if (term.slots.size() == words) continue;  // matched word by word
      out->push_back({end + 1, term.meaning});
    }
  }
}

std::vector<std::string> Lexicon::NearStems(const std::string& stem) const {
  std::vector<std::string> near;
  if (stem.size() < kMinTypoBytes) return near;
  for (const auto& entry : index_) {
    if (entry.first.size() >= kMinTypoBytes && EditDistance(stem, entry.first, 1) <= 1) {
      near.push_back(entry.first);
    }
  }
  return near;
}

std::vector<TermMatch> Lexicon::Match(const std::vector<Token>& tokens, std::size_t at) const {
  std::vector<TermMatch> matches;
  if (tokens[at].kind != TokenKind::kWord) return matches;
  MatchJoined(tokens, at, &matches);
  const auto found = index_.find(tokens[at].stem);
  if (found == index_.end()) return matches;
  const OtherWords none;
  for (const Posting& posting : found->second) {
    MatchPosting({tokens, none}, at, posting, 1, &matches);
  }
  return matches;
}

std::vector<TermMatch> Lexicon::MatchOthers(const std::vector<Token>& tokens, std::size_t at,
                                            const OtherWords& others) const {
  std::vector<TermMatch> matches;
  if (tokens[at].kind != TokenKind::kWord) return matches;
  const auto visit = [&](const std::string& stem, double kept) {
    const auto found = index_.find(stem);
    if (found == index_.end()) return;
    for (const Posting& posting : found->second) {
      MatchPosting({tokens, others}, at, posting, kept, &matches);
    }
  };
  visit(tokens[at].stem, 1);
  for (const OtherWord& other : others[at]) visit(other.stem, other.weight);
  matches.erase(std::remove_if(matches.begin(), matches.end(),
                               [](const TermMatch& match) { return match.kept >= 1; }),
                matches.end());
  return matches;
}

}  // namespace loupe::ask
