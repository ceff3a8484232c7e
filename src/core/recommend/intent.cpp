#include "core/recommend/intent.hpp"

#include <algorithm>
#include <iterator>

#include "core/base/utf8.hpp"

namespace loupe::recommend {
namespace {

struct TaskPhrase {
  std::string_view phrase;
  Task task;
};

constexpr TaskPhrase kTaskPhrases[] = {
    {"trend", Task::kTrend},
    {"trends", Task::kTrend},
    {"over time", Task::kTrend},
    {"timeline", Task::kTrend},
    {"evolution", Task::kTrend},
    {"development", Task::kTrend},
    {"history", Task::kTrend},
    {"compare", Task::kCompare},
    {"compared", Task::kCompare},
    {"comparison", Task::kCompare},
    {"versus", Task::kCompare},
    {"vs", Task::kCompare},
    {"share", Task::kShare},
    {"shares", Task::kShare},
    {"percentage", Task::kShare},
    {"percent", Task::kShare},
    {"proportion", Task::kShare},
    {"proportions", Task::kShare},
    {"composition", Task::kShare},
    {"breakdown", Task::kShare},
    {"part to whole", Task::kShare},
    {"of the total", Task::kShare},
    {"distribution", Task::kDistribution},
    {"distributed", Task::kDistribution},
    {"spread", Task::kDistribution},
    {"outliers", Task::kDistribution},
    {"how often", Task::kDistribution},
    {"correlation", Task::kCorrelation},
    {"correlate", Task::kCorrelation},
    {"correlated", Task::kCorrelation},
    {"relationship", Task::kCorrelation},
    {"relation between", Task::kCorrelation},
    {"depend on", Task::kCorrelation},
    {"depends on", Task::kCorrelation},
    {"rank", Task::kRanking},
    {"ranks", Task::kRanking},
    {"ranking", Task::kRanking},
    {"ranked", Task::kRanking},
    {"top", Task::kRanking},
    {"best", Task::kRanking},
    {"worst", Task::kRanking},
    {"largest", Task::kRanking},
    {"highest", Task::kRanking},
    {"lowest", Task::kRanking},
    {"change", Task::kChange},
    {"changed", Task::kChange},
    {"growth", Task::kChange},
    {"before and after", Task::kChange},
    {"increase", Task::kChange},
    {"decrease", Task::kChange},
    {"deviation", Task::kDeviation},
    {"deviate", Task::kDeviation},
    {"difference", Task::kDeviation},
    {"variance", Task::kDeviation},
    {"gain", Task::kDeviation},
    {"loss", Task::kDeviation},
    {"range", Task::kRange},
    {"ranges", Task::kRange},
    {"minimum and maximum", Task::kRange},
    {"min and max", Task::kRange},
    {"low and high", Task::kRange},
    {"total", Task::kTotal},
    {"totals", Task::kTotal},
    {"sum", Task::kTotal},
};

struct KindPhrase {
  std::string_view phrase;  // unmistakable: a column is seldom named so
  std::string_view kind;
};

constexpr KindPhrase kKindPhrases[] = {
    {"big number", "big-number"},
    {"kpi", "big-number"},
    {"bar chart", "bar"},
    {"bar graph", "bar"},
    {"column chart", "bar"},
    {"horizontal bars", "horizontal-bar"},
    {"bar chart", "horizontal-bar"},
    {"grouped bars", "grouped-bar"},
    {"grouped bar chart", "grouped-bar"},
    {"stacked bars", "stacked-bar"},
    {"stacked bar chart", "stacked-bar"},
    {"normalized stacked bar chart", "normalized-bar"},
    {"dot plot", "dot-plot"},
    {"dot chart", "dot-plot"},
    {"pie chart", "pie"},
    {"donut chart", "pie"},
    {"doughnut chart", "pie"},
    {"pareto", "pareto"},
    {"gantt", "gantt"},
    {"line chart", "line"},
    {"line graph", "line"},
    {"line chart", "multi-line"},
    {"line graph", "multi-line"},
    {"line chart", "aggregated-line"},
    {"area chart", "area"},
    {"area chart", "stacked-area"},
    {"stacked area chart", "stacked-area"},
    {"small multiples", "small-multiples"},
    {"slope chart", "slope"},
    {"slope graph", "slope"},
    {"slopegraph", "slope"},
    {"bump chart", "bump"},
    {"calendar heat map", "calendar"},
    {"calendar heatmap", "calendar"},
    {"heat map", "heat-map"},
    {"heatmap", "heat-map"},
    {"heat map", "binned-heat-map"},
    {"heatmap", "binned-heat-map"},
    {"histogram", "histogram"},
    {"histogram", "stacked-histogram"},
    {"strip plot", "strip-plot"},
    {"box plot", "box-plot"},
    {"boxplot", "box-plot"},
    {"scatter plot", "scatter"},
    {"scatterplot", "scatter"},
    {"scatter plot", "coloured-scatter"},
    {"scatterplot", "coloured-scatter"},
    {"connected scatter plot", "connected-scatter"},
    {"bubble chart", "bubble"},
    {"population pyramid", "pyramid"},
    {"error bars", "error-bar"},
};

bool IsWordByte(char c) {
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || static_cast<unsigned char>(c) >= 0x80;
}

// " what share of orders ": words in lower case, each between two spaces.
std::string WordsOf(std::string_view question) {
  std::string words = " ";
  for (const char c : AsciiLower(question.substr(0, kMaxQuestionBytes))) {
    if (IsWordByte(c)) {
      words += c;
    } else if (words.back() != ' ') {
      words += ' ';
    }
  }
  if (words.back() != ' ') words += ' ';
  return words;
}

bool Has(const std::string& words, std::string_view phrase) {
  return words.find(" " + std::string(phrase) + " ") != std::string::npos;
}

}  // namespace

const char* TaskName(Task task) {
  static constexpr const char* kNames[] = {"trend",       "compare", "share",  "distribution",
                                           "correlation", "ranking", "change", "deviation",
                                           "range",       "total"};
  static_assert(std::size(kNames) == static_cast<std::size_t>(Task::kTotal) + 1);
  return kNames[static_cast<std::size_t>(task)];
}

Intents IntentsOf(std::string_view question) {
  Intents intents;
  const std::string words = WordsOf(question);
  for (const TaskPhrase& entry : kTaskPhrases) {
    if (Has(words, entry.phrase)) intents.tasks.push_back(entry.task);
  }
  std::sort(intents.tasks.begin(), intents.tasks.end());
  intents.tasks.erase(std::unique(intents.tasks.begin(), intents.tasks.end()), intents.tasks.end());
  std::vector<KindPhrase> named;
  for (const KindPhrase& entry : kKindPhrases) {
    if (Has(words, entry.phrase)) named.push_back(entry);
  }
  // A longer phrase says what the shorter one inside it does not: "connected scatter plot".
  const auto is_part = [&](const KindPhrase& entry) {
    return std::any_of(named.begin(), named.end(), [&](const KindPhrase& other) {
      return other.phrase.size() > entry.phrase.size() &&
             other.phrase.find(entry.phrase) != std::string_view::npos;
    });
  };
  for (const KindPhrase& entry : named) {
    if (!is_part(entry)) intents.kinds.emplace_back(entry.kind);
  }
  return intents;
}

}  // namespace loupe::recommend
