// Say: one sentence that answers, made from the reading and the rows that came back.
//
//   one value      "The count of flights is 336,776, where origin is JFK."
//   a ranking      "United has the highest average dep delay: 12.1."
//   a series       "The count of orders goes from 120 in January 2024 to 310 in December 2024, …"
//   no rows        "Nothing was found where country is Atlantis."
//
// Tested by test/unit/ask_say_test.cpp.
#ifndef LOUPE_CORE_ASK_SAY_HPP
#define LOUPE_CORE_ASK_SAY_HPP

#include <string>

#include "core/ask/read.hpp"
#include "core/base/rowset.hpp"
#include "core/semantic/model.hpp"

namespace loupe::ask {

// Finds columns by the query's members ("flights.count", "orders.ordered_at.month"), else by their
// position: dimensions, time dimensions, measures. A reading that is no answer yields its reason.
[[nodiscard]] std::string Say(const Reading& reading, const semantic::Model& model,
                              const RowSet& rows);

// A number as a person reads it: thousands separators; at most two decimals from 1 on, else three
// significant digits. Other values as text, periods of `grain` in words.
[[nodiscard]] std::string ValueInWords(const Json& value, const std::string& grain);

}  // namespace loupe::ask

#endif  // LOUPE_CORE_ASK_SAY_HPP
