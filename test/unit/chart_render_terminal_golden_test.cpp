// Golden text: test/golden/NAME.vl.json draws in a terminal as test/golden/NAME.txt.
#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "chart_fixture.hpp"
#include "core/base/utf8.hpp"
#include "core/chart/render/terminal.hpp"

namespace loupe::chart {
namespace {

namespace fs = std::filesystem;

std::string Contents(const fs::path& path) {
  std::ifstream file(path);
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

std::vector<fs::path> Specs() {
  std::vector<fs::path> specs;
  for (const auto& entry : fs::directory_iterator(LOUPE_SOURCE_DIR "/test/golden")) {
    const std::string name = entry.path().filename().string();
    if (name.find(".vl.json") != std::string::npos) specs.push_back(entry.path());
  }
  std::sort(specs.begin(), specs.end());
  return specs;
}

std::string Draw(const std::string& text, const TerminalOptions& options) {
  const Result<Json> spec = ParseJson(text);
  EXPECT_TRUE(spec.ok());
  CompileOptions compile;
  const auto [width, height] = TerminalPlotSize(options);
  compile.width = width;
  compile.height = height;
  const Result<Compiled> compiled = Compile(spec.value(), {}, compile, FixedMeasure(), Context());
  EXPECT_TRUE(compiled.ok()) << compiled.status().message();
  return compiled.ok() ? RenderText(compiled.value().scene, options, Context()) : std::string();
}

std::vector<std::string> LinesOf(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream stream(text);
  for (std::string line; std::getline(stream, line);) lines.push_back(line);
  return lines;
}

// The text without its escape sequences, each "ESC [ … m".
std::string Plain(const std::string& text) {
  std::string plain;
  std::size_t i = 0;
  while (i < text.size()) {
    if (text[i] == '\x1B') {
      i = std::min(text.find('m', i), text.size() - 1) + 1;
    } else {
      plain += text[i++];
    }
  }
  return plain;
}

// LOUPE_UPDATE_GOLDEN=1 writes the drawings anew; look at the difference before committing it.
TEST(TerminalGolden, SpecsDrawAsTheirText) {
  for (const fs::path& spec : Specs()) {
    SCOPED_TRACE(spec.filename().string());
    std::string name = spec.filename().string();
    name.resize(name.find(".vl.json"));
    const fs::path golden = spec.parent_path() / (name + ".txt");
    const std::string drawn = Draw(Contents(spec), TerminalOptions());
    if (std::getenv("LOUPE_UPDATE_GOLDEN") != nullptr) std::ofstream(golden) << drawn;
    EXPECT_EQ(drawn, Contents(golden));
  }
  EXPECT_GE(Specs().size(), 8U);
}

TEST(TerminalGolden, EveryWidthFitsAndLeavesNoTrailingBlanks) {
  for (const fs::path& spec : Specs()) {
    const std::string text = Contents(spec);
    for (const int columns : {kMinTerminalColumns, 33, 72, 140, kMaxTerminalColumns}) {
      SCOPED_TRACE(spec.filename().string() + " in " + std::to_string(columns));
      TerminalOptions options;
      options.columns = columns;
      const std::string drawn = Draw(text, options);
      ASSERT_FALSE(drawn.empty());
      EXPECT_EQ(drawn.back(), '\n');
      EXPECT_TRUE(IsValidUtf8(drawn));
      for (const std::string& line : LinesOf(drawn)) {
        EXPECT_LE(DisplayWidth(line), columns) << line;
        EXPECT_TRUE(line.empty() || line.back() != ' ') << line;
      }
    }
  }
}

TEST(TerminalGolden, ColoursChangeInkButNotThePlaceOfText) {
  for (const fs::path& spec : Specs()) {
    SCOPED_TRACE(spec.filename().string());
    TerminalOptions options;
    options.colors = TerminalColors::kAnsi;
    const std::string drawn = Draw(Contents(spec), options);
    EXPECT_NE(drawn.find('\x1B'), std::string::npos);
    for (const std::string& line : LinesOf(Plain(drawn))) {
      EXPECT_LE(DisplayWidth(line), options.columns) << line;
    }
    EXPECT_EQ(LinesOf(drawn).size(), LinesOf(Draw(Contents(spec), TerminalOptions())).size());
  }
}

TEST(TerminalGolden, ControlCharactersOfTheDataDoNotReachTheTerminal) {
  const std::string drawn = Draw(
      R"({"title": "T\u001b[31m\u0007\u009b1m", "mark": "bar", "data": {"values": [
          {"a": "x\u001b]0;y\u0007", "b": 1}, {"a": "c\r\nd\t\u007f", "b": 2}]}, "encoding": {
          "y": {"field": "a", "type": "nominal"}, "x": {"field": "b", "type": "quantitative"}}})",
      TerminalOptions());
  std::size_t position = 0;
  while (position < drawn.size()) {
    const char32_t c = NextCodePoint(drawn, &position);
    EXPECT_TRUE(c == U'\n' || (c >= 0x20 && c != 0x7F && (c < 0x80 || c >= 0xA0)))
        << static_cast<unsigned>(c);
  }
}

TEST(TerminalGolden, WideCharactersTakeTwoCells) {
  const std::string drawn = Draw(
      R"({"mark": "bar", "data": {"values": [{"a": "日本語", "b": 4}, {"a": "de", "b": 2}]},
          "encoding": {"y": {"field": "a", "type": "nominal", "sort": null},
                       "x": {"field": "b", "type": "quantitative"}}})",
      TerminalOptions());
  int axis = -1;
  int bars = 0;
  for (const std::string& line : LinesOf(drawn)) {
    const std::size_t tick = line.find("┤");
    if (tick == std::string::npos) continue;
    const int at = DisplayWidth(std::string_view(line).substr(0, tick));
    EXPECT_TRUE(axis < 0 || at == axis) << line;
    axis = at;
    ++bars;
  }
  EXPECT_EQ(bars, 2) << drawn;
}

}  // namespace
}  // namespace loupe::chart
