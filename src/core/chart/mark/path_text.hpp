// Paths as SVG writes them: "M0,-1L1,1H-1Z".
//
// Source: SVG 1.1, 8.3 Path data, all commands; what follows a first error is not drawn there, here
// the text is then no path.
//
// Tested by test/unit/chart_path_text_test.cpp.
#ifndef LOUPE_CORE_CHART_MARK_PATH_TEXT_HPP
#define LOUPE_CORE_CHART_MARK_PATH_TEXT_HPP

#include <optional>
#include <string_view>

#include "core/chart/scene.hpp"

namespace loupe::chart {

// The path with absolute coordinates, `scale` times as large. Nothing for text that is no path, is
// empty or has more than kMaxSymbolCommands commands.
[[nodiscard]] std::optional<Path> ParsePathText(std::string_view text, double scale);

}  // namespace loupe::chart

#endif  // LOUPE_CORE_CHART_MARK_PATH_TEXT_HPP
