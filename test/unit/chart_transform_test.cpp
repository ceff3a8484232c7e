#include "core/chart/data/transform/transform.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace loupe::chart {
namespace {

Table TableFrom(const std::string& rows) {
  Table table;
  const Json list = ParseJson(rows).value();
  for (const Json& row : list.items()) {
    for (const Json::Member& member : row.members()) {
      if (table.Find(member.name) < 0) table.Add(member.name, std::vector<Json>(table.row_count));
    }
    for (std::size_t i = 0; i < table.names.size(); ++i) {
      const Json* value = row.Find(table.names[i]);
      table.columns[i].push_back(value != nullptr ? *value : Json());
    }
    ++table.row_count;
  }
  return table;
}

Result<Table> TryTransform(const std::string& rows, const std::string& transforms,
                           const Context& context = Context()) {
  const Json params = Json::Of({{"least", 2}});
  const Locale locale;
  ExpressionBudget budget;
  std::vector<Warning> warnings;
  TransformEnvironment environment;
  environment.params = &params;
  environment.locale = &locale;
  environment.context = &context;
  environment.budget = &budget;
  environment.warnings = &warnings;
  environment.load = [](const Json& data, const std::string&) -> Result<Table> {
    return TableFrom(data.Find("rows")->Dump());
  };
  return ApplyTransforms(TableFrom(rows), ParseJson(transforms).value(), "/transform", environment);
}

// A column as JSON text.
std::string Column(const Table& table, const std::string& name) {
  const int column = table.Find(name);
  if (column < 0) return "none";
  return Json::FromArray(table.columns[static_cast<std::size_t>(column)]).Dump();
}

std::string Transformed(const std::string& rows, const std::string& transforms,
                        const std::string& name) {
  const Result<Table> table = TryTransform(rows, transforms);
  if (!table.ok()) return table.status().message() + " at " + table.status().pointer();
  return Column(table.value(), name);
}

constexpr const char* kRows =
    R"([{"g": "x", "v": 1}, {"g": "y", "v": 4}, {"g": "x", "v": 3}, {"g": "y", "v": null}])";

TEST(ChartTransform, FiltersByExpressionsPredicatesAndParameters) {
  EXPECT_EQ(Transformed(kRows, R"([{"filter": "datum.v > least"}])", "v"), "[4,3]");
  EXPECT_EQ(Transformed(kRows, R"([{"filter": {"field": "g", "oneOf": ["y"]}}])", "v"), "[4,null]");
  EXPECT_EQ(
      Transformed(kRows, R"([{"filter": {"and": [{"field": "v", "gte": 2}, "datum.g == 'x'"]}}])",
                  "v"),
      "[3]");
}

TEST(ChartTransform, CalculatesOneAfterTheOther) {
  EXPECT_EQ(Transformed(kRows, R"([{"calculate": "datum.v * 2", "as": "d"},
                                   {"calculate": "datum.d + 1", "as": "d"}])",
                        "d"),
            "[3,9,7,1]");
}

TEST(ChartTransform, AggregatesGroupsInOrderOfAppearance) {
  const std::string aggregate = R"([{"aggregate": [{"op": "count", "as": "n"},
      {"op": "mean", "field": "v", "as": "m"}, {"op": "valid", "field": "v", "as": "k"},
      {"op": "argmax", "field": "v", "as": "top"}], "groupby": ["g"]}])";
  EXPECT_EQ(Transformed(kRows, aggregate, "g"), R"(["x","y"])");
  EXPECT_EQ(Transformed(kRows, aggregate, "n"), "[2,2]");
  EXPECT_EQ(Transformed(kRows, aggregate, "m"), "[2,4]");
  EXPECT_EQ(Transformed(kRows, aggregate, "k"), "[2,1]");
  EXPECT_EQ(Transformed(kRows, aggregate, "top"), R"([{"g":"x","v":3},{"g":"y","v":4}])");
  EXPECT_EQ(Transformed("[]", R"([{"aggregate": [{"op": "count", "as": "n"}]}])", "n"), "[]");
}

TEST(ChartTransform, JoinsAggregatesToTheirRows) {
  EXPECT_EQ(Transformed(kRows,
                        R"([{"joinaggregate": [{"op": "sum", "field": "v", "as": "s"}],
                             "groupby": ["g"]}])",
                        "s"),
            "[4,4,4,4]");
}

