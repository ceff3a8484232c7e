-- The value index: what it keeps, how it follows the tables, and who may see what of it.
BEGIN;
SET client_min_messages = warning;
CREATE EXTENSION IF NOT EXISTS pgtap;
CREATE EXTENSION IF NOT EXISTS pg_loupe;
SELECT no_plan();

CREATE ROLE loupe_asker;
CREATE SCHEMA depot;
CREATE DOMAIN depot.colour AS text;
CREATE TYPE depot.size AS ENUM ('tiny', 'colossal');
CREATE TABLE depot.crates (
    id int PRIMARY KEY, label text, colour depot.colour, size depot.size, code char(8), pin text);
INSERT INTO depot.crates
SELECT i, 'Label' || i % 300, 'Crimson', 'colossal', 'AB' || i % 7, 'sesame' || i % 10
FROM generate_series(1, 30000) AS i;
CREATE TABLE depot.safe (id int PRIMARY KEY, owner text);
INSERT INTO depot.safe VALUES (1, 'Emerald');
ALTER TABLE depot.safe ENABLE ROW LEVEL SECURITY;
CREATE VIEW depot.labels AS SELECT label FROM depot.crates;
CREATE TABLE depot.parts (id int, name text) PARTITION BY RANGE (id);
CREATE TABLE depot.parts_low PARTITION OF depot.parts FOR VALUES FROM (0) TO (100);
CREATE TABLE depot.parts_high PARTITION OF depot.parts FOR VALUES FROM (100) TO (200);
INSERT INTO depot.parts VALUES (1, 'Gasket'), (150, 'Flange');
CREATE TABLE depot.numbers (id int);
ANALYZE depot.crates;
GRANT USAGE ON SCHEMA depot TO loupe_asker;
GRANT SELECT (id, label, colour, size) ON depot.crates TO loupe_asker;
GRANT SELECT ON depot.safe, depot.labels TO loupe_asker;
DO $$
BEGIN
    EXECUTE format('GRANT USAGE ON SCHEMA %I TO PUBLIC',
                   (SELECT extnamespace::regnamespace FROM pg_extension WHERE extname = 'pgtap'));
END $$;
SET search_path = depot, public;
SET loupe.ask_index_time = 0;

-- What it does with each table.
SELECT results_eq(
    $$ SELECT relation, status, column_count, value_count, added, removed, reason
       FROM ask_index('depot') $$,
    $$ VALUES ('depot.crates', 'indexed', 5, 319::bigint, 319::bigint, 0::bigint, NULL),
              ('depot.labels', 'skipped', 0, 0, 0, 0, 'a view keeps no rows'),
              ('depot.parts', 'indexed', 1, 2, 2, 0, NULL),
              ('depot.safe', 'skipped', 0, 0, 0, 0, 'row-level security') $$,
    'tables with texts are indexed or skipped with a reason');
SELECT results_eq($$ SELECT status FROM ask_index() WHERE column_count > 0 $$,
                  ARRAY['unchanged', 'unchanged'], 'nothing is read again that has not changed');
SELECT results_eq(
    $$ SELECT value FROM loupe.indexed_value WHERE relation = 'crates'::regclass AND attribute = 5
       ORDER BY 1 $$,
    $$ SELECT 'AB' || i FROM generate_series(0, 6) AS i $$, 'values as they are shown');
SELECT is((SELECT count(*) FROM loupe.indexed_value WHERE relation = 'parts'::regclass), 2::bigint,
          'of all partitions');

-- What a question finds, of a table that is too large to be read on the spot.
SELECT matches(ask_sql('how many crates with label Label7'), $$'Label7'$$, 'a value');
SELECT matches(ask_sql('how many colossal crates'), $$'colossal'$$, 'of an enumerated type');
SELECT matches(ask_sql('how many crates are CRIMSON'), $$'Crimson'$$, 'whatever the case');
SELECT matches(ask_sql('how many crates in Crimsonn'), $$'Crimson'$$, 'with a slip of the hand');

