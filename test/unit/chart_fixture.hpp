// A measure of fixed advances and short ways to compile a spec, for the chart tests.
#ifndef LOUPE_TEST_UNIT_CHART_FIXTURE_HPP
#define LOUPE_TEST_UNIT_CHART_FIXTURE_HPP

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "core/chart/compile.hpp"

namespace loupe::chart {

// Every byte is 0.6 times the font size wide.
class FixedMeasure : public TextMeasure {
 public:
  [[nodiscard]] double Width(const FontSpec& font, std::string_view text) const override {
    return 0.6 * font.size * static_cast<double>(text.size());
  }
};

inline Result<Compiled> TryCompile(const std::string& text) {
  const Result<Json> spec = ParseJson(text);
  if (!spec.ok()) return spec.status();
  return Compile(spec.value(), {}, CompileOptions{}, FixedMeasure(), Context());
}

inline Compiled MustCompile(const std::string& text) {
  Result<Compiled> compiled = TryCompile(text);
  EXPECT_TRUE(compiled.ok()) << compiled.status().message() << compiled.status().pointer();
  return compiled.ok() ? std::move(compiled).value() : Compiled{};
}

// All marks below `mark` with the role, in painting order.
inline void Collect(const Mark& mark, std::string_view role, std::vector<const Mark*>* out) {
  if (mark.role == role) out->push_back(&mark);
  for (const Item& item : mark.items) {
    for (const Mark& child : item.marks) Collect(child, role, out);
  }
}
inline std::vector<const Mark*> MarksOf(const Scene& scene, std::string_view role) {
  std::vector<const Mark*> out;
  Collect(scene.root, role, &out);
  return out;
}
inline std::vector<std::string> TextsOf(const Scene& scene, std::string_view role) {
  std::vector<std::string> out;
  for (const Mark* mark : MarksOf(scene, role)) {
    for (const Item& item : mark->items) {
      if (item.opacity != 0) out.push_back(item.text.empty() ? "" : item.text.front());
    }
  }
  return out;
}

}  // namespace loupe::chart

#endif  // LOUPE_TEST_UNIT_CHART_FIXTURE_HPP
