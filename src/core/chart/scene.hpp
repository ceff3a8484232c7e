// Scene: a drawn chart as a tree of marks, the last form before rendering.
//
// It follows Vega's scenegraph: a mark is a typed list of items; a group item holds marks. All
// geometry is final, in pixels, y downwards, relative to the enclosing group; nothing here knows
// data, scales or fonts' files. Every renderer (SVG, PNG, PDF, terminal) draws the same scene.
//
//   Scene 320x240
//     group role=frame
//       rect role=mark  item x=10 y=20 w=30 h=40 fill=#4c78a8
//
// Tested by test/unit/chart_golden_test.cpp and chart_scene_places_test.cpp.
#ifndef LOUPE_CORE_CHART_SCENE_HPP
#define LOUPE_CORE_CHART_SCENE_HPP

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace loupe::chart {

struct Color {
  std::uint8_t red = 0;
  std::uint8_t green = 0;
  std::uint8_t blue = 0;
  double alpha = 1;  // 0-1

  bool operator==(const Color& other) const {
    return red == other.red && green == other.green && blue == other.blue && alpha == other.alpha;
  }
};

struct GradientStop {
  double offset = 0;  // 0-1
  Color color;
};

// Linear gradient in the unit square of the item's bounds (legends of continuous colour).
struct Gradient {
  double x1 = 0, y1 = 0, x2 = 1, y2 = 0;
  std::vector<GradientStop> stops;
};

// No colour and no gradient: nothing is painted.
struct Paint {
  std::optional<Color> color;
  std::optional<Gradient> gradient;
  std::string name;  // the colour's CSS name where it was given by one; empty: none
  [[nodiscard]] bool IsNone() const { return !color && !gradient; }
};

enum class PathVerb : std::uint8_t { kMove, kLine, kCubic, kQuad, kArc, kClose };

// kMove, kLine: points[0..1] = x y. kCubic: x1 y1 x2 y2 x y. kQuad: x1 y1 x y.
// kArc: rx ry rotation(degrees) large(0|1) sweep(0|1) x y, as SVG's A.
struct PathCommand {
  PathVerb verb = PathVerb::kMove;
  std::array<double, 7> args{};
};
using Path = std::vector<PathCommand>;

enum class MarkType {
  kGroup,
  kRect,
  kRule,
  kLine,
  kArea,
  kArc,
  kSymbol,
  kText,
  kPath,
  kTrail,
  kImage
};
enum class TextAlign { kLeft, kCenter, kRight };
enum class TextBaseline { kAlphabetic, kTop, kMiddle, kBottom, kLineTop, kLineBottom };
enum class StrokeCap { kButt, kRound, kSquare };
enum class StrokeJoin { kMiter, kRound, kBevel };
enum class FontWeight { kNormal, kBold };
enum class FontStyle { kNormal, kItalic };

struct FontSpec {
  std::string family = "sans-serif";
  double size = 11;  // pixels
  FontWeight weight = FontWeight::kNormal;
  FontStyle style = FontStyle::kNormal;
};

struct Mark;

struct Item {
  double x = 0;
  double y = 0;
  double width = 0;  // kRect, kGroup
  double height = 0;
  double x2 = 0;  // kRule: end point
  double y2 = 0;
  double angle = 0;  // degrees clockwise, about (x, y)
  Path path;  // every type but kGroup (frame from size), kRect without corners, kRule, kText;
              // relative to (x, y)
  std::array<double, 4>
      corner_radius{};            // kRect, kGroup: top-left, top-right, bottom-right, bottom-left
  std::vector<std::string> text;  // kText: lines
  double line_height = 0;         // kText: pixels; 0 = font size + 2
  FontSpec font;
  TextAlign align = TextAlign::kLeft;
  TextBaseline baseline = TextBaseline::kAlphabetic;
  double dx = 0;  // kText: offset before rotation
  double dy = 0;
  double limit = 0;  // kText: greatest width in pixels, then an ellipsis; 0 = none
  Paint fill;
  Paint stroke;
  double opacity = 1;
  double fill_opacity = 1;
  double stroke_opacity = 1;
  double stroke_width = 1;
  StrokeCap stroke_cap = StrokeCap::kButt;
  StrokeJoin stroke_join = StrokeJoin::kMiter;
  double stroke_miter_limit = 10;
  std::vector<double> stroke_dash;
  double stroke_dash_offset = 0;
  std::string aria_label;             // accessible description of this item; empty: none
  std::string aria_role_description;  // "bar", "point", …
  std::string tooltip;                // plain text; empty: none
  bool clip = false;                  // kGroup: clip children to width x height
  std::vector<Mark> marks;            // kGroup: children, painted in order
};

// Where a copy of an item lies, in the group's pixels.
struct Place {
  double x = 0;
  double y = 0;
  std::uint32_t item = 0;  // index in Mark::items
};

// What a copy says in the place of its item.
struct PlaceText {
  std::string aria_label;
  std::string tooltip;
};

// Many items that differ only in where they lie, such as the points of a scatter plot, are a few
// items and many places: where there are places, each draws a copy of its item there, and the items
// by themselves are not drawn. Read both kinds with ForEachItem of scene_places.hpp, which writes
// them too.
struct Mark {
  MarkType type = MarkType::kGroup;
  std::string
      role;  // Vega's role: "frame", "scope", "mark", "axis", "axis-label", "legend", "title", …
  std::string name;  // "marks", "layer_0_marks", …; may be empty
  bool aria_hidden = false;
  std::string aria_label;             // of a whole axis, legend or title
  std::string aria_role_description;  // "axis", "legend", "title"
  std::vector<Item> items;
  std::vector<Place> places;     // only of symbols
  std::vector<PlaceText> texts;  // of the places, one each; empty: what the items say
};

struct Scene {
  double width = 0;  // of the whole picture in pixels, padding included
  double height = 0;
  double origin_x = 0;  // where the root group lies
  double origin_y = 0;
  Paint background;
  std::string title;        // for SVG <title> and PDF; empty: none
  std::string description;  // for SVG <desc>
  Mark root;                // kGroup, role "frame"
};

// One line a mark or item, indented by depth, numbers rounded to 3 digits: for golden tests.
[[nodiscard]] std::string DebugString(const Scene& scene);

}  // namespace loupe::chart

#endif  // LOUPE_CORE_CHART_SCENE_HPP
