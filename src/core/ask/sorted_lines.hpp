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
      const int order = CompareKey(start, key);
      if (order == 0) return RestOfLine(start + key.size());
      if (order < 0) {
        low = text_.find('\n', start) + 1;
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

  [[nodiscard]] std::string_view RestOfLine(std::size_t at) const {
    return text_.substr(at, text_.find('\n', at) - at);
  }

  // Below 0 where the key of the line at `start` comes before `key`, 0 where it is the same. Most
  // keys differ in their first letters, so they are not cut out of their lines.
  [[nodiscard]] int CompareKey(std::size_t start, std::string_view key) const {
    for (std::size_t i = 0;; ++i) {
      const char own = text_[start + i];
      const bool ends = own == '\n' || ends_key_.find(own) != std::string_view::npos;
      if (i == key.size()) return ends ? 0 : 1;
      if (ends) return -1;
      if (own == key[i]) continue;
      return static_cast<unsigned char>(own) < static_cast<unsigned char>(key[i]) ? -1 : 1;
    }
  }

  std::string_view text_;
  std::string_view ends_key_;
};

}  // namespace loupe::ask

#endif  // LOUPE_CORE_ASK_SORTED_LINES_HPP
