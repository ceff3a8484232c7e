#include "core/semantic/join_graph.hpp"

#include <algorithm>
#include <functional>
#include <queue>
#include <string_view>
#include <unordered_map>

namespace loupe::semantic {
namespace {

constexpr int kHop = 1 << 16;  // a to-many edge is longer than any path without one

using ColumnPairs = std::vector<std::pair<std::string, std::string>>;

ColumnPairs Turned(const ColumnPairs& pairs) {
  ColumnPairs turned;
  for (const auto& [from, to] : pairs) turned.emplace_back(to, from);
  return turned;
}

bool SamePairs(ColumnPairs a, ColumnPairs b) {
  std::sort(a.begin(), a.end());
  std::sort(b.begin(), b.end());
  return a == b;
}

std::string Quoted(const std::string& name) { return "\"" + name + "\""; }

// Where the column that refers stands in its table.
std::size_t PlaceOf(const JoinStep& step) {
  const Entity& refers = step.to_many ? *step.to : *step.from;
  if (step.columns.empty()) return refers.dimensions.size();
  const std::string& column = step.to_many ? step.columns[0].second : step.columns[0].first;
  std::size_t place = 0;
  while (place < refers.dimensions.size() && refers.dimensions[place].column != column) ++place;
  return place;
}

}  // namespace

JoinGraph::JoinGraph(const Model& model) : model_(model), edges_(model.entities.size()) {
  std::unordered_map<std::string_view, const Entity*> by_name;
  for (const Entity& entity : model.entities) by_name.emplace(entity.name, &entity);
  for (const Entity& entity : model.entities) {
    for (const Join& join : entity.joins) {
      const auto target = by_name.find(join.entity);
      if (target == by_name.end() || target->second == &entity) continue;  // itself again
      if (join.relationship != Relationship::kManyToMany) {
        AddEdges(entity, *target->second, join);
      }
    }
  }
}

void JoinGraph::AddEdges(const Entity& from, const Entity& to, const Join& join) {
  const std::string& name = join.name.empty() ? join.entity : join.name;
  const Relationship relationship = join.relationship;
  AddEdge(
      {&from, &to, name, join.columns, relationship == Relationship::kOneToMany, join.is_guess});
  AddEdge({&to, &from, name, Turned(join.columns), relationship == Relationship::kManyToOne,
           join.is_guess});
}

// Of two declarations of one join that leads to one row counts.
void JoinGraph::AddEdge(JoinStep step) {
  const std::size_t target = IndexOf(*step.to);
  std::vector<Edge>& edges = edges_[IndexOf(*step.from)];
  for (Edge& edge : edges) {
    if (edge.to != target || !SamePairs(edge.step.columns, step.columns)) continue;
    edge.step.to_many = edge.step.to_many && step.to_many;
    return;
  }
  edges.push_back({target, std::move(step)});
}

JoinGraph::Search JoinGraph::SearchFrom(std::size_t root, Along along) const {
  Search search;
  search.distance.assign(edges_.size(), -1);
  search.arrivals.resize(edges_.size());
  search.distance[root] = 0;
  using Place = std::pair<int, std::size_t>;  // distance, entity
  std::priority_queue<Place, std::vector<Place>, std::greater<>> queue;
  queue.emplace(0, root);
  while (!queue.empty()) {
    const auto [distance, at] = queue.top();
    queue.pop();
    if (distance > search.distance[at]) continue;
    for (const Edge& edge : edges_[at]) {
      if (edge.step.to_many && along == Along::kToOne) continue;
      const int reached = distance + 1 + (edge.step.to_many ? kHop : 0);
      int& known = search.distance[edge.to];
      if (known < 0 || reached < known) {
        known = reached;
        search.arrivals[edge.to].clear();
        queue.emplace(reached, edge.to);
      }
      if (reached == known) search.arrivals[edge.to].push_back(&edge);
    }
  }
  return search;
}

// "orders -> customers by customer -> regions by home", ending with the edge `last`.
std::string JoinGraph::DescribePath(const Search& search, std::size_t root,
                                    const Edge& last) const {
  std::vector<const Edge*> path = {&last};
  std::size_t at = IndexOf(*last.step.from);
  while (at != root) {
    path.push_back(search.arrivals[at].front());
    at = IndexOf(*path.back()->step.from);
  }
  std::string text = model_.entities[root].name;
  for (auto edge = path.rbegin(); edge != path.rend(); ++edge) {
    text += " -> " + (*edge)->step.to->name;
    if ((*edge)->step.name != (*edge)->step.to->name) text += " by " + Quoted((*edge)->step.name);
  }
  return text;
}

Status JoinGraph::NoPath(const Entity& from, const Entity& to) const {
  return Status(Code::kSemanticNoJoinPath,
                "no join leads from " + Quoted(from.name) + " to " + Quoted(to.name))
      .WithHint("Declare a join between them in the model.");
}

// Adds the steps from the root to the target that are not there yet.
Status JoinGraph::Append(const Search& search, std::size_t root, std::size_t target, Ties ties,
                         std::vector<JoinStep>* steps) const {
  std::vector<const Edge*> path;
  for (std::size_t at = target; at != root; at = IndexOf(*path.back()->step.from)) {
    const std::vector<const Edge*>& arrivals = search.arrivals[at];
    if (arrivals.size() > 1 && ties == Ties::kError) {
      return Status(Code::kSemanticAmbiguousPath, "two paths of equal length lead from " +
                                                      Quoted(model_.entities[root].name) + " to " +
                                                      Quoted(model_.entities[at].name))
          .WithDetail("They are " + DescribePath(search, root, *arrivals[0]) + " and " +
                      DescribePath(search, root, *arrivals[1]) + ".")
          .WithHint("Keep one of the joins in the model, or model the two roles as two entities.");
    }
    path.push_back(*std::min_element(arrivals.begin(), arrivals.end(), [](auto* a, auto* b) {
      return PlaceOf(a->step) < PlaceOf(b->step);
    }));
  }
  for (auto edge = path.rbegin(); edge != path.rend(); ++edge) {
    const auto is_there = [&](const JoinStep& step) { return step.to == (*edge)->step.to; };
    if (std::none_of(steps->begin(), steps->end(), is_there)) steps->push_back((*edge)->step);
  }
  return Status::Ok();
}

Result<std::vector<JoinStep>> JoinGraph::FindTree(const Entity& root,
                                                  const std::vector<const Entity*>& targets,
                                                  Along along, Ties ties) const {
  const std::size_t start = IndexOf(root);
  const Search search = SearchFrom(start, along);
  std::vector<JoinStep> steps;
  for (const Entity* target : targets) {
    if (search.distance[IndexOf(*target)] < 0) return NoPath(root, *target);
    LOUPE_RETURN_IF_ERROR(Append(search, start, IndexOf(*target), ties, &steps));
  }
  return steps;
}

Result<const Entity*> JoinGraph::FindRoot(const std::vector<const Entity*>& targets,
                                          Along along) const {
  struct Candidate {
    const Entity* entity;
    int rank;  // joins, plus a large number when the entity is no target
  };
  constexpr int kNotATarget = 1 << 20;
  if (targets.size() == 1) return targets.front();
  std::vector<Candidate> best;
  for (const Entity& entity : model_.entities) {
    const Search search = SearchFrom(IndexOf(entity), Along::kToOne);
    const bool is_target = std::find(targets.begin(), targets.end(), &entity) != targets.end();
    Candidate candidate = {&entity, is_target ? 0 : kNotATarget};
    bool reaches_all = true;
    for (const Entity* target : targets) {
      reaches_all = reaches_all && search.distance[IndexOf(*target)] >= 0;
      candidate.rank += search.distance[IndexOf(*target)];
    }
    if (!reaches_all || (!best.empty() && best[0].rank < candidate.rank)) continue;
    if (!best.empty() && best[0].rank > candidate.rank) best.clear();
    best.push_back(candidate);
  }
  if (best.empty() && along == Along::kToOne) return NoPath(*targets.front(), *targets.back());
  if (best.empty()) return targets.front();
  if (best.size() == 1) return best[0].entity;
  return Status(Code::kSemanticAmbiguousPath, "the dimensions meet in " +
                                                  Quoted(best[0].entity->name) + " and in " +
                                                  Quoted(best[1].entity->name))
      .WithHint("Add a measure of the entity that is meant.");
}

}  // namespace loupe::semantic
