// Encodings as JSON before they are parsed: types inferred, short forms written out; and the
// transforms that their channels hold, taken out.
//
//   {"x": {"bin": true, "field": "a"}, "y": {"aggregate": "mean", "field": "b"}}
//   -> {"x": {"bin": {"maxbins": 10}, "field": "a", "type": "quantitative"}, …}
//   -> transforms [{"bin": {"maxbins": 10}, "field": "a", "as": "bin_maxbins_10_a"}],
//      aggregate [{"op": "mean", "as": "mean_b", "field": "b"}],
//      groupby ["bin_maxbins_10_a", "bin_maxbins_10_a_end"],
//      encoding {"x2": {"field": "bin_maxbins_10_a_end"}, "x": {"field": "bin_maxbins_10_a",
//      "bin": "binned", "title": "a (binned)", "type": "quantitative"}, …}
//
// Tested by test/unit/chart_composite_test.cpp.
#ifndef LOUPE_CORE_CHART_NORMALIZE_ENCODING_HPP
#define LOUPE_CORE_CHART_NORMALIZE_ENCODING_HPP

#include "core/base/json.hpp"

namespace loupe::chart {

// The encoding with each single definition in its normal form: a scalar is a value, a field or
// datum has its type, bins and time units are objects, "sort": "-y" is an object. Lists, and what
// has a wrong type, stay as they are for the parser to judge.
[[nodiscard]] Json NormalEncoding(const Json& encoding);

struct ExtractedEncoding {
  Json transforms;  // bins, then time units
  Json aggregate;   // operations of an aggregate transform
  Json groupby;     // its groups, each once
  Json encoding;    // reads what the transforms make
};

// Takes bins, time units and aggregations out of a normal encoding. A binned "x" or "y" brings its
// "x2" or "y2" along. As in Vega-Lite a list of which the last member is derived is that member
// alone, and a field within a condition is no group.
[[nodiscard]] ExtractedEncoding ExtractTransforms(const Json& encoding, const Json& config);

}  // namespace loupe::chart

#endif  // LOUPE_CORE_CHART_NORMALIZE_ENCODING_HPP
