// Density, quantiles, regression and local regression.
//
// Sources: Scott, "Multivariate Density Estimation" (1992) for bandwidths; Cleveland, "Robust
// Locally Weighted Regression and Smoothing Scatterplots" (1979) for loess.
#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <limits>
#include <optional>

#include "core/base/nearest.hpp"
#include "core/chart/data/source.hpp"
#include "core/chart/data/transform/families.hpp"
#include "core/chart/data/transform/support.hpp"
#include "core/chart/limits.hpp"
#include "core/chart/parse/property.hpp"

namespace loupe::chart {
namespace {

constexpr double kSqrtTwoPi = 2.5066282746310002;
constexpr double kSqrtTwo = 1.4142135623730951;
constexpr double kMaxSteps = 10'000;
constexpr int kMaxOrder = 20;

struct Point {
  double x = 0;
  double y = 0;
};
using Points = std::vector<Point>;
using Curve = std::function<double(double)>;

std::vector<double> NumbersOf(const std::vector<Json>& column, const RowList& rows) {
  std::vector<double> numbers;
  for (const std::size_t row : rows) {
    const Json number = ReadValue(column[row], Reading::kNumber);
    if (IsValidNumber(number)) numbers.push_back(number.AsDouble());
  }
  return numbers;
}

double ScottBandwidth(std::vector<double> numbers) {
  std::sort(numbers.begin(), numbers.end());
  const auto n = static_cast<double>(numbers.size());
  double mean = 0;
  for (const double x : numbers) mean += x / n;
  double squares = 0;
  for (const double x : numbers) squares += (x - mean) * (x - mean);
  const double deviation = n > 1 ? std::sqrt(squares / (n - 1)) : 0;
  const double q1 = QuantileOfSorted(numbers, 0.25);
  const double spread = (QuantileOfSorted(numbers, 0.75) - q1) / 1.34;
  double v = std::min(deviation, spread);
  if (v == 0) v = deviation;
  if (v == 0) v = std::fabs(q1);
  if (v == 0) v = 1;
  return 1.06 * v * std::pow(n, -0.2);
}

Curve KernelDensity(const std::vector<double>& numbers, double bandwidth, bool cumulative) {
  const auto n = static_cast<double>(numbers.size());
  return [numbers, bandwidth, cumulative, n](double x) {
    double total = 0;
    for (const double at : numbers) {
      const double z = (x - at) / bandwidth;
      total +=
          cumulative ? 0.5 * (1 + std::erf(z / kSqrtTwo)) : std::exp(-0.5 * z * z) / kSqrtTwoPi;
    }
    return cumulative ? total / n : total / bandwidth / n;
  };
}

double AngleBetween(const Point& p, const Point& q, const Point& r, double sx, double sy) {
  const double a = std::atan2(sy * (r.y - p.y), sx * (r.x - p.x));
  const double b = std::atan2(sy * (q.y - p.y), sx * (q.x - p.x));
  return std::fabs(a - b);
}

// Points of a curve: a uniform grid of the least number of steps, halved where the curve turns by
// more than half a degree as it is drawn.
Points SampleCurve(const Curve& f, double low, double high, double least, double most,
                   const Context& context) {
  constexpr double kLeastTurn = 0.5 * 3.14159265358979323846 / 180;
  most = std::max(least, most);
  const double span = high - low;
  Points out = {{low, f(low)}};
  if (least == most) {
    for (double i = 1; i < most; ++i) {
      context.Poll();
      const double x = low + (i / least) * span;
      out.push_back({x, f(x)});
    }
    out.push_back({high, f(high)});
    return out;
  }
  Points next = {{high, f(high)}};
  for (double i = least - 1; i > 0; --i) {
    context.Poll();
    const double x = low + (i / least) * span;
    next.push_back({x, f(x)});
  }
  double y_low = out.front().y;
  double y_high = y_low;
  for (const Point& p : next) {
    y_low = std::min(y_low, p.y);
    y_high = std::max(y_high, p.y);
  }
  const double sx = 1 / span;
  const double sy = 1 / (y_high - y_low);
  Point from = out.front();
  while (!next.empty()) {
    context.Poll();
    const Point to = next.back();
    const double x = (from.x + to.x) / 2;
    const Point middle{x, f(x)};
    const bool apart = middle.x - from.x >= span / most;
    if (apart && AngleBetween(from, middle, to, sx, sy) > kLeastTurn) {
      next.push_back(middle);
      continue;
    }
    from = to;
    out.push_back(to);
    next.pop_back();
  }
  return out;
}

// Rows of a group's curve: the group's fields and two columns.
class CurveTable {
 public:
  CurveTable(const Table& table, const std::vector<std::string>& fields,
             std::vector<std::string> names, const Context& context)
      : fields_(fields), names_(std::move(names)) {
    for (const std::string& field : fields) keys_.push_back(FieldColumn(table, field, context));
    key_values_.resize(fields.size());
  }
  void Add(std::size_t row, const Point& point) {
    for (std::size_t i = 0; i < keys_.size(); ++i) key_values_[i].push_back(keys_[i][row]);
    xs_.emplace_back(point.x);
    ys_.emplace_back(point.y);
  }
  Table Finish() {
    Table out;
    out.row_count = xs_.size();
    for (std::size_t i = 0; i < fields_.size(); ++i) {
      SetColumn(&out, fields_[i], std::move(key_values_[i]));
    }
    SetColumn(&out, names_[0], std::move(xs_));
    SetColumn(&out, names_[1], std::move(ys_));
    return out;
  }

