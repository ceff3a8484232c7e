// Golden scenes: test/golden/NAME.vl.json compiles to test/golden/NAME.scene.txt.
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "chart_fixture.hpp"

namespace loupe::chart {
namespace {

std::string ReadFile(const std::filesystem::path& path) {
  std::ifstream file(path);
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

// LOUPE_UPDATE_GOLDEN=1 writes the scenes anew; look at the difference before committing it.
TEST(ChartGolden, SpecsCompileToTheirScenes) {
  int count = 0;
  for (const auto& entry : std::filesystem::directory_iterator(LOUPE_SOURCE_DIR "/test/golden")) {
    const std::string name = entry.path().filename().string();
    const std::size_t suffix = name.find(".vl.json");
    if (suffix == std::string::npos) continue;
    ++count;
    SCOPED_TRACE(name);
    const Compiled compiled = MustCompile(ReadFile(entry.path()));
    const auto scene_path = entry.path().parent_path() / (name.substr(0, suffix) + ".scene.txt");
    const std::string scene = DebugString(compiled.scene);
    if (std::getenv("LOUPE_UPDATE_GOLDEN") != nullptr) std::ofstream(scene_path) << scene;
    EXPECT_EQ(scene, ReadFile(scene_path));
  }
  EXPECT_GE(count, 8);
}

}  // namespace
}  // namespace loupe::chart
