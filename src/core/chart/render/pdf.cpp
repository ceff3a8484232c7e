#include "core/chart/render/pdf.hpp"

#include <cairo-pdf.h>

#include <algorithm>
#include <new>

#include "core/chart/render/cairo_painter.hpp"

namespace loupe::chart {
namespace {

// A fixed creation date keeps the bytes equal from run to run.
constexpr const char* kCreationDate = "2000-01-01T00:00:00Z";

cairo_status_t Append(void* closure, const unsigned char* data, unsigned length) {
  try {
    static_cast<std::string*>(closure)->append(reinterpret_cast<const char*>(data), length);
  } catch (const std::bad_alloc&) {
    return CAIRO_STATUS_NO_MEMORY;
  }
  return CAIRO_STATUS_SUCCESS;
}

}  // namespace

Result<std::string> RenderPdf(const Scene& scene, const FontSet& fonts, const Context& context) {
  LOUPE_RETURN_IF_ERROR(CheckSurface(scene, 1));
  std::string bytes;
  const Surface surface(cairo_pdf_surface_create_for_stream(
      Append, &bytes, std::max(1.0, scene.width), std::max(1.0, scene.height)));
  LOUPE_RETURN_IF_ERROR(CheckCairo(cairo_surface_status(surface.get())));
  cairo_pdf_surface_set_metadata(surface.get(), CAIRO_PDF_METADATA_CREATE_DATE, kCreationDate);
  if (!scene.title.empty()) {
    cairo_pdf_surface_set_metadata(surface.get(), CAIRO_PDF_METADATA_TITLE, scene.title.c_str());
  }
  if (!scene.description.empty()) {
    cairo_pdf_surface_set_metadata(surface.get(), CAIRO_PDF_METADATA_SUBJECT,
                                   scene.description.c_str());
  }
  {
    const Cairo cairo(cairo_create(surface.get()));
    LOUPE_RETURN_IF_ERROR(PaintScene(scene, fonts, context, cairo.get()));
    cairo_show_page(cairo.get());
  }
  cairo_surface_finish(surface.get());
  LOUPE_RETURN_IF_ERROR(CheckCairo(cairo_surface_status(surface.get())));
  return bytes;
}

}  // namespace loupe::chart
