// Compiles any bytes that are JSON and draws the scene in every format; nothing may crash, hang or
// leak. Large pictures are scaled down: what is large is refused by named limits, which have tests
// of their own.
#include "chart_fuzz.hpp"

#include <cmath>

#include "core/chart/render/pdf.hpp"
#include "core/chart/render/png.hpp"
#include "core/chart/render/svg.hpp"
#include "core/chart/render/terminal.hpp"
#include "core/chart/text/font_set.hpp"

namespace {

using loupe::Context;
using loupe::Json;
using loupe::Result;
using loupe::chart::Compiled;
using loupe::chart::CompileOptions;
using loupe::chart::FontSet;

constexpr double kMaxFuzzedPixels = 250'000;

const FontSet& Fonts() {
  static const Result<FontSet> fonts = FontSet::Load(loupe::chart::kDefaultFontFolder);
  return fonts.value();
}

void Draw(const loupe::chart::Scene& scene) {
  const double pixels = scene.width * scene.height;
  const double scale = pixels > kMaxFuzzedPixels ? std::sqrt(kMaxFuzzedPixels / pixels) : 1;
  (void)RenderSvg(scene, Fonts());
  (void)RenderPng(scene, Fonts(), scale, Context());
  (void)RenderPdf(scene, Fonts(), Context());
}

void DrawText(const Json& spec, const std::vector<loupe::RowSet>& rows) {
  const loupe::chart::TerminalOptions terminal;
  CompileOptions options;
  const auto [width, height] = loupe::chart::TerminalPlotSize(terminal);
  options.width = width;
  options.height = height;
  const Result<Compiled> compiled = loupe::chart::Compile(spec, rows, options, Fonts(), Context());
  if (compiled.ok()) (void)RenderText(compiled.value().scene, terminal, Context());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const Result<Json> spec = loupe::ParseJson(text);
  if (!spec.ok()) return 0;
  const Result<std::vector<loupe::RowSet>> rows = loupe::chart::FuzzRows(spec.value());
  if (!rows.ok()) return 0;
  const Result<Compiled> compiled =
      loupe::chart::Compile(spec.value(), rows.value(), {}, Fonts(), Context());
  if (!compiled.ok()) return 0;
  Draw(compiled.value().scene);
  DrawText(spec.value(), rows.value());
  return 0;
}
