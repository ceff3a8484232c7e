// UTF-8 for text that comes from outside: checks, steps and folding without a locale.
//
// Tested by test/unit/base_utf8_test.cpp.
#ifndef LOUPE_CORE_BASE_UTF8_HPP
#define LOUPE_CORE_BASE_UTF8_HPP

#include <cstddef>
#include <string>
#include <string_view>

namespace loupe {

// Tells whether all of `text` is well-formed UTF-8 (Unicode 15, table 3-7) without NUL.
[[nodiscard]] bool IsValidUtf8(std::string_view text);

// Decodes the code point at `*position` and moves behind it. Ill-formed bytes give U+FFFD, one byte
// at a time. Demands *position < text.size().
[[nodiscard]] char32_t NextCodePoint(std::string_view text, std::size_t* position);

void AppendCodePoint(char32_t code_point, std::string* out);

// Folds A-Z only: identifiers and English words, never data to be compared under a collation.
[[nodiscard]] std::string AsciiLower(std::string_view text);

// The text, or its first `code_points` and "…" where it has more.
[[nodiscard]] std::string Clipped(std::string_view text, std::size_t code_points);

// Number of terminal cells: 0 for combining marks and controls, 2 for wide East Asian and emoji.
[[nodiscard]] int DisplayWidth(std::string_view text);

}  // namespace loupe

#endif  // LOUPE_CORE_BASE_UTF8_HPP
