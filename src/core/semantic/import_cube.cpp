#include "core/semantic/import_cube.hpp"

#include <algorithm>

#include "core/semantic/cube_members.hpp"
#include "core/semantic/cube_source.hpp"
#include "core/semantic/import_draft.hpp"
#include "core/semantic/simple_model.hpp"

namespace loupe::semantic {
namespace {

constexpr std::size_t kMaxCubes = 2'000;
constexpr std::size_t kMaxCubeMembers = 4'000;

// The relationship in today's words; empty when it is none.
std::string RelationshipOf(const std::string& written) {
  const std::string word = SnakeCase(written);
  if (word == "belongs_to" || word == "many_to_one") return "many_to_one";
  if (word == "has_many" || word == "one_to_many") return "one_to_many";
  if (word == "has_one" || word == "one_to_one") return "one_to_one";
  return {};
}

// One side of an equality: whose column it is.
struct Side {
  const CubeSource* cube = nullptr;
  std::string column;
};

const CubeSource* FindCube(const std::vector<CubeSource>& cubes, const std::string& name) {
  for (const CubeSource& cube : cubes) {
    if (cube.name == name) return &cube;
  }
  return nullptr;
}

// {CUBE}.column, {other}.column, {CUBE.member}, {other.member}, {member} or name.column.
Side SideOf(const SqlTokens& tokens, const CubeSource& own, const std::vector<CubeSource>& cubes) {
  const bool dotted = tokens.size() == 3 && tokens[1].Is(".") && tokens[2].IsName();
  if (dotted && (tokens[0].kind == SqlTokenKind::kReference || tokens[0].IsName())) {
    const bool is_name = tokens[0].IsName();
    const std::string owner = is_name ? IdentifierOf(tokens[0]) : tokens[0].text;
    const CubeSource* cube = own.IsRow(owner) ? &own : FindCube(cubes, owner);
    return {cube, IdentifierOf(tokens[2])};
  }
  if (tokens.size() != 1 || tokens[0].kind != SqlTokenKind::kReference) return {};
  const std::string& reference = tokens[0].text;
  const std::size_t dot = reference.find('.');
  const std::string owner = dot == std::string::npos ? own.name : reference.substr(0, dot);
  const CubeSource* cube = own.IsRow(owner) ? &own : FindCube(cubes, owner);
  if (cube == nullptr) return {};
  const std::string member = dot == std::string::npos ? reference : reference.substr(dot + 1);
  const Result<SqlTokens> bound = cube->DimensionTokens(member);
  return bound.ok() ? Side{cube, ColumnOf(bound.value())} : Side{};
}

// Splits at a word outside of brackets.
std::vector<SqlTokens> SplitAt(const SqlTokens& tokens, std::string_view word) {
  std::vector<SqlTokens> parts(1);
  int depth = 0;
  for (const SqlToken& token : tokens) {
    if (token.Is("(")) ++depth;
    if (token.Is(")")) --depth;
    if (depth == 0 && token.Is(word)) {
      parts.emplace_back();
    } else {
      parts.back().push_back(token);
    }
  }
  return parts;
}

SqlTokens WithoutBrackets(SqlTokens tokens) {
  while (tokens.size() > 2 && tokens[0].Is("(") && ClosingBracket(tokens, 0) + 1 == tokens.size()) {
    tokens.erase(tokens.begin());
    tokens.pop_back();
  }
  return tokens;
}

class CubeImporter {
 public:
  explicit CubeImporter(const Json& document) : document_(document) {}

  Result<Imported> Run();

 private:
  void AddEntity(const CubeSource& cube);
  void ReadHead(const CubeSource& cube, DraftEntity* entity);
  void ReadJoin(const CubeSource& cube, const ForeignItem& item, DraftEntity* entity);
  Result<Json> JoinColumns(const CubeSource& cube, const CubeSource& target,
                           const std::string& sql) const;
  void ReadSegment(const CubeSource& cube, const ForeignItem& item, DraftEntity* entity);
  void ReadHierarchy(const CubeSource& cube, const ForeignItem& item, DraftEntity* entity);
  [[nodiscard]] std::vector<ForeignItem> CubeItems();

