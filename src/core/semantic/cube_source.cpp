#include "core/semantic/cube_source.hpp"

#include <map>

#include "core/semantic/field_reader.hpp"
#include "core/sql/printer.hpp"

namespace loupe::semantic {
namespace {

constexpr int kMaxReferenceDepth = 16;
constexpr std::size_t kMaxInherited = 100'000;
constexpr int kMaxBases = 16;

const ForeignItem* FindItem(const std::vector<ForeignItem>& items,
                            const std::map<std::string, std::size_t>& index,
                            const std::string& name) {
  const auto found = index.find(name);
  return found == index.end() ? nullptr : &items[found->second];
}

std::map<std::string, std::size_t> IndexOf(const std::vector<ForeignItem>& items) {
  std::map<std::string, std::size_t> index;
  for (std::size_t i = 0; i < items.size(); ++i) index.emplace(NameOf(items[i]), i);
  return index;
}

const Json* FindKey(const Json& object, std::string_view key) {
  if (!object.IsObject()) return nullptr;
  for (const Json::Member& member : object.members()) {
    if (member.name == key || SnakeCase(member.name) == key) return &member.value;
  }
  return nullptr;
}

std::string TextAt(const Json& object, std::string_view key) {
  const Json* value = FindKey(object, key);
  return value != nullptr && value->IsString() ? value->AsString() : std::string();
}

// Items of an array, or members of an object.
std::vector<const Json*> ListAt(const Json& object, std::string_view key) {
  std::vector<const Json*> list;
  const Json* value = FindKey(object, key);
  if (value != nullptr && value->IsArray()) {
    for (const Json& item : value->items()) list.push_back(&item);
  } else if (value != nullptr && value->IsObject()) {
    for (const Json::Member& member : value->members()) list.push_back(&member.value);
  }
  return list;
}

// {"when": [{"sql": …, "label": …}], "else": {"label": …}} as SQL with references.
Result<std::string> CaseSql(const Json& cases) {
  std::string sql = "CASE";
  for (const Json* when : ListAt(cases, "when")) {
    const std::string condition = TextAt(*when, "sql");
    const Json* label = FindKey(*when, "label");
    if (condition.empty() || label == nullptr)
      return NotCarried("\"case\" has an incomplete branch");
    const std::string value = label->IsString() ? sql::QuoteLiteral(label->AsString())
                                                : "(" + TextAt(*label, "sql") + ")";
    sql += " WHEN " + condition + " THEN " + value;
  }
  if (const Json* otherwise = FindKey(cases, "else")) {
    const Json* label = FindKey(*otherwise, "label");
    if (label != nullptr && label->IsString())
      sql += " ELSE " + sql::QuoteLiteral(label->AsString());
  }
  return sql + " END";
}

// Resolves references of one expression within its budgets.
class Resolver {
 public:
  explicit Resolver(const CubeSource& cube) : cube_(cube) {
    scope_.aliases = {cube.name};
    scope_.resolve = [this](const std::string& reference) { return Resolve(reference); };
  }

  Result<SqlTokens> Bind(const SqlTokens& tokens) { return BindToRow(tokens, scope_); }
  Result<SqlTokens> Dimension(const std::string& name);

 private:
  Result<SqlTokens> Resolve(const std::string& reference);

