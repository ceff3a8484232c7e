#include "core/ask/form_sql.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "core/ask/phrase_reading.hpp"
#include "core/semantic/names.hpp"

namespace loupe::ask {
namespace {

using semantic::Aggregation;
using semantic::Dimension;
using semantic::DimensionType;
using semantic::Entity;
using semantic::JoinGraph;
using semantic::JoinStep;

constexpr std::int64_t kMaxRows = 10'000;

Status NotSupported(std::string message) { return Status(Code::kNotSupported, std::move(message)); }

const char* OperatorOf(Comparison comparison) {
  switch (comparison) {
    case Comparison::kLess:
      return "<";
    case Comparison::kLessOrEqual:
      return "<=";
    case Comparison::kGreaterOrEqual:
      return ">=";
    case Comparison::kGreater:
      return ">";
    default:
      return "=";
  }
}

const char* NegatedOperatorOf(Comparison comparison) {
  switch (comparison) {
    case Comparison::kLess:
      return ">=";
    case Comparison::kLessOrEqual:
      return ">";
    case Comparison::kGreaterOrEqual:
      return "<";
    case Comparison::kGreater:
      return "<=";
    default:
      return "<>";
  }
}

sql::Expr LiteralOf(const Json& value) {
  if (value.IsString()) return sql::String(value.AsString());
  if (value.IsInteger()) return sql::Integer(value.AsInteger());
  if (value.IsBool()) return sql::Boolean(value.AsBool());
  return sql::Number(value.AsDouble());
}

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

std::vector<sql::Expr> JoinedBy(const JoinStep& step, const std::string& from,
                                const std::string& to) {
  std::vector<sql::Expr> on;
  for (const auto& [own, other] : step.columns) {
    on.push_back(sql::Binary("=", sql::Column(to, other), sql::Column(from, own)));
  }
  return on;
}

// FROM what the steps lead to, WHERE it belongs to the anchor's row, which stands outside. `names`
// has the anchor's alias and gets theirs.
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

// One SELECT: a root, what it joins, and the branches that are looked for.
class Scope {
 public:
  Scope(const semantic::Model& model, const JoinGraph& graph, JoinGraph::Ties ties,
        Aliases* aliases)
      : model_(model), graph_(graph), ties_(ties), aliases_(aliases) {}

