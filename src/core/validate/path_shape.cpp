#include "core/validate/path_shape.hpp"

namespace loupe::validate {
namespace {

bool StartsWith(std::string_view text, std::size_t place, std::string_view prefix) {
  return text.substr(place, prefix.size()) == prefix;
}

// Axes that look at nodes beyond parents and children.
constexpr std::string_view kSearchAxes[] = {"descendant", "ancestor", "following", "preceding"};

bool IsAxis(std::string_view path, std::size_t place) {
  for (const std::string_view axis : kSearchAxes) {
    if (StartsWith(path, place, axis) && path.find("::", place) != std::string_view::npos) {
      return true;
    }
  }
  return false;
}

// Position behind the literal that begins at `place` with a quote.
std::size_t SkipLiteral(std::string_view text, std::size_t place) {
  const std::size_t end = text.find(text[place], place + 1);
  return end == std::string_view::npos ? text.size() : end + 1;
}

// Reads a printed string "…" and undoes its escapes; position behind it. What does not fit is cut,
// with `*fits` false.
std::size_t ReadString(std::string_view text, std::size_t place, char* buffer, std::size_t* length,
                       bool* fits) {
  *length = 0;
  *fits = true;
  for (++place; place < text.size() && text[place] != '"'; ++place) {
    if (text[place] == '\\' && place + 1 < text.size()) ++place;
    if (*length >= kMaxRegexBytes) {
      *fits = false;
      continue;
    }
    buffer[(*length)++] = text[place];
  }
  return place + 1;
}

}  // namespace

PathRisk AssessXpath(std::string_view path) noexcept {
  if (path.size() > kMaxPathBytes) return PathRisk::kTooLong;
  int searches = 0;
  int parts = 0;
  int predicates = 0;  // open ones
  for (std::size_t place = 0; place < path.size();) {
    const char c = path[place];
    if (c == '"' || c == '\'') {
      place = SkipLiteral(path, place);
      continue;
    }
    if (IsAxis(path, place)) return PathRisk::kAxis;
    if (StartsWith(path, place, "//")) {
      if (predicates > 0) return PathRisk::kPredicate;
      ++searches;
      ++place;
    }
    // From what a search found back up, or together with what another path found.
    if (searches > 0 && (StartsWith(path, place, "..") || c == '|')) return PathRisk::kAxis;
    // An absolute path: evaluated anew for each element that the predicate is asked about.
    const bool begins_path = place == 0 || std::string_view("[(=<>,+-*| ").find(path[place - 1]) !=
                                               std::string_view::npos;
    if (predicates > 0 && c == '/' && begins_path) return PathRisk::kPredicate;
    if (predicates > 0 && (StartsWith(path, place, "count(") || StartsWith(path, place, "sum("))) {
      return PathRisk::kPredicate;
    }
    if (c == '[' && ++predicates > 1) return PathRisk::kPredicate;
    if (c == ']' && predicates > 0) --predicates;
    if (c == '/' || c == '[' || c == '|') ++parts;
    ++place;
  }
  if (searches > 1) return PathRisk::kManySearches;
  return parts > kMaxPathParts ? PathRisk::kManyParts : PathRisk::kNone;
}

PathRisk AssessJsonpath(std::string_view path) noexcept {
  if (path.size() > kMaxPathBytes) return PathRisk::kTooLong;
  int searches = 0;
  bool expects_regex = false;
  char buffer[kMaxRegexBytes];
  for (std::size_t place = 0; place < path.size();) {
    if (path[place] == '"') {
      std::size_t length = 0;
      bool fits = true;
      place = ReadString(path, place, buffer, &length, &fits);
      const bool is_risky =
          !fits || AssessRegex(std::string_view(buffer, length), "") != RegexRisk::kNone;
      if (expects_regex && is_risky) return PathRisk::kRegex;
      expects_regex = false;
      continue;
    }
    if (StartsWith(path, place, "like_regex")) expects_regex = true;
    if (StartsWith(path, place, "**")) {
      ++searches;
      ++place;
    }
    ++place;
  }
  return searches > 1 ? PathRisk::kManySearches : PathRisk::kNone;
}

const char* DescribeRisk(PathRisk risk) noexcept {
  switch (risk) {
    case PathRisk::kNone:
      break;
    case PathRisk::kTooLong:
      return "is longer than 1024 bytes";
    case PathRisk::kManySearches:
      return "searches the document more than once";
    case PathRisk::kAxis:
      return "looks through the document along an axis";
    case PathRisk::kPredicate:
      return "has a predicate that searches, nests or counts";
    case PathRisk::kManyParts:
      return "has too many parts";
    case PathRisk::kRegex:
      return "has a regular expression that may be slow";
  }
  return "is not judged";
}

}  // namespace loupe::validate
