// CompileQuery: a semantic query and a model become one SQL statement.
//
//   query JSON ──Parse──▶ Query ──Resolve──▶ ResolvedQuery ──MakePlan──▶ Plan ──Emit──▶ sql::Select
//                query_parse.cpp   resolve.cpp              plan.cpp         emit.cpp      │
//                                                                                        Print
//                                                                                          ▼
//                                                                                       SQL text
//
// Every phase is a pure function. A query with subtotals or a compareDateRange is several queries,
// planned one by one, whose rows UNION ALL puts together. The answer's annotation comes from
// Compiled::columns.
//
//   Result<Compiled> compiled = CompileQuery(json, model, {now});
//   if (compiled.ok()) Run(compiled.value().sql);
//
// Tested by test/unit/semantic_compile_test.cpp and test/fuzz/semantic_compile_fuzz.cpp.
#ifndef LOUPE_CORE_SEMANTIC_COMPILE_HPP
#define LOUPE_CORE_SEMANTIC_COMPILE_HPP

#include <optional>
#include <string>
#include <vector>

#include "core/base/calendar.hpp"
#include "core/base/json.hpp"
#include "core/base/status.hpp"
#include "core/semantic/model.hpp"
#include "core/semantic/query.hpp"
#include "core/semantic/resolve.hpp"
#include "core/sql/ast.hpp"

namespace loupe::semantic {

// kRange is the range of a compareDateRange, kGrouping the bits of the dimensions that a subtotal
// leaves out (as PostgreSQL's grouping(): the last dimension is bit 0).
enum class MemberKind { kDimension, kTimeDimension, kMeasure, kRange, kGrouping };

// A column of the result, in the order of the statement's columns.
struct OutputColumn {
  std::string key;     // "orders.count", "orders.created_at.month": its name in the answer's rows
  std::string member;  // the same without a granularity
  MemberKind kind = MemberKind::kDimension;
  ValueKind type = ValueKind::kText;
  std::string title;        // "Orders Count"
  std::string short_title;  // "Count"
  std::string description;
  std::string format;  // of a measure
  std::optional<Granularity> granularity;
};

struct Compiled {
  Query query;  // with its date ranges as absolute times
  sql::Select select;
  std::string sql;  // `select` as text
  std::vector<OutputColumn> columns;
  std::vector<Json> segments;           // annotation of the segments
  std::optional<sql::Select> total;     // when the query asks for it
  std::vector<const Entity*> entities;  // whose tables the statement reads; of the model
};

struct CompileOptions {
  DateTime now;                  // on the clock of the query's zone: what relative ranges refer to
  std::string functions_schema;  // where the extension's own functions are; empty: search_path
  std::optional<std::int64_t> default_limit = kDefaultLimit;  // none: all rows
};

// Compiles a query. The model is not kept. Errors: those of ParseQuery, Resolve and MakePlan.
[[nodiscard]] Result<Compiled> CompileQuery(const Json& query, const Model& model,
                                            const CompileOptions& options);
[[nodiscard]] Result<Compiled> CompileQuery(const Query& query, const Model& model,
                                            const CompileOptions& options);

// The plan of a query as text; errors as CompileQuery.
[[nodiscard]] Result<std::string> ExplainPlan(const Query& query, const Model& model,
                                              const CompileOptions& options);

}  // namespace loupe::semantic

#endif  // LOUPE_CORE_SEMANTIC_COMPILE_HPP
