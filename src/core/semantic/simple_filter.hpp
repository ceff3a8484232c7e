// Filters of the simple query form as filters of the query JSON.
//
//   {"column": "price", "operator": "between", "value": [1, 5]}
//     {"and": [{"member": "m.price", "operator": "gte", …}, {"member": …, "operator": "lte", …}]}
//
// Tested by test/unit/semantic_simple_query_test.cpp.
#ifndef LOUPE_CORE_SEMANTIC_SIMPLE_FILTER_HPP
#define LOUPE_CORE_SEMANTIC_SIMPLE_FILTER_HPP

#include <string>

#include "core/base/json.hpp"
#include "core/base/status.hpp"
#include "core/semantic/field_reader.hpp"
#include "core/semantic/model.hpp"

namespace loupe::semantic {

// Translates "operator" and "value" (or "values") of `filter`, which `reader` reads, on `member`,
// which the filter calls `name`. Errors: kSemanticInvalidQuery, kSemanticTypeMismatch.
[[nodiscard]] Result<Json> SimpleFilter(const FieldReader& reader, const Json& filter,
                                        const std::string& name, const std::string& member,
                                        DimensionType type);

// {"member", "operator", "values"}.
[[nodiscard]] Json SimpleCondition(const std::string& member, const char* op, Json values);

}  // namespace loupe::semantic

#endif  // LOUPE_CORE_SEMANTIC_SIMPLE_FILTER_HPP
