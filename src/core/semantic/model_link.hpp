// The part of ParseModel that connects what was read: entities that extend others, bridges of
// many_to_many joins, and the names by which members refer to members.
//
// Tested by test/unit/semantic_model_test.cpp.
#ifndef LOUPE_CORE_SEMANTIC_MODEL_LINK_HPP
#define LOUPE_CORE_SEMANTIC_MODEL_LINK_HPP

#include "core/semantic/model.hpp"

namespace loupe::semantic {

// Makes invariants 3 to 5 of model.hpp hold, or says what breaks them. Names of measures and of
// dimensions "within" become full names ("orders.count").
[[nodiscard]] Status LinkModel(Model* model);

}  // namespace loupe::semantic

#endif  // LOUPE_CORE_SEMANTIC_MODEL_LINK_HPP
