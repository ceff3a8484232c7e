#include "core/chart/scale/color.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <string>

#include "core/base/utf8.hpp"

namespace loupe::chart {
namespace {

struct NamedColor {
  std::string_view name;
  std::uint32_t rgb;
};

// CSS Color Module Level 4, named colours.
constexpr std::array<NamedColor, 148> kNamedColors = {{{"aliceblue", 0xf0f8ff},
                                                       {"antiquewhite", 0xfaebd7},
                                                       {"aqua", 0x00ffff},
                                                       {"aquamarine", 0x7fffd4},
                                                       {"azure", 0xf0ffff},
                                                       {"beige", 0xf5f5dc},
                                                       {"bisque", 0xffe4c4},
                                                       {"black", 0x000000},
                                                       {"blanchedalmond", 0xffebcd},
                                                       {"blue", 0x0000ff},
                                                       {"blueviolet", 0x8a2be2},
                                                       {"brown", 0xa52a2a},
                                                       {"burlywood", 0xdeb887},
                                                       {"cadetblue", 0x5f9ea0},
                                                       {"chartreuse", 0x7fff00},
                                                       {"chocolate", 0xd2691e},
                                                       {"coral", 0xff7f50},
                                                       {"cornflowerblue", 0x6495ed},
                                                       {"cornsilk", 0xfff8dc},
                                                       {"crimson", 0xdc143c},
                                                       {"cyan", 0x00ffff},
                                                       {"darkblue", 0x00008b},
                                                       {"darkcyan", 0x008b8b},
                                                       {"darkgoldenrod", 0xb8860b},
                                                       {"darkgray", 0xa9a9a9},
                                                       {"darkgreen", 0x006400},
                                                       {"darkgrey", 0xa9a9a9},
                                                       {"darkkhaki", 0xbdb76b},
                                                       {"darkmagenta", 0x8b008b},
                                                       {"darkolivegreen", 0x556b2f},
                                                       {"darkorange", 0xff8c00},
                                                       {"darkorchid", 0x9932cc},
                                                       {"darkred", 0x8b0000},
                                                       {"darksalmon", 0xe9967a},
                                                       {"darkseagreen", 0x8fbc8f},
                                                       {"darkslateblue", 0x483d8b},
                                                       {"darkslategray", 0x2f4f4f},
                                                       {"darkslategrey", 0x2f4f4f},
                                                       {"darkturquoise", 0x00ced1},
                                                       {"darkviolet", 0x9400d3},
                                                       {"deeppink", 0xff1493},
                                                       {"deepskyblue", 0x00bfff},
                                                       {"dimgray", 0x696969},
                                                       {"dimgrey", 0x696969},
                                                       {"dodgerblue", 0x1e90ff},
                                                       {"firebrick", 0xb22222},
                                                       {"floralwhite", 0xfffaf0},
                                                       {"forestgreen", 0x228b22},
                                                       {"fuchsia", 0xff00ff},
                                                       {"gainsboro", 0xdcdcdc},
                                                       {"ghostwhite", 0xf8f8ff},
                                                       {"gold", 0xffd700},
                                                       {"goldenrod", 0xdaa520},
                                                       {"gray", 0x808080},
                                                       {"green", 0x008000},
                                                       {"greenyellow", 0xadff2f},
                                                       {"grey", 0x808080},
                                                       {"honeydew", 0xf0fff0},
                                                       {"hotpink", 0xff69b4},
                                                       {"indianred", 0xcd5c5c},
                                                       {"indigo", 0x4b0082},
                                                       {"ivory", 0xfffff0},
                                                       {"khaki", 0xf0e68c},
                                                       {"lavender", 0xe6e6fa},
                                                       {"lavenderblush", 0xfff0f5},
                                                       {"lawngreen", 0x7cfc00},
                                                       {"lemonchiffon", 0xfffacd},
                                                       {"lightblue", 0xadd8e6},
                                                       {"lightcoral", 0xf08080},
                                                       {"lightcyan", 0xe0ffff},
                                                       {"lightgoldenrodyellow", 0xfafad2},
                                                       {"lightgray", 0xd3d3d3},
                                                       {"lightgreen", 0x90ee90},
                                                       {"lightgrey", 0xd3d3d3},
                                                       {"lightpink", 0xffb6c1},
                                                       {"lightsalmon", 0xffa07a},
                                                       {"lightseagreen", 0x20b2aa},
                                                       {"lightskyblue", 0x87cefa},
                                                       {"lightslategray", 0x778899},
                                                       {"lightslategrey", 0x778899},
                                                       {"lightsteelblue", 0xb0c4de},
                                                       {"lightyellow", 0xffffe0},
                                                       {"lime", 0x00ff00},
                                                       {"limegreen", 0x32cd32},
                                                       {"linen", 0xfaf0e6},
                                                       {"magenta", 0xff00ff},
                                                       {"maroon", 0x800000},
                                                       {"mediumaquamarine", 0x66cdaa},
                                                       {"mediumblue", 0x0000cd},
                                                       {"mediumorchid", 0xba55d3},
                                                       {"mediumpurple", 0x9370db},
                                                       {"mediumseagreen", 0x3cb371},
                                                       {"mediumslateblue", 0x7b68ee},
                                                       {"mediumspringgreen", 0x00fa9a},
                                                       {"mediumturquoise", 0x48d1cc},
                                                       {"mediumvioletred", 0xc71585},
                                                       {"midnightblue", 0x191970},
                                                       {"mintcream", 0xf5fffa},
                                                       {"mistyrose", 0xffe4e1},
                                                       {"moccasin", 0xffe4b5},
                                                       {"navajowhite", 0xffdead},
                                                       {"navy", 0x000080},
                                                       {"oldlace", 0xfdf5e6},
                                                       {"olive", 0x808000},
                                                       {"olivedrab", 0x6b8e23},
                                                       {"orange", 0xffa500},
                                                       {"orangered", 0xff4500},
                                                       {"orchid", 0xda70d6},
                                                       {"palegoldenrod", 0xeee8aa},
                                                       {"palegreen", 0x98fb98},
                                                       {"paleturquoise", 0xafeeee},
                                                       {"palevioletred", 0xdb7093},
                                                       {"papayawhip", 0xffefd5},
                                                       {"peachpuff", 0xffdab9},
                                                       {"peru", 0xcd853f},
                                                       {"pink", 0xffc0cb},
                                                       {"plum", 0xdda0dd},
                                                       {"powderblue", 0xb0e0e6},
                                                       {"purple", 0x800080},
                                                       {"rebeccapurple", 0x663399},
                                                       {"red", 0xff0000},
                                                       {"rosybrown", 0xbc8f8f},
                                                       {"royalblue", 0x4169e1},
                                                       {"saddlebrown", 0x8b4513},
                                                       {"salmon", 0xfa8072},
                                                       {"sandybrown", 0xf4a460},
                                                       {"seagreen", 0x2e8b57},
                                                       {"seashell", 0xfff5ee},
                                                       {"sienna", 0xa0522d},
                                                       {"silver", 0xc0c0c0},
                                                       {"skyblue", 0x87ceeb},
                                                       {"slateblue", 0x6a5acd},
                                                       {"slategray", 0x708090},
                                                       {"slategrey", 0x708090},
                                                       {"snow", 0xfffafa},
                                                       {"springgreen", 0x00ff7f},
                                                       {"steelblue", 0x4682b4},
                                                       {"tan", 0xd2b48c},
                                                       {"teal", 0x008080},
                                                       {"thistle", 0xd8bfd8},
                                                       {"tomato", 0xff6347},
                                                       {"turquoise", 0x40e0d0},
                                                       {"violet", 0xee82ee},
                                                       {"wheat", 0xf5deb3},
                                                       {"white", 0xffffff},
                                                       {"whitesmoke", 0xf5f5f5},
                                                       {"yellow", 0xffff00},
                                                       {"yellowgreen", 0x9acd32}}};

Color FromRgb(std::uint32_t rgb) {
  return {static_cast<std::uint8_t>(rgb >> 16 & 255), static_cast<std::uint8_t>(rgb >> 8 & 255),
          static_cast<std::uint8_t>(rgb & 255), 1};
}

std::optional<Color> ParseHex(std::string_view digits) {
  std::uint32_t number = 0;
  const auto end = std::from_chars(digits.data(), digits.data() + digits.size(), number, 16);
  if (end.ec != std::errc() || end.ptr != digits.data() + digits.size()) return std::nullopt;
  if (digits.size() == 6) return FromRgb(number);
  if (digits.size() == 8) {
    Color color = FromRgb(number >> 8);
    color.alpha = (number & 255) / 255.0;
    return color;
  }
  if (digits.size() != 3) return std::nullopt;
  const std::uint32_t r = number >> 8 & 15;
  const std::uint32_t g = number >> 4 & 15;
  const std::uint32_t b = number & 15;
  return FromRgb(r * 17 << 16 | g * 17 << 8 | b * 17);
}

std::uint8_t Channel8(double value) {
  return static_cast<std::uint8_t>(std::lround(std::clamp(value, 0.0, 255.0)));
}

// Numbers of "rgb(1, 2%, 3 / 4)"; percentages carry their sign in `percent`.
struct Arguments {
  std::array<double, 4> values{};
  std::array<bool, 4> percent{};
  std::size_t count = 0;
};

std::optional<Arguments> ParseArguments(std::string_view text) {
  Arguments out;
  std::size_t at = 0;
  while (at < text.size()) {
    if (std::string_view(" ,/").find(text[at]) != std::string_view::npos) {
      ++at;
      continue;
    }
    if (out.count == out.values.size()) return std::nullopt;
    const char* const start = text.data() + at;
    const auto end = std::from_chars(start, text.data() + text.size(), out.values[out.count]);
    if (end.ec != std::errc()) return std::nullopt;
    at += static_cast<std::size_t>(end.ptr - start);
    out.percent[out.count] = at < text.size() && text[at] == '%';
    if (out.percent[out.count]) ++at;
    if (text.substr(at, 3) == "deg") at += 3;
    if (!std::isfinite(out.values[out.count])) return std::nullopt;
    ++out.count;
  }
  return out.count >= 3 ? std::optional<Arguments>(out) : std::nullopt;
}

double HueToRgb(double low, double high, double hue) {
  hue = std::fmod(std::fmod(hue, 360) + 360, 360);
  if (hue < 60) return low + (high - low) * hue / 60;
  if (hue < 180) return high;
  return hue < 240 ? low + (high - low) * (240 - hue) / 60 : low;
}

Color FromHsl(double hue, double saturation, double lightness) {
  const double high = lightness + (lightness < 0.5 ? lightness : 1 - lightness) * saturation;
  const double low = 2 * lightness - high;
  return {Channel8(255 * HueToRgb(low, high, hue + 120)), Channel8(255 * HueToRgb(low, high, hue)),
          Channel8(255 * HueToRgb(low, high, hue - 120)), 1};
}

std::optional<Color> ParseFunction(std::string_view text) {
  const std::size_t open = text.find('(');
  if (open == std::string_view::npos || text.back() != ')') return std::nullopt;
  const std::string_view name = text.substr(0, open);
  const auto args = ParseArguments(text.substr(open + 1, text.size() - open - 2));
  if (!args) return std::nullopt;
  const double alpha = args->percent[3] ? args->values[3] / 100 : args->values[3];
  Color color;
  if (name == "rgb" || name == "rgba") {
    std::array<double, 3> v{};
    for (std::size_t i = 0; i < 3; ++i) {
      v[i] = args->percent[i] ? args->values[i] * 2.55 : args->values[i];
    }
    color = {Channel8(v[0]), Channel8(v[1]), Channel8(v[2]), 1};
  } else if (name == "hsl" || name == "hsla") {
    color = FromHsl(args->values[0], std::clamp(args->values[1] / 100, 0.0, 1.0),
                    std::clamp(args->values[2] / 100, 0.0, 1.0));
  } else {
    return std::nullopt;
  }
  if (args->count == 4) color.alpha = std::clamp(alpha, 0.0, 1.0);
  return color;
}

struct Lab {
  double l, a, b;
};

constexpr double kWhiteX = 0.96422;
constexpr double kWhiteZ = 0.82521;
constexpr double kT0 = 4.0 / 29;
constexpr double kT1 = 6.0 / 29;
constexpr double kT2 = 3 * kT1 * kT1;
constexpr double kT3 = kT1 * kT1 * kT1;

double Linear(double c) {
  c /= 255;
  return c <= 0.04045 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4);
}
double Gamma(double c) {
  return 255 * (c <= 0.0031308 ? 12.92 * c : 1.055 * std::pow(c, 1 / 2.4) - 0.055);
}
double ToLab(double t) { return t > kT3 ? std::cbrt(t) : t / kT2 + kT0; }
double FromLab(double t) { return t > kT1 ? t * t * t : kT2 * (t - kT0); }

Lab LabOf(const Color& color) {
  const double r = Linear(color.red);
  const double g = Linear(color.green);
  const double b = Linear(color.blue);
  const double y = ToLab(0.2225045 * r + 0.7168786 * g + 0.0606169 * b);
  const bool gray = color.red == color.green && color.green == color.blue;
  const double x = gray ? y : ToLab((0.4360747 * r + 0.3850649 * g + 0.1430804 * b) / kWhiteX);
  const double z = gray ? y : ToLab((0.0139322 * r + 0.0971045 * g + 0.7141733 * b) / kWhiteZ);
  return {116 * y - 16, 500 * (x - y), 200 * (y - z)};
}

Color ColorOf(const Lab& lab) {
  const double l = (lab.l + 16) / 116;
  const double x = kWhiteX * FromLab(l + lab.a / 500);
  const double y = FromLab(l);
  const double z = kWhiteZ * FromLab(l - lab.b / 200);
  return {Channel8(Gamma(3.1338561 * x - 1.6168667 * y - 0.4906146 * z)),
          Channel8(Gamma(-0.9787684 * x + 1.9161415 * y + 0.0334540 * z)),
          Channel8(Gamma(0.0719453 * x - 0.2289914 * y + 1.4052427 * z)), 1};
}

// A hue that is not defined (grey) takes the other end's.
Color MixHcl(const Color& from, const Color& to, double t) {
  const Lab a = LabOf(from);
  const Lab b = LabOf(to);
  const double chroma_a = std::hypot(a.a, a.b);
  const double chroma_b = std::hypot(b.a, b.b);
  constexpr double kGray = 1e-9;
  double hue_a = std::atan2(a.b, a.a);
  double hue_b = std::atan2(b.b, b.a);
  if (chroma_a < kGray) hue_a = hue_b;
  if (chroma_b < kGray) hue_b = hue_a;
  constexpr double kPi = 3.14159265358979323846;
  double turn = hue_b - hue_a;
  if (turn > kPi || turn < -kPi) turn -= 2 * kPi * std::round(turn / (2 * kPi));
  // A grey that is black or white has no chroma of its own either.
  const bool no_chroma_a = chroma_a < kGray && !(a.l > 0 && a.l < 100);
  const bool no_chroma_b = chroma_b < kGray && !(b.l > 0 && b.l < 100);
  const double c0 = no_chroma_a ? chroma_b : chroma_a;
  const double c1 = no_chroma_b ? chroma_a : chroma_b;
  const double hue = hue_a + turn * t;
  const double chroma = c0 + (c1 - c0) * t;
  Color color = ColorOf({a.l + (b.l - a.l) * t, chroma * std::cos(hue), chroma * std::sin(hue)});
  color.alpha = from.alpha + (to.alpha - from.alpha) * t;
  return color;
}

Color MixRgb(const Color& from, const Color& to, double t) {
  const auto mix = [t](double a, double b) { return a + (b - a) * t; };
  return {Channel8(mix(from.red, to.red)), Channel8(mix(from.green, to.green)),
          Channel8(mix(from.blue, to.blue)), mix(from.alpha, to.alpha)};
}

}  // namespace

