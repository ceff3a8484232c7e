#include "core/chart/data/prepare.hpp"

#include <algorithm>
#include <limits>

#include "core/chart/data/aggregate.hpp"
#include "core/chart/data/key.hpp"
#include "core/chart/data/source.hpp"
#include "core/chart/data/stack.hpp"
#include "core/chart/data/transform/families.hpp"
#include "core/chart/limits.hpp"

namespace loupe::chart {
namespace {

// What a unit reads: its own channels and the facets around it.
struct Reader {
  const NormalView& view;
  const std::vector<ChannelDef>& facets;
};

template <class Function>
void ForEachField(const Reader& reader, const Function& function) {
  for (const ChannelDef& facet : reader.facets) function(facet);
  const NormalView& view = reader.view;
  for (const auto& defs : view.unit.encoding.channels) {
    for (const ChannelDef& def : defs) {
      if (def.IsField()) function(def);
    }
  }
}

Reading SortReading(const Sort& sort) {
  const bool numeric =
      sort.aggregate && *sort.aggregate != Aggregate::kMin && *sort.aggregate != Aggregate::kMax;
  return numeric ? Reading::kNumber : Reading::kRaw;
}

// Fields that conditions and the mark's own properties read and no channel may have.
void AddPredicateFields(const NormalView& view, std::vector<SourceColumn>* columns) {
  for (const RowProperty& property : view.unit.mark.by_row) {
    for (const std::string& field : property.expression.fields()) {
      columns->push_back({field, Reading::kRaw});
    }
  }
  for (const auto& defs : view.unit.encoding.channels) {
    for (const ChannelDef& def : defs) {
      for (const ChannelCase& entry : def.cases) {
        const std::vector<std::string>& fields = entry.predicate.fields();
        for (const std::string& field : fields) columns->push_back({field, Reading::kRaw});
      }
    }
  }
}

std::vector<SourceColumn> NeededColumns(const Reader& reader) {
  std::vector<SourceColumn> columns;
  ForEachField(reader, [&](const ChannelDef& def) {
    if (!def.field.empty() && def.field != "*") columns.push_back({def.field, ReadingOf(def)});
    if (!def.arg_field.empty()) columns.push_back({def.arg_field, Reading::kRaw});
    const bool by_field = def.sort.kind == SortKind::kField && !def.sort.field.empty();
    if (by_field) columns.push_back({def.sort.field, SortReading(def.sort)});
    if (by_field && !def.sort.aggregate) columns.push_back({def.sort.field, Reading::kNumber});
  });
  if (!reader.view.aggregates) AddPredicateFields(reader.view, &columns);
  return columns;
}

void AddBins(const ChannelDef& def, const Context& context, Dataset* data) {
  const std::string key = ColumnKey(def);
  if (data->main.Find(key) >= 0) return;
  const int source = data->main.Find(SourceKey(def.field, ReadingOf(def)));
  if (source < 0) return;
  const std::vector<Json>& values = data->main.columns[static_cast<std::size_t>(source)];
  double low = std::numeric_limits<double>::infinity();
  double high = -low;
  for (const Json& value : values) {
    if (!IsValidNumber(value)) continue;
    low = std::min(low, value.AsDouble());
    high = std::max(high, value.AsDouble());
  }
  if (def.bin->extent) {
    low = (*def.bin->extent)[0];
    high = (*def.bin->extent)[1];
  }
  if (!(low <= high)) low = high = 0;
  const Bins bins = ChooseBins(*def.bin, low, high);
  std::vector<Json> start;
  std::vector<Json> end;
  start.reserve(values.size());
  end.reserve(values.size());
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (i % Context::kPollInterval == 0) context.Poll();
    const double from = IsValidNumber(values[i]) ? bins.StartOf(values[i].AsDouble())
                                                 : std::numeric_limits<double>::infinity();
    const bool inside = std::isfinite(from);
    start.push_back(inside ? Json(from) : Json());
    end.push_back(inside ? Json(from + bins.step) : Json());
  }
  data->main.Add(key, std::move(start));
  data->main.Add(EndKey(def), std::move(end));
  data->bins[key] = bins;
}

void AddTimeUnits(const ChannelDef& def, const Context& context, Table* table) {
  const std::string key = ColumnKey(def);
  if (table->Find(EndKey(def)) >= 0) return;
  const int source = table->Find(SourceKey(def.field, ReadingOf(def)));
  if (source < 0) return;
  const bool floored = def.time_unit->binned;
  std::vector<Json> start;
  std::vector<Json> end;
  for (std::size_t row = 0; row < table->row_count; ++row) {
    if (row % Context::kPollInterval == 0) context.Poll();
    const Json& value = table->At(source, row);
    if (!IsValidNumber(value)) {
      start.emplace_back();
      end.emplace_back();
      continue;
    }
    const double from = floored ? value.AsDouble() : FloorToUnit(*def.time_unit, value.AsDouble());
    start.emplace_back(from);
    end.emplace_back(NextUnit(*def.time_unit, from));
  }
  if (!floored) table->Add(key, std::move(start));
  table->Add(EndKey(def), std::move(end));
}

Table Aggregated(const Reader& reader, const Table& raw, const Context& context) {
  std::vector<std::string> group_by;
  std::vector<AggregateColumn> columns;
  const auto group = [&](std::string key) {
    const bool known = std::find(group_by.begin(), group_by.end(), key) != group_by.end();
    if (!known) group_by.push_back(std::move(key));
  };
  ForEachField(reader, [&](const ChannelDef& def) {
    if (def.aggregate) {
      columns.push_back({*def.aggregate, SourceKey(def.field, ReadingOf(def)), ColumnKey(def),
                         SourceKey(def.arg_field, Reading::kRaw)});
      return;
    }
    group(ColumnKey(def));
    if (raw.Find(EndKey(def)) >= 0) group(EndKey(def));
  });
  return AggregateTable(raw, group_by, columns, context);
}

std::vector<StackSort> SortOfStack(const NormalView& view) {
  const Encoding& encoding = view.unit.encoding;
  std::vector<StackSort> sort;
  const std::vector<ChannelDef>& orders = encoding.At(Channel::kOrder);
  for (const ChannelDef& order : orders) {
    if (order.IsField()) {
      sort.push_back({ColumnKey(order), order.sort.kind == SortKind::kDescending});
    }
  }
  if (!sort.empty()) return sort;
  bool descending = view.stack->measure == Channel::kY;
  if (!orders.empty() && orders.front().kind == DefKind::kNone) {
    descending = orders.front().sort.kind == SortKind::kDescending;
  }
  for (const ChannelRef& by : view.stack->by) {
    sort.push_back({ColumnKey(encoding.At(by.channel)[by.index]), descending});
  }
  return sort;
}

Status AddStack(const NormalView& view, const std::vector<std::string>& cells,
                const Context& context, Table* table) {
  const Stack& stack = *view.stack;
  const Encoding& encoding = view.unit.encoding;
  StackPlan plan;
  plan.measure = ColumnKey(*encoding.Find(stack.measure));
  plan.offset = stack.offset;
  plan.cells = cells;
  plan.sort = SortOfStack(view);
  std::vector<std::string> layers;
  for (const ChannelRef& by : stack.by) {
    layers.push_back(ColumnKey(encoding.At(by.channel)[by.index]));
  }
  for (const Channel channel : stack.dimensions) {
    const std::string key = ColumnKey(*encoding.Find(channel));
    plan.group_by.push_back(key);
    if (stack.impute) {
      LOUPE_RETURN_IF_ERROR(ImputeZeros({plan.measure, key, layers, cells}, context, table));
    }
  }
  StackTable(plan, context, table);
  return Status::Ok();
}

// What Vega-Lite calls the column of a definition in the rows that predicates see.
std::string VegaName(const ChannelDef& def) {
  if (def.aggregate == Aggregate::kCount) return "__count";
  if (def.aggregate) return std::string(AggregateName(*def.aggregate)) + "_" + def.field;
  if (def.time_unit && !def.time_unit->binned) {
    std::string unit = UnitTitle(*def.time_unit);
    unit.erase(std::remove(unit.begin(), unit.end(), '-'), unit.end());
    return unit + "_" + def.field;
  }
  return def.field;
}

std::map<std::string, int> NamesOf(const Reader& reader, const Table& main) {
  std::map<std::string, int> names;
  ForEachField(reader, [&](const ChannelDef& def) {
    names.try_emplace(VegaName(def), main.Find(ColumnKey(def)));
    if (!def.aggregate) names.try_emplace(def.field, main.Find(ColumnKey(def)));
  });
  for (std::size_t i = 0; i < main.names.size(); ++i) {
    names.try_emplace(main.names[i], static_cast<int>(i));
  }
  return names;
}

std::vector<std::size_t> RowsOfCell(const Table& table, const std::vector<std::string>& keys,
                                    const std::vector<Json>& cell, const Context& context) {
  std::vector<int> columns;
  for (const std::string& key : keys) {
    const int column = table.Find(key);
    columns.push_back(column >= 0 ? column : table.Find(CellColumn(key)));
  }
  std::vector<std::size_t> rows;
  for (std::size_t row = 0; row < table.row_count; ++row) {
    if (row % Context::kPollInterval == 0) context.Poll();
    bool same = true;
    for (std::size_t i = 0; i < cell.size() && same; ++i) {
      same = columns[i] < 0 || CompareValues(table.At(columns[i], row), cell[i]) == 0;
    }
    if (same) rows.push_back(row);
  }
  return rows;
}

// Fills in what the channels of a position ask for: along the other position, in each series.
Result<Table> Imputed(const NormalView& view, const std::vector<std::string>& cells, Table table,
                      const Context& context) {
  const Encoding& encoding = view.unit.encoding;
  for (const Channel channel : {Channel::kX, Channel::kY}) {
    const ChannelDef* def = encoding.FindField(channel);
    const ChannelDef* along =
        encoding.FindField(channel == Channel::kX ? Channel::kY : Channel::kX);
    if (def == nullptr || along == nullptr || !def->impute.IsObject()) continue;
    Json spec = def->impute;
    Json groups = Json::MakeArray();
    for (const std::string& cell : cells) groups.Append(cell);
    for (std::size_t i = static_cast<std::size_t>(Channel::kColor); i < kChannelCount; ++i) {
      const auto series = static_cast<Channel>(i);
      if (series >= Channel::kOrder) break;
      for (const ChannelDef& by : encoding.At(series)) {
        if (by.IsField() && !by.aggregate) groups.Append(ColumnKey(by));
      }
    }
    spec.Set("impute", ColumnKey(*def));
    spec.Set("key", ColumnKey(*along));
    spec.Set("groupby", std::move(groups));
    ExpressionBudget budget;
    TransformEnvironment environment;
    environment.context = &context;
    environment.budget = &budget;
    LOUPE_ASSIGN_OR_RETURN(table, ImputeRows(std::move(table), spec,
                                             JsonPointer(def->pointer, "impute"), environment));
  }
  return table;
}

// Rows whose values are numbers in all columns that have to.
std::vector<std::size_t> ValidRows(const NormalView& view, const Table& table,
                                   const Context& context) {
  std::vector<int> columns;
  for (std::size_t i = 0; i < kChannelCount; ++i) {
    const bool checked = view.invalid[i] != Invalid::kValid && view.invalid[i] != Invalid::kShow;
    if (!checked) continue;
    const ChannelDef& def = *view.unit.encoding.Find(static_cast<Channel>(i));
    columns.push_back(table.Find(ColumnKey(def)));
  }
  std::vector<std::size_t> rows;
  for (std::size_t row = 0; row < table.row_count; ++row) {
    if (row % Context::kPollInterval == 0) context.Poll();
    const bool valid = std::all_of(columns.begin(), columns.end(), [&](int column) {
      return column < 0 || IsValidNumber(table.At(column, row));
    });
    if (valid) rows.push_back(row);
  }
  return rows;
}

// Takes rows with invalid values from marks, from domains or from both.
void FilterInvalid(const NormalView& view, const Context& context, Dataset* data) {
  const auto any = [&](Invalid mode) {
    return std::find(view.invalid.begin(), view.invalid.end(), mode) != view.invalid.end();
  };
  if (!any(Invalid::kFilter) && !any(Invalid::kBreakFilter) && !any(Invalid::kBreakShow)) return;
  const std::vector<std::size_t> rows = ValidRows(view, data->main, context);
  if (rows.size() == data->main.row_count) return;
  Table valid = SubsetOf(data->main, rows, context);
  const bool drawn = view.IsPath() && !any(Invalid::kFilter);
  const bool shown = any(Invalid::kBreakShow);
  if (drawn == shown) {
    if (!drawn) data->main = std::move(valid);
    return;
  }
  data->has_domain = true;
  if (drawn) {
    data->domain_table = std::move(valid);
  } else {
    data->domain_table = std::move(data->main);
    data->main = std::move(valid);
  }
}

}  // namespace

