#include "core/base/number_format.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <limits>

#include "core/base/utf8.hpp"

namespace loupe {
namespace {

constexpr std::string_view kTypes = "efgrsp%dnboxXc";
constexpr std::array<std::string_view, 17> kPrefixes = {
    "y", "z", "a", "f", "p", "n", "\xC2\xB5", "m", "", "k", "M", "G", "T", "P", "E", "Z", "Y"};
constexpr double kNoFixedNotation = 1e21;  // from here ECMAScript writes exponents
constexpr int kExactDigits = 60;  // more than any tie between two decimals of a double needs

// The SI prefix of a power of ten that is a multiple of 3, from -24 to 24.
std::string_view PrefixFor(int exponent) {
  const int place = 8 + exponent / 3;
  return kPrefixes[static_cast<std::size_t>(place)];
}

// digits d1 d2 … of d1.d2… × 10^exponent.
struct Decimal {
  std::string digits;
  int exponent = 0;
};

// Splits the output of to_chars in scientific notation: "1.25e+02" into {"125", 2}.
Decimal SplitScientific(std::string_view text) {
  Decimal decimal;
  const std::size_t e = text.find('e');
  for (const char c : text.substr(0, e)) {
    if (c != '.') decimal.digits.push_back(c);
  }
  std::size_t start = e + 1;
  if (text[start] == '+') ++start;
  std::from_chars(text.data() + start, text.data() + text.size(), decimal.exponent);
  return decimal;
}

Decimal ShortestDecimal(double value) {
  std::array<char, 64> buffer{};
  const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value,
                                 std::chars_format::scientific);
  return SplitScientific({buffer.data(), static_cast<std::size_t>(end.ptr - buffer.data())});
}

// The value rounded to `count` significant digits, ties upwards. A count of zero or less leaves no
// digit, or the single digit 1 one place further left when the value rounds up to it.
Decimal RoundedDecimal(double value, int count) {
  std::array<char, 128> buffer{};
  const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value,
                                 std::chars_format::scientific, kExactDigits);
  Decimal decimal =
      SplitScientific({buffer.data(), static_cast<std::size_t>(end.ptr - buffer.data())});
  if (count < 0) return {"", decimal.exponent};
  const auto keep = static_cast<std::size_t>(count);
  if (keep >= decimal.digits.size()) {
    decimal.digits.append(keep - decimal.digits.size(), '0');
    return decimal;
  }
  const bool up = decimal.digits[keep] >= '5';
  decimal.digits.resize(keep);
  if (!up) return decimal;
  for (std::size_t i = keep; i-- > 0;) {
    if (decimal.digits[i] != '9') {
      ++decimal.digits[i];
      return decimal;
    }
    decimal.digits[i] = '0';
  }
  decimal.digits.insert(decimal.digits.begin(), '1');
  if (keep > 0) decimal.digits.pop_back();
  ++decimal.exponent;
  return decimal;
}

std::string Zeros(int count) {
  return std::string(static_cast<std::size_t>(std::max(0, count)), '0');
}

// Writes digits × 10^exponent without an exponent and with exactly the digits that it has.
std::string Positional(const Decimal& decimal) {
  const int count = static_cast<int>(decimal.digits.size());
  if (decimal.exponent < 0) return "0." + Zeros(-decimal.exponent - 1) + decimal.digits;
  const int whole = decimal.exponent + 1;
  if (count <= whole) return decimal.digits + Zeros(whole - count);
  return decimal.digits.substr(0, static_cast<std::size_t>(whole)) + "." +
         decimal.digits.substr(static_cast<std::size_t>(whole));
}

std::string Fixed(double value, int precision) {
  if (!(value < kNoFixedNotation)) return NumberToText(value);
  const int exponent = value == 0 ? 0 : ShortestDecimal(value).exponent;
  Decimal decimal = RoundedDecimal(value, exponent + 1 + precision);
  const bool vanished = decimal.digits.empty() || value == 0;
  if (vanished) return precision > 0 ? "0." + Zeros(precision) : "0";
  std::string text = Positional(decimal);
  const std::size_t point = text.find('.');
  const int have = point == std::string::npos ? 0 : static_cast<int>(text.size() - point) - 1;
  if (have == precision) return text;
  if (point == std::string::npos) text.push_back('.');
  if (have < precision) return text + Zeros(precision - have);
  text.resize(text.size() - static_cast<std::size_t>(have - precision));
  if (text.back() == '.') text.pop_back();
  return text;
}

std::string Exponential(const Decimal& decimal) {
  std::string text = decimal.digits.substr(0, 1);
  if (decimal.digits.size() > 1) text += "." + decimal.digits.substr(1);
  text += decimal.exponent < 0 ? "e-" : "e+";
  return text + std::to_string(std::abs(decimal.exponent));
}

