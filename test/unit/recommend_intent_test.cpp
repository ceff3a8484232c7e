#include "core/recommend/intent.hpp"

#include <gtest/gtest.h>

namespace loupe::recommend {
namespace {

std::vector<Task> TasksOf(std::string_view question) { return IntentsOf(question).tasks; }

TEST(Intent, WordsTellTheTask) {
  EXPECT_EQ(TasksOf("Revenue over time"), std::vector<Task>{Task::kTrend});
  EXPECT_EQ(TasksOf("compare web and app"), std::vector<Task>{Task::kCompare});
  EXPECT_EQ(TasksOf("What SHARE of orders is paid?"), std::vector<Task>{Task::kShare});
  EXPECT_EQ(TasksOf("distribution of prices"), std::vector<Task>{Task::kDistribution});
  EXPECT_EQ(TasksOf("does price correlate with weight"), std::vector<Task>{Task::kCorrelation});
  EXPECT_EQ(TasksOf("the top 5 products"), std::vector<Task>{Task::kRanking});
  EXPECT_EQ(TasksOf("how sales changed"), std::vector<Task>{Task::kChange});
  EXPECT_EQ(TasksOf("deviation from plan"), std::vector<Task>{Task::kDeviation});
  EXPECT_EQ(TasksOf("range of prices"), std::vector<Task>{Task::kRange});
  EXPECT_EQ(TasksOf("total by month"), std::vector<Task>{Task::kTotal});
}

TEST(Intent, TasksAreToldOnceInOrder) {
  EXPECT_EQ(TasksOf("top shares, best share, trend"),
            (std::vector<Task>{Task::kTrend, Task::kShare, Task::kRanking}));
}

TEST(Intent, WordsAreMatchedWhole) {
  EXPECT_TRUE(TasksOf("shareholders, topics, arrangement").empty());
  EXPECT_TRUE(TasksOf("").empty());
  EXPECT_TRUE(TasksOf("über-top\xc3\xa9").empty()) << "letters beyond ASCII belong to words";
  EXPECT_EQ(TasksOf("over   time"), std::vector<Task>{Task::kTrend});
}

TEST(Intent, ChartsAreNamedByPhrases) {
  EXPECT_EQ(IntentsOf("orders as a pie chart").kinds, std::vector<std::string>{"pie"});
  EXPECT_EQ(IntentsOf("draw a Box Plot").kinds, std::vector<std::string>{"box-plot"});
  EXPECT_TRUE(IntentsOf("the area of each pie").kinds.empty());
}

TEST(Intent, OnlyTheBeginningOfALongQuestionIsRead) {
  const std::string filler(kMaxQuestionBytes, 'x');
  EXPECT_TRUE(TasksOf(filler + " trend").empty());
  EXPECT_EQ(TasksOf(filler.substr(10) + " trend"), std::vector<Task>{Task::kTrend});
}

TEST(Intent, TasksHaveNames) {
  EXPECT_STREQ(TaskName(Task::kTrend), "trend");
  EXPECT_STREQ(TaskName(Task::kTotal), "total");
}

}  // namespace
}  // namespace loupe::recommend
