#include "core/sketch/hash.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <string>

namespace loupe::sketch {
namespace {

std::string Ascending(int count) {
  std::string bytes;
  for (int i = 0; i < count; ++i) bytes += static_cast<char>(i);
  return bytes;
}

TEST(Hash, IsXxh64WithSeedZero) {
  EXPECT_EQ(HashBytes(""), 0xEF46DB3751D8E999U);
  EXPECT_EQ(HashBytes("a"), 0xD24EC4F1A98C6E5BU);
  EXPECT_EQ(HashBytes("abc"), 0x44BC2CF5AD770999U);
  EXPECT_EQ(HashBytes(Ascending(31)), 0xC346D2B59B4D8EE1U);
  EXPECT_EQ(HashBytes(Ascending(32)), 0xCBF59C5116FF32B4U);
  EXPECT_EQ(HashBytes(Ascending(47)), 0x0D9883A03E7BFBB8U);
  EXPECT_EQ(HashBytes(Ascending(101)), 0xE99038495F85381EU);
  EXPECT_EQ(HashInteger(1), 0x9F29CB17A2A49995U);
  EXPECT_EQ(HashInteger(-1), 0x85D136ADB773C6C9U);
  EXPECT_EQ(HashNumber(0.5), 0x48CB5E118059DA42U);
}

TEST(Hash, OfWholeNumbersDoesNotDependOnTheirType) {
  for (const std::int64_t value : {std::int64_t{0}, std::int64_t{1}, std::int64_t{-7},
                                   std::int64_t{1} << 40, -(std::int64_t{1} << 52)}) {
    EXPECT_EQ(HashNumber(static_cast<double>(value)), HashInteger(value)) << value;
    EXPECT_EQ(HashDecimal(std::to_string(value)), HashInteger(value)) << value;
  }
  constexpr std::int64_t kLeast = std::numeric_limits<std::int64_t>::min();
  EXPECT_EQ(HashDecimal("-9223372036854775808"), HashInteger(kLeast));
  EXPECT_EQ(HashNumber(-9223372036854775808.0), HashInteger(kLeast));
}

TEST(Hash, OfNumbersFollowsTheirEquality) {
  EXPECT_EQ(HashNumber(-0.0), HashNumber(0.0));
  EXPECT_EQ(HashNumber(-std::nan("1")), HashNumber(std::nan("2")));
  EXPECT_EQ(HashDecimal("NaN"), HashNumber(std::nan("")));
  EXPECT_EQ(HashDecimal("Infinity"), HashNumber(HUGE_VAL));
  EXPECT_EQ(HashDecimal("-Infinity"), HashNumber(-HUGE_VAL));
  EXPECT_NE(HashNumber(HUGE_VAL), HashNumber(-HUGE_VAL));
  EXPECT_NE(HashNumber(0.5), HashNumber(0.25));
}

TEST(Hash, OfTwoIntegersIsThatOfTheirBytes) {
  const std::string bytes("\2\0\0\0\0\0\0\0\377\377\377\377\377\377\377\377", 16);
  EXPECT_EQ(HashIntegers(2, -1), HashBytes(bytes));
  EXPECT_NE(HashIntegers(2, -1), HashIntegers(-1, 2));
}

TEST(Hash, OfDecimalsBeyondIntegersIsThatOfTheirText) {
  EXPECT_EQ(HashDecimal("0.5"), HashBytes("0.5"));
  EXPECT_EQ(HashDecimal("9223372036854775808"), HashBytes("9223372036854775808"));
  EXPECT_EQ(HashDecimal(""), HashBytes(""));
  EXPECT_NE(HashNumber(9223372036854775808.0),
            HashInteger(std::numeric_limits<std::int64_t>::max()));
}

}  // namespace
}  // namespace loupe::sketch
