// Metrics of a dbt manifest as measures of the entities that stand for its semantic models.
//
// Tested by test/unit/semantic_import_dbt_test.cpp.
#ifndef LOUPE_CORE_SEMANTIC_DBT_METRICS_HPP
#define LOUPE_CORE_SEMANTIC_DBT_METRICS_HPP

#include <vector>

#include "core/semantic/dbt_project.hpp"

namespace loupe::semantic {

// Label, description and the synonyms of "config": {"meta": {"synonyms": […]}}.
void ReadDbtLabels(ForeignObject* object, ImportNotes* notes, Json* json);

// Adds every metric that can be carried, and the measures that none uses as hidden ones. Errors:
// kLimitExceeded.
[[nodiscard]] Status ReadDbtMetrics(const std::vector<ForeignItem>& metrics,
                                    const DbtProject& project, ImportDraft* draft);

}  // namespace loupe::semantic

#endif  // LOUPE_CORE_SEMANTIC_DBT_METRICS_HPP
