// A specification after Parse: plain types for what the grammar names, checked JSON for what is
// only looked up by name (mark, axis, legend, scale and title properties, config).
//
//   {"mark": "bar", "encoding": {"x": {"field": "a"}, "y": {"aggregate": "sum", "field": "b"}}}
//   View{kUnit, UnitView{mark {kBar}, encoding [kX] = field a, [kY] = field b, sum}}
//
// A specification is a tree of views: units, layers of units, facets of one child and
// concatenations. What Vega-Lite calls repetition, composite marks and facet channels has become
// one of these. Channels index a table; a channel that the spec does not use is kNone.
//
// Tested by test/unit/chart_parse_test.cpp.
#ifndef LOUPE_CORE_CHART_SPEC_HPP
#define LOUPE_CORE_CHART_SPEC_HPP

#include <array>
#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/json.hpp"
#include "core/chart/config/locale.hpp"
#include "core/chart/data/predicate.hpp"
#include "core/chart/data/time_unit.hpp"
#include "core/chart/expression/expression.hpp"

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
  kTick,
  kTrail
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
  kAngle,
  kStrokeDash,
  kDetail,
  kOrder,
  kText,
  kTooltip,
  kDescription
};
constexpr std::size_t kChannelCount = 26;

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
  kMax,
  kCi0,
  kCi1,
  kArgmin,
  kArgmax
};
constexpr Aggregate kLastAggregate = Aggregate::kArgmax;

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

// One case of a conditional channel: where the predicate holds, a value, or what the channel's
// field says.
struct ChannelCase {
  Predicate predicate;
  bool by_field = false;
  Json value;
};

// What one channel is bound to.
struct ChannelDef {
  DefKind kind = DefKind::kNone;
  std::string pointer;             // JSON pointer of the definition
  std::string field;               // kField; empty for a bare count
  Json value;                      // kDatum, kValue
  std::vector<ChannelCase> cases;  // the first that holds counts
  std::optional<Json> otherwise;   // kField of a case: the value where no case holds
  std::optional<DataType> type;
  std::optional<Aggregate> aggregate;
  std::optional<BinParams> bin;
  std::optional<TimeUnitSpec> time_unit;
  Sort sort;
  Json impute;            // null, or how missing values are filled in
  std::string arg_field;  // kArgmin, kArgmax: the field whose extreme chooses the row
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

// A property of a mark that each row decides: {"dx": {"expr": "datum.b < 0 ? -5 : 5"}}.
struct RowProperty {
  std::string name;
  Expression expression;
};

struct MarkDef {
  MarkKind kind = MarkKind::kPoint;
  Json properties = Json::MakeObject();  // as written, without "type" and what rows decide
  std::vector<RowProperty> by_row;
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
  std::string pointer;
  MarkDef mark;
  Encoding encoding;
  std::vector<Channel> order;  // the channels in the spec's order: titles and labels follow it
};

// Where the rows of a view come from.
struct DataSource {
  std::string pointer;
  Json values;       // inline: an array
  int request = -1;  // else: which of the host's row sets
  Json parse;        // "format.parse": null, or types by field
};

// Whether the views below share a scale or a guide of a channel.
enum class Sharing { kDefault, kShared, kIndependent };
struct Resolve {
  std::array<Sharing, kChannelCount> scale{};
  std::array<Sharing, kChannelCount> guide{};  // axis or legend
};

// How the views of a facet or concatenation are set into a grid.
struct GridDef {
  std::optional<double> columns;                 // else one row, or as many as there are columns
  std::array<std::optional<double>, 2> spacing;  // between columns, between rows; pixels
  std::array<std::string, 2> align;              // "all", "each", "none" or empty for the default
  std::array<bool, 2> center{};
  bool flush = false;  // "bounds": "flush", by data rectangles; else by all that is drawn
};

// A field that splits a view into cells; null `header`: without titles and labels.
struct FacetDef {
  ChannelDef def;
  Json header = Json::MakeObject();
};

enum class ViewKind { kUnit, kLayer, kFacet, kConcat };

struct View {
  ViewKind kind = ViewKind::kUnit;
  std::string pointer;
  std::string name;                // of Vega's groups: "layer_0", "concat_1", "child", …
  std::optional<DataSource> data;  // else the parent's
  Json transform;                  // null or an array
  std::string transform_pointer;
  Json title;     // null, string, list or checked object
  UnitView unit;  // kUnit
  SizeDef width;  // kUnit, kLayer
  SizeDef height;
  Json background = Json::MakeObject();  // "view" of kUnit, kLayer: look of the data rectangle
  Resolve resolve;
  GridDef grid;                 // kFacet, kConcat
  std::optional<FacetDef> row;  // kFacet: row and column, or wrapped
  std::optional<FacetDef> column;
  std::optional<FacetDef> wrapped;
  std::vector<View> children;

  // Units and layers are drawn in one data rectangle.
  [[nodiscard]] bool IsPlot() const { return kind == ViewKind::kUnit || kind == ViewKind::kLayer; }
};

struct Spec {
  View view;
  std::vector<DataSource> sources;   // lookups name them by {"#source": index}
  Json params = Json::MakeObject();  // values by name
  std::string description;
  std::optional<Json> background;                // string or null
  std::optional<std::array<double, 4>> padding;  // left, top, right, bottom
  std::string autosize = "pad";                  // "pad", "fit", "fit-x", "fit-y", "none"
  bool fit_padding = false;                      // "contains": "padding"
  Json config = Json::MakeObject();              // merged
  Locale locale;                                 // of `config`
};

[[nodiscard]] std::string_view ChannelName(Channel channel);
[[nodiscard]] std::string_view MarkName(MarkKind kind);
[[nodiscard]] std::string_view AggregateName(Aggregate aggregate);
[[nodiscard]] std::optional<Channel> ParseChannel(std::string_view name);
[[nodiscard]] std::optional<MarkKind> ParseMark(std::string_view name);
[[nodiscard]] std::optional<Aggregate> ParseAggregate(std::string_view name);

}  // namespace loupe::chart

#endif  // LOUPE_CORE_CHART_SPEC_HPP
