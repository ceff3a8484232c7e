// Charts of one line, for the cells of a table: a series as a sparkline, a number as a bar.
//
//   ▁▃▅█ ▂   a value each, blank where there is none
//   ███████▌ three quarters of ten cells
//
// Tested by test/unit/chart_render_inline_text_test.cpp.
#ifndef LOUPE_CORE_CHART_RENDER_INLINE_TEXT_HPP
#define LOUPE_CORE_CHART_RENDER_INLINE_TEXT_HPP

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "core/base/status.hpp"

namespace loupe::chart {

constexpr int kMaxInlineWidth = 10'000;  // cells

// A sparkline of a series of known length, value by value; memory is that of its cells.
//
//   Result<Sparkline> line = Sparkline::Make(values.size(), std::nullopt);
//   for (double value : values) line.value().Add(value);
//   Print(line.value().Draw());
class Sparkline {
 public:
  // A series of `count` values in `width` cells: one a value where it has no more than that, else
  // equal bins of neighbours, each shown by its mean. No width: kMaxInlineWidth.
  // Errors: kInvalidArgument for a width below 1 or above kMaxInlineWidth.
  [[nodiscard]] static Result<Sparkline> Make(std::size_t count, std::optional<int> width);

  // Adds the next value; what is no number is passed over. Demands fewer than `count` before it.
  void Add(std::optional<double> value);

  // A character a cell: eight levels from the least finite mean to the greatest, the middle one
  // where they are the same, the lowest and the highest for infinities, a blank for no number.
  [[nodiscard]] std::string Draw() const;

 private:
  struct Bin {
    double mean = 0;  // of the finite values
    std::size_t count = 0;
    bool has_low = false;  // -Infinity
    bool has_high = false;
  };

  Sparkline(std::size_t count, std::size_t cells) : count_(count), bins_(cells) {}

  std::size_t count_;
  std::size_t added_ = 0;
  std::vector<Bin> bins_;
};

// A bar as long as `value` lies between `min` and `max`, in eighths of a cell, without trailing
// blanks; values outside count as the nearer end, what is no number as `min`.
// Errors: kInvalidArgument for ends that are not finite or not in order, and as for a sparkline.
[[nodiscard]] Result<std::string> InlineBar(double value, double min, double max, int width);

}  // namespace loupe::chart

#endif  // LOUPE_CORE_CHART_RENDER_INLINE_TEXT_HPP
