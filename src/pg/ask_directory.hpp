// The model that a question is read against where it names none: all tables of the schemas, or of
// very many those that its words touch.
//
//   kAsked ─┬─ a model of all tables ─────────────────────────────────────▶ ModelHandle
//           └─ AskDirectory ─ words, values ─▶ Choose ─▶ kNarrowed, a model of some ─▶ ModelHandle
//
// Tested by test/pgtap/72_ask_index.sql.
#ifndef LOUPE_PG_ASK_DIRECTORY_HPP
#define LOUPE_PG_ASK_DIRECTORY_HPP

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "pg/model_cache.hpp"

namespace loupe::pg {

// Beyond one of these a model of all tables is not made.
constexpr std::int64_t kMaxWholeTables = 100;
constexpr std::int64_t kMaxWholeColumns = 2500;
constexpr std::size_t kMaxChosenTables = 16;

// Reads the words of the tables of `schemas` that the caller may read.
[[nodiscard]] std::unique_ptr<AskDirectory> ReadDirectory(const std::vector<std::string>& schemas);

// The relations of a directory that a question (UTF-8) is about, ascending; its first tables when
// it touches none. Brings the value index up to date as far as its time goes.
[[nodiscard]] std::vector<Oid> ChooseRelations(const AskDirectory& directory,
                                               const std::string& question);

}  // namespace loupe::pg

#endif  // LOUPE_PG_ASK_DIRECTORY_HPP
