// SortedLines: a constant table in one string, searched by halving bytes instead of an index.
//
//   apple:fruit\npear:fruit\n      Find("pear") → ":fruit"
//
// Lines are sorted by their keys; a key ends before the first byte that `ends_key` accepts or at
// the end of the line. Tested by test/unit/ask_thesaurus_test.cpp.
#ifndef LOUPE_CORE_ASK_SORTED_LINES_HPP
#define LOUPE_CORE_ASK_SORTED_LINES_HPP

#include <cstddef>
#include <optional>
#include <string_view>

namespace loupe::ask {

class SortedLines {
 public:
  // Demands a text whose every line ends in a line feed.
  constexpr SortedLines(std::string_view text, std::string_view ends_key)
      : text_(text), ends_key_(ends_key) {}

  // What follows the key in its line; nothing when no line has the key. Logarithmic in the bytes.
  [[nodiscard]] std::optional<std::string_view> Find(std::string_view key) const {
    std::size_t low = 0;
    std::size_t high = text_.size();
    while (low < high) {
      const std::size_t start = LineStart(low, low + (high - low) / 2);
      const std::size_t end = text_.find('\n', start);
      const std::string_view line = text_.substr(start, end - start);
      const std::string_view found = line.substr(0, line.find_first_of(ends_key_));
      if (found == key) return line.substr(found.size());
      if (found < key) {
        low = end + 1;
      } else {
        high = start;
      }
    }
    return std::nullopt;
  }

 private:
  [[nodiscard]] std::size_t LineStart(std::size_t low, std::size_t at) const {
    while (at > low && text_[at - 1] != '\n') --at;
    return at;
  }

  std::string_view text_;
  std::string_view ends_key_;
};

}  // namespace loupe::ask

#endif  // LOUPE_CORE_ASK_SORTED_LINES_HPP
