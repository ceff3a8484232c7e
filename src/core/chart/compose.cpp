#include "core/chart/compose.hpp"

#include <algorithm>
#include <cmath>
#include <deque>

#include "core/chart/config/config.hpp"
#include "core/chart/data/aggregate.hpp"
#include "core/chart/data/facet_values.hpp"
#include "core/chart/data/key.hpp"
#include "core/chart/guide/header.hpp"
#include "core/chart/limits.hpp"
#include "core/chart/mark/build.hpp"
#include "core/chart/mark/style.hpp"

namespace loupe::chart {
namespace {

// A unit as it is drawn in one cell. It outlives its cell: legends of the views around read it.
struct Instance {
  std::shared_ptr<const Dataset> data;
  ScaleSet scales;
};

// Axes that a facet shares are drawn in its headers, not in its cells.
using SharedAxes = std::array<bool, 2>;

// The rectangle behind the marks: framed where there are axes to frame it.
Item FrameItem(const View& view, bool axes, double width, double height, const Json& config) {
  std::vector<const Json*> chain = {&view.background};
  for (const Json* style : StyleChain(view.background.Find("style"), config)) {
    chain.push_back(style);
  }
  chain.push_back(&Section(Section(config, "style"), axes ? "cell" : "view"));
  if (axes) chain.push_back(&Section(config, "view"));
  const Lookup look(std::move(chain));
  Item frame;
  frame.width = width;
  frame.height = height;
  frame.fill = PaintOf(look.Find("fill"));
  frame.stroke = PaintOf(look.Find("stroke"));
  frame.stroke_width = look.Number("strokeWidth", 1);
  frame.stroke_dash = DashOf(look.Find("strokeDash"));
  frame.fill_opacity = look.Number("fillOpacity", 1);
  frame.stroke_opacity = look.Number("strokeOpacity", 1);
  frame.opacity = look.Number("opacity", 1);
  frame.corner_radius.fill(look.Number("cornerRadius", 0));
  return frame;
}

class Composer {
 public:
  Composer(const Model& model, const ComposeContext& context)
      : model_(model),
        c_(context),
        scale_context_{context.spec.config, context.options, context.host, context.warnings},
        scales_(model.groups.size()),
        data_(model.node_count),
        latest_(model.node_count) {}

  Result<Laid> Draw(Node* node) {
    for (Node* unit : UnitsOf(node)) data_[unit->index] = unit->data;
    TakeFacetData(node);
    return DrawView(node, {false, false});
  }

 private:
  const Json& config() const { return c_.spec.config; }

  void TakeFacetData(Node* node) {
    if (node->view->kind == ViewKind::kFacet) data_[node->index] = node->data;
    for (const std::unique_ptr<Node>& child : node->children) TakeFacetData(child.get());
  }

  Result<Laid> DrawView(Node* node, const SharedAxes& in_headers) {
    c_.host.Poll();
    LOUPE_RETURN_IF_ERROR(BuildScales(node));
    switch (node->view->kind) {
      case ViewKind::kUnit:
      case ViewKind::kLayer:
        return DrawPlot(node, in_headers);
      case ViewKind::kConcat:
        return DrawConcat(node);
      case ViewKind::kFacet:
        return DrawFacet(node);
    }
    return DrawConcat(node);
  }

  // ---- scales

  // The scale of a unit's channel as far as it is built, or null.
  std::shared_ptr<const Scale> ScaleOf(const Node& unit, Channel channel) const {
    const int group = unit.groups[static_cast<std::size_t>(channel)];
    return group < 0 ? nullptr : scales_[static_cast<std::size_t>(group)];
  }

  static Node* PlotOf(Node* unit) {
    Node* plot = unit;
    while (plot->parent != nullptr && plot->parent->IsPlot()) plot = plot->parent;
    return plot;
  }

  // A side of a plot: that of its first unit with a scale along it.
  Result<double> SideOfPlot(Node* plot, Channel channel) const {
    const std::vector<Node*> units = UnitsOf(plot);
    const Channel offset = channel == Channel::kX ? Channel::kXOffset : Channel::kYOffset;
    const Node* chosen = units.front();
    for (const Node* unit : units) {
      if (ScaleOf(*unit, channel) == nullptr) continue;
      chosen = unit;
      break;
    }
    std::shared_ptr<const Scale> inner;
    for (const Node* unit : units) {
      if (inner == nullptr) inner = ScaleOf(*unit, offset);
    }
    return SideOf(chosen->unit, channel, ScaleOf(*chosen, channel).get(), inner.get(),
                  scale_context_);
  }

