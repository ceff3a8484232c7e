#include "core/chart/guide/label_text.hpp"

namespace loupe::chart {
namespace {

class LabelScope : public Scope {
 public:
  LabelScope(const Json& datum, const Json& params) : datum_(datum), params_(params) {}
  [[nodiscard]] const Json* Field(std::string_view name) const override {
    return datum_.Find(name);
  }
  [[nodiscard]] Json Datum() const override { return datum_; }
  [[nodiscard]] const Json* Signal(std::string_view name) const override {
    return params_.Find(name);
  }

 private:
  const Json& datum_;
  const Json& params_;
};

}  // namespace

Result<LabelText> LabelText::Parse(const std::string& text, const std::string& pointer,
                                   const Json& params) {
  LOUPE_ASSIGN_OR_RETURN(Expression expression, Expression::Parse(text, pointer));
  return LabelText(std::move(expression), params);
}

Result<std::string> LabelText::Of(const Json& value, const std::string& label, double index,
                                  const Context& host) const {
  const Json datum = Json::Of({{"value", value}, {"label", label}, {"index", index}});
  const LabelScope scope(datum, *params_);
  ExpressionBudget budget;
  LOUPE_ASSIGN_OR_RETURN(const Json result, expression_.Evaluate(scope, host, &budget));
  if (result.IsNull()) return std::string();
  return ExpressionText(result);
}

}  // namespace loupe::chart
