#include "pg/postgres.hpp"

#include "pg/validate/value_bound.hpp"

extern "C" {
#include "access/detoast.h"
#include "access/transam.h"
#include "catalog/pg_type.h"
#include "miscadmin.h"
#include "nodes/nodeFuncs.h"
#include "utils/builtins.h"
#include "utils/lsyscache.h"
#include "utils/numeric.h"
}

#include "pg/compat.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <initializer_list>
#include <limits>

namespace loupe::pg {
namespace {

constexpr double kUnbounded = std::numeric_limits<double>::infinity();
constexpr double kColumnBytes = 256;  // what a column's value counts as
constexpr double kColumnDigits = 2;
constexpr double kScalarBytes = 32;
constexpr double kDigitsOfE = 0.4343;  // log10(e)
constexpr double kDigitsOf2 = 0.3011;  // log10(2)
constexpr double kMaxCopiedText = 8192;

// An expression and the queries around it, from the outermost to the one it stands in.
struct Place {
  Node* expression;
  List* queries;
};

using Effort = int;

bool Spend(Effort* effort) {
  check_stack_depth();
  if (*effort > 0) --*effort;
  return *effort > 0;
}

double BytesAt(Place place, Effort* effort);
double DigitsAt(Place place, Effort* effort);
TextOrigin TextAt(Place place, Effort* effort, StringInfo text);

// Queries around the one that is `up` levels above the innermost.
List* QueriesAt(const List* queries, unsigned up) {
  return list_truncate(list_copy(queries),
                       std::max(list_length(queries) - static_cast<int>(up), 0));
}

Node* TargetOf(const Query* query, AttrNumber number) {
  for (int i = 0; i < list_length(query->targetList); ++i) {
    auto* entry = list_nth_node(TargetEntry, query->targetList, i);
    if (entry->resno == number) return reinterpret_cast<Node*>(entry->expr);
  }
  return nullptr;
}

List* AppendPlace(List* places, Node* expression, List* queries) {
  auto* place = static_cast<Place*>(palloc(sizeof(Place)));
  *place = {expression, queries};
  return lappend(places, place);
}

// The expressions behind column `number` of a subquery: one, or one a branch of its UNION.
List* PlacesOfSubquery(Query* query, AttrNumber number, const List* around) {
  List* inside = lappend(list_copy(around), query);
  if (query->setOperations == nullptr) {
    Node* target = TargetOf(query, number);
    return target == nullptr ? NIL : AppendPlace(NIL, target, inside);
  }
  List* places = NIL;
  for (int i = 0; i < list_length(query->rtable); ++i) {
    auto* branch = list_nth_node(RangeTblEntry, query->rtable, i);
    if (branch->rtekind != RTE_SUBQUERY) continue;
    places = list_concat(places, PlacesOfSubquery(branch->subquery, number, inside));
  }
  return places;
}

// What a WITH query's column stands for. `*is_recursive` when it may pile up.
List* PlacesOfWith(const RangeTblEntry* entry, AttrNumber number, const List* queries,
                   bool* is_recursive) {
  List* around = QueriesAt(queries, entry->ctelevelsup);
  if (around == NIL) return NIL;
  const auto* query = static_cast<const Query*>(llast(around));
  for (int i = 0; i < list_length(query->cteList); ++i) {
    auto* with = list_nth_node(CommonTableExpr, query->cteList, i);
    if (std::strcmp(with->ctename, entry->ctename) != 0) continue;
    *is_recursive = with->cterecursive;
    if (with->cterecursive) return NIL;
    return PlacesOfSubquery(castNode(Query, with->ctequery), number, around);
  }
  return NIL;
}

List* PlacesOfValues(const RangeTblEntry* entry, AttrNumber number, List* queries) {
  List* places = NIL;
  for (int i = 0; i < list_length(entry->values_lists); ++i) {
    auto* row = static_cast<List*>(list_nth(entry->values_lists, i));
    if (number >= 1 && number <= list_length(row)) {
      places = AppendPlace(places, static_cast<Node*>(list_nth(row, number - 1)), queries);
    }
  }
  return places;
}

// The expressions that a column reference stands for; NIL: the column of a table.
List* PlacesOf(const Var* var, const List* queries, bool* is_recursive) {
  *is_recursive = false;
  List* around = QueriesAt(queries, var->varlevelsup);
  if (around == NIL || var->varattno <= 0) return NIL;
  const auto* query = static_cast<const Query*>(llast(around));
  if (var->varno < 1 || var->varno > list_length(query->rtable)) return NIL;
  auto* entry = list_nth_node(RangeTblEntry, query->rtable, var->varno - 1);
  switch (entry->rtekind) {
    case RTE_SUBQUERY:
      return PlacesOfSubquery(entry->subquery, var->varattno, around);
    case RTE_CTE:
      return PlacesOfWith(entry, var->varattno, around, is_recursive);
    case RTE_VALUES:
      return PlacesOfValues(entry, var->varattno, around);
    case RTE_JOIN:
      return AppendPlace(NIL, static_cast<Node*>(list_nth(entry->joinaliasvars, var->varattno - 1)),
                         around);
    case RTE_FUNCTION: {
      if (list_length(entry->functions) != 1) return NIL;
      auto* function = linitial_node(RangeTblFunction, entry->functions);
      return AppendPlace(NIL, function->funcexpr, around);
    }
    default: {
      Node* grouped = GroupedExpression(entry, var->varattno);
      return grouped == nullptr ? NIL : AppendPlace(NIL, grouped, around);
    }
  }
}

// The largest of what `measure` says about the expressions that a reference stands for.
double LargestOf(const Var* var, const List* queries, Effort* effort, double column_value,
                 double (*measure)(Place, Effort*)) {
  bool is_recursive = false;
  const List* places = PlacesOf(var, queries, &is_recursive);
  if (is_recursive) return kUnbounded;
  if (places == NIL) return column_value;
  double largest = 0;
  for (int i = 0; i < list_length(places); ++i) {
    largest = std::max(largest, measure(*static_cast<Place*>(list_nth(places, i)), effort));
  }
  return largest;
}

// Arguments of whatever calls something; NIL when the node has none.
List* ArgumentsOf(Node* node) {
  switch (nodeTag(node)) {
    case T_FuncExpr:
      return castNode(FuncExpr, node)->args;
    case T_OpExpr:
    case T_DistinctExpr:
    case T_NullIfExpr:
      return reinterpret_cast<OpExpr*>(node)->args;
    case T_CoalesceExpr:
      return castNode(CoalesceExpr, node)->args;
    case T_MinMaxExpr:
      return castNode(MinMaxExpr, node)->args;
    case T_RowExpr:
      return castNode(RowExpr, node)->args;
    case T_ArrayExpr:
      return castNode(ArrayExpr, node)->elements;
    case T_XmlExpr:
      return list_concat(list_copy(castNode(XmlExpr, node)->named_args),
                         castNode(XmlExpr, node)->args);
    default:
      return NIL;
  }
}

// What a node passes on unchanged: casts that relabel, collations, domains, input and output.
Node* PassedOn(Node* node) {
  switch (nodeTag(node)) {
    case T_RelabelType:
      return reinterpret_cast<Node*>(castNode(RelabelType, node)->arg);
    case T_CollateExpr:
      return reinterpret_cast<Node*>(castNode(CollateExpr, node)->arg);
    case T_CoerceToDomain:
      return reinterpret_cast<Node*>(castNode(CoerceToDomain, node)->arg);
    case T_CoerceViaIO:
      return reinterpret_cast<Node*>(castNode(CoerceViaIO, node)->arg);
    case T_ArrayCoerceExpr:
      return reinterpret_cast<Node*>(castNode(ArrayCoerceExpr, node)->arg);
    case T_ConvertRowtypeExpr:
      return reinterpret_cast<Node*>(castNode(ConvertRowtypeExpr, node)->arg);
    case T_NamedArgExpr:
      return reinterpret_cast<Node*>(castNode(NamedArgExpr, node)->arg);
    case T_SubscriptingRef:
      return reinterpret_cast<Node*>(castNode(SubscriptingRef, node)->refexpr);
    default:
      return nullptr;
  }
}

// Results of a CASE; NIL for anything else.
List* BranchesOf(Node* node) {
  if (!IsA(node, CaseExpr)) return NIL;
  auto* choice = castNode(CaseExpr, node);
  List* branches = choice->defresult == nullptr ? NIL : list_make1(choice->defresult);
  for (int i = 0; i < list_length(choice->args); ++i) {
    branches = lappend(branches, list_nth_node(CaseWhen, choice->args, i)->result);
  }
  return branches;
}

// The name of the built-in that a call or an operator runs; "" for anything else.
const char* CalledName(Node* node) {
  Oid function = InvalidOid;
  if (IsA(node, FuncExpr)) function = castNode(FuncExpr, node)->funcid;
  if (IsA(node, OpExpr)) function = get_opcode(castNode(OpExpr, node)->opno);
  const char* name = OidIsValid(function) ? get_func_name(function) : nullptr;
  return name == nullptr ? "" : name;
}

bool IsOneOf(const char* name, std::initializer_list<const char*> names) {
  for (const char* candidate : names) {
    if (std::strcmp(name, candidate) == 0) return true;
  }
  return false;
}

bool EndsWith(const char* name, const char* end) {
  const std::size_t length = std::strlen(name);
  const std::size_t end_length = std::strlen(end);
  return length >= end_length && std::strcmp(name + length - end_length, end) == 0;
}

double BytesOfConstant(const Const* constant) {
  if (constant->constisnull) return 0;
  if (constant->constlen == -2) {
    return static_cast<double>(std::strlen(DatumGetCString(constant->constvalue)));
  }
  if (constant->constlen != -1) return kScalarBytes;
  return static_cast<double>(toast_raw_datum_size(constant->constvalue));
}

double DigitsOfNumber(double number) { return std::log10(std::max(std::fabs(number), 1.0)); }

double DigitsOfConstant(const Const* constant) {
  if (constant->constisnull) return 0;
  switch (constant->consttype) {
    case INT2OID:
      return DigitsOfNumber(DatumGetInt16(constant->constvalue));
    case INT4OID:
      return DigitsOfNumber(DatumGetInt32(constant->constvalue));
    case INT8OID:
      return DigitsOfNumber(static_cast<double>(DatumGetInt64(constant->constvalue)));
    case FLOAT4OID:
      return DigitsOfNumber(static_cast<double>(DatumGetFloat4(constant->constvalue)));
    case FLOAT8OID:
      return DigitsOfNumber(DatumGetFloat8(constant->constvalue));
    case NUMERICOID: {
      // Out of the range of a double: its digits are its text's.
      const double number =
          DatumGetFloat8(DirectFunctionCall1(numeric_float8_no_overflow, constant->constvalue));
      return std::isfinite(number) ? DigitsOfNumber(number) : 4 * BytesOfConstant(constant);
    }
    default:
      return BytesOfConstant(constant);
  }
}

// Whether an aggregate returns one of its inputs or a number, not all of its inputs together.
bool IsPiling(Oid aggregate) {
  const char* name = get_func_name(aggregate);
  return name != nullptr && EndsWith(name, "agg");
}

double SumBytes(const List* expressions, const List* queries, Effort* effort) {
  double sum = 0;
  for (int i = 0; i < list_length(expressions); ++i) {
    auto* expression = static_cast<Node*>(list_nth(expressions, i));
    if (IsA(expression, TargetEntry)) {
      expression = reinterpret_cast<Node*>(castNode(TargetEntry, expression)->expr);
    }
    sum += BytesAt({expression, const_cast<List*>(queries)}, effort);
  }
  return sum;
}

Place Argument(Node* call, int index, List* queries) {
  const List* arguments = ArgumentsOf(call);
  if (index >= list_length(arguments)) return {nullptr, queries};
  return {static_cast<Node*>(list_nth(arguments, index)), queries};
}

double NumberFrom(double digits) { return std::pow(10.0, std::min(digits, 300.0)); }

double BytesOfCall(Node* node, List* queries, Effort* effort) {
  const char* name = CalledName(node);
  const double sum = SumBytes(ArgumentsOf(node), queries, effort);
  if (IsOneOf(name, {"repeat"})) {
    return BytesAt(Argument(node, 0, queries), effort) *
           NumberFrom(DigitsAt(Argument(node, 1, queries), effort));
  }
  if (IsOneOf(name, {"lpad", "rpad", "bpchar", "bit"})) {
    return sum + NumberFrom(DigitsAt(Argument(node, 1, queries), effort));
  }
  if (IsOneOf(name, {"replace"})) {
    return BytesAt(Argument(node, 0, queries), effort) *
           std::max(1.0, BytesAt(Argument(node, 2, queries), effort));
  }
  const Oid type = exprType(node);
  if (type == NUMERICOID) return kScalarBytes + DigitsAt({node, queries}, effort);
  if (get_typlen(type) > 0) return kScalarBytes;
  return kScalarBytes + 2 * sum;
}

double BytesOfSublink(const SubLink* sublink, const List* queries, Effort* effort) {
  if (sublink->subLinkType == ARRAY_SUBLINK) return kUnbounded;
  if (sublink->subLinkType != EXPR_SUBLINK) return kScalarBytes;
  const List* places = PlacesOfSubquery(castNode(Query, sublink->subselect), 1, queries);
  double largest = 0;
  for (int i = 0; i < list_length(places); ++i) {
    largest = std::max(largest, BytesAt(*static_cast<Place*>(list_nth(places, i)), effort));
  }
  return largest;
}

double BytesAt(Place place, Effort* effort) {
  Node* node = place.expression;
  if (node == nullptr) return 0;
  if (!Spend(effort)) return kUnbounded;
  if (Node* passed = PassedOn(node)) return BytesAt({passed, place.queries}, effort);
  switch (nodeTag(node)) {
    case T_Const:
      return BytesOfConstant(castNode(Const, node));
    case T_Var:
      return LargestOf(castNode(Var, node), place.queries, effort, kColumnBytes, BytesAt);
    case T_Aggref: {
      auto* aggregate = castNode(Aggref, node);
      if (IsPiling(aggregate->aggfnoid)) return kUnbounded;
      return kScalarBytes + SumBytes(aggregate->args, place.queries, effort);
    }
    case T_WindowFunc: {
      auto* function = castNode(WindowFunc, node);
      if (IsPiling(function->winfnoid)) return kUnbounded;
      return kScalarBytes + SumBytes(function->args, place.queries, effort);
    }
    case T_SubLink:
      return BytesOfSublink(castNode(SubLink, node), place.queries, effort);
    case T_CaseExpr:
      return SumBytes(BranchesOf(node), place.queries, effort);
    case T_FuncExpr:
    case T_OpExpr:
      return BytesOfCall(node, place.queries, effort);
    default:
      return kScalarBytes + 2 * SumBytes(ArgumentsOf(node), place.queries, effort);
  }
}

double LargestDigits(const List* expressions, List* queries, Effort* effort) {
  double largest = 0;
  for (int i = 0; i < list_length(expressions); ++i) {
    largest = std::max(largest,
                       DigitsAt({static_cast<Node*>(list_nth(expressions, i)), queries}, effort));
  }
  return largest;
}

double DigitsOfCall(Node* node, List* queries, Effort* effort) {
  const char* name = CalledName(node);
  const double first = DigitsAt(Argument(node, 0, queries), effort);
  const double second = DigitsAt(Argument(node, 1, queries), effort);
  if (EndsWith(name, "power") || IsOneOf(name, {"pow", "dpow"})) {
    return std::max(first, kDigitsOf2) * NumberFrom(second);
  }
  if (EndsWith(name, "exp")) return NumberFrom(first) * kDigitsOfE;
  if (EndsWith(name, "factorial")) return NumberFrom(first) * std::max(first, 1.0);
  if (EndsWith(name, "mul") || EndsWith(name, "div")) return first + second;
  if (IsOneOf(name, {"round", "trunc"}) && list_length(ArgumentsOf(node)) == 2) {
    return std::max(first, NumberFrom(second));  // digits behind the point count too
  }
  if (EndsWith(name, "length")) {
    return DigitsOfNumber(BytesAt(Argument(node, 0, queries), effort));
  }
  return LargestDigits(ArgumentsOf(node), queries, effort) + kDigitsOf2;
}

double DigitsAt(Place place, Effort* effort) {
  Node* node = place.expression;
  if (node == nullptr) return 0;
  if (!Spend(effort)) return kUnbounded;
  if (Node* passed = PassedOn(node)) return DigitsAt({passed, place.queries}, effort);
  switch (nodeTag(node)) {
    case T_Const:
      return DigitsOfConstant(castNode(Const, node));
    case T_Var:
      return LargestOf(castNode(Var, node), place.queries, effort, kColumnDigits, DigitsAt);
    case T_SubLink: {
      auto* sublink = castNode(SubLink, node);
      const List* places =
          sublink->subLinkType == EXPR_SUBLINK
              ? PlacesOfSubquery(castNode(Query, sublink->subselect), 1, place.queries)
              : NIL;
      double largest = 0;
      for (int i = 0; i < list_length(places); ++i) {
        largest = std::max(largest, DigitsAt(*static_cast<Place*>(list_nth(places, i)), effort));
      }
      return largest;
    }
    case T_CaseExpr:
      return LargestDigits(BranchesOf(node), place.queries, effort);
    case T_FuncExpr:
    case T_OpExpr:
      return DigitsOfCall(node, place.queries, effort);
    case T_CoalesceExpr:
    case T_MinMaxExpr:
    case T_ArrayExpr:
      return LargestDigits(ArgumentsOf(node), place.queries, effort);
    default:
      return kColumnDigits;
  }
}

TextOrigin Worse(TextOrigin a, TextOrigin b) { return std::max(a, b); }

// The parts one after the other, or as alternatives.
TextOrigin TextOfAll(const List* places, Effort* effort, const char* separator, StringInfo text) {
  TextOrigin origin = TextOrigin::kConstant;
  for (int i = 0; i < list_length(places); ++i) {
    if (i > 0) appendStringInfoString(text, separator);
    origin = Worse(origin, TextAt(*static_cast<Place*>(list_nth(places, i)), effort, text));
  }
  return origin;
}

List* PlacesOfArguments(const List* arguments, List* queries) {
  List* places = NIL;
  for (int i = 0; i < list_length(arguments); ++i) {
    places = AppendPlace(places, static_cast<Node*>(list_nth(arguments, i)), queries);
  }
  return places;
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

TextOrigin TextOfRepeat(Node* node, List* queries, Effort* effort, StringInfo text) {
  if (BytesOfCall(node, queries, effort) > kMaxCopiedText) return TextOrigin::kComputed;
  const auto copies =
      static_cast<int>(NumberFrom(DigitsAt(Argument(node, 1, queries), effort)) + 0.5);
  StringInfoData part;
  initStringInfo(&part);
  const TextOrigin origin = TextAt(Argument(node, 0, queries), effort, &part);
  for (int i = 0; i < copies; ++i) appendBinaryStringInfo(text, part.data, part.len);
  return origin;
}

// A function that is not run here: of columns it is data, of constants it is computed.
TextOrigin TextOfOther(Node* node, List* queries, Effort* effort, StringInfo text) {
  StringInfoData parts;
  initStringInfo(&parts);
  const List* places = PlacesOfArguments(ArgumentsOf(node), queries);
  for (int i = 0; i < list_length(places); ++i) {
    const TextOrigin origin = TextAt(*static_cast<Place*>(list_nth(places, i)), effort, &parts);
    if (origin == TextOrigin::kComputed) return origin;
    if (origin == TextOrigin::kData) {
      appendStringInfoChar(text, 'x');
      return origin;
    }
  }
  return TextOrigin::kComputed;
}

TextOrigin TextOfCall(Node* node, List* queries, Effort* effort, StringInfo text) {
  const char* name = CalledName(node);
  if (IsOneOf(name, {"textcat", "textanycat", "anytextcat", "concat"})) {
    return TextOfAll(PlacesOfArguments(ArgumentsOf(node), queries), effort, "", text);
  }
  if (IsOneOf(name, {"repeat"})) return TextOfRepeat(node, queries, effort, text);
  if (IsOneOf(name, {"like_escape", "similar_to_escape", "similar_escape", "text", "bpchar",
                     "varchar", "lower", "upper", "btrim", "ltrim", "rtrim"})) {
    return TextAt(Argument(node, 0, queries), effort, text);
  }
  return TextOfOther(node, queries, effort, text);
}

TextOrigin TextAt(Place place, Effort* effort, StringInfo text) {
  Node* node = place.expression;
  if (node == nullptr) return TextOrigin::kConstant;
  if (!Spend(effort) || text->len > kMaxCopiedText) return TextOrigin::kComputed;
  if (Node* passed = PassedOn(node)) return TextAt({passed, place.queries}, effort, text);
  switch (nodeTag(node)) {
    case T_Const:
      return TextOfConstant(castNode(Const, node), text);
    case T_Var: {
      bool is_recursive = false;
      const List* places = PlacesOf(castNode(Var, node), place.queries, &is_recursive);
      if (is_recursive) return TextOrigin::kComputed;
      if (places != NIL) return TextOfAll(places, effort, "|", text);
      appendStringInfoChar(text, 'x');
      return TextOrigin::kData;
    }
    case T_SubLink: {
      auto* sublink = castNode(SubLink, node);
      if (sublink->subLinkType != EXPR_SUBLINK) return TextOrigin::kComputed;
      return TextOfAll(PlacesOfSubquery(castNode(Query, sublink->subselect), 1, place.queries),
                       effort, "|", text);
    }
    case T_CaseExpr:
      return TextOfAll(PlacesOfArguments(BranchesOf(node), place.queries), effort, "|", text);
    case T_ArrayExpr:
    case T_CoalesceExpr:
      return TextOfAll(PlacesOfArguments(ArgumentsOf(node), place.queries), effort, "|", text);
    case T_FuncExpr:
    case T_OpExpr:
      return TextOfCall(node, place.queries, effort, text);
    default:
      return TextOfOther(node, place.queries, effort, text);
  }
}

}  // namespace

double BytesOf(Node* expression, const Inspection* inspection) {
  return BytesAt({expression, inspection->queries}, &inspection->effort);
}

double DigitsOf(Node* expression, const Inspection* inspection) {
  return DigitsAt({expression, inspection->queries}, &inspection->effort);
}

double NumberOf(Node* expression, const Inspection* inspection) {
  return NumberFrom(DigitsOf(expression, inspection));
}

TextOrigin TextOf(Node* expression, const Inspection* inspection, StringInfo text) {
  return TextAt({expression, inspection->queries}, &inspection->effort, text);
}

}  // namespace loupe::pg
