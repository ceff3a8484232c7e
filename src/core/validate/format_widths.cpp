#include "core/validate/format_widths.hpp"

#include <cstddef>

namespace loupe::validate {
namespace {

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

double ReadNumber(std::string_view text, std::size_t* place) {
  double number = 0;
  for (; *place < text.size() && IsDigit(text[*place]); ++*place) {
    number = number * 10 + (text[*place] - '0');
  }
  return number;
}

}  // namespace

FormatWidths MeasureFormat(std::string_view format) noexcept {
  FormatWidths widths;
  std::size_t place = 0;
  while (place < format.size()) {
    if (format[place++] != '%') continue;
    double number = ReadNumber(format, &place);
    if (place < format.size() && format[place] == '$') {
      ++place;
      number = 0;
    }
    while (place < format.size() && format[place] == '-') ++place;
    number += ReadNumber(format, &place);
    if (place < format.size() && format[place] == '*') widths.from_arguments = true;
    widths.total += number;
    if (place < format.size()) ++place;
  }
  return widths;
}

}  // namespace loupe::validate
