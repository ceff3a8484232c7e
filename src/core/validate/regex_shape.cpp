#include "core/validate/regex_shape.hpp"

#include <algorithm>

namespace loupe::validate {
namespace {

constexpr int kUnbounded = 1 << 20;
constexpr int kManyRounds = 10;  // repetition counted beyond this is treated as unbounded

constexpr int kNoCharacter = -1;  // a part that begins with nothing or with a class
constexpr int kClassAtom = 256;   // a class such as \d, [a-z] or .

// What the parser knows of a part of the pattern.
struct Part {
  bool nullable = true;       // may match the empty string
  bool has_loop = false;      // holds an unbounded repetition
  bool has_fixed = false;     // holds an atom that every match passes exactly once
  bool loose = false;         // has a branch that loops without a fixed part
  bool begins_alike = false;  // has two branches that begin with the same character
  bool is_group = false;
  int first = kNoCharacter;  // the character it begins with, where that is certain
  double copies = 1;         // atoms after counted repetition is written out
};

struct Rounds {
  int min = 1;
  int max = 1;
};

class Reader {
 public:
  explicit Reader(std::string_view pattern) : text_(pattern) {}

  RegexRisk Assess() {
    SkipDirector();
    if (risk_ != RegexRisk::kNone || literal_) return risk_;
    (void)ReadAlternation(0);
    return risk_;
  }

 private:
  [[nodiscard]] bool AtEnd() const { return place_ >= text_.size(); }
  [[nodiscard]] char Peek(std::size_t ahead = 0) const {
    return place_ + ahead < text_.size() ? text_[place_ + ahead] : '\0';
  }
  bool Skip(std::string_view prefix) {
    if (text_.substr(std::min(place_, text_.size()), prefix.size()) != prefix) return false;
    place_ += prefix.size();
    return true;
  }
  void Found(RegexRisk risk) {
    if (risk_ == RegexRisk::kNone) risk_ = risk;
  }
  [[nodiscard]] static bool IsDigit(char c) { return c >= '0' && c <= '9'; }
  [[nodiscard]] static bool IsLetter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }

  // "***=" makes the rest literal, "***:" says nothing new, "(?i)" sets options at the beginning.
  void SkipDirector() {
    if (Skip("***=")) literal_ = true;
    (void)Skip("***:");
    if (Peek() != '(' || Peek(1) != '?' || !IsLetter(Peek(2))) return;
    for (place_ += 2; !AtEnd() && Peek() != ')'; ++place_) {
      if (Peek() == 'b') Found(RegexRisk::kBasicSyntax);
      if (Peek() == 'q') literal_ = true;
    }
    ++place_;
  }

  Part ReadAlternation(int depth) {
    Part all = ReadBranch(depth);
    bool seen[kClassAtom] = {};
    Note(all.first, seen, &all);
    while (risk_ == RegexRisk::kNone && Peek() == '|') {
      ++place_;
      const Part branch = ReadBranch(depth);
      Note(branch.first, seen, &all);
      all.nullable = all.nullable || branch.nullable;
      all.has_loop = all.has_loop || branch.has_loop;
      all.has_fixed = all.has_fixed && branch.has_fixed;
      all.loose = all.loose || branch.loose;
      all.begins_alike = all.begins_alike || branch.begins_alike;
      all.copies += branch.copies;
      all.first = kNoCharacter;
    }
    return all;
  }

  static void Note(int first, bool* seen, Part* all) {
    if (first < 0 || first >= kClassAtom) return;
    if (seen[first]) all->begins_alike = true;
    seen[first] = true;
  }

  Part ReadBranch(int depth) {
    Part branch;
    branch.copies = 0;
    bool at_start = true;
    while (risk_ == RegexRisk::kNone && !AtEnd() && Peek() != '|' && Peek() != ')') {
      const Part part = ReadQuantified(depth);
      if (at_start && !part.nullable) branch.first = part.first;
      at_start = at_start && part.nullable && part.first == kNoCharacter;
      branch.nullable = branch.nullable && part.nullable;
      branch.has_loop = branch.has_loop || part.has_loop;
      branch.has_fixed = branch.has_fixed || part.has_fixed;
      branch.begins_alike = branch.begins_alike || part.begins_alike;
      branch.copies += part.copies;
      if (branch.copies > kMaxRegexCopies) Found(RegexRisk::kTooManyCopies);
    }
    branch.loose = branch.has_loop && !branch.has_fixed;
    return branch;
  }

  Part ReadQuantified(int depth) {
    Part part = ReadAtom(depth);
    const Rounds rounds = ReadRounds();
    const bool many = rounds.max > kManyRounds;
    if (part.is_group && many) {
      if (part.loose || part.nullable) Found(RegexRisk::kNestedRepeat);
      if (part.begins_alike) Found(RegexRisk::kOverlap);
    }
    part.nullable = part.nullable || rounds.min == 0;
    part.has_loop = part.has_loop || many;
    part.has_fixed = part.has_fixed && rounds.min == 1 && rounds.max == 1;
    if (rounds.max < kUnbounded) part.copies *= std::max(rounds.max, 1);
    part.is_group = false;
    return part;
  }

