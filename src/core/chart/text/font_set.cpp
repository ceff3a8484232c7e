#include "core/chart/text/font_set.hpp"

#include <fribidi.h>
#include <ft2build.h>
#include FT_FREETYPE_H
#include <hb-ft.h>
#include <hb.h>

#include <algorithm>
#include <filesystem>
#include <system_error>
#include <unordered_map>

#include "core/base/utf8.hpp"

namespace loupe::chart {
namespace {

constexpr double kUnitsPerPixel = 64;  // of FreeType's and HarfBuzz's 26.6 fixed point
constexpr double kMaxFontSize = 1000;  // pixels; a larger size is drawn at this one
constexpr std::size_t kMaxCachedWidths = 4096;
constexpr int kMaxFonts = 64;

struct FaceDeleter {
  void operator()(FT_Face face) const { FT_Done_Face(face); }
};
struct HbFontDeleter {
  void operator()(hb_font_t* font) const { hb_font_destroy(font); }
};
struct BufferDeleter {
  void operator()(hb_buffer_t* buffer) const { hb_buffer_destroy(buffer); }
};
using FacePointer = std::unique_ptr<FT_FaceRec_, FaceDeleter>;
using HbFont = std::unique_ptr<hb_font_t, HbFontDeleter>;
using Buffer = std::unique_ptr<hb_buffer_t, BufferDeleter>;

// One library for the process, never given back: cairo's cache of scaled fonts may hold a face for
// longer than its set lives.
FT_Library Library() {
  static FT_Library library = nullptr;
  if (library == nullptr && FT_Init_FreeType(&library) != 0) throw std::bad_alloc();
  return library;
}

struct Font {
  std::string file;  // name in the folder
  FacePointer face;
};

// A stretch of text with one direction.
struct DirectedRun {
  std::size_t begin = 0;  // code points
  std::size_t end = 0;
  bool is_rtl = false;
};

struct Characters {
  std::vector<FriBidiChar> code_points;
  std::vector<std::uint32_t> bytes;  // where each begins, and one past the last
};

Characters Decode(std::string_view text) {
  Characters characters;
  std::size_t position = 0;
  while (position < text.size()) {
    characters.bytes.push_back(static_cast<std::uint32_t>(position));
    char32_t code_point = NextCodePoint(text, &position);
    if (code_point < 0x20 || code_point == 0x7F) code_point = ' ';  // controls have no shape
    characters.code_points.push_back(code_point);
  }
  characters.bytes.push_back(static_cast<std::uint32_t>(text.size()));
  return characters;
}

// Runs in visual order, left to right (Unicode bidirectional algorithm, UAX #9, by FriBidi).
std::vector<DirectedRun> Directions(const std::vector<FriBidiChar>& text) {
  const auto length = static_cast<FriBidiStrIndex>(text.size());
  std::vector<FriBidiCharType> types(text.size());
  std::vector<FriBidiLevel> levels(text.size());
  fribidi_get_bidi_types(text.data(), length, types.data());
  FriBidiParType paragraph = FRIBIDI_PAR_ON;
  if (fribidi_get_par_embedding_levels_ex(types.data(), nullptr, length, &paragraph,
                                          levels.data()) == 0) {
    throw std::bad_alloc();
  }
  std::vector<DirectedRun> runs;
  FriBidiLevel highest = 0;
  FriBidiLevel lowest_odd = 127;
  for (std::size_t i = 0; i < levels.size(); ++i) {
    highest = std::max(highest, levels[i]);
    if (levels[i] % 2 == 1) lowest_odd = std::min(lowest_odd, levels[i]);
    if (i == 0 || levels[i] != levels[i - 1]) runs.push_back({i, i, levels[i] % 2 == 1});
    runs.back().end = i + 1;
  }
  // Rule L2: from the highest level down to the lowest odd one, reverse what lies at or above it.
  for (int level = highest; level >= lowest_odd; --level) {
    for (std::size_t i = 0; i < runs.size();) {
      std::size_t j = i;
      while (j < runs.size() && levels[runs[j].begin] >= level) ++j;
      std::reverse(runs.begin() + static_cast<std::ptrdiff_t>(i),
                   runs.begin() + static_cast<std::ptrdiff_t>(j));
      i = std::max(j, i + 1);
    }
  }
  return runs;
}

bool IsFontFile(const std::filesystem::path& path) {
  const std::string extension = AsciiLower(path.extension().string());
  return extension == ".ttf" || extension == ".otf";
}

// The order of fallback: the DejaVu Sans faces first, then the others by name.
int Rank(const std::string& file) {
  constexpr const char* kFirst[] = {"DejaVuSans.ttf", "DejaVuSans-Bold.ttf",
                                    "DejaVuSans-Oblique.ttf", "DejaVuSans-BoldOblique.ttf"};
  int rank = 0;
  for (const char* first : kFirst) {
    if (file == first) return rank;
    ++rank;
  }
  return rank;
}

Status CannotRead(const std::string& what) {
  return Status(Code::kChartFont, what)
      .WithHint(
          "Set loupe.font_folder to a folder that holds DejaVuSans.ttf, such as that of the "
          "package fonts-dejavu-core.");
}

Result<std::vector<std::string>> FontFiles(const std::string& folder) {
  std::error_code error;
  std::vector<std::string> files;
  std::filesystem::directory_iterator entries(folder, error);
  for (; !error && entries != std::filesystem::directory_iterator(); entries.increment(error)) {
    if (IsFontFile(entries->path())) files.push_back(entries->path().filename().string());
  }
  if (error) return CannotRead("font folder \"" + folder + "\" cannot be read");
  std::sort(files.begin(), files.end(), [](const std::string& a, const std::string& b) {
    return std::pair(Rank(a), a) < std::pair(Rank(b), b);
  });
  if (files.empty() || Rank(files.front()) != 0) {
    return CannotRead("font folder \"" + folder + "\" has no DejaVuSans.ttf");
  }
  if (files.size() > kMaxFonts) files.resize(kMaxFonts);
  return files;
}

}  // namespace

struct FontSet::State {
  std::vector<Font> fonts;  // in order of fallback
  // Widths at hand, by font and text; emptied when full. Layout asks for the same labels again.
  mutable std::unordered_map<std::string, double> widths;

