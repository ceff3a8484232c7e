// What the statement itself decides about the values of its expressions.
//
// Constants are followed through operators, casts, CASE, subqueries, VALUES and WITH queries:
// repeat('x', n) over (VALUES (1000000000)) AS v (n) is as large as with the number written in its
// place. What comes out of a table is data: it is there already, and the limits at run time hold
// for what is made of it, as they do for what aggregates and recursive queries pile up.
#ifndef LOUPE_PG_VALIDATE_VALUE_BOUND_HPP
#define LOUPE_PG_VALIDATE_VALUE_BOUND_HPP

#include "pg/validate/follow.hpp"
#include "pg/validate/inspect.hpp"

extern "C" {
#include "lib/stringinfo.h"
}

namespace loupe::pg {

// Bytes that a value may have at most; infinity when nothing bounds it. A column of a table counts
// as one of kColumnBytes.
[[nodiscard]] double BytesOf(Node* expression, const Inspection* inspection);

// A number as far as constants decide it.
struct KnownNumber {
  bool is_data = true;  // a table, an aggregate or a function that is not followed has a part in it
  double value = 0;     // about; ±infinity when a double cannot hold it
  double digits = 0;    // log10 of its magnitude, at least 0; of a text its length
};
[[nodiscard]] KnownNumber NumberOf(Node* expression, const Inspection* inspection);

// What is known of a text when the statement is judged.
enum class TextOrigin {
  kConstant,  // all of it: written to `text`, alternatives separated by "|"
  kData,      // parts come out of tables or are piled up; each stands in `text` as one letter x
  kComputed,  // a function of constants makes it, which is not run here
};
[[nodiscard]] TextOrigin TextOf(Node* expression, const Inspection* inspection, StringInfo text);

namespace detail {

double BytesAt(Place place, int* effort);
KnownNumber NumberAt(Place place, int* effort);
TextOrigin TextAt(Place place, int* effort, StringInfo text);

}  // namespace detail
}  // namespace loupe::pg

#endif  // LOUPE_PG_VALIDATE_VALUE_BOUND_HPP
