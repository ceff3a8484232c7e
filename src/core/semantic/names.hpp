// Names: the words of models in JSON, and titles made from names.
//
// Each enumeration has one table of words; the parser, the writer and the hints read it.
//
// Tested by test/unit/semantic_model_test.cpp.
#ifndef LOUPE_CORE_SEMANTIC_NAMES_HPP
#define LOUPE_CORE_SEMANTIC_NAMES_HPP

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/semantic/model.hpp"

namespace loupe::semantic {

// The longest name that PostgreSQL keeps whole.
constexpr std::size_t kMaxNameBytes = 63;

// Tells whether `name` matches [A-Za-z_][A-Za-z0-9_]* and is at most 63 bytes long.
[[nodiscard]] bool IsMemberName(std::string_view name);

[[nodiscard]] const char* DimensionTypeName(DimensionType type);
[[nodiscard]] const char* AggregationName(Aggregation aggregation);
[[nodiscard]] const char* RelationshipName(Relationship relationship);
[[nodiscard]] const char* MeasureKindName(MeasureKind kind);
// The "type" of a measure in JSON: its aggregation, or the kind when it does not aggregate rows.
[[nodiscard]] std::string MeasureTypeName(const Measure& measure);
[[nodiscard]] const char* WeekdayName(int iso_day);  // 1 = "monday" … 7
[[nodiscard]] std::optional<DimensionType> ParseDimensionType(std::string_view name);
[[nodiscard]] std::optional<Aggregation> ParseAggregation(std::string_view name);
[[nodiscard]] std::optional<Relationship> ParseRelationship(std::string_view name);
// A kind that is the "type" of a measure; "aggregate" is none.
[[nodiscard]] std::optional<MeasureKind> ParseMeasureKind(std::string_view name);
[[nodiscard]] std::optional<int> ParseWeekday(std::string_view name);
[[nodiscard]] std::vector<std::string> DimensionTypeNames();
[[nodiscard]] std::vector<std::string> AggregationNames();
[[nodiscard]] std::vector<std::string> MeasureTypeNames();
[[nodiscard]] std::vector<std::string> WeekdayNames();
[[nodiscard]] std::vector<std::string> RelationshipNames();

// Splits a name at underscores and other marks and where the case or kind of letter changes, in
// lower case: "unitPrice_USD2" gives unit, price, usd2; "HTTPStatus" gives http, status.
[[nodiscard]] std::vector<std::string> SplitWords(std::string_view name);

// What at least three names all begin with in a house that marks its names: whole words, or letters
// where no name has marks between words ("sb" of sbcustomer, sbticker, sbprice). Empty where there
// is no such mark, or a name has nothing behind it. In lower case, without marks.
[[nodiscard]] std::string SharedMark(const std::vector<std::string>& names);

// "customer_id" gives "Customer Id", "unitPrice" "Unit Price".
[[nodiscard]] std::string TitleFromName(std::string_view name);

// The title as written, else the one made from the name.
[[nodiscard]] std::string TitleOf(const Labels& labels, std::string_view name);

}  // namespace loupe::semantic

#endif  // LOUPE_CORE_SEMANTIC_NAMES_HPP
