// Finds regular expressions whose cost may explode, from their text alone.
//
// PostgreSQL matches without captures by an automaton, but compiling counted repetition multiplies
// states, captures are dissected by trial, and back references by search. A statement from outside
// has no need of the shapes that make this slow, so they are named here and refused:
//
//   (a+)+  (a|a?)*  (\w+\s?)+    a repeated group that can be passed without any fixed part
//   (ab|ac)*                     a repeated group two of whose branches begin alike
//   ((x{100}){100})              counted repetition that multiplies beyond kMaxRegexCopies
//   (\w+)\1                      a back reference
//
// ([a-z]+,)* is none of these: the comma is a fixed part of every round.
//
// The syntax is that of PostgreSQL's advanced regular expressions. Nothing is allocated.
// Tested by test/unit/validate_regex_shape_test.cpp.
#ifndef LOUPE_CORE_VALIDATE_REGEX_SHAPE_HPP
#define LOUPE_CORE_VALIDATE_REGEX_SHAPE_HPP

#include <cstddef>
#include <string_view>

namespace loupe::validate {

enum class RegexRisk {
  kNone,
  kTooLong,        // more than kMaxRegexBytes
  kTooDeep,        // groups nest deeper than kMaxRegexDepth
  kBackReference,  // \1 … \9
  kNestedRepeat,   // a repeated group without a fixed part
  kOverlap,        // a repeated group with branches that begin alike
  kTooManyCopies,  // counted repetition
  kBasicSyntax,    // the option b: another syntax, which nobody writes today
};

constexpr std::size_t kMaxRegexBytes = 1024;
constexpr int kMaxRegexDepth = 32;
constexpr double kMaxRegexCopies = 2000;

// `options` are the letters of a flags argument, such as "gi"; "" = none. O(length).
[[nodiscard]] RegexRisk AssessRegex(std::string_view pattern, std::string_view options) noexcept;

// What to tell the user: "has a back reference". Demands risk != kNone.
[[nodiscard]] const char* DescribeRisk(RegexRisk risk) noexcept;

}  // namespace loupe::validate

#endif  // LOUPE_CORE_VALIDATE_REGEX_SHAPE_HPP