  // The scales of a unit that are built, and the size of its plot.
  Result<ScaleSet> SetOf(Node* unit) const {
    ScaleSet set;
    for (std::size_t i = 0; i < kChannelCount; ++i) {
      set.scales[i] = ScaleOf(*unit, static_cast<Channel>(i));
    }
    Node* plot = PlotOf(unit);
    LOUPE_ASSIGN_OR_RETURN(set.width, SideOfPlot(plot, Channel::kX));
    LOUPE_ASSIGN_OR_RETURN(set.height, SideOfPlot(plot, Channel::kY));
    return set;
  }

  // Scales that live in a view; those of a plot's layers are built with it, since they decide its
  // size together.
  std::vector<std::size_t> OwnedBy(Node* node) const {
    std::vector<std::size_t> owned = node->owned;
    if (!node->IsPlot()) return owned;
    for (const std::unique_ptr<Node>& child : node->children) {
      const std::vector<std::size_t> of_child = OwnedBy(child.get());
      owned.insert(owned.end(), of_child.begin(), of_child.end());
    }
    return owned;
  }

  Status BuildScales(Node* node) {
    if (node->IsPlot() && node->parent != nullptr && node->parent->IsPlot()) return Status::Ok();
    std::vector<std::size_t> owned = OwnedBy(node);
    // Channels are in an order in which each follows those that it depends on, but positions come
    // before the offsets inside them.
    std::stable_sort(owned.begin(), owned.end(), [&](std::size_t a, std::size_t b) {
      return model_.groups[a].channel < model_.groups[b].channel;
    });
    std::vector<ScaleBuilder> builders;
    for (const std::size_t index : owned) {
      const ScaleGroup& group = model_.groups[index];
      std::vector<ScaleMember> members;
      for (const Node* unit : group.units) {
        members.push_back({&unit->unit, data_[unit->index].get()});
      }
      builders.emplace_back(group.channel, std::move(members), scale_context_);
      LOUPE_RETURN_IF_ERROR(builders.back().Start(group.type.type));
      scales_[index] = builders.back().scale();
    }
    for (std::size_t i = 0; i < owned.size(); ++i) {
      LOUPE_ASSIGN_OR_RETURN(const ScaleSet around, SetOf(model_.groups[owned[i]].units.front()));
      LOUPE_RETURN_IF_ERROR(builders[i].Finish(around));
    }
    return Status::Ok();
  }

  // ---- plots

  MarkContext ContextOf(const Node& unit, const Instance& instance) const {
    return {unit.unit,      *instance.data, instance.scales,     config(),
            c_.spec.params, c_.spec.locale, c_.options.describes};
  }

  // Whether the layers of a plot share the axis of x or y.
  static bool SharesAxis(const Node& node, Channel channel) {
    const auto i = static_cast<std::size_t>(channel);
    if (node.view->kind == ViewKind::kLayer) {
      if (node.view->resolve.guide[i] == Sharing::kIndependent) return false;
    }
    return std::all_of(node.children.begin(), node.children.end(),
                       [&](const auto& child) { return SharesAxis(*child, channel); });
  }

  static void AddLegends(const Node& node, std::vector<std::size_t>* groups) {
    groups->insert(groups->end(), node.legends.begin(), node.legends.end());
    for (const std::unique_ptr<Node>& child : node.children) AddLegends(*child, groups);
  }

  // Legends that stand at a view: of the units below it that use each scale.
  Result<std::vector<LegendGroup>> LegendsOf(Node* node) {
    constexpr Channel kOrder[] = {
        Channel::kColor,       Channel::kFill,       Channel::kStroke,      Channel::kShape,
        Channel::kSize,        Channel::kOpacity,    Channel::kFillOpacity, Channel::kStrokeOpacity,
        Channel::kStrokeWidth, Channel::kStrokeDash, Channel::kAngle};
    std::vector<std::size_t> groups = node->legends;
    if (node->IsPlot()) {
      for (const std::unique_ptr<Node>& child : node->children) AddLegends(*child, &groups);
    }
    const std::vector<Node*> below = UnitsOf(node);
    std::deque<MarkContext> contexts;
    std::vector<LegendRequest> requests;
    for (const Channel channel : kOrder) {
      for (const std::size_t index : groups) {
        const ScaleGroup& group = model_.groups[index];
        if (group.channel != channel) continue;
        LegendRequest request;
        request.channel = channel;
        for (Node* unit : group.units) {
          const bool here = std::find(below.begin(), below.end(), unit) != below.end();
          if (!here || latest_[unit->index] == nullptr) continue;
          contexts.push_back(ContextOf(*unit, *latest_[unit->index]));
          request.units.push_back(&contexts.back());
        }
        if (!request.units.empty()) requests.push_back(std::move(request));
      }
    }
    return BuildLegends(requests, c_.measure, c_.host);
  }

