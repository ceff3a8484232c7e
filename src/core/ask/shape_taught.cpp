#include "core/ask/shaper.hpp"

#include <algorithm>

namespace loupe::ask {

namespace {

constexpr int kFirstOfTaught = 2'000'000;  // numbers of alternatives that no word of grammar made

}  // namespace

// Tells whether conditions of other words are alternatives to this one.
bool Shaper::IsShared(int alternative) const {
  const auto& predicates = outline_.predicates;
  return alternative != 0 &&
         std::count_if(predicates.begin(), predicates.end(), [&](const Predicate& predicate) {
           return predicate.alternative == alternative;
         }) > 1;
}

// The filter of a word that was taught: all of its conditions, of each one of its alternatives.
void Shaper::AddTaught(const TaughtWord& word, bool negated, int alternative,
                       std::vector<FormCondition>* conditions) {
  const bool shared = IsShared(alternative);
  if (word.filter.size() > 1 && shared) {
    return Fail("\"" + word.term + "\" stands for several conditions, no alternative to others");
  }
  if (word.filter.size() > 1 && negated) return ExcludeTaught(word);
  for (const std::vector<FormCondition>& either : word.filter) {
    const bool several = either.size() > 1;
    if (several && shared && negated) {
      return Fail("\"" + word.term + "\" stands for several values, no alternative to others");
    }
    // None of several values: each of them is none.
    const bool joined = shared || (several && !negated);
    const int number = shared ? alternative : kFirstOfTaught + alternatives_++;
    for (FormCondition condition : either) {
      condition.negated = condition.negated != negated;
      condition.alternative = joined ? number : 0;
      conditions->push_back(std::move(condition));
    }
  }
}

// "not VIP" where several conditions make a VIP: there is no such row.
void Shaper::ExcludeTaught(const TaughtWord& word) {
  if (is_nested_) {
    return Fail("\"" + word.term +
                "\" stands for several conditions, which cannot be excluded here");
  }
  FormGroup group;
  group.entities.push_back(word.ref.entity);
  for (const std::vector<FormCondition>& either : word.filter) {
    const int number = either.size() > 1 ? kFirstOfTaught + alternatives_++ : 0;
    for (FormCondition condition : either) {
      condition.alternative = number;
      group.conditions.push_back(std::move(condition));
    }
  }
  excluded_.push_back(std::move(group));
}

}  // namespace loupe::ask