std::string Precise(double value, int precision) {
  if (value == 0) return precision > 1 ? "0." + Zeros(precision - 1) : "0";
  const Decimal decimal = RoundedDecimal(value, precision);
  if (decimal.exponent < -6 || decimal.exponent >= precision) return Exponential(decimal);
  return Positional(decimal);
}

std::string RoundedTo(double value, int precision) {
  if (value == 0) return Zeros(1);
  return Positional(RoundedDecimal(value, precision));
}

int PrefixExponent(int exponent) {
  const int group = exponent >= 0 ? exponent / 3 : -((-exponent + 2) / 3);
  return std::clamp(group, -8, 8) * 3;
}

std::string WithAutoPrefix(double value, int precision, int* prefix) {
  if (value == 0) {
    *prefix = 0;
    return Precise(value, precision);
  }
  const Decimal decimal = RoundedDecimal(value, precision);
  *prefix = PrefixExponent(decimal.exponent);
  const int whole = decimal.exponent - *prefix + 1;
  if (whole > 0) return Positional({decimal.digits, whole - 1});
  const Decimal shorter = RoundedDecimal(value, std::max(0, precision + whole - 1));
  return "0." + Zeros(-whole) + shorter.digits;
}

std::string InBase(double value, unsigned base, bool upper) {
  const double rounded = std::floor(value + 0.5);
  if (!(rounded < 9007199254740992.0)) return NumberToText(rounded);
  std::uint64_t rest = static_cast<std::uint64_t>(rounded);
  const char* const digits = upper ? "0123456789ABCDEF" : "0123456789abcdef";
  std::string text;
  do {
    text.insert(text.begin(), digits[rest % base]);
    rest /= base;
  } while (rest > 0);
  return text;
}

// Drops trailing zeros of the fraction, before an exponent or suffix: "1.500k" gives "1.5k".
std::string Trimmed(const std::string& text) {
  const std::size_t point = text.find('.');
  if (point == std::string::npos) return text;
  std::size_t end = point + 1;
  while (end < text.size() && text[end] >= '0' && text[end] <= '9') ++end;
  std::size_t keep = end;
  while (keep > point + 1 && text[keep - 1] == '0') --keep;
  if (keep == point + 1) keep = point;
  return text.substr(0, keep) + text.substr(end);
}

// Sets separators from the right; a group that would exceed `width` code points shrinks to what is
// left, at least one digit, and is the last.
std::string Grouped(const std::string& digits, std::size_t width, const NumberLocale& locale) {
  if (locale.grouping.empty()) return digits;
  std::string out;
  std::size_t left = digits.size();
  std::size_t length = 0;
  for (std::size_t i = 0; left > 0; i = (i + 1) % locale.grouping.size()) {
    auto group = static_cast<std::size_t>(std::max(1, locale.grouping[i]));
    if (length + group + 1 > width) group = width > length ? width - length : 1;
    const std::size_t start = left > group ? left - group : 0;
    const std::string part = digits.substr(start, left - start);
    out = out.empty() ? part : part + locale.thousands + out;
    left = start;
    length += group + 1;
    if (length > width) break;
  }
  return out;
}

bool IsIn(char c, std::string_view set) {
  return c != '\0' && set.find(c) != std::string_view::npos;
}

std::string Digits(char type, double value, int precision, int* prefix) {
  switch (type) {
    case '%':
      return Fixed(value * 100, precision);
    case 'f':
      return Fixed(value, precision);
    case 'e':
      return Exponential(value == 0 ? Decimal{Zeros(precision + 1), 0}
                                    : RoundedDecimal(value, precision + 1));
    case 'r':
      return RoundedTo(value, precision);
    case 'p':
      return RoundedTo(value * 100, precision);
    case 's':
      return WithAutoPrefix(value, precision, prefix);
    case 'd':
      return Fixed(std::floor(value + 0.5), 0);
    case 'b':
      return InBase(value, 2, false);
    case 'o':
      return InBase(value, 8, false);
    case 'x':
      return InBase(value, 16, false);
    case 'X':
      return InBase(value, 16, true);
    default:
      return Precise(value, precision);
  }
}

std::size_t CodePoints(std::string_view text) {
  return static_cast<std::size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return (c & 0xC0) != 0x80; }));
}

std::string Repeat(const std::string& text, std::size_t count) {
  std::string out;
  for (std::size_t i = 0; i < count; ++i) out += text;
  return out;
}

struct Parts {
  std::string prefix;
  std::string value;
  std::string suffix;
};

std::string WithNumerals(const std::string& text, const NumberLocale& locale) {
  if (locale.numerals.size() != 10) return text;
  std::string out;
  for (const char c : text) {
    if (c >= '0' && c <= '9') {
      out += locale.numerals[static_cast<std::size_t>(c - '0')];
    } else {
      out.push_back(c);
    }
  }
  return out;
}

