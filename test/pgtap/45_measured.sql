-- Measured twins: every built-in that heeds no cancel has one with its properties, the gate calls it
-- in the built-in's place, plans and results stay, and what is too large ends at once with LP707.
BEGIN;
SET client_min_messages = warning;
CREATE EXTENSION IF NOT EXISTS pgtap;
CREATE EXTENSION IF NOT EXISTS pg_loupe;
SELECT no_plan();

CREATE SCHEMA measured;
SET search_path = measured, public;

CREATE VIEW measured.twin AS
SELECT t.oid AS twin, p.oid AS original, t.proname AS twin_name
FROM pg_proc AS t
LEFT JOIN pg_proc AS p ON p.pronamespace = 'pg_catalog'::regnamespace
    AND '_' || p.proname = t.proname AND p.proargtypes = t.proargtypes
WHERE t.pronamespace = 'loupe'::regnamespace AND t.prosrc = 'loupe_measured_call';

-- Signatures.
SELECT is((SELECT count(*) FROM measured.twin), 79::bigint, 'number of twins');
SELECT is_empty('SELECT twin::regprocedure FROM measured.twin WHERE original IS NULL',
                'each twin has an original');
SELECT is_empty($$
    SELECT p.oid::regprocedure
    FROM pg_proc AS p
    LEFT JOIN measured.twin AS w ON w.original = p.oid
    WHERE p.pronamespace = 'pg_catalog'::regnamespace AND w.twin IS NULL
      AND NOT (p.proname IN ('position', 'overlay') AND p.pronargs > 2)
      AND NOT (p.proname IN ('btrim', 'ltrim', 'rtrim') AND p.pronargs = 1)
      AND NOT (p.proname = 'jsonb_delete' AND p.proargtypes <> '3802 1009'::oidvector)
      AND p.proname IN ('arraycontained', 'arraycontains', 'arrayoverlap', 'jsonb_contained',
        'jsonb_contains', 'jsonb_delete', 'position', 'replace', 'split_part', 'string_to_array',
        'string_to_table', 'strpos', 'btrim', 'ltrim', 'rtrim', 'translate', 'is_normalized',
        'normalize', 'path_distance', 'path_inter', 'poly_contain', 'poly_contained',
        'poly_distance', 'poly_overlap', 'poly_same', 'phraseto_tsquery', 'plainto_tsquery',
        'to_tsquery', 'websearch_to_tsquery', 'xml', 'xml_is_well_formed',
        'xml_is_well_formed_content', 'xml_is_well_formed_document', 'ts_rank', 'ts_rank_cd',
        'xmlexists', 'xpath', 'xpath_exists', 'bpchariclike', 'bpcharicnlike', 'bpcharlike',
        'bpcharnlike', 'bytealike', 'byteanlike', 'like', 'like_escape', 'nameiclike',
        'nameicnlike', 'namelike', 'namenlike', 'notlike', 'texticlike', 'texticnlike', 'textlike',
        'textnlike')
    ORDER BY 1$$, 'each of the built-ins has a twin');
SELECT is_empty($$
    SELECT w.twin::regprocedure
    FROM measured.twin AS w JOIN pg_proc AS t ON t.oid = w.twin JOIN pg_proc AS p ON p.oid = w.original
    WHERE (t.prorettype, t.proretset, t.provolatile, t.proisstrict, t.proparallel, t.procost,
           t.prorows, t.prosupport, t.proleakproof, t.provariadic)
       IS DISTINCT FROM
          (p.prorettype, p.proretset, p.provolatile, p.proisstrict, p.proparallel, p.procost,
           p.prorows, p.prosupport, p.proleakproof, p.provariadic)$$,
    'twins have the properties of their originals');
SELECT is_empty($$
    SELECT twin::regprocedure FROM measured.twin
    WHERE NOT has_function_privilege('pg_read_all_data', twin, 'EXECUTE')$$,
    'everybody may execute them');
SELECT is_empty($$
    SELECT o.oid::regoperator
    FROM pg_operator AS o JOIN measured.twin AS w ON w.original = o.oprcode
    LEFT JOIN pg_operator AS t ON t.oprnamespace = 'loupe'::regnamespace
        AND t.oprname = o.oprname AND t.oprleft = o.oprleft AND t.oprright = o.oprright
        AND t.oprcode = w.twin AND t.oprrest = o.oprrest AND t.oprjoin = o.oprjoin
    LEFT JOIN pg_operator AS n ON n.oid = t.oprnegate AND n.oprnamespace = 'loupe'::regnamespace
    WHERE o.oprnamespace = 'pg_catalog'::regnamespace AND o.oprnegate <> 0 AND n.oid IS NULL$$,
    'operators with a negator have a twin whose negator is a twin');

-- Data.
CREATE TABLE measured.item (id int PRIMARY KEY, name text, tags int[], doc jsonb, body text,
                            words text[], shape polygon, line path);
INSERT INTO measured.item
SELECT i, 'n' || i, ARRAY[i % 500, i % 7], jsonb_build_object('n', i % 900, 'list', ARRAY[i, 2]),
       'word' || i % 800 || ' fox ' || i, ARRAY['w' || i % 50], polygon(4, circle(point(i, i), 1)),
       path(polygon(4, circle(point(i, i), 1)))
FROM generate_series(1, 20000) AS i;
CREATE INDEX item_tags ON measured.item USING gin (tags);
CREATE INDEX item_doc ON measured.item USING gin (doc jsonb_path_ops);
CREATE INDEX item_body ON measured.item USING gin (to_tsvector('english', body));
CREATE INDEX item_name ON measured.item (name text_pattern_ops);
CREATE INDEX item_part ON measured.item (split_part(body, ' ', 1));
CREATE INDEX item_some ON measured.item (id) WHERE replace(name, 'n', '') LIKE '%77';
CREATE INDEX item_shape ON measured.item USING gist (shape);
ANALYZE measured.item;

