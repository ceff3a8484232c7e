#include "core/ask/entity_graph.hpp"

#include <algorithm>
#include <cstddef>
#include <deque>
#include <map>
#include <set>
#include <string>

namespace loupe::ask {
namespace {

// Two joins or more, and no column besides those they use, the key, and one that may count or date.
bool IsLink(const semantic::Entity& entity) {
  if (entity.joins.size() < 2) return false;
  std::set<std::string> keys(entity.primary_key.begin(), entity.primary_key.end());
  for (const semantic::Join& join : entity.joins) {
    for (const auto& columns : join.columns) keys.insert(columns.first);
  }
  const auto others = std::count_if(
      entity.dimensions.begin(), entity.dimensions.end(),
      [&](const semantic::Dimension& dimension) { return keys.count(dimension.column) == 0; });
  return others <= 1;
}

}  // namespace

EntityGraph::EntityGraph(const semantic::Model& model) : model_(model) {
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

bool EntityGraph::IsLinked(int a, int b) const {
  if (a < 0 || b < 0) return false;
  const std::vector<int>& near = neighbours_[static_cast<std::size_t>(a)];
  const std::vector<int>& far = neighbours_[static_cast<std::size_t>(b)];
  return std::any_of(near.begin(), near.end(), [&](int between) {
    return std::find(far.begin(), far.end(), between) != far.end() &&
           IsLink(model_.entities[static_cast<std::size_t>(between)]);
  });
}

int EntityGraph::Distance(int a, int b) const {
  if (a < 0 || b < 0) return -1;
  if (distances_[static_cast<std::size_t>(a)].empty()) Search(a);
  return distances_[static_cast<std::size_t>(a)][static_cast<std::size_t>(b)];
}

}  // namespace loupe::ask