  // Joins everything in `joined`; what of `beside` lies across a to-many join is left to
  // Branches().
  Status Open(int root, const std::set<int>& joined, const std::set<int>& beside) {
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

  [[nodiscard]] bool Has(int entity) const { return alias_.count(&EntityAt(entity)) > 0; }
  [[nodiscard]] bool Multiplies() const { return multiplies_; }
  [[nodiscard]] int root() const { return root_; }
  [[nodiscard]] const std::string& AliasOf(int entity) const {
    return alias_.at(&EntityAt(entity));
  }

  [[nodiscard]] sql::Expr ColumnOf(MemberRef ref) const {
    const Dimension& dimension =
        EntityAt(ref.entity).dimensions[static_cast<std::size_t>(ref.member)];
    return sql::Column(AliasOf(ref.entity), dimension.column);
  }

  // The steps that begin to-many branches, each with all that hangs on it.
  struct Branch {
    std::vector<const JoinStep*> steps;
    [[nodiscard]] bool Holds(const Entity& entity) const {
      return std::any_of(steps.begin(), steps.end(),
                         [&](const JoinStep* step) { return step->to == &entity; });
    }
  };
  [[nodiscard]] const std::vector<Branch>& branches() const { return branches_; }

  // SELECT 1 FROM the branch WHERE it belongs to this scope's row.
  sql::Select OpenBranch(const Branch& branch, std::map<const Entity*, std::string>* names) const {
    sql::Select rows;
    rows.items.push_back({sql::Integer(1), ""});
    const Entity& anchor = *branch.steps.front()->from;
    (*names)[&anchor] = alias_.at(&anchor);
    AddSteps(branch.steps, anchor, aliases_, names, &rows);
    return rows;
  }

  sql::Select select;

 private:
  [[nodiscard]] const Entity& EntityAt(int entity) const {
    return model_.entities[static_cast<std::size_t>(entity)];
  }
  [[nodiscard]] int IndexOf(const Entity* entity) const {
    return static_cast<int>(entity - model_.entities.data());
  }

  // Whether the step, or one that hangs on it, leads to something that has to be joined.
  [[nodiscard]] bool LeadsToJoined(const JoinStep& step, const std::set<int>& joined) const {
    if (joined.count(IndexOf(step.to)) > 0) return true;
    return std::any_of(steps_.begin(), steps_.end(), [&](const JoinStep& next) {
      return next.from == step.to && LeadsToJoined(next, joined);
    });
  }

  void Split(const std::set<int>& joined) {
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

  void AddFrom() {
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

  const semantic::Model& model_;
  const JoinGraph& graph_;
  JoinGraph::Ties ties_;
  Aliases* aliases_;
  int root_ = -1;
  std::vector<JoinStep> steps_;
  std::vector<const JoinStep*> joins_;
  std::vector<Branch> branches_;
  std::map<const Entity*, std::string> alias_;
  bool multiplies_ = false;
};

class Emitter {
 public:
  Emitter(const Form& form, const semantic::Model& model, const JoinGraph& graph,
          JoinGraph::Ties ties)
      : form_(form), model_(model), graph_(graph), ties_(ties) {}

  Result<sql::Select> Run() {
    Collect();
    LOUPE_ASSIGN_OR_RETURN(const int root, Root());
    Scope scope(model_, graph_, ties_, &aliases_);
    LOUPE_RETURN_IF_ERROR(scope.Open(root, joined_, beside_));
    LOUPE_RETURN_IF_ERROR(CheckRepeats(scope));
    LOUPE_RETURN_IF_ERROR(AddItems(&scope));
    LOUPE_RETURN_IF_ERROR(AddConditions(&scope));
    LOUPE_RETURN_IF_ERROR(AddNested(&scope));
    LOUPE_RETURN_IF_ERROR(AddRestriction(&scope));
    LOUPE_RETURN_IF_ERROR(AddRank(&scope));
    AddOrder(&scope);
    if (!scope.select.limit) scope.select.limit = form_.limit.value_or(kMaxRows);
    return std::move(scope.select);
  }

 private:
  [[nodiscard]] const Entity& EntityAt(int entity) const {
    return model_.entities[static_cast<std::size_t>(entity)];
  }
  [[nodiscard]] const Dimension& DimensionAt(MemberRef ref) const {
    return EntityAt(ref.entity).dimensions[static_cast<std::size_t>(ref.member)];
  }

  // ---- which entities, and which of them leads ----

  void Join(const FormValue& value) { joined_.insert(value.ref.entity); }

  void Collect() {
    for (const FormValue& output : form_.outputs) Join(output);
    for (const MemberRef group : form_.groups) joined_.insert(group.entity);
    for (const int entity : form_.group_entities) joined_.insert(entity);
    if (form_.rank) Join(form_.rank->by);
    for (const FormOrder& order : form_.order) Join(order.by);
    for (const FormCondition& condition : form_.conditions) {
      if (condition.left.IsAggregate() && !CountsBeside(condition)) Join(condition.left);
      if (!condition.left.IsAggregate()) beside_.insert(condition.left.ref.entity);
    }
    for (const int entity : form_.mentions) beside_.insert(entity);
    if (form_.restricted >= 0) beside_.insert(form_.restricted);
    for (const int entity : joined_) beside_.erase(entity);
  }

  // A condition on how many there are, where the answer is one number itself.
  [[nodiscard]] bool CountsBeside(const FormCondition& condition) const {
    return condition.left.IsAggregate() && form_.HasAggregates() && form_.groups.empty() &&
           form_.group_entities.empty();
  }

  [[nodiscard]] bool IsGrouped() const {
    const bool having = std::any_of(
        form_.conditions.begin(), form_.conditions.end(), [&](const FormCondition& condition) {
          return condition.left.IsAggregate() && !CountsBeside(condition);
        });
    const bool ranked = form_.rank && form_.rank->by.IsAggregate();
    const bool sorted = std::any_of(form_.order.begin(), form_.order.end(),
                                    [](const FormOrder& order) { return order.by.IsAggregate(); });
    return !form_.groups.empty() || !form_.group_entities.empty() ||
           ((having || ranked || sorted) && !OnlyAggregates());
  }

  [[nodiscard]] bool OnlyAggregates() const {
    return std::all_of(form_.outputs.begin(), form_.outputs.end(),
                       [](const FormValue& output) { return output.IsAggregate(); });
  }

  // The entity whose rows are aggregated: what is counted, summed or averaged.
  [[nodiscard]] std::optional<int> Aggregated() const {
    const auto of = [](const FormValue& value) {
      return value.IsAggregate() ? std::optional<int>(value.ref.entity) : std::nullopt;
    };
    for (const FormValue& output : form_.outputs) {
      if (const auto entity = of(output)) return entity;
    }
    if (form_.rank) {
      if (const auto entity = of(form_.rank->by)) return entity;
    }
    for (const FormCondition& condition : form_.conditions) {
      if (condition.left.IsAggregate() && !CountsBeside(condition))
        return condition.left.ref.entity;
    }
    for (const FormOrder& order : form_.order) {
      if (const auto entity = of(order.by)) return entity;
    }
    return std::nullopt;
  }

  [[nodiscard]] bool ReachesToOne(int root) const {
    std::vector<const Entity*> targets;
    for (const int entity : joined_) {
      if (entity != root) targets.push_back(&EntityAt(entity));
    }
    return graph_.FindTree(EntityAt(root), targets, JoinGraph::Along::kToOne, ties_).ok();
  }

  Result<int> Root() const {
    if (joined_.empty()) return NotSupported("what to show is not clear");
    if (const std::optional<int> aggregated = Aggregated()) {
      if (ReachesToOne(*aggregated)) return *aggregated;
    }
    std::vector<const Entity*> targets;
    for (const FormValue& output : form_.outputs) targets.push_back(&EntityAt(output.ref.entity));
    for (const int entity : joined_) targets.push_back(&EntityAt(entity));
    LOUPE_ASSIGN_OR_RETURN(const Entity* root, graph_.FindRoot(targets));
    return static_cast<int>(root - model_.entities.data());
  }

  // An aggregate of rows that stand there more than once is wrong, save for extremes and distinct
  // values; counting pairs is what "how many songs of each singer" asks for.
  Status CheckRepeats(const Scope& scope) const {
    const auto repeats = [&](const FormValue& value) {
      if (value.kind != FormValue::Kind::kAggregate || value.ref.entity == scope.root())
        return false;
      return value.aggregation == Aggregation::kSum || value.aggregation == Aggregation::kAvg ||
             value.aggregation == Aggregation::kMedian;
    };
    if (scope.Multiplies() &&
        std::any_of(form_.outputs.begin(), form_.outputs.end(),
                    [](const FormValue& v) { return v.kind == FormValue::Kind::kAggregate; })) {
      return NotSupported("the rows to aggregate would be counted more than once");
    }
    for (const FormValue& output : form_.outputs) {
      if (repeats(output)) {
        return NotSupported("the rows to aggregate would be counted more than once");
      }
    }
    return Status::Ok();
  }

  // ---- values ----

  Result<sql::Expr> ValueExpr(const FormValue& value, const Scope& scope) const {
    switch (value.kind) {
      case FormValue::Kind::kColumn:
        if (DimensionAt(value.ref).column.empty()) break;
        return scope.ColumnOf(value.ref);
      case FormValue::Kind::kCount: {
        if (value.ref.member < 0) return sql::Call("count", {sql::Star()});
        sql::Expr call = sql::Call("count", {scope.ColumnOf(value.ref)});
        call.distinct = true;
        return call;
      }
      case FormValue::Kind::kAggregate: {
        if (value.aggregation == Aggregation::kMedian) break;
        return sql::Call(AggregationName(value.aggregation), {scope.ColumnOf(value.ref)});
      }
      default:
        break;
    }
    return NotSupported("this value needs the semantic layer");
  }

  [[nodiscard]] std::string NameOf(const FormValue& value) const {
    const Entity& entity = EntityAt(value.ref.entity);
    switch (value.kind) {
      case FormValue::Kind::kCount:
        if (value.ref.member < 0) return "number_of_" + entity.name;
        return "number_of_" + DimensionAt(value.ref).name;
      case FormValue::Kind::kAggregate: {
        static const std::map<Aggregation, const char*> kNames = {{Aggregation::kSum, "total_"},
                                                                  {Aggregation::kAvg, "average_"},
                                                                  {Aggregation::kMin, "minimum_"},
                                                                  {Aggregation::kMax, "maximum_"}};
        const auto name = kNames.find(value.aggregation);
        return (name == kNames.end() ? "" : name->second) + DimensionAt(value.ref).name;
      }
      default:
        break;
    }
    return DimensionAt(value.ref).name;
  }

  Status AddItems(Scope* scope) const {
    Aliases names;
    for (const FormValue& output : form_.outputs) {
      LOUPE_ASSIGN_OR_RETURN(sql::Expr expr, ValueExpr(output, *scope));
      std::string name = names.Take(NameOf(output));
      const bool plain =
          output.kind == FormValue::Kind::kColumn && name == DimensionAt(output.ref).column;
      scope->select.items.push_back({std::move(expr), plain ? "" : std::move(name)});
    }
    scope->select.distinct = form_.distinct && !IsGrouped() && !form_.HasAggregates();
    if (IsGrouped()) AddGroups(scope);
    return Status::Ok();
  }

  void AddGroups(Scope* scope) const {
    std::vector<MemberRef> groups;
    const auto add = [&](MemberRef ref) {
      if (std::find(groups.begin(), groups.end(), ref) == groups.end()) groups.push_back(ref);
    };
    for (const int entity : form_.group_entities) AddKey(entity, &groups);
    // Rows that are ranked or picked by a count are those of the entity shown, told by its key.
    const std::optional<int> aggregated = Aggregated();
    for (const FormValue& output : form_.outputs) {
      if (output.IsAggregate() || !aggregated) continue;
      const bool implied = form_.groups.empty() || !form_.HasAggregates();
      const bool thing = implied && std::find(form_.things.begin(), form_.things.end(),
                                              output.ref.entity) != form_.things.end();
      if ((thing || NamesRow(output.ref)) && output.ref.entity != *aggregated) {
        AddKey(output.ref.entity, &groups);
      }
    }
    for (const MemberRef group : form_.groups) add(group);
    for (const FormValue& output : form_.outputs) {
      if (!output.IsAggregate()) add(output.ref);
    }
    if (form_.rank && !form_.rank->by.IsAggregate()) add(form_.rank->by.ref);
    for (const FormOrder& order : form_.order) {
      if (!order.by.IsAggregate()) add(order.by.ref);
    }
    for (const MemberRef group : groups) scope->select.group_by.push_back(scope->ColumnOf(group));
  }

  // A name tells rows apart only for people: two of the same name stay two.
  [[nodiscard]] bool NamesRow(MemberRef ref) const {
    return ref.member == ask::NameOf(model_, ref.entity);
  }

  void AddKey(int entity, std::vector<MemberRef>* groups) const {
    const Entity& owner = EntityAt(entity);
    for (const std::string& key : owner.primary_key) {
      for (std::size_t d = 0; d < owner.dimensions.size(); ++d) {
        const MemberRef ref = {entity, static_cast<int>(d)};
        if (owner.dimensions[d].column == key &&
            std::find(groups->begin(), groups->end(), ref) == groups->end()) {
          groups->push_back(ref);
        }
      }
    }
  }

  // ---- conditions ----

  Result<sql::Expr> ComparisonOf(const FormCondition& condition, sql::Expr left) const {
    if (condition.right) {
      LOUPE_ASSIGN_OR_RETURN(sql::Expr right, AggregateOver(*condition.right));
      const char* op = condition.negated ? NegatedOperatorOf(condition.comparison)
                                         : OperatorOf(condition.comparison);
      return sql::Binary(op, std::move(left), std::move(right));
    }
    if (condition.range) return RangeExpr(condition, left);
    if (condition.pattern) {
      std::string text = condition.values.front().IsString() ? condition.values.front().AsString()
                                                             : condition.values.front().Dump();
      std::string escaped;
      for (const char c : text) {
        if (c == '%' || c == '_' || c == '\\') escaped += '\\';
        escaped += c;
      }
      if (*condition.pattern != Pattern::kStartsWith) escaped = "%" + escaped;
      if (*condition.pattern != Pattern::kEndsWith) escaped += "%";
      if (DimensionAt(condition.left.ref).type != DimensionType::kString) {
        left = sql::Cast(std::move(left), "text");
      }
      return sql::Binary(condition.negated ? "NOT ILIKE" : "ILIKE", std::move(left),
                         sql::String(escaped));
    }
    if (condition.comparison == Comparison::kBetween) {
      sql::Expr lower = sql::Binary(">=", left, LiteralOf(condition.values[0]));
      sql::Expr upper = sql::Binary("<=", std::move(left), LiteralOf(condition.values[1]));
      sql::Expr both = sql::And({std::move(lower), std::move(upper)});
      return condition.negated ? sql::Not(std::move(both)) : both;
    }
    const char* op = condition.negated ? NegatedOperatorOf(condition.comparison)
                                       : OperatorOf(condition.comparison);
    return sql::Binary(op, std::move(left), LiteralOf(condition.values.front()));
  }

  Result<sql::Expr> RangeExpr(const FormCondition& condition, const sql::Expr& left) const {
    const Dimension& dimension = DimensionAt(condition.left.ref);
    const auto bound = [&](const DateTime& time) {
      std::string text = FormatDateTime(time);
      std::replace(text.begin(), text.end(), 'T', ' ');
      if (Truncate(time, TimeUnit::kDay) == time) text = FormatDate(time);
      if (dimension.data_type == "timestamp with time zone") text += " 00:00+00";
      return sql::String(text);
    };
    std::vector<sql::Expr> parts;
    if (condition.range->from)
      parts.push_back(sql::Binary(">=", left, bound(*condition.range->from)));
    if (condition.range->to) parts.push_back(sql::Binary("<", left, bound(*condition.range->to)));
    if (parts.empty()) return NotSupported("the time is not clear");
    sql::Expr both = sql::And(std::move(parts));
    return condition.negated ? sql::Not(std::move(both)) : both;
  }

  // (SELECT avg(x) FROM table)
  Result<sql::Expr> AggregateOver(const FormValue& value) const {
    const Entity& entity = EntityAt(value.ref.entity);
    sql::Select all;
    sql::Expr column = sql::Column(entity.name, DimensionAt(value.ref).column);
    all.items.push_back({sql::Call(AggregationName(value.aggregation), {std::move(column)}), ""});
    all.from.push_back(sql::TableRef(entity.schema, entity.table, entity.name));
    return sql::Scalar(std::move(all));
  }

  // Where the column of a condition is, and its alias: in the scope, or in one of its branches.
  Status AddConditions(Scope* scope) {
    std::vector<std::vector<const FormCondition*>> alternatives;
    for (const FormCondition& condition : form_.conditions) {
      const bool joins = condition.alternative > 0 && !alternatives.empty() &&
                         alternatives.back().front()->alternative == condition.alternative;
      if (joins) {
        alternatives.back().push_back(&condition);
      } else {
        alternatives.push_back({&condition});
      }
    }
    std::map<const Scope::Branch*, std::vector<std::vector<const FormCondition*>>> inside;
    for (const auto& group : alternatives) {
      LOUPE_RETURN_IF_ERROR(AddAlternatives(group, scope, &inside));
    }
    for (const Scope::Branch& branch : scope->branches()) {
      LOUPE_RETURN_IF_ERROR(AddBranch(branch, inside[&branch], scope));
    }
    return Status::Ok();
  }

  Status AddAlternatives(
      const std::vector<const FormCondition*>& group, Scope* scope,
      std::map<const Scope::Branch*, std::vector<std::vector<const FormCondition*>>>* inside) {
    const Scope::Branch* home = nullptr;
    bool in_scope = false;
    for (const FormCondition* condition : group) {
      const int entity = condition->left.ref.entity;
      if (condition->left.IsAggregate() || scope->Has(entity)) {
        in_scope = true;
        continue;
      }
      for (const Scope::Branch& branch : scope->branches()) {
        if (!branch.Holds(EntityAt(entity))) continue;
        if (home != nullptr && home != &branch) return NotSupported("alternatives of two kinds");
        home = &branch;
      }
    }
    if (home != nullptr && in_scope) return NotSupported("alternatives of two kinds");
    const bool all_negated = std::all_of(group.begin(), group.end(), [](const FormCondition* c) {
      return c->negated && c->comparison == Comparison::kEqual;
    });
    if (home != nullptr && all_negated) {
      // "not using Procrastin-X": there is no such row, not a row of another.
      FormGroup none;
      for (const FormCondition* condition : group) {
        none.conditions.push_back(*condition);
        none.conditions.back().negated = false;
        none.entities.push_back(condition->left.ref.entity);
      }
      return AddGroup(none, scope);
    }
    if (home != nullptr) {
      (*inside)[home].push_back(group);
      return Status::Ok();
    }
    std::vector<sql::Expr> either;
    bool having = false;
    for (const FormCondition* condition : group) {
      if (CountsBeside(*condition)) {
        LOUPE_ASSIGN_OR_RETURN(sql::Expr expr, CountBeside(*condition, *scope));
        either.push_back(std::move(expr));
        continue;
      }
      having = having || condition->left.IsAggregate();
      LOUPE_ASSIGN_OR_RETURN(sql::Expr left, ValueExpr(condition->left, *scope));
      LOUPE_ASSIGN_OR_RETURN(sql::Expr expr, ComparisonOf(*condition, std::move(left)));
      either.push_back(std::move(expr));
    }
    const bool mixed = having && std::any_of(group.begin(), group.end(), [](const auto* condition) {
                         return !condition->left.IsAggregate();
                       });
    if (mixed) return NotSupported("alternatives of rows and of groups");
    sql::Expr expr = either.size() == 1 ? std::move(either.front()) : sql::Or(std::move(either));
    (having ? scope->select.having : scope->select.where).push_back(std::move(expr));
    return Status::Ok();
  }

  // (SELECT count(*) FROM child WHERE child.parent = parent.id) > 2
  Result<sql::Expr> CountBeside(const FormCondition& condition, const Scope& scope) {
    LOUPE_ASSIGN_OR_RETURN(
        const std::vector<JoinStep> steps,
        graph_.FindTree(EntityAt(scope.root()), {&EntityAt(condition.left.ref.entity)},
                        JoinGraph::Along::kAll, ties_));
    if (steps.empty()) return NotSupported("what is counted is the answer itself");
    sql::Select counted;
    std::map<const Entity*, std::string> names;
    names[&EntityAt(scope.root())] = scope.AliasOf(scope.root());
    counted.items.push_back({sql::Call("count", {sql::Star()}), ""});
    AddSteps(PlacesOf(steps), EntityAt(scope.root()), &aliases_, &names, &counted);
    return ComparisonOf(condition, sql::Scalar(std::move(counted)));
  }

  Status AddBranch(const Scope::Branch& branch,
                   const std::vector<std::vector<const FormCondition*>>& groups, Scope* scope) {
    std::map<const Entity*, std::string> names;
    sql::Select rows = scope->OpenBranch(branch, &names);
    for (const auto& group : groups) {
      std::vector<sql::Expr> either;
      for (const FormCondition* condition : group) {
        sql::Expr left = sql::Column(names.at(&EntityAt(condition->left.ref.entity)),
                                     DimensionAt(condition->left.ref).column);
        LOUPE_ASSIGN_OR_RETURN(sql::Expr expr, ComparisonOf(*condition, std::move(left)));
        either.push_back(std::move(expr));
      }
      rows.where.push_back(either.size() == 1 ? std::move(either.front())
                                              : sql::Or(std::move(either)));
    }
    scope->select.where.push_back(sql::Exists(std::move(rows)));
    return Status::Ok();
  }

  // ---- what is excluded, and both ----

  Status AddNested(Scope* scope) {
    for (const FormGroup& group : form_.nested) {
      LOUPE_RETURN_IF_ERROR(AddGroup(group, scope));
    }
    return Status::Ok();
  }

  Status AddGroup(const FormGroup& group, Scope* scope) {
    const int anchor = Anchor(*scope);
    std::set<int> targets;
    for (const int entity : group.entities) {
      if (entity != anchor) targets.insert(entity);
    }
    for (const FormCondition& condition : group.conditions) {
      if (condition.left.ref.entity != anchor) targets.insert(condition.left.ref.entity);
      if (condition.left.IsAggregate()) return NotSupported("a count of what is excluded");
    }
    if (targets.empty() && group.conditions.empty()) {
      return NotSupported("what is excluded is not clear");
    }
    if (targets.empty()) return AddOwn(group, scope);
    std::vector<const Entity*> ends;
    for (const int target : targets) ends.push_back(&EntityAt(target));
    LOUPE_ASSIGN_OR_RETURN(const std::vector<JoinStep> steps,
                           graph_.FindTree(EntityAt(anchor), ends, JoinGraph::Along::kAll, ties_));
    sql::Select rows;
    rows.items.push_back({sql::Integer(1), ""});
    std::map<const Entity*, std::string> names;
    names[&EntityAt(anchor)] = scope->AliasOf(anchor);
    AddSteps(PlacesOf(steps), EntityAt(anchor), &aliases_, &names, &rows);
    LOUPE_RETURN_IF_ERROR(AddInside(group, names, &rows));
    sql::Expr exists = sql::Exists(std::move(rows));
    scope->select.where.push_back(group.excluded ? sql::Not(std::move(exists)) : std::move(exists));
    return Status::Ok();
  }

  Status AddInside(const FormGroup& group, const std::map<const Entity*, std::string>& names,
                   sql::Select* rows) {
    std::vector<sql::Expr> either;
    int alternative = 0;
    const auto flush = [&] {
      if (either.empty()) return;
      rows->where.push_back(either.size() == 1 ? either.front() : sql::Or(either));
      either.clear();
    };
    for (const FormCondition& condition : group.conditions) {
      if (condition.alternative == 0 || condition.alternative != alternative) flush();
      alternative = condition.alternative;
      sql::Expr left = sql::Column(names.at(&EntityAt(condition.left.ref.entity)),
                                   DimensionAt(condition.left.ref).column);
      LOUPE_ASSIGN_OR_RETURN(sql::Expr expr, ComparisonOf(condition, std::move(left)));
      either.push_back(std::move(expr));
    }
    flush();
    return Status::Ok();
  }

  // All of it is about the row itself: "not from France".
  Status AddOwn(const FormGroup& group, Scope* scope) {
    const int anchor = Anchor(*scope);
    std::map<const Entity*, std::string> names;
    names[&EntityAt(anchor)] = scope->AliasOf(anchor);
    if (!group.excluded) return AddTwin(group, anchor, scope);
    if (group.conditions.size() == 1) {
      FormCondition condition = group.conditions.front();
      condition.negated = !condition.negated;
      sql::Expr left = scope->ColumnOf(condition.left.ref);
      LOUPE_ASSIGN_OR_RETURN(sql::Expr expr, ComparisonOf(condition, std::move(left)));
      scope->select.where.push_back(std::move(expr));
      return Status::Ok();
    }
    sql::Select own;
    LOUPE_RETURN_IF_ERROR(AddInside(group, names, &own));
    scope->select.where.push_back(sql::Not(sql::And(std::move(own.where))));
    return Status::Ok();
  }

  // Another row that shows the same has it: "countries of singers above 40 and below 30".
  Status AddTwin(const FormGroup& group, int anchor, Scope* scope) {
    const Entity& entity = EntityAt(anchor);
    const std::string alias = aliases_.Take(entity.name);
    sql::Select twin;
    twin.items.push_back({sql::Integer(1), ""});
    twin.from.push_back(sql::TableRef(entity.schema, entity.table, alias));
    for (const FormValue& output : form_.outputs) {
      if (output.IsAggregate() || output.ref.entity != anchor)
        return NotSupported("both of one row");
      twin.where.push_back(sql::Binary("=", sql::Column(alias, DimensionAt(output.ref).column),
                                       scope->ColumnOf(output.ref)));
    }
    std::map<const Entity*, std::string> names;
    names[&entity] = alias;
    LOUPE_RETURN_IF_ERROR(AddInside(group, names, &twin));
    scope->select.where.push_back(sql::Exists(std::move(twin)));
    scope->select.distinct = !form_.HasAggregates() && !IsGrouped();
    return Status::Ok();
  }

  // The entity that nested groups speak of: what is shown, else what is counted.
  [[nodiscard]] int Anchor(const Scope& scope) const {
    for (const FormValue& output : form_.outputs) {
      if (!output.IsAggregate() && scope.Has(output.ref.entity)) return output.ref.entity;
    }
    return scope.root();
  }

  // ---- ranks and order ----

  // singer.id IN (SELECT id FROM singer ORDER BY age LIMIT 1)
  Status AddRestriction(Scope* scope) {
    if (form_.restricted < 0) return Status::Ok();
    const Entity& entity = EntityAt(form_.restricted);
    if (entity.primary_key.size() != 1 || !scope->Has(form_.restricted)) {
      return NotSupported("what is ranked has no key of one column");
    }
    if (form_.restriction->by.ref.entity != form_.restricted) {
      return NotSupported("what is ranked has no such column");
    }
    sql::Select picked;
    const std::string alias = aliases_.Take(entity.name);
    picked.items.push_back({sql::Column(alias, entity.primary_key[0]), ""});
    picked.from.push_back(sql::TableRef(entity.schema, entity.table, alias));
    sql::OrderItem order;
    order.expr = sql::Column(alias, DimensionAt(form_.restriction->by.ref).column);
    order.direction =
        form_.restriction->descending ? sql::Direction::kDescending : sql::Direction::kAscending;
    order.nulls = sql::Nulls::kLast;
    picked.order_by.push_back(std::move(order));
    picked.limit = form_.restriction->limit;
    sql::Expr any;
    any.kind = sql::Expr::Kind::kAny;
    any.args.push_back(sql::Column(scope->AliasOf(form_.restricted), entity.primary_key[0]));
    sql::Expr array;
    array.kind = sql::Expr::Kind::kArrayQuery;
    array.subquery.push_back(std::move(picked));
    any.args.push_back(std::move(array));
    scope->select.where.push_back(std::move(any));
    return Status::Ok();
  }

  Status AddRank(Scope* scope) {
    if (!form_.rank) return Status::Ok();
    LOUPE_ASSIGN_OR_RETURN(sql::Expr by, ValueExpr(form_.rank->by, *scope));
    sql::OrderItem item;
    item.expr = std::move(by);
    item.direction =
        form_.rank->descending ? sql::Direction::kDescending : sql::Direction::kAscending;
    if (!form_.rank->by.IsAggregate() || form_.rank->descending) item.nulls = sql::Nulls::kLast;
    scope->select.order_by.push_back(std::move(item));
    if (form_.rank->by.IsAggregate()) BreakTies(*scope, &scope->select);
    scope->select.limit = form_.rank->limit;
    return Status::Ok();
  }

  // Groups of the same number come in the same order every time.
  void BreakTies(const Scope& scope, sql::Select* select) const {
    for (const FormValue& output : form_.outputs) {
      if (output.kind != FormValue::Kind::kColumn) continue;
      sql::OrderItem item;
      item.expr = scope.ColumnOf(output.ref);
      select->order_by.push_back(std::move(item));
    }
  }

  void AddOrder(Scope* scope) {
    for (const FormOrder& order : form_.order) {
      Result<sql::Expr> by = ValueExpr(order.by, *scope);
      if (!by.ok()) continue;
      sql::OrderItem item;
      item.expr = std::move(by).value();
      item.direction = order.descending ? sql::Direction::kDescending : sql::Direction::kAscending;
      item.nulls = order.descending ? sql::Nulls::kLast : sql::Nulls::kDefault;
      scope->select.order_by.push_back(std::move(item));
    }
  }

  const Form& form_;
  const semantic::Model& model_;
  const JoinGraph& graph_;
  JoinGraph::Ties ties_;
  Aliases aliases_;
  std::set<int> joined_;
  std::set<int> beside_;
};

}  // namespace

Result<sql::Select> FormToSelect(const Form& form, const semantic::Model& model,
                                 const JoinGraph& graph, JoinGraph::Ties ties) {
  return Emitter(form, model, graph, ties).Run();
}

}  // namespace loupe::ask
