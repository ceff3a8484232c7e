// Times in SQL: what a moment is on the clock of the query's zone, and back.
//
//   type                  on the local clock              bound of a range
//   timestamptz           t AT TIME ZONE 'Europe/Rome'    '2024-01-01'::timestamp AT TIME ZONE '…'
//   timestamp (is UTC)    t AT TIME ZONE 'UTC' AT TIME …  the bound above, AT TIME ZONE 'UTC'
//   date (never shifted)  t                               '2024-01-01'::date
//
// The zone stands on the constant's side, so that an index on the bare column serves the range.
//
// Tested by test/unit/semantic_emit_test.cpp.
#ifndef LOUPE_CORE_SEMANTIC_EMIT_TIME_HPP
#define LOUPE_CORE_SEMANTIC_EMIT_TIME_HPP

#include <string>

#include "core/base/calendar.hpp"
#include "core/semantic/date_range.hpp"
#include "core/semantic/query.hpp"
#include "core/semantic/sql_types.hpp"
#include "core/sql/ast.hpp"

namespace loupe::semantic {

// The time as a reading of the local clock; a type that is not known is taken as timestamptz.
[[nodiscard]] sql::Expr LocalTime(sql::Expr time, SqlType type, const std::string& zone);

// A local time as a timestamp, which date_trunc reads without a zone: a date at midnight.
[[nodiscard]] sql::Expr AsTimestamp(sql::Expr local, SqlType type);

// A constant timestamp.
[[nodiscard]] sql::Expr TimestampExpr(const DateTime& time);

// A local timestamp as a value that compares with a column of the type.
[[nodiscard]] sql::Expr MomentOf(sql::Expr local, SqlType type, const std::string& zone);

// The condition that a date operator, or equals, gt and the like, puts on a time.
[[nodiscard]] sql::Expr TimeCondition(const sql::Expr& time, SqlType type, FilterOperator op,
                                      const std::vector<DateRange>& ranges,
                                      const std::string& zone);

}  // namespace loupe::semantic

#endif  // LOUPE_CORE_SEMANTIC_EMIT_TIME_HPP
