// SqlType: what the compiler has to know of a column's type, read from its printed name.
//
//   ClassifyType("numeric(12,2)")             kNumeric
//   ClassifyType("timestamp with time zone")  kTimestampTz
//   ClassifyType("public.mood")               kUnknown: a type of the user's
//
// Only names that format_type prints for built-in types are known. An unknown type is trusted: the
// server checks what the compiler cannot.
//
// Tested by test/unit/semantic_sql_types_test.cpp.
#ifndef LOUPE_CORE_SEMANTIC_SQL_TYPES_HPP
#define LOUPE_CORE_SEMANTIC_SQL_TYPES_HPP

#include <string_view>

#include "core/semantic/model.hpp"

namespace loupe::semantic {

enum class SqlType {
  kUnknown,
  kText,       // text, character varying, name
  kCharacter,  // character(n): padded with blanks
  kSmallInteger,
  kInteger,
  kBigInteger,
  kNumeric,
  kReal,
  kDouble,
  kMoney,
  kInterval,
  kBoolean,
  kDate,
  kTimestamp,
  kTimestampTz,
  kOther,  // built in, neither text nor number nor time: uuid, jsonb, bytea, arrays, …
};

[[nodiscard]] SqlType ClassifyType(std::string_view data_type);

[[nodiscard]] bool IsNumber(SqlType type);

// Tells whether the aggregation is defined for the type; an unknown type fits every aggregation.
[[nodiscard]] bool Fits(Aggregation aggregation, SqlType type);

// Type of the aggregation's result; kUnknown where it is not certain.
[[nodiscard]] SqlType ResultType(Aggregation aggregation, SqlType type);

// SQL name of a type, for casts; null for kUnknown, kCharacter and kOther.
[[nodiscard]] const char* CastName(SqlType type);

}  // namespace loupe::semantic

#endif  // LOUPE_CORE_SEMANTIC_SQL_TYPES_HPP
