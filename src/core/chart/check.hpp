// Check: everything that is wrong with a specification, as a list instead of one error.
//
//   {"mark": "bar", "encoding": {"x": {"feild": "a"}}}
//     warning  /encoding/x/feild  unknown property "feild" of the channel  Did you mean "field"?
//
// Compilation ends at its first error. Checking takes the place of that error out of the
// specification and compiles the rest, again and again, so that each error is found that is not the
// consequence of another.
//
// Tested by test/unit/chart_check_test.cpp.
#ifndef LOUPE_CORE_CHART_CHECK_HPP
#define LOUPE_CORE_CHART_CHECK_HPP

#include <optional>
#include <string>
#include <vector>

#include "core/chart/compile.hpp"

namespace loupe::chart {

enum class Severity { kError, kWarning };

struct Finding {
  Severity severity = Severity::kError;
  std::string pointer;  // "" = the whole specification
  std::string message;
  std::string detail;  // may be empty, as the hint
  std::string hint;
};

[[nodiscard]] Finding FindingOf(const Status& error);
[[nodiscard]] Finding FindingOf(const Warning& warning);

constexpr std::size_t kMaxCheckedErrors = 20;  // no further ones are looked for

struct Checked {
  std::vector<Finding> findings;  // errors first
  std::optional<Scene> scene;     // where the chart could be drawn
};

// Compiles as Compile does. Without `data`, because its rows could not be had, the specification is
// only parsed, which says nothing of fields and scales.
[[nodiscard]] Checked Check(const Json& spec, const std::optional<std::vector<RowSet>>& data,
                            const CompileOptions& options, const TextMeasure& measure,
                            const Context& context);

}  // namespace loupe::chart

#endif  // LOUPE_CORE_CHART_CHECK_HPP
