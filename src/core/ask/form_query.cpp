#include "core/ask/form_query.hpp"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/ask/phrase_reading.hpp"
#include "core/ask/time_column.hpp"

namespace loupe::ask {
namespace {

using semantic::Aggregation;
using semantic::Entity;
using semantic::Measure;

Status NotSupported(std::string message) { return Status(Code::kNotSupported, std::move(message)); }

Json FilterJson(const std::string& member, const std::string& op, std::vector<Json> values) {
  Json filter = Json::Of({{"member", member}, {"operator", op}});
  if (!values.empty()) filter.Set("values", Json::FromArray(std::move(values)));
  return filter;
}

// The public measure that aggregates the column of a dimension, or counts rows.
const Measure* MeasureFor(const Entity& entity, const FormValue& value) {
  for (const Measure& measure : entity.measures) {
    if (!measure.is_public || !measure.IsPlainAggregate() || !measure.filters.empty()) continue;
    const bool rows = value.kind == FormValue::Kind::kCount && value.ref.member < 0;
    if (rows) {
      if (measure.aggregation == Aggregation::kCount && measure.empty()) return &measure;
      continue;
    }
    const semantic::Dimension& dimension =
        entity.dimensions[static_cast<std::size_t>(value.ref.member)];
    const Aggregation wanted =
        value.kind == FormValue::Kind::kCount ? Aggregation::kCountDistinct : value.aggregation;
    const bool same = dimension.column.empty()
                          ? !dimension.sql.empty() && measure.sql == dimension.sql
                          : measure.column == dimension.column;
    if (measure.aggregation == wanted && same) return &measure;
  }
  return nullptr;
}

class Writer {
 public:
  Writer(const Form& form, const semantic::Model& model) : form_(form), model_(model) {}

  Result<Json> Write() {
    if (form_.rank && form_.rank->IsWithin()) {
      return NotSupported("a ranking within each group is not supported here");
    }
    if (form_.HasDifferences()) return NotSupported("differences are not supported here");
    if (form_.growth) return NotSupported("growth is not supported here");
    if (form_.share) return NotSupported("shares and ratios are not supported here");
    if (!form_.nested.empty() || form_.restriction) {
      return NotSupported("what is excluded or picked by a rank of its own is not supported here");
    }
    LOUPE_RETURN_IF_ERROR(AddOutputs());
    LOUPE_RETURN_IF_ERROR(AddConditions());
    LOUPE_RETURN_IF_ERROR(AddOrder());
    LOUPE_RETURN_IF_ERROR(CheckMentions());
    return Assembled();
  }

 private:
  [[nodiscard]] const Entity& EntityAt(int entity) const {
    return model_.entities[static_cast<std::size_t>(entity)];
  }

  [[nodiscard]] std::string DimensionName(MemberRef ref) const {
    const Entity& entity = EntityAt(ref.entity);
    return entity.name + "." + entity.dimensions[static_cast<std::size_t>(ref.member)].name;
  }

  Result<std::string> MeasureName(const FormValue& value) const {
    const Entity& entity = EntityAt(value.ref.entity);
    if (value.kind == FormValue::Kind::kMeasure) {
      return entity.name + "." + entity.measures[static_cast<std::size_t>(value.ref.member)].name;
    }
    const Measure* measure = MeasureFor(entity, value);
    if (measure == nullptr) {
      return NotSupported("the model has no measure for a number of \"" + entity.name + "\"");
    }
    return entity.name + "." + measure->name;
  }

  static void PushUnique(std::vector<std::string>* names, const std::string& name) {
    if (std::find(names->begin(), names->end(), name) == names->end()) names->push_back(name);
  }

  Status AddMeasure(const FormValue& value) {
    LOUPE_ASSIGN_OR_RETURN(const std::string name, MeasureName(value));
    PushUnique(&measures_, name);
    return Status::Ok();
  }

