-- render_chart: rights, kinds of views, formats, limits and errors.
BEGIN;
SET client_min_messages = warning;
CREATE EXTENSION IF NOT EXISTS pgtap;
CREATE EXTENSION IF NOT EXISTS pg_loupe;
SELECT no_plan();

CREATE ROLE loupe_viewer;
CREATE SCHEMA gallery;
CREATE TABLE gallery.works (id int PRIMARY KEY, room text, hung date, price numeric, cost numeric);
CREATE TABLE gallery.vault (id int PRIMARY KEY, word text);
CREATE TABLE gallery.loans (id int PRIMARY KEY, room text);
INSERT INTO gallery.works
SELECT i, chr(65 + i % 3), date '2024-01-01' + i * 10, i * 5, i FROM generate_series(1, 30) AS i;
INSERT INTO gallery.vault VALUES (1, 'xyzzy');
INSERT INTO gallery.loans SELECT i, CASE WHEN i % 4 = 0 THEN 'A' ELSE 'B' END
FROM generate_series(1, 20) AS i;
ALTER TABLE gallery.loans ENABLE ROW LEVEL SECURITY;
CREATE POLICY room_a ON gallery.loans FOR SELECT USING (room = 'A');
GRANT USAGE ON SCHEMA gallery TO loupe_viewer;
GRANT SELECT (id, room, hung, price) ON gallery.works TO loupe_viewer;
GRANT SELECT ON gallery.loans TO loupe_viewer;
DO $$
BEGIN
    EXECUTE format('GRANT USAGE ON SCHEMA %I TO PUBLIC',
                   (SELECT extnamespace::regnamespace FROM pg_extension WHERE extname = 'pgtap'));
END $$;
SET search_path = gallery, public;

-- A bar of the rows that `data` names, and the pieces of a picture that match a pattern.
CREATE FUNCTION pg_temp.bars(data jsonb, x text) RETURNS text LANGUAGE sql AS $$
    SELECT chart_svg(jsonb_build_object('data', data, 'mark', 'bar', 'encoding',
        jsonb_build_object('x', jsonb_build_object('field', x),
                           'y', '{"aggregate": "count"}'::jsonb))) $$;
CREATE FUNCTION pg_temp.pieces(svg text, pattern text) RETURNS bigint LANGUAGE sql AS $$
    SELECT count(*) FROM regexp_matches(svg, pattern, 'g') $$;

-- Rights.
SET ROLE loupe_viewer;
SELECT throws_ok($$ SELECT pg_temp.bars('{"relation": "works"}', 'room') $$, '42501', NULL,
                 'a relation with a hidden column cannot be read as a whole');
SELECT is(pg_temp.pieces(pg_temp.bars('{"sql": "SELECT room FROM works"}', 'room'),
                         'aria-roledescription="bar"'), 3::bigint, 'readable columns are drawn');
SELECT throws_ok($$ SELECT pg_temp.bars('{"sql": "SELECT cost FROM works"}', 'cost') $$, '42501',
                 NULL, 'a hidden column is refused');
SELECT throws_ok($$ SELECT pg_temp.bars('{"relation": "vault"}', 'word') $$, '42501', NULL,
                 'a hidden table is refused');
SELECT is(pg_temp.pieces(pg_temp.bars('{"relation": "loans"}', 'room'),
                         'aria-roledescription="bar"'), 1::bigint, 'row-level security holds');
SELECT alike(pg_temp.bars('{"relation": "loans"}', 'room'), '%Count of Records: 5"%',
             'and counts the rows that the caller sees');
SELECT throws_ok($$ SELECT chart_svg('{"data": {"sql": "SELECT 1 AS a"}, "mark": "point",
    "transform": [{"lookup": "a", "from": {"data": {"relation": "vault"}, "key": "id",
                   "fields": ["word"]}}]}') $$, '42501', NULL, 'lookups have the rights of the caller');
SELECT throws_ok($$ SELECT chart_svg('{"hconcat": [{"data": {"sql": "SELECT 1"}, "mark": "bar"},
    {"data": {"sql": "DROP TABLE works"}, "mark": "bar"}]}') $$, 'LP701', NULL,
                 'every view goes through the gate');
RESET ROLE;

-- Kinds of views.
CREATE FUNCTION pg_temp.works(members text) RETURNS text LANGUAGE sql AS $$
    SELECT chart_svg(('{"data": {"relation": "works"}, ' || members || '}')::jsonb) $$;
SELECT is(pg_temp.pieces(pg_temp.works('"mark": "bar", "encoding": {"column": {"field": "room"},
    "x": {"field": "hung", "timeUnit": "month"}, "y": {"aggregate": "sum", "field": "price"}}'),
    'role-axis-title'), 4::bigint, 'facets share the axis of y and have one of x in each column');
SELECT is(pg_temp.pieces(pg_temp.works('"vconcat": [{"mark": "point"}, {"mark": "bar"}, {"mark": "tick"}]'),
    'class="mark-group role-scope concat_'), 3::bigint, 'views stand side by side');
SELECT is(pg_temp.pieces(pg_temp.works('"repeat": {"layer": ["price", "cost"]}, "spec": {"mark": "line",
    "encoding": {"x": {"field": "hung", "type": "temporal"},
                 "y": {"field": {"repeat": "layer"}, "type": "quantitative"}}}'),
    'mark-line role-mark'), 2::bigint, 'layers are repeated');
