-- Sketches of distinct values: what they count, that parts unite to the whole byte for byte, and that
-- bytes from outside, other roles' functions and every type of the server find them prepared.
BEGIN;
SET client_min_messages = warning;
CREATE EXTENSION IF NOT EXISTS pgtap;
CREATE EXTENSION IF NOT EXISTS pg_loupe;
SELECT no_plan();

CREATE SCHEMA sketch;
SET search_path = sketch, public;
CREATE TABLE sketch.item AS
SELECT n, n % 50 AS part, 'n' || n AS name, CASE WHEN n % 3 > 0 THEN n END AS partly
FROM generate_series(1, 20000) AS n;
ANALYZE sketch.item;

-- What they count.
SELECT is(approx_distinct(part), 50::bigint, 'few values are counted exactly') FROM sketch.item;
SELECT is(approx_distinct(n), 3000::bigint, 'so are three thousand')
FROM sketch.item WHERE n <= 3000;
SELECT cmp_ok(abs(approx_distinct(name) - 20000), '<', 400::bigint, 'many within two percent')
FROM sketch.item;
SELECT is(approx_distinct(partly), approx_distinct(n) FILTER (WHERE partly IS NOT NULL),
          'nulls are left out') FROM sketch.item;
SELECT is(approx_distinct(n), 0::bigint, 'no rows give 0') FROM sketch.item WHERE n < 0;
SELECT is(approx_distinct(n), 0::bigint, 'nulls alone give 0')
FROM (VALUES (NULL::int), (NULL)) AS v (n);
SELECT is(distinct_sketch_agg(n)::text, '44016c0e00000000', 'no rows give a sketch of no values')
FROM sketch.item WHERE n < 0;
SELECT is(distinct_sketch_merge_agg(NULL)::text, '44016c0e00000000', 'no sketches unite to none');
SELECT is(distinct_of(NULL), NULL::bigint, 'the count of NULL is NULL');
SELECT is(distinct_of(distinct_sketch_agg(n)), approx_distinct(n),
          'the state counts what the aggregate does') FROM sketch.item;
SELECT is(array_agg(windowed), array_agg(least(n, 10)::bigint), 'a window may move')
FROM (SELECT n, approx_distinct(n) OVER (ORDER BY n ROWS 9 PRECEDING) AS windowed
      FROM sketch.item WHERE n <= 100) AS w;
SELECT is(approx_distinct(DISTINCT part), 50::bigint, 'DISTINCT inside does no harm')
FROM sketch.item;

-- Parts unite to the whole, whatever the order and however they travel.
CREATE FUNCTION sketch.united(most int, parts int) RETURNS text LANGUAGE sql AS
$$ SELECT distinct_sketch_merge_agg(part)::text
   FROM (SELECT distinct_sketch_agg(n) AS part FROM sketch.item WHERE n <= most GROUP BY n % parts)
        AS p $$;
SELECT is(sketch.united(most, parts),
          (SELECT distinct_sketch_agg(n ORDER BY n DESC)::text FROM sketch.item WHERE n <= most),
          format('%s parts of %s values unite to the whole', parts, most))
FROM (VALUES (0, 1), (1, 1), (13, 4), (3072, 7), (3073, 7), (20000, 2), (20000, 500))
     AS v (most, parts);
CREATE TABLE sketch.stored AS
SELECT part, distinct_sketch_agg(name) AS sketch FROM sketch.item GROUP BY part
UNION ALL SELECT -1, distinct_sketch_agg(name) FROM sketch.item;
CREATE TABLE sketch.before AS SELECT part, sketch::text AS text FROM sketch.stored;
SELECT is(distinct_sketch_merge_agg(sketch)::text,
          (SELECT distinct_sketch_agg(name)::text FROM sketch.item),
          'stored sketches unite to the whole') FROM sketch.stored WHERE part >= 0;
SELECT results_eq('SELECT part, sketch::text FROM sketch.stored ORDER BY part',
                  'SELECT part, text FROM sketch.before ORDER BY part',
                  'uniting leaves the sketches as they were');
SELECT results_eq('SELECT part, text::distinct_sketch::text FROM sketch.before ORDER BY part',
                  'SELECT part, text FROM sketch.before ORDER BY part',
                  'the text form comes back as it was');
