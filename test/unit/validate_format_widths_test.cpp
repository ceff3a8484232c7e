#include "core/validate/format_widths.hpp"

#include <gtest/gtest.h>

namespace loupe::validate {
namespace {

TEST(FormatWidths, AddsConstantWidths) {
  EXPECT_EQ(MeasureFormat("%s from %s").total, 0);
  EXPECT_EQ(MeasureFormat("%10s|%-20s").total, 30);
  EXPECT_EQ(MeasureFormat("%1000000000s").total, 1e9);
  EXPECT_EQ(MeasureFormat("%2$s %1$5s").total, 5);
  EXPECT_EQ(MeasureFormat("100%%").total, 0);
}

TEST(FormatWidths, SeesWidthsThatComeFromArguments) {
  EXPECT_FALSE(MeasureFormat("%s").from_arguments);
  EXPECT_TRUE(MeasureFormat("%*s").from_arguments);
  EXPECT_TRUE(MeasureFormat("%2$*1$s").from_arguments);
  EXPECT_TRUE(MeasureFormat("%-*s").from_arguments);
}

TEST(FormatWidths, EndsOnBrokenFormats) {
  for (const char* format : {"", "%", "%9", "%9$", "%9$-", "%-", "%*"}) (void)MeasureFormat(format);
}

}  // namespace
}  // namespace loupe::validate
