#include "core/profile/statistics.hpp"

#include <charconv>
#include <string_view>
#include <unordered_map>

namespace loupe::profile {
namespace {

using Row = std::vector<Json>;
using Text = ColumnStatistics::Text;

std::optional<std::int64_t> IntegerOf(const Json& field) {
  if (!field.IsString()) return std::nullopt;
  const std::string& digits = field.AsString();
  std::int64_t value = 0;
  const char* end = digits.data() + digits.size();
  const auto [stop, error] = std::from_chars(digits.data(), end, value);
  if (error != std::errc() || stop != end) return std::nullopt;
  return value;
}

Text TextOf(const Json& field) {
  if (!field.IsString()) return std::nullopt;
  return field.AsString();
}

// The statement sends one character more than is shown.
std::string Shown(std::string value) {
  std::size_t at = 0;
  for (int length = 0; at < value.size(); ++length) {
    if (length == kValueLength) {
      value.resize(at);
      return value + "...";
    }
    ++at;
    while (at < value.size() && (static_cast<unsigned char>(value[at]) & 0xC0U) == 0x80U) ++at;
  }
  return value;
}

Text ShownText(const Json& field) {
  Text text = TextOf(field);
  if (text) text = Shown(*std::move(text));
  return text;
}

std::optional<Json> MostCommonOf(const Json& field) {
  if (!field.IsArray()) return std::nullopt;
  Json list = field;
  for (Json& entry : list.items()) {
    Json* value = entry.Find("value");
    if (value != nullptr && value->IsString()) *value = Json(Shown(value->AsString()));
  }
  return list;
}

std::string MissingNote(const ProfileColumn& column) {
  if (column.access == Access::kDenied) {
    return "permission denied for column \"" + column.name + "\"";
  }
  if (column.comparison == Comparison::kNone) {
    return "type " + column.sql_type + " cannot be compared: rows and nulls counted only";
  }
  if (column.comparison == Comparison::kEquality) {
    return "type " + column.sql_type + " has no order: no extremes or quantiles";
  }
  return "";
}

// Joins the reasons by "; ".
Text NoteOf(const ProfileColumn& column, const ProfileOptions& options,
            const ColumnStatistics& statistics) {
  std::string note = MissingNote(column);
  if (options.sample_rows && statistics.row_count == options.sample_rows) {
    if (!note.empty()) note += "; ";
    note += "first " + std::to_string(*options.sample_rows) + " rows only";
  }
  if (note.empty()) return std::nullopt;
  return note;
}

void FillCounts(const Row& row, ColumnStatistics* out) {
  out->row_count = IntegerOf(row[kRowCount]);
  out->null_count = IntegerOf(row[kNullCount]);
  if (out->row_count.value_or(0) > 0 && out->null_count) {
    out->null_fraction =
        static_cast<double>(*out->null_count) / static_cast<double>(*out->row_count);
  }
  out->distinct_count = IntegerOf(row[kDistinctCount]);
  if (out->distinct_count) {
    out->is_distinct_exact = true;
    out->distinct_error = 0;
  }
  if (row[kIsUnique].IsBool()) out->is_unique = row[kIsUnique].AsBool();
}

void FillValues(const Row& row, ColumnStatistics* out) {
  out->min = ShownText(row[kMin]);
  out->max = ShownText(row[kMax]);
  out->mean = TextOf(row[kMean]);
  out->stddev = TextOf(row[kStddev]);
  out->p05 = ShownText(row[kP05]);
  out->p25 = ShownText(row[kP25]);
  out->median = ShownText(row[kMedian]);
  out->p75 = ShownText(row[kP75]);
  out->p95 = ShownText(row[kP95]);
  out->most_common = MostCommonOf(row[kTopValues]);
}

Status Mismatch(const std::string& what) {
  return Status(Code::kInternal, "rows of the profile do not fit its columns: " + what);
}

// Rows by the position of their column.
Result<std::unordered_map<std::int64_t, const Row*>> IndexRows(const RowSet& rows) {
  std::unordered_map<std::int64_t, const Row*> by_position;
  for (const Row& row : rows.rows) {
    if (row.size() != kResultFields) return Mismatch("wrong number of fields");
    const std::optional<std::int64_t> position = IntegerOf(row[kPosition]);
    if (!position || !by_position.emplace(*position, &row).second) {
      return Mismatch("wrong position");
    }
  }
  return by_position;
}

}  // namespace

Result<std::vector<ColumnStatistics>> AssembleStatistics(const std::vector<ProfileColumn>& columns,
                                                         const ProfileOptions& options,
                                                         const RowSet& rows) {
  LOUPE_ASSIGN_OR_RETURN(const auto by_position, IndexRows(rows));
  std::vector<ColumnStatistics> all;
  all.reserve(columns.size());
  for (const ProfileColumn& column : columns) {
    ColumnStatistics statistics;
    statistics.position = column.position;
    statistics.column_name = column.name;
    statistics.data_type = column.sql_type;
    if (column.access == Access::kReadable) {
      const auto found = by_position.find(column.position);
      if (found == by_position.end()) return Mismatch("column \"" + column.name + "\" is missing");
      FillCounts(*found->second, &statistics);
      FillValues(*found->second, &statistics);
    }
    statistics.note = NoteOf(column, options, statistics);
    all.push_back(std::move(statistics));
  }
  return all;
}

}  // namespace loupe::profile
