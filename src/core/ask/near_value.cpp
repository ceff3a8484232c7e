#include "core/ask/near_value.hpp"

#include <algorithm>

#include "core/ask/thesaurus.hpp"
#include "core/ask/words.hpp"
#include "core/base/nearest.hpp"

namespace loupe::ask {
namespace {

bool IsWordByte(char c) {
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || static_cast<unsigned char>(c) >= 0x80;
}

// Of words of one length: whether two neighbours are swapped and all else is the same.
bool IsSwap(std::string_view a, std::string_view b) {
  const auto [first, other] = std::mismatch(a.begin(), a.end(), b.begin());
  if (a.end() - first < 2 || first[0] != other[1] || first[1] != other[0]) return false;
  return std::equal(first + 2, a.end(), other + 2);
}

}  // namespace

bool MayBeNear(const Token& token) {
  if (token.kind != TokenKind::kWord || token.lower.size() < kMinNearBytes) return false;
  const bool has_digit = std::any_of(token.lower.begin(), token.lower.end(),
                                     [](char c) { return c >= '0' && c <= '9'; });
  return !has_digit && !IsFunctionWord(token) && !IsKnownForm(token.lower);
}

bool IsSlip(std::string_view written, std::string_view meant) {
  if (written.size() < kMinNearBytes || written.front() != meant.front()) return false;
  if (EditDistance(written, meant, 1) != 1) return false;
  const bool is_wrong_letter = written.size() == meant.size() && !IsSwap(written, meant);
  return !is_wrong_letter || written.size() >= kMinSlipBytes;
}

bool HasNearWord(std::string_view value, std::string_view word) {
  for (std::size_t begin = 0; begin < value.size();) {
    std::size_t end = begin;
    while (end < value.size() && IsWordByte(value[end])) ++end;
    const std::string_view own = value.substr(begin, end - begin);
    const bool may = own.size() + 1 >= word.size() && own.size() <= word.size() + 1;
    if (may && !own.empty() && (own == word || IsSlip(word, own))) return true;
    begin = end + 1;
  }
  return false;
}

bool BeginsWithName(std::string_view value, std::string_view name) {
  return value.size() > name.size() && value.substr(0, name.size()) == name &&
         !IsWordByte(value[name.size()]);
}

}  // namespace loupe::ask
