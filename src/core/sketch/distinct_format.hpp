// Distinct sketches on their way in and out: hexadecimal text, and the checks of bytes from
// outside.
//
//   44 01 6c 0e 00000000   "44016c0e00000000"   a list of no tokens
//
// Tested by test/unit/sketch_format_test.cpp and test/fuzz/distinct_sketch_fuzz.cpp.
#ifndef LOUPE_CORE_SKETCH_DISTINCT_FORMAT_HPP
#define LOUPE_CORE_SKETCH_DISTINCT_FORMAT_HPP

#include <string>
#include <string_view>

#include "core/base/status.hpp"

namespace loupe::sketch {

// Ok when the bytes are a packed sketch (distinct_sketch.hpp), every token and rank included;
// kInvalidArgument with a detail otherwise. Looks at no more than kMaxPackedBytes bytes.
[[nodiscard]] Status CheckPacked(std::string_view bytes);

// Reads hexadecimal digits of either case, two a byte, as a packed sketch.
[[nodiscard]] Result<std::string> ParseSketchText(std::string_view text);

// Writes packed bytes as hexadecimal digits, which ParseSketchText reads back as the same bytes.
[[nodiscard]] std::string SketchText(std::string_view packed);

}  // namespace loupe::sketch

#endif  // LOUPE_CORE_SKETCH_DISTINCT_FORMAT_HPP