-- It follows the tables.
INSERT INTO crates VALUES (0, 'Heliotrope', 'Crimson', 'tiny', 'AB1', 'sesame1');
UPDATE crates SET label = 'Label8' WHERE label = 'Label7';
SELECT results_eq(
    $$ SELECT status, added, removed FROM ask_index('depot') WHERE relation = 'depot.crates' $$,
    $$ VALUES ('indexed', 2::bigint, 1::bigint) $$, 'what changed is written, nothing else');
SELECT matches(ask_sql('how many crates with label Heliotrope'), $$'Heliotrope'$$, 'a new value');
INSERT INTO crates VALUES (-1, 'Periwinkle', 'Crimson', 'tiny', 'AB1', 'sesame1');
SET loupe.ask_index_time = '10s';
SELECT matches(ask_sql('how many crates with label Periwinkle'), $$'Periwinkle'$$,
               'a question brings it up to date by itself');
SET loupe.ask_index_time = 0;
TRUNCATE parts;
SELECT results_eq(
    $$ SELECT status, removed FROM ask_index('depot') WHERE relation = 'depot.parts' $$,
    $$ VALUES ('indexed', 2::bigint) $$, 'TRUNCATE empties it');
DROP TABLE parts;
SELECT ok((SELECT count(*) > 0 FROM ask_index('depot')), 'after DROP TABLE');
SELECT is((SELECT count(*) FROM loupe.indexed_column c
           WHERE NOT EXISTS (SELECT FROM pg_class WHERE oid = c.relation)), 0::bigint,
          'nothing is left of a table that is gone');
ALTER TABLE crates DROP COLUMN code;
SELECT ok((SELECT count(*) > 0 FROM ask_index('depot')), 'after DROP COLUMN');
SELECT is((SELECT count(*) FROM loupe.indexed_value
           WHERE relation = 'crates'::regclass AND attribute = 5), 0::bigint,
          'nor of such a column');

-- Budgets.
SET loupe.ask_index_values = 0;
CREATE TABLE late (id int, word text);
INSERT INTO late VALUES (1, 'Tardy');
SELECT results_eq(
    $$ SELECT status, reason FROM ask_index('depot') WHERE relation = 'depot.late' $$,
    $$ VALUES ('skipped', 'the index holds loupe.ask_index_values values') $$, 'a full index');
RESET loupe.ask_index_values;

-- Rights.
SET ROLE loupe_asker;
SELECT throws_ok('SELECT * FROM loupe.indexed_value', '42501', NULL, 'nobody reads it');
SELECT throws_ok('SELECT * FROM loupe.indexed_column', '42501', NULL, 'nor what is indexed');
SELECT throws_ok($$ INSERT INTO loupe.indexed_value VALUES ('depot.crates'::regclass, 2, 'Fake') $$,
                 '42501', NULL, 'nor plants a value');
SELECT throws_ok('DELETE FROM loupe.indexed_value', '42501', NULL, 'nor takes one away');
SELECT throws_ok('SET loupe.ask_index_values = 5', '42501', NULL, 'nor sets how many there may be');
SELECT results_eq($$ SELECT relation, column_count FROM ask_index('depot') WHERE status <> 'skipped' $$,
                  $$ VALUES ('depot.crates', 3) $$, 'it is made of columns that one may read');
SELECT matches(ask_sql('how many crates with label Heliotrope'), $$'Heliotrope'$$,
               'a value of a column that one may read');
SELECT ok(ask_sql('how many crates with sesame3') IS NULL, 'not one of a hidden column');
SELECT is((SELECT count(*) FROM ask_explain('how many crates with sesame3')
           WHERE meaning LIKE '%crates.pin%'), 0::bigint,
          'nor is it told that there is one');
SELECT ok(ask_sql('how many crates with Emerald') IS NULL, 'nor one behind row-level security');
RESET ROLE;
SELECT is((SELECT array_agg(DISTINCT attribute ORDER BY attribute) FROM loupe.indexed_column
           WHERE relation = 'crates'::regclass), '{2,3,4,6}', 'columns of others stay as they were');

