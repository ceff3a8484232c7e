-- The semantic layer as a user sees it, on a small shop made here.
SET client_min_messages = warning;
CREATE SCHEMA shop;
SET search_path = shop, public;
CREATE TABLE customers (id int PRIMARY KEY, name text NOT NULL, country text);
COMMENT ON TABLE customers IS 'People who bought; synonyms: clients';
CREATE TABLE orders (
    id int PRIMARY KEY,
    customer_id int REFERENCES customers,
    status text NOT NULL,
    amount numeric(10, 2),
    ordered_at timestamptz NOT NULL,
    due date);
COMMENT ON COLUMN orders.amount IS 'What was paid; synonyms: revenue, sales';
CREATE TABLE lines (
    id int PRIMARY KEY,
    order_id int NOT NULL REFERENCES orders,
    product text,
    quantity int);
INSERT INTO customers VALUES (1, 'Ada', 'France'), (2, 'Bob', 'Spain'), (3, 'Cyd', NULL);
INSERT INTO orders VALUES
    (1, 1, 'paid', 10.50, '2024-01-31 23:30+00', '2024-02-01'),
    (2, 1, 'paid', 20, '2024-02-29 12:00+00', '2024-03-01'),
    (3, 2, 'cancelled', NULL, '2024-02-29 23:59:59.5+00', NULL),
    (4, NULL, 'paid', 5, '2024-03-01 00:00+00', '2024-03-02');
INSERT INTO lines VALUES (1, 1, 'pen', 3), (2, 1, 'ink', 1), (3, 2, 'pen', 2), (4, 4, 'pad', 7);

-- A first model from the catalog.
SELECT jsonb_pretty(semantic_model_infer('shop'));

-- One entity, a group, a join, two entities in one query.
SELECT jsonb_pretty(semantic_query('{"measures": ["orders.count"]}') - 'sql');
SELECT * FROM semantic_rows('{"measures": ["orders.count", "orders.total_amount"],
                              "dimensions": ["orders.status"]}');
SELECT * FROM semantic_rows('{"measures": ["orders.count"], "dimensions": ["customers.country"]}');
SELECT * FROM semantic_rows('{"measures": ["orders.total_amount", "lines.total_quantity"],
                              "dimensions": ["orders.status"], "order": {"orders.status": "asc"}}');
SELECT semantic_sql('{"measures": ["orders.total_amount", "lines.total_quantity"],
                      "dimensions": ["orders.status"], "order": {"orders.status": "asc"}}');

-- Time: granularity, range, zone; a date column is not shifted.
SELECT * FROM semantic_rows('{"measures": ["orders.count"], "timeDimensions": [
    {"dimension": "orders.ordered_at", "granularity": "month",
     "dateRange": ["2024-01-01", "2024-02-29"]}]}');
SELECT * FROM semantic_rows('{"measures": ["orders.count"], "timezone": "Asia/Tokyo",
    "timeDimensions": [{"dimension": "orders.ordered_at", "granularity": "day"}]}');
SELECT * FROM semantic_rows('{"measures": ["orders.count"], "timezone": "Asia/Tokyo",
    "timeDimensions": [{"dimension": "orders.due", "granularity": "day"}]}');

-- Filters, nulls, nested groups, HAVING.
SELECT * FROM semantic_rows('{"measures": ["orders.count"], "filters": [
    {"member": "customers.country", "operator": "notEquals", "values": ["France"]}]}');
SELECT * FROM semantic_rows('{"measures": ["orders.count"], "filters": [{"or": [
    {"member": "orders.status", "operator": "equals", "values": ["cancelled"]},
    {"member": "orders.amount", "operator": "gte", "values": ["20"]}]}]}');
SELECT * FROM semantic_rows('{"measures": ["orders.count"], "dimensions": ["orders.status"],
    "filters": [{"member": "orders.count", "operator": "gt", "values": ["1"]}]}');
