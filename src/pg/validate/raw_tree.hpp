// Rules that PostgreSQL's raw parse tree alone decides: one statement, a SELECT, VALUES or TABLE;
// at no level INTO, a locking clause or a WITH query that changes data; depth, nodes, grouping
// sets.
#ifndef LOUPE_PG_VALIDATE_RAW_TREE_HPP
#define LOUPE_PG_VALIDATE_RAW_TREE_HPP

#include "pg/validate/judge.hpp"

namespace loupe::pg {

// `statements` is what pg_parse_query returned. False, with the rule in `verdict`, when refused.
[[nodiscard]] bool JudgeRawTree(List* statements, const JudgeLimits& limits, Verdict* verdict);

// Byte offset at which the statement first names this relation; -1 = it does not (a view does).
[[nodiscard]] int FindRelationName(Node* statement, const char* relation);

}  // namespace loupe::pg

#endif  // LOUPE_PG_VALIDATE_RAW_TREE_HPP
