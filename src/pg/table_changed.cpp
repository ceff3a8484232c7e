// The trigger of the tables that backends keep copies of (policy_cache.hpp, model_cache.hpp).
#include "pg/postgres.hpp"

extern "C" {
#include "commands/trigger.h"
#include "utils/inval.h"
#include "utils/rel.h"
}

#include "pg/function.hpp"

namespace loupe::pg {

LOUPE_FUNCTION(loupe_table_changed) {
  if (!CALLED_AS_TRIGGER(fcinfo)) {
    throw StatusError{Status(Code::kNotSupported, "function must be called as a trigger")};
  }
  Call([&]() noexcept {
    const auto* trigger = reinterpret_cast<TriggerData*>(fcinfo->context);
    CacheInvalidateRelcacheByRelid(RelationGetRelid(trigger->tg_relation));
  });
  return Datum{0};
}

}  // namespace loupe::pg
