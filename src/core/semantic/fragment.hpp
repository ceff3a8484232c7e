// Fragments: the SQL expressions of a model, written by its author over the row alias {T}.
//
//   BindFragment("{T}.quantity * {T}.unit_price", "order_items")
//     -- order_items.quantity * order_items.unit_price
//   BindFragment("CASE WHEN {T}.note = '{T}' THEN 1 END", "o")   -- the text '{T}' stays
//
// A fragment is scanned, not parsed: string constants, quoted names and dollar quotes are skipped
// as a whole. What could end the expression early or hide what follows it is refused: unbalanced
// brackets or quotes, a semicolon, a comment. Whether the rest is an expression, PostgreSQL says.
//
// Tested by test/unit/semantic_fragment_test.cpp.
#ifndef LOUPE_CORE_SEMANTIC_FRAGMENT_HPP
#define LOUPE_CORE_SEMANTIC_FRAGMENT_HPP

#include <string>
#include <string_view>

#include "core/base/status.hpp"

namespace loupe::semantic {

// Checks the fragment's shape; errors are kSemanticInvalidModel without a pointer.
[[nodiscard]] Status CheckFragment(std::string_view fragment);

// Replaces {T} outside of quotes by the alias, quoted as an identifier where needed. Demands a
// fragment that CheckFragment accepts.
[[nodiscard]] std::string BindFragment(std::string_view fragment, std::string_view alias);

}  // namespace loupe::semantic

#endif  // LOUPE_CORE_SEMANTIC_FRAGMENT_HPP
