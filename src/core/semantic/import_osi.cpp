#include "core/semantic/import_osi.hpp"

#include <map>

#include "core/base/utf8.hpp"
#include "core/semantic/aggregate_measure.hpp"
#include "core/semantic/field_reader.hpp"
#include "core/semantic/row_expression.hpp"
#include "core/semantic/simple_model.hpp"

namespace loupe::semantic {
namespace {

constexpr std::size_t kMaxDatasets = 2'000;
constexpr std::size_t kMaxOsiMembers = 4'000;

struct Dataset {
  std::string name;
  std::map<std::string, SqlTokens> fields;  // bound to the row, by folded name
  DraftEntity* draft = nullptr;
};

class OsiImporter {
 public:
  OsiImporter(const Json& document, const Context& context) : document_(document) {
    draft_.notes = ImportNotes(context);
  }

  Result<Imported> Run();

 private:
  Status ReadDataset(const ForeignItem& item);
  void ReadSource(ForeignObject* object, DraftEntity* entity);
  void ReadField(const ForeignItem& item, Dataset* dataset);
  void ReadRelationship(const ForeignItem& item);
  void ReadMetric(const ForeignItem& item, Dataset* scope);
  void ReadMetrics();
  Result<Dataset*> AddMetric(const SqlTokens& tokens, const std::string& name, Dataset* scope,
                             DraftMember* measure);
  void ReadContext(ForeignObject* object, Json* member);
  [[nodiscard]] std::string ExpressionOf(ForeignObject* object);

  [[nodiscard]] Dataset* FindDataset(const std::string& name);
  [[nodiscard]] Result<Dataset*> OwnerOf(const SqlToken& name);
  [[nodiscard]] Result<Dataset*> DatasetOf(const SqlTokens& tokens, Dataset* scope,
                                           Dataset* before);
  [[nodiscard]] Result<SqlTokens> Bind(const SqlTokens& tokens, const Dataset& dataset) const;

