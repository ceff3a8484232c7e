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
#include "core/chart/config/locale.hpp"
#include "core/chart/data/predicate.hpp"
#include "core/chart/expression/expression.hpp"

namespace loupe::chart {

// One label as expressions and predicates see it.
class LabelValue : public Scope {
 public:
  // `params` and `locale` must outlive it.
  LabelValue(const Json& value, const std::string& label, double index, const Json& params,
             const Locale& locale);

  [[nodiscard]] const Json* Field(std::string_view name) const override {
    return datum_.Find(name);
  }
  [[nodiscard]] Json Datum() const override { return datum_; }
  [[nodiscard]] const Json* Signal(std::string_view name) const override {
    return params_.Find(name);
  }
  [[nodiscard]] const NumberLocale& numbers() const override { return locale_.number; }
  [[nodiscard]] const TimeLocale& times() const override { return locale_.time; }
  [[nodiscard]] Result<bool> Test(const Predicate& predicate, const Context& host) const;

 private:
  Json datum_;
  const Json& params_;
  const Locale& locale_;
};

class LabelText {
 public:
  // `params` and `locale` must outlive the result. Errors carry `pointer`.
  [[nodiscard]] static Result<LabelText> Parse(const std::string& text, const std::string& pointer,
                                               const Json& params, const Locale& locale);

  [[nodiscard]] Result<std::string> Of(const Json& value, const std::string& label, double index,
                                       const Context& host) const;

 private:
  LabelText(Expression expression, const Json& params, const Locale& locale)
      : expression_(std::move(expression)), params_(&params), locale_(&locale) {}

  Expression expression_;
  const Json* params_;
  const Locale* locale_;
};

}  // namespace loupe::chart

#endif  // LOUPE_CORE_CHART_GUIDE_LABEL_TEXT_HPP
