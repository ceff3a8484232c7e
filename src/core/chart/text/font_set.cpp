#include "core/chart/text/font_set.hpp"

#include <fribidi.h>
#include <hb.h>

#include <algorithm>
#include <filesystem>
#include <new>
#include <system_error>
#include <unordered_map>

#include "core/base/utf8.hpp"

namespace loupe::chart {
namespace {

constexpr double kMaxFontSize = 1000;  // pixels; a larger size is drawn at this one
constexpr std::size_t kMaxCachedWidths = 4096;
constexpr std::size_t kMaxFonts = 64;
constexpr const char* kDefaultFont = "DejaVuSans.ttf";

struct BufferDeleter {
  void operator()(hb_buffer_t* buffer) const { hb_buffer_destroy(buffer); }
};

// A stretch of text with one direction.
struct DirectedRun {
  std::size_t begin = 0;  // code points
  std::size_t end = 0;
  bool is_rtl = false;
};

// A stretch of a run that one font and one script cover.
struct Piece {
  std::size_t begin = 0;
  std::size_t end = 0;
  int font = 0;
  hb_script_t script = HB_SCRIPT_COMMON;
};

struct Characters {
  std::vector<FriBidiChar> code_points;
  std::string text;                  // the same in UTF-8
  std::vector<std::uint32_t> bytes;  // where each begins in `text`, and one past the last
};

bool IsControl(char32_t c) { return c < 0x20 || (c >= 0x7F && c < 0xA0); }

Characters Decode(std::string_view line) {
  Characters characters;
  std::size_t position = 0;
  while (position < line.size()) {
    char32_t code_point = NextCodePoint(line, &position);
    if (IsControl(code_point)) code_point = ' ';
    characters.bytes.push_back(static_cast<std::uint32_t>(characters.text.size()));
    characters.code_points.push_back(code_point);
    AppendCodePoint(code_point, &characters.text);
  }
  characters.bytes.push_back(static_cast<std::uint32_t>(characters.text.size()));
  return characters;
}

// Runs in visual order, left to right (Unicode bidirectional algorithm, UAX #9, by FriBidi).
std::vector<DirectedRun> Directions(const std::vector<FriBidiChar>& text) {
  // Below the first Hebrew letter nothing runs from right to left.
  constexpr FriBidiChar kFirstRtl = 0x0590;
  if (std::all_of(text.begin(), text.end(), [](FriBidiChar c) { return c < kFirstRtl; })) {
    return {{0, text.size(), false}};
  }
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
  int highest = 0;
  int lowest_odd = 127;
  for (std::size_t i = 0; i < levels.size(); ++i) {
    const int level = static_cast<unsigned char>(levels[i]);  // FriBidi's own type is a signed char
    highest = std::max(highest, level);
    if (level % 2 == 1) lowest_odd = std::min(lowest_odd, level);
    if (i == 0 || levels[i] != levels[i - 1]) runs.push_back({i, i, level % 2 == 1});
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

bool StartsWith(std::string_view text, std::string_view start) {
  return text.substr(0, start.size()) == start;
}

bool IsFontFile(const std::filesystem::path& path) {
  const std::string extension = AsciiLower(path.extension().string());
  return extension == ".ttf" || extension == ".ttc" || extension == ".otf";
}

// The order of fallback: DejaVu Sans, other makers' fonts, the other plain faces of DejaVu; its
// variants have no characters that those lack and come last.
int Rank(const std::string& file) {
  if (file == kDefaultFont) return 0;
  if (!StartsWith(file, "DejaVu")) return 1;
  const bool is_plain =
      file.find('-') == std::string::npos && file.find("Condensed") == std::string::npos;
  return is_plain ? 2 : 3;
}

constexpr int kLastFallbackRank = 2;

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
  if (files.empty() || files.front() != kDefaultFont) {
    return CannotRead("font folder \"" + folder + "\" has no DejaVuSans.ttf");
  }
  if (files.size() > kMaxFonts) files.resize(kMaxFonts);
  return files;
}

// "DejaVuSansMono" for "Courier New, monospace": the faces that suit a CSS font-family.
std::string FaceOf(std::string_view family) {
  const std::string lower = AsciiLower(family.substr(0, family.find(',')));
  if (lower.find("mono") != std::string::npos || lower.find("courier") != std::string::npos) {
    return "DejaVuSansMono";
  }
  const bool is_serif =
      lower.find("serif") != std::string::npos && lower.find("sans") == std::string::npos;
  return is_serif ? "DejaVuSerif" : "DejaVuSans";
}

// Marks, joiners and blanks follow the font of what they stand on; they have no look of their own.
bool JoinsNeighbour(FriBidiChar c) {
  switch (hb_unicode_general_category(hb_unicode_funcs_get_default(), c)) {
    case HB_UNICODE_GENERAL_CATEGORY_FORMAT:
    case HB_UNICODE_GENERAL_CATEGORY_NON_SPACING_MARK:
    case HB_UNICODE_GENERAL_CATEGORY_SPACING_MARK:
    case HB_UNICODE_GENERAL_CATEGORY_ENCLOSING_MARK:
    case HB_UNICODE_GENERAL_CATEGORY_SPACE_SEPARATOR:
      return true;
    default:
      return false;
  }
}

bool IsFormat(FriBidiChar c) {
  return hb_unicode_general_category(hb_unicode_funcs_get_default(), c) ==
         HB_UNICODE_GENERAL_CATEGORY_FORMAT;
}

bool IsNeutral(hb_script_t script) {
  return script == HB_SCRIPT_COMMON || script == HB_SCRIPT_INHERITED || script == HB_SCRIPT_UNKNOWN;
}

}  // namespace

struct FontSet::State {
  std::vector<std::shared_ptr<FontFile>> fonts;  // in order of fallback
  int fallbacks = 0;                             // how many of them take part in it
  std::unique_ptr<hb_buffer_t, BufferDeleter> buffer;
  // Widths at hand in em, by font and text; emptied when full. Layout asks for labels again and
  // again.
  std::unordered_map<std::string, double> widths;

