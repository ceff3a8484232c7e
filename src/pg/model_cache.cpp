#include "pg/postgres.hpp"

extern "C" {
#include "catalog/namespace.h"
#include "utils/inval.h"
#include "utils/lsyscache.h"
#include "utils/syscache.h"
}

#include "pg/model_cache.hpp"

#include <algorithm>
#include <new>
#include <optional>
#include <utility>

#include "pg/catalog.hpp"
#include "pg/function.hpp"
#include "pg/newest_snapshot.hpp"
#include "pg/relation.hpp"

namespace loupe::pg {

// Lives in a memory context of its own, whose end destroys it.
struct CachedModel {
  ModelKey key;
  LoadedModel loaded;
  std::optional<ask::ModelTerms> terms;  // once a question asked for them
  std::vector<Oid> schema_oids;
  std::uint64_t comments = 0;  // hash
  std::uint64_t flushes = 0;   // flush_count when loading began
  std::uint64_t changes = 0;   // change_count up to which the log was looked at
  std::uint64_t last_use = 0;
  std::size_t weight = 0;  // bytes, roughly
  int pins = 0;
  bool is_listed = false;
  MemoryContext context = nullptr;
};

namespace {

constexpr std::size_t kMaxEntries = 8;
constexpr std::size_t kMaxWeight = std::size_t{4} << 20;        // one larger model is kept alone
constexpr std::size_t kMaxTermedWeight = std::size_t{8} << 20;  // of a model whose terms are kept
constexpr std::size_t kMaxTermsBytes = std::size_t{4} << 20;    // those of one model may be more
constexpr std::size_t kFormulaBytes = 2048;                     // of a parsed formula, roughly
constexpr std::size_t kLogSize = 256;                           // relations; beyond, all is stale

CachedModel* entries[kMaxEntries];
std::uint64_t use_count;
bool has_callbacks;

// Written by the callbacks, at any time.
std::uint64_t flush_count;
std::uint64_t change_count;
Oid change_log[kLogSize];  // the last ones, by change_count modulo its size

void OnRelationChanged(Datum /*argument*/, Oid relation) {
  if (!OidIsValid(relation)) {
    ++flush_count;
    return;
  }
  change_log[change_count % kLogSize] = relation;
  ++change_count;
}

void OnCatalogChanged(Datum /*argument*/, int /*cache*/, uint32 /*hash*/) { ++flush_count; }

void RegisterCallbacks() {
  if (has_callbacks) return;
  CacheRegisterRelcacheCallback(OnRelationChanged, 0);
  for (const int cache :
       {AUTHOID, AUTHMEMMEMROLE, DATABASEOID, NAMESPACEOID, PROCOID, OPEROID, CASTSOURCETARGET}) {
    CacheRegisterSyscacheCallback(cache, OnCatalogChanged, 0);
  }
  has_callbacks = true;
}

std::size_t BytesOf(const semantic::Labels& labels) {
  std::size_t bytes = labels.title.capacity() + labels.description.capacity();
  for (const std::string& synonym : labels.synonyms)
    bytes += sizeof(std::string) + synonym.capacity();
  return bytes;
}

template <class Member>
std::size_t BytesOf(const std::vector<Member>& members) {
  std::size_t bytes = members.capacity() * sizeof(Member);
  for (const Member& member : members) {
    bytes += member.name.capacity() + member.column.capacity() + member.sql.capacity() +
             member.data_type.capacity() + BytesOf(member.labels) +
             (member.formula ? kFormulaBytes : 0);
  }
  return bytes;
}

std::size_t BytesOf(const semantic::Model& model) {
  std::size_t bytes = sizeof model + BytesOf(model.labels);
  for (const semantic::Entity& entity : model.entities) {
    bytes += sizeof entity + entity.joins.capacity() * 2 * sizeof(semantic::Join) +
             BytesOf(entity.labels) + BytesOf(entity.dimensions) + BytesOf(entity.measures);
  }
  return bytes;
}

// The destructor of an entry, run when its context ends.
void Destroy(void* entry) { static_cast<CachedModel*>(entry)->~CachedModel(); }

CachedModel* NewEntry() {
  void* place = Call([]() noexcept {
    MemoryContext context =
        AllocSetContextCreate(TopMemoryContext, "loupe model", ALLOCSET_SMALL_SIZES);
    void* room = MemoryContextAlloc(context, sizeof(CachedModel));
    auto* callback = static_cast<MemoryContextCallback*>(
        MemoryContextAllocZero(context, sizeof(MemoryContextCallback)));
    callback->func = Destroy;
    callback->arg = room;
    new (room) CachedModel();  // allocates nothing
    static_cast<CachedModel*>(room)->context = context;
    MemoryContextRegisterResetCallback(context, callback);
    return room;
  });
  return static_cast<CachedModel*>(place);
}

void DeleteIfUnused(CachedModel* entry) {
  if (entry->pins == 0 && !entry->is_listed) MemoryContextDelete(entry->context);
}

void Unlist(std::size_t place) {
  CachedModel* entry = std::exchange(entries[place], nullptr);
  entry->is_listed = false;
  DeleteIfUnused(entry);
}

std::size_t ListedWeight() {
  std::size_t weight = 0;
  for (const CachedModel* entry : entries) weight += entry == nullptr ? 0 : entry->weight;
  return weight;
}

// The place of the entry that was used longest ago, or kMaxEntries when there is none.
std::size_t OldestPlace() {
  std::size_t oldest = kMaxEntries;
  for (std::size_t i = 0; i < kMaxEntries; ++i) {
    const bool is_older =
        entries[i] != nullptr &&
        (oldest == kMaxEntries || entries[i]->last_use < entries[oldest]->last_use);
    if (is_older) oldest = i;
  }
  return oldest;
}

std::size_t FreePlace() {
  return static_cast<std::size_t>(std::find(entries, entries + kMaxEntries, nullptr) - entries);
}

std::size_t FindPlace(const ModelKey& key) {
  std::size_t place = 0;
  while (place < kMaxEntries && (entries[place] == nullptr || !(entries[place]->key == key))) {
    ++place;
  }
  return place;
}

void List(CachedModel* entry) {
  if (const std::size_t same = FindPlace(entry->key); same < kMaxEntries) Unlist(same);
  while (FreePlace() == kMaxEntries || ListedWeight() + entry->weight > kMaxWeight) {
    const std::size_t oldest = OldestPlace();
    if (oldest == kMaxEntries) break;
    Unlist(oldest);
  }
  entries[FreePlace()] = entry;
  entry->is_listed = true;
}

std::size_t TermsBytes() {
  std::size_t bytes = 0;
  for (const CachedModel* entry : entries) {
    bytes += entry != nullptr && entry->terms ? entry->terms->bytes() : 0;
  }
  return bytes;
}

// The entry with terms that nobody uses now and that was used longest ago; null when there is none.
CachedModel* OldestWithTerms() {
  CachedModel* oldest = nullptr;
  for (CachedModel* entry : entries) {
    if (entry == nullptr || !entry->terms || entry->pins > 0) continue;
    if (oldest == nullptr || entry->last_use < oldest->last_use) oldest = entry;
  }
  return oldest;
}

// Terms are quickly made again, so they never push a model out of the cache, only each other.
void MakeRoomForTerms(std::size_t bytes) {
  while (TermsBytes() + bytes > kMaxTermsBytes) {
    CachedModel* oldest = OldestWithTerms();
    if (oldest == nullptr) return;
    oldest->terms.reset();
  }
}

bool Contains(const std::vector<Oid>& oids, Oid oid) {
  return std::find(oids.begin(), oids.end(), oid) != oids.end();
}

// A relation that came, changed or went. What is not there any more and was no part of the model
// is none; an index or a sequence never is.
bool Affects(Oid relation, const CachedModel& entry) {
  if (Contains(entry.loaded.relations, relation)) return true;
  if (!entry.loaded.problems.empty()) return true;
  Oid schema = InvalidOid;
  char kind = 0;
  Call([&]() noexcept {
    schema = get_rel_namespace(relation);
    kind = get_rel_relkind(relation);
  });
  return HasRows(kind) && Contains(entry.schema_oids, schema);
}

bool IsCurrent(CachedModel* entry) {
  for (; entry->changes < change_count; ++entry->changes) {
    if (change_count - entry->changes > kLogSize) return false;
    if (Affects(change_log[entry->changes % kLogSize], *entry)) return false;
  }
  if (entry->flushes != flush_count) return false;
  return entry->loaded.commented.empty() ||
         entry->comments == HashComments(entry->loaded.commented);
}

std::vector<Oid> SchemaOids(const std::vector<std::string>& schemas) {
  std::vector<Oid> oids;
  for (const std::string& schema : schemas) {
    const char* name = ToServer(schema);
    oids.push_back(Call([&]() noexcept { return get_namespace_oid(name, true); }));
  }
  return oids;
}

// An entry that is on no list yet: destroyed with its scope unless it is released.
class NewlyLoaded {
 public:
  NewlyLoaded() : entry_(NewEntry()) {}
  ~NewlyLoaded() {
    if (entry_ != nullptr) MemoryContextDelete(entry_->context);
  }
  NewlyLoaded(const NewlyLoaded&) = delete;
  NewlyLoaded& operator=(const NewlyLoaded&) = delete;

