// What transforms have in common: reading members, columns of field paths, groups and sorting.
#ifndef LOUPE_CORE_CHART_DATA_TRANSFORM_SUPPORT_HPP
#define LOUPE_CORE_CHART_DATA_TRANSFORM_SUPPORT_HPP

#include <optional>
#include <string>
#include <vector>

#include "core/chart/data/aggregate.hpp"
#include "core/chart/data/transform/transform.hpp"

namespace loupe::chart {

using RowList = std::vector<std::size_t>;

// A member that must be text, or a list of texts. Error: kChartInvalidSpec.
[[nodiscard]] Result<std::string> TextMember(const Json& spec, const char* name,
                                             const std::string& at);
[[nodiscard]] Result<std::vector<std::string>> TextList(const Json& spec, const char* name,
                                                        const std::string& at);
[[nodiscard]] std::string TextOr(const Json& spec, const char* name, const std::string& fallback);
[[nodiscard]] double NumberOr(const Json& spec, const char* name, double fallback);
// The first and second output name: "as" as a text or list, else the defaults.
[[nodiscard]] std::vector<std::string> OutputNames(const Json& spec,
                                                   std::vector<std::string> defaults);

// The values of a field path in every row; null where it leads nowhere.
[[nodiscard]] std::vector<Json> FieldColumn(const Table& table, const std::string& field,
                                            const Context& context);
// Sets or adds a column.
void SetColumn(Table* table, const std::string& name, std::vector<Json> values);

// A row as an object.
[[nodiscard]] Json RowObject(const Table& table, std::size_t row);

// Rows by the values of fields, in order of first appearance; one group without fields.
[[nodiscard]] std::vector<RowList> GroupBy(const Table& table,
                                           const std::vector<std::string>& fields,
                                           const Context& context);

struct SortField {
  std::vector<Json> values;  // by row
  bool descending = false;
};
// Reads [{"field": …, "order": …}].
[[nodiscard]] Result<std::vector<SortField>> SortFields(const Table& table, const Json* sort,
                                                        const std::string& at,
                                                        const Context& context);
// -1, 0 or 1 of two rows.
[[nodiscard]] int CompareRows(const std::vector<SortField>& sort, std::size_t a, std::size_t b);

// Parses an operation of an aggregate. Error: kChartInvalidSpec with the nearest name.
[[nodiscard]] Result<Aggregate> OperationOf(const Json& spec, const std::string& at);

// Counts values that a transform multiplies. Error: kLimitExceeded.
[[nodiscard]] Status CheckCells(std::size_t rows, std::size_t columns, const std::string& at);

}  // namespace loupe::chart

#endif  // LOUPE_CORE_CHART_DATA_TRANSFORM_SUPPORT_HPP
