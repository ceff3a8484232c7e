#include "core/chart/render/png.hpp"

#include <png.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <new>
#include <optional>
#include <utility>
#include <vector>

#include "core/chart/render/cairo_painter.hpp"

namespace loupe::chart {
namespace {

constexpr int kCompressionLevel = 3;
constexpr double kPixelsPerMetre = 72 / 0.0254;

struct Picture {
  const unsigned char* pixels = nullptr;  // cairo's native-endian ARGB, premultiplied
  int stride = 0;                         // bytes a row
  std::uint32_t width = 0;
  std::uint32_t height = 0;
  bool is_opaque = false;
  double scale = 1;
};

// Where libpng's callbacks put bytes and notes; they must not throw through libpng's C frames.
struct Output {
  std::string bytes;
  bool is_out_of_memory = false;
};

void Append(png_structp png, png_bytep data, std::size_t length) {
  auto* output = static_cast<Output*>(png_get_io_ptr(png));
  try {
    output->bytes.append(reinterpret_cast<const char*>(data), length);
  } catch (const std::bad_alloc&) {
    output->is_out_of_memory = true;
  }
  if (output->is_out_of_memory) png_error(png, "out of memory");
}

void Flush(png_structp /*png*/) {}

std::uint32_t PixelAt(const unsigned char* row, std::uint32_t x) {
  std::uint32_t pixel = 0;
  __builtin_memcpy(&pixel, row + static_cast<std::size_t>(x) * 4, sizeof pixel);
  return pixel;
}

const unsigned char* RowOf(const Picture& picture, std::uint32_t y) {
  return picture.pixels + static_cast<std::size_t>(y) * static_cast<std::size_t>(picture.stride);
}

// An opaque picture of few colours: a byte a pixel.
struct Indexed {
  std::vector<png_color> palette;  // at most PNG_MAX_PALETTE_LENGTH, in order of appearance
  std::vector<unsigned char> pixels;
};

// Finds the index of a colour by open addressing; the table is never more than a quarter full.
class Palette {
 public:
  Palette() { indexes_.fill(-1); }

  // -1 when the palette is full.
  int IndexOf(std::uint32_t pixel) {
    std::size_t slot = (pixel * 2654435761U) >> (32 - kBits);  // Knuth's multiplicative hash
    while (indexes_.at(slot) >= 0) {
      if (pixels_.at(slot) == pixel) return indexes_.at(slot);
      slot = (slot + 1) % kSlots;
    }
    if (colors_.size() == PNG_MAX_PALETTE_LENGTH) return -1;
    pixels_.at(slot) = pixel;
    indexes_.at(slot) = static_cast<int>(colors_.size());
    colors_.push_back({static_cast<png_byte>(pixel >> 16), static_cast<png_byte>(pixel >> 8),
                       static_cast<png_byte>(pixel)});
    return indexes_.at(slot);
  }
  [[nodiscard]] std::vector<png_color> Take() { return std::move(colors_); }

 private:
  static constexpr int kBits = 10;
  static constexpr std::size_t kSlots = std::size_t{1} << kBits;

