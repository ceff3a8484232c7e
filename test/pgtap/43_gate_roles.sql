-- Whose rights count in the gate: owner, reader without rights, user under row-level security, member
-- of two roles, caller of a SECURITY DEFINER function. Each sees what it would see by hand.
BEGIN;
SET client_min_messages = warning;
CREATE EXTENSION IF NOT EXISTS pgtap;
CREATE EXTENSION IF NOT EXISTS pg_loupe;
SELECT no_plan();

CREATE ROLE loupe_owner;
CREATE ROLE loupe_outsider;
CREATE ROLE loupe_north;
CREATE ROLE loupe_north_team;
CREATE ROLE loupe_south_team;
CREATE ROLE loupe_both;
GRANT loupe_north_team, loupe_south_team TO loupe_both;
CREATE SCHEMA ledger AUTHORIZATION loupe_owner;
GRANT USAGE ON SCHEMA ledger TO PUBLIC;
SET search_path = ledger, public;
DO $$
BEGIN
    EXECUTE format('GRANT USAGE ON SCHEMA %I TO PUBLIC',
                   (SELECT extnamespace::regnamespace FROM pg_extension WHERE extname = 'pgtap'));
END $$;

SET ROLE loupe_owner;
CREATE TABLE ledger.entry (id int, region text, amount numeric);
INSERT INTO ledger.entry VALUES (1, 'north', 10), (2, 'north', 20), (3, 'south', 30);
CREATE TABLE ledger.visit (id int, region text);
INSERT INTO ledger.visit VALUES (1, 'north'), (2, 'south'), (3, 'south');
ALTER TABLE ledger.visit ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_region ON ledger.visit FOR SELECT
    TO loupe_north USING (region = 'north');
CREATE TABLE ledger.north (id int);
CREATE TABLE ledger.south (id int);
INSERT INTO ledger.north VALUES (1);
INSERT INTO ledger.south VALUES (1), (2);
CREATE VIEW ledger.total AS SELECT region, sum(amount) AS amount FROM ledger.entry GROUP BY region;
CREATE VIEW ledger.total_invoker WITH (security_invoker = true) AS
    SELECT region, sum(amount) AS amount FROM ledger.entry GROUP BY region;
GRANT SELECT ON ledger.total, ledger.total_invoker TO loupe_outsider, loupe_north;
GRANT SELECT ON ledger.visit TO loupe_north, loupe_outsider;
GRANT SELECT ON ledger.north TO loupe_north_team;
GRANT SELECT ON ledger.south TO loupe_south_team;
CREATE FUNCTION ledger.run_as_owner(query text) RETURNS jsonb LANGUAGE sql SECURITY DEFINER
    SET search_path = ledger, public AS $$ SELECT loupe.run_sql(query) $$;
RESET ROLE;

CREATE FUNCTION ledger.cell(query text) RETURNS text LANGUAGE sql AS
$$ SELECT loupe.run_sql(query) #>> '{rows,0,0}' $$;
GRANT EXECUTE ON FUNCTION ledger.cell(text), ledger.run_as_owner(text) TO PUBLIC;

-- The owner reads its tables; its own row-level security does not bind it.
SET ROLE loupe_owner;
SELECT is(ledger.cell('SELECT sum(amount) FROM entry'), '60', 'the owner reads its table');
SELECT is(ledger.cell('SELECT count(*) FROM visit'), '3', 'and all rows of it');

-- A reader without rights is refused before anything is planned, by name and with 42501.
SET ROLE loupe_outsider;
SELECT throws_ok($$ SELECT loupe.run_sql('SELECT amount FROM ledger.entry') $$, '42501',
                 'permission denied for "ledger.entry"', 'an outsider is refused');
SELECT is((validate_sql('SELECT amount FROM ledger.entry')).estimated_cost, NULL, 'unplanned');
SELECT throws_ok($$ SELECT render_chart('{"data": {"sql": "SELECT amount FROM ledger.entry"},
                                          "mark": "bar"}') $$, '42501', NULL, 'so in charts');
SELECT is(ledger.cell('SELECT amount FROM total WHERE region = ''south'''), '30',
          'a view lends the rights of its owner');
SELECT throws_ok($$ SELECT loupe.run_sql('SELECT amount FROM ledger.total_invoker') $$, '42501',
                 'permission denied for "ledger.entry"', 'a view of its invoker does not');

-- Row-level security.
SET ROLE loupe_north;
SELECT is(ledger.cell('SELECT count(*) FROM visit'), '1', 'row-level security shows one row');
SELECT is(ledger.cell('SELECT count(*) FROM visit AS v WHERE region = ''south'''), '0',
          'and nothing of the others');
SET row_security = off;
SELECT is(ledger.cell('SELECT count(*) FROM visit'), '1', 'also with row_security = off');
RESET row_security;
SET ROLE loupe_outsider;
SELECT is(ledger.cell('SELECT count(*) FROM visit'), '0', 'without a policy there are no rows');

-- A member of two roles has the rights of both; each alone has its own.
SET ROLE loupe_both;
SELECT is(ledger.cell('SELECT count(*) FROM north JOIN south USING (id)'), '1',
          'a member of two roles joins what each may read');
SET ROLE loupe_north_team;
SELECT throws_ok($$ SELECT loupe.run_sql('SELECT count(*) FROM north JOIN south USING (id)') $$,
                 '42501', 'permission denied for "ledger.south"', 'one of the roles may not');

-- SECURITY DEFINER: the rights of the function's owner, as for any SQL in it, and no more.
SET ROLE loupe_outsider;
SELECT is(ledger.run_as_owner('SELECT sum(amount) FROM entry') #>> '{rows,0,0}', '60',
          'a SECURITY DEFINER function runs with the rights of its owner');
SELECT throws_ok($$ SELECT ledger.run_as_owner('DELETE FROM entry') $$, 'LP701', NULL,
                 'but what it runs is judged');
SELECT throws_ok($$ SELECT loupe.run_sql('SELECT ledger.run_as_owner(''SELECT 1'')') $$, 'LP701',
                 NULL, 'and judged SQL cannot call it');
RESET ROLE;

SELECT * FROM finish();
ROLLBACK;
