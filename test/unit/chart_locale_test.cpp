#include "core/chart/config/locale.hpp"

#include "chart_fixture.hpp"

namespace loupe::chart {
namespace {

using Texts = std::vector<std::string>;

constexpr const char* kGerman = R"("config": {"locale": {
    "number": {"decimal": ",", "thousands": ".", "grouping": [3], "currency": ["", " €"]},
    "time": {"dateTime": "%A, %e. %B %Y, %X", "date": "%d.%m.%Y", "time": "%H:%M:%S",
      "periods": ["AM", "PM"],
      "days": ["Sonntag", "Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag"],
      "shortDays": ["So", "Mo", "Di", "Mi", "Do", "Fr", "Sa"],
      "months": ["Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August",
        "September", "Oktober", "November", "Dezember"],
      "shortMonths": ["Jan", "Feb", "Mrz", "Apr", "Mai", "Jun", "Jul", "Aug", "Sep", "Okt", "Nov",
        "Dez"]}}})";

Scene German(const std::string& rows, const std::string& rest) {
  return MustCompile(R"({"data": {"values": )" + rows + "}, " + rest + ", " + kGerman + "}").scene;
}

TEST(ChartLocale, WritesNumbersOfAxesLabelsAndDescriptions) {
  const Scene scene = German(R"([{"a": 1234.5}, {"a": 2000}])", R"("mark": "text", "encoding":
      {"x": {"field": "a", "type": "quantitative"},
       "text": {"field": "a", "type": "quantitative", "format": "$,.2f"}})");
  EXPECT_EQ(TextsOf(scene, "axis-label").at(1), "400");
  EXPECT_EQ(TextsOf(scene, "axis-label").at(3), "1.200");
  EXPECT_EQ(TextsOf(scene, "mark"), Texts({"1.234,50 €", "2.000,00 €"}));
  EXPECT_EQ(MarksOf(scene, "mark").at(0)->items.at(0).aria_label, "a: 1234,5");
  EXPECT_EQ(MarksOf(scene, "axis").back()->aria_label,
            "X-axis titled 'a' for a linear scale with values from 0 to 2.000");
}

TEST(ChartLocale, WritesTimesOfAxesLegendsAndHeaders) {
  const Scene scene =
      German(R"([{"t": "2024-03-05", "k": "2024-05-01"}, {"t": "2024-12-05", "k": "2024-10-01"}])",
             R"("mark": "bar", "encoding": {
      "x": {"field": "t", "timeUnit": "month", "type": "ordinal"},
      "color": {"field": "k", "timeUnit": "month", "type": "nominal"},
      "row": {"field": "t", "timeUnit": "yearmonth", "type": "nominal"}})");
  EXPECT_EQ(TextsOf(scene, "axis-label"), Texts({"Mrz", "Dez"}));
  EXPECT_EQ(TextsOf(scene, "legend-label"), Texts({"Mai", "Okt"}));
  bool found = false;
  for (const std::string& text : TextsOf(scene, "title-text")) found |= text == "Mrz 2024";
  EXPECT_TRUE(found);
}

TEST(ChartLocale, ExpressionsWriteInIt) {
  const Scene scene = German("[{}]", R"j("transform": [
      {"calculate": "format(1234.5, ',.1f') + ' ' + monthFormat(2) + ' ' + dayAbbrevFormat(1)",
       "as": "s"}],
      "mark": {"type": "text", "text": {"expr": "datum.s + timeFormat(datetime(2024, 2, 7), '%x')"}},
      "encoding": {"detail": {"field": "s"}})j");
  EXPECT_EQ(TextsOf(scene, "mark"), Texts({"1.234,5 März Mo07.03.2024"}));
  const Scene axis = German(R"([{"a": 0}, {"a": 1000}])", R"j("mark": "point", "encoding": {"x":
      {"field": "a", "type": "quantitative",
       "axis": {"values": [1000], "labelExpr": "format(datum.value, ',') + '!'"}}})j");
  EXPECT_EQ(TextsOf(axis, "axis-label"), Texts({"1.000!"}));
}

Status ErrorOf(const std::string& locale) {
  std::vector<Warning> warnings;
  return LocaleOf(ParseJson(R"({"locale": )" + locale + "}").value(), &warnings).status();
}

TEST(ChartLocale, PointsAtWhatIsWrong) {
  EXPECT_EQ(ErrorOf("3").pointer(), "/config/locale");
  EXPECT_EQ(ErrorOf(R"({"number": {"decimal": 3}})").pointer(), "/config/locale/number/decimal");
  EXPECT_EQ(ErrorOf(R"({"number": {"grouping": [0]}})").code(), Code::kChartInvalidSpec);
  EXPECT_EQ(ErrorOf(R"({"number": {"currency": ["€"]}})").code(), Code::kChartInvalidSpec);
  EXPECT_EQ(ErrorOf(R"({"time": {"date": "%x"}})").code(), Code::kChartInvalidSpec);
  EXPECT_EQ(ErrorOf(R"({"number": {"minus": ")" + std::string(100, '-') + R"("}})").code(),
            Code::kLimitExceeded);
  std::vector<Warning> warnings;
  EXPECT_TRUE(LocaleOf(ParseJson(R"({"locale": {"numbr": {}}})").value(), &warnings).ok());
  ASSERT_EQ(warnings.size(), 1u);
  EXPECT_EQ(warnings[0].pointer, "/config/locale/numbr");
}

}  // namespace
}  // namespace loupe::chart
