#include "core/ask/say.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <optional>
#include <vector>

#include "core/ask/explain.hpp"
#include "core/ask/query_view.hpp"
#include "core/base/calendar.hpp"
#include "core/base/number_format.hpp"

namespace loupe::ask {
namespace {

constexpr std::size_t kMaxToldColumns = 3;  // of one row
constexpr std::size_t kShownGroups = 1;     // a sentence names the first row only

struct Column {
  std::size_t index = 0;
  std::string member;
  std::string grain;  // of a time dimension
};

// The columns of the result by their part in the query.
struct Shape {
  std::vector<Column> dimensions;
  std::vector<Column> times;
  std::vector<Column> measures;
};

std::optional<Shape> ShapeOf(const Json& query, const RowSet& rows) {
  Shape shape;
  std::size_t next = 0;
  const auto add = [&](std::string member, std::string grain, std::vector<Column>* out) {
    const std::string full = grain.empty() ? member : member + "." + grain;
    std::size_t index = next++;
    for (std::size_t c = 0; c < rows.columns.size(); ++c) {
      if (rows.columns[c].name == full) index = c;
    }
    out->push_back({index, std::move(member), std::move(grain)});
  };
  for (const Json& member : ItemsOf(query, "dimensions")) {
    add(TextOf(member), {}, &shape.dimensions);
  }
  for (const Json& time : ItemsOf(query, "timeDimensions")) {
    const std::string grain = TextOf(time, "granularity");
    if (!grain.empty()) add(TextOf(time, "dimension"), grain, &shape.times);
  }
  for (const Json& member : ItemsOf(query, "measures")) {
    add(TextOf(member), {}, &shape.measures);
  }
  if (next > rows.columns.size()) return std::nullopt;
  return shape;
}

// Numbers may come as text of their digits.
std::optional<double> NumberOf(const Json& value) {
  if (value.IsNumber()) return value.AsDouble();
  if (!value.IsString() || value.AsString().empty()) return std::nullopt;
  const std::string& text = value.AsString();
  double number = 0;
  const auto parsed = std::from_chars(text.data(), text.data() + text.size(), number);
  const bool whole = parsed.ec == std::errc() && parsed.ptr == text.data() + text.size();
  return whole && std::isfinite(number) ? std::optional<double>(number) : std::nullopt;
}

std::string NumberInWords(double number) {
  NumberFormat format;
  format.comma = true;
  format.trim = true;
  const bool small = std::fabs(number) < 1;
  format.type = small ? 'r' : 'f';
  format.precision = small ? 3 : number == std::floor(number) ? 0 : 2;
  return number == 0 ? "0" : FormatNumber(format, number);
}

std::string Capitalise(std::string text) {
  if (!text.empty() && text[0] >= 'a' && text[0] <= 'z') {
    text[0] = static_cast<char>(text[0] - 'a' + 'A');
  }
  return text;
}

std::string Number(std::size_t count) { return NumberInWords(static_cast<double>(count)); }

class Speaker {
 public:
  Speaker(const Json& query, const semantic::Model& model, const RowSet& rows, Shape shape)
      : query_(query), model_(model), rows_(rows), shape_(std::move(shape)) {}

  std::string Speak() const {
    if (rows_.rows.empty()) return Sentence("Nothing was found");
    if (shape_.measures.empty()) return SayList();
    if (shape_.dimensions.empty() && shape_.times.empty()) return SayValues();
    if (shape_.dimensions.empty() && !HasLimit()) return SaySeries();
    return SayRanking();
  }

 private:
  // Adds the conditions, which every sentence repeats.
  std::string Sentence(std::string text) const {
    const std::string filters = ExplainFilters(query_, model_);
    if (!filters.empty()) text += ", " + filters;
    return text + ".";
  }

  std::string Words(const Column& column) const { return MemberInWords(column.member, model_); }

  const Json& Cell(std::size_t row, const Column& column) const {
    return rows_.rows[row][column.index];
  }

  std::string Value(std::size_t row, const Column& column) const {
    return ValueInWords(Cell(row, column), column.grain);
  }

  // Texts and numbers that name a row, such as a code or a year, stay as they are.
  std::string NameValue(std::size_t row, const Column& column) const {
    const Json& cell = Cell(row, column);
    const bool text = cell.IsString() && rows_.columns[column.index].type == ValueType::kString;
    if (text) return cell.AsString();
    return cell.IsNumber() ? NumberToText(cell.AsDouble()) : ValueInWords(cell, column.grain);
  }

  bool HasLimit() const { return query_.Find("limit") != nullptr; }

  std::string SayValues() const {
    std::string text;
    for (std::size_t m = 0; m < shape_.measures.size(); ++m) {
      if (m > 0) text += m + 1 == shape_.measures.size() ? " and the " : ", the ";
      const bool unknown = Cell(0, shape_.measures[m]).IsNull();
      text += Words(shape_.measures[m]) + " is " +
              (unknown ? "unknown, since no rows have a value" : Value(0, shape_.measures[m]));
    }
    return Sentence("The " + text);
  }

  // The name of a row: its first dimension that has a value, else its period.
  std::string RowName(std::size_t row) const {
    for (const Column& column : shape_.dimensions) {
      if (!Cell(row, column).IsNull()) return NameValue(row, column);
    }
    if (!shape_.times.empty()) return Value(row, shape_.times.front());
    return "no value";
  }

