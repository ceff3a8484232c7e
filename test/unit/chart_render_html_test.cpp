#include "core/chart/render/html.hpp"

#include <algorithm>

#include "chart_fixture.hpp"

namespace loupe::chart {
namespace {

std::string Page(const std::string& text) {
  return RenderHtml(MustCompile(text).scene, FixedMeasure(), Context());
}

std::size_t Count(const std::string& text, const std::string& part) {
  std::size_t count = 0;
  for (auto at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++count;
  return count;
}

const std::string kHostile = R"("</script><script>alert(1)</script>\" onload=\"x")";

TEST(Html, IsOnePageWithThePicture) {
  const std::string page = Page(R"({"title": "Bees & co", "data": {"values": [{"a": 1}]},
      "mark": "bar", "encoding": {"x": {"field": "a", "type": "quantitative"}}})");
  EXPECT_EQ(page.compare(0, 15, "<!DOCTYPE html>"), 0);
  EXPECT_EQ(Count(page, "<svg "), 1U);
  EXPECT_EQ(Count(page, "</svg>"), 1U);
  // The title of the page alone: one in the picture would be shown as a tooltip of it all.
  EXPECT_EQ(Count(page, "<title>"), 1U);
  EXPECT_NE(page.find("<title>Bees &amp; co</title>"), std::string::npos);
  EXPECT_NE(page.find("aria-label=\"Bar chart &quot;Bees &amp; co&quot;: 1 bar."),
            std::string::npos);
}

TEST(Html, CarriesTooltipsAsData) {
  const std::string page = Page(R"({"data": {"values": [{"a": "<b>\"1\""}]},
      "mark": "bar", "encoding": {"x": {"field": "a"}, "tooltip": {"field": "a"}}})");
  EXPECT_NE(page.find("data-tooltip=\"&lt;b&gt;&quot;1&quot;\""), std::string::npos);
  const std::string text = Page(R"({"data": {"values": [{"a": "one"}]},
      "mark": "text", "encoding": {"text": {"field": "a"}, "tooltip": {"field": "a"}}})");
  EXPECT_NE(text.find(" data-tooltip=\"one\""), std::string::npos);
}

TEST(Html, LetsNothingOfTheDataIntoTheMarkup) {
  const std::string page =
      Page(R"({"title": )" + kHostile + R"(, "description": )" + kHostile +
           R"(, "data": {"values": [{"a": )" + kHostile + R"(}]}, "mark": {"type": "bar",
           "tooltip": true}, "encoding": {"x": {"field": "a", "title": )" +
           kHostile + R"(}, "color": {"field": "a"}}})");
  EXPECT_EQ(Count(page, "<script"), 1U);
  EXPECT_EQ(Count(page, "</script"), 1U);
  EXPECT_EQ(Count(page, "\" onload"), 0U);
}

TEST(Html, LoadsNothing) {
  std::string page = Page(R"({"data": {"values": [{"a": 1}]}, "mark": "bar",
      "encoding": {"x": {"field": "a", "type": "quantitative"}}})");
  EXPECT_NE(page.find("content=\"default-src 'none'; style-src 'sha256-"), std::string::npos);
  EXPECT_EQ(Count(page, " src="), 0U);
  EXPECT_EQ(Count(page, "href"), 0U);
  EXPECT_EQ(Count(page, "style=\""), 0U);
  // The name of SVG is the only address.
  EXPECT_EQ(Count(page, "://"), Count(page, "xmlns=\"http://www.w3.org/2000/svg\""));
}

}  // namespace
}  // namespace loupe::chart
