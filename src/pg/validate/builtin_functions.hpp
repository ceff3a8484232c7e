// What the reviewed list (functions.txt beside this file) says about a function of PostgreSQL.
//
//   OID -> memo of this backend -> verdict
//            | first time
//            `-> pg_proc, pg_type -> "lpad(text,int4)" -> binary search in the generated table
//
// The list is by signature, so one table serves every version, and a function that it does not know
// has no verdict.
// The list is checked against servers by scripts/check-functions.
#ifndef LOUPE_PG_VALIDATE_BUILTIN_FUNCTIONS_HPP
#define LOUPE_PG_VALIDATE_BUILTIN_FUNCTIONS_HPP

#include "pg/postgres.hpp"

namespace loupe::pg {

enum class FunctionKind : unsigned char {
  kDeny,
  kAllow,
  kBounded,  // when BoundCheck passes
  kInner,    // for the server's own machinery; a statement that calls it by name is refused
};

// Which static check of its arguments a bounded function needs.
enum class BoundCheck : unsigned char {
  kNone,
  kCount,      // repeat(text, count)
  kLength,     // length of the result, the second argument; a type modifier for casts
  kFormat,     // widths in the format string
  kFill,       // dimensions of array_fill
  kSpan,       // generate_series(start, stop[, step])
  kFactorial,  // the argument of factorial
  kPower,      // digits of numeric results
  kPattern,    // a regular expression
  kLike,       // a LIKE pattern
  kJsonpath,   // a jsonpath
  kXpath,      // an XPath expression
  kPoints,     // polygon(count, circle)
  kProduct,    // sizes of two arguments, multiplied
  kSet,        // the same, of a text and a set of characters
  kSquare,     // the size of the argument, squared
  kFigures,    // numbers of points of two figures, multiplied
  kDocument,   // the size of a text that is parsed
  kRank,       // terms of a text search query, squared
};

struct BuiltinFunction {
  FunctionKind kind;
  BoundCheck check;     // kNone unless kind is kBounded
  const char* section;  // its name in functions.txt
  const char* reason;   // completes "The function …": "reads or moves a sequence"
};

// Returns the verdict on a function, aggregate or procedure, or nullptr when it is no built-in one
// of pg_catalog or information_schema, or not on the list. The result lives as long as the library.
// The first call for an OID reads the system caches and may raise an ERROR; later ones read a
// byte.
[[nodiscard]] const BuiltinFunction* FindBuiltinFunction(Oid function);

}  // namespace loupe::pg

#endif  // LOUPE_PG_VALIDATE_BUILTIN_FUNCTIONS_HPP
