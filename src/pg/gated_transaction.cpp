#include "pg/postgres.hpp"

extern "C" {
#include "access/parallel.h"
#include "access/xact.h"
#include "miscadmin.h"
#include "storage/fd.h"
#include "storage/proc.h"
#include "utils/guc.h"
}

#include "pg/function.hpp"
#include "pg/gated_transaction.hpp"

#include <algorithm>

namespace loupe::pg {
namespace {

struct Setting {
  const char* name;
  const char* value;
};

// Names, output, rights, and what keeps the planner's search in bounds. JIT compiles what is called
// often: a price that a judged statement should not be able to ask for, by a library that ends the
// server when memory runs out.
constexpr Setting kFixed[] = {{"datestyle", "ISO"},
                              {"intervalstyle", "postgres"},
                              {"extra_float_digits", "1"},
                              {"bytea_output", "hex"},
                              {"row_security", "on"},
                              {"standard_conforming_strings", "on"},
                              {"transform_null_equals", "off"},
                              {"geqo", "on"},
                              {"geqo_threshold", "12"},
                              {"from_collapse_limit", "8"},
                              {"join_collapse_limit", "8"},
                              {"jit", "off"}};

void SetLocal(const char* name, const char* value) {
  // temp_file_limit is the superusers' to set; everything here only ever restricts.
  (void)set_config_option(name, value, PGC_SUSET, PGC_S_SESSION, GUC_ACTION_LOCAL, true, 0, false);
}

void SetNumber(const char* name, std::int64_t value) {
  SetLocal(name, psprintf("%lld", static_cast<long long>(value)));
}

// The smaller of a limit of ours and one that is in force, where `none` or less means no limit.
std::int64_t Stricter(std::int64_t ours, std::int64_t present, std::int64_t none) {
  return present <= none ? ours : std::min(ours, present);
}

void FixSettings(const char* search_path, const GatedSettings& settings) {
  SetLocal("search_path", search_path);
  for (const Setting& fixed : kFixed) SetLocal(fixed.name, fixed.value);
  if (settings.work_mem_kb > 0) {
    SetNumber("work_mem", std::min<std::int64_t>(settings.work_mem_kb, work_mem));
  }
  if (settings.temp_limit_kb >= 0) {
    SetNumber("temp_file_limit", Stricter(settings.temp_limit_kb, temp_file_limit, -1));
  }
  if (settings.lock_timeout_ms > 0) {
    SetNumber("lock_timeout", Stricter(settings.lock_timeout_ms, LockTimeout, 0));
  }
  SetNumber("loupe.gated_memory", settings.memory_kb);
}

}  // namespace

GatedTransaction::GatedTransaction(const GatedSettings& settings)
    : context_(CurrentMemoryContext), owner_(CurrentResourceOwner) {
  if (IsInParallelMode()) {
    throw StatusError{
        Status(Code::kNotSupported, "generated SQL cannot run inside a parallel operation")};
  }
  const char* search_path = ToServer(settings.search_path);
  Call([]() noexcept {
    BeginInternalSubTransaction(nullptr);
    XactReadOnly = true;
  });
  MemoryContextSwitchTo(context_);
  try {
    Call([&]() noexcept { FixSettings(search_path, settings); });
  } catch (const PgError&) {
    // The destructor does not run for what was never constructed.
    End();
    throw;
  }
}

GatedTransaction::~GatedTransaction() { End(); }

void GatedTransaction::End() const {
  RollbackAndReleaseCurrentSubTransaction();
  MemoryContextSwitchTo(context_);
  CurrentResourceOwner = owner_;
}

}  // namespace loupe::pg
