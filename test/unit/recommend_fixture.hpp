// Small results that the tests of the chooser share.
#ifndef LOUPE_TEST_UNIT_RECOMMEND_FIXTURE_HPP
#define LOUPE_TEST_UNIT_RECOMMEND_FIXTURE_HPP

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/base/rowset.hpp"
#include "core/recommend/recommend.hpp"

namespace loupe::recommend {

inline ResultColumn Text(std::string name) { return {std::move(name), "text", ValueType::kString}; }
inline ResultColumn Number(std::string name) {
  return {std::move(name), "numeric", ValueType::kNumber};
}
inline ResultColumn Time(std::string name) {
  return {std::move(name), "timestamp without time zone", ValueType::kTimestamp};
}

// "2024-MM-01T00:00:00" of the months 1, 2, …
inline Json Month(int month) {
  return Json((month < 10 ? "2024-0" : "2024-") + std::to_string(month) + "-01T00:00:00");
}

// `count` rows of a text "name I" and the number I.
inline RowSet Named(int count, const std::string& name) {
  RowSet rows;
  rows.columns = {Text("shop.kind"), Number("shop.total_value")};
  for (int i = 0; i < count; ++i) rows.rows.push_back({Json(name + std::to_string(i)), Json(i)});
  return rows;
}

// `months` times `series` rows of a month, a region and a revenue.
inline RowSet Monthly(int months, int series) {
  RowSet rows;
  rows.columns = {Time("orders.placed.month"), Text("orders.region"), Number("orders.revenue")};
  for (int m = 1; m <= months; ++m) {
    for (int s = 0; s < series; ++s) {
      rows.rows.push_back({Month(m), Json("region " + std::to_string(s)), Json(m * s)});
    }
  }
  return rows;
}

// The member at a path like {"encoding", "x", "field"}; null when there is none.
inline Json At(const Json& json, const std::vector<std::string>& path) {
  const Json* at = &json;
  for (const std::string& step : path) {
    at = at->Find(step);
    if (at == nullptr) return Json();
  }
  return *at;
}

// The kind that is chosen for an answer; "none" when there is none.
inline std::string KindOf(const RowSet& rows, std::string_view question = "") {
  const auto chosen = Recommend(rows, {"", question, RowsAre::kAnswer});
  return chosen ? chosen->kind : "none";
}

// The design of that kind; a failure and an empty one when the rows have not its shape.
inline Recommendation DesignOf(const RowSet& rows, const std::string& kind,
                               RowsAre rows_are = RowsAre::kAnswer) {
  for (const Recommendation& design : RankCharts(rows, {"", "", rows_are}).designs) {
    if (design.kind == kind) return design;
  }
  ADD_FAILURE() << "no design \"" << kind << "\"";
  return {Json::MakeObject(), "", 0, {}, {}};
}

// Whether the rows have the shape of that kind.
inline bool Offers(const RowSet& rows, const std::string& kind) {
  for (const Recommendation& design : RankCharts(rows, {}).designs) {
    if (design.kind == kind) return true;
  }
  return false;
}

// Whether that rule spoke for or against the design.
inline bool Cites(const Recommendation& design, Rule rule) {
  for (const Reason& reason : design.reasons) {
    if (reason.rule == rule) return true;
  }
  return false;
}

}  // namespace loupe::recommend

#endif  // LOUPE_TEST_UNIT_RECOMMEND_FIXTURE_HPP
