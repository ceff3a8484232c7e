// Upper bounds for the values of expressions, as far as the statement itself decides them.
//
// Constants are followed through operators, casts, CASE, subqueries, VALUES and WITH queries:
// repeat('x', n) over (VALUES (1000000000)) AS v (n) is as large as with the number written in its
// place. What comes out of a table counts as small: it is there already, and the limits at run time
// hold for it. What an aggregate or a recursive query piles up has no bound.
#ifndef LOUPE_PG_VALIDATE_VALUE_BOUND_HPP
#define LOUPE_PG_VALIDATE_VALUE_BOUND_HPP

#include "pg/validate/inspect.hpp"

extern "C" {
#include "lib/stringinfo.h"
}

namespace loupe::pg {

// Bytes that the text or binary value of an expression may have; infinity when unbounded.
[[nodiscard]] double BytesOf(Node* expression, const Inspection* inspection);

// Decimal digits before the point that a number may have: log10 of its magnitude, at least 0.
[[nodiscard]] double DigitsOf(Node* expression, const Inspection* inspection);

// What DigitsOf says as a number: 10 to its power, with one that is small kept exact.
[[nodiscard]] double NumberOf(Node* expression, const Inspection* inspection);

// What is known of a text when the statement is judged.
enum class TextOrigin {
  kConstant,  // all of it: written to `text`, alternatives separated by "|"
  kData,      // parts come out of tables; each stands in `text` as one letter x
  kComputed,  // a function of constants makes it, which is not run here
};
[[nodiscard]] TextOrigin TextOf(Node* expression, const Inspection* inspection, StringInfo text);

}  // namespace loupe::pg

#endif  // LOUPE_PG_VALIDATE_VALUE_BOUND_HPP
