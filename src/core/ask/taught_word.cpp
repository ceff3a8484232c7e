#include "core/ask/taught_word.hpp"

#include <algorithm>
#include <optional>
#include <utility>

#include "core/ask/words.hpp"
#include "core/base/calendar.hpp"
#include "core/base/nearest.hpp"
#include "core/base/utf8.hpp"
#include "core/semantic/member_lookup.hpp"

namespace loupe::ask {
namespace {

using semantic::Dimension;
using semantic::DimensionType;
using semantic::Entity;
using semantic::Measure;
using semantic::Shown;

constexpr std::size_t kDateLength = 10;  // 2024-03-07

// What a path names; a member is either of both or none.
struct Named {
  int entity = -1;
  int dimension = -1;
  int measure = -1;

  [[nodiscard]] bool IsMember() const { return dimension >= 0 || measure >= 0; }
};

bool SameName(std::string_view a, std::string_view b) { return AsciiLower(a) == AsciiLower(b); }

std::string Joined(const WordPath& path) {
  std::string text;
  for (const std::string& name : path) text += (text.empty() ? "" : ".") + name;
  return text;
}

class Resolver {
 public:
  explicit Resolver(const semantic::Model& model) : model_(model) {}

  Result<Named> Find(const WordPath& path) const {
    const int entity = EntityOf(path.data(), path.size());
    if (entity >= 0) return Named{entity, -1, -1};
    if (path.size() == 1) return FindAlone(path[0]);
    const int owner = EntityOf(path.data(), path.size() - 1);
    if (owner < 0) return NoSuchTable(path);
    const Named named = MemberOf(owner, path.back());
    if (named.IsMember()) return named;
    return Status(Code::kUndefinedColumn,
                  Shown(EntityAt(owner).name) + " has no column or measure " + Shown(path.back()))
        .WithHint(NearestNameHint(path.back(), MemberNames(EntityAt(owner))));
  }

  [[nodiscard]] const Entity& EntityAt(int entity) const {
    return model_.entities[static_cast<std::size_t>(entity)];
  }

 private:
  // By its own name before that of its table, with a schema or without.
  [[nodiscard]] int EntityOf(const std::string* names, std::size_t count) const {
    const auto find = [&](auto fits) {
      for (std::size_t e = 0; e < model_.entities.size(); ++e) {
        const Entity& entity = model_.entities[e];
        if (entity.is_public && fits(entity)) return static_cast<int>(e);
      }
      return -1;
    };
    if (count == 2) {
      return find([&](const Entity& entity) {
        return SameName(entity.schema, names[0]) && SameName(entity.table, names[1]);
      });
    }
    if (count != 1) return -1;
    const int named = find([&](const Entity& entity) { return SameName(entity.name, *names); });
    if (named >= 0) return named;
    return find([&](const Entity& entity) { return SameName(entity.table, *names); });
  }

  [[nodiscard]] Named MemberOf(int owner, const std::string& name) const {
    const Entity& entity = EntityAt(owner);
    for (std::size_t d = 0; d < entity.dimensions.size(); ++d) {
      const Dimension& dimension = entity.dimensions[d];
      const bool same = SameName(dimension.name, name) || SameName(dimension.column, name);
      if (dimension.is_public && same) return {owner, static_cast<int>(d), -1};
    }
    for (std::size_t m = 0; m < entity.measures.size(); ++m) {
      const Measure& measure = entity.measures[m];
      if (measure.is_public && SameName(measure.name, name))
        return {owner, -1, static_cast<int>(m)};
    }
    return {};
  }

  // A column or measure without its table has to be the only one of that name.
  [[nodiscard]] Result<Named> FindAlone(const std::string& name) const {
    std::optional<Named> found;
    for (std::size_t e = 0; e < model_.entities.size(); ++e) {
      if (!model_.entities[e].is_public) continue;
      const Named named = MemberOf(static_cast<int>(e), name);
      if (!named.IsMember()) continue;
      if (found) {
        const std::string& one = EntityAt(found->entity).name;
        const std::string& other = EntityAt(named.entity).name;
        return Status(Code::kInvalidArgument, Shown(name) + " is in more than one table")
            .WithHint("Write \"" + one + "." + name + "\" or \"" + other + "." + name + "\".");
      }
      found = named;
    }
    if (found) return *found;
    return NoSuchTable({name});
  }