  [[nodiscard]] int Find(const std::string& file) const {
    for (std::size_t i = 0; i < fonts.size(); ++i) {
      if (fonts[i]->name() == file && fonts[i]->Open()) return static_cast<int>(i);
    }
    return -1;
  }

  // The font of a family in the weight and style asked for, else without them.
  [[nodiscard]] int Primary(const FontSpec& font) const {
    const std::string face = FaceOf(font.family);
    const std::string weight = font.weight == FontWeight::kBold ? "Bold" : "";
    const std::string style = font.style == FontStyle::kNormal ? ""
                              : face == "DejaVuSerif"          ? "Italic"
                                                               : "Oblique";
    for (const std::string& known : {face, std::string("DejaVuSans")}) {
      for (const std::string& variant : {weight + style, weight, style, std::string()}) {
        const int found = Find(known + (variant.empty() ? "" : "-" + variant) + ".ttf");
        if (found >= 0) return found;
      }
    }
    return 0;
  }

  // The first font that has the character; the primary one where none has.
  [[nodiscard]] int Covering(FriBidiChar code_point, int primary, int* missing) const {
    if (fonts[static_cast<std::size_t>(primary)]->Has(code_point)) return primary;
    for (int i = 0; i < fallbacks; ++i) {
      FontFile& font = *fonts[static_cast<std::size_t>(i)];
      if (font.Open() && font.Has(code_point)) return i;
    }
    if (!IsFormat(code_point)) ++*missing;
    return primary;
  }

