#include "core/semantic/infer_joins.hpp"

#include <algorithm>
#include <charconv>
#include <set>
#include <string_view>
#include <utility>

#include "core/semantic/infer.hpp"
#include "core/semantic/names.hpp"
#include "core/semantic/sql_types.hpp"

namespace loupe::semantic {
namespace {

using Words = std::vector<std::string>;

// Words before a table's own name that only say what kind of table it is.
constexpr std::string_view kTableKinds[] = {"dim", "fact", "fct", "stg", "tbl", "t", "d", "f"};
constexpr std::pair<std::string_view, std::string_view> kIrregular[] = {
    {"people", "person"}, {"children", "child"}, {"men", "man"}, {"women", "woman"}};
// Of the known values of a column so many have to fit: statistics are older than the rows.
constexpr double kFittingShare = 0.95;

bool EndsWith(std::string_view text, std::string_view end) {
  return text.size() > end.size() && text.substr(text.size() - end.size()) == end;
}

// "categories" gives "category", "addresses" "address", "orders" "order".
std::string Singular(const std::string& word) {
  for (const auto& [plural, singular] : kIrregular) {
    if (word == plural) return std::string(singular);
  }
  if (EndsWith(word, "ies")) return word.substr(0, word.size() - 3) + "y";
  for (const char* end : {"sses", "shes", "ches", "xes", "uses"}) {
    if (EndsWith(word, end)) return word.substr(0, word.size() - 2);
  }
  if (EndsWith(word, "s") && !EndsWith(word, "ss") && !EndsWith(word, "us")) {
    return word.substr(0, word.size() - 1);
  }
  return word;
}

// What a table's rows are called: "dim_customers" gives customer.
Words NounOf(const std::string& table) {
  Words words = SplitWords(table);
  const bool has_kind = words.size() > 1 &&
                        std::find(std::begin(kTableKinds), std::end(kTableKinds), words.front()) !=
                            std::end(kTableKinds);
  if (has_kind) words.erase(words.begin());
  if (!words.empty()) words.back() = Singular(words.back());
  return words;
}

std::string Concatenated(const Words& words) {
  std::string text;
  for (const std::string& word : words) text += word;
  return text;
}

// How well a column's name says that it refers to a key; the order is the order of preference.
enum class Likeness { kNone, kTable, kRole, kName };

bool EndsWithWords(const Words& words, const Words& end) {
  return words.size() > end.size() && std::equal(end.rbegin(), end.rend(), words.rbegin());
}

Likeness Compare(const std::string& column, const CatalogTable& target, const std::string& key) {
  const Words words = SplitWords(column);
  const Words noun = NounOf(target.name);
  if (words.empty() || noun.empty()) return Likeness::kNone;
  Words name = SplitWords(key);
  // A key may bear the table's name itself.
  const bool bears_name = Concatenated(name).rfind(Concatenated(noun), 0) == 0;
  if (!bears_name) name.insert(name.begin(), noun.begin(), noun.end());
  if (Concatenated(words) == Concatenated(name)) return Likeness::kName;
  if (EndsWithWords(words, name)) return Likeness::kRole;
  return words == noun ? Likeness::kTable : Likeness::kNone;
}

bool IsInteger(SqlType type) {
  return type == SqlType::kSmallInteger || type == SqlType::kInteger ||
         type == SqlType::kBigInteger;
}

bool TypesAgree(const CatalogColumn& left, const CatalogColumn& right) {
  const SqlType type = ClassifyType(left.sql_type);
  const SqlType other = ClassifyType(right.sql_type);
  if (IsInteger(type) || type == SqlType::kText) {
    return type == other || (IsInteger(type) && IsInteger(other));
  }
  return left.sql_type == right.sql_type;
}

bool IsDeclaredKey(const CatalogTable& table, const std::string& column) {
  const std::vector<std::string> key = {column};
  return table.primary_key == key || std::find(table.unique_keys.begin(), table.unique_keys.end(),
                                               key) != table.unique_keys.end();
}

bool IsKey(const CatalogTable& table, const CatalogColumn& column) {
  if (IsDeclaredKey(table, column.name)) return true;
  return table.primary_key.empty() && column.statistics && column.statistics->is_unique;
}

std::optional<double> NumberOf(const std::string& text) {
  double number = 0;
  const auto [stop, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || stop != text.data() + text.size()) return std::nullopt;
  return number;
}

enum class Evidence { kFor, kAgainst, kNone };

Evidence ShareDecides(std::size_t fitting, std::size_t all) {
  const bool fits = static_cast<double>(fitting) >= kFittingShare * static_cast<double>(all);
  return fits ? Evidence::kFor : Evidence::kAgainst;
}

// Numbers have to lie between the smallest and the largest known value of the key.
Evidence CompareNumbers(const ColumnStatistics& column, const ColumnStatistics& key) {
  std::vector<double> known;
  for (const std::string& text : key.values) {
    const std::optional<double> number = NumberOf(text);
    if (!number) return Evidence::kNone;
    known.push_back(*number);
  }
  const auto [least, most] = std::minmax_element(known.begin(), known.end());
  std::size_t fitting = 0;
  for (const std::string& text : column.values) {
    const std::optional<double> number = NumberOf(text);
    if (number && *number >= *least && *number <= *most) ++fitting;
  }
  return ShareDecides(fitting, column.values.size());
}

// Other values have to be among the key's, when all of those are known.
Evidence CompareTexts(const ColumnStatistics& column, const ColumnStatistics& key) {
  const std::set<std::string> known(key.values.begin(), key.values.end());
  if (key.distinct <= 0 || static_cast<double>(known.size()) < key.distinct) return Evidence::kNone;
  const auto fitting =
      std::count_if(column.values.begin(), column.values.end(),
                    [&](const std::string& value) { return known.count(value) != 0; });
  return ShareDecides(static_cast<std::size_t>(fitting), column.values.size());
}

Evidence CompareValues(const CatalogColumn& column, const CatalogColumn& key) {
  if (!column.statistics || !key.statistics || column.statistics->values.empty() ||
      key.statistics->values.empty()) {
    return Evidence::kNone;
  }
  return IsNumber(ClassifyType(key.sql_type)) ? CompareNumbers(*column.statistics, *key.statistics)
                                              : CompareTexts(*column.statistics, *key.statistics);
}

struct Target {
  const CatalogTable* table = nullptr;
  const CatalogColumn* key = nullptr;
  Likeness likeness = Likeness::kNone;
  bool same_schema = false;

