// ColumnStatistics: what profile() says about one column, and the report model of everything that
// shows profiles.
//
// The fields are the result columns of profile() in their order; later ones are only appended.
// N = rows read, n = rows whose value is not null. A field without a value is SQL NULL.
//
//   column_name | row_count | null_count | distinct_count | min | median | max | mean
//   dep_delay   |    336776 |       8255 |            527 | -43 | -2     | 1301| 12.639070257304708
//
// Two choices are final. min, max and quantiles are text: one result column holds values of every
// type. mean and stddev are numeric: sums of integers and numerics stay exact, and a number of any
// size fits; floating-point values enter with their 15 (real: 6) significant digits.
//
// Tested by test/unit/profile_statistics_test.cpp.
#ifndef LOUPE_CORE_PROFILE_STATISTICS_HPP
#define LOUPE_CORE_PROFILE_STATISTICS_HPP

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/base/json.hpp"
#include "core/base/rowset.hpp"
#include "core/base/status.hpp"
#include "core/profile/profile_query.hpp"

namespace loupe::profile {

struct ColumnStatistics {
  using Count = std::optional<std::int64_t>;
  using Fraction = std::optional<double>;  // 0 to 1
  using Text = std::optional<std::string>;

  int position = 0;         // pg_attribute.attnum: dropped columns leave gaps
  std::string column_name;  // as stored, not quoted
  std::string data_type;    // as format_type prints it: "numeric(12,2)"

  Count row_count;         // N
  Count null_count;        // N - n
  Fraction null_fraction;  // (N - n) / N; none when N = 0

  Count distinct_count;                   // groups of equal values by the type's own equality
  std::optional<bool> is_distinct_exact;  // whether distinct_count was counted, not estimated
  Fraction distinct_error;                // relative standard error of distinct_count; 0 = exact
  std::optional<bool> is_unique;          // no value occurs twice; none when n = 0

  Text min;     // in the order of the type and of the column's collation, as text output,
  Text max;     // cut to kValueLength characters
  Text mean;    // sum(x) / n, digits of a numeric; numbers only ("NaN" and "Infinity" included)
  Text stddev;  // sqrt((n sum(x^2) - sum(x)^2) / (n (n - 1))), digits of a numeric; none if n < 2

  Text p05;  // quantiles are values that occur: the smallest x with at least q n values <= x
  Text p25;  // (percentile_disc)
  Text median;
  Text p75;
  Text p95;

  // [{"value": text, "count": k, "fraction": k / N to 4 decimals}], up to kMostCommon, falling by
  // count, ties rising by value; only values that occur at least twice, none when there is none.
  std::optional<Json> most_common;

  Text note;  // why statistics are missing or cover less than the whole relation
};

// Makes the statistics of `columns`, in their order, from the rows of ProfileQuery(columns) read
// with numbers as digits; columns that the statement left out get their note alone. kInternal when
// the rows do not fit the columns.
[[nodiscard]] Result<std::vector<ColumnStatistics>> AssembleStatistics(
    const std::vector<ProfileColumn>& columns, const ProfileOptions& options, const RowSet& rows);

}  // namespace loupe::profile

#endif  // LOUPE_CORE_PROFILE_STATISTICS_HPP
