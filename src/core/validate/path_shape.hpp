// Finds XPath and SQL/JSON path expressions whose cost may explode, from their text alone.
//
// An XPath search runs inside libxml2, which never looks at PostgreSQL's cancel: on a document of a
// few thousand elements two searches in one path, or a search in a predicate, take minutes. So one
// descendant search is allowed, none inside a predicate. A JSON path looks at cancel; of it only
// the regular expressions and the number of recursive searches are judged.
//
// Tested by test/unit/validate_path_shape_test.cpp.
#ifndef LOUPE_CORE_VALIDATE_PATH_SHAPE_HPP
#define LOUPE_CORE_VALIDATE_PATH_SHAPE_HPP

#include <cstddef>
#include <string_view>

#include "core/validate/regex_shape.hpp"

namespace loupe::validate {

enum class PathRisk {
  kNone,
  kTooLong,       // more than kMaxPathBytes
  kManySearches,  // more than one "//"
  kAxis,          // an axis such as "preceding::", a search that goes back up or has a union
  kPredicate,     // a predicate that searches, nests or counts
  kManyParts,     // more than kMaxPathParts steps, predicates and unions
  kRegex,         // a like_regex that AssessRegex refuses
};

constexpr std::size_t kMaxPathBytes = 1024;
constexpr int kMaxPathParts = 64;

// XPath 1.0. O(length).
[[nodiscard]] PathRisk AssessXpath(std::string_view path) noexcept;

// A jsonpath as its output function prints it. O(length).
[[nodiscard]] PathRisk AssessJsonpath(std::string_view path) noexcept;

// What to tell the user: "searches the document more than once". Demands risk != kNone.
[[nodiscard]] const char* DescribeRisk(PathRisk risk) noexcept;

}  // namespace loupe::validate

#endif  // LOUPE_CORE_VALIDATE_PATH_SHAPE_HPP