  [[nodiscard]] Status NoSuchTable(const WordPath& path) const {
    std::vector<std::string> known;
    for (const Entity& entity : model_.entities) {
      if (entity.is_public) known.push_back(entity.name);
    }
    const std::string& name = path.size() == 1 ? path[0] : path[path.size() - 2];
    if (path.size() == 1 && !NearestName(name, known)) {
      for (const Entity& entity : model_.entities) {
        if (!entity.is_public) continue;
        for (std::string& member : MemberNames(entity)) known.push_back(std::move(member));
      }
    }
    const char* what =
        path.size() == 1 ? "there is no table, column or measure " : "there is no table ";
    return Status(Code::kUndefinedTable, what + Shown(name)).WithHint(NearestNameHint(name, known));
  }

  static std::vector<std::string> MemberNames(const Entity& entity) {
    std::vector<std::string> names;
    for (const Dimension& dimension : entity.dimensions) {
      if (dimension.is_public) names.push_back(dimension.name);
    }
    for (const Measure& measure : entity.measures) {
      if (measure.is_public) names.push_back(measure.name);
    }
    return names;
  }

  const semantic::Model& model_;
};

const char* KindInWords(DimensionType type) {
  switch (type) {
    case DimensionType::kNumber:
      return "a number";
    case DimensionType::kBoolean:
      return "true or false";
    case DimensionType::kTime:
      return "a time";
    case DimensionType::kString:
      break;
  }
  return "a text";
}

bool Fits(const Json& value, DimensionType type) {
  if (type == DimensionType::kNumber) return value.IsNumber();
  if (type == DimensionType::kBoolean) return value.IsBool();
  return value.IsString();
}

// A time is compared with the beginning of a day.
Result<TimeRange> RangeOf(const WordCondition& condition, const std::string& name) {
  const std::string& text = condition.values[0].AsString();
  const std::optional<DateTime> day = ParseDateTime(text);
  const bool begins = condition.comparison == Comparison::kGreaterOrEqual;
  const bool ends = condition.comparison == Comparison::kLess;
  if (!day || text.size() != kDateLength || (!begins && !ends)) {
    return Status(Code::kInvalidArgument, Shown(name) + " is a time, which only >= and < compare")
        .WithHint("Write days, such as >= '2024-01-01' AND " + name + " < '2025-01-01'.");
  }
  TimeRange range;
  (begins ? range.from : range.to) = *day;
  return range;
}

Status CheckFilter(const Dimension& dimension, const WordCondition& condition,
                   const std::string& name) {
  if (dimension.is_masked) {
    return Status(Code::kInvalidArgument, "you may not see the values of " + Shown(name));
  }
  for (const Json& value : condition.values) {
    if (Fits(value, dimension.type)) continue;
    return Status(Code::kInvalidArgument, Shown(name) + " is " + KindInWords(dimension.type) +
                                              ", which " + value.Dump() + " is not");
  }
  const bool ordered = condition.comparison != Comparison::kEqual;
  const bool has_order =
      dimension.type == DimensionType::kNumber || dimension.type == DimensionType::kTime;
  if (!ordered || has_order) return Status::Ok();
  return Status(Code::kInvalidArgument,
                Shown(name) + " is " + KindInWords(dimension.type) + ", which has no order here")
      .WithHint("Compare it with =, <> or IN.");
}

// The alternatives of one condition.
Result<std::vector<FormCondition>> ConditionsOf(const WordCondition& condition, const Named& named,
                                                const Entity& entity) {
  const Dimension& dimension = entity.dimensions[static_cast<std::size_t>(named.dimension)];
  const std::string name = entity.name + "." + dimension.name;
  LOUPE_RETURN_IF_ERROR(CheckFilter(dimension, condition, name));
  FormCondition form;
  form.left = {FormValue::Kind::kColumn, {named.entity, named.dimension}, {}};
  form.comparison = condition.comparison;
  form.negated = condition.negated;
  if (dimension.type == DimensionType::kTime) {
    LOUPE_ASSIGN_OR_RETURN(form.range, RangeOf(condition, name));
    form.comparison = Comparison::kEqual;
    return std::vector<FormCondition>{form};
  }
  if (condition.comparison == Comparison::kBetween) {
    form.values = condition.values;
    return std::vector<FormCondition>{form};
  }
  std::vector<FormCondition> either;
  for (const Json& value : condition.values) {
    form.values = {value};
    either.push_back(form);
  }
  return either;
}

Status AddCondition(const WordCondition& condition, const Resolver& resolver, TaughtWord* word) {
  LOUPE_ASSIGN_OR_RETURN(const Named named, resolver.Find(condition.column));
  if (named.dimension < 0) {
    return Status(Code::kInvalidArgument, Shown(Joined(condition.column)) + " is not a column")
        .WithHint("A filter compares columns.");
  }
  if (word->filter.empty()) word->ref = {named.entity, named.dimension};
  if (word->ref.entity != named.entity) {
    return Status(Code::kInvalidArgument,
                  "the conditions of " + Shown(word->term) + " are about more than one table")
        .WithHint("Teach a word for each of them.");
  }
  LOUPE_ASSIGN_OR_RETURN(std::vector<FormCondition> either,
                         ConditionsOf(condition, named, resolver.EntityAt(named.entity)));
  // None of several values: each of them is none.
  if (!condition.negated) {
    word->filter.push_back(std::move(either));
    return Status::Ok();
  }
  for (FormCondition& one : either) word->filter.push_back({std::move(one)});
  return Status::Ok();
}

}  // namespace

Result<WordLesson> ReadWord(std::string_view term, std::string_view meaning) {
  if (term.size() > kMaxTermBytes) {
    return Status(Code::kLimitExceeded,
                  "term is longer than " + std::to_string(kMaxTermBytes) + " bytes");
  }
  Result<std::vector<Token>> tokens = Tokenize(term);
  if (!tokens.ok() && tokens.status().code() == Code::kInvalidText) {
    return Status(Code::kInvalidText, "term is not valid UTF-8");
  }
  if (!tokens.ok()) return Status(Code::kInvalidArgument, "term is empty");
  WordLesson lesson;
  lesson.term = term;
  lesson.meaning = meaning;
  bool speaks = false;
  for (const Token& token : tokens.value()) {
    if (token.kind == TokenKind::kQuoted || IsPause(token)) {
      return Status(Code::kInvalidArgument, "term " + Shown(term) + " holds more than words");
    }
    speaks = speaks || (token.kind == TokenKind::kWord && !IsFunctionWord(token));
    lesson.keys.push_back(TokenKey(token));
  }
  if (!speaks || tokens.value().front().kind != TokenKind::kWord) {
    return Status(Code::kInvalidArgument, "term " + Shown(term) + " has no word of its own")
        .WithHint("Words that shape a question, and numbers, keep their meaning.");
  }
  if (lesson.keys.size() > kMaxTermWords) {
    return Status(Code::kLimitExceeded,
                  "term has more than " + std::to_string(kMaxTermWords) + " words");
  }
  LOUPE_ASSIGN_OR_RETURN(lesson.parsed, ParseWordMeaning(meaning));
  return lesson;
}

bool IsSpoken(const WordLesson& lesson, const std::vector<Token>& tokens) {
  const auto same = [](const Token& token, const std::string& key) {
    return TokenKey(token) == key;
  };
  return std::search(tokens.begin(), tokens.end(), lesson.keys.begin(), lesson.keys.end(), same) !=
         tokens.end();
}

std::string NamesOf(const WordLesson& lesson) {
  std::string names;
  const auto add = [&](const WordPath& path) {
    for (const std::string& name : path) names += (names.empty() ? "" : " ") + name;
  };
  add(lesson.parsed.name);
  for (const WordCondition& condition : lesson.parsed.conditions) add(condition.column);
  return names;
}

Result<TaughtWord> ResolveWord(const WordLesson& lesson, const semantic::Model& model) {
  const Resolver resolver(model);
  TaughtWord word;
  word.term = lesson.term;
  word.meaning = lesson.meaning;
  word.keys = lesson.keys;
  if (lesson.parsed.conditions.empty()) {
    LOUPE_ASSIGN_OR_RETURN(const Named named, resolver.Find(lesson.parsed.name));
    word.ref = {named.entity, std::max(named.dimension, named.measure)};
    word.kind = named.dimension >= 0 ? TaughtWord::Kind::kDimension
                : named.measure >= 0 ? TaughtWord::Kind::kMeasure
                                     : TaughtWord::Kind::kEntity;
    return word;
  }
  word.kind = TaughtWord::Kind::kFilter;
  for (const WordCondition& condition : lesson.parsed.conditions) {
    LOUPE_RETURN_IF_ERROR(AddCondition(condition, resolver, &word));
  }
  return word;
}

}  // namespace loupe::ask
