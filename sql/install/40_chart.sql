-- Charts: Vega-Lite specifications compiled and drawn inside the server.

-- Draws a chart. format: svg, png, pdf or text. Data comes from the specification ("values", "sql",
-- "relation", "semantic") or, for {"data": {"name": …}}, from the argument data, an array of
-- objects; never from the network or the file system. scale multiplies the pixels of a PNG.
--   SELECT render_chart('{"data": {"values": [{"a": "x", "b": 3}]}, "mark": "bar",
--                         "encoding": {"x": {"field": "a"}, "y": {"field": "b"}}}', 'png');
CREATE FUNCTION @extschema@.render_chart(
    spec jsonb,
    format text DEFAULT 'svg',
    data jsonb DEFAULT NULL,
    theme text DEFAULT NULL,
    config jsonb DEFAULT NULL,
    scale float8 DEFAULT 1,
    params jsonb DEFAULT NULL) RETURNS bytea
    LANGUAGE c STABLE PARALLEL UNSAFE
    AS 'MODULE_PATHNAME', 'loupe_render_chart';
COMMENT ON FUNCTION @extschema@.render_chart(jsonb, text, jsonb, text, jsonb, float8, jsonb)
    IS 'Draws a Vega-Lite chart as SVG, PNG, PDF or text';

-- The chart as SVG text.
--   SELECT chart_svg('{"data": {"sql": "SELECT 1 AS a"}, "mark": "bar",
--                      "encoding": {"x": {"field": "a", "type": "quantitative"}}}');
CREATE FUNCTION @extschema@.chart_svg(spec jsonb, data jsonb DEFAULT NULL) RETURNS text
    LANGUAGE c STABLE PARALLEL UNSAFE
    AS 'MODULE_PATHNAME', 'loupe_chart_svg';
COMMENT ON FUNCTION @extschema@.chart_svg(jsonb, jsonb) IS 'Draws a Vega-Lite chart as SVG text';

-- The chart in Unicode characters, width columns wide, for a terminal.
--   SELECT chart_text('{"data": {"values": [{"a": "x", "b": 3}]}, "mark": "bar",
--                       "encoding": {"y": {"field": "a"}, "x": {"field": "b"}}}');
CREATE FUNCTION @extschema@.chart_text(spec jsonb, width integer DEFAULT 72, data jsonb DEFAULT NULL)
    RETURNS text
    LANGUAGE c STABLE PARALLEL UNSAFE
    AS 'MODULE_PATHNAME', 'loupe_chart_text';
COMMENT ON FUNCTION @extschema@.chart_text(jsonb, integer, jsonb) IS 'Draws a Vega-Lite chart in Unicode text';
