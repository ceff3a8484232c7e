#include "core/chart/model.hpp"

#include <algorithm>
#include <set>
#include <unordered_map>

#include "core/chart/data/key.hpp"
#include "core/chart/data/source.hpp"
#include "core/chart/data/transform/transform.hpp"
#include "core/chart/limits.hpp"
#include "core/chart/parse/sources.hpp"

namespace loupe::chart {
namespace {

// The rows that reach a view and the facets around it.
struct Flow {
  Frame frame;
  std::vector<ChannelDef> facets;
};

void CollectTimes(const View& view, std::set<std::string>* fields) {
  for (const auto& defs : view.unit.encoding.channels) {
    for (const ChannelDef& def : defs) {
      const bool time = def.IsField() && (def.type == DataType::kTemporal || def.time_unit);
      if (time && !def.field.empty()) fields->insert(def.field);
    }
  }
  for (const View& child : view.children) {
    if (!child.data) CollectTimes(child, fields);
  }
}

class ModelBuilder {
 public:
  ModelBuilder(const Spec& spec, const std::vector<RowSet>& rows, const Context& host,
               std::vector<Warning>* warnings, Model* model)
      : spec_(spec), rows_(rows), host_(host), warnings_(warnings), model_(model) {}

  Result<std::unique_ptr<Node>> Build(const View& view, Node* parent, const Flow& outer) {
    auto node = std::make_unique<Node>();
    node->view = &view;
    node->parent = parent;
    node->index = model_->node_count++;
    node->groups.fill(-1);
    LOUPE_ASSIGN_OR_RETURN(Flow flow, FlowOf(view, outer));
    if (view.kind == ViewKind::kUnit) {
      LOUPE_ASSIGN_OR_RETURN(node->unit, Normalize(view, spec_.config));
      LOUPE_RETURN_IF_ERROR(Prepare(flow, node.get()));
      return node;
    }
    if (view.kind == ViewKind::kFacet) {
      for (const FacetDef* facet : FacetsOf(view)) flow.facets.push_back(facet->def);
      LOUPE_RETURN_IF_ERROR(Prepare(flow, node.get()));
    }
    for (const View& child : view.children) {
      LOUPE_ASSIGN_OR_RETURN(std::unique_ptr<Node> built, Build(child, node.get(), flow));
      node->children.push_back(std::move(built));
    }
    return node;
  }

  // The groups that a view leaves to the one around it, at most one a channel; -1: none.
  using Exposed = std::array<int, kChannelCount>;

  Result<Exposed> Resolve(Node* node) {
    Exposed exposed;
    exposed.fill(-1);
    if (node->view->kind == ViewKind::kUnit) {
      LOUPE_RETURN_IF_ERROR(AddGroups(node, &exposed));
      return exposed;
    }
    std::vector<Exposed> children;
    for (const std::unique_ptr<Node>& child : node->children) {
      LOUPE_ASSIGN_OR_RETURN(const Exposed of_child, Resolve(child.get()));
      children.push_back(of_child);
    }
    for (std::size_t i = 0; i < kChannelCount; ++i) {
      if (!Shares(*node->view, static_cast<Channel>(i))) continue;
      exposed[i] = Merge(node, children, i);
    }
    return exposed;
  }

  // Tells every owner what it owns, and where legends stand.
  void Assign() {
    for (std::size_t i = 0; i < model_->groups.size(); ++i) {
      ScaleGroup& group = model_->groups[i];
      if (group.units.empty()) continue;
      for (Node* unit : group.units) {
        unit->groups[static_cast<std::size_t>(group.channel)] = static_cast<int>(i);
      }
      group.owner->owned.push_back(i);
      PlaceLegend(group.owner, i);
    }
  }

 private:
  static bool Shares(const View& view, Channel channel) {
    const Sharing sharing = view.resolve.scale[static_cast<std::size_t>(channel)];
    if (sharing != Sharing::kDefault) return sharing == Sharing::kShared;
    if (view.kind == ViewKind::kFacet) return channel != Channel::kTheta;
    if (view.kind == ViewKind::kLayer) return true;
    return channel > Channel::kRadius2;  // views side by side have positions of their own
  }

  Status AddGroups(Node* node, Exposed* exposed) {
    for (std::size_t i = 0; i < kChannelCount; ++i) {
      const auto channel = static_cast<Channel>(i);
      if (!HasScale(node->unit, channel)) continue;
      ScaleGroup group;
      group.channel = channel;
      LOUPE_ASSIGN_OR_RETURN(group.type, TypeOfScale(node->unit, channel, warnings_));
      group.units = {node};
      group.owner = node;
      (*exposed)[i] = static_cast<int>(model_->groups.size());
      model_->groups.push_back(std::move(group));
    }
    return Status::Ok();
  }

