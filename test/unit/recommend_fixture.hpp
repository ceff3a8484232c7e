// Small results that the tests of the chooser share.
#ifndef LOUPE_TEST_UNIT_RECOMMEND_FIXTURE_HPP
#define LOUPE_TEST_UNIT_RECOMMEND_FIXTURE_HPP

#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "core/base/rowset.hpp"

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

}  // namespace loupe::recommend

#endif  // LOUPE_TEST_UNIT_RECOMMEND_FIXTURE_HPP
