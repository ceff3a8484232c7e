// Folds case as lower() of the database does.
#ifndef LOUPE_PG_FOLD_TEXT_HPP
#define LOUPE_PG_FOLD_TEXT_HPP

#include "pg/boundary.hpp"

#include <string>
#include <string_view>

namespace loupe::pg {

// Tells whether folding keeps the length of `text` and changes A-Z alone, as it does to ASCII.
[[nodiscard]] bool FoldsBytewise(std::string_view text);

// Text in the database's encoding, in and out. ASCII is folded without regard to the locale.
[[nodiscard]] std::string FoldText(std::string_view text);

}  // namespace loupe::pg

#endif  // LOUPE_PG_FOLD_TEXT_HPP
