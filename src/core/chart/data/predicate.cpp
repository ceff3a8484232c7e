#include "core/chart/data/predicate.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>

#include "core/base/nearest.hpp"
#include "core/base/utf8.hpp"
#include "core/chart/data/field_path.hpp"
#include "core/chart/data/source.hpp"
#include "core/chart/data/time_unit.hpp"
#include "core/chart/expression/clock.hpp"
#include "core/chart/expression/functions.hpp"
#include "core/chart/expression/value.hpp"
#include "core/chart/limits.hpp"

namespace loupe::chart {
namespace {

constexpr std::array<std::string_view, 9> kParts = {
    "year", "quarter", "month", "date", "day", "hours", "minutes", "seconds", "milliseconds"};
constexpr std::string_view kMonths = "janfebmaraprmayjunjulaugsepoctnovdec";
constexpr std::string_view kDays = "sunmontuewedthufrisat";

Status Invalid(const std::string& message, const std::string& pointer) {
  return Status(Code::kChartInvalidSpec, message).At(pointer);
}

bool IsDateObject(const Json& json) {
  return json.IsObject() && std::any_of(kParts.begin(), kParts.end(), [&](std::string_view part) {
           return json.Find(part) != nullptr;
         });
}

// A number, a number as text, or a name by its first three letters, of which the first is `first`.
std::optional<double> PartOf(const Json& value, std::string_view names, double first) {
  const double number = value.IsNull() ? std::nan("") : ExpressionNumber(value);
  if (std::isfinite(number)) return number;
  if (!value.IsString() || value.AsString().size() < 3) return std::nullopt;
  const std::size_t at = names.find(AsciiLower(value.AsString().substr(0, 3)));
  if (at == std::string_view::npos || at % 3 != 0) return std::nullopt;
  const std::size_t place = at / 3;
  return static_cast<double>(place) + first;
}

// The time of {"year": 2006, "month": "jan"}: parts that are missing are those of 2012-01-01, a
// Sunday. Months win over quarters, and dates over weekdays.
Result<double> TimeOfDate(const Json& json, const std::string& pointer) {
  std::array<double, 7> parts = {2012, 0, 1, 0, 0, 0, 0};
  const bool day_alone = json.members().size() == 1;
  for (const Json::Member& member : json.members()) {
    if (member.name == "utc") continue;
    const auto known = std::find(kParts.begin(), kParts.end(), member.name);
    if (known == kParts.end()) {
      return Status(Code::kChartInvalidSpec, "a date has no part \"" + member.name + "\"")
          .WithHint(NearestNameHint(member.name, {kParts.begin(), kParts.end()}))
          .At(JsonPointer(pointer, member.name));
    }
    const bool month = member.name == "month";
    const bool day = member.name == "day";
    const std::optional<double> part = PartOf(member.value,
                                              month ? kMonths
                                              : day ? kDays
                                                    : std::string_view(),
                                              month ? 1 : 0);
    if (!part) {
      return Invalid("\"" + member.name + "\" of a date is not known",
                     JsonPointer(pointer, member.name));
    }
    if (member.name == "year") parts[0] = *part;
    if (month) parts[1] = *part - 1;
    if (member.name == "quarter" && json.Find("month") == nullptr) parts[1] = (*part - 1) * 3;
    if (member.name == "date") parts[2] = *part;
    if (day && day_alone) parts[2] = std::fmod(*part, 7) + 1;
    const auto index = static_cast<std::size_t>(known - kParts.begin());
    if (index >= 5) parts[index - 2] = *part;
  }
  return TimeOfParts(parts);
}

bool Same(const Value& a, const Value& b) { return StrictEquals(a, b); }
bool Less(const Value& a, const Value& b) { return CompareValues(a, b) == -1; }
bool LessOrSame(const Value& a, const Value& b) { return CompareValues(a, b) <= 0; }

}  // namespace

// How a field's value is read before it is compared.
enum class Operand { kRaw, kNumber, kText, kTime };

struct Predicate::Node {
  enum class Kind {
    kExpression,
    kParameter,  // name, empty
    kAnd,
    kOr,
    kNot,
    kEqual,
    kLess,
    kLessOrEqual,
    kGreater,
    kGreaterOrEqual,
    kRange,  // operands: two bounds, or one expression of both
    kOneOf,
    kValid  // expected
  };
  // What a field is compared with: a value, nothing (an open bound), or an expression.
  struct Right {
    Json value;
    std::optional<Expression> expression;
  };

