#include "core/chart/data/stack.hpp"

#include <algorithm>
#include <cmath>
#include <unordered_map>
#include <unordered_set>

#include "core/chart/limits.hpp"

namespace loupe::chart {
namespace {

using Rows = std::vector<std::size_t>;

std::string KeyOf(const Table& table, const std::vector<int>& columns, std::size_t row) {
  std::string key;
  for (const int column : columns) {
    if (column >= 0) AppendKey(table.At(column, row), &key);
  }
  return key;
}

std::vector<int> FindAll(const Table& table, const std::vector<std::string>& names) {
  std::vector<int> out;
  for (const std::string& name : names) out.push_back(table.Find(name));
  return out;
}

// `rows` by key, groups in the order in which they first appear.
std::vector<Rows> GroupRows(const Table& table, const Rows& rows,
                            const std::vector<std::string>& names) {
  const std::vector<int> columns = FindAll(table, names);
  std::unordered_map<std::string, std::size_t> index;
  std::vector<Rows> groups;
  for (const std::size_t row : rows) {
    const auto [slot, added] = index.try_emplace(KeyOf(table, columns, row), groups.size());
    if (added) groups.emplace_back();
    groups[slot->second].push_back(row);
  }
  return groups;
}

Rows AllRows(const Table& table) {
  Rows rows(table.row_count);
  for (std::size_t i = 0; i < rows.size(); ++i) rows[i] = i;
  return rows;
}

double Height(const Json& value) { return IsValidNumber(value) ? value.AsDouble() : 0; }

struct Output {
  std::vector<Json> start;
  std::vector<Json> end;
  void Set(std::size_t row, double from, double to) {
    start[row] = Json(from);
    end[row] = Json(to);
  }
};

double Total(const std::vector<Json>& heights, const Rows& rows) {
  double total = 0;
  for (const std::size_t row : rows) total += std::fabs(Height(heights[row]));
  return total;
}

void PileFromZero(const std::vector<Json>& heights, const Rows& rows, Output* out) {
  double up = 0;
  double down = 0;
  for (const std::size_t row : rows) {
    const double height = Height(heights[row]);
    double& top = height < 0 ? down : up;
    out->Set(row, top, top + height);
    top += height;
  }
}

// Piles absolute heights from `at`, each multiplied by `scale`.
void PileFrom(double at, double scale, const std::vector<Json>& heights, const Rows& rows,
              Output* out) {
  double pile = 0;
  double top = at;
  for (const std::size_t row : rows) {
    pile += std::fabs(Height(heights[row]));
    const double next = at + pile * scale;
    out->Set(row, top, next);
    top = next;
  }
}

void SortRows(const Table& table, const std::vector<StackSort>& sort, Rows* rows) {
  std::vector<int> columns;
  for (const StackSort& key : sort) columns.push_back(table.Find(key.column));
  std::stable_sort(rows->begin(), rows->end(), [&](std::size_t a, std::size_t b) {
    for (std::size_t i = 0; i < sort.size(); ++i) {
      if (columns[i] < 0) continue;
      const int order = CompareValues(table.At(columns[i], a), table.At(columns[i], b));
      if (order != 0) return sort[i].descending ? order > 0 : order < 0;
    }
    return false;
  });
}

void StackCell(const StackPlan& plan, const Rows& rows, const std::vector<Json>& heights,
               const Context& context, const Table& table, Output* out) {
  std::vector<Rows> piles = GroupRows(table, rows, plan.group_by);
  double tallest = 0;
  for (const Rows& pile : piles) tallest = std::max(tallest, Total(heights, pile));
  for (Rows& pile : piles) {
    context.Poll();
    SortRows(table, plan.sort, &pile);
    const double total = Total(heights, pile);
    switch (plan.offset) {
      case StackOffset::kZero:
        PileFromZero(heights, pile, out);
        break;
      case StackOffset::kNormalize:
        PileFrom(0, total > 0 ? 1 / total : 0, heights, pile, out);
        break;
      case StackOffset::kCenter:
        PileFrom((tallest - total) / 2, 1, heights, pile, out);
        break;
    }
  }
}

// A row of the pile and one of the layer that lacks it.
using Missing = std::vector<std::pair<std::size_t, std::size_t>>;

Status FindMissing(const ImputePlan& plan, const Rows& rows, const Context& context,
                   const Table& table, Missing* missing) {
  const int key_column = table.Find(plan.key);
  const std::vector<Rows> piles = GroupRows(table, rows, {plan.key});
  for (const Rows& group : GroupRows(table, rows, plan.layers)) {
    context.Poll();
    std::unordered_set<std::string> present;
    for (const std::size_t row : group) present.insert(KeyOf(table, {key_column}, row));
    for (const Rows& pile : piles) {
      if (present.count(KeyOf(table, {key_column}, pile.front())) > 0) continue;
      if (table.row_count + missing->size() >= kMaxMarks) {
        return Status(Code::kLimitExceeded,
                      "the areas have more than " + std::to_string(kMaxMarks) + " points");
      }
      missing->emplace_back(pile.front(), group.front());
    }
  }
  return Status::Ok();
}

}  // namespace

void StackTable(const StackPlan& plan, const Context& context, Table* table) {
  const int measure = table->Find(plan.measure);
  Output out{std::vector<Json>(table->row_count), std::vector<Json>(table->row_count)};
  if (measure >= 0) {
    const std::vector<Json>& heights = table->columns[static_cast<std::size_t>(measure)];
    for (const Rows& rows : GroupRows(*table, AllRows(*table), plan.cells)) {
      StackCell(plan, rows, heights, context, *table, &out);
    }
  }
  table->Add(std::string(kStackStart), std::move(out.start));
  table->Add(std::string(kStackEnd), std::move(out.end));
}

Status ImputeZeros(const ImputePlan& plan, const Context& context, Table* table) {
  const int key_column = table->Find(plan.key);
  const int measure_column = table->Find(plan.measure);
  if (key_column < 0 || measure_column < 0) return Status::Ok();
  std::vector<int> layer_columns = FindAll(*table, plan.layers);
  for (const int column : FindAll(*table, plan.cells)) layer_columns.push_back(column);
  Missing missing;
  for (const Rows& rows : GroupRows(*table, AllRows(*table), plan.cells)) {
    LOUPE_RETURN_IF_ERROR(FindMissing(plan, rows, context, *table, &missing));
  }
  for (std::size_t i = 0; i < table->columns.size(); ++i) {
    std::vector<Json>& column = table->columns[i];
    const int index = static_cast<int>(i);
    const bool of_layer =
        std::find(layer_columns.begin(), layer_columns.end(), index) != layer_columns.end();
    const bool of_key = index == key_column || table->names[i] == plan.key + " end";
    column.reserve(column.size() + missing.size());
    for (const auto& [pile_row, layer_row] : missing) {
      if (index == measure_column) {
        column.emplace_back(0);
      } else if (of_key) {
        column.push_back(column[pile_row]);
      } else {
        column.push_back(of_layer ? column[layer_row] : Json());
      }
    }
  }
  table->row_count += missing.size();
  return Status::Ok();
}

}  // namespace loupe::chart
