// JoinGraph: which entities a row of another entity leads to, and how.
//
// An edge leads from many to one: a many_to_one join as declared, a one_to_many join turned round,
// a one_to_one join both ways. A join declared on both sides is one edge. Along such edges a row of
// the root meets at most one row of each entity, so nothing is counted twice:
//
//   order_items ──▶ orders ──▶ customers        FindTree(order_items, {customers, products})
//        └────────▶ products                      = orders, customers, products
//
// Tested by test/unit/semantic_join_graph_test.cpp.
#ifndef LOUPE_CORE_SEMANTIC_JOIN_GRAPH_HPP
#define LOUPE_CORE_SEMANTIC_JOIN_GRAPH_HPP

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "core/base/status.hpp"
#include "core/semantic/model.hpp"

namespace loupe::semantic {

// One LEFT JOIN: a row of `from` has at most one row of `to`.
struct JoinStep {
  const Entity* from = nullptr;
  const Entity* to = nullptr;
  std::string name;                                          // of the declared join
  std::vector<std::pair<std::string, std::string>> columns;  // of `from`, of `to`
};

// Refers to the model, which has to live as long.
class JoinGraph {
 public:
  explicit JoinGraph(const Model& model);

  // The joins that lead from the root to every target by shortest paths, each after the one it
  // builds on. Errors: kSemanticNoJoinPath (saying so when a way exists across a to-many join),
  // kSemanticAmbiguousPath (naming both paths).
  [[nodiscard]] Result<std::vector<JoinStep>> FindTree(
      const Entity& root, const std::vector<const Entity*>& targets) const;

  // The entity whose rows a query without measures lists: the one that reaches all `targets` by
  // the fewest joins, one of the targets if any does. Errors as FindTree.
  [[nodiscard]] Result<const Entity*> FindRoot(const std::vector<const Entity*>& targets) const;

 private:
  struct Edge {
    std::size_t to;
    JoinStep step;
  };
  // Distances from one entity and the edges by which each entity is first reached.
  struct Search {
    std::vector<int> distance;  // -1: not reached
    std::vector<std::vector<const Edge*>> arrivals;
  };

  [[nodiscard]] std::size_t IndexOf(const Entity& entity) const {
    return static_cast<std::size_t>(&entity - model_.entities.data());
  }
  void AddEdge(const Entity& from, const Entity& to, const std::string& name,
               std::vector<std::pair<std::string, std::string>> columns);
  [[nodiscard]] Search SearchFrom(std::size_t root) const;
  [[nodiscard]] bool IsConnected(std::size_t a, std::size_t b) const;
  [[nodiscard]] Status Append(const Search& search, std::size_t root, std::size_t target,
                              std::vector<JoinStep>* steps) const;
  [[nodiscard]] std::string DescribePath(const Search& search, std::size_t root,
                                         const Edge& last) const;
  [[nodiscard]] Status NoPath(const Entity& from, const Entity& to) const;

  const Model& model_;
  std::vector<std::vector<Edge>> edges_;  // by entity
};

}  // namespace loupe::semantic

#endif  // LOUPE_CORE_SEMANTIC_JOIN_GRAPH_HPP
