-- What charts give besides pictures: pages, descriptions, findings, lines of text; time and glyphs.
BEGIN;
SET client_min_messages = warning;
CREATE EXTENSION IF NOT EXISTS pgtap;
CREATE EXTENSION IF NOT EXISTS pg_loupe;
SELECT no_plan();

CREATE ROLE loupe_looker;
CREATE SCHEMA studio;
CREATE TABLE studio.jars (id int PRIMARY KEY, glaze text, price numeric, cost numeric);
INSERT INTO studio.jars SELECT i, chr(65 + i % 3), i * 5, i FROM generate_series(1, 30) AS i;
CREATE TABLE studio.secrets (id int PRIMARY KEY, word text);
GRANT USAGE ON SCHEMA studio TO loupe_looker;
GRANT SELECT (id, glaze, price) ON studio.jars TO loupe_looker;
DO $$
BEGIN
    EXECUTE format('GRANT USAGE ON SCHEMA %I TO PUBLIC',
                   (SELECT extnamespace::regnamespace FROM pg_extension WHERE extname = 'pgtap'));
END $$;
SET search_path = studio, public;

CREATE TEMP TABLE specs AS SELECT '{"title": "Jars", "mark": "bar", "data": {"values":
    [{"a": "x", "b": 2}, {"a": "y", "b": 3}]}, "encoding": {"x": {"field": "a"},
    "y": {"field": "b", "type": "quantitative"}}}'::jsonb AS spec;
GRANT SELECT ON specs TO PUBLIC;

-- Pages.
CREATE TEMP TABLE pages AS SELECT chart_html(spec) AS page FROM specs;
SELECT alike(page, '<!DOCTYPE html>%<svg%</svg>%</html>' || chr(10), 'a page holds the picture')
FROM pages;
SELECT is(convert_from(render_chart(spec, 'html'), 'UTF8'), page, 'render_chart draws the same page')
FROM specs, pages;
SELECT is(substring(page FROM kind || '-src ''sha256-([^'']*)'''),
          encode(sha256(convert_to(substring(page FROM '<' || element || '>(.*)</' || element || '>'),
                                   'UTF8')), 'base64'),
          'the policy of the page allows its ' || kind)
FROM pages, (VALUES ('script', 'script'), ('style', 'style')) AS e (kind, element);
SELECT alike(page, '%content="default-src ''none''; %', 'and nothing else') FROM pages;
SELECT unalike(replace(page, 'http://www.w3.org/2000/svg', ''), '%://%', 'a page has no address')
FROM pages;
SELECT alike(page, '%<title>Jars</title>%', 'a page has the title of its chart') FROM pages;
SELECT is(regexp_count, 1::bigint, 'what the data say stays data') FROM (
    SELECT count(*) AS regexp_count FROM regexp_matches(chart_html(
        '{"data": {"name": "rows"}, "mark": {"type": "bar", "tooltip": true}, "title": "</title><script>",
          "encoding": {"x": {"field": "a"}}}', '[{"a": "\"><script>alert(1)</script>"}]'),
        '<script', 'g')) AS found;
SELECT alike(chart_html('{"data": {"values": [{"a": "x & y"}]}, "mark": "bar", "encoding": {
    "x": {"field": "a"}, "tooltip": {"field": "a"}}}'), '%data-tooltip="x &amp; y"%',
    'items carry their tooltips');
SELECT alike(chart_html(spec, config => '{"background": "teal"}'), '%#008080%',
             'a page has the config given') FROM specs;

-- Descriptions.
SELECT is(chart_alt_text(spec), 'Bar chart "Jars": 2 bars, longest a: y; b: 3, shortest a: x; b: 2. '
    || 'X-axis titled ''a'' for a discrete scale with 2 values: x, y; '
    || 'Y-axis titled ''b'' for a linear scale with values from 0 to 3.', 'a bar chart') FROM specs;
SELECT alike(chart_alt_text('{"data": {"relation": "jars"}, "mark": "bar", "encoding": {
    "row": {"field": "glaze"}, "x": {"field": "price", "type": "quantitative", "bin": true},
    "y": {"aggregate": "count"}}}'), 'Bar chart: % bars in 3 views. %', 'a facet');
SELECT alike(chart_alt_text('{"data": {"name": "rows"}, "mark": "arc", "encoding": {
    "theta": {"field": "n", "type": "quantitative"}, "color": {"field": "k"}}}',
    '[{"k": "a", "n": 1}, {"k": "b", "n": 3}]'),
    'Pie chart: 2 sectors, largest k: b; n: 3, smallest k: a; n: 1. Symbol legend titled ''k''%',
    'a pie of rows that are given');

