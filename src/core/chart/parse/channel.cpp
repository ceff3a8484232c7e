#include "core/chart/parse/channel.hpp"

#include "core/base/nearest.hpp"
#include "core/chart/data/predicate.hpp"
#include "core/chart/parse/property.hpp"

namespace loupe::chart {
namespace {

constexpr std::size_t kMaxBinSteps = 64;
constexpr std::size_t kMaxSortValues = 20'000;

Status UnknownName(const std::string& what, const std::string& name,
                   const std::vector<std::string>& names, std::string pointer) {
  return Status(Code::kChartInvalidSpec, "unknown " + what + " \"" + name + "\"")
      .WithHint(NearestNameHint(name, names))
      .At(std::move(pointer));
}

Result<DataType> ParseType(const Json& json, const std::string& pointer) {
  const std::string& name = json.AsString();
  if (name == "quantitative" || name == "Q") return DataType::kQuantitative;
  if (name == "temporal" || name == "T") return DataType::kTemporal;
  if (name == "ordinal" || name == "O") return DataType::kOrdinal;
  if (name == "nominal" || name == "N") return DataType::kNominal;
  if (name == "geojson") return NotDrawn("type \"geojson\"", pointer);
  return UnknownName("type", name, {"quantitative", "temporal", "ordinal", "nominal"}, pointer);
}

Result<Aggregate> ParseAggregateName(const Json& json, const std::string& pointer) {
  if (json.IsObject()) {
    return InvalidSpec("an aggregation object must be {\"argmin\": field} or {\"argmax\": field}",
                       pointer);
  }
  const std::optional<Aggregate> aggregate = ParseAggregate(json.AsString());
  const bool row = aggregate == Aggregate::kArgmin || aggregate == Aggregate::kArgmax;
  if (row) return NotDrawn("aggregation \"" + json.AsString() + "\" of a channel", pointer);
  if (aggregate) return *aggregate;
  for (const char* later : {"values", "exponential", "exponentialb"}) {
    if (json.AsString() == later)
      return NotDrawn("aggregation \"" + json.AsString() + "\"", pointer);
  }
  std::vector<std::string> names;
  for (int i = 0; i <= static_cast<int>(kLastAggregate); ++i) {
    names.emplace_back(AggregateName(static_cast<Aggregate>(i)));
  }
  return UnknownName("aggregation", json.AsString(), names, pointer);
}

Status ReadNumbers(const Json& json, const std::string& pointer, std::vector<double>* out) {
  out->clear();
  for (const Json& item : json.items()) {
    if (!item.IsNumber()) return InvalidSpec("bin lists must hold numbers", pointer);
    if (out->size() >= kMaxBinSteps) return InvalidSpec("bin list is too long", pointer);
    out->push_back(item.AsDouble());
  }
  return Status::Ok();
}

}  // namespace

Result<BinParams> ParseBin(const Json& json, const std::string& pointer,
                           std::vector<Warning>* warnings) {
  BinParams bin;
  if (json.IsString()) {
    if (json.AsString() != "binned") {
      return InvalidSpec("\"bin\" must be true, an object or \"binned\"", pointer);
    }
    bin.binned = true;
    return bin;
  }
  if (!json.IsObject()) return bin;
  LOUPE_RETURN_IF_ERROR(CheckObject(json, ObjectKind::kBin, pointer, warnings));
  if (const Json* v = json.Find("maxbins")) bin.max_bins = v->AsDouble();
  if (const Json* v = json.Find("step")) bin.step = v->AsDouble();
  if (const Json* v = json.Find("minstep")) bin.min_step = v->AsDouble();
  if (const Json* v = json.Find("base")) bin.base = v->AsDouble();
  if (const Json* v = json.Find("anchor")) bin.anchor = v->AsDouble();
  if (const Json* v = json.Find("nice")) bin.nice = v->AsBool();
  if (const Json* v = json.Find("binned")) bin.binned = v->AsBool();
  if (const Json* v = json.Find("steps")) {
    LOUPE_RETURN_IF_ERROR(ReadNumbers(*v, JsonPointer(pointer, "steps"), &bin.steps));
  }
  if (const Json* v = json.Find("divide")) {
    LOUPE_RETURN_IF_ERROR(ReadNumbers(*v, JsonPointer(pointer, "divide"), &bin.divide));
  }
  if (const Json* v = json.Find("extent")) {
    std::vector<double> extent;
    if (!v->IsArray()) return NotDrawn("a computed bin extent", JsonPointer(pointer, "extent"));
    LOUPE_RETURN_IF_ERROR(ReadNumbers(*v, JsonPointer(pointer, "extent"), &extent));
    if (extent.size() != 2) {
      return InvalidSpec("\"extent\" must hold two numbers", JsonPointer(pointer, "extent"));
    }
    bin.extent = {extent[0], extent[1]};
  }
  const bool bad_step = bin.step && !(*bin.step > 0);
  if (bad_step) return InvalidSpec("bin \"step\" must be positive", JsonPointer(pointer, "step"));
  if (!(bin.base > 1))
    return InvalidSpec("bin \"base\" must exceed 1", JsonPointer(pointer, "base"));
  if (bin.max_bins != 0 && !(bin.max_bins >= 1)) {
    return InvalidSpec("\"maxbins\" must be at least 1", JsonPointer(pointer, "maxbins"));
  }
  for (const double divisor : bin.divide) {
    if (!(divisor > 0)) {
      return InvalidSpec("\"divide\" must hold positive numbers", JsonPointer(pointer, "divide"));
    }
  }
  return bin;
}

Result<TimeUnitSpec> ParseTimeUnit(const Json& json, const std::string& pointer) {
  const Json* name = &json;
  TimeUnitSpec unit;
  double step = 1;
  bool binned = false;
  if (json.IsObject()) {
    if (json.Find("maxbins") != nullptr) return NotDrawn("\"maxbins\" of a time unit", pointer);
    name = json.Find("unit");
    if (const Json* v = json.Find("step"); v != nullptr && v->IsNumber()) step = v->AsDouble();
    if (const Json* v = json.Find("binned"); v != nullptr && v->IsBool()) binned = v->AsBool();
  }
  if (name == nullptr || !name->IsString()) {
    return InvalidSpec("a time unit needs a \"unit\" string", pointer);
  }
  const std::optional<TimeUnitSpec> parsed = ParseTimeUnitSpec(name->AsString());
  if (!parsed) {
    return UnknownName("time unit", name->AsString(),
                       {"year", "quarter", "month", "yearmonth", "yearquarter", "yearmonthdate",
                        "week", "yearweek", "day", "dayofyear", "date", "monthdate", "hours",
                        "hoursminutes", "minutes", "seconds", "yearmonthdatehours"},
                       pointer);
  }
  if (!(step >= 1 && step <= 1000)) {
    return InvalidSpec("the step of a time unit must be between 1 and 1000", pointer);
  }
  unit = *parsed;
  unit.step = static_cast<int>(step);
  unit.binned = unit.binned || binned;
  return unit;
}

namespace {

Result<Sort> ParseChannelSort(std::string_view name, bool descending, const std::string& pointer) {
  Sort sort;
  const std::optional<Channel> channel = ParseChannel(name);
  if (!channel) {
    return UnknownName("sort", std::string(name), {"ascending", "descending", "x", "y", "color"},
                       pointer);
  }
  sort.kind = SortKind::kChannel;
  sort.channel = *channel;
  sort.descending = descending;
  return sort;
}

Result<Sort> ParseSort(const Json& json, const std::string& pointer,
                       std::vector<Warning>* warnings) {
  Sort sort;
  if (json.IsNull() || (json.IsBool() && !json.AsBool())) {
    sort.kind = SortKind::kNone;
    return sort;
  }
  if (json.IsBool()) return sort;
  if (json.IsString()) {
    const std::string& name = json.AsString();
    if (name == "ascending") sort.kind = SortKind::kAscending;
    if (name == "descending") sort.kind = SortKind::kDescending;
    if (sort.kind != SortKind::kDefault) return sort;
    const bool descending = !name.empty() && name[0] == '-';
    return ParseChannelSort(std::string_view(name).substr(descending ? 1 : 0), descending, pointer);
  }
  if (json.IsArray()) {
    sort.kind = SortKind::kList;
    if (json.items().size() > kMaxSortValues) return InvalidSpec("sort list is too long", pointer);
    sort.list = json.items();
    return sort;
  }
  LOUPE_RETURN_IF_ERROR(CheckObject(json, ObjectKind::kSortObject, pointer, warnings));
  const Json* order = json.Find("order");
  const bool descending =
      order != nullptr && order->IsString() && order->AsString() == "descending";
  if (const Json* encoding = json.Find("encoding")) {
    return ParseChannelSort(encoding->AsString(), descending, JsonPointer(pointer, "encoding"));
  }
  sort.kind = SortKind::kField;
  sort.descending = descending;
  if (const Json* field = json.Find("field"); field != nullptr && field->IsString()) {
    sort.field = field->AsString();
  }
  if (const Json* op = json.Find("op")) {
    LOUPE_ASSIGN_OR_RETURN(sort.aggregate, ParseAggregateName(*op, JsonPointer(pointer, "op")));
  }
  return sort;
}

Status ParseStack(const Json& json, const std::string& pointer, ChannelDef* def) {
  if (json.IsNull() || (json.IsBool() && !json.AsBool())) {
    def->stack_kind = StackKind::kNone;
    return Status::Ok();
  }
  def->stack_kind = StackKind::kOffset;
  if (json.IsBool() || json.AsString() == "zero") {
    def->stack_offset = StackOffset::kZero;
  } else if (json.AsString() == "normalize") {
    def->stack_offset = StackOffset::kNormalize;
  } else if (json.AsString() == "center") {
    def->stack_offset = StackOffset::kCenter;
  } else {
    return UnknownName("stack", json.AsString(), {"zero", "normalize", "center"}, pointer);
  }
  return Status::Ok();
}

// A guide that is null is left out; otherwise its members are checked and kept.
Status ParseGuide(const Json* json, ObjectKind kind, const std::string& pointer, Json* out,
                  bool* has, std::vector<Warning>* warnings) {
  if (json == nullptr) return Status::Ok();
  if (json->IsNull()) {
    *has = false;
    return Status::Ok();
  }
  LOUPE_RETURN_IF_ERROR(CheckObject(*json, kind, pointer, warnings));
  *out = *json;
  return Status::Ok();
}

// A name, or {"argmax": FIELD}: the value in the row where another field is greatest.
Status ReadAggregate(const Json& json, const std::string& pointer, ChannelDef* def) {
  for (const Aggregate op : {Aggregate::kArgmin, Aggregate::kArgmax}) {
    const Json* field = json.Find(AggregateName(op));
    if (field == nullptr || !field->IsString()) continue;
    def->aggregate = op;
    def->arg_field = field->AsString();
    return Status::Ok();
  }
  LOUPE_ASSIGN_OR_RETURN(def->aggregate, ParseAggregateName(json, pointer));
  return Status::Ok();
}

Status ParseFieldParts(const Json& json, const std::string& pointer, ChannelDef* def,
                       std::vector<Warning>* warnings) {
  if (const Json* v = json.Find("aggregate")) {
    LOUPE_RETURN_IF_ERROR(ReadAggregate(*v, JsonPointer(pointer, "aggregate"), def));
  }
  const Json* bin = json.Find("bin");
  const bool binning = bin != nullptr && !bin->IsNull() && !(bin->IsBool() && !bin->AsBool());
  if (binning) {
    LOUPE_ASSIGN_OR_RETURN(def->bin, ParseBin(*bin, JsonPointer(pointer, "bin"), warnings));
  }
  if (const Json* v = json.Find("timeUnit"); v != nullptr && !v->IsNull()) {
    LOUPE_ASSIGN_OR_RETURN(def->time_unit, ParseTimeUnit(*v, JsonPointer(pointer, "timeUnit")));
  }
  if (const Json* v = json.Find("sort")) {
    LOUPE_ASSIGN_OR_RETURN(def->sort, ParseSort(*v, JsonPointer(pointer, "sort"), warnings));
  }
  if (const Json* v = json.Find("impute")) def->impute = *v;
  if (const Json* v = json.Find("stack")) {
    LOUPE_RETURN_IF_ERROR(ParseStack(*v, JsonPointer(pointer, "stack"), def));
  }
  return Status::Ok();
}

// Positions may have more bins than colours, sizes and shapes, which are harder to tell apart.
double DefaultMaxBins(Channel channel) {
  return static_cast<int>(channel) >= static_cast<int>(Channel::kColor) ? 6 : 10;
}

Status ParseBinding(const Json& json, const std::string& pointer, ChannelDef* def) {
  const Json* field = json.Find("field");
  const Json* datum = json.Find("datum");
  const Json* value = json.Find("value");
  if (field != nullptr) {
    if (!field->IsString()) return NotDrawn("a repeated field", JsonPointer(pointer, "field"));
    def->kind = DefKind::kField;
    def->field = field->AsString();
  } else if (datum != nullptr) {
    def->kind = DefKind::kDatum;
    def->value = *datum;
  } else if (value != nullptr) {
    def->kind = DefKind::kValue;
    def->value = *value;
  } else if (def->aggregate == Aggregate::kCount) {
    def->kind = DefKind::kField;
  } else if (def->aggregate || def->bin || def->time_unit) {
    return InvalidSpec("a channel that aggregates, bins or truncates needs a \"field\"", pointer);
  }
  return Status::Ok();
}

Result<ChannelDef> ParseDefinition(const Json& json, Channel channel, const std::string& pointer,
                                   std::vector<Warning>* warnings) {
  LOUPE_RETURN_IF_ERROR(CheckObject(json, ObjectKind::kChannel, pointer, warnings));
  ChannelDef def;
  def.pointer = pointer;
  if (const Json* v = json.Find("type")) {
    LOUPE_ASSIGN_OR_RETURN(def.type, ParseType(*v, JsonPointer(pointer, "type")));
  }
  LOUPE_RETURN_IF_ERROR(ParseFieldParts(json, pointer, &def, warnings));
  LOUPE_RETURN_IF_ERROR(ParseBinding(json, pointer, &def));
  if (const Json* v = json.Find("bandPosition")) def.band_position = v->AsDouble();
  if (const Json* v = json.Find("title")) def.title = *v;
  if (const Json* v = json.Find("format")) {
    if (!v->IsString()) return NotDrawn("a format object", JsonPointer(pointer, "format"));
    def.format = v->AsString();
  }
  if (const Json* v = json.Find("formatType")) def.format_type = v->AsString();
  LOUPE_RETURN_IF_ERROR(ParseGuide(json.Find("scale"), ObjectKind::kScale,
                                   JsonPointer(pointer, "scale"), &def.scale, &def.has_scale,
                                   warnings));
  LOUPE_RETURN_IF_ERROR(ParseGuide(json.Find("axis"), ObjectKind::kAxis,
                                   JsonPointer(pointer, "axis"), &def.axis, &def.has_axis,
                                   warnings));
  def.legend_given = json.Find("legend") != nullptr;
  LOUPE_RETURN_IF_ERROR(ParseGuide(json.Find("legend"), ObjectKind::kLegend,
                                   JsonPointer(pointer, "legend"), &def.legend, &def.has_legend,
                                   warnings));
  if (def.bin && def.bin->max_bins == 0) def.bin->max_bins = DefaultMaxBins(channel);
  return def;
}

// A condition's definition without what says when it holds.
Json Definition(const Json& condition) {
  Json out = Json::MakeObject();
  for (const Json::Member& member : condition.members()) {
    const bool when = member.name == "test" || member.name == "param" || member.name == "empty";
    if (!when) out.Set(member.name, member.value);
  }
  return out;
}

Result<Predicate> ParseWhen(const Json& condition, const std::string& pointer) {
  if (const Json* test = condition.Find("test")) {
    return Predicate::Parse(*test, JsonPointer(pointer, "test"));
  }
  const Json* param = condition.Find("param");
  if (param == nullptr) return InvalidSpec("a condition needs a \"test\" or \"param\"", pointer);
  Json selected = Json::Of({{"param", *param}});
  if (const Json* empty = condition.Find("empty")) selected.Set("empty", *empty);
  return Predicate::Parse(selected, pointer);
}

// Adds one case to `def`; a field of a case becomes the channel's field, and what the channel says
// itself is left for the rows where no case holds.
Status AddCase(const Json& condition, Channel channel, const std::string& pointer,
               std::vector<Warning>* warnings, ChannelDef* def) {
  if (!condition.IsObject()) return InvalidSpec("a condition must be an object", pointer);
  LOUPE_ASSIGN_OR_RETURN(Predicate predicate, ParseWhen(condition, pointer));
  ChannelCase entry{std::move(predicate), false, Json()};
  if (const Json* value = condition.Find("value")) {
    entry.value = *value;
    def->cases.push_back(std::move(entry));
    return Status::Ok();
  }
  LOUPE_ASSIGN_OR_RETURN(ChannelDef inner,
                         ParseDefinition(Definition(condition), channel, pointer, warnings));
  if (!inner.IsFieldOrDatum() || def->IsFieldOrDatum()) {
    return InvalidSpec("a condition needs a \"value\", or a field where the channel has none",
                       pointer);
  }
  entry.by_field = true;
  inner.cases = std::move(def->cases);
  inner.cases.push_back(std::move(entry));
  if (def->kind == DefKind::kValue) inner.otherwise = std::move(def->value);
  *def = std::move(inner);
  return Status::Ok();
}

Status AddCases(const Json& conditions, Channel channel, const std::string& pointer,
                std::vector<Warning>* warnings, ChannelDef* def) {
  if (!conditions.IsArray()) return AddCase(conditions, channel, pointer, warnings, def);
  for (std::size_t i = 0; i < conditions.items().size(); ++i) {
    LOUPE_RETURN_IF_ERROR(
        AddCase(conditions.items()[i], channel, JsonPointer(pointer, i), warnings, def));
  }
  return Status::Ok();
}

}  // namespace

Result<ChannelDef> ParseChannelDef(const Json& json, Channel channel, const std::string& pointer,
                                   std::vector<Warning>* warnings) {
  LOUPE_ASSIGN_OR_RETURN(ChannelDef def, ParseDefinition(json, channel, pointer, warnings));
  if (const Json* condition = json.Find("condition")) {
    LOUPE_RETURN_IF_ERROR(
        AddCases(*condition, channel, JsonPointer(pointer, "condition"), warnings, &def));
    if (def.kind == DefKind::kNone) def.kind = DefKind::kValue;  // the mark's own look elsewhere
  }
  return def;
}

}  // namespace loupe::chart
