#include "core/chart/expression/pattern.hpp"

#include <algorithm>
#include <memory>
#include <utility>

#include "core/base/utf8.hpp"

namespace loupe::chart {
namespace {

using Instruction = Pattern::Instruction;
using Kind = Instruction::Kind;
using Range = Pattern::Range;

constexpr int kMaxPatternDepth = 64;
constexpr std::uint32_t kUnbounded = 0xFFFFFFFF;
constexpr std::uint32_t kMaxRepeat = 1000;
constexpr std::size_t kNoPosition = std::string::npos;

Status PatternError(const std::string& reason, std::size_t offset) {
  return Status(Code::kChartInvalidSpec, "a regular expression " + reason)
      .WithDetail("The error is at byte " + std::to_string(offset) + " of the regular expression.");
}

Status Unsupported(const std::string& what) {
  return Status(Code::kChartNotSupported, what + " of regular expressions are not supported");
}

const std::vector<Range> kDigits = {{'0', '9'}};
const std::vector<Range> kWords = {{'0', '9'}, {'A', 'Z'}, {'_', '_'}, {'a', 'z'}};
const std::vector<Range> kSpaces = {
    {0x09, 0x0D},     {' ', ' '},       {0xA0, 0xA0},     {0x1680, 0x1680}, {0x2000, 0x200A},
    {0x2028, 0x2029}, {0x202F, 0x202F}, {0x205F, 0x205F}, {0x3000, 0x3000}, {0xFEFF, 0xFEFF}};

// Code points outside the ranges, which ascend.
std::vector<Range> Complement(const std::vector<Range>& ranges) {
  std::vector<Range> out;
  char32_t next = 0;
  for (const Range& range : ranges) {
    if (range.low > next) out.push_back({next, range.low - 1});
    next = range.high + 1;
  }
  out.push_back({next, 0x10FFFF});
  return out;
}

bool IsLineEnd(char32_t c) { return c == '\n' || c == '\r' || c == 0x2028 || c == 0x2029; }

bool IsWord(char32_t c) {
  return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || c == '_' || (c >= 'a' && c <= 'z');
}

char32_t Folded(char32_t c) { return c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c; }

// The tree of a pattern.
struct Term {
  enum class Kind { kSequence, kChoice, kStep, kGroup, kRepeat };
  Kind kind = Kind::kSequence;
  Instruction step;                          // of a step
  std::vector<Range> ranges;                 // of a step
  std::vector<std::unique_ptr<Term>> terms;  // one of a group or repeat
  std::size_t group = 0;                     // 0: not capturing
  std::size_t first_group = 0;               // groups [first_group, last_group) lie within a repeat
  std::size_t last_group = 0;
  std::uint32_t least = 0;
  std::uint32_t most = kUnbounded;
  bool lazy = false;
};
using TermPtr = std::unique_ptr<Term>;

TermPtr MakeTerm(Term::Kind kind) {
  auto term = std::make_unique<Term>();
  term->kind = kind;
  return term;
}

class PatternParser {
 public:
  explicit PatternParser(std::string_view source) : source_(source) {}

  Result<TermPtr> Parse() {
    LOUPE_ASSIGN_OR_RETURN(TermPtr term, ParseChoice(0));
    if (at_ < source_.size()) return PatternError("has a \")\" too many", at_);
    if (greatest_reference_ >= names_.size()) {
      return PatternError("refers to a group that it does not have", at_);
    }
    return term;
  }

  std::vector<std::string>& names() { return names_; }

 private:
  [[nodiscard]] bool Looks(std::string_view text) const {
    return source_.substr(at_, text.size()) == text;
  }
  bool Take(std::string_view text) {
    if (!Looks(text)) return false;
    at_ += text.size();
    return true;
  }

  Result<TermPtr> ParseChoice(int depth) {
    if (depth > kMaxPatternDepth) {
      return Status(Code::kLimitExceeded, "a regular expression is nested deeper than " +
                                              std::to_string(kMaxPatternDepth) + " levels");
    }
    TermPtr choice = MakeTerm(Term::Kind::kChoice);
    do {
      LOUPE_ASSIGN_OR_RETURN(TermPtr sequence, ParseSequence(depth));
      choice->terms.push_back(std::move(sequence));
    } while (Take("|"));
    return choice;
  }