  Result<Laid> DrawPlot(Node* plot, const SharedAxes& in_headers) {
    const std::vector<Node*> units = UnitsOf(plot);
    AxisRequest axes;
    axes.shared = {SharesAxis(*plot, Channel::kX), SharesAxis(*plot, Channel::kY)};
    Parts parts;
    bool positions = false;
    for (Node* unit : units) {
      auto instance = std::make_shared<Instance>();
      instance->data = data_[unit->index];
      LOUPE_ASSIGN_OR_RETURN(instance->scales, SetOf(unit));
      latest_[unit->index] = instance;
      const MarkContext context = ContextOf(*unit, *instance);
      LOUPE_ASSIGN_OR_RETURN(std::vector<Mark> marks, BuildMarks(context, c_.host));
      for (Mark& mark : marks) {
        if (!unit->view->name.empty()) mark.name = unit->view->name + "_" + mark.name;
        parts.marks.push_back(std::move(mark));
      }
      axes.units.push_back(context);
      const Encoding& encoding = unit->unit.unit.encoding;
      positions |= encoding.Find(Channel::kX) != nullptr || encoding.Find(Channel::kY) != nullptr;
    }
    const ScaleSet& first = latest_[units.front()->index]->scales;
    LOUPE_ASSIGN_OR_RETURN(parts.axes, BuildAxes(axes, c_.measure, c_.host));
    TakeHeaderAxes(in_headers, &parts.axes);
    LOUPE_ASSIGN_OR_RETURN(parts.legends, LegendsOf(plot));
    parts.frame = FrameItem(*plot->view, positions, first.width, first.height, config());
    parts.title = plot->view->title;
    parts.name = NameOf(*plot, "group");
    if (cell_title_) parts.title = *cell_title_;
    if (cell_title_) parts.title_kind = TitleKind::kHeader;
    cell_title_.reset();
    return LayOut(std::move(parts), config(), c_.measure);
  }

  static std::string NameOf(const Node& node, const char* part) {
    return node.view->name.empty() ? part : node.view->name + "_" + part;
  }

  // Moves the main parts of axes that the facet draws out of a cell's.
  void TakeHeaderAxes(const SharedAxes& in_headers, std::vector<AxisGroup>* axes) {
    header_axes_.clear();
    std::vector<AxisGroup> kept;
    for (AxisGroup& axis : *axes) {
      const bool moves = !axis.is_grid && in_headers[axis.along_y ? 1 : 0];
      (moves ? header_axes_ : kept).push_back(std::move(axis));
    }
    *axes = std::move(kept);
  }

  // ---- concatenations and facets

  static void SetGrid(const GridDef& def, const char* align, GridParts* grid) {
    for (std::size_t side = 0; side < 2; ++side) {
      grid->spacing[side] = def.spacing[side].value_or(20);
      grid->align[side] = def.align[side].empty() ? align : def.align[side];
      grid->center[side] = def.center[side];
    }
    grid->flush = def.flush;
  }

  Result<Laid> Finish(Node* node, GridParts grid) {
    Parts parts;
    parts.grid = std::move(grid);
    LOUPE_ASSIGN_OR_RETURN(parts.legends, LegendsOf(node));
    parts.title = node->view->title;
    parts.title_kind = TitleKind::kComposed;
    parts.name = NameOf(*node, "group");
    return LayOut(std::move(parts), config(), c_.measure);
  }

  Result<Laid> DrawConcat(Node* node) {
    GridParts grid;
    SetGrid(node->view->grid, "each", &grid);
    for (const std::unique_ptr<Node>& child : node->children) {
      LOUPE_ASSIGN_OR_RETURN(Laid laid, DrawView(child.get(), {false, false}));
      grid.cells.push_back(std::move(laid.block));
    }
    const double all = static_cast<double>(std::max<std::size_t>(1, grid.cells.size()));
    const double columns = std::clamp(node->view->grid.columns.value_or(all), 1.0, all);
    grid.columns = static_cast<std::size_t>(columns);
    return Finish(node, std::move(grid));
  }

