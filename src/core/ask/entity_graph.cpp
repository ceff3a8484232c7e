#include "core/ask/entity_graph.hpp"

#include <cstddef>
#include <deque>
#include <map>
#include <string>

namespace loupe::ask {

EntityGraph::EntityGraph(const semantic::Model& model) {
  std::map<std::string, int> places;
  for (std::size_t e = 0; e < model.entities.size(); ++e) {
    places[model.entities[e].name] = static_cast<int>(e);
  }
  neighbours_.resize(model.entities.size());
  distances_.resize(model.entities.size());
  for (std::size_t e = 0; e < model.entities.size(); ++e) {
    for (const semantic::Join& join : model.entities[e].joins) {
      const auto target = places.find(join.entity);
      if (target == places.end()) continue;
      neighbours_[e].push_back(target->second);
      neighbours_[static_cast<std::size_t>(target->second)].push_back(static_cast<int>(e));
    }
  }
}

void EntityGraph::Search(int from) const {
  std::vector<int>& distances = distances_[static_cast<std::size_t>(from)];
  distances.assign(neighbours_.size(), -1);
  distances[static_cast<std::size_t>(from)] = 0;
  std::deque<int> open = {from};
  while (!open.empty()) {
    const auto here = static_cast<std::size_t>(open.front());
    open.pop_front();
    for (const int next : neighbours_[here]) {
      if (distances[static_cast<std::size_t>(next)] >= 0) continue;
      distances[static_cast<std::size_t>(next)] = distances[here] + 1;
      open.push_back(next);
    }
  }
}

int EntityGraph::Distance(int a, int b) const {
  if (a < 0 || b < 0) return -1;
  if (distances_[static_cast<std::size_t>(a)].empty()) Search(a);
  return distances_[static_cast<std::size_t>(a)][static_cast<std::size_t>(b)];
}

}  // namespace loupe::ask
