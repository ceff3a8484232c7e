#include "core/semantic/dbt_metrics.hpp"

#include <optional>
#include <set>

#include "core/base/utf8.hpp"
#include "core/semantic/aggregate_measure.hpp"

namespace loupe::semantic {
namespace {

constexpr std::size_t kMaxMetrics = 20'000;
constexpr int kMaxMetricDepth = 32;

const Json& NullJson() {
  static const Json null;
  return null;
}

// The member, or null JSON.
const Json& At(const Json& object, std::string_view key) {
  const Json* value = object.Find(key);
  return value == nullptr ? NullJson() : *value;
}

std::string TextAt(const Json& object, std::string_view key) {
  const Json& value = At(object, key);
  return value.IsString() ? value.AsString() : std::string();
}

// {"count": 7, "granularity": "day"} or "7 days"; empty when it is neither.
std::string WindowText(const Json& window) {
  if (window.IsString()) return window.AsString();
  const Json& count = At(window, "count");
  const std::string unit = TextAt(window, "granularity");
  if (!count.IsInteger() || unit.empty()) return {};
  return std::to_string(count.AsInteger()) + " " + unit;
}

// The templates of a filter: {"where_filters": [{"where_sql_template": …}]}, one of these, or text.
void AppendTemplates(const Json& filter, std::vector<std::string>* templates) {
  if (filter.IsString()) templates->push_back(filter.AsString());
  const std::string one = TextAt(filter, "where_sql_template");
  if (!one.empty()) templates->push_back(one);
  const Json& list = At(filter, "where_filters");
  for (std::size_t i = 0; list.IsArray() && i < list.items().size(); ++i) {
    templates->push_back(TextAt(list.items()[i], "where_sql_template"));
  }
}

// A name or {"name": …}, which inputs may be.
std::string InputName(const Json& input) {
  return input.IsString() ? input.AsString() : TextAt(input, "name");
}

// Where a metric goes.
struct Place {
  const DbtModel* model = nullptr;
  std::string name;
  [[nodiscard]] std::string Qualified() const { return model->draft->name + "." + name; }
};

class MetricReader {
 public:
  MetricReader(const DbtProject& project, ImportDraft* draft) : project_(project), draft_(draft) {}

  Status Run(const std::vector<ForeignItem>& metrics);

 private:
  using Templates = std::vector<std::string>;

  Status Read(const ForeignItem& item);
  Status ReadSimple(const Json& metric, const Templates& more, DraftMember* measure);
  Status ReadCumulative(const Json& metric, const Templates& more, DraftMember* measure);
  Status ReadRatio(const Json& metric, DraftMember* measure);
  Status ReadDerived(const Json& metric, DraftMember* measure);
  Result<std::string> Input(const Json& input, const Json& metric, const DraftMember& of);
  Result<std::string> Filtered(const Json& input, const Templates& templates,
                               const DraftMember& of);
  Result<std::string> Shifted(const Json& input, const std::string& source, const DraftMember& of);

  [[nodiscard]] Result<DbtMeasure> MeasureOf(const Json& metric) const;
  Status SetAggregate(const DbtMeasure& source, Json* measure) const;
  Status SetExpression(const DbtMeasure& source, const std::string& agg, Json* measure) const;
  Status SetSemiAdditive(const DbtMeasure& source, Json* measure) const;
  void SetFillNulls(const Json& metric, Json* measure) const;
  [[nodiscard]] const DbtModel* HomeOf(const Json& metric, int depth) const;
  void AddUnusedMeasures();
  void Reserve(const ForeignItem& item);
  void AddTo(const DbtModel& model, DraftMember measure) const {
    model.draft->measures.push_back(std::move(measure));
  }

