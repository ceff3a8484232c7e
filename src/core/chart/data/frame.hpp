// Frame: rows as a view gets them, before its channels read fields off them.
//
//   inline values | rows of the host  ─ transforms ─▶  table
//
// Untransformed rows stay where they are; only the columns that channels read are copied.
//
// Tested by test/unit/chart_layout_test.cpp.
#ifndef LOUPE_CORE_CHART_DATA_FRAME_HPP
#define LOUPE_CORE_CHART_DATA_FRAME_HPP

#include <memory>
#include <string>
#include <vector>

#include "core/base/context.hpp"
#include "core/base/rowset.hpp"
#include "core/base/status.hpp"
#include "core/chart/compile.hpp"
#include "core/chart/data/table.hpp"
#include "core/chart/spec.hpp"

namespace loupe::chart {

struct Frame {
  std::string pointer;                 // of the data object, for messages
  const Json* values = nullptr;        // inline: an array
  const RowSet* rows = nullptr;        // of the host
  std::shared_ptr<const Table> table;  // what transforms or types by field have made

  [[nodiscard]] std::size_t RowCount() const {
    if (table != nullptr) return table->row_count;
    return rows != nullptr ? rows->rows.size() : values != nullptr ? values->items().size() : 0;
  }
};

// The frame of a source; `data` holds the host's row sets. Error: kLimitExceeded beyond kMaxRows.
[[nodiscard]] Result<Frame> FrameOf(const DataSource& source, const std::vector<RowSet>& data,
                                    const Context& context);

// All members or columns of the rows, in order of first appearance; values that are no objects make
// a column "data".
[[nodiscard]] Table TableOfFrame(const Frame& frame, const Context& context);

}  // namespace loupe::chart

#endif  // LOUPE_CORE_CHART_DATA_FRAME_HPP
