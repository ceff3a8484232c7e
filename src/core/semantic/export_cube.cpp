#include <algorithm>
#include <set>

#include "core/semantic/export.hpp"
#include "core/semantic/export_parts.hpp"
#include "core/semantic/import_draft.hpp"
#include "core/semantic/names.hpp"
#include "core/sql/printer.hpp"

namespace loupe::semantic {
namespace {

constexpr std::string_view kRow = "{CUBE}";

// One entity as a cube. Labels are read from the model's JSON form, so that whatever nobody reads
// is noted.
class CubeWriter {
 public:
  // `dependents` are measures computed from ones that are left out.
  CubeWriter(const Entity& entity, const ForeignItem& item, const std::set<std::string>& dependents,
             ImportNotes* notes)
      : entity_(entity),
        reader_(*item.value, item.pointer, notes),
        dependents_(dependents),
        notes_(notes) {}

  Json Write();
  // Names of the measures that were left out.
  [[nodiscard]] const std::set<std::string>& left_out() const { return left_out_; }

 private:
  Json Joins();
  Json Dimensions();
  Json Measures();
  Json Segments();
  Json Hierarchies();
  void AddMissingKeys(Json* dimensions);
  Status WriteMeasure(const Measure& measure, ForeignObject* object, Json* json);
  Status WriteAggregate(const Measure& measure, Json* json);
  Status WriteDerived(const Measure& measure, ForeignObject* object, Json* json);
  void CopyLabels(ForeignObject* object, Json* json);
  [[nodiscard]] bool IsKey(const Dimension& dimension) const {
    const auto& key = entity_.primary_key;
    return std::find(key.begin(), key.end(), dimension.column) != key.end() &&
           !dimension.column.empty();
  }

