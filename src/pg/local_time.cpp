#include "pg/postgres.hpp"

extern "C" {
#include "pgtime.h"
#include "utils/datetime.h"
#include "utils/timestamp.h"
}

#include "pg/function.hpp"
#include "pg/local_time.hpp"

namespace loupe::pg {
namespace {

constexpr int kMicrosPerMilli = 1000;

}  // namespace

DateTime LocalTime(TimestampTz at, const std::string& zone) {
  const char* name = ToServer(zone);
  pg_tz* found = Call([&]() noexcept { return pg_tzset(name); });
  if (found == nullptr) {
    throw StatusError{
        Status(Code::kInvalidArgument, "time zone \"" + zone + "\" is not known")
            .WithHint("Use a name of the IANA time zone database, such as \"Europe/Berlin\".")};
  }
  pg_tm tm{};
  fsec_t micros = 0;
  int offset = 0;
  const bool is_read = !TIMESTAMP_NOT_FINITE(at) && Call([&]() noexcept {
    return timestamp2tm(at, &offset, &tm, &micros, nullptr, found) == 0;
  });
  if (!is_read || tm.tm_year < 1) {
    throw StatusError{Status(Code::kInvalidArgument, "the time lies outside of the calendar")};
  }
  return {tm.tm_year,
          tm.tm_mon,
          tm.tm_mday,
          tm.tm_hour,
          tm.tm_min,
          tm.tm_sec,
          static_cast<int>(micros / kMicrosPerMilli)};
}

}  // namespace loupe::pg
