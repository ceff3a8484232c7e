-- The simple forms of a model and of a query.
BEGIN;
SET client_min_messages = warning;
CREATE EXTENSION IF NOT EXISTS pgtap;
CREATE EXTENSION IF NOT EXISTS pg_loupe;
SELECT no_plan();

CREATE SCHEMA stall;
CREATE TABLE stall.sales (id int PRIMARY KEY, way text, amount_eur numeric(10,2), sold_at timestamptz);
INSERT INTO stall.sales VALUES
    (1, 'web', 10, '2025-01-05 12:00+00'), (2, 'web', 20, '2025-01-20 12:00+00'),
    (3, 'app', 40, '2025-02-03 12:00+00'), (4, NULL, 5, '2025-03-31 23:30+00');

CREATE TEMP TABLE simple AS SELECT '{
    "dataset": "sales", "table": "stall.sales", "grain": ["id"], "time_columns": ["sold_at"],
    "dimensions": [{"name": "channel", "column": "way", "type": "string"}],
    "measures": [{"name": "revenue", "column": "amount", "type": "number",
                  "aggregations": ["sum", "avg"]}],
    "field_mappings": {"amount": "amount_eur"}}'::jsonb AS model;

SELECT is_empty($$ SELECT m.* FROM simple, semantic_model_check(model) AS m $$, 'a sound one');
SELECT results_eq(
    $$ SELECT m.sqlstate, m.pointer FROM simple,
          semantic_model_check(model || '{"measures": [{"name": "revenue", "colunm": "x"}]}') AS m $$,
    $$ VALUES ('LP301', '/measures/0/colunm') $$, 'a wrong key is told at its place');
SELECT results_eq(
    $$ SELECT m.sqlstate FROM simple,
          semantic_model_check(model || '{"table": "stall.sale"}') AS m $$,
    $$ VALUES ('42P01') $$, 'a wrong table is told');
SELECT is(semantic_model_save(model), 1, 'it is stored') FROM simple;
SELECT is((SELECT model ->> 'name' FROM loupe.semantic_model WHERE name = 'sales'), 'sales',
    'under the name of the dataset');

SELECT results_eq(
    $$ SELECT * FROM semantic_rows('{"dataset_id": "sales", "dimensions": ["channel"],
        "measures": [{"name": "turnover", "column": "amount", "aggregation": "sum"}],
        "filters": [{"column": "channel", "operator": "ne", "value": "app"}],
        "time_filter": {"column": "sold_at", "start": "2025-01-01", "end": "2025-03-31"},
        "order_by": [{"column": "turnover", "direction": "asc"}]}') $$,
    $$ VALUES ('{"channel": null, "turnover": "5.00"}'::jsonb),
              ('{"channel": "web", "turnover": "30.00"}') $$,
    'a query by columns has rows under its own keys, null passes "ne"');
SELECT results_eq(
    $$ SELECT r ->> 'revenue' FROM semantic_rows('{"dataset_id": "sales", "dimensions": ["channel"],
        "measures": [{"name": "revenue", "column": "amount", "aggregation": "sum"}]}') AS r $$,
    $$ VALUES ('40.00'), ('30.00'), ('5.00') $$, 'the first measure orders, descending');
SELECT is(semantic_query('{"dataset_id": "sales", "measures": [{"column": "amount",
        "aggregation": "avg"}]}') ->> 'row_count', '1', 'semantic_query takes it');
SELECT matches(semantic_sql('{"dataset_id": "sales", "measures": ["count"]}'), 'LIMIT 1000$',
    'the default limit is 1,000');
SELECT results_eq(
    $$ SELECT sqlstate, pointer FROM semantic_check('{"dataset_id": "sales",
        "measures": [{"name": "x", "column": "amount", "aggregation": "max"}]}') $$,
    $$ VALUES ('LP305', '/measures/0') $$, 'what the model does not offer is refused');
SELECT results_eq(
    $$ SELECT sqlstate FROM semantic_check('{"dataset_id": "nothing", "measures": ["count"]}') $$,
    $$ VALUES ('LP305') $$, 'so is an unknown dataset');

SELECT semantic_model_save('{"name": "two", "entities": [
    {"name": "trades", "schema": "stall", "table": "sales",
     "measures": [{"name": "count", "type": "count"}]}]}');
SELECT is((SELECT r FROM semantic_rows('{"dataset_id": "trades", "model": "two",
        "measures": ["count"]}') AS r), '{"count": "4"}', 'a dataset may be an entity of a model');
SELECT is((SELECT r ->> 'count' FROM semantic_rows('{"dataset_id": "sales",
        "measures": ["count"]}') AS r), '4', 'a model of its name goes first');

SELECT * FROM finish();
ROLLBACK;
