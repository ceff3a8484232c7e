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
  kEntity,   // things of the model …
  kDimension,
  kMeasure,
  kQuantity,
  kValue,        // a stored value of a dimension
  kAggregate,    // "average"
  kCount,        // "how many"
  kSuperlative,  // "highest"
  kNumber,
  kComparison,  // "more than 100"
  kTime,        // "in July 2013"
  kGrain,       // "month"
  kGroup,       // "by", "for each"
  kSort,        // "sorted by"
  kDirection,   // "descending"
  kNegation,    // "not"
  kAnd,
  kOr,
  kWhich,
  kList,  // "show"
  kDistinct,
  kFrom,  // prepositions that tell the role of a value
  kTo,
  kWith,
};

enum class Comparison { kLess, kLessOrEqual, kEqual, kGreaterOrEqual, kGreater, kBetween };

// What a superlative ranks: its noun ("top 5 carriers"), a count ("most flights") or a number
// ("highest delay").
enum class Ranks { kSubject, kCountOrNumber, kNumber };

// A half-open range; an end without a value is open. A month or quarter without a year keeps only
// its number.
struct TimeRange {
  std::optional<DateTime> from;
  std::optional<DateTime> to;  // excluded
  int month_of_year = 0;       // 1-12: "in July"
  int quarter_of_year = 0;     // 1-4: "in the third quarter"
};

// The fields after `weight` are set where the kind needs them.
struct Meaning {
  MeaningKind kind = MeaningKind::kNeutral;
  double weight = 1;  // 0 to 1: how well the span names it
  int entity = -1;    // index into Model::entities
  int member = -1;    // of the dimension, measure or quantity
  semantic::Aggregation aggregation = semantic::Aggregation::kCount;
  bool descending = true;  // kSuperlative, kDirection
  Ranks ranks = Ranks::kNumber;
  Comparison comparison = Comparison::kEqual;
  double number = 0;
  double second_number = 0;  // upper end of kBetween
  TimeRange time;
  TimeUnit grain = TimeUnit::kDay;
  std::string value;
};

struct Segment {
  std::size_t begin = 0;  // tokens
  std::size_t end = 0;
  std::vector<Meaning> meanings;  // best first, never empty
};

}  // namespace loupe::ask

#endif  // LOUPE_CORE_ASK_MEANING_HPP
