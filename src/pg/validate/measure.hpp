// Limits on the arguments of built-ins that heed no cancel, kept while the statement runs.
//
// What these functions cost is a matter of how large their arguments are, which a statement can
// hide from any look at its tree: in records, in aggregates, in tables. So the judged tree calls
// measured twins in their place (sql/install/11_measured.sql), all of them loupe_measured_call:
//
//   strpos(a, b)   FuncExpr: funcid strpos     -> funcid loupe._strpos
//   a && b         OpExpr: opno stays          -> opfuncid loupe._arrayoverlap
//   a LIKE b       OpExpr: opno pg_catalog.~~  -> opno loupe.~~, opfuncid loupe._textlike
//
// An operator that stays is what indexes and estimates go by. One that has a negator cannot stay:
// the planner would turn NOT (a LIKE b) into the built-in negator. The planner computes constant
// parts by the twins as well.
//
// Tested by test/pgtap/45_measured.sql.
#ifndef LOUPE_PG_VALIDATE_MEASURE_HPP
#define LOUPE_PG_VALIDATE_MEASURE_HPP

#include "pg/postgres.hpp"

extern "C" {
#include "nodes/parsenodes.h"
}

#include "pg/validate/builtin_functions.hpp"

namespace loupe::pg {

// Measured with test/security/cancel-sweep: at its limit one call takes a few seconds at most.
constexpr double kMaxProduct = 4e9;         // bytes of a text times bytes of what is sought in it
constexpr double kMaxBitProduct = 1e9;      // the same for strings of bits
constexpr double kMaxSetProduct = 5e8;      // bytes of a text times bytes of a set of characters
constexpr double kMaxFiguresProduct = 5e9;  // bytes of one figure times bytes of another
constexpr double kMaxPathsProduct = 1e9;    // the same for the distance of two paths
constexpr double kMaxPairsTime = 4e9;       // nanoseconds that comparing each with each may take
constexpr double kMaxSquareBytes = 16 << 10;
constexpr double kMaxParsedBytes = 200 << 10;
constexpr double kMaxRankedBytes = 2 << 10;    // of a text search query, about 40 terms
constexpr double kMaxDocumentBytes = 1 << 20;  // of XML that is searched
constexpr double kMaxLeftPatternBytes = 64;    // of a constant LIKE pattern that needs no twin

// Whether functions under this check have twins.
[[nodiscard]] bool IsMeasured(BoundCheck check);

// Puts the twins into a judged and rewritten query, at all levels, in place. Raises an ERROR where
// there is none. C in C++ clothes.
void AttachMeasures(Query* query);

// While one lives, the planner sees twins in the expressions that belong to tables as well (of
// indexes, extended statistics and partition keys), so that it knows those of the query again.
class MeasuredPlanning {
 public:
  MeasuredPlanning();
  ~MeasuredPlanning();
  MeasuredPlanning(const MeasuredPlanning&) = delete;
  MeasuredPlanning& operator=(const MeasuredPlanning&) = delete;
};

// Installs the hook of the planner, before the one that is there; called once by _PG_init.
void InstallMeasures();

}  // namespace loupe::pg

#endif  // LOUPE_PG_VALIDATE_MEASURE_HPP
