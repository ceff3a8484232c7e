// Lines: what changes along a sequence.
#include <algorithm>

#include "core/recommend/encoding_parts.hpp"
#include "core/recommend/field_text.hpp"
#include "core/recommend/kind.hpp"

namespace loupe::recommend {
namespace {

constexpr int kLineWidth = 480;      // pixels: time reads better in a wide picture
constexpr int kPanelHeight = 120;    // pixels of one of several panels
constexpr int kMultipleWidth = 160;  // pixels of a small multiple
constexpr int kMultipleHeight = 100;
constexpr int kMultipleColumns = 4;
constexpr std::size_t kManySteps = 8;      // calendar numbers that bars no longer suit
constexpr std::size_t kMaxLinePanels = 4;  // lines below each other
constexpr int kForOrdinal = 50;            // points of a line along calendar numbers
constexpr int kForTime = 60;

Json Pointed() { return Json::Of({{"type", "line"}, {"point", true}}); }

// What a line follows: times always; calendar numbers fit bars better unless they are many years.
void ArgueForJoining(const Frame& frame, const ColumnRole& along, const std::string& change,
                     Design* line) {
  const bool is_time = along.role == Role::kTime;
  line->Because(
      Rule::kConnection, is_time ? kForTime : kForOrdinal,
      change + " changes along " + frame.Quoted(along) + ": joined positions show the slope.");
  if (is_time || along.distinct <= kManySteps) return;
  const std::string_view name = frame.NameOf(along);
  if (name.size() >= 4 && ReadableTitle(name.substr(name.size() - 4)) == "Year") {
    line->Because(Rule::kConnection, 12, "The years are many and follow each other.");
  }
}

// The series of rows that one moment alone does not tell apart; null when there is none.
const ColumnRole* SeriesOf(const Frame& frame, const ColumnRole& along, std::size_t least,
                           std::size_t most) {
  if (frame.AreKeys({&along})) return nullptr;
  for (const ColumnRole& series : frame.categories) {
    if (series.index == along.index || series.distinct < least || series.distinct > most) continue;
    if (frame.AreKeys({&series})) continue;
    if (frame.AreKeys({&along, &series})) return &series;
  }
  return nullptr;
}

}  // namespace

MaybeDesign Line(const Frame& frame) {
  const ColumnRole* along = frame.Sequence();
  if (along == nullptr || frame.measures.empty() || along->distinct < 2) return std::nullopt;
  if (!frame.AreKeys({along})) return std::nullopt;
  const ColumnRole& measure = frame.measures[0];
  Design line(frame, "line");
  line.Set("width", kLineWidth);
  line.Set("mark", "line");
  line.Put("x", *along);
  line.Put("y", measure);
  ArgueForJoining(frame, *along, frame.Quoted(measure), &line);
  line.Because(Rule::kPosition, 20,
               "Position on a common scale is read more accurately than length, angle or colour.");
  return line;
}

MaybeDesign MultiLine(const Frame& frame) {
  const ColumnRole* along = frame.Sequence();
  if (along == nullptr || frame.measures.empty()) return std::nullopt;
  const ColumnRole* series = SeriesOf(frame, *along, 2, kMaxSeries);
  if (series == nullptr) return std::nullopt;
  const ColumnRole& measure = frame.measures[0];
  Design lines(frame, "multi-line");
  lines.Set("width", kLineWidth);
  lines.Set("mark", "line");
  lines.Put("x", *along);
  lines.Put("y", measure);
  lines.Put("color", *series);
  ArgueForJoining(frame, *along, frame.Quoted(measure) + " of each " + frame.Quoted(*series),
                  &lines);
  lines.Because(Rule::kHueForNames, 20,
                "Colour tells apart the " + std::to_string(series->distinct) + " values of " +
                    frame.Quoted(*series) + "; at most " + std::to_string(kMaxSeries) + " fit.");
  return lines;
}

MaybeDesign LinePanels(const Frame& frame) {
  if (frame.times.empty() || frame.measures.size() < 2) return std::nullopt;
  const ColumnRole& time = frame.times[0];
  if (!frame.AreKeys({&time}) || time.distinct < 2) return std::nullopt;
  Design panels(frame, "line-panels");
  Json list = Json::MakeArray();
  panels.Show("x", time);
  const std::size_t count = std::min(frame.measures.size(), kMaxLinePanels);
  for (std::size_t i = 0; i < count; ++i) {
    panels.Show("y", frame.measures[i]);
    list.Append(Json::Of(
        {{"width", kLineWidth},
         {"height", kPanelHeight},
         {"mark", "line"},
         {"encoding", Json::Of({{"x", FieldOf(frame, time, "temporal")},
                                {"y", FieldOf(frame, frame.measures[i], "quantitative")}})}}));
  }
  panels.Set("vconcat", std::move(list));
  panels.Because(
      Rule::kConnection, kForTime,
      "Each number changes along " + frame.Quoted(time) + ": joined positions show the slope.");
  panels.Because(Rule::kExpressAll, 20,
                 "A panel each shows " + std::to_string(count) + " numbers on their own scales.");
  panels.Because(Rule::kPlainness, -10, "Several panels are harder to take in than one.");
  return panels;
}

MaybeDesign SmallMultiples(const Frame& frame) {
  const ColumnRole* along = frame.Sequence();
  if (along == nullptr || frame.measures.empty()) return std::nullopt;
  const ColumnRole* series = SeriesOf(frame, *along, 2, kMaxPanels);
  if (series == nullptr) return std::nullopt;
  Design panels(frame, "small-multiples");
  panels.Set("width", kMultipleWidth);
  panels.Set("height", kMultipleHeight);
  panels.Set("mark", "line");
  panels.Put("x", *along);
  panels.Put("y", frame.measures[0]);
  panels.Put("facet", *series).Set("columns", kMultipleColumns);
  ArgueForJoining(frame, *along, frame.Quoted(frame.measures[0]), &panels);
  const std::string count = std::to_string(series->distinct);
  if (series->distinct > kMaxSeries) {
    panels.Because(Rule::kSmallMultiples, 15,
                   count + " series are more than colours tell apart; each has its panel.");
  } else {
    panels.Because(Rule::kSmallMultiples, 5, "Each of " + count + " series has its panel.");
  }
  panels.Because(Rule::kPlainness, -5, "Several panels are harder to take in than one.");
  return panels;
}

MaybeDesign AggregatedLine(const Frame& frame) {
  if (frame.times.empty() || frame.size() < kMinSample) return std::nullopt;
  const ColumnRole& time = frame.times[0];
  if (!frame.measures.empty() && frame.AreKeys({&time}) && !frame.IsSample()) return std::nullopt;
  const std::optional<Span> span = SpanOf(frame, time);
  if (!span) return std::nullopt;
  Design line(frame, "aggregated-line");
  line.Set("width", kLineWidth);
  line.Set("mark", "line");
  Json& x = line.Put("x", time);
  if (x.Find("timeUnit") == nullptr) x.Set("timeUnit", StepOf(*span));
  std::string what = "the number of rows";
  if (frame.measures.empty()) {
    line.PutDefinition("y", CountDefinition());
  } else {
    const ColumnRole& measure = frame.measures[0];
    const std::string summary = SummaryOf(frame, measure);
    line.Show("y", measure);
    line.PutDefinition("y", AggregateOf(frame, measure, summary));
    what = "the " + summary + " of " + frame.Quoted(measure);
  }
  line.Because(
      Rule::kSummary, 35,
      "Rows that share a step of " + frame.Quoted(time) + " are summarized by " + what + ".");
  line.Because(Rule::kConnection, 20, "Joined positions show how it changes.");
  return line;
}

MaybeDesign Slope(const Frame& frame) {
  const ColumnRole* along = frame.Sequence();
  if (along == nullptr || frame.measures.empty() || along->distinct != 2) return std::nullopt;
  const ColumnRole* series = SeriesOf(frame, *along, 2, kMaxSeries);
  if (series == nullptr) return std::nullopt;
  const ColumnRole& measure = frame.measures[0];
  Design slope(frame, "slope");
  slope.Set("width", Json::Of({{"step", kMultipleWidth}}));
  slope.Set("mark", Pointed());
  Json& x = slope.Put("x", *along, "ordinal");
  if (along->role == Role::kTime && x.Find("timeUnit") == nullptr) {
    const std::optional<Span> span = SpanOf(frame, *along);
    if (span) x.Set("timeUnit", span->is_monthly ? "yearmonth" : "yearmonthdate");
  }
  x.Set("axis", Json::Of({{"labelAngle", 0}}));
  slope.Put("y", measure);
  slope.Put("color", *series);
  slope.Because(Rule::kTwoMoments, 65,
                frame.Quoted(*along) + " has two moments: a slope for each " +
                    frame.Quoted(*series) + " shows the change of " + frame.Quoted(measure) + ".");
  slope.Because(Rule::kHueForNames, along->role == Role::kTime ? 20 : 5,
                "Colour tells apart the values of " + frame.Quoted(*series) + ".");
  return slope;
}

MaybeDesign Bump(const Frame& frame) {
  const ColumnRole* along = frame.Sequence();
  const ColumnRole* rank = frame.MeasureWith(Hint::kRank);
  if (along == nullptr || rank == nullptr || rank->least < 1) return std::nullopt;
  const ColumnRole* series = SeriesOf(frame, *along, 2, kMaxSeries);
  if (series == nullptr) return std::nullopt;
  Design bump(frame, "bump");
  bump.Set("width", kLineWidth);
  bump.Set("mark", Pointed());
  bump.Put("x", *along);
  bump.Put("y", *rank).Set("scale", Json::Of({{"reverse", true}, {"zero", false}}));
  bump.Put("color", *series);
  bump.Because(Rule::kRankOrder, 70,
               frame.Quoted(*rank) +
                   " is a rank: the first is on top, and crossing lines show "
                   "who passes whom.");
  bump.Because(Rule::kHueForNames, 20,
               "Colour tells apart the values of " + frame.Quoted(*series) + ".");
  return bump;
}

}  // namespace loupe::recommend
