// AggregateMeasure: an aggregate that a foreign expression writes out, as a measure of an entity.
//
// Tested by test/unit/semantic_import_cube_test.cpp and test/unit/semantic_import_osi_test.cpp.
#ifndef LOUPE_CORE_SEMANTIC_AGGREGATE_MEASURE_HPP
#define LOUPE_CORE_SEMANTIC_AGGREGATE_MEASURE_HPP

#include <functional>
#include <string>

#include "core/semantic/aggregate_split.hpp"
#include "core/semantic/import_draft.hpp"

namespace loupe::semantic {

using BindTokens = std::function<Result<SqlTokens>(const SqlTokens&)>;

// A measure without a name for the call, whose argument and filter `bind` binds to the row.
[[nodiscard]] Result<Json> MeasureOfCall(const AggregateCall& call, const BindTokens& bind);

// Name of the measure of `entity` that aggregates the same as `measure`; else adds it, hidden, by a
// name made from `wanted`. Errors: kNotSupported for an entity that would grow too large.
[[nodiscard]] Result<std::string> NameOfAggregate(const Json& measure, const std::string& wanted,
                                                  const std::string& pointer, DraftEntity* entity);

// `source` under another name: "name" comes first, the other members follow.
[[nodiscard]] Json WithName(const std::string& name, const Json& source);

}  // namespace loupe::semantic

#endif  // LOUPE_CORE_SEMANTIC_AGGREGATE_MEASURE_HPP
