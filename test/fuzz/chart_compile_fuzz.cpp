// Compiles any bytes that are JSON; nothing may crash, hang or leak.
#include "chart_fuzz.hpp"

namespace {

class FixedMeasure : public loupe::chart::TextMeasure {
 public:
  [[nodiscard]] double Width(const loupe::chart::FontSpec& font,
                             std::string_view text) const override {
    return 0.6 * font.size * static_cast<double>(text.size());
  }
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const loupe::Result<loupe::Json> spec = loupe::ParseJson(text);
  if (!spec.ok()) return 0;
  const auto rows = loupe::chart::FuzzRows(spec.value());
  if (!rows.ok()) return 0;
  const auto compiled =
      loupe::chart::Compile(spec.value(), rows.value(), {}, FixedMeasure(), loupe::Context());
  if (compiled.ok()) (void)DebugString(compiled.value().scene);
  return 0;
}
