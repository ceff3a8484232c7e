// Numbers: ECMAScript's Math, and clamp.
#include <algorithm>
#include <cmath>
#include <limits>

#include "core/chart/expression/functions.hpp"

namespace loupe::chart {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

template <double (*kFunction)(double)>
Result<Value> Of(const Arguments& arguments) {
  return Value(Json(kFunction(arguments.Number(0))));
}

double Abs(double x) { return std::fabs(x); }
double ArcCos(double x) { return std::acos(x); }
double ArcSin(double x) { return std::asin(x); }
double ArcTan(double x) { return std::atan(x); }
double Ceil(double x) { return std::ceil(x); }
double Cos(double x) { return std::cos(x); }
double Exp(double x) { return std::exp(x); }
double Floor(double x) { return std::floor(x); }
double Log(double x) { return std::log(x); }
double Sin(double x) { return std::sin(x); }
double Sqrt(double x) { return std::sqrt(x); }
double Tan(double x) { return std::tan(x); }
// Ties go up, as Math.round has it.
double Round(double x) {
  const double below = std::floor(x);
  return x - below >= 0.5 ? below + 1 : below;
}

double Greater(double a, double b) {
  return std::isnan(a) || std::isnan(b) ? kNaN : std::max(a, b);
}
double Lesser(double a, double b) { return std::isnan(a) || std::isnan(b) ? kNaN : std::min(a, b); }

template <double (*kMerge)(double, double)>
double Merged(const Arguments& arguments, double start) {
  for (std::size_t i = 0; i < arguments.size(); ++i) start = kMerge(start, arguments.Number(i));
  return start;
}

double Hypotenuse(double a, double b) { return std::hypot(a, b); }

// As std::pow, but one to the power of infinity or NaN is NaN.
double Power(double base, double exponent) {
  const bool undefined = std::isnan(exponent) || (std::fabs(base) == 1 && std::isinf(exponent));
  return undefined ? kNaN : std::pow(base, exponent);
}

// Number.isNaN and Number.isFinite look at numbers alone.
bool IsNotANumber(const Value& value) { return value.IsNumber() && std::isnan(value.ToNumber()); }
bool IsFiniteNumber(const Value& value) {
  return value.IsNumber() && std::isfinite(value.ToNumber());
}

}  // namespace

const std::vector<FunctionEntry>& MathFunctions() {
  using Args = const Arguments&;
  static const std::vector<FunctionEntry> kFunctions = {
      {"isNaN", 0, [](Args a) -> Result<Value> { return Value(Json(IsNotANumber(a[0]))); }},
      {"isFinite", 0, [](Args a) -> Result<Value> { return Value(Json(IsFiniteNumber(a[0]))); }},
      {"abs", 0, Of<Abs>},
      {"acos", 0, Of<ArcCos>},
      {"asin", 0, Of<ArcSin>},
      {"atan", 0, Of<ArcTan>},
      {"atan2", 0,
       [](Args a) -> Result<Value> { return Value(Json(std::atan2(a.Number(0), a.Number(1)))); }},
      {"ceil", 0, Of<Ceil>},
      {"clamp", 3,
       [](Args a) -> Result<Value> {
         return Value(Json(Greater(a.Number(1), Lesser(a.Number(2), a.Number(0)))));
       }},
      {"cos", 0, Of<Cos>},
      {"exp", 0, Of<Exp>},
      {"floor", 0, Of<Floor>},
      {"hypot", 0, [](Args a) -> Result<Value> { return Value(Json(Merged<Hypotenuse>(a, 0))); }},
      {"log", 0, Of<Log>},
      {"max", 0,
       [](Args a) -> Result<Value> { return Value(Json(Merged<Greater>(a, -kInfinity))); }},
      {"min", 0, [](Args a) -> Result<Value> { return Value(Json(Merged<Lesser>(a, kInfinity))); }},
      {"pow", 0,
       [](Args a) -> Result<Value> { return Value(Json(Power(a.Number(0), a.Number(1)))); }},
      {"random", 0, [](Args a) -> Result<Value> { return Value(Json(a.evaluation().Random())); }},
      {"round", 0, Of<Round>},
      {"sin", 0, Of<Sin>},
      {"sqrt", 0, Of<Sqrt>},
      {"tan", 0, Of<Tan>}};
  return kFunctions;
}

}  // namespace loupe::chart
