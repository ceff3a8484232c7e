#include "core/ask/gender_codes.hpp"

#include <algorithm>

#include "core/ask/name_words.hpp"
#include "core/semantic/names.hpp"

namespace loupe::ask {

std::vector<std::string_view> CodesOfGender(std::string_view word) {
  static constexpr std::string_view kFemale[] = {"female", "females", "woman",
                                                 "women",  "girl",    "girls"};
  static constexpr std::string_view kMale[] = {"male", "males", "man", "men", "boy", "boys"};
  if (IsOneOf(kFemale, word)) return {"F", "Female"};
  if (IsOneOf(kMale, word)) return {"M", "Male"};
  return {};
}

bool KeepsGender(const std::string& column) {
  static constexpr std::string_view kNames[] = {"gender", "sex"};
  const std::vector<std::string> words = semantic::SplitWords(column);
  return std::any_of(words.begin(), words.end(),
                     [](const std::string& word) { return IsOneOf(kNames, word); });
}

}  // namespace loupe::ask