  // Merges the children's groups of one channel; where their types do not go together they stay
  // apart.
  int Merge(Node* node, const std::vector<Exposed>& children, std::size_t channel) {
    std::vector<int> found;
    for (const Exposed& child : children) {
      if (child[channel] >= 0) found.push_back(child[channel]);
    }
    if (found.empty()) return -1;
    TypedScale type = model_->groups[static_cast<std::size_t>(found.front())].type;
    for (const int index : found) {
      const auto common = CommonType(type, model_->groups[static_cast<std::size_t>(index)].type);
      if (!common) return -1;
      type = *common;
    }
    ScaleGroup& merged = model_->groups[static_cast<std::size_t>(found.front())];
    for (std::size_t i = 1; i < found.size(); ++i) {
      ScaleGroup& other = model_->groups[static_cast<std::size_t>(found[i])];
      merged.units.insert(merged.units.end(), other.units.begin(), other.units.end());
      other.units.clear();
    }
    merged.type = type;
    merged.owner = node;
    return found.front();
  }

  void PlaceLegend(Node* node, std::size_t index) {
    const ScaleGroup& group = model_->groups[index];
    const std::vector<Node*> units = UnitsOf(node);
    const bool used = std::any_of(units.begin(), units.end(), [&](const Node* unit) {
      return std::find(group.units.begin(), group.units.end(), unit) != group.units.end();
    });
    if (!used) return;
    const Sharing sharing = node->view->resolve.guide[static_cast<std::size_t>(group.channel)];
    if (node->children.empty() || sharing != Sharing::kIndependent) {
      node->legends.push_back(index);
      return;
    }
    for (const std::unique_ptr<Node>& child : node->children) PlaceLegend(child.get(), index);
  }

  Result<Flow> FlowOf(const View& view, const Flow& outer) {
    Flow flow = outer;
    if (view.data) {
      flow.facets.clear();
      LOUPE_ASSIGN_OR_RETURN(flow.frame, FrameOf(*view.data, rows_, host_));
    }
    const bool transforms = view.transform.IsArray() && !view.transform.items().empty();
    if (!transforms) return flow;
    Table table = TableOfFrame(flow.frame, host_);
    ReadTimes(view, &table);
    if (flow.facets.empty()) {
      LOUPE_ASSIGN_OR_RETURN(table, Transformed(std::move(table), view));
    } else {
      LOUPE_ASSIGN_OR_RETURN(table, TransformedCells(table, view, &flow.facets));
    }
    flow.frame.table = std::make_shared<const Table>(std::move(table));
    return flow;
  }

  // Fields that channels below read as times are times for transforms as well.
  void ReadTimes(const View& view, Table* table) {
    std::set<std::string> fields;
    CollectTimes(view, &fields);
    for (const std::string& field : fields) {
      const int column = table->Find(field);
      if (column < 0) continue;
      std::size_t count = 0;
      for (Json& value : table->columns[static_cast<std::size_t>(column)]) {
        if (++count % Context::kPollInterval == 0) host_.Poll();
        if (value.IsString()) value = ReadValue(value, Reading::kTime);
      }
    }
  }

  Result<Table> Transformed(Table table, const View& view) {
    TransformEnvironment environment;
    environment.params = &spec_.params;
    environment.locale = &spec_.locale;
    environment.context = &host_;
    environment.budget = &budget_;
    environment.warnings = warnings_;
    environment.load = [this](const Json& data, const std::string& pointer) -> Result<Table> {
      const auto index = SourceIndex(data);
      if (!index || *index >= spec_.sources.size()) {
        return Status(Code::kChartInvalidSpec, "a lookup needs \"data\"").At(pointer);
      }
      LOUPE_ASSIGN_OR_RETURN(const Frame frame, FrameOf(spec_.sources[*index], rows_, host_));
      return TableOfFrame(frame, host_);
    };
    return ApplyTransforms(std::move(table), view.transform, view.transform_pointer, environment);
  }

