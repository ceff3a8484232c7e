#include <string>
#include <utility>
#include <vector>

#include "core/ask/explain.hpp"
#include "core/base/utf8.hpp"
#include "core/semantic/names.hpp"

namespace loupe::ask {
namespace {

using semantic::Aggregation;

const char* ComparisonInWords(Comparison comparison, bool negated) {
  switch (comparison) {
    case Comparison::kLess:
      return negated ? "is at least" : "is less than";
    case Comparison::kLessOrEqual:
      return negated ? "is more than" : "is at most";
    case Comparison::kGreaterOrEqual:
      return negated ? "is less than" : "is at least";
    case Comparison::kGreater:
      return negated ? "is at most" : "is more than";
    case Comparison::kBetween:
      return negated ? "is not between" : "is between";
    case Comparison::kEqual:
      break;
  }
  return negated ? "is not" : "is";
}

const char* PatternInWords(Pattern pattern, bool negated) {
  switch (pattern) {
    case Pattern::kContains:
      return negated ? "does not contain" : "contains";
    case Pattern::kStartsWith:
      return negated ? "does not start with" : "starts with";
    case Pattern::kEndsWith:
      break;
  }
  return negated ? "does not end with" : "ends with";
}

class Teller {
 public:
  Teller(const Form& form, const semantic::Model& model, Naming naming)
      : form_(form), model_(model), naming_(naming) {}

  std::string Tell() const {
    std::vector<std::string> shown;
    for (const FormValue& output : form_.outputs) shown.push_back(Value(output));
    std::string text = form_.distinct ? "different " : "";
    text += JoinWords(shown, "and");
    Add(Groups(), &text);
    Add(Conditions(), &text);
    if (form_.rank) Add(Rank(*form_.rank), &text);
    Add(Order(), &text);
    return text;
  }

  // "where country is France and there is no order"; empty without any.
  std::string Conditions() const {
    std::vector<std::string> conditions;
    AddConditions(form_.conditions, &conditions);
    for (const FormGroup& group : form_.nested) conditions.push_back(Nested(group));
    if (form_.restriction) conditions.push_back(Restriction());
    for (const std::string& entity : Existing()) conditions.push_back("there is a " + entity);
    return conditions.empty() ? std::string() : "where " + JoinWords(conditions, "and");
  }

 private:
  static void Add(const std::string& part, std::string* text) {
    if (!part.empty()) *text += ", " + part;
  }

  [[nodiscard]] std::string EntityInWords(int entity) const {
    const semantic::Entity& owner = model_.entities[static_cast<std::size_t>(entity)];
    return AsciiLower(semantic::TitleOf(owner.labels, owner.name));
  }

  [[nodiscard]] std::string Column(MemberRef ref) const {
    const semantic::Entity& owner = model_.entities[static_cast<std::size_t>(ref.entity)];
    return MemberInWords(
        owner.name + "." + owner.dimensions[static_cast<std::size_t>(ref.member)].name, model_,
        naming_);
  }

  [[nodiscard]] std::string Measure(MemberRef ref) const {
    const semantic::Entity& owner = model_.entities[static_cast<std::size_t>(ref.entity)];
    return MemberInWords(
        owner.name + "." + owner.measures[static_cast<std::size_t>(ref.member)].name, model_,
        naming_);
  }

  static std::string NameOf(Aggregation aggregation) {
    static constexpr std::pair<Aggregation, const char*> kNames[] = {
        {Aggregation::kSum, "total"},
        {Aggregation::kAvg, "average"},
        {Aggregation::kMin, "minimum"},
        {Aggregation::kMax, "maximum"},
        {Aggregation::kMedian, "median"}};
    for (const auto& [known, name] : kNames) {
      if (known == aggregation) return name;
    }
    return "number";
  }

