// Access: the model as one caller sees it.
//
// An entity's rules name roles; those that fit the caller say what is shown.
//
//   no rules at all        everything
//   rules, none that fits  nothing: the entity and its members are hidden, and it has no rows
//   several that fit       rows that any of them shows; of the members only what every such row may
//                          show
//
// The last line is where rules meet: one that shows all columns of German rows and one that hides
// the price of all rows must not together show the price of all rows. So a member is shown when the
// rules that show it also show every row that the caller sees, that is when one of them has no row
// filter, or when each other rule has a row filter that one of them has too. What is masked in the
// same way is null; all else is hidden.
//
//   clerk   {row_filter: ["{T}.region = 'DE'"]}     member of clerk: price of German rows
//   audit   {hidden: ["price"]}                      member of both: all rows, without the price
//
// Tested by test/unit/semantic_access_test.cpp.
#ifndef LOUPE_CORE_SEMANTIC_ACCESS_HPP
#define LOUPE_CORE_SEMANTIC_ACCESS_HPP

#include <string>
#include <vector>

#include "core/semantic/model.hpp"

namespace loupe::semantic {

// Names of the roles that the model's rules mention, each once, sorted.
[[nodiscard]] std::vector<std::string> RolesIn(const Model& model);

// The model as members of `roles` see it; of RolesIn(model) those that the caller is a member of.
// Hidden members get is_public = false, so that nobody can name them while members that are made of
// them stay what they are; masked ones get is_masked, entities their row_filters; hierarchies lose
// their hidden levels. The rules themselves stay.
[[nodiscard]] Model ApplyAccess(Model model, const std::vector<std::string>& roles);

}  // namespace loupe::semantic

#endif  // LOUPE_CORE_SEMANTIC_ACCESS_HPP
