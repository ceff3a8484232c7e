#include "pg/postgres.hpp"

extern "C" {
#include "access/htup_details.h"
#include "catalog/catalog.h"
#include "catalog/pg_type.h"
#include "utils/builtins.h"
#include "utils/lsyscache.h"
#include "utils/syscache.h"
}

#include "pg/function.hpp"
#include "pg/value.hpp"

#include <charconv>
#include <cmath>
#include <cstdint>

namespace loupe::pg {
namespace {

constexpr std::size_t kDoubleDigits = 15;  // every decimal of so many digits survives a double

bool IsNumericType(Oid type) {
  return type == INT2OID || type == INT4OID || type == INT8OID || type == FLOAT4OID ||
         type == FLOAT8OID || type == NUMERICOID;
}

std::size_t SignificantDigits(const std::string& text) {
  std::size_t digits = 0;
  for (const char c : text) {
    if (c >= '0' && c <= '9' && (digits > 0 || c != '0')) ++digits;
  }
  return digits;
}

Json ReadNumber(const std::string& text, Oid type) {
  const char* end = text.data() + text.size();
  std::int64_t integer = 0;
  if (auto [stop, error] = std::from_chars(text.data(), end, integer);
      error == std::errc() && stop == end) {
    return Json(integer);
  }
  double number = 0;
  auto [stop, error] = std::from_chars(text.data(), end, number);
  const bool is_exact = type != NUMERICOID || SignificantDigits(text) <= kDoubleDigits;
  if (error != std::errc() || stop != end || !std::isfinite(number) || !is_exact) return Json(text);
  return Json(number);
}

// "2024-03-07 15:04:05.25+02" becomes "2024-03-07T15:04:05.25": the reading on the wall clock of
// the session's zone. Dates before Christ and infinities stay as they are.
std::string ReadTimestamp(std::string text) {
  const std::size_t blank = text.find(' ');
  if (blank == std::string::npos || text.find("BC") != std::string::npos) return text;
  text[blank] = 'T';
  const std::size_t zone = text.find_first_of("+-", blank);
  if (zone != std::string::npos) text.resize(zone);
  return text;
}

// "2024-03-07 15:04:05.25+02" becomes "2024-03-07T15:04:05.25+02:00", as RFC 3339 writes it.
std::string ReadInstant(std::string text) {
  const std::size_t blank = text.find(' ');
  if (blank == std::string::npos || text.find("BC") != std::string::npos) return text;
  text[blank] = 'T';
  const std::size_t zone = text.find_first_of("+-", blank);
  if (zone != std::string::npos && text.find(':', zone) == std::string::npos) text += ":00";
  return text;
}

}  // namespace

ValueType ClassifyType(Oid type) {
  const Oid base = Call([&]() noexcept { return getBaseType(type); });
  if (IsNumericType(base)) return ValueType::kNumber;
  switch (base) {
    case BOOLOID:
      return ValueType::kBoolean;
    case DATEOID:
      return ValueType::kDate;
    case TIMESTAMPOID:
    case TIMESTAMPTZOID:
      return ValueType::kTimestamp;
    default:
      break;
  }
  const char category = Call([&]() noexcept {
    char value = 0;
    bool preferred = false;
    get_type_category_preferred(base, &value, &preferred);
    return value;
  });
  const bool is_text = category == TYPCATEGORY_STRING || category == TYPCATEGORY_ENUM;
  return is_text ? ValueType::kString : ValueType::kOther;
}

Json ReadValue(const std::string& text, Oid type, ValueForm values) {
  const Oid base = Call([&]() noexcept { return getBaseType(type); });
  if (IsNumericType(base)) {
    return values == ValueForm::kDigits ? Json(text) : ReadNumber(text, base);
  }
  switch (base) {
    case BOOLOID:
      return Json(text == "t");
    case TIMESTAMPTZOID:
      return Json(values == ValueForm::kFaithful ? ReadInstant(text) : ReadTimestamp(text));
    case TIMESTAMPOID:
      return Json(ReadTimestamp(text));
    case JSONOID:
    case JSONBOID: {
      Result<Json> parsed = ParseJson(text);
      return parsed.ok() ? std::move(parsed).value() : Json(text);
    }
    default:
      return Json(text);
  }
}

std::string PrintedType(Oid type, int32 modifier) {
  return FromServer(Call([&]() noexcept -> const char* {
    HeapTuple tuple = SearchSysCache1(TYPEOID, ObjectIdGetDatum(type));
    if (!HeapTupleIsValid(tuple)) return "???";
    const auto* row = reinterpret_cast<Form_pg_type>(GETSTRUCT(tuple));
    const bool is_built_in = IsCatalogNamespace(row->typnamespace);
    ReleaseSysCache(tuple);
    const int qualify = is_built_in ? 0 : FORMAT_TYPE_FORCE_QUALIFY;
    return format_type_extended(type, modifier, FORMAT_TYPE_TYPEMOD_GIVEN | qualify);
  }));
}

}  // namespace loupe::pg
