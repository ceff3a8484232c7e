#include <gtest/gtest.h>

#include <string>

#include "ask_fixture.hpp"
#include "core/ask/read.hpp"

// Shapes of business questions over plain tables: ratios of two numbers, things that are counted by
// a bare number, compounds, ranked adjectives, units, numbers in words.
// clang-format off
namespace loupe::ask {
namespace {

semantic::Model TownsModel() {
  return ModelFrom(R"({"name": "towns", "entities": [
    {"name": "state", "table": "state", "primary_key": ["id"],
     "dimensions": [{"name": "id", "type": "number", "column": "id"},
                    {"name": "name", "type": "string", "column": "name"},
                    {"name": "population", "type": "number", "column": "population"},
                    {"name": "density", "type": "number", "column": "density"},
                    {"name": "area", "type": "number", "column": "area"}]},
    {"name": "museum", "table": "museum", "primary_key": ["id"], "joins": [
       {"entity": "state", "relationship": "many_to_one",
        "columns": [{"from": "state_id", "to": "id"}]}],
     "dimensions": [{"name": "id", "type": "number", "column": "id"},
                    {"name": "name", "type": "string", "column": "name"},
                    {"name": "city", "type": "string", "column": "city"},
                    {"name": "rating", "type": "number", "column": "rating"},
                    {"name": "area", "type": "number", "column": "area"},
                    {"name": "height_km", "type": "number", "column": "height_km"},
                    {"name": "state_id", "type": "number", "column": "state_id"}]},
    {"name": "bridge", "table": "bridge", "primary_key": ["id"], "joins": [
       {"entity": "state", "relationship": "many_to_one",
        "columns": [{"from": "state_id", "to": "id"}]}],
     "dimensions": [{"name": "id", "type": "number", "column": "id"},
                    {"name": "length", "type": "number", "column": "length"},
                    {"name": "load", "type": "number", "column": "load"},
                    {"name": "round_trip_cost", "type": "number", "column": "round_trip_cost"},
                    {"name": "builder", "type": "string", "column": "builder"},
                    {"name": "built_year", "type": "number", "column": "built_year"},
                    {"name": "state_id", "type": "number", "column": "state_id"}]},
    {"name": "toll", "table": "toll", "primary_key": ["id"],
     "dimensions": [{"name": "id", "type": "number", "column": "id"},
                    {"name": "toll_amount", "type": "number", "column": "toll_amount"},
                    {"name": "how", "type": "string", "column": "how"},
                    {"name": "method", "type": "string", "column": "method"}]},
    {"name": "trip", "table": "trip", "primary_key": ["id"],
     "dimensions": [{"name": "id", "type": "number", "column": "id"},
                    {"name": "driver", "type": "string", "column": "driver"},
                    {"name": "from_town", "type": "string", "column": "from_town"},
                    {"name": "to_town", "type": "string", "column": "to_town"},
                    {"name": "max_speed", "type": "number", "column": "max_speed"},
                    {"name": "min_speed", "type": "number", "column": "min_speed"},
                    {"name": "has_stop", "type": "boolean", "column": "has_stop"},
                    {"name": "start_time", "type": "time", "column": "start_time",
                     "data_type": "timestamp without time zone"},
                    {"name": "end_time", "type": "time", "column": "end_time",
                     "data_type": "timestamp without time zone"}]}]})");
}

TableOfValues TownsValues() {
  return TableOfValues({{"trip", "from_town", "ULM"},
                        {"trip", "to_town", "ULM"},
                        {"trip", "to_town", "BER"},
                        {"museum", "city", "Berlin"}});
}

struct Stated {
  const char* question;
  const char* statement;
};

