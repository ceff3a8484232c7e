#include "pg/postgres.hpp"

extern "C" {
#include "miscadmin.h"
#include "storage/latch.h"
#include "storage/proc.h"
#include "utils/timeout.h"
}

#include "pg/time_limit.hpp"

#include <exception>

namespace loupe::pg {
namespace {

constexpr int kKinds = 3;

// Registered at first use: a postmaster that preloads the library cannot.
TimeoutId timeout_ids[kKinds] = {MAX_TIMEOUTS, MAX_TIMEOUTS, MAX_TIMEOUTS};
int limits_in_force[kKinds];
volatile sig_atomic_t has_fired[kKinds];  // set by the handler, read after the run

// All run in a signal handler.
void Cancel(TimeKind kind) {
  has_fired[static_cast<int>(kind)] = 1;
  InterruptPending = 1;
  QueryCancelPending = 1;
  SetLatch(MyLatch);
}
void OnStatementTimeout() { Cancel(TimeKind::kStatement); }
void OnPlanTimeout() { Cancel(TimeKind::kPlan); }
void OnChartTimeout() { Cancel(TimeKind::kChart); }

constexpr timeout_handler_proc kHandlers[kKinds] = {OnStatementTimeout, OnPlanTimeout,
                                                    OnChartTimeout};

void Arm(TimeKind kind, int milliseconds) {
  const int index = static_cast<int>(kind);
  Call([&]() noexcept {
    if (timeout_ids[index] == MAX_TIMEOUTS) {
      timeout_ids[index] = RegisterTimeout(USER_TIMEOUT, kHandlers[index]);
    }
    enable_timeout_after(timeout_ids[index], milliseconds);
  });
}

}  // namespace

TimeLimit::TimeLimit(TimeKind kind, int milliseconds)
    : kind_(kind),
      is_armed_(milliseconds > 0 && limits_in_force[static_cast<int>(kind)] == 0),
      exceptions_(std::uncaught_exceptions()) {
  // What fired in an earlier statement must not pass for this one's, armed or not.
  if (limits_in_force[static_cast<int>(kind)] == 0) has_fired[static_cast<int>(kind)] = 0;
  if (is_armed_) Arm(kind, milliseconds);
  ++limits_in_force[static_cast<int>(kind)];
}

TimeLimit::~TimeLimit() {
  const int index = static_cast<int>(kind_);
  --limits_in_force[index];
  if (!is_armed_) return;
  disable_timeout(timeout_ids[index], false);
  if (has_fired[index] == 0) return;
  QueryCancelPending = 0;
  // Too late to have ended anything: a cancel that comes after this one is not its doing.
  if (std::uncaught_exceptions() == exceptions_) has_fired[index] = 0;
}

bool TimeLimit::HasFired(TimeKind kind) { return has_fired[static_cast<int>(kind)] != 0; }

}  // namespace loupe::pg
