// May this relation be read? Kind, schema, and then the rights of the caller or of the view's
// owner.
#ifndef LOUPE_PG_VALIDATE_RELATIONS_HPP
#define LOUPE_PG_VALIDATE_RELATIONS_HPP

#include "pg/validate/inspect.hpp"

namespace loupe::pg {

// Judges a range table entry of `query` that stands for a relation and notes its names in the
// verdict: tables, partitions and materialized views are data; system catalogs, sequences, and
// foreign tables that nobody has approved are not.
[[nodiscard]] bool InspectRelation(const Query* query, RangeTblEntry* entry,
                                   Inspection* inspection);

}  // namespace loupe::pg

#endif  // LOUPE_PG_VALIDATE_RELATIONS_HPP