constexpr Stated kRatios[] = {
    {"ratio of museums to bridges",
     R"(SELECT 1.0 * count(*) / nullif(( SELECT count(*) FROM bridge AS bridge ), 0) AS ratio_of_museum_to_number_of_bridge FROM museum AS museum LIMIT 10000)"},
    {"What is the ratio of the number of museums to the number of bridges for each state?",
     R"(SELECT state.name, 1.0 * ( SELECT count(*) FROM museum AS museum WHERE museum.state_id = state.id ) / nullif(( SELECT count(*) FROM bridge AS bridge WHERE bridge.state_id = state.id ), 0) AS ratio_of_museum_to_number_of_bridge FROM state AS state GROUP BY state.id, state.name ORDER BY 1.0 * ( SELECT count(*) FROM museum AS museum_2 WHERE museum_2.state_id = state.id ) / nullif(( SELECT count(*) FROM bridge AS bridge_2 WHERE bridge_2.state_id = state.id ), 0) DESC NULLS LAST, state.name LIMIT 10000)"},
    {"ratio of length to load for each bridge builder",
     R"(SELECT bridge.builder, 1.0 * sum(bridge.length) / nullif(sum(bridge.load), 0) AS ratio_of_total_length_to_total_load FROM bridge AS bridge GROUP BY bridge.builder ORDER BY 1.0 * sum(bridge.length) / nullif(sum(bridge.load), 0) DESC NULLS LAST, bridge.builder LIMIT 10000)"},
    {"average ratio of length to load by builder",
     R"(SELECT bridge.builder, avg(1.0 * bridge.length / nullif(bridge.load, 0)) AS ratio_of_total_length_to_total_load FROM bridge AS bridge GROUP BY bridge.builder ORDER BY avg(1.0 * bridge.length / nullif(bridge.load, 0)) DESC NULLS LAST, bridge.builder LIMIT 10000)"},
    {"how does the ratio of length to load vary across builders?",
     R"(SELECT bridge.builder, 1.0 * sum(bridge.length) / nullif(sum(bridge.load), 0) AS ratio_of_total_length_to_total_load FROM bridge AS bridge GROUP BY bridge.builder ORDER BY 1.0 * sum(bridge.length) / nullif(sum(bridge.load), 0) DESC NULLS LAST, bridge.builder LIMIT 10000)"},
    {"ratio of states that have more than 2 museums to states that have 1 museum",
     R"(SELECT 1.0 * count(*) FILTER (WHERE ( SELECT count(*) FROM museum AS museum_2 WHERE museum_2.state_id = state.id ) > 2) / nullif(count(*) FILTER (WHERE ( SELECT count(*) FROM museum AS museum WHERE museum.state_id = state.id ) = 1), 0) AS ratio_of_state FROM state AS state LIMIT 10000)"},
    {"proportion of states that have 2 or more museums to states that have less than 2 museums",
     R"(SELECT 1.0 * count(*) FILTER (WHERE ( SELECT count(*) FROM museum AS museum_2 WHERE museum_2.state_id = state.id ) >= 2) / nullif(count(*) FILTER (WHERE nullif(( SELECT count(*) FROM museum AS museum WHERE museum.state_id = state.id ), 0) < 2), 0) AS share_of_state FROM state AS state LIMIT 10000)"},
};

constexpr Stated kWords[] = {
    {"states with the highest population density",
     R"(SELECT state.name FROM state AS state ORDER BY state.density DESC NULLS LAST LIMIT 1)"},
    {"Which city has the highest-rated museum?",
     R"(SELECT museum.city FROM museum AS museum ORDER BY museum.rating DESC NULLS LAST LIMIT 1)"},
    {"average height of museums in km",
     R"(SELECT avg(museum.height_km) AS average_height_km FROM museum AS museum LIMIT 10000)"},
    {"states with a population below a hundred thousand",
     R"(SELECT state.name FROM state AS state WHERE state.population < 100000 LIMIT 10000)"},
    {"states with a population above 2.5 million",
     R"(SELECT state.name FROM state AS state WHERE state.population > 2500000 LIMIT 10000)"},
    {"total amount of tolls by method",
     R"(SELECT toll.method, sum(toll.toll_amount) AS total_toll_amount FROM toll AS toll GROUP BY toll.method ORDER BY sum(toll.toll_amount) DESC NULLS LAST, toll.method LIMIT 10000)"},
    {"average cost of round-trip bridges by builder",
     "SELECT bridge.builder, avg(bridge.round_trip_cost) AS average_round_trip_cost FROM bridge AS bridge GROUP BY bridge.builder ORDER BY avg(bridge.round_trip_cost) DESC NULLS LAST, bridge.builder LIMIT 10000"},
    {"names of museums whose city is 'Ulm', case-insensitive",
     R"(SELECT museum.name FROM museum AS museum WHERE museum.city = 'Ulm' LIMIT 10000)"},
};
constexpr Stated kDifferences[] = {
    {"average duration between start and end times of trips in minutes",
     R"(SELECT avg(date_part('epoch', trip.end_time - trip.start_time) / 60.0) AS average_start_time_to_end_time FROM trip AS trip LIMIT 10000)"},
    {"average trip duration in hours by driver",
     R"(SELECT trip.driver, avg(date_part('epoch', trip.end_time - trip.start_time) / 3600.0) AS average_start_time_to_end_time FROM trip AS trip GROUP BY trip.driver ORDER BY avg(date_part('epoch', trip.end_time - trip.start_time) / 3600.0) DESC NULLS LAST, trip.driver LIMIT 10000)"},
    {"Which trip has the longest duration between start time and end time?",
     R"(SELECT trip.id, trip.driver, trip.from_town, trip.to_town, trip.max_speed, trip.min_speed, trip.has_stop, trip.start_time, trip.end_time FROM trip AS trip ORDER BY trip.end_time - trip.start_time DESC NULLS LAST LIMIT 1)"},
    {"difference between max speed and min speed of trips",
     R"(SELECT trip.max_speed - trip.min_speed AS min_speed_to_max_speed FROM trip AS trip LIMIT 10000)"},
};