-- Findings.
CREATE FUNCTION pg_temp.findings(spec jsonb, data jsonb DEFAULT NULL) RETURNS text LANGUAGE sql AS $$
    SELECT coalesce(string_agg(severity || ' ' || pointer || ': ' || message, E'\n'), 'none')
    FROM chart_check(spec, data) $$;
SELECT is(pg_temp.findings(spec), 'none', 'a good specification has no findings') FROM specs;
SELECT is(pg_temp.findings(spec::jsonb), expected, regexp_replace(left(spec, 99), '\s+', ' ', 'g'))
FROM (VALUES
    ('[]', 'error : a specification must be an object, not array'),
    ('{"data": {"values": [{"a": 1}]}, "mark": "bar", "widht": 3}',
     'warning /widht: unknown property "widht" of the specification'),
    ('{"data": {"relation": "jars"}, "layer": [{"mark": "bar", "encodng": {}}, {"mark": "bra"}]}',
     E'error /layer/1/mark: unknown mark "bra"\nwarning /layer/0/encodng: unknown property "encodng" of the specification'),
    ('{"data": {"relation": "jars"}, "mark": "bra", "width": -1, "transform": [{"filter": "a >"}, {"fliter": 3}]}',
     E'error /width: a size must not be negative\nerror /mark: unknown mark "bra"\nerror /transform/0/filter: an expression ends too early\nerror /transform/1: unknown transform "fliter"'),
    ('{"data": {"sql": "SELECT cots FROM jars"}, "mark": "bar"}',
     'error /data: column "cots" does not exist'),
    ('{"data": {"relation": "jras"}, "mark": "bar"}', 'error /data: relation "jras" does not exist'),
    ('{"data": {"relation": "a..b"}, "mark": "bar"}', 'error /data: "a..b" is not the name of a relation'),
    ('{"data": {"sql": "DELETE FROM jars"}, "mark": "bar", "widht": 3}',
     E'error /data: only SELECT, VALUES or TABLE may run\nwarning /widht: unknown property "widht" of the specification'),
    ('{"data": {"semantic": {"measures": ["jars.cuont"]}}, "mark": "bar"}',
     'error /data/semantic/measures/0: unknown member "jars.cuont" of model "inferred"'),
    ('{"data": {"name": "rows"}, "mark": "bar"}',
     'error /data: the specification names its data, but none is given'),
    ('{"hconcat": [{"data": {"url": "a"}, "mark": "bar"}, {"data": {"sql": "SELEC"}, "mark": "bar"}]}',
     E'error /hconcat/0/data: data of a chart is not read from a URL\nerror /hconcat/1/data: syntax error at or near "SELEC"'),
    ('{"data": {"sql": "SELECT chr(57344) AS a"}, "mark": "bar", "encoding": {"x": {"field": "a"}}}',
     'warning : no font has a glyph for U+E000')) AS c (spec, expected);
SELECT is((SELECT hint FROM chart_check('{"mark": "bra", "data": {"values": []}}')),
          'Did you mean "bar"?', 'findings have hints');
SELECT is((SELECT detail FROM chart_check('{"data": {"sql": "SELECT nope"}, "mark": "bar"}')),
          'At character 8 of the statement.', 'and details');
SELECT is((SELECT severity FROM chart_check(('{"mark": "bar", "repeat": ' || repeat('[', 80) ||
                                             repeat(']', 80) || '}')::jsonb)),
          'error', 'what is too deep to be read is a finding');
SELECT alike(pg_temp.findings('{"mark": "bar", "data": {"name": "rows"}}', '[3]'), 'error /data: %',
             'rows that are none are a finding');
SET loupe.max_rows = 10;
SELECT is(pg_temp.findings('{"mark": "bar", "data": {"relation": "jars"}}'),
          'error /data: result has more than 10 rows', 'too many rows are a finding');
RESET loupe.max_rows;
SET ROLE loupe_looker;
SELECT throws_ok($$ SELECT pg_temp.findings('{"data": {"relation": "secrets"}, "mark": "bar"}') $$,
                 '42501', NULL, 'what one may not read is raised');
SELECT throws_ok($$ SELECT pg_temp.findings('{"data": {"sql": "SELECT cost FROM jars"}, "mark": "bar"}') $$,
                 '42501', NULL, 'a hidden column too');
SELECT throws_ok($$ SELECT chart_html('{"data": {"relation": "secrets"}, "mark": "bar"}') $$, '42501',
                 NULL, 'pages have the rights of the caller');
SELECT throws_ok($$ SELECT chart_alt_text('{"data": {"relation": "secrets"}, "mark": "bar"}') $$,
                 '42501', NULL, 'and so have descriptions');
RESET ROLE;
SELECT throws_ok($$ SELECT pg_temp.findings('{"data": {"sql": "SELECT 1 / (id - 1) FROM jars"}, "mark": "bar"}') $$,
                 '22012', NULL, 'what a statement runs into is raised');
