-- Flights between airports: two roles of one table, delays that are missing, cancelled flights.
CREATE SCHEMA flights;
CREATE TABLE flights.carriers (code text PRIMARY KEY, name text NOT NULL);
INSERT INTO flights.carriers VALUES ('NW', 'Northwind'), ('BA', 'Blue Air'), ('SK', 'Skylark');
CREATE TABLE flights.airports (
    code text PRIMARY KEY, city text NOT NULL, country text NOT NULL, lat float8, lon float8
);
INSERT INTO flights.airports VALUES
    ('HAM', 'Hamburg', 'Germany', 53.6, 10.0), ('MUC', 'Munich', 'Germany', 48.4, 11.8),
    ('LIS', 'Lisbon', 'Portugal', 38.8, -9.1), ('OSL', 'Oslo', 'Norway', 60.2, 11.1);
CREATE TABLE flights.legs (
    id integer PRIMARY KEY,
    carrier text NOT NULL,
    origin text NOT NULL,
    destination text NOT NULL,
    flown_on date NOT NULL,
    delay_minutes integer,
    distance_km integer NOT NULL,
    cancelled boolean NOT NULL
);
INSERT INTO flights.legs
SELECT n, (ARRAY['NW', 'BA', 'SK'])[1 + n % 3],
       (ARRAY['HAM', 'MUC', 'LIS', 'OSL'])[1 + n % 4],
       (ARRAY['HAM', 'MUC', 'LIS', 'OSL'])[1 + (n + 1 + n % 3) % 4],
       date '2025-01-01' + n % 120,
       CASE WHEN n % 7 <> 0 THEN (n * 13) % 90 - 15 END,
       400 + (n * 37) % 2100,
       n % 11 = 0
FROM generate_series(1, 600) AS n;
