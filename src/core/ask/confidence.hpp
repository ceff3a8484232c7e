// Confidence: how often a reading that looks like this one is right.
//
//   all words fit, one table, nothing assumed                        odds 23 : 1, 0.96
//   two tables between that nobody spoke of, one of two ways to join  odds  5 : 6, 0.45
//
// The score of a reading ranks it among the readings of its own question. Whether the best of them
// is right is another matter: it depends on how far the reading had to go beyond the words. Each
// sign of that divides the odds, and none ever raises them; how much it divides was measured on
// questions with known answers (confidence_odds.inc, written by scripts/derive-confidence).
//
// Tested by test/unit/ask_confidence_test.cpp.
#ifndef LOUPE_CORE_ASK_CONFIDENCE_HPP
#define LOUPE_CORE_ASK_CONFIDENCE_HPP

#include <array>
#include <cstddef>
#include <string_view>

#include "core/ask/form.hpp"
#include "core/ask/outline.hpp"
#include "core/semantic/model.hpp"

namespace loupe::ask {

enum class Sign {
  kWords,         // how far the phrases are from what they name, all together
  kWeakest,       // the same of the weakest phrase
  kFar,           // phrases in words that only have to do with what they name
  kInPart,        // names that are met in part
  kRoles,         // how badly the meanings suit what is asked of them
  kJoins,         // joins between what is spoken of
  kLinked,        // tables that are joined and hold nothing but the link
  kBetween,       // other tables that are joined and nobody spoke of
  kAssumptions,   // what nobody said
  kPassedOver,    // words that found no place
  kUnknown,       // verbs that mean nothing here
  kTiedPath,      // one of several ways to join
  kRival,         // how near the next reading comes
  kChoices,       // phrases that might as well mean something else
  kConditions,    // conditions on rows
  kAlternatives,  // conditions on several columns joined by OR
  kLooseText,     // texts that are no known value
  kExclusions,    // what is excluded, or each of both
  kGroups,        // a group of rows for each of some things
  kGroupLabels,   // those things are named without a column
  kGroupColumns,  // groups by columns alone
  kPeriods,       // a row for each period
  kCounted,       // conditions on counts
  kRanked,        // the first rows by an order
  kSorted,        // sorted rows
  kAggregates,    // numbers made of many rows
  kDistinct,      // different values
  kColumns,       // columns and numbers shown beyond the first, without what groups
  kImplied,       // columns are shown for a thing that is named without one
  kBeside,        // things that only have to be there
  kLength,        // words of the question beyond a dozen
};

constexpr std::size_t kSigns = static_cast<std::size_t>(Sign::kLength) + 1;

// The amount of each sign, 0 where it is absent.
using Signs = std::array<double, kSigns>;

// What the first of some readings shows. `rival` is the second score as a share of the first,
// `ties` whether one of several ways to join was taken, `governed` whether a person drew the joins
// and said what a thing is shown by, `length` the number of tokens.
struct Standing {
  double rival = 0;
  bool ties = false;
  bool governed = false;
  std::size_t length = 0;
};

[[nodiscard]] Signs SignsOf(const Form& form, const Outline& outline, const Standing& standing);

// 0 to 1, the expected share of such readings that are right.
[[nodiscard]] double ConfidenceOf(const Signs& signs);

// What the sign divides the odds by, at least 1.
[[nodiscard]] double DivisorOf(Sign sign, double amount);

[[nodiscard]] std::string_view NameOf(Sign sign);   // "joins"
[[nodiscard]] std::string_view InWords(Sign sign);  // "joins between what is spoken of"

}  // namespace loupe::ask

#endif  // LOUPE_CORE_ASK_CONFIDENCE_HPP
