-- Approvals and limits: whom they bind, who may give them, what ends them; who reads the record of
-- statements.
BEGIN;
SET client_min_messages = warning;
CREATE EXTENSION IF NOT EXISTS pgtap;
CREATE EXTENSION IF NOT EXISTS pg_loupe;
SELECT no_plan();

CREATE ROLE loupe_author;
CREATE ROLE loupe_reader;
CREATE ROLE loupe_landlord;
CREATE ROLE loupe_team;
CREATE ROLE loupe_mate;
GRANT loupe_team TO loupe_mate;
CREATE SCHEMA desk;
GRANT ALL ON SCHEMA desk TO PUBLIC;
DO $$
BEGIN
    EXECUTE format('GRANT USAGE ON SCHEMA %I TO PUBLIC',
                   (SELECT extnamespace::regnamespace FROM pg_extension WHERE extname = 'pgtap'));
    EXECUTE format('ALTER DATABASE %I OWNER TO loupe_landlord', current_database());
END $$;
INSERT INTO loupe.project (name) VALUES ('other');

SET ROLE loupe_author;
CREATE FUNCTION desk.twice(x integer) RETURNS integer LANGUAGE sql IMMUTABLE RETURN x * 2;
CREATE FUNCTION desk.since(x timestamptz DEFAULT '2026-01-02 03:04:05+00') RETURNS interval
    LANGUAGE plpgsql STABLE AS $$ BEGIN RETURN now() - x; END $$;
CREATE TYPE desk.mood AS ENUM ('up', 'down');
CREATE FUNCTION desk."Odd name"(desk.mood, VARIADIC numeric[]) RETURNS text
    LANGUAGE sql IMMUTABLE AS 'SELECT $1::text';
CREATE AGGREGATE desk.total(integer) (SFUNC = int4pl, STYPE = integer, INITCOND = '0');
RESET ROLE;

-- Whom an approval binds.
SELECT is(loupe.is_approved_function('desk.twice(integer)'), false, 'nothing is approved at first');
SET ROLE loupe_author;
SELECT lives_ok($$ SELECT loupe.approve_function('desk.twice(integer)', 'my own') $$,
                'an owner approves');
SELECT is(loupe.is_approved_function('desk.twice(integer)'), true, 'it counts for the approver');
RESET ROLE;
SELECT is(loupe.is_approved_function('desk.twice(integer)'), false,
          'not for a superuser, whom nobody makes run a function');
SET ROLE loupe_reader;
SELECT is(loupe.is_approved_function('desk.twice(integer)'), false, 'nor for another role');
SELECT is_empty($$ SELECT FROM loupe.approved_function $$, 'which does not see it either');
SELECT throws_ok($$ SELECT loupe.approve_function('desk.twice(integer)') $$, '42501',
                 'must be owner of function "desk.twice(integer)"', 'another role cannot approve');
SELECT throws_ok(
    $$ INSERT INTO loupe.approved_function
           (schema_name, function_name, argument_types, approved_by, fingerprint)
       SELECT i.schema_name, i.function_name, i.argument_types, 'loupe_author', i.fingerprint
       FROM loupe._function_identity('desk.twice(integer)'::regprocedure) AS i $$,
    '42501', NULL, 'nobody approves in another''s name');
SELECT throws_ok(
    $$ INSERT INTO loupe.approved_function
           (schema_name, function_name, argument_types, fingerprint)
       SELECT i.schema_name, i.function_name, i.argument_types, i.fingerprint
       FROM loupe._function_identity('desk.twice(integer)'::regprocedure) AS i $$,
    '42501', NULL, 'nor what belongs to another, by a plain INSERT');
SELECT is(loupe.revoke_function('desk.twice(integer)'), false,
          'another''s approval cannot be taken back');
RESET ROLE;
SELECT loupe.approve_function('desk.twice(integer)');
SET ROLE loupe_reader;
SELECT is(loupe.is_approved_function('desk.twice(integer)'), true,
          'a superuser''s approval counts for everybody');
SELECT results_eq($$ SELECT count(*) FROM loupe.approved_function $$, ARRAY[1::bigint],
                  'and everybody sees it');
RESET ROLE;
SELECT is(loupe.revoke_function('desk.twice(integer)'), true, 'a superuser takes back all');
SELECT is_empty($$ SELECT FROM loupe.approved_function $$, 'those of others too');

