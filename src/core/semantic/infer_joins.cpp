#include "core/semantic/infer_joins.hpp"

#include <algorithm>
#include <charconv>
#include <map>
#include <set>
#include <string_view>
#include <tuple>
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
// Last words of names that tell rows apart; others may hold the same values by chance.
constexpr std::string_view kKeyWords[] = {"id",     "code",   "key",  "no",  "nr",
                                          "number", "symbol", "name", "sku", "sequence"};
constexpr std::size_t kMaxMark = 4;       // letters
constexpr std::size_t kMinGluedKey = 5;   // letters of a key's name that tell enough by themselves
constexpr std::size_t kMaxShortForm = 4;  // letters of a table's name in its key's

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
enum class Likeness { kNone, kTable, kSame, kRole, kName };

bool StartsWith(std::string_view text, std::string_view start) {
  return text.substr(0, start.size()) == start;
}

// The mark of all names of a schema's tables; a long one is a word that tells something.
std::string MarkOf(const Catalog& catalog, const std::string& schema) {
  std::vector<std::string> names;
  for (const CatalogTable& table : catalog.tables) {
    if (table.schema == schema) names.push_back(table.name);
  }
  const std::string mark = SharedMark(names);
  return mark.size() <= kMaxMark ? mark : std::string();
}

// A name's letters without the mark of its house.
std::string TextOf(const std::string& name, const std::string& mark) {
  std::string text = Concatenated(SplitWords(name));
  if (text.size() > mark.size() && StartsWith(text, mark)) text.erase(0, mark.size());
  return text;
}

// "aid" of author, "custid" of customers: a beginning of the noun, and that it is a key.
bool IsShortForm(const std::string& key, const std::string& noun) {
  if (!EndsWith(key, "id") || key.size() > kMaxShortForm + 2) return false;
  return StartsWith(noun, std::string_view(key).substr(0, key.size() - 2));
}

// The names that a column may have to refer to a key, as letters: its table's and its own, or its
// own alone where that says whose it is.
struct KeyNames {
  std::set<std::string> names;
  std::string key;
  std::string noun;
};

// What a name ends in, from each of its words on but the first; without marks between words from
// each letter on that leaves enough to be told by.
std::vector<std::string> EndsOf(const std::string& name, const std::string& mark) {
  const Words words = SplitWords(name);
  std::vector<std::string> ends;
  for (std::size_t i = 1; i < words.size(); ++i) {
    ends.push_back(
        Concatenated(Words(words.begin() + static_cast<std::ptrdiff_t>(i), words.end())));
  }
  if (words.size() != 1) return ends;
  const std::string text = TextOf(name, mark);
  for (std::size_t i = 1; i + kMinGluedKey <= text.size(); ++i) ends.push_back(text.substr(i));
  return ends;
}

bool NamesKey(const std::string& column) {
  const Words words = SplitWords(column);
  return words.size() > 1 &&
         std::find(std::begin(kKeyWords), std::end(kKeyWords), words.back()) != std::end(kKeyWords);
}

