-- Questions saved as views: columns, owner, rights, comments, and what is refused.
BEGIN;
SET client_min_messages = warning;
CREATE EXTENSION IF NOT EXISTS pgtap;
CREATE EXTENSION IF NOT EXISTS pg_loupe;
SELECT no_plan();

CREATE ROLE loupe_analyst;
CREATE ROLE loupe_reader;
CREATE SCHEMA bazaar;
CREATE TABLE bazaar.customers (id int PRIMARY KEY, name text, country text);
CREATE TABLE bazaar.orders (
    id int PRIMARY KEY, customer_id int REFERENCES bazaar.customers, status text, amount numeric,
    ordered_at timestamptz);
INSERT INTO bazaar.customers VALUES (1, 'Ada', 'Germany'), (2, 'Bob', 'France');
INSERT INTO bazaar.orders
SELECT i, 1 + i % 2, CASE WHEN i % 3 = 0 THEN 'open' ELSE 'shipped' END, i,
       timestamptz '2024-01-10 12:00+00' + i * interval '1 day'
FROM generate_series(1, 30) AS i;
CREATE SCHEMA desk;
GRANT USAGE ON SCHEMA bazaar TO loupe_analyst, loupe_reader;
GRANT SELECT ON bazaar.customers, bazaar.orders TO loupe_analyst;
GRANT USAGE, CREATE ON SCHEMA desk TO loupe_analyst;
GRANT USAGE ON SCHEMA desk TO loupe_reader;
DO $$
BEGIN
    EXECUTE format('GRANT USAGE ON SCHEMA %I TO PUBLIC',
                   (SELECT extnamespace::regnamespace FROM pg_extension WHERE extname = 'pgtap'));
END $$;
SET search_path = bazaar, public;

SET ROLE loupe_analyst;
SELECT is(ask_view('desk.by_status', 'how many orders by status')::text, 'desk.by_status', 'a view');
SELECT columns_are('desk', 'by_status', ARRAY['orders.status', 'orders.count'], 'with real columns');
SELECT results_eq('SELECT * FROM desk.by_status ORDER BY 1',
                  $$ VALUES ('open', 10::bigint), ('shipped', 20::bigint) $$, 'and rows');
SELECT view_owner_is('desk', 'by_status', 'loupe_analyst', 'of the caller');
SELECT ok((SELECT 'security_invoker=true' = ANY (reloptions) FROM pg_class
           WHERE oid = 'desk.by_status'::regclass), 'that runs with its reader''s rights');
SELECT matches(obj_description('desk.by_status'::regclass, 'pg_class'),
               '^how many orders by status\n\nSaved by ask_view on \d{4}-\d\d-\d\d\. Periods .* fixed',
               'and tells the question in its comment');
SELECT is(ask_view('desk.shippers', 'names of customers with shipped orders')::text,
          'desk.shippers', 'a list');
SELECT results_eq('SELECT name FROM desk.shippers ORDER BY 1', $$ VALUES ('Ada'), ('Bob') $$, 'of rows');
SELECT unalike(pg_get_viewdef('desk.shippers'), '%LIMIT%', 'without a limit that nobody asked for');
SELECT isnt(ask_view('desk.january', 'how many orders in January 2024'), NULL, 'a period');
SELECT matches(pg_get_viewdef('desk.january'), '2024-01-01', 'becomes days');
SELECT isnt(ask_view('desk.lately', 'how many orders last month'), NULL, 'a relative one too');
SELECT isnt(ask_view('desk.germans', 'how many customers',
    filters => '[{"member": "customers.country", "operator": "equals", "values": ["Germany"]}]'),
            NULL, 'with filters');
SELECT matches(pg_get_viewdef('desk.germans'), 'Germany', 'that stay in the view');

-- What was taught.
SELECT isnt(ask_teach('what our clerk wants', 'SELECT id AS name, name FROM customers'), NULL, 'taught');
SELECT isnt(ask_view('desk.clerk', 'what our clerk wants'), NULL, 'a question that was taught');
SELECT columns_are('desk', 'clerk', ARRAY['name', 'name_2'], 'columns of one name become distinct');
SELECT isnt(ask_synonym('gremlin', 'customers'), NULL, 'a word');
SELECT isnt(ask_view('desk.gremlins', 'names of gremlins'), NULL, 'that was taught');

-- The reader's rights.
GRANT SELECT ON desk.by_status TO loupe_reader;
SET ROLE loupe_reader;
SELECT throws_ok('SELECT * FROM desk.by_status', '42501', NULL, 'who may not read the table reads no view');

-- What is refused.
SET ROLE loupe_analyst;
SELECT throws_ok($$ SELECT ask_view('desk.by_status', 'how many orders') $$, '42P07', NULL,
                 'a name that is taken');
SELECT throws_ok($$ SELECT ask_view('desk.x', 'how many unicorns') $$, '22023',
                 'the question has no answer that could be saved', 'no answer');
SELECT throws_ok($$ SELECT ask_view('bazaar.x', 'how many orders') $$, '42501', NULL,
                 'a schema that the caller may not create in');
SELECT throws_ok($$ SELECT ask_view('', 'how many orders') $$, '42602', NULL, 'no name');
SELECT throws_ok($$ SELECT ask_view(NULL, 'how many orders') $$, '22004', NULL, 'NULL');
SELECT throws_ok($$ SELECT ask_view('desk.x', '') $$, 'LP101', NULL, 'no question');
SET transaction_read_only = on;
SELECT throws_ok($$ SELECT ask_view('desk.x', 'how many orders') $$, '25006', NULL,
                 'a read-only transaction');

SELECT * FROM finish();
ROLLBACK;
