#include "core/ask/caution.hpp"

#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "ask_fixture.hpp"

namespace loupe::ask {
namespace {

std::vector<std::string> CautionsAbout(const std::string& question,
                                       std::vector<std::vector<Json>> cells) {
  const semantic::Model model = ShopModel();
  const Reading reading =
      Read(question, model, ShopValues(), TestNow(), Layer::kTables, Context()).value();
  EXPECT_EQ(reading.outcome, Outcome::kAnswered) << question << ": " << reading.reason;
  RowSet rows;
  rows.rows = std::move(cells);
  return CautionsOf(reading, model, rows);
}

using Cautions = std::vector<std::string>;

TEST(AskCaution, NamesTheConditionsThatNothingMeets) {
  const Cautions expected = {"nothing meets the conditions: where status is cancelled"};
  EXPECT_EQ(CautionsAbout("how many orders with status cancelled", {{Json(0)}}), expected);
  EXPECT_EQ(CautionsAbout("how many orders with status cancelled", {{Json("0")}}), expected);
  EXPECT_EQ(CautionsAbout("number of orders with status cancelled per country", {}), expected);
  EXPECT_EQ(CautionsAbout("names of customers from Germany", {}),
            Cautions{"nothing meets the conditions: where country is Germany"});
  EXPECT_EQ(CautionsAbout("products more expensive than the average price", {}),
            Cautions{"nothing meets the conditions: where price is more than the average price of "
                     "all"});
}

TEST(AskCaution, SaysThatThereIsNothingToAggregate) {
  EXPECT_EQ(CautionsAbout("average price of products", {{Json()}}),
            Cautions{"no rows have a value to aggregate"});
  EXPECT_EQ(CautionsAbout("list products", {}), Cautions{"there are no rows"});
}

TEST(AskCaution, IsQuietWhereRowsAreWhatWasAskedFor) {
  EXPECT_EQ(CautionsAbout("how many orders with status cancelled", {{Json(5)}}), Cautions{});
  EXPECT_EQ(CautionsAbout("how many orders", {{Json(0)}}), Cautions{});
  EXPECT_EQ(CautionsAbout("names of customers from Germany", {{Json()}}), Cautions{});
  EXPECT_EQ(CautionsAbout("number of orders per country", {{Json("France"), Json(0)}}), Cautions{});
}

TEST(AskCaution, CountsRowsThatMayBeMore) {
  const std::vector<std::vector<Json>> rows(10'000, {Json("Ada")});
  EXPECT_EQ(CautionsAbout("names of customers", rows),
            Cautions{"there may be more than these 10,000 rows"});
}

}  // namespace
}  // namespace loupe::ask
