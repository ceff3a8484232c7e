// ForeignObject: a lenient reader of one JSON object of a foreign model.
//
// Where FieldReader refuses what it does not know, this one takes notes: a member of the wrong
// type counts as absent and is noted, and NoteRest lists the members that nobody has asked for.
// Keys are written in snake case; camel case finds them too ("sqlTable" for "sql_table").
//
//   ForeignObject cube(json, "/cubes/0", &notes);
//   cube.Text("sql_table");
//   cube.NoteRest();   // "\"refresh_key\" is not carried" at /cubes/0/refresh_key
//
// Tested by test/unit/semantic_foreign_object_test.cpp.
#ifndef LOUPE_CORE_SEMANTIC_FOREIGN_OBJECT_HPP
#define LOUPE_CORE_SEMANTIC_FOREIGN_OBJECT_HPP

#include <initializer_list>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/base/json.hpp"
#include "core/base/status.hpp"
#include "core/semantic/import.hpp"

namespace loupe::semantic {

// Notes of one import, each once, at most kMaxNotes: a last one says that there were more.
class ImportNotes {
 public:
  static constexpr std::size_t kMaxNotes = 10'000;

  ImportNotes() = default;
  // Readers that take notes here poll the context.
  explicit ImportNotes(const Context& context) : context_(context) {}

  void Add(std::string pointer, std::string message);
  [[nodiscard]] std::vector<ImportNote> Take() { return std::move(notes_); }
  [[nodiscard]] const Context& context() const { return context_; }

 private:
  Context context_;
  std::vector<ImportNote> notes_;
  std::set<std::pair<std::string, std::string>> known_;
};

// The reason why a part of a model is left behind: "it is a conversion metric".
[[nodiscard]] Status NotCarried(std::string reason);

// "sqlTable" as "sql_table", "countDistinct" as "count_distinct".
[[nodiscard]] std::string SnakeCase(std::string_view name);

// One of several like things: an item of an array, or a member of an object that is keyed by name.
struct ForeignItem {
  std::string name;  // the key; empty for an item of an array
  const Json* value = nullptr;
  std::string pointer;
};

class ForeignObject {
 public:
  // Refers to `object` and `notes`, which have to live as long. Polls the context of `notes`.
  ForeignObject(const Json& object, std::string pointer, ImportNotes* notes);

  [[nodiscard]] const std::string& pointer() const { return pointer_; }
  [[nodiscard]] std::string PointerTo(std::string_view key) const;

  // The member, or null when it is absent or null. Counts it as read, as all below do.
  [[nodiscard]] const Json* Find(std::string_view key);
  // Empty when absent or no text; texts that are too long or not UTF-8 are noted.
  [[nodiscard]] std::string Text(std::string_view key);
  [[nodiscard]] std::optional<bool> Flag(std::string_view key);
  [[nodiscard]] std::optional<double> Number(std::string_view key);
  // The texts of an array of texts, or one bare text.
  [[nodiscard]] std::vector<std::string> Texts(std::string_view key);
  // Items of an array or members of an object.
  [[nodiscard]] std::vector<ForeignItem> Items(std::string_view key);

  // The texts of "synonyms" in the object `key`, which formats leave free for their users ("meta",
  // "ai_context"); its other members are noted as not carried.
  [[nodiscard]] std::vector<std::string> SynonymsIn(std::string_view key);

  // Counts members as read that mean nothing to a model.
  void Ignore(std::initializer_list<std::string_view> keys);
  void Note(std::string_view key, std::string message);
  // Notes every member that was not read and says something.
  void NoteRest();

 private:
  void NoteType(std::string_view key, const char* wanted, const Json& value);

  const Json& object_;
  std::string pointer_;
  ImportNotes* notes_;
  std::set<std::string> read_;
};

}  // namespace loupe::semantic

#endif  // LOUPE_CORE_SEMANTIC_FOREIGN_OBJECT_HPP
