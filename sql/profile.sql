-- Profiles as a user sees them.
SET client_min_messages = warning;
SET TimeZone = 'UTC';
CREATE SCHEMA prof;
SET search_path = prof, public;
CREATE TABLE things (
    id int PRIMARY KEY,
    kind text,
    price numeric(8, 2),
    weight float8,
    ok boolean,
    born date,
    seen timestamptz,
    tags text[],
    doc jsonb,
    raw json,
    half int GENERATED ALWAYS AS (id / 2) STORED,
    gone int);
ALTER TABLE things DROP COLUMN gone;
INSERT INTO things (id, kind, price, weight, ok, born, seen, tags, doc, raw)
SELECT i, (ARRAY['red', 'green', 'blue', NULL])[1 + i % 4], i * 1.25, i / 3.0, i % 2 = 0,
       date '2024-01-01' + i, timestamptz '2024-01-01 00:00+00' + i * interval '1 hour',
       ARRAY['t' || i % 2], jsonb_build_object('n', i % 3), '{"a": 1}'
FROM generate_series(1, 100) AS i;

SELECT position, column_name, data_type, row_count, null_count, null_fraction, distinct_count,
       is_distinct_exact AS exact, is_unique
FROM profile('things');
SELECT column_name, min, max, round(mean, 4) AS mean, round(stddev, 4) AS stddev, p05, p25, median,
       p75, p95
FROM profile('things');
SELECT column_name, most_common, note FROM profile('things');

-- The other ways to name it; a part of the columns; a part of the rows.
SELECT column_name, row_count FROM profile('prof.things'::regclass, columns => '{price,kind}');
SELECT column_name, row_count, note FROM profile('"prof"."things"', columns => '{id}', sample_rows => 10);

-- Odd values: not a number, infinities, an empty table, no columns, all null, one row.
CREATE TABLE odd AS SELECT v::float8 AS f, v::numeric AS n
FROM unnest('{NaN,Infinity,-Infinity,1,2}'::text[]) AS v;
SELECT column_name, distinct_count, min, max, mean, median FROM profile('odd');
CREATE TABLE empty (a int, b text);
SELECT column_name, row_count, null_fraction, distinct_count, min, most_common FROM profile('empty');
CREATE TABLE nothing ();
SELECT count(*) FROM profile('nothing');
CREATE TABLE nulls AS SELECT NULL::int AS a FROM generate_series(1, 3);
SELECT column_name, row_count, null_count, distinct_count, is_unique FROM profile('nulls');
CREATE TABLE one AS SELECT 7 AS a;
SELECT column_name, mean, stddev, median, is_unique FROM profile('one');

-- Every kind of relation with rows.
CREATE VIEW a_view AS SELECT id, kind FROM things WHERE id <= 10;
CREATE MATERIALIZED VIEW a_matview AS SELECT id FROM things WHERE id <= 20;
CREATE TABLE parted (id int, part int) PARTITION BY LIST (part);
CREATE TABLE parted_1 PARTITION OF parted FOR VALUES IN (1);
CREATE TABLE parted_2 PARTITION OF parted FOR VALUES IN (2);
INSERT INTO parted SELECT i, 1 + i % 2 FROM generate_series(1, 30) AS i;
SELECT 'view' AS kind, column_name, row_count, distinct_count FROM profile('a_view')
UNION ALL SELECT 'matview', column_name, row_count, distinct_count FROM profile('a_matview')
UNION ALL SELECT 'partitioned', column_name, row_count, distinct_count FROM profile('parted')
UNION ALL SELECT 'partition', column_name, row_count, distinct_count FROM profile('parted_1')
ORDER BY 1, 2;
CREATE VIEW raises AS SELECT 1 / (id - 50) AS x FROM things;
SELECT * FROM profile('raises');

-- Bad input.
SELECT * FROM profile('thigns');
SELECT * FROM profile('nowhere.things');
SELECT * FROM profile('things', columns => '{id,knid}');
SELECT * FROM profile('things_pkey');
SELECT * FROM profile('things', sample_rows => 0);
SELECT * FROM profile('a b');
SELECT * FROM profile(NULL::text);
SELECT * FROM profile('');

DROP SCHEMA prof CASCADE;
