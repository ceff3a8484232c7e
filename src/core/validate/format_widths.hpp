// The widths in a format string of PostgreSQL's format(): how many characters of padding it asks
// for.
//
// Tested by test/unit/validate_format_widths_test.cpp.
#ifndef LOUPE_CORE_VALIDATE_FORMAT_WIDTHS_HPP
#define LOUPE_CORE_VALIDATE_FORMAT_WIDTHS_HPP

#include <string_view>

namespace loupe::validate {

struct FormatWidths {
  double total = 0;             // of all constant widths, in characters
  bool from_arguments = false;  // some width is "*"
};

// Reads "%[position$][flags][width]type"; what is malformed counts as nothing. O(length).
[[nodiscard]] FormatWidths MeasureFormat(std::string_view format) noexcept;

}  // namespace loupe::validate

#endif  // LOUPE_CORE_VALIDATE_FORMAT_WIDTHS_HPP