  Rounds ReadRounds() {
    Rounds rounds;
    if (Peek() == '*') {
      rounds = {0, kUnbounded};
    } else if (Peek() == '+') {
      rounds = {1, kUnbounded};
    } else if (Peek() == '?') {
      rounds = {0, 1};
    } else if (Peek() == '{' && IsDigit(Peek(1))) {
      ++place_;
      rounds.min = ReadNumber();
      rounds.max = rounds.min;
      if (Peek() == ',') {
        ++place_;
        rounds.max = IsDigit(Peek()) ? ReadNumber() : kUnbounded;
      }
    } else {
      return rounds;
    }
    ++place_;
    if (Peek() == '?') ++place_;  // non-greedy
    return rounds;
  }

  int ReadNumber() {
    int number = 0;
    for (; IsDigit(Peek()); ++place_) number = std::min(number * 10 + (Peek() - '0'), kUnbounded);
    return number;
  }

  static Part Atom(int first) {
    Part part;
    part.nullable = false;
    part.has_fixed = true;
    part.first = first;
    return part;
  }
  static Part Constraint() {  // ^, $, \y: matches no character
    Part part;
    part.copies = 0;
    return part;
  }

  Part ReadAtom(int depth) {
    const char c = Peek();
    if (c == '(') return ReadGroup(depth);
    if (c == '[') return ReadBracket();
    if (c == '\\') return ReadEscape();
    ++place_;
    if (c == '^' || c == '$') return Constraint();
    if (c == '.') {
      // It fits whatever the loop beside it fits, so it sets nothing apart.
      Part any = Atom(kClassAtom);
      any.has_fixed = false;
      return any;
    }
    return Atom(static_cast<unsigned char>(c));
  }

  Part ReadGroup(int depth) {
    if (depth >= kMaxRegexDepth) {
      Found(RegexRisk::kTooDeep);
      return {};
    }
    ++place_;
    const bool looks_around = Skip("?=") || Skip("?!") || Skip("?<=") || Skip("?<!");
    (void)Skip("?:");
    Part part = ReadAlternation(depth + 1);
    if (Peek() == ')') ++place_;
    if (looks_around) {
      part.nullable = true;
      part.has_fixed = false;
      part.first = kNoCharacter;
    }
    part.is_group = true;
    return part;
  }

  // "[^]a-z[:digit:]]": a bracket that stands first is a member.
  Part ReadBracket() {
    ++place_;
    if (Peek() == '^') ++place_;
    if (Peek() == ']') ++place_;
    while (!AtEnd() && Peek() != ']') {
      const char kind = Peek(1);
      if (Peek() == '[' && (kind == ':' || kind == '.' || kind == '=')) {
        for (place_ += 2; !AtEnd() && (Peek() != kind || Peek(1) != ']'); ++place_) {
        }
        ++place_;
      } else if (Peek() == '\\') {
        ++place_;
      }
      ++place_;
    }
    ++place_;
    return Atom(kClassAtom);
  }

  Part ReadEscape() {
    const char c = Peek(1);
    place_ += 2;
    if (c >= '1' && c <= '9') Found(RegexRisk::kBackReference);
    constexpr std::string_view kConstraints = "AmMyYZ";
    if (kConstraints.find(c) != std::string_view::npos) return Constraint();
    if (c == 'x' || c == 'u' || c == 'U' || c == 'c') {
      while (IsDigit(Peek()) || IsLetter(Peek())) ++place_;
      return Atom(kClassAtom);
    }
    const bool is_class = IsLetter(c) || IsDigit(c);
    return Atom(is_class ? kClassAtom : static_cast<unsigned char>(c));
  }

  std::string_view text_;
  std::size_t place_ = 0;
  RegexRisk risk_ = RegexRisk::kNone;
  bool literal_ = false;
};

}  // namespace

RegexRisk AssessRegex(std::string_view pattern, std::string_view options) noexcept {
  if (pattern.size() > kMaxRegexBytes) return RegexRisk::kTooLong;
  if (options.find('q') != std::string_view::npos) return RegexRisk::kNone;
  if (options.find('b') != std::string_view::npos) return RegexRisk::kBasicSyntax;
  return Reader(pattern).Assess();
}

const char* DescribeRisk(RegexRisk risk) noexcept {
  switch (risk) {
    case RegexRisk::kNone:
      break;
    case RegexRisk::kTooLong:
      return "is longer than 1024 bytes";
    case RegexRisk::kTooDeep:
      return "nests too deep";
    case RegexRisk::kBackReference:
      return "has a back reference";
    case RegexRisk::kNestedRepeat:
      return "repeats a group that has no fixed part";
    case RegexRisk::kOverlap:
      return "repeats a group whose branches begin alike";
    case RegexRisk::kTooManyCopies:
      return "repeats too much by count";
    case RegexRisk::kBasicSyntax:
      return "is in basic syntax";
  }
  return "is not judged";
}

}  // namespace loupe::validate
