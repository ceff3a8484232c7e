#include "pg/postgres.hpp"

extern "C" {
#include "utils/inval.h"
#include "utils/memutils.h"
#include "utils/syscache.h"
}

#include "pg/ask_teach.hpp"

#include <algorithm>
#include <charconv>
#include <iterator>
#include <new>
#include <utility>

#include "core/ask/taught.hpp"
#include "pg/execute.hpp"
#include "pg/function.hpp"
#include "pg/newest_snapshot.hpp"
#include "pg/own_table.hpp"
#include "pg/search_path.hpp"
#include "pg/semantic_run.hpp"
#include "pg/settings.hpp"
#include "pg/spi.hpp"

namespace loupe::pg {
namespace {

constexpr const char* kPairsSql = R"sql(
SELECT t.id, t.question, t.sql, pg_catalog.to_json(t.schemas), pg_catalog.to_json(t.relations),
       pg_catalog.to_char(t.taught_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS')
FROM loupe.taught_question t JOIN loupe.project p ON p.id = t.project_id
WHERE p.name = $1 AND (t.owner = CURRENT_USER OR (t.is_shared AND loupe._may_share(t.owner)))
ORDER BY t.owner = CURRENT_USER DESC, t.taught_at DESC, t.id DESC
LIMIT $2::pg_catalog.int8)sql";

constexpr const char* kInsertSql = R"sql(
INSERT INTO loupe.taught_question (project_id, is_shared, question, sql, schemas, relations)
SELECT p.id, $1::pg_catalog.bool, $2, $3,
       ARRAY(SELECT pg_catalog.jsonb_array_elements_text($4::pg_catalog.jsonb)),
       ARRAY(SELECT pg_catalog.jsonb_array_elements_text($5::pg_catalog.jsonb))
FROM loupe.project p WHERE p.name = $6
RETURNING id)sql";

constexpr const char* kForgetSql =
    "DELETE FROM loupe.taught_question WHERE id = $1::pg_catalog.int8 RETURNING 1";

constexpr const char* kMayShareSql = "SELECT loupe._may_share(CURRENT_USER)";

struct Pair {
  std::int64_t id = 0;
  std::string question;
  std::vector<std::string> schemas;
  std::vector<std::string> relations;
  ask::TaughtPattern pattern;
};

// The pairs that answer one role in one project. Lives in a memory context of its own, whose end
// destroys it.
struct Lesson {
  Oid role = InvalidOid;
  std::string project;
  std::uint64_t changes = 0;
  std::vector<Pair> pairs;
};

MemoryContext lesson_context = nullptr;
Lesson* lesson = nullptr;
Oid taught_table = InvalidOid;     // that the lesson was read from …
Oid project_table = InvalidOid;    // … and this
std::uint64_t taught_changes = 0;  // written by the callbacks, at any time
bool has_callbacks = false;
int lesson_users = 0;  // who look at the lesson now: it stays as it is

void OnRelationChanged(Datum /*argument*/, Oid relation) {
  const bool is_ours = relation == taught_table || relation == project_table;
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

void Destroy(void* place) { static_cast<Lesson*>(place)->~Lesson(); }

void ForgetLesson() {
  MemoryContext context = std::exchange(lesson_context, nullptr);
  lesson = nullptr;
  if (context != nullptr) MemoryContextDelete(context);
}

Lesson* NewLesson() {
  void* place = Call([]() noexcept {
    ForgetLesson();
    MemoryContext context =
        AllocSetContextCreate(TopMemoryContext, "loupe taught questions", ALLOCSET_SMALL_SIZES);
    void* room = MemoryContextAlloc(context, sizeof(Lesson));
    auto* callback = static_cast<MemoryContextCallback*>(
        MemoryContextAllocZero(context, sizeof(MemoryContextCallback)));
    callback->func = Destroy;
    callback->arg = room;
    new (room) Lesson();  // allocates nothing
    MemoryContextRegisterResetCallback(context, callback);
    lesson_context = context;
    return room;
  });
  return static_cast<Lesson*>(place);
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
void AddPair(const SpiSession::Row& row, std::vector<Pair>* pairs) {
  const std::optional<DateTime> taught_at = ParseDateTime(row[5].value_or(""));
  Result<ask::TaughtPattern> pattern =
      ask::CompileTaught(*row[1], *row[2], taught_at.value_or(DateTime()));
  if (!pattern.ok()) return;
  pairs->push_back(
      {NumberOf(row[0]), *row[1], TextsOf(row[3]), TextsOf(row[4]), std::move(pattern).value()});
}

// Read by the newest snapshot, or a transaction with an old one would leave old pairs to the next.
std::vector<Pair> ReadPairs(const std::string& project) {
  const NewestSnapshot snapshot;
  std::vector<Pair> pairs;
  SpiSession spi(SpiSession::Mode::kReadOnly);
  for (const SpiSession::Row& row :
       spi.Query(kPairsSql, {project, std::to_string(kMaxTaughtPairs)}))
    AddPair(row, &pairs);
  return pairs;
}

// The lesson of the caller, for a scope. None to a question asked within the look-up of another
// one's values, for which the lesson would have to be read anew.
class LessonInUse {
 public:
  LessonInUse();
  ~LessonInUse() { --lesson_users; }
  LessonInUse(const LessonInUse&) = delete;
  LessonInUse& operator=(const LessonInUse&) = delete;

  [[nodiscard]] const std::vector<Pair>& pairs() const { return *pairs_; }

 private:
  std::vector<Pair> none_;
  const std::vector<Pair>* pairs_ = &none_;
};

void ReadLesson(const std::string& project) {
  Call([]() noexcept {
    taught_table = FindOwnTable("taught_question");
    project_table = FindOwnTable("project");
  });
  const std::uint64_t changes = taught_changes;
  std::vector<Pair> pairs;
  if (OidIsValid(taught_table)) pairs = ReadPairs(project);
  lesson = NewLesson();
  lesson->role = GetUserId();
  lesson->project = project;
  lesson->changes = changes;
  lesson->pairs = std::move(pairs);
}

LessonInUse::LessonInUse() {
  Call([]() noexcept {
    RegisterCallbacks();
    AcceptInvalidationMessages();
  });
  const std::string project = CurrentSettings().project;
  const bool is_current = lesson != nullptr && lesson->role == GetUserId() &&
                          lesson->project == project && lesson->changes == taught_changes;
  if (!is_current && lesson_users == 0) ReadLesson(project);
  if (is_current || lesson_users == 0) pairs_ = &lesson->pairs;
  ++lesson_users;
}

// The schema of "schema.table", which is quoted where it needs to be.
std::string SchemaOf(const std::string& relation) {
  std::string schema;
  bool quoted = false;
  for (std::size_t i = 0; i < relation.size(); ++i) {
    if (relation[i] == '.' && !quoted) break;
    if (relation[i] != '"') {
      schema += relation[i];
    } else if (quoted && i + 1 < relation.size() && relation[i + 1] == '"') {
      schema += relation[++i];
    } else {
      quoted = !quoted;
    }
  }
  return schema;
}

bool Contains(const std::vector<std::string>& texts, const std::string& text) {
  return std::find(texts.begin(), texts.end(), text) != texts.end();
}

bool ReadsOnly(const std::vector<std::string>& relations, const std::vector<std::string>& schemas) {
  return std::all_of(relations.begin(), relations.end(), [&](const std::string& relation) {
    return Contains(schemas, SchemaOf(relation));
  });
}

Judgement Judge(const std::string& sql, const std::vector<std::string>& schemas) {
  ExecuteOptions options;
  options.purpose = "ask";
  options.schemas = schemas;
  return Validate(sql, options);
}

Json ListOf(const std::vector<std::string>& texts) {
  Json list = Json::MakeArray();
  for (const std::string& text : texts) list.Append(text);
  return list;
}

void CheckSql(const Judgement& judgement, const std::vector<std::string>& schemas) {
  if (!judgement.accepted) {
    const bool is_privilege = judgement.stage == "acl";
    throw StatusError{
        Status(is_privilege ? Code::kNoPrivilege : Code::kGateRefused, judgement.message)
            .WithDetail("Rule \"" + judgement.rule + "\" refused it.")
            .WithHint(judgement.hint)};
  }
  if (!ReadsOnly(judgement.relations, schemas)) {
    throw StatusError{Status(Code::kInvalidArgument,
                             "the SQL reads a table outside of the schemas that are asked")
                          .WithHint("Name its schema in schemas or in search_path.")};
  }
}

}  // namespace

std::optional<TaughtAnswer> FindTaught(const std::string& question,
                                       const std::vector<std::string>& schemas,
                                       const semantic::Model& model, const ask::ValueSource& values,
                                       const DateTime& now) {
  const LessonInUse in_use;
  std::vector<const Pair*> usable;
  std::vector<const ask::TaughtPattern*> patterns;
  for (const Pair& pair : in_use.pairs()) {
    if (!ReadsOnly(pair.relations, schemas)) continue;
    usable.push_back(&pair);
    patterns.push_back(&pair.pattern);
  }
  if (usable.empty()) return std::nullopt;
  const std::optional<ask::TaughtMatch> match =
      ValueOrThrow(ask::MatchTaught(question, patterns, model, values, now));
  if (!match) return std::nullopt;
  const Pair& pair = *usable[match->pattern];
  TaughtAnswer answer = {pair.id, pair.question, match->sql, {}, match->changes};
  std::copy_if(pair.schemas.begin(), pair.schemas.end(), std::back_inserter(answer.schemas),
               [&](const std::string& schema) { return Contains(schemas, schema); });
  const Judgement judgement = Judge(answer.sql, answer.schemas);
  const bool same = judgement.accepted && ReadsOnly(judgement.relations, schemas);
  return same ? std::optional<TaughtAnswer>(std::move(answer)) : std::nullopt;
}

std::string TaughtInWords(const TaughtAnswer& answer) {
  std::string words = "as taught for \"" + answer.question + "\"";
  for (std::size_t i = 0; i < answer.changes.size(); ++i) {
    words += (i == 0 ? ", with " : " and ") + answer.changes[i];
  }
  return words;
}

LOUPE_FUNCTION(loupe_ask_teach) {
  const std::string question = RequiredText(fcinfo, 0, "question");
  const std::string sql = RequiredText(fcinfo, 1, "sql");
  RequireArgument(fcinfo, 2, "shared");
  const bool is_shared = PG_GETARG_BOOL(2);
  std::vector<std::string> schemas =
      OptionalTextArray(fcinfo, 3, "schemas").value_or(CallerSchemas());
  (void)ValueOrThrow(ask::CompileTaught(question, sql, NowIn("UTC")));
  const Judgement judgement = Judge(sql, schemas);
  CheckSql(judgement, schemas);
  SpiSession spi(SpiSession::Mode::kReadWrite);
  if (is_shared && spi.Query(kMayShareSql)[0][0] != SpiSession::Value("t")) {
    throw StatusError{
        Status(Code::kNoPrivilege, "permission denied to share a taught question")
            .WithHint("Members of the role that owns the database may; leave shared away.")};
  }
  const std::vector<SpiSession::Row> rows =
      spi.Query(kInsertSql, {is_shared ? "true" : "false", question, sql, ListOf(schemas).Dump(),
                             ListOf(judgement.relations).Dump(), CurrentSettings().project});
  if (rows.empty()) {
    throw StatusError{Status(Code::kInvalidArgument,
                             "project \"" + CurrentSettings().project + "\" does not exist")
                          .WithHint("RESET loupe.project, or add it to loupe.project.")};
  }
  const std::int64_t id = NumberOf(rows.at(0).at(0));
  return Call([&]() noexcept { return Int64GetDatum(id); });
}

LOUPE_FUNCTION(loupe_ask_forget) {
  RequireArgument(fcinfo, 0, "id");
  const std::int64_t id = PG_GETARG_INT64(0);
  SpiSession spi(SpiSession::Mode::kReadWrite);
  return BoolGetDatum(!spi.Query(kForgetSql, {std::to_string(id)}).empty());
}

}  // namespace loupe::pg
