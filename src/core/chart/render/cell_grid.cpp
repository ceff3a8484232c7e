#include "core/chart/render/cell_grid.hpp"

#include <algorithm>

#include "core/base/utf8.hpp"

namespace loupe::chart {
namespace {

constexpr std::string_view kBelow[] = {" ", "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"};
constexpr std::string_view kLeft[] = {" ", "▏", "▎", "▍", "▌", "▋", "▊", "▉", "█"};
constexpr std::string_view kSolid = "█";
constexpr std::size_t kMaxInks = 100;
constexpr char32_t kBraille = 0x2800;
// Bits of Unicode's braille dots by row (down) and column (right).
constexpr unsigned kDotBits[4][2] = {{0x01, 0x08}, {0x02, 0x10}, {0x04, 0x20}, {0x40, 0x80}};

void AppendColor(const char* kind, const Color& color, std::string* out) {
  *out += "\x1b[";
  *out += kind;
  for (const std::uint8_t part : {color.red, color.green, color.blue}) {
    *out += ';' + std::to_string(part);
  }
  *out += 'm';
}

// A line under construction; escape sequences are written only where the colours change.
class InkedLine {
 public:
  void Append(std::string_view glyph, const std::optional<Color>& ink,
              const std::optional<Color>& ground = std::nullopt) {
    if (!(ink == ink_ && ground == ground_)) {
      Reset();
      if (ink) AppendColor("38;2", *ink, &text_);
      if (ground) AppendColor("48;2", *ground, &text_);
      ink_ = ink;
      ground_ = ground;
    }
    text_ += glyph;
  }
  // Ends with the terminal's own colours and without trailing blanks.
  std::string Take() {
    Reset();
    text_.erase(text_.find_last_not_of(' ') + 1);
    return std::move(text_);
  }

 private:
  void Reset() {
    if (ink_ || ground_) text_ += "\x1b[0m";
    ink_.reset();
    ground_.reset();
  }

