#include "core/semantic/formula_types.hpp"

#include <gtest/gtest.h>

#include "semantic_store_fixture.hpp"

namespace loupe::semantic {
namespace {

FormulaType TypeOfMeasure(const std::string& name) {
  const Entity& orders = *StoreModel().FindEntity("orders");
  const Result<FormulaType> type = FormulaTypeOf(StoreModel(), orders, *orders.FindMeasure(name));
  EXPECT_TRUE(type.ok()) << name;
  return type.ok() ? type.value() : FormulaType::kUnknown;
}

// The error of a model of one entity with a number n, a text s and these further members.
Status FormulaError(const std::string& dimensions, const std::string& measures) {
  const Result<Model> model = ParseModel(JsonOf(R"({"name": "m", "entities": [{"name": "e",
      "table": "t", "dimensions": [{"name": "n", "type": "number", "column": "n"},
      {"name": "s", "type": "string", "column": "s"})" +
                                                dimensions + R"(], "measures": [
      {"name": "count", "type": "count"},
      {"name": "last", "type": "max", "column": "s", "data_type": "text"})" +
                                                measures + "]}]}"));
  EXPECT_FALSE(model.ok());
  return model.status();
}

TEST(FormulaTypeOf, FollowsWhatAMeasureIsMadeOf) {
  EXPECT_EQ(TypeOfMeasure("count"), FormulaType::kNumber);
  EXPECT_EQ(TypeOfMeasure("aov"), FormulaType::kNumber);
  EXPECT_EQ(TypeOfMeasure("verdict"), FormulaType::kText);
  EXPECT_EQ(TypeOfMeasure("last_year"), FormulaType::kNumber);
  EXPECT_EQ(TypeOfMeasure("share"), FormulaType::kNumber);
  EXPECT_EQ(TypeOfMeasure("place"), FormulaType::kNumber);
  EXPECT_EQ(FormulaTypeOf(SqlType::kDate), FormulaType::kTime);
  EXPECT_EQ(FormulaTypeOf(SqlType::kOther), FormulaType::kUnknown);
}

TEST(CheckFormulas, RefusesOperandsThatDoNotFit) {
  const Status row = FormulaError(R"(, {"name": "d", "type": "number", "formula": "n + s"})", "");
  EXPECT_EQ(row.code(), Code::kSemanticTypeMismatch);
  EXPECT_EQ(row.pointer(), "/entities/0/dimensions/2/formula");
  const Status measure =
      FormulaError("", R"(, {"name": "c", "type": "calculated", "formula": "count + last"})");
  EXPECT_EQ(measure.code(), Code::kSemanticTypeMismatch);
  EXPECT_EQ(measure.pointer(), "/entities/0/measures/2/formula");
}

TEST(CheckFormulas, RefusesFormulasThatDoNotMakeTheirMember) {
  EXPECT_EQ(
      FormulaError(R"(, {"name": "d", "type": "number", "formula": "s || 'x'"})", "").message(),
      "formula of \"d\" gives text, not a number");
  EXPECT_EQ(FormulaError(R"(, {"name": "d", "type": "string", "formula": "s", "bins": [1]})", "")
                .message(),
            "formula of \"d\" gives text, not a number");
  EXPECT_EQ(FormulaError("", R"(, {"name": "c", "type": "sum", "formula": "s || 'x'"})").message(),
            "formula of \"c\" gives text, not a number to take the sum of");
}

TEST(CheckFormulas, BoundsWhatFormulasMakeOfOneAnother) {
  std::string dimensions;
  for (int i = 1; i <= 40; ++i) {
    const std::string before = i == 1 ? "n" : "d" + std::to_string(i - 1);
    dimensions += R"(, {"name": "d)" + std::to_string(i) + R"(", "type": "number", "formula": ")" +
                  before + " + " + before + "\"}";
  }
  EXPECT_EQ(FormulaError(dimensions, "").code(), Code::kLimitExceeded);
  std::string measures = R"(, {"name": "m0", "type": "percent_of_total", "measure": "count"})";
  for (int i = 1; i <= 40; ++i) {
    measures += R"(, {"name": "m)" + std::to_string(i) +
                R"(", "type": "percent_of_total", "measure": "m)" + std::to_string(i - 1) + "\"}";
  }
  EXPECT_EQ(FormulaError("", measures).code(), Code::kLimitExceeded);
}

TEST(FormulaTypes, FindWhatFillNullsCannotFill) {
  const Model model = ModelOf(R"({"name": "m", "entities": [{"name": "e", "table": "t",
      "measures": [{"name": "last", "type": "max", "column": "s", "data_type": "text",
                    "fill_nulls": 0}]}]})");
  const Status status = StoreError(R"({"measures": ["e.last"]})", model);
  EXPECT_EQ(status.code(), Code::kSemanticTypeMismatch);
  EXPECT_EQ(status.pointer(), "/measures/0");
}

}  // namespace
}  // namespace loupe::semantic
