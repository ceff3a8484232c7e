// loupe-chart: draws a Vega-Lite specification without a server, for conformance, fuzzing and
// benchmarks.
//
//   loupe-chart chart.vl.json --data-dir DIR --format png --scale 2 -o chart.png
//
// Warnings and errors go to standard error; the exit status is 1 when nothing was drawn.
#include <fstream>
#include <iostream>
#include <new>
#include <string>
#include <string_view>
#include <vector>

#include "chart_data.hpp"
#include "core/base/json.hpp"
#include "core/chart/compile.hpp"
#include "core/chart/render/pdf.hpp"
#include "core/chart/render/png.hpp"
#include "core/chart/render/svg.hpp"
#include "core/chart/render/terminal.hpp"
#include "core/chart/text/font_set.hpp"
#include "options.hpp"

namespace loupe::tools {
namespace {

constexpr std::size_t kMaxSpecBytes = std::size_t{16} << 20;

void Report(const char* level, const std::string& message, const std::string& pointer,
            const std::string& hint) {
  std::cerr << "loupe-chart: " << level << ": " << message;
  if (!pointer.empty()) std::cerr << " at " << pointer;
  std::cerr << "\n";
  if (!hint.empty()) std::cerr << "hint: " << hint << "\n";
}

int Fail(const Status& status) {
  Report("error", status.message(), status.pointer(), status.hint());
  if (!status.detail().empty()) std::cerr << "detail: " << status.detail() << "\n";
  return 1;
}

// A config is JSON text when it begins like an object, else a file.
Result<Json> ReadConfig(const std::string& config) {
  if (config.empty()) return Json::MakeObject();
  std::string text = config;
  const std::size_t first = config.find_first_not_of(" \t\n\r");
  if (first == std::string::npos || config[first] != '{') {
    LOUPE_ASSIGN_OR_RETURN(text, ReadFile(config, kMaxSpecBytes));
  }
  LOUPE_ASSIGN_OR_RETURN(Json json, ParseJson(text));
  if (json.IsObject()) return json;
  return Status(Code::kInvalidArgument,
                std::string("a config must be an object, not ") + json.TypeName());
}

// The value at a pointer that the core gave out; names in it hold no "~" or "/".
const Json* ValueAt(const Json& document, std::string_view pointer) {
  const Json* value = &document;
  while (!pointer.empty() && value != nullptr) {
    pointer.remove_prefix(1);
    const std::size_t end = pointer.find('/');
    value = value->Find(pointer.substr(0, end));
    pointer = end == std::string_view::npos ? std::string_view() : pointer.substr(end);
  }
  return value;
}

Result<RowSet> LoadRequest(const Json& spec, const chart::DataRequest& request,
                           const Options& options) {
  if (request.kind != chart::DataKind::kUrl) {
    return Status(Code::kChartNotSupported,
                  "only \"values\" and \"url\" give data without a server")
        .At(request.pointer);
  }
  if (!request.value.IsString()) {
    return Status(Code::kChartInvalidSpec, "\"url\" must be a string").At(request.pointer);
  }
  if (options.data_dir.empty()) {
    return Status(Code::kNoPrivilege, "\"url\" needs a folder to read from")
        .WithHint("Pass --data-dir DIR.")
        .At(request.pointer);
  }
  const Json* data = ValueAt(spec, request.pointer);
  return LoadChartData(options.data_dir, request.value.AsString(),
                       data == nullptr ? Json::MakeObject() : *data);
}

Result<chart::Compiled> CompileSpec(const Options& options, const chart::FontSet& fonts) {
  LOUPE_ASSIGN_OR_RETURN(const std::string text, ReadFile(options.spec, kMaxSpecBytes));
  LOUPE_ASSIGN_OR_RETURN(const Json spec, ParseJson(text));
  if (!spec.IsObject()) {
    return Status(Code::kChartInvalidSpec,
                  std::string("a specification must be an object, not ") + spec.TypeName());
  }
  LOUPE_ASSIGN_OR_RETURN(const std::vector<chart::DataRequest> requests,
                         chart::RequestedData(spec));
  std::vector<RowSet> data;
  for (const chart::DataRequest& request : requests) {
    LOUPE_ASSIGN_OR_RETURN(RowSet rows, LoadRequest(spec, request, options));
    data.push_back(std::move(rows));
  }
  chart::CompileOptions compile;
  LOUPE_ASSIGN_OR_RETURN(compile.config, ReadConfig(options.config));
  if (options.format == Format::kText) {
    const auto [width, height] = chart::TerminalPlotSize(options.terminal);
    compile.width = width;
    compile.height = height;
  }
  return chart::Compile(spec, data, compile, fonts, Context());
}

Result<std::string> Render(const chart::Scene& scene, const Options& options,
                           const chart::FontSet& fonts) {
  switch (options.format) {
    case Format::kPng:
      return chart::RenderPng(scene, fonts, options.scale, Context());
    case Format::kPdf:
      return chart::RenderPdf(scene, fonts, Context());
    case Format::kText:
      return chart::RenderText(scene, options.terminal, Context());
    case Format::kSvg:
      break;
  }
  return chart::RenderSvg(scene, fonts);
}

Status Write(const std::string& path, const std::string& bytes) {
  if (path == "-") {
    std::cout.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    std::cout.flush();
    return std::cout ? Status::Ok() : Status(Code::kInvalidArgument, "cannot write the picture");
  }
  std::ofstream stream(path, std::ios::binary | std::ios::trunc);
  stream.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  stream.close();
  return stream ? Status::Ok() : Status(Code::kInvalidArgument, "cannot write \"" + path + "\"");
}

Status Draw(const Options& options) {
  LOUPE_ASSIGN_OR_RETURN(const chart::FontSet fonts,
                         chart::FontSet::Load(options.font_dir.empty() ? chart::kDefaultFontFolder
                                                                       : options.font_dir));
  LOUPE_ASSIGN_OR_RETURN(const chart::Compiled compiled, CompileSpec(options, fonts));
  for (const chart::Warning& warning : compiled.warnings) {
    Report("warning", warning.message, warning.pointer, warning.hint);
  }
  LOUPE_ASSIGN_OR_RETURN(const std::string bytes, Render(compiled.scene, options, fonts));
  return Write(options.output, bytes);
}

int Main(const std::vector<std::string>& arguments) {
  if (arguments.size() == 1 && arguments[0] == "--help") {
    std::cout << kUsage;
    return 0;
  }
  const Result<Options> options = ParseOptions(arguments);
  if (!options.ok()) return Fail(options.status());
  const Status status = Draw(options.value());
  return status.ok() ? 0 : Fail(status);
}

}  // namespace
}  // namespace loupe::tools

int main(int argc, char** argv) {
  try {
    return loupe::tools::Main(std::vector<std::string>(argv + 1, argv + argc));
  } catch (const std::bad_alloc&) {
    std::cerr << "loupe-chart: error: out of memory\n";
    return 1;
  }
}
