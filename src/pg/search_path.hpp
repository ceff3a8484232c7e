// Search paths: which schemas a caller means, and under which path generated SQL is analysed.
#ifndef LOUPE_PG_SEARCH_PATH_HPP
#define LOUPE_PG_SEARCH_PATH_HPP

#include "pg/boundary.hpp"

#include <string>
#include <vector>

namespace loupe::pg {

// The caller's own schemas in search order: those of the active search_path that exist and may be
// used, without system schemas and temporary ones.
[[nodiscard]] std::vector<std::string> CallerSchemas();

// "pg_catalog, <schemas>, pg_temp" with every name quoted; the caller's own schemas when none are
// given. pg_temp comes last, so that a temporary object never hides a permanent one.
[[nodiscard]] std::string GatedSearchPath(const std::vector<std::string>& schemas);

}  // namespace loupe::pg

#endif  // LOUPE_PG_SEARCH_PATH_HPP
