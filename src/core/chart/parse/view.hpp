// Parses a view of any kind into the tree of views.
//
//   repeat, composite marks, overlays, facet channels -> rewritten (normalize/) -> unit | layer |
//   facet | concat
//
// Tested by test/unit/chart_parse_test.cpp.
#ifndef LOUPE_CORE_CHART_PARSE_VIEW_HPP
#define LOUPE_CORE_CHART_PARSE_VIEW_HPP

#include <vector>

#include "core/chart/compile.hpp"
#include "core/chart/parse/sources.hpp"
#include "core/chart/spec.hpp"

namespace loupe::chart {

// `json` is the whole specification after TakeSources and ResolveComputed, `config` the merged one.
// Errors carry the JSON pointer; parts that a rewriting made are at the view that it rewrote.
[[nodiscard]] Result<View> ParseViews(const Json& json, const Json& config, const Sources& sources,
                                      std::vector<Warning>* warnings);

}  // namespace loupe::chart

#endif  // LOUPE_CORE_CHART_PARSE_VIEW_HPP
