// Compiles a Vega-Lite specification into a scene.
//
//   spec ─ Parse ─▶ tree of views ─ Model ─▶ units with datasets, scales that they share
//          (parse/, normalize/)          (model.hpp, data/)
//        ─ Compose ─▶ a view at a time: scales, marks, axes, legends, titles, layout ─▶ Scene
//          (compose.hpp, scale/, mark/, guide/, layout/)
//
// Every phase is a pure function of plain data; the same input gives the same scene. Behaviour
// follows Vega-Lite 6 and Vega 6. What is valid Vega-Lite but not drawn yet is kChartNotSupported,
// which names the feature; it is never drawn wrongly in silence.
//
//   Result<Compiled> compiled = Compile(spec, {}, CompileOptions{}, measure, Context());
//
// Tested by test/unit/chart_compile_test.cpp, chart_golden_test.cpp and
// test/fuzz/chart_compile_fuzz.cpp.
#ifndef LOUPE_CORE_CHART_COMPILE_HPP
#define LOUPE_CORE_CHART_COMPILE_HPP

#include <optional>
#include <string>
#include <vector>

#include "core/base/context.hpp"
#include "core/base/json.hpp"
#include "core/base/rowset.hpp"
#include "core/base/status.hpp"
#include "core/chart/scene.hpp"
#include "core/chart/text/measure.hpp"

namespace loupe::chart {

// Where a data object says that its rows come from; the key of the same name in lower case.
enum class DataKind { kSql, kRelation, kSemantic, kName, kUrl };

struct DataRequest {
  std::string pointer;  // JSON pointer of the data object
  DataKind kind = DataKind::kSql;
  Json value;  // the value of the key: {"sql": "SELECT …"} gives "SELECT …"
};

// Lists the data that the spec asks its host for, in document order; inline values ask for nothing.
// Errors: kChartInvalidSpec where a data object is none.
[[nodiscard]] Result<std::vector<DataRequest>> RequestedData(const Json& spec);

// Something in the spec that was ignored or replaced; drawing went on.
struct Warning {
  std::string pointer;
  std::string message;
  std::string hint;  // may be empty
};

struct CompileOptions {
  Json theme = Json::MakeObject();   // above Vega-Lite's defaults; see ThemeConfig
  Json config = Json::MakeObject();  // above the theme, below the spec's own config
  Json params = Json::MakeObject();  // values that replace those of the spec's parameters
  std::optional<double> width;       // pixels; overrides the spec's
  std::optional<double> height;
  bool describes = true;  // gives items aria labels and tooltips, which SVG and text show
};

struct Compiled {
  Scene scene;
  std::vector<Warning> warnings;
};

// Compiles `spec`; `data` holds the rows of each of RequestedData(spec), in its order.
// Errors: kChartInvalidSpec, kChartNotSupported and kChartInvalidData, each with the JSON pointer;
// kLimitExceeded names the limit of limits.hpp.
[[nodiscard]] Result<Compiled> Compile(const Json& spec, const std::vector<RowSet>& data,
                                       const CompileOptions& options, const TextMeasure& measure,
                                       const Context& context);

}  // namespace loupe::chart

#endif  // LOUPE_CORE_CHART_COMPILE_HPP
