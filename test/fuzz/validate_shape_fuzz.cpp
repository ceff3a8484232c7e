// Shapes of patterns, paths and formats: any bytes end in a verdict, soon.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "core/validate/format_widths.hpp"
#include "core/validate/path_shape.hpp"
#include "core/validate/regex_shape.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  (void)loupe::validate::AssessRegex(text, "");
  (void)loupe::validate::AssessXpath(text);
  (void)loupe::validate::AssessJsonpath(text);
  (void)loupe::validate::MeasureFormat(text);
  return 0;
}