SET ROLE loupe_landlord;
CREATE FUNCTION desk.thrice(x integer) RETURNS integer LANGUAGE sql IMMUTABLE RETURN x * 3;
SELECT loupe.approve_function('desk.thrice(integer)');
SELECT throws_ok($$ SELECT loupe.approve_function('desk.twice(integer)') $$, '42501', NULL,
                 'the owner of the database approves only what it owns');
SET ROLE loupe_reader;
SELECT is(loupe.is_approved_function('desk.thrice(integer)'), true,
          'the approval of the database''s owner counts for everybody');
RESET ROLE;
DO $$ BEGIN EXECUTE format('ALTER DATABASE %I OWNER TO loupe_team', current_database()); END $$;
SET ROLE loupe_reader;
SELECT is(loupe.is_approved_function('desk.thrice(integer)'), false,
          'until somebody else owns the database');
RESET ROLE;
DO $$ BEGIN EXECUTE format('ALTER DATABASE %I OWNER TO loupe_landlord', current_database()); END $$;

-- What ends an approval. Each statement is undone.
CREATE FUNCTION pg_temp.approved_after(change text, function regprocedure) RETURNS boolean
    LANGUAGE plpgsql AS $$
DECLARE
    approved boolean;
BEGIN
    BEGIN
        PERFORM loupe.approve_function(function);
        IF NOT loupe.is_approved_function(function) THEN
            RAISE EXCEPTION 'not approved';
        END IF;
        EXECUTE change;
        approved := loupe.is_approved_function(function);
        RAISE EXCEPTION 'undo' USING ERRCODE = 'P9999';
    EXCEPTION WHEN SQLSTATE 'P9999' THEN
        RETURN approved;
    END;
END $$;

