-- The flights that left New York in 2013; run by scripts/load-flights from the source folder.
--
-- Foreign keys stand only where they hold: 50,094 flights name a plane and 7,602 a destination that
-- the other tables do not have.
SET client_min_messages = warning;
DROP SCHEMA IF EXISTS flights CASCADE;
CREATE SCHEMA flights;
COMMENT ON SCHEMA flights IS 'Flights that left New York in 2013';

CREATE TABLE flights.airlines (
    carrier text PRIMARY KEY,
    name text NOT NULL
);
COMMENT ON TABLE flights.airlines IS 'Airlines';
COMMENT ON COLUMN flights.airlines.carrier IS 'Two-letter code of the airline';
COMMENT ON COLUMN flights.airlines.name IS 'Full name of the airline';

CREATE TABLE flights.airports (
    faa text PRIMARY KEY,
    name text NOT NULL,
    lat double precision NOT NULL,
    lon double precision NOT NULL,
    alt integer NOT NULL,
    tz integer NOT NULL,
    dst text NOT NULL,
    tzone text
);
COMMENT ON TABLE flights.airports IS 'Airports';
COMMENT ON COLUMN flights.airports.faa IS 'Three-letter code of the airport';
COMMENT ON COLUMN flights.airports.name IS 'Full name of the airport';
COMMENT ON COLUMN flights.airports.lat IS 'Latitude in degrees';
COMMENT ON COLUMN flights.airports.lon IS 'Longitude in degrees';
COMMENT ON COLUMN flights.airports.alt IS 'Altitude in feet';
COMMENT ON COLUMN flights.airports.tz IS 'Hours from Greenwich';
COMMENT ON COLUMN flights.airports.dst IS 'Daylight saving: A as in the USA, N none, U unknown';
COMMENT ON COLUMN flights.airports.tzone IS 'IANA time zone';

CREATE TABLE flights.planes (
    tailnum text PRIMARY KEY,
    year integer,
    type text NOT NULL,
    manufacturer text NOT NULL,
    model text NOT NULL,
    engines integer NOT NULL,
    seats integer NOT NULL,
    speed integer,
    engine text NOT NULL
);
COMMENT ON TABLE flights.planes IS 'Planes';
COMMENT ON COLUMN flights.planes.tailnum IS 'Tail number';
COMMENT ON COLUMN flights.planes.year IS 'Year of manufacture';
COMMENT ON COLUMN flights.planes.type IS 'Kind of plane';
COMMENT ON COLUMN flights.planes.manufacturer IS 'Who built it';
COMMENT ON COLUMN flights.planes.model IS 'Model';
COMMENT ON COLUMN flights.planes.engines IS 'Number of engines';
COMMENT ON COLUMN flights.planes.seats IS 'Number of seats';
COMMENT ON COLUMN flights.planes.speed IS 'Cruising speed in miles an hour';
COMMENT ON COLUMN flights.planes.engine IS 'Kind of engine';

CREATE TABLE flights.weather (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    origin text NOT NULL REFERENCES flights.airports,
    year integer NOT NULL,
    month integer NOT NULL,
    day integer NOT NULL,
    hour integer NOT NULL,
    temp double precision,
    dewp double precision,
    humid double precision,
    wind_dir integer,
    wind_speed double precision,
    wind_gust double precision,
    precip double precision,
    pressure double precision,
    visib double precision,
    time_hour timestamptz NOT NULL
);
COMMENT ON TABLE flights.weather IS 'Weather at the airports of New York, hour by hour';
COMMENT ON COLUMN flights.weather.origin IS 'Airport of the weather station';
COMMENT ON COLUMN flights.weather.temp IS 'Temperature in degrees Fahrenheit';
COMMENT ON COLUMN flights.weather.dewp IS 'Dew point in degrees Fahrenheit';
COMMENT ON COLUMN flights.weather.humid IS 'Relative humidity in percent';
COMMENT ON COLUMN flights.weather.wind_dir IS 'Wind direction in degrees';
COMMENT ON COLUMN flights.weather.wind_speed IS 'Wind speed in miles an hour';
COMMENT ON COLUMN flights.weather.wind_gust IS 'Speed of gusts in miles an hour';
COMMENT ON COLUMN flights.weather.precip IS 'Precipitation in inches';
COMMENT ON COLUMN flights.weather.pressure IS 'Sea level pressure in millibars';
COMMENT ON COLUMN flights.weather.visib IS 'Visibility in miles';
COMMENT ON COLUMN flights.weather.time_hour IS 'Hour of the measurement, New York time';

