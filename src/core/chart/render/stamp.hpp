// Stamp: one look as pixels, for pictures with thousands of copies of it.
//
// cairo takes some ten microseconds to fill and stroke a small circle; copying its hundred pixels
// takes a tenth of one. Copies lie at any fraction of a pixel, so a stamp has a print for each of
// kPhases x kPhases fractions, made when first asked for, and a copy is off its place by at most a
// sixteenth of a pixel.
//
//   Stamp stamp(bounds, [&](cairo_t* cairo) { … });    // draws the look around (0, 0)
//   stamp.Print(x, y, &canvas);
//
// Tested by test/unit/chart_render_stamp_test.cpp.
#ifndef LOUPE_CORE_CHART_RENDER_STAMP_HPP
#define LOUPE_CORE_CHART_RENDER_STAMP_HPP

#include <cairo.h>

#include <array>
#include <cstdint>
#include <functional>
#include <utility>
#include <vector>

namespace loupe::chart {

// Part of an image surface's pixels that may be drawn on: native-endian ARGB, premultiplied.
struct Canvas {
  unsigned char* pixels = nullptr;  // of the whole surface
  int stride = 0;                   // bytes a row
  int left = 0;                     // the part: left to right, top to bottom, ends excluded
  int top = 0;
  int right = 0;
  int bottom = 0;
};

// The pixels that a look covers when it is drawn at (0, 0).
struct StampBounds {
  int left = 0;
  int top = 0;
  int width = 0;
  int height = 0;
};

class Stamp {
 public:
  static constexpr int kPhases = 8;    // fractions of a pixel along each side; a power of two
  static constexpr int kMaxSide = 64;  // pixels; all prints of a stamp stay under a megabyte

  using Draw = std::function<void(cairo_t*)>;

  // `bounds` has sides from 1 to kMaxSide and leaves a pixel free right and below. `draw` draws
  // around (0, 0) in pixels of the surface.
  Stamp(StampBounds bounds, Draw draw) : bounds_(bounds), draw_(std::move(draw)) {}

  // Paints a copy over what is there; the parts outside of the canvas are not painted.
  void Print(double x, double y, const Canvas& canvas);

  // Of the drawing of the prints so far; CAIRO_STATUS_SUCCESS or the first failure.
  [[nodiscard]] cairo_status_t status() const { return status_; }

 private:
  // A row's neighbours that are not transparent.
  struct Run {
    int x = 0;  // from the left of the bounds
    int y = 0;  // from their top
    std::vector<std::uint32_t> pixels;
  };
  struct Ink {
    bool is_drawn = false;
    std::vector<Run> runs;
  };

  [[nodiscard]] const std::vector<Run>& RunsOf(int phase_x, int phase_y);

  StampBounds bounds_;
  Draw draw_;
  std::array<Ink, kPhases * kPhases> prints_;
  cairo_status_t status_ = CAIRO_STATUS_SUCCESS;
};

}  // namespace loupe::chart

#endif  // LOUPE_CORE_CHART_RENDER_STAMP_HPP