TEST(ChartTransform, BinsAndTruncatesTimes) {
  const std::string rows = R"([{"v": 3, "t": "2020-05-17"}, {"v": 97, "t": "2021-01-02"}])";
  const std::string bin = R"([{"bin": {"step": 10}, "field": "v", "as": ["a", "b"]}])";
  EXPECT_EQ(Transformed(rows, bin, "a"), "[0,90]");
  EXPECT_EQ(Transformed(rows, bin, "b"), "[10,100]");
  EXPECT_EQ(Transformed(rows, R"([{"timeUnit": "year", "field": "t", "as": "y"}])", "y"),
            "[1577836800000,1609459200000]");
}

TEST(ChartTransform, FoldsAndFlattens) {
  const std::string rows = R"([{"a": 1, "b": 2, "l": [5, 6]}, {"a": 3, "b": 4, "l": []}])";
  EXPECT_EQ(Transformed(rows, R"([{"fold": ["a", "b"]}])", "value"), "[1,2,3,4]");
  EXPECT_EQ(Transformed(rows, R"([{"fold": ["a", "b"], "as": ["k", "v"]}])", "k"),
            R"(["a","b","a","b"])");
  EXPECT_EQ(Transformed(rows, R"([{"flatten": ["l"], "as": ["item"]}])", "item"), "[5,6]");
  EXPECT_EQ(Transformed(rows, R"([{"flatten": ["l"]}])", "a"), "[1,1]");
}

TEST(ChartTransform, PivotsGroupsIntoColumns) {
  const std::string pivot = R"([{"pivot": "g", "value": "v", "groupby": ["k"]}])";
  const std::string rows =
      R"([{"k": 1, "g": "b", "v": 2}, {"k": 1, "g": "a", "v": 3}, {"k": 2, "g": "a", "v": 4}])";
  EXPECT_EQ(Transformed(rows, pivot, "a"), "[3,4]");
  EXPECT_EQ(Transformed(rows, pivot, "b"), "[2,null]");
}

TEST(ChartTransform, LooksRowsUp) {
  const std::string from = R"("from": {"data": {"rows": [{"k": "x", "w": 10}]}, "key": "k")";
  EXPECT_EQ(Transformed(kRows, R"([{"lookup": "g", )" + from + R"(, "fields": ["w"]},
                                   "default": -1}])",
                        "w"),
            "[10,-1,10,-1]");
  EXPECT_EQ(Transformed(kRows, R"([{"lookup": "g", )" + from + R"(}, "as": "o"}])", "o"),
            R"([{"k":"x","w":10},null,{"k":"x","w":10},null])");
}

TEST(ChartTransform, ImputesMissingKeysOfEachGroup) {
  const std::string rows =
      R"([{"g": "x", "k": 1, "v": 10}, {"g": "x", "k": 3, "v": 30}, {"g": "y", "k": 1, "v": 7}])";
  EXPECT_EQ(Transformed(rows, R"([{"impute": "v", "key": "k", "groupby": ["g"], "value": 0,
                                   "keyvals": [2]}])",
                        "v"),
            "[10,30,7,0,0,0]");
  EXPECT_EQ(Transformed(rows, R"([{"impute": "v", "key": "k", "groupby": ["g"], "method": "mean",
                                   "keyvals": {"start": 2, "stop": 3}}])",
                        "v"),
            "[10,30,7,20,7,7]");
}

TEST(ChartTransform, ImputesByFramesOfRowsAsTheyCome) {
  // Row 1 is null, key 9 is added at the end: each takes the mean of its neighbours' places.
  const std::string rows =
      R"([{"g": 1, "k": 1, "v": 10}, {"g": 1, "k": 2, "v": null}, {"g": 1, "k": 3, "v": 30},
          {"g": 2, "k": 9, "v": 5}])";
  const std::string impute = R"([{"impute": "v", "key": "k", "groupby": ["g"], "keyvals": [],
                                  "method": "mean", "frame": [-1, 1]}])";
  EXPECT_EQ(Transformed(rows, impute, "v"), "[10,20,30,5,30,5,null,null]");
}

TEST(ChartTransform, ImputingAValueLeavesTheNullsThatAreThere) {
  const std::string rows = R"([{"g": 1, "k": 1, "v": null}, {"g": 2, "k": 2, "v": 4}])";
  EXPECT_EQ(
      Transformed(rows, R"([{"impute": "v", "key": "k", "groupby": ["g"], "value": 7}])", "v"),
      "[null,4,7,7]");
  EXPECT_EQ(Transformed(rows, R"([{"impute": "v", "key": "k", "groupby": ["g"]}])", "v"),
            "[null,4,0,0]");
}

