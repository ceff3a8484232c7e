#include "core/chart/expression/evaluator.hpp"

#include <cmath>

namespace loupe::chart {
namespace {

using Kind = ExpressionKind;
using Op = ExpressionOp;

Result<Value> Add(const Value& a, const Value& b, Evaluation* evaluation) {
  const auto textual = [](const Value& value) { return value.IsText() || value.IsObject(); };
  if (!textual(a) && !textual(b)) return Value(Json(a.ToNumber() + b.ToNumber()));
  std::string text = a.ToText();
  const std::string tail = b.ToText();
  LOUPE_RETURN_IF_ERROR(evaluation->Build(text.size() + tail.size()));
  return Value(Json(text += tail));
}

Value Bits(Op op, const Value& a, const Value& b) {
  const std::int32_t left = a.ToInt32();
  const std::int32_t right = b.ToInt32();
  const auto bits = static_cast<std::uint32_t>(left);
  const std::uint32_t shift = static_cast<std::uint32_t>(right) & 31U;
  switch (op) {
    case Op::kBitOr:
      return Json(left | right);
    case Op::kBitXor:
      return Json(left ^ right);
    case Op::kBitAnd:
      return Json(left & right);
    case Op::kShiftLeft:
      return Json(static_cast<std::int32_t>(bits << shift));
    case Op::kShiftRight:
      return Json(left >> shift);
    default:  // kShiftRightUnsigned
      return Json(static_cast<std::int64_t>(bits >> shift));
  }
}

Result<Value> In(const Value& key, const Value& object) {
  if (!object.IsObject()) {
    return Status(Code::kChartInvalidSpec, "\"in\" of an expression asks what is no object");
  }
  if (object.IsList() && key.ToText() == "length") return Value(Json(true));
  return Value(Json(!object.Member(key.ToText()).IsUndefined()));
}

Result<Value> Binary(Op op, const Value& a, const Value& b, Evaluation* evaluation) {
  switch (op) {
    case Op::kAdd:
      return Add(a, b, evaluation);
    case Op::kSubtract:
      return Value(Json(a.ToNumber() - b.ToNumber()));
    case Op::kMultiply:
      return Value(Json(a.ToNumber() * b.ToNumber()));
    case Op::kDivide:
      return Value(Json(a.ToNumber() / b.ToNumber()));
    case Op::kRemainder:
      return Value(Json(std::fmod(a.ToNumber(), b.ToNumber())));
    case Op::kEqual:
      return Value(Json(LooseEquals(a, b)));
    case Op::kNotEqual:
      return Value(Json(!LooseEquals(a, b)));
    case Op::kSame:
      return Value(Json(StrictEquals(a, b)));
    case Op::kNotSame:
      return Value(Json(!StrictEquals(a, b)));
    case Op::kLess:
      return Value(Json(CompareValues(a, b) == -1));
    case Op::kGreater:
      return Value(Json(CompareValues(a, b) == 1));
    case Op::kLessOrEqual:
      return Value(Json(CompareValues(a, b) <= 0));
    case Op::kGreaterOrEqual: {
      const int order = CompareValues(a, b);
      return Value(Json(order == 0 || order == 1));
    }
    case Op::kIn:
      return In(a, b);
    default:
      return Bits(op, a, b);
  }
}

Value Unary(Op op, const Value& value) {
  switch (op) {
    case Op::kPlus:
      return Json(value.ToNumber());
    case Op::kMinus:
      return Json(-value.ToNumber());
    case Op::kNot:
      return Json(!value.ToBool());
    default:  // kBitNot
      return Json(~value.ToInt32());
  }
}

class Evaluator {
 public:
  explicit Evaluator(Evaluation* evaluation) : evaluation_(*evaluation) {}

