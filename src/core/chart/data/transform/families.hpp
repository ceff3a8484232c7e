// The families of transforms behind ApplyTransforms. Each function demands the member that names
// its transform and takes the pointer of the transform's object.
#ifndef LOUPE_CORE_CHART_DATA_TRANSFORM_FAMILIES_HPP
#define LOUPE_CORE_CHART_DATA_TRANSFORM_FAMILIES_HPP

#include "core/chart/data/transform/transform.hpp"

namespace loupe::chart {

using Environment = TransformEnvironment;

// row.cpp: one row in, one or no row out.
Result<Table> FilterRows(Table table, const Json& spec, const std::string& at,
                         const Environment& env);
Result<Table> CalculateRows(Table table, const Json& spec, const std::string& at,
                            const Environment& env);
Result<Table> BinRows(Table table, const Json& spec, const std::string& at, const Environment& env);
Result<Table> TimeUnitRows(Table table, const Json& spec, const std::string& at,
                           const Environment& env);
Result<Table> SampleRows(Table table, const Json& spec, const std::string& at,
                         const Environment& env);

// group.cpp: values of groups.
Result<Table> AggregateRows(const Table& table, const Json& spec, const std::string& at,
                            const Environment& env);
Result<Table> JoinAggregateRows(Table table, const Json& spec, const std::string& at,
                                const Environment& env);
Result<Table> PivotRows(const Table& table, const Json& spec, const std::string& at,
                        const Environment& env);
Result<Table> StackRows(Table table, const Json& spec, const std::string& at,
                        const Environment& env);

// reshape.cpp: columns to rows and rows to columns.
Result<Table> FoldRows(const Table& table, const Json& spec, const std::string& at,
                       const Environment& env);
Result<Table> FlattenRows(Table table, const Json& spec, const std::string& at,
                          const Environment& env);
Result<Table> LookupRows(Table table, const Json& spec, const std::string& at,
                         const Environment& env);
Result<Table> ImputeRows(Table table, const Json& spec, const std::string& at,
                         const Environment& env);

// window.cpp.
Result<Table> WindowRows(Table table, const Json& spec, const std::string& at,
                         const Environment& env);

// statistics.cpp: curves through the rows.
Result<Table> DensityRows(const Table& table, const Json& spec, const std::string& at,
                          const Environment& env);
Result<Table> QuantileRows(const Table& table, const Json& spec, const std::string& at,
                           const Environment& env);
Result<Table> RegressionRows(const Table& table, const Json& spec, const std::string& at,
                             const Environment& env);
Result<Table> LoessRows(const Table& table, const Json& spec, const std::string& at,
                        const Environment& env);

}  // namespace loupe::chart

#endif  // LOUPE_CORE_CHART_DATA_TRANSFORM_FAMILIES_HPP
