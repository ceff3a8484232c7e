// Regular expressions of ECMAScript, as far as pictures need them:
//
//   alternation, groups (capturing, (?:…), named), back references, classes, \d \w \s \b and their
//   opposites, ^ $ ., greedy and lazy quantifiers; flags g i m s u y
//
// Look-around is not offered. Case is folded for ASCII letters only. The pattern is compiled to
// instructions that a backtracking machine runs on code points; each instruction is a step that the
// caller's budget counts, and the stack of choices is bounded.
//
// Tested by test/unit/chart_expression_function_test.cpp.
#ifndef LOUPE_CORE_CHART_EXPRESSION_PATTERN_HPP
#define LOUPE_CORE_CHART_EXPRESSION_PATTERN_HPP

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/status.hpp"

namespace loupe::chart {

class Pattern {
 public:
  struct Flags {
    bool global = false;
    bool ignore_case = false;
    bool multiline = false;
    bool dot_all = false;
    bool sticky = false;
  };
  // Bytes [begin, end) of each group, the whole match first; npos, npos where a group took no part.
  struct Span {
    std::size_t begin = std::string::npos;
    std::size_t end = std::string::npos;
  };
  using Match = std::vector<Span>;
  // Counts steps; an error ends the match.
  using Meter = std::function<Status(std::size_t steps)>;

  // Errors: kChartInvalidSpec for text that is no pattern, kChartNotSupported for look-around and
  // Unicode properties, kLimitExceeded for one beyond kMaxPatternInstructions.
  static Result<Pattern> Parse(std::string_view source, std::string_view flags);

  // The first match that begins at byte `from` or later. Errors: kLimitExceeded, those of `meter`.
  [[nodiscard]] Result<std::optional<Match>> Find(std::string_view text, std::size_t from,
                                                  const Meter& meter) const;

  [[nodiscard]] const Flags& flags() const { return flags_; }
  // Names of the groups, empty for those without; the whole match first.
  [[nodiscard]] const std::vector<std::string>& names() const { return names_; }
  // "/source/flags".
  [[nodiscard]] const std::string& text() const { return text_; }

  struct Range {
    char32_t low;
    char32_t high;
  };
  struct Instruction {
    enum class Kind {
      kRange,     // one code point within ranges [a, b), or outside where `negated`
      kAny,       // one code point, a line end only with flag s
      kSplit,     // goes on at a, or else at b
      kJump,      // goes on at a
      kSave,      // keeps the position in slot a
      kClear,     // forgets slots [a, b)
      kProgress,  // fails where the position is that of slot a
      kLineStart,
      kLineEnd,
      kWordEdge,       // or no word edge where `negated`
      kBackReference,  // text of group a
      kMatch
    };
    Kind kind = Kind::kMatch;
    std::uint32_t a = 0;
    std::uint32_t b = 0;
    bool negated = false;
  };

 private:
  friend class PatternCompiler;
  friend class PatternMachine;
  std::vector<Instruction> program_;
  std::vector<Range> ranges_;
  std::vector<std::string> names_ = {""};  // of groups, the whole match first
  std::size_t slot_count_ = 2;             // two a group, then one a loop
  Flags flags_;
  std::string text_;
};

constexpr std::size_t kMaxPatternInstructions = 4096;
constexpr std::size_t kMaxPatternChoices = 100'000;  // pending at a time

}  // namespace loupe::chart

#endif  // LOUPE_CORE_CHART_EXPRESSION_PATTERN_HPP
