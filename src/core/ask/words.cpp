#include "core/ask/words.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

#include "core/ask/gradable.hpp"
#include "core/ask/name_words.hpp"
#include "core/ask/stem.hpp"

namespace loupe::ask {
namespace {

using semantic::Aggregation;

constexpr std::size_t kMaxGradableWords = 2;  // "most expensive"

struct Phrase {
  std::string_view words;
  MeaningKind kind;
};

constexpr Phrase kPhrases[] = {
    {"how many", MeaningKind::kCount},
    {"how many times", MeaningKind::kCount},
    {"number of times", MeaningKind::kCount},
    {"number of", MeaningKind::kCount},
    {"numbers of", MeaningKind::kCount},
    {"no . of", MeaningKind::kCount},
    {"total no . of", MeaningKind::kCount},
    {"total number of", MeaningKind::kCount},
    {"count of", MeaningKind::kCount},
    {"count the number of", MeaningKind::kCount},
    {"find the number of", MeaningKind::kCount},
    {"count", MeaningKind::kCount},
    {"counts", MeaningKind::kCount},
    {"counts of", MeaningKind::kCount},
    {"total count of", MeaningKind::kCount},
    {"by", MeaningKind::kBy},
    {"according to", MeaningKind::kBy},
    {"in terms of", MeaningKind::kBy},
    {"per", MeaningKind::kEach},
    {"for each", MeaningKind::kEach},
    {"for each of", MeaningKind::kEach},
    {"for every", MeaningKind::kEach},
    {"for different", MeaningKind::kEach},
    {"for all the different", MeaningKind::kEach},
    {"by different", MeaningKind::kEach},
    {"by each", MeaningKind::kEach},
    {"each", MeaningKind::kEach},
    {"each of", MeaningKind::kEach},
    {"every", MeaningKind::kEach},
    {"how does", MeaningKind::kNeutral},
    {"how do", MeaningKind::kNeutral},
    {"how did", MeaningKind::kNeutral},
    {"case insensitive", MeaningKind::kNeutral},
    {"case insensitively", MeaningKind::kNeutral},
    {"case - insensitive", MeaningKind::kNeutral},
    {"case - insensitively", MeaningKind::kNeutral},
    {"respectively", MeaningKind::kNeutral},
    {"respective", MeaningKind::kNeutral},
    {"he / she", MeaningKind::kNeutral},
    {"his / her", MeaningKind::kNeutral},
    {"him / her", MeaningKind::kNeutral},
    {"she / he", MeaningKind::kNeutral},
    {"of the week", MeaningKind::kNeutral},
    {"across each", MeaningKind::kEach},
    {"vary across", MeaningKind::kEach},
    {"vary by", MeaningKind::kEach},
    {"vary over", MeaningKind::kEach},
    {"vary between", MeaningKind::kEach},
    {"vary among", MeaningKind::kEach},
    {"vary with", MeaningKind::kEach},
    {"differ across", MeaningKind::kEach},
    {"differ by", MeaningKind::kEach},
    {"differ between", MeaningKind::kEach},
    {"differ among", MeaningKind::kEach},
    {"change across", MeaningKind::kEach},
    {"change over", MeaningKind::kEach},
    {"change by", MeaningKind::kEach},
    {"across", MeaningKind::kIn},
    {"across all", MeaningKind::kIn},
    {"grouped by", MeaningKind::kEach},
    {"group by", MeaningKind::kEach},
    {"broken down by", MeaningKind::kEach},
    {"split by", MeaningKind::kEach},
    {"sorted by", MeaningKind::kSort},
    {"sort by", MeaningKind::kSort},
    {"sort", MeaningKind::kSort},
    {"sorted", MeaningKind::kSort},
    {"sort them by", MeaningKind::kSort},
    {"sort the results by", MeaningKind::kSort},
    {"sort the list by", MeaningKind::kSort},
    {"ordered by", MeaningKind::kSort},
    {"order by", MeaningKind::kSort},
    {"ordered in", MeaningKind::kSort},
    {"order them by", MeaningKind::kSort},
    {"order the results by", MeaningKind::kSort},
    {"order the result by", MeaningKind::kSort},
    {"ranked by", MeaningKind::kSort},
    {"in order of", MeaningKind::kSort},
    {"in the order of", MeaningKind::kSort},
    {"listed by", MeaningKind::kSort},
    {"not", MeaningKind::kNegation},
    {"no", MeaningKind::kNegation},
    {"non", MeaningKind::kNegation},
    {"never", MeaningKind::kNegation},
    {"none of", MeaningKind::kNegation},
    {"without", MeaningKind::kNegation},
    {"without any", MeaningKind::kNegation},
    {"any", MeaningKind::kNeutral},
    {"except", MeaningKind::kExcept},
    {"except for", MeaningKind::kExcept},
    {"excluding", MeaningKind::kExcept},
    {"other than", MeaningKind::kExcept},
    {"but not", MeaningKind::kExcept},
    {"but no", MeaningKind::kExcept},
    {"and not", MeaningKind::kExcept},
    {"and", MeaningKind::kAnd},
    {"&", MeaningKind::kAnd},
    {"and also", MeaningKind::kAnd},
    {"but also", MeaningKind::kAnd},
    {"but", MeaningKind::kAnd},
    {"as well as", MeaningKind::kAnd},
    {"along with", MeaningKind::kAnd},
    {"together with", MeaningKind::kAnd},
    {"plus", MeaningKind::kAnd},
    {",", MeaningKind::kComma},
    {"or", MeaningKind::kOr},
    {"both", MeaningKind::kBoth},
    {"which", MeaningKind::kWhich},
    {"what", MeaningKind::kWhich},
    {"who", MeaningKind::kWho},
    {"whom", MeaningKind::kWho},
    {"when", MeaningKind::kWhen},
    {"where", MeaningKind::kThat},
    {"that", MeaningKind::kThat},
    {"list", MeaningKind::kList},
    {"show", MeaningKind::kList},
    {"shows", MeaningKind::kNeutral},
    {"display", MeaningKind::kList},
    {"give", MeaningKind::kList},
    {"find", MeaningKind::kList},
    {"find out", MeaningKind::kList},
    {"return", MeaningKind::kList},
    {"report", MeaningKind::kList},
    {"get", MeaningKind::kList},
    {"tell", MeaningKind::kList},
    {"select", MeaningKind::kList},
    {"retrieve", MeaningKind::kList},
    {"name", MeaningKind::kList},
    {"provide", MeaningKind::kList},
    {"compute", MeaningKind::kList},
    {"calculate", MeaningKind::kList},
    {"all information", MeaningKind::kAll},
    {"all the information", MeaningKind::kAll},
    {"all available information", MeaningKind::kAll},
    {"all details", MeaningKind::kAll},
    {"all the details", MeaningKind::kAll},
    {"all available details", MeaningKind::kAll},
    {"all info", MeaningKind::kAll},
    {"all the info", MeaningKind::kAll},
    {"all available info", MeaningKind::kAll},
    {"all data", MeaningKind::kAll},
    {"all the data", MeaningKind::kAll},
    {"all available data", MeaningKind::kAll},
    {"all attributes", MeaningKind::kAll},
    {"all the attributes", MeaningKind::kAll},
    {"all available attributes", MeaningKind::kAll},
    {"all columns", MeaningKind::kAll},
    {"all the columns", MeaningKind::kAll},
    {"all available columns", MeaningKind::kAll},
    {"all fields", MeaningKind::kAll},
    {"all the fields", MeaningKind::kAll},
    {"all available fields", MeaningKind::kAll},
    {"everything", MeaningKind::kAll},
    {"full details", MeaningKind::kAll},
    {"complete information", MeaningKind::kAll},
    {"distinct", MeaningKind::kDistinct},
    {"different", MeaningKind::kDistinct},
    {"unique", MeaningKind::kDistinct},
    {"distinctive", MeaningKind::kDistinct},
    {"various", MeaningKind::kDistinct},
    {"different types of", MeaningKind::kDistinct},
    {"different kinds of", MeaningKind::kDistinct},
    {"of", MeaningKind::kOf},
    {"from", MeaningKind::kFrom},
    {"to", MeaningKind::kTo},
    {"into", MeaningKind::kTo},
    {"in", MeaningKind::kIn},
    {"on", MeaningKind::kIn},
    {"at", MeaningKind::kIn},
    {"for", MeaningKind::kIn},
    {"within", MeaningKind::kIn},
    {"correspond to", MeaningKind::kIn},
    {"corresponds to", MeaningKind::kIn},
    {"corresponding to", MeaningKind::kIn},
    {"correspond with", MeaningKind::kIn},
    {"corresponds with", MeaningKind::kIn},
    {"corresponding with", MeaningKind::kIn},
    {"through", MeaningKind::kIn},
    {"during", MeaningKind::kIn},
    {"among", MeaningKind::kIn},
    {"with", MeaningKind::kWith},
    {"having", MeaningKind::kWith},
    {"has", MeaningKind::kWith},
    {"have", MeaningKind::kWith},
    {"had", MeaningKind::kWith},
    {"whose", MeaningKind::kWith},
    {"compare", MeaningKind::kCompare},
    {"comparison of", MeaningKind::kCompare},
    {"compared with", MeaningKind::kCompare},
    {"compared to", MeaningKind::kCompare},
    {"in comparison with", MeaningKind::kCompare},
    {"in comparison to", MeaningKind::kCompare},
    {"versus", MeaningKind::kCompare},
    {"vs", MeaningKind::kCompare},
    {"growth of", MeaningKind::kGrowth},
    {"growth in", MeaningKind::kGrowth},
    {"growth", MeaningKind::kGrowth},
    {"growth rate of", MeaningKind::kGrowth},
    {"growth rate", MeaningKind::kGrowth},
    {"percentage growth of", MeaningKind::kGrowth},
    {"percentage growth in", MeaningKind::kGrowth},
    {"by how many percent did", MeaningKind::kGrowth},
    {"by what percentage did", MeaningKind::kGrowth},
    {"how many percent did", MeaningKind::kGrowth},
};

struct SharePhrase {
  std::string_view words;
  Shares shares;
};

constexpr SharePhrase kShares[] = {
    {"percentage of", Shares::kPercent},       {"what percentage of", Shares::kPercent},
    {"percent of", Shares::kPercent},          {"what percent of", Shares::kPercent},
    {"how many percent of", Shares::kPercent}, {"share of", Shares::kPart},
    {"what share of", Shares::kPart},          {"proportion of", Shares::kPart},
    {"what proportion of", Shares::kPart},     {"fraction of", Shares::kPart},
    {"what fraction of", Shares::kPart},       {"ratio of", Shares::kRatio},
};

struct AggregatePhrase {
  std::string_view words;
  Aggregation aggregation;
};

constexpr AggregatePhrase kAggregates[] = {
    {"total", Aggregation::kSum},
    {"sum", Aggregation::kSum},
    {"sum of", Aggregation::kSum},
    {"total of", Aggregation::kSum},
    {"total amount of", Aggregation::kSum},
    {"combined", Aggregation::kSum},
    {"overall", Aggregation::kSum},
    {"how much", Aggregation::kSum},
    {"average", Aggregation::kAvg},
    {"average of", Aggregation::kAvg},
    {"mean", Aggregation::kAvg},
    {"avg", Aggregation::kAvg},
    {"averages", Aggregation::kAvg},
    {"on average", Aggregation::kAvg},
    {"maximum", Aggregation::kMax},
    {"maximum of", Aggregation::kMax},
    {"max", Aggregation::kMax},
    {"maximal", Aggregation::kMax},
    {"minimal", Aggregation::kMin},
    {"minimum", Aggregation::kMin},
    {"minimum of", Aggregation::kMin},
    {"min", Aggregation::kMin},
    {"median", Aggregation::kMedian},
};

struct SuperlativePhrase {
  std::string_view words;
  bool descending;
  Ranks ranks;
};

constexpr SuperlativePhrase kSuperlatives[] = {
    {"top", true, Ranks::kSubject},
    {"bottom", false, Ranks::kSubject},
    {"most", true, Ranks::kCountOrNumber},
    {"most number of", true, Ranks::kCountOrNumber},
    {"maximum number of", true, Ranks::kCountOrNumber},
    {"highest number of", true, Ranks::kCountOrNumber},
    {"largest number of", true, Ranks::kCountOrNumber},
    {"greatest number of", true, Ranks::kCountOrNumber},
    {"biggest number of", true, Ranks::kCountOrNumber},
    {"largest amount of", true, Ranks::kCountOrNumber},
    {"highest amount of", true, Ranks::kCountOrNumber},
    {"most amount of", true, Ranks::kCountOrNumber},
    {"most common", true, Ranks::kCountOrNumber},
    {"most frequent", true, Ranks::kCountOrNumber},
    {"most frequently", true, Ranks::kCountOrNumber},
    {"most popular", true, Ranks::kCountOrNumber},
    {"least number of", false, Ranks::kCountOrNumber},
    {"minimum number of", false, Ranks::kCountOrNumber},
    {"lowest number of", false, Ranks::kCountOrNumber},
    {"smallest number of", false, Ranks::kCountOrNumber},
    {"fewest number of", false, Ranks::kCountOrNumber},
    {"least common", false, Ranks::kCountOrNumber},
    {"least popular", false, Ranks::kCountOrNumber},
    {"least frequent", false, Ranks::kCountOrNumber},
    {"fewest", false, Ranks::kCountOrNumber},
    {"least", false, Ranks::kCountOrNumber},
    {"highest", true, Ranks::kNumber},
    {"largest", true, Ranks::kNumber},
    {"biggest", true, Ranks::kNumber},
    {"greatest", true, Ranks::kNumber},
    {"best", true, Ranks::kNumber},
    {"worst", false, Ranks::kNumber},
    {"lowest", false, Ranks::kNumber},
    {"smallest", false, Ranks::kNumber},
    {"latest", true, Ranks::kTime},
    {"most recent", true, Ranks::kTime},
    {"most recently", true, Ranks::kTime},
    {"newest", true, Ranks::kTime},
    {"last", true, Ranks::kTime},
    {"earliest", false, Ranks::kTime},
    {"first", false, Ranks::kTime},
};

struct DirectionPhrase {
  std::string_view words;
  bool descending;
};

constexpr DirectionPhrase kDirections[] = {
    {"ascending", false},
    {"ascending order", false},
    {"ascending order of", false},
    {"ascendingly", false},
    {"increasing order", false},
    {"increasing order of", false},
    {"alphabetically", false},
    {"alphabetical order", false},
    {"alphabetical order of", false},
    {"ascending alphabetical order", false},
    {"lexicographical order", false},
    {"lexicographic order", false},
    {"chronological order", false},
    {"from low to high", false},
    {"from lowest to highest", false},
    {"from least to most", false},
    {"from oldest to newest", false},
    {"from smallest to largest", false},
    {"lowest first", false},
    {"oldest first", false},
    {"descending", true},
    {"descending order", true},
    {"descending order of", true},
    {"descendingly", true},
    {"decreasing order", true},
    {"decreasing order of", true},
    {"reverse alphabetical order", true},
    {"reversed alphabetical order", true},
    {"reverse lexicographical order", true},
    {"reversed lexicographical order", true},
    {"descending alphabetical order", true},
    {"descending lexicographical order", true},
    {"descending order alphabetically", true},
    {"ascending lexicographical order", false},
    {"alphabetic order", false},
    {"alphabetic order of", false},
    {"descending alphabetic order", true},
    {"ascending alphabetic order", false},
    {"reverse alphabetic order", true},
    {"reverse order", true},
    {"from high to low", true},
    {"from highest to lowest", true},
    {"from most to least", true},
    {"from largest to smallest", true},
    {"from newest to oldest", true},
    {"from the most to the least", true},
    {"highest first", true},
    {"largest first", true},
    {"newest first", true},
    {"most recent first", true},
};

struct PatternPhrase {
  std::string_view words;
  Pattern pattern;
};

constexpr PatternPhrase kPatterns[] = {
    {"contains", Pattern::kContains},
    {"contain", Pattern::kContains},
    {"containing", Pattern::kContains},
    {"contains the word", Pattern::kContains},
    {"contain the word", Pattern::kContains},
    {"contains the substring", Pattern::kContains},
    {"contain the substring", Pattern::kContains},
    {"contains the letter", Pattern::kContains},
    {"contain the letter", Pattern::kContains},
    {"contains the phrase", Pattern::kContains},
    {"includes", Pattern::kContains},
    {"include", Pattern::kContains},
    {"including", Pattern::kContains},
    {"has the substring", Pattern::kContains},
    {"have the substring", Pattern::kContains},
    {"with the substring", Pattern::kContains},
    {"having the substring", Pattern::kContains},
    {"the substring", Pattern::kContains},
    {"the string", Pattern::kContains},
    {"contains the string", Pattern::kContains},
    {"contain the string", Pattern::kContains},
    {"contains the phrase", Pattern::kContains},
    {"contain the phrase", Pattern::kContains},
    {"the phrase", Pattern::kContains},
    {"the character", Pattern::kContains},
    {"having char", Pattern::kContains},
    {"with the word", Pattern::kContains},
    {"has the word", Pattern::kContains},
    {"have the word", Pattern::kContains},
    {"the word", Pattern::kContains},
    {"the letter", Pattern::kContains},
    {"starts with", Pattern::kStartsWith},
    {"start with", Pattern::kStartsWith},
    {"starting with", Pattern::kStartsWith},
    {"start with the letter", Pattern::kStartsWith},
    {"starts with the letter", Pattern::kStartsWith},
    {"starting with the letter", Pattern::kStartsWith},
    {"begins with", Pattern::kStartsWith},
    {"begin with", Pattern::kStartsWith},
    {"beginning with", Pattern::kStartsWith},
    {"begins with the letter", Pattern::kStartsWith},
    {"ends with", Pattern::kEndsWith},
    {"end with", Pattern::kEndsWith},
    {"ending with", Pattern::kEndsWith},
    {"ends in", Pattern::kEndsWith},
    {"end in", Pattern::kEndsWith},
};

// Two columns stand behind these and their "between" or "from".
constexpr std::string_view kDifferences[] = {"duration",     "time",          "time difference",
                                             "time elapsed", "elapsed time",  "amount of time",
                                             "difference",   "interval",      "gap",
                                             "delay",        "length of time"};

struct UnitWord {
  std::string_view word;
  TimeUnit unit;
};

constexpr UnitWord kDurationUnits[] = {{"seconds", TimeUnit::kSecond},
                                       {"minutes", TimeUnit::kMinute},
                                       {"hours", TimeUnit::kHour},
                                       {"days", TimeUnit::kDay}};

// Words that lead to the period that growth is measured from.
constexpr std::string_view kEarlierLeads[] = {
    "over", "against", "from", "versus", "vs", "compared to", "on", "relative to", "compared with"};

// Words that carry grammar or courtesy alone.
constexpr std::string_view kNeutral[] = {
    "a",
    "all",
    "also",
    "already",
    "am",
    "an",
    "and/or",
    "any",
    "are",
    "as",
    "available",
    "be",
    "been",
    "being",
    "belong",
    "belongs",
    "belonging",
    "can",
    "all together",
    "altogether",
    "correspond",
    "corresponding",
    "corresponds",
    "in all",
    "could",
    "current",
    "currently",
    "database",
    "did",
    "do",
    "does",
    "either",
    "ever",
    "exist",
    "existed",
    "exists",
    "exactly",
    "existing",
    "given",
    "happen",
    "happened",
    "happens",
    "hello",
    "her",
    "here",
    "hi",
    "his",
    "i",
    "information",
    "is",
    "it",
    "its",
    "just",
    "know",
    "like",
    "made",
    "make",
    "may",
    "me",
    "my",
    "need",
    "occur",
    "occurred",
    "occurs",
    "one",
    "ones",
    "only",
    "our",
    "out",
    "overall",
    "own",
    "owned",
    "owns",
    "placed",
    "please",
    "possible",
    "recorded",
    "record",
    "records",
    "result",
    "results",
    "see",
    "she",
    "should",
    "shown",
    "so",
    "some",
    "such",
    "system",
    "table",
    "than",
    "the",
    "their",
    "them",
    "then",
    "there",
    "these",
    "they",
    "this",
    "those",
    "us",
    "use",
    "used",
    "uses",
    "using",
    "want",
    "was",
    "we",
    "were",
    "will",
    "would",
    "you",
    "your",
    "he",
    "him",
    "himself",
    "if",
    "how",
    "associated",
    "related",
    "listed",
    "list",
    "contained",
    "found",
    "located",
    "named",
    "called",
    "titled",
    "what's",
    "s",
    "come",
    "comes",
    "came",
    "taken",
    "held",
    "value",
    "values",
    "data",
    "each's",
    "whole",
    "details about",
    "total",
    "same",
    "time",
    "involved",
    "live",
    "lives",
    "lived",
    "living",
    "up",
    "about",
    "details",
    "kind",
    "kinds",
    "total",
    "well",
    "grow",
    "grew",
    "grown",
};

// Verbs that link things and say little of their own.
constexpr std::string_view kVerbs[] = {
    "act",      "add",         "allow",    "answer",   "appear",   "arrive",  "ask",
    "attend",   "become",      "begin",    "bring",    "build",    "buy",     "call",
    "carry",    "consider",    "contain",  "cover",    "create",   "design",  "do",
    "drive",    "earn",        "employ",   "enroll",   "enter",    "fall",    "follow",
    "get",      "give",        "go",       "hire",     "hold",     "host",    "include",
    "issue",    "join",        "keep",     "lead",     "leave",    "lie",     "make",
    "manage",   "meet",        "move",     "obtain",   "offer",    "operate", "own",
    "paid",     "participate", "pass",     "pay",      "perform",  "play",    "present",
    "produce",  "provide",     "publish",  "raise",    "receive",  "record",  "register",
    "release",  "rent",        "run",      "schedule", "sell",     "send",    "serve",
    "set",      "share",       "show",     "sign",     "sold",     "speak",   "spend",
    "spent",    "spoken",      "stay",     "store",    "study",    "supply",  "support",
    "take",     "teach",       "took",     "train",    "travel",   "treat",   "try",
    "visit",    "wear",        "win",      "won",      "work",     "went",    "got",
    "gone",     "ran",         "left",     "led",      "came",     "made",    "wrote",
    "written",  "bought",      "built",    "given",    "held",     "kept",    "met",
    "sent",     "taught",      "did",      "done",     "born",     "founded", "found",
    "open",     "flow",        "reside",   "fly",      "depart",   "land",    "prescribe",
    "diagnose", "report",      "involve",  "refer",    "start",    "end",     "finish",
    "complete", "ship",        "deliver",  "post",     "submit",   "apply",   "accept",
    "reject",   "approve",     "link",     "connect",  "traverse", "sign",    "enrol",
    "assign",   "transact",    "graduate", "live",     "belong",   "happen",  "occur",
    "need",     "want",        "choose",
};

// Units of measure: behind a number, or in "in meters" and "per square kilometer", they say nothing
// that the column does not.
constexpr std::string_view kUnits[] = {
    "meter",      "meters", "metre", "metres",     "kilometer",   "kilometers", "kilometre",
    "kilometres", "km",     "cm",    "centimeter", "centimeters", "mm",         "mile",
    "miles",      "mph",    "kmh",   "kph",        "foot",        "feet",       "ft",
    "inch",       "inches", "kg",    "kilogram",   "kilograms",   "gram",       "grams",
    "pound",      "pounds", "lbs",   "ton",        "tons",        "tonnes",     "dollars",
    "usd",        "eur",    "euro",  "euros",      "celsius",     "fahrenheit", "acres",
    "hectares"};

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
    {"better than", Comparison::kGreater},
    {"over", Comparison::kGreater},
    {"above", Comparison::kGreater},
    {"later than", Comparison::kGreater},
    {"earlier than", Comparison::kLess},
    {"exceeding", Comparison::kGreater},
    {"exceeds", Comparison::kGreater},
    {"exceed", Comparison::kGreater},
    {">", Comparison::kGreater},
    {"less than", Comparison::kLess},
    {"fewer than", Comparison::kLess},
    {"lower than", Comparison::kLess},
    {"smaller than", Comparison::kLess},
    {"worse than", Comparison::kLess},
    {"under", Comparison::kLess},
    {"below", Comparison::kLess},
    {"<", Comparison::kLess},
    {"at least", Comparison::kGreaterOrEqual},
    {"not less than", Comparison::kGreaterOrEqual},
    {"no less than", Comparison::kGreaterOrEqual},
    {"no fewer than", Comparison::kGreaterOrEqual},
    {"no smaller than", Comparison::kGreaterOrEqual},
    {"no lower than", Comparison::kGreaterOrEqual},
    {"greater than or equal to", Comparison::kGreaterOrEqual},
    {"more than or equal to", Comparison::kGreaterOrEqual},
    {"minimum of", Comparison::kGreaterOrEqual},
    {">=", Comparison::kGreaterOrEqual},
    {"at most", Comparison::kLessOrEqual},
    {"not more than", Comparison::kLessOrEqual},
    {"no more than", Comparison::kLessOrEqual},
    {"no greater than", Comparison::kLessOrEqual},
    {"no higher than", Comparison::kLessOrEqual},
    {"no larger than", Comparison::kLessOrEqual},
    {"less than or equal to", Comparison::kLessOrEqual},
    {"fewer than or equal to", Comparison::kLessOrEqual},
    {"up to", Comparison::kLessOrEqual},
    {"<=", Comparison::kLessOrEqual},
    {"exactly", Comparison::kEqual},
    {"equal to", Comparison::kEqual},
    {"equals", Comparison::kEqual},
    {"equals to", Comparison::kEqual},
    {"=", Comparison::kEqual},
    {"between", Comparison::kBetween},
    {"in the range of", Comparison::kBetween},
    {"ranging from", Comparison::kBetween},
};

// "more orders than", "higher price than": what is compared stands between.
constexpr ComparisonPhrase kSplitComparisons[] = {
    {"more", Comparison::kGreater},   {"greater", Comparison::kGreater},
    {"higher", Comparison::kGreater}, {"larger", Comparison::kGreater},
    {"bigger", Comparison::kGreater}, {"fewer", Comparison::kLess},
    {"less", Comparison::kLess},      {"lower", Comparison::kLess},
    {"smaller", Comparison::kLess},
};

constexpr std::size_t kSplitReach = 4;  // words between "more" and "than"

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

constexpr std::string_view kBrackets[] = {"(", ")"};

constexpr std::string_view kNumberWords[] = {"zero", "one",    "two",   "three", "four",
                                             "five", "six",    "seven", "eight", "nine",
                                             "ten",  "eleven", "twelve"};

Meaning Of(MeaningKind kind) {
  Meaning meaning;
  meaning.kind = kind;
  return meaning;
}

Meaning MeaningOf(std::string_view /*neutral*/) { return Of(MeaningKind::kNeutral); }

Meaning MeaningOf(const Phrase& phrase) { return Of(phrase.kind); }

Meaning MeaningOf(const SharePhrase& phrase) {
  Meaning meaning = Of(MeaningKind::kShare);
  meaning.shares = phrase.shares;
  return meaning;
}

Meaning MeaningOf(const AggregatePhrase& phrase) {
  Meaning meaning = Of(MeaningKind::kAggregate);
  meaning.aggregation = phrase.aggregation;
  return meaning;
}

Meaning MeaningOf(const SuperlativePhrase& phrase) {
  Meaning meaning = Of(MeaningKind::kSuperlative);
  meaning.descending = phrase.descending;
  meaning.ranks = phrase.ranks;
  return meaning;
}

Meaning MeaningOf(const DirectionPhrase& phrase) {
  Meaning meaning = Of(MeaningKind::kDirection);
  meaning.descending = phrase.descending;
  return meaning;
}

Meaning MeaningOf(const PatternPhrase& phrase) {
  Meaning meaning = Of(MeaningKind::kPattern);
  meaning.pattern = phrase.pattern;
  return meaning;
}

Meaning MeaningOf(const ComparisonPhrase& phrase) {
  Meaning meaning = Of(MeaningKind::kComparison);
  meaning.comparison = phrase.comparison;
  return meaning;
}

std::string_view WordsOf(std::string_view words) { return words; }

template <class Entry>
std::string_view WordsOf(const Entry& entry) {
  return entry.words;
}

// Keeps the longer of two matches; the first wins a tie.
void Offer(std::size_t at, std::size_t length, const Meaning& meaning,
           std::optional<PhraseMatch>* best) {
  if (length == 0 || (*best && (*best)->end >= at + length)) return;
  *best = PhraseMatch{at + length, meaning};
}

// Hundreds of phrases are looked for at each word, and nearly all begin with another letter.
bool MayStandAt(const std::vector<Token>& tokens, std::size_t at, std::string_view phrase) {
  return at < tokens.size() && !tokens[at].lower.empty() &&
         tokens[at].lower.front() == phrase.front();
}

// Offers those phrases of a table that stand at `at`.
template <class Entry, std::size_t kCount>
void OfferPhrases(const std::vector<Token>& tokens, std::size_t at, const Entry (&table)[kCount],
                  std::optional<PhraseMatch>* best) {
  for (const Entry& entry : table) {
    if (!MayStandAt(tokens, at, WordsOf(entry))) continue;
    const std::size_t length = CountPhraseTokens(tokens, at, WordsOf(entry));
    if (length > 0) Offer(at, length, MeaningOf(entry), best);
  }
}

// "descending", "from highest to lowest", "ordered from highest to lowest"
void OfferDirections(const std::vector<Token>& tokens, std::size_t at,
                     std::optional<PhraseMatch>* best) {
  std::size_t head = 0;
  for (const std::string_view verb : {"ordered", "sorted", "ranked", "listed", "arranged"}) {
    head = std::max(head, CountPhraseTokens(tokens, at, verb));
  }
  for (const DirectionPhrase& phrase : kDirections) {
    const std::size_t whole = CountPhraseTokens(tokens, at, phrase.words);
    if (whole > 0) Offer(at, whole, MeaningOf(phrase), best);
    const std::size_t rest = head == 0 ? 0 : CountPhraseTokens(tokens, at + head, phrase.words);
    if (rest > 0) Offer(at, head + rest, MeaningOf(phrase), best);
  }
}

std::size_t CountUnitTokens(const std::vector<Token>& tokens, std::size_t at) {
  const auto is = [&](std::size_t i, std::string_view word) {
    return i < tokens.size() && tokens[i].lower == word;
  };
  std::size_t end = at;
  if (is(end, "per")) ++end;
  if (is(end, "square") || is(end, "cubic")) ++end;
  const bool unit = end < tokens.size() && std::find(std::begin(kUnits), std::end(kUnits),
                                                     tokens[end].lower) != std::end(kUnits);
  if (!unit) return 0;
  const bool behind_number = at > 0 && tokens[at - 1].kind == TokenKind::kNumber;
  const bool named = at > 0 && (is(at - 1, "in") || is(at - 1, "of") || is(at - 1, "("));
  return behind_number || named || is(at, "per") ? end + 1 - at : 0;
}

// "in people per square kilometer"
std::size_t CountRateTokens(const std::vector<Token>& tokens, std::size_t at) {
  if (at + 2 >= tokens.size() || tokens[at].lower != "in" || tokens[at + 2].lower != "per")
    return 0;
  const std::size_t unit = CountUnitTokens(tokens, at + 2);
  return unit == 0 ? 0 : unit + 2;
}

// "oldest", "more expensive than": adjectives that say what they measure. "most" and "few" count,
// and are phrases of their own.
void OfferGradable(const std::vector<Token>& tokens, std::size_t at,
                   std::optional<PhraseMatch>* best) {
  std::string words;
  for (std::size_t length = 1; length <= kMaxGradableWords; ++length) {
    if (at + length > tokens.size() || tokens[at + length - 1].kind != TokenKind::kWord) return;
    words += (words.empty() ? "" : " ") + tokens[at + length - 1].lower;
    const std::optional<Gradable> gradable = GradableOf(words);
    if (!gradable || gradable->reach == Reach::kCount || gradable->attributes.empty()) continue;
    const bool greater = gradable->end == End::kGreatest;
    const bool than = gradable->degree == Degree::kComparative &&
                      CountPhraseTokens(tokens, at + length, "than") > 0;
    if (gradable->degree != Degree::kSuperlative && !than) continue;
    Meaning meaning = Of(than ? MeaningKind::kComparison : MeaningKind::kSuperlative);
    meaning.descending = greater;
    meaning.comparison = greater ? Comparison::kGreater : Comparison::kLess;
    if (gradable->reach == Reach::kNamed || !than) meaning.attributes = gradable->attributes;
    meaning.flipped = gradable->instants;
    const std::size_t end = at + length + (than ? 1 : 0);
    meaning.temporal = *best && (*best)->end == end && (*best)->meaning.ranks == Ranks::kTime;
    if (!*best || (*best)->end <= end) *best = PhraseMatch{end, meaning};
  }
}

// "over the previous quarter", "against the year before", "year over year", "month-on-month".
void OfferEarlier(const std::vector<Token>& tokens, std::size_t at,
                  std::optional<PhraseMatch>* best) {
  const auto word = [&](std::size_t place) {
    return place < tokens.size() ? std::string_view(tokens[place].lower) : std::string_view();
  };
  const auto offer = [&](std::size_t unit_at, std::size_t end) {
    if (unit_at >= tokens.size()) return;
    Meaning meaning = Of(MeaningKind::kEarlier);
    const std::optional<PhraseMatch> unit = MatchGrain(tokens, unit_at);
    if (!unit && word(unit_at) != "period") return;
    meaning.is_any_grain = !unit;
    if (unit) meaning.grain = unit->meaning.grain;
    Offer(at, end - at, meaning, best);
  };
  const bool hyphens = word(at + 1) == "-" && word(at + 3) == "-";
  const std::size_t step = hyphens ? 2 : 1;
  const bool doubled =
      (word(at + step) == "over" || word(at + step) == "on") && word(at) == word(at + 2 * step);
  if (doubled) offer(at, at + 2 * step + 1);
  for (const std::string_view lead : kEarlierLeads) {
    std::size_t next = at + CountPhraseTokens(tokens, at, lead);
    if (next == at) continue;
    if (word(next) == "the") ++next;
    const bool earlier = word(next) == "previous" || word(next) == "prior" ||
                         word(next) == "preceding" || word(next) == "last";
    if (earlier) offer(next + 1, next + 2);
    if (word(next + 1) == "before") offer(next, next + 2);
  }
}

// "duration between", "number of days from", "in seconds", "in no. of days"
void OfferDifference(const std::vector<Token>& tokens, std::size_t at,
                     std::optional<PhraseMatch>* best) {
  // "between 5 and 10" compares, and so does "between January and June".
  const auto leads = [&](std::size_t place) {
    const bool lead = place + 1 < tokens.size() &&
                      (tokens[place].lower == "between" || tokens[place].lower == "from");
    return lead && tokens[place + 1].kind == TokenKind::kWord && !NumberAt(tokens, place + 1) &&
           !IsCapitalised(tokens[place + 1]);
  };
  Meaning difference = Of(MeaningKind::kDifference);
  for (const std::string_view words : kDifferences) {
    const std::size_t length = CountPhraseTokens(tokens, at, words);
    const bool from = at + length < tokens.size() && tokens[at + length].lower == "from";
    if (from && words != "duration" && words != "elapsed time") continue;
    if (length > 0 && leads(at + length)) Offer(at, length + 1, difference, best);
  }
  std::size_t head = at;
  for (const std::string_view words : {"number of", "total number of", "how many", "no . of", "in",
                                       "in number of", "in no . of"}) {
    head = std::max(head, at + CountPhraseTokens(tokens, at, words));
  }
  difference.has_unit = true;
  for (const UnitWord& unit : kDurationUnits) {
    if (CountPhraseTokens(tokens, head, unit.word) == 0) continue;
    difference.grain = unit.unit;
    if (leads(head + 1)) Offer(at, head + 2 - at, difference, best);
    Meaning alone = Of(MeaningKind::kUnit);
    alone.grain = unit.unit;
    if (tokens[at].lower == "in") Offer(at, head + 1 - at, alone, best);
  }
}

void OfferSplitComparison(const std::vector<Token>& tokens, std::size_t at,
                          std::optional<PhraseMatch>* best) {
  std::size_t than = at + 1;
  while (than < tokens.size() && tokens[than].kind == TokenKind::kWord &&
         tokens[than].lower != "than" && than <= at + kSplitReach) {
    ++than;
  }
  const bool split = than > at + 1 && than < tokens.size() && tokens[than].lower == "than";
  if (!split) return;
  for (const ComparisonPhrase& phrase : kSplitComparisons) {
    Meaning meaning = MeaningOf(phrase);
    meaning.is_split = true;
    Offer(at, CountPhraseTokens(tokens, at, phrase.words), meaning, best);
  }
}

}  // namespace

