-- What the judge says, rule by rule, and that it says it without raising or running anything.
BEGIN;
SET client_min_messages = warning;
CREATE EXTENSION IF NOT EXISTS pgtap;
CREATE EXTENSION IF NOT EXISTS pg_loupe;
SELECT no_plan();

CREATE SCHEMA judge;
SET search_path = judge, public;
CREATE TABLE judge.item (id int PRIMARY KEY, name text, code varchar(10), price numeric, doc xml,
                         attributes jsonb, shape polygon);
INSERT INTO judge.item
SELECT i, 'n' || i, 'c' || i, i * 1.5, NULL, jsonb_build_object('n', i)
FROM generate_series(1, 1000) AS i;
ANALYZE judge.item;
CREATE SEQUENCE judge.counter;

-- Everything that a hostile role could put in the way; each would write a row if it ran.
CREATE TABLE judge.trap (what text);
CREATE FUNCTION judge.spring(what text) RETURNS int LANGUAGE plpgsql VOLATILE AS
$$ BEGIN INSERT INTO judge.trap VALUES (what); RETURN 1; END $$;
CREATE FUNCTION judge.spring_immutable(value int) RETURNS int LANGUAGE plpgsql IMMUTABLE AS
$$ BEGIN RAISE EXCEPTION 'spring_immutable ran'; END $$;
CREATE FUNCTION judge.is_same(a int, b int) RETURNS boolean LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'is_same ran'; END $$;
CREATE FUNCTION judge.lower(varchar) RETURNS text LANGUAGE plpgsql IMMUTABLE AS
$$ BEGIN RAISE EXCEPTION 'lower ran'; END $$;
CREATE OPERATOR judge.=== (LEFTARG = int, RIGHTARG = int, FUNCTION = judge.is_same);
-- The operator itself is harmless; what NOT turns it into is not.
CREATE OPERATOR judge.<~> (LEFTARG = int, RIGHTARG = int, FUNCTION = int4ne);
CREATE OPERATOR judge.=~= (LEFTARG = int, RIGHTARG = int, FUNCTION = judge.is_same,
                           NEGATOR = OPERATOR(judge.<~>));
CREATE TYPE judge.mood AS ENUM ('good', 'bad');
CREATE FUNCTION judge.mood_int(judge.mood) RETURNS int LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'mood_int ran'; END $$;
CREATE CAST (judge.mood AS int) WITH FUNCTION judge.mood_int(judge.mood) AS IMPLICIT;
CREATE TYPE judge.shade AS ENUM ('dark', 'light');
CREATE FUNCTION judge.shade_json(judge.shade) RETURNS json LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'shade_json ran'; END $$;
CREATE CAST (judge.shade AS json) WITH FUNCTION judge.shade_json(judge.shade);
CREATE DOMAIN judge.checked AS int CHECK (judge.spring_immutable(VALUE) > 0);
CREATE DOMAIN judge.positive AS int CHECK (VALUE > 0);
CREATE TYPE judge.holder AS (id int, value judge.checked);
CREATE VIEW judge.trapped AS SELECT id, judge.spring('view') AS v FROM judge.item;
CREATE VIEW judge.plain AS SELECT id, name FROM judge.item WHERE id > 3;
CREATE VIEW judge.roles AS SELECT rolname FROM pg_roles;
CREATE TABLE judge.guarded (id int);
ALTER TABLE judge.guarded ENABLE ROW LEVEL SECURITY;
CREATE POLICY guard ON judge.guarded USING (judge.spring('policy') = 1);
CREATE ROLE loupe_judged;
GRANT USAGE ON SCHEMA judge TO loupe_judged;
GRANT SELECT ON judge.guarded TO loupe_judged;
GRANT SELECT (id, name) ON judge.item TO loupe_judged;

CREATE FUNCTION judge.verdict_of(statement text) RETURNS text LANGUAGE sql AS
$$ SELECT coalesce(v.rule, 'accepted') FROM validate_sql(statement) AS v $$;

