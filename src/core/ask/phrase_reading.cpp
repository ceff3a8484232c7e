#include "core/ask/phrase_reading.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "core/ask/stem.hpp"
#include "core/semantic/names.hpp"

namespace loupe::ask {
namespace {

using semantic::Dimension;
using semantic::DimensionType;
using semantic::Entity;

constexpr double kForeignModifier = 0.85;  // "student pet names": another entity's column
constexpr double kNamelessText = 0.75;     // "high schooler Kyle" where Kyle is no known value
constexpr double kOtherColumnValue = 0.5;  // "country Smith" with Smith a value of another column
constexpr double kUnknownText = 0.9;       // a text that is no known value of its column
constexpr double kOpposedDirection = 0.5;  // "to Chennai" where trains come from
constexpr double kUndirected = 0.9;        // "from JFK" where another column is of origins
constexpr std::string_view kSources[] = {"orig", "source", "src", "from", "depart"};
constexpr std::string_view kTargets[] = {"dest", "arriv", "target", "to"};
constexpr double kBooleanAdjective = 0.9;  // "official languages" for is_official
constexpr double kStandsFor = 0.8;         // another word that is as good
constexpr double kHasToDo = 0.5;           // one that is not
constexpr std::size_t kMaxCombinations = 4096;

// 0 where other words stand for those of a name, 1 where they only have to do with them.
double Farness(double kept) {
  return std::clamp((kStandsFor - kept) / (kStandsFor - kHasToDo), 0.0, 1.0);
}

bool IsColumnKind(MeaningKind kind) {
  return kind == MeaningKind::kDimension || kind == MeaningKind::kQuantity;
}

class Reader {
 public:
  Reader(const NounPhrase& phrase, const std::vector<Token>& tokens, const semantic::Model& model,
         const Lexicon& lexicon)
      : phrase_(phrase), tokens_(tokens), model_(model), lexicon_(lexicon) {}

  std::vector<PhraseReading> Read() {
    choice_.assign(phrase_.parts.size(), nullptr);
    Choose(0);
    std::stable_sort(
        readings_.begin(), readings_.end(),
        [](const PhraseReading& a, const PhraseReading& b) { return a.weight > b.weight; });
    if (readings_.size() > kMaxPhraseReadings) readings_.resize(kMaxPhraseReadings);
    return std::move(readings_);
  }

 private:
  // As deep as the phrase has parts, which the number of tokens bounds.
  void Choose(std::size_t part) {
    if (++tried_ > kMaxCombinations) return;
    if (part == phrase_.parts.size()) return Compose();
    for (const Meaning& meaning : phrase_.parts[part]->meanings) {
      if (meaning.kind == MeaningKind::kTime)
        continue;  // a condition of its own, no part of a noun
      choice_[part] = &meaning;
      Choose(part + 1);
    }
  }

  [[nodiscard]] MemberRef ColumnOf(const Meaning& meaning) const {
    if (meaning.kind == MeaningKind::kDimension || meaning.kind == MeaningKind::kValue) {
      return {meaning.entity, meaning.member};
    }
    const Quantity& quantity = lexicon_.quantities()[static_cast<std::size_t>(meaning.member)];
    return {quantity.entity, quantity.dimension};
  }

  [[nodiscard]] const Dimension& DimensionAt(MemberRef ref) const {
    return model_.entities[static_cast<std::size_t>(ref.entity)]
        .dimensions[static_cast<std::size_t>(ref.member)];
  }

  struct Column {
    std::size_t part;
    MemberRef ref;
    bool used = false;
  };

  void Compose() {
    PhraseReading reading;
    std::vector<Column> columns;
    int entity = -1;
    std::size_t entity_part = 0;
    std::optional<MemberRef> measure;
    std::optional<int> quantity;
    for (std::size_t i = 0; i < choice_.size(); ++i) {
      const Meaning& meaning = *choice_[i];
      reading.weight *= meaning.kind == MeaningKind::kNumber ? 1 : std::max(meaning.weight, 0.05);
      reading.far += Farness(meaning.kept);
      reading.in_part += meaning.in_part ? 1 : 0;
      if (meaning.kind == MeaningKind::kEntity) {
        if (entity >= 0 && entity != meaning.entity) reading.entities.push_back(entity);
        entity = meaning.entity;
        entity_part = i;
      } else if (IsColumnKind(meaning.kind)) {
        const MemberRef ref = ColumnOf(meaning);
        if (ref.member < 0) {
          if (quantity || measure) return;
          quantity = meaning.member;
          reading.ref.entity = ref.entity;
          continue;
        }
        // "describing content" for description: twice the same.
        const bool said = !columns.empty() && columns.back().ref == ref;
        if (!said) columns.push_back({i, ref});
      } else if (meaning.kind == MeaningKind::kMeasure) {
        if (measure) return;
        measure = MemberRef{meaning.entity, meaning.member};
      }
    }
    for (std::size_t i = 0; i < choice_.size(); ++i) {
      if (!AddLiteral(i, entity, &columns, &reading)) return;
    }
    if (quantity) {
      if (!columns.empty()) return;
      measure = MemberRef{reading.ref.entity, *quantity};
    }
    if (!SetHead(entity, entity_part, measure, &columns, &reading)) return;
    if (quantity) reading.head = PhraseReading::Head::kQuantity;
    Keep(std::move(reading));
  }

