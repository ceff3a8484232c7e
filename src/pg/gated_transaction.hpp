// Where gated SQL lives: a subtransaction that is read-only and always rolled back, with the
// settings that shape names, output, plans and resources fixed inside of it.
#ifndef LOUPE_PG_GATED_TRANSACTION_HPP
#define LOUPE_PG_GATED_TRANSACTION_HPP

#include "pg/boundary.hpp"

extern "C" {
#include "utils/resowner.h"
}

#include <cstdint>
#include <string>

namespace loupe::pg {

// What is fixed for one statement; a stricter value of the session stays.
struct GatedSettings {
  std::string search_path;
  std::int64_t work_mem_kb = 0;     // 0 = the session's
  std::int64_t temp_limit_kb = -1;  // of all temporary files of this process; -1 = the session's
  bool has_cost_ceiling = false;    // by a policy
  bool will_run = false;            // false: judged and planned alone
  int lock_timeout_ms = 0;          // 0 = the session's
  std::int64_t memory_kb = 0;       // of a parallel worker; 0 = no limit
};

// Begins the subtransaction; its end undoes it and with it the settings made inside. Throws
// kNotSupported inside a parallel operation.
class GatedTransaction {
 public:
  explicit GatedTransaction(const GatedSettings& settings);
  ~GatedTransaction();
  GatedTransaction(const GatedTransaction&) = delete;
  GatedTransaction& operator=(const GatedTransaction&) = delete;

 private:
  void End() const;

  MemoryContext context_;
  ResourceOwner owner_;
};

}  // namespace loupe::pg

#endif  // LOUPE_PG_GATED_TRANSACTION_HPP