  [[nodiscard]] std::vector<Piece> Itemize(const std::vector<FriBidiChar>& text,
                                           const DirectedRun& run, int primary, int* missing) const;
  void ShapePiece(const Characters& characters, const Piece& piece, bool is_rtl, double size,
                  ShapedText* shaped) const;
};

// Pieces of one font and one script in logical order.
std::vector<Piece> FontSet::State::Itemize(const std::vector<FriBidiChar>& text,
                                           const DirectedRun& run, int primary,
                                           int* missing) const {
  std::vector<Piece> pieces;
  for (std::size_t i = run.begin; i < run.end; ++i) {
    const hb_script_t script = hb_unicode_script(hb_unicode_funcs_get_default(), text[i]);
    Piece* last = pieces.empty() ? nullptr : &pieces.back();
    const bool stays = last != nullptr && JoinsNeighbour(text[i]) &&
                       fonts[static_cast<std::size_t>(last->font)]->Has(text[i]);
    const int font = stays ? last->font : Covering(text[i], primary, missing);
    const bool same_script =
        last != nullptr && (IsNeutral(script) || IsNeutral(last->script) || script == last->script);
    if (last == nullptr || font != last->font || !same_script) {
      pieces.push_back({i, i, font, script});
      last = &pieces.back();
    }
    if (IsNeutral(last->script)) last->script = script;
    last->end = i + 1;
  }
  return pieces;
}

void FontSet::State::ShapePiece(const Characters& characters, const Piece& piece, bool is_rtl,
                                double size, ShapedText* shaped) const {
  const FontFile& font = *fonts[static_cast<std::size_t>(piece.font)];
  hb_buffer_clear_contents(buffer.get());
  hb_buffer_add_codepoints(
      buffer.get(), characters.code_points.data(), static_cast<int>(characters.code_points.size()),
      static_cast<unsigned>(piece.begin), static_cast<int>(piece.end - piece.begin));
  hb_buffer_set_direction(buffer.get(), is_rtl ? HB_DIRECTION_RTL : HB_DIRECTION_LTR);
  if (!IsNeutral(piece.script)) hb_buffer_set_script(buffer.get(), piece.script);
  // Named, because HarfBuzz would take it from the process's locale.
  hb_buffer_set_language(buffer.get(), hb_language_from_string("en", -1));
  hb_buffer_guess_segment_properties(buffer.get());
  hb_shape(font.shaper(), buffer.get(), nullptr, 0);
  if (hb_buffer_allocation_successful(buffer.get()) == 0) throw std::bad_alloc();

  GlyphRun run;
  run.font = piece.font;
  run.is_rtl = is_rtl;
  run.begin = characters.bytes[piece.begin];
  run.text = characters.text.substr(run.begin, characters.bytes[piece.end] - run.begin);
  const double scale = size / font.units_per_em();
  unsigned count = 0;
  const hb_glyph_info_t* infos = hb_buffer_get_glyph_infos(buffer.get(), &count);
  const hb_glyph_position_t* positions = hb_buffer_get_glyph_positions(buffer.get(), &count);
  run.glyphs.reserve(count);
  for (unsigned i = 0; i < count; ++i) {
    run.glyphs.push_back({infos[i].codepoint, shaped->width + positions[i].x_offset * scale,
                          -positions[i].y_offset * scale, characters.bytes[infos[i].cluster]});
    shaped->width += positions[i].x_advance * scale;
  }
  shaped->runs.push_back(std::move(run));
}

FontSet::FontSet(std::unique_ptr<State> state) : state_(std::move(state)) {}
FontSet::FontSet(FontSet&&) noexcept = default;
FontSet& FontSet::operator=(FontSet&&) noexcept = default;
FontSet::~FontSet() = default;

Result<FontSet> FontSet::Load(const std::string& folder) {
  LOUPE_ASSIGN_OR_RETURN(const std::vector<std::string> files, FontFiles(folder));
  auto state = std::make_unique<State>();
  const std::shared_ptr<FT_LibraryRec_> library = MakeFontLibrary();
  for (const std::string& file : files) {
    state->fonts.push_back(std::make_shared<FontFile>(library, folder, file));
    if (!state->fonts.back()->LooksLikeFont()) {
      return CannotRead("font \"" + file + "\" cannot be read");
    }
    if (Rank(file) <= kLastFallbackRank) ++state->fallbacks;
  }
  if (!state->fonts.front()->Open()) {
    return CannotRead("font \"" + files.front() + "\" cannot be read");
  }
  state->buffer.reset(hb_buffer_create());
  if (hb_buffer_allocation_successful(state->buffer.get()) == 0) throw std::bad_alloc();
  return FontSet(std::move(state));
}

ShapedText FontSet::Shape(const FontSpec& font, std::string_view text) const {
  ShapedText shaped;
  const Characters characters = Decode(text.substr(0, kMaxShapedBytes));
  if (characters.code_points.empty()) return shaped;
  const double size = font.size > 0 ? std::min(font.size, kMaxFontSize) : 0;
  const int primary = state_->Primary(font);
  for (const DirectedRun& run : Directions(characters.code_points)) {
    std::vector<Piece> pieces =
        state_->Itemize(characters.code_points, run, primary, &shaped.missing);
    if (run.is_rtl) std::reverse(pieces.begin(), pieces.end());
    for (const Piece& piece : pieces) {
      state_->ShapePiece(characters, piece, run.is_rtl, size, &shaped);
    }
  }
  return shaped;
}

bool FontSet::CanShow(const FontSpec& font, char32_t code_point) const {
  if (IsControl(code_point)) return true;
  int missing = 0;
  (void)state_->Covering(code_point, state_->Primary(font), &missing);
  return missing == 0;
}

double FontSet::Width(const FontSpec& font, std::string_view text) const {
  const double size = font.size > 0 ? std::min(font.size, kMaxFontSize) : 0;
  std::string key(1, static_cast<char>('0' + state_->Primary(font)));
  key.append(text);
  if (const auto found = state_->widths.find(key); found != state_->widths.end()) {
    return found->second * size;
  }
  FontSpec em = font;
  em.size = 1;
  const double width = Shape(em, text).width;
  if (state_->widths.size() >= kMaxCachedWidths) state_->widths.clear();
  if (text.size() <= kMaxShapedBytes) state_->widths.emplace(std::move(key), width);
  return width * size;
}

std::shared_ptr<FontFile> FontSet::Font(int font) const {
  return state_->fonts[static_cast<std::size_t>(font)];
}

int FontSet::size() const { return static_cast<int>(state_->fonts.size()); }

}  // namespace loupe::chart
