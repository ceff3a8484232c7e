// What English leaves open and people agree on: how many, which, all details, either.
#include <gtest/gtest.h>

#include <string>

#include "ask_fixture.hpp"
#include "core/ask/read.hpp"

namespace loupe::ask {
namespace {

semantic::Model ClubModel() {
  return ModelFrom(R"({"name": "club", "entities": [
    {"name": "members", "table": "members", "primary_key": ["member_id"],
     "dimensions": [{"name": "member_id", "type": "number", "column": "member_id"},
                    {"name": "name", "type": "string", "column": "name"},
                    {"name": "first_name", "type": "string", "column": "first_name"},
                    {"name": "last_name", "type": "string", "column": "last_name"},
                    {"name": "age", "type": "number", "column": "age"},
                    {"name": "level", "type": "number", "column": "level"}]},
    {"name": "visits", "table": "visits", "primary_key": ["visit_id"],
     "joins": [{"entity": "members", "relationship": "many_to_one",
                "columns": [{"from": "member_id", "to": "member_id"}]}],
     "dimensions": [{"name": "visit_id", "type": "number", "column": "visit_id"},
                    {"name": "member_id", "type": "number", "column": "member_id"},
                    {"name": "card_number", "type": "number", "column": "card_number"},
                    {"name": "written_by", "type": "string", "column": "written_by"},
                    {"name": "visited_on", "type": "time", "column": "visited_on",
                     "data_type": "date"}]},
    {"name": "branches", "table": "branches", "primary_key": ["branch_id"],
     "dimensions": [{"name": "branch_id", "type": "number", "column": "branch_id"},
                    {"name": "city", "type": "string", "column": "city"},
                    {"name": "open_year", "type": "number", "column": "open_year"},
                    {"name": "opened_on", "type": "time", "column": "opened_on",
                     "data_type": "date"},
                    {"name": "seats", "type": "number", "column": "seats"},
                    {"name": "rent", "type": "number", "column": "rent"}],
     "measures": [{"name": "max_seats", "type": "max", "column": "seats",
                   "description": "The most seats"},
                  {"name": "max_rent", "type": "max", "column": "rent",
                   "description": "The greatest rent"},
                  {"name": "min_rent", "type": "min", "column": "rent",
                   "description": "The least rent"}]}]})");
}

// The statement on one line, or the query; what kept it from being made.
std::string StateClub(const std::string& question) {
  const TableOfValues values({{"members", "first_name", "Linda"},
                              {"members", "last_name", "Smith"},
                              {"branches", "city", "London"},
                              {"branches", "city", "St. Ives"},
                              {"branches", "city", "Paris"}});
  ReadOptions options;
  options.least_confidence = 0;
  const Reading reading =
      Read(question, ClubModel(), values, TestNow(), Layer::kTables, Context(), options).value();
  if (reading.outcome != Outcome::kAnswered) return "- " + reading.reason;
  if (reading.sql.empty()) return reading.query.Dump();
  return OneLine(reading.sql);
}

TEST(Convention, CountsTheValuesOfAColumnThatIsNoAmount) {
  EXPECT_TRUE(Holds(StateClub("how many different levels do members have"),
                    "count(DISTINCT members.level)"));
  EXPECT_TRUE(Holds(StateClub("how many levels are there"), "count(DISTINCT members.level)"));
}

TEST(Convention, AddsUpAnAmountThatIsAskedForAlone) {
  EXPECT_TRUE(Holds(StateClub("how many seats are there in London"), "sum(branches.seats)"));
}

TEST(Convention, CountsRowsWhereAKeyIsCompared) {
  EXPECT_TRUE(Holds(StateClub("names of members with at least 4 visits"), "HAVING count(*) >= 4"));
}

TEST(Convention, SharesAnAggregateWithTheNextColumn) {
  const std::string shared = StateClub("what are the maximum seats and rent of branches");
  EXPECT_TRUE(Holds(shared, "max_seats"));
  EXPECT_TRUE(Holds(shared, "max_rent"));
  const std::string both = StateClub("what is the maximum and minimum rent of branches");
  EXPECT_TRUE(Holds(both, "max_rent"));
  EXPECT_TRUE(Holds(both, "min_rent"));
}

TEST(Convention, ReadsAYearBehindEither) {
  const std::string statement = StateClub("cities of branches opened in either 2001 or 2003");
  EXPECT_TRUE(Holds(statement, "2001"));
  EXPECT_TRUE(Holds(statement, "2003"));
  EXPECT_TRUE(Holds(StateClub("cities of branches opened before the year 2000"), "2000-01-01"));
}

TEST(Convention, HoldsTogetherWhatOnePhraseSays) {
  const std::string statement = StateClub("what is the age of member Linda Smith");
  EXPECT_TRUE(Holds(statement, "members.first_name = 'Linda'"));
  EXPECT_TRUE(Holds(statement, " AND members.last_name = 'Smith'"));
}