CREATE TABLE flights.flights (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    year integer NOT NULL,
    month integer NOT NULL,
    day integer NOT NULL,
    dep_time integer,
    sched_dep_time integer NOT NULL,
    dep_delay integer,
    arr_time integer,
    sched_arr_time integer NOT NULL,
    arr_delay integer,
    carrier text NOT NULL REFERENCES flights.airlines,
    flight integer NOT NULL,
    tailnum text,
    origin text NOT NULL REFERENCES flights.airports,
    dest text NOT NULL,
    air_time integer,
    distance integer NOT NULL,
    hour integer NOT NULL,
    minute integer NOT NULL,
    time_hour timestamptz NOT NULL
);
COMMENT ON TABLE flights.flights IS 'Flights that left New York in 2013';
COMMENT ON COLUMN flights.flights.dep_time IS 'Departure, local time as hhmm; empty when cancelled';
COMMENT ON COLUMN flights.flights.sched_dep_time IS 'Scheduled departure, local time as hhmm';
COMMENT ON COLUMN flights.flights.dep_delay IS 'Departure delay in minutes; negative when early';
COMMENT ON COLUMN flights.flights.arr_time IS 'Arrival, local time as hhmm';
COMMENT ON COLUMN flights.flights.sched_arr_time IS 'Scheduled arrival, local time as hhmm';
COMMENT ON COLUMN flights.flights.arr_delay IS 'Arrival delay in minutes; negative when early';
COMMENT ON COLUMN flights.flights.carrier IS 'Code of the airline';
COMMENT ON COLUMN flights.flights.flight IS 'Flight number';
COMMENT ON COLUMN flights.flights.tailnum IS 'Tail number of the plane';
COMMENT ON COLUMN flights.flights.origin IS 'Airport of departure';
COMMENT ON COLUMN flights.flights.dest IS 'Airport of destination';
COMMENT ON COLUMN flights.flights.air_time IS 'Minutes in the air';
COMMENT ON COLUMN flights.flights.distance IS 'Distance in miles';
COMMENT ON COLUMN flights.flights.time_hour IS 'Scheduled hour of departure, New York time';

\copy flights.airlines FROM 'build/flights/airlines.csv' (FORMAT csv, HEADER, NULL 'NA')
\copy flights.airports FROM 'build/flights/airports.csv' (FORMAT csv, HEADER, NULL 'NA')
\copy flights.planes FROM 'build/flights/planes.csv' (FORMAT csv, HEADER, NULL 'NA')
\copy flights.weather (origin, year, month, day, hour, temp, dewp, humid, wind_dir, wind_speed, wind_gust, precip, pressure, visib, time_hour) FROM 'build/flights/weather.csv' (FORMAT csv, HEADER, NULL 'NA')
\copy flights.flights (year, month, day, dep_time, sched_dep_time, dep_delay, arr_time, sched_arr_time, arr_delay, carrier, flight, tailnum, origin, dest, air_time, distance, hour, minute, time_hour) FROM 'build/flights/flights.csv' (FORMAT csv, HEADER, NULL 'NA')

-- The files give hours in UTC; days and months mean those of New York.
ALTER TABLE flights.weather
    ALTER COLUMN time_hour TYPE timestamp USING time_hour AT TIME ZONE 'America/New_York';
ALTER TABLE flights.flights
    ALTER COLUMN time_hour TYPE timestamp USING time_hour AT TIME ZONE 'America/New_York';
CREATE INDEX ON flights.flights (time_hour);
ANALYZE flights.airlines, flights.airports, flights.planes, flights.weather, flights.flights;
