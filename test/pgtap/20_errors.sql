-- Bad input of every public function: the right SQLSTATE, and the session stays usable.
BEGIN;
SET client_min_messages = warning;
CREATE EXTENSION IF NOT EXISTS pgtap;
CREATE EXTENSION IF NOT EXISTS pg_loupe;
SELECT no_plan();

CREATE SCHEMA shop;
CREATE TABLE shop.customers (id int PRIMARY KEY, name text, country text);
CREATE TABLE shop.orders (id int PRIMARY KEY, customer_id int REFERENCES shop.customers,
    status text, amount numeric, ordered_at timestamptz, payload json);
CREATE INDEX orders_status ON shop.orders (status);
SET search_path = shop, public;

\ir state_of.psql
CREATE FUNCTION pg_temp.hint_of(query text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
    hint text;
BEGIN
    EXECUTE query;
    RETURN '';
EXCEPTION WHEN OTHERS THEN
    GET STACKED DIAGNOSTICS hint = PG_EXCEPTION_HINT;
    RETURN hint;
END $$;

CREATE TEMP TABLE bad (state text, query text);
INSERT INTO bad VALUES
    -- NULL
    ('22004', $$SELECT ask(NULL)$$),
    ('22004', $$SELECT ask_sql(NULL)$$),
    ('22004', $$SELECT ask_text(NULL)$$),
    ('22004', $$SELECT * FROM ask_explain(NULL)$$),
    ('22004', $$SELECT ask_explain_json(NULL)$$),
    ('22004', $$SELECT ask_chart(NULL)$$),
    ('22004', $$SELECT ask_chart('orders', NULL)$$),
    ('22004', $$SELECT * FROM profile(NULL::text)$$),
    ('22004', $$SELECT * FROM profile(NULL::regclass)$$),
    ('22004', $$SELECT semantic_query(NULL)$$),
    ('22004', $$SELECT semantic_sql(NULL)$$),
    ('22004', $$SELECT semantic_rows(NULL)$$),
    ('22004', $$SELECT semantic_model_save(NULL)$$),
    ('22004', $$SELECT * FROM semantic_model_check(NULL)$$),
    ('22004', $$SELECT render_chart(NULL)$$),
    ('22004', $$SELECT render_chart('{}', NULL)$$),
    ('22004', $$SELECT chart_svg(NULL)$$),
    ('22004', $$SELECT chart_text(NULL)$$),
    ('22004', $$SELECT chart_text('{}', NULL)$$),
    ('22004', $$SELECT chart_html(NULL)$$),
    ('22004', $$SELECT chart_alt_text(NULL)$$),
    ('22004', $$SELECT * FROM chart_check(NULL)$$),
    ('22004', $$SELECT chart_bar(1, NULL)$$),
    ('22004', $$SELECT chart_bar(1, 0, NULL)$$),
    ('22004', $$SELECT chart_bar(1, 0, 1, NULL)$$),
    ('22004', $$SELECT recommend_chart(NULL)$$),
    ('22004', $$SELECT ask('orders', schemas => '{shop,NULL}')$$),
    ('22004', $$SELECT loupe.load_sample(NULL)$$),
    -- empty
    ('LP101', $$SELECT ask('')$$),
    ('LP101', $$SELECT ask_sql(E' \n ')$$),
    ('LP101', $$SELECT * FROM ask_explain('')$$),
    ('22023', $$SELECT * FROM profile('')$$),
    ('LP304', $$SELECT semantic_query('{}')$$),
    ('LP301', $$SELECT semantic_model_save('{}')$$),
    ('LP401', $$SELECT render_chart('{}')$$),
    ('LP701', $$SELECT recommend_chart('')$$),
    -- wrong type
    ('LP304', $$SELECT semantic_query('[]')$$),
    ('LP304', $$SELECT semantic_query('3')$$),
    ('LP304', $$SELECT semantic_query('{"measures": "orders.count"}')$$),
    ('LP301', $$SELECT semantic_model_save('[]')$$),
    ('LP401', $$SELECT render_chart('[]')$$),
    ('LP401', $$SELECT render_chart('"bar"')$$),
    ('22023', $$SELECT ask('how many orders', filters => '{}')$$),
    -- unknown names
    ('42P01', $$SELECT * FROM profile('ordes')$$),
    ('42P01', $$SELECT * FROM profile('nowhere.orders')$$),
    ('42703', $$SELECT * FROM profile('orders', columns => '{statsu}')$$),
    ('LP305', $$SELECT semantic_query('{"measures": ["orders.cuont"]}')$$),
    ('LP304', $$SELECT semantic_query('{"measurse": ["orders.count"]}')$$),
    ('LP302', $$SELECT semantic_query('{"model": "none", "measures": ["orders.count"]}')$$),
    ('LP302', $$SELECT ask('how many orders', model => 'none')$$),
    ('22023', $$SELECT ask('how many orders', schemas => '{shopp}')$$),
    ('22023', $$SELECT semantic_model_infer('shopp')$$),
    ('22023', $$SELECT semantic_query('{"measures": ["orders.count"], "timezone": "Mars/Base"}')$$),
    ('22023', $$SELECT render_chart('{}', 'gif')$$),
    ('LP403', $$SELECT render_chart('{"data": {"url": "http://127.0.0.1/x.csv"}, "mark": "bar"}')$$),
    ('LP403', $$SELECT render_chart('{"data": {"name": "rows"}, "mark": "bar"}')$$),
    ('42P01', $$SELECT render_chart('{"data": {"relation": "shop.none"}, "mark": "bar"}')$$),
    -- not a relation with rows
    ('LP201', $$SELECT * FROM profile('orders_status')$$),
    -- limits of arguments
    ('22023', $$SELECT chart_text('{}', 5)$$),
    ('22023', $$SELECT render_chart('{}', 'png', scale => 0)$$),
    ('22023', $$SELECT render_chart('{}', 'png', scale => 'NaN')$$),
    ('22023', $$SELECT chart_spark('{1}', 0)$$),
    ('22023', $$SELECT chart_spark('{1}', 10001)$$),
    ('22023', $$SELECT chart_bar(1, 2, 2)$$),
    ('22023', $$SELECT chart_bar(1, 0, 'Infinity')$$),
    ('22023', $$SELECT chart_bar(1, 0, 1, -5)$$),
    ('22023', $$SELECT chart_html('{}', theme => 'drak')$$),
    ('22023', $$SELECT render_chart('{}', theme => 'drak')$$),
    -- a megabyte of junk
    ('54000', $$SELECT ask(repeat('junk ', 200000))$$),
    ('LP701', $$SELECT recommend_chart(repeat('junk ', 200000))$$),
    ('LP401', $$SELECT render_chart(to_jsonb(repeat('junk ', 200000)))$$),
    ('LP304', $$SELECT semantic_query(to_jsonb(repeat('junk ', 200000)))$$),
    ('54000', $$SELECT * FROM profile(repeat('j', 1000000))$$),
    -- deep JSON
    ('54000', $$SELECT semantic_query((repeat('[', 1000) || repeat(']', 1000))::jsonb)$$),
    ('54000', $$SELECT render_chart((repeat('{"a":', 1000) || '1' || repeat('}', 1000))::jsonb)$$),
    ('54000', $$SELECT semantic_model_save((repeat('[', 1000) || repeat(']', 1000))::jsonb)$$),
    ('54000', $$SELECT ask('orders', filters => (repeat('[', 1000) || repeat(']', 1000))::jsonb)$$);

SELECT is(pg_temp.state_of(query), state, state || ' ' || left(query, 70)) FROM bad;

-- Hints name the nearest thing.
SELECT is(pg_temp.hint_of($$SELECT * FROM profile('ordes')$$), 'Did you mean "orders"?',
          'nearest relation');
SELECT is(pg_temp.hint_of($$SELECT semantic_query('{"measures": ["orders.cuont"]}')$$),
          'Did you mean "orders.count"?', 'nearest member');
SELECT is(pg_temp.hint_of($$SELECT semantic_query('{"measurse": ["orders.count"]}')$$),
          'Did you mean "measures"?', 'nearest key');
SELECT is(pg_temp.hint_of($$SELECT render_chart('{}', 'pgn')$$), 'Did you mean "png"?',
          'nearest format');
SELECT is(pg_temp.hint_of($$SELECT ask('orders', schemas => '{shopp}')$$), 'Did you mean "shop"?',
          'nearest schema');

-- A word that means nothing: an honest abstention that names it.
SELECT is((ask('how many unicorns')).status, 'abstained', 'an unknown word abstains');
SELECT matches((ask('how many unicorns')).answer, 'unicorns', 'and is named');
SELECT is(ask_sql('how many unicorns'), NULL, 'ask_sql gives NULL');

-- A table that is gone.
DROP TABLE shop.orders;
SELECT is(pg_temp.state_of($$SELECT * FROM profile('shop.orders')$$), '42P01', 'dropped table');
SELECT is(pg_temp.state_of($$SELECT semantic_query('{"measures": ["orders.count"]}')$$), 'LP305',
          'dropped table of an inferred model');

SELECT is((SELECT count(*) FROM shop.customers), 0::bigint, 'the session is usable');

SELECT * FROM finish();
ROLLBACK;
