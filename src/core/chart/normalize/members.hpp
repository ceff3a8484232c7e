// Members: how rewriting takes JSON objects apart and puts them together.
//
// Tested by test/unit/chart_composite_test.cpp and chart_overlay_test.cpp.
#ifndef LOUPE_CORE_CHART_NORMALIZE_MEMBERS_HPP
#define LOUPE_CORE_CHART_NORMALIZE_MEMBERS_HPP

#include <initializer_list>
#include <string_view>
#include <vector>

#include "core/base/json.hpp"

namespace loupe::chart {

// The object without the members of these names.
[[nodiscard]] Json Without(const Json& object, const std::vector<std::string_view>& names);

// `below` with the members of `above`, which replace those of the same name in their places. Either
// counts as empty where it is no object.
[[nodiscard]] Json Joined(const Json& below, const Json& above);

// Copies the members of these names, where `from` has them.
void CopyMembers(const Json& from, std::initializer_list<std::string_view> names, Json* to);

// The array at `name`, or an empty one.
[[nodiscard]] Json ListAt(const Json& object, std::string_view name);
void AppendAll(const Json& list, Json* to);

// As ECMAScript has it: not absent, null, false, zero, not a number or the empty text.
[[nodiscard]] bool IsTruthy(const Json* value);

// A property of a mark that is an object with a "type": its own, that of its styles (the last
// wins), that of its kind and that of all marks in `config`; null where none says it.
[[nodiscard]] const Json* MarkProperty(const Json& mark, const Json& config, std::string_view name);

}  // namespace loupe::chart

#endif  // LOUPE_CORE_CHART_NORMALIZE_MEMBERS_HPP
