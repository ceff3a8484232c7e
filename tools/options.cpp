#include "options.hpp"

#include <charconv>
#include <optional>
#include <string_view>
#include <utility>

#include "core/base/nearest.hpp"

namespace loupe::tools {

const char* const kUsage =
    "loupe-chart draws a Vega-Lite specification without a server.\n"
    "\n"
    "  loupe-chart SPEC [options]      SPEC is a file, or - for standard input\n"
    "\n"
    "  --format svg|png|pdf|text   what to write (svg)\n"
    "  -o FILE                     where to write it; - is standard output (-)\n"
    "  --data-dir DIR              the folder below which \"data\": {\"url\": …} may read\n"
    "  --font-dir DIR              the folder of the fonts\n"
    "  --config JSON|FILE          a Vega-Lite config, as text or in a file\n"
    "  --scale NUMBER              pixels of a PNG for each pixel of the chart (1)\n"
    "  --columns NUMBER            width of text in cells (72)\n"
    "  --colors none|ansi          colours of text (none)\n"
    "  --help                      this page\n";

namespace {

constexpr double kMaxScale = 16;

template <class Number>
std::optional<Number> NumberOf(const std::string& text) {
  Number number{};
  const auto end = std::from_chars(text.data(), text.data() + text.size(), number);
  const bool whole = end.ec == std::errc() && end.ptr == text.data() + text.size();
  return whole ? std::optional<Number>(number) : std::nullopt;
}

Status InvalidValue(const std::string& option, const std::string& value, const char* hint) {
  return Status(Code::kInvalidArgument, "option " + option + " cannot be \"" + value + "\"")
      .WithHint(hint);
}

Status SetFormat(const std::string& value, Options* options) {
  constexpr std::pair<std::string_view, Format> kFormats[] = {
      {"svg", Format::kSvg}, {"png", Format::kPng}, {"pdf", Format::kPdf}, {"text", Format::kText}};
  for (const auto& [name, format] : kFormats) {
    if (value != name) continue;
    options->format = format;
    return Status::Ok();
  }
  return InvalidValue("--format", value, "Formats are svg, png, pdf, text.");
}

Status SetScale(const std::string& value, Options* options) {
  const std::optional<double> scale = NumberOf<double>(value);
  if (!scale || !(*scale > 0 && *scale <= kMaxScale)) {
    return InvalidValue("--scale", value, "A scale is above 0 and at most 16.");
  }
  options->scale = *scale;
  return Status::Ok();
}

Status SetColumns(const std::string& value, Options* options) {
  const std::optional<int> columns = NumberOf<int>(value);
  if (!columns || *columns < chart::kMinTerminalColumns || *columns > chart::kMaxTerminalColumns) {
    return InvalidValue("--columns", value, "Text is between 20 and 400 columns wide.");
  }
  options->terminal.columns = *columns;
  return Status::Ok();
}

Status SetColors(const std::string& value, Options* options) {
  if (value != "none" && value != "ansi") {
    return InvalidValue("--colors", value, "Colors are none or ansi.");
  }
  options->terminal.colors =
      value == "ansi" ? chart::TerminalColors::kAnsi : chart::TerminalColors::kNone;
  return Status::Ok();
}

Status SetOption(const std::string& name, const std::string& value, Options* options) {
  if (name == "--format") return SetFormat(value, options);
  if (name == "--scale") return SetScale(value, options);
  if (name == "--columns") return SetColumns(value, options);
  if (name == "--colors") return SetColors(value, options);
  std::string* text = name == "-o"           ? &options->output
                      : name == "--data-dir" ? &options->data_dir
                      : name == "--font-dir" ? &options->font_dir
                                             : &options->config;
  *text = value;
  return Status::Ok();
}

}  // namespace

Result<Options> ParseOptions(const std::vector<std::string>& arguments) {
  const std::vector<std::string> names = {"--format", "-o",      "--data-dir", "--font-dir",
                                          "--config", "--scale", "--columns",  "--colors"};
  Options options;
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    const std::string& argument = arguments[i];
    if (argument == "-" || argument.empty() || argument[0] != '-') {
      if (!options.spec.empty()) {
        return Status(Code::kInvalidArgument, "more than one specification: \"" + argument + "\"");
      }
      options.spec = argument;
      continue;
    }
    bool known = false;
    for (const std::string& name : names) known = known || name == argument;
    if (!known) {
      return Status(Code::kInvalidArgument, "unknown option \"" + argument + "\"")
          .WithHint(NearestNameHint(argument, names));
    }
    if (i + 1 == arguments.size()) {
      return Status(Code::kInvalidArgument, "option " + argument + " needs a value");
    }
    LOUPE_RETURN_IF_ERROR(SetOption(argument, arguments[++i], &options));
  }
  if (options.spec.empty()) {
    return Status(Code::kInvalidArgument, "no specification is given")
        .WithHint("loupe-chart --help lists the options.");
  }
  return options;
}

}  // namespace loupe::tools
