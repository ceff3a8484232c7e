// Texts and regular expressions. Positions and lengths count code points.
#include <algorithm>
#include <cmath>
#include <limits>

#include "core/base/utf8.hpp"
#include "core/chart/expression/functions.hpp"
#include "core/chart/limits.hpp"

namespace loupe::chart {
namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
constexpr std::string_view kBase64 =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

Result<Value> Built(std::string text, const Arguments& arguments) {
  LOUPE_RETURN_IF_ERROR(arguments.evaluation().Build(text.size()));
  return Value(Json(std::move(text)));
}

Pattern::Meter MeterOf(const Arguments& arguments) {
  Evaluation* evaluation = &arguments.evaluation();
  return [evaluation](std::size_t steps) { return evaluation->Step(steps); };
}

Result<Pattern> CompilePattern(const Arguments& arguments, bool with_flags) {
  const std::string source = arguments.Text(0);
  LOUPE_RETURN_IF_ERROR(arguments.evaluation().Step(16 + source.size()));
  const bool flagged = with_flags && !arguments[1].IsUndefined();
  return Pattern::Parse(source, flagged ? arguments.Text(1) : std::string());
}

Result<Value> RegExp(const Arguments& arguments) {
  if (arguments[0].pattern() != nullptr) return arguments[0];
  LOUPE_ASSIGN_OR_RETURN(Pattern pattern, CompilePattern(arguments, true));
  return Value::OfPattern(std::make_shared<const Pattern>(std::move(pattern)));
}

Result<Value> Test(const Arguments& arguments) {
  const std::string text = arguments.Text(1);
  const Pattern* pattern = arguments[0].pattern();
  std::optional<Pattern> compiled;
  if (pattern == nullptr) {
    LOUPE_ASSIGN_OR_RETURN(compiled, CompilePattern(arguments, false));
    pattern = &*compiled;
  }
  LOUPE_ASSIGN_OR_RETURN(const auto match, pattern->Find(text, 0, MeterOf(arguments)));
  return Value(Json(match.has_value()));
}

// Replaces matches of a text or pattern by a template with $1, $&, $<name> and their kin.
class Replacer {
 public:
  Replacer(const Arguments& arguments, std::string text)
      : arguments_(arguments), text_(std::move(text)), replacement_(arguments.Text(2)) {}

  Result<Value> ReplaceText(const std::string& part) {
    const std::size_t at = text_.find(part);
    if (at == std::string::npos) return Built(text_, arguments_);
    LOUPE_RETURN_IF_ERROR(Put({{at, at + part.size()}}, nullptr));
    return Finish();
  }

  Result<Value> ReplacePattern(const Pattern& pattern) {
    const Pattern::Meter meter = MeterOf(arguments_);
    for (std::size_t at = 0; at <= text_.size();) {
      LOUPE_ASSIGN_OR_RETURN(const auto match, pattern.Find(text_, at, meter));
      if (!match) break;
      LOUPE_RETURN_IF_ERROR(Put(*match, &pattern));
      if (!pattern.flags().global) break;
      at = (*match)[0].end;
      if ((*match)[0].begin < at) continue;
      if (at == text_.size()) break;
      (void)NextCodePoint(text_, &at);
    }
    return Finish();
  }

 private:
  // Adds what lies before the match, and the replacement.
  Status Put(const Pattern::Match& match, const Pattern* pattern) {
    out_ += std::string_view(text_).substr(copied_, match[0].begin - copied_);
    copied_ = match[0].end;
    for (std::size_t i = 0; i < replacement_.size();) {
      if (replacement_[i] != '$' || i + 1 == replacement_.size()) {
        out_.push_back(replacement_[i++]);
        continue;
      }
      i += PutReference(i + 1, match, pattern);
      LOUPE_RETURN_IF_ERROR(CheckSize());
    }
    return CheckSize();
  }

  Status CheckSize() {
    constexpr std::size_t kSteps = 16;  // what a match costs beside its pattern's steps
    if (out_.size() <= kMaxExpressionValue) return arguments_.evaluation().Step(kSteps);
    return arguments_.evaluation().Build(out_.size());
  }

