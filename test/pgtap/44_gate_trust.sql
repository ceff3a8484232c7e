-- What an approval and a policy hold against: other roles' functions below an approved one, names
-- printed from numbers, views and settings of the bound role itself, rows of nothing.
BEGIN;
SET client_min_messages = warning;
CREATE EXTENSION IF NOT EXISTS pgtap;
CREATE EXTENSION IF NOT EXISTS pg_loupe;
SELECT no_plan();

CREATE ROLE loupe_author;
CREATE ROLE loupe_stranger;
CREATE ROLE loupe_bound;
CREATE SCHEMA trust;
GRANT USAGE, CREATE ON SCHEMA trust TO loupe_author, loupe_stranger, loupe_bound;
DO $$
BEGIN
    EXECUTE format('GRANT USAGE ON SCHEMA %I TO PUBLIC',
                   (SELECT extnamespace::regnamespace FROM pg_extension WHERE extname = 'pgtap'));
END $$;
SET search_path = trust, public;
CREATE TABLE trust.item (id int, name varchar(10));
INSERT INTO trust.item VALUES (1, 'A');
GRANT SELECT ON trust.item TO loupe_bound;

-- An approved function, what it calls of its own owner, and what a stranger put below it.
SET ROLE loupe_author;
CREATE FUNCTION trust.inner_part(value int) RETURNS int LANGUAGE plpgsql AS
$$ BEGIN RETURN value + 1; END $$;
CREATE FUNCTION trust.outer_part(value int) RETURNS int LANGUAGE plpgsql AS
$$ BEGIN RETURN trust.inner_part(value); END $$;
CREATE FUNCTION trust.lowered(value varchar) RETURNS text LANGUAGE sql AS
$$ SELECT lower(value) $$;
CREATE FUNCTION trust.uppered(value varchar) RETURNS text LANGUAGE sql AS
$$ SELECT upper(value) $$;
RESET ROLE;
SELECT loupe.approve_function('trust.outer_part(int)');
SELECT loupe.approve_function('trust.lowered(varchar)');
SELECT loupe.approve_function('trust.uppered(varchar)');
SELECT is(loupe.run_sql('SELECT trust.outer_part(id) FROM trust.item') -> 'rows', '[[2]]',
          'an approved function calls another of its owner');
SELECT throws_ok($$ SELECT loupe.run_sql('SELECT trust.inner_part(id) FROM trust.item') $$, 'LP701',
                 NULL, 'which the statement itself may not');
SELECT is(loupe.run_sql('SELECT trust.uppered(name) FROM trust.item') -> 'rows', '[["A"]]',
          'an approved function calls built-in functions');
SET ROLE loupe_stranger;
CREATE FUNCTION trust.lower(value varchar) RETURNS text LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'stranger ran'; END $$;
RESET ROLE;
SELECT throws_ok($$ SELECT loupe.run_sql('SELECT trust.lowered(name) FROM trust.item') $$, 'LP701',
                 'function lower(character varying) may not be called',
                 'a stranger''s function that captures a name below it is not called');
ALTER FUNCTION trust.inner_part(int) OWNER TO loupe_stranger;
SELECT throws_ok($$ SELECT loupe.run_sql('SELECT trust.outer_part(id) FROM trust.item') $$, 'LP701',
                 NULL, 'nor one that a stranger owns now');

-- Numbers do not become names.
SELECT is((validate_sql(statement)).rule, rule, statement) FROM (VALUES
    ('SELECT 10::regrole', 'catalog'), ('SELECT ''10''::regrole', 'catalog'),
    ('SELECT g::oid::regclass FROM generate_series(1, 9) AS g', 'catalog'),
    ('SELECT concat(g::oid::regclass) FROM generate_series(1, 9) AS g', 'catalog'),
    ('SELECT ARRAY[1259]::regclass[]', 'catalog'), ('SELECT ''{1259}''::regclass[]', 'catalog'),
    ('SELECT * FROM jsonb_to_record(''{"a": 1259}'') AS r (a regclass)', 'catalog'),
    ('SELECT format_type(1259, -1)', 'function'),
    ('SELECT ''trust.item''::regclass, count(*) FROM trust.item WHERE tableoid = ''trust.item''::regclass', NULL),
    ('SELECT ''pg_authid''::regclass', 'catalog'),
    ('SELECT tableoid::regclass, pg_typeof(id) FROM trust.item', NULL),
    ('SELECT to_tsvector(''english'', name) FROM trust.item', NULL)) AS asked (statement, rule);

-- A policy binds whatever the role sets or makes for itself.
SELECT loupe.set_policy('loupe_bound', allowed_schemas => '{public}', max_cost => 100);
SET ROLE loupe_bound;
CREATE TEMP VIEW own_view AS SELECT id FROM trust.item;
SELECT is((validate_sql('SELECT id FROM trust.item')).rule, 'schema', 'another schema');
SELECT is((validate_sql('SELECT id FROM pg_temp.own_view')).rule, 'schema',
          'nor through a view of its own');
SET seq_page_cost = 0;
SET random_page_cost = 0;
SET cpu_tuple_cost = 0;
SET cpu_operator_cost = 0;
SELECT is((validate_sql('SELECT count(*) FROM generate_series(1, 100000) AS g')).rule, 'cost',
          'costs are weighed as the server has them');
RESET ROLE;

-- Cells without a value count too.
SET loupe.max_bytes = '1MB';
SELECT throws_ok(format($$ SELECT loupe.run_sql(%L) $$,
    'SELECT ' || repeat('NULL, ', 99) || 'NULL FROM generate_series(1, 1000)'), 'LP703', NULL,
    'rows of nothing are limited in bytes');
RESET loupe.max_bytes;

-- An error whose text PostgreSQL cut in the midst of a character is a verdict.
SELECT is((validate_sql('SELECT jsonb ''[1]'' @? ''$[0.᪕]''')).accepted, false, 'a broken message');

SELECT * FROM finish();
ROLLBACK;
