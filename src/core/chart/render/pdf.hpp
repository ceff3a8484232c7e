// PDF: a scene as one page of vectors with embedded fonts, by cairo; one pixel is one point.
//
// Text can be selected and searched: cairo maps the glyphs back to characters. No date is written,
// so that the same scene gives the same bytes.
//
// Tested by test/unit/chart_render_pdf_test.cpp.
#ifndef LOUPE_CORE_CHART_RENDER_PDF_HPP
#define LOUPE_CORE_CHART_RENDER_PDF_HPP

#include <string>

#include "core/base/context.hpp"
#include "core/base/status.hpp"
#include "core/chart/scene.hpp"
#include "core/chart/text/font_set.hpp"

namespace loupe::chart {

// Errors: kLimitExceeded for a page beyond the limits of a picture.
[[nodiscard]] Result<std::string> RenderPdf(const Scene& scene, const FontSet& fonts,
                                            const Context& context);

}  // namespace loupe::chart

#endif  // LOUPE_CORE_CHART_RENDER_PDF_HPP
