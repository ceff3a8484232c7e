// Measures the text of a statement with PostgreSQL's own scanner before the parser sees it.
//
// The parser keeps no trace of brackets around an expression, so their nesting, which costs parser
// stack, can only be counted in the tokens. Strings, comments and quoted names are the scanner's
// business: what it returns is what the parser will read.
#ifndef LOUPE_PG_VALIDATE_TEXT_SIZE_HPP
#define LOUPE_PG_VALIDATE_TEXT_SIZE_HPP

#include "pg/validate/judge.hpp"

namespace loupe::pg {

// False, with the rule in `verdict`, when the text is too long or its brackets nest too deep.
[[nodiscard]] bool JudgeText(const JudgeRequest& request, Verdict* verdict);

}  // namespace loupe::pg

#endif  // LOUPE_PG_VALIDATE_TEXT_SIZE_HPP
