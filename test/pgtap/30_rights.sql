-- Whose rights count: the caller's. Table and column privileges, row-level security, stored models.
BEGIN;
SET client_min_messages = warning;
CREATE EXTENSION IF NOT EXISTS pgtap;
CREATE EXTENSION IF NOT EXISTS pg_loupe;
SELECT no_plan();

CREATE ROLE loupe_reader;
CREATE ROLE loupe_member;
CREATE ROLE loupe_team;
GRANT loupe_team TO loupe_member;

CREATE SCHEMA office;
CREATE TABLE office.staff (id int PRIMARY KEY, name text, salary numeric, region text);
CREATE TABLE office.secret (id int PRIMARY KEY, word text);
CREATE TABLE office.visits (id int PRIMARY KEY, region text);
INSERT INTO office.staff VALUES (1, 'Ada', 100, 'north'), (2, 'Bob', 200, 'south');
INSERT INTO office.secret VALUES (1, 'xyzzy');
INSERT INTO office.visits SELECT i, CASE WHEN i % 4 = 0 THEN 'north' ELSE 'south' END
FROM generate_series(1, 100) AS i;
ALTER TABLE office.visits ENABLE ROW LEVEL SECURITY;
CREATE POLICY north ON office.visits FOR SELECT USING (region = 'north');
GRANT USAGE ON SCHEMA office TO loupe_reader, loupe_member, loupe_team;
GRANT SELECT (id, name, region) ON office.staff TO loupe_reader;
GRANT SELECT ON office.visits TO loupe_reader;
DO $$
BEGIN
    EXECUTE format('GRANT USAGE ON SCHEMA %I TO PUBLIC',
                   (SELECT extnamespace::regnamespace FROM pg_extension WHERE extname = 'pgtap'));
END $$;
SET search_path = office, public;

SET ROLE loupe_reader;

-- profile
SELECT is((SELECT row_count FROM profile('staff') WHERE column_name = 'name'), 2::bigint,
          'a readable column is profiled');
SELECT is((SELECT max FROM profile('staff') WHERE column_name = 'salary'), NULL,
          'a hidden column has no statistics');
SELECT matches((SELECT note FROM profile('staff') WHERE column_name = 'salary'),
               'permission denied', 'and its note says why');
SELECT throws_ok($$ SELECT * FROM profile('secret') $$, '42501', NULL, 'a hidden table is refused');
SELECT throws_ok($$ SELECT * FROM profile('office.secret'::regclass) $$, '42501', NULL,
                 'by OID too');
SELECT is((SELECT row_count FROM profile('visits') WHERE column_name = 'id'), 25::bigint,
          'row-level security holds in profiles');

-- models and questions
SELECT unalike(semantic_model_infer('office')::text, '%secret%', 'a hidden table is not inferred');
SELECT unalike(semantic_model_infer('office')::text, '%salary%', 'nor a hidden column');
SELECT is(semantic_query('{"measures": ["visits.count"]}') #>> '{data,0,visits.count}', '25',
          'row-level security holds in semantic queries');
SELECT throws_ok($$ SELECT semantic_query('{"measures": ["secret.count"]}') $$, 'LP305', NULL,
                 'a hidden table is unknown');
SELECT is((ask('how many visits')).rows #>> '{0,visits.count}', '25',
          'row-level security holds in answers');
SELECT is((ask('how many secrets')).status, 'abstained', 'questions do not reach hidden tables');
SELECT unalike((ask('how many secrets'))::text, '%xyzzy%', 'nor show their values');
SELECT is((ask('average salary of staff')).status, 'abstained', 'nor hidden columns');

-- charts
SELECT throws_ok(
    $$ SELECT render_chart('{"data": {"relation": "office.secret"}, "mark": "bar"}') $$,
    '42501', NULL, 'charts read with the caller''s rights');
SELECT throws_ok(
    $$ SELECT render_chart('{"data": {"sql": "SELECT salary FROM office.staff"}, "mark": "bar"}') $$,
    '42501', NULL, 'column privileges hold in charts');
RESET ROLE;

-- stored models
GRANT SELECT ON office.visits TO loupe_team, loupe_member;
SET ROLE loupe_team;
SELECT is(semantic_model_save(
    '{"name": "team", "entities": [{"name": "v", "schema": "office", "table": "visits",
      "primary_key": ["id"], "measures": [{"name": "count", "type": "count"}]}]}'), 1,
    'the first version is saved');
SELECT is(semantic_model_save(
    '{"name": "team", "entities": [{"name": "v", "schema": "office", "table": "visits",
      "primary_key": ["id"], "measures": [{"name": "count", "type": "count"}]}]}'), 2,
    'then the second');
SELECT is((SELECT count(*) FROM loupe.semantic_model WHERE name = 'team' AND is_active), 1::bigint,
          'one version is active');
RESET ROLE;
SET ROLE loupe_member;
SELECT is(semantic_query('{"model": "team", "measures": ["v.count"]}') #>> '{data,0,v.count}', '25',
          'members of the owner use the model');
RESET ROLE;
SET ROLE loupe_reader;
SELECT is_empty($$ SELECT 1 FROM loupe.semantic_model WHERE name = 'team' $$,
                'other roles do not see it');
SELECT throws_ok($$ SELECT semantic_query('{"model": "team", "measures": ["v.count"]}') $$, 'LP302',
                 NULL, 'and cannot use it');
SELECT throws_ok(
    $$ INSERT INTO loupe.semantic_model (name, version, model, owner)
       VALUES ('x', 1, '{}', 'loupe_team') $$, '42501', NULL, 'nobody saves in another''s name');
RESET ROLE;
SELECT lives_ok($$ SELECT semantic_query('{"measures": ["visits.count"]}') $$,
                'a superuser''s unnamed model is never an ordinary role''s');
SELECT is(semantic_model_save(jsonb_set(semantic_model_infer('office'), '{name}', '"shared"')), 1,
          'a superuser saves a model');
SET ROLE loupe_reader;
SELECT is(semantic_query('{"model": "shared", "measures": ["visits.count"]}')
          #>> '{data,0,visits.count}', '25', 'everybody uses the model of a superuser');
SELECT throws_ok($$ SELECT semantic_query('{"model": "shared", "measures": ["secret.count"]}') $$,
                 '42501', NULL, 'with their own rights');
RESET ROLE;

-- An expression is one scalar expression and cannot go on as another part of a statement.
SELECT throws_ok(format($q$ SELECT semantic_model_save(
    jsonb_build_object('name', 'evil', 'entities', jsonb_build_array(jsonb_build_object(
        'name', 'v', 'schema', 'office', 'table', 'visits', 'primary_key', '["id"]'::jsonb,
        'measures', jsonb_build_array(jsonb_build_object(
            'name', 'm', 'type', 'max', 'sql', %L)))))) $q$, fragment), 'LP301', NULL,
    'refused: ' || fragment)
FROM (VALUES ('1) FROM office.secret -- '), ('1), (2'), ('1; SELECT 2'), ('/*'), ('1) AS x, (2'),
             ('')) AS evil (fragment);

SELECT * FROM finish();
ROLLBACK;
