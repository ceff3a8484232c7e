// Query: what is asked of a model, read from the query JSON that Cube's users know.
//
//   {"measures": ["orders.count"],
//    "dimensions": ["customers.country"],
//    "timeDimensions": [{"dimension": "orders.created_at", "granularity": "month",
//                        "dateRange": ["2024-01-01", "2024-03-31"]}],
//    "filters": [{"member": "orders.status", "operator": "equals", "values": ["done", null]},
//                {"or": [{"member": "orders.count", "operator": "gt", "values": [10]}, …]}],
//    "segments": ["orders.web"],
//    "order": {"orders.count": "desc"}, "limit": 100, "offset": 0,
//    "timezone": "Europe/Berlin", "total": true, "ungrouped": false, "model": "shop",
//    "subtotals": true}
//
// Parse is the first phase: it knows the grammar and the budgets, but no model. A dimension may
// carry a granularity as suffix ("orders.created_at.month"). One time dimension may have a
// "compareDateRange", an array of date ranges, instead of a "dateRange": the query is answered once
// for each. "subtotals" is true (a rollup over all dimensions) or the list of the dimensions to
// roll up. "renewQuery", "cache" and "cacheMode" are accepted and ignored; any other unknown key is
// an error.
//
// Tested by test/unit/semantic_query_test.cpp and test/fuzz/semantic_compile_fuzz.cpp.
#ifndef LOUPE_CORE_SEMANTIC_QUERY_HPP
#define LOUPE_CORE_SEMANTIC_QUERY_HPP

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/calendar.hpp"
#include "core/base/json.hpp"
#include "core/base/status.hpp"
#include "core/sql/ast.hpp"

namespace loupe::semantic {

// Budgets of a query; each excess is kLimitExceeded.
constexpr std::size_t kMaxQueryMembers = 1'000;   // measures, dimensions and time dimensions each
constexpr std::size_t kMaxFilters = 1'000;        // conditions and groups of the whole tree
constexpr std::size_t kMaxCompared = 100;         // ranges of a compareDateRange
constexpr std::size_t kMaxFilterValues = 10'000;  // of all conditions together
constexpr int kMaxFilterDepth = 32;
constexpr std::int64_t kDefaultLimit = 10'000;
constexpr std::int64_t kMaxLimit = 50'000;

enum class FilterOperator {
  kEquals,
  kNotEquals,
  kContains,
  kNotContains,
  kStartsWith,
  kNotStartsWith,
  kEndsWith,
  kNotEndsWith,
  kGreater,
  kGreaterOrEqual,
  kLess,
  kLessOrEqual,
  kSet,
  kNotSet,
  kInDateRange,
  kNotInDateRange,
  kBeforeDate,
  kBeforeOrOnDate,
  kAfterDate,
  kAfterOrOnDate,
};

// A condition on one member, or a group of filters.
struct Filter {
  enum class Kind { kCondition, kAnd, kOr };
  Kind kind = Kind::kCondition;
  std::string member;  // "entity.member"
  FilterOperator op = FilterOperator::kEquals;
  std::vector<Json> values;      // strings, numbers, booleans and nulls
  std::vector<Filter> children;  // of a group
};

struct TimeDimension {
  std::string dimension;
  std::string granularity;              // empty: the dimension only filters
  std::vector<std::string> date_range;  // none, one or two texts, as ParseDateRange reads them
  std::vector<std::vector<std::string>> compare;  // instead: one or two texts for each range
};

struct OrderBy {
  std::string member;  // a selected member, with its granularity where it has one
  sql::Direction direction = sql::Direction::kAscending;
  sql::Nulls nulls = sql::Nulls::kDefault;  // PostgreSQL's: last when ascending, else first
};

struct Query {
  std::string model;  // empty: the host chooses
  std::vector<std::string> measures;
  std::vector<std::string> dimensions;
  std::vector<TimeDimension> time_dimensions;
  std::vector<Filter> filters;                // joined by AND
  std::vector<std::string> segments;          // joined by AND
  std::optional<std::vector<OrderBy>> order;  // none: the default order; empty: unordered
  std::optional<std::int64_t> limit;          // none: kDefaultLimit
  std::optional<std::int64_t> offset;
  std::string timezone;  // empty: the model's
  bool total = false;
  bool ungrouped = false;
  bool subtotals = false;
  std::vector<std::string> rollup;  // dimensions of the subtotals; empty: all
};

// Reads one filter of the query language, as models hold them too. `pointer` is where it stands.
// Errors: kSemanticInvalidQuery and kLimitExceeded.
[[nodiscard]] Result<Filter> ParseFilter(const Json& json, const std::string& pointer);

// Reads a query. Errors: kSemanticInvalidQuery, kNotSupported and kLimitExceeded, with pointers.
[[nodiscard]] Result<Query> ParseQuery(const Json& document);

// The query as JSON with the defaults filled in: the "query" of the answer. ParseQuery reads it
// back as an equal query.
[[nodiscard]] Json QueryToJson(const Query& query);

[[nodiscard]] const char* FilterOperatorName(FilterOperator op);

// Tells whether the text has the form of a zone's name; whether it exists, PostgreSQL knows.
[[nodiscard]] bool IsTimezoneName(std::string_view name);

}  // namespace loupe::semantic

#endif  // LOUPE_CORE_SEMANTIC_QUERY_HPP