  // A value, number or text becomes a filter.
  bool AddLiteral(std::size_t part, int entity, std::vector<Column>* columns,
                  PhraseReading* reading) const {
    const Meaning& meaning = *choice_[part];
    if (meaning.kind == MeaningKind::kValue) {
      const MemberRef ref = ColumnOf(meaning);
      for (Column& column : *columns) {
        const bool before = column.part + 1 == part;
        const bool behind = column.part == part + 1 && part + 2 == choice_.size();
        if (column.used || (!before && !behind)) continue;
        if (column.ref == ref) {
          column.used = true;  // "country France", "Italian food"
        } else if (before) {
          reading->weight *= kOtherColumnValue;
        }
      }
      if (entity >= 0 && entity != ref.entity) reading->weight *= kForeignModifier;
      if (Opposes(ref)) {
        reading->weight *= kOpposedDirection;
      } else if (!Agrees(ref) && IsDirected(*phrase_.parts[part])) {
        reading->weight *= kUndirected;
      }
      reading->filters.push_back({ref, Json(meaning.value), meaning.taught});
      return true;
    }
    if (meaning.kind != MeaningKind::kNumber && meaning.kind != MeaningKind::kText) return true;
    Column* target = nullptr;
    for (Column& column : *columns) {
      if (!column.used && column.part < part) target = &column;
    }
    for (Column& column : *columns) {
      // "8 cylinders"; but "2 programs" are so many, not the program with the number 2 or called
      // so.
      const Dimension& dimension = DimensionAt(column.ref);
      const bool amount =
          meaning.kind == MeaningKind::kText || dimension.type == DimensionType::kNumber;
      const bool before = column.part == part + 1 && amount && !IsLabel(dimension);
      if (target == nullptr && !column.used && before) target = &column;
    }
    if (target != nullptr) {
      const std::optional<Json> value =
          LiteralFor(*phrase_.parts[part], tokens_, DimensionAt(target->ref));
      if (!value) return false;
      target->used = true;
      if (meaning.kind == MeaningKind::kText) {
        reading->weight *= kUnknownText;
        if (!IsQuoted(*phrase_.parts[part])) ++reading->loose_texts;
      }
      AddFilter(target->ref, *value, reading);
      return true;
    }
    if (entity < 0 || meaning.kind == MeaningKind::kNumber) return false;
    const int name = NameOf(model_, entity);
    if (name < 0) return false;
    reading->weight *= kNamelessText;
    ++reading->loose_texts;
    const std::optional<Json> value =
        LiteralFor(*phrase_.parts[part], tokens_, DimensionAt({entity, name}));
    if (!value) return false;
    AddFilter({entity, name}, *value, reading);
    return true;
  }

  // A text in quotes beside its column means just that.
  [[nodiscard]] bool IsQuoted(const Segment& segment) const {
    return tokens_[segment.begin].kind == TokenKind::kQuoted;
  }

  // "to Chennai" for a column that tells where things come from, and the other way round.
  [[nodiscard]] bool Opposes(MemberRef ref) const {
    if (phrase_.preposition == MeaningKind::kTo) return BeginsWithOneOf(ref, kSources);
    return phrase_.preposition == MeaningKind::kFrom && BeginsWithOneOf(ref, kTargets);
  }

  [[nodiscard]] bool Agrees(MemberRef ref) const {
    if (phrase_.preposition == MeaningKind::kFrom) return BeginsWithOneOf(ref, kSources);
    return phrase_.preposition == MeaningKind::kTo && BeginsWithOneOf(ref, kTargets);
  }

  // Whether the value is one of a column that tells this very direction.
  [[nodiscard]] bool IsDirected(const Segment& segment) const {
    return std::any_of(segment.meanings.begin(), segment.meanings.end(), [&](const Meaning& m) {
      return m.kind == MeaningKind::kValue && Agrees({m.entity, m.member});
    });
  }

