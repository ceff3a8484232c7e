#include "core/recommend/recommend.hpp"

#include <algorithm>
#include <utility>

#include "core/recommend/field_text.hpp"
#include "core/recommend/roles.hpp"

namespace loupe::recommend {
namespace {

constexpr std::size_t kMaxSeries = 10;      // colours that a reader tells apart (Tableau 10)
constexpr std::size_t kMaxCategories = 50;  // bars that a reader still compares
constexpr std::size_t kMaxUpright = 8;      // bars whose names fit side by side
constexpr int kMaxUprightLabel = 12;        // cells of a name that fits below its bar
constexpr int kLabelPixels = 7;             // of one cell of a label
constexpr int kMinStep = 32;                // pixels of one upright bar with its gap
constexpr int kLineWidth = 480;             // pixels: time reads better in a wide picture

constexpr const char* kPosition =
    "Position on a common scale is read more accurately than length, angle or colour "
    "(Cleveland & McGill 1984).";

// The columns that may be drawn, by role, in the order of the result.
struct Columns {
  std::vector<ColumnRole> times;
  std::vector<ColumnRole> categories;  // ordinal ones included
  std::vector<ColumnRole> measures;
};

Columns Sort(const RowSet& rows) {
  Columns columns;
  for (const ColumnRole& column : RolesOf(rows)) {
    if (column.role == Role::kTime) columns.times.push_back(column);
    if (column.role == Role::kMeasure) columns.measures.push_back(column);
    const bool is_category = column.role == Role::kCategory || column.role == Role::kOrdinal;
    if (is_category && column.distinct >= 2) columns.categories.push_back(column);
  }
  return columns;
}

// The first category that may colour series; null when there is none.
const ColumnRole* SeriesOf(const Columns& columns, std::size_t from) {
  for (std::size_t i = from; i < columns.categories.size(); ++i) {
    if (columns.categories[i].distinct <= kMaxSeries) return &columns.categories[i];
  }
  return nullptr;
}

class SpecWriter {
 public:
  SpecWriter(const RowSet& rows, std::string_view title) : rows_(rows), title_(title) {}

  void Encode(std::string_view channel, const ColumnRole& column, const char* type) {
    const std::string& name = rows_.columns[column.index].name;
    Json def =
        Json::Of({{"field", EscapedField(name)}, {"type", type}, {"title", ReadableTitle(name)}});
    if (column.role == Role::kTime) {
      if (std::string unit = TimeUnitOf(name); !unit.empty()) def.Set("timeUnit", unit);
    }
    encoding_.Set(channel, std::move(def));
  }
  void Category(std::string_view channel, const ColumnRole& column) {
    Encode(channel, column, column.role == Role::kOrdinal ? "ordinal" : "nominal");
  }
  void Amend(std::string_view channel, std::string_view property, Json value) {
    encoding_.Find(channel)->Set(property, std::move(value));
  }
  void Size(std::string_view side, Json value) { sizes_.emplace_back(side, std::move(value)); }

  [[nodiscard]] Recommendation Finish(const char* mark, const char* kind,
                                      std::vector<std::string> reasons) && {
    Json spec = Json::Of({{"$schema", "https://vega.github.io/schema/vega-lite/v6.json"}});
    if (!title_.empty()) spec.Set("title", title_);
    for (auto& [side, value] : sizes_) spec.Set(side, std::move(value));
    spec.Set("mark", mark);
    spec.Set("encoding", std::move(encoding_));
    return {std::move(spec), kind, std::move(reasons)};
  }