  const Json& document_;
  ImportDraft draft_;
  std::vector<CubeSource> cubes_;
};

// The document's cubes: under "cubes", or the document is a list of cubes, or one cube.
std::vector<ForeignItem> CubeImporter::CubeItems() {
  ForeignObject document(document_, "", &draft_.notes);
  for (const ForeignItem& view : document.Items("views")) {
    draft_.notes.Add(view.pointer, "view \"" + NameOf(view) +
                                       "\" is not carried: its members are those of its cubes");
  }
  const std::string name = document.Text("name");
  draft_.head.Set("name", MemberNameFrom(name.empty() ? "cube" : name));
  std::vector<ForeignItem> items = document.Items("cubes");
  document.NoteRest();
  return items;
}

void CubeImporter::ReadHead(const CubeSource& cube, DraftEntity* entity) {
  ForeignObject object(*cube.json, cube.pointer, &draft_.notes);
  object.Ignore({"name", "sql", "sql_table", "extends", "dimensions", "measures", "joins",
                 "segments", "hierarchies"});
  SetText("title", object.Text("title"), &entity->head);
  SetText("description", object.Text("description"), &entity->head);
  ReadMeta(&object, &entity->head);
  const std::optional<bool> is_public = object.Flag("public");
  const std::optional<bool> shown = object.Flag("shown");
  if (!is_public.value_or(shown.value_or(true))) entity->head.Set("public", false);
  if (object.Find("access_policy") != nullptr) ReadAccess(cube, &object, entity);
  object.NoteRest();
}

Result<Json> CubeImporter::JoinColumns(const CubeSource& cube, const CubeSource& target,
                                       const std::string& sql) const {
  const Status refused(Code::kNotSupported,
                       "its condition is no list of equal columns joined by AND");
  LOUPE_ASSIGN_OR_RETURN(const SqlTokens tokens, ScanSql(sql));
  Json columns = Json::MakeArray();
  for (const SqlTokens& part : SplitAt(WithoutBrackets(tokens), "and")) {
    const std::vector<SqlTokens> sides = SplitAt(WithoutBrackets(part), "=");
    if (sides.size() != 2) return refused;
    Side left = SideOf(sides[0], cube, cubes_);
    Side right = SideOf(sides[1], cube, cubes_);
    if (left.cube == &target && right.cube == &cube) std::swap(left, right);
    const bool fits = left.cube == &cube && right.cube == &target && !left.column.empty() &&
                      !right.column.empty();
    if (!fits) return refused;
    columns.Append(Json::Of({{"from", left.column}, {"to", right.column}}));
  }
  return columns;
}

void CubeImporter::ReadJoin(const CubeSource& cube, const ForeignItem& item, DraftEntity* entity) {
  ForeignObject object(*item.value, item.pointer, &draft_.notes);
  object.Ignore({"name"});
  const std::string name = NameOf(item);
  const std::string sql = object.Text("sql");
  const std::string relationship = RelationshipOf(object.Text("relationship"));
  object.NoteRest();
  const CubeSource* target = FindCube(cubes_, name);
  const std::string what = "join to \"" + name + "\" is not carried: ";
  if (target == nullptr || relationship.empty()) {
    draft_.notes.Add(item.pointer, what + (target == nullptr ? "there is no such cube"
                                                             : "its relationship is unknown"));
    return;
  }
  const Result<Json> columns = JoinColumns(cube, *target, sql);
  if (!columns.ok()) {
    draft_.notes.Add(item.pointer, what + columns.status().message());
    return;
  }
  Json join = Json::Of({{"entity", MemberNameFrom(name)},
                        {"relationship", relationship},
                        {"columns", columns.value()}});
  entity->joins.push_back({std::move(join), item.pointer, {}});
}

void CubeImporter::ReadSegment(const CubeSource& cube, const ForeignItem& item,
                               DraftEntity* entity) {
  ForeignObject object(*item.value, item.pointer, &draft_.notes);
  object.Ignore({"name"});
  const Result<SqlTokens> bound = cube.RowSql(object.Text("sql"));
  if (!bound.ok()) {
    draft_.notes.Add(item.pointer, "segment \"" + NameOf(item) +
                                       "\" is not carried: " + bound.status().message());
    return;
  }
  Json segment =
      Json::Of({{"name", entity->names.Take(NameOf(item))}, {"sql", PrintSql(bound.value())}});
  ReadLabels(&object, &segment);
  object.NoteRest();
  entity->segments.push_back({std::move(segment), item.pointer, {}});
}

void CubeImporter::ReadHierarchy(const CubeSource& cube, const ForeignItem& item,
                                 DraftEntity* entity) {
  ForeignObject object(*item.value, item.pointer, &draft_.notes);
  object.Ignore({"name", "public"});
  std::vector<std::string> levels;
  for (const std::string& level : object.Texts("levels")) {
    const std::string name = cube.LocalName(level);
    if (name.find('.') != std::string::npos) {
      object.Note("levels", "level \"" + level + "\" is of another cube and is not carried");
    } else if (entity->FindDimension(name) == nullptr) {
      object.Note("levels", "level \"" + level + "\" is no dimension that is carried");
    } else {
      levels.push_back(name);
    }
  }
  Json hierarchy = Json::Of({{"name", MemberNameFrom(NameOf(item))}});
  SetText("title", object.Text("title"), &hierarchy);
  SetTexts("levels", levels, &hierarchy);
  object.NoteRest();
  if (levels.empty()) return;
  entity->hierarchies.push_back({std::move(hierarchy), item.pointer, {}});
}

void CubeImporter::AddEntity(const CubeSource& cube) {
  if (cube.table.empty() && cube.sql.empty()) {
    draft_.notes.Add(cube.pointer, "cube \"" + cube.name +
                                       "\" has no table: only cubes that extend it are carried");
    return;
  }
  DraftEntity entity;
  entity.name = MemberNameFrom(cube.name);
  entity.pointer = cube.pointer;
  if (draft_.FindEntity(entity.name) != nullptr) {
    draft_.notes.Add(cube.pointer, "cube \"" + cube.name + "\" is declared twice");
    return;
  }
  const Status status = SetCubeTable(cube, &entity.head);
  if (!status.ok()) {
    draft_.notes.Add(cube.pointer + "/sql",
                     "cube \"" + cube.name + "\" is not carried: " + status.message());
    return;
  }
  CubeMembers members(cube, cubes_, &entity, &draft_.notes);
  members.ReadDimensions();
  members.ReadMeasures();
  ReadHead(cube, &entity);
  for (const ForeignItem& item : cube.joins) ReadJoin(cube, item, &entity);
  for (const ForeignItem& item : cube.segments) ReadSegment(cube, item, &entity);
  for (const ForeignItem& item : cube.hierarchies) ReadHierarchy(cube, item, &entity);
  draft_.entities.push_back(std::move(entity));
}

Result<Imported> CubeImporter::Run() {
  const std::vector<ForeignItem> items = CubeItems();
  if (items.empty()) {
    return Status(Code::kSemanticInvalidModel, "the document has no \"cubes\"")
        .WithHint("Write {\"cubes\": [{\"name\": …, \"sql_table\": …}]}.")
        .At("/cubes");
  }
  if (items.size() > kMaxCubes) {
    return Status(Code::kLimitExceeded,
                  "the document has more than " + std::to_string(kMaxCubes) + " cubes")
        .At("/cubes");
  }
  cubes_ = ReadCubes(items, &draft_.notes);
  for (const CubeSource& cube : cubes_) {
    const std::size_t most = std::max(
        {cube.dimensions.size(), cube.measures.size(), cube.joins.size(), cube.segments.size()});
    if (most > kMaxCubeMembers) {
      return Status(Code::kLimitExceeded, "cube \"" + cube.name + "\" has more than " +
                                              std::to_string(kMaxCubeMembers) + " members")
          .At(cube.pointer);
    }
  }
  for (const CubeSource& cube : cubes_) AddEntity(cube);
  return Finish(std::move(draft_));
}

}  // namespace

Result<Imported> ImportCube(const Json& document) { return CubeImporter(document).Run(); }

}  // namespace loupe::semantic