  [[nodiscard]] std::string Value(const FormValue& value) const {
    if (value.IsDifference()) return Difference(value);
    switch (value.kind) {
      case FormValue::Kind::kCount:
        if (value.ref.member < 0) return "count of " + EntityInWords(value.ref.entity);
        return "count of different " + Column(value.ref);
      case FormValue::Kind::kMeasure:
        return Measure(value.ref);
      case FormValue::Kind::kAggregate:
        return NameOf(value.aggregation) + " " + Column(value.ref);
      case FormValue::Kind::kGrain:
        return std::string(TimeUnitName(*form_.grain)) + " of " + Column(value.ref);
      case FormValue::Kind::kShare:
        return Share(*form_.share);
      case FormValue::Kind::kGrowth:
        return Growth(*form_.growth);
      default:
        break;
    }
    return Column(value.ref);
  }

  // "average difference from departure time to arrival time in minutes"
  [[nodiscard]] std::string Difference(const FormValue& value) const {
    const std::string name =
        value.kind == FormValue::Kind::kAggregate ? NameOf(value.aggregation) + " " : "";
    const std::string unit =
        form_.unit ? " in " + std::string(TimeUnitName(*form_.unit)) + "s" : "";
    return name + "difference from " + Column(value.since) + " to " + Column(value.ref) + unit;
  }

  // "percentage of orders whose status is cancelled", "share of total amount in all"
  [[nodiscard]] std::string Share(const FormShare& share) const {
    static constexpr const char* kNames[] = {"share of ", "percentage of ", "ratio of "};
    const std::string of = share.of.kind == FormValue::Kind::kCount
                               ? EntityInWords(share.of.ref.entity)
                               : Value(share.of);
    const std::string text = kNames[static_cast<std::size_t>(share.shares)] + of;
    if (share.of_total) return text + " in all groups together";
    if (share.below) {
      return (share.averaged ? "average " : "") + text + Holds(share.part) + " to " +
             Value(*share.below) + Holds(share.whole);
    }
    if (share.whole.empty()) return text + Holds(share.part);
    return text + Holds(share.part) + " to " + of + Holds(share.whole);
  }

  // "growth of count of orders in percent over the year before", "… from 2024 to 2025"
  [[nodiscard]] std::string Growth(const FormGrowth& growth) const {
    const std::string text = "growth of " + Value(growth.of) + " in percent";
    if (!growth.back) {
      return text + " from " + std::to_string(growth.first->range->from->year) + " to " +
             std::to_string(growth.last->range->from->year);
    }
    std::string over = text + " over the " + std::string(TimeUnitName(*growth.back)) + " before";
    if (!growth.shown) return over;
    FormCondition shown;
    shown.range = growth.shown;
    return over + ", whose period " + Range(shown);
  }

  [[nodiscard]] std::string Holds(const std::vector<FormGroup>& groups) const {
    std::vector<std::string> parts;
    for (const FormGroup& group : groups) {
      std::vector<std::string> conditions;
      AddConditions(group.conditions, &conditions);
      if (group.excluded || conditions.empty()) conditions = {Nested(group)};
      parts.push_back(JoinWords(conditions, "and"));
    }
    return parts.empty() ? "" : " where " + JoinWords(parts, "and");
  }

  [[nodiscard]] std::string Groups() const {
    std::vector<std::string> groups;
    for (const int entity : form_.group_entities)
      groups.push_back("each of " + EntityInWords(entity));
    for (const MemberRef group : form_.groups) groups.push_back(Column(group));
    return groups.empty() ? "" : "by " + JoinWords(groups, "and");
  }

  static std::string Text(const Json& value) {
    return value.IsString() ? value.AsString() : value.Dump();
  }

  [[nodiscard]] std::string Condition(const FormCondition& condition) const {
    std::string text = Value(condition.left) + " ";
    if (condition.range) return text + Range(condition);
    text += condition.pattern ? PatternInWords(*condition.pattern, condition.negated)
                              : ComparisonInWords(condition.comparison, condition.negated);
    if (condition.over_groups) {
      return text + " the " + NameOf(*condition.over_groups) + " of all groups";
    }
    if (condition.right) return text + " the " + Value(*condition.right) + " of all";
    std::vector<std::string> values;
    for (const Json& value : condition.values) values.push_back(Text(value));
    return text + " " + JoinWords(values, "and");
  }

