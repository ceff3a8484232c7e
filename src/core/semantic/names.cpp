#include "core/semantic/names.hpp"

#include "core/base/utf8.hpp"

namespace loupe::semantic {
namespace {

// In the order of the enumerations.
constexpr const char* kDimensionTypes[] = {"string", "number", "boolean", "time"};
constexpr const char* kAggregations[] = {
    "count", "count_distinct",        "sum",    "avg",       "min",
    "max",   "count_distinct_approx", "median", "percentile"};
constexpr const char* kRelationships[] = {"many_to_one", "one_to_one", "one_to_many",
                                          "many_to_many"};
constexpr const char* kMeasureKinds[] = {"aggregate", "calculated", "time_shift",
                                         "percent_of_total", "rank"};
constexpr const char* kWeekdays[] = {"monday", "tuesday",  "wednesday", "thursday",
                                     "friday", "saturday", "sunday"};

template <class Enum, std::size_t kSize>
std::optional<Enum> Parse(const char* const (&names)[kSize], std::string_view name) {
  for (std::size_t i = 0; i < kSize; ++i) {
    if (name == names[i]) return static_cast<Enum>(i);
  }
  return std::nullopt;
}

template <std::size_t kSize>
std::vector<std::string> List(const char* const (&names)[kSize]) {
  return std::vector<std::string>(names, names + kSize);
}

bool IsUpper(char c) { return c >= 'A' && c <= 'Z'; }
bool IsLower(char c) { return (c >= 'a' && c <= 'z') || static_cast<unsigned char>(c) >= 0x80; }
bool IsDigit(char c) { return c >= '0' && c <= '9'; }
bool IsLetter(char c) { return IsUpper(c) || IsLower(c); }

// Tells whether a word begins at `i`, which follows a letter or digit: at aB, and at the last
// capital of a run that lower-case letters follow (HTTPStatus).
bool BeginsWord(std::string_view name, std::size_t i) {
  if (!IsUpper(name[i])) return false;
  if (IsLower(name[i - 1])) return true;
  return IsUpper(name[i - 1]) && i + 1 < name.size() && IsLower(name[i + 1]);
}

}  // namespace

bool IsMemberName(std::string_view name) {
  if (name.empty() || name.size() > kMaxNameBytes || IsDigit(name[0])) return false;
  for (const char c : name) {
    const bool letter = (c >= 'a' && c <= 'z') || IsUpper(c) || c == '_';
    if (!letter && !IsDigit(c)) return false;
  }
  return true;
}

const char* DimensionTypeName(DimensionType type) {
  return kDimensionTypes[static_cast<std::size_t>(type)];
}
const char* AggregationName(Aggregation aggregation) {
  return kAggregations[static_cast<std::size_t>(aggregation)];
}
const char* RelationshipName(Relationship relationship) {
  return kRelationships[static_cast<std::size_t>(relationship)];
}

const char* MeasureKindName(MeasureKind kind) {
  return kMeasureKinds[static_cast<std::size_t>(kind)];
}
std::string MeasureTypeName(const Measure& measure) {
  return measure.kind == MeasureKind::kAggregate ? AggregationName(measure.aggregation)
                                                 : MeasureKindName(measure.kind);
}
const char* WeekdayName(int iso_day) { return kWeekdays[iso_day - 1]; }

std::optional<DimensionType> ParseDimensionType(std::string_view name) {
  return Parse<DimensionType>(kDimensionTypes, name);
}
std::optional<Aggregation> ParseAggregation(std::string_view name) {
  return Parse<Aggregation>(kAggregations, name);
}
std::optional<Relationship> ParseRelationship(std::string_view name) {
  return Parse<Relationship>(kRelationships, name);
}

std::optional<MeasureKind> ParseMeasureKind(std::string_view name) {
  const std::optional<MeasureKind> kind = Parse<MeasureKind>(kMeasureKinds, name);
  return kind == MeasureKind::kAggregate ? std::nullopt : kind;
}
std::optional<int> ParseWeekday(std::string_view name) {
  for (int day = 1; day <= 7; ++day) {
    if (name == WeekdayName(day)) return day;
  }
  return std::nullopt;
}

std::vector<std::string> DimensionTypeNames() { return List(kDimensionTypes); }
std::vector<std::string> AggregationNames() { return List(kAggregations); }
std::vector<std::string> MeasureTypeNames() {
  std::vector<std::string> names = List(kAggregations);
  names.insert(names.end(), std::begin(kMeasureKinds) + 1, std::end(kMeasureKinds));
  return names;
}
std::vector<std::string> WeekdayNames() { return List(kWeekdays); }
std::vector<std::string> RelationshipNames() { return List(kRelationships); }

std::vector<std::string> SplitWords(std::string_view name) {
  std::vector<std::string> words;
  bool inside = false;
  for (std::size_t i = 0; i < name.size(); ++i) {
    if (!IsLetter(name[i]) && !IsDigit(name[i])) {
      inside = false;
      continue;
    }
    if (!inside || BeginsWord(name, i)) words.emplace_back();
    words.back() += name[i];
    inside = true;
  }
  for (std::string& word : words) word = AsciiLower(word);
  return words;
}

namespace {

constexpr std::size_t kMinMarkedNames = 3;
constexpr std::size_t kMinMark = 2;      // letters
constexpr std::size_t kMinUnmarked = 2;  // letters of a name behind its mark

std::string Concatenated(const std::vector<std::string>& words, std::size_t count) {
  std::string text;
  for (std::size_t i = 0; i < count && i < words.size(); ++i) text += words[i];
  return text;
}

// Letters, of names that are one word each.
std::string SharedLetters(const std::vector<std::vector<std::string>>& names) {
  std::string mark = names.front().front();
  for (const std::vector<std::string>& words : names) {
    const std::string& name = words.front();
    std::size_t same = 0;
    while (same < mark.size() && same + kMinUnmarked < name.size() && name[same] == mark[same]) {
      ++same;
    }
    mark.resize(same);
  }
  return mark;
}

// Whole words, each name keeping one behind them.
std::string SharedWords(const std::vector<std::vector<std::string>>& names) {
  std::size_t shared = names.front().size() - 1;
  for (const std::vector<std::string>& words : names) {
    std::size_t same = 0;
    while (same < shared && same + 1 < words.size() && words[same] == names.front()[same]) ++same;
    shared = same;
  }
  return Concatenated(names.front(), shared);
}

}  // namespace

std::string SharedMark(const std::vector<std::string>& names) {
  std::vector<std::vector<std::string>> split;
  bool glued = true;
  for (const std::string& name : names) {
    split.push_back(SplitWords(name));
    if (split.back().empty()) return {};
    glued = glued && split.back().size() == 1;
  }
  if (split.size() < kMinMarkedNames) return {};
  const std::string mark = glued ? SharedLetters(split) : SharedWords(split);
  return mark.size() < kMinMark ? std::string() : mark;
}

std::string TitleFromName(std::string_view name) {
  std::string title;
  for (const std::string& word : SplitWords(name)) {
    if (!title.empty()) title += ' ';
    const char first = word[0];
    title += first >= 'a' && first <= 'z' ? static_cast<char>(first - 'a' + 'A') : first;
    title.append(word, 1, std::string::npos);
  }
  return title.empty() ? std::string(name) : title;
}

std::string TitleOf(const Labels& labels, std::string_view name) {
  return labels.title.empty() ? TitleFromName(name) : labels.title;
}

}  // namespace loupe::semantic
