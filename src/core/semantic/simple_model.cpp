#include "core/semantic/simple_model.hpp"

#include <utility>
#include <vector>

#include "core/base/nearest.hpp"
#include "core/base/utf8.hpp"
#include "core/semantic/field_reader.hpp"
#include "core/semantic/import_names.hpp"

namespace loupe::semantic {
namespace {

constexpr std::size_t kMaxColumns = 4'000;
constexpr std::size_t kMaxAggregations = 32;

struct Word {
  const char* word;
  const char* meaning;
};
constexpr Word kAggregationWords[] = {
    {"sum", "sum"},
    {"total", "sum"},
    {"avg", "avg"},
    {"average", "avg"},
    {"mean", "avg"},
    {"min", "min"},
    {"minimum", "min"},
    {"max", "max"},
    {"maximum", "max"},
    {"count", "count"},
    {"count_distinct", "count_distinct"},
    {"countdistinct", "count_distinct"},
    {"distinct_count", "count_distinct"},
    {"distinct", "count_distinct"},
    {"nunique", "count_distinct"},
    {"count_distinct_approx", "count_distinct_approx"},
    {"approx_count_distinct", "count_distinct_approx"},
    {"median", "median"},
};
constexpr Word kTypeWords[] = {
    {"string", "string"},    {"text", "string"},
    {"varchar", "string"},   {"character varying", "string"},
    {"char", "string"},      {"categorical", "string"},
    {"category", "string"},  {"uuid", "string"},
    {"number", "number"},    {"integer", "number"},
    {"int", "number"},       {"int4", "number"},
    {"int8", "number"},      {"bigint", "number"},
    {"smallint", "number"},  {"float", "number"},
    {"float8", "number"},    {"double", "number"},
    {"real", "number"},      {"double precision", "number"},
    {"decimal", "number"},   {"numeric", "number"},
    {"boolean", "boolean"},  {"bool", "boolean"},
    {"time", "time"},        {"date", "time"},
    {"datetime", "time"},    {"timestamp", "time"},
    {"timestamptz", "time"}, {"timestamp with time zone", "time"},
    {"datetimetz", "time"},  {"timestamp without time zone", "time"},
};

template <std::size_t kSize>
std::optional<std::string> MeaningOf(const Word (&words)[kSize], std::string_view word) {
  const std::string lower = AsciiLower(word);
  for (const Word& entry : words) {
    if (lower == entry.word) return entry.meaning;
  }
  return std::nullopt;
}

template <std::size_t kSize>
std::string HintFor(const Word (&words)[kSize], const std::string& word) {
  std::vector<std::string> names;
  for (const Word& entry : words) names.emplace_back(entry.word);
  return NearestNameHint(word, names);
}

FieldReader ReaderOf(const Json& json, std::string pointer, std::string thing) {
  return FieldReader(json, std::move(pointer), std::move(thing), Code::kSemanticInvalidModel);
}

// What is being built, and what the rest of the document needs to know of it.
struct Draft {
  NameBook names;
  std::vector<std::pair<std::string, std::string>> mappings;
  Json dimensions = Json::MakeArray();
  Json measures = Json::MakeArray();
  std::vector<std::string> columns;  // as the document calls them
};

// A column of the document: its own name for it, and the table's.
struct Column {
  std::string logical;
  std::string physical;
};

Column ColumnOf(const std::string& logical, Draft* draft) {
  draft->columns.push_back(logical);
  for (const auto& [from, to] : draft->mappings) {
    if (from == logical) return {logical, to};
  }
  return {logical, logical};
}

Json MemberOf(const std::string& name, const std::string& type, const Column& column,
              const std::string& description) {
  Json member = Json::Of({{"name", name}, {"type", type}, {"column", column.physical}});
  if (!description.empty()) member.Set("description", description);
  if (column.logical != column.physical) {
    member.Set("synonyms", Json::FromArray({Json(column.logical)}));
  }
  return member;
}

Status ReadMappings(const FieldReader& reader, const Json& document, Draft* draft) {
  const Json* mappings = document.Find("field_mappings");
  if (mappings == nullptr || mappings->IsNull()) return Status::Ok();
  if (!mappings->IsObject()) {
    return reader.ErrorAt("field_mappings", std::string("\"field_mappings\" must be an object, "
                                                        "not ") +
                                                mappings->TypeName());
  }
  const FieldReader fields = ReaderOf(*mappings, reader.PointerTo("field_mappings"), "mapping");
  for (const Json::Member& member : mappings->members()) {
    std::string column;
    LOUPE_RETURN_IF_ERROR(fields.RequiredText(member.name, &column));
    draft->mappings.emplace_back(member.name, column);
  }
  return Status::Ok();
}

Result<std::string> ReadType(const FieldReader& reader, const std::string& fallback) {
  std::string word;
  LOUPE_RETURN_IF_ERROR(reader.Text("type", &word));
  if (word.empty()) return fallback;
  const std::optional<std::string> type = SimpleType(word);
  if (type) return *type;
  Status status = reader.ErrorAt("type", "unknown type \"" + word + "\"");
  return std::move(status).WithHint(HintFor(kTypeWords, word));
}

// Reads "name" and "column", each of which stands for the other where it is missing.
Status ReadNameAndColumn(const FieldReader& reader, std::string* name, std::string* column) {
  LOUPE_RETURN_IF_ERROR(reader.Text("name", name));
  LOUPE_RETURN_IF_ERROR(reader.Text("column", column));
  if (name->empty() && column->empty()) return reader.RequiredText("name", name);
  if (name->empty()) *name = *column;
  if (column->empty()) *column = *name;
  return Status::Ok();
}

Status ReadColumn(const Json& json, const std::string& pointer, const std::string& fallback_type,
                  Draft* draft) {
  std::string name;
  std::string column;
  std::string description;
  std::string type = fallback_type;
  if (json.IsString()) {
    name = column = json.AsString();
    const Json wrapped = Json::Of({{"name", json}});
    LOUPE_RETURN_IF_ERROR(ReaderOf(wrapped, pointer, "column").RequiredText("name", &name));
  } else {
    const FieldReader reader = ReaderOf(json, pointer, "column");
    LOUPE_RETURN_IF_ERROR(reader.Open({"name", "column", "type", "description"}));
    LOUPE_RETURN_IF_ERROR(ReadNameAndColumn(reader, &name, &column));
    LOUPE_RETURN_IF_ERROR(reader.Text("description", &description));
    LOUPE_ASSIGN_OR_RETURN(type, ReadType(reader, fallback_type));
  }
  if (draft->names.Has(MemberNameFrom(name))) {
    return Status(Code::kSemanticInvalidModel, "name \"" + name + "\" is used twice").At(pointer);
  }
  draft->dimensions.Append(
      MemberOf(draft->names.Take(name), type, ColumnOf(column, draft), description));
  return Status::Ok();
}

Status ReadColumns(const FieldReader& reader, std::string_view key, const std::string& type,
                   Draft* draft) {
  const Json::Array* items = nullptr;
  LOUPE_RETURN_IF_ERROR(reader.Items(key, kMaxColumns, &items));
  for (std::size_t i = 0; items != nullptr && i < items->size(); ++i) {
    // A time column may be listed among the dimensions again.
    const Json& item = (*items)[i];
    const Json* named = item.IsObject() ? item.Find("name") : &item;
    const bool listed = key == "dimensions" && named != nullptr && named->IsString() &&
                        draft->names.Has(MemberNameFrom(named->AsString()));
    const Json* written = item.Find("type");
    if (listed && written != nullptr && written->IsString() &&
        SimpleType(written->AsString()) == "time") {
      continue;
    }
    LOUPE_RETURN_IF_ERROR(ReadColumn(item, JsonPointer(reader.PointerTo(key), i), type, draft));
  }
  return Status::Ok();
}

Result<std::vector<std::string>> ReadAggregations(const FieldReader& reader) {
  const Json::Array* items = nullptr;
  std::vector<std::string> words;
  LOUPE_RETURN_IF_ERROR(reader.Items("aggregations", kMaxAggregations, &items));
  LOUPE_RETURN_IF_ERROR(reader.Texts("aggregations", &words));
  if (words.empty()) words.emplace_back("sum");
  std::vector<std::string> aggregations;
  for (std::size_t i = 0; i < words.size(); ++i) {
    const std::optional<std::string> known = SimpleAggregation(words[i]);
    if (known) {
      aggregations.push_back(*known);
      continue;
    }
    return Status(Code::kSemanticInvalidModel, "unknown aggregation \"" + words[i] + "\"")
        .WithHint(HintFor(kAggregationWords, words[i]))
        .At(JsonPointer(reader.PointerTo("aggregations"), i));
  }
  return aggregations;
}

bool NeedsNumbers(const std::string& aggregation) {
  return aggregation == "sum" || aggregation == "avg" || aggregation == "median";
}

Status ReadMeasure(const FieldReader& reader, Draft* draft) {
  LOUPE_RETURN_IF_ERROR(
      reader.Open({"name", "column", "type", "aggregations", "description", "format"}));
  std::string name;
  std::string column;
  std::string description;
  std::string format;
  LOUPE_RETURN_IF_ERROR(ReadNameAndColumn(reader, &name, &column));
  LOUPE_RETURN_IF_ERROR(reader.Text("description", &description));
  LOUPE_RETURN_IF_ERROR(reader.Text("format", &format));
  LOUPE_ASSIGN_OR_RETURN(const std::string type, ReadType(reader, "number"));
  LOUPE_ASSIGN_OR_RETURN(const std::vector<std::string> aggregations, ReadAggregations(reader));
  const bool plain = aggregations.size() == 1 && !draft->names.Has(MemberNameFrom(name));
  for (const std::string& aggregation : aggregations) {
    if (type != "number" && NeedsNumbers(aggregation)) {
      return Status(Code::kSemanticTypeMismatch, "measure \"" + name + "\" is a " + type +
                                                     ", which has no \"" + aggregation + "\"")
          .WithHint("Use \"count\" or \"count_distinct\", or a number column.")
          .At(reader.PointerTo("aggregations"));
    }
    const std::string member = draft->names.Take(plain ? name : name + "_" + aggregation);
    Json json = MemberOf(member, aggregation, ColumnOf(column, draft), description);
    if (!format.empty()) json.Set("format", format);
    draft->measures.Append(std::move(json));
  }
  return Status::Ok();
}

Status ReadMeasures(const FieldReader& reader, Draft* draft) {
  const Json::Array* items = nullptr;
  LOUPE_RETURN_IF_ERROR(reader.Items("measures", kMaxColumns, &items));
  for (std::size_t i = 0; items != nullptr && i < items->size(); ++i) {
    const std::string pointer = JsonPointer(reader.PointerTo("measures"), i);
    LOUPE_RETURN_IF_ERROR(ReadMeasure(ReaderOf((*items)[i], pointer, "measure"), draft));
  }
  if (!draft->names.Has("count")) {
    draft->measures.Append(Json::Of({{"name", draft->names.Take("count")}, {"type", "count"}}));
  }
  return Status::Ok();
}

Status ReadGrain(const FieldReader& reader, const Json& document, Draft* draft, Json* entity) {
  const Json* grain = document.Find("grain");
  if (grain == nullptr || grain->IsNull()) return Status::Ok();
  std::vector<std::string> columns;
  if (grain->IsArray()) {
    LOUPE_RETURN_IF_ERROR(reader.Texts("grain", &columns));
  } else {
    std::string text;
    LOUPE_RETURN_IF_ERROR(reader.Text("grain", &text));
    for (const std::string& column : draft->columns) {
      if (column == text && columns.empty()) columns.push_back(text);
    }
    if (columns.empty() && !text.empty()) entity->Set("description", "Grain: " + text);
  }
  Json key = Json::MakeArray();
  for (const std::string& column : columns) key.Append(ColumnOf(column, draft).physical);
  if (!columns.empty()) entity->Set("primary_key", std::move(key));
  return Status::Ok();
}

}  // namespace

bool IsSimpleModel(const Json& document) { return document.Find("dataset") != nullptr; }

std::optional<std::string> SimpleAggregation(std::string_view word) {
  return MeaningOf(kAggregationWords, word);
}

std::optional<std::string> SimpleType(std::string_view word) {
  std::string_view base = word.substr(0, word.find('('));
  while (!base.empty() && base.back() == ' ') base.remove_suffix(1);
  return MeaningOf(kTypeWords, base);
}

void SetTable(std::string_view name, Json* entity) {
  std::vector<std::string> parts(1);
  bool quoted = false;
  for (std::size_t i = 0; i < name.size(); ++i) {
    if (name[i] == '"') {
      const bool doubled = quoted && i + 1 < name.size() && name[i + 1] == '"';
      if (doubled) parts.back() += name[i++];
      if (!doubled) quoted = !quoted;
    } else if (name[i] == '.' && !quoted) {
      parts.emplace_back();
    } else {
      parts.back() += name[i];
    }
  }
  if (parts.size() > 1) entity->Set("schema", parts[parts.size() - 2]);
  entity->Set("table", parts.back());
}

Result<Json> ModelFromSimple(const Json& document) {
  const FieldReader reader = ReaderOf(document, "", "dataset");
  LOUPE_RETURN_IF_ERROR(reader.Open({"dataset", "table", "title", "description", "grain",
                                     "time_columns", "dimensions", "measures", "field_mappings"}));
  std::string dataset;
  std::string table;
  std::string title;
  std::string description;
  LOUPE_RETURN_IF_ERROR(reader.RequiredText("dataset", &dataset));
  LOUPE_RETURN_IF_ERROR(reader.RequiredText("table", &table));
  LOUPE_RETURN_IF_ERROR(reader.Text("title", &title));
  LOUPE_RETURN_IF_ERROR(reader.Text("description", &description));
  Draft draft;
  LOUPE_RETURN_IF_ERROR(ReadMappings(reader, document, &draft));
  LOUPE_RETURN_IF_ERROR(ReadColumns(reader, "time_columns", "time", &draft));
  LOUPE_RETURN_IF_ERROR(ReadColumns(reader, "dimensions", "string", &draft));
  LOUPE_RETURN_IF_ERROR(ReadMeasures(reader, &draft));

  const std::string name = MemberNameFrom(dataset);
  Json entity = Json::Of({{"name", name}});
  if (!title.empty()) entity.Set("title", title);
  LOUPE_RETURN_IF_ERROR(ReadGrain(reader, document, &draft, &entity));
  if (!description.empty()) entity.Set("description", description);
  SetTable(table, &entity);
  entity.Set("dimensions", std::move(draft.dimensions));
  entity.Set("measures", std::move(draft.measures));
  return Json::Of({{"name", name}, {"entities", Json::FromArray({std::move(entity)})}});
}

}  // namespace loupe::semantic