  Result<TermPtr> ParseSequence(int depth) {
    TermPtr sequence = MakeTerm(Term::Kind::kSequence);
    while (at_ < source_.size() && source_[at_] != '|' && source_[at_] != ')') {
      const std::size_t first_group = names_.size();
      LOUPE_ASSIGN_OR_RETURN(TermPtr term, ParseAtom(depth));
      LOUPE_ASSIGN_OR_RETURN(term, ParseRepeat(std::move(term), first_group));
      sequence->terms.push_back(std::move(term));
    }
    return sequence;
  }

  Result<TermPtr> ParseAtom(int depth) {
    if (Looks("(")) return ParseGroup(depth);
    if (Looks("[")) return ParseClass();
    if (Looks("*") || Looks("+") || Looks("?")) return PatternError("repeats nothing", at_);
    if (Take("^")) return Step(Kind::kLineStart);
    if (Take("$")) return Step(Kind::kLineEnd);
    if (Take(".")) return Step(Kind::kAny);
    if (Take("\\")) return ParseEscape();
    const char32_t c = NextCodePoint(source_, &at_);
    return Ranges({{c, c}});
  }

  static TermPtr Step(Kind kind, bool negated = false) {
    TermPtr term = MakeTerm(Term::Kind::kStep);
    term->step.kind = kind;
    term->step.negated = negated;
    return term;
  }

  static TermPtr Ranges(std::vector<Range> ranges, bool negated = false) {
    TermPtr term = Step(Kind::kRange, negated);
    term->ranges = std::move(ranges);
    return term;
  }

  Result<TermPtr> ParseGroup(int depth) {
    const std::size_t start = at_++;
    TermPtr group = MakeTerm(Term::Kind::kGroup);
    if (Looks("?=") || Looks("?!") || Looks("?<=") || Looks("?<!")) {
      return Unsupported("look-arounds");
    }
    if (!Take("?:")) {
      std::string name;
      if (Take("?<")) {
        const std::size_t end = source_.find('>', at_);
        if (end == std::string_view::npos) return PatternError("names a group badly", start);
        name = source_.substr(at_, end - at_);
        at_ = end + 1;
      } else if (Looks("?")) {
        return PatternError("has a group of an unknown kind", start);
      }
      group->group = names_.size();
      names_.push_back(std::move(name));
    }
    LOUPE_ASSIGN_OR_RETURN(TermPtr inner, ParseChoice(depth + 1));
    if (!Take(")")) return PatternError("has a group without end", start);
    group->terms.push_back(std::move(inner));
    return group;
  }

  Result<TermPtr> ParseRepeat(TermPtr term, std::size_t first_group) {
    std::uint32_t least = 0;
    std::uint32_t most = kUnbounded;
    if (Take("*")) {
    } else if (Take("+")) {
      least = 1;
    } else if (Take("?")) {
      most = 1;
    } else if (!TakeBounds(&least, &most)) {
      return term;
    }
    const bool too_many = least > kMaxRepeat || (most != kUnbounded && most > kMaxRepeat);
    if (too_many || least > most) {
      return PatternError(too_many ? "repeats more than " + std::to_string(kMaxRepeat) + " times"
                                   : "repeats at least more often than at most",
                          at_);
    }
    TermPtr repeat = MakeTerm(Term::Kind::kRepeat);
    repeat->least = least;
    repeat->most = most;
    repeat->lazy = Take("?");
    repeat->first_group = first_group;
    repeat->last_group = names_.size();
    repeat->terms.push_back(std::move(term));
    if (Looks("*") || Looks("+") || Looks("?")) return PatternError("repeats nothing", at_);
    return repeat;
  }

  // "{2}", "{2,}", "{2,3}"; a brace that is none of these stands for itself.
  bool TakeBounds(std::uint32_t* least, std::uint32_t* most) {
    const std::size_t start = at_;
    bool valid = Take("{") && TakeNumber(least);
    if (valid) {
      *most = *least;
      if (Take(",") && !TakeNumber(most)) *most = kUnbounded;
      valid = Take("}");
    }
    if (!valid) at_ = start;
    return valid;
  }

