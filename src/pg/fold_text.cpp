#include "pg/postgres.hpp"

extern "C" {
#include "catalog/pg_collation.h"
#include "utils/formatting.h"
}

#include "pg/fold_text.hpp"

#include <algorithm>
#include <cstdint>
#include <cstring>

#include "core/base/utf8.hpp"

namespace loupe::pg {

bool FoldsBytewise(std::string_view text) {
  constexpr std::uint64_t kHighBits = 0x8080808080808080;
  std::size_t at = 0;
  for (; at + sizeof(std::uint64_t) <= text.size(); at += sizeof(std::uint64_t)) {
    std::uint64_t bytes = 0;
    std::memcpy(&bytes, text.data() + at, sizeof bytes);
    if ((bytes & kHighBits) != 0) return false;
  }
  return std::all_of(text.begin() + static_cast<std::ptrdiff_t>(at), text.end(), [](char c) {
    return static_cast<unsigned char>(c) < 0x80;  // in every encoding of a server
  });
}

std::string FoldText(std::string_view text) {
  if (FoldsBytewise(text)) return AsciiLower(text);
  char* folded =
      Call([&]() noexcept { return str_tolower(text.data(), text.size(), DEFAULT_COLLATION_OID); });
  std::string result(folded);
  Call([&]() noexcept { pfree(folded); });
  return result;
}

}  // namespace loupe::pg
