#include "core/recommend/roles.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <set>
#include <string>
#include <string_view>
#include <unordered_set>

#include "core/base/calendar.hpp"
#include "core/base/utf8.hpp"

namespace loupe::recommend {
namespace {

// Last words of names whose whole numbers are places on a calendar or clock, not amounts.
constexpr std::string_view kCalendarWords[] = {"year", "quarter", "month", "week",    "day",
                                               "dow",  "doy",     "hour",  "weekday", "minute"};

// Last words of names whose whole numbers name things: they may be counted, not added.
constexpr std::string_view kNamingWords[] = {"id",      "key",  "code",   "zip",
                                             "zipcode", "fk",   "postal", "postcode",
                                             "sku",     "isbn", "pin",    "phone"};

struct HintWord {
  std::string_view word;
  Hint hint;
};

constexpr HintWord kLastWords[] = {
    {"share", Hint::kShare},
    {"percent", Hint::kShare},
    {"percentage", Hint::kShare},
    {"pct", Hint::kShare},
    {"proportion", Hint::kShare},
    {"fraction", Hint::kShare},
    {"rate", Hint::kRate},
    {"ratio", Hint::kRate},
    {"avg", Hint::kRate},
    {"average", Hint::kRate},
    {"mean", Hint::kRate},
    {"median", Hint::kRate},
    {"price", Hint::kRate},
    {"score", Hint::kRate},
    {"rating", Hint::kRate},
    {"temperature", Hint::kRate},
    {"age", Hint::kRate},
    {"speed", Hint::kRate},
    {"rank", Hint::kRank},
    {"ranking", Hint::kRank},
    {"place", Hint::kRank},
    {"cumulative", Hint::kRunning},
    {"running", Hint::kRunning},
    {"cumsum", Hint::kRunning},
    {"low", Hint::kLow},
    {"lower", Hint::kLow},
    {"min", Hint::kLow},
    {"minimum", Hint::kLow},
    {"lowest", Hint::kLow},
    {"high", Hint::kHigh},
    {"higher", Hint::kHigh},
    {"upper", Hint::kHigh},
    {"max", Hint::kHigh},
    {"maximum", Hint::kHigh},
    {"highest", Hint::kHigh},
    {"start", Hint::kStart},
    {"starts", Hint::kStart},
    {"begin", Hint::kStart},
    {"begins", Hint::kStart},
    {"started", Hint::kStart},
    {"end", Hint::kEnd},
    {"ends", Hint::kEnd},
    {"ended", Hint::kEnd},
    {"finish", Hint::kEnd},
    {"finished", Hint::kEnd},
    {"due", Hint::kEnd},
    {"lat", Hint::kLatitude},
    {"latitude", Hint::kLatitude},
    {"lon", Hint::kLongitude},
    {"lng", Hint::kLongitude},
    {"longitude", Hint::kLongitude},
};
constexpr HintWord kFirstWords[] = {
    {"avg", Hint::kRate},
    {"average", Hint::kRate},
    {"mean", Hint::kRate},
    {"median", Hint::kRate},
    {"cumulative", Hint::kRunning},
    {"running", Hint::kRunning},
    {"min", Hint::kLow},
    {"minimum", Hint::kLow},
    {"lowest", Hint::kLow},
    {"lower", Hint::kLow},
    {"low", Hint::kLow},
    {"max", Hint::kHigh},
    {"maximum", Hint::kHigh},
    {"highest", Hint::kHigh},
    {"upper", Hint::kHigh},
    {"high", Hint::kHigh},
    {"start", Hint::kStart},
    {"started", Hint::kStart},
    {"begin", Hint::kStart},
    {"end", Hint::kEnd},
    {"ended", Hint::kEnd},
    {"finished", Hint::kEnd},
    {"percent", Hint::kShare},
    {"pct", Hint::kShare},
};

// First words of names of amounts that add up, whatever the rest says: "total_price".
constexpr std::string_view kAddingWords[] = {"total", "sum", "count", "number"};

constexpr std::string_view kBreaks = "._ ";

std::string LastWord(std::string_view name) {
  const std::size_t end = name.find_last_of(kBreaks);
  return AsciiLower(end == std::string_view::npos ? name : name.substr(end + 1));
}

// Of the member: "orders.min_price" begins with "min".
std::string FirstWord(std::string_view name) {
  const std::size_t dot = name.rfind('.');
  if (dot != std::string_view::npos) name = name.substr(dot + 1);
  return AsciiLower(name.substr(0, name.find_first_of(kBreaks)));
}

template <std::size_t kCount>
Hint FindHint(const HintWord (&words)[kCount], std::string_view word) {
  for (const HintWord& known : words) {
    if (known.word == word) return known.hint;
  }
  return Hint::kNone;
}

template <std::size_t kCount>
bool IsOneOf(const std::string_view (&words)[kCount], std::string_view word) {
  return std::find(std::begin(words), std::end(words), word) != std::end(words);
}

bool IsNumeric(const Json& value) { return NumberOf(value).has_value(); }

bool IsWhole(const Json& value) {
  return value.IsNumber() && value.AsDouble() == std::floor(value.AsDouble());
}

bool IsTime(const Json& value) {
  return value.IsString() && ParseDateTime(value.AsString()).has_value();
}

bool IsText(const Json& value) { return value.IsString() || value.IsBool(); }

// Tells whether `test` holds for all values but nulls; infinite dates and NaN fail it, and such a
// column is not drawn.
bool All(const RowSet& rows, std::size_t column, bool (*test)(const Json&)) {
  return std::all_of(rows.rows.begin(), rows.rows.end(), [&](const std::vector<Json>& row) {
    return row[column].IsNull() || test(row[column]);
  });
}

Role NumberRole(const RowSet& rows, const ColumnRole& column) {
  const std::string word = LastWord(rows.columns[column.index].name);
  const bool all_differ = column.distinct == rows.rows.size();
  const bool is_whole = All(rows, column.index, IsWhole);
  if (word == "id" && all_differ) return Role::kNone;
  if (IsOneOf(kNamingWords, word) && is_whole && !all_differ) {
    return column.distinct < 2 ? Role::kNone : Role::kCategory;
  }
  if (IsOneOf(kCalendarWords, word) && is_whole) return Role::kOrdinal;
  return All(rows, column.index, IsNumeric) ? Role::kMeasure : Role::kNone;
}

Role RoleOf(const RowSet& rows, const ColumnRole& column) {
  const ValueType type = rows.columns[column.index].type;
  if (column.distinct == 0) return Role::kNone;
  if (type == ValueType::kNumber) return NumberRole(rows, column);
  if (column.distinct < 2) return Role::kNone;
  if (type == ValueType::kDate || type == ValueType::kTimestamp || type == ValueType::kString) {
    if (All(rows, column.index, IsTime)) return Role::kTime;
    if (type != ValueType::kString) return Role::kNone;
  }
  return All(rows, column.index, IsText) ? Role::kCategory : Role::kNone;
}

void CountValues(const RowSet& rows, const Context& context, ColumnRole* column) {
  std::unordered_set<std::string> seen;
  for (std::size_t i = 0; i < rows.rows.size(); ++i) {
    if (i % Context::kPollInterval == 0) context.Poll();
    const Json& value = rows.rows[i][column->index];
    if (value.IsNull()) {
      ++column->nulls;
    } else {
      seen.insert(value.Dump());
    }
  }
  column->distinct = seen.size();
}

void Measure(const RowSet& rows, ColumnRole* column) {
  bool is_first = true;
  for (const std::vector<Json>& row : rows.rows) {
    const std::optional<double> number = NumberOf(row[column->index]);
    if (!number) continue;
    column->least = is_first ? *number : std::min(column->least, *number);
    column->most = is_first ? *number : std::max(column->most, *number);
    column->sum += *number;
    is_first = false;
  }
}

int LongestText(const RowSet& rows, std::size_t column) {
  int longest = 0;
  for (const std::vector<Json>& row : rows.rows) {
    const Json& value = row[column];
    if (value.IsNull()) continue;
    longest = std::max(longest, DisplayWidth(value.IsString() ? value.AsString() : value.Dump()));
  }
  return longest;
}

}  // namespace

const char* RoleName(Role role) {
  switch (role) {
    case Role::kTime:
      return "time";
    case Role::kOrdinal:
      return "ordinal";
    case Role::kCategory:
      return "category";
    case Role::kMeasure:
      return "measure";
    case Role::kNone:
      break;
  }
  return "none";
}

Hint HintOf(std::string_view name) {
  const std::string first_word = FirstWord(name);
  if (IsOneOf(kAddingWords, first_word)) return Hint::kNone;
  const Hint last = FindHint(kLastWords, LastWord(name));
  const Hint first = FindHint(kFirstWords, first_word);
  // "running_share" runs, "min_price" is low: how a number was made says more than of what.
  if (first != Hint::kNone && (last == Hint::kRate || last == Hint::kShare)) return first;
  return last != Hint::kNone ? last : first;
}

std::optional<double> NumberOf(const Json& value) {
  if (value.IsNumber()) return value.AsDouble();
  if (!value.IsString()) return std::nullopt;
  const std::string& text = value.AsString();
  double number = 0;
  const auto end = std::from_chars(text.data(), text.data() + text.size(), number);
  const bool is_read = end.ec == std::errc() && end.ptr == text.data() + text.size();
  return is_read && std::isfinite(number) ? std::optional<double>(number) : std::nullopt;
}

std::vector<ColumnRole> RolesOf(const RowSet& rows, const Context& context) {
  std::vector<ColumnRole> roles;
  std::set<std::string_view> names;
  for (std::size_t i = 0; i < rows.columns.size(); ++i) {
    ColumnRole column;
    column.index = i;
    if (i < kMaxColumns) {
      CountValues(rows, context, &column);
      if (names.insert(rows.columns[i].name).second) column.role = RoleOf(rows, column);
    }
    if (column.role == Role::kMeasure || column.role == Role::kTime) {
      column.hint = HintOf(rows.columns[i].name);
    }
    if (column.role == Role::kMeasure || column.role == Role::kOrdinal) Measure(rows, &column);
    if (column.role == Role::kCategory) column.longest = LongestText(rows, i);
    roles.push_back(column);
  }
  return roles;
}

bool AreKeys(const RowSet& rows, const std::vector<std::size_t>& columns, const Context& context) {
  std::unordered_set<std::string> seen;
  for (std::size_t i = 0; i < rows.rows.size(); ++i) {
    if (i % Context::kPollInterval == 0) context.Poll();
    std::string key;
    for (const std::size_t column : columns) key += rows.rows[i][column].Dump() + ",";
    if (!seen.insert(std::move(key)).second) return false;
  }
  return true;
}

}  // namespace loupe::recommend
