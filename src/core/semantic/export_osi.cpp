#include <map>
#include <set>

#include "core/semantic/export.hpp"
#include "core/semantic/export_parts.hpp"
#include "core/semantic/import_draft.hpp"
#include "core/semantic/names.hpp"
#include "core/sql/printer.hpp"

namespace loupe::semantic {
namespace {

constexpr int kMaxMetricDepth = 16;

Json ExpressionOf(const std::string& sql) {
  Json dialect = Json::Of({{"dialect", "ANSI_SQL"}, {"expression", sql}});
  return Json::Of({{"dialects", Json::FromArray({std::move(dialect)})}});
}

const char* DatatypeOf(const Dimension& dimension) {
  switch (dimension.type) {
    case DimensionType::kNumber:
      return "Decimal";
    case DimensionType::kBoolean:
      return "Boolean";
    case DimensionType::kTime:
      return dimension.data_type == "date" ? "Date" : "DateTime";
    case DimensionType::kString:
      break;
  }
  return "String";
}

class OsiWriter {
 public:
  explicit OsiWriter(const Model& model) : model_(model) {}

  Exported Write();

 private:
  Json Dataset(const Entity& entity, const ForeignItem& item);
  Json Fields(const Entity& entity, ForeignObject* reader);
  void Relationships(const Entity& entity, ForeignObject* reader);
  void Metrics(const Entity& entity, ForeignObject* reader);
  Result<std::string> MetricSql(const Entity& entity, const Measure& measure, int depth) const;
  Result<std::string> AggregateSql(const Entity& entity, const Measure& measure) const;
  void CopyLabels(ForeignObject* object, Json* json);

