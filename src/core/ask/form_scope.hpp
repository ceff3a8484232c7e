// FormScope: one SELECT of a form's statement: a root, what it joins, and the branches that are
// looked for.
//
//   root concert, joined {concert, stadium}, beside {singer}
//     FROM concert JOIN stadium …, and a branch singer_in_concert → singer for EXISTS
//
// Internal to FormToSelect.
#ifndef LOUPE_CORE_ASK_FORM_SCOPE_HPP
#define LOUPE_CORE_ASK_FORM_SCOPE_HPP

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "core/ask/form.hpp"
#include "core/base/status.hpp"
#include "core/semantic/join_graph.hpp"
#include "core/sql/ast.hpp"

namespace loupe::ask {

// Names of aliases, each given out once.
class Aliases {
 public:
  std::string Take(const std::string& name) {
    const int count = ++taken_[name];
    return count == 1 ? name : name + "_" + std::to_string(count);
  }

 private:
  std::map<std::string, int> taken_;
};

[[nodiscard]] std::vector<sql::Expr> JoinedBy(const semantic::JoinStep& step,
                                              const std::string& from, const std::string& to);

// FROM what the steps lead to, WHERE it belongs to the anchor's row, which stands outside. `names`
// has the anchor's alias and gets theirs.
void AddSteps(const std::vector<const semantic::JoinStep*>& steps, const semantic::Entity& anchor,
              Aliases* aliases, std::map<const semantic::Entity*, std::string>* names,
              sql::Select* rows);

[[nodiscard]] std::vector<const semantic::JoinStep*> PlacesOf(
    const std::vector<semantic::JoinStep>& steps);

class FormScope {
 public:
  FormScope(const semantic::Model& model, const semantic::JoinGraph& graph,
            semantic::JoinGraph::Ties ties, Aliases* aliases)
      : model_(model), graph_(graph), ties_(ties), aliases_(aliases) {}

  Status Open(int root, const std::set<int>& joined, const std::set<int>& beside);

  [[nodiscard]] bool Has(int entity) const { return alias_.count(&EntityAt(entity)) > 0; }
  [[nodiscard]] bool Multiplies() const { return multiplies_; }
  [[nodiscard]] int root() const { return root_; }
  [[nodiscard]] const std::string& AliasOf(int entity) const;
  [[nodiscard]] sql::Expr ColumnOf(MemberRef ref) const;

  // The steps that begin to-many branches, each with all that hangs on it.
  struct Branch {
    std::vector<const semantic::JoinStep*> steps;
    [[nodiscard]] bool Holds(const semantic::Entity& entity) const {
      return std::any_of(steps.begin(), steps.end(),
                         [&](const semantic::JoinStep* step) { return step->to == &entity; });
    }
  };
  [[nodiscard]] const std::vector<Branch>& branches() const { return branches_; }

  sql::Select OpenBranch(const Branch& branch,
                         std::map<const semantic::Entity*, std::string>* names) const;
  sql::Select select;

 private:
  [[nodiscard]] const semantic::Entity& EntityAt(int entity) const;
  [[nodiscard]] int IndexOf(const semantic::Entity* entity) const;
  [[nodiscard]] bool LeadsToJoined(const semantic::JoinStep& step,
                                   const std::set<int>& joined) const;
  void Split(const std::set<int>& joined);
  void AddFrom();
  const semantic::Model& model_;
  const semantic::JoinGraph& graph_;
  semantic::JoinGraph::Ties ties_;
  Aliases* aliases_;
  int root_ = -1;
  std::vector<semantic::JoinStep> steps_;
  std::vector<const semantic::JoinStep*> joins_;
  std::vector<Branch> branches_;
  std::map<const semantic::Entity*, std::string> alias_;
  bool multiplies_ = false;
};

}  // namespace loupe::ask

#endif  // LOUPE_CORE_ASK_FORM_SCOPE_HPP
