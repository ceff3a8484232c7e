#include <map>
#include <set>

#include "core/semantic/export.hpp"
#include "core/semantic/export_parts.hpp"
#include "core/semantic/import_draft.hpp"
#include "core/semantic/names.hpp"
#include "core/sql/printer.hpp"

namespace loupe::semantic {
namespace {

// Metric names of a model: the measure's, with the entity's before it where two have the same.
std::map<std::string, std::string> MetricNames(const Model& model) {
  std::map<std::string, int> count;
  for (const Entity& entity : model.entities) {
    for (const Measure& measure : entity.measures) ++count[measure.name];
  }
  std::map<std::string, std::string> names;
  NameBook taken;
  for (const Entity& entity : model.entities) {
    for (const Measure& measure : entity.measures) {
      const bool shared = count[measure.name] > 1;
      names[entity.name + "." + measure.name] =
          taken.Take(shared ? entity.name + "_" + measure.name : measure.name);
    }
  }
  return names;
}

std::string DbtAggregation(Aggregation aggregation) {
  switch (aggregation) {
    case Aggregation::kAvg:
      return "average";
    case Aggregation::kCountDistinctApprox:
      return "count_distinct";
    default:
      return AggregationName(aggregation);
  }
}

// "7 days" as {"count": 7, "granularity": "day"}; null when it is more than a number of one unit.
Json WindowOf(const std::string& text) {
  const std::size_t space = text.find(' ');
  const Result<Json> count = ParseJson(text.substr(0, space));
  if (space == std::string::npos || !count.ok() || !count.value().IsInteger()) return Json();
  std::string unit = text.substr(space + 1);
  if (!unit.empty() && unit.back() == 's') unit.pop_back();
  if (unit.find(' ') != std::string::npos || count.value().AsInteger() < 0) return Json();
  return Json::Of({{"count", count.value()}, {"granularity", unit}});
}

// A value as SQL; empty for what is no constant.
std::string LiteralOf(const Json& value) {
  if (value.IsString()) return sql::QuoteLiteral(value.AsString());
  return value.IsNumber() || value.IsBool() ? value.Dump() : std::string();
}

// A filter of the query JSON as a comparison of `operand`, as far as SQL has the same.
Result<std::string> ComparisonSql(const Json& filter, const std::string& operand) {
  const Json& op = JsonAt(filter, "operator");
  if (op == Json("set")) return operand + " IS NOT NULL";
  if (op == Json("notSet")) return operand + " IS NULL";
  const Json& values = JsonAt(filter, "values");
  std::string list;
  for (std::size_t i = 0; values.IsArray() && i < values.items().size(); ++i) {
    const std::string literal = LiteralOf(values.items()[i]);
    if (literal.empty()) return NotCarried("it filters by what is no constant");
    list += (i == 0 ? "" : ", ") + literal;
  }
  constexpr std::pair<const char*, const char*> kWords[] = {
      {"equals", "="}, {"notEquals", "!="},     {"gt", ">"},        {"gte", ">="}, {"lt", "<"},
      {"lte", "<="},   {"afterOrOnDate", ">="}, {"beforeDate", "<"}};
  for (const auto& [name, symbol] : kWords) {
    if (op != Json(name) || list.empty()) continue;
    if (values.items().size() == 1) return operand + " " + symbol + " " + list;
    const bool equal = symbol[0] == '=';
    if (equal || symbol[0] == '!') return operand + (equal ? " IN (" : " NOT IN (") + list + ")";
  }
  return NotCarried("it filters by an operator that dbt has not");
}

void CopyLabels(ForeignObject* object, Json* json) {
  SetText("label", object->Text("title"), json);
  SetText("description", object->Text("description"), json);
  Json meta = Json::MakeObject();
  SetTexts("synonyms", object->Texts("synonyms"), &meta);
  if (!meta.members().empty()) json->Set("config", Json::Of({{"meta", std::move(meta)}}));
}

class DbtWriter {
 public:
  DbtWriter(const Model& model, const std::set<std::string>& dependents)
      : model_(model), dependents_(dependents), names_(MetricNames(model)) {}

  Exported Write();
  [[nodiscard]] const std::set<std::string>& left_out() const { return left_out_; }

