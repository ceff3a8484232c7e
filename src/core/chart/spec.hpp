// A specification after Parse: plain types for what the grammar names, checked JSON for what is
// only looked up by name (mark, axis, legend, scale and title properties, config).
//
//   {"mark": "bar", "encoding": {"x": {"field": "a"}, "y": {"aggregate": "sum", "field": "b"}}}
//   View{kUnit, UnitView{mark {kBar}, encoding [kX] = field a, [kY] = field b, sum}}
//
// A single view is one case of a tree of views, so that layers, facets and concatenations are added
// as further kinds. Channels index a table; a channel that the spec does not use is kNone.
//
// Tested by test/unit/chart_parse_test.cpp.
#ifndef LOUPE_CORE_CHART_SPEC_HPP
#define LOUPE_CORE_CHART_SPEC_HPP

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/json.hpp"
#include "core/chart/data/time_unit.hpp"

namespace loupe::chart {

enum class MarkKind {
  kArc,
  kArea,
  kBar,
  kCircle,
  kLine,
  kPoint,
  kRect,
  kRule,
  kSquare,
  kText,
  kTick
};

enum class Orient { kNone, kVertical, kHorizontal };

enum class Channel {
  kX,
  kY,
  kX2,
  kY2,
  kXOffset,
  kYOffset,
  kTheta,
  kTheta2,
  kRadius,
  kRadius2,
  kColor,
  kFill,
  kStroke,
  kOpacity,
  kFillOpacity,
  kStrokeOpacity,
  kStrokeWidth,
  kSize,
  kShape,
  kDetail,
  kOrder,
  kText,
  kTooltip,
  kDescription
};
constexpr std::size_t kChannelCount = 24;

enum class DataType { kQuantitative, kTemporal, kOrdinal, kNominal };

enum class Aggregate {
  kCount,
  kValid,
  kMissing,
  kDistinct,
  kSum,
  kProduct,
  kMean,
  kAverage,
  kVariance,
  kVarianceP,
  kStdev,
  kStdevP,
  kStderr,
  kMedian,
  kQ1,
  kQ3,
  kMin,
  kMax
};

enum class StackOffset { kZero, kNormalize, kCenter };

struct BinParams {
  double max_bins = 0;  // 0: the channel's default
  std::optional<double> step;
  std::vector<double> steps;
  double min_step = 0;
  double base = 10;
  std::vector<double> divide = {5, 2};
  std::optional<std::array<double, 2>> extent;
  std::optional<double> anchor;
  bool nice = true;
  bool binned = false;  // the data holds the bins' starts already
};

enum class SortKind { kDefault, kNone, kAscending, kDescending, kList, kField, kChannel };

struct Sort {
  SortKind kind = SortKind::kDefault;
  std::vector<Json> list;              // kList
  std::string field;                   // kField; empty: count
  std::optional<Aggregate> aggregate;  // kField
  Channel channel = Channel::kX;       // kChannel
  bool descending = false;             // kField, kChannel
};

enum class StackKind { kDefault, kNone, kOffset };

enum class DefKind { kNone, kField, kDatum, kValue };

// What one channel is bound to.
struct ChannelDef {
  DefKind kind = DefKind::kNone;
  std::string pointer;  // JSON pointer of the definition
  std::string field;    // kField; empty for a bare count
  Json value;           // kDatum, kValue
  std::optional<DataType> type;
  std::optional<Aggregate> aggregate;
  std::optional<BinParams> bin;
  std::optional<TimeUnitSpec> time_unit;
  Sort sort;
  StackKind stack_kind = StackKind::kDefault;
  StackOffset stack_offset = StackOffset::kZero;
  std::optional<double> band_position;
  std::optional<Json> title;  // string, list of lines, or null for none
  std::string format;         // of text and tooltip channels
  std::string format_type;    // "number", "time" or empty
  Json scale = Json::MakeObject();
  bool has_scale = true;  // false: "scale": null
  Json axis = Json::MakeObject();
  bool has_axis = true;  // false: "axis": null
  Json legend = Json::MakeObject();
  bool has_legend = true;  // false: "legend": null
  bool legend_given = false;

  [[nodiscard]] bool IsField() const { return kind == DefKind::kField; }
  [[nodiscard]] bool IsFieldOrDatum() const { return IsField() || kind == DefKind::kDatum; }
  [[nodiscard]] bool IsDiscrete() const {
    return type && (*type == DataType::kOrdinal || *type == DataType::kNominal);
  }
  // A quantitative field or datum that is not binned: what bars and areas measure.
  [[nodiscard]] bool IsMeasure() const {
    return IsFieldOrDatum() && type == DataType::kQuantitative && !bin;
  }
};

struct MarkDef {
  MarkKind kind = MarkKind::kPoint;
  Json properties = Json::MakeObject();  // as written, "type" left out
};

// A view's width or height: pixels, pixels a step of its discrete scale, or the config's default.
struct SizeDef {
  enum class Kind { kDefault, kPixels, kStep };
  Kind kind = Kind::kDefault;
  double value = 0;
};

struct Encoding {
  // Most channels hold one definition; detail, order and tooltip may hold several.
  std::array<std::vector<ChannelDef>, kChannelCount> channels;

  [[nodiscard]] const ChannelDef* Find(Channel channel) const {
    const auto& defs = channels[static_cast<std::size_t>(channel)];
    return defs.empty() ? nullptr : &defs.front();
  }
  [[nodiscard]] const ChannelDef* FindField(Channel channel) const {
    const ChannelDef* def = Find(channel);
    return def != nullptr && def->IsField() ? def : nullptr;
  }
  [[nodiscard]] std::vector<ChannelDef>& At(Channel channel) {
    return channels[static_cast<std::size_t>(channel)];
  }
  [[nodiscard]] const std::vector<ChannelDef>& At(Channel channel) const {
    return channels[static_cast<std::size_t>(channel)];
  }
};

struct UnitView {
  MarkDef mark;
  Encoding encoding;
  SizeDef width;
  SizeDef height;
  std::vector<Channel> order;      // the channels in the spec's order: titles and labels follow it
  Json view = Json::MakeObject();  // "view": background of the data rectangle
};

enum class ViewKind { kUnit };

struct View {
  ViewKind kind = ViewKind::kUnit;
  UnitView unit;
};

struct Spec {
  View view;
  Json data;  // inline values: an array; null when the rows come from the host
  std::string data_pointer;
  bool has_request = false;  // the rows come from the host
  Json title;                // null, string, list or checked object
  std::string description;
  std::optional<Json> background;                // string or null
  std::optional<std::array<double, 4>> padding;  // left, top, right, bottom
  std::string autosize = "pad";                  // "pad", "fit", "fit-x", "fit-y", "none"
  Json config = Json::MakeObject();
};

[[nodiscard]] std::string_view ChannelName(Channel channel);
[[nodiscard]] std::string_view MarkName(MarkKind kind);
[[nodiscard]] std::string_view AggregateName(Aggregate aggregate);
[[nodiscard]] std::optional<Channel> ParseChannel(std::string_view name);
[[nodiscard]] std::optional<MarkKind> ParseMark(std::string_view name);
[[nodiscard]] std::optional<Aggregate> ParseAggregate(std::string_view name);

}  // namespace loupe::chart

#endif  // LOUPE_CORE_CHART_SPEC_HPP
