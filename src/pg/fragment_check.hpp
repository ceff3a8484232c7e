// Checks the SQL expressions of a semantic model: their shape by PostgreSQL's parser, their names
// and types by its analysis.
//
//   entity orders: "{T}.quantity * {T}.price", "{T}.status = 'paid'"
//   ──▶ SELECT v.* FROM shop.orders AS t
//       CROSS JOIN LATERAL (VALUES ((t.quantity * t.price), (t.status = 'paid'))) AS v WHERE false
//   ──▶ numeric, boolean
//
// A list of VALUES takes neither aggregates nor window functions nor sets, as members may not.
#ifndef LOUPE_PG_FRAGMENT_CHECK_HPP
#define LOUPE_PG_FRAGMENT_CHECK_HPP

#include "pg/boundary.hpp"

#include <string>
#include <vector>

#include "core/base/status.hpp"
#include "core/semantic/catalog.hpp"
#include "core/semantic/model.hpp"

namespace loupe::pg {

// One status for each `sql` of a member that is not exactly one scalar expression, so that no
// expression can close its parenthesis and go on as another part of a statement.
[[nodiscard]] std::vector<Status> CheckFragments(const semantic::Model& model);

struct FragmentReport {
  std::vector<Status> problems;  // with pointers into the model
  std::vector<Oid> relations;    // that the expressions and statements read
};

// Has the gate judge, with the caller's rights and under a search_path of `schemas`,
//   1. the statement of every entity that has one: its columns become a table of `catalog`;
//   2. the expressions of every entity whose table is in `catalog`: the type of each is set as its
//      member's data type, and conditions have to be boolean.
// What PostgreSQL cannot analyse is kUndefinedColumn, kUndefinedTable, kUndefinedFunction or
// kSemanticInvalidModel; a condition that is none kSemanticTypeMismatch; what the gate refuses
// kGateRefused or kNoPrivilege, and its type stays as it was. Demands that CheckFragments finds
// nothing.
[[nodiscard]] FragmentReport TypeFragments(const std::vector<std::string>& schemas,
                                           semantic::Catalog* catalog, semantic::Model* model);

// Tells whether a problem is the gate's refusal rather than a fault of the model.
[[nodiscard]] inline bool IsRefusal(const Status& problem) {
  return problem.code() == Code::kGateRefused || problem.code() == Code::kNoPrivilege;
}

}  // namespace loupe::pg

#endif  // LOUPE_PG_FRAGMENT_CHECK_HPP
