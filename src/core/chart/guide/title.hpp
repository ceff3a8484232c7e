// Title: the text over a chart, with an optional subtitle.
//
// Tested by test/unit/chart_compile_test.cpp and the golden scenes.
#ifndef LOUPE_CORE_CHART_GUIDE_TITLE_HPP
#define LOUPE_CORE_CHART_GUIDE_TITLE_HPP

#include <optional>
#include <string>

#include "core/base/json.hpp"
#include "core/chart/layout/bounds.hpp"

namespace loupe::chart {

struct TitleGroup {
  Mark mark;  // kGroup, role "title", placed
  Bounds bounds;
  std::string text;  // for the document's own title
};

// `title` is text, lines or a title object; nothing for null and empty text. `view` is what the
// title stands clear of, `width` and `height` the data rectangle's.
[[nodiscard]] std::optional<TitleGroup> BuildTitle(const Json& title, const Json& config,
                                                   const Bounds& view, double width, double height,
                                                   const TextMeasure& measure);

}  // namespace loupe::chart

#endif  // LOUPE_CORE_CHART_GUIDE_TITLE_HPP
