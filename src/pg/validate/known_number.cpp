#include "pg/postgres.hpp"

#include "pg/validate/value_bound.hpp"

extern "C" {
#include "access/detoast.h"
#include "catalog/pg_type.h"
#include "nodes/nodeFuncs.h"
#include "utils/builtins.h"
#include "utils/numeric.h"
}

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstring>

namespace loupe::pg {
namespace {

constexpr double kDigitsOfE = 0.4343;  // log10(e)

KnownNumber Known(double value) {
  return {false, value, std::log10(std::max(std::fabs(value), 1.0))};
}

// A value that a double cannot hold, or not as exactly as its digits matter.
KnownNumber Large(double digits) {
  return {false, digits > 308 ? HUGE_VAL : std::pow(10.0, digits), std::max(digits, 0.0)};
}

KnownNumber OfText(const char* text) {
  const std::size_t length = std::strlen(text);
  double value = 0;
  const auto [stop, error] = std::from_chars(text, text + length, value);
  if (length < 300 && error == std::errc() && stop == text + length) return Known(value);
  return {false, 0, static_cast<double>(length)};
}

constexpr Size kShortNumeric = 100;  // bytes; about 200 digits

KnownNumber OfNumeric(Datum value) {
  const double number = DatumGetFloat8(DirectFunctionCall1(numeric_float8_no_overflow, value));
  if (std::isfinite(number) && toast_raw_datum_size(value) <= kShortNumeric) return Known(number);
  // Digits on both sides of the point make an operation slow.
  const char* text = DatumGetCString(DirectFunctionCall1(numeric_out, value));
  return {false, number, static_cast<double>(std::strlen(text))};
}

KnownNumber OfConstant(const Const* constant) {
  if (constant->constisnull) return Known(0);
  const Datum value = constant->constvalue;
  switch (constant->consttype) {
    case INT2OID:
      return Known(DatumGetInt16(value));
    case INT4OID:
      return Known(DatumGetInt32(value));
    case INT8OID:
      return Known(static_cast<double>(DatumGetInt64(value)));
    case FLOAT4OID:
      return Known(static_cast<double>(DatumGetFloat4(value)));
    case FLOAT8OID:
      return Known(DatumGetFloat8(value));
    case NUMERICOID:
      return OfNumeric(PointerGetDatum(PG_DETOAST_DATUM(value)));
    case TEXTOID:
    case VARCHAROID:
    case BPCHAROID:
      return OfText(TextDatumGetCString(value));
    case UNKNOWNOID:
    case CSTRINGOID:
      return OfText(DatumGetCString(value));
    default:
      return {};
  }
}

// The largest of several, or data when one of them is.
KnownNumber LargestOf(const List* places, int* effort) {
  KnownNumber largest = Known(0);
  for (int i = 0; i < list_length(places); ++i) {
    const KnownNumber number = detail::NumberAt(PlaceAt(places, i), effort);
    if (number.is_data) return number;
    if (number.digits > largest.digits || std::fabs(number.value) > std::fabs(largest.value)) {
      largest = number;
    }
  }
  return largest;
}

KnownNumber OfPower(const KnownNumber& base, const KnownNumber& exponent) {
  const double value = std::pow(base.value, exponent.value);
  // Of a small base too: 1.000001 ^ 1e9. A text base has no value, so its digits count.
  if (std::isfinite(value) && base.value != 0) return Known(value);
  const double magnitude = std::isfinite(base.value) && base.value != 0
                               ? std::fabs(std::log10(std::fabs(base.value)))
                               : base.digits;
  return Large(magnitude * std::fabs(exponent.value));
}

bool IsCast(const char* name) {
  return IsOneOf(name, {"int2", "int4", "int8", "float4", "float8", "numeric", "abs", "ceil",
                        "ceiling", "floor", "round", "trunc", "numeric_uplus", "numeric_uminus",
                        "int4um", "int8um", "float8um", "numeric_abs"});
}

KnownNumber OfOneArgument(const char* name, const KnownNumber& argument) {
  if (IsCast(name)) return argument;
  if (EndsWith(name, "exp")) {
    const double value = std::exp(argument.value);
    return std::isfinite(value) ? Known(value) : Large(argument.value * kDigitsOfE);
  }
  if (EndsWith(name, "factorial")) {
    return Large(argument.value * std::log10(std::max(argument.value, 2.0)));
  }
  return {};
}

KnownNumber OfTwoArguments(const char* name, const KnownNumber& a, const KnownNumber& b) {
  if (EndsWith(name, "power") || IsOneOf(name, {"pow", "dpow"})) return OfPower(a, b);
  // A type modifier, or digits behind the point, which cost as much as those before it.
  if (IsOneOf(name, {"round", "trunc"})) return {false, a.value, std::max(a.digits, b.value)};
  if (IsCast(name)) return a;
  double value = 0;
  double digits = std::max(a.digits, b.digits) + 1;
  if (EndsWith(name, "pl") || EndsWith(name, "add")) {
    value = a.value + b.value;
  } else if (EndsWith(name, "mi") || EndsWith(name, "sub")) {
    value = a.value - b.value;
  } else if (EndsWith(name, "mul")) {
    value = a.value * b.value;
    digits = a.digits + b.digits;
  } else if (EndsWith(name, "div")) {
    value = b.value == 0 ? 0 : a.value / b.value;
    digits = a.digits;
  } else {
    return {};
  }
  return std::isfinite(value) && digits < 300 ? Known(value) : Large(digits);
}

// A text that constants decide may be read as a number of as many digits.
KnownNumber OfTextCall(Place place, int* effort) {
  StringInfoData text;
  initStringInfo(&text);
  switch (detail::TextAt(place, effort, &text)) {
    case TextOrigin::kConstant:
      return OfText(text.data);
    case TextOrigin::kData:
      return {};
    case TextOrigin::kComputed:
      break;
  }
  return {false, 0, detail::BytesAt(place, effort)};
}

KnownNumber OfCall(Node* node, List* queries, int* effort) {
  const List* places = PlacesOfAll(ArgumentsOf(node), queries);
  const char* name = CalledName(node);
  if (IsText(exprType(node))) return OfTextCall({node, queries}, effort);
  KnownNumber arguments[2];
  const int count = std::min(list_length(places), 2);
  for (int i = 0; i < count; ++i) {
    arguments[i] = detail::NumberAt(PlaceAt(places, i), effort);
    if (arguments[i].is_data) return arguments[i];
  }
  if (IsOneOf(name, {"generate_series"})) return LargestOf(places, effort);
  if (count == 1) return OfOneArgument(name, arguments[0]);
  return count == 2 ? OfTwoArguments(name, arguments[0], arguments[1]) : KnownNumber();
}

KnownNumber OfSublink(const SubLink* sublink, const List* queries, int* effort) {
  if (sublink->subLinkType != EXPR_SUBLINK) return {};
  return LargestOf(PlacesOfSubquery(castNode(Query, sublink->subselect), 1, queries), effort);
}

}  // namespace

KnownNumber detail::NumberAt(Place place, int* effort) {
  Node* node = place.expression;
  if (node == nullptr) return Known(0);
  if (!Spend(effort)) return {};
  if (Node* passed = PassedOn(node)) return NumberAt({passed, place.queries}, effort);
  switch (nodeTag(node)) {
    case T_Const:
      return OfConstant(castNode(Const, node));
    case T_Var: {
      const Referred referred = Follow(castNode(Var, node), place.queries);
      return referred.places == NIL ? KnownNumber() : LargestOf(referred.places, effort);
    }
    case T_SubLink:
      return OfSublink(castNode(SubLink, node), place.queries, effort);
    case T_CaseExpr:
      return LargestOf(PlacesOfAll(BranchesOf(node), place.queries), effort);
    case T_FuncExpr:
    case T_OpExpr:
      return OfCall(node, place.queries, effort);
    case T_CoalesceExpr:
    case T_MinMaxExpr:
    case T_NullIfExpr:
    case T_ArrayExpr:
      return LargestOf(PlacesOfAll(ArgumentsOf(node), place.queries), effort);
    default:
      return {};
  }
}

KnownNumber NumberOf(Node* expression, const Inspection* inspection) {
  return detail::NumberAt({expression, inspection->queries}, &inspection->effort);
}

}  // namespace loupe::pg
