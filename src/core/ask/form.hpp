// Form: one reading of a question with every word bound to the model. What the reading means,
// before it becomes a statement.
//
//   names of singers above the average age
//     outputs     [singer.name]
//     conditions  [singer.age > avg(singer.age)]
//
// A form says nothing of joins: FormToSelect finds them from the entities that it speaks of.
//
// Tested by test/unit/ask_read_test.cpp.
#ifndef LOUPE_CORE_ASK_FORM_HPP
#define LOUPE_CORE_ASK_FORM_HPP

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/ask/meaning.hpp"
#include "core/base/json.hpp"
#include "core/semantic/model.hpp"

namespace loupe::ask {

// A dimension of an entity, or a measure of it.
struct MemberRef {
  int entity = -1;
  int member = -1;
  bool operator==(const MemberRef& other) const {
    return entity == other.entity && member == other.member;
  }
};

struct FormValue {
  enum class Kind {
    kColumn,
    kCount,      // of the rows of `ref.entity`, or of the distinct values of a dimension
    kAggregate,  // `aggregation` over a dimension
    kMeasure,    // of the model
    kGrain,      // the periods of a time dimension
    kShare,      // the form's share; `ref` is of what it counts or adds up
    kGrowth,     // the form's growth; likewise
  };
  Kind kind = Kind::kColumn;
  MemberRef ref;  // member -1: the rows
  semantic::Aggregation aggregation = semantic::Aggregation::kCount;
  MemberRef since = {};  // of kColumn and kAggregate: what is taken off the column, where set

  [[nodiscard]] bool IsAggregate() const {
    return kind == Kind::kCount || kind == Kind::kAggregate || kind == Kind::kMeasure ||
           kind == Kind::kShare || kind == Kind::kGrowth;
  }
  [[nodiscard]] bool IsDifference() const { return since.entity >= 0; }
  bool operator==(const FormValue& other) const {
    return kind == other.kind && ref == other.ref && aggregation == other.aggregation &&
           since == other.since;
  }
};

struct FormCondition {
  FormValue left;
  Comparison comparison = Comparison::kEqual;
  std::optional<Pattern> pattern;
  std::vector<Json> values;        // one, two for kBetween, several for "one of"
  std::optional<TimeRange> range;  // instead of values
  std::optional<FormValue> right;  // an aggregate over all rows, instead of values …
  std::optional<semantic::Aggregation> over_groups;  // … or over the groups' own left sides
  bool negated = false;
  int alternative = 0;  // conditions with the same number are joined by OR
};

// The row, or rows, of an entity that come first in an order: of all, or within each group.
struct FormRank {
  FormValue by;
  bool descending = true;
  std::int64_t limit = 1;
  std::vector<FormValue> within;     // columns and periods
  std::vector<int> within_entities;  // a row each

  [[nodiscard]] bool IsWithin() const { return !within.empty() || !within_entities.empty(); }
};

// What holds for something of its own beside each row.
struct FormGroup {
  bool excluded = true;   // there is none; else there is one
  bool of_kinds = false;  // among all rows that show the same
  std::vector<int> entities;
  std::vector<FormCondition> conditions;
};

// A number over the same number of more rows, or over another one: of those that are in all of
// `part` over those that are in all of `whole`. A share of the total is what each group has of all
// groups.
struct FormShare {
  FormValue of;                    // a count, a sum or a measure
  std::optional<FormValue> below;  // "ratio of publications to keywords": what it is divided by
  std::vector<FormGroup> part;
  std::vector<FormGroup> whole;  // beside the form's conditions
  bool of_total = false;
  bool averaged = false;  // the average of the ratios of rows: `of` and `below` add up columns
  Shares shares = Shares::kPart;

  // Whether the two numbers are of different things.
  [[nodiscard]] bool IsOfTwo() const { return below && below->ref.entity != of.ref.entity; }
};

// By how many percent a number is greater than before: each period of `grain` than the one a unit
// earlier, or all of `last` than all of `first`.
struct FormGrowth {
  FormValue of;
  std::optional<TimeUnit> back;
  std::optional<FormCondition> first;
  std::optional<FormCondition> last;
  std::optional<TimeRange> shown;  // of the periods; those before are counted and not shown
};

struct FormOrder {
  FormValue by;
  bool descending = false;
};

// How well the words fit what they are bound to; see SignsOf.
struct FormFit {
  double words = 1;             // of all phrases, a product
  double weakest = 1;           // of the worst phrase
  double roles = 1;             // a product
  double assumed = 1;           // a product
  int joins = 0;                // to what is spoken of
  int linked = 0;               // tables on the way there that hold nothing but the link
  int between = 0;              // other tables on the way there that nobody spoke of
  double far = 0;               // phrases in words that only have to do with what they name
  std::size_t in_part = 0;      // names that are met in part
  std::size_t choices = 0;      // phrases that have another reading as good
  std::size_t loose_texts = 0;  // compared values that nothing knows
  std::size_t implied = 0;      // columns shown for things that are named alone
  std::size_t labels = 0;       // the same for things that are grouped by
};

struct Form {
  std::vector<FormValue> outputs;
  std::vector<MemberRef> groups;    // dimensions
  std::vector<int> group_entities;  // a row each
  std::vector<int> mentions;        // entities that have to be there
  std::vector<int> things;          // those of them that are named as such: "singers"
  std::vector<FormCondition> conditions;
  std::vector<FormGroup> nested;
  std::optional<FormRank> rank;                // of the rows of the answer
  int restricted = -1;                         // entity that `restriction` picks rows of …
  std::optional<MemberRef> restricted_column;  // … or values of a column of it
  std::optional<FormRank> restriction;
  std::optional<FormShare> share;    // what the output of kind kShare shows
  std::optional<FormGrowth> growth;  // and that of kind kGrowth
  std::vector<FormOrder> order;
  std::optional<TimeUnit> grain;      // of the output of kind kGrain
  std::optional<TimeUnit> unit;       // that differences of times are told in: seconds to days
  std::optional<std::int64_t> limit;  // of rows without a rank
  bool distinct = false;
  double score = 1;  // 0 to 1
  FormFit fit;
  int origin = -1;  // the binding that it comes from, where a trace is kept
  std::vector<std::string> warnings;

  [[nodiscard]] bool HasAggregates() const {
    for (const FormValue& output : outputs) {
      if (output.IsAggregate()) return true;
    }
    return false;
  }

  [[nodiscard]] bool HasDifferences() const {
    for (const FormValue& output : outputs) {
      if (output.IsDifference()) return true;
    }
    for (const FormOrder& by : order) {
      if (by.by.IsDifference()) return true;
    }
    for (const FormCondition& condition : conditions) {
      if (condition.left.IsDifference()) return true;
    }
    return rank && rank->by.IsDifference();
  }
};

}  // namespace loupe::ask

#endif  // LOUPE_CORE_ASK_FORM_HPP
