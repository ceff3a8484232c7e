// ValueSource: where the engine asks whether a phrase of the question is a stored value.
//
// The server answers with one gated statement as the caller, tests with a table in memory.
#ifndef LOUPE_CORE_ASK_VALUES_HPP
#define LOUPE_CORE_ASK_VALUES_HPP

#include <cstddef>
#include <string>
#include <vector>

namespace loupe::ask {

struct ValueMatch {
  std::string entity;
  std::string dimension;
  std::string value;          // as stored
  std::size_t candidate = 0;  // index into the candidates
};

constexpr std::size_t kMaxValueCandidates = 64;
constexpr std::size_t kMaxValueWords = 4;
constexpr std::size_t kMaxNearWords = 4;
constexpr std::size_t kMaxNearValues = 200;  // of a word

class ValueSource {
 public:
  virtual ~ValueSource() = default;

  // Finds the values that equal a candidate when case is ignored, in public string dimensions that
  // the caller may read. Called at most once a question, with at most kMaxValueCandidates.
  [[nodiscard]] virtual std::vector<ValueMatch> Lookup(
      const std::vector<std::string>& candidates) const = 0;

  // Finds values that have a word which is one of `words` (lower case) or one slip away from it
  // (near_value.hpp), in the same dimensions; `candidate` is the word's index. Nothing for a word
  // that very many values have. Called at most once a question, with at most kMaxNearWords.
  [[nodiscard]] virtual std::vector<ValueMatch> LookupNear(
      const std::vector<std::string>& words) const {
    (void)words;
    return {};
  }
};

}  // namespace loupe::ask

#endif  // LOUPE_CORE_ASK_VALUES_HPP