SELECT is(pg_temp.pieces(pg_temp.works('"mark": "boxplot", "encoding": {"x": {"field": "room"},
    "y": {"field": "price", "type": "quantitative"}}'), 'aria-roledescription="box"'), 3::bigint,
    'box plots are drawn');
SELECT is(pg_temp.pieces(pg_temp.works('"transform": [{"filter": "datum.price > 100"}], "mark": "point",
    "encoding": {"x": {"field": "price", "type": "quantitative"}}'),
    'aria-roledescription="point"'), 10::bigint, 'filters leave rows out');
SELECT alike(convert_from(render_chart('{"params": [{"name": "shade", "value": "red"}], "mark":
    {"type": "bar", "color": {"expr": "shade"}}}', params => '{"shade": "teal"}'), 'UTF8'),
    '%fill="teal"%', 'parameters have the values given');

-- Formats, of one view and of several.
CREATE TEMP TABLE specs AS SELECT * FROM (VALUES
    ('one view', '{"data": {"values": [{"a": "x", "b": 2}, {"a": "y", "b": 3}]}, "mark": "bar",
        "encoding": {"x": {"field": "a"}, "y": {"field": "b", "type": "quantitative"}}}'::jsonb),
    ('a facet', '{"data": {"values": [{"a": "x", "b": 2}, {"a": "y", "b": 3}]}, "mark": "bar",
        "encoding": {"row": {"field": "a"}, "x": {"field": "b", "type": "quantitative"}}}'))
    AS s (kind, spec);
SELECT is(encode(substr(render_chart(spec, 'png'), 2, 3), 'escape'), 'PNG', kind || ' as PNG')
FROM specs;
SELECT is(encode(substr(render_chart(spec, 'pdf'), 1, 5), 'escape'), '%PDF-', kind || ' as PDF')
FROM specs;
SELECT is(encode(substr(render_chart(spec, 'svg'), 1, 4), 'escape'), '<svg', kind || ' as SVG')
FROM specs;
SELECT cmp_ok(length(chart_text(spec)), '>', 100, kind || ' as text') FROM specs;
SELECT throws_ok($$ SELECT render_chart('{"mark": "bar"}', 'pgn') $$, '22023', NULL,
                 'an unknown format is refused');
SELECT throws_ok($$ SELECT render_chart(NULL) $$, '22004', NULL, 'a specification has to be given');

-- Limits and errors: SQLSTATE and pointer.
CREATE FUNCTION pg_temp.problem(spec jsonb) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
    detail text;
BEGIN
    PERFORM chart_svg(spec);
    RETURN 'drawn';
EXCEPTION WHEN OTHERS THEN
    GET STACKED DIAGNOSTICS detail = PG_EXCEPTION_DETAIL;
    RETURN SQLSTATE || ' ' || coalesce(substring(detail FROM '"(/[^"]*)"'), '');
END $$;
SELECT is(pg_temp.problem(spec::jsonb), expected, regexp_replace(spec, '\s+', ' ', 'g')) FROM (VALUES
    ('{"mark": "bra"}', 'LP401 /mark'),
    ('{"layer": [{"mark": "bar"}, {"mark": "bra"}]}', 'LP401 /layer/1/mark'),
    ('{"mark": "bar", "transform": [{"calculate": "1 +", "as": "a"}]}', 'LP401 /transform/0/calculate'),
    ('{"mark": "bar", "transform": [{"fliter": "1"}]}', 'LP401 /transform/0'),
    ('{"mark": "geoshape"}', 'LP402 /mark'),
    ('{"mark": "bar", "width": 40000}', '54000 /width'),
    ('{"mark": "bar", "data": {"sequence": {"start": 0, "stop": 1e9}}}', '54000 /data/sequence'),
    ('{"data": {"sequence": {"start": 0, "stop": 3000, "as": "a"}}, "mark": "bar",
       "encoding": {"row": {"field": "a"}}}', '54000 '),
    ('{"data": {"sequence": {"start": 0, "stop": 300000, "as": "a"}}, "mark": "point",
       "encoding": {"x": {"field": "a", "type": "quantitative"}}}', '54000 /data'),
    ('{"mark": "bar", "transform": [{"calculate": "pad(''x'', 1e9, ''y'')", "as": "a"}]}',
       '54000 /transform/0/calculate')) AS c (spec, expected);
SELECT is(pg_temp.problem(('{"mark": "bar", "repeat": ' || repeat('[', 80) || repeat(']', 80) ||
                           '}')::jsonb), '54000 ', 'a specification is not nested without end');
SELECT is(pg_temp.problem(jsonb_build_object('hconcat',
    (SELECT jsonb_agg(jsonb_build_object('mark', 'bar', 'data',
        jsonb_build_object('sql', 'SELECT ' || i))) FROM generate_series(1, 101) AS i))),
    '54000 /hconcat/100/data', 'the data sources of one chart are limited');

-- A read-only transaction draws.
SET TRANSACTION READ ONLY;
SELECT alike(chart_svg('{"data": {"relation": "gallery.works"}, "mark": "bar"}'), '<svg%',
             'a read-only transaction draws');

SELECT * FROM finish();
ROLLBACK;
