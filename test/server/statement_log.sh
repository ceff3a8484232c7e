#!/usr/bin/env bash
# The record of gated statements outlives what rolls everything else back: a commit, a ROLLBACK, a
# refusal, a read-only transaction, a session that ends at once, a server without free workers, an
# extension dropped and made again; and it keeps quiet when it is switched off.
. "$(dirname "$0")/tap.sh"

db=loupe_log
fresh_database $db
sql $db "CREATE EXTENSION pg_loupe; CREATE SCHEMA yard;
         CREATE TABLE yard.visits (id int PRIMARY KEY, region text);
         INSERT INTO yard.visits VALUES (1, 'north'), (2, 'south');
         ALTER DATABASE $db SET search_path = yard, public"

query="semantic_query('{\"measures\": [\"visits.count\"]}')"
refused="render_chart('{\"data\": {\"sql\": \"DELETE FROM visits\"}, \"mark\": \"bar\"}')"

# session NAME: runs statements from stdin in one session whose records carry that name.
session() { PGAPPNAME="$1" psql -X -q -A -t -d $db 2>&1 || :; }

# The same, errors and results unseen.
silent_session() { session "$1" >/dev/null; }

# records NAME [COLUMNS]: what is recorded of a session, in order.
records() {
  sql $db "SELECT ${2:-count(*)} FROM loupe.statement WHERE application_name = '$1'"
}

# await NAME COUNT: waits for that many records, ten seconds at most, and prints how many there are.
await() {
  local found=0 i
  for ((i = 0; i < 100; i++)); do
    found=$(records "$1")
    [ "$found" -lt "$2" ] || break
    sleep 0.1
  done
  echo "$found"
}

silent_session commit <<SQL
SELECT $query;
SQL
is "$(await commit 1)" 1 "a statement is recorded after the session has ended"
is "$(records commit "purpose, accepted, row_count, rule IS NULL, sqlstate IS NULL, duration_ms > 0,
      project_id, role_name, session_user_name, sql LIKE 'SELECT count%', at < now()")" \
  "semantic|t|1|t|t|t|1|postgres|postgres|t|t" "with what it was"

silent_session rollback <<SQL
BEGIN;
SELECT $query;
ROLLBACK;
SQL
is "$(await rollback 1)" 1 "a ROLLBACK does not take it back"

silent_session savepoint <<SQL
BEGIN;
SAVEPOINT s;
SELECT $refused;
ROLLBACK TO s;
ROLLBACK;
SQL
is "$(await savepoint 1)" 1 "nor a refusal in a savepoint that is rolled back"
is "$(records savepoint "purpose, accepted, sqlstate, row_count IS NULL, sql")" \
  "chart|f|LP701|t|DELETE FROM visits" "which says what was refused and why"

silent_session aborted <<SQL
BEGIN;
SELECT $query;
SELECT 1 / 0;
SELECT $query;
COMMIT;
SQL
is "$(await aborted 1)" 1 "nor a failed transaction"

silent_session read-only <<SQL
BEGIN READ ONLY;
SELECT $query;
COMMIT;
SQL
is "$(await read-only 1)" 1 "a read-only transaction is recorded"

is "$(session flush <<SQL
BEGIN;
SELECT 1 FROM $query;
SELECT loupe.statement_flush();
SELECT count(*) FROM loupe.statement WHERE application_name = 'flush';
ROLLBACK;
SQL
)" "1
t
1" "statement_flush writes at once, in the middle of a transaction"

is "$(session burst <<SQL
SET client_min_messages = warning;
DO \$\$ BEGIN FOR i IN 1..50 LOOP PERFORM $query; COMMIT; END LOOP; END \$\$;
SELECT loupe.statement_flush();
SELECT count(*), count(DISTINCT backend_pid) FROM loupe.statement
WHERE application_name = 'burst';
SQL
)" "t
50|1" "many short transactions are all recorded"

is "$(session cancelled <<SQL
\set VERBOSITY sqlstate
BEGIN;
LOCK TABLE loupe.statement;
SELECT 1 FROM $query;
SAVEPOINT s;
SET LOCAL statement_timeout = '300ms';
SELECT loupe.statement_flush();
ROLLBACK TO s;
ROLLBACK;
SELECT loupe.statement_flush();
SELECT count(*) FROM loupe.statement WHERE application_name = 'cancelled';
SQL
)" "1
ERROR:  57014
t
1" "waiting for the writer can be cancelled"

silent_session overflow <<SQL
DO \$\$ BEGIN FOR i IN 1..1200 LOOP PERFORM $query; END LOOP; END \$\$;
SQL
is "$(await overflow 1200)" 1200 "one transaction may have more records than the buffer holds"

long=$(printf 'ä%.0s' {1..6000})
silent_session long <<SQL
SELECT render_chart(\$\${"data": {"sql": "SELECT 'x$long' AS word"}, "mark": "bar"}\$\$);
SQL
is "$(await long 1)" 1 "a long text is recorded"
is "$(records long "octet_length(sql) BETWEEN 8190 AND 8192, right(sql, 1)")" "t|ä" \
  "cut at a character"

# All workers of the server are taken by a parallel query that sleeps.
sql $db "CREATE TABLE yard.wide AS SELECT i FROM generate_series(1, 50000) AS i;
         ALTER TABLE yard.wide SET (parallel_workers = 16)"