  bool TakeNumber(std::uint32_t* number) {
    const std::size_t start = at_;
    *number = 0;
    for (; at_ < source_.size() && source_[at_] >= '0' && source_[at_] <= '9'; ++at_) {
      *number = std::min(*number * 10 + static_cast<std::uint32_t>(source_[at_] - '0'), 100'000U);
    }
    return at_ > start;
  }

  // \d, \D, … as ranges; nothing for other letters.
  static const std::vector<Range>* ClassOf(char32_t letter) {
    if (letter == 'd' || letter == 'D') return &kDigits;
    if (letter == 'w' || letter == 'W') return &kWords;
    return letter == 's' || letter == 'S' ? &kSpaces : nullptr;
  }

  Result<TermPtr> ParseEscape() {
    if (at_ == source_.size()) return PatternError("ends with a backslash", at_);
    const char c = source_[at_];
    if (c == 'b' || c == 'B') {
      ++at_;
      return Step(Kind::kWordEdge, c == 'B');
    }
    if (c >= '1' && c <= '9') {
      TermPtr term = Step(Kind::kBackReference);
      (void)TakeNumber(&term->step.a);
      greatest_reference_ = std::max<std::size_t>(greatest_reference_, term->step.a);
      return term;
    }
    if (c == 'k') return Unsupported("references by name");
    if (c == 'p' || c == 'P') return Unsupported("Unicode properties");
    if (const std::vector<Range>* ranges = ClassOf(static_cast<unsigned char>(c))) {
      ++at_;
      return Ranges(*ranges, c < 'a');
    }
    LOUPE_ASSIGN_OR_RETURN(const char32_t code, ParseCharacterEscape());
    return Ranges({{code, code}});
  }

  // What stands behind a backslash for one code point.
  Result<char32_t> ParseCharacterEscape() {
    const std::size_t start = at_;
    const char32_t c = NextCodePoint(source_, &at_);
    constexpr std::string_view kNames = "nrtfv0";
    constexpr std::string_view kCodes("\n\r\t\f\v\0", 6);
    if (c == 'x' || c == 'u') {
      const bool braces = c == 'u' && Take("{");
      const std::size_t end = braces ? source_.find('}', at_) : at_ + (c == 'u' ? 4 : 2);
      if (end > source_.size()) return PatternError("has an incomplete escape", start);
      char32_t code = 0;
      for (; at_ < end; ++at_) {
        const int digit = HexDigit(source_[at_]);
        if (digit < 0 || code > 0x10FFFF) return PatternError("has an invalid escape", start);
        code = code * 16 + static_cast<char32_t>(digit);
      }
      if (braces) ++at_;
      return code;
    }
    const std::size_t known = c < 0x80 ? kNames.find(static_cast<char>(c)) : std::string_view::npos;
    return known == std::string_view::npos
               ? c
               : static_cast<char32_t>(static_cast<unsigned char>(kCodes[known]));
  }

  static int HexDigit(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    const char lower = static_cast<char>(c | 0x20);
    return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
  }

  Result<TermPtr> ParseClass() {
    const std::size_t start = at_++;
    const bool negated = Take("^");
    std::vector<Range> ranges;
    while (at_ < source_.size() && source_[at_] != ']') {
      LOUPE_ASSIGN_OR_RETURN(const bool single, ParseClassItem(&ranges));
      const bool range = Looks("-") && at_ + 1 < source_.size() && source_[at_ + 1] != ']';
      if (!single || !range) continue;
      ++at_;
      const char32_t low = ranges.back().low;
      ranges.pop_back();
      LOUPE_ASSIGN_OR_RETURN(const bool end, ParseClassItem(&ranges));
      if (!end || ranges.back().low < low) return PatternError("has a range out of order", start);
      ranges.back().low = low;
    }
    if (!Take("]")) return PatternError("has a class without end", start);
    return Ranges(std::move(ranges), negated);
  }

  // Adds an item of a class; tells whether it is one code point.
  Result<bool> ParseClassItem(std::vector<Range>* ranges) {
    if (!Take("\\")) {
      const char32_t c = NextCodePoint(source_, &at_);
      ranges->push_back({c, c});
      return true;
    }
    if (at_ == source_.size()) return PatternError("ends with a backslash", at_);
    const char c = source_[at_];
    if (c == 'p' || c == 'P') return Unsupported("Unicode properties");
    if (const std::vector<Range>* known = ClassOf(static_cast<unsigned char>(c))) {
      ++at_;
      const std::vector<Range> added = c < 'a' ? Complement(*known) : *known;
      ranges->insert(ranges->end(), added.begin(), added.end());
      return false;
    }
    if (Take("b")) {
      ranges->push_back({'\b', '\b'});
      return true;
    }
    LOUPE_ASSIGN_OR_RETURN(const char32_t code, ParseCharacterEscape());
    ranges->push_back({code, code});
    return true;
  }

  std::string_view source_;
  std::size_t at_ = 0;
  std::size_t greatest_reference_ = 0;
  std::vector<std::string> names_ = {""};
};

Status ReadFlags(std::string_view text, Pattern::Flags* flags) {
  for (const char c : text) {
    bool* const flag = c == 'g'   ? &flags->global
                       : c == 'i' ? &flags->ignore_case
                       : c == 'm' ? &flags->multiline
                       : c == 's' ? &flags->dot_all
                       : c == 'y' ? &flags->sticky
                                  : nullptr;
    if (c == 'u') continue;  // texts are code points anyway
    if (flag == nullptr || *flag) {
      return Status(Code::kChartInvalidSpec,
                    "\"" + std::string(text) + "\" are no flags of a regular expression");
    }
    *flag = true;
  }
  return Status::Ok();
}

}  // namespace

// Turns the tree into instructions.
class PatternCompiler {
 public:
  explicit PatternCompiler(Pattern* pattern) : pattern_(*pattern) {}

