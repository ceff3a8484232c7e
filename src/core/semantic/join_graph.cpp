#include "core/semantic/join_graph.hpp"

#include <algorithm>
#include <deque>

namespace loupe::semantic {
namespace {

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

}  // namespace

JoinGraph::JoinGraph(const Model& model) : model_(model), edges_(model.entities.size()) {
  for (const Entity& entity : model.entities) {
    for (const Join& join : entity.joins) {
      const Entity* target = model.FindEntity(join.entity);
      if (target == nullptr || target == &entity) continue;  // a row never needs itself again
      const std::string& name = join.name.empty() ? join.entity : join.name;
      if (join.relationship != Relationship::kOneToMany) {
        AddEdge(entity, *target, name, join.columns);
      }
      if (join.relationship != Relationship::kManyToOne) {
        AddEdge(*target, entity, name, Turned(join.columns));
      }
    }
  }
}

void JoinGraph::AddEdge(const Entity& from, const Entity& to, const std::string& name,
                        ColumnPairs columns) {
  const std::size_t target = IndexOf(to);
  std::vector<Edge>& edges = edges_[IndexOf(from)];
  for (const Edge& edge : edges) {
    if (edge.to == target && SamePairs(edge.step.columns, columns)) return;
  }
  edges.push_back({target, {&from, &to, name, std::move(columns)}});
}

JoinGraph::Search JoinGraph::SearchFrom(std::size_t root) const {
  Search search;
  search.distance.assign(edges_.size(), -1);
  search.arrivals.resize(edges_.size());
  search.distance[root] = 0;
  std::deque<std::size_t> queue = {root};
  while (!queue.empty()) {
    const std::size_t at = queue.front();
    queue.pop_front();
    for (const Edge& edge : edges_[at]) {
      if (search.distance[edge.to] < 0) {
        search.distance[edge.to] = search.distance[at] + 1;
        queue.push_back(edge.to);
      }
      if (search.distance[edge.to] == search.distance[at] + 1) {
        search.arrivals[edge.to].push_back(&edge);
      }
    }
  }
  return search;
}

// Tells whether a way exists when every edge may be walked in both directions.
bool JoinGraph::IsConnected(std::size_t a, std::size_t b) const {
  std::vector<std::vector<std::size_t>> neighbours(edges_.size());
  for (std::size_t from = 0; from < edges_.size(); ++from) {
    for (const Edge& edge : edges_[from]) {
      neighbours[from].push_back(edge.to);
      neighbours[edge.to].push_back(from);
    }
  }
  std::vector<bool> seen(edges_.size());
  std::vector<std::size_t> stack = {a};
  seen[a] = true;
  while (!stack.empty()) {
    const std::size_t at = stack.back();
    stack.pop_back();
    for (const std::size_t next : neighbours[at]) {
      if (seen[next]) continue;
      seen[next] = true;
      stack.push_back(next);
    }
  }
  return seen[b];
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
  Status status(Code::kSemanticNoJoinPath,
                "no join leads from " + Quoted(from.name) + " to " + Quoted(to.name));
  if (IsConnected(IndexOf(from), IndexOf(to))) {
    return std::move(status)
        .WithDetail("They are connected only across a to-many join, along which one row of " +
                    Quoted(from.name) + " may meet several of " + Quoted(to.name) + ".")
        .WithHint("Ask for measures of " + Quoted(to.name) + ", or leave out its members.");
  }
  return std::move(status).WithHint("Declare a join between them in the model.");
}

// Adds the steps from the root to the target that are not there yet.
Status JoinGraph::Append(const Search& search, std::size_t root, std::size_t target,
                         std::vector<JoinStep>* steps) const {
  std::vector<const Edge*> path;
  for (std::size_t at = target; at != root; at = IndexOf(*path.back()->step.from)) {
    const std::vector<const Edge*>& arrivals = search.arrivals[at];
    if (arrivals.size() > 1) {
      return Status(Code::kSemanticAmbiguousPath, "two paths of equal length lead from " +
                                                      Quoted(model_.entities[root].name) + " to " +
                                                      Quoted(model_.entities[at].name))
          .WithDetail("They are " + DescribePath(search, root, *arrivals[0]) + " and " +
                      DescribePath(search, root, *arrivals[1]) + ".")
          .WithHint("Keep one of the joins in the model, or model the two roles as two entities.");
    }
    path.push_back(arrivals[0]);
  }
  for (auto edge = path.rbegin(); edge != path.rend(); ++edge) {
    const auto is_there = [&](const JoinStep& step) { return step.to == (*edge)->step.to; };
    if (std::none_of(steps->begin(), steps->end(), is_there)) steps->push_back((*edge)->step);
  }
  return Status::Ok();
}

Result<std::vector<JoinStep>> JoinGraph::FindTree(const Entity& root,
                                                  const std::vector<const Entity*>& targets) const {
  const std::size_t start = IndexOf(root);
  const Search search = SearchFrom(start);
  std::vector<JoinStep> steps;
  for (const Entity* target : targets) {
    if (search.distance[IndexOf(*target)] < 0) return NoPath(root, *target);
    LOUPE_RETURN_IF_ERROR(Append(search, start, IndexOf(*target), &steps));
  }
  return steps;
}

Result<const Entity*> JoinGraph::FindRoot(const std::vector<const Entity*>& targets) const {
  struct Candidate {
    const Entity* entity;
    int rank;  // joins, plus a large number when the entity is no target
  };
  constexpr int kNotATarget = 1 << 20;
  std::vector<Candidate> best;
  for (const Entity& entity : model_.entities) {
    const Search search = SearchFrom(IndexOf(entity));
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
  if (best.empty()) return NoPath(*targets.front(), *targets.back());
  if (best.size() == 1) return best[0].entity;
  return Status(Code::kSemanticAmbiguousPath, "the dimensions meet in " +
                                                  Quoted(best[0].entity->name) + " and in " +
                                                  Quoted(best[1].entity->name))
      .WithHint("Add a measure of the entity that is meant.");
}

}  // namespace loupe::semantic
