#include "core/chart/text/font_file.hpp"

#include <ft2build.h>
#include FT_FREETYPE_H
#include <hb.h>

#include <algorithm>
#include <cstdio>
#include <new>
#include <optional>
#include <string_view>
#include <utility>

namespace loupe::chart {
namespace {

constexpr std::size_t kMaxFontBytes = std::size_t{64} << 20;
constexpr std::size_t kMagicBytes = 4;

struct FileCloser {
  void operator()(std::FILE* file) const { std::fclose(file); }
};
struct FaceDeleter {
  void operator()(FT_Face face) const { FT_Done_Face(face); }
};
struct HbFontDeleter {
  void operator()(hb_font_t* font) const { hb_font_destroy(font); }
};
struct HbFaceDeleter {
  void operator()(hb_face_t* face) const { hb_face_destroy(face); }
};
struct BlobDeleter {
  void operator()(hb_blob_t* blob) const { hb_blob_destroy(blob); }
};

// At most `most` bytes; nothing when the file cannot be read or is longer than a font may be.
std::optional<std::string> ReadBytes(const std::string& path, std::size_t most) {
  const std::unique_ptr<std::FILE, FileCloser> file(std::fopen(path.c_str(), "rb"));
  if (file == nullptr) return std::nullopt;
  std::string bytes;
  char buffer[65536];
  while (bytes.size() < most) {
    const std::size_t wanted = std::min(sizeof buffer, most - bytes.size());
    const std::size_t count = std::fread(buffer, 1, wanted, file.get());
    bytes.append(buffer, count);
    if (count < wanted) break;
  }
  if (std::ferror(file.get()) != 0 || bytes.size() >= kMaxFontBytes) return std::nullopt;
  return bytes;
}

}  // namespace

// Members die last to first: the bytes outlive what points into them.
struct FontFile::Opened {
  std::string bytes;
  std::unique_ptr<hb_font_t, HbFontDeleter> shaper;
  std::unique_ptr<FT_FaceRec_, FaceDeleter> face;
  double units_per_em = 1;
};

FontFile::FontFile(std::shared_ptr<FT_LibraryRec_> library, std::string folder, std::string name)
    : library_(std::move(library)), path_(std::move(folder) + "/" + name), name_(std::move(name)) {}

FontFile::~FontFile() = default;

bool FontFile::LooksLikeFont() const {
  using std::string_view_literals::operator""sv;
  const std::optional<std::string> magic = ReadBytes(path_, kMagicBytes);
  for (const std::string_view known : {"\0\1\0\0"sv, "OTTO"sv, "true"sv, "ttcf"sv}) {
    if (magic && *magic == known) return true;
  }
  return false;
}

bool FontFile::Open() {
  if (state_ != State::kClosed) return state_ == State::kOpen;
  state_ = State::kUnusable;
  std::optional<std::string> bytes = ReadBytes(path_, kMaxFontBytes);
  if (!bytes || bytes->empty()) return false;
  auto opened = std::make_unique<Opened>();
  opened->bytes = std::move(*bytes);
  const std::unique_ptr<hb_blob_t, BlobDeleter> blob(
      hb_blob_create(opened->bytes.data(), static_cast<unsigned>(opened->bytes.size()),
                     HB_MEMORY_MODE_READONLY, nullptr, nullptr));
  const std::unique_ptr<hb_face_t, HbFaceDeleter> hb_face(hb_face_create(blob.get(), 0));
  if (hb_face_get_glyph_count(hb_face.get()) == 0) return false;
  opened->units_per_em = hb_face_get_upem(hb_face.get());
  opened->shaper.reset(hb_font_create(hb_face.get()));
  if (opened->shaper.get() == hb_font_get_empty()) throw std::bad_alloc();
  FT_Face face = nullptr;
  const FT_Error error =
      FT_New_Memory_Face(library_.get(), reinterpret_cast<const FT_Byte*>(opened->bytes.data()),
                         static_cast<FT_Long>(opened->bytes.size()), 0, &face);
  if (error == FT_Err_Out_Of_Memory) throw std::bad_alloc();
  if (error != 0) return false;
  opened->face.reset(face);
  opened_ = std::move(opened);
  state_ = State::kOpen;
  return true;
}

bool FontFile::Has(std::uint32_t code_point) const {
  hb_codepoint_t glyph = 0;
  return hb_font_get_nominal_glyph(opened_->shaper.get(), code_point, &glyph) != 0;
}

hb_font_t* FontFile::shaper() const { return opened_->shaper.get(); }

double FontFile::units_per_em() const { return opened_->units_per_em; }

FT_FaceRec_* FontFile::face() const { return opened_->face.get(); }

std::shared_ptr<FT_LibraryRec_> MakeFontLibrary() {
  FT_Library library = nullptr;
  if (FT_Init_FreeType(&library) != 0) throw std::bad_alloc();
  return {library, [](FT_Library opened) { FT_Done_FreeType(opened); }};
}

}  // namespace loupe::chart
