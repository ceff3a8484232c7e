// Positions: where a mark of a row lies along one axis, by Vega-Lite's rules.
//
//   bar, x band, y linear  ->  Span along x: band start and width; along y: scale(value), scale(0)
//
// A Ref is computed once per channel and evaluated per row.
//
// Tested by test/unit/chart_compile_test.cpp and the golden scenes.
#ifndef LOUPE_CORE_CHART_MARK_POSITION_HPP
#define LOUPE_CORE_CHART_MARK_POSITION_HPP

#include <map>
#include <optional>
#include <vector>

#include "core/chart/data/prepare.hpp"
#include "core/chart/normalize.hpp"
#include "core/chart/scale/build.hpp"

namespace loupe::chart {

// Which case of each conditional channel holds in each row; -1: none.
struct CaseTable {
  std::map<const ChannelDef*, std::vector<int>> chosen;
};

// What all encoders of one view read.
struct MarkContext {
  const NormalView& view;
  const Dataset& data;
  const ScaleSet& scales;
  const Json& config;
  const Json& params;  // values of the chart's parameters by name
  const Locale& locale;
  bool describes = true;  // CompileOptions::describes
  const CaseTable* cases = nullptr;
};

// A position as a function of the row: constant, or scaled from one or two columns.
struct Ref {
  double constant = 0;
  const Scale* scale = nullptr;  // null: `constant`
  int column = -1;               // -1: `datum`
  int end_column = -1;           // with `fraction`: between column and end_column
  double fraction = 0;
  Json datum;
  double offset = 0;                    // pixels
  std::optional<double> invalid;        // pixels where the value is no number
  const Scale* offset_scale = nullptr;  // position inside a band
  int offset_column = -1;
  double offset_band = 0;  // part of the inner band

  [[nodiscard]] double At(const Table& table, std::size_t row) const;
};

// Two edges, or a centre and a size.
struct Span {
  Ref first;
  Ref second;
  bool centered = false;       // `first` is the centre
  std::optional<double> size;  // pixels; else the distance of first and second
  int size_column = -1;        // sizes scaled from data
  const Scale* size_scale = nullptr;
  double min_size = 0;

  struct Edges {
    double low = 0;
    double high = 0;
  };
  [[nodiscard]] Edges At(const Table& table, std::size_t row) const;
};

enum class DefaultPosition { kMiddle, kZeroOrLow, kZeroOrHigh, kOrigin };

// The point of a mark; a band's middle, a bin's middle, a pile's end or, for text around a centre,
// the middle of its part of the pile.
[[nodiscard]] Ref PointRef(const MarkContext& context, Channel channel, DefaultPosition fallback);
// The other edge of a ranged mark: its second channel, the pile's start, or zero.
[[nodiscard]] Ref SecondRef(const MarkContext& context, Channel channel, DefaultPosition fallback);
// The extent of bars, rects and ticks.
[[nodiscard]] Span RectSpan(const MarkContext& context, Channel channel);

}  // namespace loupe::chart

#endif  // LOUPE_CORE_CHART_MARK_POSITION_HPP
