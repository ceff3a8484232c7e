// Views that the extension makes of statements: of a semantic query, of a question.
//
// What a view will read is judged by the gate before it is made, under the settings that the
// statement is then analysed with again. The view belongs to the caller and runs with its reader's
// rights.
//
// Tested by test/pgtap/48_semantic_tools.sql and 74_ask_view.sql.
#ifndef LOUPE_PG_VIEW_HPP
#define LOUPE_PG_VIEW_HPP

#include "pg/boundary.hpp"

#include <string>
#include <vector>

#include "core/semantic/view_query.hpp"
#include "pg/execute.hpp"

namespace loupe::pg {

struct ViewName {
  std::string schema;
  std::string name;

  [[nodiscard]] std::string Quoted() const;
};

// The name that CREATE VIEW would take: without a schema, the first of the caller's search_path.
[[nodiscard]] ViewName ResolveViewName(const std::string& text);

// What the statement of a view may read, and for which feature it is judged.
struct ViewScope {
  const char* purpose = "";
  std::vector<std::string> schemas;
  SqlOrigin origin = SqlOrigin::kCompiled;
};

// Judges the statement of a view. Throws kNoPrivilege, kGateRefused.
[[nodiscard]] Judgement JudgeView(const std::string& sql, const ViewScope& scope);

// Makes a view of a statement that was judged in the same scope, with a name for each of its
// columns.
[[nodiscard]] Oid MakeView(const ViewName& name, const std::vector<std::string>& columns,
                           const std::string& sql, const ViewScope& scope,
                           const std::string& comment, semantic::ViewCreation creation);

}  // namespace loupe::pg

#endif  // LOUPE_PG_VIEW_HPP
