#include "core/chart/data/transform/transform.hpp"

#include "core/base/nearest.hpp"
#include "core/chart/data/transform/families.hpp"
#include "core/chart/parse/property.hpp"

namespace loupe::chart {
namespace {

// A transform changes the rows it is given, or makes others of them.
using Change = Result<Table> (*)(Table, const Json&, const std::string&, const Environment&);
using Make = Result<Table> (*)(const Table&, const Json&, const std::string&, const Environment&);

struct Entry {
  const char* name;
  Change change;
  Make make;
};

// A transform is named by its one member of these; "timeUnit" and "bin" stand before "aggregate"
// because no other names stand beside them.
constexpr Entry kTransforms[] = {{"filter", FilterRows, nullptr},
                                 {"calculate", CalculateRows, nullptr},
                                 {"bin", BinRows, nullptr},
                                 {"timeUnit", TimeUnitRows, nullptr},
                                 {"joinaggregate", JoinAggregateRows, nullptr},
                                 {"aggregate", nullptr, AggregateRows},
                                 {"window", WindowRows, nullptr},
                                 {"stack", StackRows, nullptr},
                                 {"fold", nullptr, FoldRows},
                                 {"flatten", FlattenRows, nullptr},
                                 {"impute", ImputeRows, nullptr},
                                 {"lookup", LookupRows, nullptr},
                                 {"pivot", nullptr, PivotRows},
                                 {"sample", SampleRows, nullptr},
                                 {"density", nullptr, DensityRows},
                                 {"quantile", nullptr, QuantileRows},
                                 {"regression", nullptr, RegressionRows},
                                 {"loess", nullptr, LoessRows}};

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
    if (found->change != nullptr) {
      LOUPE_ASSIGN_OR_RETURN(table, found->change(std::move(table), spec, at, environment));
    } else {
      LOUPE_ASSIGN_OR_RETURN(table, found->make(table, spec, at, environment));
    }
  }
  return table;
}

}  // namespace loupe::chart
