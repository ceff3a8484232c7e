// Headers: titles and labels of a facet's rows, columns and cells, as title objects.
//
//   column facet "Origin"  ->  title "Origin", labels "Europe", "Japan", "USA" over the columns
//
// Tested by test/unit/chart_layout_test.cpp.
#ifndef LOUPE_CORE_CHART_GUIDE_HEADER_HPP
#define LOUPE_CORE_CHART_GUIDE_HEADER_HPP

#include <optional>
#include <string>

#include "core/base/context.hpp"
#include "core/chart/config/config.hpp"
#include "core/chart/guide/format.hpp"
#include "core/chart/spec.hpp"

namespace loupe::chart {

enum class FacetSide { kColumn, kRow, kWrapped };

// Which side of the grid text goes to.
enum class HeaderSide { kAbove, kBelow, kLeft, kRight };

class Header {
 public:
  // Errors: those of the format and of "labelExpr". What it is made of must outlive it.
  [[nodiscard]] static Result<Header> Make(const FacetDef& facet, FacetSide side,
                                           const Json& config, const Json& params,
                                           const Locale& locale);

  // The title of the whole facet as lines joined, empty for none.
  [[nodiscard]] std::string Title() const;
  [[nodiscard]] HeaderSide TitleSide() const { return SideOf("titleOrient"); }
  // A title object for BuildTitle.
  [[nodiscard]] Json TitleObject(const std::string& text) const;
  // Where along the grid the title lies: 0 to 1.
  [[nodiscard]] double TitleBand() const;

  [[nodiscard]] bool HasLabels() const;
  [[nodiscard]] HeaderSide LabelSide() const { return SideOf("labelOrient"); }
  // Labels across the direction of the facet stand at the cells themselves.
  [[nodiscard]] bool LabelsCells() const;
  // A title object for the label of one value; `end` is that of its bin, or null.
  [[nodiscard]] Result<Json> LabelObject(const Json& value, const Json& end,
                                         const Context& host) const;

 private:
  Header(const FacetDef& facet, FacetSide side, const Json& config, const Json& params,
         const Locale& locale);
  [[nodiscard]] HeaderSide SideOf(const char* property) const;
  // Copies header properties under the names that titles have, with the defaults of their angle.
  void CopyLook(const std::string& prefix, bool row, Json* title) const;

  const FacetDef& facet_;
  FacetSide side_;
  const Json& config_;
  const Json& params_;
  const Locale& locale_;
  Lookup look_;
  ValueFormat format_;
};

}  // namespace loupe::chart

#endif  // LOUPE_CORE_CHART_GUIDE_HEADER_HPP
