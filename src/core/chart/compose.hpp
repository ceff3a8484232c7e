// Compose: draws a model, view by view, into placed groups.
//
//   plot    scales ─▶ axes, marks, legends, title ─▶ LayOut
//   facet   cells, each a plot ─▶ headers, shared axes, titles ─▶ LayOutGrid
//   concat  views ─▶ LayOutGrid
//
// Tested by test/unit/chart_layout_test.cpp and the golden scenes.
#ifndef LOUPE_CORE_CHART_COMPOSE_HPP
#define LOUPE_CORE_CHART_COMPOSE_HPP

#include <vector>

#include "core/chart/layout/layout.hpp"
#include "core/chart/model.hpp"

namespace loupe::chart {

struct ComposeContext {
  const Spec& spec;
  const CompileOptions& options;
  const TextMeasure& measure;
  const Context& host;
  std::vector<Warning>* warnings;
};

// Error: kLimitExceeded beyond kMaxCells cells of all facets.
[[nodiscard]] Result<Laid> Compose(const Model& model, const ComposeContext& context);

}  // namespace loupe::chart

#endif  // LOUPE_CORE_CHART_COMPOSE_HPP
