#include "core/recommend/recommend.hpp"

#include <algorithm>

#include "core/recommend/kind.hpp"

namespace loupe::recommend {
namespace {

constexpr int kForTask = 15;
constexpr int kForName = 60;
constexpr int kForOverview = 20;
constexpr int kPerColumnLeftOut = 5;
constexpr int kMostForLeftOut = 15;

bool IsDrawable(const Frame& frame, const ColumnRole& column) {
  if (column.role == Role::kOrdinal) return column.distinct >= 2;
  return column.role != Role::kNone && frame.size() > 0;
}

bool IsShown(const Design& design, const ColumnRole& column) {
  return std::any_of(design.shown().begin(), design.shown().end(),
                     [&](const auto& shown) { return shown.first == column.index; });
}

void JudgeFacts(const Frame& frame, Design* design) {
  std::string left_out;
  int count = 0;
  for (const ColumnRole& column : frame.columns) {
    if (!IsDrawable(frame, column) || IsShown(*design, column)) continue;
    if (count++ > 0) left_out += ", ";
    left_out += frame.Quoted(column);
  }
  if (count == 0) return;
  design->Because(Rule::kLeavesOut, -std::min(count * kPerColumnLeftOut, kMostForLeftOut),
                  "It does not show " + left_out + ".");
}

void JudgeQuestion(const Frame& frame, const Kind& kind, Design* design) {
  for (const Task task : kind.tasks) {
    if (!frame.Wants(task)) continue;
    design->Because(Rule::kTask, kForTask,
                    "The question is about " + std::string(TaskName(task)) + ", which it serves.");
    break;
  }
  if (frame.Names(kind.name)) {
    design->Because(Rule::kNamed, kForName, "The question asks for this kind of chart.");
  }
}

// What every design is judged by, whoever made it.
void Judge(const Frame& frame, const Kind& kind, Design* design) {
  JudgeFacts(frame, design);
  JudgeQuestion(frame, kind, design);
  if (frame.IsSample() && kind.draws == Draws::kSummary) {
    design->Because(Rule::kOverview, kForOverview,
                    "The rows are raw: their summary is shown first.");
  }
}

}  // namespace

const Recommendation* Ranking::Best() const {
  return designs.empty() || designs[0].score < kLeastScore ? nullptr : &designs[0];
}

Ranking RankCharts(const RowSet& rows, const Request& request, const Context& context) {
  const Frame frame(rows, request.rows_are, IntentsOf(request.question), context);
  Ranking ranking;
  ranking.columns = frame.columns;
  ranking.intents = frame.intents();
  ranking.rows_are = request.rows_are;
  ranking.rows = frame.size();
  for (const Kind& kind : Kinds()) {
    context.Poll();
    MaybeDesign design = kind.make(frame);
    if (!design) continue;
    Judge(frame, kind, &*design);
    if (design->Score() == 0) continue;
    ranking.designs.push_back({design->Spec(request.title), design->kind(), design->Score(),
                               design->reasons(), design->shown()});
  }
  std::stable_sort(
      ranking.designs.begin(), ranking.designs.end(),
      [](const Recommendation& a, const Recommendation& b) { return a.score > b.score; });
  return ranking;
}

std::optional<Recommendation> Recommend(const RowSet& rows, const Request& request,
                                        const Context& context) {
  const Ranking ranking = RankCharts(rows, request, context);
  const Recommendation* best = ranking.Best();
  return best == nullptr ? std::nullopt : std::optional<Recommendation>(*best);
}

Json WithInlineData(Json spec, const RowSet& rows) {
  spec.Set("data", Json::Of({{"values", RowsToJson(rows)}}));
  return spec;
}

}  // namespace loupe::recommend
