// Frame: the rows as the makers of designs see them, with what they ask of the data.
//
// Tested by test/unit/recommend_kind_*_test.cpp.
#ifndef LOUPE_CORE_RECOMMEND_FRAME_HPP
#define LOUPE_CORE_RECOMMEND_FRAME_HPP

#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/context.hpp"
#include "core/base/rowset.hpp"
#include "core/recommend/intent.hpp"
#include "core/recommend/roles.hpp"

namespace loupe::recommend {

// What the rows are: the answer to a query, or raw rows of a relation that nobody aggregated.
enum class RowsAre { kAnswer, kSample };

constexpr std::size_t kMaxSeries = 10;      // colours that a reader tells apart (Tableau 10)
constexpr std::size_t kMaxPanels = 24;      // small multiples that fit a page
constexpr std::size_t kMaxCategories = 50;  // bars that a reader still compares
constexpr std::size_t kMinSample = 20;      // rows from which a summary says more than the rows

class Frame {
 public:
  // Keeps references to `rows` and `context`.
  Frame(const RowSet& rows, RowsAre rows_are, Intents intents, const Context& context);

  std::vector<ColumnRole> columns;     // all, in the order of the result
  std::vector<ColumnRole> times;       // those that may be drawn, by role, in that order
  std::vector<ColumnRole> categories;  // ordinal ones included; of at least two values
  std::vector<ColumnRole> measures;

  [[nodiscard]] const RowSet& rows() const { return rows_; }
  [[nodiscard]] std::size_t size() const { return rows_.rows.size(); }
  [[nodiscard]] const Intents& intents() const { return intents_; }
  [[nodiscard]] bool IsSample() const { return rows_are_ == RowsAre::kSample; }
  [[nodiscard]] bool Wants(Task task) const;
  [[nodiscard]] bool Names(std::string_view kind) const;

  [[nodiscard]] const std::string& NameOf(const ColumnRole& column) const {
    return rows_.columns[column.index].name;
  }
  // The name in double quotes, for a reason.
  [[nodiscard]] std::string Quoted(const ColumnRole& column) const;

  // Tells whether no two rows agree in all of `columns`. Remembers what it found.
  [[nodiscard]] bool AreKeys(const std::vector<const ColumnRole*>& columns) const;

  // The first category from `from` on that has at least `least` and at most `most` values; null
  // when there is none.
  [[nodiscard]] const ColumnRole* CategoryOf(std::size_t from, std::size_t least,
                                             std::size_t most) const;
  // The first measure or time with that hint; null when there is none.
  [[nodiscard]] const ColumnRole* MeasureWith(Hint hint) const;
  [[nodiscard]] const ColumnRole* TimeWith(Hint hint) const;

  // A time, else an ordinal column: what lines follow. Null when there is none.
  [[nodiscard]] const ColumnRole* Sequence() const;

 private:
  const RowSet& rows_;
  RowsAre rows_are_;
  Intents intents_;
  const Context& context_;
  mutable std::map<std::vector<std::size_t>, bool> keys_;
};

// Whether sums of the measure mean something and parts of it may be stacked.
[[nodiscard]] bool AddsUp(const ColumnRole& measure);

// Whether a positive measure spreads over more than three powers of ten.
[[nodiscard]] bool SpreadsWidely(const ColumnRole& measure);

}  // namespace loupe::recommend

#endif  // LOUPE_CORE_RECOMMEND_FRAME_HPP
