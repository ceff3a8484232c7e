// Plan: the second half of interpretation. Turns the roles that words have got into queries: picks
// the subject, the time dimension and the root, and checks that every member is within reach.
//
//   Roles{measures: [flights.count], bare: [flights.dest], ranking, limit: 5}
//     = {"measures": ["flights.count"], "dimensions": ["flights.dest"], order desc, limit 5}
//
// One set of roles gives several drafts where the question leaves something open, such as which of
// two dates is meant.
//
// Tested by test/unit/ask_read_test.cpp.
#ifndef LOUPE_CORE_ASK_PLAN_HPP
#define LOUPE_CORE_ASK_PLAN_HPP

#include <string>
#include <vector>

#include "core/ask/draft.hpp"
#include "core/ask/lexicon.hpp"
#include "core/ask/roles.hpp"
#include "core/semantic/join_graph.hpp"
#include "core/semantic/model.hpp"

namespace loupe::ask {

struct Plans {
  std::vector<Draft> drafts;
  std::string failure;  // why there is none
};

[[nodiscard]] Plans PlanRoles(Roles roles, const semantic::Model& model, const Lexicon& lexicon,
                              const semantic::JoinGraph& graph);

// The dimensions that show one row of the entity to a person: its name and its key.
[[nodiscard]] std::vector<MemberRef> IdentityOf(const semantic::Model& model, int entity);

}  // namespace loupe::ask

#endif  // LOUPE_CORE_ASK_PLAN_HPP