  // What ranks, sorts or filters groups is shown beside them.
  Status AddOutputs() {
    for (const FormValue& output : form_.outputs) {
      if (output.IsAggregate()) {
        LOUPE_RETURN_IF_ERROR(AddMeasure(output));
      } else if (output.kind == FormValue::Kind::kGrain) {
        grained_ = output.ref;
      } else {
        PushUnique(&dimensions_, DimensionName(output.ref));
      }
    }
    for (const MemberRef group : form_.groups) PushUnique(&dimensions_, DimensionName(group));
    if (form_.rank && form_.rank->by.IsAggregate()) {
      LOUPE_RETURN_IF_ERROR(AddMeasure(form_.rank->by));
    }
    const bool grouped = !dimensions_.empty() || grained_;
    for (const FormCondition& condition : form_.conditions) {
      if (!condition.left.IsAggregate()) continue;
      if (!grouped) return NotSupported("a count of those that have so many is not supported here");
      LOUPE_RETURN_IF_ERROR(AddMeasure(condition.left));
    }
    // Two things of one name stay two.
    for (const int entity : form_.group_entities) AddKey(entity);
    if (measures_.empty()) return Status::Ok();
    for (const FormValue& output : form_.outputs) {
      const bool names = output.kind == FormValue::Kind::kColumn &&
                         output.ref.member == NameOf(model_, output.ref.entity);
      if (names) AddKey(output.ref.entity);
    }
    return Status::Ok();
  }

  void AddKey(int entity) {
    const Entity& owner = EntityAt(entity);
    for (const semantic::Dimension& dimension : owner.dimensions) {
      const bool key = std::find(owner.primary_key.begin(), owner.primary_key.end(),
                                 dimension.column) != owner.primary_key.end();
      if (key && dimension.is_public) PushUnique(&dimensions_, owner.name + "." + dimension.name);
    }
  }

  // ---- conditions ----

  static std::string OperatorOf(const FormCondition& condition) {
    if (condition.pattern) {
      static constexpr const char* kPatterns[] = {"contains", "startsWith", "endsWith"};
      static constexpr const char* kNegated[] = {"notContains", "notStartsWith", "notEndsWith"};
      const auto at = static_cast<std::size_t>(*condition.pattern);
      return condition.negated ? kNegated[at] : kPatterns[at];
    }
    static constexpr const char* kPlain[] = {"lt", "lte", "equals", "gte", "gt"};
    static constexpr const char* kTurned[] = {"gte", "gt", "notEquals", "lt", "lte"};
    const auto at = static_cast<std::size_t>(condition.comparison);
    return condition.negated ? kTurned[at] : kPlain[at];
  }

  Result<std::vector<Json>> FiltersOf(const FormCondition& condition) {
    if (condition.right || condition.over_groups)
      return NotSupported("a comparison with an aggregate is not supported here");
    std::string member = condition.left.IsAggregate() ? "" : DimensionName(condition.left.ref);
    if (condition.left.IsAggregate()) {
      LOUPE_ASSIGN_OR_RETURN(member, MeasureName(condition.left));
    }
    if (condition.range) return RangeFilters(condition, member);
    if (condition.comparison == Comparison::kBetween) {
      if (condition.negated) return NotSupported("\"not between\" is not supported here");
      return std::vector<Json>{FilterJson(member, "gte", {condition.values[0]}),
                               FilterJson(member, "lte", {condition.values[1]})};
    }
    return std::vector<Json>{FilterJson(member, OperatorOf(condition), condition.values)};
  }

  Result<std::vector<Json>> RangeFilters(const FormCondition& condition,
                                         const std::string& member) {
    const TimeRange& range = *condition.range;
    if (condition.negated) return NotSupported("\"not\" before a time is not supported here");
    if (range.from && range.to) {
      Json values = Bounds(range);
      return std::vector<Json>{FilterJson(member, "inDateRange", values.items())};
    }
    if (range.from)
      return std::vector<Json>{FilterJson(member, "afterOrOnDate", {FormatDate(*range.from)})};
    return std::vector<Json>{FilterJson(member, "beforeDate", {FormatDate(*range.to)})};
  }

