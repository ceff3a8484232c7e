#include "core/ask/follow_up.hpp"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <utility>
#include <vector>

#include "core/ask/lexicon.hpp"
#include "core/ask/match.hpp"
#include "core/ask/tokens.hpp"
#include "core/ask/words.hpp"

namespace loupe::ask {
namespace {

// Words that open a follow-up and say nothing else; longer ones first.
constexpr std::string_view kOpenings[] = {"what about", "how about", "and",  "but",     "only",
                                          "just",       "now",       "then", "instead", "ok"};
constexpr std::string_view kClosings[] = {"only", "instead", "too", "please"};

constexpr std::size_t kMaxPieces = 3;  // changes at once
constexpr double kFirstYear = 1900;
constexpr double kLastYear = 2100;

// A question with its tokens and what they may mean.
struct Matched {
  std::string_view text;
  std::vector<Token> tokens;
  std::vector<Segment> segments;

  [[nodiscard]] MeaningKind KindAt(std::size_t at) const {
    return segments[at].meanings.front().kind;
  }
  [[nodiscard]] std::size_t BeginOf(std::size_t at) const {
    return tokens[segments[at].begin].begin;
  }
  [[nodiscard]] std::size_t EndOf(std::size_t at) const { return tokens[segments[at].end - 1].end; }
  [[nodiscard]] std::string Text(std::size_t first, std::size_t last) const {
    return std::string(text.substr(BeginOf(first), EndOf(last) - BeginOf(first)));
  }
};

// Segments from first up to and including last.
struct Piece {
  enum class Kind { kGroup, kTime, kValue, kCondition };
  Kind kind = Kind::kCondition;
  std::size_t first = 0;  // with its preposition
  std::size_t last = 0;
  std::size_t content = 0;  // without it
};

bool IsPreposition(MeaningKind kind) {
  return kind == MeaningKind::kIn || kind == MeaningKind::kFrom || kind == MeaningKind::kTo ||
         kind == MeaningKind::kOf;
}

bool IsGroupWord(MeaningKind kind) {
  return kind == MeaningKind::kBy || kind == MeaningKind::kEach;
}

bool IsGroupPart(MeaningKind kind) {
  return kind == MeaningKind::kEntity || kind == MeaningKind::kDimension ||
         kind == MeaningKind::kQuantity || kind == MeaningKind::kMeasure ||
         kind == MeaningKind::kGrain || kind == MeaningKind::kNeutral;
}

bool IsValue(MeaningKind kind) { return kind == MeaningKind::kValue || kind == MeaningKind::kText; }

bool OpensCondition(MeaningKind kind) {
  return kind == MeaningKind::kWith || kind == MeaningKind::kExcept ||
         kind == MeaningKind::kNegation;
}

// The content of the follow-up: its segments without openings, closings and punctuation.
struct Content {
  std::size_t first = 0;
  std::size_t end = 0;
  bool is_opened = false;
};

Content ContentOf(const Matched& matched, std::size_t begin, std::size_t end) {
  Content content;
  const auto open = [&] {
    for (const std::string_view opening : kOpenings) {
      const std::size_t count = CountPhraseTokens(matched.tokens, begin, opening);
      if (count == 0) continue;
      begin += count;
      return true;
    }
    return false;
  };
  while (begin < end && open()) content.is_opened = true;
  const auto closes = [&](const Token& token) {
    return IsPause(token) || token.text == "," ||
           std::find(std::begin(kClosings), std::end(kClosings), token.lower) !=
               std::end(kClosings);
  };
  while (end > begin && closes(matched.tokens[end - 1])) --end;
  const std::vector<Segment>& segments = matched.segments;
  while (content.first < segments.size() && segments[content.first].begin < begin) ++content.first;
  content.end = content.first;
  while (content.end < segments.size() && segments[content.end].end <= end) ++content.end;
  return content;
}

bool All(const Matched& matched, std::size_t first, std::size_t end, bool (*holds)(MeaningKind)) {
  for (std::size_t at = first; at < end; ++at) {
    if (!holds(matched.KindAt(at))) return false;
  }
  return first < end;
}

// "only 2023" has no word that tells a year from a number.
bool IsYear(const Segment& segment) {
  const Meaning& meaning = segment.meanings.front();
  return meaning.kind == MeaningKind::kNumber && meaning.number >= kFirstYear &&
         meaning.number <= kLastYear;
}

// The one piece that the content consists of.
std::optional<Piece> PieceOf(const Matched& matched, const Content& content) {
  if (content.first == content.end) return std::nullopt;
  Piece piece;
  piece.first = content.first;
  piece.last = content.end - 1;
  if (OpensCondition(matched.KindAt(piece.first))) return piece;
  if (IsGroupWord(matched.KindAt(piece.first))) {
    piece.kind = Piece::Kind::kGroup;
    const auto is_part = [](MeaningKind kind) {
      return IsGroupPart(kind) || kind == MeaningKind::kAnd || kind == MeaningKind::kComma;
    };
    if (All(matched, piece.first + 1, content.end, is_part)) return piece;
    return std::nullopt;
  }
  piece.content = piece.first;
  while (piece.content < piece.last && (IsPreposition(matched.KindAt(piece.content)) ||
                                        matched.KindAt(piece.content) == MeaningKind::kNeutral)) {
    ++piece.content;
  }
  const bool time =
      matched.KindAt(piece.last) == MeaningKind::kTime || IsYear(matched.segments[piece.last]);
  if (piece.content == piece.last && time) {
    piece.kind = Piece::Kind::kTime;
    return piece;
  }
  piece.kind = Piece::Kind::kValue;
  const auto is_value = [](MeaningKind kind) { return IsValue(kind) || kind == MeaningKind::kOr; };
  if (!All(matched, piece.content, content.end, is_value)) return std::nullopt;
  // A lone value that nothing opens and no preposition leads may be a question of its own.
  return content.is_opened || piece.content > piece.first ? std::optional<Piece>(piece)
                                                          : std::nullopt;
}

bool ShareColumn(const Segment& a, const Segment& b) {
  for (const Meaning& one : a.meanings) {
    for (const Meaning& other : b.meanings) {
      const bool values = one.kind == MeaningKind::kValue && other.kind == MeaningKind::kValue;
      if (values && one.entity == other.entity && one.member == other.member) return true;
    }
  }
  return false;
}

// A text that nothing knows may be of any column.
bool MayShareColumn(const Segment& a, const Segment& b) {
  const auto is_unknown = [](const Segment& segment) {
    return segment.meanings.front().kind == MeaningKind::kText;
  };
  return is_unknown(a) || is_unknown(b) || ShareColumn(a, b);
}

// "only from LGA and only in May": two changes at once. Two values of one column are no two
// changes, since the second would undo the first.
std::vector<Piece> PiecesOf(const Matched& matched) {
  const Content whole = ContentOf(matched, 0, matched.tokens.size());
  if (const std::optional<Piece> one = PieceOf(matched, whole)) return {*one};
  std::vector<Piece> pieces;
  std::size_t first = whole.first;
  for (std::size_t at = whole.first; at <= whole.end; ++at) {
    const bool cut = at == whole.end || matched.KindAt(at) == MeaningKind::kAnd ||
                     matched.KindAt(at) == MeaningKind::kComma;
    if (!cut) continue;
    if (at == first || pieces.size() == kMaxPieces) return {};
    Content part = ContentOf(matched, matched.segments[first].begin, matched.segments[at - 1].end);
    part.is_opened = part.is_opened || whole.is_opened;
    const std::optional<Piece> piece = PieceOf(matched, part);
    if (!piece) return {};
    for (const Piece& other : pieces) {
      const bool values =
          piece->kind == Piece::Kind::kValue && other.kind == Piece::Kind::kValue &&
          MayShareColumn(matched.segments[piece->content], matched.segments[other.content]);
      const bool twice = piece->kind == other.kind && piece->kind != Piece::Kind::kCondition &&
                         piece->kind != Piece::Kind::kValue;
      if (values || twice) return {};
    }
    pieces.push_back(*piece);
    first = at + 1;
  }
  return pieces;
}

// Bytes of the previous question that a piece takes the place of.
struct Place {
  std::size_t begin = 0;
  std::size_t end = 0;
};

class Merger {
 public:
  Merger(const Matched& before, const Matched& after, const Piece& piece)
      : before_(before), after_(after), piece_(piece) {}

