#include "core/chart/mark/path_text.hpp"

#include <charconv>
#include <cmath>

#include "core/chart/limits.hpp"

namespace loupe::chart {
namespace {

constexpr bool IsLetter(char c) { return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'); }
constexpr char Upper(char c) { return c >= 'a' ? static_cast<char>(c - 'a' + 'A') : c; }

// How many numbers a command takes; -1: there is no such command.
int CountOf(char command) {
  switch (command) {
    case 'Z':
      return 0;
    case 'H':
    case 'V':
      return 1;
    case 'M':
    case 'L':
    case 'T':
      return 2;
    case 'S':
    case 'Q':
      return 4;
    case 'C':
      return 6;
    case 'A':
      return 7;
    default:
      return -1;
  }
}

struct Place {
  double x = 0;
  double y = 0;
};

class PathReader {
 public:
  PathReader(std::string_view text, double scale) : rest_(text), scale_(scale) {}

  std::optional<Path> Read() {
    SkipBlanks();
    char command = '\0';
    while (!rest_.empty()) {
      if (IsLetter(rest_.front())) {
        command = rest_.front();
        rest_.remove_prefix(1);
      } else if (path_.empty() || Upper(command) == 'Z') {
        return std::nullopt;
      } else if (Upper(command) == 'M') {  // further points of a move are lines
        command = command == 'M' ? 'L' : 'l';
      }
      const bool starts = !path_.empty() || Upper(command) == 'M';
      if (!starts || !ReadCommand(command) || path_.size() > kMaxSymbolCommands) {
        return std::nullopt;
      }
      SkipBlanks();
    }
    return path_.empty() ? std::nullopt : std::optional<Path>(std::move(path_));
  }

 private:
  void SkipBlanks() {
    const std::size_t start = rest_.find_first_not_of(" \t\r\n,");
    rest_.remove_prefix(start == std::string_view::npos ? rest_.size() : start);
  }

  bool Number(double* out) {
    SkipBlanks();
    if (!rest_.empty() && rest_.front() == '+') rest_.remove_prefix(1);
    const auto end = std::from_chars(rest_.data(), rest_.data() + rest_.size(), *out);
    if (end.ec != std::errc() || !std::isfinite(*out)) return false;
    rest_.remove_prefix(static_cast<std::size_t>(end.ptr - rest_.data()));
    return true;
  }

  // The flags of an arc may stand together.
  bool Flag(double* out) {
    SkipBlanks();
    if (rest_.empty() || (rest_.front() != '0' && rest_.front() != '1')) return false;
    *out = rest_.front() - '0';
    rest_.remove_prefix(1);
    return true;
  }

  bool ReadCommand(char command) {
    const char kind = Upper(command);
    const int count = CountOf(kind);
    if (count < 0) return false;
    std::array<double, 7> args{};
    for (std::size_t i = 0; i < static_cast<std::size_t>(count); ++i) {
      const bool flag = kind == 'A' && (i == 3 || i == 4);
      if (!(flag ? Flag(&args.at(i)) : Number(&args.at(i)))) return false;
    }
    Resolve(kind, command != kind, &args);
    Append(kind, args);
    return true;
  }

  // Scales the numbers of a command and adds the current point to relative ones.
  void Resolve(char kind, bool relative, std::array<double, 7>* args) const {
    const Place from = relative ? at_ : Place{};
    if (kind == 'A') {
      (*args)[0] *= scale_;
      (*args)[1] *= scale_;
      (*args)[5] = from.x + (*args)[5] * scale_;
      (*args)[6] = from.y + (*args)[6] * scale_;
      return;
    }
    for (std::size_t i = 0; i < args->size(); ++i) {
      const bool is_y = kind == 'V' || (kind != 'H' && i % 2 == 1);
      args->at(i) = (is_y ? from.y : from.x) + args->at(i) * scale_;
    }
  }

  void Add(PathVerb verb, const std::array<double, 7>& args, const Place& to,
           const Place& control) {
    path_.push_back({verb, args});
    at_ = to;
    control_ = control;
  }

  // The last control point seen from the other side, where a curve of the same kind came before.
  [[nodiscard]] Place Mirrored(PathVerb verb) const {
    const bool same = !path_.empty() && path_.back().verb == verb;
    return same ? Place{2 * at_.x - control_.x, 2 * at_.y - control_.y} : at_;
  }

  void Append(char kind, const std::array<double, 7>& a) {
    switch (kind) {
      case 'Z':
        Add(PathVerb::kClose, {}, start_, start_);
        return;
      case 'M':
        start_ = {a[0], a[1]};
        Add(PathVerb::kMove, a, start_, start_);
        return;
      case 'H':
        Add(PathVerb::kLine, {a[0], at_.y}, {a[0], at_.y}, {a[0], at_.y});
        return;
      case 'V':
        Add(PathVerb::kLine, {at_.x, a[0]}, {at_.x, a[0]}, {at_.x, a[0]});
        return;
      case 'C':
        Add(PathVerb::kCubic, a, {a[4], a[5]}, {a[2], a[3]});
        return;
      case 'S': {
        const Place first = Mirrored(PathVerb::kCubic);
        Add(PathVerb::kCubic, {first.x, first.y, a[0], a[1], a[2], a[3]}, {a[2], a[3]},
            {a[0], a[1]});
        return;
      }
      case 'Q':
        Add(PathVerb::kQuad, a, {a[2], a[3]}, {a[0], a[1]});
        return;
      case 'T': {
        const Place first = Mirrored(PathVerb::kQuad);
        Add(PathVerb::kQuad, {first.x, first.y, a[0], a[1]}, {a[0], a[1]}, first);
        return;
      }
      case 'A':
        Add(PathVerb::kArc, a, {a[5], a[6]}, {a[5], a[6]});
        return;
      default:
        Add(PathVerb::kLine, a, {a[0], a[1]}, {a[0], a[1]});
        return;
    }
  }

  std::string_view rest_;
  double scale_;
  Path path_;
  Place at_;
  Place start_;    // of the current figure
  Place control_;  // of the last curve
};

}  // namespace

std::optional<Path> ParsePathText(std::string_view text, double scale) {
  return PathReader(text, scale).Read();
}

}  // namespace loupe::chart
