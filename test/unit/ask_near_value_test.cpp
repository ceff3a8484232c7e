#include "core/ask/near_value.hpp"

#include <gtest/gtest.h>

#include <string>

#include "ask_fixture.hpp"
#include "core/ask/read.hpp"

namespace loupe::ask {
namespace {

// Finds near values as the server does.
class NearValues : public TableOfValues {
 public:
  explicit NearValues(std::vector<Row> rows) : TableOfValues(rows), rows_(std::move(rows)) {}

  [[nodiscard]] std::vector<ValueMatch> LookupNear(
      const std::vector<std::string>& words) const override {
    near_asked = words;
    std::vector<ValueMatch> matches;
    for (const Row& row : rows_) {
      for (std::size_t w = 0; w < words.size(); ++w) {
        if (!HasNearWord(AsciiLower(row.value), words[w])) continue;
        matches.push_back({row.entity, row.dimension, row.value, w});
      }
    }
    return matches;
  }

  mutable std::vector<std::string> near_asked;

 private:
  std::vector<Row> rows_;
};

NearValues Airlines() {
  return NearValues({{"airlines", "name", "JetBlue Airways"},
                     {"airlines", "name", "Lufthansa"},
                     {"airlines", "name", "Southwest"},
                     {"planes", "manufacturer", "Embraer"},
                     {"planes", "manufacturer", "Embrace"}});
}

std::string ReadingOf(const std::string& question, const NearValues& values) {
  const Result<Reading> reading =
      Read(question, FlightsModel(), values, DateTime{2024, 5, 1}, Layer::kTables, Context());
  if (!reading.ok()) return reading.status().message();
  return reading.value().outcome == Outcome::kAnswered ? reading.value().interpretation
                                                       : reading.value().reason;
}

TEST(AskNearValue, SlipsOfTheHandAreNear) {
  EXPECT_TRUE(IsSlip("germny", "germany"));
  EXPECT_TRUE(IsSlip("germnay", "germany"));
  EXPECT_TRUE(IsSlip("germanny", "germany"));
  EXPECT_TRUE(IsSlip("philippinas", "philippines"));
  EXPECT_FALSE(IsSlip("germany", "germany"));
  EXPECT_FALSE(IsSlip("martin", "marvin")) << "another short name";
  EXPECT_FALSE(IsSlip("ermany", "germany")) << "another first letter";
  EXPECT_FALSE(IsSlip("grman", "germany"));
  EXPECT_FALSE(IsSlip("frnc", "franc")) << "too short";
  EXPECT_FALSE(IsSlip("", ""));
}

TEST(AskNearValue, WordsOfValuesAreCompared) {
  EXPECT_TRUE(HasNearWord("federal republic of germany", "germny"));
  EXPECT_TRUE(HasNearWord("jetblue airways", "jetblue"));
  EXPECT_FALSE(HasNearWord("jetblue airways", "jetbluexx"));
  EXPECT_FALSE(HasNearWord("", "germny"));
  EXPECT_TRUE(BeginsWithName("jetblue airways", "jetblue"));
  EXPECT_FALSE(BeginsWithName("jetblue", "jetblue"));
  EXPECT_FALSE(BeginsWithName("jetblues", "jetblue"));
}

TEST(AskNearValue, AMisspeltValueIsFound) {
  const NearValues values = Airlines();
  EXPECT_NE(ReadingOf("how many flights with Lufthnasa", values).find("Lufthansa"),
            std::string::npos);
  EXPECT_EQ(values.near_asked, std::vector<std::string>{"lufthnasa"});
}

TEST(AskNearValue, TheBeginningOfOneValueIsFound) {
  EXPECT_NE(ReadingOf("how many flights with JetBlue", Airlines()).find("JetBlue Airways"),
            std::string::npos);
}

TEST(AskNearValue, SeveralNearValuesMeanNone) {
  const std::string reading = ReadingOf("how many flights with Embrae planes", Airlines());
  EXPECT_EQ(reading.find("Embraer"), std::string::npos) << reading;
  EXPECT_EQ(reading.find("Embrace"), std::string::npos) << reading;
}

TEST(AskNearValue, WordsOfEnglishAreNotMisspelt) {
  const NearValues values = Airlines();
  ReadingOf("how many flights with mothers from JFK", values);
  EXPECT_EQ(values.near_asked, std::vector<std::string>());
}

}  // namespace
}  // namespace loupe::ask
