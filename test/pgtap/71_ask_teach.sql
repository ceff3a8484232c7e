-- Questions that were taught: what they answer, for whom, and what is refused.
BEGIN;
SET client_min_messages = warning;
CREATE EXTENSION IF NOT EXISTS pgtap;
CREATE EXTENSION IF NOT EXISTS pg_loupe;
SELECT no_plan();

CREATE ROLE loupe_teacher;
CREATE ROLE loupe_pupil;
CREATE SCHEMA bazaar;
CREATE TABLE bazaar.customers (id int PRIMARY KEY, name text, country text);
INSERT INTO bazaar.customers VALUES (1, 'Ada', 'Germany'), (2, 'Bob', 'France'), (3, 'Cid', 'France');
CREATE TABLE bazaar.vault (id int PRIMARY KEY, treasure text);
CREATE SCHEMA attic;
CREATE TABLE attic.trunks (id int PRIMARY KEY);
GRANT USAGE ON SCHEMA bazaar, attic TO loupe_teacher, loupe_pupil;
GRANT SELECT ON bazaar.customers TO loupe_teacher, loupe_pupil;
GRANT SELECT ON bazaar.vault, attic.trunks TO loupe_teacher;
DO $$
BEGIN
    EXECUTE format('GRANT USAGE ON SCHEMA %I TO PUBLIC',
                   (SELECT extnamespace::regnamespace FROM pg_extension WHERE extname = 'pgtap'));
END $$;
SET search_path = bazaar, public;

-- Own pairs.
SET ROLE loupe_teacher;
SELECT isnt(ask_teach('Who is our friend in Germany?',
                      'SELECT name FROM customers WHERE country = ''Germany'''), NULL, 'taught');
SELECT is((SELECT (engine, rows)::text FROM ask('who is our friend in Germany')),
          '(taught,"[{""name"": ""Ada""}]")', 'answers the same question');
SELECT results_eq($$ SELECT engine, row_count, interpretation
                     FROM ask('Tell me, who are our friends in France?') $$,
    $$ VALUES ('taught', 2::bigint,
               'as taught for "Who is our friend in Germany?", with France for Germany') $$,
    'and another value in other words');
SELECT isnt((ask('who is our friend in Atlantis')).engine, 'taught', 'no value that is not there');
SELECT isnt((ask('who is not our friend in Germany')).engine, 'taught', 'no negation');
SELECT is((ask('who is our friend in Germany', conversation => 7)).engine, 'taught',
          'in a conversation');
SELECT isnt((ask('who is our friend in Germany',
                 filters => '[{"member": "customers.country", "operator": "set"}]')).engine,
            'taught', 'filters bind: nothing that was taught');
SELECT isnt((ask('who is our friend in Germany', schemas => '{attic}')).engine, 'taught',
            'not over schemas without its tables');
SELECT results_eq($$ SELECT words, meaning, taken FROM ask_explain('who is our friend in France')
                     WHERE part = 'taught' $$,
    $$ VALUES ('Who is our friend in Germany?',
               'as taught for "Who is our friend in Germany?", with France for Germany', true) $$,
    'ask_explain shows the pair that answers');
SELECT is((SELECT words FROM ask_explain('who is our friend in France') WHERE part = 'verdict'),
          'answered', 'and says that it does');
SELECT is(ask_explain_json('who is our friend in France') #>> '{taught,sql}',
          'SELECT name FROM customers WHERE country = ''France''', 'as JSON too');
SELECT is(ask_sql('who is our friend in France'),
          'SELECT name FROM customers WHERE country = ''France''', 'as SQL');

-- Whose pairs answer whom.
SELECT throws_ok($$ SELECT ask_teach('all', 'SELECT 1', shared => true) $$, '42501',
                 'permission denied to share a taught question', 'an ordinary role cannot share');
SELECT throws_ok($$ INSERT INTO loupe.taught_question (is_shared, question, sql, schemas, relations)
                    VALUES (true, 'q', 'SELECT 1', '{}', '{}') $$, '42501', NULL,
                 'nor by hand');
SELECT throws_ok($$ INSERT INTO loupe.taught_question (owner, question, sql, schemas, relations)
                    VALUES ('loupe_pupil', 'q', 'SELECT 1', '{}', '{}') $$, '42501', NULL,
                 'nor teach for another role');
SET ROLE loupe_pupil;
SELECT isnt((ask('who is our friend in Germany')).engine, 'taught', 'not for another role');
SELECT is((SELECT count(*) FROM loupe.taught_question), 0::bigint, 'which does not see it either');
RESET ROLE;
SELECT isnt((ask('who is our friend in Germany')).engine, 'taught', 'not for a superuser');
GRANT loupe_teacher TO loupe_pupil;
SET ROLE loupe_pupil;
SELECT isnt((ask('who is our friend in Germany')).engine, 'taught', 'not for a member');
RESET ROLE;
REVOKE loupe_teacher FROM loupe_pupil;
SELECT isnt(ask_teach('the secret', 'SELECT treasure FROM vault', shared => true), NULL,
            'a superuser shares');
SELECT isnt(ask_teach('the headcount', 'SELECT count(*) FROM customers', shared => true), NULL,
            'twice');
SET ROLE loupe_pupil;
SELECT is((ask('what is the headcount')).rows::text, '[{"count": 3}]', 'shared: for everybody');
SELECT isnt((ask('the secret')).engine, 'taught', 'but with the rights of who asks');
SELECT is(ask_forget((SELECT min(id) FROM loupe.taught_question)), false,
          'and only the owner forgets it');
RESET ROLE;

-- What is refused.
SET ROLE loupe_teacher;
SELECT throws_ok($$ SELECT ask_teach('', 'SELECT 1') $$, 'LP101', NULL, 'no question');
SELECT throws_ok($$ SELECT ask_teach(NULL, 'SELECT 1') $$, '22004', NULL, 'NULL');
SELECT throws_ok($$ SELECT ask_teach('away', 'DELETE FROM customers') $$, 'LP701', NULL,
                 'the gate refuses');
SELECT throws_ok($$ SELECT ask_teach('typo', 'SELECT nme FROM customers') $$, NULL, NULL,
                 'what does not plan');
SELECT throws_ok($$ SELECT ask_teach('trunks', 'SELECT count(*) FROM attic.trunks') $$, '22023',
                 'the SQL reads a table outside of the schemas that are asked', 'other schemas');
SET ROLE loupe_pupil;
SELECT throws_ok($$ SELECT ask_teach('riches', 'SELECT treasure FROM vault') $$, '42501', NULL,
                 'what the caller may not read');

-- Forgetting and undoing.
SET ROLE loupe_teacher;
SAVEPOINT before_it;
SELECT is(ask_forget((SELECT id FROM loupe.taught_question WHERE owner = 'loupe_teacher')), true,
          'forgotten');
SELECT isnt((ask('who is our friend in Germany')).engine, 'taught', 'at once');
ROLLBACK TO before_it;
SELECT is((ask('who is our friend in Germany')).engine, 'taught', 'rolled back: known again');
SELECT is(ask_forget(-1), false, 'nothing to forget');
SET transaction_read_only = on;
SELECT is((ask('who is our friend in Germany')).engine, 'taught', 'in a read-only transaction');

SELECT * FROM finish();
ROLLBACK;
