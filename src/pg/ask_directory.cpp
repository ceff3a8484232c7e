#include "pg/postgres.hpp"

extern "C" {
#include "utils/lsyscache.h"
}

#include "pg/ask_directory.hpp"

#include <algorithm>
#include <charconv>
#include <map>
#include <unordered_map>

#include "core/ask/tokens.hpp"
#include "core/base/json.hpp"
#include "pg/function.hpp"
#include "pg/policy.hpp"
#include "pg/readable_columns.hpp"
#include "pg/spi.hpp"
#include "pg/value_index.hpp"
#include "pg/value_refresh.hpp"

namespace loupe::pg {
namespace {

// One row a table; columns as JSON arrays of name, number, type and comment.
constexpr const char* kTablesSql = R"sql(
SELECT c.oid, c.relname, pg_catalog.obj_description(c.oid, 'pg_class'),
       pg_catalog.jsonb_agg(pg_catalog.jsonb_build_array(
           a.attname, a.attnum, a.atttypid::pg_catalog.int8,
           pg_catalog.col_description(c.oid, a.attnum)) ORDER BY a.attnum))sql" LOUPE_FROM_READABLE_COLUMNS
                                   R"sql(
GROUP BY s.place, c.oid, c.relname
ORDER BY s.place, c.relname)sql";

constexpr const char* kKeysSql = R"sql(
SELECT DISTINCT k.conrelid, k.confrelid
FROM pg_catalog.jsonb_array_elements_text($1::pg_catalog.jsonb) AS s (name)
     JOIN pg_catalog.pg_namespace n ON n.nspname = s.name
     JOIN pg_catalog.pg_class c ON c.relnamespace = n.oid
     JOIN pg_catalog.pg_constraint k ON k.conrelid = c.oid
WHERE k.contype = 'f'
ORDER BY 1, 2)sql";

Oid OidOf(const SpiSession::Value& digits) {
  Oid oid = InvalidOid;
  std::from_chars(digits->data(), digits->data() + digits->size(), oid);
  return oid;
}

// Base types of text columns, looked up once a type.
class SaidTypes {
 public:
  // InvalidOid for other types.
  Oid Find(Oid type) {
    const auto [place, is_new] = known_.try_emplace(type, InvalidOid);
    if (is_new) {
      const Oid base = BaseTypeOf(type);
      if (IsSaidType(base)) place->second = base;
    }
    return place->second;
  }

 private:
  std::map<Oid, Oid> known_;
};

void AddTable(const SpiSession::Row& row, SaidTypes* types, AskDirectory* directory) {
  directory->words.AddTable(*row[1], row[2].value_or(""));
  TextTable texts = {OidOf(row[0]), directory->relations.size(), {}};
  directory->relations.push_back(texts.relation);
  const Json columns = ValueOrThrow(ParseJson(*row[3]));
  for (const Json& column : columns.items()) {
    const std::vector<Json>& parts = column.items();
    directory->words.AddColumn(parts[0].AsString(), parts[3].IsNull() ? "" : parts[3].AsString());
    const Oid type = types->Find(static_cast<Oid>(parts[2].AsInteger()));
    if (!OidIsValid(type)) continue;
    texts.columns.push_back({static_cast<AttrNumber>(parts[1].AsInteger()), type, 0});
  }
  texts.columns.shrink_to_fit();
  if (!texts.columns.empty()) directory->texts.push_back(std::move(texts));
}

bool MayTell(const IndexHit& hit, const TextTable& table, const PolicyLimits& policy) {
  const bool is_column = std::any_of(table.columns.begin(), table.columns.end(),
                                     [&](const TextColumn& c) { return c.number == hit.number; });
  if (!is_column || !MayReadColumn(hit.relation, hit.number)) return false;
  if (!policy.has_schemas) return true;
  const char* schema =
      Call([&]() noexcept { return get_namespace_name(get_rel_namespace(hit.relation)); });
  return schema != nullptr && AllowsSchema(policy, FromServer(schema));
}

std::vector<ask::DirectoryValue> FindValues(const AskDirectory& directory,
                                            const std::vector<std::string>& spans) {
  std::vector<StatedTable> stored;
  for (const TextTable& table : directory.texts) {
    TableState state = StateOf(table.relation);
    if (state.is_stored) stored.emplace_back(table, std::move(state));
  }
  ValueIndex index;
  BringUpToDate(stored, &index);
  std::unordered_map<Oid, const TextTable*> tables;
  for (const StatedTable& table : stored) tables.emplace(table.first.relation, &table.first);
  const PolicyLimits policy = CurrentPolicy();
  std::vector<ask::DirectoryValue> values;
  for (const IndexHit& hit : index.Lookup(spans)) {
    const auto table = tables.find(hit.relation);
    if (table == tables.end() || !MayTell(hit, *table->second, policy)) continue;
    values.push_back({hit.candidate, table->second->entity});
  }
  return values;
}

}  // namespace

std::unique_ptr<AskDirectory> ReadDirectory(const std::vector<std::string>& schemas) {
  auto directory = std::make_unique<AskDirectory>();
  Json names = Json::MakeArray();
  for (const std::string& schema : schemas) names.Append(schema);
  SpiSession spi(SpiSession::Mode::kReadOnly);
  SaidTypes types;
  for (const SpiSession::Row& row : spi.Query(kTablesSql, {names.Dump()})) {
    AddTable(row, &types, directory.get());
  }
  std::unordered_map<Oid, std::size_t> numbers;
  for (const Oid relation : directory->relations) numbers.emplace(relation, numbers.size());
  for (const SpiSession::Row& row : spi.Query(kKeysSql, {names.Dump()})) {
    const auto from = numbers.find(OidOf(row[0]));
    const auto to = numbers.find(OidOf(row[1]));
    if (from == numbers.end() || to == numbers.end()) continue;
    directory->words.AddKey(from->second, to->second);
  }
  directory->words.Finish();
  return directory;
}

std::vector<Oid> ChooseRelations(const AskDirectory& directory, const std::string& question) {
  std::vector<std::size_t> chosen;
  const Result<std::vector<ask::Token>> tokens = ask::Tokenize(question);
  if (tokens.ok()) {
    const std::vector<ask::DirectoryValue> values =
        FindValues(directory, ask::ValueSpans(question, tokens.value()));
    chosen = directory.words.Choose(tokens.value(), values, kMaxChosenTables);
  }
  std::vector<Oid> relations;
  for (const std::size_t table : chosen) relations.push_back(directory.relations[table]);
  if (relations.empty()) {
    const std::size_t first = std::min(kMaxChosenTables, directory.relations.size());
    relations.assign(directory.relations.begin(),
                     directory.relations.begin() + static_cast<std::ptrdiff_t>(first));
  }
  std::sort(relations.begin(), relations.end());
  return relations;
}

}  // namespace loupe::pg
