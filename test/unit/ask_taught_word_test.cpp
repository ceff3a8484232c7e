#include "core/ask/taught_word.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "ask_fixture.hpp"
#include "core/ask/follow_up.hpp"
#include "core/ask/read.hpp"
#include "core/ask/trace_report.hpp"

namespace loupe::ask {
namespace {

Result<TaughtWord> Teach(std::string_view term, std::string_view meaning,
                         const semantic::Model& model = ShopModel()) {
  const Result<WordLesson> lesson = ReadWord(term, meaning);
  if (!lesson.ok()) return lesson.status();
  return ResolveWord(lesson.value(), model);
}

struct Lesson {
  const char* term;
  const char* meaning;
};

std::vector<TaughtWord> TeachAll(const std::vector<Lesson>& lessons) {
  std::vector<TaughtWord> words;
  for (const Lesson& lesson : lessons) words.push_back(Teach(lesson.term, lesson.meaning).value());
  return words;
}

Reading ReadTaught(const std::string& question, const std::vector<Lesson>& lessons,
                   Layer layer = Layer::kTables, Trace* trace = nullptr) {
  ReadOptions options;
  options.words = TeachAll(lessons);
  options.trace = trace;
  return Read(question, ShopModel(), ShopValues(), TestNow(), layer, Context(), options).value();
}

// The reading in words, or why there is none.
std::string InWords(const std::string& question, const std::vector<Lesson>& lessons) {
  const Reading reading = ReadTaught(question, lessons);
  return reading.outcome == Outcome::kAnswered ? reading.interpretation : "- " + reading.reason;
}

TEST(TaughtWord, NamesThingsColumnsAndMeasures) {
  EXPECT_EQ(Teach("patrons", "customers").value().kind, TaughtWord::Kind::kEntity);
  EXPECT_EQ(Teach("homeland", "customers.country").value().kind, TaughtWord::Kind::kDimension);
  EXPECT_EQ(Teach("homeland", "Customers.COUNTRY").value().ref.member, 2);
  EXPECT_EQ(Teach("homeland", "country").value().kind, TaughtWord::Kind::kDimension);
  EXPECT_EQ(Teach("proceeds", "orders.total_amount").value().kind, TaughtWord::Kind::kMeasure);
  EXPECT_EQ(Teach("gone", "orders.status = 'shipped'").value().kind, TaughtWord::Kind::kFilter);
}

TEST(TaughtWord, IsReadAsWhatItMeans) {
  EXPECT_EQ(InWords("how many gremlins", {}).substr(0, 1), "-");
  EXPECT_EQ(InWords("how many gremlins", {{"gremlin", "customers"}}), "count of customers");
  EXPECT_EQ(InWords("number of orders per homeland", {{"homeland", "customers.country"}}),
            "count of orders, by country");
  EXPECT_EQ(InWords("proceeds by status", {{"proceeds", "orders.total_amount"}}),
            "total amount, by status");
  EXPECT_EQ(InWords("number of key accounts", {{"key account", "customers"}}),
            "count of customers");
}

TEST(TaughtWord, StandsForAFilter) {
  EXPECT_EQ(InWords("how many dispatched orders", {{"dispatched", "orders.status = 'shipped'"}}),
            "count of orders, where status is shipped");
  EXPECT_EQ(InWords("how many orders with status dispatched",
                    {{"dispatched", "orders.status = 'shipped'"}}),
            "count of orders, where status is shipped");
  EXPECT_EQ(InWords("how many bargains", {{"bargain", "products.price < 5"}}),
            "count of products, where price is less than 5");
  EXPECT_EQ(InWords("names of products that are bargains",
                    {{"bargain", "products.price < 5 AND products.category <> 'Toys'"}}),
            "product name, where price is less than 5 and category is not Toys");
  EXPECT_EQ(InWords("how many orders from the core markets",
                    {{"core market", "customers.country IN ('Germany', 'France')"}}),
            "count of orders, where country is Germany or France");
  EXPECT_EQ(InWords("how many recent orders", {{"recent", "orders.ordered_at >= '2024-06-01'"}}),
            "count of orders, where ordered at is on or after 2024-06-01");
}

TEST(TaughtWord, IsNegatedAsAWhole) {
  EXPECT_EQ(ReadTaught("names of products that are not bargains",
                       {{"bargain", "products.price < 5 AND products.category <> 'Toys'"}})
                .sql,
            "SELECT products.product_name\nFROM products AS products\n"
            "WHERE NOT (products.price < 5 AND products.category <> 'Toys')\nLIMIT 10000");
  EXPECT_EQ(
      InWords("how many customers not from the core markets",
              {{"core market", "customers.country IN ('Germany', 'France')"}}),
      "count of customers, where there is no customers whose country is Germany or country is "
      "France");
}

TEST(TaughtWord, GoesBeforeAllElseThatTheWordsMean) {
  EXPECT_EQ(InWords("how many products", {{"products", "orders"}}), "count of orders");
  EXPECT_EQ(
      InWords("how many customers from Germany", {{"Germany", "customers.country = 'France'"}}),
      "count of customers, where country is France");
}

TEST(TaughtWord, IsMatchedAsAWhole) {
  EXPECT_EQ(InWords("number of accounts", {{"key account", "customers"}}).substr(0, 1), "-");
  EXPECT_EQ(InWords("number of keys", {{"key account", "customers"}}).substr(0, 1), "-");
}

TEST(TaughtWord, ServesAGovernedLayerToo) {
  EXPECT_EQ(
      ReadTaught("proceeds of dispatched orders",
                 {{"proceeds", "orders.total_amount"}, {"dispatched", "orders.status = 'shipped'"}},
                 Layer::kQueries)
          .query.Dump(),
      R"({"measures":["orders.total_amount"],"filters":[{"member":"orders.status",)"
      R"("operator":"equals","values":["shipped"]}]})");
}

TEST(TaughtWord, IsAValueInAConversation) {
  const std::vector<TaughtWord> words = TeachAll({{"homeland A", "customers.country = 'Germany'"}});
  EXPECT_EQ(WholeQuestion("how many orders from France", "what about homeland A?", ShopModel(),
                          ShopValues(), TestNow(), Context(), words)
                .value(),
            "how many orders from homeland A");
}

TEST(TaughtWord, IsShownAsTaught) {
  Trace trace;
  const Reading reading =
      ReadTaught("how many bargains", {{"bargain", "products.price < 5"}}, Layer::kTables, &trace);
  const std::vector<Finding> findings = FindingsOf(trace, reading, ShopModel());
  EXPECT_TRUE(std::any_of(findings.begin(), findings.end(), [](const Finding& finding) {
    return finding.part == "span" && finding.words == "bargains" &&
           finding.meaning == "products.price < 5, as taught" && finding.taken == true;
  }));
}

struct Refused {
  const char* term;
  const char* meaning;
  Code code;
  const char* message;
  const char* hint;
};

constexpr const char* kForms =
    "Write a table, table.column, a measure, or conditions on the columns of one table: "
    "orders.status = 'shipped' AND orders.amount > 100.";

constexpr Refused kRefused[] = {
    {"", "customers", Code::kInvalidArgument, "term is empty", ""},
    {"the", "customers", Code::kInvalidArgument, "term \"the\" has no word of its own",
     "Words that shape a question, and numbers, keep their meaning."},
    {"42", "customers", Code::kInvalidArgument, "term \"42\" has no word of its own",
     "Words that shape a question, and numbers, keep their meaning."},
    {"a 'b'", "customers", Code::kInvalidArgument, "term \"a 'b'\" holds more than words", ""},
    {"one two three four five six seven", "customers", Code::kLimitExceeded,
     "term has more than 6 words", ""},
    {"x", "custommers", Code::kUndefinedTable,
     "there is no table, column or measure \"custommers\"", "Did you mean \"customers\"?"},
    {"x", "custommers.name", Code::kUndefinedTable, "there is no table \"custommers\"",
     "Did you mean \"customers\"?"},
    {"x", "customers.contry", Code::kUndefinedColumn,
     "\"customers\" has no column or measure \"contry\"", "Did you mean \"country\"?"},
    {"x", "id", Code::kInvalidArgument, "\"id\" is in more than one table",
     "Write \"customers.id\" or \"orders.id\"."},
    {"x", "customers.country =", Code::kInvalidArgument,
     "meaning \"customers.country =\" is not understood", kForms},
    {"x", "customers.country = 'A' OR customers.country = 'B'", Code::kInvalidArgument,
     "meaning \"customers.country = 'A' OR customers.country = 'B'\" is not understood", kForms},
    {"x", "customers.country = 'A'; DROP TABLE customers", Code::kInvalidArgument,
     "meaning \"customers.country = 'A'; DROP TABLE customers\" is not understood", kForms},
    {"x", "lower(customers.country) = 'a'", Code::kInvalidArgument,
     "meaning \"lower(customers.country) = 'a'\" is not understood", kForms},
    {"x", "customers.country = 5", Code::kInvalidArgument,
     "\"customers.country\" is a text, which 5 is not", ""},
    {"x", "products.price = '5'", Code::kInvalidArgument,
     "\"products.price\" is a number, which \"5\" is not", ""},
    {"x", "customers.country > 'A'", Code::kInvalidArgument,
     "\"customers.country\" is a text, which has no order here", "Compare it with =, <> or IN."},
    {"x", "orders.ordered_at = '2024-01-01'", Code::kInvalidArgument,
     "\"orders.ordered_at\" is a time, which only >= and < compare",
     "Write days, such as >= '2024-01-01' AND orders.ordered_at < '2025-01-01'."},
    {"x", "orders.total_amount > 5", Code::kInvalidArgument,
     "\"orders.total_amount\" is not a column", "A filter compares columns."},
    {"x", "customers = 5", Code::kInvalidArgument, "\"customers\" is not a column",
     "A filter compares columns."},
    {"x", "customers.name = 'A' AND orders.status = 'B'", Code::kInvalidArgument,
     "the conditions of \"x\" are about more than one table", "Teach a word for each of them."},
};

TEST(TaughtWord, IsRefusedWithAReason) {
  for (const Refused& refused : kRefused) {
    const Status status = Teach(refused.term, refused.meaning).status();
    EXPECT_EQ(status.code(), refused.code) << refused.meaning;
    EXPECT_EQ(status.message(), refused.message);
    EXPECT_EQ(status.hint(), refused.hint);
  }
}

TEST(TaughtWord, NamesNothingThatIsHidden) {
  EXPECT_EQ(Teach("hush", "flights.secret", FlightsModel()).status().code(),
            Code::kUndefinedColumn);
  semantic::Model model = ShopModel();
  model.entities[0].dimensions[2].is_masked = true;
  EXPECT_EQ(Teach("x", "customers.country = 'Germany'", model).status().message(),
            "you may not see the values of \"customers.country\"");
}

TEST(TaughtWord, TellsWhatATextIsAbout) {
  const WordLesson lesson = ReadWord("key account", "shop.customers.tier = 'gold'").value();
  EXPECT_TRUE(IsSpoken(lesson, Tokenize("names of Key Accounts").value()));
  EXPECT_FALSE(IsSpoken(lesson, Tokenize("accounts with a key").value()));
  EXPECT_EQ(NamesOf(lesson), "shop customers tier");
}

TEST(TaughtWord, IsReadAgainInEachModel) {
  const WordLesson lesson = ReadWord("patron", "customers").value();
  EXPECT_TRUE(ResolveWord(lesson, ShopModel()).ok());
  EXPECT_FALSE(ResolveWord(lesson, FlightsModel()).ok());
}

}  // namespace
}  // namespace loupe::ask
