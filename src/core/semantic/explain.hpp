// Explain: how a measure comes about, as rows of a tree in the order in which a person reads it.
//
//   depth member               kind            expression
//   0     orders.aov           calculated      revenue / count
//   1     orders.revenue       sum             {T}.quantity * {T}.unit_price
//   2                          filter          {T}.status <> 'cancelled'
//   2     orders               entity          shop.orders
//   1     orders.count         count           *
//   2     orders               entity          shop.orders
//
// Kinds: the type of a measure, "dimension", "entity", "filter", "row_filter" (an access rule that
// fits the caller), "rolling_window", "semi_additive", "fill_nulls", "masked". A member that has
// been explained above is named again without its parts.
//
// Tested by test/unit/semantic_explain_test.cpp.
#ifndef LOUPE_CORE_SEMANTIC_EXPLAIN_HPP
#define LOUPE_CORE_SEMANTIC_EXPLAIN_HPP

#include <string>
#include <string_view>
#include <vector>

#include "core/base/status.hpp"
#include "core/semantic/model.hpp"

namespace loupe::semantic {

// Empty texts: nothing to say.
struct ExplainRow {
  int depth = 0;
  std::string member;
  std::string kind;
  std::string type;  // SQL type where it is known, else string, number, boolean or time
  std::string expression;
  std::string description;
};

// Explains the measure "entity.measure". Errors: kSemanticUnknownMember, also for a name that is
// no measure.
[[nodiscard]] Result<std::vector<ExplainRow>> ExplainMeasure(const Model& model,
                                                             std::string_view name);

}  // namespace loupe::semantic

#endif  // LOUPE_CORE_SEMANTIC_EXPLAIN_HPP
