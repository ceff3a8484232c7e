#include "core/chart/data/source.hpp"

#include <charconv>

#include "core/base/calendar.hpp"
#include "core/base/nearest.hpp"
#include "core/base/utf8.hpp"
#include "core/chart/data/field_path.hpp"
#include "core/chart/limits.hpp"

namespace loupe::chart {
namespace {

constexpr std::size_t kMaxTimeTokens = 8;

std::optional<double> ParseNumberText(const std::string& text) {
  std::size_t start = text.find_first_not_of(" \t\n\r");
  if (start == std::string::npos) return std::nullopt;
  const std::size_t last = text.find_last_not_of(" \t\n\r");
  if (text[start] == '+') ++start;
  double number = 0;
  const auto end = std::from_chars(text.data() + start, text.data() + last + 1, number);
  const bool whole = end.ec == std::errc() && end.ptr == text.data() + last + 1;
  return whole && std::isfinite(number) ? std::optional<double>(number) : std::nullopt;
}

}  // namespace

Json ReadValue(const Json& value, Reading reading) {
  switch (reading) {
    case Reading::kRaw:
      return value;
    case Reading::kNumber: {
      if (value.IsNumber() || value.IsNull()) return value;
      if (value.IsBool()) return Json(value.AsBool() ? 1 : 0);
      const auto number = value.IsString() ? ParseNumberText(value.AsString()) : std::nullopt;
      return number ? Json(*number) : Json();
    }
    case Reading::kTime: {
      if (value.IsNumber()) return value;
      const auto time = value.IsString() ? ParseTimeText(value.AsString()) : std::nullopt;
      return time ? Json(*time) : Json();
    }
  }
  return value;
}

namespace {

Status CheckLabel(const Json& value, const std::string& field, const std::string& pointer) {
  if (!value.IsString() || value.AsString().size() <= kMaxLabelBytes) return Status::Ok();
  return Status(Code::kLimitExceeded, "a value of field \"" + field + "\" is longer than " +
                                          std::to_string(kMaxLabelBytes) + " bytes")
      .At(pointer);
}

void WarnMissing(const std::string& field, const std::vector<std::string>& known,
                 const std::string& pointer, std::vector<Warning>* warnings) {
  const std::string message = "the data have no field \"" + field + "\"";
  for (const Warning& warning : *warnings) {
    if (warning.message == message && warning.pointer == pointer) return;
  }
  warnings->push_back({pointer, message, NearestNameHint(field, known)});
}

Result<std::vector<Json>> ReadInline(const Json& values, const SourceColumn& column,
                                     const std::string& pointer, const Context& context,
                                     bool* found) {
  const std::vector<std::string> path = SplitFieldPath(column.field);
  std::vector<Json> out;
  out.reserve(values.items().size());
  for (const Json& row : values.items()) {
    if (out.size() % Context::kPollInterval == 0) context.Poll();
    const Json* value = nullptr;
    if (row.IsObject()) {
      value = row.Find(column.field);
      if (value == nullptr && path.size() > 1) value = WalkFieldPath(row, path, 0);
      if (value == nullptr && path.size() == 1) value = row.Find(path[0]);
    } else if (column.field == "data") {
      value = &row;
    } else if (path[0] == "data") {
      value = WalkFieldPath(row, path, 1);
    } else if (row.IsArray()) {
      value = WalkFieldPath(row, path, 0);
    }
    *found |= value != nullptr;
    out.push_back(value == nullptr ? Json() : ReadValue(*value, column.reading));
    LOUPE_RETURN_IF_ERROR(CheckLabel(out.back(), column.field, pointer));
  }
  return out;
}

Result<std::vector<Json>> ReadRows(const RowSet& rows, const SourceColumn& column,
                                   const std::string& pointer, const Context& context,
                                   bool* found) {
  std::vector<std::string> path = SplitFieldPath(column.field);
  std::size_t index = rows.columns.size();
  const auto find = [&](const std::string& name) {
    for (std::size_t i = 0; i < rows.columns.size() && index == rows.columns.size(); ++i) {
      if (rows.columns[i].name == name) index = i;
    }
    return index < rows.columns.size();
  };
  std::size_t from = 1;
  const bool whole = find(column.field);
  if (whole) from = path.size();
  *found = whole || find(path[0]);
  std::vector<Json> out(rows.rows.size());
  if (!*found) return out;
  for (std::size_t i = 0; i < rows.rows.size(); ++i) {
    if (i % Context::kPollInterval == 0) context.Poll();
    if (index >= rows.rows[i].size()) {
      return Status(Code::kChartInvalidData, "a row is shorter than its column list").At(pointer);
    }
    const Json* value = WalkFieldPath(rows.rows[i][index], path, from);
    if (value != nullptr) out[i] = ReadValue(*value, column.reading);
    LOUPE_RETURN_IF_ERROR(CheckLabel(out[i], column.field, pointer));
  }
  return out;
}

Result<std::vector<Json>> ReadTable(const Table& table, const SourceColumn& column,
                                    const std::string& pointer, const Context& context,
                                    bool* found) {
  const std::vector<std::string> path = SplitFieldPath(column.field);
  int index = table.Find(column.field);
  const std::size_t from = index >= 0 ? path.size() : 1;
  if (index < 0) index = table.Find(path[0]);
  *found = index >= 0;
  std::vector<Json> out(table.row_count);
  for (std::size_t row = 0; *found && row < table.row_count; ++row) {
    if (row % Context::kPollInterval == 0) context.Poll();
    const Json* value = WalkFieldPath(table.At(index, row), path, from);
    if (value != nullptr) out[row] = ReadValue(*value, column.reading);
    LOUPE_RETURN_IF_ERROR(CheckLabel(out[row], column.field, pointer));
  }
  return out;
}

Result<std::vector<Json>> ReadColumn(const Frame& frame, const SourceColumn& column,
                                     const Context& context, bool* found) {
  if (frame.table != nullptr) {
    return ReadTable(*frame.table, column, frame.pointer, context, found);
  }
  if (frame.rows != nullptr) return ReadRows(*frame.rows, column, frame.pointer, context, found);
  if (frame.values == nullptr) return std::vector<Json>();
  return ReadInline(*frame.values, column, frame.pointer, context, found);
}

std::vector<std::string> KnownFields(const Frame& frame) {
  std::vector<std::string> names;
  if (frame.table != nullptr) return frame.table->names;
  if (frame.rows != nullptr) {
    for (const ResultColumn& column : frame.rows->columns) names.push_back(column.name);
  } else if (frame.RowCount() > 0 && frame.values->items()[0].IsObject()) {
    for (const Json::Member& member : frame.values->items()[0].members()) {
      names.push_back(member.name);
    }
  }
  return names;
}

std::vector<std::string> TimeTokens(std::string_view text) {
  std::vector<std::string> tokens;
  char kind = '\0';
  for (const char c : text) {
    const bool digit = c >= '0' && c <= '9';
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    const char now = digit ? 'd' : letter ? 'l' : '\0';
    if (now != '\0' && (now != kind || tokens.empty())) {
      if (tokens.size() == kMaxTimeTokens) return {};
      tokens.emplace_back();
    }
    if (now != '\0') tokens.back().push_back(c);
    kind = now;
  }
  return tokens;
}

int MonthNumber(const std::string& token) {
  constexpr std::string_view kMonths = "janfebmaraprmayjunjulaugsepoctnovdec";
  if (token.size() < 3) return 0;
  const std::size_t at = kMonths.find(AsciiLower(std::string_view(token).substr(0, 3)));
  return at == std::string_view::npos || at % 3 != 0 ? 0 : static_cast<int>(at / 3) + 1;
}

int IntOf(const std::string& token) {
  int number = -1;
  (void)std::from_chars(token.data(), token.data() + token.size(), number);
  return number;
}

bool IsNumberToken(const std::string& token) { return token[0] >= '0' && token[0] <= '9'; }

// Reads year, month and day off the first three tokens in whichever order tells them apart.
bool ReadDay(const std::vector<std::string>& tokens, DateTime* out) {
  const int months[3] = {MonthNumber(tokens[0]), MonthNumber(tokens[1]), MonthNumber(tokens[2])};
  if (months[0] > 0) {  // Jan 5 2000
    *out = {IntOf(tokens[2]), months[0], IntOf(tokens[1])};
  } else if (months[1] > 0) {  // 5 Jan 2000
    *out = {IntOf(tokens[2]), months[1], IntOf(tokens[0])};
  } else if (tokens[0].size() == 4) {  // 2000/1/5
    *out = {IntOf(tokens[0]), IntOf(tokens[1]), IntOf(tokens[2])};
  } else {  // 1/5/2000
    *out = {IntOf(tokens[2]), IntOf(tokens[0]), IntOf(tokens[1])};
  }
  return out->year >= 0 && out->year <= 9999 && out->month >= 1 && out->month <= 12 &&
         out->day >= 1 && out->day <= DaysInMonth(out->year, out->month);
}

}  // namespace

std::optional<double> ParseTimeText(std::string_view text) {
  if (const auto iso = ParseDateTime(text)) return static_cast<double>(ToMillis(*iso));
  std::vector<std::string> tokens = TimeTokens(text);
  if (tokens.empty()) return std::nullopt;
  const bool weekday = !IsNumberToken(tokens[0]) && MonthNumber(tokens[0]) == 0;
  if (weekday) tokens.erase(tokens.begin());
  if (tokens.empty()) return std::nullopt;
  DateTime time;
  const bool year_only = IsNumberToken(tokens[0]) && tokens[0].size() == 4 && tokens.size() <= 2;
  if (year_only) {  // 2000 or 2000-05
    time.year = IntOf(tokens[0]);
    time.month = tokens.size() == 2 ? IntOf(tokens[1]) : 1;
    if (time.month < 1 || time.month > 12) return std::nullopt;
    return static_cast<double>(ToMillis(time));
  }
  const bool month_year = tokens.size() == 2 && MonthNumber(tokens[0]) > 0;
  if (month_year) tokens.insert(tokens.begin() + 1, "1");
  if (tokens.size() < 3 || !ReadDay(tokens, &time)) return std::nullopt;
  int* const parts[] = {&time.hour, &time.minute, &time.second, &time.millisecond};
  for (std::size_t i = 3; i < tokens.size() && i < 7 && IsNumberToken(tokens[i]); ++i) {
    *parts[i - 3] = IntOf(tokens[i]);
  }
  const std::string half = AsciiLower(tokens.back());
  if (half == "pm" && time.hour < 12) time.hour += 12;
  if (half == "am" && time.hour == 12) time.hour = 0;
  const bool sane = time.hour >= 0 && time.hour < 25 && time.minute >= 0 && time.minute < 60 &&
                    time.second >= 0 && time.second < 61 && time.millisecond >= 0 &&
                    time.millisecond < 1000;
  return sane ? std::optional<double>(static_cast<double>(ToMillis(time))) : std::nullopt;
}

Result<Table> ReadSource(const Frame& frame, const std::vector<SourceColumn>& columns,
                         const Context& context, std::vector<Warning>* warnings) {
  Table table;
  table.row_count = frame.RowCount();
  for (const SourceColumn& column : columns) {
    const std::string key = SourceKey(column.field, column.reading);
    if (table.Find(key) >= 0) continue;
    bool found = false;
    LOUPE_ASSIGN_OR_RETURN(std::vector<Json> read, ReadColumn(frame, column, context, &found));
    if (!found && table.row_count > 0) {
      WarnMissing(column.field, KnownFields(frame), frame.pointer, warnings);
    }
    table.Add(key, std::move(read));
  }
  return table;
}

}  // namespace loupe::chart
