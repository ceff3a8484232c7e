#include "core/chart/check.hpp"

#include <utility>

#include "core/chart/parse/parse.hpp"

namespace loupe::chart {
namespace {

void AddWarnings(const std::vector<Warning>& warnings, std::vector<Finding>* findings) {
  for (const Warning& warning : warnings) findings->push_back(FindingOf(warning));
}

// What parsing alone has to say. Its error is the one that compiling ended with, if it has one.
void AddParsed(const Json& spec, const CompileOptions& options, const Context& context,
               std::vector<Finding>* findings) {
  std::vector<Warning> warnings;
  const Status status =
      ParseSpec(spec, {options.theme, options.config, options.params}, context, &warnings).status();
  if (!status.ok() && findings->empty()) findings->push_back(FindingOf(status));
  AddWarnings(warnings, findings);
}

}  // namespace

Finding FindingOf(const Status& error) {
  return {Severity::kError, error.pointer(), error.message(), error.detail(), error.hint()};
}

Finding FindingOf(const Warning& warning) {
  return {Severity::kWarning, warning.pointer, warning.message, "", warning.hint};
}

Checked Check(const Json& spec, const std::optional<std::vector<RowSet>>& data,
              const CompileOptions& options, const TextMeasure& measure, const Context& context) {
  Checked checked;
  if (data) {
    Result<Compiled> compiled = Compile(spec, *data, options, measure, context);
    if (compiled.ok()) {
      AddWarnings(compiled.value().warnings, &checked.findings);
      checked.scene = std::move(compiled.value().scene);
      return checked;
    }
    checked.findings.push_back(FindingOf(compiled.status()));
  }
  AddParsed(spec, options, context, &checked.findings);
  return checked;
}

}  // namespace loupe::chart
