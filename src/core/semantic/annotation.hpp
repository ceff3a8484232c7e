// Annotation: what the columns of an answer are, in the shape that Cube's clients read.
//
//   {"measures": {"orders.count": {"title": "Orders Count", "shortTitle": "Count",
//                                  "type": "number"}},
//    "dimensions": {}, "segments": {},
//    "timeDimensions": {"orders.created_at.month": {…, "type": "time",
//                       "granularity": {"name": "month", "title": "Month", "interval": "1
//                       month"}}}}
//
// Tested by test/unit/semantic_compile_test.cpp.
#ifndef LOUPE_CORE_SEMANTIC_ANNOTATION_HPP
#define LOUPE_CORE_SEMANTIC_ANNOTATION_HPP

#include <string>

#include "core/base/json.hpp"
#include "core/semantic/compile.hpp"

namespace loupe::semantic {

// A format by name, or a number format in the way Cube tells the two apart.
[[nodiscard]] Json FormatToJson(const std::string& format);

// {"name", "title", "interval"[, "offset"]}.
[[nodiscard]] Json GranularityToJson(const Granularity& granularity);

// Annotates the columns of a compiled query.
[[nodiscard]] Json Annotation(const Compiled& compiled);

}  // namespace loupe::semantic

#endif  // LOUPE_CORE_SEMANTIC_ANNOTATION_HPP
