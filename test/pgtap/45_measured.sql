-- Measured twins: every built-in that heeds no cancel has one with its properties, the gate calls
-- it in the built-in's place, plans and results stay, what is too large ends at once with LP707.
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
SELECT is((SELECT count(*) FROM measured.twin), 81::bigint, 'number of twins');
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
        'jsonb_contains', 'jsonb_delete', 'jsonb_exists_all',
        'jsonb_exists_any', 'position', 'replace', 'split_part', 'string_to_array',
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
    FROM measured.twin AS w
    JOIN pg_proc AS t ON t.oid = w.twin
    JOIN pg_proc AS p ON p.oid = w.original
    WHERE (t.prorettype, t.proretset, t.provolatile, t.proisstrict, t.proparallel, t.procost,
           t.prorows, t.prosupport, t.proleakproof, t.provariadic, t.pronargdefaults,
           pg_get_expr(t.proargdefaults, 0), t.proargnames)
       IS DISTINCT FROM
          (p.prorettype, p.proretset, p.provolatile, p.proisstrict, p.proparallel, p.procost,
           p.prorows, p.prosupport, p.proleakproof, p.provariadic, p.pronargdefaults,
           pg_get_expr(p.proargdefaults, 0), p.proargnames)$$,
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
CREATE FUNCTION measured.can_run(statement text) RETURNS boolean LANGUAGE plpgsql AS $$
BEGIN
    IF statement ~ 'xml|xpath' THEN
        PERFORM '<a/>'::xml;
    END IF;
    RETURN true;
EXCEPTION WHEN feature_not_supported THEN
    RETURN false;
