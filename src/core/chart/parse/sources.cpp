#include "core/chart/parse/sources.hpp"

#include <map>

#include "core/chart/data/text_rows.hpp"
#include "core/chart/limits.hpp"
#include "core/chart/parse/property.hpp"

namespace loupe::chart {
namespace {

constexpr const char* kMark = "#source";
constexpr std::pair<const char*, DataKind> kRequestKeys[] = {{"sql", DataKind::kSql},
                                                             {"relation", DataKind::kRelation},
                                                             {"semantic", DataKind::kSemantic},
                                                             {"url", DataKind::kUrl},
                                                             {"name", DataKind::kName}};

// The rows of inline data: an array, one row, the text of either or of CSV, or what a property of
// these holds.
Result<Json> InlineValues(const Json& values, const Json* format, const std::string& pointer) {
  const Json how = format != nullptr && format->IsObject() ? *format : Json::MakeObject();
  for (const char* later : {"feature", "mesh"}) {
    if (how.Find(later) == nullptr) continue;
    return NotDrawn("\"" + std::string(later) + "\" of inline data",
                    JsonPointer(JsonPointer(pointer, "format"), later));
  }
  const std::string at = JsonPointer(pointer, "values");
  if (values.IsString()) {
    const Result<RowSet> rows = RowsFromText(values.AsString(), how, JsonLimits().nodes, Context());
    if (!rows.ok()) {
      return Status(rows.status().code(), rows.status().message())
          .WithHint(rows.status().hint())
          .At(at);
    }
    return RowsToJson(rows.value());
  }
  const Json* found = PropertyOf(values, how);
  if (found == nullptr) {
    return Status(Code::kChartInvalidData, "the data have nothing at this property")
        .At(JsonPointer(JsonPointer(pointer, "format"), "property"));
  }
  return found->IsArray() ? *found : Json::FromArray({*found});
}

Result<Json> SequenceValues(const Json& sequence, const std::string& pointer) {
  const auto number = [&](const char* name, double fallback) {
    const Json* found = sequence.Find(name);
    return found != nullptr && found->IsNumber() ? found->AsDouble() : fallback;
  };
  const Json* stop = sequence.Find("stop");
  if (stop == nullptr || !stop->IsNumber()) {
    return InvalidSpec("a sequence needs a \"stop\" number", pointer);
  }
  const double start = number("start", 0);
  const double step = number("step", 1);
  const double count = step == 0 ? 0 : (stop->AsDouble() - start) / step;
  if (step == 0) return InvalidSpec("the \"step\" of a sequence must not be 0", pointer);
  if (count > static_cast<double>(kMaxRows)) {
    return Status(Code::kLimitExceeded,
                  "the sequence has more than " + std::to_string(kMaxRows) + " rows")
        .At(pointer);
  }
  const Json* name = sequence.Find("as");
  const std::string as = name != nullptr && name->IsString() ? name->AsString() : "data";
  Json values = Json::MakeArray();
  for (double i = 0; i < count; ++i) values.Append(Json::Of({{as, start + i * step}}));
  return values;
}

class Collector {
 public:
  explicit Collector(std::vector<Warning>* warnings) : warnings_(warnings) {}

  Status ReadDatasets(const Json& spec) {
    const Json* datasets = spec.Find("datasets");
    if (datasets == nullptr || !datasets->IsObject()) return Status::Ok();
    for (const Json::Member& member : datasets->members()) {
      const std::string pointer = JsonPointer("/datasets", member.name);
      if (!member.value.IsArray()) return InvalidSpec("a dataset must be an array", pointer);
      LOUPE_RETURN_IF_ERROR(Add({pointer, member.value, -1, Json()}));
      names_[member.name] = sources_.list.size() - 1;
    }
    return Status::Ok();
  }

  // Takes the data of a view and of the views in it.
  Status Walk(const std::string& pointer, Json* view) {
    if (!view->IsObject()) return Status::Ok();
    if (Json* data = view->Find("data")) {
      LOUPE_RETURN_IF_ERROR(Take(JsonPointer(pointer, "data"), data));
    }
    if (Json* transform = view->Find("transform"); transform != nullptr && transform->IsArray()) {
      LOUPE_RETURN_IF_ERROR(WalkLookups(JsonPointer(pointer, "transform"), transform));
    }
    for (const char* name : {"layer", "concat", "hconcat", "vconcat"}) {
      Json* views = view->Find(name);
      if (views == nullptr || !views->IsArray()) continue;
      const std::string at = JsonPointer(pointer, name);
      for (std::size_t i = 0; i < views->items().size(); ++i) {
        LOUPE_RETURN_IF_ERROR(Walk(JsonPointer(at, i), &views->items()[i]));
      }
    }
    Json* inner = view->Find("spec");
    return inner == nullptr ? Status::Ok() : Walk(JsonPointer(pointer, "spec"), inner);
  }