  const Json& document_;
  ImportDraft draft_;
  std::deque<Dataset> datasets_;
  std::map<std::string, Dataset*> by_name_;                // folded
  std::map<std::string, std::vector<Dataset*>> by_field_;  // folded
  std::vector<std::pair<ForeignItem, Dataset*>> metrics_;
};

Dataset* OsiImporter::FindDataset(const std::string& name) {
  const auto found = by_name_.find(AsciiLower(name));
  return found == by_name_.end() ? nullptr : found->second;
}

// Synonyms of "ai_context"; what else it says is for language models.
void OsiImporter::ReadContext(ForeignObject* object, Json* member) {
  SetText("description", object->Text("description"), member);
  SetTexts("synonyms", object->SynonymsIn("ai_context"), member);
}

// The expression in the best dialect; empty when there is none.
std::string OsiImporter::ExpressionOf(ForeignObject* object) {
  const Json* expression = object->Find("expression");
  if (expression == nullptr) return {};
  if (expression->IsString()) return expression->AsString();
  std::string best;
  bool exact = false;
  ForeignObject reader(*expression, object->PointerTo("expression"), &draft_.notes);
  for (const ForeignItem& item : reader.Items("dialects")) {
    ForeignObject dialect(*item.value, item.pointer, &draft_.notes);
    const std::string name = AsciiLower(dialect.Text("dialect"));
    const std::string text = dialect.Text("expression");
    const bool is_ours = name == "postgresql" || name == "postgres";
    if (is_ours || (name == "ansi_sql" && !exact)) best = text;
    exact = exact || is_ours;
  }
  return best;
}

void OsiImporter::ReadSource(ForeignObject* object, DraftEntity* entity) {
  const std::string source = object->Text("source");
  const Result<SqlTokens> tokens = ScanSql(source);
  const bool is_query =
      tokens.ok() && (tokens.value()[0].Is("select") || tokens.value()[0].Is("with"));
  if (is_query) {
    entity->head.Set("sql", PrintSql(tokens.value()));
  } else {
    SetTable(source.empty() ? entity->name : source, &entity->head);
  }
}

void OsiImporter::ReadField(const ForeignItem& item, Dataset* dataset) {
  ForeignObject object(*item.value, item.pointer, &draft_.notes);
  const std::string name = object.Text("name");
  const std::string expression = ExpressionOf(&object);
  const std::string what = "field \"" + name + "\" is not carried: ";
  const std::string key = AsciiLower(name);
  if (expression.empty() || dataset->fields.count(key) != 0) {
    draft_.notes.Add(item.pointer,
                     what + (expression.empty() ? "it has no expression in ANSI_SQL or POSTGRESQL"
                                                : "it is declared twice"));
    return;
  }
  const Result<SqlTokens> bound = RowTokens(expression, {{AsciiLower(dataset->name)}, nullptr});
  if (!bound.ok()) {
    draft_.notes.Add(item.pointer, what + bound.status().message());
    return;
  }
  const std::optional<std::string> stated = SimpleType(object.Text("datatype"));
  const Json* role = object.Find("dimension");
  const Json* is_time = role == nullptr ? nullptr : role->Find("is_time");
  std::string type = stated ? *stated : LikelyType(bound.value(), "");
  if (!stated && is_time != nullptr && *is_time == Json(true)) type = "time";
  Json dimension = Json::Of(
      {{"name", dataset->draft->names.Take(name)}, {"type", type.empty() ? "string" : type}});
  const std::string member = dimension.Find("name")->AsString();
  if (!stated) draft_.guessed_types.emplace_back(dataset->draft->name, member);
  SetSource(bound.value(), &dimension);
  ReadContext(&object, &dimension);
  object.NoteRest();
  dataset->draft->dimensions.push_back({std::move(dimension), item.pointer, {}});
  dataset->fields[key] = bound.value();
}

Status OsiImporter::ReadDataset(const ForeignItem& item) {
  ForeignObject object(*item.value, item.pointer, &draft_.notes);
  Dataset dataset;
  dataset.name = object.Text("name");
  const std::string name = MemberNameFrom(dataset.name);
  if (draft_.FindEntity(name) != nullptr) {
    draft_.notes.Add(item.pointer, "dataset \"" + dataset.name + "\" is declared twice");
    return Status::Ok();
  }
  const std::vector<ForeignItem> fields = object.Items("fields");
  if (fields.size() > kMaxOsiMembers) {
    return Status(Code::kLimitExceeded, "dataset \"" + dataset.name + "\" has more than " +
                                            std::to_string(kMaxOsiMembers) + " fields")
        .At(item.pointer);
  }
  draft_.entities.emplace_back();
  dataset.draft = &draft_.entities.back();
  dataset.draft->name = name;
  dataset.draft->pointer = item.pointer;
  ReadContext(&object, &dataset.draft->head);
  ReadSource(&object, dataset.draft);
  SetTexts("primary_key", object.Texts("primary_key"), &dataset.draft->head);
  for (const ForeignItem& field : fields) ReadField(field, &dataset);
  const std::vector<ForeignItem> metrics = object.Items("metrics");
  object.NoteRest();
  datasets_.push_back(std::move(dataset));
  Dataset* added = &datasets_.back();
  by_name_.emplace(AsciiLower(added->name), added);
  for (const auto& [field, bound] : added->fields) by_field_[field].push_back(added);
  for (const ForeignItem& metric : metrics) metrics_.emplace_back(metric, added);
  return Status::Ok();
}

void OsiImporter::ReadRelationship(const ForeignItem& item) {
  ForeignObject object(*item.value, item.pointer, &draft_.notes);
  const std::string name = object.Text("name");
  Dataset* from = FindDataset(object.Text("from"));
  Dataset* to = FindDataset(object.Text("to"));
  const std::vector<std::string> own = object.Texts("from_columns");
  const std::vector<std::string> other = object.Texts("to_columns");
  object.NoteRest();
  if (from == nullptr || to == nullptr || own.empty() || own.size() != other.size()) {
    draft_.notes.Add(item.pointer, "relationship \"" + name +
                                       "\" is not carried: it needs two datasets and as many "
                                       "columns of the one as of the other");
    return;
  }
  Json columns = Json::MakeArray();
  for (std::size_t i = 0; i < own.size(); ++i) {
    columns.Append(Json::Of({{"from", own[i]}, {"to", other[i]}}));
  }
  std::string join_name = name.empty() ? to->draft->name : MemberNameFrom(name);
  for (const DraftMember& known : from->draft->joins) {
    if (*known.json.Find("name") == Json(join_name)) join_name += "_2";
  }
  Json join = Json::Of({{"name", join_name},
                        {"entity", to->draft->name},
                        {"relationship", "many_to_one"},
                        {"columns", std::move(columns)}});
  from->draft->joins.push_back({std::move(join), item.pointer, {}});
}

// The dataset that has a field of that name; null when none has.
Result<Dataset*> OsiImporter::OwnerOf(const SqlToken& name) {
  const auto owners = by_field_.find(IdentifierOf(name));
  if (owners == by_field_.end()) return static_cast<Dataset*>(nullptr);
  if (owners->second.size() == 1) return owners->second.front();
  return NotCarried("the field \"" + name.text + "\" is in two datasets");
}

// The one dataset that the expression is over: the qualifier of its names, else `scope`, else the
// only dataset that has a field of that name. Without any name: that of the aggregate `before`.
Result<Dataset*> OsiImporter::DatasetOf(const SqlTokens& tokens, Dataset* scope, Dataset* before) {
  Dataset* found = nullptr;
  bool has_names = false;
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    const bool qualifies = i + 2 < tokens.size() && tokens[i].IsName() && tokens[i + 1].Is(".") &&
                           (i + 3 >= tokens.size() || !tokens[i + 3].Is("("));
    has_names = has_names || tokens[i].IsName();
    Dataset* here = qualifies ? FindDataset(IdentifierOf(tokens[i])) : nullptr;
    if (qualifies) i += 2;
    if (!qualifies && scope == nullptr && tokens[i].IsName()) {
      LOUPE_ASSIGN_OR_RETURN(here, OwnerOf(tokens[i]));
    }
    if (here == nullptr) continue;
    if (found != nullptr && found != here) return NotCarried("it aggregates over two datasets");
    found = here;
  }
  if (found == nullptr) found = scope;
  if (found == nullptr && !has_names) found = before;
  if (found == nullptr && datasets_.size() == 1) found = &datasets_.front();
  if (found == nullptr) return NotCarried("it does not say which dataset it aggregates");
  return found;
}

// Fields become their expressions, other names columns.
Result<SqlTokens> OsiImporter::Bind(const SqlTokens& tokens, const Dataset& dataset) const {
  SqlTokens plain;
  std::size_t size = 0;
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    const bool qualified = i + 2 < tokens.size() && tokens[i].IsName() && tokens[i + 1].Is(".") &&
                           AsciiLower(IdentifierOf(tokens[i])) == AsciiLower(dataset.name);
    const std::size_t at = qualified ? i + 2 : i;
    const bool is_call = at + 1 < tokens.size() && tokens[at + 1].Is("(");
    const bool is_part = !qualified && i > 0 && tokens[i - 1].Is(".");
    const auto field = tokens[at].IsName() && !is_call && !is_part
                           ? dataset.fields.find(AsciiLower(IdentifierOf(tokens[at])))
                           : dataset.fields.end();
    if (field == dataset.fields.end()) {
      plain.push_back(tokens[i]);
      continue;
    }
    SqlTokens value = Bracketed(field->second);
    value.front().spaced = tokens[i].spaced;
    plain.insert(plain.end(), value.begin(), value.end());
    size += SizeOf(value);
    if (size > kMaxTextBytes)
      return NotCarried("it grows too large when its fields are written out");
    i = at;
  }
  return BindToRow(plain, {{AsciiLower(dataset.name)}, nullptr});
}

