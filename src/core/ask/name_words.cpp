#include "core/ask/name_words.hpp"

#include <utility>

#include "core/ask/thesaurus.hpp"
#include "core/semantic/names.hpp"

namespace loupe::ask {
namespace {

constexpr std::size_t kMinGlued = 4;  // bytes of a word in a name without marks

constexpr std::pair<std::string_view, std::string_view> kAbbreviations[] = {
    {"acct", "account"},    {"addr", "address"},     {"alt", "altitude"},
    {"amt", "amount"},      {"apt", "apartment"},    {"arr", "arrival"},
    {"avg", "average"},     {"bldg", "building"},    {"cat", "category"},
    {"cnt", "count"},       {"cust", "customer"},    {"dep", "departure"},
    {"dept", "department"}, {"desc", "description"}, {"dest", "destination"},
    {"dist", "distance"},   {"emp", "employee"},     {"freq", "frequency"},
    {"grp", "group"},       {"info", "information"}, {"inv", "invoice"},
    {"lang", "language"},   {"lat", "latitude"},     {"lng", "longitude"},
    {"loc", "location"},    {"lon", "longitude"},    {"long", "longitude"},
    {"lvl", "level"},       {"max", "maximum"},      {"mfr", "manufacturer"},
    {"mgmt", "management"}, {"mgr", "manager"},      {"min", "minimum"},
    {"msg", "message"},     {"nbr", "number"},       {"no", "number"},
    {"num", "number"},      {"org", "organization"}, {"orig", "origin"},
    {"pct", "percent"},     {"pop", "population"},   {"prod", "product"},
    {"pts", "points"},      {"qty", "quantity"},     {"ref", "reference"},
    {"sal", "salary"},      {"tel", "telephone"},    {"temp", "temperature"},
    {"tot", "total"},       {"txn", "transaction"},  {"usr", "user"},
    {"val", "value"},       {"vol", "volume"},       {"yr", "year"},
};

constexpr std::pair<std::string_view, std::string_view> kContracted[] = {
    {"fname", "first name"},     {"lname", "last name"},    {"mname", "middle name"},
    {"firstname", "first name"}, {"lastname", "last name"}, {"middlename", "middle name"},
    {"dob", "date of birth"},
};

constexpr std::string_view kUnits[] = {
    "billion", "billions", "celsius", "cm",      "days",    "dollar", "dollars",  "eur",
    "euro",    "euros",    "feet",    "ft",      "gb",      "hour",   "hours",    "hrs",
    "inch",    "inches",   "kg",      "km",      "kmh",     "kph",    "lb",       "lbs",
    "mb",      "meter",    "meters",  "metre",   "metres",  "mi",     "mile",     "miles",
    "million", "millions", "min",     "mins",    "minutes", "mm",     "mph",      "ms",
    "percent", "pct",      "pounds",  "seconds", "secs",    "sqft",   "thousand", "thousands",
    "tons",    "usd"};

constexpr std::string_view kRecordTails[] = {
    "account", "accounts", "acct",    "data",     "detail", "details", "info",  "information",
    "list",    "master",   "profile", "profiles", "record", "records", "table", "tbl"};
constexpr std::string_view kCountTails[] = {"count", "cnt"};
constexpr std::string_view kCountHeads[] = {"number", "num", "nbr", "no", "nr", "count", "total"};

}  // namespace

std::string_view FullWord(std::string_view word) {
  const auto* const found = std::find_if(std::begin(kAbbreviations), std::end(kAbbreviations),
                                         [&](const auto& entry) { return entry.first == word; });
  return found == std::end(kAbbreviations) ? std::string_view() : found->second;
}

Words SplitGlued(const std::string& name) {
  const auto is_word = [](const std::string& part) {
    return IsKnownWord(part) || !FullWord(part).empty();
  };
  for (std::size_t head = name.size(); head-- > kMinGlued;) {
    if (name.size() < head + kMinGlued) continue;
    if (is_word(name.substr(0, head)) && is_word(name.substr(head))) {
      return {name.substr(0, head), name.substr(head)};
    }
  }
  return {};
}

Words SpellOut(const Words& words) {
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

Words WithoutUnits(Words words) {
  std::size_t left = words.size();
  while (left > 1 && IsOneOf(kUnits, words[left - 1])) --left;
  if (left == words.size()) return words;
  if (left > 1 && words[left - 1] == "in") --left;
  words.resize(left);
  return words;
}

Words RecordedThing(const Words& words) {
  if (words.size() < 2 || !IsOneOf(kRecordTails, words.back())) return {};
  return Words(words.begin(), words.end() - 1);
}

Words CountedThing(const Words& words) {
  if (words.size() < 2) return {};
  if (IsOneOf(kCountTails, words.back())) return Words(words.begin(), words.end() - 1);
  if (!IsOneOf(kCountHeads, words.front())) return {};
  auto first = words.begin() + 1;
  if (*first == "of") ++first;
  return Words(first, words.end());
}

}  // namespace loupe::ask
