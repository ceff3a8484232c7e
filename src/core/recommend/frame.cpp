#include "core/recommend/frame.hpp"

#include <algorithm>
#include <utility>

namespace loupe::recommend {
namespace {

constexpr double kWideSpread = 1000;  // most over least

const ColumnRole* FirstWith(const std::vector<ColumnRole>& columns, Hint hint) {
  const auto found = std::find_if(columns.begin(), columns.end(),
                                  [hint](const ColumnRole& column) { return column.hint == hint; });
  return found == columns.end() ? nullptr : &*found;
}

}  // namespace

Frame::Frame(const RowSet& rows, RowsAre rows_are, Intents intents, const Context& context)
    : columns(RolesOf(rows, context)),
      rows_(rows),
      rows_are_(rows_are),
      intents_(std::move(intents)),
      context_(context) {
  for (const ColumnRole& column : columns) {
    if (column.role == Role::kTime) times.push_back(column);
    if (column.role == Role::kMeasure) measures.push_back(column);
    const bool is_category = column.role == Role::kCategory || column.role == Role::kOrdinal;
    if (is_category && column.distinct >= 2) categories.push_back(column);
  }
}

bool Frame::Wants(Task task) const {
  return std::find(intents_.tasks.begin(), intents_.tasks.end(), task) != intents_.tasks.end();
}

bool Frame::Names(std::string_view kind) const {
  return std::find(intents_.kinds.begin(), intents_.kinds.end(), kind) != intents_.kinds.end();
}

std::string Frame::Quoted(const ColumnRole& column) const { return "\"" + NameOf(column) + "\""; }

bool Frame::AreKeys(const std::vector<const ColumnRole*>& key) const {
  std::vector<std::size_t> indexes;
  indexes.reserve(key.size());
  for (const ColumnRole* column : key) indexes.push_back(column->index);
  const auto known = keys_.find(indexes);
  if (known != keys_.end()) return known->second;
  const bool are_keys = recommend::AreKeys(rows_, indexes, context_);
  keys_.emplace(std::move(indexes), are_keys);
  return are_keys;
}

const ColumnRole* Frame::CategoryOf(std::size_t from, std::size_t least, std::size_t most) const {
  for (std::size_t i = from; i < categories.size(); ++i) {
    const std::size_t distinct = categories[i].distinct;
    if (distinct >= least && distinct <= most) return &categories[i];
  }
  return nullptr;
}

const ColumnRole* Frame::MeasureWith(Hint hint) const { return FirstWith(measures, hint); }

const ColumnRole* Frame::TimeWith(Hint hint) const { return FirstWith(times, hint); }

const ColumnRole* Frame::Sequence() const {
  if (!times.empty()) return &times[0];
  const auto found =
      std::find_if(categories.begin(), categories.end(),
                   [](const ColumnRole& column) { return column.role == Role::kOrdinal; });
  return found == categories.end() ? nullptr : &*found;
}

bool AddsUp(const ColumnRole& measure) {
  return measure.least >= 0 && (measure.hint == Hint::kNone || measure.hint == Hint::kShare);
}

bool SpreadsWidely(const ColumnRole& measure) {
  return measure.least > 0 && measure.most / measure.least > kWideSpread;
}

}  // namespace loupe::recommend