END $$;
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
    ('SELECT count(*) AS v FROM item WHERE to_tsvector(''english'', body)
        @@ plainto_tsquery(''english'', ''word3 fox'')'),
    ('SELECT ts_rank(to_tsvector(''english'', body), to_tsquery(''english'', ''fox''))::text AS v
      FROM item WHERE id = 3'),
    ('SELECT xpath(''/a/b/text()'', ''<a><b>1</b></a>''::xml)::text AS v'),
    ('SELECT xmlexists(''/a/b'' PASSING (''<a><b>1</b></a>''::xml)) AS v'),
    ('SELECT xml_is_well_formed(body) AS v FROM item WHERE id = 3'),
    ('SELECT count(*) AS v FROM item AS i JOIN item AS j ON i.tags @> j.tags AND j.id < 9')
) AS s (statement)
WHERE measured.can_run(statement);

-- Plans: the same cost and rows as the planner gives the statement itself.
CREATE FUNCTION measured.cost_of(statement text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
    plan json;
BEGIN
    EXECUTE 'EXPLAIN (FORMAT json) ' || statement INTO plan;
    plan := plan -> 0 -> 'Plan';
    RETURN format('%s %s', plan ->> 'Total Cost', plan ->> 'Plan Rows');
END $$;
CREATE FUNCTION measured.lines(statement text) RETURNS SETOF text LANGUAGE plpgsql AS $$
BEGIN
    RETURN QUERY EXECUTE 'EXPLAIN (COSTS off) ' || statement;
END $$;
CREATE FUNCTION measured.gated_cost_of(statement text) RETURNS text LANGUAGE sql AS $$
    SELECT format('%s %s', round(v.estimated_cost::numeric, 2), v.estimated_rows)
    FROM validate_sql(statement) AS v $$;

SET work_mem = '64MB';
SELECT is(measured.gated_cost_of(statement), measured.cost_of(statement), 'plan: ' || statement)
FROM (VALUES
    ('SELECT * FROM item WHERE tags @> ARRAY[3, 499]'),
    ('SELECT * FROM item WHERE tags && ARRAY[3, 499]'),
    ('SELECT * FROM item WHERE ARRAY[3, 499] <@ tags'),
    ('SELECT * FROM item WHERE doc @> ''{"n": 3}'''),
    ('SELECT * FROM item WHERE doc @> jsonb_build_object(''n'', 3)'),
    ('SELECT * FROM item WHERE to_tsvector(''english'', body) @@ plainto_tsquery(''word3 fox'')'),
    ('SELECT * FROM item WHERE to_tsvector(''english'', body) @@ to_tsquery(''fox & w'')'),
    ('SELECT * FROM item WHERE name LIKE ''n77%'''),
    ('SELECT * FROM item WHERE name LIKE ''n'' || 77 || ''%'''),
    ('SELECT * FROM item WHERE name LIKE replace(''m77%'', ''m'', ''n'')'),
    ('SELECT * FROM item WHERE name NOT LIKE ''n77%'''),
    ('SELECT * FROM item WHERE name LIKE ''%'' || body'),
    ('SELECT * FROM item WHERE NOT (name ILIKE ''%'' || body)'),
    ('SELECT * FROM item WHERE name LIKE ANY (ARRAY[''n1%'', ''n2%''])'),
    ('SELECT * FROM item WHERE split_part(body, '' '', 1) = ''word7'''),
    ('SELECT split_part(body, '' '', 1), count(*) FROM item GROUP BY 1'),
    ('SELECT id FROM item WHERE replace(name, ''n'', '''') LIKE ''%77'' ORDER BY id'),
    ('SELECT * FROM item WHERE shape && polygon ''((1,1),(9,9),(1,9))'''),
    ('SELECT * FROM item WHERE shape ~= polygon ''((1,1),(9,9),(1,9))'''),
    ('SELECT count(*) FROM item AS i JOIN item AS j ON i.tags @> j.tags AND j.id < 9'),
    ('SELECT count(*) FROM item AS i JOIN item AS j ON i.name LIKE j.name || ''%'' AND j.id < 9'),
    ('SELECT * FROM item WHERE name = ANY (string_to_array(''n1 n2'', '' ''))'),
    ('SELECT * FROM item, string_to_table(body, '' '') AS w')
) AS s (statement);
SET parallel_setup_cost = 0;
SET parallel_tuple_cost = 0;
SET min_parallel_table_scan_size = 0;
CREATE TABLE measured.spread AS SELECT * FROM (VALUES
    ('SELECT count(*) AS v FROM item WHERE name LIKE ''%'' || split_part(body, '' '', 3)'),
    ('SELECT count(*) AS v FROM item WHERE strpos(body, name) = 0 AND words && ARRAY[''w1'']')
) AS s (statement);
SELECT is(measured.gated_cost_of(statement), measured.cost_of(statement), 'workers: ' || statement)
FROM measured.spread;
SELECT is(measured.gated(statement), measured.direct(statement), 'result of workers: ' || statement)
FROM measured.spread;
SELECT matches((SELECT string_agg(line, ' ') FROM measured.lines('SELECT count(*) AS v FROM item
    WHERE name LIKE ''%'' || split_part(body, '' '', 3)') AS line), 'Parallel Seq Scan',
    'the parallel plan is one');
RESET parallel_setup_cost;
RESET parallel_tuple_cost;
RESET min_parallel_table_scan_size;
RESET work_mem;

-- Too large: at run time, at once: what is large has to be made first, which takes a busy machine some
-- seconds; what the built-in would make of it takes minutes.
CREATE FUNCTION measured.ends_at_once(statement text, state text, what text) RETURNS SETOF text
    LANGUAGE plpgsql AS $$
DECLARE
    start timestamptz := clock_timestamp();
    found text := '00000';
BEGIN
    BEGIN
        PERFORM loupe.run_sql(statement);
    EXCEPTION WHEN OTHERS THEN
        found := SQLSTATE;
    END;
    RETURN NEXT is(found, state, what);
    RETURN NEXT cmp_ok(clock_timestamp() - start, '<', '30 s'::interval, what || ': at once');
END $$;
CREATE TABLE measured.big AS
SELECT repeat('a', 300000) || 'a' AS t, repeat('b', 300000) || 'a' AS u,
       repeat('a', 300000)::bytea AS b,
       (SELECT array_agg(i) FROM generate_series(1, 50000) AS i) AS n,
       (SELECT array_agg(i) FROM generate_series(50001, 100000) AS i) AS m,
       array_fill(NULL::int, ARRAY[3000000]) AS none, repeat('1', 300000)::varbit AS bits,
       (SELECT jsonb_agg(i) FROM generate_series(1, 30000) AS i) AS j,
       polygon(20000, '<(0,0),1>') AS p, path(polygon(9000, '<(0,0),1>')) AS l,
       NULL::xml AS x,
       (SELECT string_agg('w' || i, '|') FROM generate_series(1, 600) AS i) AS q;
UPDATE measured.big SET x = ('<a>' || repeat('x', 1100000) || '</a>')::xml
WHERE measured.can_run('SELECT xml');
SELECT measured.ends_at_once(statement, 'LP707', 'too large: ' || statement) FROM (VALUES
    ('SELECT strpos(t, u) FROM big'),
    ('SELECT position(u IN t) FROM big'),
    ('SELECT position(b IN b) FROM big'),
    ('SELECT position(bits IN bits || bits) FROM big'),
    ('SELECT replace(t, u, t) FROM big'),
    ('SELECT split_part(t, u, 1) FROM big'),
    ('SELECT string_to_array(t, u) FROM big'),
    ('SELECT * FROM big, string_to_table(t, u)'),
    ('SELECT btrim(t, u), ltrim(t, u) FROM big'),
    ('SELECT rtrim(b, b) FROM big'),
    ('SELECT translate(t, u, t) FROM big'),
    ('SELECT normalize(t) FROM big'),
    ('SELECT t IS NFKC NORMALIZED FROM big'),
    ('SELECT n && m FROM big'),
    ('SELECT n <@ m FROM big'),
    ('SELECT none @> m FROM big'),
    ('SELECT array_agg(a.id) && array_agg(b.id) FROM item AS a, (SELECT id FROM item) AS b
      WHERE a.id % 100 = b.id % 100 AND a.id < 2000'),
    ('SELECT j @> j FROM big'),
    ('SELECT j - none::text[] FROM big'),
    ('SELECT p && p FROM big'),
    ('SELECT p <-> p FROM big'),
    ('SELECT l <-> l FROM big'),
    ('SELECT plainto_tsquery(t) FROM big'),
    ('SELECT to_tsquery(''english'', t) FROM big'),
    ('SELECT xml_is_well_formed(t) FROM big'),
    ('SELECT t::xml FROM big'),
    ('SELECT ts_rank(''a b''::tsvector, q::tsquery) FROM big'),
    ('SELECT ts_rank_cd(''{1, 1, 1, 1}'', ''a b''::tsvector, q::tsquery, 2) FROM big'),
    ('SELECT xpath(''/a'', x) FROM big'),
    ('SELECT xpath_exists(''/a'', x) FROM big'),
    ('SELECT t LIKE u FROM big'),
    ('SELECT NOT (t LIKE u) FROM big'),
    ('SELECT NOT (t ILIKE ANY (ARRAY[u, t])) FROM big'),
    ('SELECT count(*) FROM big WHERE NOT (t NOT LIKE u)'),
    ('SELECT b NOT LIKE b FROM big'),
    ('SELECT btrim((s).t, (s).u) FROM (SELECT s FROM (SELECT repeat(''a'', 300000) || ''a'' AS t,
        repeat(''b'', 300000) || ''a'' AS u OFFSET 0) AS s OFFSET 0) AS q')
) AS s (statement)
WHERE measured.can_run(statement);

-- What honest statements ask for is not too large.
SELECT measured.ends_at_once(statement, '00000', 'large enough: ' || statement) FROM (VALUES
    ('SELECT array_agg(id) && array_agg(-id) FROM item'),
    ('SELECT array_agg(name) && array_agg(''x'' || name) FROM item'),
    ('SELECT strpos(string_agg(body, '' ''), ''needle'') FROM item'),
    ('SELECT replace(string_agg(body, '' ''), ''fox'', ''dog'') <> '''' FROM item'),
    ('SELECT btrim(string_agg(body, '' ''), ''word '') <> '''' FROM item')
) AS s (statement);

-- Too large when the planner computes it: a verdict.
SELECT is((validate_sql(statement)).rule, 'argument_size', 'planned: ' || statement) FROM (VALUES
    ('SELECT 1 WHERE strpos(repeat(''a'', 200000), repeat(''b'', 100000)) = 0'),
    ('SELECT 1 FROM item WHERE tags @> ARRAY[strpos(repeat(''a'', 200000), repeat(''b'', 90000))]'),
    ('SELECT 1 WHERE array_fill(1, ARRAY[90000]) && array_fill(2, ARRAY[90000])'),
    ('SELECT 1 WHERE NOT (repeat(''a'', 1000000) LIKE replace(''xx'', ''x'', repeat(''b'', 9999)))')
) AS s (statement);
SELECT is(v.message || ' ' || v.hint,
          'arguments of strpos() are too large together Work on shorter values.', 'its message')
FROM validate_sql('SELECT 1 WHERE strpos(repeat(''a'', 200000), repeat(''b'', 100000)) = 0') AS v;

-- Views and row-level security are measured too.
CREATE VIEW measured.found AS SELECT strpos(t, u) AS v, t, u FROM measured.big;
SELECT measured.ends_at_once('SELECT v FROM found', 'LP707', 'a view');
CREATE TABLE measured.guarded AS SELECT t, u FROM measured.big;
ALTER TABLE measured.guarded ENABLE ROW LEVEL SECURITY;
CREATE POLICY guard ON measured.guarded USING (NOT t LIKE u);
CREATE ROLE loupe_measured;
GRANT USAGE ON SCHEMA measured TO loupe_measured;
GRANT SELECT ON measured.guarded TO loupe_measured;
SET LOCAL ROLE loupe_measured;
SELECT measured.ends_at_once('SELECT count(*) FROM guarded', 'LP707', 'a policy');
RESET ROLE;

-- A user's operator may not lead to the original by its negator.
CREATE OPERATOR measured.<&> (LEFTARG = anyarray, RIGHTARG = anyarray, FUNCTION = arrayoverlap);
CREATE OPERATOR measured.<!> (LEFTARG = anyarray, RIGHTARG = anyarray, FUNCTION = arraycontains,
                              NEGATOR = OPERATOR(measured.<&>));
SELECT is((validate_sql('SELECT NOT (n <!> m) FROM big')).accepted, false, 'a negated operator');
CREATE OPERATOR measured.<#&> (LEFTARG = anyarray, RIGHTARG = anyarray, FUNCTION = arrayoverlap);
SELECT measured.ends_at_once('SELECT n <#&> m FROM big', 'LP707', 'an operator of a user');

-- Called as what they are not.
CREATE FUNCTION measured._no_twin(text) RETURNS text LANGUAGE c AS '$libdir/pg_loupe',
    'loupe_measured_call';
SELECT throws_ok('SELECT measured._no_twin(''a'')', 'XX000',
                 'function is no measured twin of a built-in', 'another function on the symbol');
SELECT is(loupe._strpos('needle in a haystack', 'hay'), 13, 'a twin called by name');
SELECT is((validate_sql('SELECT loupe._strpos(''a'', ''b'')')).accepted, false,
          'no twin is called by a gated statement');

-- The verdict names what the statement names.
SELECT is((validate_sql('SELECT strpos(name, ''7'') FROM item')).functions::text,
          '{"strpos(text,text)"}', 'the verdict names the original');

SELECT * FROM finish();
ROLLBACK;
