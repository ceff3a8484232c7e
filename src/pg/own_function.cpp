#include "pg/postgres.hpp"

extern "C" {
#include "access/htup_details.h"
#include "access/transam.h"
#include "catalog/pg_proc.h"
#include "catalog/pg_type.h"
#include "utils/syscache.h"
}

#include "pg/own_function.hpp"

#include <cstring>

#include "pg/own_object.hpp"

namespace loupe::pg {
namespace {

enum class Argument { kBuiltinType, kOwnType };

struct OwnFunction {
  const char* name;
  char kind;
  Argument argument;  // the only one
};

// The two with an underscore are input and output, which casts from and to text call.
constexpr OwnFunction kReviewed[] = {
    {"_distinct_sketch_in", PROKIND_FUNCTION, Argument::kBuiltinType},
    {"_distinct_sketch_out", PROKIND_FUNCTION, Argument::kOwnType},
    {"approx_distinct", PROKIND_AGGREGATE, Argument::kBuiltinType},
    {"distinct_of", PROKIND_FUNCTION, Argument::kOwnType},
    {"distinct_sketch_agg", PROKIND_AGGREGATE, Argument::kBuiltinType},
    {"distinct_sketch_merge_agg", PROKIND_AGGREGATE, Argument::kOwnType},
};

bool FitsArgument(Argument argument, Oid type) {
  if (argument == Argument::kBuiltinType) return type < FirstNormalObjectId;
  return IsOwnObject(TypeRelationId, type);
}

bool IsOnList(const FormData_pg_proc& form) {
  for (const OwnFunction& entry : kReviewed) {
    if (std::strcmp(NameStr(form.proname), entry.name) != 0) continue;
    return form.prokind == entry.kind && form.pronargs == 1 &&
           FitsArgument(entry.argument, form.proargtypes.values[0]);
  }
  return false;
}

}  // namespace

bool IsReviewedOwnFunction(Oid function) {
  HeapTuple tuple = SearchSysCache1(PROCOID, ObjectIdGetDatum(function));
  if (!HeapTupleIsValid(tuple)) return false;
  const bool is_listed = IsOnList(*reinterpret_cast<Form_pg_proc>(GETSTRUCT(tuple)));
  ReleaseSysCache(tuple);
  return is_listed && IsOwnObject(ProcedureRelationId, function);
}

}  // namespace loupe::pg
