#include "pg/postgres.hpp"

extern "C" {
#include "utils/inval.h"
#include "utils/memutils.h"
#include "utils/syscache.h"
}

#include "pg/ask_lesson.hpp"

#include <algorithm>
#include <charconv>
#include <new>
#include <utility>

#include "core/base/calendar.hpp"
#include "core/base/json.hpp"
#include "pg/function.hpp"
#include "pg/newest_snapshot.hpp"
#include "pg/own_table.hpp"
#include "pg/settings.hpp"

namespace loupe::pg {
namespace {

constexpr const char* kPairsSql = R"sql(
SELECT t.id, t.question, t.sql, pg_catalog.to_json(t.schemas), pg_catalog.to_json(t.relations),
       pg_catalog.to_char(t.taught_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS')
FROM loupe.taught_question t JOIN loupe.project p ON p.id = t.project_id
WHERE p.name = $1 AND (t.owner = CURRENT_USER OR (t.is_shared AND loupe._may_share(t.owner)))
ORDER BY t.owner = CURRENT_USER DESC, t.taught_at DESC, t.id DESC
LIMIT $2::pg_catalog.int8)sql";

constexpr const char* kTermsSql = R"sql(
SELECT t.term, t.meaning, pg_catalog.to_json(t.schemas)
FROM loupe.taught_synonym t JOIN loupe.project p ON p.id = t.project_id
WHERE p.name = $1 AND (t.owner = CURRENT_USER OR (t.is_shared AND loupe._may_share(t.owner)))
ORDER BY t.owner = CURRENT_USER DESC, t.taught_at DESC, t.id DESC
LIMIT $2::pg_catalog.int8)sql";

constexpr const char* kMayShareSql = "SELECT loupe._may_share(CURRENT_USER)";

// Lives in a memory context of its own, whose end destroys it.
struct KeptLesson {
  Oid role = InvalidOid;
  std::string project;
  std::uint64_t changes = 0;
  Lesson lesson;
};

// The tables that a lesson is read from.
constexpr const char* kTables[] = {"project", "taught_question", "taught_synonym"};

MemoryContext lesson_context = nullptr;
KeptLesson* kept = nullptr;
Oid tables[std::size(kTables)] = {};
std::uint64_t taught_changes = 0;  // written by the callbacks, at any time
bool has_callbacks = false;
int lesson_users = 0;  // who look at the lesson now: it stays as it is

void OnRelationChanged(Datum /*argument*/, Oid relation) {
  const bool is_ours =
      std::find(std::begin(tables), std::end(tables), relation) != std::end(tables);
  if (!OidIsValid(relation) || is_ours) ++taught_changes;
}

void OnCatalogChanged(Datum /*argument*/, int /*cache*/, uint32 /*hash*/) { ++taught_changes; }

void RegisterCallbacks() {
  if (has_callbacks) return;
  CacheRegisterRelcacheCallback(OnRelationChanged, 0);
  for (const int cache : {AUTHOID, AUTHMEMMEMROLE, DATABASEOID}) {
    CacheRegisterSyscacheCallback(cache, OnCatalogChanged, 0);
  }
  has_callbacks = true;
}

void Destroy(void* place) { static_cast<KeptLesson*>(place)->~KeptLesson(); }

void ForgetLesson() {
  MemoryContext context = std::exchange(lesson_context, nullptr);
  kept = nullptr;
  if (context != nullptr) MemoryContextDelete(context);
}

KeptLesson* NewLesson() {
  void* place = Call([]() noexcept {
    ForgetLesson();
    MemoryContext context =
        AllocSetContextCreate(TopMemoryContext, "loupe lesson", ALLOCSET_SMALL_SIZES);
    void* room = MemoryContextAlloc(context, sizeof(KeptLesson));
    auto* callback = static_cast<MemoryContextCallback*>(
        MemoryContextAllocZero(context, sizeof(MemoryContextCallback)));
    callback->func = Destroy;
    callback->arg = room;
    new (room) KeptLesson();  // allocates nothing
    MemoryContextRegisterResetCallback(context, callback);
    lesson_context = context;
    return room;
  });
  return static_cast<KeptLesson*>(place);
}

std::vector<std::string> TextsOf(const SpiSession::Value& value) {
  std::vector<std::string> texts;
  const Json list = ValueOrThrow(ParseJson(value.value_or("[]")));
  for (const Json& text : list.items()) texts.push_back(text.AsString());
  return texts;
}

std::int64_t NumberOf(const SpiSession::Value& digits) {
  std::int64_t number = 0;
  std::from_chars(digits->data(), digits->data() + digits->size(), number);
  return number;
}

// A pair whose question cannot be read any more answers nothing.
void AddPair(const SpiSession::Row& row, std::vector<TaughtPair>* pairs) {
  const std::optional<DateTime> taught_at = ParseDateTime(row[5].value_or(""));
  Result<ask::TaughtPattern> pattern =
      ask::CompileTaught(*row[1], *row[2], taught_at.value_or(DateTime()));
  if (!pattern.ok()) return;
  pairs->push_back(
      {NumberOf(row[0]), *row[1], TextsOf(row[3]), TextsOf(row[4]), std::move(pattern).value()});
}

void AddTerm(const SpiSession::Row& row, std::vector<TaughtTerm>* terms) {
  Result<ask::WordLesson> word = ask::ReadWord(*row[0], *row[1]);
  if (word.ok()) terms->push_back({std::move(word).value(), TextsOf(row[2])});
}

// Read by the newest snapshot, or a transaction with an old one would leave old pairs to the next.
Lesson ReadNewest(const std::string& project) {
  const NewestSnapshot snapshot;
  Lesson lesson;
  SpiSession spi(SpiSession::Mode::kReadOnly);
  for (const SpiSession::Row& row :
       spi.Query(kPairsSql, {project, std::to_string(kMaxTaughtPairs)})) {
    AddPair(row, &lesson.pairs);
  }
  for (const SpiSession::Row& row :
       spi.Query(kTermsSql, {project, std::to_string(kMaxTaughtWords)})) {
    AddTerm(row, &lesson.terms);
  }
  return lesson;
}

void KeepLesson(const std::string& project) {
  Call([]() noexcept {
    for (std::size_t i = 0; i < std::size(kTables); ++i) tables[i] = FindOwnTable(kTables[i]);
  });
  const std::uint64_t changes = taught_changes;
  Lesson lesson;
  const bool are_there = std::all_of(std::begin(tables), std::end(tables),
                                     [](Oid table) { return OidIsValid(table); });
  if (are_there) lesson = ReadNewest(project);
  kept = NewLesson();
  kept->role = GetUserId();
  kept->project = project;
  kept->changes = changes;
  kept->lesson = std::move(lesson);
}

}  // namespace

