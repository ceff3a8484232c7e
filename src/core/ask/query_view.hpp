// QueryView: reads the parts of semantic query JSON that explanation and answer both need.
#ifndef LOUPE_CORE_ASK_QUERY_VIEW_HPP
#define LOUPE_CORE_ASK_QUERY_VIEW_HPP

#include <string>
#include <string_view>

#include "core/base/json.hpp"

namespace loupe::ask {

// The elements of an array member; none when it is absent or no array.
[[nodiscard]] inline Json::Array ItemsOf(const Json& object, std::string_view key) {
  const Json* items = object.Find(key);
  return items != nullptr && items->IsArray() ? items->items() : Json::Array();
}

// A string as it is, other values as JSON.
[[nodiscard]] inline std::string TextOf(const Json& value) {
  return value.IsString() ? value.AsString() : value.Dump();
}

// The same for a member; empty when it is absent.
[[nodiscard]] inline std::string TextOf(const Json& object, std::string_view key) {
  const Json* member = object.Find(key);
  return member == nullptr ? std::string() : TextOf(*member);
}

}  // namespace loupe::ask

#endif  // LOUPE_CORE_ASK_QUERY_VIEW_HPP