  Result<Value> Run(const ExpressionNode& node) {
    LOUPE_RETURN_IF_ERROR(evaluation_.Step());
    switch (node.kind) {
      case Kind::kLiteral:
        return Value::Borrow(node.value);
      case Kind::kPattern:
        return Value::OfPattern(node.pattern);
      case Kind::kDatum:
        return Datum();
      case Kind::kField: {
        const Json* field = evaluation_.scope().Field(node.name);
        return field == nullptr ? Value() : Value::Borrow(*field);
      }
      case Kind::kSignal:
        return Signal(node.name);
      case Kind::kMember:
      case Kind::kItem:
        return Member(node);
      case Kind::kUnary: {
        LOUPE_ASSIGN_OR_RETURN(const Value operand, Run(*node.children[0]));
        return Unary(node.op, operand);
      }
      case Kind::kBinary: {
        LOUPE_ASSIGN_OR_RETURN(const Value left, Run(*node.children[0]));
        LOUPE_ASSIGN_OR_RETURN(const Value right, Run(*node.children[1]));
        return Binary(node.op, left, right, &evaluation_);
      }
      case Kind::kAnd:
      case Kind::kOr: {
        LOUPE_ASSIGN_OR_RETURN(Value left, Run(*node.children[0]));
        if (left.ToBool() == (node.kind == Kind::kOr)) return left;
        return Run(*node.children[1]);
      }
      case Kind::kConditional: {
        LOUPE_ASSIGN_OR_RETURN(const Value test, Run(*node.children[0]));
        return Run(*node.children[test.ToBool() ? 1 : 2]);
      }
      case Kind::kList:
        return List(node);
      case Kind::kObject:
        return Object(node);
      case Kind::kCall:
        return Call(node);
    }
    return Value();
  }

 private:
  Result<Value> Datum() {
    Json datum = evaluation_.scope().Datum();
    LOUPE_RETURN_IF_ERROR(evaluation_.Build(WeightOf(datum)));
    return Value(std::move(datum));
  }

  Result<Value> Signal(const std::string& name) {
    const Json* signal = evaluation_.scope().Signal(name);
    if (signal != nullptr) return Value::Borrow(*signal);
    return Status(Code::kChartInvalidSpec,
                  "an expression reads the parameter \"" + name + "\", which is not known")
        .WithHint("Write datum." + name + " if a field is meant.");
  }

  Result<Value> Member(const ExpressionNode& node) {
    const bool of_datum = node.children[0]->kind == Kind::kDatum;
    LOUPE_ASSIGN_OR_RETURN(const Value object, of_datum ? Value() : Run(*node.children[0]));
    std::string name = node.name;
    if (node.kind == Kind::kItem) {
      LOUPE_ASSIGN_OR_RETURN(const Value key, Run(*node.children[1]));
      name = key.ToText();
    }
    if (of_datum) {
      const Json* field = evaluation_.scope().Field(name);
      return field == nullptr ? Value() : Value::Borrow(*field);
    }
    Value member = object.Member(name);
    if (member.borrowed() == nullptr) {
      LOUPE_RETURN_IF_ERROR(evaluation_.Build(WeightOf(member.json())));
    }
    return member;
  }

  // The value for good, its bytes counted.
  Result<Json> Kept(const ExpressionNode& node) {
    LOUPE_ASSIGN_OR_RETURN(Value value, Run(node));
    Json json = std::move(value).ToJson();
    LOUPE_RETURN_IF_ERROR(evaluation_.Build(WeightOf(json)));
    return json;
  }

  Result<Value> List(const ExpressionNode& node) {
    Json::Array items;
    items.reserve(node.children.size());
    for (const auto& child : node.children) {
      LOUPE_ASSIGN_OR_RETURN(Json item, Kept(*child));
      items.push_back(std::move(item));
    }
    return Value(Json::FromArray(std::move(items)));
  }

  Result<Value> Object(const ExpressionNode& node) {
    Json object = Json::MakeObject();
    for (std::size_t i = 0; i < node.children.size(); ++i) {
      LOUPE_ASSIGN_OR_RETURN(Json value, Kept(*node.children[i]));
      object.members().push_back({node.names[i], std::move(value)});
    }
    return Value(std::move(object));
  }

  Result<Value> Call(const ExpressionNode& node) {
    std::vector<Value> values;
    values.reserve(node.children.size());
    for (const auto& child : node.children) {
      LOUPE_ASSIGN_OR_RETURN(Value value, Run(*child));
      const Json& json = value.json();
      if (json.IsString()) LOUPE_RETURN_IF_ERROR(evaluation_.Step(json.AsString().size() / 64));
      if (json.IsArray()) LOUPE_RETURN_IF_ERROR(evaluation_.Step(json.items().size() / 16));
      values.push_back(std::move(value));
    }
    return node.function->run(Arguments(node.function->name, std::move(values), &evaluation_));
  }

  Evaluation& evaluation_;
};

}  // namespace

Result<Value> EvaluateTree(const ExpressionNode& node, Evaluation* evaluation) {
  return Evaluator(evaluation).Run(node);
}

}  // namespace loupe::chart
