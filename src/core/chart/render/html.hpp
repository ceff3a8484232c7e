// HTML: a chart as one page that needs nothing else: the SVG inside it, and a few lines of script
// that show an item's tooltip, or else its description, beside the pointer.
//
// What comes from the data is text wherever it stands: escaped in the markup, set as textContent by
// the script. A Content-Security-Policy allows this one style and this one script, by their
// SHA-256, and nothing else, so that the page loads nothing and runs nothing that a chart might
// smuggle in.
//
// Tested by test/unit/chart_render_html_test.cpp; test/pgtap/82_chart_outputs.sql computes the
// hashes anew.
#ifndef LOUPE_CORE_CHART_RENDER_HTML_HPP
#define LOUPE_CORE_CHART_RENDER_HTML_HPP

#include <string>

#include "core/base/context.hpp"
#include "core/chart/scene.hpp"
#include "core/chart/text/measure.hpp"

namespace loupe::chart {

// Writes an HTML 5 document in UTF-8. Its title is the chart's, else "Chart"; its picture is
// described by Summarize.
[[nodiscard]] std::string RenderHtml(const Scene& scene, const TextMeasure& measure,
                                     const Context& context);

}  // namespace loupe::chart

#endif  // LOUPE_CORE_CHART_RENDER_HTML_HPP