std::size_t CountPhraseTokens(const std::vector<Token>& tokens, std::size_t at,
                              std::string_view phrase) {
  if (!phrase.empty() && !MayStandAt(tokens, at, phrase)) return 0;
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
  OfferPhrases(tokens, at, kPhrases, &best);
  OfferPhrases(tokens, at, kShares, &best);
  OfferPhrases(tokens, at, kAggregates, &best);
  OfferPhrases(tokens, at, kSuperlatives, &best);
  OfferDirections(tokens, at, &best);
  OfferPhrases(tokens, at, kPatterns, &best);
  OfferPhrases(tokens, at, kComparisons, &best);
  OfferGradable(tokens, at, &best);
  OfferSplitComparison(tokens, at, &best);
  OfferEarlier(tokens, at, &best);
  OfferDifference(tokens, at, &best);
  OfferPhrases(tokens, at, kNeutral, &best);
  Offer(at, CountUnitTokens(tokens, at), Of(MeaningKind::kNeutral), &best);
  Offer(at, CountRateTokens(tokens, at), Of(MeaningKind::kNeutral), &best);
  OfferPhrases(tokens, at, kBrackets, &best);
  if (!best && IsPause(tokens[at])) best = PhraseMatch{at + 1, Of(MeaningKind::kPause)};
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

namespace {

// "at least twice", "more than once".
std::optional<double> TimesAt(const std::vector<Token>& tokens, std::size_t at) {
  if (at == 0 || at >= tokens.size()) return std::nullopt;
  const std::string& before = tokens[at - 1].lower;
  const bool counted =
      before == "least" || before == "most" || before == "than" || before == "exactly";
  if (!counted) return std::nullopt;
  if (tokens[at].lower == "once") return 1;
  if (tokens[at].lower == "twice") return 2;
  return std::nullopt;
}

}  // namespace

std::optional<PhraseMatch> MatchNumber(const std::vector<Token>& tokens, std::size_t at) {
  static constexpr std::pair<std::string_view, double> kMultipliers[] = {
      {"hundred", 1e2}, {"thousand", 1e3}, {"million", 1e6}, {"billion", 1e9}};
  const auto multiplier = [&](std::size_t place) {
    for (const auto& [word, factor] : kMultipliers) {
      if (place < tokens.size() && tokens[place].lower == word) return factor;
    }
    return 0.0;
  };
  std::optional<double> number = NumberAt(tokens, at);
  if (!number) number = TimesAt(tokens, at);
  if (!number && at < tokens.size() && tokens[at].lower == "a" && multiplier(at + 1) > 0)
    number = 1;
  if (!number) return std::nullopt;
  PhraseMatch match;
  match.end = at + 1;
  match.meaning = Of(MeaningKind::kNumber);
  match.meaning.number = *number;
  for (; multiplier(match.end) > 0; ++match.end) match.meaning.number *= multiplier(match.end);
  return match;
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

bool IsCommonVerb(const std::string& lower) {
  const std::string stem = Stem(lower);
  return std::any_of(std::begin(kVerbs), std::end(kVerbs), [&](std::string_view verb) {
    // A stem keeps the first letter, which spares nearly all of these their stemming.
    return !lower.empty() && verb.front() == lower.front() && (verb == lower || Stem(verb) == stem);
  });
}

bool IsVerbForm(const std::string& lower) {
  if (IsCommonVerb(lower)) return true;
  const auto ends = [&](std::string_view ending) {
    return lower.size() > ending.size() + 2 &&
           lower.compare(lower.size() - ending.size(), ending.size(), ending) == 0;
  };
  return ends("ed") || ends("ing") || ends("ly");
}

bool IsMeasuringNoun(std::string_view lower) {
  static constexpr std::string_view kNouns[] = {"amount", "figure", "level",  "number", "quantity",
                                                "score",  "size",   "values", "value"};
  return IsOneOf(kNouns, lower);
}

bool IsVagueNoun(std::string_view lower) {
  static constexpr std::string_view kNouns[] = {"details", "information", "data"};
  return IsOneOf(kNouns, lower);
}

bool IsFunctionWord(const Token& token) {
  if (token.kind == TokenKind::kSymbol) return true;
  if (token.kind != TokenKind::kWord) return false;
  const std::vector<Token> alone = {Token(), token};
  return MatchPhrase(alone, 1).has_value();
}

}  // namespace loupe::ask
