#include "pg/postgres.hpp"

#include "pg/validate/value_bound.hpp"

extern "C" {
#include "access/detoast.h"
#include "catalog/pg_type.h"
#include "nodes/nodeFuncs.h"
#include "utils/lsyscache.h"
}

#include <algorithm>
#include <cstring>
#include <limits>

namespace loupe::pg {
namespace {

constexpr double kUnbounded = std::numeric_limits<double>::infinity();
constexpr double kColumnBytes = 256;
constexpr double kScalarBytes = 32;

double BytesOfConstant(const Const* constant) {
  if (constant->constisnull) return 0;
  if (constant->constlen == -2) {
    return static_cast<double>(std::strlen(DatumGetCString(constant->constvalue)));
  }
  if (constant->constlen != -1) return kScalarBytes;
  return static_cast<double>(toast_raw_datum_size(constant->constvalue)) - VARHDRSZ;
}

// Whether an aggregate returns all of its inputs together, not one of them or a number.
bool IsPiling(Oid aggregate) {
  const char* name = get_func_name(aggregate);
  return name != nullptr && std::strstr(name, "agg") != nullptr;
}

double SumAt(const List* places, int* effort) {
  double sum = 0;
  for (int i = 0; i < list_length(places); ++i) sum += detail::BytesAt(PlaceAt(places, i), effort);
  return sum;
}

double LargestAt(const List* places, int* effort) {
  double largest = 0;
  for (int i = 0; i < list_length(places); ++i) {
    largest = std::max(largest, detail::BytesAt(PlaceAt(places, i), effort));
  }
  return largest;
}

// A count that constants decide; infinity when data do.
double CountAt(Place place, int* effort) {
  const KnownNumber number = detail::NumberAt(place, effort);
  return number.is_data ? kUnbounded : std::max(number.value, 0.0);
}

struct Growth {
  const char* name;
  double factor;
};

// Built-ins that make an array no larger than so many times their arguments together. An array is
// counted in its own bytes: each element of a split text has a header and may have one character.
constexpr Growth kArrayGrowth[] = {{"string_to_array", 16}, {"regexp_split_to_array", 16},
                                   {"regexp_match", 16},    {"tsvector_to_array", 4},
                                   {"array_append", 2},     {"array_prepend", 2},
                                   {"array_cat", 2},        {"array_remove", 1},
                                   {"array_replace", 2},    {"trim_array", 1},
                                   {"array_sort", 1},       {"array_reverse", 1},
                                   {"array_shuffle", 1},    {"array_sample", 1}};

// By how much a call that has no bound of its own may be larger than its arguments together: what
// nobody has thought about has no bound.
double GrowthOf(const char* name, Oid type) {
  for (const Growth& growth : kArrayGrowth) {
    if (std::strcmp(growth.name, name) == 0) return growth.factor;
  }
  if (IsOneOf(name, {"regexp_replace", "array_to_string", "ts_rewrite", "format"}) ||
      std::strstr(name, "jsonb_path_query") != nullptr) {
    return kUnbounded;
  }
  switch (type) {
    case TEXTOID:
    case VARCHAROID:
    case BPCHAROID:
      return 2;
    case BYTEAOID:
    case JSONOID:
    case JSONBOID:
    case XMLOID:
    case TSVECTOROID:
    case TSQUERYOID:
    case VARBITOID:
    case BITOID:
      return 8;
    default:
      return kUnbounded;
  }
}

double BytesOfCall(Node* node, List* queries, int* effort) {
  const char* name = CalledName(node);
  const List* places = PlacesOfAll(ArgumentsOf(node), queries);
  if (IsOneOf(name, {"repeat"})) {
    return detail::BytesAt(PlaceAt(places, 0), effort) * CountAt(PlaceAt(places, 1), effort);
  }
  if (IsOneOf(name, {"lpad", "rpad", "bpchar", "bit"}) && list_length(places) > 1) {
    return SumAt(places, effort) + CountAt(PlaceAt(places, 1), effort);
  }
  if (IsOneOf(name, {"replace"})) {
    return detail::BytesAt(PlaceAt(places, 0), effort) *
           std::max(1.0, detail::BytesAt(PlaceAt(places, 2), effort));
  }
  const Oid type = exprType(node);
  if (get_typlen(type) > 0) return kScalarBytes;
  if (type == NUMERICOID) {
    const KnownNumber number = detail::NumberAt({node, queries}, effort);
    return kScalarBytes + number.digits;
  }
  // Putting pieces together makes no more than the pieces.
  const bool is_sum = IsOneOf(name, {"textcat", "textanycat", "anytextcat", "concat"});
  return kScalarBytes + (is_sum ? 1 : GrowthOf(name, type)) * SumAt(places, effort);
}

double BytesOfSublink(const SubLink* sublink, const List* queries, int* effort) {
  if (sublink->subLinkType == ARRAY_SUBLINK) return kUnbounded;
  if (sublink->subLinkType != EXPR_SUBLINK) return kScalarBytes;
  return LargestAt(PlacesOfSubquery(castNode(Query, sublink->subselect), 1, queries), effort);
}

double BytesOfReference(const Var* var, const List* queries, int* effort) {
  const Referred referred = Follow(var, queries);
  if (referred.is_recursive) return kUnbounded;
  return referred.places == NIL ? kColumnBytes : LargestAt(referred.places, effort);
}

}  // namespace

double detail::BytesAt(Place place, int* effort) {
  Node* node = place.expression;
  if (node == nullptr) return 0;
  if (!Spend(effort)) return kUnbounded;
  if (Node* passed = PassedOn(node)) {
    // A value read from text is larger than the text: "(1,1)," is a point of 16 bytes.
    const double growth = IsA(node, CoerceViaIO) && !IsText(exprType(node)) ? 8 : 1;
    return growth * BytesAt({passed, place.queries}, effort);
  }
  switch (nodeTag(node)) {
    case T_Const:
      return BytesOfConstant(castNode(Const, node));
    case T_Var:
      return BytesOfReference(castNode(Var, node), place.queries, effort);
    case T_Aggref:
      if (IsPiling(castNode(Aggref, node)->aggfnoid)) return kUnbounded;
      break;
    case T_WindowFunc:
      if (IsPiling(castNode(WindowFunc, node)->winfnoid)) return kUnbounded;
      break;
    case T_SubLink:
      return BytesOfSublink(castNode(SubLink, node), place.queries, effort);
    case T_CaseExpr:
      return LargestAt(PlacesOfAll(BranchesOf(node), place.queries), effort);
    case T_FuncExpr:
    case T_OpExpr:
      return BytesOfCall(node, place.queries, effort);
    case T_CoalesceExpr:
    case T_MinMaxExpr:
    case T_NullIfExpr:
      return LargestAt(PlacesOfAll(ArgumentsOf(node), place.queries), effort);
    case T_RowExpr:
    case T_ArrayExpr:
    case T_XmlExpr:
      break;
    default:
      // A field of a record, an element of a document: nothing tells where it comes from.
      return get_typlen(exprType(node)) > 0 ? kScalarBytes : kUnbounded;
  }
  return kScalarBytes + 2 * SumAt(PlacesOfAll(ArgumentsOf(node), place.queries), effort);
}

double BytesOf(Node* expression, const Inspection* inspection) {
  return detail::BytesAt({expression, inspection->queries}, &inspection->effort);
}

}  // namespace loupe::pg
