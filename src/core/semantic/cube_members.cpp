#include "core/semantic/cube_members.hpp"

#include "core/semantic/simple_model.hpp"

namespace loupe::semantic {
namespace {

// The type of a dimension in our words; empty when there is none.
std::string DimensionTypeOf(const std::string& type) {
  for (const char* known : {"string", "number", "boolean", "time"}) {
    if (type == known) return type;
  }
  return {};
}

bool IsTableName(const SqlTokens& tokens, std::size_t begin) {
  for (std::size_t i = begin; i < tokens.size(); ++i) {
    const bool name_here = (i - begin) % 2 == 0;
    if (name_here ? !tokens[i].IsName() : !tokens[i].Is(".")) return false;
  }
  return begin < tokens.size() && (tokens.size() - begin) % 2 == 1;
}

std::string Joined(const SqlTokens& tokens, std::size_t begin) {
  std::string text;
  for (std::size_t i = begin; i < tokens.size(); ++i) {
    const bool bare = tokens[i].kind == SqlTokenKind::kName;
    text += bare ? IdentifierOf(tokens[i]) : tokens[i].text;
  }
  return text;
}

}  // namespace

Status SetCubeTable(const CubeSource& cube, Json* entity) {
  const std::string& text = cube.table.empty() ? cube.sql : cube.table;
  LOUPE_ASSIGN_OR_RETURN(const SqlTokens tokens, ScanSql(text));
  if (!cube.table.empty()) {
    if (!IsTableName(tokens, 0)) return NotCarried("its table is not a plain name");
    SetTable(Joined(tokens, 0), entity);
    return Status::Ok();
  }
  const bool all_columns =
      tokens.size() > 3 && tokens[0].Is("select") && tokens[1].Is("*") && tokens[2].Is("from");
  if (all_columns && IsTableName(tokens, 3)) {
    SetTable(Joined(tokens, 3), entity);
    return Status::Ok();
  }
  for (const SqlToken& token : tokens) {
    const bool is_mark =
        token.kind == SqlTokenKind::kReference || token.kind == SqlTokenKind::kTemplate;
    if (is_mark) return NotCarried("its SQL refers to {" + token.text + "}");
  }
  if (!tokens[0].Is("select") && !tokens[0].Is("with")) return NotCarried("its SQL is no SELECT");
  entity->Set("sql", PrintSql(tokens));
  return Status::Ok();
}

void ReadMeta(ForeignObject* object, Json* member) {
  SetTexts("synonyms", object->SynonymsIn("meta"), member);
}

void ReadLabels(ForeignObject* object, Json* member) {
  SetText("title", object->Text("title"), member);
  SetText("description", object->Text("description"), member);
  ReadMeta(object, member);
  const std::optional<bool> is_public = object->Flag("public");
  const std::optional<bool> shown = object->Flag("shown");
  if (!is_public.value_or(shown.value_or(true))) member->Set("public", false);
}

void CubeMembers::NoteMember(const ForeignItem& item, const char* thing, const Status& status) {
  notes_->Add(item.pointer,
              std::string(thing) + " \"" + NameOf(item) + "\" is not carried: " + status.message());
}

void CubeMembers::AddPrimaryKey(const ForeignItem& item, const SqlTokens& bound) {
  const std::string column = ColumnOf(bound);
  if (column.empty()) {
    notes_->Add(item.pointer, "primary key \"" + NameOf(item) + "\" is no plain column");
    return;
  }
  if (entity_->head.Find("primary_key") == nullptr) {
    entity_->head.Set("primary_key", Json::MakeArray());
  }
  entity_->head.Find("primary_key")->Append(column);
}

void CubeMembers::ReadGranularities(ForeignObject* object, Json* dimension) {
  Json list = Json::MakeArray();
  for (const ForeignItem& item : object->Items("granularities")) {
    ForeignObject granularity(*item.value, item.pointer, notes_);
    Json json = Json::Of({{"name", MemberNameFrom(NameOf(item))}});
    granularity.Ignore({"name"});
    const std::string interval = granularity.Text("interval");
    if (interval.empty()) {
      notes_->Add(item.pointer,
                  "granularity \"" + NameOf(item) + "\" is not carried: it has no \"interval\"");
      continue;
    }
    json.Set("interval", interval);
    SetText("offset", granularity.Text("offset"), &json);
    SetText("origin", granularity.Text("origin"), &json);
    SetText("title", granularity.Text("title"), &json);
    granularity.NoteRest();
    list.Append(std::move(json));
  }
  if (!list.items().empty()) dimension->Set("granularities", std::move(list));
}

void CubeMembers::AddDimension(const ForeignItem& item, const std::string& name,
                               const std::string& type, const SqlTokens& bound,
                               ForeignObject* object) {
  Json dimension = Json::Of({{"name", entity_->names.Take(name)}, {"type", type}});
  SetSource(bound, &dimension);
  const bool is_key = object->Flag("primary_key").value_or(false);
  if (is_key && object->Find("public") == nullptr && object->Find("shown") == nullptr) {
    dimension.Set("public", false);  // as Cube hides keys that do not say otherwise
  }
  ReadLabels(object, &dimension);
  const std::string format = object->Text("format");
  if (format == "percent" || format == "currency") dimension.Set("format", format);
  if (!format.empty() && dimension.Find("format") == nullptr) {
    object->Note("format", "format \"" + format + "\" is not carried");
  }
  if (type == "time") ReadGranularities(object, &dimension);
  if (is_key) AddPrimaryKey(item, bound);
  entity_->dimensions.push_back({std::move(dimension), item.pointer, {}});
}

// Two numbers in place of one point.
void CubeMembers::ReadGeo(const ForeignItem& item, ForeignObject* object) {
  for (const char* part : {"latitude", "longitude"}) {
    const Json* value = object->Find(part);
    const Json* sql = value == nullptr ? nullptr : value->Find("sql");
    if (sql == nullptr || !sql->IsString()) continue;
    const Result<SqlTokens> bound = cube_.RowSql(sql->AsString());
    if (!bound.ok()) {
      NoteMember(item, "dimension", bound.status());
      continue;
    }
    Json dimension =
        Json::Of({{"name", entity_->names.Take(NameOf(item) + "_" + part)}, {"type", "number"}});
    SetSource(bound.value(), &dimension);
    entity_->dimensions.push_back({std::move(dimension), item.pointer, {}});
  }
  notes_->Add(item.pointer, "point \"" + NameOf(item) + "\" is carried as two numbers");
}

void CubeMembers::ReadDimension(const ForeignItem& item) {
  ForeignObject object(*item.value, item.pointer, notes_);
  object.Ignore({"name", "sql", "case"});
  const std::string type = object.Text("type");
  if (type == "geo") {
    ReadGeo(item, &object);
    return;
  }
  const std::string known = DimensionTypeOf(type);
  for (const char* key : {"sub_query", "multi_stage"}) {
    if (!object.Flag(key).value_or(false)) continue;
    NoteMember(item, "dimension", NotCarried(std::string("it has \"") + key + "\""));
    return;
  }
  if (known.empty()) {
    NoteMember(item, "dimension", NotCarried("it is of type \"" + type + "\""));
    return;
  }
  const Result<SqlTokens> bound = cube_.DimensionTokens(NameOf(item));
  if (!bound.ok()) {
    NoteMember(item, "dimension", bound.status());
    return;
  }
  AddDimension(item, NameOf(item), known, bound.value(), &object);
  object.NoteRest();
}

void CubeMembers::ReadDimensions() {
  for (const ForeignItem& item : cube_.dimensions) ReadDimension(item);
}

}  // namespace loupe::semantic
