// Style: the paint, opacity and stroke of a mark's items, from mark properties and channels.
//
// Tested by test/unit/chart_compile_test.cpp.
#ifndef LOUPE_CORE_CHART_MARK_STYLE_HPP
#define LOUPE_CORE_CHART_MARK_STYLE_HPP

#include <string>

#include "core/chart/config/config.hpp"
#include "core/chart/mark/position.hpp"

namespace loupe::chart {

// A paint from colour text; none for null, "transparent" and other text.
[[nodiscard]] Paint PaintOf(const Json* value);
[[nodiscard]] Paint PaintOf(const std::string& color);
[[nodiscard]] FontWeight WeightOf(const Json* value);
[[nodiscard]] StrokeCap CapOf(const std::string& name);
[[nodiscard]] std::vector<double> DashOf(const Json* value);
// A dash pattern, or nothing where it would draw an unbroken line.
[[nodiscard]] std::vector<double> VisibleDash(std::vector<double> dash);
[[nodiscard]] TextAlign AlignOf(const std::string& name);
[[nodiscard]] TextBaseline BaselineOf(const std::string& name);

// Evaluates the predicates of all conditional channels in all rows.
[[nodiscard]] Result<CaseTable> EvaluateCases(const MarkContext& context, const Context& host);

// What a channel says of a row.
struct CaseChoice {
  enum class Kind { kChannel, kValue, kNothing };
  Kind kind = Kind::kChannel;   // its own field, datum or value
  const Json* value = nullptr;  // kValue: that of a case
};
[[nodiscard]] CaseChoice ChooseCase(const MarkContext& context, const ChannelDef& def,
                                    std::size_t row);

// The number that a channel gives a row: scaled, a value, or `fallback`.
[[nodiscard]] double ChannelNumber(const MarkContext& context, Channel channel, std::size_t row,
                                   double fallback);

// The item that all rows of the mark begin with; StyleRow adds what channels say of one row.
[[nodiscard]] Item BaseItem(const MarkContext& context);
void StyleRow(const MarkContext& context, std::size_t row, Item* item);

}  // namespace loupe::chart

#endif  // LOUPE_CORE_CHART_MARK_STYLE_HPP
