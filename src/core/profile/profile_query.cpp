#include "core/profile/profile_query.hpp"

#include <utility>

namespace loupe::profile {
namespace {

using sql::Call;
using sql::Cast;
using sql::Column;
using sql::Expr;
using sql::FromItem;
using sql::Integer;
using sql::Select;
using sql::String;

constexpr const char* kSource = "source";
constexpr std::size_t kPartColumns = 64;
constexpr const char* kGroups = "groups";
constexpr const char* kRanked = "ranked";
constexpr const char* kTotals = "totals";
constexpr const char* kFound = "found";
constexpr const char* kTop = "top";

Expr Op(const char* op, Expr left, Expr right) {
  return sql::Binary(op, std::move(left), std::move(right));
}

// The column's name inside the statement: the user's own names stay in the source.
std::string Alias(const ProfileColumn& column) { return "c" + std::to_string(column.position); }

FromItem From(const std::string& table) { return sql::TableRef("", table, ""); }

sql::CommonTable With(std::string name, Select query) {
  sql::CommonTable table;
  table.name = std::move(name);
  table.query.push_back(std::move(query));
  return table;
}

// Not IS NOT NULL: a composite value of nulls is a value.
Expr IsPresent() { return Op("IS DISTINCT FROM", Column("value"), sql::Null()); }

Expr Filtered(Expr call, Expr condition) {
  call.filter.push_back(std::move(condition));
  return call;
}

Expr CountOrZero(Expr sum) { return Call("coalesce", {std::move(sum), Integer(0)}); }

// The first kValueLength + 1 characters of a value; the reader cuts the last and marks the cut.
Expr ShownValue(const ProfileColumn& column) {
  Expr value = Column("value");
  if (column.text_form == TextForm::kBytes) {
    value = Call("substr", {std::move(value), Integer(1), Integer(kValueLength / 2 + 1)});
  }
  return Call("left", {Cast(std::move(value), "text"), Integer(kValueLength + 1)});
}

// SELECT t.a AS c1, t.b AS c2 FROM schema.table AS t [LIMIT n]
Select SourceOf(const std::string& schema, const std::string& table,
                const std::vector<ProfileColumn>& columns, const ProfileOptions& options) {
  Select source;
  for (const ProfileColumn& column : columns) {
    source.items.push_back({Column("t", column.name), Alias(column)});
  }
  source.from.push_back(sql::TableRef(schema, table, "t"));
  source.limit = options.sample_rows;
  return source;
}

// A wide source is cut into parts of kPartColumns columns: every reference to a common table costs
// the planner time in proportion to its columns, so that 1,600 branches over 1,600 columns would
// take more than a minute to plan.
std::string PartName(std::size_t index) {
  return "part_" + std::to_string(index / kPartColumns + 1);
}

// SELECT c65, c66, ... FROM source
Select PartOf(const std::vector<ProfileColumn>& columns, std::size_t first) {
  Select part;
  for (std::size_t i = first; i < columns.size() && i < first + kPartColumns; ++i) {
    part.items.push_back({Column(Alias(columns[i])), ""});
  }
  part.from.push_back(From(kSource));
  return part;
}

Select GroupsOf(const ProfileColumn& column, const std::string& source) {
  Select groups;
  groups.items.push_back({Column(Alias(column)), "value"});
  groups.items.push_back({Call("count", {sql::Star()}), "n"});
  groups.from.push_back(From(source));
  groups.group_by.push_back(Column(Alias(column)));
  return groups;
}

Select TotalsOf() {
  Select totals;
  const Expr sum = Call("sum", {Column("n")});
  totals.items.push_back({CountOrZero(sum), "all_rows"});
  totals.items.push_back({CountOrZero(Filtered(sum, IsPresent())), "filled"});
  totals.from.push_back(From(kGroups));
  return totals;
}

Select RankedOf(const ProfileColumn& column) {
  Select ranked;
  ranked.items.push_back({Column("value"), ""});
  ranked.items.push_back({Column("n"), ""});
  if (column.comparison == Comparison::kOrdering) {
    ranked.items.push_back(
        {sql::Fragment("sum(n) OVER (ORDER BY value ROWS UNBOUNDED PRECEDING)"), "upto"});
  }
  ranked.from.push_back(From(kGroups));
  ranked.where.push_back(IsPresent());
  return ranked;
}

// The value of the one group that holds the row of rank `rank` (from 1) in value order.
Expr ValueAtRank(const ProfileColumn& column, const Expr& rank) {
  Expr before = Op("<", Op("-", Column("upto"), Column("n")), rank);
  Expr reached = Op(">=", Column("upto"), rank);
  return Filtered(Call("max", {ShownValue(column)}),
                  sql::And({std::move(before), std::move(reached)}));
}

Expr ValueAtQuantile(const ProfileColumn& column, const char* quantile) {
  const Expr filled = Column(kTotals, "filled");
  return ValueAtRank(column, Call("ceil", {Op("*", sql::Decimal(quantile), filled)}));
}

void AddOrderStatistics(const ProfileColumn& column, Select* found) {
  found->items.push_back({ValueAtRank(column, Integer(1)), "min"});
  found->items.push_back({ValueAtRank(column, Column(kTotals, "filled")), "max"});
  found->items.push_back({ValueAtQuantile(column, "0.05"), "p05"});
  found->items.push_back({ValueAtQuantile(column, "0.25"), "p25"});
  found->items.push_back({ValueAtQuantile(column, "0.5"), "median"});
  found->items.push_back({ValueAtQuantile(column, "0.75"), "p75"});
  found->items.push_back({ValueAtQuantile(column, "0.95"), "p95"});
}

// sum(x) and sum(x^2) over all rows, exact.
void AddSums(Select* found) {
  const Expr x = Cast(Column("value"), "numeric");
  const Expr sum = Op("*", x, Column("n"));
  const Expr squares = Op("*", Op("*", x, x), Column("n"));
  found->items.push_back({Call("sum", {sum}), "total"});
  found->items.push_back({Call("sum", {squares}), "squares"});
}

// One row of aggregates over the ranked groups.
Select FoundOf(const ProfileColumn& column) {
  Select found;
  found.items.push_back({Call("count", {sql::Star()}), "distinct_count"});
  found.items.push_back({Op("=", Call("max", {Column("n")}), Integer(1)), "is_unique"});
  if (column.comparison == Comparison::kOrdering) AddOrderStatistics(column, &found);
  if (column.arithmetic == Arithmetic::kNumeric) AddSums(&found);
  found.from.push_back(From(kRanked));
  return found;
}

std::vector<sql::OrderItem> ByFrequency(const ProfileColumn& column) {
  // Equality alone does not sort; the text does, and gives the same order each time.
  Expr value = Column("value");
  if (column.comparison != Comparison::kOrdering) value = Cast(std::move(value), "text");
  return {{Column("n"), sql::Direction::kDescending}, {std::move(value)}};
}

// (SELECT jsonb_agg(...) FROM (SELECT value, n FROM groups ... LIMIT 5) AS top)
Expr MostCommonOf(const ProfileColumn& column) {
  Select top;
  top.items.push_back({Column("value"), ""});
  top.items.push_back({Column("n"), ""});
  top.from.push_back(From(kGroups));
  top.where.push_back(IsPresent());
  top.where.push_back(Op(">", Column("n"), Integer(1)));
  top.order_by = ByFrequency(column);
  top.limit = kMostCommon;

  Expr fraction = Call("round", {Op("/", Column("n"), Column(kTotals, "all_rows")), Integer(4)});
  Expr entry = Call("jsonb_build_object", {String("value"), ShownValue(column), String("count"),
                                           Column("n"), String("fraction"), std::move(fraction)});
  Expr list = Call("jsonb_agg", {std::move(entry)});
  list.order_by = ByFrequency(column);

  Expr scalar;
  scalar.kind = Expr::Kind::kScalar;
  Select outer;
  outer.items.push_back({std::move(list), ""});
  outer.from.push_back(sql::SubqueryRef(std::move(top), kTop));
  scalar.subquery.push_back(std::move(outer));
  return scalar;
}

Expr Mean() {
  return Op("/", Column(kFound, "total"), Call("nullif", {Column(kTotals, "filled"), Integer(0)}));
}

// The numerator is exact, so that near-equal large values lose no digits.
Expr Stddev() {
  const Expr n = Column(kTotals, "filled");
  const Expr total = Column(kFound, "total");
  Expr numerator = Op("-", Op("*", n, Column(kFound, "squares")), Op("*", total, total));
  Expr denominator = Op("*", n, Op("-", n, Integer(1)));
  return Call("sqrt", {Op("/", std::move(numerator),
                          Call("nullif", {std::move(denominator), Integer(0)}))});
}

struct FieldType {
  const char* name;
  const char* sql_type;
};

constexpr FieldType kFieldTypes[kResultFields] = {
    {"position", "integer"},  {"row_count", "bigint"},
    {"null_count", "bigint"}, {"distinct_count", "bigint"},
    {"is_unique", "boolean"}, {"min", "text"},
    {"max", "text"},          {"mean", "numeric"},
    {"stddev", "numeric"},    {"p05", "text"},
    {"p25", "text"},          {"median", "text"},
    {"p75", "text"},          {"p95", "text"},
    {"most_common", "jsonb"},
};

// A branch whose fields are all NULL of their type but for the position.
Select EmptyBranch(const ProfileColumn& column) {
  Select branch;
  for (const FieldType& field : kFieldTypes) {
    branch.items.push_back({Cast(sql::Null(), field.sql_type), field.name});
  }
  branch.items[kPosition].expr = Integer(column.position);
  return branch;
}

// Types without equality are counted, no more.
Select CountingBranch(const ProfileColumn& column, const std::string& source) {
  Select branch = EmptyBranch(column);
  const Expr rows = Call("count", {sql::Star()});
  branch.items[kRowCount].expr = rows;
  branch.items[kNullCount].expr = Op("-", rows, Call("count", {Column(Alias(column))}));
  branch.from.push_back(From(source));
  return branch;
}

Select GroupingBranch(const ProfileColumn& column, const std::string& source) {
  Select branch = EmptyBranch(column);
  branch.with.push_back(With(kGroups, GroupsOf(column, source)));
  branch.with.push_back(With(kTotals, TotalsOf()));
  branch.with.push_back(With(kRanked, RankedOf(column)));

  const Expr all_rows = Column(kTotals, "all_rows");
  branch.items[kRowCount].expr = Cast(all_rows, "bigint");
  branch.items[kNullCount].expr = Cast(Op("-", all_rows, Column(kTotals, "filled")), "bigint");
  for (const int field : {kDistinctCount, kIsUnique}) {
    branch.items[field].expr = Column(kFound, kFieldTypes[field].name);
  }
  if (column.comparison == Comparison::kOrdering) {
    for (const int field : {kMin, kMax, kP05, kP25, kMedian, kP75, kP95}) {
      branch.items[field].expr = Column(kFound, kFieldTypes[field].name);
    }
  }
  if (column.arithmetic == Arithmetic::kNumeric) {
    branch.items[kMean].expr = Mean();
    branch.items[kStddev].expr = Stddev();
  }
  branch.items[kTopValues].expr = MostCommonOf(column);

  branch.from.push_back(From(kTotals));
  FromItem found = sql::SubqueryRef(FoundOf(column), kFound);
  found.join = sql::JoinType::kCrossLateral;
  branch.from.push_back(std::move(found));
  return branch;
}

Select BranchOf(const ProfileColumn& column, const std::string& source) {
  Select branch = column.comparison == Comparison::kNone ? CountingBranch(column, source)
                                                         : GroupingBranch(column, source);
  // Keeps the planner from pulling the branches up into one level, which takes it quadratic time.
  branch.offset = 0;
  return branch;
}

// SELECT * FROM (branch) AS profile: beside the statement's own WITH the first branch has no place
// for its WITH.
Select StatementOf(Select branch) {
  Select statement;
  statement.items.push_back({sql::Star(), ""});
  statement.from.push_back(sql::SubqueryRef(std::move(branch), "profile"));
  return statement;
}

std::vector<ProfileColumn> ReadableOf(const std::vector<ProfileColumn>& columns) {
  std::vector<ProfileColumn> readable;
  for (const ProfileColumn& column : columns) {
    if (column.access == Access::kReadable) readable.push_back(column);
  }
  return readable;
}

}  // namespace

Result<Select> ProfileQuery(const std::string& schema, const std::string& table,
                            const std::vector<ProfileColumn>& columns,
                            const ProfileOptions& options) {
  if (options.sample_rows && *options.sample_rows < 1) {
    return Status(Code::kInvalidArgument, "argument \"sample_rows\" must be at least 1");
  }
  const std::vector<ProfileColumn> readable = ReadableOf(columns);
  if (readable.empty()) {
    return Status(Code::kNoPrivilege, "permission denied for every column of \"" + table + "\"")
        .WithHint("Have SELECT granted on the relation or on some of its columns.");
  }
  const bool has_parts = readable.size() > kPartColumns;
  const auto source_of = [&](std::size_t i) {
    return has_parts ? PartName(i) : std::string(kSource);
  };
  Select query = StatementOf(BranchOf(readable[0], source_of(0)));
  query.with.push_back(With(kSource, SourceOf(schema, table, readable, options)));
  for (std::size_t i = 0; has_parts && i < readable.size(); i += kPartColumns) {
    query.with.push_back(With(PartName(i), PartOf(readable, i)));
  }
  query.union_all.reserve(readable.size() - 1);
  for (std::size_t i = 1; i < readable.size(); ++i) {
    query.union_all.push_back(BranchOf(readable[i], source_of(i)));
  }
  return query;
}

}  // namespace loupe::profile