  static std::string Range(const FormCondition& condition) {
    const TimeRange& range = *condition.range;
    std::string text = condition.negated ? "is not " : "is ";
    if (range.from && range.to) {
      const DateTime last = FromMillis(ToMillis(*range.to) - 1);
      return text + "in " + RangeInWords(FormatDate(*range.from), FormatDate(last));
    }
    if (range.from) return text + "on or after " + FormatDate(*range.from);
    return text + "before " + FormatDate(*range.to);
  }

  void AddConditions(const std::vector<FormCondition>& conditions,
                     std::vector<std::string>* out) const {
    int alternative = 0;
    for (const FormCondition& condition : conditions) {
      const bool joins = condition.alternative > 0 && condition.alternative == alternative;
      if (joins) {
        out->back() += " or " + Condition(condition);
      } else {
        out->push_back(Condition(condition));
      }
      alternative = condition.alternative;
    }
  }

  [[nodiscard]] std::string Nested(const FormGroup& group) const {
    std::vector<std::string> entities;
    for (const int entity : group.entities) entities.push_back(EntityInWords(entity));
    std::vector<std::string> conditions;
    AddConditions(group.conditions, &conditions);
    std::string text = group.of_kinds   ? "none is of "
                       : group.excluded ? "there is no "
                                        : "there is one of ";
    text += entities.empty() ? "row" : JoinWords(entities, "and");
    if (!conditions.empty()) text += " whose " + JoinWords(conditions, "and");
    return text;
  }

  [[nodiscard]] std::string Restriction() const {
    const std::string picked = form_.restricted_column ? Column(*form_.restricted_column)
                                                       : EntityInWords(form_.restricted);
    return picked + " has the " + (form_.restriction->descending ? "highest " : "lowest ") +
           Value(form_.restriction->by);
  }

  // What is only spoken of has to be there.
  [[nodiscard]] std::vector<std::string> Existing() const {
    std::vector<std::string> entities;
    for (const int entity : form_.mentions) {
      const auto of = [&](const FormValue& value) { return value.ref.entity == entity; };
      bool told = form_.restricted == entity || (form_.rank && of(form_.rank->by));
      for (const FormValue& output : form_.outputs) told = told || of(output);
      for (const FormCondition& condition : form_.conditions) told = told || of(condition.left);
      for (const int group : form_.group_entities) told = told || group == entity;
      if (!told) entities.push_back(EntityInWords(entity));
    }
    return entities;
  }

  [[nodiscard]] std::string Rank(const FormRank& rank) const {
    std::string most = (rank.descending ? "the highest " : "the lowest ") + Value(rank.by);
    if (rank.IsWithin()) most += " within each " + Within(rank);
    if (rank.limit == 1) return "with " + most;
    return "the " + std::to_string(rank.limit) + " with " + most;
  }

  [[nodiscard]] std::string Within(const FormRank& rank) const {
    std::vector<std::string> groups;
    for (const int entity : rank.within_entities) groups.push_back("of " + EntityInWords(entity));
    for (const FormValue& value : rank.within) groups.push_back(Value(value));
    return JoinWords(groups, "and");
  }

  [[nodiscard]] std::string Order() const {
    std::vector<std::string> parts;
    for (const FormOrder& order : form_.order) {
      parts.push_back(Value(order.by) + (order.descending ? " descending" : " ascending"));
    }
    return parts.empty() ? "" : "sorted by " + JoinWords(parts, "and");
  }

  const Form& form_;
  const semantic::Model& model_;
  Naming naming_;
};

}  // namespace

std::string Explain(const Form& form, const semantic::Model& model, Naming naming) {
  return Teller(form, model, naming).Tell();
}

std::string ExplainFilters(const Form& form, const semantic::Model& model, Naming naming) {
  return Teller(form, model, naming).Conditions();
}

}  // namespace loupe::ask
