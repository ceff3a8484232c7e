-- The same on real data, the flights that left New York in 2013; run by scripts/demo.
SET search_path = flights, public;
\timing on
\set ECHO queries

\echo
\echo '### 5. 336,776 real flights'
SELECT column_name, data_type, null_count, distinct_count, min, max, mean
FROM profile('flights.flights');

\pset tuples_only on
\pset format unaligned
SELECT ask_sql('average departure delay by origin');
SELECT ask_text('average departure delay by origin');
SELECT ask_text('How many flights per month?');
