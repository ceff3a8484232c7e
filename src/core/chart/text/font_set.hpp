// FontSet: the fonts of one folder, shaped by HarfBuzz and measured without hinting.
//
// Output must not depend on the machine: no fontconfig, no system fonts, one folder. Text goes
//
//   UTF-8 -> FriBidi: runs of one direction -> runs that one font covers -> HarfBuzz -> glyphs
//
// Families map to DejaVu Sans, or to DejaVu Sans Mono and DejaVu Serif where a family's name says
// so and the folder has them, in the weight and style asked for where the folder has that.
// Characters that the font lacks come from DejaVu Sans, then from the folder's other fonts in order
// of name. Widths are kerned advances: at 30 pixels "AVAVAV" measures 113.5 in DejaVu Sans.
//
// Fonts are opened when first needed. Not safe for concurrent use: fonts and widths are cached.
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
#include "core/chart/text/font_file.hpp"
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
  std::uint32_t cluster = 0;  // first byte, in the line, of the characters it shows
};

// Consecutive glyphs of one font, script and direction, in visual order.
struct GlyphRun {
  int font = 0;  // index of the font in its set
  bool is_rtl = false;
  std::vector<Glyph> glyphs;
  std::string text;         // the characters it shows, in logical order: valid UTF-8, no controls
  std::uint32_t begin = 0;  // first byte of `text` in the line
};

struct ShapedText {
  std::vector<GlyphRun> runs;
  double width = 0;
  int missing = 0;  // characters that no font of the set has
};

class FontSet : public TextMeasure {
 public:
  // Lists the fonts of `folder` and opens DejaVuSans.ttf. Errors: kChartFont when it has none, or
  // when a .ttf, .ttc or .otf file there is no font. A font that turns out to be broken inside when
  // it is first needed is passed over.
  [[nodiscard]] static Result<FontSet> Load(const std::string& folder);

  FontSet(FontSet&&) noexcept;
  FontSet& operator=(FontSet&&) noexcept;
  FontSet(const FontSet&) = delete;
  FontSet& operator=(const FontSet&) = delete;
  ~FontSet() override;

  [[nodiscard]] double Width(const FontSpec& font, std::string_view text) const override;
  // Shapes at most kMaxShapedBytes of one line; ill-formed UTF-8 becomes U+FFFD, controls blanks.
  [[nodiscard]] ShapedText Shape(const FontSpec& font, std::string_view text) const;

  // Whether Shape has a glyph for a character in that font: controls, which become blanks, and
  // format characters, which have no look, need none.
  [[nodiscard]] bool CanShow(const FontSpec& font, char32_t code_point) const;

  // The file of a run's font, opened.
  [[nodiscard]] std::shared_ptr<FontFile> Font(int font) const;
  [[nodiscard]] int size() const;

  static constexpr std::size_t kMaxShapedBytes = 4096;

 private:
  struct State;
  explicit FontSet(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace loupe::chart

#endif  // LOUPE_CORE_CHART_TEXT_FONT_SET_HPP
