-- Stored models: versions, differences, and the copy that each backend keeps: never another role's,
-- never one that was rolled back, never one whose tables have changed under it.
BEGIN;
SET client_min_messages = warning;
CREATE EXTENSION IF NOT EXISTS pgtap;
CREATE EXTENSION IF NOT EXISTS pg_loupe;
SELECT no_plan();

CREATE ROLE loupe_ann;
CREATE ROLE loupe_bob;
CREATE ROLE loupe_desk;
GRANT loupe_desk TO loupe_ann;
CREATE SCHEMA mall;
CREATE TABLE mall.customers (id integer PRIMARY KEY, country text);
CREATE TABLE mall.orders (id integer PRIMARY KEY, customer_id integer REFERENCES mall.customers,
                          amount numeric, ordered_at timestamptz);
INSERT INTO mall.customers VALUES (1, 'DE'), (2, 'FR');
INSERT INTO mall.orders
SELECT i, 1 + i % 2, i, '2024-01-01 22:30+00' FROM generate_series(1, 10) AS i;
GRANT USAGE ON SCHEMA mall TO PUBLIC;
GRANT SELECT ON ALL TABLES IN SCHEMA mall TO PUBLIC;

-- The document of a model "mall" whose measure "n" is the given expression's sum.
CREATE FUNCTION pg_temp.mall(expression text) RETURNS jsonb LANGUAGE sql
    RETURN jsonb_build_object('name', 'mall', 'title', 'Sum of ' || expression, 'entities',
        jsonb_build_array(jsonb_build_object(
            'name', 'orders', 'schema', 'mall', 'table', 'orders', 'primary_key', '["id"]'::jsonb,
            'dimensions', '[{"name": "at", "type": "time", "sql": "{T}.ordered_at"}]'::jsonb,
            'measures', jsonb_build_array(
                jsonb_build_object('name', 'n', 'type', 'sum', 'sql', expression))),
        '{"name": "customers", "schema": "mall", "table": "customers", "primary_key": ["id"],
          "measures": [{"name": "count", "type": "count"}]}'::jsonb));
-- What "n" is now.
CREATE FUNCTION pg_temp.n() RETURNS text LANGUAGE sql
    RETURN semantic_query('{"model": "mall", "measures": ["orders.n"]}') #>> '{data,0,orders.n}';
CREATE FUNCTION pg_temp.state_of(statement text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
    state text;
    message text;
    hint text;
    detail text;
BEGIN
    EXECUTE statement;
    RETURN 'none';
EXCEPTION WHEN OTHERS THEN
    GET STACKED DIAGNOSTICS state = RETURNED_SQLSTATE, message = MESSAGE_TEXT, hint = PG_EXCEPTION_HINT,
        detail = PG_EXCEPTION_DETAIL;
    RETURN state || ': ' || message || ' | ' || detail || ' | ' || hint;
END $$;

-- versions
SELECT is(semantic_model_save(pg_temp.mall('{T}.amount')), 1, 'the first version');
SELECT is(pg_temp.n(), '55', 'is what queries use');
SELECT is(semantic_model_save(pg_temp.mall('{T}.amount * 2')), 2, 'the second version');
SELECT is(pg_temp.n(), '110', 'is used at once');
SELECT is(semantic_model_activate('mall', 1), 2, 'activating tells the version that was active');
SELECT is(pg_temp.n(), '55', 'and is used at once');
SELECT results_eq(
    $$ SELECT name, version, is_active, owner::text, title FROM semantic_model_versions('mall') $$,
    $$ VALUES ('mall', 1, true, current_user::text, 'Sum of {T}.amount'),
              ('mall', 2, false, current_user::text, 'Sum of {T}.amount * 2') $$,
    'versions are listed');
SELECT is(pg_temp.state_of($$ SELECT semantic_model_activate('mall', 7) $$),
          'LP302: semantic model "mall" has no version 7 |  | Its versions are 1, 2.',
          'a version that is not there');
SELECT is(pg_temp.n(), '55', 'a failed activation leaves the active one');
SELECT is(pg_temp.state_of($$ SELECT semantic_model_activate('mal', 1) $$),
          'LP302: semantic model "mal" does not exist |  | Did you mean "mall"?',
          'a name that is not there');
SELECT is(pg_temp.state_of($$ SELECT semantic_model_drop('mal') $$),
          'LP302: semantic model "mal" does not exist |  | Did you mean "mall"?',
          'nor is it dropped');
SELECT throws_ok($$ SELECT semantic_model_drop(NULL) $$, '22004', NULL, 'a name is needed');
SELECT throws_ok($$ SELECT semantic_model_activate('mall', NULL) $$, '22004', NULL, 'a version too');

-- differences
SELECT results_eq(
    $$ SELECT * FROM semantic_model_diff('mall', 1, 2) ORDER BY pointer $$,
    $$ VALUES ('changed', '/entities/0/measures/0/sql', '"{T}.amount"'::jsonb,
               '"{T}.amount * 2"'::jsonb),
              ('changed', '/title', '"Sum of {T}.amount"'::jsonb,
               '"Sum of {T}.amount * 2"'::jsonb) $$,
    'versions are compared');
SELECT results_eq(
    $$ SELECT * FROM semantic_model_diff(
           '{"entities": [{"name": "a"}, {"name": "b", "title": "B"}]}',
           '{"entities": [{"name": "b", "title": "B"}, {"name": "c"}]}') $$,
    $$ VALUES ('added', '/entities/1', NULL, '{"name": "c"}'::jsonb),
              ('removed', '/entities/0', '{"name": "a"}'::jsonb, NULL) $$,
    'documents too, by name');
SELECT throws_ok($$ SELECT * FROM semantic_model_diff('mall', 1, 9) $$, 'LP302', NULL,
                 'a version that is not there has no differences');

-- what is rolled back is forgotten
SAVEPOINT before_save;
SELECT semantic_model_save(pg_temp.mall('{T}.amount * 3'));
SELECT is(pg_temp.n(), '165', 'a save counts in its own transaction');
ROLLBACK TO before_save;
SELECT is(pg_temp.n(), '55', 'and not once it is rolled back');
DO $$
BEGIN
    PERFORM semantic_model_save(pg_temp.mall('{T}.amount * 4'));
    PERFORM pg_temp.n();
    RAISE EXCEPTION 'no';
EXCEPTION WHEN OTHERS THEN NULL;
END $$;
SELECT is(pg_temp.n(), '55', 'nor in a block that fails');
UPDATE loupe.semantic_model SET model = jsonb_set(model, '{entities,0,measures,0,sql}', '"{T}.amount * 5"')
WHERE name = 'mall' AND is_active;
SELECT is(pg_temp.n(), '275', 'a row that is changed by hand counts');
SAVEPOINT before_trick;
SET LOCAL session_replication_role = replica;
UPDATE loupe.semantic_model SET model = jsonb_set(model, '{entities,0,measures,0,sql}', '"{T}.amount"')
WHERE name = 'mall' AND is_active;
SELECT is(pg_temp.n(), '55', 'also behind session_replication_role');
RESET session_replication_role;

-- tables that change under a model
SAVEPOINT tables;
ALTER TABLE mall.orders RENAME COLUMN amount TO total;
SELECT is(pg_temp.state_of('SELECT pg_temp.n()'),
    '42703: column t.amount does not exist | The semantic model "mall" no longer fits the tables. '
    'At "/entities/0/measures/0/sql". | Run semantic_model_check for all problems.',
    'a renamed column is a clear error');
SELECT is(semantic_query('{"model": "mall", "measures": ["customers.count"]}')
          #>> '{data,0,customers.count}', '2', 'that entities without it do not have');
SELECT results_eq(
    $$ SELECT sqlstate, pointer FROM semantic_model_check((SELECT model FROM loupe.semantic_model
                                            WHERE name = 'mall' AND is_active)) $$,
    $$ VALUES ('42703', '/entities/0/measures/0/sql') $$, 'the check finds it');
ROLLBACK TO tables;
SELECT is(pg_temp.n(), '55', 'and it is over when the column is back');
ALTER TABLE mall.orders ALTER COLUMN amount TYPE text;
SELECT alike(pg_temp.state_of('SELECT pg_temp.n()'), 'LP308: measure "n" takes the sum of its %',
             'so is a type that does not fit');
ROLLBACK TO tables;
ALTER TABLE mall.orders DROP COLUMN amount;
SELECT alike(pg_temp.state_of('SELECT pg_temp.n()'), '42703: %', 'a dropped column');
ROLLBACK TO tables;
ALTER TABLE mall.orders RENAME TO sales;
SELECT alike(pg_temp.state_of('SELECT pg_temp.n()'), '42P01: table "mall.orders" of entity %',
             'a renamed table');
CREATE VIEW mall.orders AS SELECT id, customer_id, amount * 100 AS amount, ordered_at FROM mall.sales;
SELECT is(pg_temp.n(), '5500', 'and it is over when another one takes its place');
ROLLBACK TO tables;

SELECT results_eq(
    $$ SELECT sqlstate, pointer FROM semantic_model_check(jsonb_set(jsonb_set(pg_temp.mall('{T}.amuont'),
           '{entities,0,dimensions,0,type}', '"tiem"'), '{entities,1,measures,0,sql}', '"{T}.x"')) $$,
    $$ VALUES ('LP301', '/entities/0/dimensions/0/type'), ('42703', '/entities/0/measures/0/sql'),
              ('42703', '/entities/1/measures/0/sql') $$,
    'the check reports what is wrong in the document and on the tables, all at once');

-- The type decides whether a zone shifts a time.
CREATE FUNCTION pg_temp.day() RETURNS text LANGUAGE sql RETURN semantic_query(
    '{"model": "mall", "measures": ["orders.n"], "timezone": "Asia/Tokyo",
      "timeDimensions": [{"dimension": "orders.at", "granularity": "day"}]}')
    #>> '{data,0,orders.at.day}';
SELECT is(pg_temp.day(), '2024-01-02T00:00:00.000', 'a time with a zone is shifted');
ALTER TABLE mall.orders ALTER COLUMN ordered_at TYPE date USING ordered_at AT TIME ZONE 'UTC';
SELECT is(pg_temp.day(), '2024-01-01T00:00:00.000', 'a date is not, also when it was none before');
ROLLBACK TO tables;

-- roles
SAVEPOINT roles;
SET ROLE loupe_ann;
SELECT is(semantic_model_save(pg_temp.mall('{T}.amount * 7')), 1, 'another role has its own versions');
SELECT is(pg_temp.n(), '385', 'and uses its own model');
SET ROLE loupe_bob;
SELECT is(pg_temp.n(), '55', 'which nobody else is given');
SELECT is_empty($$ SELECT 1 FROM semantic_model_versions('mall') WHERE owner = 'loupe_ann' $$,
                'or sees');
SELECT throws_ok($$ SELECT semantic_model_drop('mall') $$, 'LP302', NULL,
                 'what others own is not theirs to drop');
SELECT throws_ok($$ SELECT semantic_model_activate('mall', 2) $$, 'LP302', NULL, 'or to activate');
SET ROLE loupe_ann;
SELECT is(pg_temp.n(), '385', 'each role keeps its own');
RESET ROLE;
SELECT is(pg_temp.n(), '55', 'also within one transaction');
SET ROLE loupe_desk;
SELECT is(semantic_model_save(jsonb_set(pg_temp.mall('{T}.amount * 9'), '{name}', '"desk"')), 1,
          'a team saves a model');
SET ROLE loupe_ann;
CREATE FUNCTION pg_temp.desk() RETURNS text LANGUAGE sql RETURN
    semantic_query('{"model": "desk", "measures": ["orders.n"]}') #>> '{data,0,orders.n}';
SELECT is(pg_temp.desk(), '495', 'that its members use');
RESET ROLE;
REVOKE loupe_desk FROM loupe_ann;
SET ROLE loupe_ann;
SELECT throws_ok('SELECT pg_temp.desk()', 'LP302', NULL, 'as long as they are members');
RESET ROLE;
GRANT loupe_desk TO loupe_ann;
SET ROLE loupe_ann;
SELECT is(pg_temp.desk(), '495', 'and again');
SELECT is(semantic_model_drop('desk'), 1, 'a member drops it');
SELECT throws_ok('SELECT pg_temp.desk()', 'LP302', NULL, 'and it is gone');
RESET ROLE;

CREATE FUNCTION mall.as_owner() RETURNS text LANGUAGE sql SECURITY DEFINER
    RETURN semantic_query('{"model": "mall", "measures": ["orders.n"]}') #>> '{data,0,orders.n}';
SET ROLE loupe_ann;
SELECT is(pg_temp.n() || ' ' || mall.as_owner() || ' ' || pg_temp.n(), '385 55 385',
          'SECURITY DEFINER changes the model within a statement');
RESET ROLE;
REVOKE SELECT ON mall.orders FROM PUBLIC;
SET ROLE loupe_ann;
SELECT throws_ok('SELECT pg_temp.n()', '42501', NULL, 'a right that is revoked counts at once');
SELECT is(mall.as_owner(), '55', 'for whom it is revoked');
RESET ROLE;
ROLLBACK TO roles;

-- inferred models
SAVEPOINT inferred;
SELECT semantic_model_drop('mall');
SET LOCAL search_path = mall, public, pg_temp;
CREATE FUNCTION pg_temp.inferred(measure text) RETURNS text LANGUAGE sql RETURN
    semantic_query(jsonb_build_object('measures', jsonb_build_array(measure)))
    -> 'data' -> 0 ->> measure;
SELECT is(pg_temp.inferred('orders.total_amount'), '55', 'without a stored model one is inferred');
CREATE TABLE mall.late (id integer PRIMARY KEY);
SELECT is(pg_temp.inferred('late.count'), '0', 'that knows a new table at once');
ALTER TABLE mall.late ADD COLUMN days integer;
SELECT is(pg_temp.inferred('late.max_days'), NULL, 'and a new column');
DROP TABLE mall.late;
SELECT throws_ok($$ SELECT pg_temp.inferred('late.count') $$, 'LP305', NULL, 'and no dropped one');
SELECT semantic_model_save(pg_temp.mall('{T}.amount * 2'));
SELECT is(pg_temp.inferred('orders.n'), '110', 'a model that is saved takes its place');
SELECT is(semantic_model_drop('mall'), 1, 'till it is dropped');
SELECT is(pg_temp.inferred('orders.total_amount'), '55', 'which brings the inferred one back');
SELECT unalike(ask_text('how many gadgets are there'), '%10%', 'a word that means nothing');
COMMENT ON TABLE mall.orders IS 'Sales. Synonyms: gadgets';
SELECT alike(ask_text('how many gadgets are there'), '%10%', 'a comment counts at once');
ROLLBACK TO inferred;

-- access rules
SAVEPOINT access;
SELECT semantic_model_save('{"name": "guarded", "entities": [
    {"name": "orders", "schema": "mall", "table": "orders", "primary_key": ["id"],
     "dimensions": [{"name": "id", "type": "number", "column": "id"},
                    {"name": "amount", "type": "number", "column": "amount"}],
     "measures": [{"name": "n", "type": "sum", "column": "amount"},
                  {"name": "count", "type": "count"}],
     "access": [{"roles": ["loupe_ann"], "row_filter": ["{T}.id <= 3"]},
                {"roles": ["loupe_desk"], "hidden": ["amount"], "masked": ["n"]}]}]}');
CREATE FUNCTION pg_temp.seen(members text) RETURNS text LANGUAGE sql RETURN (
    SELECT string_agg(r.value, ' ') FROM jsonb_each_text(semantic_query(jsonb_build_object('model',
        'guarded', 'measures', string_to_array(members, ' '))) #> '{data,0}') AS r);
SET ROLE loupe_desk;
SELECT is(pg_temp.seen('orders.count'), '10', 'a role sees the rows of its rule');
SELECT is(pg_temp.seen('orders.n'), NULL, 'and null where it masks');
SELECT throws_ok($$ SELECT semantic_query('{"model": "guarded", "dimensions": ["orders.amount"]}') $$,
                 'LP305', NULL, 'and not what it hides');
RESET ROLE;
REVOKE loupe_desk FROM loupe_ann;
SET ROLE loupe_ann;
SELECT is(pg_temp.seen('orders.count'), '3', 'another role sees other rows');
SELECT is(pg_temp.seen('orders.n'), '6', 'and what is not masked for it');
RESET ROLE;
GRANT loupe_desk TO loupe_ann;
SET ROLE loupe_ann;
SELECT is(pg_temp.seen('orders.count'), '10', 'a new membership adds rows');
SELECT is(pg_temp.seen('orders.n'), NULL, 'but no cell that neither rule shows');
SET ROLE loupe_bob;
SELECT throws_ok($$ SELECT pg_temp.seen('orders.count') $$, 'LP305', NULL,
                 'whom no rule fits sees nothing');
SET ROLE loupe_ann;
SELECT is(pg_temp.seen('orders.count'), '10', 'whatever others were told');
RESET ROLE;
CREATE FUNCTION mall.seen_by_owner() RETURNS text LANGUAGE sql SECURITY DEFINER
    RETURN semantic_query('{"model": "guarded", "measures": ["orders.count"]}')
           #>> '{data,0,orders.count}';
ALTER FUNCTION mall.seen_by_owner OWNER TO loupe_desk;
SET ROLE loupe_bob;
SELECT is(mall.seen_by_owner(), '10', 'SECURITY DEFINER lends its owner''s sight');
SELECT throws_ok($$ SELECT pg_temp.seen('orders.count') $$, 'LP305', NULL, 'for its own statement alone');
RESET ROLE;
ROLLBACK TO access;

-- entities over statements, segments, conditions
SELECT semantic_model_save('{"name": "views", "entities": [
    {"name": "big", "sql": "SELECT o.id AS number, o.amount FROM mall.orders o WHERE o.amount > 5",
     "primary_key": ["number"],
     "dimensions": [{"name": "number", "type": "number", "column": "number"}],
     "measures": [{"name": "n", "type": "sum", "column": "amount"},
                  {"name": "m", "type": "sum", "sql": "{T}.amount * 2", "filters": ["{T}.number > 8"]}],
     "segments": [{"name": "even", "sql": "{T}.number % 2 = 0"}]}]}');
CREATE FUNCTION pg_temp.big(query text) RETURNS text LANGUAGE sql RETURN
    semantic_query(query::jsonb || '{"model": "views"}') #>> '{data,0,big.n}';
SELECT is(pg_temp.big('{"measures": ["big.n"]}'), '40', 'an entity may be a statement');
SELECT is(pg_temp.big('{"measures": ["big.n"], "segments": ["big.even"]}'), '24', 'with segments');
SAVEPOINT statements;
ALTER TABLE mall.orders RENAME COLUMN amount TO total;
SELECT alike(pg_temp.state_of($$ SELECT pg_temp.big('{"measures": ["big.n"]}') $$),
             '42703: column o.amount does not exist | %At "/entities/0/sql".%',
             'what it reads may change under it');
ROLLBACK TO statements;
SELECT is(pg_temp.big('{"measures": ["big.n"]}'), '40', 'and come back');
SELECT results_eq($$ SELECT sqlstate, pointer FROM semantic_model_check('{"name": "v", "entities": [
    {"name": "a", "sql": "SELECT 1 AS x", "dimensions": [{"name": "y", "type": "number", "column": "y"}],
     "segments": [{"name": "s", "sql": "{T}.x + 1"}],
     "measures": [{"name": "m", "type": "count", "filters": ["{T}.z"]}, {"name": "k", "type": "sum",
                   "sql": "sum({T}.x)"}]},
    {"name": "b", "sql": "SELECT 1 FROM mall.nowhere"}]}') ORDER BY pointer $$,
    $$ VALUES ('42703', '/entities/0/dimensions/0/column'),
              ('42703', '/entities/0/measures/0/filters/0'), ('LP301', '/entities/0/measures/1/sql'),
              ('LP308', '/entities/0/segments/0/sql'), ('42P01', '/entities/1/sql') $$,
    'the check analyses statements and conditions');

-- joins that nobody declared
CREATE SCHEMA bare;
CREATE TABLE bare.clients (id integer PRIMARY KEY);
CREATE TABLE bare.currencies (code text PRIMARY KEY);
CREATE TABLE bare.notes (id integer, text text);
CREATE TABLE bare.bills (id integer PRIMARY KEY, client_id integer, currency text, note_id integer,
                         parent_bill_id integer, shop_id integer);
CREATE FUNCTION pg_temp.guesses() RETURNS text LANGUAGE sql RETURN (
    SELECT string_agg(j #>> '{columns,0,from}' || ' ' || (j ->> 'entity'), ', ')
    FROM jsonb_path_query(semantic_model_infer('bare'), '$.entities[*] ? (@.name == "bills").joins[*]
                                                         ? (@.guess == true)') AS j);
SELECT is(pg_temp.guesses(), 'client_id clients, parent_bill_id bills', 'keys are guessed from names');
INSERT INTO bare.clients SELECT generate_series(1, 100);
INSERT INTO bare.currencies VALUES ('EUR'), ('USD');
INSERT INTO bare.notes SELECT i FROM generate_series(1, 100) AS i;
INSERT INTO bare.bills SELECT i, 1 + i % 90, CASE WHEN i % 3 = 0 THEN 'EUR' ELSE 'USD' END, i, i, i
FROM generate_series(1, 99) AS i;
SELECT is(pg_temp.guesses(), 'client_id clients, currency currencies, note_id notes, parent_bill_id bills',
          'and from the rows of small tables');
ANALYZE bare.clients, bare.currencies, bare.notes, bare.bills;
SELECT is(pg_temp.guesses(), 'client_id clients, currency currencies, note_id notes, parent_bill_id bills',
          'and from statistics');
UPDATE bare.bills SET client_id = client_id + 5000;
ANALYZE bare.bills;
SELECT is(pg_temp.guesses(), 'currency currencies, note_id notes, parent_bill_id bills',
          'which may contradict');
SELECT is_empty($$ SELECT * FROM semantic_model_check(semantic_model_infer('bare')) $$,
                'a model with guesses is sound');

-- the same model from different search paths
SET LOCAL search_path = mall, public, pg_temp;
CREATE SCHEMA mall2;
CREATE TABLE mall2.goods (id integer PRIMARY KEY);
CREATE TABLE mall.goods (id integer PRIMARY KEY);
INSERT INTO mall2.goods VALUES (1), (2);
SELECT semantic_model_save('{"name": "goods", "entities": [{"name": "g", "table": "goods",
    "measures": [{"name": "count", "type": "count"}]}]}');
CREATE FUNCTION pg_temp.goods() RETURNS text LANGUAGE sql RETURN
    semantic_query('{"model": "goods", "measures": ["g.count"]}') #>> '{data,0,g.count}';
SELECT is(current_setting('loupe.model'), '', 'no model is set');
SELECT is(pg_temp.goods(), '0', 'a saved model keeps the table that it meant');

SELECT * FROM finish();
ROLLBACK;
