#include "core/ask/shaper.hpp"

#include <algorithm>
#include <utility>

namespace loupe::ask {

using semantic::Dimension;
using semantic::DimensionType;

namespace {

constexpr double kPatternOfNumber = 0.6;  // "contains" is said of texts
constexpr double kTwoRows = 0.9;          // of two conditions that no row fulfils each has its own

}  // namespace

void Shaper::AddPredicates() {
  for (const Predicate& predicate : outline_.predicates) {
    if (!failure_.empty()) return;
    std::vector<FormCondition> conditions;
    is_nested_ = predicate.scope > 0;
    ConditionsOf(predicate, &conditions);
    is_nested_ = false;
    std::vector<FormCondition>* to = &form_.conditions;
    FormGroup* group = nullptr;
    if (predicate.scope > 0) {
      group = &form_.nested[static_cast<std::size_t>(predicate.scope) - 1];
    } else {
      group = ShareGroup(predicate.side, predicate.with == Predicate::With::kTime);
    }
    if (group != nullptr) to = &group->conditions;
    for (FormCondition& condition : conditions) {
      if (group != nullptr && !condition.left.IsAggregate()) {
        PushUnique(&group->entities, condition.left.ref.entity);
      }
      to->push_back(std::move(condition));
    }
  }
}

bool Shaper::Contradict(const FormCondition& a, const FormCondition& b) {
  if (!(a.left == b.left) || a.left.IsAggregate() || a.negated || b.negated || a.right || b.right ||
      a.pattern || b.pattern || a.values.size() != 1 || b.values.size() != 1 ||
      (a.alternative != 0 && a.alternative == b.alternative)) {
    return false;
  }
  if (a.comparison == Comparison::kEqual && b.comparison == Comparison::kEqual) {
    return a.values[0].Dump() != b.values[0].Dump();
  }
  if (!a.values[0].IsNumber() || !b.values[0].IsNumber()) return false;
  const auto above = [](const FormCondition& c) {
    return c.comparison == Comparison::kGreater || c.comparison == Comparison::kGreaterOrEqual;
  };
  const auto below = [](const FormCondition& c) {
    return c.comparison == Comparison::kLess || c.comparison == Comparison::kLessOrEqual;
  };
  const double left = a.values[0].AsDouble();
  const double right = b.values[0].AsDouble();
  return (above(a) && below(b) && left >= right) || (below(a) && above(b) && left <= right);
}

// Whether no row can fulfil all conditions.
bool Shaper::Contradicts() const {
  const std::vector<FormCondition>& all = form_.conditions;
  const auto alone = [&](const FormCondition& one) {
    return one.alternative == 0 ||
           std::count_if(all.begin(), all.end(), [&](const FormCondition& other) {
             return other.alternative == one.alternative;
           }) == 1;
  };
  for (std::size_t i = 0; i < all.size(); ++i) {
    for (std::size_t j = i + 1; j < all.size(); ++j) {
      if (Contradict(all[i], all[j]) && alone(all[i]) && alone(all[j])) return true;
    }
  }
  return false;
}

// Whether the rows themselves are shown, of which none is of two kinds.
bool Shaper::NamesRows(const FormCondition& condition) const {
  const int entity = condition.left.ref.entity;
  return std::any_of(form_.outputs.begin(), form_.outputs.end(), [&](const FormValue& output) {
    return output.ref.entity == entity &&
           (output.IsAggregate() || output.ref.member == NameOf(model_, entity) ||
            IsKeyOf(output.ref));
  });
}

// "citizenship of singers born before 1945 and after 1955": no row is both, two rows are.
void Shaper::SplitContradictions() {
  for (std::size_t i = 0; i < form_.conditions.size(); ++i) {
    for (std::size_t j = i + 1; j < form_.conditions.size(); ++j) {
      if (!Contradict(form_.conditions[i], form_.conditions[j])) continue;
      if (form_.conditions[i].comparison == Comparison::kEqual && NamesRows(form_.conditions[i])) {
        // "customers from Germany and France": of either.
        if (form_.conditions[i].alternative == 0) form_.conditions[i].alternative = kEither;
        form_.conditions[j].alternative = form_.conditions[i].alternative;
        std::rotate(form_.conditions.begin() + static_cast<std::ptrdiff_t>(i) + 1,
                    form_.conditions.begin() + static_cast<std::ptrdiff_t>(j),
                    form_.conditions.begin() + static_cast<std::ptrdiff_t>(j) + 1);
        form_.score *= kTwoRows;
        return;
      }
      for (const std::size_t k : {i, j}) {
        FormGroup group;
        group.excluded = false;
        group.conditions.push_back(form_.conditions[k]);
        group.entities.push_back(form_.conditions[k].left.ref.entity);
        form_.nested.push_back(std::move(group));
      }
      form_.conditions.erase(form_.conditions.begin() + static_cast<std::ptrdiff_t>(j));
      form_.conditions.erase(form_.conditions.begin() + static_cast<std::ptrdiff_t>(i));
      form_.distinct = form_.distinct || !form_.HasAggregates();
      form_.score *= kTwoRows;
      return;
    }
  }
}

void Shaper::ConditionsOf(const Predicate& predicate, std::vector<FormCondition>* out) {
  const PhraseReading* left = ReadingOf(predicate.left.phrase);
  if (predicate.with == Predicate::With::kTime) return AddTime(predicate, left, out);
  if (predicate.literals.empty() && predicate.with == Predicate::With::kLiteral) {
    // A phrase that holds its own values.
    if (left == nullptr) return Fail("what a condition speaks of is not clear");
    if (!AddOwnFilters(*left, predicate, out)) return;
    if (predicate.scope == 0 && !form_.share) {
      for (const int entity : left->entities) {
        if (left->head == PhraseReading::Head::kEntity) PushUnique(&form_.mentions, entity);
      }
    }
    if (left->head == PhraseReading::Head::kColumn) form_.score *= 0.9;
    return;
  }
  FormCondition condition;
  condition.comparison = predicate.comparison;
  condition.pattern = predicate.pattern;
  condition.negated = predicate.negated;
  condition.alternative = predicate.alternative;
  if (!SetLeft(predicate, left, &condition)) return;
  if (left != nullptr) AddFilters(*left, false, 0, out);
  if (predicate.with == Predicate::With::kAggregate) {
    SetRight(predicate, &condition);
  } else if (!SetValues(predicate, &condition)) {
    return Fail("what is compared does not fit its kind");
  }
  out->push_back(std::move(condition));
}

// "student Linda Smith": all that one phrase says holds together; only whole phrases alternate.
bool Shaper::AddOwnFilters(const PhraseReading& left, const Predicate& predicate,
                           std::vector<FormCondition>* out) {
  const bool several = std::any_of(
      left.filters.begin(), left.filters.end(),
      [&](const ValueFilter& filter) { return !(filter.column == left.filters.front().column); });
  const auto alternates = [&](const Predicate& other) {
    return &other != &predicate && other.alternative == predicate.alternative &&
           other.scope == predicate.scope;
  };
  if (several && std::any_of(outline_.predicates.begin(), outline_.predicates.end(), alternates)) {
    Fail("alternatives of several conditions are not clear");
    return false;
  }
  AddFilters(left, predicate.negated, several ? 0 : predicate.alternative, out);
  return true;
}

// "whose full name contains": of things, or beside things, that have no column for it.
bool Shaper::IsNameInParts(const NounPhrase& phrase, int entity) const {
  if (phrase.empty() || !IsFullName(tokens_, phrase.parts.back()->begin)) return false;
  const auto in_parts = [&](int one) { return NamePartsOf(model_, one).has_value(); };
  return in_parts(entity) || std::any_of(form_.mentions.begin(), form_.mentions.end(), in_parts);
}

bool Shaper::SetLeft(const Predicate& predicate, const PhraseReading* left,
                     FormCondition* condition) {
  const bool adjective = !predicate.attributes.empty();
  if (left == nullptr || (adjective && left->head != PhraseReading::Head::kColumn)) {
    const bool things = left != nullptr && left->head == PhraseReading::Head::kEntity;
    std::optional<MemberRef> attribute =
        AttributeOf(predicate.attributes, predicate.flipped, &condition->comparison,
                    things ? left->ref.entity : -1);
    if (!attribute) {
      attribute = AttributeOf(predicate.attributes, predicate.flipped, &condition->comparison);
    }
    if (!attribute) {
      Fail("what is compared is not clear");
      return false;
    }
    condition->left = ColumnValue(*attribute);
    return true;
  }
  if (IsNameInParts(predicate.left.phrase, left->ref.entity)) {
    Fail("a full name that is kept in parts is not compared");
    return false;
  }
  if (left->head == PhraseReading::Head::kEntity) {
    condition->left = {FormValue::Kind::kCount, {left->ref.entity, -1}, {}};
    return true;
  }
  if (left->head == PhraseReading::Head::kNone) {
    Fail("what is compared is not clear");
    return false;
  }
  // Looked up through the predicate's own phrase.
  const std::optional<FormValue> value = ValueOf(predicate.left);
  if (!value) {
    Fail("what is compared is not clear");
    return false;
  }
  condition->left = *value;
  // "singers above the average age": their age, where the model has a measure of that name.
  const bool twice = predicate.with == Predicate::With::kAggregate &&
                     predicate.left.phrase.parts == predicate.right.phrase.parts;
  if (twice && value->kind == FormValue::Kind::kMeasure) {
    const std::optional<MemberRef> column = ColumnOfMeasure(value->ref);
    if (!column) {
      Fail("what is compared is not clear");
      return false;
    }
    condition->left = ColumnValue(*column);
    return true;
  }
  if (value->kind != FormValue::Kind::kColumn) return true;
  const DimensionType type = DimensionAt(value->ref).type;
  const bool ordered = condition->comparison != Comparison::kEqual && !condition->pattern;
  const bool text = type == DimensionType::kString || type == DimensionType::kBoolean;
  if (ordered && predicate.follows && IsIdentifier(value->ref) &&
      predicate.with == Predicate::With::kLiteral) {
    // "at least 4 transactions": so many of them.
    condition->left = {FormValue::Kind::kCount, {value->ref.entity, -1}, {}};
    return true;
  }
  if (ordered && IsIdentifier(value->ref)) form_.score *= kComparedKey;
  if (ordered && text && predicate.with == Predicate::With::kAggregate) {
    Fail("\"" + DimensionAt(value->ref).name + "\" is no number");
    return false;
  }
  if (ordered && text) {
    // "more than one language": how many of them.
    if (!predicate.follows) {
      Fail("\"" + DimensionAt(value->ref).name + "\" is no number");
      return false;
    }
    condition->left.kind = FormValue::Kind::kCount;
    form_.score *= 0.8;
  }
  return true;
}

// The column that a measure aggregates, where rows show it.
std::optional<MemberRef> Shaper::ColumnOfMeasure(MemberRef ref) const {
  const semantic::Entity& owner = EntityAt(ref.entity);
  const semantic::Measure& measure = owner.measures[static_cast<std::size_t>(ref.member)];
  if (!measure.IsPlainAggregate() || measure.column.empty()) return std::nullopt;
  for (std::size_t d = 0; d < owner.dimensions.size(); ++d) {
    const Dimension& dimension = owner.dimensions[d];
    if (dimension.is_public && dimension.column == measure.column) {
      return MemberRef{ref.entity, static_cast<int>(d)};
    }
  }
  return std::nullopt;
}

// A column is compared with the aggregate over all rows, and so is its average; counts and sums of
// groups are compared with those of all groups.
void Shaper::SetRight(const Predicate& predicate, FormCondition* condition) {
  FormValue right;
  right.kind = FormValue::Kind::kAggregate;
  right.aggregation = *predicate.right.aggregation;
  right.ref = condition->left.ref;
  if (AddsUp(predicate, condition)) {
    condition->over_groups = right.aggregation;
    return;
  }
  const bool plain = condition->left.kind == FormValue::Kind::kColumn;
  const bool averages = condition->left.kind == FormValue::Kind::kAggregate &&
                        condition->left.aggregation == right.aggregation;
  if (!predicate.right.phrase.empty()) {
    if (const std::optional<FormValue> value = ValueOf(predicate.right)) right = *value;
  }
  if (right.kind == FormValue::Kind::kMeasure) {
    const std::optional<MemberRef> column = ColumnOfMeasure(right.ref);
    if (!column) return Fail("what is compared with an average is not clear");
    right = {FormValue::Kind::kAggregate, *column, *predicate.right.aggregation};
  }
  if (!plain && !averages) return Fail("what is compared with an average is not clear");
  condition->right = right;
}

// "status is dispatched": what a word was taught to mean is a value of its own column alone.
bool Shaper::FitsColumn(const Segment& literal, MemberRef column) {
  return std::all_of(literal.meanings.begin(), literal.meanings.end(), [&](const Meaning& m) {
    const bool filter = m.kind == MeaningKind::kValue && m.taught >= 0;
    return !filter || (MemberRef{m.entity, m.member} == column && !m.value.empty());
  });
}

// "more orders than average" counts for each customer, "more revenue than the average category"
// adds up for each category.
bool Shaper::AddsUp(const Predicate& predicate, FormCondition* condition) {
  FormValue& left = condition->left;
  if (IsAdded(left)) return true;
  const PhraseReading* thing = ReadingOf(predicate.right_thing);
  const bool other = left.kind == FormValue::Kind::kColumn && thing != nullptr &&
                     thing->head == PhraseReading::Head::kEntity &&
                     thing->ref.entity != left.ref.entity;
  if (!other || DimensionAt(left.ref).type != DimensionType::kNumber) return false;
  left.kind = FormValue::Kind::kAggregate;
  left.aggregation = semantic::Aggregation::kSum;
  form_.score *= kImpliedSum;
  return true;
}

bool Shaper::SetValues(const Predicate& predicate, FormCondition* condition) {
  const bool counted = condition->left.IsAggregate();
  for (const Segment* literal : predicate.literals) {
    if (!FitsColumn(*literal, condition->left.ref)) return false;
    if (literal->meanings.front().kind == MeaningKind::kTime) {
      if (!SetYear(*literal, condition)) return false;
      continue;
    }
    if (counted) {
      const Meaning* number = nullptr;
      for (const Meaning& meaning : literal->meanings) {
        if (meaning.kind == MeaningKind::kNumber) number = &meaning;
      }
      if (number == nullptr) return false;
      condition->values.emplace_back(static_cast<std::int64_t>(number->number));
      continue;
    }
    const bool loose = !condition->pattern &&
                       literal->meanings.front().kind == MeaningKind::kText &&
                       tokens_[literal->begin].kind != TokenKind::kQuoted;
    if (loose) ++form_.fit.loose_texts;
    std::optional<Json> value;
    if (condition->pattern) {
      if (DimensionAt(condition->left.ref).type != DimensionType::kString) {
        form_.score *= kPatternOfNumber;
      }
      Dimension text;
      value = LiteralFor(*literal, tokens_, text);
    } else {
      value = LiteralFor(*literal, tokens_, DimensionAt(condition->left.ref));
    }
    if (!value) return false;
    condition->values.push_back(std::move(*value));
  }
  const std::size_t wanted = condition->comparison == Comparison::kBetween ? 2 : 1;
  return condition->values.size() >= wanted || condition->range.has_value();
}

// A year beside a comparison of its own: "later than 2009".
bool Shaper::SetYear(const Segment& literal, FormCondition* condition) {
  const TimeRange& range = literal.meanings.front().time;
  if (!range.from) return false;
  if (DimensionAt(condition->left.ref).type == DimensionType::kTime) {
    TimeRange bound;
    if (condition->comparison == Comparison::kGreater) bound.from = range.to;
    if (condition->comparison == Comparison::kGreaterOrEqual) bound.from = range.from;
    if (condition->comparison == Comparison::kLess) bound.to = range.from;
    if (condition->comparison == Comparison::kLessOrEqual) bound.to = range.to;
    if (condition->comparison == Comparison::kEqual) bound = range;
    if (condition->comparison == Comparison::kBetween) {
      bound = condition->range.value_or(range);
      bound.to = range.to;
    }
    condition->range = bound;
    return true;
  }
  condition->values.emplace_back(static_cast<std::int64_t>(range.from->year));
  return true;
}

}  // namespace loupe::ask
