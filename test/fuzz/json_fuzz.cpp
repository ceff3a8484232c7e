// Any bytes: an error or a value, and a value's text reads back as the same value.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "core/base/json.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const loupe::Result<loupe::Json> json = loupe::ParseJson(text);
  if (!json.ok()) return 0;
  const std::string dumped = json.value().Dump();
  const loupe::Result<loupe::Json> again = loupe::ParseJson(dumped);
  if (!again.ok() || again.value() != json.value() || again.value().Dump() != dumped) std::abort();
  return 0;
}