TEST(ChartTransform, FitsAndDensitiesOfGroups) {
  const std::string rows = R"([{"g": "a", "x": 0, "y": 1}, {"g": "a", "x": 1, "y": 3}])";
  const std::string fit = R"([{"regression": "y", "on": "x", "groupby": ["g"], "params": true}])";
  EXPECT_EQ(Transformed(rows, fit, "g"), R"(["a"])");
  EXPECT_EQ(Transformed(rows, fit, "keys"), R"([["a"]])");
  // Densities share their steps unless told otherwise, with and without groups.
  const std::string count = R"(, {"aggregate": [{"op": "count", "as": "n"}]}])";
  EXPECT_EQ(Transformed(rows, R"([{"density": "x"})" + count, "n"), "[201]");
}

TEST(ChartTransform, MatchesLookupKeysByTheirText) {
  EXPECT_EQ(Transformed(R"([{"g": "7"}])",
                        R"([{"lookup": "g", "from": {"data": {"rows": [{"k": 7, "w": 1}]},
                             "key": "k", "fields": ["w"]}}])",
                        "w"),
            "[1]");
}

TEST(ChartTransform, OperationsOfAWindowReadTheRowsAsTheyCame) {
  const std::string window = R"([{"window": [{"op": "row_number", "as": "v"},
                                             {"op": "sum", "field": "v", "as": "s"}]}])";
  EXPECT_EQ(Transformed(R"([{"v": 5}, {"v": 6}])", window, "s"), "[5,11]");
}

TEST(ChartTransform, FindsTheNextValueAcrossNulls) {
  const std::string window = R"([{"window": [{"op": "next_value", "field": "v", "as": "n"}]}])";
  EXPECT_EQ(Transformed(R"([{"v": null}, {"v": null}, {"v": 3}, {"v": null}])", window, "n"),
            "[3,3,3,null]");
}

TEST(ChartTransform, SumsOfNothingAreNull) {
  const std::string rows = R"([{"v": null}])";
  EXPECT_EQ(Transformed(rows, R"([{"aggregate": [{"op": "sum", "field": "v", "as": "s"}]}])", "s"),
            "[null]");
  EXPECT_EQ(Transformed(rows, R"([{"window": [{"op": "sum", "field": "v", "as": "s"}]}])", "s"),
            "[null]");
}

TEST(ChartTransform, ComputesWindows) {
  const std::string rows = R"([{"v": 3}, {"v": 1}, {"v": 3}, {"v": 7}])";
  const auto window = [&](const std::string& op, const std::string& more = "") {
    return Transformed(rows,
                       R"([{"window": [{"op": ")" + op + R"(", "field": "v", "as": "w"}],
                            "sort": [{"field": "v"}])" +
                           more + "}]",
                       "w");
  };
  EXPECT_EQ(window("row_number"), "[2,1,3,4]");
  EXPECT_EQ(window("rank"), "[2,1,2,4]");
  EXPECT_EQ(window("dense_rank"), "[2,1,2,3]");
  EXPECT_EQ(window("cume_dist"), "[0.75,0.25,0.75,1]");
  EXPECT_EQ(window("lag"), "[1,null,3,3]");
  EXPECT_EQ(window("lead"), "[3,3,7,null]");
  // Rows that are equal in the order share their frames unless told otherwise.
  EXPECT_EQ(window("sum"), "[7,1,7,14]");
  EXPECT_EQ(window("sum", R"(, "ignorePeers": true)"), "[4,1,7,14]");
  EXPECT_EQ(window("mean", R"(, "frame": [-1, 1], "ignorePeers": true)"),
            "[2.3333333333333335,2,4.333333333333333,5]");
  EXPECT_EQ(window("max", R"(, "frame": [null, null])"), "[7,7,7,7]");
}

TEST(ChartTransform, StacksWithAnOffset) {
  const std::string stack = R"([{"stack": "v", "groupby": ["g"], "as": ["from", "to"]}])";
  EXPECT_EQ(Transformed(kRows, stack, "from"), "[0,0,1,4]");
  EXPECT_EQ(Transformed(kRows, stack, "to"), "[1,4,4,4]");
}