  Status Compile(const Term& root) {
    pattern_.slot_count_ = 2 * pattern_.names_.size();
    Emit(Kind::kSave, 0);
    Add(root);
    Emit(Kind::kSave, 1);
    Emit(Kind::kMatch);
    if (!TooLong()) return Status::Ok();
    return Status(Code::kLimitExceeded, "a regular expression takes more than " +
                                            std::to_string(kMaxPatternInstructions) +
                                            " instructions");
  }

 private:
  [[nodiscard]] std::uint32_t Here() const {
    return static_cast<std::uint32_t>(pattern_.program_.size());
  }

  // Adds an instruction, and gives its place. A program that is too long already stays so.
  std::uint32_t Emit(Kind kind, std::size_t a = 0, std::size_t b = 0) {
    Instruction instruction;
    instruction.kind = kind;
    instruction.a = static_cast<std::uint32_t>(a);
    instruction.b = static_cast<std::uint32_t>(b);
    pattern_.program_.push_back(instruction);
    return Here() - 1;
  }

  // Visits count too: what repeats nothing emits nothing, however often.
  [[nodiscard]] bool TooLong() const {
    return pattern_.program_.size() > kMaxPatternInstructions ||
           pattern_.ranges_.size() > kMaxPatternInstructions ||
           visits_ > 4 * kMaxPatternInstructions;
  }

  void Add(const Term& term) {
    ++visits_;
    if (TooLong()) return;
    switch (term.kind) {
      case Term::Kind::kSequence:
        for (const TermPtr& part : term.terms) Add(*part);
        return;
      case Term::Kind::kChoice:
        return AddChoice(term);
      case Term::Kind::kStep:
        return AddStep(term);
      case Term::Kind::kGroup:
        if (term.group > 0) Emit(Kind::kSave, 2 * term.group);
        Add(*term.terms[0]);
        if (term.group > 0) Emit(Kind::kSave, 2 * term.group + 1);
        return;
      case Term::Kind::kRepeat:
        return AddRepeat(term);
    }
  }

  void AddStep(const Term& term) {
    const std::uint32_t at = Emit(term.step.kind, term.step.a);
    Instruction& instruction = pattern_.program_[at];
    instruction.negated = term.step.negated;
    if (term.step.kind != Kind::kRange) return;
    instruction.a = static_cast<std::uint32_t>(pattern_.ranges_.size());
    pattern_.ranges_.insert(pattern_.ranges_.end(), term.ranges.begin(), term.ranges.end());
    instruction.b = static_cast<std::uint32_t>(pattern_.ranges_.size());
  }

  void AddChoice(const Term& term) {
    std::vector<std::uint32_t> exits;
    for (std::size_t i = 0; i < term.terms.size(); ++i) {
      const bool last = i + 1 == term.terms.size();
      const std::uint32_t split = last ? 0 : Emit(Kind::kSplit, Here() + 1);
      Add(*term.terms[i]);
      if (last) break;
      exits.push_back(Emit(Kind::kJump));
      pattern_.program_[split].b = Here();
    }
    for (const std::uint32_t at : exits) pattern_.program_[at].a = Here();
  }

