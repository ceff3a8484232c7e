// JSON pointers (RFC 6901) taken apart and followed, and through documents that lose items.
//
//   PointerTokens("/a~1b/0")  {"a/b", "0"}
//
//   PointerMap map;           // of a document and a copy from which items are taken
//   map.Remove("/list/1");    // {"list": ["a", "b", "c"]} loses "b"
//   map.ToOriginal("/list/1") // "/list/2": what is left there is "c"
//
// Tested by test/unit/base_pointer_map_test.cpp.
#ifndef LOUPE_CORE_BASE_POINTER_MAP_HPP
#define LOUPE_CORE_BASE_POINTER_MAP_HPP

#include <cstddef>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/json.hpp"

namespace loupe {

// The reference tokens of a pointer, unescaped.
[[nodiscard]] std::vector<std::string> PointerTokens(std::string_view pointer);

// The pointer of the first `count` tokens.
[[nodiscard]] std::string PointerOf(const std::vector<std::string>& tokens, std::size_t count);

// The place in an array that a token names; nothing for other tokens.
[[nodiscard]] std::optional<std::size_t> PointerIndex(std::string_view token);

// The value that the first `count` tokens lead to, or null.
[[nodiscard]] Json* FollowPointer(Json* document, const std::vector<std::string>& tokens,
                                  std::size_t count);

// Remembers which items were taken out of which arrays.
class PointerMap {
 public:
  // Notes that the item at `pointer`, which leads into what is left, goes.
  void Remove(std::string_view pointer);

  // The pointer into the whole document of what `pointer` leads to in what is left.
  [[nodiscard]] std::string ToOriginal(std::string_view pointer) const;

 private:
  std::map<std::string, std::set<std::size_t>> removed_;  // by array, indices as they were
};

}  // namespace loupe

#endif  // LOUPE_CORE_BASE_POINTER_MAP_HPP