-- Results are those of the statement itself.
CREATE FUNCTION measured.direct(statement text) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE
    rows jsonb;
BEGIN
    EXECUTE 'SELECT coalesce(jsonb_agg(row_to_json(q)), ''[]'') FROM (' || statement || ') AS q'
    INTO rows;
    RETURN (SELECT coalesce(jsonb_agg(r -> 'v'), '[]') FROM jsonb_array_elements(rows) AS r);
END $$;
CREATE FUNCTION measured.gated(statement text) RETURNS jsonb LANGUAGE sql AS $$
    SELECT coalesce(jsonb_agg(r -> 0), '[]')
    FROM jsonb_array_elements(loupe.run_sql(statement) -> 'rows') AS r $$;

SELECT is(measured.gated(statement), measured.direct(statement), 'same result: ' || statement)
FROM (VALUES
    ('SELECT strpos(name, ''7'') AS v FROM item WHERE id < 99 ORDER BY id'),
    ('SELECT position(''7'' IN name) AS v FROM item WHERE id < 99 ORDER BY id'),
    ('SELECT replace(name, ''n'', ''m'') AS v FROM item WHERE id < 99 ORDER BY id'),
    ('SELECT split_part(body, '' '', 2) AS v FROM item WHERE id < 9 ORDER BY id'),
    ('SELECT string_to_array(body, '' '')::text AS v FROM item WHERE id < 9 ORDER BY id'),
    ('SELECT string_to_array(body, NULL)::text AS v FROM item WHERE id < 3 ORDER BY id'),
    ('SELECT string_to_array(NULL, '' '') IS NULL AS v'),
    ('SELECT v FROM string_to_table(''a b c'', '' '') AS v'),
    ('SELECT string_to_table(body, '' '') AS v FROM item WHERE id = 9'),
    ('SELECT string_to_table(''a b c'', '' '', ''b'') AS v'),
    ('SELECT btrim(name, ''n1'') AS v FROM item WHERE id < 99 ORDER BY id'),
    ('SELECT translate(name, ''n1'', ''m'') AS v FROM item WHERE id < 99 ORDER BY id'),
    ('SELECT normalize(name, NFKC) AS v FROM item WHERE id < 9 ORDER BY id'),
    ('SELECT name IS NORMALIZED AS v FROM item WHERE id < 9 ORDER BY id'),
    ('SELECT count(*) AS v FROM item WHERE tags && ARRAY[3, 499]'),
    ('SELECT count(*) AS v FROM item WHERE tags @> ARRAY[3, 499]'),
    ('SELECT count(*) AS v FROM item WHERE NOT tags <@ ARRAY[3, 4, 5]'),
    ('SELECT count(*) AS v FROM item WHERE words && ARRAY[''w3'']'),
    ('SELECT count(*) AS v FROM item WHERE doc @> ''{"n": 3}'''),
    ('SELECT count(*) AS v FROM item WHERE ''{"n": 3, "list": [3, 2]}''::jsonb <@ doc'),
    ('SELECT (doc - ARRAY[''list''])::text AS v FROM item WHERE id = 3'),
    ('SELECT count(*) AS v FROM item WHERE name LIKE ''n77%'''),
    ('SELECT count(*) AS v FROM item WHERE name LIKE ''%'' || (id % 10)'),
    ('SELECT count(*) AS v FROM item WHERE NOT (name LIKE ''%'' || (id % 10))'),
    ('SELECT count(*) AS v FROM item WHERE name NOT ILIKE ''N'' || (id % 10) || ''%'''),
    ('SELECT count(*) AS v FROM item WHERE name LIKE ANY (ARRAY[''n1%'', body])'),
    ('SELECT count(*) AS v FROM item WHERE NOT name LIKE ANY (ARRAY[''n1%'', body])'),
    ('SELECT count(*) AS v FROM item WHERE name LIKE (''n1'' || chr(id % 9 + 48)) ESCAPE ''x'''),
    ('SELECT count(*) AS v FROM item WHERE name = ANY (string_to_array(body, '' ''))'),
    ('SELECT count(*) AS v FROM item WHERE shape && polygon ''((1,1),(9,9),(1,9))'''),
    ('SELECT (shape <-> polygon ''((1,1),(9,9),(1,9))'')::int AS v FROM item WHERE id = 44'),
    ('SELECT (line <-> path ''((1,1),(9,9),(1,9))'')::int AS v FROM item WHERE id = 44'),
    ('SELECT count(*) AS v FROM item WHERE to_tsvector(''english'', body) @@ plainto_tsquery(''english'', ''word3 fox'')'),
    ('SELECT ts_rank(to_tsvector(''english'', body), to_tsquery(''english'', ''fox''))::text AS v FROM item WHERE id = 3'),
    ('SELECT xpath(''/a/b/text()'', ''<a><b>1</b></a>''::xml)::text AS v'),
    ('SELECT xmlexists(''/a/b'' PASSING ''<a><b>1</b></a>''::xml) AS v'),
    ('SELECT xml_is_well_formed(body) AS v FROM item WHERE id = 3'),
    ('SELECT count(*) AS v FROM item AS i JOIN item AS j ON i.tags @> j.tags AND j.id < 9')
) AS s (statement);

-- The verdict names what the statement names.
SELECT is((validate_sql('SELECT strpos(name, ''7'') FROM item')).functions::text,
          '{"strpos(text,text)"}', 'the verdict names the original');

SELECT * FROM finish();
ROLLBACK;
