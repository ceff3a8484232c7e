#include "core/base/pointer_map.hpp"

#include <charconv>

namespace loupe {

std::vector<std::string> PointerTokens(std::string_view pointer) {
  std::vector<std::string> tokens;
  for (std::size_t i = 0; i < pointer.size(); ++i) {
    if (pointer[i] == '/') {
      tokens.emplace_back();
    } else if (pointer[i] == '~' && i + 1 < pointer.size()) {
      tokens.back() += pointer[++i] == '1' ? '/' : '~';
    } else if (!tokens.empty()) {
      tokens.back() += pointer[i];
    }
  }
  return tokens;
}

std::string PointerOf(const std::vector<std::string>& tokens, std::size_t count) {
  std::string pointer;
  for (std::size_t i = 0; i < count; ++i) pointer = JsonPointer(pointer, tokens[i]);
  return pointer;
}

std::optional<std::size_t> PointerIndex(std::string_view token) {
  std::size_t index = 0;
  const auto [stop, error] = std::from_chars(token.data(), token.data() + token.size(), index);
  if (error != std::errc() || stop != token.data() + token.size()) return std::nullopt;
  return index;
}

Json* FollowPointer(Json* document, const std::vector<std::string>& tokens, std::size_t count) {
  for (std::size_t i = 0; i < count && document != nullptr; ++i) {
    if (document->IsObject()) {
      document = document->Find(tokens[i]);
      continue;
    }
    const std::optional<std::size_t> index = PointerIndex(tokens[i]);
    const bool leads = document->IsArray() && index && *index < document->items().size();
    document = leads ? &document->items()[*index] : nullptr;
  }
  return document;
}

std::string PointerMap::ToOriginal(std::string_view pointer) const {
  std::string original;
  for (const std::string& token : PointerTokens(pointer)) {
    const auto removed = removed_.find(original);
    std::optional<std::size_t> index = PointerIndex(token);
    if (removed == removed_.end() || !index) {
      original = JsonPointer(original, token);
      continue;
    }
    // Each item that went from before it has moved it one place forward.
    for (const std::size_t gone : removed->second) {
      if (gone <= *index) ++*index;
    }
    original = JsonPointer(original, *index);
  }
  return original;
}

void PointerMap::Remove(std::string_view pointer) {
  const std::vector<std::string> tokens = PointerTokens(ToOriginal(pointer));
  if (tokens.empty()) return;
  if (const std::optional<std::size_t> index = PointerIndex(tokens.back())) {
    removed_[PointerOf(tokens, tokens.size() - 1)].insert(*index);
  }
}

}  // namespace loupe
