// Members of objects, as the rewritings of views take and join them.
#ifndef LOUPE_CORE_CHART_NORMALIZE_MEMBERS_HPP
#define LOUPE_CORE_CHART_NORMALIZE_MEMBERS_HPP

#include <string>
#include <vector>

#include "core/base/json.hpp"

namespace loupe::chart {

// `object` without the members of these names.
[[nodiscard]] Json Without(const Json& object, const std::vector<std::string>& names);

// {"a": 1} over {"b": 2}: members of the second replace those of the first.
[[nodiscard]] Json Joined(const Json& below, const Json& above);

}  // namespace loupe::chart

#endif  // LOUPE_CORE_CHART_NORMALIZE_MEMBERS_HPP
