#include "pg/postgres.hpp"

#include "pg/validate/value_bound.hpp"

extern "C" {
#include "access/transam.h"
#include "nodes/nodeFuncs.h"
#include "utils/builtins.h"
#include "utils/lsyscache.h"
}

#include <algorithm>

namespace loupe::pg {
namespace {

constexpr int kMaxKnownText = 8192;  // bytes; what is longer counts as computed

using detail::TextAt;

TextOrigin AppendData(StringInfo text) {
  appendStringInfoChar(text, 'x');
  return TextOrigin::kData;
}

// The parts one after the other, or as alternatives.
TextOrigin TextOfAll(const List* places, const char* separator, int* effort, StringInfo text) {
  TextOrigin origin = TextOrigin::kConstant;
  for (int i = 0; i < list_length(places); ++i) {
    if (i > 0) appendStringInfoString(text, separator);
    origin = std::max(origin, TextAt(PlaceAt(places, i), effort, text));
  }
  return origin;
}

TextOrigin TextOfConstant(const Const* constant, StringInfo text) {
  if (constant->constisnull) return TextOrigin::kConstant;
  if (constant->constlen == -2) {
    appendStringInfoString(text, DatumGetCString(constant->constvalue));
    return TextOrigin::kConstant;
  }
  Oid output = InvalidOid;
  bool is_varlena = false;
  getTypeOutputInfo(constant->consttype, &output, &is_varlena);
  if (output >= FirstNormalObjectId) return TextOrigin::kComputed;
  appendStringInfoString(text, OidOutputFunctionCall(output, constant->constvalue));
  return TextOrigin::kConstant;
}

TextOrigin TextOfRepeat(const List* places, int* effort, StringInfo text) {
  const KnownNumber count = detail::NumberAt(PlaceAt(places, 1), effort);
  if (count.is_data) return AppendData(text);
  StringInfoData part;
  initStringInfo(&part);
  const TextOrigin origin = TextAt(PlaceAt(places, 0), effort, &part);
  if (count.value * part.len > kMaxKnownText) return TextOrigin::kComputed;
  for (int i = 0; i < static_cast<int>(count.value) && part.len > 0; ++i) {
    appendBinaryStringInfo(text, part.data, part.len);
  }
  return origin;
}

// A function that is not run here: of data it is data, of constants it is computed.
TextOrigin TextOfOther(Node* node, List* queries, int* effort, StringInfo text) {
  StringInfoData parts;
  initStringInfo(&parts);
  const TextOrigin origin = TextOfAll(PlacesOfAll(ArgumentsOf(node), queries), "", effort, &parts);
  if (origin == TextOrigin::kData) return AppendData(text);
  return TextOrigin::kComputed;
}

TextOrigin TextOfCall(Node* node, List* queries, int* effort, StringInfo text) {
  const char* name = CalledName(node);
  const List* places = PlacesOfAll(ArgumentsOf(node), queries);
  if (IsOneOf(name, {"textcat", "textanycat", "anytextcat", "concat"})) {
    return TextOfAll(places, "", effort, text);
  }
  if (IsOneOf(name, {"repeat"})) return TextOfRepeat(places, effort, text);
  if (IsOneOf(name,
              {"like_escape", "similar_to_escape", "similar_escape", "text", "bpchar", "varchar",
               "lower", "upper", "btrim", "ltrim", "rtrim", "substring", "left", "right"})) {
    return TextAt(PlaceAt(places, 0), effort, text);
  }
  return TextOfOther(node, queries, effort, text);
}

TextOrigin TextOfReference(const Var* var, const List* queries, int* effort, StringInfo text) {
  const Referred referred = Follow(var, queries);
  if (referred.places == NIL) return AppendData(text);
  return TextOfAll(referred.places, "|", effort, text);
}

}  // namespace

TextOrigin detail::TextAt(Place place, int* effort, StringInfo text) {
  Node* node = place.expression;
  if (node == nullptr) return TextOrigin::kConstant;
  if (!Spend(effort) || text->len > kMaxKnownText) return TextOrigin::kComputed;
  if (Node* passed = PassedOn(node)) return TextAt({passed, place.queries}, effort, text);
  switch (nodeTag(node)) {
    case T_Const:
      return TextOfConstant(castNode(Const, node), text);
    case T_Var:
      return TextOfReference(castNode(Var, node), place.queries, effort, text);
    case T_SubLink: {
      auto* sublink = castNode(SubLink, node);
      if (sublink->subLinkType != EXPR_SUBLINK) return TextOrigin::kComputed;
      return TextOfAll(PlacesOfSubquery(castNode(Query, sublink->subselect), 1, place.queries), "|",
                       effort, text);
    }
    case T_CaseExpr:
      return TextOfAll(PlacesOfAll(BranchesOf(node), place.queries), "|", effort, text);
    case T_ArrayExpr:
    case T_CoalesceExpr:
      return TextOfAll(PlacesOfAll(ArgumentsOf(node), place.queries), "|", effort, text);
    case T_FuncExpr:
    case T_OpExpr:
      return TextOfCall(node, place.queries, effort, text);
    default:
      return TextOfOther(node, place.queries, effort, text);
  }
}

TextOrigin TextOf(Node* expression, const Inspection* inspection, StringInfo text) {
  return TextAt({expression, inspection->queries}, &inspection->effort, text);
}

}  // namespace loupe::pg
