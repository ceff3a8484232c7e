// Property tables: what Vega-Lite allows in each kind of object, and what of it is drawn.
//
// A member of an object is one of four: drawn (its type is checked), ignored (it has no effect on a
// still picture), known but not drawn yet (kChartNotSupported, never drawn wrongly in silence) or
// unknown (a warning with the nearest name).
//
// Tested by test/unit/chart_parse_test.cpp.
#ifndef LOUPE_CORE_CHART_PARSE_PROPERTY_HPP
#define LOUPE_CORE_CHART_PARSE_PROPERTY_HPP

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/json.hpp"
#include "core/base/status.hpp"
#include "core/chart/compile.hpp"

namespace loupe::chart {

// Sets of JSON types.
using JsonTypes = std::uint8_t;
constexpr JsonTypes kNullType = 1;
constexpr JsonTypes kBoolType = 2;
constexpr JsonTypes kNumberType = 4;
constexpr JsonTypes kStringType = 8;
constexpr JsonTypes kArrayType = 16;
constexpr JsonTypes kObjectType = 32;

enum class Support : std::uint8_t { kDrawn, kIgnored, kNotDrawn };

struct Property {
  std::string_view name;
  JsonTypes types;
  Support support;
};

struct PropertyTable {
  std::string_view what;  // "axis", for messages
  const Property* entries;
  std::size_t size;
};

enum class ObjectKind {
  kTopLevel,
  kMark,
  kEncoding,
  kChannel,
  kScale,
  kAxis,
  kLegend,
  kTitle,
  kBin,
  kSortObject,
  kView,
  kConfig,
  kData,
  kHeader
};

[[nodiscard]] PropertyTable TableOf(ObjectKind kind);

// Checks each member of `object` against the table. Errors: kChartInvalidSpec for a wrong type,
// kChartNotSupported for what is not drawn, expressions and conditions included.
[[nodiscard]] Status CheckObject(const Json& object, ObjectKind kind, const std::string& pointer,
                                 std::vector<Warning>* warnings);

[[nodiscard]] JsonTypes TypeOf(const Json& value);

// kChartNotSupported for a feature of Vega-Lite that is not drawn yet.
[[nodiscard]] Status NotDrawn(const std::string& feature, std::string pointer);
// kChartInvalidSpec.
[[nodiscard]] Status InvalidSpec(std::string message, std::string pointer);

}  // namespace loupe::chart

#endif  // LOUPE_CORE_CHART_PARSE_PROPERTY_HPP
