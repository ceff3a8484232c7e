// The wall clock of a time zone.
#ifndef LOUPE_PG_LOCAL_TIME_HPP
#define LOUPE_PG_LOCAL_TIME_HPP

#include "pg/boundary.hpp"

extern "C" {
#include "datatype/timestamp.h"
}

#include <string>

#include "core/base/calendar.hpp"

namespace loupe::pg {

// What the clock of an IANA zone shows at `at`. Throws kInvalidArgument for a zone that PostgreSQL
// does not know and for a time that is infinite or before the year 1.
[[nodiscard]] DateTime LocalTime(TimestampTz at, const std::string& zone);

}  // namespace loupe::pg

#endif  // LOUPE_PG_LOCAL_TIME_HPP