  Kind kind = Kind::kAnd;
  std::vector<Node> children;
  std::optional<Expression> expression;
  std::string name;  // of a parameter or field
  std::vector<std::string> path;
  bool empty = true;     // what a parameter that selects nothing gives
  bool expected = true;  // of "valid"
  Operand reading = Operand::kRaw;
  std::optional<TimeUnitSpec> unit;
  std::vector<Right> operands;
};

struct Predicate::Program {
  Node root;
  std::vector<std::string> fields;
  std::vector<std::string> signals;
  bool whole_datum = false;

  static void AddOnce(const std::string& name, std::vector<std::string>* names) {
    if (std::find(names->begin(), names->end(), name) == names->end()) names->push_back(name);
  }
  void Note(const std::optional<Expression>& expression) {
    if (!expression) return;
    for (const std::string& name : expression->fields()) AddOnce(name, &fields);
    for (const std::string& name : expression->signals()) AddOnce(name, &signals);
    whole_datum = whole_datum || expression->reads_whole_datum();
  }
  void Note(const Node& node) {
    if (node.kind == Node::Kind::kParameter) AddOnce(node.name, &signals);
    if (!node.path.empty()) AddOnce(node.path[0], &fields);
    if (node.path.size() > 1) AddOnce(node.name, &fields);
    Note(node.expression);
    for (const Node::Right& operand : node.operands) Note(operand.expression);
    for (const Node& child : node.children) Note(child);
  }
};

// Reads the JSON of a predicate.
class PredicateParser {
 public:
  using Node = Predicate::Node;
  using Kind = Node::Kind;

  static Result<Node> Parse(const Json& json, const std::string& pointer, int depth) {
    if (depth > kMaxExpressionDepth) {
      return Status(Code::kLimitExceeded, "a predicate is nested deeper than " +
                                              std::to_string(kMaxExpressionDepth) + " levels")
          .At(pointer);
    }
    if (json.IsString()) return ParseExpression(json.AsString(), pointer);
    if (!json.IsObject()) {
      return Invalid("a predicate is a text or an object, not " + std::string(json.TypeName()),
                     pointer);
    }
    if (const Json* list = json.Find("and"))
      return ParseList(Kind::kAnd, "and", *list, pointer, depth);
    if (const Json* list = json.Find("or"))
      return ParseList(Kind::kOr, "or", *list, pointer, depth);
    if (const Json* inner = json.Find("not")) {
      Node node;
      node.kind = Kind::kNot;
      LOUPE_ASSIGN_OR_RETURN(Node child, Parse(*inner, JsonPointer(pointer, "not"), depth + 1));
      node.children.push_back(std::move(child));
      return node;
    }
    if (json.Find("param") != nullptr) return ParseParameter(json, pointer);
    if (json.Find("field") != nullptr) return ParseField(json, pointer);
    return Status(Code::kChartInvalidSpec, "a predicate tests nothing")
        .WithHint("It has one of \"field\", \"param\", \"and\", \"or\" and \"not\".")
        .At(pointer);
  }

 private:
  static Result<Node> ParseExpression(const std::string& text, const std::string& pointer) {
    Node node;
    node.kind = Kind::kExpression;
    LOUPE_ASSIGN_OR_RETURN(node.expression, Expression::Parse(text, pointer));
    return node;
  }

  static Result<Node> ParseList(Kind kind, const char* name, const Json& list,
                                const std::string& pointer, int depth) {
    const std::string place = JsonPointer(pointer, name);
    if (!list.IsArray()) return Invalid("\"" + std::string(name) + "\" is no list", place);
    Node node;
    node.kind = kind;
    for (std::size_t i = 0; i < list.items().size(); ++i) {
      LOUPE_ASSIGN_OR_RETURN(Node child, Parse(list.items()[i], JsonPointer(place, i), depth + 1));
      node.children.push_back(std::move(child));
    }
    return node;
  }

