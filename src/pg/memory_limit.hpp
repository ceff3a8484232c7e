// How much memory a judged statement may take, enforced twice:
//
//   soft   a timer looks every 20 ms at what the process holds and cancels at three quarters of the
//          limit: what heeds a cancel ends with a message that says why
//   hard   RLIMIT_DATA lies at the limit: an allocation beyond it fails, in the midst of a built-in
//          that never looks at cancel too, and PostgreSQL reports "out of memory" as always
//
// Shared memory and the stack do not count. Both work where the kernel tells sizes in /proc; the
// hard limit on Linux from 4.7 on. A parallel worker gets a hard limit of the same size: the leader
// sends it the setting loupe.gated_memory, whose assign hook installs it there.
//
// An ERROR ends the hard limit at once (detail::ThrowPgError), so that the error itself can be
// kept.
#ifndef LOUPE_PG_MEMORY_LIMIT_HPP
#define LOUPE_PG_MEMORY_LIMIT_HPP

#include "pg/boundary.hpp"

#include <cstdint>

namespace loupe::pg {

// What is only planned is over before the timer would look.
enum class MemoryGuard { kHard, kSoftAndHard };

// In force for its lifetime; 0 kB = none. Of nested limits only the outermost counts.
class MemoryLimit {
 public:
  MemoryLimit(MemoryGuard guard, std::int64_t kilobytes);
  ~MemoryLimit();
  MemoryLimit(const MemoryLimit&) = delete;
  MemoryLimit& operator=(const MemoryLimit&) = delete;

  // Whether the soft limit cancelled the last run.
  [[nodiscard]] static bool HasFired();

 private:
  bool is_armed_;
  bool is_watched_ = false;
};

// Lets this process allocate `kilobytes` more and no further, until LiftMemoryLimit. Raises
// nothing.
void SetHardMemoryLimit(std::int64_t kilobytes) noexcept;
void LiftMemoryLimit() noexcept;

}  // namespace loupe::pg

#endif  // LOUPE_PG_MEMORY_LIMIT_HPP
