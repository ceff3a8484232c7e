// The part of Resolve that turns filters into checked conditions.
//
//   string   equals notEquals contains… startsWith… endsWith…
//   number   equals notEquals gt gte lt lte
//   boolean  equals notEquals
//   time     equals notEquals gt gte lt lte and the date operators
//   all      set notSet
//
// A date text stands for the whole span to which it is written, so "equals 2024-01-01" is that day
// and "gt 2024-01-01" begins after it.
//
// Tested by test/unit/semantic_resolve_test.cpp.
#ifndef LOUPE_CORE_SEMANTIC_RESOLVE_FILTER_HPP
#define LOUPE_CORE_SEMANTIC_RESOLVE_FILTER_HPP

#include <string>

#include "core/semantic/resolve.hpp"

namespace loupe::semantic {

// Appends the filter to the row filters or the measure filters of `resolved`, and the measures it
// needs to its measures. `pointer` is where the filter stands in the query.
[[nodiscard]] Status ResolveFilter(const Filter& filter, const std::string& pointer,
                                   const Model& model, const DateContext& now,
                                   ResolvedQuery* resolved);

// Resolves a filter that the model holds for rows of `home`: an SQL condition over {T} or a filter
// of the query language over dimensions. Errors: kSemanticInvalidModel.
[[nodiscard]] Result<Condition> ResolveModelFilter(const Json& filter, const Entity& home,
                                                   const Model& model, const DateContext& now);

}  // namespace loupe::semantic

#endif  // LOUPE_CORE_SEMANTIC_RESOLVE_FILTER_HPP
