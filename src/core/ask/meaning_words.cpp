#include "core/ask/meaning_words.hpp"

#include <cstddef>
#include <string_view>

#include "core/ask/explain.hpp"
#include "core/base/calendar.hpp"
#include "core/base/json.hpp"
#include "core/semantic/names.hpp"

namespace loupe::ask {
namespace {

struct KindWords {
  MeaningKind kind;
  std::string_view words;
};

// What the words that shape a question are taken for.
constexpr KindWords kShapeWords[] = {
    {MeaningKind::kNeutral, "passed over"},
    {MeaningKind::kUnknown, "not understood"},
    {MeaningKind::kPause, "a pause"},
    {MeaningKind::kCount, "a count is asked for"},
    {MeaningKind::kEach, "a group follows"},
    {MeaningKind::kBy, "a group follows, or who did it"},
    {MeaningKind::kSort, "an order follows"},
    {MeaningKind::kExcept, "what is left out follows"},
    {MeaningKind::kAnd, "and"},
    {MeaningKind::kComma, "and, or a pause"},
    {MeaningKind::kOr, "or"},
    {MeaningKind::kBoth, "two conditions follow that both hold"},
    {MeaningKind::kWhich, "a list is asked for"},
    {MeaningKind::kWho, "a person is asked for"},
    {MeaningKind::kWhen, "a time is asked for"},
    {MeaningKind::kList, "a list is asked for"},
    {MeaningKind::kAll, "all that is known is asked for"},
    {MeaningKind::kDistinct, "each one once"},
    {MeaningKind::kOf, "what it belongs to follows"},
    {MeaningKind::kFrom, "where from follows"},
    {MeaningKind::kTo, "where to follows"},
    {MeaningKind::kIn, "a place or a time follows"},
    {MeaningKind::kThat, "a condition follows"},
    {MeaningKind::kShare, "a share is asked for"},
    {MeaningKind::kCompare, "groups are compared"},
    {MeaningKind::kGrowth, "how much something grew is asked for"},
    {MeaningKind::kEarlier, "compared with the period before"},
    {MeaningKind::kDifference, "the difference of two columns is asked for"},
    {MeaningKind::kUnit, "the unit of a duration"},
};

std::string Quote(const std::string& text) { return "\"" + text + "\""; }

const char* AggregateInWords(semantic::Aggregation aggregation) {
  switch (aggregation) {
    case semantic::Aggregation::kSum:
      return "the total";
    case semantic::Aggregation::kAvg:
      return "the average";
    case semantic::Aggregation::kMin:
      return "the least";
    case semantic::Aggregation::kMax:
      return "the greatest";
    default:
      break;
  }
  return "a count";
}

const char* ComparisonInWords(Comparison comparison) {
  switch (comparison) {
    case Comparison::kLess:
      return "less than";
    case Comparison::kLessOrEqual:
      return "at most";
    case Comparison::kGreaterOrEqual:
      return "at least";
    case Comparison::kGreater:
      return "more than";
    case Comparison::kBetween:
      return "between two";
    case Comparison::kEqual:
      break;
  }
  return "equal to";
}

const char* PatternInWords(Pattern pattern) {
  switch (pattern) {
    case Pattern::kContains:
      return "contains a text";
    case Pattern::kStartsWith:
      return "starts with a text";
    case Pattern::kEndsWith:
      break;
  }
  return "ends with a text";
}

std::string TimeInWords(const TimeRange& time) {
  const std::string last = time.last_of_year > 0 ? " to " + std::to_string(time.last_of_year) : "";
  if (time.month_of_year > 0) {
    return "month " + std::to_string(time.month_of_year) + last + " of a year";
  }
  if (time.quarter_of_year > 0) {
    return "quarter " + std::to_string(time.quarter_of_year) + last + " of a year";
  }
  if (time.from && time.to) {
    const DateTime last = FromMillis(ToMillis(*time.to) - 1);
    return RangeInWords(FormatDate(*time.from), FormatDate(last));
  }
  if (time.from) return "from " + FormatDate(*time.from) + " on";
  return time.to ? "before " + FormatDate(*time.to) : "a time";
}

// Of words that shape a question.
std::string ShapeInWords(const Meaning& meaning) {
  switch (meaning.kind) {
    case MeaningKind::kText:
      return "the text " + Quote(meaning.value);
    case MeaningKind::kAggregate:
      return AggregateInWords(meaning.aggregation);
    case MeaningKind::kSuperlative:
      return meaning.descending ? "the highest" : "the lowest";
    case MeaningKind::kNumber:
      return "the number " + Json(meaning.number).Dump();
    case MeaningKind::kComparison:
      return ComparisonInWords(meaning.comparison);
    case MeaningKind::kPattern:
      return PatternInWords(meaning.pattern);
    case MeaningKind::kTime:
      return TimeInWords(meaning.time);
    case MeaningKind::kGrain:
      return "each " + std::string(TimeUnitName(meaning.grain));
    case MeaningKind::kDirection:
      return meaning.descending ? "highest first" : "lowest first";
    case MeaningKind::kNegation:
      return "not";
    case MeaningKind::kWith:
      return meaning.negated ? "what is not there follows" : "a condition follows";
    default:
      break;
  }
  for (const KindWords& shape : kShapeWords) {
    if (shape.kind == meaning.kind) return std::string(shape.words);
  }
  return {};
}

}  // namespace

std::string MeaningTeller::Entity(int entity) const {
  const semantic::Entity& owner = model_.entities[static_cast<std::size_t>(entity)];
  return owner.is_public ? owner.name : std::string();
}

std::string MeaningTeller::Dimension(MemberRef ref) const {
  const semantic::Entity& owner = model_.entities[static_cast<std::size_t>(ref.entity)];
  const semantic::Dimension& dimension = owner.dimensions[static_cast<std::size_t>(ref.member)];
  const bool shown = owner.is_public && dimension.is_public;
  return shown ? owner.name + "." + dimension.name : std::string();
}

std::string MeaningTeller::Measure(MemberRef ref) const {
  const semantic::Entity& owner = model_.entities[static_cast<std::size_t>(ref.entity)];
  const semantic::Measure& measure = owner.measures[static_cast<std::size_t>(ref.member)];
  return owner.is_public && measure.is_public ? owner.name + "." + measure.name : std::string();
}

// A quantity has a dimension or measures to be told by.
std::string MeaningTeller::QuantityAt(int place) const {
  const Quantity& quantity = quantities_[static_cast<std::size_t>(place)];
  if (quantity.dimension >= 0) return Dimension({quantity.entity, quantity.dimension});
  return quantity.measures.empty() ? std::string()
                                   : Measure({quantity.entity, quantity.measures.front()});
}

std::string MeaningTeller::Tell(const Meaning& meaning) const {
  std::string text = Named(meaning);
  if (meaning.taught < 0 || text.empty()) return text;
  if (meaning.kind == MeaningKind::kValue) {
    text = words_[static_cast<std::size_t>(meaning.taught)].meaning;
  }
  return text + ", as taught";
}

std::string MeaningTeller::Named(const Meaning& meaning) const {
  const auto named = [](const char* kind, const std::string& name) {
    return name.empty() ? name : kind + name;
  };
  switch (meaning.kind) {
    case MeaningKind::kEntity:
      return named("rows of ", Entity(meaning.entity));
    case MeaningKind::kDimension:
      return named("column ", Dimension({meaning.entity, meaning.member}));
    case MeaningKind::kMeasure:
      return named("measure ", Measure({meaning.entity, meaning.member}));
    case MeaningKind::kQuantity:
      return named("number ", QuantityAt(meaning.member));
    case MeaningKind::kValue: {
      const std::string column = Dimension({meaning.entity, meaning.member});
      return column.empty() ? column : Quote(meaning.value) + " in " + column;
    }
    default:
      break;
  }
  return ShapeInWords(meaning);
}

std::string MeaningTeller::Head(const PhraseReading& reading) const {
  Meaning head;
  head.entity = reading.ref.entity;
  head.member = reading.ref.member;
  switch (reading.head) {
    case PhraseReading::Head::kNone:
      return {};
    case PhraseReading::Head::kEntity:
      head.kind = MeaningKind::kEntity;
      break;
    case PhraseReading::Head::kColumn:
      head.kind = MeaningKind::kDimension;
      break;
    case PhraseReading::Head::kMeasure:
      head.kind = MeaningKind::kMeasure;
      break;
    case PhraseReading::Head::kQuantity:
      head.kind = MeaningKind::kQuantity;
      break;
  }
  return Tell(head);
}

std::string MeaningTeller::Tell(const PhraseReading& reading) const {
  std::string text = Head(reading);
  if (text.empty() && reading.head != PhraseReading::Head::kNone) return {};
  std::string conditions;
  for (const ValueFilter& filter : reading.filters) {
    const std::string column = Dimension(filter.column);
    if (column.empty()) return {};
    conditions += conditions.empty() ? "" : " and ";
    if (filter.taught >= 0) {
      conditions += words_[static_cast<std::size_t>(filter.taught)].meaning;
      continue;
    }
    const std::string value =
        filter.value.IsString() ? Quote(filter.value.AsString()) : filter.value.Dump();
    conditions += column + " is " + value;
  }
  if (conditions.empty()) return text;
  return text.empty() ? conditions : text + " where " + conditions;
}

}  // namespace loupe::ask
