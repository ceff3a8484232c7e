// Data: from rows to the table whose rows become marks.
//
//   source ─ bin, time unit ─▶ raw ─ aggregate ─▶ ─ impute, stack ─▶ main
//
// Columns carry the keys of key.hpp. The raw table is kept: sorting a domain by a field reads it.
// Facets around a view are columns that name the cells.
//
// Tested by test/unit/chart_compile_test.cpp and the golden scenes.
#ifndef LOUPE_CORE_CHART_DATA_PREPARE_HPP
#define LOUPE_CORE_CHART_DATA_PREPARE_HPP

#include <map>
#include <string>
#include <vector>

#include "core/base/context.hpp"
#include "core/chart/compile.hpp"
#include "core/chart/data/bin.hpp"
#include "core/chart/data/frame.hpp"
#include "core/chart/data/table.hpp"
#include "core/chart/normalize.hpp"

namespace loupe::chart {

struct Dataset {
  Table main;
  std::map<std::string, Bins> bins;  // by column key
  std::vector<std::string> cells;    // keys of the columns that name the facets' cells
  // Columns of `main` by the names that Vega-Lite gives them, for the predicates of conditions.
  std::map<std::string, int> names;

  // The rows that domains are made of, where they are others than those of the marks.
  [[nodiscard]] const Table& domain() const { return has_domain ? domain_table : main; }
  Table domain_table;
  bool has_domain = false;

  // The rows before they were aggregated or stacked.
  [[nodiscard]] const Table& raw() const { return has_raw ? raw_table : main; }
  Table raw_table;
  bool has_raw = false;
};

// Reads the fields of the view's channels and of the facets around it off `frame`. The rows of all
// cells are prepared together, each by itself: bins are those of all rows, piles those of a cell.
// Error: kLimitExceeded beyond kMaxMarks rows.
[[nodiscard]] Result<Dataset> PrepareData(const NormalView& view,
                                          const std::vector<ChannelDef>& facets, const Frame& frame,
                                          const Context& context, std::vector<Warning>* warnings);

// The part of `data` in one cell of the facets whose columns are `keys`, one value for each. Keys
// that the data have not do not split them.
[[nodiscard]] Dataset CellOf(const Dataset& data, const std::vector<std::string>& keys,
                             const std::vector<Json>& cell, const Context& context);

// The column in which rows that were transformed a cell at a time keep the facet's column `key`.
[[nodiscard]] std::string CellColumn(const std::string& key);

// Some rows of a table.
[[nodiscard]] Table SubsetOf(const Table& table, const std::vector<std::size_t>& rows,
                             const Context& context);

}  // namespace loupe::chart

#endif  // LOUPE_CORE_CHART_DATA_PREPARE_HPP
