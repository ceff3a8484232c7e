-- What shows and publishes the semantic layer: semantic_check, semantic_date_range, semantic_view.
BEGIN;
SET client_min_messages = warning;
CREATE EXTENSION IF NOT EXISTS pgtap;
CREATE EXTENSION IF NOT EXISTS pg_loupe;
SELECT no_plan();

CREATE SCHEMA shop;
CREATE TABLE shop.customers (id int PRIMARY KEY, country text);
CREATE TABLE shop.orders (id int PRIMARY KEY, customer_id int REFERENCES shop.customers,
    status text, amount numeric(10,2), ordered_at timestamptz);
INSERT INTO shop.customers VALUES (1, 'DE'), (2, 'AT');
INSERT INTO shop.orders VALUES
    (1, 1, 'done', 10.00, '2024-01-15 23:30+00'), (2, 1, 'open', 20.00, '2024-02-01 00:30+00'),
    (3, 2, 'done', 30.00, '2024-02-10 12:00+00'), (4, NULL, 'done', 40.00, '2023-12-31 23:30+00');
SET search_path = shop, public;

\ir state_of.psql

-- semantic_check
SELECT is_empty($$ SELECT * FROM semantic_check('{"measures": ["orders.count"]}') $$,
    'a good query has no errors');
SELECT results_eq(
    $$ SELECT sqlstate, pointer, hint FROM semantic_check('{"measures": ["orders.cuont"]}') $$,
    $$ VALUES ('LP305', '/measures/0', 'Did you mean "orders.count"?') $$,
    'an unknown member is told with its place and the nearest name');
SELECT results_eq(
    $$ SELECT sqlstate, pointer FROM semantic_check('{
        "measures": ["orders.cuont", "orders.count", "orders.total_status"],
        "dimensions": ["orders.status", "customers.contry"],
        "filters": [{"member": "orders.status", "operator": "equals", "values": ["done"]},
                    {"member": "orders.nothing", "operator": "set"}],
        "order": {"orders.cuont": "asc"}}') $$,
    $$ VALUES ('LP305', '/measures/0'), ('LP305', '/measures/2'), ('LP305', '/dimensions/1'),
              ('LP305', '/filters/1/member') $$,
    'every item in error is told at its place, what follows from it is not');
SELECT is((SELECT count(*) FROM semantic_check(
        jsonb_build_object('measures', (SELECT jsonb_agg('orders.x' || i)
                                        FROM generate_series(1, 500) i)))), 20::bigint,
    'the errors told are bounded');
SELECT results_eq(
    $$ SELECT state, (SELECT string_agg(sqlstate, ',') FROM semantic_check(query))
       FROM (VALUES ('LP304', '{}'::jsonb), ('LP304', '[]'), ('LP304', '1'), ('LP304', '"x"'),
                    ('LP304', 'null'), ('LP304', '{"measures": ["orders.count"], "limt": 1}'),
                    ('LP302', '{"measures": ["orders.count"], "model": "none"}'),
                    ('22023', '{"measures": ["orders.count"], "timezone": "Mars/Base"}'))
            AS bad (state, query) $$,
    $$ VALUES ('LP304', 'LP304'), ('LP304', 'LP304'), ('LP304', 'LP304'), ('LP304', 'LP304'),
              ('LP304', 'LP304'), ('LP304', 'LP304'), ('LP302', 'LP302'), ('22023', '22023') $$,
    'a bad query is a row, never an error');

-- semantic_date_range
SELECT is(semantic_date_range('last 7 days', now => '2024-03-14 10:00+00'),
    '["2024-03-07T00:00:00.000", "2024-03-13T23:59:59.999"]', 'the last seven whole days');
SELECT is(semantic_date_range('today', 'America/New_York', '2024-03-14 02:00+00'),
    '["2024-03-13T00:00:00.000", "2024-03-13T23:59:59.999"]', 'today is the day of the zone');
SELECT is(semantic_date_range('yesterday', 'Asia/Kathmandu', '2024-03-14 18:20+00'),
    '["2024-03-14T00:00:00.000", "2024-03-14T23:59:59.999"]', 'zones of odd minutes count too');
SELECT is(semantic_date_range('2024-02-29'),
    '["2024-02-29T00:00:00.000", "2024-02-29T23:59:59.999"]', 'a bare date is its whole day');