std::optional<Color> ParseColor(std::string_view text) {
  if (text.empty() || text.size() > 64) return std::nullopt;
  if (text[0] == '#') return ParseHex(text.substr(1));
  const std::string lower = AsciiLower(text);
  if (lower == "transparent") return Color{0, 0, 0, 0};
  for (const NamedColor& named : kNamedColors) {
    if (named.name == lower) return FromRgb(named.rgb);
  }
  return ParseFunction(lower);
}

Color InterpolateColors(const std::vector<Color>& colors, ColorSpace space, double t) {
  if (colors.size() == 1) return colors.front();
  t = std::isnan(t) ? 0 : std::clamp(t, 0.0, 1.0);
  const double pieces = static_cast<double>(colors.size() - 1);
  const auto i = static_cast<std::size_t>(std::min(std::floor(t * pieces), pieces - 1));
  const double rest = t * pieces - static_cast<double>(i);
  return space == ColorSpace::kHcl ? MixHcl(colors[i], colors[i + 1], rest)
                                   : MixRgb(colors[i], colors[i + 1], rest);
}

std::string ColorName(std::string_view text) {
  const bool letters = !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  });
  if (!letters) return "";
  const std::optional<Color> color = ParseColor(text);
  return color && color->alpha > 0 ? AsciiLower(text) : "";
}

}  // namespace loupe::chart
