// Data: from rows to the table whose rows become marks.
//
//   source ─ bin, time unit ─▶ raw ─ aggregate ─▶ ─ impute, stack ─▶ main
//
// Columns carry the keys of key.hpp. The raw table is kept: sorting a domain by a field reads it.
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
#include "core/chart/data/table.hpp"
#include "core/chart/normalize.hpp"

namespace loupe::chart {

struct Dataset {
  Table raw;
  Table main;
  std::map<std::string, Bins> bins;  // by column key
};

// `rows` is null when the spec holds its data.
[[nodiscard]] Result<Dataset> PrepareData(const Spec& spec, const NormalView& view,
                                          const RowSet* rows, const Context& context,
                                          std::vector<Warning>* warnings);

}  // namespace loupe::chart

#endif  // LOUPE_CORE_CHART_DATA_PREPARE_HPP
