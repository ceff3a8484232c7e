// Colours: rgb, hsl, lab and hcl make one of components, of CSS text or of another colour; its text
// is CSS. Luminance and contrast are those of WCAG 2.0.
#include <algorithm>
#include <array>
#include <cmath>

#include "core/base/number_format.hpp"
#include "core/chart/expression/functions.hpp"
#include "core/chart/scale/color.hpp"

namespace loupe::chart {
namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
constexpr double kDegrees = 57.29577951308232088;
constexpr double kDelta = 6.0 / 29;  // of CIE L*a*b*
constexpr double kWhiteX = 0.96422;  // D50
constexpr double kWhiteZ = 0.82521;

// Three components and opacity. Red, green and blue are 0-255; the rest as CSS and CIE have them.
using Parts = std::array<double, 4>;
enum class Space { kRgb, kHsl, kLab, kHcl };

constexpr std::array<std::array<std::string_view, 3>, 4> kNames = {
    {{"r", "g", "b"}, {"h", "s", "l"}, {"l", "a", "b"}, {"h", "c", "l"}}};

Parts HslOf(const Parts& rgb) {
  const double r = rgb[0] / 255;
  const double g = rgb[1] / 255;
  const double b = rgb[2] / 255;
  const double low = std::min({r, g, b});
  const double high = std::max({r, g, b});
  const double span = high - low;
  const double light = (high + low) / 2;
  if (!(span > 0)) return {kNaN, light > 0 && light < 1 ? 0 : kNaN, light, rgb[3]};
  double hue = r == high   ? (g - b) / span + (g < b ? 6 : 0)
               : g == high ? (b - r) / span + 2
                           : (r - g) / span + 4;
  hue *= 60;
  return {hue, span / (light < 0.5 ? high + low : 2 - high - low), light, rgb[3]};
}

Parts RgbOfHsl(const Parts& hsl) {
  const double hue = std::isnan(hsl[0]) ? 0 : std::fmod(std::fmod(hsl[0], 360) + 360, 360);
  const double saturation = std::isnan(hsl[0]) || std::isnan(hsl[1]) ? 0 : hsl[1];
  const double light = hsl[2];
  const double high = light + (light < 0.5 ? light : 1 - light) * saturation;
  const double low = 2 * light - high;
  const auto channel = [&](double h) {
    h = std::fmod(h, 360);
    if (h < 60) return (low + (high - low) * h / 60) * 255;
    if (h < 180) return high * 255;
    if (h < 240) return (low + (high - low) * (240 - h) / 60) * 255;
    return low * 255;
  };
  return {channel(hue + 120), channel(hue), channel(hue + 240), hsl[3]};
}

double ToLinear(double channel) {
  const double x = channel / 255;
  return x <= 0.04045 ? x / 12.92 : std::pow((x + 0.055) / 1.055, 2.4);
}
double FromLinear(double x) {
  return 255 * (x <= 0.0031308 ? 12.92 * x : 1.055 * std::pow(x, 1 / 2.4) - 0.055);
}
double ToCube(double t) {
  return t > kDelta * kDelta * kDelta ? std::cbrt(t) : t / (3 * kDelta * kDelta) + 4.0 / 29;
}
double FromCube(double t) { return t > kDelta ? t * t * t : 3 * kDelta * kDelta * (t - 4.0 / 29); }

Parts LabOf(const Parts& rgb) {
  const double r = ToLinear(rgb[0]);
  const double g = ToLinear(rgb[1]);
  const double b = ToLinear(rgb[2]);
  const double y = ToCube(0.2225045 * r + 0.7168786 * g + 0.0606169 * b);
  if (r == g && g == b) return {116 * y - 16, 0, 0, rgb[3]};
  const double x = ToCube((0.4360747 * r + 0.3850649 * g + 0.1430804 * b) / kWhiteX);
  const double z = ToCube((0.0139322 * r + 0.0971045 * g + 0.7141733 * b) / kWhiteZ);
  return {116 * y - 16, 500 * (x - y), 200 * (y - z), rgb[3]};
}

Parts RgbOfLab(const Parts& lab) {
  const double l = (lab[0] + 16) / 116;
  const double x = kWhiteX * FromCube(std::isnan(lab[1]) ? l : l + lab[1] / 500);
  const double y = FromCube(l);
  const double z = kWhiteZ * FromCube(std::isnan(lab[2]) ? l : l - lab[2] / 200);
  return {FromLinear(3.1338561 * x - 1.6168667 * y - 0.4906146 * z),
          FromLinear(-0.9787684 * x + 1.9161415 * y + 0.0334540 * z),
          FromLinear(0.0719453 * x - 0.2289914 * y + 1.4052427 * z), lab[3]};
}

Parts HclOf(const Parts& rgb) {
  const Parts lab = LabOf(rgb);
  if (lab[1] == 0 && lab[2] == 0) {
    return {kNaN, lab[0] > 0 && lab[0] < 100 ? 0 : kNaN, lab[0], lab[3]};
  }
  const double hue = std::atan2(lab[2], lab[1]) * kDegrees;
  return {hue < 0 ? hue + 360 : hue, std::hypot(lab[1], lab[2]), lab[0], lab[3]};
}

Parts RgbOfHcl(const Parts& hcl) {
  if (std::isnan(hcl[0])) return RgbOfLab({hcl[2], 0, 0, hcl[3]});
  const double hue = hcl[0] / kDegrees;
  return RgbOfLab({hcl[2], std::cos(hue) * hcl[1], std::sin(hue) * hcl[1], hcl[3]});
}

Parts ToRgb(Space space, const Parts& parts) {
  switch (space) {
    case Space::kHsl:
      return RgbOfHsl(parts);
    case Space::kLab:
      return RgbOfLab(parts);
    case Space::kHcl:
      return RgbOfHcl(parts);
    case Space::kRgb:
      break;
  }
  return parts;
}

Parts FromRgb(Space space, const Parts& rgb) {
  switch (space) {
    case Space::kHsl:
      return HslOf(rgb);
    case Space::kLab:
      return LabOf(rgb);
    case Space::kHcl:
      return HclOf(rgb);
    case Space::kRgb:
      break;
  }
  return rgb;
}

std::string CssOf(const Parts& rgb) {
  const double alpha = std::isnan(rgb[3]) ? 1 : std::clamp(rgb[3], 0.0, 1.0);
  std::string text = alpha == 1 ? "rgb(" : "rgba(";
  for (std::size_t i = 0; i < 3; ++i) {
    const double channel =
        std::isnan(rgb[i]) ? 0 : std::clamp(std::floor(rgb[i] + 0.5), 0.0, 255.0);
    text += (i > 0 ? ", " : "") + NumberToText(channel);
  }
  if (alpha != 1) text += ", " + NumberToText(alpha);
  return text + ")";
}

// The components of a colour object of any space, or nothing.
bool ReadComponents(const Json& object, Parts* rgb) {
  for (std::size_t space = 0; space < kNames.size(); ++space) {
    Parts parts = {0, 0, 0, 1};
    bool whole = true;
    for (std::size_t i = 0; i < 3; ++i) {
      const Json* part = object.Find(kNames[space][i]);
      whole = whole && part != nullptr;
      if (part != nullptr) parts[i] = ExpressionNumber(*part);
    }
    if (!whole) continue;
    if (const Json* opacity = object.Find("opacity")) parts[3] = ExpressionNumber(*opacity);
    *rgb = ToRgb(static_cast<Space>(space), parts);
    return true;
  }
  return false;
}

// Red, green and blue of a colour or of CSS text; NaN for other values.
Parts RgbOf(const Value& value) {
  Parts rgb = {kNaN, kNaN, kNaN, kNaN};
  const Json& json = value.json();
  if (json.IsObject() && ReadComponents(json, &rgb)) return rgb;
  if (const std::optional<Color> color = ParseColor(value.ToText())) {
    rgb = {static_cast<double>(color->red), static_cast<double>(color->green),
           static_cast<double>(color->blue), color->alpha};
  }
  return rgb;
}

template <Space kSpace>
Result<Value> MakeColor(const Arguments& arguments) {
  Parts parts;
  if (arguments.size() < 2) {
    parts = FromRgb(kSpace, RgbOf(arguments[0]));
  } else {
    parts = {arguments.Number(0), arguments.Number(1), arguments.Number(2),
             arguments.NumberOr(3, 1)};
  }
  const auto& names = kNames[static_cast<std::size_t>(kSpace)];
  Json object = Json::MakeObject();
  for (std::size_t i = 0; i < 3; ++i) object.Set(names[i], parts[i]);
  object.Set("opacity", parts[3]);
  return Value::Color(std::move(object), CssOf(ToRgb(kSpace, parts)));
}

double LuminanceOf(const Value& color) {
  const Parts rgb = RgbOf(color);
  const auto linear = [](double channel) {
    const double x = channel / 255;
    return x <= 0.03928 ? x / 12.92 : std::pow((x + 0.055) / 1.055, 2.4);
  };
  return 0.2126 * linear(rgb[0]) + 0.7152 * linear(rgb[1]) + 0.0722 * linear(rgb[2]);
}

Result<Value> Luminance(const Arguments& arguments) {
  return Value(Json(LuminanceOf(arguments[0])));
}

Result<Value> Contrast(const Arguments& arguments) {
  const double a = LuminanceOf(arguments[0]);
  const double b = LuminanceOf(arguments[1]);
  return Value(Json((std::max(a, b) + 0.05) / (std::min(a, b) + 0.05)));
}

}  // namespace

const std::vector<FunctionEntry>& ColorFunctions() {
  static const std::vector<FunctionEntry> kFunctions = {
      {"rgb", 1, MakeColor<Space::kRgb>}, {"hsl", 1, MakeColor<Space::kHsl>},
      {"lab", 1, MakeColor<Space::kLab>}, {"hcl", 1, MakeColor<Space::kHcl>},
      {"luminance", 1, Luminance},        {"contrast", 2, Contrast}};
  return kFunctions;
}

}  // namespace loupe::chart
