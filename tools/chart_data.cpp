#include "chart_data.hpp"

#include <algorithm>
#include <charconv>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <optional>
#include <system_error>
#include <vector>

#include "core/base/context.hpp"
#include "core/base/utf8.hpp"

namespace loupe::tools {
namespace {

constexpr std::size_t kMaxDataBytes = std::size_t{256} << 20;
constexpr std::size_t kMaxCells = 50'000'000;

struct FileCloser {
  void operator()(std::FILE* file) const {
    if (file != stdin) std::fclose(file);
  }
};

bool HasSuffix(std::string_view text, std::string_view suffix) {
  return text.size() >= suffix.size() && text.substr(text.size() - suffix.size()) == suffix;
}

// A record a line; fields in double quotes may hold delimiters, line ends and doubled quotes.
class DelimitedReader {
 public:
  DelimitedReader(std::string_view text, char delimiter) : text_(text), delimiter_(delimiter) {}

  // The next record that is not an empty line; false at the end.
  bool Next(std::vector<std::string>* record) {
    do {
      if (position_ >= text_.size()) return false;
      record->clear();
      while (ReadField(record)) {
      }
    } while (record->size() == 1 && record->front().empty());
    return true;
  }

 private:
  // Reads one field; tells whether another one of the record follows.
  bool ReadField(std::vector<std::string>* record) {
    std::string field;
    if (position_ < text_.size() && text_[position_] == '"') ReadQuoted(&field);
    while (position_ < text_.size() && !AtFieldEnd()) field += text_[position_++];
    record->push_back(std::move(field));
    if (position_ >= text_.size()) return false;
    const char end = text_[position_++];
    if (end == '\r' && position_ < text_.size() && text_[position_] == '\n') ++position_;
    return end == delimiter_;
  }
  void ReadQuoted(std::string* field) {
    for (++position_; position_ < text_.size(); ++position_) {
      if (text_[position_] != '"') {
        *field += text_[position_];
      } else if (position_ + 1 < text_.size() && text_[position_ + 1] == '"') {
        *field += text_[position_++];
      } else {
        ++position_;
        return;
      }
    }
  }
  [[nodiscard]] bool AtFieldEnd() const {
    const char c = text_[position_];
    return c == delimiter_ || c == '\n' || c == '\r';
  }