  template <std::size_t kCount>
  [[nodiscard]] bool BeginsWithOneOf(MemberRef ref, const std::string_view (&stems)[kCount]) const {
    for (const std::string& word : semantic::SplitWords(DimensionAt(ref).name)) {
      for (const std::string_view stem : stems) {
        if (word.compare(0, stem.size(), stem) == 0 && (stem != "to" || word == "to")) return true;
      }
    }
    return false;
  }

  static void AddFilter(MemberRef column, Json value, PhraseReading* reading) {
    reading->filters.push_back({column, std::move(value)});
  }

  // "cost of round-trip fares", where fares have a round_trip_cost: a column of the things behind
  // it.
  [[nodiscard]] bool IsOfThing(const Column& column, int entity, std::size_t entity_part) const {
    const Segment& part = *phrase_.parts[column.part];
    const bool says_of = std::any_of(tokens_.begin() + static_cast<std::ptrdiff_t>(part.begin),
                                     tokens_.begin() + static_cast<std::ptrdiff_t>(part.end),
                                     [](const Token& token) { return token.lower == "of"; });
    return says_of && column.ref.entity == entity && column.part + 1 == entity_part &&
           DimensionAt(column.ref).type == DimensionType::kNumber;
  }

  bool SetHead(int entity, std::size_t entity_part, const std::optional<MemberRef>& measure,
               std::vector<Column>* columns, PhraseReading* reading) const {
    std::vector<Column> open;
    for (const Column& column : *columns) {
      if (!column.used) open.push_back(column);
    }
    // "official languages": an adjective that is a truth value.
    const bool owned = open.size() == 1 && IsOfThing(open.front(), entity, entity_part);
    if (entity >= 0 && !open.empty() && open.front().part < entity_part && !owned) {
      for (const Column& column : open) {
        if (DimensionAt(column.ref).type != DimensionType::kBoolean) return false;
        AddFilter(column.ref, Json(true), reading);
        reading->weight *= kBooleanAdjective;
      }
      open.clear();
    }
    if (open.size() > 1 || (measure && !open.empty())) return false;
    if (measure) {
      reading->head = PhraseReading::Head::kMeasure;
      reading->ref = *measure;
    } else if (!open.empty()) {
      reading->head = PhraseReading::Head::kColumn;
      reading->ref = open.front().ref;
      reading->truth = DimensionAt(reading->ref).type == DimensionType::kBoolean;
    } else if (entity >= 0) {
      reading->head = PhraseReading::Head::kEntity;
      reading->ref = {entity, -1};
    }
    if (reading->head != PhraseReading::Head::kNone) {
      reading->entities.insert(reading->entities.begin(), reading->ref.entity);
    }
    if (entity >= 0 && entity != reading->ref.entity) {
      reading->entities.push_back(entity);
      reading->weight *= kForeignModifier;
    }
    for (const ValueFilter& filter : reading->filters) {
      reading->entities.push_back(filter.column.entity);
    }
    return true;
  }

  void Keep(PhraseReading reading) { readings_.push_back(std::move(reading)); }

