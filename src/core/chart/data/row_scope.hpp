// RowScope: one row of a prepared table as an expression sees it.
#ifndef LOUPE_CORE_CHART_DATA_ROW_SCOPE_HPP
#define LOUPE_CORE_CHART_DATA_ROW_SCOPE_HPP

#include "core/chart/config/locale.hpp"
#include "core/chart/data/prepare.hpp"
#include "core/chart/expression/expression.hpp"

namespace loupe::chart {

class RowScope : public Scope {
 public:
  // All must outlive it.
  RowScope(const Dataset& data, std::size_t row, const Json& params, const Locale& locale)
      : data_(data), row_(row), params_(params), locale_(locale) {}

  [[nodiscard]] const Json* Field(std::string_view name) const override {
    const auto found = data_.names.find(std::string(name));
    const bool known = found != data_.names.end() && found->second >= 0;
    return known ? &data_.main.At(found->second, row_) : nullptr;
  }
  [[nodiscard]] Json Datum() const override {
    Json datum = Json::MakeObject();
    for (const auto& [name, column] : data_.names) {
      if (column >= 0) datum.Set(name, data_.main.At(column, row_));
    }
    return datum;
  }
  [[nodiscard]] const Json* Signal(std::string_view name) const override {
    return params_.Find(name);
  }
  [[nodiscard]] const NumberLocale& numbers() const override { return locale_.number; }
  [[nodiscard]] const TimeLocale& times() const override { return locale_.time; }

 private:
  const Dataset& data_;
  std::size_t row_;
  const Json& params_;
  const Locale& locale_;
};

}  // namespace loupe::chart

#endif  // LOUPE_CORE_CHART_DATA_ROW_SCOPE_HPP