  const Model& model_;
  ImportNotes notes_;
  NameBook names_;  // of metrics and of relationships
  Json relationships_ = Json::MakeArray();
  Json metrics_ = Json::MakeArray();
};

void OsiWriter::CopyLabels(ForeignObject* object, Json* json) {
  SetText("description", object->Text("description"), json);
  Json synonyms = Json::MakeArray();
  const std::string title = object->Text("title");
  if (!title.empty()) synonyms.Append(title);
  for (const std::string& word : object->Texts("synonyms")) {
    if (word != title) synonyms.Append(word);
  }
  if (!synonyms.items().empty()) {
    json->Set("ai_context", Json::Of({{"synonyms", std::move(synonyms)}}));
  }
}

Json OsiWriter::Fields(const Entity& entity, ForeignObject* reader) {
  const auto write = [&](const Dimension& dimension, const std::string& sql,
                         ForeignObject* object) {
    Json json = Json::Of({{"name", dimension.name}, {"expression", ExpressionOf(sql)}});
    json.Set("datatype", DatatypeOf(dimension));
    json.Set("dimension", Json::Of({{"is_time", dimension.type == DimensionType::kTime}}));
    CopyLabels(object, &json);
    return json;
  };
  return ExportDimensions(entity, "", reader, &notes_, write);
}

// Always from many to one; a join that another entity declares from its side is left to it.
void OsiWriter::Relationships(const Entity& entity, ForeignObject* reader) {
  for (const ForeignItem& item : reader->Items("joins")) {
    ForeignObject join(*item.value, item.pointer, &notes_);
    const std::string target = join.Text("entity");
    const std::string relationship = join.Text("relationship");
    const std::string name = join.Text("name");
    const bool turned = relationship == "one_to_many";
    if (relationship == "many_to_many") {
      notes_.Add(item.pointer, "join to \"" + target + "\" is not carried: OSI has no bridges");
      continue;
    }
    Json own = Json::MakeArray();
    Json other = Json::MakeArray();
    for (const ForeignItem& pair : join.Items("columns")) {
      own.Append(JsonAt(*pair.value, "from"));
      other.Append(JsonAt(*pair.value, "to"));
    }
    const std::string from = turned ? target : entity.name;
    const std::string to = turned ? entity.name : target;
    Json json = Json::Of({{"name", ""}, {"from", from}, {"to", to}});
    json.Set("from_columns", turned ? other : own);
    json.Set("to_columns", turned ? own : other);
    bool known = false;
    for (const Json& before : relationships_.items()) {
      bool same = true;
      for (const char* key : {"from", "to", "from_columns", "to_columns"}) {
        same = same && JsonAt(before, key) == JsonAt(json, key);
      }
      known = known || same;
    }
    if (known) continue;
    json.Set("name", names_.Take(name.empty() ? from + "_to_" + to : name));
    relationships_.Append(std::move(json));
  }
}

Result<std::string> OsiWriter::AggregateSql(const Entity& entity, const Measure& measure) const {
  if (measure.rolling || measure.semi_additive) return NotCarried("OSI has no windows over time");
  const std::string alias = sql::QuoteIdentifier(entity.name);
  LOUPE_ASSIGN_OR_RETURN(const std::optional<std::string> argument,
                         ArgumentSql(entity, measure, alias));
  LOUPE_ASSIGN_OR_RETURN(const std::vector<std::string> filters, FilterSql(measure, alias));
  std::string value = argument.value_or("");
  if (!argument) {
    if (entity.primary_key.empty())
      return NotCarried("rows without a key have no name to be counted");
    value = alias + "." + sql::QuoteIdentifier(entity.primary_key[0]);
  }
  if (!filters.empty()) value = "CASE WHEN " + JoinedByAnd(filters) + " THEN " + value + " END";
  switch (measure.aggregation) {
    case Aggregation::kCountDistinct:
      return "COUNT(DISTINCT " + value + ")";
    case Aggregation::kCountDistinctApprox:
      return "APPROX_COUNT_DISTINCT(" + value + ")";
    case Aggregation::kMedian:
    case Aggregation::kPercentile: {
      const double fraction =
          measure.aggregation == Aggregation::kMedian ? 0.5 : measure.percentile;
      return "PERCENTILE_CONT(" + Json(fraction).Dump() + ") WITHIN GROUP (ORDER BY " + value + ")";
    }
    case Aggregation::kCount:
      return "COUNT(" + value + ")";
    case Aggregation::kSum:
      return "SUM(" + value + ")";
    case Aggregation::kAvg:
      return "AVG(" + value + ")";
    case Aggregation::kMin:
      return "MIN(" + value + ")";
    case Aggregation::kMax:
      break;
  }
  return "MAX(" + value + ")";
}

Result<std::string> OsiWriter::MetricSql(const Entity& entity, const Measure& measure,
                                         int depth) const {
  if (measure.kind == MeasureKind::kAggregate) return AggregateSql(entity, measure);
  if (measure.kind != MeasureKind::kCalculated) return NotCarried("OSI has no such metrics");
  if (depth == kMaxMetricDepth) return NotCarried("its formula is nested too deep");
  return FormulaSql(*measure.formula, [&](const std::string& reference) -> Result<std::string> {
    const std::string name = QualifiedName(entity, reference);
    const Entity* owner = model_.FindEntity(name.substr(0, name.find('.')));
    const Measure* part =
        owner == nullptr ? nullptr : owner->FindMeasure(name.substr(name.find('.') + 1));
    if (part == nullptr) return NotCarried("its formula refers to \"" + reference + "\"");
    return MetricSql(*owner, *part, depth + 1);
  });
}

void OsiWriter::Metrics(const Entity& entity, ForeignObject* reader) {
  const std::vector<ForeignItem> items = reader->Items("measures");
  for (std::size_t i = 0; i < items.size(); ++i) {
    const Measure& measure = entity.measures[i];
    ForeignObject object(*items[i].value, items[i].pointer, &notes_);
    object.Ignore({"name", "type", "column", "sql", "formula", "data_type", "filters", "percentile",
                   "rolling_window", "semi_additive", "measure", "interval", "direction",
                   "time_dimension", "within"});
    const Result<std::string> sql = MetricSql(entity, measure, 0);
    if (!sql.ok()) {
      notes_.Add(items[i].pointer,
                 "measure \"" + measure.name + "\" is not carried: " + sql.status().message());
      continue;
    }
    const bool taken = names_.Has(measure.name);
    const std::string wanted = taken ? entity.name + "_" + measure.name : measure.name;
    Json json =
        Json::Of({{"name", names_.Take(wanted)}, {"expression", ExpressionOf(sql.value())}});
    CopyLabels(&object, &json);
    object.NoteRest();
    metrics_.Append(std::move(json));
  }
}

Json OsiWriter::Dataset(const Entity& entity, const ForeignItem& item) {
  ForeignObject reader(*item.value, item.pointer, &notes_);
  reader.Ignore({"name", "schema", "table", "sql", "extends"});
  Json json = Json::Of({{"name", entity.name}});
  json.Set("source",
           entity.sql.empty() ? sql::QuoteQualified(entity.schema, entity.table) : entity.sql);
  SetTexts("primary_key", reader.Texts("primary_key"), &json);
  CopyLabels(&reader, &json);
  json.Set("fields", Fields(entity, &reader));
  Relationships(entity, &reader);
  Metrics(entity, &reader);
  reader.NoteRest();
  return json;
}

Exported OsiWriter::Write() {
  const Json json = ModelToJson(model_);
  ForeignObject reader(json, "", &notes_);
  Json model = Json::Of({{"name", reader.Text("name")}});
  CopyLabels(&reader, &model);
  Json datasets = Json::MakeArray();
  for (const ForeignItem& item : reader.Items("entities")) {
    const Entity* entity = model_.FindEntity(JsonAt(*item.value, "name").AsString());
    datasets.Append(Dataset(*entity, item));
  }
  reader.NoteRest();
  model.Set("datasets", std::move(datasets));
  model.Set("relationships", std::move(relationships_));
  model.Set("metrics", std::move(metrics_));
  Json document = Json::Of({{"version", "1.0"}});
  document.Set("semantic_model", Json::FromArray({std::move(model)}));
  return {std::move(document), notes_.Take()};
}

}  // namespace

Exported ExportOsi(const Model& model) { return OsiWriter(model).Write(); }

}  // namespace loupe::semantic