  // Adds what the letters behind a "$" stand for; the bytes read, "$" included.
  std::size_t PutReference(std::size_t at, const Pattern::Match& match, const Pattern* pattern) {
    const std::string_view text = text_;
    const char c = replacement_[at];
    if (c == '$') {
      out_.push_back('$');
      return 2;
    }
    if (c == '&' || c == '`' || c == '\'') {
      out_ += c == '&'   ? text.substr(match[0].begin, match[0].end - match[0].begin)
              : c == '`' ? text.substr(0, match[0].begin)
                         : text.substr(match[0].end);
      return 2;
    }
    if (c == '<' && pattern != nullptr) return PutNamed(at, match, *pattern);
    for (std::size_t digits = 2; digits > 0; --digits) {
      std::size_t group = 0;
      bool valid = at + digits <= replacement_.size();
      for (std::size_t i = at; valid && i < at + digits; ++i) {
        valid = replacement_[i] >= '0' && replacement_[i] <= '9';
        group = group * 10 + static_cast<std::size_t>(replacement_[i] - '0');
      }
      if (!valid || group == 0 || group >= match.size()) continue;
      PutGroup(match[group]);
      return digits + 1;
    }
    out_.push_back('$');
    return 1;
  }

  std::size_t PutNamed(std::size_t at, const Pattern::Match& match, const Pattern& pattern) {
    const auto& names = pattern.names();
    const bool named =
        std::any_of(names.begin(), names.end(), [](const auto& n) { return !n.empty(); });
    const std::size_t end = replacement_.find('>', at);
    if (!named || end == std::string::npos) {
      out_.push_back('$');
      return 1;
    }
    const std::string name = replacement_.substr(at + 1, end - at - 1);
    const auto found = std::find(names.begin() + 1, names.end(), name);
    if (found != names.end()) PutGroup(match[static_cast<std::size_t>(found - names.begin())]);
    return end - at + 2;
  }

  void PutGroup(const Pattern::Span& span) {
    if (span.begin != std::string::npos) {
      out_ += std::string_view(text_).substr(span.begin, span.end - span.begin);
    }
  }

  Result<Value> Finish() {
    out_ += std::string_view(text_).substr(copied_);
    return Built(std::move(out_), arguments_);
  }

  const Arguments& arguments_;
  std::string text_;
  std::string replacement_;
  std::string out_;
  std::size_t copied_ = 0;  // bytes of the text that are dealt with
};

Result<Value> Replace(const Arguments& arguments) {
  const Value& what = arguments[1];
  Replacer replacer(arguments, arguments.Text(0));
  if (what.pattern() != nullptr) return replacer.ReplacePattern(*what.pattern());
  if (what.IsText()) return replacer.ReplaceText(what.json().AsString());
  return arguments.Refuse("replaces a text or a regular expression");
}

// Pieces of a text, as they are split off.
class Pieces {
 public:
  explicit Pieces(const Arguments& arguments)
      : arguments_(arguments),
        most_(arguments[2].IsUndefined() ? std::numeric_limits<std::uint32_t>::max()
                                         : static_cast<std::uint32_t>(arguments[2].ToInt32())) {}

  Status Add(Json piece) {
    if (items_.size() >= most_) return Status::Ok();
    LOUPE_RETURN_IF_ERROR(arguments_.evaluation().Step());
    bytes_ += WeightOf(piece);
    if (bytes_ > kMaxExpressionValue) return arguments_.evaluation().Build(bytes_);
    items_.push_back(std::move(piece));
    return Status::Ok();
  }

  Result<Value> Finish() {
    LOUPE_RETURN_IF_ERROR(arguments_.evaluation().Build(bytes_));
    return Value(Json::FromArray(std::move(items_)));
  }

