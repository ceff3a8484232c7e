// CSV and TSV to rows: split records, then find each column's type.
#include <charconv>
#include <cmath>
#include <cstddef>
#include <optional>
#include <utility>
#include <vector>

#include "chart_data.hpp"
#include "core/base/utf8.hpp"
#include "core/chart/limits.hpp"

namespace loupe::tools {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
constexpr std::string_view kBlanks = " \t\n\r\v\f";
constexpr std::size_t kMaxColumns = 10'000;

using Record = std::vector<std::string>;

enum class CellType { kBoolean, kNumber, kText };

// Reads the records of RFC 4180 text one after the other; a quote inside a bare field is text.
class RecordReader {
 public:
  RecordReader(std::string_view text, char delimiter) : text_(text), delimiter_(delimiter) {}

  [[nodiscard]] bool AtEnd() const { return position_ >= text_.size(); }

  Record Next() {
    Record record;
    do {
      record.push_back(NextField());
    } while (TakeDelimiter());
    TakeLineEnd();
    return record;
  }

 private:
  [[nodiscard]] bool At(char c) const { return !AtEnd() && text_[position_] == c; }

  std::string NextField() {
    if (At('"')) return QuotedField();
    const std::size_t start = position_;
    while (!AtEnd() && !At(delimiter_) && !At('\n') && !At('\r')) ++position_;
    return std::string(text_.substr(start, position_ - start));
  }

  std::string QuotedField() {
    std::string field;
    ++position_;
    while (!AtEnd()) {
      const char c = text_[position_++];
      if (c != '"') {
        field += c;
      } else if (At('"')) {
        field += '"';
        ++position_;
      } else {
        break;
      }
    }
    // What follows the closing quote belongs to no field.
    while (!AtEnd() && !At(delimiter_) && !At('\n') && !At('\r')) ++position_;
    return field;
  }

  bool TakeDelimiter() {
    if (!At(delimiter_)) return false;
    ++position_;
    return true;
  }

  void TakeLineEnd() {
    if (At('\r')) ++position_;
    if (At('\n')) ++position_;
  }

  std::string_view text_;
  char delimiter_;
  std::size_t position_ = 0;
};

std::optional<double> NumberOf(std::string_view text) {
  const std::size_t start = text.find_first_not_of(kBlanks);
  if (start == std::string_view::npos) return std::nullopt;
  text = text.substr(start, text.find_last_not_of(kBlanks) + 1 - start);
  if (text[0] == '+') text.remove_prefix(1);
  double number = 0;
  const auto end = std::from_chars(text.data(), text.data() + text.size(), number);
  const bool whole = end.ec == std::errc() && end.ptr == text.data() + text.size();
  return whole && std::isfinite(number) ? std::optional<double>(number) : std::nullopt;
}

// The narrowest type that holds for every value that is not empty.
CellType InferType(const std::vector<Record>& records, std::size_t column) {
  bool booleans = true;
  bool numbers = true;
  bool any = false;
  for (const Record& record : records) {
    if (column >= record.size() || record[column].empty()) continue;
    any = true;
    booleans = booleans && (record[column] == "true" || record[column] == "false");
    numbers = numbers && NumberOf(record[column]).has_value();
    if (!booleans && !numbers) return CellType::kText;
  }
  if (!any) return CellType::kText;
  return booleans ? CellType::kBoolean : CellType::kNumber;
}

// The type that "format.parse" gives a column, or the inferred one.
Result<CellType> TypeOf(const std::vector<Record>& records, std::size_t column,
                        const std::string& name, const Json& format) {
  const Json* parse = format.Find("parse");
  const Json* given = parse == nullptr ? nullptr : parse->Find(name);
  if (given == nullptr || given->IsNull()) return InferType(records, column);
  if (*given == Json("boolean")) return CellType::kBoolean;
  if (*given == Json("number")) return CellType::kNumber;
  if (*given == Json("string") || *given == Json("date")) return CellType::kText;
  return Status(Code::kChartNotSupported,
                "reading field \"" + name + "\" as " + given->Dump() + " is not supported yet")
      .WithHint("\"format.parse\" knows \"boolean\", \"number\", \"string\" and \"date\".");
}

Json Cell(const Record& record, std::size_t column, CellType type) {
  if (column >= record.size() || record[column].empty()) return Json();
  const std::string& text = record[column];
  switch (type) {
    case CellType::kBoolean:
      return Json(text != "false" && text != "0");
    case CellType::kNumber: {
      const std::optional<double> number = NumberOf(text);
      return number ? Json(*number) : Json();
    }
    case CellType::kText:
      break;
  }
  return Json(text);
}

ResultColumn ColumnOf(const std::string& name, CellType type) {
  switch (type) {
    case CellType::kBoolean:
      return {name, "boolean", ValueType::kBoolean};
    case CellType::kNumber:
      return {name, "double precision", ValueType::kNumber};
    case CellType::kText:
      break;
  }
  return {name, "text", ValueType::kString};
}

}  // namespace

Result<RowSet> RowsFromDelimited(std::string_view text, char delimiter, const Json& format) {
  if (!IsValidUtf8(text)) return Status(Code::kInvalidText, "the data file is not valid UTF-8");
  if (text.substr(0, kByteOrderMark.size()) == kByteOrderMark) {
    text.remove_prefix(kByteOrderMark.size());
  }
  RecordReader reader(text, delimiter);
  if (reader.AtEnd()) return RowSet();
  const Record names = reader.Next();
  if (names.size() > kMaxColumns) {
    return Status(Code::kLimitExceeded,
                  "the data file has more than " + std::to_string(kMaxColumns) + " columns");
  }
  std::vector<Record> records;
  while (!reader.AtEnd()) {
    if (records.size() == chart::kMaxRows) {
      return Status(Code::kLimitExceeded,
                    "the data file has more than " + std::to_string(chart::kMaxRows) + " rows");
    }
    records.push_back(reader.Next());
  }
  RowSet rows;
  rows.rows.resize(records.size());
  for (std::size_t column = 0; column < names.size(); ++column) {
    LOUPE_ASSIGN_OR_RETURN(const CellType type, TypeOf(records, column, names[column], format));
    rows.columns.push_back(ColumnOf(names[column], type));
    for (std::size_t row = 0; row < records.size(); ++row) {
      rows.rows[row].push_back(Cell(records[row], column, type));
    }
  }
  return rows;
}

}  // namespace loupe::tools
