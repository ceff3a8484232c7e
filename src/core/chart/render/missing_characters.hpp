// Characters that a picture cannot show, because no font of the set has a glyph for them.
//
// PNG and PDF are drawn with our own fonts and show an empty box; SVG and HTML leave the choice of
// fonts to who looks at them.
//
// Tested by test/unit/chart_render_missing_characters_test.cpp.
#ifndef LOUPE_CORE_CHART_RENDER_MISSING_CHARACTERS_HPP
#define LOUPE_CORE_CHART_RENDER_MISSING_CHARACTERS_HPP

#include <optional>

#include "core/base/context.hpp"
#include "core/chart/compile.hpp"
#include "core/chart/scene.hpp"
#include "core/chart/text/font_set.hpp"

namespace loupe::chart {

// One warning for all texts of the scene that are seen, which names the first few characters:
//   no font has a glyph for U+4E2D, U+6587 and more
// Nothing where all can be shown. Plain ASCII costs nothing but a look at its bytes.
[[nodiscard]] std::optional<Warning> MissingCharacters(const Scene& scene, const FontSet& fonts,
                                                       const Context& context);

}  // namespace loupe::chart

#endif  // LOUPE_CORE_CHART_RENDER_MISSING_CHARACTERS_HPP