constexpr Stated kConditions[] = {
    {"How many trips have a stop and how many do not?",
     R"(SELECT trip.has_stop, count(*) AS number_of_trip FROM trip AS trip GROUP BY trip.has_stop ORDER BY count(*) DESC NULLS LAST, trip.has_stop LIMIT 10000)"},
    {"drivers of trips to Berlin (BER)",
     R"(SELECT trip.driver FROM trip AS trip WHERE trip.to_town = 'BER' LIMIT 10000)"},
    {"the numbers of museums and bridges of each state",
     R"(SELECT state.name, count(DISTINCT museum.id) AS number_of_museum, count(DISTINCT bridge.id) AS number_of_bridge FROM state AS state JOIN museum AS museum ON museum.state_id = state.id JOIN bridge AS bridge ON bridge.state_id = state.id GROUP BY state.id, state.name ORDER BY count(DISTINCT museum.id) DESC NULLS LAST, state.name LIMIT 10000)"},
    {"annual number of bridges",
     R"(SELECT bridge.built_year, count(*) AS number_of_bridge FROM bridge AS bridge GROUP BY bridge.built_year ORDER BY bridge.built_year LIMIT 10000)"},
    {"museums in states with an area above 1000",
     R"(SELECT museum.name FROM museum AS museum JOIN state AS state ON state.id = museum.state_id WHERE state.area > 1000 LIMIT 10000)"},
};
// clang-format on

void ExpectStated(const Stated& expected) {
  ReadOptions options;
  options.least_confidence = 0;  // what is read, not how sure it is
  const Result<Reading> read = Read(expected.question, TownsModel(), TownsValues(), TestNow(),
                                    Layer::kTables, Context(), options);
  ASSERT_TRUE(read.ok()) << expected.question;
  EXPECT_EQ(read.value().outcome, Outcome::kAnswered)
      << expected.question << ": " << read.value().reason;
  EXPECT_EQ(OneLine(read.value().sql), expected.statement) << expected.question;
}

TEST(AskBusiness, DividesOneNumberByAnother) {
  for (const Stated& expected : kRatios) ExpectStated(expected);
}

TEST(AskBusiness, ReadsCompoundsAdjectivesUnitsAndNumbersInWords) {
  for (const Stated& expected : kWords) ExpectStated(expected);
}

TEST(AskBusiness, TakesOneColumnOffAnother) {
  for (const Stated& expected : kDifferences) ExpectStated(expected);
}

TEST(AskBusiness, SplitsByTruthAndReadsCodesAndOwners) {
  for (const Stated& expected : kConditions) ExpectStated(expected);
}

TEST(AskBusiness, DeclinesUnitsOfNothing) {
  const Result<Reading> read = Read("average speed in minutes", TownsModel(), TownsValues(),
                                    TestNow(), Layer::kTables, Context());
  ASSERT_TRUE(read.ok());
  EXPECT_EQ(read.value().outcome, Outcome::kAbstained) << read.value().sql;
}

}  // namespace
}  // namespace loupe::ask