LessonInUse::LessonInUse() {
  Call([]() noexcept {
    RegisterCallbacks();
    AcceptInvalidationMessages();
  });
  const std::string project = CurrentSettings().project;
  const bool is_current = kept != nullptr && kept->role == GetUserId() &&
                          kept->project == project && kept->changes == taught_changes;
  if (!is_current && lesson_users == 0) KeepLesson(project);
  if (is_current || lesson_users == 0) lesson_ = &kept->lesson;
  ++lesson_users;
}

LessonInUse::~LessonInUse() { --lesson_users; }

void CheckMayShare(SpiSession* spi, const std::string& what) {
  if (spi->Query(kMayShareSql)[0][0] == SpiSession::Value("t")) return;
  throw StatusError{
      Status(Code::kNoPrivilege, "permission denied to share " + what)
          .WithHint("Members of the role that owns the database may; leave shared away.")};
}

std::int64_t TaughtId(const std::vector<SpiSession::Row>& inserted) {
  if (inserted.empty()) {
    throw StatusError{Status(Code::kInvalidArgument,
                             "project \"" + CurrentSettings().project + "\" does not exist")
                          .WithHint("RESET loupe.project, or add it to loupe.project.")};
  }
  return NumberOf(inserted.at(0).at(0));
}

}  // namespace loupe::pg
