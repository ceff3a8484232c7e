#include "core/chart/render/cairo_painter.hpp"

#include <cairo-ft.h>

#include <algorithm>
#include <cmath>
#include <new>
#include <optional>
#include <vector>

#include "core/chart/layout/bounds.hpp"
#include "core/chart/render/geometry.hpp"
#include "core/chart/render/stamp.hpp"

namespace loupe::chart {
namespace {

constexpr double kPi = 3.14159265358979323846;
constexpr int kMaxGroupDepth = 64;
constexpr std::size_t kFewestStamped = 512;         // copies of a look; fewer are drawn one by one
constexpr std::size_t kMaxStampPixels = 4'000'000;  // of all prints of a mark: 16 MB

struct FaceDeleter {
  void operator()(cairo_font_face_t* face) const { cairo_font_face_destroy(face); }
};
struct OptionsDeleter {
  void operator()(cairo_font_options_t* options) const { cairo_font_options_destroy(options); }
};
struct PatternDeleter {
  void operator()(cairo_pattern_t* pattern) const { cairo_pattern_destroy(pattern); }
};
struct RectanglesDeleter {
  void operator()(cairo_rectangle_list_t* list) const { cairo_rectangle_list_destroy(list); }
};
using FontFace = std::unique_ptr<cairo_font_face_t, FaceDeleter>;
using FontOptions = std::unique_ptr<cairo_font_options_t, OptionsDeleter>;
using Pattern = std::unique_ptr<cairo_pattern_t, PatternDeleter>;

// Saves cairo's state for a scope.
class SavedState {
 public:
  explicit SavedState(cairo_t* cairo) : cairo_(cairo) { cairo_save(cairo_); }
  ~SavedState() { cairo_restore(cairo_); }
  SavedState(const SavedState&) = delete;
  SavedState& operator=(const SavedState&) = delete;