slots=$(sql $db "SHOW max_worker_processes")
psql -X -q -d $db >/dev/null 2>&1 <<SQL &
SET max_parallel_workers = 64;
SET max_parallel_workers_per_gather = 64;
SET parallel_setup_cost = 0;
SET parallel_tuple_cost = 0;
SELECT count(pg_sleep(0.1)) FROM yard.wide;
SQL
sleeper=$!
busy=0
for ((i = 0; i < 50 && busy + 1 < slots; i++)); do
  sleep 0.1
  busy=$(sql $db "SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'parallel worker'")
done
is "$(session crowded <<SQL
SELECT 1 FROM $query;
SELECT count(*) FROM loupe.statement WHERE application_name = 'crowded';
SELECT 'busy: ' || pg_terminate_backend(pid) FROM pg_stat_activity
WHERE query LIKE 'SELECT count(pg_sleep%' AND backend_type = 'client backend';
SELECT loupe.statement_flush();
SELECT count(*) FROM loupe.statement WHERE application_name = 'crowded';
SQL
)" "1
0
busy: true
t
1" "without a free worker it waits for one"
wait "$sleeper" || :

is "$(session dropped <<SQL
SET client_min_messages = warning;
SELECT 1 FROM $query;
SELECT loupe.statement_flush();
BEGIN;
SELECT 1 FROM $query;
DROP EXTENSION pg_loupe;
COMMIT;
SELECT count(*) FROM pg_namespace WHERE nspname = 'loupe';
CREATE EXTENSION pg_loupe;
SELECT 1 FROM $query;
SELECT loupe.statement_flush();
SELECT count(*) >= 1 FROM loupe.statement WHERE application_name = 'dropped';
SQL
)" "1
t
1
0
1
t
t" "after DROP EXTENSION and CREATE EXTENSION it is recorded again"

# A table of somebody else's under the same name is not written to.
is "$(session impostor <<SQL
SET client_min_messages = warning;
SELECT 1 FROM $query;
SELECT loupe.statement_flush();
BEGIN;
SELECT 1 FROM $query;
CREATE TEMP TABLE copy AS TABLE loupe.statement WITH NO DATA;
DROP EXTENSION pg_loupe;
CREATE SCHEMA loupe;
CREATE TABLE loupe.statement AS TABLE copy;
COMMIT;
SELECT pg_sleep(1);
SELECT count(*) FROM loupe.statement;
DROP SCHEMA loupe CASCADE;
CREATE EXTENSION pg_loupe;
SQL
)" "1
t
1

0" "a table that only has the name is left alone"

silent_session off <<SQL
SET loupe.log_statements = off;
SELECT $query;
SELECT $refused;
SELECT loupe.statement_flush();
SQL
silent_session refused <<SQL
SET loupe.log_statements = refused;
SELECT $query;
SELECT $refused;
SQL
is "$(await refused 1)" 1 "refused: refusals alone are recorded"
is "$(records off)" 0 "off: nothing is recorded"

sql $db "ALTER DATABASE $db SET loupe.log_retention = '1h';
         INSERT INTO loupe.statement (at, role_name, session_user_name, purpose, sql, relations,
             accepted, duration_ms, backend_pid, application_name)
         VALUES (now() - interval '2 hours', 'a', 'a', '', '', '{}', true, 0, 0, 'old'),
                (now() - interval '1 minute', 'a', 'a', '', '', '{}', true, 0, 0, 'young')"
silent_session retention <<SQL
SELECT $query;
SQL
is "$(await retention 1)" 1 "a writer comes by"
is "$(records old) $(records young)" "0 1" "and deletes what is older than loupe.log_retention"

sql $db "ALTER DATABASE $db SET default_transaction_read_only = on"
silent_session read-only-database <<SQL
SELECT $query;
SQL
is "$(await read-only-database 1)" 1 "a database that is read-only by default is recorded"
sql postgres "ALTER DATABASE $db RESET default_transaction_read_only"

# Nobody pushes a record out by what follows in the same transaction.
psql -X -q -d $db >/dev/null 2>&1 <<'SQL' || :
BEGIN;
SELECT loupe.run_sql('SELECT 1 AS the_deed');
SELECT count(loupe.run_sql('SELECT ' || i)) FROM generate_series(1, 3000) AS i;
ROLLBACK;
SELECT loupe.statement_flush();
SQL
is "$(sql $db "SELECT count(*) FROM loupe.statement WHERE sql LIKE '%the\_deed%'")" 1 \
  "a flood of statements does not hide the one before it"

silent_session last <<SQL
SELECT $query;
SQL
ok "a database is dropped right after its last session" sql postgres "DROP DATABASE $db"

# Text that the database's encoding lacks.
sql postgres "DROP DATABASE IF EXISTS loupe_log_latin" 2>/dev/null
sql postgres "CREATE DATABASE loupe_log_latin TEMPLATE template0 ENCODING latin1 LOCALE 'C'"
is "$(PGAPPNAME=latin psql -X -q -A -t -d loupe_log_latin 2>&1 <<SQL
SET client_min_messages = warning;
CREATE EXTENSION pg_loupe;
\set VERBOSITY sqlstate
SELECT length(render_chart('{"data": {"sql": "SELECT 1 AS \u00e9"}, "mark": "bar"}')) > 0;
SELECT loupe.statement_flush();
SELECT right(sql, 1) = chr(233) FROM loupe.statement WHERE application_name = 'latin';
SQL
)" "t
t
t" "records are in the encoding of the database"
sql postgres "DROP DATABASE loupe_log_latin"

done_testing
