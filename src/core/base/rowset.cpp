#include "core/base/rowset.hpp"

#include <string_view>
#include <unordered_map>
#include <unordered_set>

namespace loupe {
namespace {

ValueType TypeOf(const Json& value) {
  if (value.IsBool()) return ValueType::kBoolean;
  if (value.IsNumber()) return ValueType::kNumber;
  return value.IsString() ? ValueType::kString : ValueType::kOther;
}

const char* SqlTypeOf(ValueType type) {
  switch (type) {
    case ValueType::kBoolean:
      return "boolean";
    case ValueType::kNumber:
      return "double precision";
    case ValueType::kString:
      return "text";
    default:
      return "jsonb";
  }
}

// The type that all values but nulls share, else kOther.
ValueType SharedType(const RowSet& rows, std::size_t column) {
  ValueType shared = ValueType::kOther;
  bool is_first = true;
  for (const std::vector<Json>& row : rows.rows) {
    if (row[column].IsNull()) continue;
    const ValueType type = TypeOf(row[column]);
    if (!is_first && type != shared) return ValueType::kOther;
    shared = type;
    is_first = false;
  }
  return shared;
}

}  // namespace

Result<RowSet> RowSetFromJson(const Json& array, const Context& context) {
  if (!array.IsArray()) {
    return Status(Code::kInvalidArgument,
                  std::string("rows must be an array of objects, not ") + array.TypeName());
  }
  RowSet rows;
  std::unordered_map<std::string_view, std::size_t> place_of;  // views into `array`
  for (std::size_t i = 0; i < array.items().size(); ++i) {
    const Json& item = array.items()[i];
    if (i % Context::kPollInterval == 0) context.Poll();
    if (!item.IsObject()) {
      return Status(Code::kInvalidArgument,
                    std::string("each row must be an object, not ") + item.TypeName())
          .At(JsonPointer("", i));
    }
    std::vector<Json> row(rows.columns.size());
    for (const Json::Member& member : item.members()) {
      const auto [place, is_new] = place_of.try_emplace(member.name, rows.columns.size());
      if (is_new) rows.columns.push_back({member.name, "", ValueType::kOther});
      if (row.size() <= place->second) row.resize(place->second + 1);
      row[place->second] = member.value;
    }
    rows.rows.push_back(std::move(row));
  }
  for (std::vector<Json>& row : rows.rows) row.resize(rows.columns.size());
  for (std::size_t column = 0; column < rows.columns.size(); ++column) {
    rows.columns[column].type = SharedType(rows, column);
    rows.columns[column].sql_type = SqlTypeOf(rows.columns[column].type);
  }
  return rows;
}

Json RowsToJson(const RowSet& rows) {
  std::vector<std::size_t> kept;
  std::unordered_set<std::string_view> names;  // views into `rows`
  for (std::size_t i = 0; i < rows.columns.size(); ++i) {
    if (names.insert(rows.columns[i].name).second) kept.push_back(i);
  }
  Json array = Json::MakeArray();
  for (const std::vector<Json>& row : rows.rows) {
    Json object = Json::MakeObject();
    for (const std::size_t i : kept) object.members().push_back({rows.columns[i].name, row[i]});
    array.Append(std::move(object));
  }
  return array;
}

Json ColumnsToJson(const RowSet& rows) {
  Json columns = Json::MakeArray();
  for (const ResultColumn& column : rows.columns) {
    columns.Append(Json::Of({{"name", column.name}, {"type", column.sql_type}}));
  }
  return columns;
}

Json CellsToJson(const RowSet& rows) {
  Json array = Json::MakeArray();
  for (const std::vector<Json>& row : rows.rows) array.Append(Json::FromArray(row));
  return array;
}

}  // namespace loupe
