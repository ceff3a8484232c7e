-- The words of a model are kept with it: they follow the tables, and no role gets those of another.
BEGIN;
SET client_min_messages = warning;
CREATE EXTENSION IF NOT EXISTS pgtap;
CREATE EXTENSION IF NOT EXISTS pg_loupe;
SELECT no_plan();

CREATE ROLE loupe_teacher;
CREATE ROLE loupe_pupil;
CREATE SCHEMA bazaar;
CREATE TABLE bazaar.customers (id int PRIMARY KEY, name text, country text, pin int);
INSERT INTO bazaar.customers VALUES (1, 'Ada', 'Germany', 7), (2, 'Bob', 'France', 8);
GRANT USAGE ON SCHEMA bazaar TO loupe_teacher, loupe_pupil;
GRANT SELECT ON bazaar.customers TO loupe_teacher;
GRANT SELECT (id, name, country) ON bazaar.customers TO loupe_pupil;
DO $$
BEGIN
    EXECUTE format('GRANT USAGE ON SCHEMA %I TO PUBLIC',
                   (SELECT extnamespace::regnamespace FROM pg_extension WHERE extname = 'pgtap'));
END $$;
SET search_path = bazaar, public;

-- What changes in the catalog changes the words.
SELECT is(ask_sql('average girth of customers'), NULL, 'a word that means nothing');
ALTER TABLE customers ADD COLUMN girth numeric;
SELECT matches(ask_sql('average girth of customers'), 'avg\(customers.girth\)',
               'means a column that came');
SELECT is(ask_sql('how many traders'), NULL, 'a table that is not there yet');
CREATE TABLE traders (id int PRIMARY KEY);
SELECT matches(ask_sql('how many traders'), 'traders', 'is known when it is');
SAVEPOINT before_rename;
ALTER TABLE customers RENAME girth TO stature;
SELECT is(ask_sql('average girth of customers'), NULL, 'a name that went');
SELECT matches(ask_sql('average stature of customers'), 'avg\(customers.stature\)',
               'and the one that took its place');
ROLLBACK TO before_rename;
SELECT matches(ask_sql('average girth of customers'), 'avg\(customers.girth\)',
               'comes back when that is rolled back');
SELECT is(ask_sql('average waistline of customers'), NULL, 'what no comment says');
COMMENT ON COLUMN customers.girth IS 'Waistline in centimeters';
SELECT matches(ask_sql('average waistline of customers'), 'avg\(customers.girth\)',
               'a comment says');
COMMENT ON COLUMN customers.girth IS NULL;
SELECT is(ask_sql('average waistline of customers'), NULL, 'until it is taken back');

-- Each role has the words of what it may read.
SET ROLE loupe_teacher;
SELECT matches(ask_sql('average pin of customers'), 'avg\(customers.pin\)',
               'who may read a column asks for it');
SET ROLE loupe_pupil;
SELECT is(ask_sql('average pin of customers'), NULL, 'who may not finds no such word');
SELECT matches(ask_sql('names of customers'), 'customers.name', 'and has those of the others');
SET ROLE loupe_teacher;
SELECT matches(ask_sql('average pin of customers'), 'avg\(customers.pin\)', 'whoever asked before');
RESET ROLE;
CREATE FUNCTION bazaar.asked_by_owner() RETURNS text LANGUAGE sql SECURITY DEFINER
    SET search_path = bazaar, public
    AS $$ SELECT ask_sql('average pin of customers') $$;
SET ROLE loupe_pupil;
SELECT is(concat_ws(' ', ask_sql('average pin of customers'), asked_by_owner() IS NOT NULL,
                    ask_sql('average pin of customers')),
          't', 'also within one statement');
RESET ROLE;
GRANT SELECT (pin) ON customers TO loupe_pupil;
SET ROLE loupe_pupil;
SELECT matches(ask_sql('average pin of customers'), 'avg\(customers.pin\)', 'a right that is given');
RESET ROLE;
REVOKE SELECT (pin) ON customers FROM loupe_pupil;
SET ROLE loupe_pupil;
SELECT is(ask_sql('average pin of customers'), NULL, 'and taken away');

-- What is taught is no word of the model.
SET ROLE loupe_teacher;
SELECT is(ask_sql('how many gremlins'), NULL, 'a word that nobody taught');
CREATE TEMP TABLE lesson AS SELECT ask_synonym('gremlin', 'customers') AS id;
SELECT matches(ask_sql('how many gremlins'), 'customers', 'that is taught');
SET ROLE loupe_pupil;
SELECT is(ask_sql('how many gremlins'), NULL, 'by one role to itself');
SET ROLE loupe_teacher;
SELECT ok(ask_forget(id), 'and forgotten') FROM lesson;
SELECT is(ask_sql('how many gremlins'), NULL, 'means nothing again');
RESET ROLE;

-- More models than are kept.
CREATE TEMP TABLE measured AS
SELECT i, noun
FROM unnest(ARRAY['acidity', 'brightness', 'curvature', 'dampness', 'elasticity', 'friction', 'girth',
                  'hardness', 'impedance', 'latency', 'moisture', 'opacity'])
     WITH ORDINALITY AS nouns (noun, i);
DO $$
DECLARE
    one record;
BEGIN
    FOR one IN SELECT * FROM measured LOOP
        EXECUTE format('CREATE SCHEMA shelf_%s', one.i);
        EXECUTE format('CREATE TABLE shelf_%s.books (id int PRIMARY KEY, title text, %I numeric)',
                       one.i, one.noun);
    END LOOP;
END $$;
SELECT is(count(ask_sql(format('average %s of books', noun), schemas => ARRAY['shelf_' || i])),
          24::bigint, 'each has its own words')
FROM (SELECT m.* FROM generate_series(1, 2) AS turn, measured AS m ORDER BY turn, i) AS asked;
SELECT cmp_ok(count(*), '<=', 8::bigint, 'and not all stay')
FROM pg_backend_memory_contexts WHERE name = 'loupe model';

SELECT finish();
ROLLBACK;