 private:
  const Arguments& arguments_;
  std::size_t most_;
  std::size_t bytes_ = 0;
  Json::Array items_;
};

Result<Value> SplitByText(const std::string& text, const std::string& separator,
                          const Arguments& arguments) {
  Pieces pieces(arguments);
  std::size_t at = 0;
  if (separator.empty()) {
    while (at < text.size()) {
      const std::size_t begin = at;
      (void)NextCodePoint(text, &at);
      LOUPE_RETURN_IF_ERROR(pieces.Add(text.substr(begin, at - begin)));
    }
    return pieces.Finish();
  }
  for (;;) {
    const std::size_t end = text.find(separator, at);
    if (end == std::string::npos) break;
    LOUPE_RETURN_IF_ERROR(pieces.Add(text.substr(at, end - at)));
    at = end + separator.size();
  }
  LOUPE_RETURN_IF_ERROR(pieces.Add(text.substr(at)));
  return pieces.Finish();
}

Result<Value> SplitByPattern(const std::string& text, const Pattern& pattern,
                             const Arguments& arguments) {
  Pieces pieces(arguments);
  const Pattern::Meter meter = MeterOf(arguments);
  std::size_t begin = 0;
  for (std::size_t at = 0; at < text.size();) {
    LOUPE_ASSIGN_OR_RETURN(const auto match, pattern.Find(text, at, meter));
    if (!match || (*match)[0].begin == text.size()) break;
    const Pattern::Span whole = (*match)[0];
    at = whole.begin;
    if (whole.end == begin || whole.end == whole.begin) (void)NextCodePoint(text, &at);
    if (whole.end == begin) continue;  // an empty match where the piece begins
    LOUPE_RETURN_IF_ERROR(pieces.Add(text.substr(begin, whole.begin - begin)));
    for (std::size_t i = 1; i < match->size(); ++i) {
      const Pattern::Span& span = (*match)[i];
      const bool took = span.begin != std::string::npos;
      LOUPE_RETURN_IF_ERROR(
          pieces.Add(took ? Json(text.substr(span.begin, span.end - span.begin)) : Json()));
    }
    begin = whole.end;
    at = std::max(at, begin);
  }
  LOUPE_RETURN_IF_ERROR(pieces.Add(text.substr(begin)));
  return pieces.Finish();
}

Result<Value> Split(const Arguments& arguments) {
  const std::string text = arguments.Text(0);
  const Value& separator = arguments[1];
  if (separator.IsUndefined()) {
    Pieces pieces(arguments);
    LOUPE_RETURN_IF_ERROR(pieces.Add(text));
    return pieces.Finish();
  }
  if (separator.pattern() != nullptr) return SplitByPattern(text, *separator.pattern(), arguments);
  return SplitByText(text, separator.ToText(), arguments);
}

// The other case of a letter: ASCII, Latin-1, Latin Extended-A, Greek and Cyrillic.
char32_t Upper(char32_t c) {
  if (c >= 'a' && c <= 'z') return c - 0x20;
  if (c < 0xB5) return c;
  if (c == 0xB5) return 0x39C;
  if (c >= 0xE0 && c <= 0xFE && c != 0xF7) return c - 0x20;
  if (c == 0xFF) return 0x178;
  if (c == 0x131) return 'I';
  const bool odd_upper = (c >= 0x139 && c <= 0x148) || (c >= 0x179 && c <= 0x17E);
  const bool paired = c >= 0x100 && c <= 0x177 && c != 0x138 && c != 0x149 && c != 0x130;
  if (odd_upper) return c % 2 == 0 ? c - 1 : c;
  if (paired) return c % 2 == 1 ? c - 1 : c;
  if (c == 0x3C2) return 0x3A3;
  if (c >= 0x3B1 && c <= 0x3C9) return c - 0x20;
  if (c >= 0x430 && c <= 0x44F) return c - 0x20;
  return c >= 0x450 && c <= 0x45F ? c - 0x50 : c;
}

char32_t Lower(char32_t c) {
  if (c >= 'A' && c <= 'Z') return c + 0x20;
  if (c < 0xC0) return c;
  if (c >= 0xC0 && c <= 0xDE && c != 0xD7) return c + 0x20;
  if (c == 0x178) return 0xFF;
  const bool odd_upper = (c >= 0x139 && c <= 0x148) || (c >= 0x179 && c <= 0x17E);
  const bool paired = c >= 0x100 && c <= 0x177 && c != 0x138 && c != 0x149 && c != 0x130;
  if (odd_upper) return c % 2 == 1 ? c + 1 : c;
  if (paired) return c % 2 == 0 ? c + 1 : c;
  if (c >= 0x391 && c <= 0x3A9 && c != 0x3A2) return c + 0x20;
  if (c >= 0x410 && c <= 0x42F) return c + 0x20;
  return c >= 0x400 && c <= 0x40F ? c + 0x50 : c;
}

template <char32_t (*kFold)(char32_t)>
Result<Value> ChangeCase(const Arguments& arguments) {
  const std::string text = arguments.Text(0);
  std::string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const char32_t c = NextCodePoint(text, &at);
    if (c == 0xDF && kFold('a') == 'A') {
      out += "SS";
    } else {
      AppendCodePoint(kFold(c), &out);
    }
  }
  return Built(std::move(out), arguments);
}

Result<Value> Trim(const Arguments& arguments) {
  return Built(std::string(TrimmedText(arguments.Text(0))), arguments);
}

