// Gradable: adjectives that compare, what they measure and which end of it they mean.
//
//   oldest            age: the greatest      date of birth, year founded: the least
//   least expensive   price, cost: the least
//   highest           height, elevation and any other number: the greatest
//
// What a thing measures in amounts grows with the adjective or against it; what it stores as a
// point in time may run the other way: the oldest singer has the greatest age and the least year of
// birth. Such nouns are the `instants` of an adjective.
//
// Tested by test/unit/ask_gradable_test.cpp.
#ifndef LOUPE_CORE_ASK_GRADABLE_HPP
#define LOUPE_CORE_ASK_GRADABLE_HPP

#include <optional>
#include <string_view>
#include <vector>

namespace loupe::ask {

enum class Degree { kPositive, kComparative, kSuperlative };

enum class End { kLeast, kGreatest };

// Reach of an adjective beyond the nouns it names.
enum class Reach {
  kNamed,      // "tall": only its attributes and instants
  kAnyNumber,  // "high": any number that the question names, its attributes first
  kCount,      // "most": any number, and how many there are of a thing
};

// Views of constants.
struct Gradable {
  std::string_view adjective;  // "old"
  Degree degree = Degree::kPositive;
  End end = End::kGreatest;                  // of the attributes; the other one of the instants
  std::vector<std::string_view> attributes;  // nouns, the likeliest first
  std::vector<std::string_view> instants;
  Reach reach = Reach::kNamed;
};

// Reads a form of a known adjective in lower case ("old", "older", "oldest") or one behind "more",
// "most", "less" or "least" ("least expensive"), a participle also behind "highest", "better" and
// the like ("best paid"); nothing for other words.
[[nodiscard]] std::optional<Gradable> GradableOf(std::string_view words);

// Which end of what `noun` names the word asks for: kLeast for "oldest" and "birth date". Nothing
// when the adjective does not measure it.
[[nodiscard]] std::optional<End> EndOn(const Gradable& gradable, std::string_view noun);

[[nodiscard]] End OtherEnd(End end);

}  // namespace loupe::ask

#endif  // LOUPE_CORE_ASK_GRADABLE_HPP
