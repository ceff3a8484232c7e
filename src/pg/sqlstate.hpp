// The one table from the core's Code to SQLSTATE.
//
// Standard codes where one fits; else class LP in groups: LP1xx ask, LP2xx profile, LP3xx semantic,
// LP4xx chart, LP7xx gate (docs/reference/errors.md lists them).
#ifndef LOUPE_PG_SQLSTATE_HPP
#define LOUPE_PG_SQLSTATE_HPP

#include "core/base/status.hpp"

namespace loupe::pg {

// The packed form that errcode() takes.
[[nodiscard]] int SqlState(Code code);

}  // namespace loupe::pg

#endif  // LOUPE_PG_SQLSTATE_HPP