  const Entity& entity_;
  ForeignObject reader_;
  const std::set<std::string>& dependents_;
  ImportNotes* notes_;
  std::set<std::string> left_out_;
};

void CubeWriter::CopyLabels(ForeignObject* object, Json* json) {
  SetText("title", object->Text("title"), json);
  SetText("description", object->Text("description"), json);
  Json synonyms = Json::MakeArray();
  for (const std::string& word : object->Texts("synonyms")) synonyms.Append(word);
  if (!synonyms.items().empty()) json->Set("meta", Json::Of({{"synonyms", std::move(synonyms)}}));
  if (const std::optional<bool> is_public = object->Flag("public")) json->Set("public", *is_public);
  SetText("format", object->Text("format"), json);
}

Json CubeWriter::Joins() {
  Json list = Json::MakeArray();
  std::set<std::string> targets;
  for (const ForeignItem& item : reader_.Items("joins")) {
    ForeignObject object(*item.value, item.pointer, notes_);
    const std::string target = object.Text("entity");
    const std::string relationship = object.Text("relationship");
    object.Ignore({"name", "guess"});
    std::vector<std::string> conditions;
    for (const ForeignItem& pair : object.Items("columns")) {
      RowSource own;
      RowSource other;
      own.column = JsonAt(*pair.value, "from").AsString();
      other.column = JsonAt(*pair.value, "to").AsString();
      conditions.push_back(*RowSqlOf(own, kRow) + " = " + *RowSqlOf(other, "{" + target + "}"));
    }
    if (relationship == "many_to_many" || !targets.insert(target).second) {
      notes_->Add(object.pointer(), "join to \"" + target +
                                        "\" is not carried: Cube joins a cube "
                                        "once, and without a bridge");
      continue;
    }
    std::string sql;
    for (const std::string& condition : conditions) sql += (sql.empty() ? "" : " AND ") + condition;
    list.Append(Json::Of({{"name", target}, {"relationship", relationship}, {"sql", sql}}));
  }
  return list;
}

// Cube's keys are dimensions.
void CubeWriter::AddMissingKeys(Json* dimensions) {
  NameBook names;
  for (const Dimension& dimension : entity_.dimensions) names.Take(dimension.name);
  for (const Measure& measure : entity_.measures) names.Take(measure.name);
  for (const std::string& column : entity_.primary_key) {
    const bool shown =
        std::any_of(entity_.dimensions.begin(), entity_.dimensions.end(),
                    [&](const Dimension& dimension) { return dimension.column == column; });
    if (shown) continue;
    RowSource source;
    source.column = column;
    dimensions->Append(Json::Of({{"name", names.Take(column)},
                                 {"sql", *RowSqlOf(source, kRow)},
                                 {"type", "string"},
                                 {"primary_key", true},
                                 {"public", false}}));
  }
}

Json CubeWriter::Dimensions() {
  const auto write = [&](const Dimension& dimension, const std::string& sql,
                         ForeignObject* object) {
    Json json = Json::Of(
        {{"name", dimension.name}, {"sql", sql}, {"type", DimensionTypeName(dimension.type)}});
    if (IsKey(dimension)) {
      json.Set("primary_key", true);
      json.Set("public", dimension.is_public);
    }
    CopyLabels(object, &json);
    if (const Json* granularities = object->Find("granularities")) {
      json.Set("granularities", *granularities);
    }
    return json;
  };
  Json list = ExportDimensions(entity_, kRow, &reader_, notes_, write);
  AddMissingKeys(&list);
  return list;
}

Status CubeWriter::WriteAggregate(const Measure& measure, Json* json) {
  if (measure.semi_additive) return NotCarried("Cube has no semi-additive measures");
  LOUPE_ASSIGN_OR_RETURN(const std::optional<std::string> argument,
                         ArgumentSql(entity_, measure, kRow));
  LOUPE_ASSIGN_OR_RETURN(const std::vector<std::string> filters, FilterSql(measure, kRow));
  const bool ordered = measure.aggregation == Aggregation::kMedian ||
                       measure.aggregation == Aggregation::kPercentile;
  if (ordered) {
    if (measure.rolling) return NotCarried("Cube has no rolling percentiles");
    const double fraction = measure.aggregation == Aggregation::kMedian ? 0.5 : measure.percentile;
    std::string sql = "PERCENTILE_CONT(" + Json(fraction).Dump() + ") WITHIN GROUP (ORDER BY " +
                      argument.value_or("") + ")";
    if (!filters.empty()) sql += " FILTER (WHERE " + JoinedByAnd(filters) + ")";
    json->Set("type", "number");
    json->Set("sql", sql);
    return Status::Ok();
  }
  json->Set("type", AggregationName(measure.aggregation));
  if (argument) json->Set("sql", *argument);
  Json list = Json::MakeArray();
  for (const std::string& filter : filters) list.Append(Json::Of({{"sql", filter}}));
  if (!list.items().empty()) json->Set("filters", std::move(list));
  return Status::Ok();
}

Json RollingOf(const Json& window) {
  const Json& to_date = JsonAt(window, "to_date");
  if (to_date.IsNull()) return window;
  return Json::Of({{"type", "to_date"}, {"granularity", to_date}});
}

Status CubeWriter::WriteDerived(const Measure& measure, ForeignObject* object, Json* json) {
  if (measure.kind == MeasureKind::kCalculated) {
    LOUPE_ASSIGN_OR_RETURN(const std::string sql,
                           FormulaSql(*measure.formula, [](const std::string& reference) {
                             return Result<std::string>("{" + reference + "}");
                           }));
    json->Set("type", "number");
    json->Set("sql", sql);
    return Status::Ok();
  }
  if (measure.kind == MeasureKind::kPercentOfTotal)
    return NotCarried("Cube has no percent of total");
  const std::string of = "{" + object->Text("measure") + "}";
  json->Set("multi_stage", true);
  if (measure.kind == MeasureKind::kRank) {
    json->Set("type", "rank");
    json->Set("order_by", Json::FromArray({Json::Of({{"sql", of}, {"dir", "desc"}})}));
    SetTexts("group_by", object->Texts("within"), json);
    return Status::Ok();
  }
  const std::string interval = object->Text("interval");
  if (interval == "previous_period") return NotCarried("Cube's time shifts have a fixed interval");
  const std::string direction = object->Text("direction");
  Json shift =
      Json::Of({{"interval", interval}, {"type", direction.empty() ? "prior" : direction}});
  SetText("time_dimension", object->Text("time_dimension"), &shift);
  json->Set("type", "number");
  json->Set("sql", of);
  json->Set("time_shift", Json::FromArray({std::move(shift)}));
  return Status::Ok();
}

Status CubeWriter::WriteMeasure(const Measure& measure, ForeignObject* object, Json* json) {
  if (dependents_.count(entity_.name + "." + measure.name) != 0) {
    return NotCarried("it is computed from one that is not carried");
  }
  if (measure.kind != MeasureKind::kAggregate) return WriteDerived(measure, object, json);
  LOUPE_RETURN_IF_ERROR(WriteAggregate(measure, json));
  if (const Json* window = object->Find("rolling_window")) {
    json->Set("rolling_window", RollingOf(*window));
  }
  return Status::Ok();
}

Json CubeWriter::Measures() {
  Json list = Json::MakeArray();
  const std::vector<ForeignItem> items = reader_.Items("measures");
  for (std::size_t i = 0; i < items.size(); ++i) {
    const Measure& measure = entity_.measures[i];
    ForeignObject object(*items[i].value, items[i].pointer, notes_);
    object.Ignore({"name", "type", "column", "sql", "formula", "data_type", "filters", "percentile",
                   "semi_additive"});
    Json json = Json::Of({{"name", measure.name}});
    const Status status = WriteMeasure(measure, &object, &json);
    if (!status.ok()) {
      notes_->Add(items[i].pointer,
                  "measure \"" + measure.name + "\" is not carried: " + status.message());
      left_out_.insert(entity_.name + "." + measure.name);
      continue;
    }
    CopyLabels(&object, &json);
    object.NoteRest();
    list.Append(std::move(json));
  }
  return list;
}

Json CubeWriter::Segments() {
  Json list = Json::MakeArray();
  for (const ForeignItem& item : reader_.Items("segments")) {
    ForeignObject object(*item.value, item.pointer, notes_);
    Json json = Json::Of({{"name", object.Text("name")}});
    json.Set("sql", FragmentOver(object.Text("sql"), kRow));
    CopyLabels(&object, &json);
    object.NoteRest();
    list.Append(std::move(json));
  }
  return list;
}

Json CubeWriter::Hierarchies() {
  const Json* hierarchies = reader_.Find("hierarchies");
  return hierarchies == nullptr ? Json::MakeArray() : *hierarchies;
}

Json CubeWriter::Write() {
  Json cube = Json::Of({{"name", entity_.name}});
  reader_.Ignore({"name", "schema", "table", "sql", "extends", "primary_key"});
  if (entity_.sql.empty()) {
    cube.Set("sql_table", sql::QuoteQualified(entity_.schema, entity_.table));
  } else {
    cube.Set("sql", entity_.sql);
  }
  CopyLabels(&reader_, &cube);
  const auto set = [&](const char* key, Json list) {
    if (!list.items().empty()) cube.Set(key, std::move(list));
  };
  set("joins", Joins());
  set("dimensions", Dimensions());
  set("measures", Measures());
  set("segments", Segments());
  set("hierarchies", Hierarchies());
  reader_.NoteRest();
  return cube;
}

}  // namespace

namespace {

// One pass over the entities; adds to `left_out`.
Exported WriteCubes(const Model& model, const std::set<std::string>& dependents,
                    std::set<std::string>* left_out) {
  ImportNotes notes;
  const Json json = ModelToJson(model);
  ForeignObject reader(json, "", &notes);
  Json cubes = Json::MakeArray();
  for (const ForeignItem& item : reader.Items("entities")) {
    const Entity* entity = model.FindEntity(JsonAt(*item.value, "name").AsString());
    CubeWriter writer(*entity, item, dependents, &notes);
    cubes.Append(writer.Write());
    left_out->insert(writer.left_out().begin(), writer.left_out().end());
  }
  Json document = Json::Of({{"name", reader.Text("name")}, {"cubes", std::move(cubes)}});
  reader.NoteRest();
  return {std::move(document), notes.Take()};
}

}  // namespace

Exported ExportCube(const Model& model) {
  std::set<std::string> left_out;
  Exported exported = WriteCubes(model, {}, &left_out);
  const std::set<std::string> dependents = DependentsOf(model, left_out);
  return dependents.empty() ? exported : WriteCubes(model, dependents, &left_out);
}

}  // namespace loupe::semantic