  const CubeSource& cube_;
  RowScope scope_;
  int depth_ = 0;
  std::size_t expanded_ = 0;
};

Result<SqlTokens> Resolver::Dimension(const std::string& name) {
  const ForeignItem* item = cube_.FindDimension(name);
  if (item == nullptr)
    return NotCarried("refers to {" + name + "}, which is no dimension of the cube");
  const Json* sub_query = FindKey(*item->value, "sub_query");
  if (sub_query != nullptr && *sub_query == Json(true)) {
    return NotCarried("refers to {" + name + "}, which is a sub-query");
  }
  std::string sql = TextAt(*item->value, "sql");
  if (const Json* cases = FindKey(*item->value, "case")) {
    LOUPE_ASSIGN_OR_RETURN(sql, CaseSql(*cases));
  }
  if (++depth_ > kMaxReferenceDepth)
    return NotCarried("{" + name + "} refers to itself, or too deep");
  LOUPE_ASSIGN_OR_RETURN(const SqlTokens tokens, ScanSql(sql));
  LOUPE_ASSIGN_OR_RETURN(SqlTokens bound, Bind(tokens));
  --depth_;
  expanded_ += SizeOf(bound);
  if (expanded_ <= kMaxTextBytes) return bound;
  return NotCarried("{" + name + "} grows too large when its references are written out");
}

Result<SqlTokens> Resolver::Resolve(const std::string& reference) {
  if (cube_.IsRow(reference)) return SqlTokens{{SqlTokenKind::kAlias, "{T}", false}};
  std::string name = cube_.LocalName(reference);
  std::string unit;
  const std::size_t dot = name.find('.');
  if (dot != std::string::npos && cube_.FindDimension(name.substr(0, dot)) != nullptr) {
    unit = name.substr(dot + 1);
    name.resize(dot);
  }
  if (cube_.FindDimension(name) == nullptr) return NotCarried("refers to {" + reference + "}");
  LOUPE_ASSIGN_OR_RETURN(SqlTokens bound, Dimension(name));
  bound = Bracketed(std::move(bound));
  if (unit.empty()) return bound;
  return Truncated(unit, bound);
}

void Inherit(const std::vector<ForeignItem>& base, std::vector<ForeignItem>* own) {
  const std::map<std::string, std::size_t> known = IndexOf(*own);
  for (const ForeignItem& item : base) {
    if (known.count(NameOf(item)) == 0) own->push_back(item);
  }
}

std::vector<ForeignItem> ItemsOf(const ForeignItem& cube, std::string_view key) {
  ImportNotes silent;  // whoever reads the members notes what is wrong with them
  return ForeignObject(*cube.value, cube.pointer, &silent).Items(key);
}

CubeSource OwnPart(const ForeignItem& item) {
  CubeSource cube;
  cube.name = NameOf(item);
  cube.pointer = item.pointer;
  cube.json = item.value;
  cube.table = TextAt(*item.value, "sql_table");
  cube.sql = TextAt(*item.value, "sql");
  cube.dimensions = ItemsOf(item, "dimensions");
  cube.measures = ItemsOf(item, "measures");
  cube.joins = ItemsOf(item, "joins");
  cube.segments = ItemsOf(item, "segments");
  cube.hierarchies = ItemsOf(item, "hierarchies");
  return cube;
}

// Adds to `cube` what its chain of bases has.
void AddBases(const std::map<std::string, const ForeignItem*>& by_name, CubeSource* cube,
              ImportNotes* notes) {
  std::string base_name = TextAt(*cube->json, "extends");
  for (int bases = 0; !base_name.empty(); ++bases) {
    const auto found = by_name.find(base_name);
    if (found == by_name.end() || bases == kMaxBases) {
      notes->Add(cube->pointer + "/extends", "cube \"" + base_name +
                                                 "\" is not there to be extended, or extends "
                                                 "itself");
      return;
    }
    const CubeSource base = OwnPart(*found->second);
    if (cube->table.empty() && cube->sql.empty()) {
      cube->table = base.table;
      cube->sql = base.sql;
    }
    Inherit(base.dimensions, &cube->dimensions);
    Inherit(base.measures, &cube->measures);
    Inherit(base.joins, &cube->joins);
    Inherit(base.segments, &cube->segments);
    Inherit(base.hierarchies, &cube->hierarchies);
    base_name = TextAt(*base.json, "extends");
  }
}

}  // namespace

std::string NameOf(const ForeignItem& item) {
  return item.name.empty() ? TextAt(*item.value, "name") : item.name;
}

const ForeignItem* CubeSource::FindDimension(const std::string& dimension) const {
  return FindItem(dimensions, dimension_index, dimension);
}

const ForeignItem* CubeSource::FindMeasure(const std::string& measure) const {
  return FindItem(measures, measure_index, measure);
}

bool CubeSource::IsRow(const std::string& reference) const {
  return reference == "CUBE" || reference == "TABLE" || reference == name;
}

std::string CubeSource::LocalName(const std::string& reference) const {
  const std::size_t dot = reference.find('.');
  if (dot == std::string::npos || !IsRow(reference.substr(0, dot))) return reference;
  return reference.substr(dot + 1);
}

Result<SqlTokens> CubeSource::DimensionTokens(const std::string& dimension) const {
  return Resolver(*this).Dimension(dimension);
}

Result<SqlTokens> CubeSource::RowSql(std::string_view text) const {
  LOUPE_ASSIGN_OR_RETURN(const SqlTokens tokens, ScanSql(text));
  return RowSql(tokens);
}

Result<SqlTokens> CubeSource::RowSql(const SqlTokens& tokens) const {
  return Resolver(*this).Bind(tokens);
}

Result<std::vector<CubeSource>> ReadCubes(const std::vector<ForeignItem>& items,
                                          ImportNotes* notes) {
  std::map<std::string, const ForeignItem*> by_name;
  for (const ForeignItem& item : items) by_name.emplace(NameOf(item), &item);
  std::vector<CubeSource> cubes;
  std::size_t members = 0;
  for (const ForeignItem& item : items) {
    notes->context().Poll();
    cubes.push_back(OwnPart(item));
    AddBases(by_name, &cubes.back(), notes);
    cubes.back().dimension_index = IndexOf(cubes.back().dimensions);
    cubes.back().measure_index = IndexOf(cubes.back().measures);
    members += cubes.back().dimensions.size() + cubes.back().measures.size();
    if (members <= kMaxInherited) continue;
    return Status(Code::kLimitExceeded, "the cubes have more than " +
                                            std::to_string(kMaxInherited) +
                                            " members, inherited ones counted");
  }
  return cubes;
}

CubeIndex IndexCubes(const std::vector<CubeSource>& cubes) {
  CubeIndex index;
  for (const CubeSource& cube : cubes) index.emplace(cube.name, &cube);
  return index;
}

}  // namespace loupe::semantic