  std::optional<std::string> Merge() const {
    switch (piece_.kind) {
      case Piece::Kind::kGroup:
        return Put(GroupPlace(), after_.Text(piece_.first, piece_.last));
      case Piece::Kind::kTime:
        return Put(TimePlace(), Prepositional());
      case Piece::Kind::kValue:
        return MergeValue();
      case Piece::Kind::kCondition:
        break;
    }
    return Put(std::nullopt, after_.Text(piece_.first, piece_.last));
  }

 private:
  // "in 2013" of "2013"; "since 2013" and "last month" stay as they are.
  [[nodiscard]] std::string Prepositional() const {
    const bool led = piece_.content > piece_.first;
    const Token& first = after_.tokens[after_.segments[piece_.content].begin];
    const bool bare =
        first.kind == TokenKind::kNumber || IsCapitalised(first) || first.kind == TokenKind::kDate;
    const std::string words = after_.Text(piece_.first, piece_.last);
    return !led && bare ? "in " + words : words;
  }

  // Where nothing is replaced, the words go to the end.
  [[nodiscard]] std::string Put(std::optional<Place> place, const std::string& words) const {
    std::string text(before_.text);
    if (place) return text.replace(place->begin, place->end - place->begin, words);
    std::size_t end = before_.tokens.size();
    while (end > 0 && IsPause(before_.tokens[end - 1])) --end;
    text.resize(end == 0 ? 0 : before_.tokens[end - 1].end);
    return text + " " + words;
  }