std::string Aligned(const NumberFormat& format, bool zero, Parts parts,
                    const NumberLocale& locale) {
  const std::string fill = zero ? "0" : format.fill;
  const char align = zero ? '=' : format.align;
  if (format.comma && !zero) parts.value = Grouped(parts.value, std::string::npos, locale);
  const std::size_t length =
      CodePoints(parts.prefix) + CodePoints(parts.value) + CodePoints(parts.suffix);
  const auto width = static_cast<std::size_t>(format.width);
  std::string padding = length < width ? Repeat(fill, width - length) : "";
  if (format.comma && zero) {
    const std::size_t room = padding.empty() ? std::string::npos : width - CodePoints(parts.suffix);
    parts.value = Grouped(padding + parts.value, room, locale);
    padding.clear();
  }
  switch (align) {
    case '<':
      return parts.prefix + parts.value + parts.suffix + padding;
    case '=':
      return parts.prefix + padding + parts.value + parts.suffix;
    case '^': {
      const std::size_t left = padding.size() / fill.size() / 2 * fill.size();
      return padding.substr(0, left) + parts.prefix + parts.value + parts.suffix +
             padding.substr(left);
    }
    default:
      return padding + parts.prefix + parts.value + parts.suffix;
  }
}

// Effective type, precision and trim: an absent type means g with 12 digits, trimmed.
struct Effective {
  char type;
  int precision;
  bool trim;
};

Effective Resolve(const NumberFormat& format) {
  Effective e{format.type, format.precision.value_or(6), format.trim};
  if (e.type == 'n') e.type = 'g';
  if (e.type == '\0') e = {'g', format.precision.value_or(12), true};
  const bool significant = IsIn(e.type, "gprs");
  e.precision = significant ? std::clamp(e.precision, 1, kMaxNumberFormatPrecision + 1)
                            : std::clamp(e.precision, 0, kMaxNumberFormatPrecision);
  return e;
}

bool IsZeroText(std::string_view text) {
  for (const char c : text) {
    if (c >= '1' && c <= '9') return false;
    if (c == 'e') break;
  }
  return true;
}

// What stands before the digits: sign, currency, base.
std::string PrefixOf(const NumberFormat& format, bool minus, const NumberLocale& locale) {
  std::string prefix;
  if (minus) {
    prefix = format.sign == '(' ? "(" : locale.minus;
  } else if (format.sign == '+' || format.sign == ' ') {
    prefix = format.sign;
  }
  if (format.symbol == '$') prefix += locale.currency[0];
  if (format.symbol == '#' && IsIn(format.type, "boxX")) {
    prefix += format.type == 'X' ? std::string("0x") : std::string("0") + format.type;
  }
  return prefix;
}

std::string FormatWithSuffix(const NumberFormat& format, double value, std::string_view si,
                             const NumberLocale& locale) {
  const Effective effective = Resolve(format);
  const bool negative = std::signbit(value) && !std::isnan(value);
  int prefix = std::numeric_limits<int>::min();
  std::string text;
  if (std::isnan(value)) {
    text = locale.nan;
  } else if (std::isinf(value)) {
    text = "Infinity";
  } else {
    text = Digits(effective.type, std::fabs(value), effective.precision, &prefix);
    if (effective.trim) text = Trimmed(text);
  }
  const bool minus = negative && !(format.sign != '+' && !std::isinf(value) && IsZeroText(text));
  Parts parts;
  parts.prefix = PrefixOf(format, minus, locale);
  if (effective.type == 's' && prefix != std::numeric_limits<int>::min()) {
    parts.suffix = PrefixFor(prefix);
  }
  if (format.symbol == '$') {
    parts.suffix += locale.currency[1];
  } else if (IsIn(effective.type, "%p")) {
    parts.suffix += locale.percent;
  }
  parts.suffix += si;
  if (minus && format.sign == '(') parts.suffix += ")";
  if (IsIn(effective.type, "defgprs%")) {
    const auto rest =
        std::find_if(text.begin(), text.end(), [](char c) { return c < '0' || c > '9'; });
    std::string fraction(rest, text.end());
    text.erase(rest, text.end());
    if (!fraction.empty() && fraction.front() == '.') fraction.replace(0, 1, locale.decimal);
    parts.suffix.insert(0, fraction);
  }
  parts.value = std::move(text);
  const bool zero = format.zero || (format.fill == "0" && format.align == '=');
  NumberFormat grouped = format;
  grouped.comma = format.comma || format.type == 'n';
  return WithNumerals(Aligned(grouped, zero, std::move(parts), locale), locale);
}