 private:
  cairo_t* cairo_;
};

// An SVG elliptical arc (SVG 1.1, appendix F.6) from the current point, as a scaled circle's arc.
void Arc(cairo_t* cairo, const std::array<double, 7>& args) {
  double from_x = 0;
  double from_y = 0;
  cairo_get_current_point(cairo, &from_x, &from_y);
  double rx = std::abs(args[0]);
  double ry = std::abs(args[1]);
  const double to_x = args[5];
  const double to_y = args[6];
  if (rx == 0 || ry == 0) {
    cairo_line_to(cairo, to_x, to_y);
    return;
  }
  const double phi = args[2] * kPi / 180;
  const double dx = (from_x - to_x) / 2;
  const double dy = (from_y - to_y) / 2;
  const double x1 = std::cos(phi) * dx + std::sin(phi) * dy;
  const double y1 = -std::sin(phi) * dx + std::cos(phi) * dy;
  const double reach = x1 * x1 / (rx * rx) + y1 * y1 / (ry * ry);
  if (reach == 0) return;  // begins where it ends
  if (reach > 1) {
    rx *= std::sqrt(reach);
    ry *= std::sqrt(reach);
  }
  const double rest = rx * rx * y1 * y1 + ry * ry * x1 * x1;
  const double factor =
      std::sqrt(std::max(0.0, rx * rx * ry * ry / rest - 1)) * (args[3] != args[4] ? 1 : -1);
  const double center_x = factor * rx * y1 / ry;
  const double center_y = -factor * ry * x1 / rx;
  const double begin = std::atan2((y1 - center_y) / ry, (x1 - center_x) / rx);
  const double end = std::atan2((-y1 - center_y) / ry, (-x1 - center_x) / rx);
  const SavedState saved(cairo);
  cairo_translate(cairo, std::cos(phi) * center_x - std::sin(phi) * center_y + (from_x + to_x) / 2,
                  std::sin(phi) * center_x + std::cos(phi) * center_y + (from_y + to_y) / 2);
  cairo_rotate(cairo, phi);
  cairo_scale(cairo, rx, ry);
  if (args[4] != 0) {
    cairo_arc(cairo, 0, 0, 1, begin, end);
  } else {
    cairo_arc_negative(cairo, 0, 0, 1, begin, end);
  }
}

void Quadratic(cairo_t* cairo, const std::array<double, 7>& args) {
  double x = 0;
  double y = 0;
  cairo_get_current_point(cairo, &x, &y);
  cairo_curve_to(cairo, x + 2.0 / 3 * (args[0] - x), y + 2.0 / 3 * (args[1] - y),
                 args[2] + 2.0 / 3 * (args[0] - args[2]), args[3] + 2.0 / 3 * (args[1] - args[3]),
                 args[2], args[3]);
}

void Trace(cairo_t* cairo, const Path& path) {
  cairo_new_path(cairo);
  for (const PathCommand& command : path) {
    const auto& a = command.args;
    switch (command.verb) {
      case PathVerb::kMove:
        cairo_move_to(cairo, a[0], a[1]);
        break;
      case PathVerb::kLine:
        cairo_line_to(cairo, a[0], a[1]);
        break;
      case PathVerb::kCubic:
        cairo_curve_to(cairo, a[0], a[1], a[2], a[3], a[4], a[5]);
        break;
      case PathVerb::kQuad:
        Quadratic(cairo, a);
        break;
      case PathVerb::kArc:
        Arc(cairo, a);
        break;
      case PathVerb::kClose:
        cairo_close_path(cairo);
        break;
    }
  }
}

// A cairo face over a font's FreeType face. cairo may keep it in its caches beyond this picture, so
// it owns a share of the font.
FontFace MakeFontFace(const std::shared_ptr<FontFile>& font) {
  static const cairo_user_data_key_t key = {0};
  FontFace made(cairo_ft_font_face_create_for_ft_face(font->face(), FT_LOAD_NO_HINTING));
  // cairo hands out the face it knows when asked for the same FreeType face again.
  if (cairo_font_face_get_user_data(made.get(), &key) != nullptr) return made;
  auto share = std::make_unique<std::shared_ptr<FontFile>>(font);
  const cairo_status_t status = cairo_font_face_set_user_data(
      made.get(), &key, share.get(),
      [](void* data) { delete static_cast<std::shared_ptr<FontFile>*>(data); });
  if (status != CAIRO_STATUS_SUCCESS) throw std::bad_alloc();
  (void)share.release();  // cairo deletes it
  return made;
}

// Which bytes of the run's text each glyph shows, as cairo wants it: clusters in logical order.
std::vector<cairo_text_cluster_t> Clusters(const GlyphRun& run) {
  std::vector<std::uint32_t> begins;  // of each glyph, in logical order
  for (const Glyph& glyph : run.glyphs) begins.push_back(glyph.cluster - run.begin);
  if (run.is_rtl) std::reverse(begins.begin(), begins.end());
  std::vector<cairo_text_cluster_t> clusters;
  const int bytes = static_cast<int>(run.text.size());
  for (std::size_t i = 0; i < begins.size(); ++i) {
    if (i > 0 && begins[i] == begins[i - 1]) {
      ++clusters.back().num_glyphs;
      continue;
    }
    const int begin = clusters.empty() ? 0 : static_cast<int>(begins[i]);
    if (!clusters.empty()) clusters.back().num_bytes -= bytes - begin;
    clusters.push_back({bytes - begin, 1});
  }
  return clusters;
}

class Painter {
 public:
  Painter(const FontSet& fonts, const Context& context, cairo_t* cairo)
      : fonts_(fonts), context_(context), cairo_(cairo), options_(cairo_font_options_create()) {
    cairo_font_options_set_hint_style(options_.get(), CAIRO_HINT_STYLE_NONE);
    cairo_font_options_set_hint_metrics(options_.get(), CAIRO_HINT_METRICS_OFF);
    cairo_font_options_set_antialias(options_.get(), CAIRO_ANTIALIAS_GRAY);
    cairo_set_font_options(cairo_, options_.get());
  }

  void PaintMark(const Mark& mark, int depth);
  // Paints a shape whose path is relative to (x, y).
  void PaintOutline(const Item& item, double x, double y);

  // Of what was drawn into stamps.
  [[nodiscard]] cairo_status_t status() const { return status_; }

