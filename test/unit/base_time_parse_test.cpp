#include "core/base/time_parse.hpp"

#include <gtest/gtest.h>

#include "core/base/calendar.hpp"

namespace loupe {
namespace {

std::string Read(std::string_view specifier, std::string_view text) {
  const std::optional<std::int64_t> millis = ParseTimeAs(specifier, text);
  return millis ? FormatDateTime(FromMillis(*millis)) : "none";
}

TEST(TimeParse, ReadsDatesAndTimes) {
  EXPECT_EQ(Read("%d %b %Y %H:%M:%S", "10 Oct 2011 22:48:00"), "2011-10-10T22:48:00.000");
  EXPECT_EQ(Read("%Y", "1875"), "1875-01-01T00:00:00.000");
  EXPECT_EQ(Read("%B %-d, %y", "march 7, 24"), "2024-03-07T00:00:00.000");
  EXPECT_EQ(Read("%y", "69"), "1969-01-01T00:00:00.000");
  EXPECT_EQ(Read("%m/%d/%Y %I:%M %p", " 3/ 7/2024 12:05 am"), "2024-03-07T00:05:00.000");
  EXPECT_EQ(Read("%A %x, %X", "Thursday 3/7/2024, 3:04:05 PM"), "2024-03-07T15:04:05.000");
  EXPECT_EQ(Read("%Y-%j", "2024-061"), "2024-03-01T00:00:00.000");
  EXPECT_EQ(Read("%Y Q%q", "2024 Q3"), "2024-07-01T00:00:00.000");
  EXPECT_EQ(Read("%H:%M:%S.%f", "01:02:03.456789"), "1900-01-01T01:02:03.456");
  EXPECT_EQ(Read("%Y-%m-%dT%H%Z", "2024-03-07T15+0230"), "2024-03-07T12:30:00.000");
  EXPECT_EQ(Read("%Y%m%d%%", "20240307%"), "2024-03-07T00:00:00.000");
  EXPECT_EQ(Read("%d %m %Y", "31 02 2024"), "2024-03-02T00:00:00.000");
  EXPECT_EQ(ParseTimeAs("%s", "-2"), -2000);
  EXPECT_EQ(ParseTimeAs("%Q", "1500"), 1500);
}

TEST(TimeParse, RefusesTextOfAnotherForm) {
  for (const char* text : {"", "2024", "2024-13-01", "2024-03-07 ", "2024/03/07", "x2024-03-07"}) {
    EXPECT_EQ(Read("%Y-%m-%d", text), "none") << text;
  }
  EXPECT_EQ(Read("%b", "Foo"), "none");
  EXPECT_EQ(Read("%s", "99999999999999999999"), "none");
  EXPECT_EQ(Read("%U", "3"), "none");
}

TEST(TimeParse, NamesDirectivesThatCannotBeRead) {
  EXPECT_TRUE(CheckTimeFormat("%-d %b %Y 100%").ok());
  EXPECT_EQ(CheckTimeFormat("%Y week %U").message(),
            "directive %U of a time format cannot be read");
}

TEST(TimeParse, ReadsTheNamesOfALocale) {
  TimeLocale german;
  german.months[2] = "M\xC3\xA4rz";
  EXPECT_EQ(ParseTimeAs("%d. %B %Y", "7. M\xC3\xA4rz 2024", german),
            ToMillis(DateTime{2024, 3, 7}));
}

}  // namespace
}  // namespace loupe
