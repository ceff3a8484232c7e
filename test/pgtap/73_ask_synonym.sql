-- Words that were taught: what they mean, for whom, and what is refused.
BEGIN;
SET client_min_messages = warning;
CREATE EXTENSION IF NOT EXISTS pgtap;
CREATE EXTENSION IF NOT EXISTS pg_loupe;
SELECT no_plan();

CREATE ROLE loupe_teacher;
CREATE ROLE loupe_pupil;
CREATE SCHEMA bazaar;
CREATE TABLE bazaar.customers (id int PRIMARY KEY, name text, country text, tier text, pin text);
CREATE TABLE bazaar.orders (
    id int PRIMARY KEY, customer_id int REFERENCES bazaar.customers, status text, amount numeric);
INSERT INTO bazaar.customers VALUES (1, 'Ada', 'Germany', 'gold', '1'), (2, 'Bob', 'France', 'gold', '2'),
                                    (3, 'Cid', 'France', 'tin', '3');
INSERT INTO bazaar.orders
SELECT i, 1 + i % 3, CASE WHEN i % 4 = 0 THEN 'open' ELSE 'shipped' END, i
FROM generate_series(1, 12) AS i;
CREATE SCHEMA attic;
CREATE TABLE attic.customers (id int PRIMARY KEY, name text, country text);
GRANT USAGE ON SCHEMA bazaar, attic TO loupe_teacher, loupe_pupil;
GRANT SELECT ON bazaar.customers, bazaar.orders, attic.customers TO loupe_teacher;
GRANT SELECT (id, name, country) ON bazaar.customers TO loupe_pupil;
GRANT SELECT ON bazaar.orders TO loupe_pupil;
DO $$
BEGIN
    EXECUTE format('GRANT USAGE ON SCHEMA %I TO PUBLIC',
                   (SELECT extnamespace::regnamespace FROM pg_extension WHERE extname = 'pgtap'));
END $$;
SET search_path = bazaar, public;

