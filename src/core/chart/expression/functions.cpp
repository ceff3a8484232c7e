#include "core/chart/expression/functions.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "core/base/nearest.hpp"
#include "core/chart/limits.hpp"

namespace loupe::chart {
namespace {

// Functions of Vega that ask its scales, data sets, events, maps or log.
constexpr std::array<std::string_view, 55> kUnsupported = {"bandspace",
                                                           "bandwidth",
                                                           "containerSize",
                                                           "copy",
                                                           "data",
                                                           "debug",
                                                           "domain",
                                                           "encode",
                                                           "geoArea",
                                                           "geoBounds",
                                                           "geoCentroid",
                                                           "geoScale",
                                                           "geoShape",
                                                           "geoTranslate",
                                                           "gradient",
                                                           "group",
                                                           "inScope",
                                                           "indata",
                                                           "info",
                                                           "intersect",
                                                           "intersectLasso",
                                                           "invert",
                                                           "isTuple",
                                                           "item",
                                                           "lassoAppend",
                                                           "lassoPath",
                                                           "modify",
                                                           "panLinear",
                                                           "panLog",
                                                           "panPow",
                                                           "panSymlog",
                                                           "pathShape",
                                                           "pinchAngle",
                                                           "pinchDistance",
                                                           "range",
                                                           "scale",
                                                           "screen",
                                                           "setdata",
                                                           "treeAncestors",
                                                           "treePath",
                                                           "view",
                                                           "vlSelectionIdTest",
                                                           "vlSelectionResolve",
                                                           "vlSelectionTest",
                                                           "vlSelectionTuples",
                                                           "warn",
                                                           "windowSize",
                                                           "x",
                                                           "xy",
                                                           "y",
                                                           "zoomLinear",
                                                           "zoomLog",
                                                           "zoomPow",
                                                           "zoomSymlog",
                                                           "flush"};

const std::array<const std::vector<FunctionEntry>*, 7>& Families() {
  static const std::array<const std::vector<FunctionEntry>*, 7> kFamilies = {
      &MathFunctions(), &StatisticsFunctions(), &DateFunctions(), &ListFunctions(),
      &TextFunctions(), &TypeFunctions(),       &ColorFunctions()};
  return kFamilies;
}

}  // namespace

Status Evaluation::Step(std::size_t steps) {
  const std::size_t before = budget_->steps;
  budget_->steps += steps;
  if (before / Context::kPollInterval != budget_->steps / Context::kPollInterval) context_.Poll();
  if (budget_->steps <= kMaxExpressionSteps) return Status::Ok();
  return Status(Code::kLimitExceeded, "the chart's expressions take more than " +
                                          std::to_string(kMaxExpressionSteps) + " steps")
      .WithHint("Compute the values in the query.");
}

Status Evaluation::Build(std::size_t bytes) {
  if (bytes > kMaxExpressionValue) {
    return Status(Code::kLimitExceeded, "an expression builds a value of more than " +
                                            std::to_string(kMaxExpressionValue) + " bytes");
  }
  budget_->bytes += bytes;
  if (budget_->bytes <= kMaxExpressionBytes) return Status::Ok();
  return Status(Code::kLimitExceeded, "the chart's expressions build more than " +
                                          std::to_string(kMaxExpressionBytes) + " bytes of values")
      .WithHint("Compute the values in the query.");
}

double Evaluation::Random() {
  constexpr double kModulus = 2147483647;
  budget_->random_state = std::fmod(1103515245 * budget_->random_state + 12345, kModulus);
  return budget_->random_state / kModulus;
}

Result<const Json::Array*> Arguments::List(std::size_t index) const {
  const Value& value = (*this)[index];
  if (value.IsList()) return &value.json().items();
  return Refuse("takes a list, not " + std::string(value.IsText() ? "a text" : value.ToText()));
}

Status Arguments::Refuse(const std::string& reason) const {
  return Status(Code::kChartInvalidSpec,
                "function \"" + std::string(function_) + "\" of an expression " + reason);
}

Result<const FunctionEntry*> FindFunction(std::string_view name) {
  std::vector<std::string> known = {"if"};
  for (const auto* family : Families()) {
    for (const FunctionEntry& entry : *family) {
      if (entry.name == name) return &entry;
      known.emplace_back(entry.name);
    }
  }
  const std::string quoted = "\"" + std::string(name) + "\"";
  const bool eases = name.substr(0, 4) == "ease";  // of animations
  if (eases || std::find(kUnsupported.begin(), kUnsupported.end(), name) != kUnsupported.end()) {
    return Status(Code::kChartNotSupported,
                  "function " + quoted + " is not supported in expressions");
  }
  return Status(Code::kChartInvalidSpec, "expressions know no function " + quoted)
      .WithHint(NearestNameHint(name, known));
}

}  // namespace loupe::chart