SELECT is(judge.verdict_of(statement), 'accepted', 'accepted: ' || left(statement, 60)) FROM (VALUES
    ('SELECT 1'), ('SELECT 1;'), ('VALUES (1), (2)'), ('TABLE judge.item'),
    ('SELECT * FROM judge.plain'), ('SELECT count(*), sum(price) FROM judge.item GROUP BY name'),
    ('SELECT ''good''::judge.mood'), ('SELECT 3::judge.positive'),
    ('SELECT lower(name) FROM judge.item WHERE name LIKE ''n1%'''),
    ('SELECT rank() OVER (ORDER BY price) FROM judge.item'),
    ('SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY price) FROM judge.item'),
    ('WITH RECURSIVE t (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM t WHERE n < 9) TABLE t'),
    ('WITH RECURSIVE t (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM t WHERE n < 9)
      CYCLE n SET c USING p SELECT n FROM t'),
    ('SELECT repeat(''-'', 3) || lpad(name, 20) FROM judge.item'),
    ('SELECT repeat(''#'', id) FROM judge.item'),
    ('SELECT format(''%s: %10s'', name, id) FROM judge.item'),
    ('SELECT xpath(''/a/b/text()'', doc) FROM judge.item'),
    ('SELECT jsonb_path_query(attributes, ''$.n'') FROM judge.item'),
    ('SELECT * FROM judge.item TABLESAMPLE SYSTEM (10)'),
    ('SELECT name ~ ''^n[0-9]+$'' FROM judge.item'),
    ('SELECT d::date FROM generate_series(now() - interval ''1 year'', now(), interval ''1 day'') AS d'),
    ('SELECT tableoid::regclass FROM judge.item'),
    ('SELECT row_to_json(i) FROM judge.item AS i'),
    ('SELECT * FROM jsonb_to_record(''{"a": 1}'') AS r (a int)'),
    ('SELECT code <> ''x'' FROM judge.item'),
    ('SELECT clock_timestamp(), random(), gen_random_uuid()')) AS honest (statement);

SELECT is(judge.verdict_of(statement), rule, rule || ': ' || left(statement, 60)) FROM (VALUES
    ('sql_length', 'SELECT ''' || repeat('x', 70000) || ''''),
    ('nesting', 'SELECT ' || repeat('(', 200) || '1' || repeat(')', 200)),
    ('node_count', 'SELECT ' || repeat('1,', 9000) || '1'),
    ('depth', 'SELECT ' || repeat('1+', 2000) || '1'),
    ('grouping_sets', 'SELECT 1 FROM judge.item GROUP BY CUBE (id, name, code, price, id + 1, id + 2, id + 3)'),
    ('syntax', 'SELEC 1'), ('syntax', 'SELECT ''open'),
    ('analysis', 'SELECT missing FROM judge.item'), ('analysis', 'SELECT 1 FROM judge.missing'),
    ('single_statement', ''), ('single_statement', 'SELECT 1; SELECT 2'),
    ('select_only', 'DELETE FROM judge.item'), ('select_only', 'EXPLAIN SELECT 1'),
    ('select_only', 'SHOW ALL'), ('select_only', 'DO $x$ BEGIN END $x$'),
    ('select_into', 'SELECT 1 AS a INTO judge.copy'),
    ('row_lock', 'SELECT id FROM (SELECT id FROM judge.item FOR SHARE) AS s'),
    ('modifying_with', 'WITH d AS (DELETE FROM judge.item RETURNING 1) SELECT 1'),
    ('function', 'SELECT pg_read_file(''x'')'), ('function', 'SELECT (''x''::text).pg_read_file'),
    ('function', 'SELECT nextval(''judge.counter'')'), ('function', 'SELECT pg_sleep(1)'),
    ('function', 'SELECT set_config(''a.b'', ''c'', true)'),
    ('function', 'SELECT current_setting(''a.b'', true)'),
    ('function', 'SELECT query_to_xml(''SELECT 1'', true, true, '''')'),
    ('function', 'SELECT domain_in(''1'', ''judge.checked''::regtype, -1)'),
    ('function', 'SELECT judge.spring(''x'')'), ('function', 'SELECT judge.spring_immutable(1)'),
    ('function', 'SELECT lower(code) FROM judge.item WHERE id = 1 AND judge.lower(code) = ''c'''),
    ('function', 'SELECT 1 === 2'), ('function', 'SELECT id FROM judge.item WHERE NOT id <~> 3'),
    ('function', 'SELECT ''good''::judge.mood + 1'), ('function', 'SELECT 1::judge.checked'),
    ('function', 'SELECT NULL::judge.holder'),
    ('function', 'SELECT * FROM jsonb_to_record(''{}'') AS r (a judge.checked)'),
    ('support_function', 'SELECT to_json(''dark''::judge.shade)'),
    ('function', 'SELECT * FROM judge.trapped'), ('function', 'SELECT id FROM judge.trapped'),
    ('function', 'SELECT id FROM judge.item ORDER BY judge.spring(''x'')'),
    ('function', 'SELECT id FROM judge.item LIMIT judge.spring(''x'')'),
    ('function', 'SELECT sum(id) OVER (ORDER BY judge.spring(''x'')) FROM judge.item'),
    ('catalog', 'SELECT * FROM pg_authid'), ('catalog', 'SELECT * FROM pg_class'),
    ('catalog', 'SELECT * FROM information_schema.tables'), ('catalog', 'SELECT * FROM judge.roles'),
    ('relation_kind', 'SELECT * FROM judge.counter'),
    ('argument_size', 'SELECT repeat(''x'', 1000000000)'),
    ('argument_size', 'SELECT repeat(''x'', n) FROM (VALUES (1000000000)) AS v (n)'),
    ('argument_size', 'WITH v AS (SELECT 1000000000 AS n) SELECT repeat(''x'', n) FROM v'),
    ('argument_size', 'SELECT repeat(repeat(''x'', 30000), 30000)'),
    ('argument_size', 'SELECT lpad(''x'', 100000000)'), ('argument_size', 'SELECT ''x''::char(9000000)'),
    ('argument_size', 'SELECT format(''%1000000000s'', ''x'')'),
    ('argument_size', 'SELECT format(''%'' || ''1000000000s'', ''x'')'),
    ('argument_size', 'SELECT format(''%*s'', 1000000000, ''x'')'),
    ('argument_size', 'SELECT array_fill(0, ARRAY[100000, 1000])'),
    ('argument_size', 'SELECT count(*) FROM generate_series(1, 1000000000000)'),
    ('argument_size', 'SELECT count(*) FROM generate_series(timestamp ''0001-01-01'', ''9999-12-31'', interval ''1 us'')'),
    ('argument_size', 'SELECT factorial(30000)'), ('argument_size', 'SELECT 10::numeric ^ 130000'),
    ('argument_size', 'SELECT exp(4999.0)'), ('argument_size', 'SELECT 1e5000 * 2'),
    ('argument_size', 'SELECT ''aa'' ~ ''^(a+)+$'''), ('argument_size', 'SELECT ''aa'' ~ ''(a)\1'''),
    ('argument_size', 'SELECT name ~ (''(a'' || ''+)+'') FROM judge.item'),
    ('argument_size', 'SELECT name ~ reverse(''+)+a('') FROM judge.item'),
    ('argument_size', 'SELECT name LIKE repeat(''%a'', 20000) FROM judge.item'),
    ('argument_size', 'SELECT jsonb_path_query(attributes, ''$ ? (@ like_regex "(a+)+")'') FROM judge.item'),
    ('argument_size', 'SELECT xpath(''//a[//b]'', doc) FROM judge.item'),
    ('argument_size', 'SELECT xpath(name, doc) FROM judge.item'),
    ('argument_size', 'SELECT xmlparse(document ''<!DOCTYPE a [<!ENTITY b "c">]><a/>'')'),
    ('argument_size', 'SELECT array_fill(1, ARRAY[90000]) && array_fill(2, ARRAY[90000])'),
    ('argument_size', 'SELECT polygon(1000000, circle ''((0,0),1)'')'),
    ('cost', 'SELECT count(*) FROM judge.item a, judge.item b, judge.item c')) AS hostile (rule, statement);

SELECT is_empty('TABLE judge.trap', 'judging ran nothing');

-- The verdict tells where, what and why.
SELECT is((v.object, v.stage, v.position), ('pg_sleep(double precision)'::text, 'analyze'::text, 16),
          'object, stage and position of a function')
FROM validate_sql('SELECT 1 AS a, pg_sleep(1)') AS v;
SELECT is(v.hint, 'It makes the server wait.', 'the hint is the reason on the list')
FROM validate_sql('SELECT pg_sleep(1)') AS v;
SELECT is((v.object, v.position), ('pg_catalog.pg_authid'::text, 20), 'a relation is pointed at')
FROM validate_sql('SELECT 1 FROM      pg_authid') AS v;
SELECT is((v.stage, v.position), ('parse'::text, 10), 'a syntax error is pointed at')
FROM validate_sql('SELECT 1 1') AS v;
SELECT is(v.position, 13, 'positions count characters, not bytes')
FROM validate_sql('SELECT ''é'', pg_sleep(1)') AS v;
SELECT ok(v.relations @> '{judge.plain,judge.item}', 'relations, those behind views included')
FROM validate_sql('SELECT lower(name) FROM judge.plain') AS v;
SELECT ok(v.columns @> '{judge.item.name,judge.item.id}', 'columns, those behind views included')
FROM validate_sql('SELECT lower(name) FROM judge.plain') AS v;
SELECT is(v.functions, '{lower(text)}'::text[], 'functions that are called')
FROM validate_sql('SELECT lower(name) FROM judge.item') AS v;
SELECT ok(v.estimated_cost > 0 AND v.estimated_rows = 1000, 'cost and rows as the planner sees them')
FROM validate_sql('SELECT id FROM judge.item') AS v;
SELECT ok(v.estimated_cost IS NULL, 'what is refused earlier is not planned')
FROM validate_sql('SELECT judge.spring_immutable(1)') AS v;

-- Schemas as an argument are all that may be read.
SELECT is((validate_sql('SELECT id FROM judge.item', '{judge}')).accepted, true, 'a named schema');
SELECT is((validate_sql('SELECT id FROM judge.item', '{public}')).rule, 'schema', 'another schema');
SELECT throws_ok($$ SELECT validate_sql('SELECT 1', '{jugde}') $$, '22023', NULL,
                 'a schema that does not exist');

-- Rights, before planning.
SET ROLE loupe_judged;
SELECT is((v.rule, v.stage, v.object), ('privilege'::text, 'acl'::text, 'judge.trap'::text),
          'a table without rights') FROM validate_sql('SELECT * FROM judge.trap') AS v;
SELECT is((validate_sql('SELECT price FROM judge.item')).rule, 'privilege',
          'a column without rights');
SELECT is((validate_sql('SELECT name FROM judge.item')).accepted, true, 'a column with rights');
SELECT is((validate_sql('SELECT * FROM judge.guarded')).rule, 'function',
          'policies of row-level security are judged');
RESET ROLE;

-- run_sql runs what was accepted and refuses the rest by the same rules.
SELECT is(loupe.run_sql('SELECT 1 AS a, ''x'' AS b, 2 AS a'),
          '{"columns": [{"name": "a", "type": "integer"}, {"name": "b", "type": "text"},
                        {"name": "a", "type": "integer"}],
            "rows": [[1, "x", 2]], "row_count": 1}'::jsonb, 'columns and rows; names may repeat');
SELECT is(loupe.run_sql('SELECT timestamptz ''2024-03-07 15:04:05+00''') -> 'rows',
          '[["2024-03-07T15:04:05+00:00"]]'::jsonb, 'times keep their offset');
SELECT throws_ok($$ SELECT loupe.run_sql('SELECT pg_sleep(1)') $$, 'LP701',
                 'function pg_sleep(double precision) may not be called', 'refused');
SELECT throws_ok($$ SELECT loupe.run_sql('SELECT id FROM judge.item', max_rows => 10) $$, 'LP702',
                 'result has more than 10 rows', 'max_rows');
SELECT throws_ok($$ SELECT loupe.run_sql('SELECT 1', max_rows => 0) $$, '22023', NULL,
                 'max_rows of nothing');
SELECT throws_ok($$ SELECT loupe.run_sql(NULL) $$, '22004', NULL, 'no statement');
SELECT throws_ok($$ SELECT validate_sql(NULL) $$, '22004', NULL, 'no statement to judge');

SELECT * FROM finish();
ROLLBACK;
