// Names that are kept in parts, and what tables keep for men and women.
#include <gtest/gtest.h>

#include <string>

#include "ask_fixture.hpp"
#include "core/ask/gender_codes.hpp"
#include "core/ask/read.hpp"

namespace loupe::ask {
namespace {

semantic::Model StaffModel() {
  return ModelFrom(R"({"name": "staff", "entities": [
    {"name": "employees", "table": "employees", "primary_key": ["employee_id"],
     "joins": [{"entity": "departments", "relationship": "many_to_one",
                "columns": [{"from": "department_id", "to": "department_id"}]}],
     "dimensions": [{"name": "employee_id", "type": "number", "column": "employee_id"},
                    {"name": "emp_last_name", "type": "string", "column": "emp_last_name"},
                    {"name": "emp_first_name", "type": "string", "column": "emp_first_name"},
                    {"name": "gender", "type": "string", "column": "gender"},
                    {"name": "grade", "type": "string", "column": "grade"},
                    {"name": "salary", "type": "number", "column": "salary"},
                    {"name": "department_id", "type": "number", "column": "department_id"}]},
    {"name": "departments", "table": "departments", "primary_key": ["department_id"],
     "dimensions": [{"name": "department_id", "type": "number", "column": "department_id"},
                    {"name": "title", "type": "string", "column": "title"}]}]})");
}

std::string StateStaff(const std::string& question) {
  const TableOfValues values({{"employees", "gender", "F"},
                              {"employees", "gender", "M"},
                              {"employees", "grade", "F"},
                              {"departments", "title", "Legal"}});
  ReadOptions options;
  options.least_confidence = 0;
  const Reading reading =
      Read(question, StaffModel(), values, TestNow(), Layer::kTables, Context(), options).value();
  if (reading.outcome != Outcome::kAnswered) return "- " + reading.reason;
  if (reading.sql.empty()) return reading.query.Dump();
  return OneLine(reading.sql);
}

TEST(People, HaveAFullNameInTwoParts) {
  EXPECT_TRUE(Holds(StateStaff("full names and salaries of employees"),
                    "SELECT employees.emp_first_name, employees.emp_last_name, employees.salary "
                    "FROM employees"));
  EXPECT_TRUE(Holds(StateStaff("what is the full name of each employee in Legal"),
                    "SELECT employees.emp_first_name, employees.emp_last_name FROM"));
}

TEST(People, AreShownByBothPartsOfTheirName) {
  EXPECT_TRUE(Holds(StateStaff("which employees earn a salary above 100"),
                    "SELECT employees.emp_last_name, employees.emp_first_name FROM"));
}

TEST(People, HaveOneNameWhereThatIsAll) {
  EXPECT_TRUE(
      Holds(StateStaff("full names of departments"), "SELECT departments.title FROM departments"));
}

TEST(People, AreNotComparedByAFullNameInParts) {
  EXPECT_EQ(StateStaff("salaries of employees whose full name contains 'Ada'").substr(0, 1), "-");
}

TEST(People, AreMenAndWomenInAColumnOfTheGenderAlone) {
  const std::string women = StateStaff("how many women are there");
  EXPECT_TRUE(Holds(women, "employees.gender = 'F'"));
  EXPECT_EQ(women.find("grade"), std::string::npos) << women;
  EXPECT_TRUE(Holds(StateStaff("salaries of male employees"), "employees.gender = 'M'"));
}

TEST(People, AreToldApartWhereBothGendersAreNamed) {
  const std::string statement = StateStaff("average salary of male and female employees");
  EXPECT_TRUE(Holds(statement, "SELECT employees.gender, avg(employees.salary)"));
  EXPECT_TRUE(Holds(statement, "GROUP BY employees.gender"));
}

TEST(GenderCodes, AreKnownForWordsOfOneGender) {
  EXPECT_EQ(CodesOfGender("girls").front(), "F");
  EXPECT_EQ(CodesOfGender("men").back(), "Male");
  EXPECT_TRUE(CodesOfGender("mental").empty());
  EXPECT_TRUE(KeepsGender("customer_sex"));
  EXPECT_FALSE(KeepsGender("grade"));
}

}  // namespace
}  // namespace loupe::ask
