// The part of Resolve that takes measures apart into aggregates and the values made of them.
//
// Tested by test/unit/semantic_resolve_test.cpp.
#ifndef LOUPE_CORE_SEMANTIC_RESOLVE_MEASURE_HPP
#define LOUPE_CORE_SEMANTIC_RESOLVE_MEASURE_HPP

#include "core/semantic/resolve.hpp"

namespace loupe::semantic {

// Fills in the value of each measure of `resolved` and the aggregates they are made of. Demands
// that its groups and ranges are complete. Errors: kSemanticTypeMismatch (sum of text),
// kSemanticInvalidQuery (a dimension that the query does not group by, a shift without its time
// dimension).
[[nodiscard]] Status ResolveMeasures(const Model& model, const ResolveOptions& options,
                                     ResolvedQuery* resolved);

}  // namespace loupe::semantic

#endif  // LOUPE_CORE_SEMANTIC_RESOLVE_MEASURE_HPP
