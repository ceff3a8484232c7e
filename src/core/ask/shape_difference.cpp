#include <algorithm>
#include <utility>

#include "core/ask/name_words.hpp"
#include "core/ask/shaper.hpp"
#include "core/ask/time_column.hpp"
#include "core/semantic/names.hpp"

namespace loupe::ask {

using semantic::Dimension;
using semantic::DimensionType;

namespace {

constexpr double kImpliedPair = 0.9;  // "session duration" of a start and an end

constexpr std::string_view kStarts[] = {"start", "started", "begin", "began", "from", "departure"};
constexpr std::string_view kEnds[] = {"end", "ended", "finish", "finished",
                                      "to",  "until", "arrival"};
constexpr std::string_view kLeast[] = {"min", "minimum", "lowest", "low", "least", "smallest"};

template <std::size_t kCount>
bool HasOneOf(const Dimension& dimension, const std::string_view (&words)[kCount]) {
  const std::vector<std::string> parts = semantic::SplitWords(dimension.name);
  return std::any_of(parts.begin(), parts.end(),
                     [&](const std::string& part) { return IsOneOf(words, part); });
}

}  // namespace

// "between departure and arrival": two times, or two numbers, of one thing.
std::optional<MemberRef> Shaper::SinceOf(const Operand& operand,
                                         const PhraseReading& reading) const {
  const PhraseReading* since = ReadingOf(operand.since);
  const bool columns = since != nullptr && since->head == PhraseReading::Head::kColumn &&
                       reading.head == PhraseReading::Head::kColumn;
  if (!columns || since->ref.entity != reading.ref.entity || since->ref == reading.ref) {
    return std::nullopt;
  }
  return since->ref;
}

// "the average session duration", of rows that have one start and one end.
std::optional<std::pair<MemberRef, MemberRef>> Shaper::DurationOf(
    const Operand& operand, const PhraseReading& reading) const {
  if (!operand.since.empty() || operand.phrase.empty() ||
      reading.head != PhraseReading::Head::kColumn || !IsTime(DimensionAt(reading.ref))) {
    return std::nullopt;
  }
  const std::string& head = tokens_[operand.phrase.parts.back()->end - 1].lower;
  if (head != "duration" && head != "durations") return std::nullopt;
  std::vector<MemberRef> starts;
  std::vector<MemberRef> ends;
  const std::vector<Dimension>& dimensions = EntityAt(reading.ref.entity).dimensions;
  for (std::size_t d = 0; d < dimensions.size(); ++d) {
    const MemberRef ref = {reading.ref.entity, static_cast<int>(d)};
    if (!dimensions[d].is_public || !IsTime(dimensions[d])) continue;
    if (HasOneOf(dimensions[d], kStarts)) starts.push_back(ref);
    if (HasOneOf(dimensions[d], kEnds)) ends.push_back(ref);
  }
  if (starts.size() != 1 || ends.size() != 1) return std::nullopt;
  return std::make_pair(starts.front(), ends.front());
}

// The later less the earlier time. Of two numbers the second is taken off the first, but the
// maximum is never taken off the minimum.
std::optional<FormValue> Shaper::DifferenceOf(const Operand& operand, MemberRef to,
                                              MemberRef from) {
  const DimensionType type = DimensionAt(to).type;
  const bool fits = type == DimensionAt(from).type && !operand.counts &&
                    (type == DimensionType::kTime || type == DimensionType::kNumber) &&
                    !IsIdentifier(to) && !IsIdentifier(from);
  if (!fits) return std::nullopt;
  if (operand.since.empty()) form_.score *= kImpliedPair;
  const bool turns = type == DimensionType::kNumber && !HasOneOf(DimensionAt(from), kStarts) &&
                     !HasOneOf(DimensionAt(from), kLeast);
  if (turns) std::swap(to, from);
  FormValue value;
  value.ref = to;
  value.since = from;
  if (operand.aggregation) {
    value.kind = FormValue::Kind::kAggregate;
    value.aggregation = *operand.aggregation;
  }
  return value;
}

// A unit tells how long times last; numbers have theirs already.
void Shaper::CloseDifferences() {
  const bool awaited = std::any_of(outline_.outputs.begin(), outline_.outputs.end(),
                                   [](const Operand& o) { return !o.since.empty(); });
  if (awaited && !form_.HasDifferences()) return Fail("what the difference is of is not clear");
  if (!outline_.unit) return;
  const auto is_time = [&](const FormValue& value) {
    return value.IsDifference() && IsTime(DimensionAt(value.ref)) &&
           IsTime(DimensionAt(value.since));
  };
  const bool times = std::any_of(form_.outputs.begin(), form_.outputs.end(), is_time) ||
                     (form_.rank && is_time(form_.rank->by));
  if (!times) return Fail("what the unit of time is of is not clear");
  form_.unit = outline_.unit;
}

// "how many have an exam and how many do not": a group for either.
void Shaper::SplitTruth() {
  if (!outline_.splits_truth || !failure_.empty()) return;
  const auto is_truth = [&](const FormCondition& condition) {
    return condition.left.kind == FormValue::Kind::kColumn &&
           DimensionAt(condition.left.ref).type == DimensionType::kBoolean;
  };
  const auto& conditions = form_.conditions;
  const bool alone = std::count_if(conditions.begin(), conditions.end(), is_truth) == 1 &&
                     form_.outputs.size() == 1 && form_.groups.empty() &&
                     form_.group_entities.empty() && !form_.grain && form_.nested.empty();
  if (!alone) return Fail("what the others do not is not clear");
  const auto at = std::find_if(form_.conditions.begin(), form_.conditions.end(), is_truth);
  const MemberRef truth = at->left.ref;
  form_.conditions.erase(at);
  form_.groups.push_back(truth);
  form_.outputs.insert(form_.outputs.begin(), ColumnValue(truth));
}

}  // namespace loupe::ask
