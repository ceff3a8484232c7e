// Intent: what a question wants to see, from its words.
//
//   "revenue over time"                 trend
//   "what share of orders is paid"      share
//   "top 5 products", "rank"            ranking
//   "as a pie chart"                    names the kind "pie"
//
// Words are matched whole, ASCII letters folded; a phrase matches as consecutive words. English
// only: a question in other words chooses as none does.
//
// Tested by test/unit/recommend_intent_test.cpp.
#ifndef LOUPE_CORE_RECOMMEND_INTENT_HPP
#define LOUPE_CORE_RECOMMEND_INTENT_HPP

#include <string>
#include <string_view>
#include <vector>

namespace loupe::recommend {

enum class Task {
  kTrend,
  kCompare,
  kShare,
  kDistribution,
  kCorrelation,
  kRanking,
  kChange,
  kDeviation,
  kRange,
  kTotal,
};

// "trend" … "total".
[[nodiscard]] const char* TaskName(Task task);

struct Intents {
  std::vector<Task> tasks;         // in the order of the enumeration, each once
  std::vector<std::string> kinds;  // of charts that the question names, in order of its table
};

// Reads the first kMaxQuestionBytes of the question.
constexpr std::size_t kMaxQuestionBytes = 4096;
[[nodiscard]] Intents IntentsOf(std::string_view question);

}  // namespace loupe::recommend

#endif  // LOUPE_CORE_RECOMMEND_INTENT_HPP