-- Row-level security that comes later hides at once.
ALTER TABLE crates ENABLE ROW LEVEL SECURITY;
SET ROLE loupe_asker;
SELECT ok(ask_sql('how many crates with label Heliotrope') IS NULL
          OR ask_sql('how many crates with label Heliotrope') NOT LIKE '%"Heliotrope"%',
          'values from before are not told');
SELECT is((SELECT count(*) FROM ask_explain('how many crates with label Heliotrope')
           WHERE meaning LIKE '%Heliotrope% in crates%'), 0::bigint, 'in no explanation either');
RESET ROLE;
SELECT ok((SELECT count(*) > 0 FROM ask_index('depot')), 'and with the next run');
SELECT is((SELECT count(*) FROM loupe.indexed_value WHERE relation = 'crates'::regclass), 0::bigint,
          'they are gone');
ALTER TABLE crates DISABLE ROW LEVEL SECURITY;

-- A rolled back index is none.
SAVEPOINT before;
SELECT ok((SELECT count(*) > 0 FROM ask_index('depot')), 'made');
ROLLBACK TO before;
SET loupe.ask_index_time = '10s';
SELECT matches(ask_sql('how many crates with label Heliotrope'), $$'Heliotrope'$$,
               'is made again when it is needed');

-- Of very many tables a question is read over those that its words and values touch.
CREATE SCHEMA warehouse;
DO $$
BEGIN
    FOR i IN 1..120 LOOP
        EXECUTE format('CREATE TABLE warehouse.shelf_%s (id int PRIMARY KEY, note text)', i);
        EXECUTE format('INSERT INTO warehouse.shelf_%s VALUES (%s, %L)', i, i, 'Sample' || i);
    END LOOP;
END $$;
CREATE TABLE warehouse.makers (id int PRIMARY KEY, name text, city text);
INSERT INTO warehouse.makers VALUES (1, 'Ada', 'Bruges'), (2, 'Bob', 'Ghent');
CREATE TABLE warehouse.engines (
    id int PRIMARY KEY, maker_id int REFERENCES warehouse.makers, power int, serial text);
INSERT INTO warehouse.engines VALUES (1, 1, 5, 'Zebra'), (2, 2, 7, 'Yak');
GRANT USAGE ON SCHEMA warehouse TO loupe_asker;
GRANT SELECT ON ALL TABLES IN SCHEMA warehouse TO loupe_asker;
REVOKE SELECT ON warehouse.makers FROM loupe_asker;
GRANT SELECT (id, name) ON warehouse.makers TO loupe_asker;
SET search_path = warehouse, public;
SELECT matches(ask_sql('how many engines are there'), 'FROM warehouse.engines', 'by a name');
SELECT matches(ask_sql('how many engines of makers from Bruges'), $$'Bruges'$$,
               'by a value, over a join');
SELECT is((SELECT count(*) FROM loupe.indexed_column c JOIN pg_class t ON t.oid = c.relation
           WHERE t.relnamespace = 'warehouse'::regnamespace), 123::bigint, 'and all are indexed');
SET ROLE loupe_asker;
SELECT matches(ask_sql('how many engines of makers with the name Ada'), $$'Ada'$$,
               'as the caller sees them');
SELECT is((SELECT count(*) FROM ask_explain('how many engines of makers from Bruges')
           WHERE meaning LIKE '%makers.city%'), 0::bigint, 'no value of a hidden column');
SELECT ok(ask_sql('how many gadgets') IS NULL, 'what touches no table is told');
RESET ROLE;
SET search_path = depot, public;

-- Errors.
SELECT throws_ok($$ SELECT * FROM ask_index('deopt') $$, '22023',
                 'schema "deopt" does not exist or may not be used', 'an unknown schema');
SET transaction_read_only = on;
SELECT throws_ok('SELECT * FROM ask_index()', '25006', NULL, 'not in a read-only transaction');
SELECT matches(ask_sql('how many crates with label Heliotrope'), $$'Heliotrope'$$,
               'where questions read what there is');

SELECT * FROM finish();
ROLLBACK;