  [[nodiscard]] std::pair<Likeness, bool> Rank() const { return {likeness, same_schema}; }
};

bool HasDeclaredKeyTo(const CatalogTable& table, const CatalogTable& target) {
  return std::any_of(table.foreign_keys.begin(), table.foreign_keys.end(),
                     [&](const CatalogForeignKey& key) {
                       return key.target_schema == target.schema && key.target_table == target.name;
                     });
}

bool IsInDeclaredKey(const CatalogTable& table, const std::string& column) {
  return std::any_of(
      table.foreign_keys.begin(), table.foreign_keys.end(), [&](const CatalogForeignKey& key) {
        return std::find(key.columns.begin(), key.columns.end(), column) != key.columns.end();
      });
}

// Tells whether a column identifies the rows of its own table: "id" of anything, "order_id" of
// orders.
bool IsOwnIdentity(const CatalogTable& table, const CatalogColumn& column) {
  return IsKey(table, column) &&
         (column.name == "id" || Compare(column.name, table, column.name) == Likeness::kName);
}

// The one likeliest target of a column; none when it has no equal.
std::optional<Target> FindTarget(const Catalog& catalog, const CatalogTable& table,
                                 const CatalogColumn& column) {
  std::vector<Target> targets;
  for (const CatalogTable& other : catalog.tables) {
    if (HasDeclaredKeyTo(table, other)) continue;
    for (const CatalogColumn& key : other.columns) {
      const bool is_itself = &other == &table && key.name == column.name;
      if (is_itself || !TypesAgree(column, key) || !IsKey(other, key)) continue;
      const Likeness likeness = Compare(column.name, other, key.name);
      const Evidence evidence = CompareValues(column, key);
      const bool is_likely = likeness != Likeness::kNone && evidence != Evidence::kAgainst &&
                             (likeness != Likeness::kTable || evidence == Evidence::kFor);
      if (is_likely) targets.push_back({&other, &key, likeness, other.schema == table.schema});
    }
  }
  if (targets.empty()) return std::nullopt;
  const auto by_rank = [](const Target& a, const Target& b) { return a.Rank() < b.Rank(); };
  const Target best = *std::max_element(targets.begin(), targets.end(), by_rank);
  const auto equals = std::count_if(targets.begin(), targets.end(), [&](const Target& target) {
    return target.Rank() == best.Rank();
  });
  return equals == 1 ? std::optional(best) : std::nullopt;
}

Entity* FindEntity(const CatalogTable& table, Model* model) {
  for (Entity& entity : model->entities) {
    if (entity.schema == table.schema && entity.table == table.name) return &entity;
  }
  return nullptr;
}

bool IsTaken(const Entity& entity, const std::string& join) {
  return std::any_of(entity.joins.begin(), entity.joins.end(), [&](const Join& other) {
    return (other.name.empty() ? other.entity : other.name) == join;
  });
}

// "customer_id" gives "customer".
std::string RoleName(const std::string& column) {
  Words words = SplitWords(column);
  if (words.size() > 1) words.pop_back();
  std::string name;
  for (const std::string& word : words) name += (name.empty() ? "" : "_") + word;
  return SanitizedName(name);
}

void AddJoin(const CatalogTable& table, const CatalogColumn& column, const Target& target,
             Model* model) {
  Entity* entity = FindEntity(table, model);
  Entity* other = FindEntity(*target.table, model);
  if (entity == nullptr || other == nullptr) return;
  Join join;
  join.entity = other->name;
  join.is_guess = true;
  join.columns = {{column.name, target.key->name}};
  if (IsDeclaredKey(table, column.name)) join.relationship = Relationship::kOneToOne;
  const bool plain_is_free = target.likeness != Likeness::kRole && !IsTaken(*entity, join.entity);
  if (!plain_is_free) join.name = RoleName(column.name);
  if (IsTaken(*entity, join.name.empty() ? join.entity : join.name)) return;
  if (!IsDeclaredKey(*target.table, target.key->name)) other->primary_key = {target.key->name};
  entity->joins.push_back(std::move(join));
}

}  // namespace

void AddGuessedJoins(const Catalog& catalog, Model* model) {
  for (const CatalogTable& table : catalog.tables) {
    for (const CatalogColumn& column : table.columns) {
      if (IsInDeclaredKey(table, column.name) || IsOwnIdentity(table, column)) continue;
      if (const std::optional<Target> target = FindTarget(catalog, table, column)) {
        AddJoin(table, column, *target, model);
      }
    }
  }
}

}  // namespace loupe::semantic
