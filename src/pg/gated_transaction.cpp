#include "pg/postgres.hpp"

extern "C" {
#include "access/parallel.h"
#include "access/xact.h"
#include "miscadmin.h"
#include "optimizer/geqo.h"
#include "optimizer/paths.h"
#include "optimizer/planmain.h"
#include "parser/parse_expr.h"
#include "parser/parser.h"
#include "storage/fd.h"
#include "storage/proc.h"
#include "utils/bytea.h"
#include "utils/float.h"
#include "utils/guc.h"
#include "utils/rls.h"
}

#include "pg/function.hpp"
#include "pg/gated_transaction.hpp"

#include <algorithm>

namespace loupe::pg {
namespace {

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

// Setting a parameter costs as much as parsing a short statement; most have the wanted value
// already.
void SetUnless(bool has_value, const char* name, const char* value) {
  if (!has_value) SetLocal(name, value);
}

// What shapes names, output and rights, and what keeps the planner's search in bounds.
void FixMeaning(const char* search_path) {
  SetLocal("search_path", search_path);
  SetUnless(DateStyle == USE_ISO_DATES, "datestyle", "ISO");
  SetUnless(IntervalStyle == INTSTYLE_POSTGRES, "intervalstyle", "postgres");
  SetUnless(extra_float_digits == 1, "extra_float_digits", "1");
  SetUnless(bytea_output == BYTEA_OUTPUT_HEX, "bytea_output", "hex");
  SetUnless(row_security, "row_security", "on");
  SetUnless(standard_conforming_strings, "standard_conforming_strings", "on");
  SetUnless(!Transform_null_equals, "transform_null_equals", "off");
  SetUnless(enable_geqo, "geqo", "on");
  SetUnless(geqo_threshold == 12, "geqo_threshold", "12");
  SetUnless(from_collapse_limit == 8, "from_collapse_limit", "8");
  SetUnless(join_collapse_limit == 8, "join_collapse_limit", "8");
}

// What a ceiling on the cost is measured in: as the server, the database or the role set it.
void FixCosts() {
  for (const char* name :
       {"seq_page_cost", "random_page_cost", "cpu_tuple_cost", "cpu_index_tuple_cost",
        "cpu_operator_cost", "parallel_tuple_cost", "parallel_setup_cost"}) {
    SetLocal(name, GetConfigOptionResetString(name));
  }
}

void FixSettings(const char* search_path, const GatedSettings& settings) {
  FixMeaning(search_path);
  if (settings.has_cost_ceiling) FixCosts();
  if (settings.lock_timeout_ms > 0) {
    const std::int64_t wanted = Stricter(settings.lock_timeout_ms, LockTimeout, 0);
    if (wanted != LockTimeout) SetNumber("lock_timeout", wanted);
  }
  if (settings.work_mem_kb > 0 && settings.work_mem_kb < work_mem) {
    SetNumber("work_mem", settings.work_mem_kb);
  }
  if (!settings.will_run) return;
  if (settings.temp_limit_kb >= 0) {
    const std::int64_t wanted = Stricter(settings.temp_limit_kb, temp_file_limit, -1);
    if (wanted != temp_file_limit) SetNumber("temp_file_limit", wanted);
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