 private:
  Json SemanticModel(const Entity& entity, const ForeignItem& item);
  Json Entities(const Entity& entity, ForeignObject* reader);
  Json Dimensions(const Entity& entity, ForeignObject* reader);
  Json Measures(const Entity& entity, ForeignObject* reader);
  Result<Json> Aggregate(const Entity& entity, const Measure& measure, const std::string& name);
  Status Metric(const Entity& entity, const Measure& measure, ForeignObject* object, Json* metric,
                Json* measures);
  Result<Json> MemberFilters(const Measure& measure) const;
  Result<Json> Calculated(const Entity& entity, const Measure& measure);
  Result<Json> Shifted(const Entity& entity, ForeignObject* object);
  [[nodiscard]] std::string TimeDimensionOf(const Entity& entity) const;

  const Model& model_;
  const std::set<std::string>& dependents_;
  std::map<std::string, std::string> names_;
  ImportNotes notes_;
  Json metrics_ = Json::MakeArray();
  std::set<std::string> left_out_;
};

std::string DbtWriter::TimeDimensionOf(const Entity& entity) const {
  for (const Dimension& dimension : entity.dimensions) {
    if (dimension.type == DimensionType::kTime) return dimension.name;
  }
  return {};
}

// The primary key and one foreign key for each join whose target has a key of one column.
Json DbtWriter::Entities(const Entity& entity, ForeignObject* reader) {
  Json list = Json::MakeArray();
  if (entity.primary_key.size() == 1) {
    list.Append(Json::Of(
        {{"name", entity.name + "_key"}, {"type", "primary"}, {"expr", entity.primary_key[0]}}));
  } else if (!entity.primary_key.empty()) {
    reader->Note("primary_key", "a key of several columns is not carried");
  }
  std::set<std::string> targets;
  for (const ForeignItem& item : reader->Items("joins")) {
    ForeignObject join(*item.value, item.pointer, &notes_);
    const std::string target = join.Text("entity");
    const std::string relationship = join.Text("relationship");
    const std::vector<ForeignItem> columns = join.Items("columns");
    const Entity* to = model_.FindEntity(target);
    if (relationship == "one_to_many") continue;  // the other side says it, or nobody can
    const bool one_column = columns.size() == 1 && to != nullptr && to->primary_key.size() == 1 &&
                            JsonAt(*columns[0].value, "to") == Json(to->primary_key[0]);
    if (!one_column || relationship == "many_to_many" || !targets.insert(target).second) {
      notes_.Add(item.pointer, "join to \"" + target +
                                   "\" is not carried: dbt joins once, by a key of one column");
      continue;
    }
    list.Append(Json::Of({{"name", target + "_key"},
                          {"type", "foreign"},
                          {"expr", JsonAt(*columns[0].value, "from")}}));
  }
  return list;
}

Json DbtWriter::Dimensions(const Entity& entity, ForeignObject* reader) {
  const auto write = [](const Dimension& dimension, const std::string& sql, ForeignObject* object) {
    const bool is_time = dimension.type == DimensionType::kTime;
    Json json = Json::Of({{"name", dimension.name}, {"type", is_time ? "time" : "categorical"}});
    json.Set("expr", sql);
    if (is_time) json.Set("type_params", Json::Of({{"time_granularity", "day"}}));
    CopyLabels(object, &json);
    return json;
  };
  return ExportDimensions(entity, "", reader, &notes_, write);
}

// Filters by members as a metric's filter: {"where_filters": […]}.
Result<Json> DbtWriter::MemberFilters(const Measure& measure) const {
  Json list = Json::MakeArray();
  std::set<std::string> set;
  for (const Json& filter : measure.filters) {
    if (JsonAt(filter, "operator") == Json("set")) set.insert(JsonAt(filter, "member").Dump());
  }
  for (const Json& filter : measure.filters) {
    if (filter.IsString()) continue;
    const Json& member = JsonAt(filter, "member");
    if (!member.IsString()) return NotCarried("it filters by a group of conditions");
    // "notEquals" keeps nulls, which SQL's comparison does not.
    const bool keeps_nulls =
        JsonAt(filter, "operator") == Json("notEquals") && set.count(member.Dump()) == 0;
    const std::string& name = member.AsString();
    const std::size_t dot = name.find('.');
    const Entity* entity = model_.FindEntity(name.substr(0, dot));
    if (keeps_nulls || entity == nullptr || entity->primary_key.size() != 1) {
      return NotCarried("it filters by \"" + name + "\" in a way that dbt has not");
    }
    const std::string path = entity->name + "_key__" + name.substr(dot + 1);
    LOUPE_ASSIGN_OR_RETURN(const std::string sql,
                           ComparisonSql(filter, "{{ Dimension('" + path + "') }}"));
    list.Append(Json::Of({{"where_sql_template", sql}}));
  }
  return list;
}

// The dbt measure behind a metric; SQL filters become a CASE around what is aggregated.
Result<Json> DbtWriter::Aggregate(const Entity& entity, const Measure& measure,
                                  const std::string& name) {
  LOUPE_ASSIGN_OR_RETURN(const std::optional<std::string> argument,
                         ArgumentSql(entity, measure, ""));
  std::vector<std::string> filters;
  for (const Json& filter : measure.filters) {
    if (filter.IsString()) filters.push_back(FragmentOver(filter.AsString(), ""));
  }
  std::string expr = argument.value_or("1");
  if (!filters.empty()) expr = "CASE WHEN " + JoinedByAnd(filters) + " THEN " + expr + " END";
  Json json = Json::Of({{"name", name}, {"agg", DbtAggregation(measure.aggregation)}});
  json.Set("expr", expr);
  if (measure.aggregation == Aggregation::kPercentile) {
    json.Set("agg_params", Json::Of({{"percentile", measure.percentile}}));
  }
  if (measure.semi_additive) {
    const SemiAdditive& semi = *measure.semi_additive;
    Json groupings = Json::MakeArray();
    for (const std::string& group : semi.partition_by) groupings.Append(group);
    const bool first = semi.pick == SemiAdditive::Pick::kFirst;
    json.Set("non_additive_dimension", Json::Of({{"name", semi.time_dimension},
                                                 {"window_choice", first ? "min" : "max"},
                                                 {"window_groupings", std::move(groupings)}}));
  }
  return json;
}

Result<Json> DbtWriter::Calculated(const Entity& entity, const Measure& measure) {
  Json inputs = Json::MakeArray();
  std::set<std::string> seen;
  LOUPE_ASSIGN_OR_RETURN(
      const std::string expr,
      FormulaSql(*measure.formula, [&](const std::string& reference) -> Result<std::string> {
        const std::string name = names_.at(QualifiedName(entity, reference));
        if (seen.insert(name).second) inputs.Append(Json::Of({{"name", name}}));
        return name;
      }));
  return Json::Of({{"expr", expr}, {"metrics", std::move(inputs)}});
}

Result<Json> DbtWriter::Shifted(const Entity& entity, ForeignObject* object) {
  const Json window = WindowOf(object->Text("interval"));
  const std::string of = QualifiedName(entity, object->Text("measure"));
  object->Ignore({"time_dimension"});
  if (window.IsNull() || object->Text("direction") == "next") {
    return NotCarried("dbt shifts back by a number of one unit");
  }
  Json input = Json::Of({{"name", names_.at(of)}, {"alias", "shifted"}, {"offset_window", window}});
  return Json::Of({{"expr", "shifted"}, {"metrics", Json::FromArray({std::move(input)})}});
}

Status DbtWriter::Metric(const Entity& entity, const Measure& measure, ForeignObject* object,
                         Json* metric, Json* measures) {
  const std::string qualified = entity.name + "." + measure.name;
  if (dependents_.count(qualified) != 0) {
    return NotCarried("it is computed from one that is not carried");
  }
  if (measure.kind == MeasureKind::kCalculated || measure.kind == MeasureKind::kTimeShift) {
    const bool calculated = measure.kind == MeasureKind::kCalculated;
    LOUPE_ASSIGN_OR_RETURN(Json params,
                           calculated ? Calculated(entity, measure) : Shifted(entity, object));
    metric->Set("type", "derived");
    metric->Set("type_params", std::move(params));
    return Status::Ok();
  }
  if (measure.kind != MeasureKind::kAggregate) return NotCarried("dbt has no such metrics");
  const std::string& name = names_.at(qualified);
  LOUPE_ASSIGN_OR_RETURN(Json source, Aggregate(entity, measure, name));
  LOUPE_ASSIGN_OR_RETURN(Json where, MemberFilters(measure));
  if (!where.items().empty()) {
    metric->Set("filter", Json::Of({{"where_filters", std::move(where)}}));
  }
  Json input = Json::Of({{"name", name}});
  if (measure.fill_nulls) input.Set("fill_nulls_with", *measure.fill_nulls);
  Json params = Json::Of({{"measure", std::move(input)}});
  metric->Set("type", "simple");
  if (const Json* window = object->Find("rolling_window")) {
    const std::string trailing = ForeignObject(*window, "", &notes_).Text("trailing");
    const Json& to_date = JsonAt(*window, "to_date");
    const Json extent = trailing == "unbounded" ? Json() : WindowOf(trailing);
    const bool fits = !to_date.IsNull() || trailing == "unbounded" || !extent.IsNull();
    const bool turned = window->Find("leading") != nullptr || window->Find("offset") != nullptr;
    if (!fits || turned) return NotCarried("dbt accumulates back from a period's end only");
    metric->Set("type", "cumulative");
    params.Set("cumulative_type_params",
               Json::Of({{"window", extent}, {"grain_to_date", to_date}, {"period_agg", "last"}}));
  }
  metric->Set("type_params", std::move(params));
  measures->Append(std::move(source));
  return Status::Ok();
}

Json DbtWriter::Measures(const Entity& entity, ForeignObject* reader) {
  Json measures = Json::MakeArray();
  const std::vector<ForeignItem> items = reader->Items("measures");
  for (std::size_t i = 0; i < items.size(); ++i) {
    const Measure& measure = entity.measures[i];
    const std::string qualified = entity.name + "." + measure.name;
    ForeignObject object(*items[i].value, items[i].pointer, &notes_);
    object.Ignore({"name", "type", "column", "sql", "formula", "data_type", "filters", "percentile",
                   "semi_additive", "fill_nulls"});
    Json metric = Json::Of({{"name", names_.at(qualified)}});
    CopyLabels(&object, &metric);
    const Status status = Metric(entity, measure, &object, &metric, &measures);
    if (!status.ok()) {
      notes_.Add(items[i].pointer,
                 "measure \"" + measure.name + "\" is not carried: " + status.message());
      left_out_.insert(qualified);
      continue;
    }
    object.NoteRest();
    metrics_.Append(std::move(metric));
  }
  return measures;
}

Json DbtWriter::SemanticModel(const Entity& entity, const ForeignItem& item) {
  ForeignObject reader(*item.value, item.pointer, &notes_);
  reader.Ignore({"name", "schema", "table", "extends", "primary_key"});
  Json json = Json::Of({{"name", entity.name}});
  CopyLabels(&reader, &json);
  Json relation = Json::Of({{"alias", entity.table}});
  SetText("schema_name", entity.schema, &relation);
  json.Set("node_relation", std::move(relation));
  const std::string time = TimeDimensionOf(entity);
  if (!time.empty()) json.Set("defaults", Json::Of({{"agg_time_dimension", time}}));
  json.Set("entities", Entities(entity, &reader));
  json.Set("dimensions", Dimensions(entity, &reader));
  json.Set("measures", Measures(entity, &reader));
  reader.NoteRest();
  return json;
}

Exported DbtWriter::Write() {
  const Json json = ModelToJson(model_);
  ForeignObject reader(json, "", &notes_);
  reader.Ignore({"name"});
  Json models = Json::MakeArray();
  for (const ForeignItem& item : reader.Items("entities")) {
    const Entity* entity = model_.FindEntity(JsonAt(*item.value, "name").AsString());
    if (entity->sql.empty()) {
      models.Append(SemanticModel(*entity, item));
      continue;
    }
    notes_.Add(item.pointer, "entity \"" + entity->name + "\" is not carried: it is no table");
    for (const Measure& measure : entity->measures) {
      left_out_.insert(entity->name + "." + measure.name);
    }
  }
  reader.NoteRest();
  Json document = Json::Of({{"semantic_models", std::move(models)}});
  document.Set("metrics", std::move(metrics_));
  return {std::move(document), notes_.Take()};
}

}  // namespace

Exported ExportDbt(const Model& model) {
  const std::set<std::string> none;
  DbtWriter first(model, none);
  Exported exported = first.Write();
  const std::set<std::string> dependents = DependentsOf(model, first.left_out());
  return dependents.empty() ? exported : DbtWriter(model, dependents).Write();
}

}  // namespace loupe::semantic