SELECT is(loupe._distinct_sketch_send(sketch), decode(sketch::text, 'hex'),
          'the binary form has the bytes of the text') FROM sketch.stored WHERE part = -1;

-- In parallel: the same bytes.
CREATE FUNCTION sketch.plan_of(statement text) RETURNS text LANGUAGE plpgsql AS
$$ DECLARE line text; all_lines text := '';
   BEGIN
       FOR line IN EXECUTE 'EXPLAIN (COSTS OFF) ' || statement LOOP
           all_lines := all_lines || line || E'\n';
       END LOOP;
       RETURN all_lines;
   END $$;
SET LOCAL parallel_setup_cost = 0;
SET LOCAL parallel_tuple_cost = 0;
SET LOCAL min_parallel_table_scan_size = 0;
SET LOCAL max_parallel_workers_per_gather = 2;
SELECT matches(sketch.plan_of('SELECT approx_distinct(n) FROM sketch.item'),
               'Finalize Aggregate.*Gather.*Partial Aggregate', 'it is aggregated in parallel');
SELECT is(distinct_sketch_agg(name)::text, (SELECT text FROM sketch.before WHERE part = -1),
          'workers make the same sketch') FROM sketch.item;
RESET max_parallel_workers_per_gather;

-- Equal values are counted once, whichever type they come in.
SELECT is(distinct_of(distinct_sketch_merge_agg(s)), 1::bigint, 'a whole number is one in every type')
FROM (SELECT distinct_sketch_agg(7::smallint) UNION ALL SELECT distinct_sketch_agg(7)
      UNION ALL SELECT distinct_sketch_agg(7::bigint) UNION ALL SELECT distinct_sketch_agg(7.00)
      UNION ALL SELECT distinct_sketch_agg(7::real) UNION ALL SELECT distinct_sketch_agg(7::float8))
     AS v (s);
SELECT is(approx_distinct(v), 1::bigint, 'numeric without regard to zeros at the end')
FROM (VALUES (1.5), (1.50), (1.500000)) AS t (v);
SELECT is(approx_distinct(v::float8), 2::bigint, 'zeros are one, and NaNs')
FROM (VALUES ('0'), ('-0'), ('NaN'), ('nan')) AS t (v);
SELECT is(approx_distinct(v::char(5)), 1::bigint, 'character without blanks at the end')
FROM (VALUES ('a'), ('a   ')) AS t (v);
SELECT is(approx_distinct(v::interval), 1::bigint, 'a month is thirty days')
FROM (VALUES ('1 month'), ('30 days'), ('720 hours'), ('31 days -24 hours')) AS t (v);
-- NULL where the server was built without ICU.
CREATE FUNCTION sketch.rough_count() RETURNS bigint LANGUAGE plpgsql AS
$$ DECLARE result bigint;
   BEGIN
       CREATE COLLATION sketch.rough (
           provider = icu, locale = 'und-u-ks-level2', deterministic = false);
       EXECUTE 'SELECT approx_distinct(v COLLATE sketch.rough) FROM (VALUES (''abc''), (''ABC'')) AS t (v)'
       INTO result;
       RETURN result;
   EXCEPTION WHEN feature_not_supported THEN RETURN NULL;
   END $$;
SELECT CASE WHEN counted IS NULL THEN skip('this server has no ICU', 1)
            ELSE is(counted, 1::bigint, 'text by its collation') END
FROM (SELECT sketch.rough_count() AS counted OFFSET 0) AS r;
CREATE TYPE sketch.mood AS ENUM ('good', 'bad');
CREATE DOMAIN sketch.count AS int;
SELECT is(distinct_sketch_agg(v::sketch.mood)::text, distinct_sketch_agg(v)::text,
          'an enum by its labels') FROM (VALUES ('good'), ('bad')) AS t (v);
SELECT is(distinct_sketch_agg(v::sketch.count)::text, distinct_sketch_agg(v)::text,
          'a domain as its base') FROM (VALUES (1), (2)) AS t (v);
SELECT is(approx_distinct(ARRAY[part, n % 2]), 50::bigint, 'arrays by their own hash')
FROM sketch.item;
SELECT is(approx_distinct(i), 50::bigint, 'rows by their own hash')
FROM (SELECT part FROM sketch.item) AS x, LATERAL (SELECT int4range(0, x.part)) AS y (i);

