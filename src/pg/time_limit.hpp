// Time limits of our own: setting statement_timeout inside a function does nothing.
//
// A limit raises a cancel as if the client had sent one; the session's own statement_timeout stays
// in force, and a cancel by the user stays a cancel by the user. Of nested limits of one kind only
// the outermost is armed.
#ifndef LOUPE_PG_TIME_LIMIT_HPP
#define LOUPE_PG_TIME_LIMIT_HPP

#include "pg/boundary.hpp"

namespace loupe::pg {

enum class TimeKind { kStatement, kPlan, kChart };

// In force for its lifetime; 0 milliseconds = none. Clears a cancel that fired too late to be
// raised.
class TimeLimit {
 public:
  TimeLimit(TimeKind kind, int milliseconds);
  ~TimeLimit();
  TimeLimit(const TimeLimit&) = delete;
  TimeLimit& operator=(const TimeLimit&) = delete;

  // Whether the last limit of that kind ran out.
  [[nodiscard]] static bool HasFired(TimeKind kind);

 private:
  TimeKind kind_;
  bool is_armed_;
  int exceptions_;  // on their way when it began
};

}  // namespace loupe::pg

#endif  // LOUPE_PG_TIME_LIMIT_HPP