  std::array<std::uint32_t, kSlots> pixels_{};
  std::array<int, kSlots> indexes_{};
  std::vector<png_color> colors_;
};

// The end of the run of pixels that equal the one at `x`.
std::uint32_t RunEnd(const unsigned char* row, std::uint32_t x, std::uint32_t width) {
  const std::uint32_t pixel = PixelAt(row, x);
  const std::uint64_t pair = (std::uint64_t{pixel} << 32) | pixel;
  for (std::uint64_t next = 0; x + 2 <= width; x += 2) {
    __builtin_memcpy(&next, row + static_cast<std::size_t>(x) * 4, sizeof next);
    if (next != pair) break;
  }
  while (x < width && PixelAt(row, x) == pixel) ++x;
  return x;
}

// Nothing when the picture has more colours than a palette holds.
std::optional<Indexed> IndexPixels(const Picture& picture) {
  Indexed indexed;
  indexed.pixels.resize(static_cast<std::size_t>(picture.width) * picture.height);
  Palette palette;
  auto out = indexed.pixels.begin();
  for (std::uint32_t y = 0; y < picture.height; ++y) {
    const unsigned char* row = RowOf(picture, y);
    for (std::uint32_t x = 0; x < picture.width;) {
      const int index = palette.IndexOf(PixelAt(row, x));
      if (index < 0) return std::nullopt;
      const std::uint32_t end = RunEnd(row, x, picture.width);
      out = std::fill_n(out, end - x, static_cast<unsigned char>(index));
      x = end;
    }
  }
  indexed.palette = palette.Take();
  return indexed;
}

void ConvertOpaqueRow(const Picture& picture, std::uint32_t y, unsigned char* row) {
  const unsigned char* source = RowOf(picture, y);
  for (std::uint32_t x = 0; x < picture.width; ++x, row += 3) {
    const std::uint32_t pixel = PixelAt(source, x);
    row[0] = static_cast<unsigned char>(pixel >> 16);
    row[1] = static_cast<unsigned char>(pixel >> 8);
    row[2] = static_cast<unsigned char>(pixel);
  }
}

void ConvertRow(const Picture& picture, std::uint32_t y, unsigned char* row) {
  const unsigned char* source = RowOf(picture, y);
  for (std::uint32_t x = 0; x < picture.width; ++x) {
    const std::uint32_t pixel = PixelAt(source, x);
    const std::uint32_t alpha = pixel >> 24;
    for (const int shift : {16, 8, 0}) {
      const std::uint32_t part = (pixel >> shift) & 0xFF;
      const bool is_scaled = alpha != 0 && alpha != 255;
      *row++ = static_cast<unsigned char>(is_scaled ? (part * 255 + alpha / 2) / alpha : part);
    }
    *row++ = static_cast<unsigned char>(alpha);
  }
}

// libpng reports errors by longjmp: this frame owns nothing with a destructor. `indexed` may be
// null; `row` holds one row.
bool Encode(const Picture& picture, const Indexed* indexed, png_structp png, png_infop info,
            unsigned char* row, Output* output) {
  if (setjmp(png_jmpbuf(png)) != 0) return false;
  png_set_write_fn(png, output, Append, Flush);
  png_set_compression_level(png, kCompressionLevel);
  png_set_filter(png, 0, PNG_FILTER_NONE);
  const int type = indexed != nullptr  ? PNG_COLOR_TYPE_PALETTE
                   : picture.is_opaque ? PNG_COLOR_TYPE_RGB
                                       : PNG_COLOR_TYPE_RGBA;
  png_set_IHDR(png, info, picture.width, picture.height, 8, type, PNG_INTERLACE_NONE,
               PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
  if (indexed != nullptr) {
    png_set_PLTE(png, info, indexed->palette.data(), static_cast<int>(indexed->palette.size()));
  }
  const auto density = static_cast<png_uint_32>(std::lround(kPixelsPerMetre * picture.scale));
  png_set_pHYs(png, info, density, density, PNG_RESOLUTION_METER);
  png_write_info(png, info);
  for (std::uint32_t y = 0; y < picture.height; ++y) {
    if (indexed != nullptr) {
      png_write_row(png, indexed->pixels.data() + static_cast<std::size_t>(y) * picture.width);
      continue;
    }
    picture.is_opaque ? ConvertOpaqueRow(picture, y, row) : ConvertRow(picture, y, row);
    png_write_row(png, row);
  }
  png_write_end(png, info);
  return true;
}

// Owns libpng's structures.
class PngWriter {
 public:
  PngWriter()
      : png_(png_create_write_struct(PNG_LIBPNG_VER_STRING, nullptr, nullptr, Silent)),
        info_(png_ == nullptr ? nullptr : png_create_info_struct(png_)) {
    if (info_ != nullptr) return;
    png_destroy_write_struct(&png_, nullptr);
    throw std::bad_alloc();
  }
  ~PngWriter() { png_destroy_write_struct(&png_, &info_); }
  PngWriter(const PngWriter&) = delete;
  PngWriter& operator=(const PngWriter&) = delete;

  Result<std::string> Write(const Picture& picture) {
    Output output;
    const std::optional<Indexed> indexed = picture.is_opaque ? IndexPixels(picture) : std::nullopt;
    std::vector<unsigned char> row(static_cast<std::size_t>(picture.width) * 4);
    const bool is_written =
        Encode(picture, indexed ? &*indexed : nullptr, png_, info_, row.data(), &output);
    if (is_written) return std::move(output.bytes);
    if (output.is_out_of_memory) throw std::bad_alloc();
    return Status(Code::kInternal, "the picture could not be encoded as PNG");
  }

 private:
  static void Silent(png_structp /*png*/, png_const_charp /*warning*/) {}

  png_structp png_;
  png_infop info_;
};

}  // namespace

Result<std::string> RenderPng(const Scene& scene, const FontSet& fonts, double scale,
                              const Context& context) {
  LOUPE_RETURN_IF_ERROR(CheckSurface(scene, scale));
  Picture picture;
  picture.width = static_cast<std::uint32_t>(std::max(1.0, std::ceil(scene.width * scale)));
  picture.height = static_cast<std::uint32_t>(std::max(1.0, std::ceil(scene.height * scale)));
  picture.is_opaque = scene.background.color && scene.background.color->alpha >= 1;
  picture.scale = scale;
  const Surface surface(cairo_image_surface_create(
      CAIRO_FORMAT_ARGB32, static_cast<int>(picture.width), static_cast<int>(picture.height)));
  LOUPE_RETURN_IF_ERROR(CheckCairo(cairo_surface_status(surface.get())));
  const Cairo cairo(cairo_create(surface.get()));
  cairo_scale(cairo.get(), scale, scale);
  LOUPE_RETURN_IF_ERROR(PaintScene(scene, fonts, context, cairo.get()));
  cairo_surface_flush(surface.get());
  picture.pixels = cairo_image_surface_get_data(surface.get());
  picture.stride = cairo_image_surface_get_stride(surface.get());
  context.Poll();
  return PngWriter().Write(picture);
}

}  // namespace loupe::chart