  static Result<Node> ParseParameter(const Json& json, const std::string& pointer) {
    const Json& name = *json.Find("param");
    const Json* empty = json.Find("empty");
    if (!name.IsString()) return Invalid("\"param\" is no text", JsonPointer(pointer, "param"));
    if (empty != nullptr && !empty->IsBool()) {
      return Invalid("\"empty\" is neither true nor false", JsonPointer(pointer, "empty"));
    }
    Node node;
    node.kind = Kind::kParameter;
    node.name = name.AsString();
    node.empty = empty == nullptr || empty->AsBool();
    return node;
  }

  static Result<Node> ParseField(const Json& json, const std::string& pointer) {
    const Json& field = *json.Find("field");
    if (!field.IsString() || field.AsString().empty()) {
      return Invalid("\"field\" of a predicate is no name", JsonPointer(pointer, "field"));
    }
    Node node;
    node.name = field.AsString();
    node.path = SplitFieldPath(node.name);
    LOUPE_RETURN_IF_ERROR(ParseUnit(json, pointer, &node));
    struct Test {
      const char* name;
      Kind kind;
    };
    constexpr std::array<Test, 9> kTests = {{{"equal", Kind::kEqual},
                                             {"lt", Kind::kLess},
                                             {"gt", Kind::kGreater},
                                             {"lte", Kind::kLessOrEqual},
                                             {"gte", Kind::kGreaterOrEqual},
                                             {"oneOf", Kind::kOneOf},
                                             {"in", Kind::kOneOf},
                                             {"valid", Kind::kValid},
                                             {"range", Kind::kRange}}};
    for (const Test& test : kTests) {
      const Json* operand = json.Find(test.name);
      if (operand == nullptr) continue;
      node.kind = test.kind;
      LOUPE_RETURN_IF_ERROR(ParseOperands(*operand, JsonPointer(pointer, test.name), &node));
      return node;
    }
    return Status(Code::kChartInvalidSpec,
                  "the predicate of field \"" + node.name + "\" tests nothing")
        .WithHint(
            "It has one of \"equal\", \"lt\", \"lte\", \"gt\", \"gte\", \"range\", "
            "\"oneOf\" and \"valid\".")
        .At(pointer);
  }

  static Status ParseUnit(const Json& json, const std::string& pointer, Node* node) {
    const Json* unit = json.Find("timeUnit");
    if (unit == nullptr || unit->IsNull()) return Status::Ok();
    const Json* name = unit->IsObject() ? unit->Find("unit") : unit;
    if (name != nullptr && name->IsString()) node->unit = ParseTimeUnitSpec(name->AsString());
    if (!node->unit) {
      return Invalid("the time unit of a predicate is not known", JsonPointer(pointer, "timeUnit"));
    }
    node->reading = Operand::kTime;
    return Status::Ok();
  }

  static Status ParseOperands(const Json& json, const std::string& pointer, Node* node) {
    if (node->kind == Kind::kValid) {
      if (!json.IsBool()) return Invalid("\"valid\" is neither true nor false", pointer);
      node->expected = json.AsBool();
      return Status::Ok();
    }
    const bool list = node->kind == Kind::kOneOf || node->kind == Kind::kRange;
    if (!list || (node->kind == Kind::kRange && json.IsObject())) {
      return ParseOperand(json, pointer, node);
    }
    if (!json.IsArray() || (node->kind == Kind::kRange && json.items().size() != 2)) {
      return Invalid(
          node->kind == Kind::kRange ? "\"range\" is no list of two" : "\"oneOf\" is no list",
          pointer);
    }
    for (std::size_t i = 0; i < json.items().size(); ++i) {
      LOUPE_RETURN_IF_ERROR(ParseOperand(json.items()[i], JsonPointer(pointer, i), node));
    }
    return Status::Ok();
  }

