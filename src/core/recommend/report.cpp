#include "core/recommend/report.hpp"

#include <algorithm>
#include <cstdint>

namespace loupe::recommend {
namespace {

constexpr double kHundred = 100;

Json Count(std::size_t count) { return Json(static_cast<std::int64_t>(count)); }

Json TasksOf(const Intents& intents) {
  Json tasks = Json::MakeArray();
  for (const Task task : intents.tasks) tasks.Append(TaskName(task));
  return tasks;
}

Json ColumnsOf(const Recommendation& design, const Ranking& ranking, const RowSet& rows) {
  Json columns = Json::MakeArray();
  for (const ColumnRole& column : ranking.columns) {
    Json entry = Json::Of({{"name", rows.columns[column.index].name},
                           {"role", RoleName(column.role)},
                           {"distinct", Count(column.distinct)}});
    Json channels = Json::MakeArray();
    for (const auto& [index, channel] : design.shown) {
      if (index == column.index) channels.Append(channel);
    }
    if (!channels.items().empty()) entry.Set("channels", std::move(channels));
    columns.Append(std::move(entry));
  }
  return columns;
}

Json RulesOf(const Recommendation& design) {
  Json rules = Json::MakeArray();
  for (const Reason& reason : design.reasons) {
    const RuleText& text = TextOf(reason.rule);
    rules.Append(Json::Of({{"rule", text.name},
                           {"source", text.source},
                           {"points", reason.points / kHundred},
                           {"states", text.states},
                           {"why", reason.why}}));
  }
  return rules;
}

Json AlternativesOf(const Ranking& ranking) {
  Json alternatives = Json::MakeArray();
  const std::size_t count = std::min(ranking.designs.size(), kMaxAlternatives + 1);
  for (std::size_t i = 1; i < count; ++i) {
    const Recommendation& design = ranking.designs[i];
    Json spec = Json::MakeObject();
    for (const Json::Member& member : design.spec.members()) {
      if (member.name != "$schema" && member.name != "title") spec.Set(member.name, member.value);
    }
    alternatives.Append(Json::Of({{"kind", design.kind},
                                  {"score", design.score / kHundred},
                                  {"why", DecidingReason(design)},
                                  {"spec", std::move(spec)}}));
  }
  return alternatives;
}

}  // namespace

std::string DecidingReason(const Recommendation& design) {
  const auto deciding =
      std::max_element(design.reasons.begin(), design.reasons.end(),
                       [](const Reason& a, const Reason& b) { return a.points < b.points; });
  if (deciding == design.reasons.end()) return "";
  return deciding->why + " (" + TextOf(deciding->rule).source + ")";
}

Json WithReport(const Recommendation& design, const Ranking& ranking, const RowSet& rows) {
  Json report = Json::Of({{"kind", design.kind},
                          {"score", design.score / kHundred},
                          {"rows", Count(ranking.rows)},
                          {"sampled", ranking.rows_are == RowsAre::kSample},
                          {"tasks", TasksOf(ranking.intents)},
                          {"columns", ColumnsOf(design, ranking, rows)},
                          {"rules", RulesOf(design)}});
  const bool is_best = !ranking.designs.empty() && ranking.designs[0].kind == design.kind;
  if (is_best) report.Set("alternatives", AlternativesOf(ranking));
  Json spec = design.spec;
  spec.Set("usermeta", Json::Of({{"loupe", std::move(report)}}));
  return spec;
}

}  // namespace loupe::recommend