Result<Dataset> PrepareData(const NormalView& view, const std::vector<ChannelDef>& facets,
                            const Frame& frame, const Context& context,
                            std::vector<Warning>* warnings) {
  const Reader reader{view, facets};
  Dataset data;
  LOUPE_ASSIGN_OR_RETURN(data.main, ReadSource(frame, NeededColumns(reader), context, warnings));
  ForEachField(reader, [&](const ChannelDef& def) {
    if (def.bin && !def.bin->binned && !def.aggregate) AddBins(def, context, &data);
    if (def.time_unit && !def.aggregate) AddTimeUnits(def, context, &data.main);
  });
  for (const ChannelDef& facet : facets) data.cells.push_back(ColumnKey(facet));
  data.has_raw = view.aggregates || view.stack;
  if (data.has_raw) data.raw_table = data.main;
  if (view.aggregates) data.main = Aggregated(reader, data.raw_table, context);
  LOUPE_ASSIGN_OR_RETURN(data.main, Imputed(view, data.cells, std::move(data.main), context));
  if (view.stack) LOUPE_RETURN_IF_ERROR(AddStack(view, data.cells, context, &data.main));
  if (data.main.row_count > kMaxMarks) {
    return Status(Code::kLimitExceeded,
                  "the chart has more than " + std::to_string(kMaxMarks) + " marks")
        .WithHint("Aggregate or bin the data.")
        .At(frame.pointer);
  }
  FilterInvalid(view, context, &data);
  data.names = NamesOf(reader, data.main);
  return data;
}