int ExponentOf(double value) { return ShortestDecimal(std::fabs(value)).exponent; }

bool Measurable(double value) { return std::isfinite(value) && value != 0; }

// Reads a run of digits; false when it exceeds `limit`.
bool ReadNumber(std::string_view text, std::size_t* position, int limit, int* out) {
  int number = 0;
  while (*position < text.size() && text[*position] >= '0' && text[*position] <= '9') {
    number = std::min(number * 10 + (text[*position] - '0'), limit + 1);
    ++*position;
  }
  *out = number;
  return number <= limit;
}

}  // namespace

Result<NumberFormat> ParseNumberFormat(std::string_view specifier) {
  NumberFormat format;
  std::size_t at = 0;
  const auto peek = [&](std::size_t i) { return i < specifier.size() ? specifier[i] : '\0'; };
  if (!specifier.empty()) {
    std::size_t second = 0;
    (void)NextCodePoint(specifier, &second);
    if (IsIn(peek(second), "<>=^")) {
      format.fill = std::string(specifier.substr(0, second));
      format.align = peek(second);
      at = second + 1;
    } else if (IsIn(peek(0), "<>=^")) {
      format.align = peek(0);
      at = 1;
    }
  }
  if (IsIn(peek(at), "+-( ")) format.sign = specifier[at++];
  if (IsIn(peek(at), "$#")) format.symbol = specifier[at++];
  if (peek(at) == '0') {
    format.zero = true;
    ++at;
  }
  if (!ReadNumber(specifier, &at, kMaxNumberFormatWidth, &format.width)) {
    return Status(Code::kLimitExceeded, "number format \"" + std::string(specifier) +
                                            "\" is wider than " +
                                            std::to_string(kMaxNumberFormatWidth) + " characters");
  }
  if (peek(at) == ',') {
    format.comma = true;
    ++at;
  }
  const bool has_precision = peek(at) == '.' && peek(at + 1) >= '0' && peek(at + 1) <= '9';
  if (has_precision) {
    ++at;
    int precision = 0;
    (void)ReadNumber(specifier, &at, kMaxNumberFormatPrecision + 1, &precision);
    format.precision = precision;
  }
  if (peek(at) == '~') {
    format.trim = true;
    ++at;
  }
  if (IsIn(peek(at), kTypes)) format.type = specifier[at++];
  if (at != specifier.size()) {
    return Status(Code::kInvalidArgument,
                  "invalid number format \"" + std::string(specifier) + "\"")
        .WithHint("A format reads [[fill]align][sign][symbol][0][width][,][.precision][~][type].");
  }
  return format;
}

const NumberLocale& EnglishNumbers() {
  static const NumberLocale english;
  return english;
}

std::string FormatNumber(const NumberFormat& format, double value, const NumberLocale& locale) {
  if (format.type == 'c') {
    NumberFormat text = format;
    text.zero = false;
    return WithNumerals(Aligned(text, false, {"", "", NumberToText(value)}, locale), locale);
  }
  return FormatWithSuffix(format, value, "", locale);
}

std::string FormatNumberWithPrefixOf(const NumberFormat& format, double value, double reference,
                                     const NumberLocale& locale) {
  const int exponent = Measurable(reference) ? PrefixExponent(ExponentOf(reference)) : 0;
  NumberFormat fixed = format;
  fixed.type = 'f';
  const double scaled = std::pow(10.0, -exponent) * value;
  return FormatWithSuffix(fixed, scaled, PrefixFor(exponent), locale);
}

std::optional<int> PrecisionFixed(double step) {
  if (!Measurable(step)) return std::nullopt;
  return std::max(0, -ExponentOf(step));
}

std::optional<int> PrecisionPrefix(double step, double value) {
  if (!Measurable(step) || !Measurable(value)) return std::nullopt;
  return std::max(0, PrefixExponent(ExponentOf(value)) - ExponentOf(step));
}

std::optional<int> PrecisionRound(double step, double max) {
  if (!Measurable(step) || !std::isfinite(max)) return std::nullopt;
  const double rest = std::fabs(max) - std::fabs(step);
  if (!Measurable(rest)) return 1;
  return std::max(0, ExponentOf(rest) - ExponentOf(step)) + 1;
}

std::string NumberToText(double value) {
  if (std::isnan(value)) return "NaN";
  if (std::isinf(value)) return value < 0 ? "-Infinity" : "Infinity";
  if (value == 0) return "0";
  const Decimal decimal = ShortestDecimal(std::fabs(value));
  const std::string sign = value < 0 ? "-" : "";
  const bool positional = decimal.exponent >= -6 && decimal.exponent < 21;
  return sign + (positional ? Positional(decimal) : Exponential(decimal));
}

}  // namespace loupe
