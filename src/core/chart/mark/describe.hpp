// Descriptions of items for screen readers and tooltips: "a: A; Sum of b: 28".
//
// Tested by test/unit/chart_compile_test.cpp.
#ifndef LOUPE_CORE_CHART_MARK_DESCRIBE_HPP
#define LOUPE_CORE_CHART_MARK_DESCRIBE_HPP

#include <string>
#include <vector>

#include "core/chart/guide/format.hpp"
#include "core/chart/mark/position.hpp"

namespace loupe::chart {

// Formats all fields of a row, in the spec's order, each title once.
class Describer {
 public:
  [[nodiscard]] static Result<Describer> Make(const MarkContext& context);

  [[nodiscard]] std::string Label(const Table& table, std::size_t row) const;
  [[nodiscard]] std::string Tooltip(const Table& table, std::size_t row) const;

 private:
  struct Part {
    std::string title;
    ValueFormat format;
    int column = -1;
    int end_column = -1;    // of a bin: "10 – 20"
    int start_column = -1;  // of a normalized pile: its part of the whole
    std::string constant;
  };
  static Result<Part> MakePart(const MarkContext& context, Channel channel, const ChannelDef& def);
  static std::string Join(const std::vector<Part>& parts, const char* separator, const Table& table,
                          std::size_t row);
  static std::string ValueOf(const Part& part, const Table& table, std::size_t row);

  std::vector<Part> parts_;
  std::vector<Part> tooltip_;
  bool tooltip_is_text_ = false;  // a single field: its value without a title
};

}  // namespace loupe::chart

#endif  // LOUPE_CORE_CHART_MARK_DESCRIBE_HPP
