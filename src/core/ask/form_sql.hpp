// FormToSelect: a form as one SQL statement over the tables behind the model's entities.
//
//   outputs [singer.name], mentions [singer, concert]
//     SELECT singer.name FROM singer AS singer
//     WHERE EXISTS (SELECT 1 FROM singer_in_concert … WHERE … = singer.singer_id)
//
// Rules
//   What is shown, counted, grouped or ranked is joined; its rows are those of the entity that
//   leads to all of it. What only has to be there, or is only compared, and lies across a to-many
//   join is looked for with EXISTS, so that it multiplies nothing. An aggregate over rows that a
//   join would repeat is refused, never computed wrongly.
//
// Tested by test/unit/ask_form_sql_test.cpp.
#ifndef LOUPE_CORE_ASK_FORM_SQL_HPP
#define LOUPE_CORE_ASK_FORM_SQL_HPP

#include <string>
#include <vector>

#include "core/ask/form.hpp"
#include "core/base/status.hpp"
#include "core/semantic/join_graph.hpp"
#include "core/sql/ast.hpp"

namespace loupe::ask {

// Errors: kSemanticNoJoinPath, kSemanticAmbiguousPath, kNotSupported.
[[nodiscard]] Result<sql::Select> FormToSelect(const Form& form, const semantic::Model& model,
                                               const semantic::JoinGraph& graph,
                                               semantic::JoinGraph::Ties ties);

// The joins between the form's entities that no declared key stands for, in words:
// "writes.author_id = author.id".
[[nodiscard]] std::vector<std::string> GuessedJoinsOf(const Form& form,
                                                      const semantic::Model& model,
                                                      const semantic::JoinGraph& graph);

}  // namespace loupe::ask

#endif  // LOUPE_CORE_ASK_FORM_SQL_HPP
