-- recommend_chart: kinds by shape and by question, reasons, relations, rights and errors.
BEGIN;
SET client_min_messages = warning;
CREATE EXTENSION IF NOT EXISTS pgtap;
CREATE EXTENSION IF NOT EXISTS pg_loupe;
SELECT no_plan();

CREATE ROLE loupe_chooser;
CREATE SCHEMA choice;
CREATE TABLE choice.sales (id int PRIMARY KEY, "the day" date, region text, amount numeric);
INSERT INTO choice.sales
SELECT i, date '2024-01-01' + i, chr(65 + i % 3), (i * 37) % 100 FROM generate_series(1, 300) AS i;
CREATE TABLE choice.secret (id int);
GRANT USAGE ON SCHEMA choice TO loupe_chooser;
GRANT SELECT ON choice.sales TO loupe_chooser;
DO $$
BEGIN
    EXECUTE format('GRANT USAGE ON SCHEMA %I TO PUBLIC',
                   (SELECT extnamespace::regnamespace FROM pg_extension WHERE extname = 'pgtap'));
END $$;
SET search_path = choice, public;

CREATE FUNCTION pg_temp.kind(query text, question text DEFAULT NULL) RETURNS text LANGUAGE sql AS
    $$ SELECT recommend_chart(query, question) #>> '{usermeta,loupe,kind}' $$;

SELECT is(pg_temp.kind('SELECT region, sum(amount) AS amount FROM sales GROUP BY 1'), 'bar',
    'names and a number are bars');
SELECT is(pg_temp.kind('SELECT region, sum(amount) AS amount FROM sales GROUP BY 1',
    'as a pie chart'), 'pie', 'a kind that the question names is taken');
SELECT is(pg_temp.kind('SELECT date_trunc(''month'', "the day") AS m, sum(amount) AS amount
    FROM sales GROUP BY 1'), 'line', 'a time and a number are a line');
SELECT is(pg_temp.kind('SELECT 1 AS n'), NULL, 'a number alone has no chart');

-- Every recommendation is drawn as it is.
SELECT is((SELECT count(*) FROM recommend_charts(
    'SELECT region, "the day", amount FROM sales', NULL, 100)
    WHERE length(render_chart(spec, 'svg')) > 0),
    (SELECT count(*) FROM recommend_charts('SELECT region, "the day", amount FROM sales', NULL, 100)),
    'all that is recommended is drawn');
SELECT cmp_ok((SELECT count(*) FROM recommend_charts('SELECT region, "the day", amount FROM sales')),
    '=', 5::bigint, 'five charts unless told otherwise');
SELECT is((SELECT array_agg(rank ORDER BY score DESC, rank) FROM recommend_charts(
    'SELECT region, sum(amount) AS amount FROM sales GROUP BY 1')),
    (SELECT array_agg(rank ORDER BY rank) FROM recommend_charts(
    'SELECT region, sum(amount) AS amount FROM sales GROUP BY 1')), 'the best comes first');
SELECT matches((SELECT reason FROM recommend_charts(
    'SELECT region, sum(amount) AS amount FROM sales GROUP BY 1', NULL, 1)),
    'Mackinlay', 'reasons name their source');
SELECT is(recommend_chart('SELECT region, sum(amount) AS amount FROM sales GROUP BY 1')
    #>> '{usermeta,loupe,columns,1,role}', 'measure', 'roles of columns are told');
SELECT ok((SELECT bool_and(rule ? 'source' AND rule ? 'why') AND count(*) > 0
    FROM jsonb_array_elements(recommend_chart(
    'SELECT region, sum(amount) AS amount FROM sales GROUP BY 1')
    #> '{usermeta,loupe,rules}') AS rule), 'rules are told with source and sentence');

-- Relations.
SELECT is(recommend_chart('sales'::regclass, 'how is amount distributed') -> 'data',
    '{"relation": "choice.sales"}', 'the data are the relation');
SELECT is(recommend_chart('sales'::regclass, 'a histogram of amount')
    #>> '{usermeta,loupe,kind}', 'histogram', 'rows of a relation are summarized');
SELECT throws_ok('SELECT recommend_chart(1::regclass)', '42P01', NULL, 'a relation must exist');

-- Rights, and what the gate refuses.
SET ROLE loupe_chooser;
SELECT is(pg_temp.kind('SELECT region, sum(amount) AS amount FROM sales GROUP BY 1'), 'bar',
    'readers get charts');
SELECT throws_ok('SELECT recommend_chart(''secret''::regclass)', '42501', NULL,
    'others'' relations are closed');
SELECT throws_ok('SELECT * FROM recommend_charts(''DELETE FROM sales'')', 'LP701', NULL,
    'only queries are read');
RESET ROLE;
SELECT throws_ok('SELECT * FROM recommend_charts(''SELECT 1'', NULL, 0)', '22023', NULL,
    'limits are positive');
SELECT throws_ok('SELECT * FROM recommend_charts(''SELECT 1'', NULL, NULL)', '22004', NULL,
    'a limit is needed');

SELECT * FROM finish();
ROLLBACK;