  // Whether the facet around a plot draws its axis once, at the edge of the grid.
  bool FacetSharesAxis(const Node& facet, Channel channel) const {
    Node* child = facet.children.front().get();
    if (!child->IsPlot()) return false;
    const auto i = static_cast<std::size_t>(channel);
    if (facet.view->resolve.guide[i] == Sharing::kIndependent) return false;
    const std::vector<Node*> units = UnitsOf(child);
    bool used = false;
    for (const Node* unit : units) {
      const int group = unit->groups[i];
      if (group < 0) continue;
      used = true;
      const Node* owner = model_.groups[static_cast<std::size_t>(group)].owner;
      for (const Node* at = child; at != nullptr; at = at->parent) {
        if (at == &facet) break;
        if (owner == at) return false;
      }
      if (owner != &facet && IsBelow(owner, &facet)) return false;
    }
    return used;
  }

  static bool IsBelow(const Node* node, const Node* above) {
    for (const Node* at = node; at != nullptr; at = at->parent) {
      if (at == above) return true;
    }
    return false;
  }

  struct FacetPlan {
    Node* node = nullptr;
    std::vector<FacetValue> columns;  // of "column", or all wrapped values
    std::vector<FacetValue> rows;
    std::optional<Header> column_header;  // or that of wrapped cells
    std::optional<Header> row_header;
    SharedAxes shared{};
    bool wrapped = false;
  };

  Result<FacetPlan> PlanFacet(Node* node) {
    const View& view = *node->view;
    FacetPlan plan;
    plan.node = node;
    plan.wrapped = view.wrapped.has_value();
    plan.shared = {FacetSharesAxis(*node, Channel::kX), FacetSharesAxis(*node, Channel::kY)};
    const Dataset& data = *data_[node->index];
    const std::optional<FacetDef>& across = plan.wrapped ? view.wrapped : view.column;
    if (across) {
      LOUPE_ASSIGN_OR_RETURN(plan.columns, FacetValues(*across, data, c_.host));
      const FacetSide side = plan.wrapped ? FacetSide::kWrapped : FacetSide::kColumn;
      LOUPE_ASSIGN_OR_RETURN(Header header,
                             Header::Make(*across, side, config(), c_.spec.params, c_.spec.locale));
      plan.column_header.emplace(std::move(header));
    }
    if (view.row) {
      LOUPE_ASSIGN_OR_RETURN(plan.rows, FacetValues(*view.row, data, c_.host));
      LOUPE_ASSIGN_OR_RETURN(Header header, Header::Make(*view.row, FacetSide::kRow, config(),
                                                         c_.spec.params, c_.spec.locale));
      plan.row_header.emplace(std::move(header));
    }
    const std::size_t cells =
        std::max<std::size_t>(1, plan.columns.size()) * std::max<std::size_t>(1, plan.rows.size());
    cells_ += cells;
    if (cells_ > kMaxCells) {
      return Status(Code::kLimitExceeded,
                    "the facets have more than " + std::to_string(kMaxCells) + " cells")
          .WithHint("Facet by a field with fewer values.")
          .At(view.pointer);
    }
    return plan;
  }

  // Narrows the data of everything below a facet to one cell; returns what it was.
  std::vector<std::shared_ptr<const Dataset>> EnterCell(Node* facet,
                                                        const std::vector<std::string>& keys,
                                                        const std::vector<Json>& cell) {
    std::vector<std::shared_ptr<const Dataset>> before = data_;
    Narrow(facet->children.front().get(), keys, cell);
    return before;
  }

  void Narrow(Node* node, const std::vector<std::string>& keys, const std::vector<Json>& cell) {
    std::shared_ptr<const Dataset>& data = data_[node->index];
    if (data != nullptr) {
      data = std::make_shared<const Dataset>(CellOf(*data, keys, cell, c_.host));
    }
    for (const std::unique_ptr<Node>& child : node->children) Narrow(child.get(), keys, cell);
  }