  // Transforms inside a facet see the rows of one cell at a time. The cells' names become columns
  // of the result, which the facets read from then on.
  Result<Table> TransformedCells(const Table& table, const View& view,
                                 std::vector<ChannelDef>* facets) {
    Frame frame;
    frame.pointer = view.transform_pointer;
    frame.table = std::make_shared<const Table>(table);
    LOUPE_ASSIGN_OR_RETURN(const Dataset keyed,
                           PrepareData(NormalView(), *facets, frame, host_, warnings_));
    std::vector<std::string> keys;
    for (const ChannelDef& facet : *facets) {
      keys.push_back(ColumnKey(facet));
      if (keyed.main.Find(EndKey(facet)) >= 0) keys.push_back(EndKey(facet));
    }
    std::unordered_map<std::string, std::size_t> index;
    std::vector<std::vector<std::size_t>> cells;
    for (std::size_t row = 0; row < table.row_count; ++row) {
      if (row % Context::kPollInterval == 0) host_.Poll();
      std::string key;
      for (const std::string& name : keys) {
        const int column = keyed.main.Find(name);
        if (column >= 0) AppendKey(keyed.main.At(column, row), &key);
      }
      const auto [slot, added] = index.try_emplace(std::move(key), cells.size());
      if (added) cells.emplace_back();
      cells[slot->second].push_back(row);
    }
    Table out;
    for (const std::vector<std::size_t>& rows : cells) {
      LOUPE_ASSIGN_OR_RETURN(Table cell, Transformed(SubsetOf(table, rows, host_), view));
      for (const std::string& name : keys) {
        const int column = keyed.main.Find(name);
        const Json value = column >= 0 ? keyed.main.At(column, rows.front()) : Json();
        const std::string as = CellColumn(name);
        if (cell.Find(as) < 0) cell.Add(as, std::vector<Json>(cell.row_count, value));
      }
      LOUPE_RETURN_IF_ERROR(Append(std::move(cell), view.transform_pointer, &out));
    }
    for (ChannelDef& facet : *facets) facet = CellDef(facet);
    return out;
  }

  static Status Append(Table cell, const std::string& pointer, Table* out) {
    if (out->row_count + cell.row_count > kMaxRows) {
      return Status(Code::kLimitExceeded,
                    "the data have more than " + std::to_string(kMaxRows) + " rows")
          .At(pointer);
    }
    for (std::size_t i = 0; i < cell.names.size(); ++i) {
      int column = out->Find(cell.names[i]);
      if (column < 0) column = out->Add(cell.names[i], std::vector<Json>(out->row_count));
      std::vector<Json>& target = out->columns[static_cast<std::size_t>(column)];
      target.insert(target.end(), std::make_move_iterator(cell.columns[i].begin()),
                    std::make_move_iterator(cell.columns[i].end()));
    }
    out->row_count += cell.row_count;
    for (std::vector<Json>& column : out->columns) column.resize(out->row_count);
    return Status::Ok();
  }

  static ChannelDef CellDef(const ChannelDef& facet) {
    ChannelDef def;
    def.kind = DefKind::kField;
    def.pointer = facet.pointer;
    def.field = CellColumn(ColumnKey(facet));
    def.type = DataType::kNominal;
    return def;
  }

  Status Prepare(const Flow& flow, Node* node) {
    LOUPE_ASSIGN_OR_RETURN(Dataset data,
                           PrepareData(node->unit, flow.facets, flow.frame, host_, warnings_));
    marks_ += node->view->kind == ViewKind::kUnit ? data.main.row_count : 0;
    if (marks_ > kMaxMarks) {
      return Status(Code::kLimitExceeded,
                    "the chart has more than " + std::to_string(kMaxMarks) + " marks")
          .WithHint("Aggregate or bin the data.")
          .At(flow.frame.pointer);
    }
    node->data = std::make_shared<const Dataset>(std::move(data));
    return Status::Ok();
  }

  const Spec& spec_;
  const std::vector<RowSet>& rows_;
  const Context& host_;
  std::vector<Warning>* warnings_;
  Model* model_;
  ExpressionBudget budget_;
  std::size_t marks_ = 0;
};

void AddUnits(Node* node, std::vector<Node*>* units) {
  if (node->view->kind == ViewKind::kUnit) units->push_back(node);
  for (const std::unique_ptr<Node>& child : node->children) AddUnits(child.get(), units);
}

}  // namespace

Result<Model> BuildModel(const Spec& spec, const std::vector<RowSet>& rows, const Context& host,
                         std::vector<Warning>* warnings) {
  Model model;
  ModelBuilder builder(spec, rows, host, warnings, &model);
  // Without data there is one row without fields, as in Vega-Lite.
  static const Json kOneRow = Json::FromArray({Json::MakeObject()});
  Flow flow;
  flow.frame.values = &kOneRow;
  LOUPE_ASSIGN_OR_RETURN(model.root, builder.Build(spec.view, nullptr, flow));
  LOUPE_ASSIGN_OR_RETURN(const auto exposed, builder.Resolve(model.root.get()));
  (void)exposed;  // what the root leaves to nobody it owns itself
  builder.Assign();
  return model;
}

std::vector<Node*> UnitsOf(Node* node) {
  std::vector<Node*> units;
  AddUnits(node, &units);
  return units;
}

std::vector<const FacetDef*> FacetsOf(const View& view) {
  std::vector<const FacetDef*> facets;
  for (const std::optional<FacetDef>* facet : {&view.column, &view.row, &view.wrapped}) {
    if (*facet) facets.push_back(&**facet);
  }
  return facets;
}

}  // namespace loupe::chart
