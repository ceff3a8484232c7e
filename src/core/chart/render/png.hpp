// PNG: a scene as pixels, drawn by cairo and encoded by libpng.
//
// Encoding is most of a simple chart's cost; level 3 without filters, and a palette or RGB where
// the background is opaque, is several times faster than cairo's own writer for a tenth more bytes.
//
// Tested by test/unit/chart_render_png_test.cpp.
#ifndef LOUPE_CORE_CHART_RENDER_PNG_HPP
#define LOUPE_CORE_CHART_RENDER_PNG_HPP

#include <string>

#include "core/base/context.hpp"
#include "core/base/status.hpp"
#include "core/chart/scene.hpp"
#include "core/chart/text/font_set.hpp"

namespace loupe::chart {

// The picture is scene size times `scale` (above 0), in whole pixels; its density is 72 pixels an
// inch times `scale`. Errors: kLimitExceeded.
[[nodiscard]] Result<std::string> RenderPng(const Scene& scene, const FontSet& fonts, double scale,
                                            const Context& context);

}  // namespace loupe::chart

#endif  // LOUPE_CORE_CHART_RENDER_PNG_HPP
