#include "core/ask/name_words.hpp"

#include <gtest/gtest.h>

#include <string>

#include "ask_fixture.hpp"
#include "core/ask/read.hpp"

namespace loupe::ask {
namespace {

TEST(NameWords, SpellOutAbbreviations) {
  EXPECT_EQ(FullWord("qty"), "quantity");
  EXPECT_EQ(FullWord("long"), "longitude");
  EXPECT_TRUE(FullWord("price").empty());
  EXPECT_EQ(SpellOut({"stu", "fname"}), (Words{"stu", "first", "name"}));
}

TEST(NameWords, SplitWhatIsWrittenInOne) {
  EXPECT_EQ(SplitGlued("governmentform"), (Words{"government", "form"}));
  EXPECT_EQ(SplitGlued("useracct"), (Words{"user", "acct"}));
  EXPECT_EQ(SplitGlued("fullname"), (Words{"full", "name"}));
  EXPECT_TRUE(SplitGlued("population").empty());
  EXPECT_TRUE(SplitGlued("id").empty());
}

TEST(NameWords, LeaveOutUnits) {
  EXPECT_EQ(WithoutUnits({"budget", "in", "billions"}), (Words{"budget"}));
  EXPECT_EQ(WithoutUnits({"weight", "kg"}), (Words{"weight"}));
  EXPECT_EQ(WithoutUnits({"made", "in", "china"}), (Words{"made", "in", "china"}));
  EXPECT_EQ(WithoutUnits({"minutes"}), (Words{"minutes"}));
}

TEST(NameWords, TellWhatIsCounted) {
  EXPECT_EQ(CountedThing({"bathroom", "count"}), (Words{"bathroom"}));
  EXPECT_EQ(CountedThing({"num", "of", "bathrooms"}), (Words{"bathrooms"}));
  EXPECT_TRUE(CountedThing({"number", "of"}).empty());
  EXPECT_TRUE(CountedThing({"room", "number"}).empty());
  EXPECT_TRUE(CountedThing({"count"}).empty());
}

TEST(NameWords, TellWhatARecordIsAbout) {
  EXPECT_EQ(RecordedThing({"user", "profiles"}), (Words{"user"}));
  EXPECT_TRUE(RecordedThing({"profiles"}).empty());
  EXPECT_TRUE(RecordedThing({"users"}).empty());
}

semantic::Model HousesModel() {
  return ModelFrom(R"({"name": "houses", "entities": [
    {"name": "apartments", "table": "apartments", "primary_key": ["apt_id"],
     "joins": [{"entity": "user_profiles", "relationship": "many_to_one",
                "columns": [{"from": "owner_id", "to": "uid"}]}],
     "dimensions": [{"name": "apt_id", "type": "number", "column": "apt_id"},
                    {"name": "owner_id", "type": "number", "column": "owner_id"},
                    {"name": "bathroom_count", "type": "number", "column": "bathroom_count"},
                    {"name": "worth_in_millions", "type": "number", "column": "worth_in_millions"},
                    {"name": "ram", "type": "number", "column": "ram"},
                    {"name": "prereq", "type": "string", "column": "prereq"},
                    {"name": "screen_mode", "type": "string", "column": "screen_mode"},
                    {"name": "building_date", "type": "time", "column": "building_date"},
                    {"name": "sort", "type": "string", "column": "sort"}]},
    {"name": "user_profiles", "table": "user_profiles", "primary_key": ["uid"],
     "dimensions": [{"name": "uid", "type": "number", "column": "uid"},
                    {"name": "name", "type": "string", "column": "name"}]}]})");
}

std::string StateHouses(const std::string& question) {
  const TableOfValues values({{"apartments", "sort", "dog"}});
  ReadOptions options;
  options.least_confidence = 0;
  const Reading reading =
      Read(question, HousesModel(), values, TestNow(), Layer::kTables, Context(), options).value();
  if (reading.outcome != Outcome::kAnswered) return "- " + reading.reason;
  return reading.sql.empty() ? reading.query.Dump() : OneLine(reading.sql);
}

TEST(NameWords, LetQuestionsLeaveThemOut) {
  EXPECT_TRUE(
      Holds(StateHouses("apartments with more than 2 bathrooms"), "apartments.bathroom_count > 2"));
  EXPECT_TRUE(Holds(StateHouses("what is the average worth of apartments"),
                    "avg(apartments.worth_in_millions)"));
  EXPECT_TRUE(Holds(StateHouses("how many users are there"), "user_profiles"));
}

TEST(NameWords, LetQuestionsSaySomeMore) {
  EXPECT_TRUE(
      Holds(StateHouses("what is the average RAM size of apartments"), "avg(apartments.ram)"));
}

TEST(NameWords, MayBeginAWordOrBeAPartOfAName) {
  EXPECT_TRUE(Holds(StateHouses("list the prerequisite of each apartment"), "apartments.prereq"));
  EXPECT_TRUE(Holds(StateHouses("list the screen of each apartment"), "apartments.screen_mode"));
}

TEST(NameWords, ReadADayAsADate) {
  EXPECT_TRUE(
      Holds(StateHouses("list the building day of each apartment"), "apartments.building_date"));
}

TEST(NameWords, FindAValueInOtherWords) {
  EXPECT_TRUE(Holds(StateHouses("how many apartments are for puppies"), "'dog'"));
}

TEST(NameWords, TakeNoNumberForTheNameOfWhatFollows) {
  const std::string statement = StateHouses("apartments in 3 screen modes");
  EXPECT_EQ(statement.find("'3'"), std::string::npos) << statement;
}

}  // namespace
}  // namespace loupe::ask
