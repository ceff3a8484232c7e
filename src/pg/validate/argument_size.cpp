#include "pg/postgres.hpp"

#include "pg/validate/argument_size.hpp"

extern "C" {
#include "catalog/pg_type.h"
#include "datatype/timestamp.h"
#include "nodes/nodeFuncs.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/date.h"
#include "utils/lsyscache.h"
#include "utils/timestamp.h"
}

#include "core/validate/format_widths.hpp"
#include "core/validate/path_shape.hpp"
#include "core/validate/regex_shape.hpp"
#include "pg/compat.hpp"
#include "pg/validate/builtin_functions.hpp"
#include "pg/validate/measure.hpp"
#include "pg/validate/refuse.hpp"
#include "pg/validate/value_bound.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <optional>
#include <string_view>

namespace loupe::pg {
namespace {

constexpr double kMaxValueBytes = 1 << 20;  // of a value that repeat, lpad or format pads
constexpr double kMaxElements = 100000;     // of array_fill
constexpr double kMaxSeriesRows = 10000000;
constexpr double kMaxFactorial = 2000;
constexpr double kMaxDigits = 1000;  // of a power, an exponential, an argument of a logarithm
constexpr double kMaxPatternBytes = 1024;
constexpr double kMaxPoints = 10000;  // of a polygon made from a circle

// A call, an operator or "x ~ ANY (…)" with what it calls.
struct CallSite {
  Node* node;
  Oid function;
  List* arguments;
};

bool RefuseSize(const CallSite& call, const char* what, const char* hint, Inspection* inspection) {
  const char* name = get_func_name(call.function);
  inspection->verdict->location = inspection->location;
  return Refuse(inspection->verdict, "argument_size", name,
                psprintf("%s in a call of %s()", what, name), hint);
}

Node* ArgumentAt(const CallSite& call, int index) {
  if (index >= list_length(call.arguments)) return nullptr;
  return static_cast<Node*>(list_nth(call.arguments, index));
}

bool InspectResultBytes(const CallSite& call, Inspection* inspection) {
  const double bytes = BytesOf(call.node, inspection);
  const KnownNumber count = NumberOf(ArgumentAt(call, 1), inspection);
  const bool is_counted = !count.is_data && count.value > kMaxValueBytes;
  // What has no bound here grows from data; the limits at run time hold for it.
  if (!is_counted && (bytes <= kMaxValueBytes || std::isinf(bytes))) return true;
  return RefuseSize(call, "result is larger than 1 MB", "Ask for a shorter value.", inspection);
}

bool InspectFormat(const CallSite& call, Inspection* inspection) {
  StringInfoData text;
  initStringInfo(&text);
  const TextOrigin origin = TextOf(ArgumentAt(call, 0), inspection, &text);
  if (origin == TextOrigin::kComputed) {
    return RefuseSize(call, "the format string is computed", "Write the format string out.",
                      inspection);
  }
  validate::FormatWidths widths =
      validate::MeasureFormat({text.data, static_cast<std::size_t>(text.len)});
  for (int i = 1; widths.from_arguments && i < list_length(call.arguments); ++i) {
    const KnownNumber width = NumberOf(ArgumentAt(call, i), inspection);
    if (!width.is_data) widths.total += std::fabs(width.value);
  }
  if (widths.total <= kMaxValueBytes) return true;
  return RefuseSize(call, "widths are larger than 1 MB", "Use smaller widths.", inspection);
}

// The product of the elements of an array of dimensions, as far as constants tell.
double ElementsOf(Node* dimensions, const Inspection* inspection) {
  double product = 1;
  if (IsA(dimensions, ArrayExpr)) {
    const List* elements = castNode(ArrayExpr, dimensions)->elements;
    for (int i = 0; i < list_length(elements); ++i) {
      const KnownNumber number = NumberOf(static_cast<Node*>(list_nth(elements, i)), inspection);
      if (!number.is_data) product *= std::fabs(number.value);
    }
    return product;
  }
  if (!IsA(dimensions, Const) || castNode(Const, dimensions)->constisnull) return 0;
  ArrayType* array = DatumGetArrayTypeP(castNode(Const, dimensions)->constvalue);
  if (ARR_ELEMTYPE(array) != INT4OID || ARR_HASNULL(array)) return 0;
  const auto* values = reinterpret_cast<const int32*>(ARR_DATA_PTR(array));
  for (int i = 0; i < ArrayGetNItems(ARR_NDIM(array), ARR_DIMS(array)); ++i) product *= values[i];
  return product;
}

bool InspectFill(const CallSite& call, Inspection* inspection) {
  if (ElementsOf(ArgumentAt(call, 1), inspection) <= kMaxElements) return true;
  return RefuseSize(call, "more than 100000 elements", "Ask for a smaller array.", inspection);
}

double MicrosecondsOf(const Interval* interval) {
  const double days = interval->month * 30.0 + interval->day;
  return std::fabs(days * static_cast<double>(USECS_PER_DAY) + static_cast<double>(interval->time));
}

// A constant as a number: itself, or microseconds of a time or an interval.
std::optional<double> ConstantNumber(Node* node) {
  if (IsA(node, FuncExpr) && list_length(castNode(FuncExpr, node)->args) == 1) {
    return ConstantNumber(static_cast<Node*>(linitial(castNode(FuncExpr, node)->args)));
  }
  if (!IsA(node, Const) || castNode(Const, node)->constisnull) return std::nullopt;
  const Datum value = castNode(Const, node)->constvalue;
  switch (castNode(Const, node)->consttype) {
    case INT4OID:
      return static_cast<double>(DatumGetInt32(value));
    case INT8OID:
      return static_cast<double>(DatumGetInt64(value));
    case NUMERICOID:
      return DatumGetFloat8(DirectFunctionCall1(numeric_float8_no_overflow, value));
    case DATEOID:
      return static_cast<double>(DatumGetDateADT(value)) * static_cast<double>(USECS_PER_DAY);
    case TIMESTAMPOID:
    case TIMESTAMPTZOID:
      return static_cast<double>(DatumGetTimestamp(value));
    case INTERVALOID:
      return MicrosecondsOf(DatumGetIntervalP(value));
    default:
      return std::nullopt;
  }
}

// Rows of generate_series, as far as constants tell.
double SeriesRows(const CallSite& call, const Inspection* inspection) {
  Node* stop = ArgumentAt(call, 1);
  const std::optional<double> first = ConstantNumber(ArgumentAt(call, 0));
  const std::optional<double> last = ConstantNumber(stop);
  Node* step_argument = ArgumentAt(call, 2);
  const std::optional<double> step =
      step_argument == nullptr ? std::optional(1.0) : ConstantNumber(step_argument);
  if (first && last && step) {
    return *step == 0 ? 0 : std::fabs(*last - *first) / std::fabs(*step);
  }
  const Oid type = exprType(stop);
  if (type != INT4OID && type != INT8OID && type != NUMERICOID) return 0;
  const KnownNumber end = NumberOf(stop, inspection);
  return end.is_data || step_argument != nullptr ? 0 : end.value;
}

bool InspectSpan(const CallSite& call, Inspection* inspection) {
  const double rows = SeriesRows(call, inspection);
  if (rows <= kMaxSeriesRows) return true;
  return RefuseSize(call, "more than 10000000 rows", "Use a shorter range or a larger step.",
                    inspection);
}

bool InspectFactorial(const CallSite& call, Inspection* inspection) {
  const KnownNumber number = NumberOf(ArgumentAt(call, 0), inspection);
  if (number.is_data || number.value <= kMaxFactorial) return true;
  return RefuseSize(call, "argument is larger than 2000", "Compute with float8, by exp and ln.",
                    inspection);
}

bool HasManyDigits(Node* node, const Inspection* inspection) {
  const KnownNumber number = NumberOf(node, inspection);
  return !number.is_data && number.digits > kMaxDigits;
}

bool InspectPower(const CallSite& call, Inspection* inspection) {
  bool accepted = !HasManyDigits(call.node, inspection);
  for (int i = 0; accepted && i < list_length(call.arguments); ++i) {
    accepted = !HasManyDigits(ArgumentAt(call, i), inspection);
  }
  if (accepted) return true;
  return RefuseSize(call, "number has more than 1000 digits", "Compute with float8.", inspection);
}

// The letters of a flags argument: the last text argument behind the pattern.
const char* RegexOptions(const CallSite& call, const Inspection* inspection) {
  const char* name = get_func_name(call.function);
  const int first = std::strcmp(name, "regexp_replace") == 0 ? 3 : 2;
  if (std::strncmp(name, "regexp_", 7) != 0) return "";
  for (int i = list_length(call.arguments) - 1; i >= first; --i) {
    if (exprType(ArgumentAt(call, i)) != TEXTOID) continue;
    StringInfoData text;
    initStringInfo(&text);
    // Options that are not known now could be any: the strictest reading is the basic syntax.
    if (TextOf(ArgumentAt(call, i), inspection, &text) != TextOrigin::kConstant) return "b";
    return text.data;
  }
  return "";
}

// The pattern is the second argument; that of similar_to_escape and like_escape is the first.
Node* PatternOf(const CallSite& call) {
  const char* name = get_func_name(call.function);
  const bool is_escape = std::strstr(name, "escape") != nullptr;
  return ArgumentAt(call, is_escape ? 0 : 1);
}

bool InspectPattern(const CallSite& call, Inspection* inspection) {
  StringInfoData text;
  initStringInfo(&text);
  const TextOrigin origin = TextOf(PatternOf(call), inspection, &text);
  if (origin == TextOrigin::kComputed) {
    return RefuseSize(call, "the pattern is computed", "Write the pattern out.", inspection);
  }
  const validate::RegexRisk risk = validate::AssessRegex(
      {text.data, static_cast<std::size_t>(text.len)}, RegexOptions(call, inspection));
  if (risk == validate::RegexRisk::kNone) return true;
  return RefuseSize(call, psprintf("the pattern %s", validate::DescribeRisk(risk)),
                    "Use a simpler pattern, or LIKE.", inspection);
}

bool InspectLike(const CallSite& call, Inspection* inspection) {
  StringInfoData text;
  initStringInfo(&text);
  const TextOrigin origin = TextOf(PatternOf(call), inspection, &text);
  const bool is_short = origin == TextOrigin::kComputed
                            ? BytesOf(PatternOf(call), inspection) <= kMaxPatternBytes
                            : text.len <= kMaxPatternBytes;
  if (is_short) return true;
  return RefuseSize(call, "the pattern is too long", "Use a shorter pattern.", inspection);
}

bool InspectJsonPathText(const CallSite& call, Node* path, Inspection* inspection) {
  StringInfoData text;
  initStringInfo(&text);
  if (TextOf(path, inspection, &text) == TextOrigin::kComputed) {
    return RefuseSize(call, "the path is computed", "Write the path out.", inspection);
  }
  const validate::PathRisk risk =
      validate::AssessJsonpath({text.data, static_cast<std::size_t>(text.len)});
  if (risk == validate::PathRisk::kNone) return true;
  return RefuseSize(call, psprintf("the path %s", validate::DescribeRisk(risk)),
                    "Use a simpler path.", inspection);
}

bool RefuseValue(const char* what, const char* hint, Inspection* inspection) {
  inspection->verdict->location = inspection->location;
  return Refuse(inspection->verdict, "argument_size", nullptr, what, hint);
}

bool InspectXpathText(Node* path, Inspection* inspection) {
  StringInfoData text;
  initStringInfo(&text);
  if (TextOf(path, inspection, &text) != TextOrigin::kConstant) {
    return RefuseValue("the XPath is not constant", "Write the path out.", inspection);
  }
  const validate::PathRisk risk =
      validate::AssessXpath({text.data, static_cast<std::size_t>(text.len)});
  if (risk == validate::PathRisk::kNone) return true;
  return RefuseValue(psprintf("the XPath %s", validate::DescribeRisk(risk)), "Use a simpler path.",
                     inspection);
}

bool InspectXpathDocument(Node* document, Inspection* inspection) {
  if (document == nullptr || BytesOf(document, inspection) <= kMaxDocumentBytes) return true;
  return RefuseValue("the document that an XPath searches may be larger than 1 MB",
                     "Search the documents one by one.", inspection);
}

bool InspectPoints(const CallSite& call, Inspection* inspection) {
  const KnownNumber points = NumberOf(ArgumentAt(call, 0), inspection);
  if (points.is_data || points.value <= kMaxPoints) return true;
  return RefuseSize(call, "more than 10000 points", "Ask for fewer points.", inspection);
}

bool InspectCall(const CallSite& call, Inspection* inspection) {
  const BuiltinFunction* entry = FindBuiltinFunction(call.function);
  if (entry == nullptr) return true;
  switch (entry->check) {
    case BoundCheck::kNone:
      return true;
    case BoundCheck::kCount:
    case BoundCheck::kLength:
      return InspectResultBytes(call, inspection);
    case BoundCheck::kFormat:
      return InspectFormat(call, inspection);
    case BoundCheck::kFill:
      return InspectFill(call, inspection);
    case BoundCheck::kSpan:
      return InspectSpan(call, inspection);
    case BoundCheck::kFactorial:
      return InspectFactorial(call, inspection);
    case BoundCheck::kPower:
      return InspectPower(call, inspection);
    case BoundCheck::kPattern:
      return InspectPattern(call, inspection);
    case BoundCheck::kLike:
      return InspectLike(call, inspection);
    case BoundCheck::kJsonpath:
      return InspectJsonPathText(call, ArgumentAt(call, 1), inspection);
    case BoundCheck::kXpath:
      return InspectXpathText(ArgumentAt(call, 0), inspection);
    case BoundCheck::kPoints:
      return InspectPoints(call, inspection);
    case BoundCheck::kProduct:
    case BoundCheck::kSet:
    case BoundCheck::kFigures:
    case BoundCheck::kSquare:
    case BoundCheck::kDocument:
    case BoundCheck::kRank:
      return true;  // measured when they are called
  }
  return true;
}

// Numbers of so many digits that one operation on them takes long, whatever the operation.
bool InspectDigits(Node* node, Inspection* inspection) {
  if (exprType(node) != NUMERICOID || !HasManyDigits(node, inspection)) return true;
  return RefuseValue("a number has more than 1000 digits", "Compute with float8.", inspection);
}

bool HasEntities(const char* text) { return std::strstr(text, "<!ENTITY") != nullptr; }

// XML may not declare entities: expanding them is how a small document becomes a large one.
bool InspectXmlText(Node* text_node, Inspection* inspection) {
  StringInfoData text;
  initStringInfo(&text);
  (void)TextOf(text_node, inspection, &text);
  if (!HasEntities(text.data)) return true;
  return RefuseValue("XML declares entities", "Write the document without <!ENTITY …>.",
                     inspection);
}

// Parsing takes time by the square of what one element may hold, and does not look at cancel.
bool InspectParsedXml(Node* text, Inspection* inspection) {
  if (!InspectXmlText(text, inspection)) return false;
  if (BytesOf(text, inspection) <= kMaxParsedBytes) return true;
  return RefuseValue("XML of more than 200 kB may have to be parsed",
                     "Parse the documents one by one.", inspection);
}

bool InspectXml(Node* node, Inspection* inspection) {
  switch (nodeTag(node)) {
    case T_Const:
      return castNode(Const, node)->consttype != XMLOID || InspectXmlText(node, inspection);
    case T_XmlExpr: {
      const auto* xml = castNode(XmlExpr, node);
      if (xml->op != IS_XMLPARSE) return true;
      return InspectParsedXml(static_cast<Node*>(linitial(xml->args)), inspection);
    }
    case T_CoerceViaIO:
      if (exprType(node) != XMLOID) return true;
      return InspectParsedXml(PassedOn(node), inspection);
    default:
      return exprType(node) != XMLOID || InspectXmlText(node, inspection);
  }
}

bool InspectJsonPathOf(Node* node, Inspection* inspection) {
  Node* path = JsonPathOf(node);
  if (path == nullptr) return true;
  StringInfoData text;
  initStringInfo(&text);
  const bool is_plain = TextOf(path, inspection, &text) != TextOrigin::kComputed &&
                        validate::AssessJsonpath({text.data, static_cast<std::size_t>(text.len)}) ==
                            validate::PathRisk::kNone;
  if (is_plain) return true;
  return RefuseValue("the JSON path may be slow", "Use a simpler path, written out.", inspection);
}

bool InspectNodeSize(Node* node, Inspection* inspection) {
  switch (nodeTag(node)) {
    case T_FuncExpr: {
      auto* call = castNode(FuncExpr, node);
      return InspectCall({node, call->funcid, call->args}, inspection) &&
             InspectXml(node, inspection) && InspectDigits(node, inspection);
    }
    case T_OpExpr:
    case T_DistinctExpr:
    case T_NullIfExpr: {
      auto* call = reinterpret_cast<OpExpr*>(node);
      return InspectCall({node, get_opcode(call->opno), call->args}, inspection) &&
             InspectDigits(node, inspection);
    }
    case T_ScalarArrayOpExpr: {
      auto* call = castNode(ScalarArrayOpExpr, node);
      return InspectCall({node, get_opcode(call->opno), call->args}, inspection);
    }
    case T_Const:
    case T_XmlExpr:
    case T_CoerceViaIO:
      return InspectXml(node, inspection) && InspectDigits(node, inspection);
    default:
      return InspectJsonPathOf(node, inspection);
  }
}

}  // namespace

bool InspectArgumentSize(Node* node, Inspection* inspection) {
  if (!InspectNodeSize(node, inspection)) return false;
  if (inspection->effort > 0) return true;
  return RefuseValue("the statement is too entangled to be judged",
                     "Use fewer subqueries that build on each other.", inspection);
}

bool InspectTableFunctionSize(TableFunc* table, Inspection* inspection) {
  if (IsJsonTable(table)) return true;  // its paths stand in JSON expressions of their own
  if (!InspectXpathText(table->rowexpr, inspection) ||
      !InspectXpathDocument(table->docexpr, inspection)) {
    return false;
  }
  for (int i = 0; i < list_length(table->colexprs); ++i) {
    auto* path = static_cast<Node*>(list_nth(table->colexprs, i));
    if (path != nullptr && !InspectXpathText(path, inspection)) return false;
  }
  return true;
}

}  // namespace loupe::pg
