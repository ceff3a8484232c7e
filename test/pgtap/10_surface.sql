-- What the extension promises: signatures, labels, comments, rights of its objects.
BEGIN;
SET client_min_messages = warning;
CREATE EXTENSION IF NOT EXISTS pgtap;
CREATE EXTENSION IF NOT EXISTS pg_loupe;
SELECT no_plan();

CREATE TEMP TABLE promised (
    signature text, result text, volatility "char", parallel "char" DEFAULT 'u');
INSERT INTO promised VALUES
    ('ask(text,jsonb,bigint,text[],text)', 'loupe.answer', 's'),
    ('ask_sql(text,jsonb,bigint,text[],text)', 'text', 's'),
    ('ask_text(text,jsonb,bigint,text[],text)', 'text', 's'),
    ('ask_chart(text,text,jsonb,bigint,text[],text)', 'bytea', 's'),
    ('ask_explain(text,jsonb,bigint,text[],text)', NULL, 's'),
    ('ask_explain_json(text,jsonb,bigint,text[],text)', 'jsonb', 's'),
    ('ask_index(text)', NULL, 'v'),
    ('ask_teach(text,text,boolean,text[])', 'bigint', 'v'),
    ('ask_forget(bigint)', 'boolean', 'v'),
    ('ask_synonym(text,text,boolean,text[],text)', 'bigint', 'v'),
    ('ask_replay(bigint)', 'loupe.replay', 'v'),
    ('ask_view(text,text,jsonb,text[],text)', 'regclass', 'v'),
    ('ask_feedback(bigint,text,text)', 'void', 'v'),
    ('profile(text,text[],bigint)', NULL, 's'),
    ('profile(regclass,text[],bigint)', NULL, 's'),
    ('semantic_model_infer(text)', 'jsonb', 's'),
    ('semantic_model_check(jsonb)', NULL, 's'),
    ('semantic_model_save(jsonb)', 'integer', 'v'),
    ('semantic_model_versions(text)', NULL, 's'),
    ('semantic_model_activate(text,integer)', 'integer', 'v'),
    ('semantic_model_drop(text,integer)', 'integer', 'v'),
    ('semantic_model_diff(text,integer,integer)', NULL, 's'),
    ('semantic_import(text,jsonb)', 'jsonb', 's'),
    ('semantic_query(jsonb)', 'jsonb', 's'),
    ('semantic_rows(jsonb)', 'SETOF jsonb', 's'),
    ('semantic_sql(jsonb)', 'text', 's'),
    ('semantic_meta(text)', 'jsonb', 's'),
    ('semantic_explain(text,text)', NULL, 's'),
    ('semantic_check(jsonb)', NULL, 's'),
    ('semantic_view(text,jsonb,boolean)', 'regclass', 'v'),
    ('render_chart(jsonb,text,jsonb,text,jsonb,double precision,jsonb)', 'bytea', 's'),
    ('chart_svg(jsonb,jsonb)', 'text', 's'),
    ('chart_text(jsonb,integer,jsonb)', 'text', 's'),
    ('recommend_chart(text,text)', 'jsonb', 's'),
    ('recommend_chart(regclass,text)', 'jsonb', 's'),
    ('recommend_charts(text,text,integer)', NULL, 's'),
    ('chart_html(jsonb,jsonb,text,jsonb)', 'text', 's'),
    ('chart_alt_text(jsonb,jsonb)', 'text', 's'),
    ('chart_check(jsonb,jsonb)', NULL, 's'),
    ('validate_sql(text,text[])', 'loupe.verdict', 's'),
    ('loupe.run_sql(text,text[],integer)', 'jsonb', 'v'),
    ('loupe.load_sample(text)', NULL, 'v');
INSERT INTO promised
SELECT format('%s(%s)', name, type), result, 'i', 's'
FROM (VALUES ('approx_distinct', 'bigint'), ('distinct_sketch_agg', 'distinct_sketch'))
         AS a (name, result),
     unnest('{text,character,bytea,smallint,integer,bigint,numeric,real,float8,boolean,date,time,
             timestamp,timestamptz,interval,uuid,oid,"\"char\"",anyelement}'::text[]) AS type
