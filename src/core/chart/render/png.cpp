#include "core/chart/render/png.hpp"

#include <png.h>

#include <cmath>
#include <cstdint>
#include <new>
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

void ConvertRow(const Picture& picture, std::uint32_t y, unsigned char* row) {
  const unsigned char* source = picture.pixels + static_cast<std::size_t>(y) * picture.stride;
  for (std::uint32_t x = 0; x < picture.width; ++x) {
    std::uint32_t pixel = 0;
    __builtin_memcpy(&pixel, source + static_cast<std::size_t>(x) * 4, sizeof pixel);
    const std::uint32_t alpha = pixel >> 24;
    for (const int shift : {16, 8, 0}) {
      const std::uint32_t part = (pixel >> shift) & 0xFF;
      const bool is_scaled = !picture.is_opaque && alpha != 0 && alpha != 255;
      *row++ = static_cast<unsigned char>(is_scaled ? (part * 255 + alpha / 2) / alpha : part);
    }
    if (!picture.is_opaque) *row++ = static_cast<unsigned char>(alpha);
  }
}

// libpng reports errors by longjmp: this frame owns nothing with a destructor. `row` holds one row.
bool Encode(const Picture& picture, png_structp png, png_infop info, unsigned char* row,
            Output* output) {
  if (setjmp(png_jmpbuf(png)) != 0) return false;
  png_set_write_fn(png, output, Append, Flush);
  png_set_compression_level(png, kCompressionLevel);
  png_set_filter(png, 0, PNG_FILTER_NONE);
  png_set_IHDR(png, info, picture.width, picture.height, 8,
               picture.is_opaque ? PNG_COLOR_TYPE_RGB : PNG_COLOR_TYPE_RGBA, PNG_INTERLACE_NONE,
               PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
  const auto density = static_cast<png_uint_32>(std::lround(kPixelsPerMetre * picture.scale));
  png_set_pHYs(png, info, density, density, PNG_RESOLUTION_METER);
  png_write_info(png, info);
  for (std::uint32_t y = 0; y < picture.height; ++y) {
    ConvertRow(picture, y, row);
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
    std::vector<unsigned char> row(static_cast<std::size_t>(picture.width) * 4);
    if (Encode(picture, png_, info_, row.data(), &output)) return std::move(output.bytes);
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