  static Json Bounds(const TimeRange& range) {
    const DateTime last = FromMillis(ToMillis(*range.to) - 1);
    const bool days = Truncate(*range.from, TimeUnit::kDay) == *range.from &&
                      Truncate(*range.to, TimeUnit::kDay) == *range.to;
    Json bounds = Json::MakeArray();
    bounds.Append(days ? FormatDate(*range.from) : FormatDateTime(*range.from));
    bounds.Append(days ? FormatDate(last) : FormatDateTime(last));
    return bounds;
  }

  Status AddConditions() {
    for (std::size_t i = 0; i < form_.conditions.size();) {
      const FormCondition& first = form_.conditions[i];
      std::size_t end = i + 1;
      while (end < form_.conditions.size() && first.alternative > 0 &&
             form_.conditions[end].alternative == first.alternative) {
        ++end;
      }
      LOUPE_RETURN_IF_ERROR(AddAlternatives(i, end));
      i = end;
    }
    return Status::Ok();
  }

  // One whole range of the time that is grouped by, or of any, is the query's own.
  bool TakesRange(const FormCondition& condition) {
    const bool whole = condition.range && condition.range->from && condition.range->to &&
                       !condition.negated && !range_;
    const bool fits = whole && (!grained_ || *grained_ == condition.left.ref);
    if (!fits) return false;
    range_ = *condition.range;
    ranged_ = condition.left.ref;
    return true;
  }

  Status AddAlternatives(std::size_t begin, std::size_t end) {
    if (end - begin == 1 && TakesRange(form_.conditions[begin])) return Status::Ok();
    if (end - begin == 1) {
      LOUPE_ASSIGN_OR_RETURN(std::vector<Json> filters, FiltersOf(form_.conditions[begin]));
      for (Json& filter : filters) filters_.push_back(std::move(filter));
      return Status::Ok();
    }
    if (MergeValues(begin, end)) return Status::Ok();
    Json either = Json::MakeArray();
    for (std::size_t i = begin; i < end; ++i) {
      LOUPE_ASSIGN_OR_RETURN(std::vector<Json> filters, FiltersOf(form_.conditions[i]));
      if (filters.size() == 1) {
        either.Append(std::move(filters[0]));
      } else {
        either.Append(Json::Of({{"and", Json::FromArray(std::move(filters))}}));
      }
    }
    filters_.push_back(Json::Of({{"or", std::move(either)}}));
    return Status::Ok();
  }

  // "from JFK or EWR": one filter with both.
  bool MergeValues(std::size_t begin, std::size_t end) {
    std::vector<Json> values;
    const FormCondition& first = form_.conditions[begin];
    for (std::size_t i = begin; i < end; ++i) {
      const FormCondition& condition = form_.conditions[i];
      const bool same = condition.left == first.left && condition.negated == first.negated &&
                        condition.comparison == Comparison::kEqual && !condition.pattern &&
                        !condition.range && !condition.right && condition.values.size() == 1;
      if (!same) return false;
      values.push_back(condition.values[0]);
    }
    filters_.push_back(
        FilterJson(DimensionName(first.left.ref), OperatorOf(first), std::move(values)));
    return true;
  }

  // ---- order and the whole ----

  void AddPair(const std::string& member, bool descending) {
    Json pair = Json::MakeArray();
    pair.Append(member);
    pair.Append(descending ? "desc" : "asc");
    order_.push_back(std::move(pair));
  }

  Status AddOrder() {
    if (form_.rank) {
      const FormValue& by = form_.rank->by;
      std::string member = by.IsAggregate() ? "" : DimensionName(by.ref);
      if (by.IsAggregate()) {
        LOUPE_ASSIGN_OR_RETURN(member, MeasureName(by));
      }
      if (!by.IsAggregate()) PushUnique(&dimensions_, member);
      AddPair(member, form_.rank->descending);
      // A row without a value has no place; a count always has one.
      if (by.kind != FormValue::Kind::kCount) filters_.push_back(FilterJson(member, "set", {}));
    }
    AddOrderInTime();
    for (const FormOrder& order : form_.order) {
      std::string member = MemberOf(order.by, form_, model_);
      if (order.by.IsAggregate()) {
        LOUPE_ASSIGN_OR_RETURN(member, MeasureName(order.by));
      }
      if (order.by.kind == FormValue::Kind::kColumn) PushUnique(&dimensions_, member);
      AddPair(member, order.descending);
    }
    return Status::Ok();
  }

