-- Themes of render_chart: names, order of configs, errors.
BEGIN;
SET client_min_messages = warning;
CREATE EXTENSION IF NOT EXISTS pgtap;
CREATE EXTENSION IF NOT EXISTS pg_loupe;
SELECT no_plan();

CREATE FUNCTION pg_temp.drawn(theme text, config jsonb DEFAULT NULL, own jsonb DEFAULT '{}')
    RETURNS text LANGUAGE sql AS $$
    SELECT convert_from(render_chart(jsonb_build_object(
        'data', '{"values": [{"a": "x", "b": 1}, {"a": "y", "b": 2}]}'::jsonb, 'mark', 'bar',
        'encoding', '{"x": {"field": "a"}, "y": {"field": "b", "type": "quantitative"}}'::jsonb,
        'config', own), 'svg', theme => theme, config => config), 'utf8') $$;

SELECT is(pg_temp.drawn('default'), pg_temp.drawn(NULL), 'the theme default is the look without a theme');
SELECT is(count(DISTINCT pg_temp.drawn(name)), 16::bigint, 'each theme has a look of its own')
FROM unnest('{carbong10,carbong100,carbong90,carbonwhite,colorblind,dark,default,excel,
              fivethirtyeight,ggplot2,googlecharts,latimes,powerbi,quartz,urbaninstitute,
              vox}'::text[]) AS name;

SELECT matches(pg_temp.drawn('dark'), 'fill="#333', 'dark has a dark background');
SELECT matches(pg_temp.drawn('fivethirtyeight'), 'aria-roledescription="bar"[^>]*fill="#30a2da"',
               'fivethirtyeight has bars of its colour');
SELECT matches(pg_temp.drawn('dark', '{"background": "#012345"}'), 'fill="#012345"',
               'config lies above the theme');
SELECT doesnt_match(pg_temp.drawn('dark', '{"background": "#012345"}'), 'fill="#333',
                    'and replaces its value');
SELECT matches(pg_temp.drawn('dark', '{"background": "#012345"}', '{"background": "#543210"}'),
               'fill="#543210"', 'the specification''s own config lies above both');
SELECT matches(pg_temp.drawn('dark', '{"axis": {"tickSize": 9}}'), 'stroke="#fff',
               'what config leaves alone stays the theme''s');
SELECT is(substr(render_chart('{"data": {"values": []}, "mark": "bar"}', format, theme => 'vox'), 1, 4),
          head, 'a theme in format ' || format)
FROM (VALUES ('png', '\x89504e47'::bytea), ('pdf', '%PDF'::bytea)) AS formats (format, head);

SELECT throws_ok($$ SELECT pg_temp.drawn('drak') $$, '22023', 'unknown theme "drak"',
                 'an unknown theme is an error');
SELECT throws_ok($$ SELECT pg_temp.drawn('') $$, '22023', 'unknown theme ""', 'so is an empty name');
SELECT throws_ok($$ SELECT pg_temp.drawn('DARK') $$, '22023', 'unknown theme "DARK"',
                 'names are in lower case');
SELECT throws_ok($$ SELECT render_chart('{"data": {"sql": "SELECT 1/0"}, "mark": "bar"}',
                                        theme => 'drak') $$, '22023', NULL,
                 'the theme is looked up before any data are read');

CREATE FUNCTION pg_temp.hint_of(statement text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE hint text;
BEGIN
    EXECUTE statement;
    RETURN NULL;
EXCEPTION WHEN OTHERS THEN
    GET STACKED DIAGNOSTICS hint = PG_EXCEPTION_HINT;
    RETURN hint;
END $$;
SELECT is(pg_temp.hint_of($$ SELECT pg_temp.drawn('drak') $$), 'Did you mean "dark"?',
          'its hint names the nearest');
SELECT matches(pg_temp.hint_of($$ SELECT pg_temp.drawn('solarized') $$), 'colorblind, dark, default',
               'or all themes');

-- A config may say how numbers are written.
SELECT alike(convert_from(render_chart('{"data": {"values": [{"a": 1234.5}]}, "mark": "text",
        "encoding": {"text": {"field": "a", "type": "quantitative", "format": ",.2f"}}}',
    config => '{"locale": {"number": {"decimal": ",", "thousands": ".", "grouping": [3],
                                      "currency": ["", " €"]}}}'), 'UTF8'),
    '%>1.234,50<%', 'numbers of another language');
SELECT throws_ok($$ SELECT render_chart('{"data": {"values": []}, "mark": "bar"}',
        config => '{"locale": {"time": {"date": "%x"}}}') $$, 'LP401', NULL,
    'a locale that is not complete');

SELECT finish();
ROLLBACK;
