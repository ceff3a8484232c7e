#include "core/chart/data/transform/transform.hpp"

#include "core/base/nearest.hpp"
#include "core/chart/data/transform/families.hpp"
#include "core/chart/parse/property.hpp"

namespace loupe::chart {
namespace {

using Function = Result<Table> (*)(Table, const Json&, const std::string&, const Environment&);

struct Entry {
  const char* name;
  Function function;
};

// A transform is named by its one member of these; "timeUnit" and "bin" stand before "aggregate"
// because no other names stand beside them.
constexpr Entry kTransforms[] = {{"filter", FilterRows},
                                 {"calculate", CalculateRows},
                                 {"bin", BinRows},
                                 {"timeUnit", TimeUnitRows},
                                 {"joinaggregate", JoinAggregateRows},
                                 {"aggregate", AggregateRows},
                                 {"window", WindowRows},
                                 {"stack", StackRows},
                                 {"fold", FoldRows},
                                 {"flatten", FlattenRows},
                                 {"impute", ImputeRows},
                                 {"lookup", LookupRows},
                                 {"pivot", PivotRows},
                                 {"sample", SampleRows},
                                 {"density", DensityRows},
                                 {"quantile", QuantileRows},
                                 {"regression", RegressionRows},
                                 {"loess", LoessRows}};

Status UnknownTransform(const Json& spec, const std::string& at) {
  std::vector<std::string> names;
  for (const Entry& entry : kTransforms) names.emplace_back(entry.name);
  const std::string given = spec.members().empty() ? "" : spec.members().front().name;
  return Status(Code::kChartInvalidSpec, "unknown transform \"" + given + "\"")
      .WithHint(NearestNameHint(given, names))
      .At(at);
}

}  // namespace

Result<Table> ApplyTransforms(Table input, const Json& transforms, const std::string& pointer,
                              const TransformEnvironment& environment) {
  Table table = std::move(input);
  for (std::size_t i = 0; i < transforms.items().size(); ++i) {
    environment.context->Poll();
    const Json& spec = transforms.items()[i];
    const std::string at = JsonPointer(pointer, i);
    if (!spec.IsObject()) return InvalidSpec("a transform must be an object", at);
    if (spec.Find("extent") != nullptr && spec.Find("param") != nullptr) {
      return NotDrawn("the \"extent\" transform", at);
    }
    const Entry* found = nullptr;
    for (const Entry& entry : kTransforms) {
      if (found == nullptr && spec.Find(entry.name) != nullptr) found = &entry;
    }
    if (found == nullptr) return UnknownTransform(spec, at);
    LOUPE_ASSIGN_OR_RETURN(table, found->function(std::move(table), spec, at, environment));
  }
  return table;
}

}  // namespace loupe::chart