  // Points a split into its body at `at` + 1 and past it at `past`.
  void Aim(std::uint32_t at, std::uint32_t past, bool lazy) {
    pattern_.program_[at].a = lazy ? past : at + 1;
    pattern_.program_[at].b = lazy ? at + 1 : past;
  }

  void AddRepeat(const Term& term) {
    for (std::uint32_t i = 0; i < term.least && !TooLong(); ++i) AddBody(term);
    if (term.most == kUnbounded) {
      const std::size_t slot = pattern_.slot_count_++;
      const std::uint32_t split = Emit(Kind::kSplit);
      Emit(Kind::kSave, slot);
      AddBody(term);
      Emit(Kind::kProgress, slot);
      Emit(Kind::kJump, split);
      Aim(split, Here(), term.lazy);
      return;
    }
    std::vector<std::uint32_t> splits;
    for (std::uint32_t i = term.least; i < term.most; ++i) {
      if (TooLong()) break;
      splits.push_back(Emit(Kind::kSplit));
      AddBody(term);
    }
    for (const std::uint32_t split : splits) Aim(split, Here(), term.lazy);
  }

  // Groups forget what they took the time before.
  void AddBody(const Term& term) {
    if (term.last_group > term.first_group) {
      Emit(Kind::kClear, 2 * term.first_group, 2 * term.last_group);
    }
    Add(*term.terms[0]);
  }

  Pattern& pattern_;
  std::size_t visits_ = 0;
};

// Runs a program from one position on. The stack holds choices not taken yet and, between them,
// slots as they were before, so that going back restores them.
class PatternMachine {
 public:
  PatternMachine(const Pattern& pattern, std::string_view text, const Pattern::Meter& meter)
      : pattern_(pattern), text_(text), meter_(meter) {}

  Result<std::optional<Pattern::Match>> Run(std::size_t start) {
    slots_.assign(pattern_.slot_count_, kNoPosition);
    stack_.clear();
    pc_ = 0;
    at_ = start;
    for (;;) {
      const Instruction& now = pattern_.program_[pc_];
      pending_ += now.kind == Kind::kRange ? 1 + (now.b - now.a) / 8 : 1;
      if (pending_ >= kMeterSteps) LOUPE_RETURN_IF_ERROR(Report());
      if (now.kind == Kind::kMatch) {
        LOUPE_RETURN_IF_ERROR(Report());
        return std::optional<Pattern::Match>(Spans());
      }
      if (Do(now)) continue;
      if (stack_.size() > kMaxPatternChoices) {
        return Status(Code::kLimitExceeded, "a regular expression keeps more than " +
                                                std::to_string(kMaxPatternChoices) +
                                                " choices open");
      }
      if (!GoBack()) return std::optional<Pattern::Match>();
    }
  }

  // Hands the steps taken to the meter.
  Status Report() { return meter_(std::exchange(pending_, 0)); }

 private:
  static constexpr std::size_t kMeterSteps = 256;

  struct Entry {
    std::size_t pc_or_slot;
    std::size_t position;
    bool choice;
  };

  // Carries an instruction out; false where it fails.
  bool Do(const Instruction& now) {
    ++pc_;
    switch (now.kind) {
      case Kind::kRange:
      case Kind::kAny:
        return TakeOne(now);
      case Kind::kSplit:
        stack_.push_back({now.b, at_, true});
        pc_ = now.a;
        return stack_.size() <= kMaxPatternChoices;
      case Kind::kJump:
        pc_ = now.a;
        return true;
      case Kind::kSave:
        Keep(now.a, at_);
        return true;
      case Kind::kClear:
        for (std::size_t slot = now.a; slot < now.b; ++slot) Keep(slot, kNoPosition);
        return true;
      case Kind::kProgress:
        return slots_[now.a] != at_;
      case Kind::kLineStart:
        return at_ == 0 || (pattern_.flags_.multiline && IsLineEnd(Before()));
      case Kind::kLineEnd:
        return at_ == text_.size() || (pattern_.flags_.multiline && IsLineEnd(After()));
      case Kind::kWordEdge: {
        const bool before = at_ > 0 && IsWord(Before());
        const bool after = at_ < text_.size() && IsWord(After());
        return (before != after) != now.negated;
      }
      case Kind::kBackReference:
        return TakeAgain(now.a);
      case Kind::kMatch:
        return true;
    }
    return false;
  }

