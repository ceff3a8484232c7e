// The command line of loupe-chart.
#ifndef LOUPE_TOOLS_OPTIONS_HPP
#define LOUPE_TOOLS_OPTIONS_HPP

#include <string>
#include <vector>

#include "core/base/status.hpp"
#include "core/chart/render/terminal.hpp"

namespace loupe::tools {

enum class Format { kSvg, kPng, kPdf, kText };

struct Options {
  std::string spec;  // a path, or "-" for standard input
  std::string output = "-";
  std::string data_dir;  // empty: no file may be read
  std::string font_dir;  // empty: the default
  std::string config;    // JSON text or a path; empty: none
  Format format = Format::kSvg;
  double scale = 1;
  chart::TerminalOptions terminal;
};

extern const char* const kUsage;

// Reads the arguments behind the program's name. Errors: kInvalidArgument names the argument.
[[nodiscard]] Result<Options> ParseOptions(const std::vector<std::string>& arguments);

}  // namespace loupe::tools

#endif  // LOUPE_TOOLS_OPTIONS_HPP
