// Rule: what is known of which chart serves which data, each with its source.
//
// A design gathers points by the rules that speak for or against it; the sum is its score, and the
// same entries are the reasons that a reader sees. A rule is a name, a source and a sentence; how
// much it weighs in a design stands where the design is made (kind_*.cpp).
//
//   connect-what-follows   Mackinlay 1986   Joined positions show slopes, …
//
// Tested by test/unit/recommend_rule_test.cpp.
#ifndef LOUPE_CORE_RECOMMEND_RULE_HPP
#define LOUPE_CORE_RECOMMEND_RULE_HPP

#include <string>

namespace loupe::recommend {

enum class Rule {
  kPosition,
  kConnection,
  kLength,
  kHueForNames,
  kFewHues,
  kColourIsWeak,
  kAngleIsWeak,
  kAreaIsWeak,
  kExpressAll,
  kLeavesOut,
  kSorted,
  kOwnOrder,
  kLying,
  kCommonBaseline,
  kZeroBaseline,
  kNoZeroNeeded,
  kSignedValues,
  kPartsOfWhole,
  kStackedParts,
  kSmallMultiples,
  kBins,
  kSummary,
  kEachValue,
  kOverplotting,
  kLogarithm,
  kInterval,
  kRankOrder,
  kTwoMoments,
  kCalendar,
  kPath,
  kPlace,
  kTopOnly,
  kOneNumber,
  kDigits,
  kOverview,
  kTask,
  kNamed,
  kPlainness,
};

struct RuleText {
  const char* name;    // "position-first"
  const char* source;  // "Mackinlay 1986; Cleveland & McGill 1984"
  const char* states;  // a full sentence
};

[[nodiscard]] const RuleText& TextOf(Rule rule);

// A rule as it spoke in one design.
struct Reason {
  Rule rule = Rule::kPosition;
  int points = 0;   // hundredths of the score; below zero: against
  std::string why;  // a full sentence about these columns
};

}  // namespace loupe::recommend

#endif  // LOUPE_CORE_RECOMMEND_RULE_HPP
