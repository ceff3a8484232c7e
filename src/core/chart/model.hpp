// Model: the tree of views with their data, and the scales that they share.
//
//   View tree ─ Normalize ─▶ units ─ transforms ─▶ frames ─▶ datasets
//   units' channels ─ resolve ─▶ scale groups, each owned by the view that shares it
//
// A scale that is owned inside a facet is built once a cell.
//
// Tested by test/unit/chart_layout_test.cpp.
#ifndef LOUPE_CORE_CHART_MODEL_HPP
#define LOUPE_CORE_CHART_MODEL_HPP

#include <array>
#include <memory>
#include <vector>

#include "core/base/context.hpp"
#include "core/chart/compile.hpp"
#include "core/chart/data/prepare.hpp"
#include "core/chart/normalize.hpp"
#include "core/chart/scale/build.hpp"
#include "core/chart/spec.hpp"

namespace loupe::chart {

struct Node {
  const View* view = nullptr;
  Node* parent = nullptr;
  std::vector<std::unique_ptr<Node>> children;
  std::size_t index = 0;  // of the node in the model

  NormalView unit;                          // kUnit; else without channels
  std::shared_ptr<const Dataset> data;      // kUnit and kFacet: rows with the facets' columns
  std::array<int, kChannelCount> groups{};  // kUnit: the scale group of each channel, or -1
  std::vector<std::size_t> owned;           // scale groups whose scales live here
  std::vector<std::size_t> legends;         // scale groups whose legends stand here

  [[nodiscard]] bool IsPlot() const { return view->IsPlot(); }
};

struct ScaleGroup {
  Channel channel = Channel::kX;
  TypedScale type;
  std::vector<Node*> units;
  Node* owner = nullptr;
};

struct Model {
  std::unique_ptr<Node> root;
  std::size_t node_count = 0;
  std::vector<ScaleGroup> groups;
};

// `rows` holds the host's row sets. `spec` must outlive the model.
[[nodiscard]] Result<Model> BuildModel(const Spec& spec, const std::vector<RowSet>& rows,
                                       const Context& host, std::vector<Warning>* warnings);

// The units of a tree, in painting order.
[[nodiscard]] std::vector<Node*> UnitsOf(Node* node);

// The columns by which a facet splits its rows: of columns, of rows, of wrapped cells.
[[nodiscard]] std::vector<const FacetDef*> FacetsOf(const View& view);

}  // namespace loupe::chart

#endif  // LOUPE_CORE_CHART_MODEL_HPP
