#include "core/base/number_format.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace loupe {
namespace {

std::string Format(const std::string& specifier, double value) {
  const auto format = ParseNumberFormat(specifier);
  EXPECT_TRUE(format.ok()) << specifier;
  return format.ok() ? FormatNumber(format.value(), value) : "";
}

TEST(NumberFormat, WritesFixedDigitsAndRoundsTiesUp) {
  EXPECT_EQ(Format(".2f", 9.999), "10.00");
  EXPECT_EQ(Format(".0f", 2.5), "3");
  EXPECT_EQ(Format(".0f", 0.4), "0");
  EXPECT_EQ(Format(".0f", 0.5), "1");
  EXPECT_EQ(Format(".2f", 0.15), "0.15");
  EXPECT_EQ(Format(".1f", 0.25), "0.3");
  EXPECT_EQ(Format(".3f", 0), "0.000");
  EXPECT_EQ(Format("f", 1e21), "1e+21");
}

TEST(NumberFormat, WritesEveryType) {
  EXPECT_EQ(Format("e", 1234), "1.234000e+3");
  EXPECT_EQ(Format(".1e", 0), "0.0e+0");
  EXPECT_EQ(Format(".3g", 1234), "1.23e+3");
  EXPECT_EQ(Format("g", 0.00001), "0.0000100000");
  EXPECT_EQ(Format(".3r", 123456), "123000");
  EXPECT_EQ(Format(".2r", 0), "0");
  EXPECT_EQ(Format(".1%", 0.256), "25.6%");
  EXPECT_EQ(Format(".2p", 0.123), "12%");
  EXPECT_EQ(Format("d", 42.6), "43");
  EXPECT_EQ(Format("b", 5), "101");
  EXPECT_EQ(Format("o", 8), "10");
  EXPECT_EQ(Format("x", 255), "ff");
  EXPECT_EQ(Format("#X", 255), "0xFF");
  EXPECT_EQ(Format("n", 1234567), "1.23457e+6");
  EXPECT_EQ(Format("c", 65), "65");
  EXPECT_EQ(Format("x", 1e300), "1e+300");
}

TEST(NumberFormat, WritesSiPrefixes) {
  EXPECT_EQ(Format("~s", 1500), "1.5k");
  EXPECT_EQ(Format(".2s", 0.00042), "420\xC2\xB5");
  EXPECT_EQ(Format(".3s", 42e6), "42.0M");
  EXPECT_EQ(Format("s", 0), "0.00000");
  NumberFormat format;
  format.precision = 1;
  format.type = 's';
  EXPECT_EQ(FormatNumberWithPrefixOf(format, 1300, 1e6), "0.0M");
  EXPECT_EQ(FormatNumberWithPrefixOf(format, 25000, 1000), "25.0k");
}

TEST(NumberFormat, WithoutTypeWritesTwelveDigitsTrimmed) {
  EXPECT_EQ(Format("", 0.1), "0.1");
  EXPECT_EQ(Format("", 1.0 / 3), "0.333333333333");
  EXPECT_EQ(Format(",", 1234567.5), "1,234,567.5");
  EXPECT_EQ(Format(".3~f", 1.5), "1.5");
}

TEST(NumberFormat, SignsFillsAlignsAndGroups) {
  EXPECT_EQ(Format("", -3),
            "\xE2\x88\x92"
            "3");
  EXPECT_EQ(Format("+d", 3), "+3");
  EXPECT_EQ(Format(" d", 3), " 3");
  EXPECT_EQ(Format("(.1f", -3), "(3.0)");
  EXPECT_EQ(Format(".0f", -0.3), "0");
  EXPECT_EQ(Format("$,.2f", 1234.5), "$1,234.50");
  EXPECT_EQ(Format("*>6d", 42), "****42");
  EXPECT_EQ(Format("<6d", 42), "42    ");
  EXPECT_EQ(Format("^6d", 42), "  42  ");
  EXPECT_EQ(Format("06d", -42),
            "\xE2\x88\x92"
            "00042");
  EXPECT_EQ(Format("012,", 1234), "0,000,001,234");
}

TEST(NumberFormat, WritesWhatIsNoNumber) {
  EXPECT_EQ(Format(".2f", std::nan("")), "NaN");
  EXPECT_EQ(Format("d", -std::numeric_limits<double>::infinity()), "\xE2\x88\x92Infinity");
}

TEST(NumberFormat, RefusesWhatIsNoSpecifier) {
  EXPECT_EQ(ParseNumberFormat("%%").status().code(), Code::kInvalidArgument);
  EXPECT_EQ(ParseNumberFormat(".2k").status().code(), Code::kInvalidArgument);
  EXPECT_EQ(ParseNumberFormat("9999d").status().code(), Code::kLimitExceeded);
  EXPECT_TRUE(ParseNumberFormat(".999f").ok());
}

TEST(NumberFormat, FindsThePrecisionThatTellsStepsApart) {
  EXPECT_EQ(PrecisionFixed(0.25), 1);
  EXPECT_EQ(PrecisionFixed(20), 0);
  EXPECT_EQ(PrecisionFixed(0), std::nullopt);
  EXPECT_EQ(PrecisionPrefix(1e5, 1.3e6), 1);
  EXPECT_EQ(PrecisionRound(0.01, 1.01), 3);
}

TEST(NumberFormat, WritesNumbersAsEcmaScriptDoes) {
  EXPECT_EQ(NumberToText(1e21), "1e+21");
  EXPECT_EQ(NumberToText(1e-7), "1e-7");
  EXPECT_EQ(NumberToText(0.000001), "0.000001");
  EXPECT_EQ(NumberToText(-0.0), "0");
  EXPECT_EQ(NumberToText(-12.5), "-12.5");
  EXPECT_EQ(NumberToText(std::nan("")), "NaN");
  EXPECT_EQ(NumberToText(-std::numeric_limits<double>::infinity()), "-Infinity");
}

}  // namespace
}  // namespace loupe
