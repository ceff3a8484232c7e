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

enum class TitleKind {
  kPlot,      // of one data rectangle: over its middle
  kComposed,  // of several views: at their start
  kHeader     // of a facet's row, column or cell: the config of titles does not reach it
};

// What a title stands clear of, and the data rectangle.
struct TitlePlace {
  TitleKind kind = TitleKind::kPlot;
  Bounds view;
  double width = 0;
  double height = 0;
};

// `title` is text, lines or a title object, whose "style" may name other styles than that of
// titles; nothing for null and empty text.
[[nodiscard]] std::optional<TitleGroup> BuildTitle(const Json& title, const Json& config,
                                                   const TitlePlace& place,
                                                   const TextMeasure& measure);

}  // namespace loupe::chart

#endif  // LOUPE_CORE_CHART_GUIDE_TITLE_HPP
