// FormToQuery: a form as a query of the semantic layer, where one can say it.
//
//   outputs [flights.carrier, avg(flights.dep_delay)], groups [flights.carrier]
//     {"measures": ["flights.avg_dep_delay"], "dimensions": ["flights.carrier"]}
//
// A governed model answers by nothing else: its measures, access rules and segments hold. Over
// tables, only forms that need the layer's time series come here; the others are SQL at once.
//
// Tested by test/unit/ask_read_test.cpp.
#ifndef LOUPE_CORE_ASK_FORM_QUERY_HPP
#define LOUPE_CORE_ASK_FORM_QUERY_HPP

#include "core/ask/form.hpp"
#include "core/base/json.hpp"
#include "core/base/status.hpp"

namespace loupe::ask {

// Errors: kNotSupported, naming in words what no query can say.
[[nodiscard]] Result<Json> FormToQuery(const Form& form, const semantic::Model& model);

// The key of a value in the query's result: "flights.carrier", "flights.time_hour.month".
[[nodiscard]] std::string MemberOf(const FormValue& value, const Form& form,
                                   const semantic::Model& model);

}  // namespace loupe::ask

#endif  // LOUPE_CORE_ASK_FORM_QUERY_HPP
