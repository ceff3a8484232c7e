-- Charts: Vega-Lite specifications compiled and drawn inside the server.

-- Draws a chart. format: svg, png, pdf, text or html. Data comes from the specification ("values", "sql",
-- "relation", "semantic") or, for {"data": {"name": …}}, from the argument data, an array of
-- objects; never from the network or the file system. theme is a name ('dark', 'colorblind', …) whose
-- config lies below config and the specification's own. scale multiplies the pixels of a PNG.
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
    IS 'Draws a Vega-Lite chart as SVG, PNG, PDF, text or HTML';

-- The chart as SVG text.
--   SELECT chart_svg('{"data": {"sql": "SELECT 1 AS a"}, "mark": "bar",
--                      "encoding": {"x": {"field": "a", "type": "quantitative"}}}');
CREATE FUNCTION @extschema@.chart_svg(spec jsonb, data jsonb DEFAULT NULL) RETURNS text
    LANGUAGE c STABLE PARALLEL UNSAFE
    AS 'MODULE_PATHNAME', 'loupe_chart_svg';
COMMENT ON FUNCTION @extschema@.chart_svg(jsonb, jsonb) IS 'Draws a Vega-Lite chart as SVG text';

-- The chart as one HTML page that loads nothing, with tooltips.
--   SELECT chart_html('{"data": {"values": [{"a": "x", "b": 3}]}, "mark": "bar",
--                       "encoding": {"x": {"field": "a"}, "y": {"field": "b"}}}');
CREATE FUNCTION @extschema@.chart_html(
    spec jsonb, data jsonb DEFAULT NULL, theme text DEFAULT NULL, config jsonb DEFAULT NULL)
    RETURNS text
    LANGUAGE c STABLE PARALLEL UNSAFE
    AS 'MODULE_PATHNAME', 'loupe_chart_html';
COMMENT ON FUNCTION @extschema@.chart_html(jsonb, jsonb, text, jsonb)
    IS 'Draws a Vega-Lite chart as one HTML page with tooltips';

-- The main facts of the chart in a sentence or two.
--   SELECT chart_alt_text('{"data": {"values": [{"a": "x", "b": 3}]}, "mark": "bar",
--                           "encoding": {"x": {"field": "a"}, "y": {"field": "b"}}}');
CREATE FUNCTION @extschema@.chart_alt_text(spec jsonb, data jsonb DEFAULT NULL) RETURNS text
    LANGUAGE c STABLE PARALLEL UNSAFE
    AS 'MODULE_PATHNAME', 'loupe_chart_alt_text';
COMMENT ON FUNCTION @extschema@.chart_alt_text(jsonb, jsonb) IS 'Says what a Vega-Lite chart shows';

-- What is wrong with a specification: errors, then warnings, each with its JSON pointer. What the
-- caller may not read, a cancel and a time limit are raised.
--   SELECT * FROM chart_check('{"mark": "bra"}');
CREATE FUNCTION @extschema@.chart_check(spec jsonb, data jsonb DEFAULT NULL)
    RETURNS TABLE (severity text, pointer text, message text, detail text, hint text)
    LANGUAGE c STABLE PARALLEL UNSAFE
    AS 'MODULE_PATHNAME', 'loupe_chart_check';
COMMENT ON FUNCTION @extschema@.chart_check(jsonb, jsonb)
    IS 'Lists the errors and warnings of a chart specification';

-- The chart in Unicode characters, width columns wide, for a terminal.
--   SELECT chart_text('{"data": {"values": [{"a": "x", "b": 3}]}, "mark": "bar",
--                       "encoding": {"y": {"field": "a"}, "x": {"field": "b"}}}');
CREATE FUNCTION @extschema@.chart_text(spec jsonb, width integer DEFAULT 72, data jsonb DEFAULT NULL)
    RETURNS text
    LANGUAGE c STABLE PARALLEL UNSAFE
    AS 'MODULE_PATHNAME', 'loupe_chart_text';
COMMENT ON FUNCTION @extschema@.chart_text(jsonb, integer, jsonb) IS 'Draws a Vega-Lite chart in Unicode text';

-- A series as a line of characters, one a value, blank where there is none; with a width, longer
-- series are binned by their means.
--   SELECT chart_spark('{1,5,22,13,53}');
CREATE FUNCTION @extschema@.chart_spark("values" float8[], width integer DEFAULT NULL) RETURNS text
    LANGUAGE c IMMUTABLE PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'loupe_chart_spark';
COMMENT ON FUNCTION @extschema@.chart_spark(float8[], integer) IS 'Draws a series as a sparkline of text';

-- A number as a bar of at most width characters between min and max.
--   SELECT chart_bar(0.4);
CREATE FUNCTION @extschema@.chart_bar(
    value float8, min float8 DEFAULT 0, max float8 DEFAULT 1, width integer DEFAULT 20)
    RETURNS text
    LANGUAGE c IMMUTABLE PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'loupe_chart_bar';
COMMENT ON FUNCTION @extschema@.chart_bar(float8, float8, float8, integer) IS 'Draws a number as a bar of text';
