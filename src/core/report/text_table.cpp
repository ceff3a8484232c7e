#include "core/report/text_table.hpp"

#include <algorithm>
#include <vector>

#include "core/base/utf8.hpp"

namespace loupe::report {
namespace {

constexpr const char* kEllipsis = "…";

std::string CellText(const Json& value) {
  if (value.IsNull()) return "";
  return value.IsString() ? value.AsString() : value.Dump();
}

// Cuts to `columns` terminal cells and blanks out control characters.
std::string Fit(const std::string& text, int columns) {
  const bool is_too_wide = DisplayWidth(text) > columns;
  std::string fitted;
  int width = 0;
  std::size_t position = 0;
  while (position < text.size()) {
    char32_t code_point = NextCodePoint(text, &position);
    if (code_point < 0x20 || (code_point >= 0x7F && code_point < 0xA0)) code_point = ' ';
    std::string character;
    AppendCodePoint(code_point, &character);
    width += DisplayWidth(character);
    if (is_too_wide && width >= columns) return fitted + kEllipsis;
    fitted += character;
  }
  return fitted;
}

std::string Pad(const std::string& text, int width, ValueType type) {
  const std::string blanks(static_cast<std::size_t>(std::max(0, width - DisplayWidth(text))), ' ');
  return type == ValueType::kNumber ? blanks + text : text + blanks;
}

std::string TrimRight(std::string line) {
  line.erase(line.find_last_not_of(' ') + 1);
  return line;
}

}  // namespace

std::string TextTable(const RowSet& rows, const TextTableOptions& options) {
  const std::size_t shown = std::min(rows.rows.size(), options.max_rows);
  std::vector<std::vector<std::string>> cells(shown + 1);
  std::vector<int> widths;
  for (std::size_t column = 0; column < rows.columns.size(); ++column) {
    cells[0].push_back(Fit(rows.columns[column].name, options.max_cell_columns));
    for (std::size_t i = 0; i < shown; ++i) {
      cells[i + 1].push_back(Fit(CellText(rows.rows[i][column]), options.max_cell_columns));
    }
    int width = 0;
    for (const auto& row : cells) width = std::max(width, DisplayWidth(row[column]));
    widths.push_back(width);
  }
  std::string table;
  for (std::size_t i = 0; i < cells.size(); ++i) {
    std::string line;
    for (std::size_t column = 0; column < cells[i].size(); ++column) {
      const ValueType type = i == 0 ? ValueType::kString : rows.columns[column].type;
      line += (column == 0 ? " " : " | ") + Pad(cells[i][column], widths[column], type);
    }
    table += TrimRight(std::move(line)) + "\n";
    if (i > 0) continue;
    for (std::size_t column = 0; column < widths.size(); ++column) {
      table +=
          (column == 0 ? "" : "+") + std::string(static_cast<std::size_t>(widths[column]) + 2, '-');
    }
    table += "\n";
  }
  if (shown < rows.rows.size()) {
    table += " … and " + std::to_string(rows.rows.size() - shown) + " more rows\n";
  }
  return table;
}

}  // namespace loupe::report