  // Years are listed as they follow one another, where nothing else is asked for.
  void AddOrderInTime() {
    if (form_.rank || !form_.order.empty() || measures_.empty() || grained_) return;
    for (const FormValue& output : form_.outputs) {
      if (output.kind != FormValue::Kind::kColumn) continue;
      const semantic::Dimension& dimension =
          EntityAt(output.ref.entity).dimensions[static_cast<std::size_t>(output.ref.member)];
      if (IsListedInTime(dimension)) return AddPair(DimensionName(output.ref), false);
    }
  }

  // An entity that is only named must be the owner of something in the query: rows that merely
  // exist beside others cannot be asked for.
  Status CheckMentions() const {
    for (const int entity : form_.mentions) {
      const std::string prefix = EntityAt(entity).name + ".";
      const auto owns = [&](const std::string& name) {
        return name.compare(0, prefix.size(), prefix) == 0;
      };
      const bool used = std::any_of(measures_.begin(), measures_.end(), owns) ||
                        std::any_of(dimensions_.begin(), dimensions_.end(), owns) ||
                        (ranged_ && ranged_->entity == entity) ||
                        std::any_of(filters_.begin(), filters_.end(), [&](const Json& filter) {
                          const Json* member = filter.Find("member");
                          return member != nullptr && owns(member->AsString());
                        });
      if (!used) return NotSupported("the role of \"" + EntityAt(entity).name + "\" is not clear");
    }
    return Status::Ok();
  }

  static Json Strings(const std::vector<std::string>& names) {
    Json list = Json::MakeArray();
    for (const std::string& name : names) list.Append(name);
    return list;
  }

  Json Assembled() {
    Json query = Json::MakeObject();
    if (!measures_.empty()) query.Set("measures", Strings(measures_));
    if (!dimensions_.empty()) query.Set("dimensions", Strings(dimensions_));
    if (grained_ || ranged_) {
      Json time = Json::Of({{"dimension", DimensionName(grained_ ? *grained_ : *ranged_)}});
      if (grained_) time.Set("granularity", TimeUnitName(*form_.grain));
      if (range_) time.Set("dateRange", Bounds(*range_));
      Json times = Json::MakeArray();
      times.Append(std::move(time));
      query.Set("timeDimensions", std::move(times));
    }
    if (!filters_.empty()) query.Set("filters", Json::FromArray(std::move(filters_)));
    if (!order_.empty()) query.Set("order", Json::FromArray(std::move(order_)));
    if (form_.rank) query.Set("limit", form_.rank->limit);
    if (!form_.rank && form_.limit) query.Set("limit", *form_.limit);
    if (measures_.empty() && !grained_ && !form_.distinct) query.Set("ungrouped", true);
    return query;
  }

  const Form& form_;
  const semantic::Model& model_;
  std::vector<std::string> measures_;
  std::vector<std::string> dimensions_;
  std::vector<Json> filters_;
  std::vector<Json> order_;
  std::optional<MemberRef> grained_;
  std::optional<MemberRef> ranged_;
  std::optional<TimeRange> range_;
};

}  // namespace

Result<Json> FormToQuery(const Form& form, const semantic::Model& model) {
  return Writer(form, model).Write();
}

std::string MemberOf(const FormValue& value, const Form& form, const semantic::Model& model) {
  const Entity& entity = model.entities[static_cast<std::size_t>(value.ref.entity)];
  if (value.kind == FormValue::Kind::kMeasure) {
    return entity.name + "." + entity.measures[static_cast<std::size_t>(value.ref.member)].name;
  }
  if (value.IsAggregate()) {
    const Measure* measure = MeasureFor(entity, value);
    return measure == nullptr ? std::string() : entity.name + "." + measure->name;
  }
  std::string name =
      entity.name + "." + entity.dimensions[static_cast<std::size_t>(value.ref.member)].name;
  if (value.kind == FormValue::Kind::kGrain && form.grain)
    name += "." + std::string(TimeUnitName(*form.grain));
  return name;
}

}  // namespace loupe::ask
