// loupe-chart: the chart compiler on the command line, without a server.
//
//   loupe-chart SPEC [--data-dir DIR] [--font-dir DIR] [--config JSON|FILE]
//               [--theme NAME] [--format svg|png|pdf|text] [--scale NUMBER] [--columns N]
//               [--colors none|ansi] [-o FILE]
//
// SPEC is a file with a Vega-Lite specification, "-" standard input. {"data": {"url":
// "data/x.csv"}} is read below DIR, which defaults to the folder of the specification. FILE
// defaults to "-", standard output. Warnings go to standard error; an error ends the program with
// status 1, a wrong command line with status 2.
//
// Tested by test/unit/tools_chart_data_test.cpp and test/conformance/run-charts.
#include <algorithm>
#include <charconv>
#include <cstdio>
#include <filesystem>
#include <new>
#include <string>
#include <vector>

#include "chart_data.hpp"
#include "core/base/nearest.hpp"
#include "core/chart/compile.hpp"
#include "core/chart/config/theme.hpp"
#include "core/chart/render/pdf.hpp"
#include "core/chart/render/png.hpp"
#include "core/chart/render/svg.hpp"
#include "core/chart/render/terminal.hpp"
#include "core/chart/text/font_set.hpp"

namespace loupe::tools {
namespace {

constexpr std::size_t kMaxSpecBytes = std::size_t{64} << 20;
constexpr double kMaxScale = 16;

struct Arguments {
  std::string spec;
  std::string data_folder;  // empty: the folder of the specification
  std::string font_folder = chart::kDefaultFontFolder;
  std::string config;
  std::string theme = "default";
  std::string format = "svg";
  std::string output = "-";
  double scale = 1;
  chart::TerminalOptions terminal;
};

constexpr const char* kUsage =
    "loupe-chart SPEC [--data-dir DIR] [--font-dir DIR] [--config JSON|FILE] [--theme NAME] "
    "[--format svg|png|pdf|text] [--scale NUMBER] [--columns N] [--colors none|ansi] "
    "[-o FILE]";

Status WrongArgument(const std::string& message) {
  return Status(Code::kInvalidArgument, message).WithHint(std::string("Usage: ") + kUsage);
}

template <class Number>
Status ReadNumber(const std::string& name, const std::string& text, Number least, Number most,
                  Number* number) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), *number);
  const bool is_number = error == std::errc() && end == text.data() + text.size();
  if (is_number && *number >= least && *number <= most) return Status::Ok();
  return WrongArgument("option \"" + name + "\" cannot be \"" + text + "\"");
}

Status ReadOption(const std::string& name, const std::string& value, Arguments* arguments) {
  if (name == "--scale") return ReadNumber(name, value, 0.01, kMaxScale, &arguments->scale);
  if (name == "--columns") {
    return ReadNumber(name, value, chart::kMinTerminalColumns, chart::kMaxTerminalColumns,
                      &arguments->terminal.columns);
  }
  if (name == "--colors") {
    if (value != "none" && value != "ansi") {
      return WrongArgument("option \"--colors\" cannot be \"" + value + "\"");
    }
    arguments->terminal.colors =
        value == "ansi" ? chart::TerminalColors::kAnsi : chart::TerminalColors::kNone;
    return Status::Ok();
  }
  const std::pair<const char*, std::string*> texts[] = {
      {"--data-dir", &arguments->data_folder}, {"--font-dir", &arguments->font_folder},
      {"--config", &arguments->config},        {"--theme", &arguments->theme},
      {"--format", &arguments->format},        {"-o", &arguments->output}};
  for (const auto& [known, target] : texts) {
    if (name != known) continue;
    *target = value;
    return Status::Ok();
  }
  return WrongArgument("option \"" + name + "\" is not known");
}

Result<Arguments> ReadArguments(const std::vector<std::string>& words) {
  Arguments arguments;
  for (std::size_t i = 0; i < words.size(); ++i) {
    const bool is_option = words[i].size() > 1 && words[i].front() == '-';
    if (is_option) {
      if (i + 1 == words.size()) return WrongArgument("option \"" + words[i] + "\" has no value");
      LOUPE_RETURN_IF_ERROR(ReadOption(words[i], words[i + 1], &arguments));
      ++i;
    } else if (arguments.spec.empty()) {
      arguments.spec = words[i];
    } else {
      return WrongArgument("\"" + words[i] + "\" is a second specification");
    }
  }
  if (arguments.spec.empty()) return WrongArgument("no specification is given");
  const std::vector<std::string> formats = {"svg", "png", "pdf", "text"};
  if (std::find(formats.begin(), formats.end(), arguments.format) == formats.end()) {
    return Status(Code::kInvalidArgument, "format \"" + arguments.format + "\" is not known")
        .WithHint(NearestNameHint(arguments.format, formats));
  }
  if (arguments.data_folder.empty()) {
    arguments.data_folder = std::filesystem::path(arguments.spec).parent_path().string();
    if (arguments.data_folder.empty()) arguments.data_folder = ".";
  }
  return arguments;
}

// Inline JSON, or the name of a file that holds it.
Result<Json> ReadConfig(const std::string& config) {
  if (config.empty()) return Json::MakeObject();
  if (config.find_first_not_of(" \t\n") != std::string::npos &&
      config[config.find_first_not_of(" \t\n")] == '{') {
    return ParseJson(config);
  }
  LOUPE_ASSIGN_OR_RETURN(const std::string text, ReadFile(config, kMaxSpecBytes));
  return ParseJson(text);
}

