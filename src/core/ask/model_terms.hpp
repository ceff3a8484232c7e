// ModelTerms: the words of a model, and where they lead.
//
//   entity order_items           order item
//   dimension flights.dep_delay  dep delay, departure delay (abbreviations, the comment's head)
//   measure orders.revenue       revenue, and its title and synonyms
//
// They follow from the model alone, so that whoever keeps a model may keep them.
//
// Tested by test/unit/ask_model_terms_test.cpp and test/unit/ask_read_test.cpp.
#ifndef LOUPE_CORE_ASK_MODEL_TERMS_HPP
#define LOUPE_CORE_ASK_MODEL_TERMS_HPP

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "core/ask/term_index.hpp"
#include "core/semantic/model.hpp"

namespace loupe::ask {

// A number column (or expression) of one entity with all that the model can make of it.
struct Quantity {
  int entity = -1;
  std::string source;         // the column, or "sql:" and the expression
  int dimension = -1;         // the number dimension, or -1
  std::vector<int> measures;  // sum, avg, min and max over it
};

// Plain data that does not refer to the model it was made from.
struct ModelTerms {
  TermIndex index;
  std::vector<Quantity> quantities;
  std::vector<std::string> phrases;  // as people write names, in model order, without repeats

  // What they take, roughly.
  [[nodiscard]] std::size_t bytes() const;
};

// The terms of all that is public.
[[nodiscard]] ModelTerms TermsOf(const semantic::Model& model);

// What the name of a dimension means; adds to `quantities` where a number is none of them yet.
[[nodiscard]] TermMeaning MeaningOfDimension(const semantic::Model& model, int entity, int member,
                                             std::vector<Quantity>* quantities);

}  // namespace loupe::ask

#endif  // LOUPE_CORE_ASK_MODEL_TERMS_HPP