Likeness Compare(const std::string& column, const KeyNames& key, const std::string& mark) {
  const std::string text = TextOf(column, mark);
  if (key.names.count(text) != 0) return Likeness::kName;
  const std::vector<std::string> ends = EndsOf(column, mark);
  const bool has_role = std::any_of(
      ends.begin(), ends.end(), [&](const std::string& end) { return key.names.count(end) != 0; });
  if (has_role) return Likeness::kRole;
  if (text == key.key && NamesKey(column)) return Likeness::kSame;
  const bool is_table =
      text == key.noun || std::find(ends.begin(), ends.end(), key.noun) != ends.end();
  return is_table ? Likeness::kTable : Likeness::kNone;
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
  bool same_name = false;

  [[nodiscard]] std::tuple<Likeness, bool, bool> Rank() const {
    return {likeness, same_schema, same_name};
  }
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

// Which tables declared keys connect, over however many tables between.
class DeclaredTies {
 public:
  explicit DeclaredTies(const Catalog& catalog) {
    for (const CatalogTable& table : catalog.tables) {
      for (const CatalogForeignKey& key : table.foreign_keys) {
        group_[Root({table.schema, table.name})] = Root({key.target_schema, key.target_table});
      }
    }
  }

  [[nodiscard]] bool Tie(const CatalogTable& a, const CatalogTable& b) const {
    return Root({a.schema, a.name}) == Root({b.schema, b.name});
  }

 private:
  using Name = std::pair<std::string, std::string>;  // schema, table

  [[nodiscard]] Name Root(Name name) const {
    for (auto next = group_.find(name); next != group_.end() && next->second != name;
         next = group_.find(name)) {
      name = next->second;
    }
    return name;
  }

  std::map<Name, Name> group_;
};

class Guesser {
 public:
  Guesser(const Catalog& catalog, Model* model) : catalog_(catalog), model_(model) {
    for (const CatalogTable& table : catalog.tables) {
      if (marks_.count(table.schema) == 0) marks_[table.schema] = MarkOf(catalog, table.schema);
      nouns_.insert(NounText(table));
    }
    for (const CatalogTable& table : catalog.tables) {
      for (const CatalogColumn& column : table.columns) {
        if (IsKey(table, column)) AddKey(table, column);
      }
    }
  }

  void GuessJoins(const DeclaredTies* ties) {
    for (const CatalogTable& table : catalog_.tables) {
      for (const CatalogColumn& column : table.columns) {
        if (!IsGuessable(table, column)) continue;
        if (const std::optional<Target> target = FindTarget(table, column, ties)) {
          AddJoin(table, column, *target);
        }
      }
    }
  }

  [[nodiscard]] bool Guesses(const DeclaredTies& ties) const {
    return std::any_of(
        catalog_.tables.begin(), catalog_.tables.end(), [&](const CatalogTable& table) {
          return std::any_of(
              table.columns.begin(), table.columns.end(), [&](const CatalogColumn& column) {
                return IsGuessable(table, column) && FindTarget(table, column, &ties);
              });
        });
  }

  // A table that declares no key has its own identity as one.
  void GuessKeys() {
    for (const CatalogTable& table : catalog_.tables) {
      Entity* entity = FindEntity(table, model_);
      if (entity == nullptr || !entity->primary_key.empty()) continue;
      for (const CatalogColumn& column : table.columns) {
        if (!entity->primary_key.empty() || !IsOwnIdentity(table, column)) continue;
        entity->primary_key = {column.name};
      }
    }
  }

 private:
  struct Key {
    const CatalogTable* table = nullptr;
    const CatalogColumn* column = nullptr;
    KeyNames names;
    bool is_identity = false;  // of the table's rows
  };

  // The same name speaks of the rows of the other table where they have no identity of their own.
  [[nodiscard]] bool HasOtherIdentity(const Key& key) const {
    return !key.is_identity && std::any_of(keys_.begin(), keys_.end(), [&](const Key& other) {
      return other.table == key.table && other.is_identity;
    });
  }

  [[nodiscard]] bool IsGuessable(const CatalogTable& table, const CatalogColumn& column) const {
    return !IsInDeclaredKey(table, column.name) && !IsOwnIdentity(table, column);
  }

  [[nodiscard]] const std::string& MarkFor(const CatalogTable& table) const {
    return marks_.at(table.schema);
  }

  [[nodiscard]] std::string NounText(const CatalogTable& table) const {
    std::string noun = Concatenated(NounOf(table.name));
    const std::string& mark = MarkFor(table);
    if (noun.size() > mark.size() && StartsWith(noun, mark)) noun.erase(0, mark.size());
    return noun;
  }

  [[nodiscard]] KeyNames NamesOf(const CatalogTable& table, const std::string& column) const {
    const Words noun = NounOf(table.name);
    KeyNames names;
    names.key = TextOf(column, MarkFor(table));
    names.noun = NounText(table);
    // "offering_id" of course_offerings says whose it is, where there is no table of offerings.
    const bool bears_name =
        !names.noun.empty() &&
        (StartsWith(names.key, names.noun) ||
         (nouns_.count(noun.back()) == 0 && StartsWith(names.key, noun.back())));
    const bool is_short = noun.size() == 1 && IsShortForm(names.key, names.noun);
    names.names.insert(bears_name || is_short ? names.key : names.noun + names.key);
    if (is_short) names.names.insert(names.noun + "id");
    return names;
  }

  void AddKey(const CatalogTable& table, const CatalogColumn& column) {
    Key key = {&table, &column, NamesOf(table, column.name), IsOwnIdentity(table, column)};
    for (const std::string& name : key.names.names) by_name_[name].insert(keys_.size());
    by_name_[key.names.key].insert(keys_.size());
    by_name_[key.names.noun].insert(keys_.size());
    keys_.push_back(std::move(key));
  }

  // Tells whether a column identifies the rows of its own table: "id" of anything, "order_id" of
  // orders.
  [[nodiscard]] bool IsOwnIdentity(const CatalogTable& table, const CatalogColumn& column) const {
    if (!IsKey(table, column)) return false;
    return column.name == "id" ||
           Compare(column.name, NamesOf(table, column.name), MarkFor(table)) == Likeness::kName;
  }

  // Keys that the column's name or an end of it may speak of, in order of the tables.
  [[nodiscard]] std::set<std::size_t> KeysFor(const CatalogTable& table,
                                              const CatalogColumn& column) const {
    std::vector<std::string> names = EndsOf(column.name, MarkFor(table));
    names.push_back(TextOf(column.name, MarkFor(table)));
    std::set<std::size_t> keys;
    for (const std::string& name : names) {
      const auto found = by_name_.find(name);
      if (found != by_name_.end()) keys.insert(found->second.begin(), found->second.end());
    }
    return keys;
  }

  // The one likeliest target of a column; none when it has an equal.
  [[nodiscard]] std::optional<Target> FindTarget(const CatalogTable& table,
                                                 const CatalogColumn& column,
                                                 const DeclaredTies* ties) const {
    std::vector<Target> targets;
    for (const std::size_t at : KeysFor(table, column)) {
      const Key& key = keys_[at];
      const bool is_itself = key.table == &table && key.column == &column;
      if (is_itself || HasDeclaredKeyTo(table, *key.table) || !TypesAgree(column, *key.column)) {
        continue;
      }
      const Likeness likeness = Compare(column.name, key.names, MarkFor(table));
      // Where declared keys lead there by other tables, only the key's very name says more.
      const bool is_tied = ties != nullptr && ties->Tie(table, *key.table);
      if (is_tied && (likeness != Likeness::kName || key.column->name != column.name)) continue;
      if (!IsLikely(likeness, CompareValues(column, *key.column))) continue;
      if (likeness == Likeness::kSame && HasOtherIdentity(key)) continue;
      targets.push_back({key.table, key.column, likeness, key.table->schema == table.schema,
                         key.column->name == column.name});
    }
    if (targets.empty()) return std::nullopt;
    const auto by_rank = [](const Target& a, const Target& b) { return a.Rank() < b.Rank(); };
    const Target best = *std::max_element(targets.begin(), targets.end(), by_rank);
    const auto equals = std::count_if(targets.begin(), targets.end(), [&](const Target& target) {
      return target.Rank() == best.Rank();
    });
    return equals == 1 ? std::optional(best) : std::nullopt;
  }

  // A name that says little needs values that agree.
  static bool IsLikely(Likeness likeness, Evidence evidence) {
    if (likeness == Likeness::kNone || evidence == Evidence::kAgainst) return false;
    const bool says_little = likeness == Likeness::kTable || likeness == Likeness::kSame;
    return !says_little || evidence == Evidence::kFor;
  }

  void AddJoin(const CatalogTable& table, const CatalogColumn& column, const Target& target) {
    Entity* entity = FindEntity(table, model_);
    Entity* other = FindEntity(*target.table, model_);
    if (entity == nullptr || other == nullptr) return;
    Join join;
    join.entity = other->name;
    join.is_guess = true;
    join.columns = {{column.name, target.key->name}};
    if (IsDeclaredKey(table, column.name)) join.relationship = Relationship::kOneToOne;
    const bool plain_is_free = target.likeness != Likeness::kRole && !IsTaken(*entity, join.entity);
    if (!plain_is_free) join.name = RoleName(column.name);
    if (IsTaken(*entity, join.name.empty() ? join.entity : join.name)) return;
    if (other->primary_key.empty()) other->primary_key = {target.key->name};
    entity->joins.push_back(std::move(join));
  }

  const Catalog& catalog_;
  Model* model_;
  std::map<std::string, std::string> marks_;  // by schema
  std::set<std::string> nouns_;
  std::vector<Key> keys_;
  std::map<std::string, std::set<std::size_t>> by_name_;
};

}  // namespace

void AddGuessedJoins(const Catalog& catalog, Model* model) {
  Guesser(catalog, model).GuessJoins(nullptr);
}

void ConnectByGuesses(const Catalog& catalog, Model* model) {
  const DeclaredTies ties(catalog);
  Guesser guesser(catalog, model);
  guesser.GuessKeys();
  guesser.GuessJoins(&ties);
}

bool LeavesJoinsOpen(const Catalog& catalog) {
  const DeclaredTies ties(catalog);
  const bool apart = std::any_of(
      catalog.tables.begin(), catalog.tables.end(),
      [&](const CatalogTable& table) { return !ties.Tie(table, catalog.tables.front()); });
  return apart || Guesser(catalog, nullptr).Guesses(ties);
}

}  // namespace loupe::semantic
