// The filters that a model itself holds: of measures and of access rules.
//
// Tested by test/unit/semantic_model_test.cpp.
#ifndef LOUPE_CORE_SEMANTIC_MODEL_FILTERS_HPP
#define LOUPE_CORE_SEMANTIC_MODEL_FILTERS_HPP

#include "core/semantic/model.hpp"

namespace loupe::semantic {

// Checks that each filter object names dimensions of the model, with an operator and values that
// fit them; one of an access rule speaks of its own entity alone. Errors: kSemanticInvalidModel and
// kSemanticTypeMismatch, with a pointer into the model.
[[nodiscard]] Status CheckModelFilters(const Model& model);

}  // namespace loupe::semantic

#endif  // LOUPE_CORE_SEMANTIC_MODEL_FILTERS_HPP
