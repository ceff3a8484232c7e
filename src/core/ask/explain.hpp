// Explain: a semantic query in plain words, so that a person can check how a question was read.
//
//   {"measures": ["flights.count"], "dimensions": ["flights.carrier"], "limit": 5, …}
//     = "count of flights, by carrier, where origin is JFK, in July 2013, highest first, top 5"
//
// Tested by test/unit/ask_say_test.cpp.
#ifndef LOUPE_CORE_ASK_EXPLAIN_HPP
#define LOUPE_CORE_ASK_EXPLAIN_HPP

#include <string>
#include <string_view>
#include <vector>

#include "core/ask/form.hpp"
#include "core/base/calendar.hpp"
#include "core/base/json.hpp"
#include "core/semantic/model.hpp"

namespace loupe::ask {

// Whether members are told with the entity they belong to: "total quantity of returns", "customer
// country"; needed where two readings differ in nothing else.
enum class Naming { kShort, kQualified };

// Members that the model does not have keep their names.
[[nodiscard]] std::string Explain(const Json& query, const semantic::Model& model,
                                  Naming naming = Naming::kShort);

// A form that is a statement over tables, in plain words.
[[nodiscard]] std::string Explain(const Form& form, const semantic::Model& model,
                                  Naming naming = Naming::kShort);

// The conditions of the form alone; empty without any.
[[nodiscard]] std::string ExplainFilters(const Form& form, const semantic::Model& model,
                                         Naming naming = Naming::kShort);

// The conditions of the query alone, "where origin is JFK, in July 2013"; empty without any.
[[nodiscard]] std::string ExplainFilters(const Json& query, const semantic::Model& model,
                                         Naming naming = Naming::kShort);

// "count of flights", "average dep delay", "carrier", "airline name" for airlines.name.
[[nodiscard]] std::string MemberInWords(std::string_view member, const semantic::Model& model,
                                        Naming naming = Naming::kShort);

// "July 2013", "2013", "Q3 2013", "7 March 2024" or "2013-07-03 to 2013-07-09".
[[nodiscard]] std::string RangeInWords(std::string_view from, std::string_view to);

// The period of a unit that begins at `start`: "July 2013", "2013", "Q3 2013", "2013-07-01".
[[nodiscard]] std::string PeriodInWords(const DateTime& start, TimeUnit unit);

// "a, b and c" where `last` is "and".
[[nodiscard]] std::string JoinWords(const std::vector<std::string>& words, std::string_view last);

}  // namespace loupe::ask

#endif  // LOUPE_CORE_ASK_EXPLAIN_HPP