  std::string text_;
  std::optional<Color> ink_;
  std::optional<Color> ground_;
};

bool IsControl(char32_t c) { return c < 0x20 || (c >= 0x7F && c < 0xA0); }

}  // namespace

std::string CutToCells(const std::string& text, int columns) {
  if (DisplayWidth(text) <= columns) return text;
  std::string cut;
  int width = 0;
  std::size_t position = 0;
  while (position < text.size()) {
    const std::size_t begin = position;
    (void)NextCodePoint(text, &position);
    const std::string character = text.substr(begin, position - begin);
    width += DisplayWidth(character);
    if (width > columns - 1) break;
    cut += character;
  }
  return columns > 0 ? cut + "…" : cut;
}

CellGrid::CellGrid(int columns, int rows)
    : columns_(std::max(columns, 0)),
      rows_(std::max(rows, 0)),
      cells_(static_cast<std::size_t>(columns_) * static_cast<std::size_t>(rows_)) {}

const CellGrid::Cell* CellGrid::At(int column, int row) const {
  if (column < 0 || row < 0 || column >= columns_ || row >= rows_) return nullptr;
  return &cells_[static_cast<std::size_t>(row) * static_cast<std::size_t>(columns_) +
                 static_cast<std::size_t>(column)];
}

CellGrid::Cell* CellGrid::At(int column, int row) {
  return const_cast<Cell*>(static_cast<const CellGrid*>(this)->At(column, row));
}

void CellGrid::PutText(int column, int row, std::string_view text,
                       const std::optional<Color>& color) {
  std::size_t position = 0;
  Cell* last = nullptr;
  while (position < text.size()) {
    const std::size_t begin = position;
    const char32_t c = NextCodePoint(text, &position);
    std::string glyph = IsControl(c) ? " " : std::string(text.substr(begin, position - begin));
    if (!IsValidUtf8(glyph)) glyph = "\xEF\xBF\xBD";
    const int width = DisplayWidth(glyph);
    if (width == 0) {
      if (last != nullptr) last->glyph += glyph;
      continue;
    }
    last = At(column, row);
    Cell* right = width == 2 ? At(column + 1, row) : last;
    column += width;
    if (last == nullptr || right == nullptr) {
      last = nullptr;
      continue;
    }
    *last = Cell();
    last->glyph = std::move(glyph);
    last->ink = color;
    if (width != 2) continue;
    *right = Cell();
    right->is_covered = true;
  }
}

void CellGrid::PutGlyph(int column, int row, std::string_view glyph,
                        const std::optional<Color>& color) {
  Cell* cell = At(column, row);
  if (cell == nullptr) return;
  *cell = Cell();
  cell->glyph = glyph;
  cell->ink = color;
}

void CellGrid::PutDot(int x, int y, const std::optional<Color>& color) {
  if (x < 0 || y < 0) return;
  Cell* cell = At(x / 2, y / 4);
  if (cell == nullptr || !cell->glyph.empty() || cell->is_covered) return;
  cell->dots |= kDotBits[y % 4][x % 2];
  cell->ink = color;
}

signed char CellGrid::InkIndex(const CellInk& ink) {
  for (std::size_t i = 0; i < inks_.size(); ++i) {
    if (inks_[i] == ink) return static_cast<signed char>(i + 1);
  }
  if (inks_.size() < kMaxInks) inks_.push_back(ink);
  return static_cast<signed char>(inks_.size());
}

void CellGrid::FillCell(Cell* cell, Fill fill, int from, int to, signed char ink) {
  if (cell == nullptr || from >= to) return;
  if (cell->fill != fill) {
    *cell = Cell();
    cell->fill = fill;
  }
  cell->glyph.clear();
  cell->dots = 0;
  for (int i = from; i < to; ++i) cell->levels[i] = ink;
}

void CellGrid::Overlay(int column, const CellGrid& grid) {
  for (int row = 0; row < std::min(rows_, grid.rows_); ++row) {
    for (int i = 0; i < grid.columns_; ++i) {
      const Cell& source = *grid.At(i, row);
      Cell* target = At(column + i, row);
      const bool is_blank = source.glyph.empty() && !source.is_covered && source.dots == 0 &&
                            source.fill == Fill::kNone;
      if (target == nullptr || is_blank) continue;
      *target = source;
      for (signed char& level : target->levels) {
        if (level > 0) level = InkIndex(grid.inks_[static_cast<std::size_t>(level - 1)]);
      }
    }
  }
}

void CellGrid::FillColumn(int column, int from_eighth, int to_eighth, const CellInk& ink) {
  const signed char index = InkIndex(ink);
  const int from = std::max(from_eighth, 0);
  const int to = std::min(to_eighth, rows_ * 8);
  for (int row = from / 8; row * 8 < to; ++row) {
    FillCell(At(column, row), Fill::kFromBelow, std::max(from - row * 8, 0),
             std::min(to - row * 8, 8), index);
  }
}

void CellGrid::FillRow(int row, int from_eighth, int to_eighth, const CellInk& ink) {
  const signed char index = InkIndex(ink);
  const int from = std::max(from_eighth, 0);
  const int to = std::min(to_eighth, columns_ * 8);
  for (int column = from / 8; column * 8 < to; ++column) {
    FillCell(At(column, row), Fill::kFromLeft, std::max(from - column * 8, 0),
             std::min(to - column * 8, 8), index);
  }
}

// Levels run from the top or left. Unicode has partial blocks that begin below or left only, so the
// glyph shows the ink at that end, and what lies beyond it is the ground.
CellGrid::Look CellGrid::FillLook(const Cell& cell) const {
  signed char levels[8];
  std::copy(std::begin(cell.levels), std::end(cell.levels), levels);
  const bool is_from_below = cell.fill == Fill::kFromBelow;
  if (is_from_below) std::reverse(std::begin(levels), std::end(levels));
  int run = 1;
  while (run < 8 && levels[run] == levels[0]) ++run;
  const auto ink_of = [&](signed char level) -> const CellInk* {
    return level == 0 ? nullptr : &inks_[static_cast<std::size_t>(level - 1)];
  };
  const CellInk* near = ink_of(levels[0]);
  const CellInk* far = run < 8 ? ink_of(levels[run]) : near;
  const std::string block((is_from_below ? kBelow : kLeft)[run]);
  if (near == nullptr && far->pattern == kSolid && run >= 3 && run <= 5) {
    // The fill begins inside the cell: halves alone can show that.
    return {is_from_below ? "▀" : "▐", far->color, {}};
  }
  if (near != nullptr && near->color && far != nullptr && far != near) {
    return {block, near->color, far->color};
  }
  if (near != nullptr && near->pattern == kSolid && far == nullptr) return {block, near->color, {}};
  const CellInk* most = run >= (near == nullptr ? 5 : 4) ? near : far;
  if (most == nullptr) return {" ", {}, {}};
  return {most->pattern, most->color, {}};
}

CellGrid::Look CellGrid::LookOf(const Cell& cell) const {
  if (!cell.glyph.empty()) return {cell.glyph, cell.ink, {}};
  if (cell.dots != 0) {
    Look look = {"", cell.ink, {}};
    AppendCodePoint(kBraille + cell.dots, &look.glyph);
    return look;
  }
  return cell.fill == Fill::kNone ? Look{" ", {}, {}} : FillLook(cell);
}

std::vector<std::string> CellGrid::Lines() const {
  std::vector<std::string> lines;
  auto cell = cells_.begin();
  for (int row = 0; row < rows_; ++row) {
    InkedLine line;
    for (int column = 0; column < columns_; ++column, ++cell) {
      if (cell->is_covered) continue;
      const Look look = LookOf(*cell);
      line.Append(look.glyph, look.ink, look.ground);
    }
    lines.push_back(line.Take());
  }
  return lines;
}

}  // namespace loupe::chart
