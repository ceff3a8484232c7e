#include "chart_data.hpp"
#include "core/chart/data/text_rows.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

namespace loupe::tools {
namespace {

namespace fs = std::filesystem;

// A folder with a data folder in it, and a secret beside it.
class ChartData : public ::testing::Test {
 protected:
  void SetUp() override {
    const std::string test = ::testing::UnitTest::GetInstance()->current_test_info()->name();
    top_ = fs::path(::testing::TempDir()) / ("loupe_chart_data_" + test);
    fs::remove_all(top_);
    fs::create_directories(top_ / "in" / "data");
    Write("secret.csv", "a\n1\n");
  }
  void TearDown() override { fs::remove_all(top_); }

  void Write(const std::string& name, const std::string& text) const {
    std::ofstream(top_ / name, std::ios::binary) << text;
  }
  [[nodiscard]] Result<RowSet> Load(const std::string& url, const Json& data) const {
    return LoadChartData((top_ / "in").string(), url, data);
  }
  [[nodiscard]] Result<RowSet> Load(const std::string& url) const {
    return Load(url, Json::MakeObject());
  }

  fs::path top_;
};

Json Format(std::initializer_list<std::pair<std::string_view, Json>> members) {
  return Json::Of({{"format", Json::Of(members)}});
}

std::string Values(const RowSet& rows) {
  std::string text;
  for (const std::vector<Json>& row : rows.rows) text += Json::FromArray(row).Dump();
  return text;
}

RowSet FromCsv(std::string_view text) {
  Result<RowSet> rows = chart::RowsFromDelimited(text, ',', Json::MakeObject(), 1000, Context());
  EXPECT_TRUE(rows.ok()) << rows.status().message();
  return rows.ok() ? rows.value() : RowSet();
}

TEST(Delimited, InfersTheTypeOfEachColumn) {
  const RowSet rows = FromCsv("b,n,t,none\ntrue,1.5,x,\nfalse,+2,3,\n,, ,\n");
  EXPECT_EQ(Values(rows), R"([true,1.5,"x",null][false,2,"3",null][null,null," ",null])");
  EXPECT_EQ(rows.columns[0].type, ValueType::kBoolean);
  EXPECT_EQ(rows.columns[1].type, ValueType::kNumber);
  EXPECT_EQ(rows.columns[2].type, ValueType::kString);
}

TEST(Delimited, QuotedFieldsHoldDelimitersQuotesAndLines) {
  EXPECT_EQ(Values(FromCsv("a,b\r\n\"x,\"\"y\"\"\nz\",1\r\n")), R"(["x,\"y\"\nz",1])");
}

TEST(Delimited, ShortRecordsEndInNullsAndOpenQuotesAtTheEnd) {
  EXPECT_EQ(Values(FromCsv("a,b\n1\n2,\"open")), R"([1,null][2,"open"])");
}

TEST(Delimited, ByteOrderMarkAndMissingLastLineEndAreNoData) {
  const RowSet rows = FromCsv("\xEF\xBB\xBFname\nx");
  EXPECT_EQ(rows.columns[0].name, "name");
  EXPECT_EQ(Values(rows), R"(["x"])");
  EXPECT_TRUE(FromCsv("").columns.empty());
  EXPECT_TRUE(FromCsv("a,b\n").rows.empty());
}

TEST(Delimited, ParseOverridesTheInferredType) {
  const Json format = Json::Of({{"parse", Json::Of({{"a", "string"}, {"b", "number"}})}});
  const Result<RowSet> rows =
      chart::RowsFromDelimited("a,b\n1,2\n3,x\n", ',', format, 1000, Context());
  ASSERT_TRUE(rows.ok());
  EXPECT_EQ(Values(rows.value()), R"(["1",2]["3",null])");
}

TEST(Delimited, EmptyLinesAreNoRecords) {
  EXPECT_EQ(Values(FromCsv("a,b\n\n1,2\r\n\r\n")), "[1,2]");
}

TEST(Delimited, NoParseLeavesTextAndUnknownParseIsRefused) {
  const Json none = Json::Of({{"parse", nullptr}});
  EXPECT_EQ(Values(chart::RowsFromDelimited("a\n1\n", ',', none, 1000, Context()).value()),
            R"(["1"])");
  const Json format = Json::Of({{"parse", Json::Of({{"a", "number:'%d'"}})}});
  EXPECT_EQ(chart::RowsFromDelimited("a\n1\n", ',', format, 1000, Context()).status().code(),
            Code::kChartNotSupported);
}

TEST(Delimited, NamesOfColumnsCountAsValues) {
  const Json format = Json::MakeObject();
  const auto code = [&](const char* text, std::size_t most) {
    return chart::RowsFromDelimited(text, ',', format, most, Context()).status().code();
  };
  EXPECT_EQ(code("a,b\n1,2\n", 4), Code::kOk);
  EXPECT_EQ(code("a,b\n1,2\n", 3), Code::kLimitExceeded);
  EXPECT_EQ(code("a,b,c", 2), Code::kLimitExceeded);
}

TEST_F(ChartData, ReadsEachFormatByItsEnding) {
  Write("in/data/a.csv", "a\n1\n");
  Write("in/data/a.tsv", "a\tb\n1\t2\n");
  Write("in/data/a.json", R"([{"a":1},{"a":null}])");
  EXPECT_EQ(Values(Load("data/a.csv").value()), "[1]");
  EXPECT_EQ(Values(Load("data/a.tsv").value()), "[1,2]");
  EXPECT_EQ(Values(Load("data/a.json").value()), "[1][null]");
}

TEST_F(ChartData, FollowsTheFormatOfTheSpecification) {
  Write("in/data/a.json", R"({"deep":{"rows":[{"a":1}]}})");
  Write("in/data/a.txt", "a;b\n1;2\n");
  EXPECT_EQ(Values(Load("data/a.json", Format({{"property", "deep.rows"}})).value()), "[1]");
  EXPECT_EQ(Values(Load("data/a.txt", Format({{"type", "dsv"}, {"delimiter", ";"}})).value()),
            "[1,2]");
  EXPECT_EQ(Load("data/a.json", Format({{"property", "no"}})).status().code(),
            Code::kChartInvalidData);
  EXPECT_EQ(Load("data/a.txt", Format({{"type", "dsv"}})).status().code(), Code::kChartInvalidData);
  EXPECT_EQ(Load("data/a.json", Format({{"type", "topojson"}})).status().code(),
            Code::kChartNotSupported);
}

TEST_F(ChartData, BareValuesBecomeRowsOfData) {
  Write("in/data/a.json", "[1,2]");
  const RowSet rows = Load("data/a.json").value();
  EXPECT_EQ(rows.columns[0].name, "data");
  EXPECT_EQ(Values(rows), "[1][2]");
  Write("in/data/b.json", "3");
  EXPECT_EQ(Load("data/b.json").status().code(), Code::kChartInvalidData);
}

TEST_F(ChartData, RefusesAddressesThatLeaveTheFolder) {
  fs::create_symlink(top_ / "secret.csv", top_ / "in" / "data" / "link.csv");
  fs::create_directory_symlink(top_, top_ / "in" / "up");
  const std::string absolute = (top_ / "secret.csv").string();
  for (const std::string& url : {std::string("../secret.csv"), std::string("data/../../secret.csv"),
                                 absolute, "file://" + absolute, std::string("data/link.csv"),
                                 std::string("up/secret.csv"), std::string()}) {
    EXPECT_EQ(Load(url).status().code(), Code::kNoPrivilege) << url;
  }
}

TEST_F(ChartData, MissingFilesFoldersAndLongFilesAreErrors) {
  EXPECT_EQ(Load("data/no.csv").status().code(), Code::kInvalidArgument);
  Write("in/data/broken.csv", "a\n\xFF\n");
  EXPECT_EQ(Load("data/broken.csv").status().code(), Code::kInvalidText);
  EXPECT_EQ(Load("data").status().code(), Code::kInvalidArgument);
  EXPECT_EQ(LoadChartData((top_ / "no").string(), "a.csv", Json()).status().code(),
            Code::kInvalidArgument);
  EXPECT_EQ(ReadFile((top_ / "secret.csv").string(), 3).status().code(), Code::kLimitExceeded);
  EXPECT_EQ(ReadFile((top_ / "secret.csv").string(), 4).value(), "a\n1\n");
}

}  // namespace
}  // namespace loupe::tools
