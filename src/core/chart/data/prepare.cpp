#include "core/chart/data/prepare.hpp"

#include <algorithm>
#include <limits>

#include "core/chart/data/aggregate.hpp"
#include "core/chart/data/key.hpp"
#include "core/chart/data/source.hpp"
#include "core/chart/data/stack.hpp"
#include "core/chart/limits.hpp"

namespace loupe::chart {
namespace {

template <class Function>
void ForEachField(const NormalView& view, const Function& function) {
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

std::vector<SourceColumn> NeededColumns(const NormalView& view) {
  std::vector<SourceColumn> columns;
  ForEachField(view, [&](const ChannelDef& def) {
    if (!def.field.empty() && def.field != "*") columns.push_back({def.field, ReadingOf(def)});
    const bool by_field = def.sort.kind == SortKind::kField && !def.sort.field.empty();
    if (by_field) columns.push_back({def.sort.field, SortReading(def.sort)});
    if (by_field && !def.sort.aggregate) columns.push_back({def.sort.field, Reading::kNumber});
  });
  return columns;
}

void AddBins(const ChannelDef& def, const Context& context, Dataset* data) {
  const std::string key = ColumnKey(def);
  if (data->raw.Find(key) >= 0) return;
  const int source = data->raw.Find(SourceKey(def.field, ReadingOf(def)));
  if (source < 0) return;
  const std::vector<Json>& values = data->raw.columns[static_cast<std::size_t>(source)];
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
  data->raw.Add(key, std::move(start));
  data->raw.Add(EndKey(def), std::move(end));
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

Table Aggregated(const NormalView& view, const Table& raw, const Context& context) {
  std::vector<std::string> group_by;
  std::vector<AggregateColumn> columns;
  const auto group = [&](std::string key) {
    const bool known = std::find(group_by.begin(), group_by.end(), key) != group_by.end();
    if (!known) group_by.push_back(std::move(key));
  };
  ForEachField(view, [&](const ChannelDef& def) {
    if (def.aggregate) {
      columns.push_back({*def.aggregate, SourceKey(def.field, ReadingOf(def)), ColumnKey(def)});
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

Status AddStack(const NormalView& view, const Context& context, Table* table) {
  const Stack& stack = *view.stack;
  const Encoding& encoding = view.unit.encoding;
  StackPlan plan;
  plan.measure = ColumnKey(*encoding.Find(stack.measure));
  plan.offset = stack.offset;
  plan.sort = SortOfStack(view);
  std::vector<std::string> layers;
  for (const ChannelRef& by : stack.by) {
    layers.push_back(ColumnKey(encoding.At(by.channel)[by.index]));
  }
  for (const Channel channel : stack.dimensions) {
    const std::string key = ColumnKey(*encoding.Find(channel));
    plan.group_by.push_back(key);
    if (stack.impute) {
      LOUPE_RETURN_IF_ERROR(ImputeZeros(plan.measure, key, layers, context, table));
    }
  }
  StackTable(plan, context, table);
  return Status::Ok();
}

}  // namespace

Result<Dataset> PrepareData(const Spec& spec, const NormalView& view, const RowSet* rows,
                            const Context& context, std::vector<Warning>* warnings) {
  Dataset data;
  LOUPE_ASSIGN_OR_RETURN(data.raw, ReadSource(spec.data, rows, NeededColumns(view),
                                              spec.data_pointer, context, warnings));
  ForEachField(view, [&](const ChannelDef& def) {
    if (def.bin && !def.bin->binned && !def.aggregate) AddBins(def, context, &data);
    if (def.time_unit && !def.aggregate) AddTimeUnits(def, context, &data.raw);
  });
  data.main = view.aggregates ? Aggregated(view, data.raw, context) : data.raw;
  if (view.stack) LOUPE_RETURN_IF_ERROR(AddStack(view, context, &data.main));
  if (data.main.row_count > kMaxMarks) {
    return Status(Code::kLimitExceeded,
                  "the chart has more than " + std::to_string(kMaxMarks) + " marks")
        .WithHint("Aggregate or bin the data.")
        .At(spec.data_pointer);
  }
  return data;
}

}  // namespace loupe::chart
