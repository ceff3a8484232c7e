// The lesson of a role: all that was taught and answers its questions, read and compiled.
//
// What a role teaches answers its own questions, and everybody's when it is shared by a role that
// is trusted with the database. A backend keeps the lesson of one role in one project until one of
// the tables, a role or a membership changes. Own things come first, then the newest.
//
// Tested by test/pgtap/71_ask_teach.sql and 73_ask_synonym.sql.
#ifndef LOUPE_PG_ASK_LESSON_HPP
#define LOUPE_PG_ASK_LESSON_HPP

#include "pg/boundary.hpp"

#include <cstdint>
#include <string>
#include <vector>

#include "core/ask/taught.hpp"
#include "core/ask/taught_word.hpp"
#include "pg/spi.hpp"

namespace loupe::pg {

// Of one role; the first ones count.
constexpr std::size_t kMaxTaughtPairs = 5000;
constexpr std::size_t kMaxTaughtWords = 1000;

struct TaughtPair {
  std::int64_t id = 0;
  std::string question;
  std::vector<std::string> schemas;
  std::vector<std::string> relations;
  ask::TaughtPattern pattern;
};

struct TaughtTerm {
  ask::WordLesson word;
  std::vector<std::string> schemas;  // of the table that it is about
};

struct Lesson {
  std::vector<TaughtPair> pairs;
  std::vector<TaughtTerm> terms;
};

// The lesson of the caller, for a scope. None to a question asked within the look-up of another
// one's values, for which the lesson would have to be read anew.
class LessonInUse {
 public:
  LessonInUse();
  ~LessonInUse();
  LessonInUse(const LessonInUse&) = delete;
  LessonInUse& operator=(const LessonInUse&) = delete;

  [[nodiscard]] const Lesson& operator*() const { return *lesson_; }
  [[nodiscard]] const Lesson* operator->() const { return lesson_; }

 private:
  Lesson none_;
  const Lesson* lesson_ = &none_;
};

// Throws kNoPrivilege unless the caller may share `what` ("a taught question") with everybody.
void CheckMayShare(SpiSession* spi, const std::string& what);

// The number of what was inserted for the project in use; throws when there is no such project.
[[nodiscard]] std::int64_t TaughtId(const std::vector<SpiSession::Row>& inserted);

}  // namespace loupe::pg

#endif  // LOUPE_PG_ASK_LESSON_HPP