  const DbtProject& project_;
  ImportDraft* draft_;
  std::map<std::string, const Json*> metrics_;
  std::map<std::string, Place> places_;
  mutable std::set<std::string> used_;
};

// The measure that a simple or cumulative metric aggregates.
Result<DbtMeasure> MetricReader::MeasureOf(const Json& metric) const {
  const Json& params = At(metric, "type_params");
  const Json& aggregation = At(params, "metric_aggregation_params");
  if (aggregation.IsObject()) {
    DbtMeasure measure;
    measure.model = project_.FindModel(TextAt(aggregation, "semantic_model"));
    measure.json = &aggregation;
    measure.name = TextAt(metric, "name");
    measure.expression = TextAt(params, "expr");
    if (measure.model == nullptr) return NotCarried("its semantic model does not exist");
    return measure;
  }
  const std::string name = InputName(At(params, "measure"));
  const auto found = project_.measures.find(name);
  if (found == project_.measures.end())
    return NotCarried("its measure \"" + name + "\" does not exist");
  used_.insert(name);
  return found->second;
}

// The model whose entity a metric belongs to: that of its measure, or of its first input.
const DbtModel* MetricReader::HomeOf(const Json& metric, int depth) const {
  if (depth > kMaxMetricDepth) return nullptr;
  const Json& params = At(metric, "type_params");
  const std::string type = TextAt(metric, "type");
  if (type == "simple" || type == "cumulative") {
    const Result<DbtMeasure> measure = MeasureOf(metric);
    if (measure.ok()) return measure.value().model;
  }
  const Json& cumulative = At(At(params, "cumulative_type_params"), "metric");
  const Json& inputs = At(params, "metrics");
  const Json* first = &At(params, "numerator");
  if (!cumulative.IsNull()) first = &cumulative;
  if (inputs.IsArray() && !inputs.items().empty()) first = &inputs.items()[0];
  const auto found = metrics_.find(InputName(*first));
  return found == metrics_.end() ? nullptr : HomeOf(*found->second, depth + 1);
}

void MetricReader::Reserve(const ForeignItem& item) {
  const std::string name = TextAt(*item.value, "name");
  const DbtModel* home = HomeOf(*item.value, 0);
  if (home == nullptr || name.empty()) return;
  const bool taken = home->draft->names.Has(MemberNameFrom(name));
  const std::string member = home->draft->names.Take(taken ? name + "_metric" : name);
  if (taken) {
    draft_->notes.Add(item.pointer, "metric \"" + name + "\" is called \"" + member +
                                        "\": a dimension has its name");
  }
  places_[name] = {home, member};
}

Status MetricReader::SetExpression(const DbtMeasure& source, const std::string& agg,
                                   Json* measure) const {
  const std::string written = source.expression.empty() ? source.name : source.expression;
  const bool counts_rows = agg == "count" && (written == "1" || written == "*");
  if (counts_rows) return Status::Ok();
  LOUPE_ASSIGN_OR_RETURN(const SqlTokens bound, RowTokens(written, source.model->Scope()));
  if (agg == "sum_boolean") {
    measure->Set("sql", "CASE WHEN " + PrintSql(bound) + " THEN 1 ELSE 0 END");
  } else {
    SetSource(bound, measure);
  }
  return Status::Ok();
}

Status MetricReader::SetSemiAdditive(const DbtMeasure& source, Json* measure) const {
  const Json& non_additive = At(*source.json, "non_additive_dimension");
  if (!non_additive.IsObject()) return Status::Ok();
  const std::string time = TextAt(non_additive, "name");
  if (source.model->types.count(time) == 0) {
    return NotCarried("its non-additive dimension \"" + time + "\" does not exist");
  }
  const bool first = TextAt(non_additive, "window_choice") == "min";
  Json semi =
      Json::Of({{"time_dimension", MemberNameFrom(time)}, {"pick", first ? "first" : "last"}});
  Json partition = Json::MakeArray();
  const Json& groups = At(non_additive, "window_groupings");
  for (std::size_t i = 0; groups.IsArray() && i < groups.items().size(); ++i) {
    const std::string name = InputName(groups.items()[i]);
    if (source.model->draft->FindDimension(MemberNameFrom(name)) == nullptr) {
      return NotCarried("its window grouping \"" + name + "\" does not exist");
    }
    partition.Append(MemberNameFrom(name));
  }
  if (!partition.items().empty()) semi.Set("partition_by", std::move(partition));
  measure->Set("semi_additive", std::move(semi));
  return Status::Ok();
}

Status MetricReader::SetAggregate(const DbtMeasure& source, Json* measure) const {
  const std::string agg = TextAt(*source.json, "agg");
  const Json& params = At(*source.json, "agg_params");
  std::string type = agg;
  if (agg == "average") type = "avg";
  if (agg == "sum_boolean") type = "sum";
  bool known = false;
  for (const char* name :
       {"sum", "avg", "min", "max", "count", "count_distinct", "median", "percentile"}) {
    known = known || type == name;
  }
  if (!known) return NotCarried("its aggregation is \"" + agg + "\"");
  measure->Set("type", type);
  LOUPE_RETURN_IF_ERROR(SetExpression(source, agg, measure));
  if (type == "percentile") {
    const Json& fraction = At(params, "percentile");
    const double value = fraction.IsNumber() ? fraction.AsDouble() : -1;
    const double share = value > 1 ? value / 100 : value;
    if (share < 0 || share > 1) return NotCarried("it has no good percentile");
    if (At(params, "use_discrete_percentile") == Json(true)) {
      return NotCarried("it takes a discrete percentile");
    }
    measure->Set("percentile", share);
  }
  return SetSemiAdditive(source, measure);
}

void MetricReader::SetFillNulls(const Json& metric, Json* measure) const {
  const Json& params = At(metric, "type_params");
  for (const Json* holder : {&params, &At(params, "measure")}) {
    const Json& value = At(*holder, "fill_nulls_with");
    if (value.IsNumber()) measure->Set("fill_nulls", value);
  }
}

Status MetricReader::ReadSimple(const Json& metric, const Templates& more, DraftMember* measure) {
  LOUPE_ASSIGN_OR_RETURN(const DbtMeasure source, MeasureOf(metric));
  LOUPE_RETURN_IF_ERROR(SetAggregate(source, &measure->json));
  Templates templates = more;
  AppendTemplates(At(metric, "filter"), &templates);
  AppendTemplates(At(At(At(metric, "type_params"), "measure"), "filter"), &templates);
  Json filters = Json::MakeArray();
  for (const std::string& text : templates) {
    LOUPE_RETURN_IF_ERROR(AddDbtFilters(text, project_, *source.model, &filters));
  }
  if (!filters.items().empty()) measure->json.Set("filters", std::move(filters));
  SetFillNulls(metric, &measure->json);
  return Status::Ok();
}

Status MetricReader::ReadCumulative(const Json& metric, const Templates& more,
                                    DraftMember* measure) {
  const Json& params = At(metric, "type_params");
  const Json& cumulative = At(params, "cumulative_type_params");
  const Json& input = At(cumulative, "metric");
  if (input.IsNull()) {
    LOUPE_RETURN_IF_ERROR(ReadSimple(metric, more, measure));
  } else {
    const auto found = metrics_.find(InputName(input));
    if (found == metrics_.end() || TextAt(*found->second, "type") != "simple") {
      return NotCarried("it accumulates a metric that is not simple");
    }
    Templates templates = more;
    AppendTemplates(At(metric, "filter"), &templates);
    AppendTemplates(At(input, "filter"), &templates);
    LOUPE_RETURN_IF_ERROR(ReadSimple(*found->second, templates, measure));
  }
  const Json& old_window = At(params, "window");
  const std::string window =
      WindowText(At(cumulative, "window").IsNull() ? old_window : At(cumulative, "window"));
  std::string to_date = TextAt(cumulative, "grain_to_date");
  if (to_date.empty()) to_date = TextAt(params, "grain_to_date");
  Json rolling = to_date.empty() ? Json::Of({{"trailing", window.empty() ? "unbounded" : window}})
                                 : Json::Of({{"to_date", AsciiLower(to_date)}});
  measure->json.Set("rolling_window", std::move(rolling));
  const std::string period = TextAt(cumulative, "period_agg");
  if (period != "last") {
    draft_->notes.Add(measure->pointer, "metric \"" + TextAt(metric, "name") +
                                            "\" gives its value at a period's end, not the " +
                                            (period.empty() ? "first" : period) + " of it");
  }
  return Status::Ok();
}

// A hidden measure: the simple metric of the input with more filters.
Result<std::string> MetricReader::Filtered(const Json& input, const Templates& templates,
                                           const DraftMember& of) {
  const std::string name = InputName(input);
  const Json& metric = *metrics_.at(name);
  const std::string type = TextAt(metric, "type");
  const Place& place = places_.at(name);
  DraftMember hidden{Json::Of({{"name", ""}}), of.pointer, {}};
  if (type == "simple") {
    LOUPE_RETURN_IF_ERROR(ReadSimple(metric, templates, &hidden));
  } else if (type == "cumulative") {
    LOUPE_RETURN_IF_ERROR(ReadCumulative(metric, templates, &hidden));
  } else {
    return NotCarried("it filters \"" + name + "\", which is a computed metric");
  }
  const std::string wanted = of.json.Find("name")->AsString() + "_" + name;
  LOUPE_ASSIGN_OR_RETURN(const std::string hidden_name,
                         NameOfAggregate(hidden.json, wanted, of.pointer, place.model->draft));
  return place.model->draft->name + "." + hidden_name;
}

Result<std::string> MetricReader::Shifted(const Json& input, const std::string& source,
                                          const DraftMember& of) {
  const std::string window = WindowText(At(input, "offset_window"));
  if (window.empty()) return NotCarried("its offset is of an unknown form");
  const Place& place = places_.at(InputName(input));
  Json shift = Json::Of({{"type", "time_shift"}, {"measure", source}, {"interval", window}});
  const std::string wanted = of.json.Find("name")->AsString() + "_" + InputName(input) + "_before";
  const std::string name = place.model->draft->names.Take(wanted);
  shift = WithName(name, shift);
  shift.Set("public", false);
  AddTo(*place.model, {std::move(shift), of.pointer, {source}});
  return place.model->draft->name + "." + name;
}

// "entity.measure" of one input of a ratio or a derived metric.
Result<std::string> MetricReader::Input(const Json& input, const Json& metric,
                                        const DraftMember& of) {
  const std::string name = InputName(input);
  const auto place = places_.find(name);
  if (place == places_.end()) return NotCarried("its input \"" + name + "\" is not carried");
  if (!At(input, "offset_to_grain").IsNull()) return NotCarried("it has an \"offset_to_grain\"");
  Templates templates;
  AppendTemplates(At(metric, "filter"), &templates);
  AppendTemplates(At(input, "filter"), &templates);
  std::string source = place->second.Qualified();
  if (!templates.empty()) {
    LOUPE_ASSIGN_OR_RETURN(source, Filtered(input, templates, of));
  }
  if (At(input, "offset_window").IsNull()) return source;
  return Shifted(input, source, of);
}

Status MetricReader::ReadRatio(const Json& metric, DraftMember* measure) {
  const Json& params = At(metric, "type_params");
  LOUPE_ASSIGN_OR_RETURN(const std::string top, Input(At(params, "numerator"), metric, *measure));
  LOUPE_ASSIGN_OR_RETURN(const std::string bottom,
                         Input(At(params, "denominator"), metric, *measure));
  measure->json.Set("type", "calculated");
  const std::string& entity = places_.at(TextAt(metric, "name")).model->draft->name;
  return SetFormula("{" + top + "} / {" + bottom + "}", entity, measure);
}

Status MetricReader::ReadDerived(const Json& metric, DraftMember* measure) {
  const Json& params = At(metric, "type_params");
  const Json& inputs = At(params, "metrics");
  std::map<std::string, std::string> references;
  for (std::size_t i = 0; inputs.IsArray() && i < inputs.items().size(); ++i) {
    const Json& input = inputs.items()[i];
    const std::string alias = TextAt(input, "alias");
    LOUPE_ASSIGN_OR_RETURN(std::string reference, Input(input, metric, *measure));
    references[alias.empty() ? InputName(input) : alias] = std::move(reference);
  }
  LOUPE_ASSIGN_OR_RETURN(SqlTokens tokens, ScanSql(TextAt(params, "expr")));
  LOUPE_ASSIGN_OR_RETURN(tokens, SplitAggregates(tokens, [](const AggregateCall&) {
                           return Result<std::string>(NotCarried("it aggregates a metric"));
                         }));
  for (SqlToken& token : tokens) {
    const auto found = token.IsName() ? references.find(token.text) : references.end();
    if (found == references.end()) continue;
    token.kind = SqlTokenKind::kReference;
    token.text = found->second;
  }
  measure->json.Set("type", "calculated");
  const std::string& entity = places_.at(TextAt(metric, "name")).model->draft->name;
  LOUPE_RETURN_IF_ERROR(SetFormula(PrintSql(tokens), entity, measure));
  SetFillNulls(metric, &measure->json);
  return Status::Ok();
}

Status MetricReader::Read(const ForeignItem& item) {
  const Json& metric = *item.value;
  const std::string type = TextAt(metric, "type");
  const auto place = places_.find(TextAt(metric, "name"));
  if (type == "conversion") return NotCarried("it is a conversion metric");
  if (place == places_.end()) return NotCarried("its measure or its first input does not exist");
  DraftMember measure{Json::Of({{"name", place->second.name}}), item.pointer, {}};
  if (type == "simple") {
    LOUPE_RETURN_IF_ERROR(ReadSimple(metric, {}, &measure));
  } else if (type == "cumulative") {
    LOUPE_RETURN_IF_ERROR(ReadCumulative(metric, {}, &measure));
  } else if (type == "ratio") {
    LOUPE_RETURN_IF_ERROR(ReadRatio(metric, &measure));
  } else if (type == "derived") {
    LOUPE_RETURN_IF_ERROR(ReadDerived(metric, &measure));
  } else {
    return NotCarried("it is of type \"" + type + "\"");
  }
  ForeignObject object(metric, item.pointer, &draft_->notes);
  object.Ignore({"name", "type", "type_params", "filter", "metadata"});
  ReadDbtLabels(&object, &draft_->notes, &measure.json);
  object.NoteRest();
  AddTo(*place->second.model, std::move(measure));
  return Status::Ok();
}

void MetricReader::AddUnusedMeasures() {
  for (const auto& [name, source] : project_.measures) {
    if (used_.count(name) != 0) continue;
    Json measure = Json::MakeObject();
    const Status status = SetAggregate(source, &measure);
    if (!status.ok()) {
      draft_->notes.Add(source.pointer,
                        "measure \"" + name + "\" is not carried: " + status.message());
      continue;
    }
    Json named = WithName(source.model->draft->names.Take(name), measure);
    named.Set("public", false);
    AddTo(*source.model, {std::move(named), source.pointer, {}});
  }
}

Status MetricReader::Run(const std::vector<ForeignItem>& metrics) {
  if (metrics.size() > kMaxMetrics) {
    return Status(Code::kLimitExceeded,
                  "the document has more than " + std::to_string(kMaxMetrics) + " metrics")
        .At("/metrics");
  }
  std::vector<ForeignItem> distinct;
  for (const ForeignItem& item : metrics) {
    if (metrics_.emplace(TextAt(*item.value, "name"), item.value).second) {
      distinct.push_back(item);
    } else {
      draft_->notes.Add(item.pointer, "a metric of that name stands before it");
    }
  }
  for (const ForeignItem& item : distinct) Reserve(item);
  for (const ForeignItem& item : distinct) {
    const Status status = Read(item);
    if (status.ok()) continue;
    draft_->notes.Add(item.pointer, "metric \"" + TextAt(*item.value, "name") +
                                        "\" is not carried: " + status.message());
  }
  AddUnusedMeasures();
  return Status::Ok();
}

}  // namespace

void ReadDbtLabels(ForeignObject* object, ImportNotes* notes, Json* json) {
  SetText("title", object->Text("label"), json);
  SetText("description", object->Text("description"), json);
  const Json* config = object->Find("config");
  if (config == nullptr) return;
  ForeignObject reader(*config, object->PointerTo("config"), notes);
  SetTexts("synonyms", reader.SynonymsIn("meta"), json);
  reader.NoteRest();
}

Status ReadDbtMetrics(const std::vector<ForeignItem>& metrics, const DbtProject& project,
                      ImportDraft* draft) {
  return MetricReader(project, draft).Run(metrics);
}

}  // namespace loupe::semantic