Dataset CellOf(const Dataset& data, const std::vector<std::string>& keys,
               const std::vector<Json>& cell, const Context& context) {
  // Only columns that facets brought split rows: a unit may read a field of the same name alone.
  std::vector<std::string> known;
  std::vector<Json> values;
  for (std::size_t i = 0; i < keys.size(); ++i) {
    for (const std::string& own : data.cells) {
      if (own != keys[i] && own != CellColumn(keys[i])) continue;
      known.push_back(keys[i]);
      values.push_back(cell[i]);
      break;
    }
  }
  Dataset out;
  out.bins = data.bins;
  out.cells = data.cells;
  out.names = data.names;
  out.main = SubsetOf(data.main, RowsOfCell(data.main, known, values, context), context);
  out.has_domain = data.has_domain;
  if (data.has_domain) {
    out.domain_table =
        SubsetOf(data.domain_table, RowsOfCell(data.domain_table, known, values, context), context);
  }
  out.has_raw = data.has_raw;
  if (data.has_raw) {
    out.raw_table =
        SubsetOf(data.raw_table, RowsOfCell(data.raw_table, known, values, context), context);
  }
  return out;
}

std::string CellColumn(const std::string& key) { return "cell:" + key; }

Table SubsetOf(const Table& table, const std::vector<std::size_t>& rows, const Context& context) {
  Table out;
  out.names = table.names;
  out.row_count = rows.size();
  for (const std::vector<Json>& column : table.columns) {
    context.Poll();
    std::vector<Json> kept;
    kept.reserve(rows.size());
    for (const std::size_t row : rows) kept.push_back(column[row]);
    out.columns.push_back(std::move(kept));
  }
  return out;
}

}  // namespace loupe::chart