  [[nodiscard]] int Find(std::string_view file) const {
    for (std::size_t i = 0; i < fonts.size(); ++i) {
      if (fonts[i].file == file) return static_cast<int>(i);
    }
    return 0;
  }

  [[nodiscard]] int Primary(const FontSpec& font) const {
    const bool is_bold = font.weight == FontWeight::kBold;
    if (font.style == FontStyle::kItalic) {
      const int oblique = Find(is_bold ? "DejaVuSans-BoldOblique.ttf" : "DejaVuSans-Oblique.ttf");
      if (oblique != 0) return oblique;
    }
    return is_bold ? Find("DejaVuSans-Bold.ttf") : 0;
  }

  // The first font that has the character; the primary one where none has.
  [[nodiscard]] int Covering(FriBidiChar code_point, int primary, int* missing) const {
    if (FT_Get_Char_Index(fonts[static_cast<std::size_t>(primary)].face.get(), code_point) != 0) {
      return primary;
    }
    for (std::size_t i = 0; i < fonts.size(); ++i) {
      if (FT_Get_Char_Index(fonts[i].face.get(), code_point) != 0) return static_cast<int>(i);
    }
    ++*missing;
    return primary;
  }

  void ShapeRun(const Characters& characters, const DirectedRun& run, int font, double size,
                std::string_view text, ShapedText* shaped) const;
};

void FontSet::State::ShapeRun(const Characters& characters, const DirectedRun& run, int font,
                              double size, std::string_view text, ShapedText* shaped) const {
  FT_Face face = fonts[static_cast<std::size_t>(font)].face.get();
  FT_Set_Char_Size(face, 0, static_cast<FT_F26Dot6>(size * kUnitsPerPixel + 0.5), 72, 72);
  const HbFont hb_font(hb_ft_font_create_referenced(face));
  hb_ft_font_set_load_flags(hb_font.get(), FT_LOAD_NO_HINTING);
  const Buffer buffer(hb_buffer_create());
  const auto begin = characters.bytes[run.begin];
  const auto end = characters.bytes[run.end];
  hb_buffer_add_codepoints(buffer.get(), characters.code_points.data(),
                           static_cast<int>(characters.code_points.size()),
                           static_cast<unsigned>(run.begin), static_cast<int>(run.end - run.begin));
  hb_buffer_set_direction(buffer.get(), run.is_rtl ? HB_DIRECTION_RTL : HB_DIRECTION_LTR);
  hb_buffer_guess_segment_properties(buffer.get());
  hb_shape(hb_font.get(), buffer.get(), nullptr, 0);
  if (!hb_buffer_allocation_successful(buffer.get())) throw std::bad_alloc();

  GlyphRun glyphs;
  glyphs.font = font;
  glyphs.text = std::string(text.substr(begin, end - begin));
  unsigned count = 0;
  const hb_glyph_info_t* infos = hb_buffer_get_glyph_infos(buffer.get(), &count);
  const hb_glyph_position_t* positions = hb_buffer_get_glyph_positions(buffer.get(), &count);
  for (unsigned i = 0; i < count; ++i) {
    glyphs.glyphs.push_back(
        {infos[i].codepoint, shaped->width + positions[i].x_offset / kUnitsPerPixel,
         -positions[i].y_offset / kUnitsPerPixel, characters.bytes[infos[i].cluster]});
    shaped->width += positions[i].x_advance / kUnitsPerPixel;
  }
  shaped->runs.push_back(std::move(glyphs));
}

FontSet::FontSet(std::unique_ptr<State> state) : state_(std::move(state)) {}
FontSet::FontSet(FontSet&&) noexcept = default;
FontSet& FontSet::operator=(FontSet&&) noexcept = default;
FontSet::~FontSet() = default;

Result<FontSet> FontSet::Load(const std::string& folder) {
  LOUPE_ASSIGN_OR_RETURN(const std::vector<std::string> files, FontFiles(folder));
  auto state = std::make_unique<State>();
  for (const std::string& file : files) {
    FT_Face face = nullptr;
    if (FT_New_Face(Library(), (folder + "/" + file).c_str(), 0, &face) != 0) {
      return CannotRead("font \"" + file + "\" cannot be read");
    }
    state->fonts.push_back({file, FacePointer(face)});
  }
  return FontSet(std::move(state));
}

ShapedText FontSet::Shape(const FontSpec& font, std::string_view text) const {
  ShapedText shaped;
  const Characters characters = Decode(text.substr(0, kMaxShapedBytes));
  if (characters.code_points.empty()) return shaped;
  const double size = std::clamp(font.size, 0.0, kMaxFontSize);
  const int primary = state_->Primary(font);
  for (const DirectedRun& run : Directions(characters.code_points)) {
    // Pieces of one font, in the run's own visual order.
    std::vector<std::pair<DirectedRun, int>> pieces;
    for (std::size_t i = run.begin; i < run.end; ++i) {
      const int covering = state_->Covering(characters.code_points[i], primary, &shaped.missing);
      if (pieces.empty() || pieces.back().second != covering) {
        pieces.push_back({{i, i, run.is_rtl}, covering});
      }
      pieces.back().first.end = i + 1;
    }
    if (run.is_rtl) std::reverse(pieces.begin(), pieces.end());
    for (const auto& [piece, index] : pieces) {
      state_->ShapeRun(characters, piece, index, size, text, &shaped);
    }
  }
  return shaped;
}

double FontSet::Width(const FontSpec& font, std::string_view text) const {
  std::string key(reinterpret_cast<const char*>(&font.size), sizeof font.size);
  key += static_cast<char>('0' + state_->Primary(font));
  key.append(text);
  if (const auto found = state_->widths.find(key); found != state_->widths.end()) {
    return found->second;
  }
  if (state_->widths.size() >= kMaxCachedWidths) state_->widths.clear();
  const double width = Shape(font, text).width;
  state_->widths.emplace(std::move(key), width);
  return width;
}

void* FontSet::Face(int font) const {
  return state_->fonts[static_cast<std::size_t>(font)].face.get();
}

int FontSet::size() const { return static_cast<int>(state_->fonts.size()); }

}  // namespace loupe::chart