 private:
  std::vector<std::string> fields_;
  std::vector<std::string> names_;
  std::vector<std::vector<Json>> keys_;
  std::vector<std::vector<Json>> key_values_;
  std::vector<Json> xs_;
  std::vector<Json> ys_;
};

// Two numbers in a member, or nothing.
std::optional<std::array<double, 2>> PairOf(const Json& spec, const char* name) {
  const Json* pair = spec.Find(name);
  const bool numbers = pair != nullptr && pair->IsArray() && pair->items().size() == 2 &&
                       pair->items()[0].IsNumber() && pair->items()[1].IsNumber();
  if (!numbers) return std::nullopt;
  return std::array<double, 2>{pair->items()[0].AsDouble(), pair->items()[1].AsDouble()};
}

// Rows that both columns give numbers, in their order.
Points PointsOf(const std::vector<Json>& xs, const std::vector<Json>& ys, const RowList& rows) {
  Points points;
  for (const std::size_t row : rows) {
    const Json x = ReadValue(xs[row], Reading::kNumber);
    const Json y = ReadValue(ys[row], Reading::kNumber);
    if (IsValidNumber(x) && IsValidNumber(y)) points.push_back({x.AsDouble(), y.AsDouble()});
  }
  return points;
}

// Means that a least squares line is made of.
struct Line {
  double intercept = 0;
  double slope = 0;
};
Line LeastSquares(double x, double y, double xy, double xx) {
  const double delta = xx - x * x;
  const double slope = std::fabs(delta) < 1e-24 ? 0 : (xy - x * y) / delta;
  return {y - slope * x, slope};
}

Line FitLine(const Points& points) {
  double x = 0;
  double y = 0;
  double xy = 0;
  double xx = 0;
  double n = 0;
  for (const Point& p : points) {
    ++n;
    x += (p.x - x) / n;
    y += (p.y - y) / n;
    xy += (p.x * p.y - xy) / n;
    xx += (p.x * p.x - xx) / n;
  }
  return LeastSquares(x, y, xy, xx);
}

struct Fit {
  Curve predict;
  std::vector<double> coefficients;
};

Fit FitLinear(const Points& points) {
  const Line line = FitLine(points);
  return {[line](double x) { return line.intercept + line.slope * x; },
          {line.intercept, line.slope}};
}

Fit FitLog(const Points& points) {
  Points logs;
  for (const Point& p : points) logs.push_back({std::log(p.x), p.y});
  const Line line = FitLine(logs);
  return {[line](double x) { return line.intercept + line.slope * std::log(x); },
          {line.intercept, line.slope}};
}

Fit FitPow(const Points& points) {
  Points logs;
  for (const Point& p : points) logs.push_back({std::log(p.x), std::log(p.y)});
  const Line line = FitLine(logs);
  const double factor = std::exp(line.intercept);
  return {[line, factor](double x) { return factor * std::pow(x, line.slope); },
          {factor, line.slope}};
}

Point MeanOf(const Points& points) {
  Point mean;
  double n = 0;
  for (const Point& p : points) {
    ++n;
    mean.x += (p.x - mean.x) / n;
    mean.y += (p.y - mean.y) / n;
  }
  return mean;
}

// Weighted by y, so that small values do not rule the fit of their logarithms.
Fit FitExp(const Points& points) {
  const Point mean = MeanOf(points);
  double yl = 0;
  double xy = 0;
  double xyl = 0;
  double xxy = 0;
  double n = 0;
  for (const Point& p : points) {
    const double x = p.x - mean.x;
    const double log_y = std::log(p.y);
    ++n;
    yl += (p.y * log_y - yl) / n;
    xy += (x * p.y - xy) / n;
    xyl += (x * p.y * log_y - xyl) / n;
    xxy += (x * x * p.y - xxy) / n;
  }
  const Line line = LeastSquares(xy / mean.y, yl / mean.y, xyl / mean.y, xxy / mean.y);
  const double mean_x = mean.x;
  return {[line, mean_x](double x) { return std::exp(line.intercept + line.slope * (x - mean_x)); },
          {std::exp(line.intercept - line.slope * mean_x), line.slope}};
}

// Solves the normal equations by elimination with pivots; `rows` holds a matrix and its right side.
std::vector<double> Solve(std::vector<std::vector<double>> rows) {
  const std::size_t n = rows.size();
  for (std::size_t i = 0; i < n; ++i) {
    std::size_t pivot = i;
    for (std::size_t k = i + 1; k < n; ++k) {
      if (std::fabs(rows[k][i]) > std::fabs(rows[pivot][i])) pivot = k;
    }
    std::swap(rows[i], rows[pivot]);
    for (std::size_t k = i + 1; k < n; ++k) {
      const double factor = rows[k][i] / rows[i][i];
      for (std::size_t j = i; j <= n; ++j) rows[k][j] -= factor * rows[i][j];
    }
  }
  std::vector<double> out(n);
  for (std::size_t i = n; i-- > 0;) {
    double rest = rows[i][n];
    for (std::size_t k = i + 1; k < n; ++k) rest -= rows[i][k] * out[k];
    out[i] = rest / rows[i][i];
  }
  return out;
}

Fit FitPolynomial(const Points& points, int order) {
  const Point mean = MeanOf(points);
  const auto terms = static_cast<std::size_t>(order) + 1;
  std::vector<std::vector<double>> rows(terms, std::vector<double>(terms + 1));
  for (const Point& p : points) {
    std::vector<double> powers(2 * terms, 1);
    for (std::size_t i = 1; i < powers.size(); ++i) powers[i] = powers[i - 1] * (p.x - mean.x);
    for (std::size_t i = 0; i < terms; ++i) {
      for (std::size_t k = 0; k < terms; ++k) rows[i][k] += powers[i + k];
      rows[i][terms] += powers[i] * (p.y - mean.y);
    }
  }
  const std::vector<double> centred = Solve(std::move(rows));
  // Coefficients about zero instead of the mean: each power is spread over those below it.
  std::vector<double> coefficients(terms);
  for (std::size_t i = 0; i < terms; ++i) {
    double factor = centred[i];
    for (std::size_t k = 0; k <= i; ++k) {
      coefficients[i - k] += factor;
      factor *= -mean.x * static_cast<double>(i - k) / static_cast<double>(k + 1);
    }
  }
  coefficients[0] += mean.y;
  return {[centred, mean](double x) {
            double y = 0;
            for (std::size_t i = centred.size(); i-- > 0;) y = y * (x - mean.x) + centred[i];
            return y + mean.y;
          },
          std::move(coefficients)};
}

Result<Fit> FitBy(const std::string& method, const Points& points, int order,
                  const std::string& at) {
  if (method == "linear") return FitLinear(points);
  if (method == "log") return FitLog(points);
  if (method == "exp") return FitExp(points);
  if (method == "pow") return FitPow(points);
  if (method == "quad") return FitPolynomial(points, 2);
  if (method == "poly") return FitPolynomial(points, order);
  const std::vector<std::string> known = {"linear", "log", "exp", "pow", "quad", "poly"};
  return Status(Code::kChartInvalidSpec, "unknown regression method \"" + method + "\"")
      .WithHint(NearestNameHint(method, known))
      .At(JsonPointer(at, "method"));
}

double RSquared(const Points& points, const Curve& predict) {
  const double mean = MeanOf(points).y;
  double error = 0;
  double total = 0;
  for (const Point& p : points) {
    error += std::pow(p.y - predict(p.x), 2);
    total += std::pow(p.y - mean, 2);
  }
  return 1 - error / total;
}

double Tricube(double x) {
  const double y = 1 - x * x * x;
  return y * y * y;
}

// Fitted values of points in order of x, by local lines over the nearest `neighbours`, weighted
// again by their residuals twice.
std::vector<double> Loess(const Points& points, std::size_t neighbours, const Context& context) {
  constexpr int kRounds = 2;
  constexpr double kEpsilon = 1e-12;
  const std::size_t n = points.size();
  std::vector<double> fitted(n);
  std::vector<double> residuals(n);
  std::vector<double> robust(n, 1);
  for (int round = 0; round <= kRounds; ++round) {
    std::size_t left = 0;
    std::size_t right = std::min(neighbours, n) - 1;
    for (std::size_t i = 0; i < n; ++i) {
      context.Poll();
      const double x = points[i].x;
      const std::size_t edge = x - points[left].x > points[right].x - x ? left : right;
      const double reach = points[edge].x - x;
      const double scale = 1 / std::fabs(reach != 0 ? reach : 1);
      double w = 0;
      double sx = 0;
      double sy = 0;
      double sxy = 0;
      double sxx = 0;
      for (std::size_t k = left; k <= right; ++k) {
        const Point& p = points[k];
        const double weight = Tricube(std::fabs(x - p.x) * scale) * robust[k];
        w += weight;
        sx += p.x * weight;
        sy += p.y * weight;
        sxy += p.x * p.y * weight;
        sxx += p.x * p.x * weight;
      }
      const Line line = LeastSquares(sx / w, sy / w, sxy / w, sxx / w);
      fitted[i] = line.intercept + line.slope * x;
      residuals[i] = std::fabs(points[i].y - fitted[i]);
      if (i + 1 == n) continue;
      const double next = points[i + 1].x;
      while (right + 1 < n && i + 1 > left && points[right + 1].x - next <= next - points[left].x) {
        ++left;
        ++right;
      }
    }
    if (round == kRounds) break;
    std::vector<double> sorted = residuals;
    std::sort(sorted.begin(), sorted.end());
    const double median = QuantileOfSorted(sorted, 0.5);
    if (std::fabs(median) < kEpsilon) break;
    for (std::size_t i = 0; i < n; ++i) {
      const double part = residuals[i] / (6 * median);
      robust[i] = part >= 1 ? kEpsilon : std::pow(1 - part * part, 2);
    }
  }
  return fitted;
}

std::optional<std::array<double, 2>> ExtentOf(const std::vector<Json>& column,
                                              const Context& context) {
  std::optional<std::array<double, 2>> extent;
  std::size_t count = 0;
  for (const Json& value : column) {
    if (++count % Context::kPollInterval == 0) context.Poll();
    const Json number = ReadValue(value, Reading::kNumber);
    if (!IsValidNumber(number)) continue;
    const double x = number.AsDouble();
    const std::array<double, 2> so_far = extent.value_or(std::array<double, 2>{x, x});
    extent = {std::min(so_far[0], x), std::max(so_far[1], x)};
  }
  return extent;
}

Status Count(std::size_t work, const std::string& at, const Environment& env) {
  env.budget->steps += work;
  if (env.budget->steps <= kMaxExpressionSteps) return Status::Ok();
  return Status(Code::kLimitExceeded, "the transform reads too many rows too often")
      .WithHint("Sample or aggregate the rows first.")
      .At(at);
}

// The parameters of fits, one row a group: its fields, also as one list "keys" where Vega has them,
// the coefficients by power and the part of the variance that is explained.
Table ParamsTable(const Table& table, const std::vector<std::string>& fields,
                  const std::vector<RowList>& groups, std::vector<Json> coefficients,
                  std::vector<Json> squares, const Context& context) {
  Table out;
  out.row_count = groups.size();
  std::vector<Json> lists(groups.size(), Json::MakeArray());
  for (const std::string& field : fields) {
    const std::vector<Json> column = FieldColumn(table, field, context);
    std::vector<Json> keys;
    for (std::size_t i = 0; i < groups.size(); ++i) {
      keys.push_back(column[groups[i].front()]);
      lists[i].Append(keys.back());
    }
    SetColumn(&out, field, std::move(keys));
  }
  if (!fields.empty()) SetColumn(&out, "keys", std::move(lists));
  SetColumn(&out, "coef", std::move(coefficients));
  SetColumn(&out, "rSquared", std::move(squares));
  return out;
}

}  // namespace

Result<Table> DensityRows(const Table& table, const Json& spec, const std::string& at,
                          const Environment& env) {
  LOUPE_ASSIGN_OR_RETURN(const std::string field, TextMember(spec, "density", at));
  LOUPE_ASSIGN_OR_RETURN(const std::vector<std::string> fields, TextList(spec, "groupby", at));
  const auto flag = [&](const char* name) {
    const Json* value = spec.Find(name);
    return value != nullptr && value->IsBool() && value->AsBool();
  };
  const double steps = std::clamp(NumberOr(spec, "steps", 0), 0.0, kMaxSteps);
  double least = steps > 0 ? steps : std::clamp(NumberOr(spec, "minsteps", 25), 1.0, kMaxSteps);
  const double most =
      steps > 0 ? steps : std::clamp(NumberOr(spec, "maxsteps", 200), 1.0, kMaxSteps);
  std::optional<std::array<double, 2>> extent = PairOf(spec, "extent");
  const std::vector<Json> column = FieldColumn(table, field, *env.context);
  // Groups share their steps, so that they can be piled up.
  const std::string resolve = TextOr(spec, "resolve", "shared");
  const std::vector<RowList> groups = GroupBy(table, fields, *env.context);
  if (resolve == "shared") {
    least = most;
    if (!extent) extent = ExtentOf(column, *env.context);
  }
  CurveTable out(table, fields, OutputNames(spec, {"value", "density"}), *env.context);
  for (const RowList& rows : groups) {
    const std::vector<double> numbers = NumbersOf(column, rows);
    if (numbers.empty()) continue;
    LOUPE_RETURN_IF_ERROR(Count(numbers.size() * static_cast<std::size_t>(2 * most), at, env));
    double bandwidth = NumberOr(spec, "bandwidth", 0);
    if (!(bandwidth > 0)) bandwidth = ScottBandwidth(numbers);
    const Curve curve = KernelDensity(numbers, bandwidth, flag("cumulative"));
    const auto [low, high] = std::minmax_element(numbers.begin(), numbers.end());
    const std::array<double, 2> range = extent.value_or(std::array<double, 2>{*low, *high});
    const double scale = flag("counts") ? static_cast<double>(numbers.size()) : 1;
    for (const Point& p : SampleCurve(curve, range[0], range[1], least, most, *env.context)) {
      out.Add(rows.front(), {p.x, p.y * scale});
    }
  }
  return out.Finish();
}

Result<Table> QuantileRows(const Table& table, const Json& spec, const std::string& at,
                           const Environment& env) {
  LOUPE_ASSIGN_OR_RETURN(const std::string field, TextMember(spec, "quantile", at));
  LOUPE_ASSIGN_OR_RETURN(const std::vector<std::string> fields, TextList(spec, "groupby", at));
  std::vector<double> probabilities;
  const Json* given = spec.Find("probs");
  if (given != nullptr && given->IsArray()) {
    for (const Json& p : given->items()) {
      const bool inside = p.IsNumber() && p.AsDouble() >= 0 && p.AsDouble() <= 1;
      if (!inside) {
        return InvalidSpec("\"probs\" must hold numbers from 0 to 1", JsonPointer(at, "probs"));
      }
      probabilities.push_back(p.AsDouble());
    }
  } else {
    const double step = std::clamp(NumberOr(spec, "step", 0.01), 1 / kMaxSteps, 1.0);
    for (double i = 0; step / 2 + i * step < 1 - 1e-14; ++i) {
      probabilities.push_back(step / 2 + i * step);
    }
  }
  const std::vector<Json> column = FieldColumn(table, field, *env.context);
  CurveTable out(table, fields, OutputNames(spec, {"prob", "value"}), *env.context);
  for (const RowList& rows : GroupBy(table, fields, *env.context)) {
    std::vector<double> numbers = NumbersOf(column, rows);
    std::sort(numbers.begin(), numbers.end());
    for (const double p : probabilities) {
      if (!numbers.empty()) out.Add(rows.front(), {p, QuantileOfSorted(numbers, p)});
    }
  }
  return out.Finish();
}

Result<Table> RegressionRows(const Table& table, const Json& spec, const std::string& at,
                             const Environment& env) {
  LOUPE_ASSIGN_OR_RETURN(const std::string y, TextMember(spec, "regression", at));
  LOUPE_ASSIGN_OR_RETURN(const std::string x, TextMember(spec, "on", at));
  LOUPE_ASSIGN_OR_RETURN(const std::vector<std::string> fields, TextList(spec, "groupby", at));
  const std::string method = TextOr(spec, "method", "linear");
  const double order = NumberOr(spec, "order", 3);
  if (!(order >= 0 && order <= kMaxOrder)) {
    return InvalidSpec("\"order\" must be between 0 and 20", JsonPointer(at, "order"));
  }
  const Json* params = spec.Find("params");
  const bool wants_params = params != nullptr && params->IsBool() && params->AsBool();
  const std::vector<Json> xs = FieldColumn(table, x, *env.context);
  const std::vector<Json> ys = FieldColumn(table, y, *env.context);
  const std::optional<std::array<double, 2>> extent = PairOf(spec, "extent");
  CurveTable out(table, fields, OutputNames(spec, {x, y}), *env.context);
  std::vector<Json> coefficients;
  std::vector<Json> squares;
  const int degree = method == "poly" ? static_cast<int>(order) : method == "quad" ? 2 : 1;
  std::vector<RowList> fitted;
  for (const RowList& rows : GroupBy(table, fields, *env.context)) {
    const Points points = PointsOf(xs, ys, rows);
    if (points.size() <= static_cast<std::size_t>(degree)) {
      env.warnings->push_back({at, "a regression has too few points", ""});
      continue;
    }
    LOUPE_ASSIGN_OR_RETURN(const Fit fit, FitBy(method, points, static_cast<int>(order), at));
    if (wants_params) {
      Json list = Json::MakeArray();
      for (const double c : fit.coefficients) list.Append(c);
      coefficients.push_back(std::move(list));
      squares.emplace_back(RSquared(points, fit.predict));
      fitted.push_back(rows);
      continue;
    }
    std::array<double, 2> range = {points.front().x, points.front().x};
    for (const Point& p : points) range = {std::min(range[0], p.x), std::max(range[1], p.x)};
    if (extent) range = *extent;
    if (method == "linear") {
      for (const double at_x : range) out.Add(rows.front(), {at_x, fit.predict(at_x)});
      continue;
    }
    for (const Point& p : SampleCurve(fit.predict, range[0], range[1], 25, 200, *env.context)) {
      out.Add(rows.front(), p);
    }
  }
  if (!wants_params) return out.Finish();
  return ParamsTable(table, fields, fitted, std::move(coefficients), std::move(squares),
                     *env.context);
}

Result<Table> LoessRows(const Table& table, const Json& spec, const std::string& at,
                        const Environment& env) {
  LOUPE_ASSIGN_OR_RETURN(const std::string y, TextMember(spec, "loess", at));
  LOUPE_ASSIGN_OR_RETURN(const std::string x, TextMember(spec, "on", at));
  LOUPE_ASSIGN_OR_RETURN(const std::vector<std::string> fields, TextList(spec, "groupby", at));
  const double bandwidth = NumberOr(spec, "bandwidth", 0.3);
  if (!(bandwidth > 0 && bandwidth <= 1)) {
    return InvalidSpec("\"bandwidth\" must be above 0 and at most 1", JsonPointer(at, "bandwidth"));
  }
  const std::vector<Json> xs = FieldColumn(table, x, *env.context);
  const std::vector<Json> ys = FieldColumn(table, y, *env.context);
  CurveTable out(table, fields, OutputNames(spec, {x, y}), *env.context);
  for (const RowList& rows : GroupBy(table, fields, *env.context)) {
    Points points = PointsOf(xs, ys, rows);
    if (points.size() < 2) continue;
    std::stable_sort(points.begin(), points.end(),
                     [](const Point& a, const Point& b) { return a.x < b.x; });
    const Point mean = MeanOf(points);
    for (Point& p : points) p = {p.x - mean.x, p.y - mean.y};
    const auto near = std::max<std::size_t>(
        2, static_cast<std::size_t>(bandwidth * static_cast<double>(points.size())));
    LOUPE_RETURN_IF_ERROR(Count(3 * near * points.size(), at, env));
    const std::vector<double> fitted = Loess(points, near, *env.context);
    for (std::size_t i = 0; i < points.size();) {  // equal x have one point, at their mean
      std::size_t end = i;
      double total = 0;
      while (end < points.size() && points[end].x == points[i].x) total += fitted[end++];
      out.Add(rows.front(), {points[i].x + mean.x, total / static_cast<double>(end - i) + mean.y});
      i = end;
    }
  }
  return out.Finish();
}

}  // namespace loupe::chart