  void Keep(std::size_t slot, std::size_t position) {
    stack_.push_back({slot, slots_[slot], false});
    slots_[slot] = position;
  }

  bool GoBack() {
    while (!stack_.empty()) {
      const Entry entry = stack_.back();
      stack_.pop_back();
      if (entry.choice) {
        pc_ = entry.pc_or_slot;
        at_ = entry.position;
        return true;
      }
      slots_[entry.pc_or_slot] = entry.position;
    }
    return false;
  }

  [[nodiscard]] char32_t After() const {
    std::size_t at = at_;
    return NextCodePoint(text_, &at);
  }
  [[nodiscard]] char32_t Before() const {
    std::size_t at = at_ - 1;
    while (at > 0 && (static_cast<unsigned char>(text_[at]) & 0xC0U) == 0x80U) --at;
    return NextCodePoint(text_, &at);
  }

  [[nodiscard]] bool InRanges(const Instruction& now, char32_t c) const {
    for (std::size_t i = now.a; i < now.b; ++i) {
      if (c >= pattern_.ranges_[i].low && c <= pattern_.ranges_[i].high) return true;
    }
    return false;
  }

  bool TakeOne(const Instruction& now) {
    if (at_ == text_.size()) return false;
    const char32_t c = NextCodePoint(text_, &at_);
    if (now.kind == Kind::kAny) return pattern_.flags_.dot_all || !IsLineEnd(c);
    bool inside = InRanges(now, c);
    if (!inside && pattern_.flags_.ignore_case) {
      const char32_t lower = Folded(c);
      const bool letter = lower >= 'a' && lower <= 'z';
      inside = letter && (InRanges(now, lower) || InRanges(now, lower - ('a' - 'A')));
    }
    return inside != now.negated;
  }

  // The text of a group once more; a group that took no part is empty.
  bool TakeAgain(std::size_t group) {
    const std::size_t begin = slots_[2 * group];
    const std::size_t end = slots_[2 * group + 1];
    if (begin == kNoPosition || end == kNoPosition) return true;
    const std::string_view kept = text_.substr(begin, end - begin);
    const std::string_view next = text_.substr(at_, kept.size());
    const bool same =
        pattern_.flags_.ignore_case ? AsciiLower(kept) == AsciiLower(next) : kept == next;
    if (same) at_ += kept.size();
    return same;
  }

  [[nodiscard]] Pattern::Match Spans() const {
    Pattern::Match match;
    for (std::size_t i = 0; i < pattern_.names_.size(); ++i) {
      const bool whole = slots_[2 * i] != kNoPosition && slots_[2 * i + 1] != kNoPosition;
      match.push_back(whole ? Pattern::Span{slots_[2 * i], slots_[2 * i + 1]} : Pattern::Span{});
    }
    return match;
  }

  const Pattern& pattern_;
  std::string_view text_;
  const Pattern::Meter& meter_;
  std::vector<std::size_t> slots_;
  std::vector<Entry> stack_;
  std::size_t pc_ = 0;
  std::size_t at_ = 0;
  std::size_t pending_ = 0;  // steps not reported yet
};

Result<Pattern> Pattern::Parse(std::string_view source, std::string_view flags) {
  Pattern pattern;
  LOUPE_RETURN_IF_ERROR(ReadFlags(flags, &pattern.flags_));
  PatternParser parser(source);
  LOUPE_ASSIGN_OR_RETURN(const TermPtr root, parser.Parse());
  pattern.names_ = std::move(parser.names());
  LOUPE_RETURN_IF_ERROR(PatternCompiler(&pattern).Compile(*root));
  pattern.text_ = "/" + std::string(source) + "/" + std::string(flags);
  return pattern;
}

Result<std::optional<Pattern::Match>> Pattern::Find(std::string_view text, std::size_t from,
                                                    const Meter& meter) const {
  PatternMachine machine(*this, text, meter);
  for (std::size_t start = from; start <= text.size();) {
    LOUPE_ASSIGN_OR_RETURN(std::optional<Match> match, machine.Run(start));
    if (match) return match;
    if (flags_.sticky || start == text.size()) break;
    (void)NextCodePoint(text, &start);
  }
  LOUPE_RETURN_IF_ERROR(machine.Report());
  return std::optional<Match>();
}

}  // namespace loupe::chart