SELECT throws_ok($$ SELECT chart_html('{"mark": "bra"}') $$, 'LP401', NULL, 'pages have errors');
SELECT throws_ok($$ SELECT chart_alt_text('{"mark": "bra"}') $$, 'LP401', NULL, 'descriptions too');

-- Lines of text.
SELECT is(chart_spark('{1,5,22,13,53}'), '▁▁▄▂█', 'a sparkline');
SELECT is(chart_spark('{1,NULL,NaN,2}'), '▁  █', 'has blanks');
SELECT is(chart_spark('{-Infinity,1,2,Infinity}'), '▁▁██', 'and ends');
SELECT is(chart_spark('{}'), '', 'of nothing it is nothing');
SELECT is(chart_spark(NULL), NULL, 'of NULL it is NULL');
SELECT is(chart_spark('{{1,2},{3,4}}'), '▁▃▆█', 'rows of an array follow each other');
SELECT is(length(chart_spark(array_agg(i), 40)), 40, 'longer series are binned')
FROM generate_series(1, 100000) AS i;
SELECT is(length(chart_spark(array_agg(i))), 10000, 'a line has an end')
FROM generate_series(1, 100000) AS i;
SELECT is(string_agg(chart_spark(prices, 10), ' ' ORDER BY glaze), '▁▁▂▃▄▅▆▇██ ▁▁▂▃▄▅▆▇██ ▁▁▂▃▄▅▆▇██',
          'groups have a line each')
FROM (SELECT glaze, array_agg(price ORDER BY id) AS prices FROM jars GROUP BY glaze) AS g;
SELECT is(chart_bar(0.75, width => 10), '███████▌', 'a bar');
SELECT is(chart_bar(3, 2, 4, 3), '█▌', 'between its ends');
SELECT is(chart_bar(9, 0, 1, 2) || chart_bar(-9) || chart_bar('NaN'), '██', 'not beyond them');
SELECT is(chart_bar(NULL), NULL, 'of NULL it is NULL');

-- The time of one chart.
CREATE FUNCTION pg_temp.problem(query text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
    hint text;
BEGIN
    EXECUTE query;
    RETURN 'no problem';
EXCEPTION WHEN query_canceled THEN
    GET STACKED DIAGNOSTICS hint = PG_EXCEPTION_HINT;
    RETURN concat_ws(' ', SQLSTATE, SQLERRM, hint);
END $$;
CREATE FUNCTION studio.nap() RETURNS float8 LANGUAGE sql AS 'SELECT 1.0 FROM pg_sleep(0.05)';
SELECT loupe.approve_function('studio.nap()');
CREATE TEMP TABLE slow AS SELECT
    '{"data": {"sql": "SELECT studio.nap() AS a FROM jars"}, "mark": "bar"}' AS by_rows,
    '{"data": {"sequence": {"start": 0, "stop": 100000, "as": "a"}}, "mark": "point", "transform":
      [{"calculate": "pad(toString(datum.a), 900, ''x'')", "as": "b"}],
      "encoding": {"x": {"field": "a", "type": "quantitative"}, "tooltip": {"field": "b"}}}'
        AS by_drawing;
SET loupe.chart_timeout = '60ms';
SELECT is(pg_temp.problem(format('SELECT %s(%L)', function, spec)), '57014 chart took longer than 60 ms '
          || 'Draw fewer rows, or raise loupe.chart_timeout.', format('%s is limited %s', function, kind))
FROM slow, unnest('{chart_svg,chart_html,chart_alt_text,chart_check}'::text[]) AS function,
     LATERAL (VALUES ('while it reads', by_rows), ('while it draws', by_drawing)) AS s (kind, spec);
SET loupe.statement_timeout = '30ms';
SET loupe.chart_timeout = '20s';
SELECT alike(pg_temp.problem(format('SELECT chart_svg(%L)', by_rows)),
             '57014 statement ran longer than 30 ms %', 'its statements have their own time') FROM slow;
RESET loupe.statement_timeout;
SET loupe.chart_timeout = 0;
SELECT is(pg_temp.problem(format('SELECT chart_svg(%L)', by_rows)), 'no problem', '0 is no limit')
FROM slow;
RESET loupe.chart_timeout;
SELECT is(current_setting('loupe.chart_timeout'), '30s', 'a chart has 30 s');

-- A read-only transaction has all of it.
SET TRANSACTION READ ONLY;
SELECT alike(chart_html('{"data": {"relation": "jars"}, "mark": "bar"}'), '<!DOCTYPE html>%', 'a page');
SELECT is(pg_temp.findings('{"data": {"relation": "jars"}, "mark": "bar"}'), 'none', 'findings');

SELECT * FROM finish();
ROLLBACK;
