// Any text as a date range: a range that begins before it ends, in the years that PostgreSQL reads,
// or an error with a message; the dates of a range, written as ISO times, are that range again.
//
// A line break cuts the input into the two dates of an array.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "core/semantic/date_range.hpp"

namespace {

using loupe::DateTime;
using loupe::Json;
using loupe::Result;
using loupe::semantic::DateContext;
using loupe::semantic::DateRange;

void Demand(bool condition) {
  if (!condition) std::abort();
}

// A Wednesday, the last day of a leap February, and the first moment of a year.
constexpr DateTime kNows[] = {
    {2024, 3, 13, 2, 30, 45, 500}, {2024, 2, 29, 23, 59, 59, 999}, {2023, 1, 1, 0, 0, 0, 0}};

void CheckRange(const Result<DateRange>& range, const DateContext& context) {
  if (!range.ok()) {
    Demand(!range.status().message().empty());
    return;
  }
  const auto [from, to] = range.value();
  Demand(ToMillis(from) < ToMillis(to) && from.year >= 1 && to.year <= 9999);
  const DateTime last = loupe::FromMillis(ToMillis(to) - 1);
  const Json dates = Json::FromArray({Json(FormatDateTime(from)), Json(FormatDateTime(last))});
  const Result<DateRange> again = loupe::semantic::ParseDateRange(dates, context);
  Demand(again.ok() && again.value().from == from && again.value().to == to);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(reinterpret_cast<const char*>(data), size);
  const std::size_t cut = text.find('\n');
  for (const DateTime& now : kNows) {
    for (const int start : {1, 7}) {
      const DateContext context{now, start, start};
      CheckRange(ParseDateRange(std::string_view(text), context), context);
      if (cut == std::string::npos) continue;
      const Json dates = Json::FromArray({Json(text.substr(0, cut)), Json(text.substr(cut + 1))});
      CheckRange(ParseDateRange(dates, context), context);
    }
  }
  return 0;
}