 private:
  const RowSet& rows_;
  std::string title_;
  Json encoding_ = Json::MakeObject();
  std::vector<std::pair<std::string, Json>> sizes_;
};

// Name of a column in a reason.
std::string Quoted(const RowSet& rows, const ColumnRole& column) {
  return "\"" + rows.columns[column.index].name + "\"";
}

std::optional<Recommendation> OverTime(const RowSet& rows, const Columns& columns,
                                       SpecWriter writer) {
  const ColumnRole& time = columns.times[0];
  const ColumnRole& measure = columns.measures[0];
  writer.Size("width", kLineWidth);
  writer.Encode("x", time, "temporal");
  writer.Encode("y", measure, "quantitative");
  const std::string change = Quoted(rows, measure) + " over the time " + Quoted(rows, time);
  if (AreKeys(rows, {time.index})) {
    return std::move(writer).Finish(
        "line", "line",
        {"A line shows the change of " + change + ": joined positions show slope (Mackinlay 1986).",
         kPosition});
  }
  const ColumnRole* series = SeriesOf(columns, 0);
  if (series != nullptr && AreKeys(rows, {time.index, series->index})) {
    writer.Category("color", *series);
    return std::move(writer).Finish(
        "line", "multi-line",
        {"A line for each " + Quoted(rows, *series) + " shows the change of " + change +
             ": joined positions show slope (Mackinlay 1986).",
         "Colour tells apart at most " + std::to_string(kMaxSeries) +
             " series; hue ranks second to position for names (Mackinlay 1986)."});
  }
  if (!columns.categories.empty()) return std::nullopt;
  return std::move(writer).Finish("point", "point",
                                  {"Points show each value of " + change +
                                       ": several rows share a time, so that a line would "
                                       "join what does not follow.",
                                   kPosition});
}

bool IsUpright(const ColumnRole& category) {
  return category.role == Role::kOrdinal ||
         (category.distinct <= kMaxUpright && category.longest <= kMaxUprightLabel);
}

// A bar each category; ordinal categories keep their order, others are sorted by value.
Recommendation Bars(const RowSet& rows, const ColumnRole& category, const ColumnRole& measure,
                    SpecWriter writer) {
  const bool upright = IsUpright(category);
  const std::string_view base = upright ? "x" : "y";
  const std::string_view length = upright ? "y" : "x";
  writer.Category(base, category);
  writer.Encode(length, measure, "quantitative");
  std::vector<std::string> reasons = {
      "Bars compare " + Quoted(rows, measure) + " of each " + Quoted(rows, category) +
      " by position on a common scale, the most accurate encoding (Mackinlay 1986; "
      "Cleveland & McGill 1984)."};
  if (category.role == Role::kCategory) {
    writer.Amend(base, "sort", upright ? "-y" : "-x");
    reasons.emplace_back("The largest comes first: neighbours are compared best.");
  } else {
    reasons.emplace_back("The values keep their own order.");
  }
  if (!upright) {
    reasons.emplace_back("The bars lie, so that long or many names read without turning.");
    return std::move(writer).Finish("bar", "horizontal-bar", std::move(reasons));
  }
  writer.Amend(base, "axis", Json::Of({{"labelAngle", 0}}));
  writer.Size("width", Json::Of({{"step", std::max(kMinStep, category.longest * kLabelPixels)}}));
  return std::move(writer).Finish("bar", "bar", std::move(reasons));
}

// Bars side by side for two categories that together tell the rows apart.
std::optional<Recommendation> GroupedBars(const RowSet& rows, const Columns& columns,
                                          SpecWriter writer) {
  const ColumnRole& category = columns.categories[0];
  const ColumnRole* series = SeriesOf(columns, 1);
  if (series == nullptr || category.distinct > kMaxSeries) return std::nullopt;
  if (!AreKeys(rows, {category.index, series->index})) return std::nullopt;
  writer.Category("x", category);
  writer.Encode("y", columns.measures[0], "quantitative");
  writer.Category("xOffset", *series);
  writer.Category("color", *series);
  return std::move(writer).Finish(
      "bar", "grouped-bar",
      {"Bars side by side compare " + Quoted(rows, columns.measures[0]) + " of each " +
           Quoted(rows, category) + " and " + Quoted(rows, *series) + ".",
       "They share one baseline, which stacked bars do not; " + std::string(kPosition)});
}

std::optional<Recommendation> ByCategory(const RowSet& rows, const Columns& columns,
                                         const SpecWriter& writer) {
  const ColumnRole& category = columns.categories[0];
  if (category.distinct > kMaxCategories) return std::nullopt;
  if (AreKeys(rows, {category.index})) {
    return Bars(rows, category, columns.measures[0], writer);
  }
  return GroupedBars(rows, columns, writer);
}

std::optional<Recommendation> Scatter(const RowSet& rows, const Columns& columns,
                                      SpecWriter writer) {
  if (columns.measures.size() < 2) return std::nullopt;
  const ColumnRole& x = columns.measures[0];
  const ColumnRole& y = columns.measures[1];
  writer.Encode("x", x, "quantitative");
  writer.Encode("y", y, "quantitative");
  return std::move(writer).Finish(
      "point", "point",
      {"Points show how " + Quoted(rows, y) + " goes with " + Quoted(rows, x) +
           ": two positions for two measures (Mackinlay 1986).",
       kPosition});
}

}  // namespace

std::optional<Recommendation> Recommend(const RowSet& rows, std::string_view title) {
  if (rows.rows.size() < 2) return std::nullopt;
  const Columns columns = Sort(rows);
  if (columns.measures.empty()) return std::nullopt;
  const SpecWriter writer(rows, title);
  if (!columns.times.empty()) return OverTime(rows, columns, writer);
  if (!columns.categories.empty()) {
    if (auto chosen = ByCategory(rows, columns, writer)) return chosen;
  }
  return Scatter(rows, columns, writer);
}

Json WithInlineData(Json spec, const RowSet& rows) {
  spec.Set("data", Json::Of({{"values", RowsToJson(rows)}}));
  return spec;
}

}  // namespace loupe::recommend
