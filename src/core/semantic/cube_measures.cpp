#include <optional>
#include <set>

#include "core/semantic/aggregate_measure.hpp"
#include "core/semantic/cube_members.hpp"

namespace loupe::semantic {
namespace {

bool Aggregates(const std::string& type) {
  for (const char* known : {"count", "count_distinct", "count_distinct_approx", "sum", "avg", "min",
                            "max", "running_total"}) {
    if (type == known) return true;
  }
  return false;
}

// A key that changes what the measure means and that has no counterpart here.
Status CheckMeaning(ForeignObject* object) {
  for (const char* key : {"case", "group_by", "reduce_by", "add_group_by"}) {
    if (object->Find(key) != nullptr) return NotCarried(std::string("it has \"") + key + "\"");
  }
  return Status::Ok();
}

bool IsSingleReference(const SqlTokens& tokens) {
  return tokens.size() == 1 && tokens[0].kind == SqlTokenKind::kReference;
}

}  // namespace

std::string CubeMembers::MeasureOf(const std::string& reference) const {
  const std::string local = cube_.LocalName(reference);
  const std::size_t dot = local.find('.');
  if (dot == std::string::npos) {
    return cube_.FindMeasure(local) != nullptr ? MemberNameFrom(local) : std::string();
  }
  const std::string owner = local.substr(0, dot);
  const std::string name = local.substr(dot + 1);
  const auto other = cubes_.find(owner);
  if (other == cubes_.end() || other->second->FindMeasure(name) == nullptr) return {};
  return MemberNameFrom(owner) + "." + MemberNameFrom(name);
}

void CubeMembers::Need(const std::string& name, DraftMember* measure) const {
  const bool is_local = name.find('.') == std::string::npos;
  measure->needs.push_back(is_local ? entity_->name + "." + name : name);
}

Status CubeMembers::ReadFilters(ForeignObject* object, DraftMember* measure) {
  Json filters = Json::MakeArray();
  for (const ForeignItem& item : object->Items("filters")) {
    const Json* sql = item.value->Find("sql");
    if (sql == nullptr || !sql->IsString()) return NotCarried("its filter has no \"sql\"");
    LOUPE_ASSIGN_OR_RETURN(const SqlTokens bound, cube_.RowSql(sql->AsString()));
    filters.Append(PrintSql(bound));
  }
  if (!filters.items().empty()) measure->json.Set("filters", std::move(filters));
  return Status::Ok();
}

Status CubeMembers::ReadRolling(ForeignObject* object, DraftMember* measure) {
  const Json* window = object->Find("rolling_window");
  if (window == nullptr) return Status::Ok();
  ForeignObject reader(*window, object->PointerTo("rolling_window"), notes_);
  const std::string type = reader.Text("type");
  const std::size_t suffix = type.rfind("_to_date");
  Json rolling = Json::MakeObject();
  if (type == "to_date") {
    SetText("to_date", reader.Text("granularity"), &rolling);
  } else if (suffix != std::string::npos) {
    rolling.Set("to_date", type.substr(0, suffix));
  } else {
    for (const char* key : {"trailing", "leading", "offset"}) {
      SetText(key, reader.Text(key), &rolling);
    }
  }
  reader.NoteRest();
  if (rolling.members().empty()) return NotCarried("its \"rolling_window\" is empty");
  measure->json.Set("rolling_window", std::move(rolling));
  return Status::Ok();
}

Status CubeMembers::ReadAggregate(const std::string& type, ForeignObject* object,
                                  DraftMember* measure) {
  LOUPE_RETURN_IF_ERROR(CheckMeaning(object));
  if (object->Find("time_shift") != nullptr) return NotCarried("it shifts an aggregate in time");
  const std::string sql = object->Text("sql");
  const bool counts_rows = type == "count" && (sql.empty() || sql == "*");
  if (!counts_rows) {
    LOUPE_ASSIGN_OR_RETURN(const SqlTokens bound, cube_.RowSql(sql));
    SetSource(bound, &measure->json);
  }
  LOUPE_RETURN_IF_ERROR(ReadFilters(object, measure));
  if (type != "running_total") return ReadRolling(object, measure);
  measure->json.Set("type", "sum");
  measure->json.Set("rolling_window", Json::Of({{"trailing", "unbounded"}}));
  return Status::Ok();
}

Status CubeMembers::SetCubeFormula(const SqlTokens& tokens, DraftMember* measure) {
  const BindTokens bind = [this](const SqlTokens& part) { return cube_.RowSql(part); };
  const std::string own_name = measure->json.Find("name")->AsString();
  LOUPE_ASSIGN_OR_RETURN(
      SqlTokens formula,
      SplitAggregates(tokens, [&](const AggregateCall& call) -> Result<std::string> {
        LOUPE_ASSIGN_OR_RETURN(const Json part, MeasureOfCall(call, bind));
        // No reference of a document begins with a line feed: they are trimmed.
        LOUPE_ASSIGN_OR_RETURN(
            const std::string name,
            NameOfAggregate(part, own_name + "_" + call.type, measure->pointer, entity_));
        return "\n" + name;
      }));
  for (SqlToken& token : formula) {
    if (token.kind == SqlTokenKind::kTemplate) return NotCarried("it holds a template");
    if (token.kind != SqlTokenKind::kReference) continue;
    if (token.text[0] == '\n') {
      token.text.erase(0, 1);
      continue;
    }
    const std::string name = MeasureOf(token.text);
    if (name.empty()) return NotCarried("it refers to {" + token.text + "}, which is no measure");
    token.text = name;
  }
  return SetFormula(PrintSql(formula), entity_->name, measure);
}

Status CubeMembers::SetShift(const ForeignItem& item, DraftMember* measure) {
  ForeignObject shift(*item.value, item.pointer, notes_);
  const std::string interval = shift.Text("interval");
  const std::string direction = shift.Text("type");
  if (interval.empty()) return NotCarried("its \"time_shift\" has no \"interval\"");
  measure->json.Set("type", "time_shift");
  measure->json.Set("interval", interval);
  if (direction == "next") measure->json.Set("direction", "next");
  const std::string time = cube_.LocalName(shift.Text("time_dimension"));
  if (!time.empty()) {
    const std::string own = MemberNameFrom(cube_.name) + "." + MemberNameFrom(time);
    measure->json.Set("time_dimension", time.find('.') == std::string::npos ? own : time);
  }
  shift.NoteRest();
  return Status::Ok();
}

// The measures that the expression refers to, each shifted; one alone is the measure itself.
Status CubeMembers::ReadTimeShift(const ForeignItem& shift, const SqlTokens& tokens,
                                  DraftMember* measure) {
  SqlTokens formula = tokens;
  for (SqlToken& token : formula) {
    if (token.kind != SqlTokenKind::kReference) continue;
    const std::string name = MeasureOf(token.text);
    if (name.empty()) return NotCarried("it refers to {" + token.text + "}, which is no measure");
    DraftMember shifted{Json::MakeObject(), measure->pointer, {}};
    DraftMember* target = IsSingleReference(tokens) ? measure : &shifted;
    LOUPE_RETURN_IF_ERROR(SetShift(shift, target));
    target->json.Set("measure", name);
    Need(name, target);
    if (target == measure) return Status::Ok();
    const std::string wanted = measure->json.Find("name")->AsString() + "_shifted";
    token.text = entity_->names.Take(wanted);
    shifted.json = WithName(token.text, shifted.json);
    shifted.json.Set("public", false);
    entity_->measures.push_back(std::move(shifted));
  }
  measure->json.Set("type", "calculated");
  return SetFormula(PrintSql(formula), entity_->name, measure);
}

// The place by one measure, descending, among all groups or those that agree in "group_by".
Status CubeMembers::ReadRank(ForeignObject* object, DraftMember* measure) {
  const std::vector<ForeignItem> order = object->Items("order_by");
  if (order.size() != 1 || object->Find("reduce_by") != nullptr) {
    return NotCarried("a rank needs one \"order_by\" and no \"reduce_by\"");
  }
  ForeignObject by(*order[0].value, order[0].pointer, notes_);
  LOUPE_ASSIGN_OR_RETURN(const SqlTokens tokens, ScanSql(by.Text("sql")));
  const std::string name = IsSingleReference(tokens) ? MeasureOf(tokens[0].text) : std::string();
  if (name.empty()) return NotCarried("its order is no measure");
  if (by.Text("dir") != "desc") return NotCarried("it ranks in ascending order");
  measure->json.Set("type", "rank");
  measure->json.Set("measure", name);
  Need(name, measure);
  std::vector<std::string> within;
  for (const std::string& dimension : object->Texts("group_by")) {
    const std::string local = cube_.LocalName(dimension);
    if (entity_->FindDimension(local) == nullptr) return NotCarried("it groups by another cube");
    within.push_back(entity_->name + "." + local);
  }
  SetTexts("within", within, &measure->json);
  return Status::Ok();
}

Status CubeMembers::ReadDerived(const std::string& type, ForeignObject* object,
                                DraftMember* measure) {
  object->Ignore({"multi_stage"});
  if (type == "rank") return ReadRank(object, measure);
  LOUPE_RETURN_IF_ERROR(CheckMeaning(object));
  for (const char* key : {"filters", "rolling_window"}) {
    if (object->Find(key) != nullptr) {
      return NotCarried(std::string("it is computed, but has \"") + key + "\"");
    }
  }
  LOUPE_ASSIGN_OR_RETURN(const SqlTokens tokens, ScanSql(object->Text("sql")));
  const std::vector<ForeignItem> shifts = object->Items("time_shift");
  if (shifts.size() > 1) return NotCarried("it has more than one \"time_shift\"");
  if (!shifts.empty()) return ReadTimeShift(shifts[0], tokens, measure);
  measure->json.Set("type", "calculated");
  return SetCubeFormula(tokens, measure);
}

void CubeMembers::ReadMeasure(const ForeignItem& item, const std::string& type) {
  ForeignObject object(*item.value, item.pointer, notes_);
  object.Ignore({"name", "type"});
  DraftMember measure{
      Json::Of({{"name", MemberNameFrom(NameOf(item))}, {"type", type}}), item.pointer, {}};
  const bool shifts = object.Find("time_shift") != nullptr;
  const Status status = Aggregates(type) && !shifts ? ReadAggregate(type, &object, &measure)
                                                    : ReadDerived(type, &object, &measure);
  if (!status.ok()) {
    NoteMember(item, "measure", status);
    return;
  }
  const std::string format = object.Text("format");
  if (format == "percent" || format == "currency") {
    measure.json.Set("format", format);
  } else if (!format.empty()) {
    object.Note("format", "format \"" + format + "\" is not carried");
  }
  ReadLabels(&object, &measure.json);
  object.NoteRest();
  entity_->measures.push_back(std::move(measure));
}

// The measures whose names are free; takes the names before hidden measures ask for some.
std::vector<ForeignItem> CubeMembers::DistinctMeasures() {
  std::vector<ForeignItem> items;
  for (const ForeignItem& item : cube_.measures) {
    if (entity_->names.Has(MemberNameFrom(NameOf(item)))) {
      NoteMember(item, "measure", NotCarried("its name is taken"));
      continue;
    }
    entity_->names.Take(NameOf(item));
    items.push_back(item);
  }
  return items;
}

void CubeMembers::ReadMeasures() {
  const std::vector<ForeignItem> items = DistinctMeasures();
  for (const bool wants_aggregates : {true, false}) {
    for (const ForeignItem& item : items) {
      ImportNotes aside;
      ForeignObject peek(*item.value, item.pointer, &aside);
      const std::string type = SnakeCase(peek.Text("type"));
      if (Aggregates(type) == wants_aggregates) ReadMeasure(item, type);
    }
  }
}

}  // namespace loupe::semantic
