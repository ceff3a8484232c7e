// Parts of guides: what axes, legends and their titles are put together from.
//
// Tested by the golden scenes.
#ifndef LOUPE_CORE_CHART_GUIDE_PARTS_HPP
#define LOUPE_CORE_CHART_GUIDE_PARTS_HPP

#include "core/chart/config/config.hpp"
#include "core/chart/layout/bounds.hpp"
#include "core/chart/scene.hpp"

namespace loupe::chart {

// An empty mark with a role.
[[nodiscard]] Mark PartMark(MarkType type, const char* role);

// The font that `look` gives by properties such as labelFontSize (with the prefix "label"), else a
// style of the config, such as "guide-label".
[[nodiscard]] FontSpec FontOf(const Lookup& look, const Json& config, const char* prefix,
                              const char* style);

// The colour that `look` gives by a property, else the fill of a style of the config.
[[nodiscard]] Paint TextPaint(const Lookup& look, const Json& config, const char* property,
                              const char* style);

// Hides labels by their opacity until none is nearer to the next than `separation` pixels: every
// other one again and again, or, if `greedy`, those that meet the one before. The last stays.
void HideOverlaps(bool greedy, double separation, const TextMeasure& measure, Mark* labels);

}  // namespace loupe::chart

#endif  // LOUPE_CORE_CHART_GUIDE_PARTS_HPP
