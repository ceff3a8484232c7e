#include "core/semantic/model_members.hpp"

#include <cmath>
#include <utility>

#include "core/base/nearest.hpp"
#include "core/semantic/fragment.hpp"
#include "core/semantic/names.hpp"

namespace loupe::semantic {
namespace {

// Budgets of a member; real ones stay a factor of ten below.
constexpr std::size_t kMaxBins = 1'000;
constexpr std::size_t kMaxGranularities = 100;
constexpr std::size_t kMaxMeasureFilters = 100;

Status CheckSql(const FieldReader& reader, std::string_view key, const std::string& sql) {
  if (sql.empty()) return Status::Ok();
  Status status = CheckFragment(sql);
  return status.ok() ? Status::Ok() : std::move(status).At(reader.PointerTo(key));
}

Status ReadFormula(const FieldReader& reader, std::optional<Formula>* out) {
  std::string text;
  LOUPE_RETURN_IF_ERROR(reader.Text("formula", &text));
  if (text.empty()) return Status::Ok();
  Result<Formula> formula = ParseFormula(text);
  if (!formula.ok()) return Status(formula.status()).At(reader.PointerTo("formula"));
  *out = std::move(formula).value();
  return Status::Ok();
}

// What dimensions and measures have in common.
template <class Member>
Status ReadMember(const FieldReader& reader, Member* member) {
  LOUPE_RETURN_IF_ERROR(ReadLabels(reader, &member->labels));
  LOUPE_RETURN_IF_ERROR(reader.Text("column", &member->column));
  LOUPE_RETURN_IF_ERROR(reader.Text("sql", &member->sql));
  LOUPE_RETURN_IF_ERROR(ReadFormula(reader, &member->formula));
  LOUPE_RETURN_IF_ERROR(reader.Text("data_type", &member->data_type));
  LOUPE_RETURN_IF_ERROR(reader.Text("format", &member->format));
  LOUPE_RETURN_IF_ERROR(reader.Flag("public", &member->is_public));
  const int sources =
      (member->column.empty() ? 0 : 1) + (member->sql.empty() ? 0 : 1) + (member->formula ? 1 : 0);
  if (sources > 1) {
    return reader.Error("\"" + member->name +
                        "\" has more than one of \"column\", \"sql\" and \"formula\"");
  }
  return CheckSql(reader, "sql", member->sql);
}

Status NeedsExpression(const FieldReader& reader, const std::string& name) {
  Status status = reader.Error("\"" + name + "\" has neither a \"column\" nor an \"sql\"");
  return std::move(status).WithHint(
      "Give it a \"column\", an \"sql\" or a \"formula\"; only a measure of type \"count\" may "
      "have none.");
}

Status ReadBins(const FieldReader& reader, std::vector<double>* bins) {
  const Json::Array* items = nullptr;
  LOUPE_RETURN_IF_ERROR(reader.Items("bins", kMaxBins, &items));
  for (std::size_t i = 0; items != nullptr && i < items->size(); ++i) {
    const Json& item = (*items)[i];
    if (!item.IsNumber() || (!bins->empty() && item.AsDouble() <= bins->back())) {
      return reader.ErrorAt("bins", "\"bins\" must be numbers in ascending order");
    }
    bins->push_back(item.AsDouble());
  }
  return Status::Ok();
}

Result<Interval> ReadInterval(const FieldReader& reader, std::string_view key,
                              const std::string& text) {
  Result<Interval> interval = ParseInterval(text);
  if (!interval.ok()) return Status(interval.status()).At(reader.PointerTo(key));
  return interval;
}

// One period of an interval that is a whole number of one unit.
bool SetPeriod(const Interval& interval, Granularity* granularity) {
  const auto set = [&](TimeUnit unit, std::int64_t count) {
    granularity->unit = unit;
    granularity->count = static_cast<int>(count);
    return count > 0 && count <= kMaxPeriodCount;
  };
  if (interval.months != 0 && interval.days == 0 && interval.millis == 0) {
    if (interval.months % 12 == 0) return set(TimeUnit::kYear, interval.months / 12);
    if (interval.months % 3 == 0) return set(TimeUnit::kQuarter, interval.months / 3);
    return set(TimeUnit::kMonth, interval.months);
  }
  if (interval.months == 0 && interval.days != 0 && interval.millis == 0) {
    if (interval.days % 7 == 0) return set(TimeUnit::kWeek, interval.days / 7);
    return set(TimeUnit::kDay, interval.days);
  }
  if (interval.months != 0 || interval.days != 0 || interval.millis % 1'000 != 0) return false;
  const std::int64_t seconds = interval.millis / 1'000;
  if (seconds % 3'600 == 0) return set(TimeUnit::kHour, seconds / 3'600);
  if (seconds % 60 == 0) return set(TimeUnit::kMinute, seconds / 60);
  return set(TimeUnit::kSecond, seconds);
}

// The way from the natural origin of a granularity to `origin`.
Interval OffsetOf(const DateTime& origin, TimeUnit unit) {
  Interval offset;
  const std::int64_t millis = ToMillis(origin);
  constexpr std::int64_t kDay = 86'400'000;
  if (unit >= TimeUnit::kMonth) {
    offset.months = (origin.year - 2000) * 12 + origin.month - 1;
    offset.days = origin.day - 1;
    offset.millis = millis - DaysFromCivil(origin.year, origin.month, origin.day) * kDay;
    return offset;
  }
  const std::int64_t first = DaysFromCivil(2000, 1, unit == TimeUnit::kWeek ? 3 : 1);
  const std::int64_t days = DaysFromCivil(origin.year, origin.month, origin.day);
  offset.days = days - first;
  offset.millis = millis - days * kDay;
  return offset;
}

Result<Granularity> ReadGranularity(const FieldReader& reader, std::set<std::string>* seen) {
  Granularity granularity;
  LOUPE_RETURN_IF_ERROR(reader.Open({"name", "title", "interval", "offset", "origin"}));
  LOUPE_RETURN_IF_ERROR(ReadName(reader, &granularity.name, seen));
  if (ParseTimeUnit(granularity.name)) {
    return reader.ErrorAt("name", "granularity \"" + granularity.name + "\" is built in");
  }
  std::string text;
  LOUPE_RETURN_IF_ERROR(reader.RequiredText("interval", &text));
  LOUPE_ASSIGN_OR_RETURN(const Interval interval, ReadInterval(reader, "interval", text));
  if (!SetPeriod(interval, &granularity)) {
    Status status = reader.ErrorAt("interval", "\"" + text + "\" is not the length of a period");
    return std::move(status).WithHint("Write a number of one unit, such as \"15 minutes\".");
  }
  std::string offset;
  std::string origin;
  LOUPE_RETURN_IF_ERROR(reader.Text("offset", &offset));
  LOUPE_RETURN_IF_ERROR(reader.Text("origin", &origin));
  if (!offset.empty()) {
    LOUPE_ASSIGN_OR_RETURN(granularity.offset, ReadInterval(reader, "offset", offset));
  } else if (!origin.empty()) {
    const std::optional<DateTime> time = ParseDateTime(origin);
    if (!time) return reader.ErrorAt("origin", "\"" + origin + "\" is not a date");
    granularity.offset = OffsetOf(*time, granularity.unit);
  }
  return granularity;
}

// "unbounded" is no interval.
Status ReadReach(const FieldReader& reader, std::string_view key, std::optional<Interval>* reach) {
  std::string text;
  LOUPE_RETURN_IF_ERROR(reader.Text(key, &text));
  if (text.empty()) return Status::Ok();
  reach->reset();
  if (text == "unbounded") return Status::Ok();
  LOUPE_ASSIGN_OR_RETURN(*reach, ReadInterval(reader, key, text));
  if ((*reach)->months >= 0 && (*reach)->days >= 0 && (*reach)->millis >= 0) return Status::Ok();
  return reader.ErrorAt(key, "\"" + std::string(key) + "\" of a rolling window is negative");
}

Status ReadRollingWindow(const FieldReader& reader, Measure* measure) {
  LOUPE_RETURN_IF_ERROR(reader.Open({"trailing", "leading", "offset", "to_date"}));
  RollingWindow window;
  LOUPE_RETURN_IF_ERROR(ReadReach(reader, "trailing", &window.trailing));
  LOUPE_RETURN_IF_ERROR(ReadReach(reader, "leading", &window.leading));
  LOUPE_RETURN_IF_ERROR(reader.Text("to_date", &window.to_date));
  if (!window.to_date.empty() && !NamedGranularity(window.to_date, 1, 1)) {
    return UnknownWord(reader, "to_date", window.to_date, GranularityNames());
  }
  std::string anchor = "end";
  LOUPE_RETURN_IF_ERROR(reader.Text("offset", &anchor));
  if (anchor != "end" && anchor != "start") {
    return UnknownWord(reader, "offset", anchor, {"end", "start"});
  }
  if (anchor == "start") window.anchor = RollingWindow::Anchor::kStart;
  const bool reaches = !window.trailing || !window.leading || !(*window.trailing == Interval{}) ||
                       !(*window.leading == Interval{});
  if (reaches == window.to_date.empty()) {
    measure->rolling = window;
    return Status::Ok();
  }
  Status status = reader.Error("rolling window of \"" + measure->name + "\" has " +
                               (reaches ? "both an extent and \"to_date\"" : "no extent"));
  return std::move(status).WithHint(
      "Write {\"trailing\": \"7 day\"}, {\"trailing\": \"unbounded\"} or {\"to_date\": \"year\"}.");
}

Status ReadSemiAdditive(const FieldReader& reader, Measure* measure) {
  LOUPE_RETURN_IF_ERROR(reader.Open({"time_dimension", "pick", "partition_by"}));
  SemiAdditive semi;
  LOUPE_RETURN_IF_ERROR(reader.RequiredText("time_dimension", &semi.time_dimension));
  LOUPE_RETURN_IF_ERROR(reader.Texts("partition_by", &semi.partition_by));
  std::string pick = "last";
  LOUPE_RETURN_IF_ERROR(reader.Text("pick", &pick));
  if (pick != "last" && pick != "first")
    return UnknownWord(reader, "pick", pick, {"last", "first"});
  if (pick == "first") semi.pick = SemiAdditive::Pick::kFirst;
  measure->semi_additive = std::move(semi);
  return Status::Ok();
}

// Reads the object `key`, when it is there, with read(FieldReader, measure).
template <class Read>
Status ReadObject(const FieldReader& reader, const Json* json, std::string_view key,
                  const std::string& thing, Read read, Measure* measure) {
  if (json == nullptr || json->IsNull()) return Status::Ok();
  return read(ModelReader(*json, reader.PointerTo(key), thing), measure);
}

// Filters are SQL conditions over {T} or filters of the query JSON; Resolve reads the second kind.
Status ReadFilters(const FieldReader& reader, std::string_view key, std::vector<Json>* filters) {
  const Json::Array* items = nullptr;
  LOUPE_RETURN_IF_ERROR(reader.Items(key, kMaxMeasureFilters, &items));
  for (std::size_t i = 0; items != nullptr && i < items->size(); ++i) {
    const Json& item = (*items)[i];
    const std::string pointer = JsonPointer(reader.PointerTo(key), i);
    if (!item.IsString() && !item.IsObject()) {
      return Status(Code::kSemanticInvalidModel,
                    std::string("a filter must be an sql condition or a filter object, not ") +
                        item.TypeName())
          .At(pointer);
    }
    if (item.IsString()) {
      Status status = CheckFragment(item.AsString());
      if (!status.ok()) return std::move(status).At(pointer);
    }
    filters->push_back(item);
  }
  return Status::Ok();
}

Status ReadShift(const FieldReader& reader, Measure* measure) {
  TimeShift shift;
  std::string interval;
  std::string direction = "prior";
  LOUPE_RETURN_IF_ERROR(reader.RequiredText("interval", &interval));
  LOUPE_RETURN_IF_ERROR(reader.Text("direction", &direction));
  LOUPE_RETURN_IF_ERROR(reader.Text("time_dimension", &shift.time_dimension));
  if (direction != "prior" && direction != "next") {
    return UnknownWord(reader, "direction", direction, {"prior", "next"});
  }
  shift.previous_period = interval == "previous_period";
  if (!shift.previous_period) {
    LOUPE_ASSIGN_OR_RETURN(shift.interval, ReadInterval(reader, "interval", interval));
    if (direction == "next") shift.interval = Negated(shift.interval);
  } else if (direction == "next") {
    return reader.ErrorAt("direction", "\"previous_period\" cannot be \"next\"");
  }
  measure->shift = std::move(shift);
  return Status::Ok();
}

// What measures made of other measures have.
Status ReadDerived(const FieldReader& reader, Measure* measure) {
  if (measure->kind == MeasureKind::kCalculated) {
    if (measure->formula) return Status::Ok();
    return reader.Error("calculated measure \"" + measure->name + "\" has no \"formula\"");
  }
  if (!measure->empty()) {
    return reader.Error("\"" + measure->name + "\" takes a \"measure\", not an expression");
  }
  LOUPE_RETURN_IF_ERROR(reader.RequiredText("measure", &measure->measure));
  if (measure->kind == MeasureKind::kTimeShift) return ReadShift(reader, measure);
  return reader.Texts("within", &measure->within);
}

Status ReadAggregate(const FieldReader& reader, const Json& json, Measure* measure) {
  if (measure->empty() && measure->aggregation != Aggregation::kCount) {
    return NeedsExpression(reader, measure->name);
  }
  if (measure->aggregation == Aggregation::kPercentile) {
    const Json* value = json.Find("percentile");
    if (value == nullptr || !value->IsNumber() || !(value->AsDouble() >= 0) ||
        !(value->AsDouble() <= 1)) {
      return reader.ErrorAt("percentile", "\"percentile\" must be a number between 0 and 1");
    }
    measure->percentile = value->AsDouble();
  }
  LOUPE_RETURN_IF_ERROR(ReadFilters(reader, "filters", &measure->filters));
  LOUPE_RETURN_IF_ERROR(ReadObject(reader, json.Find("rolling_window"), "rolling_window",
                                   "rolling window", ReadRollingWindow, measure));
  LOUPE_RETURN_IF_ERROR(ReadObject(reader, json.Find("semi_additive"), "semi_additive",
                                   "semi-additive rule", ReadSemiAdditive, measure));
  if (!measure->rolling || !measure->semi_additive) return Status::Ok();
  return reader.Error("\"" + measure->name + "\" cannot be both rolling and semi-additive");
}

std::vector<std::string> KeysOf(const Measure& measure) {
  std::vector<std::string> keys = {"name",    "type",        "column",   "sql",
                                   "formula", "data_type",   "title",    "format",
                                   "public",  "description", "synonyms", "fill_nulls"};
  const auto add = [&](std::initializer_list<const char*> more) {
    keys.insert(keys.end(), more.begin(), more.end());
  };
  switch (measure.kind) {
    case MeasureKind::kAggregate:
      add({"filters", "rolling_window", "semi_additive"});
      if (measure.aggregation == Aggregation::kPercentile) add({"percentile"});
      break;
    case MeasureKind::kTimeShift:
      add({"measure", "interval", "direction", "time_dimension"});
      break;
    case MeasureKind::kPercentOfTotal:
    case MeasureKind::kRank:
      add({"measure", "within"});
      break;
    case MeasureKind::kCalculated:
      break;
  }
  return keys;
}

Status ReadMeasureType(const FieldReader& reader, Measure* measure) {
  std::string type;
  LOUPE_RETURN_IF_ERROR(reader.RequiredText("type", &type));
  if (const std::optional<Aggregation> aggregation = ParseAggregation(type)) {
    measure->aggregation = *aggregation;
  } else if (const std::optional<MeasureKind> kind = ParseMeasureKind(type)) {
    measure->kind = *kind;
  } else {
    return UnknownWord(reader, "type", type, MeasureTypeNames());
  }
  return Status::Ok();
}

Status ReadFillNulls(const FieldReader& reader, const Json* value, Measure* measure) {
  if (value == nullptr || value->IsNull()) return Status::Ok();
  if (!value->IsNumber()) return reader.ErrorAt("fill_nulls", "\"fill_nulls\" must be a number");
  measure->fill_nulls = value->AsDouble();
  return Status::Ok();
}

}  // namespace

FieldReader ModelReader(const Json& json, std::string pointer, std::string thing) {
  return FieldReader(json, std::move(pointer), std::move(thing), Code::kSemanticInvalidModel);
}

Status ReadLabels(const FieldReader& reader, Labels* labels) {
  LOUPE_RETURN_IF_ERROR(reader.Text("title", &labels->title));
  LOUPE_RETURN_IF_ERROR(reader.Text("description", &labels->description));
  return reader.Texts("synonyms", &labels->synonyms);
}

Status ReadName(const FieldReader& reader, std::string* name, std::set<std::string>* seen) {
  LOUPE_RETURN_IF_ERROR(reader.RequiredText("name", name));
  if (!IsMemberName(*name)) {
    Status status = reader.ErrorAt("name", "name \"" + *name + "\" is not a valid name");
    return std::move(status).WithHint(
        "A name has letters A to Z, digits and underscores, does not begin with a digit and is at "
        "most 63 bytes long.");
  }
  if (seen->insert(*name).second) return Status::Ok();
  return reader.ErrorAt("name", "name \"" + *name + "\" is used twice");
}

Status UnknownWord(const FieldReader& reader, std::string_view key, const std::string& word,
                   const std::vector<std::string>& words) {
  Status status = reader.ErrorAt(key, "unknown " + std::string(key) + " \"" + word + "\"");
  return std::move(status).WithHint(NearestNameHint(word, words));
}

Result<Dimension> ReadDimension(const FieldReader& reader, std::set<std::string>* seen) {
  Dimension dimension;
  LOUPE_RETURN_IF_ERROR(
      reader.Open({"name", "type", "column", "sql", "formula", "data_type", "bins", "granularities",
                   "title", "description", "synonyms", "format", "public"}));
  LOUPE_RETURN_IF_ERROR(ReadName(reader, &dimension.name, seen));
  std::string type;
  LOUPE_RETURN_IF_ERROR(reader.RequiredText("type", &type));
  const std::optional<DimensionType> parsed = ParseDimensionType(type);
  if (!parsed) return UnknownWord(reader, "type", type, DimensionTypeNames());
  dimension.type = *parsed;
  LOUPE_RETURN_IF_ERROR(ReadMember(reader, &dimension));
  LOUPE_RETURN_IF_ERROR(ReadBins(reader, &dimension.bins));
  std::set<std::string> granularities;
  LOUPE_RETURN_IF_ERROR(ReadList(
      reader, "granularities", kMaxGranularities, "granularity",
      [&](const FieldReader& item) { return ReadGranularity(item, &granularities); },
      &dimension.granularities));
  if (dimension.empty()) return NeedsExpression(reader, dimension.name);
  if (!dimension.granularities.empty() && dimension.type != DimensionType::kTime) {
    return reader.ErrorAt("granularities", "\"" + dimension.name + "\" is not a time dimension");
  }
  if (!dimension.bins.empty() && dimension.type != DimensionType::kString) {
    return reader.ErrorAt("type", "a dimension with \"bins\" must be a string");
  }
  return dimension;
}

Result<Measure> ReadMeasure(const FieldReader& reader, std::set<std::string>* seen) {
  Measure measure;
  LOUPE_RETURN_IF_ERROR(reader.RequireObject());
  LOUPE_RETURN_IF_ERROR(ReadName(reader, &measure.name, seen));
  LOUPE_RETURN_IF_ERROR(ReadMeasureType(reader, &measure));
  LOUPE_RETURN_IF_ERROR(reader.Open(KeysOf(measure)));
  LOUPE_RETURN_IF_ERROR(ReadMember(reader, &measure));
  LOUPE_RETURN_IF_ERROR(ReadFillNulls(reader, reader.object().Find("fill_nulls"), &measure));
  LOUPE_RETURN_IF_ERROR(measure.kind == MeasureKind::kAggregate
                            ? ReadAggregate(reader, reader.object(), &measure)
                            : ReadDerived(reader, &measure));
  return measure;
}

Result<Segment> ReadSegment(const FieldReader& reader, std::set<std::string>* seen) {
  Segment segment;
  LOUPE_RETURN_IF_ERROR(reader.Open({"name", "sql", "title", "description", "synonyms", "public"}));
  LOUPE_RETURN_IF_ERROR(ReadName(reader, &segment.name, seen));
  LOUPE_RETURN_IF_ERROR(ReadLabels(reader, &segment.labels));
  LOUPE_RETURN_IF_ERROR(reader.RequiredText("sql", &segment.sql));
  LOUPE_RETURN_IF_ERROR(CheckSql(reader, "sql", segment.sql));
  LOUPE_RETURN_IF_ERROR(reader.Flag("public", &segment.is_public));
  return segment;
}

Result<Hierarchy> ReadHierarchy(const FieldReader& reader, std::set<std::string>* seen) {
  Hierarchy hierarchy;
  LOUPE_RETURN_IF_ERROR(reader.Open({"name", "title", "levels"}));
  LOUPE_RETURN_IF_ERROR(ReadName(reader, &hierarchy.name, seen));
  LOUPE_RETURN_IF_ERROR(reader.Text("title", &hierarchy.title));
  LOUPE_RETURN_IF_ERROR(reader.Texts("levels", &hierarchy.levels));
  if (hierarchy.levels.empty()) return reader.ErrorAt("levels", "hierarchy has no \"levels\"");
  return hierarchy;
}

Result<AccessRule> ReadAccessRule(const FieldReader& reader) {
  AccessRule rule;
  LOUPE_RETURN_IF_ERROR(reader.Open({"roles", "row_filter", "hidden", "masked"}));
  LOUPE_RETURN_IF_ERROR(reader.Texts("roles", &rule.roles));
  LOUPE_RETURN_IF_ERROR(reader.Texts("hidden", &rule.hidden));
  LOUPE_RETURN_IF_ERROR(reader.Texts("masked", &rule.masked));
  const Json* filter = reader.object().Find("row_filter");
  if (filter == nullptr || !filter->IsString()) {
    LOUPE_RETURN_IF_ERROR(ReadFilters(reader, "row_filter", &rule.row_filter));
    return rule;
  }
  std::string sql;
  LOUPE_RETURN_IF_ERROR(reader.RequiredText("row_filter", &sql));
  LOUPE_RETURN_IF_ERROR(CheckSql(reader, "row_filter", sql));
  rule.row_filter.emplace_back(sql);
  return rule;
}

}  // namespace loupe::semantic
