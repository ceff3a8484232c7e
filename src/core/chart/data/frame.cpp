#include "core/chart/data/frame.hpp"

#include <unordered_map>

#include "core/base/time_parse.hpp"
#include "core/chart/data/source.hpp"
#include "core/chart/limits.hpp"

namespace loupe::chart {
namespace {

constexpr const char* kPlain = "data";  // column of values that are no objects

Table TableOfValues(const Json& values, const Context& context) {
  Table table;
  std::unordered_map<std::string, std::size_t> index;
  const auto column_of = [&](const std::string& name) -> std::vector<Json>& {
    const auto [slot, added] = index.try_emplace(name, table.columns.size());
    if (added) {
      table.names.push_back(name);
      table.columns.emplace_back();
    }
    return table.columns[slot->second];
  };
  for (const Json& row : values.items()) {
    if (table.row_count % Context::kPollInterval == 0) context.Poll();
    const auto put = [&](const std::string& name, const Json& value) {
      std::vector<Json>& column = column_of(name);
      column.resize(table.row_count);
      column.push_back(value);
    };
    if (row.IsObject()) {
      for (const Json::Member& member : row.members()) put(member.name, member.value);
    } else {
      put(kPlain, row);
    }
    ++table.row_count;
  }
  for (std::vector<Json>& column : table.columns) column.resize(table.row_count);
  return table;
}

Table TableOfRows(const RowSet& rows, const Context& context) {
  Table table;
  table.row_count = rows.rows.size();
  for (std::size_t i = 0; i < rows.columns.size(); ++i) {
    if (table.Find(rows.columns[i].name) >= 0) continue;
    std::vector<Json> column(rows.rows.size());
    for (std::size_t row = 0; row < rows.rows.size(); ++row) {
      if (row % Context::kPollInterval == 0) context.Poll();
      if (i < rows.rows[row].size()) column[row] = rows.rows[row][i];
    }
    table.Add(rows.columns[i].name, std::move(column));
  }
  return table;
}

// The d3 format in a type such as "date:'%d %b %Y'", with or without quotes.
std::optional<std::string> TimeFormatOf(const std::string& type) {
  const std::size_t colon = type.find(':');
  const std::string kind = type.substr(0, colon);
  if (colon == std::string::npos || (kind != "date" && kind != "utc")) return std::nullopt;
  std::string format = type.substr(colon + 1);
  const bool quoted = format.size() >= 2 && format.front() == format.back() &&
                      (format.front() == '\'' || format.front() == '"');
  return quoted ? format.substr(1, format.size() - 2) : format;
}

Json Parsed(const Json& value, const std::string& type, const std::optional<std::string>& format) {
  if (format) {
    const auto time = value.IsNull() ? std::nullopt : ParseTimeAs(*format, ValueText(value));
    return time ? Json(*time) : Json();
  }
  if (type == "date" || type == "utc") return ReadValue(value, Reading::kTime);
  if (type == "number") return ReadValue(value, Reading::kNumber);
  if (type == "string") return value.IsNull() ? value : Json(ValueText(value));
  if (type == "boolean" && value.IsString()) {
    return Json(!value.AsString().empty() && value.AsString() != "false");
  }
  return value;
}

// "format.parse".
Status ParseColumns(const DataSource& source, const Context& context, Table* table) {
  for (const Json::Member& member : source.parse.members()) {
    const int column = table->Find(member.name);
    if (column < 0 || !member.value.IsString()) continue;
    const std::string& type = member.value.AsString();
    const std::optional<std::string> format = TimeFormatOf(type);
    const Status readable = format ? CheckTimeFormat(*format) : Status::Ok();
    if (!readable.ok()) {
      const std::string parse = JsonPointer(JsonPointer(source.pointer, "format"), "parse");
      return Status(Code::kChartNotSupported, readable.message())
          .WithHint(readable.hint())
          .At(JsonPointer(parse, member.name));
    }
    std::size_t count = 0;
    for (Json& value : table->columns[static_cast<std::size_t>(column)]) {
      if (++count % Context::kPollInterval == 0) context.Poll();
      value = Parsed(value, type, format);
    }
  }
  return Status::Ok();
}

}  // namespace

Result<Frame> FrameOf(const DataSource& source, const std::vector<RowSet>& data,
                      const Context& context) {
  Frame frame;
  frame.pointer = source.pointer;
  if (source.request >= 0) {
    frame.rows = &data[static_cast<std::size_t>(source.request)];
  } else {
    frame.values = &source.values;
  }
  if (frame.RowCount() > kMaxRows) {
    return Status(Code::kLimitExceeded,
                  "the data have more than " + std::to_string(kMaxRows) + " rows")
        .WithHint("Aggregate them in the query.")
        .At(source.pointer);
  }
  if (source.parse.IsObject() && !source.parse.members().empty()) {
    Table table = TableOfFrame(frame, context);
    LOUPE_RETURN_IF_ERROR(ParseColumns(source, context, &table));
    frame.table = std::make_shared<const Table>(std::move(table));
  }
  return frame;
}

Table TableOfFrame(const Frame& frame, const Context& context) {
  if (frame.table != nullptr) return *frame.table;
  if (frame.rows != nullptr) return TableOfRows(*frame.rows, context);
  return frame.values != nullptr ? TableOfValues(*frame.values, context) : Table();
}

}  // namespace loupe::chart
