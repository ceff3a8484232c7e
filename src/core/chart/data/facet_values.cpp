#include "core/chart/data/facet_values.hpp"

#include <algorithm>
#include <unordered_map>

#include "core/chart/data/aggregate.hpp"
#include "core/chart/data/key.hpp"

namespace loupe::chart {
namespace {

struct Entry {
  FacetValue facet;
  std::vector<std::size_t> rows;
  Json key;  // to sort by
};

std::vector<Entry> Distinct(const FacetDef& facet, const Table& table, const Context& context) {
  std::vector<Entry> entries;
  std::unordered_map<std::string, std::size_t> index;
  const int column = table.Find(ColumnKey(facet.def));
  const int end = table.Find(EndKey(facet.def));
  for (std::size_t row = 0; column >= 0 && row < table.row_count; ++row) {
    if (row % Context::kPollInterval == 0) context.Poll();
    std::string key;
    AppendKey(table.At(column, row), &key);
    const auto [slot, added] = index.try_emplace(std::move(key), entries.size());
    if (added) {
      entries.push_back({{table.At(column, row), end >= 0 ? table.At(end, row) : Json()}, {}, {}});
    }
    entries[slot->second].rows.push_back(row);
  }
  return entries;
}

Json FieldKey(const Sort& sort, const Table& table, const std::vector<std::size_t>& rows,
              const Context& context) {
  const Aggregate op =
      sort.aggregate.value_or(sort.field.empty() ? Aggregate::kCount : Aggregate::kMin);
  const bool raw = op == Aggregate::kMin || op == Aggregate::kMax;
  const int source = table.Find(SourceKey(sort.field, raw ? Reading::kRaw : Reading::kNumber));
  static const Json missing;
  std::vector<const Json*> values;
  for (const std::size_t row : rows) {
    values.push_back(source < 0 ? &missing : &table.At(source, row));
  }
  return AggregateValues(op, values, context);
}

Json ListKey(const std::vector<Json>& list, const Json& value) {
  std::size_t place = 0;
  while (place < list.size() && CompareValues(list[place], value) != 0) ++place;
  return Json(static_cast<double>(place));
}

}  // namespace

Result<std::vector<FacetValue>> FacetValues(const FacetDef& facet, const Dataset& data,
                                            const Context& context) {
  const Sort& sort = facet.def.sort;
  std::vector<Entry> entries = Distinct(facet, data.main, context);
  bool descending = sort.descending;
  for (Entry& entry : entries) {
    context.Poll();
    switch (sort.kind) {
      case SortKind::kField:
        entry.key = FieldKey(sort, data.main, entry.rows, context);
        break;
      case SortKind::kList:
        entry.key = ListKey(sort.list, entry.facet.value);
        break;
      default:
        entry.key = entry.facet.value;
        descending = sort.kind == SortKind::kDescending;
    }
  }
  if (sort.kind != SortKind::kNone) {
    std::stable_sort(entries.begin(), entries.end(), [&](const Entry& a, const Entry& b) {
      const int order = CompareValues(a.key, b.key);
      return descending ? order > 0 : order < 0;
    });
  }
  std::vector<FacetValue> values;
  for (Entry& entry : entries) values.push_back(std::move(entry.facet));
  return values;
}

}  // namespace loupe::chart