  // The label that stands at the cell itself rather than in a header.
  Result<std::optional<Json>> CellTitle(const FacetPlan& plan, const FacetValue* column,
                                        const FacetValue* row) {
    const std::pair<const std::optional<Header>*, const FacetValue*> sides[] = {
        {&plan.row_header, row}, {&plan.column_header, column}};
    for (const auto& [header, value] : sides) {
      if (!*header || value == nullptr || !(*header)->LabelsCells()) continue;
      if (!(*header)->HasLabels()) continue;
      LOUPE_ASSIGN_OR_RETURN(Json title, (*header)->LabelObject(value->value, value->end, c_.host));
      return std::optional<Json>(std::move(title));
    }
    return std::optional<Json>();
  }

  Result<Block> DrawCell(const FacetPlan& plan, const FacetValue* column, const FacetValue* row) {
    std::vector<std::string> keys;
    std::vector<Json> values;
    const View& view = *plan.node->view;
    if (column != nullptr) {
      keys.push_back(ColumnKey((plan.wrapped ? view.wrapped : view.column)->def));
      values.push_back(column->value);
    }
    if (row != nullptr) {
      keys.push_back(ColumnKey(view.row->def));
      values.push_back(row->value);
    }
    auto before = EnterCell(plan.node, keys, values);
    LOUPE_ASSIGN_OR_RETURN(cell_title_, CellTitle(plan, column, row));
    LOUPE_ASSIGN_OR_RETURN(Laid laid, DrawView(plan.node->children.front().get(), plan.shared));
    cell_title_.reset();
    data_ = std::move(before);
    laid.block.name = NameOf(*plan.node, "cell");
    return std::move(laid.block);
  }

  Status DrawCells(const FacetPlan& plan, GridParts* grid) {
    const FacetValue none;
    const std::size_t rows = std::max<std::size_t>(1, plan.rows.size());
    const bool empty =
        (plan.column_header && plan.columns.empty()) || (plan.row_header && plan.rows.empty());
    if (empty) return Status::Ok();
    for (std::size_t row = 0; row < rows; ++row) {
      const FacetValue* of_row = plan.rows.empty() ? nullptr : &plan.rows[row];
      for (std::size_t i = 0; i < std::max<std::size_t>(1, plan.columns.size()); ++i) {
        const FacetValue* of_column = plan.columns.empty() ? nullptr : &plan.columns[i];
        LOUPE_ASSIGN_OR_RETURN(Block cell, DrawCell(plan, of_column, of_row));
        grid->cells.push_back(std::move(cell));
      }
    }
    return Status::Ok();
  }

  // A header group as long as a cell, with a label and axes.
  Block HeaderBlock(std::size_t side, const Json& label, const std::vector<AxisGroup>& axes,
                    const Item& cell, const std::string& name) {
    Parts parts;
    parts.name = name;
    parts.frame.width = side == 0 ? cell.width : 0;
    parts.frame.height = side == 0 ? 0 : cell.height;
    parts.title = label;
    parts.title_kind = TitleKind::kHeader;
    for (AxisGroup axis : axes) {
      // Axes at the far side of a cell move to the header's own edge.
      const double dx = side == 1 && !axis.is_header ? -cell.width : 0;
      const double dy = side == 0 && !axis.is_header ? -cell.height : 0;
      axis.bounds.Translate(dx, dy);
      axis.mark.items.front().x += dx;
      axis.mark.items.front().y += dy;
      parts.axes.push_back(std::move(axis));
    }
    return LayOut(std::move(parts), config(), c_.measure).block;
  }

  // Headers or footers along one side: labels of the facet's values, and shared axes.
  Status AddHeaders(const FacetPlan& plan, std::size_t side, bool at_head, GridParts* grid) {
    const std::optional<Header>& header = side == 0 ? plan.column_header : plan.row_header;
    const std::vector<FacetValue>& values = side == 0 ? plan.columns : plan.rows;
    std::vector<AxisGroup> axes;
    for (const AxisGroup& axis : header_axes_) {
      if ((axis.along_y ? 1U : 0U) == side && axis.is_header == at_head) axes.push_back(axis);
    }
    const bool by_value = header && !(side == 0 && plan.wrapped);
    bool labels = false;
    if (by_value && header->HasLabels() && !header->LabelsCells()) {
      const HeaderSide where = header->LabelSide();
      labels = (where == HeaderSide::kAbove || where == HeaderSide::kLeft) == at_head;
    }
    if (!labels && axes.empty()) return Status::Ok();
    const std::size_t lines =
        side == 0 ? grid->columns : (grid->cells.size() + grid->columns - 1) / grid->columns;
    const std::string name =
        NameOf(*plan.node, side == 0 ? (at_head ? "column_header" : "column_footer")
                                     : (at_head ? "row_header" : "row_footer"));
    for (std::size_t i = 0; i < lines; ++i) {
      Json label;
      if (labels && i < values.size()) {
        LOUPE_ASSIGN_OR_RETURN(label, header->LabelObject(values[i].value, values[i].end, c_.host));
      }
      const std::size_t cell = side == 0 ? i : i * grid->columns;
      const Item& near = grid->cells[std::min(cell, grid->cells.size() - 1)].item;
      Block block = HeaderBlock(side, label, axes, near, name);
      (at_head ? grid->headers : grid->footers)[side].push_back(std::move(block));
    }
    return Status::Ok();
  }

