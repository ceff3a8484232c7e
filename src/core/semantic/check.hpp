// Check: a model against the catalog; every problem at once, each where it stands.
//
// A table or column that is gone, an aggregation that does not fit its column's type, a join over
// columns that do not exist or whose target may repeat. A model that checks clean compiles to SQL
// that the server accepts, as far as its own SQL expressions do.
//
// Tested by test/unit/semantic_check_test.cpp.
#ifndef LOUPE_CORE_SEMANTIC_CHECK_HPP
#define LOUPE_CORE_SEMANTIC_CHECK_HPP

#include <cstddef>
#include <vector>

#include "core/base/status.hpp"
#include "core/semantic/catalog.hpp"
#include "core/semantic/model.hpp"

namespace loupe::semantic {

// The table of an entity; without a schema the first of that name in the catalog's order. Null
// when the caller can see none.
[[nodiscard]] const CatalogTable* FindTable(const Catalog& catalog, const Entity& entity);

// All problems of the model, in its order, with pointers into the model's JSON. Codes:
// kUndefinedTable and kUndefinedColumn (the hint names the nearest), kSemanticTypeMismatch (an
// aggregation or a dimension type that the column's type does not have), kSemanticInvalidModel (a
// to-one join to columns that are no key of the target, where the target has keys).
[[nodiscard]] std::vector<Status> CheckModel(const Model& model, const Catalog& catalog);

// The index of the entity that a problem's pointer leads into; 0 when it leads into none.
[[nodiscard]] std::size_t EntityIndexOf(const Status& problem);

// The model with what the catalog knows filled in: an empty schema, and the data type of every
// member that has a column, also where the model says another. What the catalog does not know
// stays as it is.
[[nodiscard]] Model CompleteModel(Model model, const Catalog& catalog);

}  // namespace loupe::semantic

#endif  // LOUPE_CORE_SEMANTIC_CHECK_HPP