SELECT * FROM semantic_rows('{"measures": ["orders.count"], "filters": [
    {"member": "customers.name", "operator": "contains", "values": ["%"]}]}');
SELECT * FROM semantic_rows(jsonb_build_object('measures', '["orders.count"]'::jsonb, 'filters',
    jsonb_build_array(jsonb_build_object('member', 'orders.status', 'operator', 'equals',
        'values', jsonb_build_array($$paid' OR 'x'='x$$)))));

-- Limit, offset, total, ungrouped.
SELECT semantic_query('{"dimensions": ["orders.id"], "limit": 1, "offset": 1, "total": true}')
       - '{sql,annotation,query}'::text[];
SELECT * FROM semantic_rows('{"dimensions": ["lines.product"], "ungrouped": true,
                              "order": {"lines.product": "asc"}}');

-- Errors name the thing and the place.
SELECT semantic_query('{"measures": ["orders.cuont"]}');
SELECT semantic_query('{"measures": ["orders.count"], "dimensions": ["lines.product"]}');
SELECT semantic_query('{"measures": ["orders.count"], "filters": [
    {"member": "orders.amount", "operator": "gt", "values": ["much"]}]}');
SELECT semantic_query('{"measures": ["orders.count"], "limit": 60000}');
SELECT semantic_query('{"measures": ["orders.count"], "colour": "red"}');
SELECT semantic_query('{"measures": ["orders.count"], "timezone": "Mars/Base"}');

-- Stored models: versions, the active one, expressions.
SELECT semantic_model_save('{"name": "sales", "entities": [
    {"name": "orders", "schema": "shop", "table": "orders", "primary_key": ["id"],
     "dimensions": [{"name": "big", "type": "boolean", "sql": "{T}.amount > 10"}],
     "measures": [{"name": "count", "type": "count"},
                  {"name": "twice", "type": "sum", "sql": "2 * {T}.amount"}]}]}');
SELECT * FROM semantic_rows('{"measures": ["orders.twice"], "dimensions": ["orders.big"]}');
SELECT semantic_model_save(jsonb_set(model, '{title}', '"Sales"'))
FROM loupe.semantic_model WHERE name = 'sales';
SELECT name, version, is_active FROM loupe.semantic_model ORDER BY version;
SELECT semantic_model_save(jsonb_set(semantic_model_infer('shop'), '{name}', '"all"'));
SELECT semantic_query('{"measures": ["orders.count"]}');
SELECT semantic_query('{"model": "sale", "measures": ["orders.count"]}');
SET loupe.model = 'sales';
SELECT * FROM semantic_rows('{"measures": ["orders.twice"]}');
RESET loupe.model;

-- All problems of a model at once.
SELECT * FROM semantic_model_check('{"name": "broken", "entities": [
    {"name": "orders", "schema": "shop", "table": "orders",
     "dimensions": [{"name": "statsu", "type": "string", "column": "statsu"},
                    {"name": "odd", "type": "string", "sql": "{T}.status ||"}],
     "measures": [{"name": "s", "type": "sum", "column": "status"}]},
    {"name": "nothing", "schema": "shop", "table": "nothin", "measures": []}]}');
SELECT semantic_model_save('{"name": "broken", "entities": [
    {"name": "orders", "schema": "shop", "table": "orders",
     "measures": [{"name": "s", "type": "sum", "column": "status"}]}]}');

SELECT * FROM semantic_model_check('{"name": "evil", "entities": [
    {"name": "orders", "schema": "shop", "table": "orders",
     "dimensions": [{"name": "odd", "type": "string", "sql": "1) FROM secret --"}]}]}');

-- A renamed column is an error, never a wrong number.
ALTER TABLE orders RENAME COLUMN amount TO paid;
SELECT semantic_query('{"model": "sales", "measures": ["orders.twice"]}');
SELECT pointer, message, hint FROM semantic_model_check(
    (SELECT model FROM loupe.semantic_model WHERE name = 'all'));

DROP SCHEMA shop CASCADE;
DELETE FROM loupe.semantic_model;
