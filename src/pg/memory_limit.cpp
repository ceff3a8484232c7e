#include "pg/postgres.hpp"

extern "C" {
#include <fcntl.h>
#include <sys/resource.h>
#include <unistd.h>

#include "miscadmin.h"
#include "storage/latch.h"
#include "storage/proc.h"
#include "utils/timeout.h"
#include "utils/timestamp.h"
}

#include "pg/memory_limit.hpp"

#include <algorithm>

namespace loupe::pg {
namespace {

constexpr int kLookEveryMs = 20;
constexpr std::int64_t kBytesPerKilobyte = 1024;

TimeoutId guard_timeout = MAX_TIMEOUTS;
int limits_in_force = 0;
int statm = -1;  // /proc/self/statm, kept open once it is
int statm_pid = 0;
std::int64_t soft_limit_bytes = 0;    // of memory of our own, as statm tells it
volatile sig_atomic_t has_fired = 0;  // set by the handler
bool has_hard_limit = false;
rlimit outer_limit;  // to be restored

// What /proc/self/statm tells, in bytes.
struct ProcessSize {
  std::int64_t own = 0;   // resident and not shared
  std::int64_t data = 0;  // mapped, private and writable
  bool known = false;
};

// Safe in a signal handler: no allocation, no locale, errno kept.
ProcessSize ReadProcessSize(int file) noexcept {
  const int saved_errno = errno;
  char text[256];
  const ssize_t length = file < 0 ? -1 : pread(file, text, sizeof text, 0);
  errno = saved_errno;
  // size resident shared text lib data dirty
  std::int64_t fields[7] = {};
  int field = 0;
  for (ssize_t i = 0; i < length && field < 7; ++i) {
    if (text[i] >= '0' && text[i] <= '9') fields[field] = fields[field] * 10 + (text[i] - '0');
    if (text[i] == ' ') ++field;
  }
  const std::int64_t page = sysconf(_SC_PAGESIZE);
  ProcessSize size;
  size.own = (fields[1] - fields[2]) * page;
  size.data = fields[5] * page;
  size.known = length > 0;
  return size;
}

// Runs in a signal handler.
void OnLook() {
  if (ReadProcessSize(statm).own <= soft_limit_bytes) return;
  has_fired = 1;
  InterruptPending = 1;
  QueryCancelPending = 1;
  SetLatch(MyLatch);
}

ProcessSize ReadOwnSize() noexcept {
  // Of this process: a fork has its own.
  if (statm >= 0 && statm_pid != MyProcPid) {
    (void)close(statm);
    statm = -1;
  }
  if (statm < 0) {
    statm = open("/proc/self/statm", O_RDONLY | O_CLOEXEC);
    statm_pid = MyProcPid;
  }
  return ReadProcessSize(statm);
}

void ArmGuard(const ProcessSize& size, std::int64_t kilobytes) {
  soft_limit_bytes = size.own + kilobytes * kBytesPerKilobyte / 4 * 3;
  Call([]() noexcept {
    if (guard_timeout == MAX_TIMEOUTS) guard_timeout = RegisterTimeout(USER_TIMEOUT, OnLook);
    const TimestampTz first = TimestampTzPlusMilliseconds(GetCurrentTimestamp(), kLookEveryMs);
    enable_timeout_every(guard_timeout, first, kLookEveryMs);
  });
}

// Read once: nobody else changes it.
bool KnowsOuterLimit() noexcept {
  static bool is_known = false;
  if (!is_known) is_known = getrlimit(RLIMIT_DATA, &outer_limit) == 0;
  return is_known;
}

void ArmHardLimit(const ProcessSize& size, std::int64_t kilobytes) noexcept {
  if (!size.known || !KnowsOuterLimit()) return;
  rlimit limit = outer_limit;
  const auto wanted = static_cast<rlim_t>(size.data + kilobytes * kBytesPerKilobyte);
  limit.rlim_cur = std::min(limit.rlim_cur, wanted);
  has_hard_limit = setrlimit(RLIMIT_DATA, &limit) == 0;
}

}  // namespace

void SetHardMemoryLimit(std::int64_t kilobytes) noexcept { ArmHardLimit(ReadOwnSize(), kilobytes); }

void LiftMemoryLimit() noexcept {
  if (!has_hard_limit) return;
  (void)setrlimit(RLIMIT_DATA, &outer_limit);
  has_hard_limit = false;
}

MemoryLimit::MemoryLimit(MemoryGuard guard, std::int64_t kilobytes)
    : is_armed_(kilobytes > 0 && limits_in_force == 0) {
  // What fired in an earlier statement must not pass for this one's, armed or not.
  if (limits_in_force == 0) has_fired = 0;
  if (is_armed_) {
    const ProcessSize size = ReadOwnSize();
    is_watched_ = guard == MemoryGuard::kSoftAndHard && size.known;
    if (is_watched_) ArmGuard(size, kilobytes);
    ArmHardLimit(size, kilobytes);
  }
  ++limits_in_force;
}

MemoryLimit::~MemoryLimit() {
  --limits_in_force;
  if (!is_armed_) return;
  LiftMemoryLimit();
  if (is_watched_) disable_timeout(guard_timeout, false);
  if (has_fired != 0) QueryCancelPending = 0;
}

bool MemoryLimit::HasFired() { return has_fired != 0; }

}  // namespace loupe::pg
