#include "core/chart/render/missing_characters.hpp"

#include <algorithm>
#include <cstdio>
#include <string>
#include <vector>

#include "core/base/utf8.hpp"
#include "core/chart/render/geometry.hpp"

namespace loupe::chart {
namespace {

constexpr int kMaxGroupDepth = 64;
constexpr std::size_t kMaxNamed = 5;

bool IsAscii(const std::string& text) {
  return std::all_of(text.begin(), text.end(),
                     [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

class Finder {
 public:
  Finder(const FontSet& fonts, const Context& context) : fonts_(fonts), context_(context) {}

  // Goes on until more are found than are named.
  void Search(const Mark& mark, int depth);
  [[nodiscard]] const std::vector<char32_t>& found() const { return found_; }

 private:
  [[nodiscard]] bool IsDone() const { return found_.size() > kMaxNamed; }
  void SearchText(const Item& item);

  const FontSet& fonts_;
  const Context& context_;
  int seen_ = 0;
  std::vector<char32_t> found_;
};

void Finder::SearchText(const Item& item) {
  const bool is_seen = item.opacity > 0 && item.fill_opacity > 0 && !item.fill.IsNone();
  if (!is_seen || std::all_of(item.text.begin(), item.text.end(), IsAscii)) return;
  for (const std::string& line : FittedLines(item, fonts_)) {
    std::size_t position = 0;
    while (position < line.size() && !IsDone()) {
      const char32_t c = NextCodePoint(line, &position);
      const bool is_known = std::find(found_.begin(), found_.end(), c) != found_.end();
      if (!is_known && !fonts_.CanShow(item.font, c)) found_.push_back(c);
    }
  }
}

void Finder::Search(const Mark& mark, int depth) {
  if (depth > kMaxGroupDepth) return;
  for (const Item& item : mark.items) {
    if (IsDone()) return;
    if (seen_++ % Context::kPollInterval == 0) context_.Poll();
    if (mark.type == MarkType::kText) SearchText(item);
    for (const Mark& child : item.marks) Search(child, depth + 1);
  }
}

std::string CodePointName(char32_t c) {
  char name[16];
  std::snprintf(name, sizeof name, "U+%04X", static_cast<unsigned>(c));
  return name;
}

}  // namespace

std::optional<Warning> MissingCharacters(const Scene& scene, const FontSet& fonts,
                                         const Context& context) {
  Finder finder(fonts, context);
  finder.Search(scene.root, 0);
  const std::vector<char32_t>& found = finder.found();
  if (found.empty()) return std::nullopt;
  const std::size_t named = std::min(found.size(), kMaxNamed);
  std::string names = CodePointName(found[0]);
  for (std::size_t i = 1; i < named; ++i) {
    const bool is_last = i + 1 == named && found.size() == named;
    names += (is_last ? " and " : ", ") + CodePointName(found[i]);
  }
  if (found.size() > named) names += " and more";
  return Warning{"", "no font has a glyph for " + names,
                 "Put a font that has one into the folder that loupe.font_folder names."};
}

}  // namespace loupe::chart