-- The bytes are promised: another server must find the same.
SELECT is(distinct_sketch_agg(1)::text, '44016c0e0100000002cb299f', 'those of an integer');
SELECT is(distinct_sketch_agg('a'::text)::text, '44016c0e01000000c1c44ed2', 'those of a text');
SELECT is(distinct_sketch_agg('a'::bytea)::text, '44016c0e01000000c1c44ed2', 'those of a bytea');
SELECT is(distinct_sketch_agg(0.5::float8)::text, '44016c0e01000000025ecb48', 'those of a number');
SELECT is(distinct_sketch_agg('2000-01-02'::date)::text, distinct_sketch_agg(1)::text,
          'a date is the number of its day');

-- No type of the server leaves it undecided which aggregate is meant.
CREATE FUNCTION sketch.outcome(type_name text) RETURNS text LANGUAGE plpgsql AS
$$ BEGIN
       EXECUTE format('SELECT approx_distinct(NULL::%1$s), distinct_sketch_agg(NULL::%1$s)', type_name);
       RETURN 'accepted';
   EXCEPTION WHEN OTHERS THEN RETURN SQLSTATE;
   END $$;
SELECT is_empty(
    $$ SELECT t.oid::regtype, sketch.outcome(t.oid::regtype::text) FROM pg_type t
       WHERE t.typtype IN ('b', 'e', 'r', 'm', 'd') AND t.typnamespace = 'pg_catalog'::regnamespace
         AND t.typcategory <> 'Z' AND sketch.outcome(t.oid::regtype::text) <> 'accepted' $$,
    'every type finds its aggregate');
SELECT throws_ok($$ SELECT approx_distinct('{}'::json) $$, '42883',
                 'type "json" has no extended hash function');
SELECT throws_ok($$ SELECT approx_distinct(s) FROM sketch.stored AS t (p, s) $$, '42883',
                 'type "distinct_sketch" has no extended hash function');

-- Bytes from outside.
SELECT throws_ok(format('SELECT %L::distinct_sketch', text), '22023',
                 'invalid value for type "distinct_sketch"', 'refused: ' || left(text, 40))
FROM (VALUES (''), ('44'), ('44016c0e0000000000'), ('44016c0e01000000'), ('44016c0effffffff'),
             ('44016c0e0100000000000000'), ('44016c0e020000000200000001000000'),
             ('4401720e00000000'), ('44026c0e00000000'), ('xx016c0e00000000'),
             ('4401740e01000000' || repeat('00', 20)), (repeat('4', 30000)),
             ('4401720e00000000' || repeat('ff', 12288))) AS v (text);
SELECT throws_ok($$ SELECT loupe._distinct_sketch_add(NULL, 1) $$, '0A000',
                 'function must be called by an aggregate');
SELECT throws_ok($$ SELECT loupe._distinct_sketch_unite(s, s) FROM sketch.stored AS t (p, s) $$,
                 '0A000', 'function must be called by an aggregate');
-- An aggregate of somebody's own, from a value of their own.
CREATE AGGREGATE sketch.from_three(int) (
    SFUNC = loupe._distinct_sketch_add, STYPE = distinct_sketch,
    INITCOND = '44016c0e0200000002cb299f483ec7ea');
SELECT is(distinct_of(sketch.from_three(n)), 3001::bigint, 'a state of somebody''s own goes on')
FROM sketch.item WHERE n BETWEEN 2 AND 3001;
SELECT is(sketch.from_three(n)::text, distinct_sketch_agg(n)::text, 'and has the same text')
FROM sketch.item WHERE n <= 100;

-- The gate lets them pass, and nothing that only looks like them.
CREATE FUNCTION sketch.verdict_of(statement text) RETURNS text LANGUAGE sql AS
$$ SELECT coalesce(v.rule, 'accepted') FROM public.validate_sql(statement) AS v $$;
SELECT is(sketch.verdict_of(statement), 'accepted', 'accepted: ' || left(statement, 70)) FROM (VALUES
    ('SELECT public.approx_distinct(n), public.approx_distinct(name) FROM sketch.item'),
    ('SELECT part, public.approx_distinct(n) FROM sketch.item GROUP BY part'),
    ('SELECT public.approx_distinct(ARRAY[n, part]) FROM sketch.item'),
    ('SELECT public.distinct_of(public.distinct_sketch_agg(n)) FROM sketch.item'),
    ('SELECT public.distinct_of(public.distinct_sketch_merge_agg(sketch)) FROM sketch.stored'),
    ('SELECT public.approx_distinct(n) OVER (ORDER BY n) FROM sketch.item'),
    ('SELECT sketch::text FROM sketch.stored'),
    ('SELECT public.distinct_of(''44016c0e00000000'')')) AS v (statement);