  Sources Finish() { return std::move(sources_); }

 private:
  Status WalkLookups(const std::string& pointer, Json* transform) {
    for (std::size_t i = 0; i < transform->items().size(); ++i) {
      Json* from = transform->items()[i].Find("from");
      Json* data = from != nullptr ? from->Find("data") : nullptr;
      if (data == nullptr) continue;
      const std::string at = JsonPointer(JsonPointer(pointer, i), "from");
      LOUPE_RETURN_IF_ERROR(Take(JsonPointer(at, "data"), data));
    }
    return Status::Ok();
  }

  Status Take(const std::string& pointer, Json* data) {
    if (data->IsNull()) return Status::Ok();
    if (!data->IsObject()) {
      return InvalidSpec(std::string("\"data\" must be an object, not ") + data->TypeName(),
                         pointer);
    }
    LOUPE_RETURN_IF_ERROR(CheckObject(*data, ObjectKind::kData, pointer, warnings_));
    LOUPE_ASSIGN_OR_RETURN(const std::size_t index, IndexOf(pointer, *data));
    const Json* name = data->Find("name");
    if (name != nullptr && name->IsString()) names_[name->AsString()] = index;
    *data = Json::Of({{kMark, static_cast<std::int64_t>(index)}});
    return Status::Ok();
  }

  Result<std::size_t> IndexOf(const std::string& pointer, const Json& data) {
    const Json* format = data.Find("format");
    const Json* parse = format != nullptr ? format->Find("parse") : nullptr;
    DataSource source{pointer, Json(), -1, parse != nullptr ? *parse : Json()};
    if (const Json* values = data.Find("values")) {
      LOUPE_ASSIGN_OR_RETURN(source.values, InlineValues(*values, format, pointer));
      LOUPE_RETURN_IF_ERROR(Add(std::move(source)));
      return sources_.list.size() - 1;
    }
    if (const Json* sequence = data.Find("sequence")) {
      LOUPE_ASSIGN_OR_RETURN(source.values,
                             SequenceValues(*sequence, JsonPointer(pointer, "sequence")));
      LOUPE_RETURN_IF_ERROR(Add(std::move(source)));
      return sources_.list.size() - 1;
    }
    return Requested(pointer, data, std::move(source));
  }

  Result<std::size_t> Requested(const std::string& pointer, const Json& data, DataSource source) {
    for (const auto& [key, kind] : kRequestKeys) {
      const Json* value = data.Find(key);
      if (value == nullptr) continue;
      if (kind == DataKind::kName) {
        const auto known = names_.find(value->AsString());
        if (known != names_.end()) return known->second;
      }
      // The same question is asked once.
      const Json* format = data.Find("format");
      const std::string identity =
          std::string(key) + value->Dump() + (format != nullptr ? format->Dump() : std::string());
      const auto [known, added] = asked_.try_emplace(identity, sources_.list.size());
      if (!added) return known->second;
      source.request = static_cast<int>(sources_.requests.size());
      sources_.requests.push_back({pointer, kind, *value});
      LOUPE_RETURN_IF_ERROR(Add(std::move(source)));
      return sources_.list.size() - 1;
    }
    return InvalidSpec("\"data\" needs \"values\", \"sql\", \"relation\", \"semantic\" or \"name\"",
                       pointer);
  }

  Status Add(DataSource source) {
    if (sources_.list.size() >= kMaxSources) {
      return Status(Code::kLimitExceeded, "the specification has more than " +
                                              std::to_string(kMaxSources) + " data sources")
          .At(source.pointer);
    }
    sources_.list.push_back(std::move(source));
    return Status::Ok();
  }

  Sources sources_;
  std::map<std::string, std::size_t> names_;
  std::map<std::string, std::size_t> asked_;
  std::vector<Warning>* warnings_;
};

}  // namespace

Result<Sources> TakeSources(Json* spec, std::vector<Warning>* warnings) {
  Collector collector(warnings);
  LOUPE_RETURN_IF_ERROR(collector.ReadDatasets(*spec));
  LOUPE_RETURN_IF_ERROR(collector.Walk("", spec));
  return collector.Finish();
}

std::optional<std::size_t> SourceIndex(const Json& data) {
  const Json* index = data.Find(kMark);
  if (index == nullptr || !index->IsInteger() || index->AsInteger() < 0) return std::nullopt;
  return static_cast<std::size_t>(index->AsInteger());
}

}  // namespace loupe::chart
