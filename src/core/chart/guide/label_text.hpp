// LabelText: "labelExpr" of axes, legends and headers, an expression over one label.
//
//   labelExpr "upper(datum.label)"  value 3, label "c"  ->  "C"
//
// `datum` has the label's "value", its "label" as formatted, and "index", 0 to 1 along the guide.
//
// Tested by test/unit/chart_layout_test.cpp.
#ifndef LOUPE_CORE_CHART_GUIDE_LABEL_TEXT_HPP
#define LOUPE_CORE_CHART_GUIDE_LABEL_TEXT_HPP

#include <string>

#include "core/base/context.hpp"
#include "core/chart/data/predicate.hpp"
#include "core/chart/expression/expression.hpp"

namespace loupe::chart {

// One label as expressions and predicates see it.
class LabelValue : public Scope {
 public:
  // `params` must outlive it.
  LabelValue(const Json& value, const std::string& label, double index, const Json& params);

  [[nodiscard]] const Json* Field(std::string_view name) const override {
    return datum_.Find(name);
  }
  [[nodiscard]] Json Datum() const override { return datum_; }
  [[nodiscard]] const Json* Signal(std::string_view name) const override {
    return params_.Find(name);
  }
  [[nodiscard]] Result<bool> Test(const Predicate& predicate, const Context& host) const;

 private:
  Json datum_;
  const Json& params_;
};

class LabelText {
 public:
  // `params` must outlive the result. Errors carry `pointer`.
  [[nodiscard]] static Result<LabelText> Parse(const std::string& text, const std::string& pointer,
                                               const Json& params);

  [[nodiscard]] Result<std::string> Of(const Json& value, const std::string& label, double index,
                                       const Context& host) const;

 private:
  LabelText(Expression expression, const Json& params)
      : expression_(std::move(expression)), params_(&params) {}

  Expression expression_;
  const Json* params_;
};

}  // namespace loupe::chart

#endif  // LOUPE_CORE_CHART_GUIDE_LABEL_TEXT_HPP
