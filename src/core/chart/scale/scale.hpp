// Scale: maps a value of the data to a position, a number, a colour or a shape.
//
//   linear  domain [0, 100], range [300, 0]        55 -> 135
//   band    values [A, B, C], range [0, 60]        B  -> 21 (band 18 wide, step 20)
//   ordinal values [x, y], colors [#4c78a8, …]     y  -> #f58518
//
// A plain value; all of it is set by build.hpp. Time scales are linear over milliseconds.
//
// Tested by test/unit/chart_compile_test.cpp and the golden scenes.
#ifndef LOUPE_CORE_CHART_SCALE_SCALE_HPP
#define LOUPE_CORE_CHART_SCALE_SCALE_HPP

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "core/base/json.hpp"
#include "core/chart/scale/color.hpp"
#include "core/chart/scene.hpp"

namespace loupe::chart {

enum class ScaleType {
  kLinear,
  kLog,
  kPow,
  kSqrt,
  kSymlog,
  kTime,
  kUtc,
  kBand,
  kPoint,
  kOrdinal,
  kBinOrdinal,
  kQuantile,
  kQuantize,
  kThreshold
};

[[nodiscard]] std::string_view ScaleTypeName(ScaleType type);

struct Scale {
  ScaleType type = ScaleType::kLinear;

  // Continuous: as many domain as range stops, two or more; colours are spread over the domain.
  std::vector<double> domain;
  std::vector<double> range;
  double exponent = 1;
  double base = 10;
  double constant = 1;
  bool clamp = false;

  // Discrete.
  std::vector<Json> values;
  std::unordered_map<std::string, std::size_t> index;  // key of a value to its place
  double padding_inner = 0;
  double padding_outer = 0;
  double align = 0.5;
  bool round = false;
  double step = 0;       // kBand, kPoint: pixels from one band's start to the next
  double bandwidth = 0;  // kBand
  double start = 0;      // of the first band in pixels

  // Outputs other than numbers.
  std::vector<Color> colors;
  std::vector<std::string> color_names;  // of `colors`, as ColorName; or none
  ColorSpace space = ColorSpace::kRgb;
  std::vector<std::string> names;
  std::vector<std::vector<double>> dashes;

  std::vector<double> bins;        // boundaries, where the field is binned
  std::vector<double> thresholds;  // kQuantile, kQuantize, kThreshold: ascending
  bool reversed_bands = false;

  [[nodiscard]] bool IsDiscrete() const {
    return type == ScaleType::kBand || type == ScaleType::kPoint || type == ScaleType::kOrdinal;
  }
  [[nodiscard]] bool IsTime() const { return type == ScaleType::kTime || type == ScaleType::kUtc; }
  // Cuts numbers into classes, each with one output.
  [[nodiscard]] bool IsDiscretizing() const {
    return type == ScaleType::kBinOrdinal || type == ScaleType::kQuantile ||
           type == ScaleType::kQuantize || type == ScaleType::kThreshold;
  }
  // Maps a continuous domain to a continuous range.
  [[nodiscard]] bool IsContinuous() const { return !IsDiscrete() && !IsDiscretizing(); }
  [[nodiscard]] bool HasColors() const { return !colors.empty(); }

  void SetValues(std::vector<Json> list);
  // Sets step, bandwidth and start of a band or point scale from range and padding.
  void LayOutBands();

  // Place in `values`, or -1.
  [[nodiscard]] int IndexOf(const Json& value) const;
  // Part of the way through the domain after the scale's transformation: 0 at its start, 1 at its
  // end; not clamped unless the scale is. Continuous scales only.
  [[nodiscard]] double Fraction(double value) const;
  // Position or number. Bands give their start; values outside a discrete domain and values that
  // are not numbers give NaN.
  [[nodiscard]] double Map(const Json& value) const;
  [[nodiscard]] Color MapColor(const Json& value) const;
  // The same with the colour's name; none for a colour that is not visible.
  [[nodiscard]] Paint MapPaint(const Json& value) const;
  // Ordinal names (shapes); empty when there are none.
  [[nodiscard]] std::string MapName(const Json& value) const;
  // Ordinal dash patterns; empty when there are none.
  [[nodiscard]] std::vector<double> MapDash(const Json& value) const;
  [[nodiscard]] double RangeStart() const;
  [[nodiscard]] double RangeEnd() const;

 private:
  // Which class a number falls into.
  [[nodiscard]] std::size_t ClassOf(double number) const;
};

// Number of steps that `count` bands take.
[[nodiscard]] double BandSpace(double count, double padding_inner, double padding_outer);

}  // namespace loupe::chart

#endif  // LOUPE_CORE_CHART_SCALE_SCALE_HPP
