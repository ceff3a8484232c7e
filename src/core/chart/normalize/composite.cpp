#include "core/chart/normalize/composite.hpp"

#include "core/chart/normalize/boxplot.hpp"
#include "core/chart/normalize/error_mark.hpp"

namespace loupe::chart {
namespace {

std::string NameOf(const Json& mark) {
  const Json* type = mark.IsObject() ? mark.Find("type") : &mark;
  return type != nullptr && type->IsString() ? type->AsString() : "";
}

}  // namespace

bool IsCompositeMark(const Json& mark) {
  const std::string name = NameOf(mark);
  return name == "boxplot" || name == "errorbar" || name == "errorband";
}

Result<Json> ExpandComposite(const Json& unit, const Json& config, const std::string& pointer,
                             std::vector<Warning>* warnings) {
  LOUPE_ASSIGN_OR_RETURN(const CompositeUnit composite, ReadComposite(unit, config, pointer));
  if (warnings != nullptr && unit.Find("params") != nullptr) {
    warnings->push_back({JsonPointer(pointer, "params"),
                         "parameters have no effect on mark \"" + composite.name + "\"", ""});
  }
  if (composite.name == "boxplot") return ExpandBoxPlot(composite, warnings);
  return ExpandErrorMark(composite, warnings);
}

}  // namespace loupe::chart
