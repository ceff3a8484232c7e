#include <algorithm>
#include <limits>
#include <map>
#include <set>

#include "core/chart/data/prepare.hpp"
#include "core/chart/data/source.hpp"
#include "core/chart/data/stack.hpp"
#include "core/chart/data/transform/families.hpp"
#include "core/chart/data/transform/support.hpp"
#include "core/chart/limits.hpp"
#include "core/chart/parse/property.hpp"

namespace loupe::chart {
namespace {

struct Operation {
  Aggregate op = Aggregate::kCount;
  std::vector<Json> values;  // of the field, by row; empty for a count
  std::string as;
};

bool CountsRows(Aggregate op) { return op == Aggregate::kCount; }
bool KeepsText(Aggregate op) {
  return op == Aggregate::kValid || op == Aggregate::kMissing || op == Aggregate::kDistinct ||
         op == Aggregate::kMin || op == Aggregate::kMax || op == Aggregate::kArgmin ||
         op == Aggregate::kArgmax;
}

Result<std::vector<Operation>> ReadOperations(const Table& table, const Json& list,
                                              const std::string& at, const Context& context) {
  if (!list.IsArray()) return InvalidSpec("operations must be a list", at);
  std::vector<Operation> out;
  for (std::size_t i = 0; i < list.items().size(); ++i) {
    const Json& item = list.items()[i];
    const std::string pointer = JsonPointer(at, i);
    if (!item.IsObject()) return InvalidSpec("an operation must be an object", pointer);
    Operation operation;
    LOUPE_ASSIGN_OR_RETURN(operation.op, OperationOf(item, pointer));
    const std::string field = TextOr(item, "field", "");
    const std::string name(AggregateName(operation.op));
    operation.as = TextOr(item, "as", field.empty() ? name : name + "_" + field);
    if (!CountsRows(operation.op)) {
      operation.values = FieldColumn(table, field, context);
      if (!KeepsText(operation.op)) {
        for (Json& value : operation.values) value = ReadValue(value, Reading::kNumber);
      }
    }
    out.push_back(std::move(operation));
  }
  return out;
}

// The row in which a value is least or greatest, as an object.
Json ExtremeRow(const Table& table, const Operation& operation, const RowList& rows) {
  const std::size_t* best = nullptr;
  for (const std::size_t& row : rows) {
    if (operation.values[row].IsNull()) continue;
    const int order =
        best == nullptr ? 0 : CompareValues(operation.values[row], operation.values[*best]);
    const bool better = operation.op == Aggregate::kArgmin ? order < 0 : order > 0;
    if (best == nullptr || better) best = &row;
  }
  return best == nullptr ? Json() : RowObject(table, *best);
}

Json ValueOf(const Table& table, const Operation& operation, const RowList& rows,
             const Context& context) {
  if (CountsRows(operation.op)) return Json(static_cast<std::int64_t>(rows.size()));
  if (operation.op == Aggregate::kArgmin || operation.op == Aggregate::kArgmax) {
    return ExtremeRow(table, operation, rows);
  }
  std::vector<const Json*> values;
  for (const std::size_t row : rows) values.push_back(&operation.values[row]);
  return AggregateValues(operation.op, values, context);
}

// The fields of the groups, one row a group.
Table GroupTable(const Table& table, const std::vector<std::string>& fields,
                 const std::vector<RowList>& groups, const Context& context) {
  Table out;
  out.row_count = groups.size();
  for (const std::string& field : fields) {
    const std::vector<Json> values = FieldColumn(table, field, context);
    std::vector<Json> keys;
    for (const RowList& rows : groups) keys.push_back(values[rows.front()]);
    SetColumn(&out, field, std::move(keys));
  }
  return out;
}

}  // namespace

Result<Table> AggregateRows(const Table& table, const Json& spec, const std::string& at,
                            const Environment& env) {
  LOUPE_ASSIGN_OR_RETURN(const std::vector<std::string> fields, TextList(spec, "groupby", at));
  LOUPE_ASSIGN_OR_RETURN(
      const std::vector<Operation> operations,
      ReadOperations(table, *spec.Find("aggregate"), JsonPointer(at, "aggregate"), *env.context));
  std::vector<RowList> groups = GroupBy(table, fields, *env.context);
  Table out = GroupTable(table, fields, groups, *env.context);
  for (const Operation& operation : operations) {
    std::vector<Json> values;
    for (const RowList& rows : groups) {
      env.context->Poll();
      values.push_back(ValueOf(table, operation, rows, *env.context));
    }
    SetColumn(&out, operation.as, std::move(values));
  }
  return out;
}

Result<Table> JoinAggregateRows(Table table, const Json& spec, const std::string& at,
                                const Environment& env) {
  LOUPE_ASSIGN_OR_RETURN(const std::vector<std::string> fields, TextList(spec, "groupby", at));
  LOUPE_ASSIGN_OR_RETURN(const std::vector<Operation> operations,
                         ReadOperations(table, *spec.Find("joinaggregate"),
                                        JsonPointer(at, "joinaggregate"), *env.context));
  const std::vector<RowList> groups = GroupBy(table, fields, *env.context);
  for (const Operation& operation : operations) {
    std::vector<Json> values(table.row_count);
    for (const RowList& rows : groups) {
      env.context->Poll();
      const Json value = ValueOf(table, operation, rows, *env.context);
      for (const std::size_t row : rows) values[row] = value;
    }
    SetColumn(&table, operation.as, std::move(values));
  }
  return table;
}

namespace {

// The values that become columns, in order.
Result<std::vector<Json>> PivotColumns(const std::vector<Json>& keys, const Json& spec,
                                       const std::string& at, const Context& context) {
  constexpr std::size_t kMaxPivotColumns = 1'000;
  std::vector<Json> distinct;
  std::set<std::string> seen;
  for (std::size_t row = 0; row < keys.size(); ++row) {
    if (row % Context::kPollInterval == 0) context.Poll();
    if (!keys[row].IsNull() && seen.insert(ValueText(keys[row])).second) {
      distinct.push_back(keys[row]);
    }
  }
  std::stable_sort(distinct.begin(), distinct.end(),
                   [](const Json& a, const Json& b) { return CompareValues(a, b) < 0; });
  const double limit = NumberOr(spec, "limit", 0);
  if (limit > 0 && static_cast<double>(distinct.size()) > limit) {
    distinct.resize(static_cast<std::size_t>(limit));
  }
  if (distinct.size() <= kMaxPivotColumns) return distinct;
  return Status(Code::kLimitExceeded, "field \"" + TextOr(spec, "pivot", "") +
                                          "\" would make more than " +
                                          std::to_string(kMaxPivotColumns) + " columns")
      .WithHint("Give \"limit\".")
      .At(JsonPointer(at, "pivot"));
}

}  // namespace

Result<Table> PivotRows(const Table& table, const Json& spec, const std::string& at,
                        const Environment& env) {
  LOUPE_ASSIGN_OR_RETURN(const std::string pivot, TextMember(spec, "pivot", at));
  LOUPE_ASSIGN_OR_RETURN(const std::string value, TextMember(spec, "value", at));
  LOUPE_ASSIGN_OR_RETURN(const std::vector<std::string> fields, TextList(spec, "groupby", at));
  Operation operation;
  operation.op = Aggregate::kSum;
  if (spec.Find("op") != nullptr) {
    LOUPE_ASSIGN_OR_RETURN(operation.op, OperationOf(spec, at));
  }
  operation.values = FieldColumn(table, value, *env.context);
  if (!KeepsText(operation.op)) {
    for (Json& item : operation.values) item = ReadValue(item, Reading::kNumber);
  }
  const std::vector<Json> keys = FieldColumn(table, pivot, *env.context);
  LOUPE_ASSIGN_OR_RETURN(const std::vector<Json> distinct,
                         PivotColumns(keys, spec, at, *env.context));
  const std::vector<RowList> groups = GroupBy(table, fields, *env.context);
  LOUPE_RETURN_IF_ERROR(CheckCells(groups.size(), distinct.size(), at));
  std::map<std::string, std::size_t> place;
  for (std::size_t i = 0; i < distinct.size(); ++i) place[ValueText(distinct[i])] = i;
  std::vector<std::vector<Json>> columns(distinct.size(), std::vector<Json>(groups.size()));
  for (std::size_t group = 0; group < groups.size(); ++group) {
    env.context->Poll();
    std::vector<RowList> cells(distinct.size());
    for (const std::size_t row : groups[group]) {
      const auto found = place.find(ValueText(keys[row]));
      if (found != place.end() && !keys[row].IsNull()) cells[found->second].push_back(row);
    }
    for (std::size_t i = 0; i < cells.size(); ++i) {
      columns[i][group] = ValueOf(table, operation, cells[i], *env.context);
    }
  }
  Table out = GroupTable(table, fields, groups, *env.context);
  for (std::size_t i = 0; i < distinct.size(); ++i) {
    SetColumn(&out, ValueText(distinct[i]), std::move(columns[i]));
  }
  return out;
}

Result<Table> StackRows(Table table, const Json& spec, const std::string& at,
                        const Environment& env) {
  LOUPE_ASSIGN_OR_RETURN(const std::string field, TextMember(spec, "stack", at));
  LOUPE_ASSIGN_OR_RETURN(const std::vector<std::string> fields, TextList(spec, "groupby", at));
  const std::vector<std::string> names = OutputNames(spec, {"stack", "stack_end"});
  const bool one = spec.Find("as") != nullptr && spec.Find("as")->IsString();
  const std::string offset = TextOr(spec, "offset", "zero");
  StackPlan plan;
  if (offset == "normalize") plan.offset = StackOffset::kNormalize;
  if (offset == "center") plan.offset = StackOffset::kCenter;
  if (offset != "zero" && plan.offset == StackOffset::kZero) {
    return InvalidSpec("\"offset\" must be zero, center or normalize", JsonPointer(at, "offset"));
  }
  // The plan names columns; fields may be paths.
  Table work;
  work.row_count = table.row_count;
  std::vector<Json> heights = FieldColumn(table, field, *env.context);
  for (Json& height : heights) height = ReadValue(height, Reading::kNumber);
  work.Add("height", std::move(heights));
  plan.measure = "height";
  for (std::size_t i = 0; i < fields.size(); ++i) {
    plan.group_by.push_back("group " + std::to_string(i));
    work.Add(plan.group_by.back(), FieldColumn(table, fields[i], *env.context));
  }
  LOUPE_ASSIGN_OR_RETURN(std::vector<SortField> sort,
                         SortFields(table, spec.Find("sort"), at, *env.context));
  for (std::size_t i = 0; i < sort.size(); ++i) {
    const std::string name = "sort " + std::to_string(i);
    work.Add(name, std::move(sort[i].values));
    plan.sort.push_back({name, sort[i].descending});
  }
  StackTable(plan, *env.context, &work);
  const auto take = [&](std::string_view name) {
    return std::move(work.columns[static_cast<std::size_t>(work.Find(name))]);
  };
  SetColumn(&table, names[0], take(kStackStart));
  SetColumn(&table, one ? names[0] + "_end" : names[1], take(kStackEnd));
  return table;
}

}  // namespace loupe::chart
