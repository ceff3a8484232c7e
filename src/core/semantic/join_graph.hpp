// JoinGraph: which entities a row of another entity leads to, and how.
//
// Every join is an edge both ways: to one (a many_to_one join as declared, a one_to_many join
// turned round, a one_to_one join) or to many (the way back). A join declared on both sides is one
// edge. Along to-one edges a row of the root meets at most one row of each entity, so nothing is
// counted twice; a path takes as few to-many edges as possible, then as few edges:
//
//   order_items ──▶ orders ──▶ customers        FindTree(order_items, {customers, products})
//        └────────▶ products                      = orders, customers, products
//
//   FindTree(orders, {products}) = order_items (to many), products
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

// One join: a row of `from` has at most one row of `to`, or any number when to_many is set.
struct JoinStep {
  const Entity* from = nullptr;
  const Entity* to = nullptr;
  std::string name;                                          // of the declared join
  std::vector<std::pair<std::string, std::string>> columns;  // of `from`, of `to`
  bool to_many = false;
  bool is_guess = false;  // no key was declared
};

// Refers to the model, which has to live as long.
class JoinGraph {
 public:
  // Which joins may be walked.
  enum class Along { kToOne, kAll };
  // What becomes of two paths of equal length.
  enum class Ties { kError, kFirst };

  explicit JoinGraph(const Model& model);

  // The joins that lead from the root to every target by shortest paths, each after the one it
  // builds on. Errors: kSemanticNoJoinPath, kSemanticAmbiguousPath (naming both paths).
  [[nodiscard]] Result<std::vector<JoinStep>> FindTree(const Entity& root,
                                                       const std::vector<const Entity*>& targets,
                                                       Along along = Along::kAll,
                                                       Ties ties = Ties::kError) const;

  // The entity whose rows a query without measures lists: the one that reaches all `targets` by
  // the fewest to-one joins, one of the targets if any does; where none does, the first target
  // when all joins may be walked. Errors as FindTree.
  [[nodiscard]] Result<const Entity*> FindRoot(const std::vector<const Entity*>& targets,
                                               Along along = Along::kAll) const;

 private:
  struct Edge {
    std::size_t to;
    JoinStep step;
  };
  // Distances from one entity and the edges by which each entity is first reached.
  struct Search {
    std::vector<int> distance;  // -1: not reached; kHop for each to-many edge, 1 for each edge
    std::vector<std::vector<const Edge*>> arrivals;
  };

  [[nodiscard]] std::size_t IndexOf(const Entity& entity) const {
    return static_cast<std::size_t>(&entity - model_.entities.data());
  }
  void AddEdges(const Entity& from, const Entity& to, const Join& join);
  void AddEdge(JoinStep step);
  [[nodiscard]] Search SearchFrom(std::size_t root, Along along) const;
  [[nodiscard]] Status Append(const Search& search, std::size_t root, std::size_t target, Ties ties,
                              std::vector<JoinStep>* steps) const;
  [[nodiscard]] std::string DescribePath(const Search& search, std::size_t root,
                                         const Edge& last) const;
  [[nodiscard]] Status NoPath(const Entity& from, const Entity& to) const;

  const Model& model_;
  std::vector<std::vector<Edge>> edges_;  // by entity
};

}  // namespace loupe::semantic

#endif  // LOUPE_CORE_SEMANTIC_JOIN_GRAPH_HPP
