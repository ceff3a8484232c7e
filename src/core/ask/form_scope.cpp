#include "core/ask/form_scope.hpp"

#include <utility>

namespace loupe::ask {

using semantic::Dimension;
using semantic::Entity;
using semantic::JoinGraph;
using semantic::JoinStep;

std::vector<sql::Expr> JoinedBy(const JoinStep& step, const std::string& from,
                                const std::string& to) {
  std::vector<sql::Expr> on;
  for (const auto& [own, other] : step.columns) {
    on.push_back(sql::Binary("=", sql::Column(to, other), sql::Column(from, own)));
  }
  return on;
}

void AddSteps(const std::vector<const JoinStep*>& steps, const Entity& anchor, Aliases* aliases,
              std::map<const Entity*, std::string>* names, sql::Select* rows) {
  for (const JoinStep* step : steps) {
    const std::string alias = aliases->Take(step->to->name);
    (*names)[step->to] = alias;
    sql::FromItem item = sql::TableRef(step->to->schema, step->to->table, alias);
    std::vector<sql::Expr> on = JoinedBy(*step, names->at(step->from), alias);
    if (step->from == &anchor) {
      for (sql::Expr& one : on) rows->where.push_back(std::move(one));
      if (!rows->from.empty()) item.join = sql::JoinType::kCross;
    } else {
      item.join = sql::JoinType::kInner;
      item.on.push_back(sql::And(std::move(on)));
    }
    rows->from.push_back(std::move(item));
  }
}

std::vector<const JoinStep*> PlacesOf(const std::vector<JoinStep>& steps) {
  std::vector<const JoinStep*> places;
  for (const JoinStep& step : steps) places.push_back(&step);
  return places;
}

// Joins everything in `joined`; what of `beside` lies across a to-many join is left to
// Branches().
Status FormScope::Open(int root, const std::set<int>& joined, const std::set<int>& beside) {
  root_ = root;
  std::vector<const Entity*> targets;
  for (const std::set<int>* set : {&joined, &beside}) {
    for (const int entity : *set) {
      if (entity != root && !(set == &beside && joined.count(entity) > 0)) {
        targets.push_back(&EntityAt(entity));
      }
    }
  }
  Result<std::vector<JoinStep>> steps =
      graph_.FindTree(EntityAt(root), targets, JoinGraph::Along::kAll, ties_);
  if (!steps.ok()) return steps.status();
  steps_ = std::move(steps).value();
  Split(joined);
  AddFrom();
  return Status::Ok();
}

const std::string& FormScope::AliasOf(int entity) const { return alias_.at(&EntityAt(entity)); }

sql::Expr FormScope::ColumnOf(MemberRef ref) const {
  const Dimension& dimension =
      EntityAt(ref.entity).dimensions[static_cast<std::size_t>(ref.member)];
  return sql::Column(AliasOf(ref.entity), dimension.column);
}

// SELECT 1 FROM the branch WHERE it belongs to this scope's row.
sql::Select FormScope::OpenBranch(const Branch& branch,
                                  std::map<const Entity*, std::string>* names) const {
  sql::Select rows;
  rows.items.push_back({sql::Integer(1), ""});
  const Entity& anchor = *branch.steps.front()->from;
  (*names)[&anchor] = alias_.at(&anchor);
  AddSteps(branch.steps, anchor, aliases_, names, &rows);
  return rows;
}

const Entity& FormScope::EntityAt(int entity) const {
  return model_.entities[static_cast<std::size_t>(entity)];
}

int FormScope::IndexOf(const Entity* entity) const {
  return static_cast<int>(entity - model_.entities.data());
}

// Whether the step, or one that hangs on it, leads to something that has to be joined.
bool FormScope::LeadsToJoined(const JoinStep& step, const std::set<int>& joined) const {
  if (joined.count(IndexOf(step.to)) > 0) return true;
  return std::any_of(steps_.begin(), steps_.end(), [&](const JoinStep& next) {
    return next.from == step.to && LeadsToJoined(next, joined);
  });
}

void FormScope::Split(const std::set<int>& joined) {
  for (const JoinStep& step : steps_) {
    Branch* under = nullptr;
    for (Branch& branch : branches_) {
      if (branch.Holds(*step.from)) under = &branch;
    }
    if (under != nullptr) {
      under->steps.push_back(&step);
    } else if (step.to_many && !LeadsToJoined(step, joined)) {
      branches_.push_back({{&step}});
    } else {
      joins_.push_back(&step);
      multiplies_ = multiplies_ || step.to_many;
    }
  }
}

void FormScope::AddFrom() {
  const Entity& root = EntityAt(root_);
  alias_[&root] = aliases_->Take(root.name);
  select.from.push_back(sql::TableRef(root.schema, root.table, alias_[&root]));
  for (const JoinStep* step : joins_) {
    const std::string alias = aliases_->Take(step->to->name);
    alias_[step->to] = alias;
    sql::FromItem item = sql::TableRef(step->to->schema, step->to->table, alias);
    item.join = sql::JoinType::kInner;
    item.on.push_back(sql::And(JoinedBy(*step, alias_.at(step->from), alias)));
    select.from.push_back(std::move(item));
  }
}

}  // namespace loupe::ask