  static Status ParseOperand(const Json& json, const std::string& pointer, Node* node) {
    Node::Right operand;
    const Json* text = json.IsObject() ? json.Find("expr") : nullptr;
    if (text == nullptr && json.IsObject()) text = json.Find("signal");
    if (text != nullptr && text->IsString()) {
      LOUPE_ASSIGN_OR_RETURN(operand.expression, Expression::Parse(text->AsString(), pointer));
    } else if (IsDateObject(json)) {
      LOUPE_ASSIGN_OR_RETURN(const double time, TimeOfDate(json, pointer));
      operand.value = time;
      node->reading = Operand::kTime;
    } else if (json.IsObject() || json.IsArray()) {
      return Invalid("a field cannot be compared with " + std::string(json.TypeName()), pointer);
    } else {
      operand.value = node->unit ? TimeOperand(json, *node->unit) : json;
      const Operand natural = json.IsNumber()   ? Operand::kNumber
                              : json.IsString() ? Operand::kText
                                                : Operand::kRaw;
      if (node->reading == Operand::kRaw) node->reading = natural;
    }
    node->operands.push_back(std::move(operand));
    return Status::Ok();
  }

  // A number or text that a time unit is compared with: a time, or the part itself where the unit
  // is of one part ({"timeUnit": "year", "equal": 2006}).
  static Json TimeOperand(const Json& json, const TimeUnitSpec& unit) {
    const std::optional<double> time =
        json.IsString() ? ParseTimeText(json.AsString()) : std::nullopt;
    constexpr std::array<TimePart, 9> kParsed = {
        TimePart::kYear,    TimePart::kQuarter, TimePart::kMonth,
        TimePart::kDate,    TimePart::kDay,     TimePart::kHours,
        TimePart::kMinutes, TimePart::kSeconds, TimePart::kMilliseconds};
    const bool part = json.IsNumber() ? json.AsDouble() < 10'000 : json.IsString() && !time;
    for (std::size_t i = 0; part && i < kParsed.size(); ++i) {
      if (!unit.Is(kParsed[i])) continue;
      const Result<double> at = TimeOfDate(Json::Of({{kParts[i], json}}), "");
      if (at.ok()) return at.value();
    }
    return json.IsString() ? Json(time.value_or(std::nan(""))) : json;
  }
};

// Tests one row.
class PredicateTester {
 public:
  using Node = Predicate::Node;
  using Kind = Node::Kind;

  PredicateTester(const Scope& scope, const Context& context, ExpressionBudget* budget)
      : scope_(scope), context_(context), budget_(budget), evaluation_(scope, context, budget) {}

  Result<bool> Test(const Node& node) {
    LOUPE_RETURN_IF_ERROR(evaluation_.Step());
    switch (node.kind) {
      case Kind::kExpression: {
        LOUPE_ASSIGN_OR_RETURN(const Json value,
                               node.expression->Evaluate(scope_, context_, budget_));
        return Truthy(value);
      }
      case Kind::kParameter: {
        const Json* value = scope_.Signal(node.name);
        return value != nullptr ? Truthy(*value) : node.empty;
      }
      case Kind::kNot: {
        LOUPE_ASSIGN_OR_RETURN(const bool inner, Test(node.children[0]));
        return !inner;
      }
      case Kind::kAnd:
      case Kind::kOr:
        for (const Node& child : node.children) {
          LOUPE_ASSIGN_OR_RETURN(const bool inner, Test(child));
          if (inner == (node.kind == Kind::kOr)) return inner;
        }
        return node.kind == Kind::kAnd;
      default:
        return TestField(node);
    }
  }

 private:
  Result<bool> TestField(const Node& node) {
    const Value field = Read(node);
    if (node.kind == Kind::kValid) {
      const bool nan = field.IsNumber() && std::isnan(field.ToNumber());
      const bool valid = !field.IsNullish() && !nan && std::isfinite(field.ToNumber());
      return valid == node.expected;
    }
    std::vector<Value> operands;
    LOUPE_RETURN_IF_ERROR(ReadOperands(node, &operands));
    if (node.kind == Kind::kRange) return InRange(field, operands);
    if (node.kind == Kind::kOneOf) {
      return std::any_of(operands.begin(), operands.end(),
                         [&](const Value& value) { return Same(value, field); });
    }
    switch (node.kind) {
      case Kind::kEqual:
        return Same(field, operands[0]);
      case Kind::kLess:
        return Less(field, operands[0]);
      case Kind::kLessOrEqual:
        return LessOrSame(field, operands[0]);
      case Kind::kGreater:
        return Less(operands[0], field);
      default:  // kGreaterOrEqual
        return LessOrSame(operands[0], field);
    }
  }

