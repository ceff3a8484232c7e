#include "core/chart/scene.hpp"

#include <charconv>
#include <cmath>

#include "core/chart/scene_places.hpp"

namespace loupe::chart {
namespace {

constexpr const char* kTypeNames[] = {"group",  "rect", "rule", "line",  "area", "arc",
                                      "symbol", "text", "path", "trail", "image"};
constexpr const char* kVerbs = "MLCQAZ";
constexpr int kArgCounts[] = {2, 2, 6, 4, 7, 0};

std::string Number(double value) {
  char buffer[64];
  const double rounded = std::round(value * 1000) / 1000;
  const auto end = std::to_chars(buffer, buffer + sizeof(buffer), rounded == 0 ? 0.0 : rounded);
  return std::string(buffer, end.ptr);
}

std::string Hex(const Color& color) {
  constexpr const char* kDigits = "0123456789abcdef";
  std::string out = "#";
  for (const int channel : {color.red, color.green, color.blue}) {
    out.push_back(kDigits[channel / 16]);
    out.push_back(kDigits[channel % 16]);
  }
  return color.alpha == 1 ? out : out + "/" + Number(color.alpha);
}

void AddPaint(const char* name, const Paint& paint, std::string* out) {
  if (paint.IsNone()) return;
  *out += std::string(" ") + name + "=";
  if (paint.color) {
    *out += Hex(*paint.color);
    return;
  }
  *out += "gradient(" + std::to_string(paint.gradient->stops.size());
  if (!paint.gradient->stops.empty()) {
    *out += " " + Hex(paint.gradient->stops.front().color) + ".." +
            Hex(paint.gradient->stops.back().color);
  }
  *out += ")";
}

void Add(const char* name, double value, double fallback, std::string* out) {
  if (value != fallback) *out += std::string(" ") + name + "=" + Number(value);
}

void AddQuoted(const char* name, const std::string& text, std::string* out) {
  if (!text.empty()) *out += std::string(" ") + name + "=\"" + text + "\"";
}

std::string PathText(const Path& path) {
  std::string out;
  for (const PathCommand& command : path) {
    const auto verb = static_cast<std::size_t>(command.verb);
    out.push_back(kVerbs[verb]);
    for (int i = 0; i < kArgCounts[verb]; ++i) {
      if (i > 0) out.push_back(',');
      out += Number(command.args[static_cast<std::size_t>(i)]);
    }
  }
  return out;
}

void AddText(const Item& item, std::string* out) {
  constexpr const char* kAligns[] = {"left", "center", "right"};
  constexpr const char* kBaselines[] = {"alphabetic", "top",      "middle",
                                        "bottom",     "line-top", "line-bottom"};
  for (const std::string& line : item.text) AddQuoted("text", line, out);
  *out += std::string(" align=") + kAligns[static_cast<std::size_t>(item.align)];
  *out += std::string(" baseline=") + kBaselines[static_cast<std::size_t>(item.baseline)];
  *out += " font=" + Number(item.font.size);
  if (item.font.weight == FontWeight::kBold) *out += "b";
  if (item.font.style == FontStyle::kItalic) *out += "i";
}

void AddMark(const Mark& mark, int depth, std::string* out);

void AddItem(MarkType type, const Item& item, int depth, std::string* out) {
  *out += std::string(static_cast<std::size_t>(depth) * 2, ' ') + "item x=" + Number(item.x) +
          " y=" + Number(item.y);
  const bool sized = type == MarkType::kRect || type == MarkType::kGroup;
  if (sized) *out += " w=" + Number(item.width) + " h=" + Number(item.height);
  if (type == MarkType::kRule) *out += " x2=" + Number(item.x2) + " y2=" + Number(item.y2);
  if (type == MarkType::kText) AddText(item, out);
  if (!item.path.empty()) *out += " d=" + PathText(item.path);
  Add("angle", item.angle, 0, out);
  for (const double radius : item.corner_radius) Add("corner", radius, 0, out);
  AddPaint("fill", item.fill, out);
  AddPaint("stroke", item.stroke, out);
  Add("opacity", item.opacity, 1, out);
  Add("fill-opacity", item.fill_opacity, 1, out);
  Add("stroke-opacity", item.stroke_opacity, 1, out);
  if (!item.stroke.IsNone()) Add("stroke-width", item.stroke_width, 1, out);
  AddQuoted("label", item.aria_label, out);
  AddQuoted("tooltip", item.tooltip, out);
  *out += "\n";
  for (const Mark& child : item.marks) AddMark(child, depth + 1, out);
}

void AddMark(const Mark& mark, int depth, std::string* out) {
  *out += std::string(static_cast<std::size_t>(depth) * 2, ' ') +
          kTypeNames[static_cast<std::size_t>(mark.type)] + " role=" + mark.role;
  if (!mark.name.empty()) *out += " name=" + mark.name;
  AddQuoted("label", mark.aria_label, out);
  *out += "\n";
  ForEachItem(mark, [&](const Item& item) { AddItem(mark.type, item, depth + 1, out); });
}

}  // namespace

std::string DebugString(const Scene& scene) {
  std::string out = "Scene " + Number(scene.width) + "x" + Number(scene.height) + " origin " +
                    Number(scene.origin_x) + "," + Number(scene.origin_y);
  AddPaint("background", scene.background, &out);
  AddQuoted("title", scene.title, &out);
  AddQuoted("description", scene.description, &out);
  out += "\n";
  AddMark(scene.root, 1, &out);
  return out;
}

}  // namespace loupe::chart
