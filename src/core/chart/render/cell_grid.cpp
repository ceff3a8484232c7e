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

void AppendInked(std::string_view glyph, const std::optional<Color>& ink,
                 const std::optional<Color>& ground, std::string* out) {
  if (ink) AppendColor("38;2", *ink, out);
  if (ground) AppendColor("48;2", *ground, out);
  *out += glyph;
  if (ink || ground) *out += "\x1b[0m";
}

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

CellGrid::Cell* CellGrid::At(int column, int row) {
  if (column < 0 || row < 0 || column >= columns_ || row >= rows_) return nullptr;
  return &cells_[static_cast<std::size_t>(row) * static_cast<std::size_t>(columns_) +
                 static_cast<std::size_t>(column)];
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
      const Cell& source = *const_cast<CellGrid&>(grid).At(i, row);
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
void CellGrid::AppendFill(const Cell& cell, std::string* line) const {
  signed char levels[8];
  std::copy(std::begin(cell.levels), std::end(cell.levels), levels);
  if (cell.fill == Fill::kFromBelow) std::reverse(std::begin(levels), std::end(levels));
  int run = 1;
  while (run < 8 && levels[run] == levels[0]) ++run;
  const auto ink_of = [&](signed char level) -> const CellInk* {
    return level == 0 ? nullptr : &inks_[static_cast<std::size_t>(level - 1)];
  };
  const CellInk* near = ink_of(levels[0]);
  const CellInk* far = run < 8 ? ink_of(levels[run]) : near;
  const std::string_view* blocks = cell.fill == Fill::kFromBelow ? kBelow : kLeft;
  if (near != nullptr && far == near) {
    AppendInked(near->pattern, near->color, {}, line);
  } else if (near == nullptr) {
    // The fill begins inside the cell: only halves can show that, and only for the solid ink.
    const int filled = 8 - run;
    if (far->pattern == kSolid && filled >= 3 && filled <= 5) {
      AppendInked(cell.fill == Fill::kFromBelow ? "▀" : "▐", far->color, {}, line);
    } else if (filled >= 4) {
      AppendInked(far->pattern, far->color, {}, line);
    } else {
      *line += ' ';
    }
  } else if (near->color && far != nullptr) {
    AppendInked(blocks[run], near->color, far->color, line);
  } else if (near->pattern == kSolid && far == nullptr) {
    AppendInked(blocks[run], near->color, {}, line);
  } else {
    const CellInk* most = run >= 4 ? near : far;
    most == nullptr ? * line += ' ' : (AppendInked(most->pattern, most->color, {}, line), *line);
  }
}

void CellGrid::AppendCell(const Cell& cell, std::string* line) const {
  if (cell.is_covered) return;
  if (!cell.glyph.empty()) {
    AppendInked(cell.glyph, cell.ink, {}, line);
  } else if (cell.dots != 0) {
    std::string glyph;
    AppendCodePoint(kBraille + cell.dots, &glyph);
    AppendInked(glyph, cell.ink, {}, line);
  } else if (cell.fill != Fill::kNone) {
    AppendFill(cell, line);
  } else {
    *line += ' ';
  }
}

std::vector<std::string> CellGrid::Lines() const {
  std::vector<std::string> lines;
  for (int row = 0; row < rows_; ++row) {
    std::string line;
    for (int column = 0; column < columns_; ++column) {
      AppendCell(cells_[static_cast<std::size_t>(row) * static_cast<std::size_t>(columns_) +
                        static_cast<std::size_t>(column)],
                 &line);
    }
    line.erase(line.find_last_not_of(' ') + 1);
    lines.push_back(std::move(line));
  }
  return lines;
}

}  // namespace loupe::chart
