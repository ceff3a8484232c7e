// Distributions: normal, log-normal, uniform; sample, density, cumulative, quantile of each.
#include <cmath>
#include <limits>

#include "core/chart/expression/functions.hpp"

namespace loupe::chart {
namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr double kSqrt2 = 1.414213562373095049;
constexpr double kSqrt2Pi = 2.506628274631000502;

double Density(double z) { return std::exp(-0.5 * z * z) / kSqrt2Pi; }
double Cumulative(double z) { return 0.5 * std::erfc(-z / kSqrt2); }

// Abramowitz and Stegun 26.2.23 for a start, then Halley's steps on the lower tail.
double Quantile(double p) {
  if (!(p >= 0 && p <= 1)) return kNaN;
  if (p == 0) return -kInfinity;
  if (p == 1) return kInfinity;
  if (p > 0.5) return -Quantile(1 - p);
  const double t = std::sqrt(-2 * std::log(p));
  double z = -(t - (2.515517 + t * (0.802853 + t * 0.010328)) /
                       (1 + t * (1.432788 + t * (0.189269 + t * 0.001308))));
  for (int i = 0; i < 3; ++i) {
    const double slope = Density(z);
    if (slope == 0) break;
    const double step = (Cumulative(z) - p) / slope;
    z -= step / (1 + z * step / 2);
  }
  return z;
}

// Mean and deviation from argument `from` on: 0 and 1 where they are missing.
struct Normal {
  Normal(const Arguments& arguments, std::size_t from)
      : mean(arguments.NumberOr(from, 0)), deviation(arguments.NumberOr(from + 1, 1)) {}
  [[nodiscard]] double Scaled(double z) const { return mean + z * deviation; }
  [[nodiscard]] double Z(double value) const { return (value - mean) / deviation; }
  double mean;
  double deviation;
};

// From 0 to 1; one bound alone is the upper one.
struct Uniform {
  Uniform(const Arguments& arguments, std::size_t from)
      : low(arguments[from + 1].IsNullish() ? 0 : arguments.NumberOr(from, 0)),
        high(arguments[from + 1].IsNullish() ? arguments.NumberOr(from, 1)
                                             : arguments.Number(from + 1)) {}
  double low;
  double high;
};

// Marsaglia's polar method.
double NormalSample(Evaluation* evaluation) {
  for (;;) {
    const double x = evaluation->Random() * 2 - 1;
    const double y = evaluation->Random() * 2 - 1;
    const double square = x * x + y * y;
    if (square > 0 && square <= 1) return x * std::sqrt(-2 * std::log(square) / square);
  }
}

Result<Value> SampleNormal(const Arguments& a) {
  return Value(Json(Normal(a, 0).Scaled(NormalSample(&a.evaluation()))));
}
Result<Value> SampleLogNormal(const Arguments& a) {
  return Value(Json(std::exp(Normal(a, 0).Scaled(NormalSample(&a.evaluation())))));
}
Result<Value> SampleUniform(const Arguments& a) {
  const Uniform range(a, 0);
  return Value(Json(range.low + (range.high - range.low) * a.evaluation().Random()));
}
Result<Value> DensityNormal(const Arguments& a) {
  const Normal normal(a, 1);
  return Value(Json(Density(normal.Z(a.Number(0))) / normal.deviation));
}
Result<Value> DensityLogNormal(const Arguments& a) {
  const Normal normal(a, 1);
  const double value = a.Number(0);
  if (value <= 0) return Value(Json(0));
  return Value(Json(Density(normal.Z(std::log(value))) / (normal.deviation * value)));
}
Result<Value> DensityUniform(const Arguments& a) {
  const Uniform range(a, 1);
  const double value = a.Number(0);
  const bool inside = value >= range.low && value <= range.high;
  return Value(Json(inside ? 1 / (range.high - range.low) : 0.0));
}
Result<Value> CumulativeNormal(const Arguments& a) {
  return Value(Json(Cumulative(Normal(a, 1).Z(a.Number(0)))));
}
Result<Value> CumulativeLogNormal(const Arguments& a) {
  return Value(Json(Cumulative(Normal(a, 1).Z(std::log(a.Number(0))))));
}
Result<Value> CumulativeUniform(const Arguments& a) {
  const Uniform range(a, 1);
  const double value = a.Number(0);
  if (value < range.low) return Value(Json(0));
  if (value > range.high) return Value(Json(1));
  return Value(Json((value - range.low) / (range.high - range.low)));
}
Result<Value> QuantileNormal(const Arguments& a) {
  return Value(Json(Normal(a, 1).Scaled(Quantile(a.Number(0)))));
}
Result<Value> QuantileLogNormal(const Arguments& a) {
  return Value(Json(std::exp(Normal(a, 1).Scaled(Quantile(a.Number(0))))));
}
Result<Value> QuantileUniform(const Arguments& a) {
  const Uniform range(a, 1);
  const double p = a.Number(0);
  return Value(Json(p >= 0 && p <= 1 ? range.low + p * (range.high - range.low) : kNaN));
}

}  // namespace

const std::vector<FunctionEntry>& StatisticsFunctions() {
  static const std::vector<FunctionEntry> kFunctions = {
      {"sampleNormal", 0, SampleNormal},           {"sampleLogNormal", 0, SampleLogNormal},
      {"sampleUniform", 0, SampleUniform},         {"densityNormal", 0, DensityNormal},
      {"densityLogNormal", 0, DensityLogNormal},   {"densityUniform", 0, DensityUniform},
      {"cumulativeNormal", 0, CumulativeNormal},   {"cumulativeLogNormal", 0, CumulativeLogNormal},
      {"cumulativeUniform", 0, CumulativeUniform}, {"quantileNormal", 0, QuantileNormal},
      {"quantileLogNormal", 0, QuantileLogNormal}, {"quantileUniform", 0, QuantileUniform}};
  return kFunctions;
}

}  // namespace loupe::chart
