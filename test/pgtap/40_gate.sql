-- Generated SQL: judged, read-only, as the caller, limited; and what it leaves behind: nothing.
BEGIN;
SET client_min_messages = warning;
CREATE EXTENSION IF NOT EXISTS pgtap;
CREATE EXTENSION IF NOT EXISTS pg_loupe;
SELECT no_plan();

CREATE SCHEMA gate;
SET search_path = gate, public;
CREATE TABLE gate.item (id int PRIMARY KEY, name text);
INSERT INTO gate.item SELECT i, 'n' || i FROM generate_series(1, 100) AS i;
CREATE SEQUENCE gate.counter;

CREATE FUNCTION gate.draw(query text) RETURNS bytea LANGUAGE sql STABLE AS
$$ SELECT render_chart(jsonb_build_object(
       'data', jsonb_build_object('sql', query), 'mark', 'point',
       'encoding', '{"x": {"field": "id", "type": "quantitative"}}'::jsonb)) $$;

SELECT lives_ok($$ SELECT gate.draw('SELECT id FROM gate.item') $$, 'a SELECT runs');
SELECT lives_ok($$ SELECT gate.draw('VALUES (1), (2)') $$, 'VALUES runs');
SELECT lives_ok($$ SELECT gate.draw('TABLE gate.item') $$, 'TABLE runs');
SELECT lives_ok($$ SELECT gate.draw('WITH a AS (SELECT 1 AS id) SELECT id FROM a;') $$,
                'WITH and one semicolon run');

SELECT throws_ok(format($$ SELECT gate.draw(%L) $$, query), 'LP701', NULL, 'refused: ' || query)
FROM (VALUES
    ('INSERT INTO gate.item VALUES (0)'),
    ('DELETE FROM gate.item'),
    ('SELECT 1 AS id; SELECT 2 AS id'),
    (''),
    ('SELECT id INTO gate.copy FROM gate.item'),
    ('SELECT id FROM gate.item FOR UPDATE'),
    ('SELECT id FROM (SELECT id FROM gate.item FOR SHARE) AS s'),
    ('WITH d AS (DELETE FROM gate.item RETURNING id) SELECT id FROM d'),
    ('EXPLAIN SELECT 1'),
    ('SET transaction_read_only = off'),
    ('COPY gate.item TO STDOUT'),
    ('CREATE TABLE gate.x (id int)'),
    ('DO $x$ BEGIN END $x$'),
    ('BEGIN')) AS refused (query);

SELECT throws_ok(
    $$ SELECT gate.draw('SELECT ' || repeat('1 + ', 20000) || '1 AS id') $$,
    'LP701', 'statement is too long', 'text of more than 64 KiB is refused');

-- The belts behind the judge, shown with functions that somebody approved: what writes runs into the
-- read-only subtransaction.
CREATE FUNCTION gate.next_number() RETURNS bigint LANGUAGE sql VOLATILE AS
$$ SELECT nextval('gate.counter') $$;
CREATE FUNCTION gate.set_parameter(name text, value text, is_local boolean) RETURNS text
    LANGUAGE sql VOLATILE AS $$ SELECT set_config(name, value, is_local) $$;
CREATE FUNCTION gate.pause(seconds float8) RETURNS void LANGUAGE sql VOLATILE AS
$$ SELECT pg_sleep(seconds) $$;
SELECT throws_ok($$ SELECT gate.draw('SELECT gate.next_number() AS id') $$, 'LP701', NULL,
                 'a function that nobody approved is refused');
SELECT loupe.approve_function(f::regprocedure)
FROM unnest('{gate.next_number(),"gate.set_parameter(text,text,boolean)",gate.pause(float8),
              gate.draw(text)}'::text[]) AS f;
SELECT throws_ok($$ SELECT gate.draw('SELECT gate.next_number() AS id') $$, '25006', NULL,
                 'nextval cannot run');
SELECT throws_ok(
    $$ SELECT gate.draw('SELECT 1 AS id FROM gate.set_parameter(''transaction_read_only'', ''off'', true)') $$,
    '25001', NULL, 'read-only cannot be switched off inside');

-- What a statement sets does not outlive it.
SELECT lives_ok(
    $$ SELECT gate.draw('SELECT 1 AS id FROM gate.set_parameter(''loupe.model'', ''gone'', false)') $$,
    'a statement that sets a parameter runs');
SELECT is(current_setting('loupe.model'), '', 'and the setting is rolled back with it');
SELECT is(current_setting('transaction_read_only'), 'off', 'the transaction stays read-write');
SELECT is(current_setting('search_path'), 'gate, public', 'search_path is as it was');

-- Limits.
SET loupe.max_rows = 50;
SELECT throws_ok($$ SELECT gate.draw('SELECT id FROM gate.item') $$, 'LP702',
                 'result has more than 50 rows', 'rows are limited');
RESET loupe.max_rows;
SET loupe.max_bytes = '1kB';
SELECT throws_ok($$ SELECT gate.draw('SELECT id, repeat(name, 100) AS n FROM gate.item') $$, 'LP703',
                 'result is larger than 1024 bytes', 'bytes are limited');
RESET loupe.max_bytes;
SET loupe.statement_timeout = '100ms';
-- throws_ok does not see a cancel: WHEN OTHERS leaves it alone.
CREATE FUNCTION gate.cancelled(query text) RETURNS text LANGUAGE plpgsql AS $$
BEGIN
    PERFORM gate.draw(query);
    RETURN 'not cancelled';
EXCEPTION WHEN query_canceled THEN
    RETURN SQLERRM;
END $$;
SELECT is(gate.cancelled('SELECT 1 AS id FROM gate.pause(10)'), 'statement ran longer than 100 ms',
          'time is limited');
SET loupe.max_cost = 0;
SELECT is(gate.cancelled('SELECT count(*) AS id FROM generate_series(1, 9999) AS a,
                                                     generate_series(1, 999999) AS b'),
          'statement ran longer than 100 ms', 'also of a statement that computes');
RESET loupe.max_cost;
SELECT lives_ok($$ SELECT gate.draw('SELECT 1 AS id') $$, 'the session goes on after a timeout');
RESET loupe.statement_timeout;

-- A temporary table does not hide a permanent one, and user functions do not hide built-ins of the
-- same signature.
CREATE TEMP TABLE item (id int, name text);
SELECT is(length(gate.draw('SELECT id FROM item')) > 2000, true, 'the permanent table is read');
DROP TABLE pg_temp.item;

-- Errors inside are PostgreSQL's own, and the transaction goes on where a savepoint allows it.
SELECT throws_ok($$ SELECT gate.draw('SELECT 1/0 AS id') $$, '22012', NULL, 'division by zero');
SELECT throws_ok($$ SELECT gate.draw('SELECT id FROM gate.missing') $$, '42P01', NULL,
                 'unknown relation');
SELECT throws_ok($$ SELECT gate.draw('SELEC 1') $$, '42601', NULL, 'syntax error');

-- Nested: a gated statement that itself asks for a chart.
SELECT lives_ok($$ SELECT gate.draw('SELECT length(gate.draw(''SELECT 1 AS id'')) AS id') $$,
                'gated statements nest');

-- Read-only transactions.
SET TRANSACTION READ ONLY;
SELECT lives_ok($$ SELECT gate.draw('SELECT id FROM gate.item') $$, 'read-only transactions read');

SELECT * FROM finish();
ROLLBACK;
