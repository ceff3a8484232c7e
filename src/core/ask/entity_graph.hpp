// EntityGraph: how many joins lie between two entities of a model.
//
// Tested by test/unit/ask_read_test.cpp.
#ifndef LOUPE_CORE_ASK_ENTITY_GRAPH_HPP
#define LOUPE_CORE_ASK_ENTITY_GRAPH_HPP

#include <vector>

#include "core/semantic/model.hpp"

namespace loupe::ask {

class EntityGraph {
 public:
  // Refers to the model, which has to live as long.
  explicit EntityGraph(const semantic::Model& model);

  // -1 when no joins lead from one to the other, or one is no entity.
  [[nodiscard]] int Distance(int a, int b) const;

  // Tells whether an entity that holds nothing but keys joins two of distance 2: who wrote what.
  [[nodiscard]] bool IsLinked(int a, int b) const;

 private:
  void Search(int from) const;

  const semantic::Model& model_;
  std::vector<std::vector<int>> neighbours_;
  mutable std::vector<std::vector<int>> distances_;  // filled when first asked for
};

}  // namespace loupe::ask

#endif  // LOUPE_CORE_ASK_ENTITY_GRAPH_HPP
