// Stacking: each row of a pile starts where the row before it ends.
//
//   pile A: 3 (c=x), 2 (c=y)  ->  zero [0,3] [3,5]   normalize [0,.6] [.6,1]   center shifts the
//   pile
//
// Negative values pile downwards from zero. Tested by test/unit/chart_stack_test.cpp.
#ifndef LOUPE_CORE_CHART_DATA_STACK_HPP
#define LOUPE_CORE_CHART_DATA_STACK_HPP

#include <string>
#include <string_view>
#include <vector>

#include "core/base/context.hpp"
#include "core/base/status.hpp"
#include "core/chart/data/table.hpp"
#include "core/chart/spec.hpp"

namespace loupe::chart {

// Columns that StackTable adds.
constexpr std::string_view kStackStart = "stack start";
constexpr std::string_view kStackEnd = "stack end";

struct StackSort {
  std::string column;
  bool descending = false;
};

struct StackPlan {
  std::string measure;                // column of heights
  std::vector<std::string> group_by;  // columns that name the pile
  std::vector<StackSort> sort;        // order within a pile, before the rows' own order
  StackOffset offset = StackOffset::kZero;
  std::vector<std::string> cells;  // columns that name the facets' cells
};

void StackTable(const StackPlan& plan, const Context& context, Table* table);

struct ImputePlan {
  std::string measure;              // gets the height 0
  std::string key;                  // column of the piles
  std::vector<std::string> layers;  // columns that tell layers apart
  std::vector<std::string> cells;   // columns that name the facets' cells
};

// Adds, in each cell, a row of height 0 for each pair of a value of the key and a combination of
// the layers that has none, so that areas have a corner there. Error: kLimitExceeded beyond
// kMaxMarks rows.
[[nodiscard]] Status ImputeZeros(const ImputePlan& plan, const Context& context, Table* table);

}  // namespace loupe::chart

#endif  // LOUPE_CORE_CHART_DATA_STACK_HPP
