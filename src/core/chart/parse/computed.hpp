// Computed properties: {"expr": "…"} in the place of a value, and parameters.
//
// A still picture has fixed parameters, so every expression that reads nothing but them has one
// value, which takes its place before the specification is parsed. Expressions that read a row stay
// as they are; the parser refuses them where it cannot draw them.
//
// Tested by test/unit/chart_parse_test.cpp.
#ifndef LOUPE_CORE_CHART_PARSE_COMPUTED_HPP
#define LOUPE_CORE_CHART_PARSE_COMPUTED_HPP

#include "core/base/context.hpp"
#include "core/base/json.hpp"
#include "core/base/status.hpp"

namespace loupe::chart {

// Replaces computed properties of `spec` and returns the values of its parameters by name, "width"
// and "height" among them where they are numbers. `given` are values that the caller sets. Errors
// of an expression carry its pointer.
[[nodiscard]] Result<Json> ResolveComputed(const Json& given, const Context& context, Json* spec);

}  // namespace loupe::chart

#endif  // LOUPE_CORE_CHART_PARSE_COMPUTED_HPP
