#include "core/ask/trace_report.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "ask_fixture.hpp"

namespace loupe::ask {
namespace {

struct Explained {
  Trace trace;
  Reading reading;
  std::vector<Finding> findings;
};

Explained ExplainQuestion(const std::string& question, const semantic::Model& model,
                          const TableOfValues& values, double least = kLeastConfidence) {
  Explained explained;
  const ReadOptions options = {least, &explained.trace};
  explained.reading =
      Read(question, model, values, TestNow(), Layer::kTables, Context(), options).value();
  explained.findings = FindingsOf(explained.trace, explained.reading, model);
  return explained;
}

Explained ExplainShop(const std::string& question) {
  return ExplainQuestion(question, ShopModel(), ShopValues());
}

// "part|words|meaning|taken" of each finding of the part.
std::vector<std::string> RowsOf(const Explained& explained, const std::string& part) {
  std::vector<std::string> rows;
  for (const Finding& finding : explained.findings) {
    if (finding.part != part) continue;
    const char* taken = !finding.taken ? "-" : *finding.taken ? "t" : "f";
    rows.push_back(finding.words + "|" + finding.meaning + "|" + taken);
  }
  return rows;
}

bool Has(const std::vector<std::string>& rows, const std::string& row) {
  return std::find(rows.begin(), rows.end(), row) != rows.end();
}

TEST(Trace, TellsWhatEverySpanMayMeanAndWhichWasTaken) {
  const Explained explained = ExplainShop("how many orders with status shipped");
  const std::vector<std::string> spans = RowsOf(explained, "span");
  EXPECT_TRUE(Has(spans, "how many|a count is asked for|t")) << testing::PrintToString(spans);
  EXPECT_TRUE(Has(spans, "orders|rows of orders|t")) << testing::PrintToString(spans);
  EXPECT_TRUE(Has(spans, "shipped|\"shipped\" in orders.status|t"))
      << testing::PrintToString(spans);
  const std::vector<std::string> phrases = RowsOf(explained, "phrase");
  EXPECT_TRUE(Has(phrases, "orders|counted: rows of orders|t")) << testing::PrintToString(phrases);
}

TEST(Trace, TellsOfThePairThatWasTaughtAndAnswers) {
  Explained explained = ExplainShop("how many unicorns");
  explained.trace.pair = TracedPair{"how many beasts", "as taught", "SELECT 7"};
  explained.findings = FindingsOf(explained.trace, explained.reading, ShopModel());
  EXPECT_EQ(RowsOf(explained, "taught"), std::vector<std::string>{"how many beasts|as taught|t"});
  EXPECT_TRUE(Has(RowsOf(explained, "sql"), "taught|SELECT 7|-"));
  const Finding& verdict = explained.findings.back();
  EXPECT_EQ(verdict.words, "answered");
  EXPECT_EQ(verdict.weight, 1);
  const Json json = FindingsToJson(explained.findings, explained.trace);
  EXPECT_EQ(json.Find("taught")->Find("question")->AsString(), "how many beasts");
  EXPECT_EQ(json.Find("verdict")->Find("status")->AsString(), "answered");
}

TEST(Trace, TellsTheWayFromTableToTable) {
  const Explained explained = ExplainShop("number of orders per country");
  EXPECT_EQ(RowsOf(explained, "join"),
            std::vector<std::string>{"orders|1 join: customers → orders|-"});
}

TEST(Trace, MultipliesItsFactorsToTheConfidence) {
  for (const char* question :
       {"how many orders", "number of orders per country", "names of customers from Germany",
        "products more expensive than the average price", "top 3 products by price"}) {
    const Explained explained = ExplainShop(question);
    double product = 1;
    for (const Finding& finding : explained.findings) {
      if (finding.part == "factor") product *= finding.weight.value();
    }
    ASSERT_FALSE(explained.trace.readings.empty()) << question;
    EXPECT_NEAR(product, explained.trace.readings.front().score, 0.002) << question;
  }
}

TEST(Trace, NamesTheWinnerAndTheRunnerUp) {
  const Explained explained =
      ExplainQuestion("how many flights from JFK", FlightsModel(),
                      TableOfValues({{"flights", "origin", "JFK"}, {"flights", "dest", "JFK"}}));
  const std::vector<std::string> readings = RowsOf(explained, "reading");
  ASSERT_GE(readings.size(), 1U);
  EXPECT_EQ(readings[0], "1|count of flights, where flight origin is JFK|t");
  ASSERT_EQ(RowsOf(explained, "verdict").size(), 1U);
  EXPECT_EQ(explained.findings.back().words, "answered");
}

TEST(Trace, NamesWhatIsNotUnderstood) {
  const Explained explained = ExplainShop("how many unicorns");
  EXPECT_EQ(RowsOf(explained, "unknown"),
            std::vector<std::string>{"unicorns|means nothing here|-"});
  EXPECT_TRUE(Has(RowsOf(explained, "span"), "unicorns|not understood|f"));
  EXPECT_TRUE(RowsOf(explained, "reading").empty());
  EXPECT_EQ(explained.findings.back().words, "abstained");
}

TEST(Trace, TellsTheThresholdThatWasNotReached) {
  const Explained explained = ExplainQuestion("how many orders", ShopModel(), ShopValues(), 1.01);
  EXPECT_EQ(explained.reading.outcome, Outcome::kAbstained);
  EXPECT_NE(explained.findings.back().meaning.find("is less than the 1.01"), std::string::npos)
      << explained.findings.back().meaning;
}

TEST(Trace, ReadsAsWithoutATrace) {
  for (const char* question : {"how many orders", "customers without orders", "orders of nobody"}) {
    const Explained explained = ExplainShop(question);
    const Reading plain =
        Read(question, ShopModel(), ShopValues(), TestNow(), Layer::kTables, Context()).value();
    EXPECT_EQ(explained.reading.sql, plain.sql) << question;
    EXPECT_EQ(explained.reading.query.Dump(), plain.query.Dump()) << question;
    EXPECT_EQ(explained.reading.reason, plain.reason) << question;
  }
}

TEST(Trace, ShowsNothingThatIsHidden) {
  semantic::Model model = ShopModel();
  for (semantic::Entity& entity : model.entities) {
    if (entity.name == "orders") entity.is_public = false;
  }
  for (const char* question :
       {"how many orders", "number of customers by product category", "order status"}) {
    const Explained explained = ExplainQuestion(question, model, ShopValues());
    for (const Finding& finding : explained.findings) {
      if (finding.part == "sql") continue;
      for (const char* name : {"rows of orders", "orders.", "→ orders", "order status"}) {
        EXPECT_EQ(finding.meaning.find(name), std::string::npos)
            << question << ": " << finding.meaning;
      }
    }
  }
}

TEST(Trace, GroupsItsFindingsForPrograms) {
  const Explained explained = ExplainShop("how many orders");
  const Json json = FindingsToJson(explained.findings, explained.trace);
  EXPECT_EQ(json.Find("verdict")->Find("status")->AsString(), "answered");
  EXPECT_EQ(json.Find("readings")->items()[0].Find("query")->Dump(),
            R"({"measures":["orders.count"]})");
  EXPECT_EQ(json.Find("spans")->items().size(), RowsOf(explained, "span").size());
}

}  // namespace
}  // namespace loupe::ask
