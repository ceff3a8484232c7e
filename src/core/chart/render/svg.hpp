// SVG: a scene as text, with Vega's structure and class names, so that styles and tools made for
// Vega's pictures work on ours. Text stays text. Same scene, same bytes.
//
//   <svg class="marks" …><title>…</title><rect fill="white"/><g transform="translate(40,10)">
//     <g class="mark-group role-frame root" …><g transform="translate(0,0)">
//       <g class="mark-rect role-mark marks" …><path aria-label="a: A; b: 28"
//       d="M1,2h3v4h-3Z"/></g>
//
// Tested by test/unit/chart_render_svg_test.cpp.
#ifndef LOUPE_CORE_CHART_RENDER_SVG_HPP
#define LOUPE_CORE_CHART_RENDER_SVG_HPP

#include <string>
#include <string_view>

#include "core/chart/scene.hpp"
#include "core/chart/text/measure.hpp"

namespace loupe::chart {

// How items carry their tooltips: as <title>, which viewers show by themselves, or as the attribute
// data-tooltip for the script of a page, which then has the chart's title too.
enum class SvgTooltips { kTitle, kData };

// Writes the scene as one SVG 1.1 document in UTF-8. Numbers have at most 3 decimals. Characters
// that XML cannot hold become U+FFFD. `measure` cuts text that has a limit.
[[nodiscard]] std::string RenderSvg(const Scene& scene, const TextMeasure& measure,
                                    SvgTooltips tooltips = SvgTooltips::kTitle);

// Appends text for the content or a quoted attribute of XML and HTML.
void AppendMarkupText(std::string_view text, std::string* out);

}  // namespace loupe::chart

#endif  // LOUPE_CORE_CHART_RENDER_SVG_HPP
