// The semantic models of this backend, ready for use: parsed, completed from the catalog, as one
// role sees them.
//
//   FindModel(key) ─ in the cache and nothing changed ─▶ ModelHandle
//        │ else
//        └─ load(key): stored rows, catalog, expressions, access rules ─▶ entry ─▶ ModelHandle
//
// What makes an entry stale
//   rows of loupe.semantic_model, loupe.project   their triggers invalidate the relation's cache
//   a relation that the model was made from       relcache invalidation: columns, keys, rights
//   any other relation of the model's schemas     likewise: a new table may be the one meant
//   roles, memberships, schemas, the database     syscache invalidation; a schema's name too
//   functions, operators, casts                   likewise: they decide the types of expressions
//   comments, where an inferred model shows them  no message tells of them: they are hashed
//
// Invalidations travel as those of the catalogs do: to other backends and standbys at commit, to
// this backend at the end of a command and again when the (sub)transaction is rolled back. The
// callbacks only count and note; an entry compares its counts at each use. Rows are read by the
// newest snapshot, or a transaction with an old one would leave an old model to the next.
//
// What follows from a model alone, the terms that questions name its members by, is made when the
// first question asks for it and lives and dies with the entry.
//
// The role is part of the key, so what one role loaded never serves another, also when a SECURITY
// DEFINER function or SET ROLE changes it within a statement.
//
// Tested by test/pgtap/47_models.sql, test/pgtap/75_ask_terms.sql and test/server/models.sh.
#ifndef LOUPE_PG_MODEL_CACHE_HPP
#define LOUPE_PG_MODEL_CACHE_HPP

#include "pg/boundary.hpp"

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

#include "core/ask/directory.hpp"
#include "core/ask/model_terms.hpp"
#include "core/base/status.hpp"
#include "core/semantic/model.hpp"
#include "pg/text_table.hpp"

namespace loupe::pg {

// What a caller asks for, and all else that the answer depends on.
struct ModelKey {
  enum class Kind {
    kNamed,     // the stored model of that name
    kDefault,   // the only stored one, else one inferred from the schemas
    kInferred,  // one inferred from the schemas
    kAsked,     // the same, or a directory of the tables where they are very many
    kNarrowed,  // one inferred from `relations` of the schemas
  };
  Kind kind = Kind::kDefault;
  Oid role = InvalidOid;
  std::string project;
  std::string name;                  // of kNamed
  std::vector<std::string> schemas;  // the caller's, in search order
  std::vector<Oid> relations;        // of kNarrowed, ascending

  bool operator==(const ModelKey& other) const;
};

// Why an entity cannot be queried now.
struct EntityProblem {
  std::size_t entity = 0;  // index into the model's entities
  Status status;
};

// The tables of the schemas by their words, and the text columns that the caller may read.
struct AskDirectory {
  ask::Directory words;
  std::vector<Oid> relations;    // by the directory's numbers
  std::vector<TextTable> texts;  // `entity` is the directory's number
};

struct LoadedModel {
  semantic::Model model;
  std::vector<EntityProblem> problems;
  std::string owner;                        // empty: inferred
  int version = 0;                          // 0: inferred
  std::vector<Oid> relations;               // that it was made from
  std::vector<std::string> schemas;         // in which a new relation may change it
  std::vector<Oid> commented;               // relations whose comments it shows
  std::string functions_schema;             // of the extension's own functions
  std::unique_ptr<AskDirectory> directory;  // of kAsked, and then the model is empty
};

// A model in use: it stays as it is until the handle ends, whatever happens meanwhile.
class ModelHandle {
 public:
  ModelHandle() = default;
  ~ModelHandle();
  ModelHandle(ModelHandle&& other) noexcept : entry_(other.entry_) { other.entry_ = nullptr; }
  ModelHandle& operator=(ModelHandle&& other) noexcept;
  ModelHandle(const ModelHandle&) = delete;
  ModelHandle& operator=(const ModelHandle&) = delete;

  // Each demands a handle that FindModel gave.
  [[nodiscard]] const LoadedModel& loaded() const;
  [[nodiscard]] const semantic::Model& operator*() const { return loaded().model; }
  [[nodiscard]] const semantic::Model* operator->() const { return &loaded().model; }

  // The terms of the model, kept with it. Null where they are not worth their room: of a model that
  // one question is about, and of a very large one.
  [[nodiscard]] const ask::ModelTerms* terms() const;

  // Tells whether it holds a part of the tables only, which one question is about.
  [[nodiscard]] bool is_narrowed() const;

  // The first problem of an entity of this model; Ok when it may be queried.
  [[nodiscard]] Status ProblemOf(const semantic::Entity& entity) const;

 private:
  friend ModelHandle FindModel(const ModelKey& key, LoadedModel (*load)(const ModelKey&));

  struct CachedModel* entry_ = nullptr;
};

// Gives the model of a key, loaded by `load` when the cache lacks it. Throws what `load` throws;
// failures are not kept.
[[nodiscard]] ModelHandle FindModel(const ModelKey& key, LoadedModel (*load)(const ModelKey&));

}  // namespace loupe::pg

#endif  // LOUPE_PG_MODEL_CACHE_HPP
