// PlaceCodes: the codes that tables keep instead of the names of places.
//
//   California   CA     United States   US
//
// States of the USA by their postal codes, countries by ISO 3166-1 alpha-2.
//
// Tested by test/unit/ask_tables_test.cpp.
#ifndef LOUPE_CORE_ASK_PLACE_CODES_HPP
#define LOUPE_CORE_ASK_PLACE_CODES_HPP

#include <string_view>

namespace loupe::ask {

// The code of a place by its name in lower case; empty where there is none.
[[nodiscard]] std::string_view CodeOfPlace(std::string_view name);

}  // namespace loupe::ask

#endif  // LOUPE_CORE_ASK_PLACE_CODES_HPP