  CachedModel* operator->() const { return entry_; }
  CachedModel* Release() { return std::exchange(entry_, nullptr); }

 private:
  CachedModel* entry_;
};

CachedModel* Load(const ModelKey& key, LoadedModel (*load)(const ModelKey&)) {
  NewlyLoaded entry;
  // What changes from here on is looked at when the entry is used again.
  entry->flushes = flush_count;
  entry->changes = change_count;
  const NewestSnapshot snapshot;
  entry->key = key;
  entry->loaded = load(key);
  entry->schema_oids = SchemaOids(entry->loaded.schemas);
  entry->comments = HashComments(entry->loaded.commented);
  entry->weight = BytesOf(entry->loaded.model);
  if (entry->loaded.directory) entry->weight += entry->loaded.directory->words.bytes();
  return entry.Release();
}

}  // namespace

bool ModelKey::operator==(const ModelKey& other) const {
  return kind == other.kind && role == other.role && name == other.name &&
         project == other.project && schemas == other.schemas && relations == other.relations;
}

ModelHandle::~ModelHandle() {
  if (entry_ == nullptr) return;
  --entry_->pins;
  DeleteIfUnused(entry_);
}

ModelHandle& ModelHandle::operator=(ModelHandle&& other) noexcept {
  std::swap(entry_, other.entry_);
  return *this;
}

const LoadedModel& ModelHandle::loaded() const { return entry_->loaded; }

const ask::ModelTerms* ModelHandle::terms() const {
  if (entry_->terms) return &*entry_->terms;
  if (is_narrowed() || entry_->weight > kMaxTermedWeight) return nullptr;
  ask::ModelTerms terms = ask::TermsOf(entry_->loaded.model);
  MakeRoomForTerms(terms.bytes());
  return &entry_->terms.emplace(std::move(terms));
}

bool ModelHandle::is_narrowed() const { return entry_->key.kind == ModelKey::Kind::kNarrowed; }

Status ModelHandle::ProblemOf(const semantic::Entity& entity) const {
  const auto index = static_cast<std::size_t>(&entity - loaded().model.entities.data());
  for (const EntityProblem& problem : loaded().problems) {
    if (problem.entity == index) return problem.status;
  }
  return Status::Ok();
}

ModelHandle FindModel(const ModelKey& key, LoadedModel (*load)(const ModelKey&)) {
  Call([]() noexcept {
    RegisterCallbacks();
    AcceptInvalidationMessages();
  });
  std::size_t place = FindPlace(key);
  if (place < kMaxEntries && !IsCurrent(entries[place])) {
    Unlist(FindPlace(key));
    place = kMaxEntries;
  }
  ModelHandle handle;
  if (place < kMaxEntries) {
    handle.entry_ = entries[place];
  } else {
    handle.entry_ = Load(key, load);
    List(handle.entry_);
  }
  ++handle.entry_->pins;
  handle.entry_->last_use = ++use_count;
  return handle;
}

}  // namespace loupe::pg
