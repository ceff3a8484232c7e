// Every problem of a model document at once, although ParseModel ends at its first.
//
//   document ──ParseModel──▶ problem at P ──▶ note it, take away what stands at P, parse again
//                 │                                                                     │
//                 ▼ no problem                            ◀─────────────────────────────┘
//           the sound rest of the model
//
// What is taken away is small: a member of no importance ("title") alone, else the item of a list
// that the problem is about (a granularity, a dimension, an entity). A later problem that names
// what was taken away is its consequence and is not told. Pointers lead into the document as it
// was.
//
// Tested by test/unit/semantic_model_problems_test.cpp.
#ifndef LOUPE_CORE_SEMANTIC_MODEL_PROBLEMS_HPP
#define LOUPE_CORE_SEMANTIC_MODEL_PROBLEMS_HPP

#include <cstddef>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/context.hpp"
#include "core/base/json.hpp"
#include "core/base/pointer_map.hpp"
#include "core/base/status.hpp"
#include "core/semantic/model.hpp"

namespace loupe::semantic {

struct ModelProblems {
  std::vector<Status> problems;  // in the order in which the parser came upon them
  std::optional<Model> rest;     // what is sound; nothing when no model is left
  PointerMap pointers;           // from `rest` to the document
};

// Finds the problems of a document, at most kMaxModelProblems. It parses the document once for each
// and polls the context between. In the simple form (simple_model.hpp) the first problem ends it;
// where there is none, pointers lead into the form that it means.
[[nodiscard]] ModelProblems FindModelProblems(const Json& document, const Context& context);

constexpr std::size_t kMaxModelProblems = 100;

}  // namespace loupe::semantic

#endif  // LOUPE_CORE_SEMANTIC_MODEL_PROBLEMS_HPP