  void AddTitle(const FacetPlan& plan, const Header& header, const std::string& inner,
                const char* name, GridParts* grid) {
    std::string text = header.Title();
    if (!inner.empty()) text += (text.empty() ? "" : " / ") + inner;
    if (text.empty()) return;
    const HeaderSide where = header.TitleSide();
    const std::size_t side = where == HeaderSide::kAbove || where == HeaderSide::kBelow ? 0 : 1;
    Parts parts;
    parts.name = NameOf(*plan.node, name);
    parts.title = header.TitleObject(text);
    parts.title_kind = TitleKind::kHeader;
    grid->titles[side] = LayOut(std::move(parts), config(), c_.measure).block;
    grid->title_at_end[side] = where == HeaderSide::kBelow || where == HeaderSide::kRight;
    grid->title_band[side] = header.TitleBand();
    const bool labelled = !plan.wrapped && (header.HasLabels() || !header_axes_.empty());
    grid->title_offset[side] = labelled ? 10 : 0;
  }

  std::string DefaultAlign(const FacetPlan& plan) const {
    const View& view = *plan.node->view;
    const auto independent = [&](Channel channel) {
      return view.resolve.scale[static_cast<std::size_t>(channel)] == Sharing::kIndependent;
    };
    if (!view.row && independent(Channel::kX)) return "none";
    if (!view.column && independent(Channel::kY)) return "none";
    return "all";
  }

  Result<Laid> DrawFacet(Node* node) {
    LOUPE_ASSIGN_OR_RETURN(const FacetPlan plan, PlanFacet(node));
    GridParts grid;
    const std::string align = DefaultAlign(plan);
    SetGrid(node->view->grid, align.c_str(), &grid);
    LOUPE_RETURN_IF_ERROR(DrawCells(plan, &grid));
    const auto cells = std::max<std::size_t>(1, grid.cells.size());
    grid.columns = plan.columns.empty() ? 1 : plan.columns.size();
    if (plan.wrapped && node->view->grid.columns) {
      const double wanted = std::min(*node->view->grid.columns, static_cast<double>(cells));
      grid.columns = static_cast<std::size_t>(std::max(1.0, wanted));
    }
    const bool nested = !node->children.front()->IsPlot();
    grid.band_headers = {nested, nested};
    if (!grid.cells.empty()) {
      for (const std::size_t side : {std::size_t{0}, std::size_t{1}}) {
        LOUPE_RETURN_IF_ERROR(AddHeaders(plan, side, true, &grid));
        LOUPE_RETURN_IF_ERROR(AddHeaders(plan, side, false, &grid));
      }
    }
    if (plan.row_header) AddTitle(plan, *plan.row_header, "", "row-title", &grid);
    if (plan.column_header) {
      AddTitle(plan, *plan.column_header, "", plan.wrapped ? "facet-title" : "column-title", &grid);
    }
    header_axes_.clear();
    return Finish(node, std::move(grid));
  }

  const Model& model_;
  const ComposeContext& c_;
  ScaleContext scale_context_;
  std::vector<std::shared_ptr<const Scale>> scales_;     // by group, of the cell being drawn
  std::vector<std::shared_ptr<const Dataset>> data_;     // by node, of the cell being drawn
  std::vector<std::shared_ptr<const Instance>> latest_;  // by node
  std::vector<AxisGroup> header_axes_;                   // of the plot drawn last
  std::optional<Json> cell_title_;                       // of the next plot
  std::size_t cells_ = 0;
};

}  // namespace

Result<Laid> Compose(const Model& model, const ComposeContext& context) {
  return Composer(model, context).Draw(model.root.get());
}

}  // namespace loupe::chart
