#include "core/chart/render/svg.hpp"

#include <charconv>
#include <cmath>
#include <cstdint>
#include <cstdlib>

#include "core/base/utf8.hpp"
#include "core/chart/layout/bounds.hpp"
#include "core/chart/render/geometry.hpp"
#include "core/chart/scene_places.hpp"

namespace loupe::chart {
namespace {

constexpr int kMaxGroupDepth = 64;  // deeper groups are not written; compilers make a few levels

constexpr double kMostInThousandths = 1e12;  // what lies beyond is written as it is

std::string Number(double value) {
  if (!std::isfinite(value)) return "0";
  char buffer[32];
  if (std::abs(value) >= kMostInThousandths) {
    auto [end, error] = std::to_chars(buffer, buffer + sizeof buffer, value);
    return {buffer, end};
  }
  const auto thousandths = static_cast<std::int64_t>(std::llround(value * 1000));
  char* at = buffer;
  if (thousandths < 0) *at++ = '-';
  const std::int64_t magnitude = std::abs(thousandths);
  at = std::to_chars(at, buffer + sizeof buffer, magnitude / 1000).ptr;
  std::int64_t rest = magnitude % 1000;
  if (rest > 0) *at++ = '.';
  for (std::int64_t unit = 100; rest > 0; rest %= unit, unit /= 10) {
    *at++ = static_cast<char>('0' + rest / unit);
  }
  return {buffer, at};
}

bool IsPlain(char c) {
  const bool is_ascii = c >= ' ' && c != 0x7F;
  return is_ascii && c != '&' && c != '<' && c != '>' && c != '"';
}

std::string Escape(std::string_view text) {
  std::string escaped;
  AppendMarkupText(text, &escaped);
  return escaped;
}

std::string ColorText(const Color& color) {
  static constexpr char kHex[] = "0123456789abcdef";
  std::string text = "#";
  for (const std::uint8_t part : {color.red, color.green, color.blue}) {
    text += kHex[part >> 4];
    text += kHex[part & 15];
  }
  return text;
}

const char* MarkName(MarkType type) {
  switch (type) {
    case MarkType::kGroup:
      return "group";
    case MarkType::kRect:
      return "rect";
    case MarkType::kRule:
      return "rule";
    case MarkType::kLine:
      return "line";
    case MarkType::kArea:
      return "area";
    case MarkType::kArc:
      return "arc";
    case MarkType::kSymbol:
      return "symbol";
    case MarkType::kText:
      return "text";
    case MarkType::kPath:
      return "path";
    case MarkType::kTrail:
      return "trail";
    case MarkType::kImage:
      return "image";
  }
  return "path";
}

std::string PathData(const Path& path) {
  std::string data;
  const auto points = [&](const PathCommand& command, const char* verb, std::size_t count) {
    data += verb;
    for (std::size_t i = 0; i < count; ++i) {
      data += (i == 0 ? "" : ",") + Number(command.args.at(i));
    }
  };
  for (const PathCommand& command : path) {
    switch (command.verb) {
      case PathVerb::kMove:
        points(command, "M", 2);
        break;
      case PathVerb::kLine:
        points(command, "L", 2);
        break;
      case PathVerb::kCubic:
        points(command, "C", 6);
        break;
      case PathVerb::kQuad:
        points(command, "Q", 4);
        break;
      case PathVerb::kArc:
        points(command, "A", 7);
        break;
      case PathVerb::kClose:
        data += "Z";
        break;
    }
  }
  return data;
}

bool HasCorners(const Item& item) {
  for (const double radius : item.corner_radius) {
    if (radius > 0) return true;
  }
  return false;
}

// Rectangles at (x, y) in the short form that Vega writes.
std::string RectData(const Item& item, double x, double y) {
  if (HasCorners(item)) return PathData(RectOutline(item, x, y));
  return "M" + Number(x) + "," + Number(y) + "h" + Number(item.width) + "v" + Number(item.height) +
         "h" + Number(-item.width) + "Z";
}

class Writer {
 public:
  Writer(const Scene& scene, const TextMeasure& measure, SvgTooltips tooltips)
      : scene_(scene), measure_(measure), has_titles_(tooltips == SvgTooltips::kTitle) {}

