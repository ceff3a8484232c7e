#include "core/chart/expression/expression.hpp"

#include <algorithm>

#include "core/chart/expression/evaluator.hpp"
#include "core/chart/expression/parser.hpp"

namespace loupe::chart {
namespace {

void AddOnce(const std::string& name, std::vector<std::string>* names) {
  if (std::find(names->begin(), names->end(), name) == names->end()) names->push_back(name);
}

}  // namespace

struct Expression::Program {
  std::unique_ptr<ExpressionNode> root;
  std::vector<std::string> fields;
  std::vector<std::string> signals;
  bool whole_datum = false;

  void Note(const ExpressionNode& node) {
    if (node.kind == ExpressionKind::kField) AddOnce(node.name, &fields);
    if (node.kind == ExpressionKind::kSignal) AddOnce(node.name, &signals);
    if (node.kind == ExpressionKind::kDatum) whole_datum = true;
    for (const auto& child : node.children) Note(*child);
  }
};

Expression::Expression(std::shared_ptr<const Program> program) : program_(std::move(program)) {}

Result<Expression> Expression::Parse(std::string_view text, const std::string& pointer) {
  Result<std::unique_ptr<ExpressionNode>> root = ParseExpressionTree(text);
  if (!root.ok()) return root.status().At(pointer);
  auto program = std::make_shared<Program>();
  program->root = std::move(root).value();
  program->Note(*program->root);
  Expression expression(std::move(program));
  expression.pointer_ = pointer;
  return expression;
}

Result<Json> Expression::Evaluate(const Scope& scope, const Context& context,
                                  ExpressionBudget* budget) const {
  Evaluation evaluation(scope, context, budget);
  Result<Value> value = EvaluateTree(*program_->root, &evaluation);
  if (!value.ok()) return value.status().At(pointer_);
  return std::move(value).value().ToJson();
}

const std::vector<std::string>& Expression::fields() const { return program_->fields; }
bool Expression::reads_whole_datum() const { return program_->whole_datum; }
const std::vector<std::string>& Expression::signals() const { return program_->signals; }

}  // namespace loupe::chart