SELECT is(pg_temp.approved_after(change, function), expected, change)
FROM (VALUES
    ('CREATE OR REPLACE FUNCTION desk.twice(x integer) RETURNS integer LANGUAGE sql RETURN x',
     'desk.twice(integer)'::regprocedure, false),
    ('ALTER FUNCTION desk.twice(integer) SECURITY DEFINER', 'desk.twice(integer)', false),
    ('ALTER FUNCTION desk.twice(integer) SET search_path = desk', 'desk.twice(integer)', false),
    ('ALTER FUNCTION desk.twice(integer) OWNER TO loupe_reader', 'desk.twice(integer)', false),
    ('ALTER FUNCTION desk.twice(integer) RENAME TO double', 'desk.twice(integer)', false),
    ('ALTER FUNCTION desk.twice(integer) SET SCHEMA public', 'desk.twice(integer)', false),
    ('CREATE OR REPLACE AGGREGATE desk.total(integer) (SFUNC = int4mul, STYPE = integer,
      INITCOND = ''1'')', 'desk.total(integer)', false),
    ('CREATE OR REPLACE AGGREGATE desk.total(integer) (SFUNC = int4pl, STYPE = integer,
      INITCOND = ''7'')', 'desk.total(integer)', false),
    ('DELETE FROM loupe.approved_function', 'desk.twice(integer)', false),
    ('TRUNCATE loupe.approved_function', 'desk.twice(integer)', false),
    ('UPDATE loupe.project SET name = ''renamed'' WHERE id = 1', 'desk.twice(integer)', false),
    ('SET LOCAL loupe.project = ''other''', 'desk.twice(integer)', false),
    ('SET LOCAL loupe.project = ''unknown''', 'desk.twice(integer)', false),
    ('CREATE OR REPLACE FUNCTION desk.twice(x integer) RETURNS integer LANGUAGE sql IMMUTABLE
      RETURN x * 2', 'desk.twice(integer)', true),
    ('GRANT EXECUTE ON FUNCTION desk.twice(integer) TO loupe_reader', 'desk.twice(integer)', true),
    ('SET LOCAL search_path = desk; SET LOCAL quote_all_identifiers = on',
     'desk."Odd name"(desk.mood, numeric[])', true),
    ('SET LOCAL datestyle = German; SET LOCAL timezone = ''Asia/Tokyo'';
      SET LOCAL intervalstyle = sql_standard', 'desk.since(timestamptz)', true),
    ('SET LOCAL search_path = desk; SET LOCAL quote_all_identifiers = on',
     'desk.total(integer)', true)
) AS changes (change, function, expected);

SELECT is(loupe.is_approved_function('desk.twice(integer)'), false,
          'an approval that was rolled back is forgotten');

-- A function inside the statement that approves reads already; then that statement fails.
CREATE FUNCTION pg_temp.peek() RETURNS boolean LANGUAGE plpgsql VOLATILE AS $$
BEGIN
    RETURN loupe.is_approved_function('desk.twice(integer)');
END $$;
SELECT throws_ok(
    $$ INSERT INTO loupe.approved_function
           (schema_name, function_name, argument_types, fingerprint, note)
       SELECT i.schema_name, i.function_name, i.argument_types, i.fingerprint,
              CASE WHEN n = 1 THEN 'first' ELSE (1 / (pg_temp.peek()::integer - 1))::text END
       FROM generate_series(1, 2) AS n,
            loupe._function_identity('desk.twice(integer)'::regprocedure) AS i $$,
    '22012', NULL, 'a row is seen while its statement runs');
SELECT is(loupe.is_approved_function('desk.twice(integer)'), false,
          'and forgotten when that fails');
INSERT INTO loupe.approved_function (schema_name, function_name, argument_types, fingerprint, note)
SELECT i.schema_name, i.function_name, i.argument_types, i.fingerprint, pg_temp.peek()::text
FROM loupe._function_identity('desk.twice(integer)'::regprocedure) AS i;
SELECT is(loupe.is_approved_function('desk.twice(integer)'), true,
          'what was read before its end is read again');
SELECT loupe.revoke_function('desk.twice(integer)');

CREATE FUNCTION pg_temp.approved_read_only(function regprocedure) RETURNS boolean
    LANGUAGE plpgsql AS $$
DECLARE
    approved boolean;
BEGIN
    BEGIN
        SET LOCAL transaction_read_only = on;
        approved := loupe.is_approved_function(function);
        RAISE EXCEPTION 'undo' USING ERRCODE = 'P9999';
    EXCEPTION WHEN SQLSTATE 'P9999' THEN
        RETURN approved;
    END;
END $$;
SELECT loupe.approve_function('desk.total(integer)');
SELECT is(pg_temp.approved_read_only('desk.total(integer)'), true,
          'approvals are read in a read-only transaction');

-- Names are kept as names.
SELECT results_eq(
    $$ SELECT schema_name, function_name, argument_types
       FROM loupe._function_identity('desk."Odd name"(desk.mood, numeric[])'::regprocedure) $$,
    $$ VALUES ('desk', 'Odd name', 'desk.mood, numeric[]') $$, 'a function is kept by name');
SELECT is(to_regprocedure(format('%I.%I(%s)', i.schema_name, i.function_name, i.argument_types)),
          'desk."Odd name"(desk.mood, numeric[])'::regprocedure, 'the name finds it again')
FROM loupe._function_identity('desk."Odd name"(desk.mood, numeric[])'::regprocedure) AS i;
SELECT is((SELECT fingerprint FROM loupe._function_identity(4294967295)), NULL,
          'what does not exist has no fingerprint');
SELECT is(loupe.is_approved_function(4294967295::oid), false, 'and is not approved');

-- Extensions and arguments.
SELECT cmp_ok(loupe.approve_extension('pgtap'), '>', 100, 'an extension is approved as a whole');
SELECT throws_ok($$ SELECT loupe.approve_extension('nowhere') $$, '42704',
                 'extension "nowhere" does not exist', 'an unknown one is an error');
SELECT throws_ok($$ SELECT loupe.approve_function(NULL) $$, '22004',
                 'argument "function" must not be null', 'NULL is no function');
SELECT throws_ok($$ SELECT loupe.approve_relation(NULL) $$, '22004',
                 'argument "relation" must not be null', 'NULL is no relation');
SET loupe.project = 'unknown';
SELECT throws_ok($$ SELECT loupe.approve_function('desk.twice(integer)') $$, '22023',
                 'project "unknown" does not exist', 'an unknown project is an error');
RESET loupe.project;

-- Relations.
CREATE FOREIGN DATA WRAPPER loupe_wrapper;
CREATE SERVER loupe_away FOREIGN DATA WRAPPER loupe_wrapper OPTIONS (host 'here');
CREATE FOREIGN TABLE desk.abroad (id integer, word text) SERVER loupe_away OPTIONS (name 'a');
CREATE FOREIGN TABLE desk.far (id integer) SERVER loupe_away;
ALTER FOREIGN TABLE desk.far OWNER TO loupe_author;
CREATE TABLE desk.home (id integer);

SELECT throws_ok($$ SELECT loupe.approve_relation('desk.home') $$, '42809',
                 'relation "desk.home" needs no approval', 'a table needs no approval');
SET ROLE loupe_author;
SELECT throws_ok($$ SELECT loupe.approve_relation('pg_class') $$, '42501',
                 'must be owner of relation "pg_class"', 'catalogs are for superusers');
SELECT throws_ok($$ SELECT loupe.approve_relation('desk.abroad') $$, '42501', NULL,
                 'foreign tables are for their owner');
SELECT loupe.approve_relation('desk.far');
SELECT is(loupe.is_approved_relation('desk.far'), true, 'an owner approves a foreign table');
RESET ROLE;
SELECT is(loupe.is_approved_relation('desk.far'), false, 'for itself alone');
SELECT loupe.approve_relation('pg_catalog.pg_timezone_names', 'names only');
SELECT loupe.approve_relation('desk.abroad');
SET ROLE loupe_reader;
SELECT is(loupe.is_approved_relation('pg_catalog.pg_timezone_names'), true,
          'a superuser opens a catalog to everybody');
SELECT is(loupe.is_approved_relation('pg_catalog.pg_authid'), false, 'not the others');
SELECT is(loupe.is_approved_relation('desk.abroad'), true, 'and a foreign table');
RESET ROLE;
ALTER FOREIGN TABLE desk.abroad OPTIONS (SET name 'b');
SELECT is(loupe.is_approved_relation('desk.abroad'), false, 'other options end it');
ALTER FOREIGN TABLE desk.abroad OPTIONS (SET name 'a');
SELECT is(loupe.is_approved_relation('desk.abroad'), true, 'the same ones bring it back');
ALTER SERVER loupe_away OPTIONS (SET host 'elsewhere');
SELECT is(loupe.is_approved_relation('desk.abroad'), false, 'another address of the server too');
SELECT is(loupe.revoke_relation('desk.abroad'), true, 'an approval is taken back');
SELECT is(loupe.revoke_relation('desk.abroad'), false, 'once');

-- Limits: the strictest of all rows that bind the caller.
SELECT is((SELECT p::text FROM loupe.current_policy() AS p), '(,,,,,,,,)', 'no row, no limit');
SELECT loupe.set_policy(NULL, max_rows => 1000, statement_timeout => '20 s',
                        allowed_schemas => '{desk,shop,public}');
SELECT loupe.set_policy('loupe_team', max_rows => 2000, statement_timeout => '10 s',
                        plan_timeout => '1 day', max_bytes => '2 MB', work_mem => '4 MB',
                        temp_limit => '0', memory_limit => '64 MB', max_cost => 1e6,
                        allowed_schemas => '{shop,desk,hidden}');
SELECT loupe.set_policy('loupe_team', project => 'other', max_rows => 10, allowed_schemas => '{}');
SET ROLE loupe_mate;
SELECT results_eq(
    $$ SELECT * FROM loupe.current_policy() $$,
    $$ VALUES ('{shop,desk}'::text[], 1e6::float8, interval '10 s', interval '24 hours', 1000::bigint,
               2097152::bigint, 4194304::bigint, 0::bigint, 67108864::bigint) $$,
    'of all rows the strictest counts, of schemas what all allow');
SET loupe.project = 'other';
SELECT is((SELECT max_rows FROM loupe.current_policy()), 10::bigint, 'a project has limits of its own');
SELECT is((SELECT allowed_schemas FROM loupe.current_policy()), '{}'::text[],
          'no schema in common is no schema at all');
SET loupe.project = 'unknown';
SELECT is((SELECT max_rows FROM loupe.current_policy()), 1000::bigint,
          'limits of all projects hold in an unknown one');
RESET loupe.project;
SELECT results_eq($$ SELECT count(*) FROM loupe.policy $$, ARRAY[3::bigint],
                  'members read the limits of their roles');
SET ROLE loupe_reader;
SELECT results_eq($$ SELECT max_rows, max_cost FROM loupe.current_policy() $$,
                  $$ VALUES (1000::bigint, NULL::float8) $$, 'limits of a role bind nobody else');
SELECT results_eq($$ SELECT count(*) FROM loupe.policy $$, ARRAY[1::bigint], 'who does not see them');
SELECT throws_ok($$ SELECT loupe.set_policy(NULL) $$, '42501', NULL, 'an ordinary role sets no limits');
SELECT throws_ok($$ INSERT INTO loupe.policy (max_rows) VALUES (1) $$, '42501', NULL,
                 'not by a plain INSERT');
SELECT throws_ok($$ DELETE FROM loupe.policy $$, '42501', NULL, 'and removes none');
RESET ROLE;
SELECT is((SELECT max_cost FROM loupe.current_policy()), NULL,
          'a superuser, member of every role, is bound by limits of all roles alone');
SET ROLE loupe_landlord;
SELECT lives_ok($$ SELECT loupe.set_policy('loupe_reader', max_rows => 7) $$,
                'the owner of the database sets limits');
SELECT results_eq($$ SELECT count(*) FROM loupe.policy $$, ARRAY[4::bigint], 'and sees all');
SET ROLE loupe_reader;
SELECT is((SELECT max_rows FROM loupe.current_policy()), 7::bigint, 'which hold at once');
RESET ROLE;
SELECT throws_ok($$ SELECT loupe.set_policy('nobody_here') $$, '42704',
                 'role "nobody_here" does not exist', 'a limit for nobody is an error');
SELECT throws_ok($$ SELECT loupe.set_policy(NULL, project => 'unknown') $$, '22023',
                 'project "unknown" does not exist', 'so is an unknown project');
SELECT throws_ok(format('INSERT INTO loupe.policy (project_id, %s) VALUES (1, %s)', column_name, value),
                 '23514', NULL, column_name || ' = ' || value || ' is out of range')
FROM (VALUES ('max_cost', '0'), ('max_cost', '''NaN'''), ('max_rows', '0'), ('max_bytes', '-1'), ('work_mem', '1'),
             ('temp_limit', '-1'), ('memory_limit', '0'), ('statement_timeout', '''0'''),
             ('plan_timeout', '''1 month'''), ('allowed_schemas', '''{a,NULL}''')
     ) AS wrong (column_name, value);

-- The record of statements.
INSERT INTO loupe.statement (at, project_id, role_name, session_user_name, purpose, sql, relations,
                             accepted, duration_ms, backend_pid, application_name)
SELECT now() - age, 1, role_name, role_name, 'ask', 'SELECT 1', '{}', true, 1, 1, 'test'
FROM (VALUES ('loupe_team'::name, interval '0'), ('loupe_reader', '1 day'), ('loupe_author', '40 days')
     ) AS rows (role_name, age);
SET ROLE loupe_mate;
SELECT results_eq($$ SELECT role_name FROM loupe.statement $$, ARRAY['loupe_team'::name],
                  'a role sees the statements of roles it is a member of');
SELECT throws_ok($$ INSERT INTO loupe.statement SELECT * FROM loupe.statement $$, '42501', NULL,
                 'nobody writes');
SELECT throws_ok($$ UPDATE loupe.statement SET sql = '' $$, '42501', NULL, 'nobody changes');
SELECT throws_ok($$ DELETE FROM loupe.statement $$, '42501', NULL, 'nobody deletes');
SELECT throws_ok($$ SELECT loupe.statement_purge('0') $$, '42501', NULL, 'nobody purges');
SELECT throws_ok($$ SET loupe.log_statements = off $$, '42501', NULL, 'nobody hides');
SET ROLE loupe_landlord;
SELECT results_eq($$ SELECT count(*) FROM loupe.statement WHERE application_name = 'test' $$,
                  ARRAY[3::bigint], 'the owner of the database sees all');
SELECT throws_ok($$ DELETE FROM loupe.statement $$, '42501', NULL, 'but does not delete');
SELECT is(loupe.statement_purge(), 1::bigint, 'it purges what is older than loupe.log_retention');
SELECT cmp_ok(loupe.statement_purge('1 hour'), '>=', 1::bigint, 'or than it says');
RESET ROLE;
SET loupe.log_retention = -1;
SELECT is(loupe.statement_purge(), 0::bigint, 'with no retention nothing is old');

SELECT is_empty(
    $$ SELECT c.oid::regclass, t.tgname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
       WHERE t.tgfoid = 'loupe._table_changed'::regproc AND t.tgenabled <> 'A' $$,
    'no setting switches the triggers off');

SELECT * FROM finish();
ROLLBACK;