  const NounPhrase& phrase_;
  const std::vector<Token>& tokens_;
  const semantic::Model& model_;
  const Lexicon& lexicon_;
  std::vector<const Meaning*> choice_;
  std::size_t tried_ = 0;
  std::vector<PhraseReading> readings_;
};

bool EndsWithWord(const std::string& name, std::string_view word) {
  const std::vector<std::string> words = semantic::SplitWords(name);
  return !words.empty() && words.back() == word;
}

// "allergytype" and "allergy_types" alike.
std::string StemOfName(const std::string& name) {
  std::string letters;
  for (const std::string& word : semantic::SplitWords(name)) letters += word;
  return Stem(letters);
}

// "lname" is not what a person is called.
bool IsPartOfName(const std::string& name) {
  for (const char* part : {"fname", "lname", "mname", "first_name", "last_name", "middle_name",
                           "firstname", "lastname", "forename", "surname", "login_name", "username",
                           "user_name", "file_name", "nickname"}) {
    if (name == part ||
        (name.size() > 5 && name.find(std::string("_") + part) != std::string::npos)) {
      return true;
    }
  }
  return false;
}

// "first_name", "customer_first_name"
template <std::size_t kCount>
bool IsOrEndsIn(const std::string& name, const std::string_view (&parts)[kCount]) {
  return std::any_of(std::begin(parts), std::end(parts), [&](std::string_view part) {
    if (name == part) return true;
    const std::string tail = "_" + std::string(part);
    return name.size() > tail.size() &&
           name.compare(name.size() - tail.size(), tail.size(), tail) == 0;
  });
}

}  // namespace

std::vector<PhraseReading> ReadingsOf(const NounPhrase& phrase, const std::vector<Token>& tokens,
                                      const semantic::Model& model, const Lexicon& lexicon) {
  return Reader(phrase, tokens, model, lexicon).Read();
}

int NameOf(const semantic::Model& model, int entity) {
  const Entity& owner = model.entities[static_cast<std::size_t>(entity)];
  int best = -1;
  double best_score = 0;
  for (std::size_t d = 0; d < owner.dimensions.size(); ++d) {
    const Dimension& dimension = owner.dimensions[d];
    if (!dimension.is_public || dimension.type != DimensionType::kString) continue;
    double score = 0;
    if (IsPartOfName(dimension.name)) continue;
    if (dimension.name == "name") score = 1;
    if (score == 0 && StemOfName(dimension.name) == StemOfName(owner.name)) score = 0.95;
    if (score == 0 &&
        (EndsWithWord(dimension.name, "name") || EndsWithWord(dimension.name, "title")))
      score = 0.9;
    if (score == 0 && dimension.name.size() > 4 &&
        dimension.name.compare(dimension.name.size() - 4, 4, "name") == 0)
      score = 0.8;
    if (score > best_score) {
      best_score = score;
      best = static_cast<int>(d);
    }
  }
  return best;
}

std::optional<NameParts> NamePartsOf(const semantic::Model& model, int entity) {
  static constexpr std::string_view kFirst[] = {"fname",    "first_name", "firstname",
                                                "forename", "given_name", "givenname"};
  static constexpr std::string_view kLast[] = {"lname",   "last_name",   "lastname",
                                               "surname", "family_name", "familyname"};
  const std::vector<Dimension>& dimensions =
      model.entities[static_cast<std::size_t>(entity)].dimensions;
  const auto only = [&](const auto& names) {
    int found = -1;
    for (std::size_t d = 0; d < dimensions.size(); ++d) {
      const bool text = dimensions[d].type == DimensionType::kString && dimensions[d].is_public;
      if (!text || !IsOrEndsIn(dimensions[d].name, names)) continue;
      if (found >= 0) return -1;
      found = static_cast<int>(d);
    }
    return found;
  };
  const NameParts parts = {only(kFirst), only(kLast)};
  if (parts.first < 0 || parts.last < 0) return std::nullopt;
  return parts;
}

bool IsFullName(const std::vector<Token>& tokens, std::size_t at) {
  return at + 1 < tokens.size() && tokens[at].lower == "full" && tokens[at + 1].stem == "name";
}

bool IsLabel(const Dimension& dimension) {
  static constexpr std::string_view kLabels[] = {"id",  "ids",   "number", "code",     "key",
                                                 "zip", "phone", "ssn",    "postcode", "zipcode"};
  const std::vector<std::string> words = semantic::SplitWords(dimension.name);
  return !words.empty() &&
         std::find(std::begin(kLabels), std::end(kLabels), words.back()) != std::end(kLabels);
}

namespace {

Json NumberJson(double number) {
  const bool whole = number == std::floor(number) && std::abs(number) < 1e15;
  return whole ? Json(static_cast<std::int64_t>(number)) : Json(number);
}

std::optional<Json> NumberOf(const std::string& text) {
  const Result<std::vector<Token>> cut = Tokenize(text);
  const bool number =
      cut.ok() && cut.value().size() == 1 && cut.value()[0].kind == TokenKind::kNumber;
  if (!number) return std::nullopt;
  return NumberJson(cut.value()[0].number);
}

}  // namespace

std::optional<Json> LiteralFor(const Segment& segment, const std::vector<Token>& tokens,
                               const Dimension& dimension) {
  std::string words;
  for (const Meaning& meaning : segment.meanings) {
    const bool number = meaning.kind == MeaningKind::kNumber;
    if (number && dimension.type == DimensionType::kNumber) return NumberJson(meaning.number);
    const bool text = meaning.kind == MeaningKind::kText || meaning.kind == MeaningKind::kValue;
    if (text && !meaning.value.empty()) words = meaning.value;
  }
  for (std::size_t t = segment.begin; words.empty() && t < segment.end; ++t) {
    for (std::size_t word = t; word < segment.end; ++word) {
      words += (words.empty() ? "" : " ") + tokens[word].text;
    }
  }
  if (dimension.type == DimensionType::kNumber) return NumberOf(words);
  if (dimension.type == DimensionType::kString) return Json(words);
  return std::nullopt;
}

}  // namespace loupe::ask
