#include "chart_data.hpp"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <optional>
#include <system_error>
#include <utility>

namespace loupe::tools {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMaxDataBytes = std::size_t{64} << 20;
constexpr std::size_t kChunkBytes = std::size_t{64} << 10;

Status Refused(std::string_view url) {
  return Status(Code::kNoPrivilege, "data url \"" + std::string(url) + "\" is not below the folder")
      .WithHint("Write a path like \"data/cars.json\"; --data-dir names the folder.");
}

bool IsBelow(const fs::path& file, const fs::path& folder) {
  auto step = file.begin();
  for (const fs::path& part : folder) {
    if (step == file.end() || *step != part) return false;
    ++step;
  }
  return step != file.end();
}

// The real path of `url` below `folder`, symbolic links followed.
Result<std::string> FilePath(const std::string& folder, std::string_view url) {
  const fs::path relative{std::string(url)};
  if (url.empty() || relative.is_absolute() || url.find("://") != std::string_view::npos) {
    return Refused(url);
  }
  for (const fs::path& part : relative) {
    if (part == "..") return Refused(url);
  }
  std::error_code error;
  const fs::path base = fs::canonical(folder, error);
  if (error) return Status(Code::kInvalidArgument, "cannot open data folder \"" + folder + "\"");
  const fs::path file = fs::canonical(base / relative, error);
  if (error) {
    return Status(Code::kInvalidArgument, "cannot open data file \"" + std::string(url) + "\"");
  }
  if (!IsBelow(file, base)) return Refused(url);
  return file.string();
}

// "csv", "json", …: as written, else by the end of the address; JSON for any other, as in Vega.
std::string FormatType(std::string_view url, const Json& format) {
  const Json* type = format.Find("type");
  if (type != nullptr && type->IsString()) return type->AsString();
  const std::string extension = fs::path(std::string(url)).extension().string();
  return extension == ".csv" || extension == ".tsv" ? extension.substr(1) : "json";
}

// Walks the dotted path of "format.property".
Result<Json> Property(Json document, const Json& format) {
  const Json* property = format.Find("property");
  if (property == nullptr || !property->IsString()) return document;
  std::string_view path = property->AsString();
  while (!path.empty()) {
    const std::size_t dot = path.find('.');
    const Json* value = document.Find(path.substr(0, dot));
    if (value == nullptr) {
      return Status(Code::kChartInvalidData,
                    "the data file has no property \"" + property->AsString() + "\"");
    }
    document = Json(*value);
    path = dot == std::string_view::npos ? std::string_view() : path.substr(dot + 1);
  }
  return document;
}

Result<RowSet> RowsFromJsonText(std::string_view text, const Json& format) {
  JsonLimits limits;
  limits.bytes = kMaxDataBytes;
  LOUPE_ASSIGN_OR_RETURN(Json document, ParseJson(text, limits));
  LOUPE_ASSIGN_OR_RETURN(Json array, Property(std::move(document), format));
  if (array.IsObject()) array = Json::FromArray({std::move(array)});
  if (!array.IsArray()) {
    return Status(Code::kChartInvalidData,
                  std::string("the data file holds no array of rows but a ") + array.TypeName());
  }
  // Vega names the bare values of an array "data".
  for (Json& row : array.items()) {
    if (!row.IsObject()) row = Json::Of({{"data", std::move(row)}});
  }
  return RowSetFromJson(array, Context());
}

Result<char> Delimiter(const Json& format) {
  const Json* delimiter = format.Find("delimiter");
  if (delimiter != nullptr && delimiter->IsString() && delimiter->AsString().size() == 1 &&
      std::string_view("\"\r\n").find(delimiter->AsString()[0]) == std::string_view::npos) {
    return delimiter->AsString()[0];
  }
  return Status(Code::kChartInvalidSpec, "format \"dsv\" needs a \"delimiter\" of one character");
}

Result<std::string> ReadStream(std::istream& stream, const std::string& name,
                               std::size_t max_bytes) {
  std::string text;
  std::string chunk(kChunkBytes, '\0');
  while (stream.read(chunk.data(), static_cast<std::streamsize>(chunk.size())) ||
         stream.gcount() > 0) {
    text.append(chunk, 0, static_cast<std::size_t>(stream.gcount()));
    if (text.size() > max_bytes) {
      return Status(Code::kLimitExceeded,
                    "\"" + name + "\" is longer than " + std::to_string(max_bytes) + " bytes");
    }
  }
  if (stream.bad()) return Status(Code::kInvalidArgument, "cannot read \"" + name + "\"");
  return text;
}

}  // namespace

Result<std::string> ReadFile(const std::string& path, std::size_t max_bytes) {
  if (path == "-") return ReadStream(std::cin, "standard input", max_bytes);
  std::ifstream stream(path, std::ios::binary);
  std::error_code error;
  if (!stream || fs::is_directory(path, error)) {
    return Status(Code::kInvalidArgument, "cannot open \"" + path + "\"");
  }
  return ReadStream(stream, path, max_bytes);
}

Result<RowSet> LoadChartData(const std::string& folder, std::string_view url, const Json& data) {
  const Json* given = data.Find("format");
  const Json format = given == nullptr ? Json::MakeObject() : *given;
  LOUPE_ASSIGN_OR_RETURN(const std::string path, FilePath(folder, url));
  LOUPE_ASSIGN_OR_RETURN(const std::string text, ReadFile(path, kMaxDataBytes));
  const std::string type = FormatType(url, format);
  if (type == "json") return RowsFromJsonText(text, format);
  if (type == "csv") return RowsFromDelimited(text, ',', format);
  if (type == "tsv") return RowsFromDelimited(text, '\t', format);
  if (type == "dsv") {
    LOUPE_ASSIGN_OR_RETURN(const char delimiter, Delimiter(format));
    return RowsFromDelimited(text, delimiter, format);
  }
  return Status(Code::kChartNotSupported, "data format \"" + type + "\" is not supported yet")
      .WithHint("Known formats are json, csv, tsv, dsv.");
}

}  // namespace loupe::tools
