// Meaning: what a span of the question can stand for; Segment: a span with all its meanings.
//
//   average | departure delay    | by    | carrier
//   kAggregate kQuantity(flights)  kGroup  kDimension(flights.carrier) or
//   kDimension(airlines.carrier)
//
// A quantity is a number that the model can aggregate: the column behind the measures
// "avg_dep_delay" and "max_dep_delay", and behind the dimension "dep_delay" where there is one.
#ifndef LOUPE_CORE_ASK_MEANING_HPP
#define LOUPE_CORE_ASK_MEANING_HPP

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "core/base/calendar.hpp"
#include "core/semantic/model.hpp"

namespace loupe::ask {

enum class MeaningKind {
  kNeutral,  // a function word
  kUnknown,  // a word that nothing here knows
  kPause,    // the end of a sentence
  kEntity,   // things of the model …
  kDimension,
  kMeasure,
  kQuantity,
  kValue,        // a stored value of a dimension
  kText,         // a quoted text, a word in capitals: a value if anything
  kAggregate,    // "average"
  kCount,        // "how many"
  kSuperlative,  // "most", "highest", "oldest", "top"
  kNumber,
  kComparison,  // "more than", "between", "older than"; numbers follow
  kPattern,     // "contains", "starts with"
  kTime,        // "in July 2013"
  kGrain,       // "month"
  kEach,        // "for each", "per"
  kBy,          // "by": a group, or who did it
  kSort,        // "sorted by"
  kDirection,   // "descending"
  kNegation,    // "not", "no", "without"
  kExcept,      // "except", "but not"
  kAnd,
  kComma,
  kOr,
  kBoth,
  kWhich,
  kWho,
  kWhen,
  kList,  // "show"
  kAll,   // "all the information"
  kDistinct,
  kOf,
  kFrom,  // prepositions that tell the role of a value
  kTo,
  kIn,          // "in", "on", "at", "for" and the like
  kWith,        // "with", "having", "whose": a condition follows
  kThat,        // "that", "who", "which" behind a noun
  kShare,       // "percentage of", "ratio of"
  kCompare,     // "compare", "compared with", "versus"
  kGrowth,      // "growth of"
  kEarlier,     // "over the previous quarter", "year over year"
  kDifference,  // "duration between", "days from": two columns follow
  kUnit,        // "in seconds"
};

enum class Comparison { kLess, kLessOrEqual, kEqual, kGreaterOrEqual, kGreater, kBetween };

// What holds between two sides when they change places: "more than" is "less than".
[[nodiscard]] constexpr Comparison Turned(Comparison comparison) {
  switch (comparison) {
    case Comparison::kLess:
      return Comparison::kGreater;
    case Comparison::kGreater:
      return Comparison::kLess;
    case Comparison::kLessOrEqual:
      return Comparison::kGreaterOrEqual;
    case Comparison::kGreaterOrEqual:
      return Comparison::kLessOrEqual;
    default:
      return comparison;
  }
}

enum class Pattern { kContains, kStartsWith, kEndsWith };

// What a superlative ranks: its noun ("top 5 carriers"), a count ("most flights"), a number
// ("highest delay") or a time ("latest order").
enum class Ranks { kSubject, kCountOrNumber, kNumber, kTime };

// What a share is told as, and what of.
enum class Shares {
  kPart,     // "share of": 0 to 1
  kPercent,  // "percentage of": 0 to 100
  kRatio,    // "ratio of … to …"
};

// A half-open range; an end without a value is open. A month or quarter without a year keeps only
// its number.
struct TimeRange {
  std::optional<DateTime> from;
  std::optional<DateTime> to;  // excluded
  int month_of_year = 0;       // 1-12: "in July"
  int quarter_of_year = 0;     // 1-4: "in the third quarter"
  int last_of_year = 0;        // "from October to December": of the months or quarters the last
};

// The fields after `weight` are set where the kind needs them.
struct Meaning {
  MeaningKind kind = MeaningKind::kNeutral;
  double weight = 1;     // 0 to 1: how well the span names it
  double kept = 1;       // 0 to 1: how well other words stand for those of the name, in the weight
  bool in_part = false;  // the span has a part of the name only: "delay" for departure delay
  int entity = -1;       // index into Model::entities
  int member = -1;       // of the dimension, measure or quantity
  semantic::Aggregation aggregation = semantic::Aggregation::kCount;
  bool descending = true;  // kSuperlative, kDirection
  Ranks ranks = Ranks::kNumber;
  Shares shares = Shares::kPart;
  // Of kSuperlative and kComparison, what the adjective measures ("old": age, birth date); a name
  // that is among the flipped ones turns the direction round.
  std::vector<std::string_view> attributes;
  std::vector<std::string_view> flipped;
  Comparison comparison = Comparison::kEqual;
  bool is_split = false;  // kComparison: "more … than", what is compared stands between
  Pattern pattern = Pattern::kContains;
  bool negated = false;   // kPattern, kWith: "without"
  bool temporal = false;  // kDimension: a time; kSuperlative: "latest"
  bool truth = false;     // kDimension: yes or no
  bool owned = false;     // "names of customers" as one: said with the things that it is of
  double number = 0;
  TimeRange time;
  TimeUnit grain = TimeUnit::kDay;
  bool is_any_grain = false;  // kEarlier: "the previous period", of whatever is grouped by
  bool has_unit = false;      // kDifference: "days between"; the unit is the grain
  std::string value;
  // Place among the words that were taught, of the one that means it; a kValue that has one stands
  // for that word's filter.
  int taught = -1;
};

struct Segment {
  std::size_t begin = 0;  // tokens
  std::size_t end = 0;
  std::vector<Meaning> meanings;  // best first, never empty
};

}  // namespace loupe::ask

#endif  // LOUPE_CORE_ASK_MEANING_HPP
