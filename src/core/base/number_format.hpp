// Number formats in the mini-language of d3-format, which Vega-Lite's axes and labels speak:
//
//   [[fill]align][sign][symbol][0][width][,][.precision][~][type]
//
//   FormatNumber(",.2f", 1234.5)  "1,234.50"      FormatNumber("~s", 1500)   "1.5k"
//   FormatNumber(".1%", 0.256)    "25.6%"         FormatNumber("$,d", 4200)  "$4,200"
//
//   FormatNumber("$,.2f", -1234.5, german)  "−1.234,50 €"
//
// The locale is en-US where none is given. Negative numbers carry U+2212 MINUS SIGN, as in d3.
// Decimal ties round away from zero, as Number.prototype.toFixed does, whatever the C library's
// rounding is.
//
// Tested by test/unit/base_number_format_test.cpp.
#ifndef LOUPE_CORE_BASE_NUMBER_FORMAT_HPP
#define LOUPE_CORE_BASE_NUMBER_FORMAT_HPP

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/status.hpp"

namespace loupe {

// A parsed format. Defaults are those of the empty specifier: shortest digits, at most 12.
struct NumberFormat {
  std::string fill = " ";        // one code point
  char align = '>';              // '<', '>', '^' or '=' (padding between sign and digits)
  char sign = '-';               // '-', '+', '(' or ' '
  char symbol = '\0';            // '$', '#' or none
  bool zero = false;             // pad with zeros after the sign
  int width = 0;                 // least number of code points
  bool comma = false;            // group thousands
  std::optional<int> precision;  // digits after the point, or significant digits for g r s p
  bool trim = false;             // drop insignificant trailing zeros
  char type = '\0';              // one of e f g r s p % d n b o x X c, or none
};

// How a language writes numbers: a locale of d3-format. The defaults are those of en-US.
struct NumberLocale {
  std::string decimal = ".";
  std::string thousands = ",";      // between groups of digits
  std::vector<int> grouping = {3};  // digits of each group from the right, from 1, again and again;
                                    // empty: numbers are not grouped
  std::array<std::string, 2> currency = {"$", ""};  // before and after an amount
  std::vector<std::string> numerals;                // for 0 to 9; empty: those of ASCII
  std::string percent = "%";
  std::string minus = "\xE2\x88\x92";  // U+2212
  std::string nan = "NaN";
};

[[nodiscard]] const NumberLocale& EnglishNumbers();

// Greatest width and precision that a specifier may ask for.
constexpr int kMaxNumberFormatWidth = 256;
constexpr int kMaxNumberFormatPrecision = 20;

// Errors: kInvalidArgument for text that is no specifier; kLimitExceeded for a width beyond
// kMaxNumberFormatWidth. A precision beyond its maximum is lowered to it, as in d3.
[[nodiscard]] Result<NumberFormat> ParseNumberFormat(std::string_view specifier);

[[nodiscard]] std::string FormatNumber(const NumberFormat& format, double value,
                                       const NumberLocale& locale = EnglishNumbers());

// Formats `value` in the SI prefix that suits `reference`: ("s" with precision 1, 1300, 1e6) gives
// "0.0M". The type of `format` is taken to be 'f'.
[[nodiscard]] std::string FormatNumberWithPrefixOf(const NumberFormat& format, double value,
                                                   double reference,
                                                   const NumberLocale& locale = EnglishNumbers());

// The digits after the point (f, %), the digits (s) or the significant digits (e g p r) that tell
// numbers `step` apart; nothing when `step` is zero or not finite.
[[nodiscard]] std::optional<int> PrecisionFixed(double step);
[[nodiscard]] std::optional<int> PrecisionPrefix(double step, double value);
[[nodiscard]] std::optional<int> PrecisionRound(double step, double max);

// Shortest text that reads back equal, laid out as ECMAScript's Number.prototype.toString does:
// 0.1, 1e+21, 1e-7, NaN, Infinity, -0 gives "0".
[[nodiscard]] std::string NumberToText(double value);

}  // namespace loupe

#endif  // LOUPE_CORE_BASE_NUMBER_FORMAT_HPP
