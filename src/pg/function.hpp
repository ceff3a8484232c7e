// How SQL-callable functions are defined, how they read their arguments and give their results.
//
//   LOUPE_FUNCTION(loupe_ask_sql) {
//     const std::string question = RequiredText(fcinfo, 0, "question");
//     ...
//     return TextDatum(sql);
//   }
//
// The definition stands inside namespace loupe::pg; the symbol has C linkage all the same.
//
// Functions are not STRICT in SQL: a NULL that is not allowed is an error that names the argument.
// Text is UTF-8 inside, whatever the database's encoding.
#ifndef LOUPE_PG_FUNCTION_HPP
#define LOUPE_PG_FUNCTION_HPP

#include "pg/boundary.hpp"

extern "C" {
#include "nodes/execnodes.h"
}

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/json.hpp"

// Declares the C symbol, its call convention and the guarded body that follows. There is no other
// way to define an SQL-callable function.
#define LOUPE_FUNCTION(symbol)                                                         \
  static Datum symbol##_body(FunctionCallInfo fcinfo);                                 \
  extern "C" {                                                                         \
  PG_FUNCTION_INFO_V1(symbol);                                                         \
  Datum symbol(PG_FUNCTION_ARGS) { return ::loupe::pg::Guard(symbol##_body, fcinfo); } \
  }                                                                                    \
  static Datum symbol##_body([[maybe_unused]] FunctionCallInfo fcinfo)

namespace loupe::pg {

[[nodiscard]] bool IsNullArgument(FunctionCallInfo fcinfo, int index);
// Throws kNullValue, naming the argument, when it is NULL.
void RequireArgument(FunctionCallInfo fcinfo, int index, const char* name);

[[nodiscard]] std::string RequiredText(FunctionCallInfo fcinfo, int index, const char* name);
[[nodiscard]] std::optional<std::string> OptionalText(FunctionCallInfo fcinfo, int index);
[[nodiscard]] Json RequiredJson(FunctionCallInfo fcinfo, int index, const char* name);
[[nodiscard]] std::optional<Json> OptionalJson(FunctionCallInfo fcinfo, int index);
// Elements of a one-dimensional text[]; NULL elements are an error that names the argument.
[[nodiscard]] std::optional<std::vector<std::string>> OptionalTextArray(FunctionCallInfo fcinfo,
                                                                        int index,
                                                                        const char* name);

[[nodiscard]] Datum TextDatum(std::string_view text);
[[nodiscard]] Datum ByteaDatum(std::string_view bytes);
[[nodiscard]] Datum TextArrayDatum(const std::vector<std::string>& texts);
[[nodiscard]] Datum JsonbDatum(const Json& value);
// Returns SQL NULL from a function.
[[nodiscard]] Datum NullResult(FunctionCallInfo fcinfo);

// Conversion between the database's encoding and UTF-8.
[[nodiscard]] std::string FromServer(const char* text, std::size_t length);
[[nodiscard]] std::string FromServer(const char* text);
// The same, but bytes that are not text in the database's encoding become question marks.
[[nodiscard]] std::string FromServerLoosely(const char* text);
// A palloc'd copy in the database's encoding.
[[nodiscard]] char* ToServer(std::string_view text);

// Values of a composite or set result in order of its columns.
struct RowValue {
  Datum datum = 0;
  bool is_null = true;

  RowValue() = default;
  RowValue(Datum value) : datum(value), is_null(false) {}  // NOLINT(google-explicit-constructor)
};

// An empty text as NULL.
[[nodiscard]] RowValue TextOrNull(const std::string& text);

// A tuple of the function's declared composite type.
[[nodiscard]] Datum CompositeDatum(FunctionCallInfo fcinfo, const std::vector<RowValue>& values);

// Collects the rows of a set-returning function in a tuplestore of its declared row type.
class RowSink {
 public:
  explicit RowSink(FunctionCallInfo fcinfo);
  void Add(const std::vector<RowValue>& values);

 private:
  ReturnSetInfo* info_;
};

}  // namespace loupe::pg

#endif  // LOUPE_PG_FUNCTION_HPP