std::size_t Clamped(double position, std::size_t size) {
  if (!(position > 0)) return 0;
  return static_cast<std::size_t>(std::min(std::trunc(position), static_cast<double>(size)));
}

std::string Cut(const std::string& text, std::size_t begin, std::size_t end) {
  const std::size_t from = ByteOfCodePoint(text, begin);
  return text.substr(from, ByteOfCodePoint(text, end) - from);
}

Result<Value> Substring(const Arguments& arguments) {
  const std::string text = arguments.Text(0);
  const std::size_t size = CodePointCount(text);
  const std::size_t a = Clamped(arguments.Number(1), size);
  const std::size_t b = arguments[2].IsUndefined() ? size : Clamped(arguments.Number(2), size);
  return Built(Cut(text, std::min(a, b), std::max(a, b)), arguments);
}

Result<Value> Pad(const Arguments& arguments) {
  const std::string text = arguments.Text(0);
  const std::string fill = arguments[2].ToBool() ? arguments.Text(2) : " ";
  const std::string align = arguments.Text(3);
  const double missing = arguments.Number(1) - static_cast<double>(CodePointCount(text));
  if (!(missing > 0)) return Built(text, arguments);
  const double size =
      static_cast<double>(text.size()) + std::ceil(missing) * static_cast<double>(fill.size());
  const double most = static_cast<double>(kMaxExpressionValue) + 1;
  LOUPE_RETURN_IF_ERROR(
      arguments.evaluation().Build(static_cast<std::size_t>(std::min(size, most))));
  const double before = align == "left" ? missing : align == "center" ? std::floor(missing / 2) : 0;
  const double after = align == "left"     ? 0
                       : align == "center" ? std::ceil(missing / 2)
                                           : std::floor(missing);
  const auto repeat = [&fill](double count) {
    const auto times = static_cast<std::size_t>(count);
    if (fill.size() == 1) return std::string(times, fill[0]);
    std::string all;
    for (std::size_t i = 0; i < times; ++i) all += fill;
    return all;
  };
  std::string out = repeat(before) + text + repeat(after);
  return Value(Json(std::move(out)));
}

Result<Value> Truncate(const Arguments& arguments) {
  const std::string text = arguments.Text(0);
  const std::string align = arguments.Text(2);
  const std::string mark = arguments[3].IsNullish() ? "…" : arguments.Text(3);
  const std::size_t size = CodePointCount(text);
  const double most = arguments.Number(1);
  if (static_cast<double>(size) <= most) return Built(text, arguments);
  const double room = std::max(0.0, most - static_cast<double>(CodePointCount(mark)));
  const std::size_t kept = Clamped(room, size);
  if (align == "left") return Built(mark + Cut(text, size - kept, size), arguments);
  if (align == "center") {
    const std::size_t head = Clamped(std::ceil(room / 2), size);
    const std::size_t tail = Clamped(std::floor(room / 2), size);
    return Built(Cut(text, 0, head) + mark + Cut(text, size - tail, size), arguments);
  }
  return Built(Cut(text, 0, kept) + mark, arguments);
}

// The longest number at the start.
Result<Value> ParseFloat(const Arguments& arguments) {
  const std::string all = arguments.Text(0);
  const std::string_view text = TrimmedText(all);
  std::size_t at = text.substr(0, 1) == "-" || text.substr(0, 1) == "+" ? 1 : 0;
  const auto digits = [&] {
    const std::size_t begin = at;
    while (at < text.size() && text[at] >= '0' && text[at] <= '9') ++at;
    return at - begin;
  };
  if (text.substr(at, 8) == "Infinity") {
    const double infinity = std::numeric_limits<double>::infinity();
    return Value(Json(text[0] == '-' ? -infinity : infinity));
  }
  std::size_t found = digits();
  if (at < text.size() && text[at] == '.') {
    ++at;
    found += digits();
  }
  if (found == 0) return Value(Json(kNaN));
  const std::size_t mantissa = at;
  if (at < text.size() && (text[at] == 'e' || text[at] == 'E')) {
    ++at;
    if (at < text.size() && (text[at] == '-' || text[at] == '+')) ++at;
    if (digits() == 0) at = mantissa;
  }
  return Value(Json(ExpressionNumber(Json(text.substr(0, at)))));
}

int DigitOf(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  const char lower = static_cast<char>(c | 0x20);
  return lower >= 'a' && lower <= 'z' ? lower - 'a' + 10 : 99;
}