SELECT is(loupe.run_sql('SELECT public.approx_distinct(part) FROM sketch.item') -> 'rows', '[[50]]',
          'the gate runs it');

CREATE TABLE sketch.trap (what text);
CREATE FUNCTION sketch.spring(state int, value int) RETURNS int LANGUAGE plpgsql AS
$$ BEGIN INSERT INTO sketch.trap VALUES ('aggregate'); RETURN 1; END $$;
CREATE AGGREGATE sketch.approx_distinct(int) (SFUNC = sketch.spring, STYPE = int, INITCOND = '0');
CREATE FUNCTION sketch.distinct_of(distinct_sketch) RETURNS bigint LANGUAGE plpgsql AS
$$ BEGIN INSERT INTO sketch.trap VALUES ('reader'); RETURN 1; END $$;
CREATE AGGREGATE public.distinct_sketch_agg(sketch.mood) (
    SFUNC = loupe._distinct_sketch_add, STYPE = distinct_sketch);
SELECT is(sketch.verdict_of(statement), 'function', 'refused: ' || left(statement, 70)) FROM (VALUES
    ('SELECT sketch.approx_distinct(n) FROM sketch.item'),
    ('SELECT sketch.distinct_of(sketch) FROM sketch.stored'),
    ('SELECT public.distinct_sketch_agg(NULL::sketch.mood)'),
    ('SELECT sketch.from_three(n) FROM sketch.item'),
    ('SELECT loupe._distinct_sketch_count(sketch) FROM sketch.stored'),
    ('SELECT loupe._distinct_sketch_add(NULL, 1)')) AS v (statement);
SELECT is_empty('SELECT * FROM sketch.trap', 'nothing of theirs ran');

-- A type that brings a hash function of its own in a procedural language.
CREATE TYPE sketch.pair AS (a int, b int);
CREATE FUNCTION sketch.pair_equal(sketch.pair, sketch.pair) RETURNS boolean
    LANGUAGE internal IMMUTABLE STRICT AS 'record_eq';
CREATE FUNCTION sketch.pair_compare(sketch.pair, sketch.pair) RETURNS int
    LANGUAGE internal IMMUTABLE STRICT AS 'btrecordcmp';
CREATE FUNCTION sketch.pair_hash(sketch.pair) RETURNS int
    LANGUAGE internal IMMUTABLE STRICT AS 'hash_record';
CREATE FUNCTION sketch.pair_hash_extended(sketch.pair, bigint) RETURNS bigint
    LANGUAGE plpgsql IMMUTABLE AS $$ BEGIN RAISE EXCEPTION 'pair_hash_extended ran'; END $$;
CREATE OPERATOR sketch.=== (
    LEFTARG = sketch.pair, RIGHTARG = sketch.pair, FUNCTION = sketch.pair_equal);
CREATE OPERATOR CLASS sketch.pair_order DEFAULT FOR TYPE sketch.pair USING btree AS
    OPERATOR 3 sketch.===, FUNCTION 1 sketch.pair_compare(sketch.pair, sketch.pair);
CREATE OPERATOR CLASS sketch.pair_hashing DEFAULT FOR TYPE sketch.pair USING hash AS
    OPERATOR 1 sketch.===, FUNCTION 1 sketch.pair_hash(sketch.pair),
    FUNCTION 2 sketch.pair_hash_extended(sketch.pair, bigint);
SELECT is(sketch.verdict_of('SELECT public.approx_distinct(ROW(1, 2)::sketch.pair)'),
          'support_function', 'the gate refuses its hash function');
SELECT is(sketch.verdict_of('SELECT public.approx_distinct(ARRAY[ROW(1, 2)::sketch.pair])'),
          'support_function', 'in an array as well');
SELECT throws_ok($$ SELECT approx_distinct(ROW(1, 2)::sketch.pair) $$, 'P0001',
                 'pair_hash_extended ran');

SELECT * FROM finish();
ROLLBACK;
