#include "core/chart/data/text_rows.hpp"

#include <algorithm>
#include <charconv>
#include <optional>
#include <vector>

#include "core/chart/data/field_path.hpp"

namespace loupe::chart {
namespace {

Status TooManyValues(std::size_t max_values) {
  return {Code::kLimitExceeded,
          "the data have more than " + std::to_string(max_values) + " values"};
}

// A record a line; fields in double quotes may hold delimiters, line ends and doubled quotes.
class DelimitedReader {
 public:
  DelimitedReader(std::string_view text, char delimiter, std::size_t max_values)
      : text_(text), delimiter_(delimiter), left_(max_values) {}

  // The next record that is not an empty line; false at the end and where there are too many
  // values.
  bool Next(std::vector<std::string>* record) {
    do {
      if (position_ >= text_.size()) return false;
      record->clear();
      bool more = true;
      while (more) {
        if (left_ == 0) return false;
        more = ReadField(record);
        --left_;
      }
    } while (record->size() == 1 && record->front().empty());
    return true;
  }
  [[nodiscard]] bool AtEnd() const { return position_ >= text_.size(); }

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
  std::size_t left_;  // values that may yet be read
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
  const bool time = type->IsString() && (type->AsString().substr(0, 4) == "date" ||
                                         type->AsString().substr(0, 4) == "utc:");
  if (type->IsNull() || *type == Json("string") || time) return Parse::kText;
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

// Plain values become rows of one column "data", as in Vega.
Json AsObjects(const Json& values) {
  Json rows = Json::MakeArray();
  for (const Json& value : values.items()) {
    rows.Append(value.IsObject() ? value : Json::Of({{"data", value}}));
  }
  return rows;
}

Result<RowSet> RowsFromJson(const std::string& text, const Json& format, std::size_t max_values,
                            const Context& context) {
  JsonLimits limits;
  limits.bytes = text.size();
  limits.nodes = max_values;
  LOUPE_ASSIGN_OR_RETURN(const Json document, ParseJson(text, limits));
  const Json* values = PropertyOf(document, format);
  if (values == nullptr || !values->IsArray()) {
    return Status(Code::kChartInvalidData, "the data hold no array of rows");
  }
  return RowSetFromJson(AsObjects(*values), context);
}

}  // namespace

const Json* PropertyOf(const Json& document, const Json& format) {
  const Json* property = format.Find("property");
  if (property == nullptr || !property->IsString() || property->AsString().empty()) {
    return &document;
  }
  return WalkFieldPath(document, SplitFieldPath(property->AsString()), 0);
}

Result<RowSet> RowsFromDelimited(std::string_view text, char delimiter, const Json& format,
                                 std::size_t max_values, const Context& context) {
  constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
  if (text.substr(0, kByteOrderMark.size()) == kByteOrderMark) {
    text.remove_prefix(kByteOrderMark.size());
  }
  DelimitedReader reader(text, delimiter, max_values);
  std::vector<std::string> record;
  RowSet rows;
  if (!reader.Next(&record)) {
    if (!reader.AtEnd()) return TooManyValues(max_values);
    return rows;
  }
  for (std::string& name : record) rows.columns.push_back({name, "text", ValueType::kString});
  while (reader.Next(&record)) {
    if ((rows.rows.size() + 1) * rows.columns.size() > max_values) return TooManyValues(max_values);
    if (rows.rows.size() % Context::kPollInterval == 0) context.Poll();
    std::vector<Json> row(rows.columns.size());
    for (std::size_t i = 0; i < std::min(row.size(), record.size()); ++i) {
      if (!record[i].empty()) row[i] = std::move(record[i]);
    }
    rows.rows.push_back(std::move(row));
  }
  if (!reader.AtEnd()) return TooManyValues(max_values);
  for (std::size_t i = 0; i < rows.columns.size(); ++i) {
    LOUPE_ASSIGN_OR_RETURN(const Parse parse, ParseOf(rows, i, format));
    ConvertColumn(i, parse, &rows);
  }
  return rows;
}

Result<RowSet> RowsFromText(const std::string& text, const Json& format, std::size_t max_values,
                            const Context& context) {
  const Json* named = format.Find("type");
  const std::string type =
      named != nullptr && named->IsString() ? named->AsString() : std::string("json");
  if (type == "json") return RowsFromJson(text, format, max_values, context);
  if (type == "csv") return RowsFromDelimited(text, ',', format, max_values, context);
  if (type == "tsv") return RowsFromDelimited(text, '\t', format, max_values, context);
  if (type != "dsv") {
    return Status(Code::kChartNotSupported, "data format \"" + type + "\" is not supported")
        .WithHint("Known formats are csv, dsv, json, tsv.");
  }
  const Json* delimiter = format.Find("delimiter");
  if (delimiter != nullptr && delimiter->IsString() && delimiter->AsString().size() == 1) {
    return RowsFromDelimited(text, delimiter->AsString().front(), format, max_values, context);
  }
  return Status(Code::kChartInvalidData, "format \"dsv\" needs a delimiter of one character");
}

}  // namespace loupe::chart