UNION ALL VALUES ('semantic_date_range(text,text,timestamptz)', 'jsonb', 's', 's'),
                 ('semantic_model_diff(jsonb,jsonb)', NULL, 'i', 's'),
                 ('loupe.sample_model(text,text)', 'jsonb', 'i', 's'),
                 ('semantic_export(text,jsonb)', 'jsonb', 'i', 's'),
                 ('chart_spark(float8[],integer)', 'text', 'i', 's'),
                 ('chart_bar(float8,float8,float8,integer)', 'text', 'i', 's'),
                 ('distinct_sketch_merge_agg(distinct_sketch)', 'distinct_sketch', 'i', 's'),
                 ('distinct_of(distinct_sketch)', 'bigint', 'i', 's');

SELECT ok(to_regprocedure(signature) IS NOT NULL, signature || ' exists') FROM promised;

SELECT is(pg_get_function_result(to_regprocedure(signature)::oid), result, signature || ' result')
FROM promised WHERE result IS NOT NULL;

SELECT is(p.provolatile, volatility, signature || ' volatility')
FROM promised JOIN pg_proc p ON p.oid = to_regprocedure(signature);

-- What executes gated SQL cannot run in a parallel worker: a subtransaction cannot start there.
SELECT is(p.proparallel, parallel, format('%s is parallel %s', signature,
                                          CASE parallel WHEN 'u' THEN 'unsafe' ELSE 'safe' END))
FROM promised JOIN pg_proc p ON p.oid = to_regprocedure(signature);

CREATE TEMP VIEW members AS
SELECT d.classid, d.objid FROM pg_depend d JOIN pg_extension e ON e.oid = d.refobjid
WHERE d.deptype = 'e' AND d.refclassid = 'pg_extension'::regclass AND e.extname = 'pg_loupe';

SELECT is_empty(
    $$ SELECT p.oid::regprocedure FROM members m JOIN pg_proc p ON p.oid = m.objid
       WHERE m.classid = 'pg_proc'::regclass
         AND coalesce(length(obj_description(p.oid, 'pg_proc')), 0) NOT BETWEEN 1 AND 72 $$,
    'every function has a comment of at most 72 characters');

SELECT is_empty(
    $$ SELECT p.oid::regprocedure FROM members m JOIN pg_proc p ON p.oid = m.objid
       WHERE m.classid = 'pg_proc'::regclass AND p.prosecdef $$,
    'no function runs with the rights of its owner');

SELECT is_empty(
    $$ SELECT p.oid::regprocedure FROM members m JOIN pg_proc p ON p.oid = m.objid
       JOIN pg_language l ON l.oid = p.prolang
       WHERE m.classid = 'pg_proc'::regclass AND l.lanname <> 'c' AND p.prokind <> 'a'
         AND NOT coalesce(p.proconfig::text ~ 'search_path=pg_catalog, pg_temp', false)
         -- Two expressions that must stay inlinable name everything with its schema instead.
         AND p.proname NOT IN ('_sample_unit', '_sample_pick') $$,
    'every SQL and PL/pgSQL function fixes its search_path');

SELECT is_empty(
    $$ SELECT c.oid::regclass FROM members m JOIN pg_class c ON c.oid = m.objid
       WHERE m.classid = 'pg_class'::regclass AND c.relkind = 'r'
         AND obj_description(c.oid, 'pg_class') IS NULL $$,
    'every table has a comment');

SELECT is_empty(
    $$ SELECT c.oid::regclass FROM members m JOIN pg_class c ON c.oid = m.objid
       WHERE m.classid = 'pg_class'::regclass AND c.relkind = 'r'
         -- Values are of tables, whatever the project.
         AND c.relname NOT IN ('project', 'indexed_column', 'indexed_value')
         AND NOT EXISTS (SELECT FROM pg_attribute a
                         WHERE a.attrelid = c.oid AND a.attname = 'project_id') $$,
    'every catalog table carries project_id');

SELECT is_empty(
    $$ SELECT c.oid::regclass FROM members m JOIN pg_class c ON c.oid = m.objid
       WHERE m.classid = 'pg_class'::regclass AND c.relkind IN ('r', 'S')
         AND NOT c.oid = ANY ((SELECT extconfig FROM pg_extension
                               WHERE extname = 'pg_loupe')::oid[]) $$,
    'pg_dump carries every table and sequence');

LOAD 'pg_loupe';
SELECT is(current_setting('loupe.project'), 'default', 'the default project is in use');
SELECT is((SELECT name FROM loupe.project WHERE id = 1), 'default', 'the default project exists');

SELECT * FROM finish();
ROLLBACK;