// Sets what `measure` is; returns the dataset it belongs to.
Result<Dataset*> OsiImporter::AddMetric(const SqlTokens& tokens, const std::string& name,
                                        Dataset* scope, DraftMember* measure) {
  Dataset* home = nullptr;
  std::vector<std::pair<Dataset*, Json>> parts;
  LOUPE_ASSIGN_OR_RETURN(
      SqlTokens formula,
      SplitAggregates(tokens, [&](const AggregateCall& call) -> Result<std::string> {
        SqlTokens all = call.argument;
        all.insert(all.end(), call.filter.begin(), call.filter.end());
        LOUPE_ASSIGN_OR_RETURN(Dataset * dataset, DatasetOf(all, scope, home));
        const BindTokens bind = [&](const SqlTokens& part) { return Bind(part, *dataset); };
        LOUPE_ASSIGN_OR_RETURN(Json part, MeasureOfCall(call, bind));
        if (home == nullptr) home = dataset;
        parts.emplace_back(dataset, std::move(part));
        return std::to_string(parts.size() - 1);
      }));
  if (home == nullptr) return NotCarried("it aggregates nothing");
  const bool alone = formula.size() == 1;
  if (alone) {
    measure->json = WithName(home->draft->names.Take(name), parts[0].second);
    return home;
  }
  for (SqlToken& token : formula) {
    if (token.kind == SqlTokenKind::kTemplate) return NotCarried("it holds a template");
    if (token.kind != SqlTokenKind::kReference) continue;
    const auto& [dataset, part] = parts[std::stoul(token.text)];
    const std::string wanted = name + "_" + part.Find("type")->AsString();
    LOUPE_ASSIGN_OR_RETURN(const std::string part_name,
                           NameOfAggregate(part, wanted, measure->pointer, dataset->draft));
    token.text = dataset == home ? part_name : dataset->draft->name + "." + part_name;
  }
  measure->json = Json::Of({{"name", home->draft->names.Take(name)}, {"type", "calculated"}});
  LOUPE_RETURN_IF_ERROR(SetFormula(PrintSql(formula), home->draft->name, measure));
  return home;
}

