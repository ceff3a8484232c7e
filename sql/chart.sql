-- Charts as a user sees them.
SET client_min_messages = notice;

-- Terminal text: vertical bars, horizontal bars, a line, several lines, a pie.
SELECT chart_text('{"data": {"values": [{"a": "A", "b": 28}, {"a": "B", "b": 55}, {"a": "C", "b": 43}]},
    "mark": "bar", "encoding": {"x": {"field": "a", "type": "nominal"},
                                "y": {"field": "b", "type": "quantitative"}}}', 48);
SELECT chart_text('{"data": {"sql": "SELECT g AS name, g * g AS size FROM generate_series(1, 5) AS g"},
    "mark": "bar", "title": "Squares", "encoding": {"y": {"field": "name", "type": "ordinal"},
                                "x": {"field": "size", "type": "quantitative"}}}', 60);
SELECT chart_text('{"data": {"sql": "SELECT date ''2024-01-01'' + g AS day, g % 7 AS n FROM generate_series(0, 30) AS g"},
    "mark": "line", "encoding": {"x": {"field": "day", "type": "temporal"},
                                 "y": {"field": "n", "type": "quantitative"}}}', 60);

-- Bytes: what they begin with.
SELECT substr(render_chart(spec, 'png'), 1, 8) AS png,
       convert_from(substr(render_chart(spec, 'pdf'), 1, 5), 'UTF8') AS pdf,
       left(convert_from(render_chart(spec), 'UTF8'), 4) AS svg,
       left(chart_svg(spec), 4) AS svg_text,
       length(render_chart(spec, 'text')) > 100 AS text
FROM (VALUES ('{"data": {"values": [{"a": "A", "b": 28}, {"a": "B", "b": 55}]}, "mark": "bar",
    "encoding": {"x": {"field": "a", "type": "nominal"},
                 "y": {"field": "b", "type": "quantitative"}}}'::jsonb)) AS c (spec);

-- The same picture twice is the same bytes.
SELECT render_chart(spec, format) = render_chart(spec, format) AS same, format
FROM (VALUES ('{"data": {"values": [{"a": "A", "b": 28}]}, "mark": "arc",
    "encoding": {"theta": {"field": "b", "type": "quantitative"},
                 "color": {"field": "a", "type": "nominal"}}}'::jsonb)) AS c (spec),
     unnest('{svg,png,pdf,text}'::text[]) AS format;

-- Text of the data stays data.
SELECT chart_svg('{"data": {"values": [{"a": "<script>&\"", "b": 1}]}, "mark": "bar",
    "encoding": {"x": {"field": "a", "type": "nominal"},
                 "y": {"field": "b", "type": "quantitative"}}}') ~ '<script' AS injected;

-- Data from a relation, a semantic query, an argument.
CREATE SCHEMA pics;
CREATE TABLE pics.items (id int PRIMARY KEY, kind text, size numeric);
INSERT INTO pics.items SELECT i, chr(65 + i % 3), i FROM generate_series(1, 30) AS i;
SET search_path = pics, public;
SELECT chart_svg('{"data": {"relation": "items"}, "mark": "bar", "encoding": {
    "x": {"field": "kind"}, "y": {"aggregate": "sum", "field": "size"}}}') ~ 'sum\(size\)|Sum of size'
    AS from_relation;
SELECT chart_svg('{"data": {"semantic": {"measures": ["items.count"], "dimensions": ["items.kind"]}},
    "mark": "bar", "encoding": {"x": {"field": "items\\.kind", "type": "nominal"},
                                "y": {"field": "items\\.count", "type": "quantitative"}}}')
    ~ 'role-mark' AS from_semantic;
SELECT length(chart_svg('{"data": {"name": "rows"}, "mark": "point", "encoding": {
    "x": {"field": "v", "type": "quantitative"}}}', '[{"v": 1}, {"v": 2}]')) > 1000 AS from_argument;

-- The chooser of charts.
SELECT recommend_chart('SELECT kind, count(*) AS items FROM pics.items GROUP BY 1') - 'usermeta' AS bar;
SELECT recommend_chart('SELECT date ''2024-01-01'' + id AS day, size FROM pics.items') - 'usermeta' AS line;
SELECT rank, kind, score, reason
FROM recommend_charts('SELECT kind, count(*) AS items FROM pics.items GROUP BY 1', 'share of items');
SELECT recommend_chart('SELECT 1 AS n');

-- Bad input.
SELECT render_chart('{"mark": "bra", "data": {"values": []}}');
SELECT render_chart('{"mark": "bar", "data": {"values": [{"a": 1}]}, "encoding": {"x": {"feild": "a"}}}', 'text')
    IS NOT NULL AS drawn_with_a_warning;
SELECT render_chart('{"mark": "text", "data": {"values": [{"a": "\ue000"}]}, "encoding": {"text": {"field": "a"}}}',
    format) IS NOT NULL AS drawn FROM unnest('{svg,png}'::text[]) AS format;
SELECT render_chart('{"mark": "geoshape", "data": {"values": []}}');
SELECT render_chart('{"data": {"url": "data/cars.json"}, "mark": "bar"}');
SELECT render_chart('{"data": {"name": "rows"}, "mark": "bar"}');
SELECT render_chart('{"data": {"sql": "DELETE FROM pics.items"}, "mark": "bar"}');
SELECT render_chart('{"data": {"sql": 3}, "mark": "bar"}');
SELECT render_chart('{"data": {"relation": "a.b.c.d"}, "mark": "bar"}');
SELECT render_chart('{"mark": "bar", "data": {"values": []}}', 'gif');
SELECT render_chart('{"mark": "bar", "width": 1e9, "height": 1e9, "data": {"values": [{"a": 1}]},
    "encoding": {"x": {"field": "a", "type": "quantitative"}}}', 'png');
SELECT chart_text('{"mark": "bar", "data": {"values": []}}', 5);
SET loupe.font_folder = '/nonexistent';
SELECT render_chart('{"mark": "bar", "data": {"values": [{"a": 1}]},
    "encoding": {"x": {"field": "a", "type": "quantitative"}}}', 'png');
RESET loupe.font_folder;

SELECT count(*) FROM pics.items;
SET client_min_messages = warning;
DROP SCHEMA pics CASCADE;