 private:
  void Poll() {
    if (++items_ % Context::kPollInterval == 0) context_.Poll();
  }
  void PaintItem(const Mark& mark, const Item& item, int depth);
  void PaintGroup(const Item& item, int depth);
  void PaintPlaces(const Mark& mark);
  [[nodiscard]] StampBounds MeasureStamp(const Item& item, double scale);
  [[nodiscard]] std::vector<std::optional<Stamp>> MakeStamps(const Mark& mark, double scale) const;
  void PaintRule(const Item& item);
  void PaintText(const Item& item);
  void ShowLine(const Item& item, const std::string& line, double y);
  void ShowGlyphs(const GlyphRun& run, const std::vector<cairo_glyph_t>& glyphs);
  void FillAndStroke(const Item& item);
  bool SetSource(const Paint& paint, double alpha);
  void SetPen(const Item& item);

  const FontSet& fonts_;
  const Context& context_;
  cairo_t* cairo_;
  FontOptions options_;
  std::vector<FontFace> faces_;  // of the set's fonts, made at first use
  long items_ = 0;
  cairo_status_t status_ = CAIRO_STATUS_SUCCESS;
};

// Sets colour or gradient; a gradient spans the bounds of the current path.
bool Painter::SetSource(const Paint& paint, double alpha) {
  if (paint.IsNone() || alpha <= 0) return false;
  if (paint.color) {
    const Color& color = *paint.color;
    cairo_set_source_rgba(cairo_, color.red / 255.0, color.green / 255.0, color.blue / 255.0,
                          alpha);
    return true;
  }
  double x1 = 0;
  double y1 = 0;
  double x2 = 0;
  double y2 = 0;
  cairo_path_extents(cairo_, &x1, &y1, &x2, &y2);
  const Gradient& gradient = *paint.gradient;
  const Pattern pattern(
      cairo_pattern_create_linear(x1 + gradient.x1 * (x2 - x1), y1 + gradient.y1 * (y2 - y1),
                                  x1 + gradient.x2 * (x2 - x1), y1 + gradient.y2 * (y2 - y1)));
  for (const GradientStop& stop : gradient.stops) {
    cairo_pattern_add_color_stop_rgba(pattern.get(), stop.offset, stop.color.red / 255.0,
                                      stop.color.green / 255.0, stop.color.blue / 255.0,
                                      stop.color.alpha * alpha);
  }
  cairo_set_source(cairo_, pattern.get());
  return true;
}

void Painter::SetPen(const Item& item) {
  cairo_set_line_width(cairo_, item.stroke_width);
  cairo_set_line_cap(cairo_, item.stroke_cap == StrokeCap::kButt    ? CAIRO_LINE_CAP_BUTT
                             : item.stroke_cap == StrokeCap::kRound ? CAIRO_LINE_CAP_ROUND
                                                                    : CAIRO_LINE_CAP_SQUARE);
  cairo_set_line_join(cairo_, item.stroke_join == StrokeJoin::kMiter   ? CAIRO_LINE_JOIN_MITER
                              : item.stroke_join == StrokeJoin::kRound ? CAIRO_LINE_JOIN_ROUND
                                                                       : CAIRO_LINE_JOIN_BEVEL);
  cairo_set_miter_limit(cairo_, item.stroke_miter_limit);
  double total = 0;
  for (const double length : item.stroke_dash) total += length;
  const bool is_dashed = total > 0;  // cairo refuses a pattern of zeros
  cairo_set_dash(cairo_, is_dashed ? item.stroke_dash.data() : nullptr,
                 is_dashed ? static_cast<int>(item.stroke_dash.size()) : 0,
                 item.stroke_dash_offset);
}

void Painter::FillAndStroke(const Item& item) {
  if (SetSource(item.fill, FillAlpha(item))) cairo_fill_preserve(cairo_);
  if (item.stroke_width > 0 && SetSource(item.stroke, StrokeAlpha(item))) {
    SetPen(item);
    cairo_stroke_preserve(cairo_);
  }
  cairo_new_path(cairo_);
}

void Painter::PaintRule(const Item& item) {
  cairo_new_path(cairo_);
  cairo_move_to(cairo_, item.x, item.y);
  cairo_line_to(cairo_, item.x2, item.y2);
  if (item.stroke_width <= 0 || !SetSource(item.stroke, StrokeAlpha(item))) return;
  SetPen(item);
  cairo_stroke(cairo_);
}

void Painter::ShowLine(const Item& item, const std::string& line, double y) {
  const ShapedText shaped = fonts_.Shape(item.font, line);
  double x = 0;
  if (item.align == TextAlign::kCenter) x = -shaped.width / 2;
  if (item.align == TextAlign::kRight) x = -shaped.width;
  faces_.resize(static_cast<std::size_t>(fonts_.size()));
  cairo_set_font_size(cairo_, item.font.size);
  for (const GlyphRun& run : shaped.runs) {
    FontFace& face = faces_[static_cast<std::size_t>(run.font)];
    if (face == nullptr) face = MakeFontFace(fonts_.Font(run.font));
    cairo_set_font_face(cairo_, face.get());
    std::vector<cairo_glyph_t> glyphs;
    glyphs.reserve(run.glyphs.size());
    for (const Glyph& glyph : run.glyphs) {
      glyphs.push_back({glyph.index, x + glyph.x, y + glyph.y});
    }
    ShowGlyphs(run, glyphs);
  }
}

// Pixels get filled outlines: cairo would move each glyph to a whole pixel, which undoes kerning.
// Other surfaces get text.
void Painter::ShowGlyphs(const GlyphRun& run, const std::vector<cairo_glyph_t>& glyphs) {
  if (glyphs.empty()) return;
  const int count = static_cast<int>(glyphs.size());
  if (cairo_surface_get_type(cairo_get_target(cairo_)) == CAIRO_SURFACE_TYPE_IMAGE) {
    cairo_new_path(cairo_);
    cairo_glyph_path(cairo_, glyphs.data(), count);
    cairo_fill(cairo_);
    return;
  }
  const std::vector<cairo_text_cluster_t> clusters = Clusters(run);
  cairo_show_text_glyphs(
      cairo_, run.text.data(), static_cast<int>(run.text.size()), glyphs.data(), count,
      clusters.data(), static_cast<int>(clusters.size()),
      run.is_rtl ? CAIRO_TEXT_CLUSTER_FLAG_BACKWARD : static_cast<cairo_text_cluster_flags_t>(0));
}

void Painter::PaintText(const Item& item) {
  if (item.font.size <= 0 || !item.fill.color || !SetSource(item.fill, FillAlpha(item))) return;
  const SavedState saved(cairo_);
  cairo_translate(cairo_, item.x, item.y);
  cairo_rotate(cairo_, item.angle * kPi / 180);
  cairo_translate(cairo_, item.dx, item.dy + BaselineOffset(item));
  double y = 0;
  for (const std::string& line : FittedLines(item, fonts_)) {
    ShowLine(item, line, y);
    y += LineHeight(item);
  }
}

void Painter::PaintGroup(const Item& item, int depth) {
  const SavedState saved(cairo_);
  cairo_translate(cairo_, item.x, item.y);
  const double offset = item.stroke.IsNone() ? 0 : 0.5;
  Trace(cairo_, RectOutline(item, offset, offset));
  FillAndStroke(item);
  if (item.clip) {
    Trace(cairo_, RectOutline(item, 0, 0));
    cairo_clip(cairo_);
  }
  for (const Mark& mark : item.marks) PaintMark(mark, depth + 1);
}

void Painter::PaintItem(const Mark& mark, const Item& item, int depth) {
  Poll();
  switch (mark.type) {
    case MarkType::kGroup:
      PaintGroup(item, depth);
      return;
    case MarkType::kRule:
      PaintRule(item);
      return;
    case MarkType::kText:
      PaintText(item);
      return;
    default:
      break;
  }
  if (mark.type == MarkType::kRect && item.path.empty()) {
    Trace(cairo_, RectOutline(item, item.x, item.y));
    FillAndStroke(item);
    return;
  }
  PaintOutline(item, item.x, item.y);
}

void Painter::PaintOutline(const Item& item, double x, double y) {
  const SavedState saved(cairo_);
  cairo_translate(cairo_, x, y);
  cairo_rotate(cairo_, item.angle * kPi / 180);
  Trace(cairo_, item.path);
  FillAndStroke(item);
}

// The pixels that a symbol at (0, 0) covers at that scale, a pixel all around included.
StampBounds Painter::MeasureStamp(const Item& item, double scale) {
  cairo_save(cairo_);
  cairo_scale(cairo_, scale, scale);
  cairo_rotate(cairo_, item.angle * kPi / 180);
  Trace(cairo_, item.path);
  cairo_identity_matrix(cairo_);  // what was traced stays
  SetPen(item);
  cairo_set_line_width(cairo_, item.stroke_width * scale);
  double fill[4] = {0, 0, 0, 0};
  double stroke[4] = {0, 0, 0, 0};
  cairo_fill_extents(cairo_, &fill[0], &fill[1], &fill[2], &fill[3]);
  cairo_stroke_extents(cairo_, &stroke[0], &stroke[1], &stroke[2], &stroke[3]);
  cairo_restore(cairo_);
  const double left = std::floor(std::min(fill[0], stroke[0])) - 1;
  const double top = std::floor(std::min(fill[1], stroke[1])) - 1;
  const double width = std::ceil(std::max(fill[2], stroke[2])) + 2 - left;
  const double height = std::ceil(std::max(fill[3], stroke[3])) + 2 - top;
  // Negated, so that what is no number is refused too.
  if (!(std::max(width, height) <= Stamp::kMaxSide && std::max(-left, -top) <= Stamp::kMaxSide)) {
    return {};
  }
  return {static_cast<int>(left), static_cast<int>(top), static_cast<int>(width),
          static_cast<int>(height)};
}

// Stamps of the looks that are worth one.
std::vector<std::optional<Stamp>> Painter::MakeStamps(const Mark& mark, double scale) const {
  std::vector<std::size_t> copies(mark.items.size());
  for (const Place& place : mark.places) ++copies[place.item];
  std::vector<std::optional<Stamp>> stamps(mark.items.size());
  const Surface surface(cairo_image_surface_create(CAIRO_FORMAT_ARGB32, 1, 1));
  const Cairo cairo(cairo_create(surface.get()));
  Painter measure(fonts_, context_, cairo.get());
  std::size_t room = kMaxStampPixels;
  for (std::size_t i = 0; i < mark.items.size(); ++i) {
    if (copies[i] < kFewestStamped) continue;
    const Item& item = mark.items[i];
    const StampBounds bounds = measure.MeasureStamp(item, scale);
    const std::size_t pixels =
        static_cast<std::size_t>(bounds.width * bounds.height) * Stamp::kPhases * Stamp::kPhases;
    if (pixels == 0 || pixels > room) continue;
    room -= pixels;
    stamps[i].emplace(bounds, [this, &item, scale](cairo_t* target) {
      cairo_scale(target, scale, scale);
      Painter(fonts_, context_, target).PaintOutline(item, 0, 0);
    });
  }
  return stamps;
}

// The bare pixels of the target where nothing but their copying is needed to draw on them: an image
// that is neither turned nor clipped but to whole pixels.
std::optional<Canvas> FindCanvas(cairo_t* cairo, const cairo_matrix_t& matrix) {
  cairo_surface_t* surface = cairo_get_target(cairo);
  const bool is_plain = cairo_surface_get_type(surface) == CAIRO_SURFACE_TYPE_IMAGE &&
                        cairo_image_surface_get_format(surface) == CAIRO_FORMAT_ARGB32 &&
                        matrix.xx > 0 && matrix.xx == matrix.yy && matrix.xy == 0 && matrix.yx == 0;
  if (!is_plain) return std::nullopt;
  const std::unique_ptr<cairo_rectangle_list_t, RectanglesDeleter> clip(
      cairo_copy_clip_rectangle_list(cairo));
  if (clip->status != CAIRO_STATUS_SUCCESS || clip->num_rectangles != 1) return std::nullopt;
  const cairo_rectangle_t& part = clip->rectangles[0];
  const auto pixel = [](double at) { return static_cast<int>(std::lround(at)); };
  Canvas canvas;
  canvas.left = std::max(0, pixel(part.x * matrix.xx + matrix.x0));
  canvas.top = std::max(0, pixel(part.y * matrix.yy + matrix.y0));
  canvas.right = std::min(cairo_image_surface_get_width(surface),
                          pixel((part.x + part.width) * matrix.xx + matrix.x0));
  canvas.bottom = std::min(cairo_image_surface_get_height(surface),
                           pixel((part.y + part.height) * matrix.yy + matrix.y0));
  canvas.stride = cairo_image_surface_get_stride(surface);
  canvas.pixels = cairo_image_surface_get_data(surface);
  return canvas;
}

void Painter::PaintPlaces(const Mark& mark) {
  cairo_matrix_t matrix;
  cairo_get_matrix(cairo_, &matrix);
  const std::optional<Canvas> canvas = FindCanvas(cairo_, matrix);
  std::vector<std::optional<Stamp>> stamps(mark.items.size());
  if (canvas) stamps = MakeStamps(mark, matrix.xx);
  cairo_surface_t* surface = cairo_get_target(cairo_);
  bool is_stamping = false;  // cairo is told when others write its pixels
  for (const Place& place : mark.places) {
    Poll();
    std::optional<Stamp>& stamp = stamps[place.item];
    if (stamp.has_value() != is_stamping) {
      is_stamping ? cairo_surface_mark_dirty(surface) : cairo_surface_flush(surface);
      is_stamping = !is_stamping;
    }
    if (stamp) {
      stamp->Print(place.x * matrix.xx + matrix.x0, place.y * matrix.yy + matrix.y0, *canvas);
    } else {
      PaintOutline(mark.items[place.item], place.x, place.y);
    }
  }
  if (is_stamping) cairo_surface_mark_dirty(surface);
  for (const std::optional<Stamp>& stamp : stamps) {
    if (stamp && status_ == CAIRO_STATUS_SUCCESS) status_ = stamp->status();
  }
}

void Painter::PaintMark(const Mark& mark, int depth) {
  if (depth > kMaxGroupDepth) return;
  if (!mark.places.empty()) {
    PaintPlaces(mark);
    return;
  }
  for (const Item& item : mark.items) PaintItem(mark, item, depth);
}

}  // namespace

Status CheckSurface(const Scene& scene, double scale) {
  const double width = std::ceil(scene.width * scale);
  const double height = std::ceil(scene.height * scale);
  // Negated, so that a size that is no number fails too.
  const bool fits = width >= 0 && height >= 0 && width <= kMaxSurfaceSide &&
                    height <= kMaxSurfaceSide && width * height <= kMaxSurfacePixels;
  if (fits) return Status::Ok();
  return Status(Code::kLimitExceeded, "picture is larger than 32767 pixels a side or 16 megapixels")
      .WithHint("Choose a smaller width, height or scale.");
}

Status CheckCairo(cairo_status_t status) {
  if (status == CAIRO_STATUS_SUCCESS) return Status::Ok();
  if (status == CAIRO_STATUS_NO_MEMORY) throw std::bad_alloc();
  return Status(Code::kInternal, std::string("drawing failed: ") + cairo_status_to_string(status));
}

Status PaintScene(const Scene& scene, const FontSet& fonts, const Context& context,
                  cairo_t* cairo) {
  if (scene.background.color) {
    const Color& color = *scene.background.color;
    cairo_set_source_rgba(cairo, color.red / 255.0, color.green / 255.0, color.blue / 255.0,
                          color.alpha);
    cairo_paint(cairo);
  }
  cairo_translate(cairo, scene.origin_x, scene.origin_y);
  Painter painter(fonts, context, cairo);
  painter.PaintMark(scene.root, 0);
  LOUPE_RETURN_IF_ERROR(CheckCairo(painter.status()));
  return CheckCairo(cairo_status(cairo));
}

}  // namespace loupe::chart
