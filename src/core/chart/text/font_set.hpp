// FontSet: the fonts of one folder, shaped by HarfBuzz and measured without hinting.
//
// Output must not depend on the machine: no fontconfig, no system fonts, one folder. Text goes
//
//   UTF-8 -> FriBidi: runs of one direction -> runs that one font covers -> HarfBuzz -> glyphs
//
// A family maps to DejaVu Sans (or Sans Bold) first; further .ttf and .otf files of the folder, in
// order of name, are fallbacks for characters that it lacks. Widths are kerned advances: at 30
// pixels "AVAVAV" measures 113.5 in DejaVu Sans.
//
// Not safe for concurrent use: FreeType faces are resized per call.
//
// Tested by test/unit/chart_text_font_set_test.cpp.
#ifndef LOUPE_CORE_CHART_TEXT_FONT_SET_HPP
#define LOUPE_CORE_CHART_TEXT_FONT_SET_HPP

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/status.hpp"
#include "core/chart/text/measure.hpp"

namespace loupe::chart {

#ifdef LOUPE_DEFAULT_FONT_DIR
inline constexpr const char* kDefaultFontFolder = LOUPE_DEFAULT_FONT_DIR;
#else
inline constexpr const char* kDefaultFontFolder = "/usr/share/fonts/truetype/dejavu";
#endif

// One glyph at its place, in pixels from the start of the text on the baseline, y downwards.
struct Glyph {
  std::uint32_t index = 0;  // in the font
  double x = 0;
  double y = 0;
  std::uint32_t cluster = 0;  // first byte of the characters it shows
};

// Consecutive glyphs of one font, in visual order.
struct GlyphRun {
  int font = 0;  // index of the font in its set
  std::vector<Glyph> glyphs;
  std::string text;  // the characters it shows, in logical order
};

struct ShapedText {
  std::vector<GlyphRun> runs;
  double width = 0;
  int missing = 0;  // characters that no font of the set has
};

class FontSet : public TextMeasure {
 public:
  // Opens the fonts of `folder`. Errors: kChartFont when it holds no DejaVuSans.ttf, or when a font
  // cannot be read.
  [[nodiscard]] static Result<FontSet> Load(const std::string& folder);

  FontSet(FontSet&&) noexcept;
  FontSet& operator=(FontSet&&) noexcept;
  FontSet(const FontSet&) = delete;
  FontSet& operator=(const FontSet&) = delete;
  ~FontSet() override;

  [[nodiscard]] double Width(const FontSpec& font, std::string_view text) const override;
  // Shapes at most kMaxShapedBytes of one line; ill-formed UTF-8 becomes U+FFFD.
  [[nodiscard]] ShapedText Shape(const FontSpec& font, std::string_view text) const;

  // The FreeType face (an FT_Face) of a run's font; owned by the set.
  [[nodiscard]] void* Face(int font) const;
  [[nodiscard]] int size() const;

  static constexpr std::size_t kMaxShapedBytes = 4096;

 private:
  struct State;
  explicit FontSet(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace loupe::chart

#endif  // LOUPE_CORE_CHART_TEXT_FONT_SET_HPP