  std::optional<std::size_t> RowWithMost(const Column& measure) const {
    std::optional<std::size_t> best;
    double most = 0;
    for (std::size_t r = 0; r < rows_.rows.size(); ++r) {
      const std::optional<double> number = NumberOf(Cell(r, measure));
      if (!number || (best && *number <= most)) continue;
      best = r;
      most = *number;
    }
    return best;
  }

  // Which end of the measure the query sorts by first, if it does.
  std::optional<bool> SortsDescending(const Column& measure) const {
    const Json::Array order = ItemsOf(query_, "order");
    if (order.empty() || !order.front().IsArray()) return std::nullopt;
    const Json::Array& pair = order.front().items();
    if (pair.size() != 2 || TextOf(pair[0]) != measure.member) return std::nullopt;
    return TextOf(pair[1]) == "desc";
  }

  std::string SayRanking() const {
    const Column& measure = shape_.measures.front();
    const std::optional<bool> descending = SortsDescending(measure);
    const std::optional<std::size_t> best =
        descending ? std::optional<std::size_t>(0) : RowWithMost(measure);
    if (!best || Cell(*best, measure).IsNull()) return SayRowCount();
    const bool highest = descending.value_or(true);
    std::string text;
    if (rows_.rows.size() > kShownGroups) text = "Of " + Number(rows_.rows.size()) + " groups, ";
    text += RowName(*best) + " has the " + (highest ? "highest " : "lowest ") + Words(measure) +
            ": " + Value(*best, measure);
    return Sentence(std::move(text));
  }

  std::string SaySeries() const {
    const Column& time = shape_.times.front();
    const Column& measure = shape_.measures.front();
    const std::optional<std::size_t> peak = RowWithMost(measure);
    const std::size_t last = rows_.rows.size() - 1;
    if (!peak) return SayRowCount();
    std::string text = "the " + Words(measure);
    if (last == 0)
      return Sentence(Capitalise(text + " in " + Value(0, time) + " is " + Value(0, measure)));
    text += " goes from " + Value(0, measure) + " in " + Value(0, time) + " to " +
            Value(last, measure) + " in " + Value(last, time) + ", with its peak of " +
            Value(*peak, measure) + " in " + Value(*peak, time);
    return Sentence(Capitalise(std::move(text)));
  }

  std::string SayRowCount() const {
    const std::size_t count = rows_.rows.size();
    return Sentence(Number(count) + (count == 1 ? " row" : " rows"));
  }

  // One row with few columns is said whole.
  std::string SayList() const {
    const std::vector<Column>& columns = shape_.dimensions;
    if (rows_.rows.size() != 1 || columns.empty() || columns.size() > 3) return SayRowCount();
    std::string text;
    for (const Column& column : columns) {
      text += (text.empty() ? "the " : ", ") + Words(column) + " is " +
              (Cell(0, column).IsNull() ? "unknown" : NameValue(0, column));
    }
    return Sentence(Capitalise(std::move(text)));
  }

  const Json& query_;
  const semantic::Model& model_;
  const RowSet& rows_;
  Shape shape_;
};

}  // namespace

std::string ValueInWords(const Json& value, const std::string& grain) {
  if (value.IsNull()) return "no value";
  if (value.IsBool()) return value.AsBool() ? "true" : "false";
  if (value.IsString()) {
    const std::optional<DateTime> time = ParseDateTime(value.AsString());
    if (time) {
      const bool midnight = Truncate(*time, TimeUnit::kDay) == *time;
      const TimeUnit plain = midnight ? TimeUnit::kDay : TimeUnit::kMinute;
      return PeriodInWords(*time, ParseTimeUnit(grain).value_or(plain));
    }
  }
  if (const std::optional<double> number = NumberOf(value)) return NumberInWords(*number);
  return value.IsString() ? value.AsString() : value.Dump();
}

namespace {

// Of rows that came from a statement over tables: the columns' own names say what they are.
std::string SayRows(const Reading& reading, const RowSet& rows) {
  if (rows.rows.empty()) return "Nothing was found: " + reading.interpretation + ".";
  const auto value = [&](std::size_t column) {
    const Json& cell = rows.rows[0][column];
    const bool text = cell.IsString() && rows.columns[column].type == ValueType::kString;
    return text ? cell.AsString() : ValueInWords(cell, "");
  };
  if (rows.rows.size() > 1 || rows.columns.size() > kMaxToldColumns) {
    const std::size_t count = rows.rows.size();
    return Number(count) + (count == 1 ? " row: " : " rows: ") + reading.interpretation + ".";
  }
  std::string text;
  for (std::size_t c = 0; c < rows.columns.size(); ++c) {
    std::string name = rows.columns[c].name;
    std::replace(name.begin(), name.end(), '_', ' ');
    text += (c == 0 ? "The " : ", the ") + name + " is " + value(c);
  }
  const std::size_t where = reading.interpretation.find(", ");
  const bool more = where != std::string::npos;
  return text + (more ? reading.interpretation.substr(where) : std::string()) + ".";
}

}  // namespace

std::string Say(const Reading& reading, const semantic::Model& model, const RowSet& rows) {
  if (reading.outcome != Outcome::kAnswered) return Capitalise(reading.reason) + ".";
  if (!reading.sql.empty()) return SayRows(reading, rows);
  std::optional<Shape> shape = ShapeOf(reading.query, rows);
  if (!shape) return {};
  return Speaker(reading.query, model, rows, std::move(*shape)).Speak();
}

}  // namespace loupe::ask
