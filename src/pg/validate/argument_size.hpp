// Arguments that make a value huge or a built-in run for minutes without looking at cancel.
//
// No time limit replaces this: some built-ins never look whether they were cancelled, and planning
// already computes what is constant. Which built-ins are bounded, and by which check, stands in
// functions.txt; the bounds are constants of argument_size.cpp.
#ifndef LOUPE_PG_VALIDATE_ARGUMENT_SIZE_HPP
#define LOUPE_PG_VALIDATE_ARGUMENT_SIZE_HPP

#include "pg/validate/inspect.hpp"

namespace loupe::pg {

// Judges the arguments of what `node` calls, if that is bounded.
[[nodiscard]] bool InspectArgumentSize(Node* node, Inspection* inspection);

// Judges the paths of XMLTABLE and JSON_TABLE.
[[nodiscard]] bool InspectTableFunctionSize(TableFunc* table, Inspection* inspection);

}  // namespace loupe::pg

#endif  // LOUPE_PG_VALIDATE_ARGUMENT_SIZE_HPP