TEST(Convention, NeverAnswersConditionsThatExcludeOneAnother) {
  const std::string statement = StateClub("age of members older than 60 and younger than 20");
  EXPECT_EQ(statement.find("members.age > 60 AND members.age < 20"), std::string::npos)
      << statement;
}

TEST(Convention, ShowsAllColumnsWhereAllDetailsAreAskedFor) {
  const std::string statement = StateClub("show all information about branches");
  EXPECT_TRUE(Holds(statement, "branches.city"));
  EXPECT_TRUE(Holds(statement, "branches.rent"));
}

TEST(Convention, MeasuresAnAgeInYears) {
  EXPECT_TRUE(
      Holds(StateClub("name of members who are at least 25 years old"), "members.age >= 25"));
}

TEST(Convention, NamesAKindOnce) {
  EXPECT_TRUE(Holds(StateClub("show all cities"), "{\"dimensions\":[\"branches.city\"]}"));
  EXPECT_TRUE(Holds(StateClub("show the cities of all branches"), "SELECT branches.city FROM"));
}

TEST(Convention, ShowsWhatIsSorted) {
  const std::string statement = StateClub("sort the cities in descending order of rent");
  EXPECT_TRUE(Holds(statement, "SELECT branches.city FROM"));
  EXPECT_TRUE(Holds(statement, "ORDER BY branches.rent DESC"));
}

TEST(Convention, TakesATimeBeforeAYear) {
  EXPECT_TRUE(Holds(StateClub("which city of branches opened most recently"),
                    "ORDER BY branches.opened_on"));
}

TEST(Convention, CountsOnceWhatIsListedAgain) {
  for (const char* last : {"the count", "the number", "visit count", "the number of visits"}) {
    const std::string statement =
        StateClub("How many visits did each member make? List the member name and " +
                  std::string(last) + ".");
    EXPECT_TRUE(Holds(statement, "SELECT count(*) AS number_of_visits, members.name FROM")) << last;
  }
}

TEST(Convention, CountsBeforeAnd) {
  const std::string statement = StateClub("the count and the average age of members");
  EXPECT_TRUE(Holds(statement, "count"));
  EXPECT_TRUE(Holds(statement, "avg(members.age)"));
}

TEST(Convention, ReadsWhatThingsCorrespondToAsTheirOwn) {
  EXPECT_TRUE(Holds(StateClub("how many visits correspond to each member"), "GROUP BY members"));
}

TEST(Convention, NamesAKindOfNobodyOnceBesideValuesAlone) {
  EXPECT_TRUE(
      Holds(StateClub("which cities opened in 2001"), "{\"dimensions\":[\"branches.city\"]"));
  EXPECT_TRUE(
      Holds(StateClub("show the cities of branches opened in 2001"), "SELECT branches.city FROM"));
}

TEST(Convention, RestrictsBehindNamesOfThings) {
  const std::string statement =
      StateClub("what are the names of members with the most common level");
  EXPECT_TRUE(Holds(statement, "SELECT members.name FROM"));
  EXPECT_TRUE(Holds(statement, "members.level = ANY"));
  EXPECT_TRUE(Holds(statement, "GROUP BY members_2.level"));
}

TEST(Convention, RanksByTheNumberThatTopNames) {
  EXPECT_TRUE(Holds(StateClub("names of members with the top 3 ages"),
                    "ORDER BY members.age DESC NULLS LAST LIMIT 3"));
}

TEST(Convention, ShowsWhatItSorts) {
  EXPECT_TRUE(Holds(StateClub("sort the names of all members in alphabetical order"),
                    "SELECT members.name FROM members AS members ORDER BY members.name LIMIT"));
}

TEST(Convention, ReadsValuesWithFullStops) {
  EXPECT_TRUE(Holds(StateClub("how many branches are in St. Ives?"), "St. Ives"));
  EXPECT_TRUE(Holds(StateClub("show the rent of the branch in St. Ives."), "St. Ives"));
}

TEST(Convention, CountsHowOftenThingsHappen) {
  EXPECT_TRUE(
      Holds(StateClub("names of members that made visits at least twice"), "HAVING count(*) >= 2"));
  EXPECT_TRUE(Holds(StateClub("names of members that made visits more than 5 times"),
                    "HAVING count(*) > 5"));
}

TEST(Convention, ComparesTheAgeBehindOlder) {
  EXPECT_TRUE(Holds(StateClub("names of members aged 25 or older"), "members.age >= 25"));
  EXPECT_TRUE(Holds(StateClub("names of members 30 or younger"), "members.age <= 30"));
}

TEST(Convention, RanksWhatIsSaidToBeCommon) {
  EXPECT_TRUE(Holds(StateClub("find the city that is most common"),
                    "GROUP BY branches.city ORDER BY count(*) DESC"));
}

TEST(Convention, KeepsTheAlternativeBehindThingsThatAreNamedAgain) {
  EXPECT_TRUE(
      Holds(StateClub("cities of branches opened before 1990 or branches with rent above 50"),
            " OR branches.rent > 50"));
}

}  // namespace
}  // namespace loupe::ask