SELECT is(semantic_date_range('this year'),
    semantic_date_range('this year', 'UTC', now()), 'now is the default');
SELECT is(pg_temp.state_of(query), state, query) FROM (VALUES
    ('LP304', $$SELECT semantic_date_range('soon')$$),
    ('LP304', $$SELECT semantic_date_range('')$$),
    ('22023', $$SELECT semantic_date_range('today', 'Mars/Base')$$),
    ('22023', $$SELECT semantic_date_range('today', 'UTC', 'infinity')$$),
    ('22023', $$SELECT semantic_date_range('today', 'UTC', '0044-03-15 BC')$$),
    ('22004', $$SELECT semantic_date_range(NULL)$$),
    ('22004', $$SELECT semantic_date_range('today', NULL)$$),
    ('22004', $$SELECT semantic_date_range('today', 'UTC', NULL)$$)) AS bad (state, query);

-- semantic_view: columns, types, rows
SELECT is(semantic_view('shop.by_country', '{"measures": ["orders.count", "orders.total_amount"],
    "dimensions": ["customers.country"],
    "timeDimensions": [{"dimension": "orders.ordered_at", "granularity": "month",
                        "dateRange": ["2024-01-01", "2024-02-29"]}],
    "timezone": "Europe/Berlin"}')::text, 'by_country', 'the view is named');
SELECT results_eq(
    $$ SELECT attname::text COLLATE "default", format_type(atttypid, NULL) FROM pg_attribute
       WHERE attrelid = 'shop.by_country'::regclass AND attnum > 0 ORDER BY attnum $$,
    $$ VALUES ('customers.country', 'text'),
              ('orders.ordered_at.month', 'timestamp without time zone'),
              ('orders.count', 'bigint'), ('orders.total_amount', 'numeric') $$,
    'members are columns of their types');
SELECT results_eq(
    $$ SELECT * FROM shop.by_country ORDER BY 1, 2 $$,
    $$ VALUES ('AT', '2024-02-01'::timestamp, 1::bigint, 30.00::numeric),
              ('DE', '2024-01-01', 1, 10.00), ('DE', '2024-02-01', 1, 20.00),
              (NULL, '2024-01-01', 1, 40.00) $$,
    'its rows are those of the query');
SELECT ok(reloptions @> '{security_invoker=true}', 'it runs with its reader''s rights')
FROM pg_class WHERE oid = 'shop.by_country'::regclass;
SELECT is(obj_description('shop.by_country'::regclass)::jsonb #> '{query,dimensions}',
    '["customers.country"]', 'its comment holds the query');
SELECT unalike(pg_get_viewdef('shop.by_country'::regclass), '%LIMIT%', 'no limit of its own');
SELECT unalike(pg_get_viewdef('shop.by_country'::regclass), '%ORDER BY%', 'no order of its own');
SELECT is(current_setting('search_path'), 'shop, public', 'the caller''s search_path is back');

SELECT is(semantic_view('limited', '{"measures": ["orders.count"],
    "dimensions": ["orders.status"], "order": {"orders.count": "desc"}, "limit": 1}')::text,
    'limited', 'a bare name lies in the first schema of the search_path');
SELECT results_eq($$ SELECT * FROM shop.limited $$, $$ VALUES ('done'::text, 3::bigint) $$,
    'a limit that is named counts, with its order');
SELECT is(semantic_view('"Odd ""name"""', '{"measures": ["orders.count"]}')::text,
    '"Odd ""name"""', 'names are quoted');
SELECT results_eq($$ SELECT * FROM shop."Odd ""name""" $$, $$ VALUES (4::bigint) $$,
    'a view of one row');

-- what a view cannot be
SELECT is(pg_temp.state_of(query), state, query) FROM (VALUES
    ('22004', $$SELECT semantic_view(NULL, '{}')$$),
    ('22004', $$SELECT semantic_view('v', NULL)$$),
    ('22004', $$SELECT semantic_view('v', '{"measures": ["orders.count"]}', NULL)$$),
    ('42602', $$SELECT semantic_view('', '{"measures": ["orders.count"]}')$$),
    ('3F000', $$SELECT semantic_view('nowhere.v', '{"measures": ["orders.count"]}')$$),
    ('LP305', $$SELECT semantic_view('v', '{"measures": ["orders.cuont"]}')$$),
    ('0A000', $$SELECT semantic_view('v', '{"measures": ["orders.count"], "timeDimensions":
        [{"dimension": "orders.ordered_at", "dateRange": "last 7 days"}]}')$$),
    ('0A000', $$SELECT semantic_view('v', '{"measures": ["orders.count"], "filters":
        [{"member": "orders.ordered_at", "operator": "afterDate", "values": ["yesterday"]}]}')$$),
    ('42P07', $$SELECT semantic_view('by_country', '{"measures": ["orders.count"]}')$$),
    ('42P07', $$SELECT semantic_view('orders', '{"measures": ["orders.count"]}')$$),
    ('22023', $$SELECT semantic_view('orders', '{"measures": ["orders.count"]}', true)$$),
    ('42P16', $$SELECT semantic_view('limited', '{"measures": ["orders.count"]}', true)$$))
    AS bad (state, query);
SELECT is(to_regclass('shop.v'), NULL, 'a failure leaves nothing');

-- replacing
SELECT lives_ok($$ SELECT semantic_view('limited', '{"measures": ["orders.count"],
    "dimensions": ["orders.status"]}', replace => true) $$, 'an own view is replaced when asked');
SELECT is((SELECT count(*) FROM shop.limited), 2::bigint, 'by the new query');
CREATE VIEW shop.by_hand AS SELECT 'done'::text AS "orders.status", 1::bigint AS "orders.count";
SELECT is(pg_temp.state_of($$SELECT semantic_view('by_hand', '{"measures": ["orders.count"],
    "dimensions": ["orders.status"]}', true)$$), '22023', 'a view by hand is never replaced');

-- rights: nothing is gained by a view, of either side
CREATE ROLE loupe_test_reader;
GRANT USAGE ON SCHEMA shop TO loupe_test_reader;
GRANT SELECT ON shop.by_country, shop.customers TO loupe_test_reader;
SET ROLE loupe_test_reader;
SELECT is(pg_temp.state_of('SELECT * FROM shop.by_country'), '42501',
    'a reader needs rights to the tables');
SELECT is(pg_temp.state_of($$SELECT semantic_view('shop.mine', '{"measures": ["customers.count"]}')$$),
    '42501', 'a schema is written by who may');
RESET ROLE;
GRANT SELECT ON shop.orders TO loupe_test_reader;
ALTER TABLE shop.orders ENABLE ROW LEVEL SECURITY;
CREATE POLICY done ON shop.orders FOR SELECT TO loupe_test_reader USING (id = 3);
SET ROLE loupe_test_reader;
SELECT results_eq('SELECT "orders.count" FROM shop.by_country', 'VALUES (1::bigint)',
    'row-level security is the reader''s');
RESET ROLE;

-- what is published has passed the gate
CREATE FUNCTION shop.leak(text) RETURNS text LANGUAGE sql AS 'SELECT $1';
SELECT loupe.approve_function('shop.leak(text)');
SELECT semantic_model_save('{"name": "leaky", "entities": [{"name": "orders", "schema": "shop",
    "table": "orders", "dimensions": [{"name": "leak", "type": "string",
    "sql": "shop.leak({T}.status)"}], "measures": [{"name": "count", "type": "count"}]}]}');
SELECT loupe.revoke_function('shop.leak(text)');
SELECT is(pg_temp.state_of($$SELECT semantic_view('v', '{"model": "leaky",
    "dimensions": ["orders.leak"]}')$$), 'LP701', 'a function nobody approves is not published');

-- a stored model: what it offers, how its measures come about
SELECT semantic_model_save($${"name": "shop", "description": "The shop.", "entities": [
    {"name": "orders", "schema": "shop", "table": "orders", "primary_key": ["id"],
     "joins": [{"entity": "customers", "columns": [{"from": "customer_id", "to": "id"}]}],
     "dimensions": [{"name": "status", "type": "string", "column": "status"},
                    {"name": "ordered_at", "type": "time", "column": "ordered_at"}],
     "measures": [{"name": "count", "type": "count"},
                  {"name": "revenue", "type": "sum", "column": "amount", "title": "Turnover",
                   "filters": ["{T}.status <> 'open'"]},
                  {"name": "each", "type": "calculated", "formula": "revenue / count"},
                  {"name": "cost", "type": "sum", "column": "amount", "public": false}]},
    {"name": "customers", "schema": "shop", "table": "customers", "primary_key": ["id"],
     "dimensions": [{"name": "country", "type": "string", "column": "country"},
                    {"name": "id", "type": "number", "column": "id"}],
     "access": [{"roles": ["loupe_test_reader"], "hidden": ["id"]}]}]}$$);
SET loupe.model = 'shop';
SELECT results_eq(
    $$ SELECT m ->> 'name', m ->> 'title', m ->> 'aggType', m ->> 'type'
       FROM jsonb_path_query(semantic_meta(), '$.cubes[*].measures[*]') AS m $$,
    $$ VALUES ('orders.count', 'Orders Count', 'count', 'number'),
              ('orders.revenue', 'Orders Turnover', 'sum', 'number'),
              ('orders.each', 'Orders Each', 'number', 'number') $$,
    'semantic_meta lists the public measures');
SELECT is(semantic_meta('shop'), semantic_meta(), 'of the model that is named or meant');
SELECT results_eq(
    $$ SELECT depth, member, kind, expression FROM semantic_explain('orders.each') $$,
    $$ VALUES (0, 'orders.each', 'calculated', 'revenue / count'),
              (1, 'orders.revenue', 'sum', 'amount'),
              (2, NULL, 'filter', '{T}.status <> ''open'''),
              (2, 'orders', 'entity', 'shop.orders'),
              (1, 'orders.count', 'count', '*'),
              (2, 'orders', 'entity', 'shop.orders'),
              (0, 'shop', 'model', 'version 1') $$,
    'semantic_explain tells how a measure comes about');
SELECT is((SELECT type FROM semantic_explain('orders.revenue', 'shop') LIMIT 1), 'numeric(10,2)',
    'with the type that the table has');
SELECT is(pg_temp.state_of(query), state, query) FROM (VALUES
    ('22004', $$SELECT semantic_explain(NULL)$$),
    ('LP305', $$SELECT semantic_explain('orders.cost')$$),
    ('LP305', $$SELECT semantic_explain('orders.status')$$),
    ('LP302', $$SELECT semantic_explain('orders.count', 'none')$$),
    ('LP302', $$SELECT semantic_meta('none')$$)) AS bad (state, query);
CREATE ROLE loupe_test_stranger;
SET ROLE loupe_test_reader;
SELECT results_eq($$ SELECT d ->> 'name' FROM jsonb_path_query(semantic_meta('shop'),
                         '$.cubes[*] ? (@.name == "customers").dimensions[*]') AS d $$,
    ARRAY['customers.country'], 'what an access rule hides is not in semantic_meta');
SET ROLE loupe_test_stranger;
SELECT is(jsonb_path_query_array(semantic_meta('shop'), '$.cubes[*].name'), '["orders"]',
    'nor an entity that no rule shows');
RESET ROLE;
SELECT lives_ok($$ SELECT semantic_view('of_model', '{"measures": ["orders.each"]}') $$,
    'a view over an entity without access rules');
SELECT is(obj_description('shop.of_model'::regclass)::jsonb - 'query',
    '{"made_by": "semantic_view", "model": "shop", "version": 1}',
    'its comment holds the model and its version');
SELECT is(pg_temp.state_of($$SELECT semantic_view('v', '{"measures": ["orders.count"],
    "dimensions": ["customers.country"]}')$$), '0A000', 'one with rules is not published');
SELECT lives_ok($$ SELECT semantic_view('subtotals', '{"measures": ["orders.count"],
    "dimensions": ["orders.status"], "subtotals": true}') $$, 'subtotals are published');
SELECT results_eq($$ SELECT "orders.status", "orders.count", grouping FROM shop.subtotals
                     ORDER BY 3, 1 $$,
    $$ VALUES ('done'::text, 3::bigint, 0), ('open', 1, 0), (NULL, 4, 1) $$, 'with all their rows');
ALTER TABLE shop.orders RENAME COLUMN amount TO total;
SELECT results_eq(
    $$ SELECT sqlstate, hint <> '' FROM semantic_check('{"measures": ["orders.each"]}') $$,
    $$ VALUES ('42703', true) $$, 'a column that the model lost is an error of the query');
RESET loupe.model;

SET LOCAL transaction_read_only = on;
SELECT is(pg_temp.state_of($$SELECT semantic_view('v', '{"model": "leaky",
    "measures": ["orders.count"]}')$$), '25006', 'a read-only transaction stays so');

SELECT * FROM finish();
ROLLBACK;
