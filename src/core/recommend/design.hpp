// Design: one chart that could show the rows, as its maker draws it and argues for it.
//
//   Design line(frame, "line");
//   line.Set("mark", "line");
//   line.Put("x", time, "temporal");
//   line.Put("y", revenue, "quantitative");
//   line.Because(Rule::kConnection, 60, "Joined positions show how \"revenue\" changes.");
//   return line;
//
// A single view is written by Put; layers and panels are made by LayerOf and set as members.
//
// Tested by test/unit/recommend_kind_*_test.cpp.
#ifndef LOUPE_CORE_RECOMMEND_DESIGN_HPP
#define LOUPE_CORE_RECOMMEND_DESIGN_HPP

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/base/json.hpp"
#include "core/recommend/frame.hpp"
#include "core/recommend/rule.hpp"

namespace loupe::recommend {

// A column as a channel shows it: field, type, title, and the time unit that its name tells.
[[nodiscard]] Json FieldOf(const Frame& frame, const ColumnRole& column, std::string_view type);

// "nominal" or "ordinal", "temporal" for a time, "quantitative" for a measure.
[[nodiscard]] const char* TypeOf(const ColumnRole& column);

// "datum['name']" of an expression, quotes and backslashes of the name escaped.
[[nodiscard]] std::string DatumOf(const Frame& frame, const ColumnRole& column);

class Design {
 public:
  Design(const Frame& frame, std::string_view kind);

  // Sets a member of the specification beside "encoding"; in the order of the calls.
  void Set(std::string_view member, Json value);
  // Encodes a column; the channel's definition is returned to be amended, valid until the next Put.
  Json& Put(std::string_view channel, const ColumnRole& column);
  Json& Put(std::string_view channel, const ColumnRole& column, std::string_view type);
  // Encodes what no single column is: {"aggregate": "count", …}.
  Json& PutDefinition(std::string_view channel, Json definition);
  // Notes a column that a layer or a panel shows.
  void Show(std::string_view channel, const ColumnRole& column);
  void Because(Rule rule, int points, std::string why);

  [[nodiscard]] const std::string& kind() const { return kind_; }
  [[nodiscard]] const std::vector<Reason>& reasons() const { return reasons_; }
  // Column index and channel, in the order of Put and Show.
  [[nodiscard]] const std::vector<std::pair<std::size_t, std::string>>& shown() const {
    return shown_;
  }
  // Sum of the points; at least 0 and at most 100.
  [[nodiscard]] int Score() const;
  // {"$schema", "title"?, what Set set, "encoding"?}.
  [[nodiscard]] Json Spec(std::string_view title) const;

 private:
  const Frame* frame_;
  std::string kind_;
  std::vector<std::pair<std::string, Json>> members_;
  Json encoding_ = Json::MakeObject();
  std::vector<std::pair<std::size_t, std::string>> shown_;
  std::vector<Reason> reasons_;
};

using MaybeDesign = std::optional<Design>;

}  // namespace loupe::recommend

#endif  // LOUPE_CORE_RECOMMEND_DESIGN_HPP