TEST(ChartTransform, FitsCurves) {
  const std::string rows =
      R"([{"x": 0, "y": 1}, {"x": 1, "y": 3}, {"x": 2, "y": 5}, {"x": 3, "y": 7}])";
  EXPECT_EQ(Transformed(rows, R"([{"regression": "y", "on": "x"}])", "y"), "[1,7]");
  EXPECT_EQ(Transformed(rows, R"([{"regression": "y", "on": "x", "params": true}])", "coef"),
            "[[1,2]]");
  EXPECT_EQ(Transformed(rows, R"([{"quantile": "x", "probs": [0, 0.5, 1]}])", "value"),
            "[0,1.5,3]");
  const Result<Table> density =
      TryTransform(rows, R"([{"density": "x", "steps": 50, "extent": [-10, 13]}])");
  ASSERT_TRUE(density.ok());
  double area = 0;
  const Table& curve = density.value();
  ASSERT_EQ(curve.row_count, 51u);
  for (std::size_t i = 0; i < curve.row_count; ++i) area += NumberOf(curve.At(1, i)) * 23 / 50;
  EXPECT_NEAR(area, 1, 1e-6);
  const Result<Table> loess =
      TryTransform(rows, R"([{"loess": "y", "on": "x", "bandwidth": 0.75}])");
  ASSERT_TRUE(loess.ok());
  ASSERT_EQ(loess.value().row_count, 4u);
  for (std::size_t i = 0; i < 4; ++i) {
    EXPECT_NEAR(NumberOf(loess.value().At(1, i)), 1 + 2.0 * static_cast<double>(i), 1e-9);
  }
}

TEST(ChartTransform, FitsPolynomialsAboutZero) {
  const std::string rows = R"([{"x": 5, "y": 26}, {"x": 6, "y": 37}, {"x": 7, "y": 50},
                               {"x": 8, "y": 65}])";
  const Result<Table> fit =
      TryTransform(rows, R"([{"regression": "y", "on": "x", "method": "quad", "params": true}])");
  ASSERT_TRUE(fit.ok());
  const Json& coefficients = fit.value().At(fit.value().Find("coef"), 0);
  ASSERT_EQ(coefficients.items().size(), 3u);
  EXPECT_NEAR(coefficients.items()[0].AsDouble(), 1, 1e-6);
  EXPECT_NEAR(coefficients.items()[1].AsDouble(), 0, 1e-6);
  EXPECT_NEAR(coefficients.items()[2].AsDouble(), 1, 1e-6);
}

TEST(ChartTransform, SamplesTheSameRowsEachTime) {
  const std::string once = Transformed(kRows, R"([{"sample": 2}])", "v");
  EXPECT_EQ(Transformed(kRows, R"([{"sample": 2}])", "v"), once);
  EXPECT_EQ(TryTransform(kRows, R"([{"sample": 2}])").value().row_count, 2u);
}

TEST(ChartTransform, NamesWhatIsWrong) {
  const Status unknown = TryTransform(kRows, R"([{"fliter": "true"}])").status();
  EXPECT_EQ(unknown.code(), Code::kChartInvalidSpec);
  EXPECT_EQ(unknown.pointer(), "/transform/0");
  EXPECT_NE(unknown.hint().find("filter"), std::string::npos);
  const Status op =
      TryTransform(kRows, R"([{"aggregate": [{"op": "summ", "field": "v", "as": "s"}]}])").status();
  EXPECT_EQ(op.pointer(), "/transform/0/aggregate/0/op");
  EXPECT_NE(op.hint().find("sum"), std::string::npos);
  EXPECT_EQ(TryTransform(kRows, R"([{"calculate": "1"}])").status().pointer(), "/transform/0/as");
}

TEST(ChartTransform, LimitsWhatItMakes) {
  std::string wide = "[";
  for (int i = 0; i < 1'100; ++i) {
    wide += (i == 0 ? "" : ",") + (R"({"k": 1, "p": )" + std::to_string(i) + R"(, "v": 1})");
  }
  wide += "]";
  EXPECT_EQ(
      TryTransform(wide, R"([{"pivot": "p", "value": "v", "groupby": ["k"]}])").status().code(),
      Code::kLimitExceeded);
  const std::string twice = R"({"fold": ["p", "p", "p", "p", "p", "p", "p", "p", "p", "p"]})";
  EXPECT_EQ(TryTransform(wide, "[" + twice + "," + twice + "," + twice + "]").status().code(),
            Code::kLimitExceeded);
}

TEST(ChartTransform, EndsWhenTheHostCancels) {
  struct Cancelled {};
  const Context cancelling([](void*) { throw Cancelled(); });
  EXPECT_THROW((void)TryTransform(kRows, R"([{"filter": "true"}])", cancelling), Cancelled);
}

}  // namespace
}  // namespace loupe::chart
