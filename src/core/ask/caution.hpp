// Caution: what a person should know before believing the rows of an answer.
//
//   no rows, or a count of 0     "nothing meets the conditions: where country is Atlantis"
//   an average that is null      "no rows have a value to aggregate"
//   as many rows as a statement gives at most   "there may be more than these 10,000 rows"
//
// An aggregate over rows that a join repeats is no caution: such a statement is never made.
//
// Tested by test/unit/ask_caution_test.cpp.
#ifndef LOUPE_CORE_ASK_CAUTION_HPP
#define LOUPE_CORE_ASK_CAUTION_HPP

#include <string>
#include <vector>

#include "core/ask/read.hpp"
#include "core/base/rowset.hpp"
#include "core/semantic/model.hpp"

namespace loupe::ask {

// Looks at the rows of a reading that is an answer; linear in the columns of the first row.
[[nodiscard]] std::vector<std::string> CautionsOf(const Reading& reading,
                                                  const semantic::Model& model, const RowSet& rows);

}  // namespace loupe::ask

#endif  // LOUPE_CORE_ASK_CAUTION_HPP
