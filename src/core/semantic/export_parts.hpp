// Pieces that the exporters share: expressions with another row alias, formulas as SQL, the walk
// over dimensions.
//
// Tested by test/unit/semantic_export_test.cpp.
#ifndef LOUPE_CORE_SEMANTIC_EXPORT_PARTS_HPP
#define LOUPE_CORE_SEMANTIC_EXPORT_PARTS_HPP

#include <functional>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/json.hpp"
#include "core/base/status.hpp"
#include "core/semantic/foreign_object.hpp"
#include "core/semantic/model.hpp"

namespace loupe::semantic {

// The expression of a member over the row, whose alias is written `alias`; empty: bare columns.
// Nothing for a member without one, and for formulas, which FormulaSql writes.
[[nodiscard]] std::optional<std::string> RowSqlOf(const RowSource& source, std::string_view alias);
// The same of a fragment over {T}.
[[nodiscard]] std::string FragmentOver(const std::string& fragment, std::string_view alias);

// The formula as SQL, in which `reference` gives the SQL of a reference. Errors: those of
// `reference`.
[[nodiscard]] Result<std::string> FormulaSql(
    const Formula& formula,
    const std::function<Result<std::string>(const std::string&)>& reference);

// A dimension over the row: its column, expression, or its formula with dimensions written out.
// Errors: kNotSupported for bins and for formulas nested too deep.
[[nodiscard]] Result<std::string> DimensionSql(const Entity& entity, const Dimension& dimension,
                                               std::string_view alias);
// The same for what a measure aggregates; nothing when it counts rows.
[[nodiscard]] Result<std::optional<std::string>> ArgumentSql(const Entity& entity,
                                                             const Measure& measure,
                                                             std::string_view alias);

// The object of a format for a dimension, whose JSON form is left to `reader`.
using WriteDimension =
    std::function<Json(const Dimension& dimension, const std::string& sql, ForeignObject* reader)>;
// The dimensions of `entity`, each as `write` gives it for its SQL over the row. Notes those that
// have none, and what neither `write` nor the SQL has read.
[[nodiscard]] Json ExportDimensions(const Entity& entity, std::string_view alias,
                                    ForeignObject* reader, ImportNotes* notes,
                                    const WriteDimension& write);

// The SQL conditions of a measure's filters. Errors: kNotSupported for filters of the query JSON.
[[nodiscard]] Result<std::vector<std::string>> FilterSql(const Measure& measure,
                                                         std::string_view alias);

// "(a) AND (b)".
[[nodiscard]] std::string JoinedByAnd(const std::vector<std::string>& conditions);

// "entity.measure" for a reference of a measure of `entity`.
[[nodiscard]] std::string QualifiedName(const Entity& entity, const std::string& reference);

// The measures, as "entity.measure", that are computed from one of `left_out`, directly or not.
[[nodiscard]] std::set<std::string> DependentsOf(const Model& model,
                                                 const std::set<std::string>& left_out);

// The member of a model's JSON form, or null JSON.
[[nodiscard]] const Json& JsonAt(const Json& object, std::string_view key);

}  // namespace loupe::semantic

#endif  // LOUPE_CORE_SEMANTIC_EXPORT_PARTS_HPP
