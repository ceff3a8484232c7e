#include "core/chart/guide/label_text.hpp"

namespace loupe::chart {

LabelValue::LabelValue(const Json& value, const std::string& label, double index,
                       const Json& params, const Locale& locale)
    : datum_(Json::Of({{"value", value}, {"label", label}, {"index", index}})),
      params_(params),
      locale_(locale) {}

Result<bool> LabelValue::Test(const Predicate& predicate, const Context& host) const {
  ExpressionBudget budget;
  return predicate.Test(*this, host, &budget);
}

Result<LabelText> LabelText::Parse(const std::string& text, const std::string& pointer,
                                   const Json& params, const Locale& locale) {
  LOUPE_ASSIGN_OR_RETURN(Expression expression, Expression::Parse(text, pointer));
  return LabelText(std::move(expression), params, locale);
}

Result<std::string> LabelText::Of(const Json& value, const std::string& label, double index,
                                  const Context& host) const {
  const LabelValue scope(value, label, index, *params_, *locale_);
  ExpressionBudget budget;
  LOUPE_ASSIGN_OR_RETURN(const Json result, expression_.Evaluate(scope, host, &budget));
  if (result.IsNull()) return std::string();
  return ExpressionText(result);
}

}  // namespace loupe::chart
