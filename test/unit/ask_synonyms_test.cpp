// Questions in other words than the model's.
#include "core/ask/synonyms.hpp"

#include <gtest/gtest.h>

#include <string>

#include "ask_fixture.hpp"
#include "core/ask/read.hpp"

namespace loupe::ask {
namespace {

semantic::Model OfficeModel() {
  return ModelFrom(R"({"name": "office", "entities": [
    {"name": "employee", "table": "employee", "primary_key": ["emp_id"],
     "dimensions": [{"name": "emp_id", "type": "number", "column": "emp_id"},
                    {"name": "emp_fname", "type": "string", "column": "emp_fname"},
                    {"name": "emp_lname", "type": "string", "column": "emp_lname"},
                    {"name": "salary", "type": "number", "column": "salary"}],
     "measures": [{"name": "avg_salary", "type": "avg", "column": "salary",
                   "description": "The average salary"},
                  {"name": "max_salary", "type": "max", "column": "salary",
                   "description": "The greatest salary"}]},
    {"name": "company", "table": "company", "primary_key": ["company_id"],
     "dimensions": [{"name": "company_id", "type": "number", "column": "company_id"},
                    {"name": "company_name", "type": "string", "column": "company_name"},
                    {"name": "description", "type": "string", "column": "description"},
                    {"name": "kind", "type": "string", "column": "kind"}]},
    {"name": "customer", "table": "customer", "primary_key": ["customer_id"],
     "joins": [{"entity": "company", "relationship": "many_to_one",
                "columns": [{"from": "company_id", "to": "company_id"}]}],
     "dimensions": [{"name": "customer_id", "type": "number", "column": "customer_id"},
                    {"name": "company_id", "type": "number", "column": "company_id"},
                    {"name": "customer_details", "type": "string", "column": "customer_details"},
                    {"name": "population", "type": "number", "column": "population"}]}]})");
}

// The statement on one line, or the query; what kept it from being made.
std::string StateOffice(const std::string& question) {
  const TableOfValues values({{"company", "kind", "Client"}});
  ReadOptions options;
  options.least_confidence = 0;
  const Reading reading =
      Read(question, OfficeModel(), values, TestNow(), Layer::kTables, Context(), options).value();
  if (reading.outcome != Outcome::kAnswered) return "- " + reading.reason;
  if (reading.sql.empty()) return reading.query.Dump();
  return OneLine(reading.sql);
}

TEST(Synonyms, TakeTheNearestNameOfTheModel) {
  EXPECT_TRUE(Holds(StateOffice("what is the wage of each staff"), "employee.salary"));
  EXPECT_TRUE(Holds(StateOffice("list the enterprise titles"), "company.company_name"));
}

TEST(Synonyms, TakeAWordForEachOfAName) {
  EXPECT_TRUE(Holds(StateOffice("list the enterprise identifiers"), "company.company_id"));
}

TEST(Synonyms, TakeTwoWordsForTwo) {
  EXPECT_TRUE(Holds(StateOffice("list the family name of all staff"), "employee.emp_lname"));
  EXPECT_TRUE(Holds(StateOffice("list the forename of all staff"), "employee.emp_fname"));
}

TEST(Synonyms, ReadANumberOfPeopleAsAColumnWhereNobodyIsKnown) {
  EXPECT_TRUE(
      Holds(StateOffice("list the number of inhabitants of each customer"), "customer.population"));
}

TEST(Synonyms, LetAVagueNounNameAColumn) {
  EXPECT_TRUE(Holds(StateOffice("list the information of all customers"),
                    "SELECT customer.customer_details FROM"));
}

TEST(Synonyms, TakeAPluralForThingsBeforeAValue) {
  const std::string statement = StateOffice("how many clients are there");
  EXPECT_TRUE(Holds(statement, "number_of_customer"));
  EXPECT_EQ(statement.find("'Client'"), std::string::npos) << statement;
}

TEST(Synonyms, ShareAnAggregateInOtherWords) {
  const std::string statement = StateOffice("average and maximum wage of all employees");
  EXPECT_TRUE(Holds(statement, "avg_salary"));
  EXPECT_TRUE(Holds(statement, "max_salary"));
}

TEST(Synonyms, ShowAColumnOnceThatIsSaidTwice) {
  EXPECT_TRUE(Holds(StateOffice("list the describing content of the companies"),
                    "SELECT company.description FROM"));
}

}  // namespace
}  // namespace loupe::ask