Result<Value> ParseInt(const Arguments& arguments) {
  const std::string all = arguments.Text(0);
  std::string_view text = TrimmedText(all);
  const double sign = text.substr(0, 1) == "-" ? -1 : 1;
  if (text.substr(0, 1) == "-" || text.substr(0, 1) == "+") text.remove_prefix(1);
  int radix = arguments[1].ToInt32();
  const bool hex = text.substr(0, 2) == "0x" || text.substr(0, 2) == "0X";
  if (hex && (radix == 0 || radix == 16)) {
    text.remove_prefix(2);
    radix = 16;
  }
  if (radix == 0) radix = 10;
  if (radix < 2 || radix > 36) return Value(Json(kNaN));
  double number = 0;
  std::size_t at = 0;
  for (; at < text.size() && DigitOf(text[at]) < radix; ++at) {
    number = number * radix + DigitOf(text[at]);
  }
  if (radix == 10 && at > 15) number = ExpressionNumber(Json(text.substr(0, at)));
  return Value(Json(at == 0 ? kNaN : sign * number));
}

// Base64 of the text's Latin-1 bytes.
Result<Value> ToBase64(const Arguments& arguments) {
  const std::string text = arguments.Text(0);
  std::string out;
  std::uint32_t bits = 0;
  unsigned count = 0;
  for (std::size_t at = 0; at < text.size();) {
    const char32_t c = NextCodePoint(text, &at);
    if (c > 0xFF) return arguments.Refuse("takes characters of Latin-1 alone");
    bits = bits << 8U | c;
    count += 8;
    for (; count >= 6; count -= 6) out.push_back(kBase64[bits >> (count - 6) & 63U]);
  }
  if (count > 0) out.push_back(kBase64[bits << (6 - count) & 63U]);
  while (out.size() % 4 != 0) out.push_back('=');
  return Built(std::move(out), arguments);
}

Result<Value> FromBase64(const Arguments& arguments) {
  std::string text = arguments.Text(0);
  text.erase(std::remove_if(text.begin(), text.end(),
                            [](char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }),
             text.end());
  if (text.size() % 4 == 0) {
    for (int i = 0; i < 2 && !text.empty() && text.back() == '='; ++i) text.pop_back();
  }
  std::string out;
  std::uint32_t bits = 0;
  unsigned count = 0;
  for (const char c : text) {
    const std::size_t value = kBase64.find(c);
    if (value == std::string_view::npos || text.size() % 4 == 1) {
      return arguments.Refuse("takes text in base64");
    }
    bits = bits << 6U | static_cast<std::uint32_t>(value);
    count += 6;
    if (count < 8) continue;
    count -= 8;
    const std::uint32_t byte = bits >> count & 255U;
    if (byte == 0) return arguments.Refuse("gives no text with a character of code zero");
    AppendCodePoint(byte, &out);
  }
  return Built(std::move(out), arguments);
}

Result<Value> EncodeUriComponent(const Arguments& arguments) {
  constexpr std::string_view kHex = "0123456789ABCDEF";
  constexpr std::string_view kPlain = "-_.!~*'()";
  std::string out;
  for (const char c : arguments.Text(0)) {
    const auto byte = static_cast<unsigned char>(c);
    const bool plain = DigitOf(c) < 36 || kPlain.find(c) != std::string_view::npos;
    if (plain && byte < 0x80) {
      out.push_back(c);
      continue;
    }
    out.push_back('%');
    out.push_back(kHex[byte >> 4U]);
    out.push_back(kHex[byte & 15U]);
  }
  return Built(std::move(out), arguments);
}

}  // namespace

const std::vector<FunctionEntry>& TextFunctions() {
  static const std::vector<FunctionEntry> kFunctions = {
      {"regexp", 1, RegExp},
      {"test", 1, Test},
      {"replace", 3, Replace},
      {"split", 1, Split},
      {"upper", 1, ChangeCase<Upper>},
      {"lower", 1, ChangeCase<Lower>},
      {"trim", 1, Trim},
      {"substring", 1, Substring},
      {"pad", 2, Pad},
      {"truncate", 2, Truncate},
      {"parseFloat", 1, ParseFloat},
      {"parseInt", 1, ParseInt},
      {"btoa", 1, ToBase64},
      {"atob", 1, FromBase64},
      {"encodeURIComponent", 1, EncodeUriComponent}};
  return kFunctions;
}

}  // namespace loupe::chart
