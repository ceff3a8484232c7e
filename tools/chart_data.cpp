#include "chart_data.hpp"

#include <cstdio>
#include <filesystem>
#include <memory>
#include <system_error>

#include "core/base/context.hpp"
#include "core/base/utf8.hpp"
#include "core/chart/data/text_rows.hpp"

namespace loupe::tools {
namespace {

constexpr std::size_t kMaxDataBytes = std::size_t{256} << 20;
constexpr std::size_t kMaxValues = 50'000'000;

struct FileCloser {
  void operator()(std::FILE* file) const {
    if (file != stdin) std::fclose(file);
  }
};

bool HasSuffix(std::string_view text, std::string_view suffix) {
  return text.size() >= suffix.size() && text.substr(text.size() - suffix.size()) == suffix;
}

Status Outside(std::string_view url) {
  return Status(Code::kNoPrivilege,
                "address \"" + std::string(url) + "\" is not below the data folder")
      .WithHint("Use an address such as \"data/cars.json\" and --data-dir.");
}

// Where the address leads, links followed, provided that this is below the folder.
Result<std::string> ResolvePath(const std::string& folder, std::string_view url) {
  namespace fs = std::filesystem;
  const fs::path relative(url);
  if (url.empty() || url.find("://") != std::string_view::npos || relative.is_absolute()) {
    return Outside(url);
  }
  for (const fs::path& part : relative) {
    if (part == "..") return Outside(url);
  }
  std::error_code error;
  const fs::path base = fs::canonical(folder, error);
  if (error) {
    return Status(Code::kInvalidArgument, "data folder \"" + folder + "\" cannot be read");
  }
  const fs::path path = fs::canonical(base / relative, error);
  if (error) {
    return Status(Code::kInvalidArgument, "data file \"" + std::string(url) + "\" cannot be read")
        .WithHint("Addresses are read below \"" + folder + "\".");
  }
  const std::string inside = base.string() + "/";
  if (path.string().compare(0, inside.size(), inside) != 0) return Outside(url);
  return path.string();
}

std::string FormatType(std::string_view url, const Json& format) {
  const Json* type = format.Find("type");
  if (type != nullptr && type->IsString()) return type->AsString();
  for (const char* known : {"csv", "tsv"}) {
    if (HasSuffix(url, std::string(".") + known)) return known;
  }
  return "json";
}

}  // namespace

Result<std::string> ReadFile(const std::string& path, std::size_t max_bytes) {
  const std::unique_ptr<std::FILE, FileCloser> file(path == "-" ? stdin
                                                                : std::fopen(path.c_str(), "rb"));
  if (file == nullptr) {
    return Status(Code::kInvalidArgument, "file \"" + path + "\" cannot be read");
  }
  std::string text;
  char buffer[65536];
  while (const std::size_t count = std::fread(buffer, 1, sizeof buffer, file.get())) {
    text.append(buffer, count);
    if (text.size() > max_bytes) {
      return Status(Code::kLimitExceeded,
                    "file \"" + path + "\" is longer than " + std::to_string(max_bytes) + " bytes");
    }
  }
  if (std::ferror(file.get()) != 0) {
    return Status(Code::kInvalidArgument, "file \"" + path + "\" cannot be read");
  }
  return text;
}

Result<RowSet> LoadChartData(const std::string& folder, std::string_view url, const Json& data) {
  LOUPE_ASSIGN_OR_RETURN(const std::string path, ResolvePath(folder, url));
  LOUPE_ASSIGN_OR_RETURN(const std::string text, ReadFile(path, kMaxDataBytes));
  if (!IsValidUtf8(text)) {
    return Status(Code::kInvalidText, "data file \"" + std::string(url) + "\" is not UTF-8");
  }
  const Json* stated = data.Find("format");
  Json format = stated != nullptr && stated->IsObject() ? *stated : Json::MakeObject();
  format.Set("type", FormatType(url, format));
  return chart::RowsFromText(text, format, kMaxValues, Context());
}

}  // namespace loupe::tools
