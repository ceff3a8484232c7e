// Runs semantic queries for every feature that has one: semantic_query, charts and answers.
#ifndef LOUPE_PG_SEMANTIC_RUN_HPP
#define LOUPE_PG_SEMANTIC_RUN_HPP

#include <string>

#include "core/base/calendar.hpp"
#include "core/base/json.hpp"
#include "core/semantic/compile.hpp"
#include "core/semantic/model.hpp"
#include "pg/execute.hpp"
#include "pg/model_cache.hpp"

namespace loupe::pg {

// The transaction's time on the wall clock of an IANA zone; an unknown zone is PostgreSQL's 22023.
[[nodiscard]] DateTime NowIn(const std::string& zone);

// Compiles a query over `model` at the transaction's time in the query's zone. Throws the problem
// of an entity that the query names and that does not fit its table any more.
[[nodiscard]] semantic::Compiled CompileFor(const Json& query, const ModelHandle& model);

// A query, the model it means and what it compiles to.
struct PreparedQuery {
  ModelHandle model;
  semantic::Compiled compiled;
};

// Resolves the model that the query names, if it names one, and compiles.
[[nodiscard]] PreparedQuery PrepareQuery(const Json& query);

// Runs a compiled query; the columns are named by member.
[[nodiscard]] Execution RunCompiled(const semantic::Compiled& compiled,
                                    const semantic::Model& model, ExecuteOptions options);

// Resolves the model, compiles and runs; what {"data": {"semantic": …}} means.
[[nodiscard]] RowSet SemanticRows(const Json& query, const char* purpose);

}  // namespace loupe::pg

#endif  // LOUPE_PG_SEMANTIC_RUN_HPP