  Status ReadOperands(const Node& node, std::vector<Value>* operands) {
    LOUPE_RETURN_IF_ERROR(evaluation_.Step(node.operands.size()));
    for (const Node::Right& operand : node.operands) {
      if (!operand.expression) {
        operands->push_back(Value::Borrow(operand.value));
        continue;
      }
      LOUPE_ASSIGN_OR_RETURN(Json value, operand.expression->Evaluate(scope_, context_, budget_));
      const bool both = node.kind == Kind::kRange && node.operands.size() == 1;
      if (!both) {
        operands->emplace_back(std::move(value));
        continue;
      }
      const Value list(std::move(value));
      operands->push_back(list.Member("0"));
      operands->push_back(list.Member("1"));
    }
    return Status::Ok();
  }

  // Bounds are inclusive, in either order where both are there; null leaves an end open.
  static bool InRange(const Value& field, const std::vector<Value>& bounds) {
    const Value& low = bounds[0];
    const Value& high = bounds[1];
    if (low.IsNullish() || high.IsNullish()) {
      return (low.IsNullish() || LessOrSame(low, field)) &&
             (high.IsNullish() || LessOrSame(field, high));
    }
    const bool swapped = Less(high, low);
    return LessOrSame(swapped ? high : low, field) && LessOrSame(field, swapped ? low : high);
  }

  Value Read(const Node& node) const {
    const Json* value = scope_.Field(node.name);
    if (value == nullptr) {
      value = scope_.Field(node.path[0]);
      if (value != nullptr) value = WalkFieldPath(*value, node.path, 1);
    }
    if (value == nullptr)
      return node.reading == Operand::kTime ? Value(Json(std::nan(""))) : Value();
    const bool blank = value->IsNull() || (value->IsString() && value->AsString().empty());
    switch (node.reading) {
      case Operand::kRaw:
        return Value::Borrow(*value);
      case Operand::kNumber:
        return blank ? Json() : Json(ExpressionNumber(*value));
      case Operand::kText:
        return blank ? Json() : Json(ExpressionText(*value));
      case Operand::kTime:
        return Json(ReadTimeOf(*value, node.unit));
    }
    return Value();
  }

  static double ReadTimeOf(const Json& value, const std::optional<TimeUnitSpec>& unit) {
    double time = std::nan("");
    if (value.IsNumber()) time = value.AsDouble();
    if (value.IsString()) time = ParseTimeText(value.AsString()).value_or(time);
    return unit && !unit->binned && !std::isnan(time) ? FloorToUnit(*unit, time) : time;
  }

  const Scope& scope_;
  const Context& context_;
  ExpressionBudget* budget_;
  Evaluation evaluation_;
};

Predicate::Predicate(std::shared_ptr<const Program> program) : program_(std::move(program)) {}

Result<Predicate> Predicate::Parse(const Json& json, const std::string& pointer) {
  auto program = std::make_shared<Program>();
  LOUPE_ASSIGN_OR_RETURN(program->root, PredicateParser::Parse(json, pointer, 0));
  program->Note(program->root);
  return Predicate(std::move(program));
}

Result<bool> Predicate::Test(const Scope& scope, const Context& context,
                             ExpressionBudget* budget) const {
  return PredicateTester(scope, context, budget).Test(program_->root);
}

const std::vector<std::string>& Predicate::fields() const { return program_->fields; }
bool Predicate::reads_whole_datum() const { return program_->whole_datum; }
const std::vector<std::string>& Predicate::signals() const { return program_->signals; }

}  // namespace loupe::chart