  std::string Write();

 private:
  void WriteMark(const Mark& mark, int depth);
  void WriteGroup(const Item& item, int depth);
  void WriteItem(const Mark& mark, const Item& item);
  void WriteText(const Item& item);
  void WriteContainerAria(const Mark& mark);
  void WriteItemAria(const Item& item);
  void WriteTransform(const Item& item);
  void WritePaint(const Item& item);
  std::string PaintText(const Paint& paint);
  void Attribute(const char* name, std::string_view value);
  void CloseItem(const Item& item, const char* element);

  const Scene& scene_;
  const TextMeasure& measure_;
  bool has_titles_;   // tooltips are <title>
  std::string out_;   // the body
  std::string defs_;  // gradients and clip paths, in order of use
  int definitions_ = 0;
};

void Writer::Attribute(const char* name, std::string_view value) {
  out_ += ' ';
  out_ += name;
  out_ += "=\"";
  AppendMarkupText(value, &out_);
  out_ += '"';
}

std::string Writer::PaintText(const Paint& paint) {
  if (!paint.name.empty()) return paint.name;
  if (paint.color) return ColorText(*paint.color);
  const std::string id = "gradient" + std::to_string(definitions_++);
  const Gradient& gradient = *paint.gradient;
  defs_ += "<linearGradient id=\"" + id + "\" x1=\"" + Number(gradient.x1) + "\" x2=\"" +
           Number(gradient.x2) + "\" y1=\"" + Number(gradient.y1) + "\" y2=\"" +
           Number(gradient.y2) + "\">";
  for (const GradientStop& stop : gradient.stops) {
    defs_ +=
        "<stop offset=\"" + Number(stop.offset) + "\" stop-color=\"" + ColorText(stop.color) + "\"";
    if (stop.color.alpha < 1) defs_ += " stop-opacity=\"" + Number(stop.color.alpha) + "\"";
    defs_ += "/>";
  }
  defs_ += "</linearGradient>";
  return "url(#" + id + ")";
}

void Writer::WritePaint(const Item& item) {
  if (!item.fill.IsNone()) {
    Attribute("fill", PaintText(item.fill));
    const double alpha = FillAlpha(item) / (item.opacity > 0 ? item.opacity : 1);
    if (alpha < 1) Attribute("fill-opacity", Number(alpha));
  }
  if (!item.stroke.IsNone()) {
    Attribute("stroke", PaintText(item.stroke));
    Attribute("stroke-width", Number(item.stroke_width));
    const double alpha = StrokeAlpha(item) / (item.opacity > 0 ? item.opacity : 1);
    if (alpha < 1) Attribute("stroke-opacity", Number(alpha));
    if (item.stroke_cap == StrokeCap::kRound) Attribute("stroke-linecap", "round");
    if (item.stroke_cap == StrokeCap::kSquare) Attribute("stroke-linecap", "square");
    if (item.stroke_join == StrokeJoin::kRound) Attribute("stroke-linejoin", "round");
    if (item.stroke_join == StrokeJoin::kBevel) Attribute("stroke-linejoin", "bevel");
    if (item.stroke_miter_limit != 10) {
      Attribute("stroke-miterlimit", Number(item.stroke_miter_limit));
    }
    std::string dash;
    for (const double length : item.stroke_dash) dash += (dash.empty() ? "" : ",") + Number(length);
    if (!dash.empty()) Attribute("stroke-dasharray", dash);
    if (item.stroke_dash_offset != 0) {
      Attribute("stroke-dashoffset", Number(item.stroke_dash_offset));
    }
  }
  if (item.opacity < 1) Attribute("opacity", Number(item.opacity));
}

void Writer::WriteContainerAria(const Mark& mark) {
  if (mark.aria_hidden) {
    Attribute("aria-hidden", "true");
  } else if (!mark.aria_label.empty()) {
    Attribute("role", "graphics-symbol");
    Attribute("aria-roledescription", mark.aria_role_description);
    Attribute("aria-label", mark.aria_label);
  } else if (mark.role == "mark" || mark.role == "frame" || mark.role == "scope") {
    Attribute("role", "graphics-object");
    Attribute("aria-roledescription", std::string(MarkName(mark.type)) + " mark container");
  } else {
    Attribute("pointer-events", "none");
  }
}

void Writer::WriteItemAria(const Item& item) {
  if (!has_titles_ && !item.tooltip.empty()) Attribute("data-tooltip", item.tooltip);
  if (item.aria_label.empty()) return;
  Attribute("aria-label", item.aria_label);
  Attribute("role", "graphics-symbol");
  if (!item.aria_role_description.empty()) {
    Attribute("aria-roledescription", item.aria_role_description);
  }
}

void Writer::WriteTransform(const Item& item) {
  if (item.x == 0 && item.y == 0 && item.angle == 0) return;
  std::string transform = "translate(" + Number(item.x) + "," + Number(item.y) + ")";
  if (item.angle != 0) transform += " rotate(" + Number(item.angle) + ")";
  Attribute("transform", transform);
}

void Writer::CloseItem(const Item& item, const char* element) {
  if (!has_titles_ || item.tooltip.empty()) {
    out_ += "/>";
    return;
  }
  out_ += "><title>" + Escape(item.tooltip) + "</title></";
  out_ += element;
  out_ += ">";
}

void Writer::WriteText(const Item& item) {
  const double dy = item.dy + BaselineOffset(item);
  std::string transform;
  if (item.angle != 0) {
    transform = "translate(" + Number(item.x) + "," + Number(item.y) + ") rotate(" +
                Number(item.angle) + ") translate(" + Number(item.dx) + "," + Number(dy) + ")";
  } else {
    transform = "translate(" + Number(item.x + item.dx) + "," + Number(item.y + dy) + ")";
  }
  const char* anchor = item.align == TextAlign::kLeft     ? "start"
                       : item.align == TextAlign::kCenter ? "middle"
                                                          : "end";
  out_ += "<text";
  WriteItemAria(item);
  Attribute("text-anchor", anchor);
  Attribute("transform", transform);
  Attribute("font-family", item.font.family);
  Attribute("font-size", Number(item.font.size) + "px");
  if (item.font.weight == FontWeight::kBold) Attribute("font-weight", "bold");
  if (item.font.style == FontStyle::kItalic) Attribute("font-style", "italic");
  WritePaint(item);
  out_ += ">";
  if (has_titles_ && !item.tooltip.empty()) out_ += "<title>" + Escape(item.tooltip) + "</title>";
  const std::vector<std::string> lines = FittedLines(item, measure_);
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (lines.size() == 1) {
      out_ += Escape(lines[i]);
    } else if (i == 0) {
      out_ += "<tspan>" + Escape(lines[i]) + "</tspan>";
    } else {
      out_ +=
          "<tspan x=\"0\" dy=\"" + Number(LineHeight(item)) + "\">" + Escape(lines[i]) + "</tspan>";
    }
  }
  out_ += "</text>";
}

void Writer::WriteItem(const Mark& mark, const Item& item) {
  if (mark.type == MarkType::kText) {
    WriteText(item);
    return;
  }
  if (mark.type == MarkType::kRule) {
    out_ += "<line";
    WriteItemAria(item);
    Attribute("transform", "translate(" + Number(item.x) + "," + Number(item.y) + ")");
    Attribute("x2", Number(item.x2 - item.x));
    Attribute("y2", Number(item.y2 - item.y));
    WritePaint(item);
    CloseItem(item, "line");
    return;
  }
  out_ += "<path";
  WriteItemAria(item);
  if (mark.type == MarkType::kRect && item.path.empty()) {
    Attribute("d", RectData(item, item.x, item.y));
  } else {
    WriteTransform(item);
    Attribute("d", PathData(item.path));
  }
  WritePaint(item);
  CloseItem(item, "path");
}

void Writer::WriteGroup(const Item& item, int depth) {
  out_ += "<g transform=\"translate(" + Number(item.x) + "," + Number(item.y) + ")\">";
  // A stroked frame lies on half pixels, so that one pixel wide lines are sharp.
  const double offset = item.stroke.IsNone() ? 0 : 0.5;
  out_ += "<path class=\"background\" aria-hidden=\"true\"";
  Attribute("d", RectData(item, offset, offset));
  WritePaint(item);
  out_ += "/>";
  if (item.clip) {
    const std::string id = "clip" + std::to_string(definitions_++);
    defs_ += "<clipPath id=\"" + id + "\"><path d=\"" + RectData(item, 0, 0) + "\"/></clipPath>";
    out_ += "<g clip-path=\"url(#" + id + ")\">";
  } else {
    out_ += "<g>";
  }
  for (const Mark& child : item.marks) WriteMark(child, depth + 1);
  out_ += "</g></g>";
}

void Writer::WriteMark(const Mark& mark, int depth) {
  if (depth > kMaxGroupDepth) return;
  std::string classes = std::string("mark-") + MarkName(mark.type) + " role-" + mark.role;
  if (depth == 0) classes += " root";
  if (!mark.name.empty()) classes += " " + mark.name;
  out_ += "<g";
  Attribute("class", classes);
  WriteContainerAria(mark);
  out_ += ">";
  ForEachItem(mark, [&](const Item& item) {
    if (mark.type == MarkType::kGroup) {
      WriteGroup(item, depth);
    } else {
      WriteItem(mark, item);
    }
  });
  out_ += "</g>";
}

std::string Writer::Write() {
  const std::string width = Number(scene_.width);
  const std::string height = Number(scene_.height);
  const std::string size = " width=\"" + width + "\" height=\"" + height + "\"";
  std::string background;
  if (scene_.background.color) {
    background = "<rect" + size + " fill=\"" + ColorText(*scene_.background.color) + "\"";
    if (scene_.background.color->alpha < 1) {
      background += " fill-opacity=\"" + Number(scene_.background.color->alpha) + "\"";
    }
    background += "/>";
  }
  WriteMark(scene_.root, 0);
  std::string head = "<svg xmlns=\"http://www.w3.org/2000/svg\" version=\"1.1\" class=\"marks\"" +
                     size + " viewBox=\"0 0 " + width + " " + height + "\">";
  if (has_titles_ && !scene_.title.empty()) head += "<title>" + Escape(scene_.title) + "</title>";
  if (!scene_.description.empty()) head += "<desc>" + Escape(scene_.description) + "</desc>";
  if (!defs_.empty()) head += "<defs>" + defs_ + "</defs>";
  return head + background + "<g fill=\"none\" stroke-miterlimit=\"10\" transform=\"translate(" +
         Number(scene_.origin_x) + "," + Number(scene_.origin_y) + ")\">" + out_ + "</g></svg>";
}

}  // namespace

void AppendMarkupText(std::string_view text, std::string* out) {
  std::string& escaped = *out;
  std::size_t position = 0;
  while (position < text.size()) {
    const std::size_t begin = position;
    while (position < text.size() && IsPlain(text[position])) ++position;
    escaped += text.substr(begin, position - begin);
    if (position == text.size()) break;
    const char32_t c = NextCodePoint(text, &position);
    switch (c) {
      case '&':
        escaped += "&amp;";
        break;
      case '<':
        escaped += "&lt;";
        break;
      case '>':
        escaped += "&gt;";
        break;
      case '"':
        escaped += "&quot;";
        break;
      default:
        // XML 1.0 has no control characters but tab and line ends, and no U+FFFE and U+FFFF.
        const bool is_control = c < 0x20 && c != '\t' && c != '\n' && c != '\r';
        AppendCodePoint(is_control || c == 0xFFFE || c == 0xFFFF ? 0xFFFD : c, &escaped);
    }
  }
}

std::string RenderSvg(const Scene& scene, const TextMeasure& measure, SvgTooltips tooltips) {
  return Writer(scene, measure, tooltips).Write();
}

}  // namespace loupe::chart
