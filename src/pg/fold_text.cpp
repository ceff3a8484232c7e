#include "pg/postgres.hpp"

extern "C" {
#include "catalog/pg_collation.h"
#include "utils/formatting.h"
}

#include "pg/fold_text.hpp"

#include <algorithm>

#include "core/base/utf8.hpp"

namespace loupe::pg {

std::string FoldText(std::string_view text) {
  const bool is_ascii = std::all_of(text.begin(), text.end(), [](char c) {
    return static_cast<unsigned char>(c) < 0x80;  // in every encoding of a server
  });
  if (is_ascii) return AsciiLower(text);
  char* folded =
      Call([&]() noexcept { return str_tolower(text.data(), text.size(), DEFAULT_COLLATION_OID); });
  std::string result(folded);
  Call([&]() noexcept { pfree(folded); });
  return result;
}

}  // namespace loupe::pg
