// CairoPainter: draws a scene with cairo; the one drawing code of PNG and PDF.
//
// Text is shown as the glyphs that FontSet shaped, by cairo's FreeType fonts without hinting, so
// that pictures agree with the measured layout. cairo allocates with malloc: every object is held
// by a smart pointer, and a lack of memory becomes std::bad_alloc.
//
// Tested by test/unit/chart_render_png_test.cpp and chart_render_pdf_test.cpp.
#ifndef LOUPE_CORE_CHART_RENDER_CAIRO_PAINTER_HPP
#define LOUPE_CORE_CHART_RENDER_CAIRO_PAINTER_HPP

#include <cairo.h>

#include <memory>

#include "core/base/context.hpp"
#include "core/base/status.hpp"
#include "core/chart/scene.hpp"
#include "core/chart/text/font_set.hpp"

namespace loupe::chart {

struct SurfaceDeleter {
  void operator()(cairo_surface_t* surface) const { cairo_surface_destroy(surface); }
};
struct CairoDeleter {
  void operator()(cairo_t* cairo) const { cairo_destroy(cairo); }
};
using Surface = std::unique_ptr<cairo_surface_t, SurfaceDeleter>;
using Cairo = std::unique_ptr<cairo_t, CairoDeleter>;

// Greatest picture: cairo's image surfaces end at 32,767 pixels a side; 16 Mpx are 64 MB.
inline constexpr double kMaxSurfaceSide = 32767;
inline constexpr double kMaxSurfacePixels = 16.0 * 1024 * 1024;

// kLimitExceeded when a picture of that size at that scale is too large.
[[nodiscard]] Status CheckSurface(const Scene& scene, double scale);

// Throws std::bad_alloc for CAIRO_STATUS_NO_MEMORY; any other failure is kInternal.
[[nodiscard]] Status CheckCairo(cairo_status_t status);

// Paints background and marks; polls the context at least every Context::kPollInterval items.
[[nodiscard]] Status PaintScene(const Scene& scene, const FontSet& fonts, const Context& context,
                                cairo_t* cairo);

}  // namespace loupe::chart

#endif  // LOUPE_CORE_CHART_RENDER_CAIRO_PAINTER_HPP
