// For each kind of chart the smallest rows that have its shape.
#ifndef LOUPE_TEST_UNIT_RECOMMEND_SHAPES_HPP
#define LOUPE_TEST_UNIT_RECOMMEND_SHAPES_HPP

#include <map>
#include <string>
#include <vector>

#include "core/base/calendar.hpp"
#include "recommend_fixture.hpp"

namespace loupe::recommend {

// "2024-01-01" and `day` days.
inline Json Day(int day) { return Json(FormatDate(CivilFromDays(19723 + day))); }

inline RowSet Table(std::vector<ResultColumn> columns, std::vector<std::vector<Json>> rows) {
  return {std::move(columns), std::move(rows)};
}

// A time and `measures` numbers m0, m1, …, all positive.
inline RowSet Series(int months, int measures) {
  RowSet rows;
  rows.columns = {Time("month")};
  for (int m = 0; m < measures; ++m) rows.columns.push_back(Number("m" + std::to_string(m)));
  for (int i = 1; i <= months; ++i) {
    std::vector<Json> row = {Month(i)};
    for (int m = 0; m < measures; ++m) row.emplace_back(i * (m + 1) % 7 + 1);
    rows.rows.push_back(row);
  }
  return rows;
}

// `count` raw rows: a group of `groups`, another of 4, a time of day, and two numbers.
inline RowSet Raw(int count, int groups) {
  RowSet rows;
  rows.columns = {Text("kind"), Text("size"), Number("price"), Number("weight")};
  for (int i = 0; i < count; ++i) {
    rows.rows.push_back({Json("kind " + std::to_string(i % groups)),
                         Json("size " + std::to_string(i % 4)), Json(i * 37 % 101 + 0.5),
                         Json(i * 53 % 97 + 0.5)});
  }
  return rows;
}

// Only some columns of a table.
inline RowSet Only(const RowSet& from, const std::vector<std::size_t>& columns) {
  RowSet rows;
  for (const std::size_t column : columns) rows.columns.push_back(from.columns[column]);
  for (const std::vector<Json>& row : from.rows) {
    std::vector<Json> cells;
    for (const std::size_t column : columns) cells.push_back(row[column]);
    rows.rows.push_back(cells);
  }
  return rows;
}

// `x` times `y` rows of two texts and their product.
inline RowSet Grid(int x, int y) {
  RowSet rows;
  rows.columns = {Text("across"), Text("down"), Number("n")};
  for (int i = 0; i < x; ++i) {
    for (int j = 0; j < y; ++j) {
      rows.rows.push_back(
          {Json("a" + std::to_string(i)), Json("d" + std::to_string(j)), Json(i * j + 1)});
    }
  }
  return rows;
}

inline RowSet Days(int count) {
  RowSet rows;
  rows.columns = {Time("day"), Number("visits")};
  for (int i = 0; i < count; ++i) rows.rows.push_back({Day(i), Json(i % 7 + 1)});
  return rows;
}

inline RowSet Ranges() {
  return Table({Text("city"), Number("temp"), Number("temp_low"), Number("temp_high")},
               {{"Oslo", 5, -3, 12}, {"Rome", 17, 9, 27}, {"Cairo", 24, 14, 35}});
}

inline std::map<std::string, RowSet> ShapesOfKinds() {
  RowSet many = Named(60, "kind ");
  RowSet three = Grid(3, 2);
  three.columns.push_back(Text("where"));
  for (std::vector<Json>& row : three.rows) row.emplace_back("north");
  for (std::size_t i = 0, count = three.rows.size(); i < count; ++i) {
    three.rows.push_back(three.rows[i]);
    three.rows.back()[3] = Json("south");
  }
  RowSet times;
  times.columns = {Time("at"), Number("price")};
  for (int i = 0; i < 60; ++i) times.rows.push_back({Day(i / 3), Json(i % 11)});
  RowSet ranks;
  ranks.columns = {Time("year"), Text("team"), Number("rank")};
  for (int i = 1; i <= 3; ++i) {
    ranks.rows.push_back({Month(i), "red", Json(1 + i % 2)});
    ranks.rows.push_back({Month(i), "blue", Json(2 - i % 2)});
  }
  const RowSet parts = Table({Text("kind"), Number("orders")}, {{"a", 5}, {"b", 3}, {"c", 2}});
  return {
      {"line", Series(6, 1)},
      {"multi-line", Monthly(3, 4)},
      {"line-panels", Series(6, 2)},
      {"small-multiples", Monthly(3, 12)},
      {"slope", Monthly(2, 4)},
      {"bump", ranks},
      {"band", Table({Time("month"), Number("low"), Number("high")},
                     {{Month(1), 1, 3}, {Month(2), 2, 5}, {Month(3), 2, 4}})},
      {"aggregated-line", times},
      {"area", Series(6, 1)},
      {"stacked-area", Monthly(4, 3)},
      {"normalized-area", Monthly(4, 3)},
      {"calendar", Days(90)},
      {"time-scatter", times},
      {"gantt",
       Table({Text("task"), Time("start_date"), Time("end_date")},
             {{"plan", "2024-01-01", "2024-01-10"}, {"build", "2024-01-08", "2024-02-20"}})},
      {"error-bar", Ranges()},
      {"range-bar", Only(Ranges(), {0, 2, 3})},
      {"pareto", Table({Text("cause"), Number("defects"), Number("cumulative_share")},
                       {{"a", 50, 0.5}, {"b", 30, 0.8}, {"c", 20, 1}})},
      {"diverging-bar", Table({Text("kind"), Number("profit")}, {{"a", 5}, {"b", -3}, {"c", 2}})},
      {"bar", parts},
      {"horizontal-bar", Named(20, "kind ")},
      {"dot-plot", parts},
      {"top-bar", many},
      {"pie", parts},
      {"grouped-bar", Grid(3, 2)},
      {"stacked-bar", Grid(3, 2)},
      {"normalized-bar", Grid(3, 2)},
      {"heat-map", Grid(12, 14)},
      {"text-heat-map", Grid(4, 5)},
      {"faceted-bar", Only(three, {0, 1, 3, 2})},
      {"places", Table({Text("city"), Number("lat"), Number("lon"), Number("people")},
                       {{"Oslo", 59.9, 10.7, 700}, {"Rome", 41.9, 12.5, 2800}})},
      {"scatter", Only(Raw(40, 3), {2, 3})},
      {"coloured-scatter", Only(Raw(40, 3), {0, 2, 3})},
      {"bubble", Table({Number("a"), Number("b"), Number("c")}, {{1, 2, 3}, {2, 3, 4}, {4, 1, 9}})},
      {"connected-scatter", Series(8, 2)},
      {"binned-heat-map", Only(Raw(3000, 3), {2, 3})},
      {"box-plot", Only(Raw(600, 3), {0, 2})},
      {"strip-plot", Only(Raw(60, 3), {0, 2})},
      {"aggregated-bar", Only(Raw(60, 3), {0, 2})},
      {"histogram", Only(Raw(60, 3), {2})},
      {"stacked-histogram", Only(Raw(60, 3), {0, 2})},
      {"count-bar", Only(Raw(60, 3), {0})},
      {"count-heat-map", Only(Raw(60, 3), {0, 1})},
      {"big-number", Table({Number("orders")}, {{42}})},
  };
}

}  // namespace loupe::recommend

#endif  // LOUPE_TEST_UNIT_RECOMMEND_SHAPES_HPP
