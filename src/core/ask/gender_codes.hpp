// GenderCodes: what tables keep for the words that tell men from women.
//
//   female students   student.sex = 'F'     men   people.gender = 'Male'
//
// A code of one letter means much else, so that it only counts in a column of the gender.
//
// Tested by test/unit/ask_tables_test.cpp.
#ifndef LOUPE_CORE_ASK_GENDER_CODES_HPP
#define LOUPE_CORE_ASK_GENDER_CODES_HPP

#include <string>
#include <string_view>
#include <vector>

namespace loupe::ask {

// The values that a word in lower case may stand for; none for other words.
[[nodiscard]] std::vector<std::string_view> CodesOfGender(std::string_view word);

// Tells whether a column of that name keeps the gender.
[[nodiscard]] bool KeepsGender(const std::string& column);

}  // namespace loupe::ask

#endif  // LOUPE_CORE_ASK_GENDER_CODES_HPP