  // What a ranking goes by is no group.
  [[nodiscard]] std::optional<Place> GroupPlace() const {
    const std::size_t count = before_.segments.size();
    for (std::size_t at = count; at-- > 0;) {
      if (before_.KindAt(at) == MeaningKind::kSuperlative) return std::nullopt;
      if (!IsGroupWord(before_.KindAt(at))) continue;
      std::size_t last = at;
      for (std::size_t next = at + 1; next < count; ++next) {
        const MeaningKind kind = before_.KindAt(next);
        if (IsGroupPart(kind)) {
          last = next;
        } else if (kind != MeaningKind::kAnd && kind != MeaningKind::kComma) {
          break;
        }
      }
      if (last > at) return Place{before_.BeginOf(at), before_.EndOf(last)};
    }
    return std::nullopt;
  }

  [[nodiscard]] std::optional<Place> TimePlace() const {
    for (std::size_t at = before_.segments.size(); at-- > 0;) {
      if (before_.KindAt(at) != MeaningKind::kTime) continue;
      const bool led = at > 0 && before_.KindAt(at - 1) == MeaningKind::kIn;
      return Place{before_.BeginOf(led ? at - 1 : at), before_.EndOf(at)};
    }
    return std::nullopt;
  }

  // Several values that would do leave open which one is meant.
  [[nodiscard]] std::optional<std::string> MergeValue() const {
    const Segment& value = after_.segments[piece_.content];
    std::vector<std::size_t> same;
    std::vector<std::size_t> any;
    for (std::size_t at = 0; at < before_.segments.size(); ++at) {
      if (!IsValue(before_.KindAt(at))) continue;
      any.push_back(at);
      if (ShareColumn(before_.segments[at], value)) same.push_back(at);
    }
    const std::string words = after_.Text(piece_.content, piece_.last);
    const bool unknown = after_.KindAt(piece_.content) == MeaningKind::kText;
    const std::vector<std::size_t>& places = unknown ? any : same;
    if (places.size() > 1) return std::nullopt;
    if (places.size() == 1) {
      return Put(Place{before_.BeginOf(places[0]), before_.EndOf(places[0])}, words);
    }
    const bool led = piece_.content > piece_.first;
    return Put(std::nullopt, led ? after_.Text(piece_.first, piece_.last) : "in " + words);
  }

  const Matched& before_;
  const Matched& after_;
  const Piece& piece_;
};

}  // namespace

Result<std::string> WholeQuestion(std::string_view previous, std::string_view question,
                                  const semantic::Model& model, const ValueSource& values,
                                  const DateTime& now, const Context& context,
                                  const std::vector<TaughtWord>& words, const ModelTerms* terms) {
  const Lexicon lexicon(model, words, terms);
  Matched after = {question, {}, {}};
  LOUPE_ASSIGN_OR_RETURN(after.tokens, Tokenize(question));
  after.segments =
      MatchTokens(question, after.tokens, model, lexicon, values, now, context).segments;
  const std::vector<Piece> pieces = PiecesOf(after);
  if (pieces.empty()) return std::string(question);
  std::string merged(previous);
  for (const Piece& piece : pieces) {
    const std::string text = merged;
    Matched before = {text, {}, {}};
    LOUPE_ASSIGN_OR_RETURN(before.tokens, Tokenize(text));
    before.segments =
        MatchTokens(text, before.tokens, model, lexicon, values, now, context).segments;
    const std::optional<std::string> with = Merger(before, after, piece).Merge();
    if (!with) return std::string(question);
    merged = *with;
  }
  return merged;
}

}  // namespace loupe::ask
