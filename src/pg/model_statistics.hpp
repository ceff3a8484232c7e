// What the server knows of the sizes of a model's tables, for the choice between SQL of equal
// meaning (core/semantic/plan_shape.hpp).
#ifndef LOUPE_PG_MODEL_STATISTICS_HPP
#define LOUPE_PG_MODEL_STATISTICS_HPP

#include "core/semantic/model.hpp"

namespace loupe::pg {

// Fills in the statistics of every entity that has a table: rows, and for the columns of joins and
// time dimensions that the caller may read how many values they have and whether an index begins
// with them. Demands entities whose schemas are known; what the server has not counted stays
// unknown.
void ReadStatistics(semantic::Model* model);

}  // namespace loupe::pg

#endif  // LOUPE_PG_MODEL_STATISTICS_HPP