  std::string_view text_;
  char delimiter_;
  std::size_t position_ = 0;
};

std::string_view Trim(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  return text;
}

// A number as JavaScript's unary plus reads decimal text.
std::optional<double> ParseNumber(std::string_view text) {
  text = Trim(text);
  const bool has_plus = text.size() > 1 && text.front() == '+' && text[1] != '-';
  if (has_plus) text.remove_prefix(1);
  if (text.empty() || text.find_first_not_of("0123456789+-.eE") != std::string_view::npos) {
    return std::nullopt;
  }
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

Json NumberJson(double value) {
  const auto integer = static_cast<std::int64_t>(value);
  const bool is_integer = value > -9e15 && value < 9e15 && static_cast<double>(integer) == value;
  return is_integer ? Json(integer) : Json(value);
}

// What a column's texts become; kBoolean and kNumber only where every value is one.
enum class Parse { kText, kBoolean, kNumber };

Parse Infer(const RowSet& rows, std::size_t column) {
  bool all_boolean = true;
  bool all_number = true;
  bool is_empty = true;
  for (const std::vector<Json>& row : rows.rows) {
    if (row[column].IsNull()) continue;
    const std::string& text = row[column].AsString();
    is_empty = false;
    all_boolean = all_boolean && (text == "true" || text == "false");
    all_number = all_number && ParseNumber(text).has_value();
    if (!all_boolean && !all_number) return Parse::kText;
  }
  if (is_empty) return Parse::kText;
  return all_boolean ? Parse::kBoolean : Parse::kNumber;
}

// "format.parse" names a type for the column, or null for none; else the values tell. Dates stay
// text, which the compiler reads where a channel is temporal.
Result<Parse> ParseOf(const RowSet& rows, std::size_t column, const Json& format) {
  const Json* parse = format.Find("parse");
  if (parse != nullptr && parse->IsNull()) return Parse::kText;
  const std::string& name = rows.columns[column].name;
  const Json* type = parse == nullptr ? nullptr : parse->Find(name);
  if (type == nullptr) return Infer(rows, column);
  if (*type == Json("number")) return Parse::kNumber;
  if (*type == Json("boolean")) return Parse::kBoolean;
  if (type->IsNull() || *type == Json("string") || *type == Json("date")) return Parse::kText;
  return Status(Code::kChartNotSupported,
                "reading field \"" + name + "\" as " + type->Dump() + " is not supported yet")
      .WithHint("Known types are \"boolean\", \"date\", \"number\", \"string\".");
}

Json Convert(const Json& value, Parse parse) {
  if (value.IsNull() || parse == Parse::kText) return value;
  if (parse == Parse::kBoolean) return {value.AsString() != "false"};
  const std::optional<double> number = ParseNumber(value.AsString());
  return number ? NumberJson(*number) : Json();
}

void ConvertColumn(std::size_t column, Parse parse, RowSet* rows) {
  if (parse == Parse::kText) return;
  rows->columns[column].type = parse == Parse::kNumber ? ValueType::kNumber : ValueType::kBoolean;
  for (std::vector<Json>& row : rows->rows) row[column] = Convert(row[column], parse);
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

// The member that "format.property" names, a path with dots.
const Json* Property(const Json* value, std::string_view path) {
  while (value != nullptr && !path.empty()) {
    const std::size_t dot = path.find('.');
    value = value->Find(path.substr(0, dot));
    path = dot == std::string_view::npos ? "" : path.substr(dot + 1);
  }
  return value;
}

// Plain values become rows of one column "data", as in Vega.
Json AsObjects(const Json& values) {
  Json rows = Json::MakeArray();
  for (const Json& value : values.items()) {
    rows.Append(value.IsObject() ? value : Json::Of({{"data", value}}));
  }
  return rows;
}

Result<RowSet> RowsFromJson(const std::string& text, const Json& format) {
  JsonLimits limits;
  limits.bytes = kMaxDataBytes;
  limits.nodes = kMaxCells;
  LOUPE_ASSIGN_OR_RETURN(const Json document, ParseJson(text, limits));
  const Json* property = format.Find("property");
  const Json* values = property != nullptr && property->IsString()
                           ? Property(&document, property->AsString())
                           : &document;
  if (values == nullptr || !values->IsArray()) {
    return Status(Code::kChartInvalidData, "data file holds no array of rows");
  }
  return RowSetFromJson(AsObjects(*values), Context());
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

Result<RowSet> RowsFromDelimited(std::string_view text, char delimiter, const Json& format) {
  constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
  if (text.substr(0, kByteOrderMark.size()) == kByteOrderMark) {
    text.remove_prefix(kByteOrderMark.size());
  }
  DelimitedReader reader(text, delimiter);
  std::vector<std::string> record;
  RowSet rows;
  if (!reader.Next(&record)) return rows;
  for (std::string& name : record) rows.columns.push_back({name, "text", ValueType::kString});
  while (reader.Next(&record)) {
    if ((rows.rows.size() + 1) * rows.columns.size() > kMaxCells) {
      return Status(Code::kLimitExceeded, "data file has more than 50 million values");
    }
    std::vector<Json> row(rows.columns.size());
    for (std::size_t i = 0; i < std::min(row.size(), record.size()); ++i) {
      if (!record[i].empty()) row[i] = std::move(record[i]);
    }
    rows.rows.push_back(std::move(row));
  }
  for (std::size_t i = 0; i < rows.columns.size(); ++i) {
    LOUPE_ASSIGN_OR_RETURN(const Parse parse, ParseOf(rows, i, format));
    ConvertColumn(i, parse, &rows);
  }
  return rows;
}

Result<RowSet> LoadChartData(const std::string& folder, std::string_view url, const Json& data) {
  LOUPE_ASSIGN_OR_RETURN(const std::string path, ResolvePath(folder, url));
  LOUPE_ASSIGN_OR_RETURN(const std::string text, ReadFile(path, kMaxDataBytes));
  if (!IsValidUtf8(text)) {
    return Status(Code::kInvalidText, "data file \"" + std::string(url) + "\" is not UTF-8");
  }
  const Json* stated = data.Find("format");
  const Json format = stated != nullptr && stated->IsObject() ? *stated : Json::MakeObject();
  const std::string type = FormatType(url, format);
  if (type == "json") return RowsFromJson(text, format);
  if (type == "csv" || type == "tsv") {
    return RowsFromDelimited(text, type == "csv" ? ',' : '\t', format);
  }
  if (type == "dsv") {
    const Json* delimiter = format.Find("delimiter");
    if (delimiter != nullptr && delimiter->IsString() && delimiter->AsString().size() == 1) {
      return RowsFromDelimited(text, delimiter->AsString().front(), format);
    }
    return Status(Code::kChartInvalidData, "format \"dsv\" needs a delimiter of one character");
  }
  return Status(Code::kChartNotSupported, "data format \"" + type + "\" is not supported")
      .WithHint("Known formats are csv, dsv, json, tsv.");
}

}  // namespace loupe::tools