// The data object at a request's JSON pointer.
const Json* At(const Json& document, std::string_view pointer) {
  const Json* value = &document;
  while (value != nullptr && !pointer.empty()) {
    pointer.remove_prefix(1);
    const std::string_view token = pointer.substr(0, pointer.find('/'));
    pointer.remove_prefix(token.size());
    std::size_t index = 0;
    if (value->IsArray()) {
      const auto [end, error] = std::from_chars(token.data(), token.data() + token.size(), index);
      const bool is_inside = error == std::errc() && index < value->items().size();
      value = is_inside ? &value->items()[index] : nullptr;
    } else {
      std::string name;  // "~1" is "/", "~0" is "~" (RFC 6901)
      for (std::size_t i = 0; i < token.size(); ++i) {
        const bool is_escape = token[i] == '~' && i + 1 < token.size();
        name += !is_escape ? token[i] : token[++i] == '1' ? '/' : '~';
      }
      value = value->Find(name);
    }
  }
  return value;
}

Result<std::vector<RowSet>> ReadData(const Json& spec, const std::string& folder) {
  LOUPE_ASSIGN_OR_RETURN(const std::vector<chart::DataRequest> requests,
                         chart::RequestedData(spec));
  std::vector<RowSet> data;
  for (const chart::DataRequest& request : requests) {
    if (request.kind != chart::DataKind::kUrl || !request.value.IsString()) {
      return Status(Code::kChartInvalidData, "loupe-chart reads inline values and files only")
          .At(request.pointer);
    }
    const Json* object = At(spec, request.pointer);
    LOUPE_ASSIGN_OR_RETURN(RowSet rows, LoadChartData(folder, request.value.AsString(),
                                                      object == nullptr ? Json() : *object));
    data.push_back(std::move(rows));
  }
  return data;
}

void PrintWarning(const chart::Warning& warning) {
  std::fprintf(stderr, "warning: %s", warning.message.c_str());
  if (!warning.pointer.empty()) std::fprintf(stderr, " (at %s)", warning.pointer.c_str());
  std::fprintf(stderr, "\n");
  if (!warning.hint.empty()) std::fprintf(stderr, "hint: %s\n", warning.hint.c_str());
}

Result<std::string> Draw(const Arguments& arguments) {
  LOUPE_ASSIGN_OR_RETURN(const std::string text, ReadFile(arguments.spec, kMaxSpecBytes));
  JsonLimits limits;
  limits.bytes = kMaxSpecBytes;
  LOUPE_ASSIGN_OR_RETURN(const Json spec, ParseJson(text, limits));
  chart::CompileOptions options;
  options.describes = arguments.format == "svg" || arguments.format == "text";
  LOUPE_ASSIGN_OR_RETURN(options.theme, chart::ThemeConfig(arguments.theme));
  LOUPE_ASSIGN_OR_RETURN(options.config, ReadConfig(arguments.config));
  LOUPE_ASSIGN_OR_RETURN(const std::vector<RowSet> data, ReadData(spec, arguments.data_folder));
  LOUPE_ASSIGN_OR_RETURN(const chart::FontSet fonts, chart::FontSet::Load(arguments.font_folder));
  if (arguments.format == "text") {
    const auto [width, height] = chart::TerminalPlotSize(arguments.terminal);
    options.width = width;
    options.height = height;
  }
  const Context context;
  LOUPE_ASSIGN_OR_RETURN(const chart::Compiled compiled,
                         chart::Compile(spec, data, options, fonts, context));
  for (const chart::Warning& warning : compiled.warnings) PrintWarning(warning);
  const chart::Scene& scene = compiled.scene;
  if (arguments.format == "png") return RenderPng(scene, fonts, arguments.scale, context);
  if (arguments.format == "pdf") return RenderPdf(scene, fonts, context);
  if (arguments.format == "text") return RenderText(scene, arguments.terminal, context);
  return RenderSvg(scene, fonts);
}

Status WriteFile(const std::string& path, const std::string& bytes) {
  std::FILE* file = path == "-" ? stdout : std::fopen(path.c_str(), "wb");
  bool is_written = file != nullptr;
  if (is_written) is_written = std::fwrite(bytes.data(), 1, bytes.size(), file) == bytes.size();
  if (file != nullptr) {
    const int closed = file == stdout ? std::fflush(file) : std::fclose(file);
    is_written = is_written && closed == 0;
  }
  if (is_written) return Status::Ok();
  return Status(Code::kInvalidArgument, "file \"" + path + "\" cannot be written");
}

void PrintError(const Status& status) {
  std::fprintf(stderr, "error: %s", status.message().c_str());
  if (!status.pointer().empty()) std::fprintf(stderr, " (at %s)", status.pointer().c_str());
  std::fprintf(stderr, "\n");
  if (!status.detail().empty()) std::fprintf(stderr, "detail: %s\n", status.detail().c_str());
  if (!status.hint().empty()) std::fprintf(stderr, "hint: %s\n", status.hint().c_str());
}

int Run(const std::vector<std::string>& words) {
  if (words.size() == 1 && words[0] == "--help") {
    std::printf("%s\n", kUsage);
    return 0;
  }
  const Result<Arguments> arguments = ReadArguments(words);
  if (!arguments.ok()) {
    PrintError(arguments.status());
    return 2;
  }
  const Result<std::string> picture = Draw(arguments.value());
  const Status status =
      picture.ok() ? WriteFile(arguments.value().output, picture.value()) : picture.status();
  if (status.ok()) return 0;
  PrintError(status);
  return 1;
}

}  // namespace
}  // namespace loupe::tools

int main(int count, char** words) {
  try {
    return loupe::tools::Run(std::vector<std::string>(words + 1, words + count));
  } catch (const std::bad_alloc&) {
    std::fputs("error: out of memory\n", stderr);
    return 1;
  }
}