void OsiImporter::ReadMetric(const ForeignItem& item, Dataset* scope) {
  ForeignObject object(*item.value, item.pointer, &draft_.notes);
  const std::string name = object.Text("name");
  const std::string expression = ExpressionOf(&object);
  const std::string what = "metric \"" + name + "\" is not carried: ";
  object.Ignore({"datatype"});
  if (expression.empty()) {
    draft_.notes.Add(item.pointer, what + "it has no expression in ANSI_SQL or POSTGRESQL");
    return;
  }
  const Result<SqlTokens> tokens = ScanSql(expression);
  DraftMember measure{Json::MakeObject(), item.pointer, {}};
  for (const SqlToken& token : tokens.ok() ? tokens.value() : SqlTokens()) {
    if (token.kind != SqlTokenKind::kReference) continue;
    draft_.notes.Add(item.pointer, what + "it refers to {" + token.text + "}");
    return;
  }
  Result<Dataset*> home =
      tokens.ok() ? AddMetric(tokens.value(), name, scope, &measure) : tokens.status();
  if (!home.ok()) {
    draft_.notes.Add(item.pointer, what + home.status().message());
    return;
  }
  ReadContext(&object, &measure.json);
  object.NoteRest();
  home.value()->draft->measures.push_back(std::move(measure));
}

// Plain aggregates first, so that formulas find the measures that are the same.
void OsiImporter::ReadMetrics() {
  for (const bool wants_plain : {true, false}) {
    for (const auto& [item, scope] : metrics_) {
      ImportNotes aside;
      ForeignObject object(*item.value, item.pointer, &aside);
      ImportNotes kept = std::move(draft_.notes);
      draft_.notes = ImportNotes();
      const Result<SqlTokens> tokens = ScanSql(ExpressionOf(&object));
      draft_.notes = std::move(kept);
      const bool plain = tokens.ok() && tokens.value().size() > 2 && tokens.value()[1].Is("(") &&
                         ClosingBracket(tokens.value(), 1) + 1 == tokens.value().size();
      if (plain == wants_plain) ReadMetric(item, scope);
    }
  }
}

Result<Imported> OsiImporter::Run() {
  ForeignObject document(document_, "", &draft_.notes);
  std::vector<ForeignItem> models = document.Items("semantic_model");
  const Json* single = document.Find("semantic_model");
  if (single != nullptr && single->IsObject()) models = {{"", single, "/semantic_model"}};
  document.Ignore({"version", "$schema"});
  document.NoteRest();
  for (std::size_t i = 1; i < models.size(); ++i) {
    draft_.notes.Add(models[i].pointer, "only the first semantic model is carried");
  }
  ImportNotes aside;
  const Json empty = Json::MakeObject();
  const ForeignItem first = models.empty() ? ForeignItem{"", &empty, ""} : models[0];
  ForeignObject model(*first.value, first.pointer, &draft_.notes);
  const std::vector<ForeignItem> datasets = model.Items("datasets");
  if (datasets.empty()) {
    return Status(Code::kSemanticInvalidModel, "the document has no semantic model with datasets")
        .WithHint("Write {\"semantic_model\": [{\"name\": …, \"datasets\": [...]}]}.")
        .At("/semantic_model");
  }
  if (datasets.size() > kMaxDatasets) {
    return Status(Code::kLimitExceeded,
                  "the model has more than " + std::to_string(kMaxDatasets) + " datasets")
        .At(model.PointerTo("datasets"));
  }
  draft_.head.Set("name", MemberNameFrom(model.Text("name")));
  ReadContext(&model, &draft_.head);
  for (const ForeignItem& item : datasets) LOUPE_RETURN_IF_ERROR(ReadDataset(item));
  for (const ForeignItem& item : model.Items("relationships")) ReadRelationship(item);
  for (const ForeignItem& item : model.Items("metrics")) metrics_.emplace_back(item, nullptr);
  if (metrics_.size() > kMaxOsiMembers) {
    return Status(Code::kLimitExceeded,
                  "the model has more than " + std::to_string(kMaxOsiMembers) + " metrics")
        .At(model.PointerTo("metrics"));
  }
  ReadMetrics();
  model.NoteRest();
  return Finish(std::move(draft_));
}

}  // namespace

Result<Imported> ImportOsi(const Json& document, const Context& context) {
  return OsiImporter(document, context).Run();
}

}  // namespace loupe::semantic