-- What a word may mean.
SET ROLE loupe_teacher;
SELECT is((ask('how many gremlins')).status, 'abstained', 'a word that means nothing');
SELECT isnt(ask_synonym('gremlin', 'customers'), NULL, 'is taught to mean a table');
SELECT is((ask('how many gremlins')).rows #>> '{0,customers.count}', '3', 'and does');
SELECT isnt(ask_synonym('homeland', 'customers.country'), NULL, 'a column');
SELECT is((ask('number of orders per homeland')).interpretation, 'count of orders, by country',
          'which groups');
SELECT isnt(ask_synonym('loot', 'orders.total_amount'), NULL, 'a measure');
SELECT is((ask('loot by status')).interpretation, 'total amount, by status', 'which is aggregated');
SELECT isnt(ask_synonym('VIP', $$customers.tier = 'gold'$$), NULL, 'a filter');
SELECT is((ask('how many VIPs')).rows #>> '{0,customers.count}', '2', 'which counts');
SELECT is((ask('how many orders from VIP customers')).row_count, 1::bigint, 'or restricts');
SELECT isnt(ask_synonym('key account', $$customers.tier = 'gold' AND customers.country <> 'France'$$),
            NULL, 'a term of two words, a filter of two conditions');
SELECT is((ask('names of key accounts')).rows, '[{"name": "Ada"}]', 'all of which hold');
SELECT is((ask('names of customers who are not key accounts')).row_count, 2::bigint,
          'and are negated together');

-- Every way to ask.
SELECT matches(ask_sql('how many VIPs'), 'customers.tier = ''gold''', 'ask_sql');
SELECT matches(ask_text('how many VIPs'), 'The count of customers is 2', 'ask_text');
SELECT isnt_empty($$ SELECT 1 FROM ask_explain('how many VIPs')
                     WHERE part = 'span' AND words = 'VIPs' AND taken
                       AND meaning = 'customers.tier = ''gold'', as taught' $$,
                  'ask_explain says that it was taught');
SELECT is((ask('how many customers', conversation => 9)).status, 'answered', 'in a conversation');
SELECT matches((ask('only VIP', conversation => 9)).interpretation, 'tier is gold', 'as a follow-up');
SELECT matches((ask('how many VIPs',
                    filters => '[{"member": "customers.country", "operator": "set"}]')).sql,
               'gold', 'with filters');

-- A term means one thing: what was taught last.
SELECT isnt(ask_synonym('Gremlin', 'orders'), NULL, 'taught again');
SELECT is((ask('how many gremlins')).interpretation, 'count of orders', 'the last one counts');
SELECT is(ask_forget((SELECT max(id) FROM loupe.taught_synonym)), true, 'forgotten');
SELECT is((ask('how many gremlins')).interpretation, 'count of customers', 'the one before counts');
SELECT is((SELECT count(*) FROM loupe.taught_synonym WHERE owner = 'loupe_teacher'), 5::bigint,
          'the table lists what was taught');
SELECT is((ask('how many gremlins', schemas => '{attic}')).status, 'abstained',
          'a table of the same name elsewhere is not meant');

-- Whose words are whose.
SELECT throws_ok($$ SELECT ask_synonym('x', 'orders', shared => true) $$, '42501',
                 'permission denied to share a taught word', 'an ordinary role cannot share');
SELECT throws_ok($$ INSERT INTO loupe.taught_synonym (is_shared, term, meaning, schemas)
                    VALUES (true, 'x', 'orders', '{bazaar}') $$, '42501', NULL, 'nor by hand');
SELECT throws_ok($$ INSERT INTO loupe.taught_synonym (owner, term, meaning, schemas)
                    VALUES ('loupe_pupil', 'x', 'orders', '{bazaar}') $$, '42501', NULL,
                 'nor teach for another role');
SELECT throws_ok($$ UPDATE loupe.taught_synonym SET is_shared = true $$, '42501', NULL,
                 'nor rewrite what was taught');
SET ROLE loupe_pupil;
SELECT is((ask('how many gremlins')).status, 'abstained', 'not for another role');
SELECT is((SELECT count(*) FROM loupe.taught_synonym), 0::bigint, 'which does not see it either');
RESET ROLE;
SELECT is((ask('how many gremlins')).status, 'abstained', 'not for a superuser');
GRANT loupe_teacher TO loupe_pupil;
SET ROLE loupe_pupil;
SELECT is((ask('how many gremlins')).status, 'abstained', 'not for a member');
RESET ROLE;
REVOKE loupe_teacher FROM loupe_pupil;
SELECT isnt(ask_synonym('patron', 'customers', shared => true), NULL, 'a superuser shares');
SELECT isnt(ask_synonym('elite', $$customers.tier = 'gold'$$, shared => true), NULL, 'twice');
SET ROLE loupe_pupil;
SELECT is((ask('how many patrons')).rows #>> '{0,customers.count}', '3', 'shared: for everybody');
SELECT is((ask('how many elite customers')).status, 'abstained',
          'but not of a column that the asker may not read');
SELECT unalike((SELECT string_agg(e::text, ' ') FROM ask_explain('how many elite customers') AS e),
               '%tier%', 'nor is it named');
SELECT is(ask_forget((SELECT min(id) FROM loupe.taught_synonym)), false,
          'and only the owner forgets it');
SET ROLE loupe_teacher;
SELECT isnt(ask_synonym('patron', 'orders'), NULL, 'an own meaning');
SELECT is((ask('how many patrons')).interpretation, 'count of orders', 'goes before a shared one');
RESET ROLE;

-- Stored models, and what their rules hide.
SELECT isnt(semantic_model_save('{"name": "stall", "entities": [
    {"name": "buyers", "schema": "bazaar", "table": "customers", "primary_key": ["id"],
     "dimensions": [{"name": "tier", "type": "string", "column": "tier"},
                    {"name": "country", "type": "string", "column": "country"}],
     "measures": [{"name": "count", "type": "count"}],
     "access": [{"roles": ["loupe_pupil"], "hidden": ["tier"]},
                {"roles": ["loupe_teacher"], "masked": ["tier"]},
                {"roles": ["postgres"]}]}]}'), NULL, 'a model with access rules');
SELECT isnt(ask_synonym('grandee', $$buyers.tier = 'gold'$$, shared => true, model => 'stall'), NULL,
            'a word of a model');
SELECT is((ask('how many grandees', model => 'stall')).rows #>> '{0,buyers.count}', '2', 'is used there');
SELECT matches((ask('how many patrons', model => 'stall')).interpretation, 'buyers',
               'and so is one of its table');
SET ROLE loupe_pupil;
SELECT is((ask('how many grandees', model => 'stall')).status, 'abstained',
          'but not of a member that is hidden');
SET ROLE loupe_teacher;
SELECT is((ask('how many grandees', model => 'stall')).status, 'abstained', 'or masked');
SELECT throws_ok($$ SELECT ask_synonym('x', 'buyers.tier = ''tin''', model => 'stall') $$, '22023',
                 'you may not see the values of "buyers.tier"', 'nor is such a one taught');

-- What is refused.
SELECT throws_ok($$ SELECT ask_synonym(NULL, 'orders') $$, '22004', NULL, 'NULL');
SELECT throws_ok($$ SELECT ask_synonym('', 'orders') $$, '22023', 'term is empty', 'no term');
SELECT throws_ok($$ SELECT ask_synonym('the', 'orders') $$, '22023',
                 'term "the" has no word of its own', 'a word of grammar');
SELECT throws_ok($$ SELECT ask_synonym('x', 'ordrs') $$, '42P01',
                 'there is no table, column or measure "ordrs"', 'a table that is not there');
SELECT throws_ok($$ SELECT ask_synonym('x', 'orders.statsu') $$, '42703',
                 '"orders" has no column or measure "statsu"', 'a column that is not there');
SELECT throws_ok($$ SELECT ask_synonym('x', 'orders.status = 1') $$, '22023',
                 '"orders.status" is a text, which 1 is not', 'a value of another kind');
SELECT throws_ok($$ SELECT ask_synonym('x', 'pg_sleep(9) = 1') $$, '22023', NULL, 'an expression');
SELECT throws_ok($$ SELECT ask_synonym('x', 'customers', schemas => '{desert}') $$, NULL, NULL,
                 'a schema that is not there');
SELECT throws_ok($$ SELECT ask_synonym(repeat('x', 300), 'orders') $$, '54000', NULL, 'a long term');
SET ROLE loupe_pupil;
SELECT throws_ok($$ SELECT ask_synonym('x', 'customers.pin') $$, '42703',
                 '"customers" has no column or measure "pin"', 'what the caller may not read');
RESET ROLE;

-- Undoing, reading only.
SET ROLE loupe_teacher;
SAVEPOINT before_it;
DELETE FROM loupe.taught_synonym WHERE term = 'VIP';
SELECT is((ask('how many VIPs')).status, 'abstained', 'forgotten at once');
ROLLBACK TO before_it;
SELECT is((ask('how many VIPs')).status, 'answered', 'rolled back: known again');
SET transaction_read_only = on;
SELECT is((ask('how many VIPs')).status, 'answered', 'in a read-only transaction');

SELECT * FROM finish();
ROLLBACK;
