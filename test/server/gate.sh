#!/usr/bin/env bash
# The gate where one session is not enough: what a relation's stored expressions call when another
# session plans, and memory limits of real processes.
. "$(dirname "$0")/tap.sh"

db=loupe_gate
fresh_database $db
sql $db "CREATE EXTENSION pg_loupe;
         CREATE FUNCTION sly(value int) RETURNS int LANGUAGE plpgsql IMMUTABLE AS 'BEGIN RETURN value; END';
         CREATE TABLE indexed (id int);
         CREATE INDEX ON indexed ((id + sly(1)));
         CREATE TABLE checked (id int CHECK (id > sly(1)));
         CREATE TABLE checked_child () INHERITS (checked);
         CREATE TABLE plain AS SELECT i AS id, md5(i::text) AS word FROM generate_series(1, 300000) AS i;
         ANALYZE plain;
         CREATE OR REPLACE FUNCTION sly(value int) RETURNS int LANGUAGE plpgsql IMMUTABLE AS
             \$\$BEGIN RAISE EXCEPTION 'sly ran'; END\$\$" >/dev/null

# outcome STATEMENT: what loupe.run_sql makes of it in a new session, as SQLSTATE or "ran".
outcome() {
  psql -X -q -A -t -d $db -v query="$1" <<'SQL' 2>&1 | tail -n 1 | sed 's/^ERROR: *//'
\set VERBOSITY sqlstate
SET loupe.max_cost = 0;
SELECT 'ran' FROM loupe.run_sql(:'query');
SQL
}

is "$(outcome 'SELECT id FROM indexed WHERE id = 1')" LP701 \
  "a constant part of an expression index is not computed for a judged statement"
is "$(outcome 'SELECT id FROM checked WHERE id = 1')" LP701 \
  "nor that of a CHECK constraint"
is "$(outcome 'SELECT count(*) FROM plain')" ran "other tables are read"
sql $db "SELECT loupe.approve_function('sly(int)')" >/dev/null
is "$(outcome 'SELECT id FROM indexed WHERE id = 1')" P0001 "an approved function runs, and its error is its own"

# peak QUERY: kilobytes by which the resident memory of a backend grew at most while it ran QUERY.
peak() {
  psql -X -q -A -t -d $db -v query="$1" <<'SQL' 2>/dev/null | tail -n 2 | paste -sd ' ' | awk '{print $2 - $1}'
SET loupe.max_cost = 0;
SET loupe.memory_limit = '128MB';
SELECT loupe.run_sql('SELECT 1') AS warm \gset
SELECT pg_backend_pid() AS pid \gset
\setenv PID :pid
\! awk '/VmHWM/ {print $2}' /proc/$PID/status
SELECT loupe.run_sql(:'query');
\! awk '/VmHWM/ {print $2}' /proc/$PID/status
SQL
}

limit=$((160 * 1024))
while IFS= read -r query; do
  is "$(outcome "$query")" LP705 "out of memory: $query"
  grown=$(peak "$query")
  is "$([ "$grown" -lt $limit ] && echo within || echo "$grown kB")" within "and within its limit"
done <<'SQL'
SELECT array_agg(a.word || b.word) FROM plain a, plain b
WITH RECURSIVE t (s) AS (SELECT 'x' UNION ALL SELECT s || s FROM t) SELECT length(s) FROM t
SELECT string_agg(repeat('x', 1000000), '') FROM generate_series(1, 100000)
SELECT jsonb_agg(repeat('x', 100000)) FROM generate_series(1, 100000)
SELECT replace(repeat('a', 1000000), 'a', repeat('b', 900))
SQL

# A limit leaves nothing behind: the session may take more memory afterwards than the limit let it.
is "$(psql -X -q -A -t -d $db <<'SQL' 2>/dev/null | tail -n 1
SET loupe.memory_limit = '64MB';
SET loupe.max_cost = 0;
SELECT loupe.run_sql('SELECT array_agg(a.word || b.word) FROM plain a, plain b');
SELECT length(repeat('x', 300000000));
SQL
)" 300000000 "the session goes on without the limit"

# Parallel workers have the limit too.
is "$(psql -X -q -A -t -d $db <<'SQL' 2>&1 | tail -n 1 | sed 's/^ERROR: *//'
\set VERBOSITY sqlstate
SET parallel_setup_cost = 0;
SET parallel_tuple_cost = 0;
SET min_parallel_table_scan_size = 0;
SET parallel_leader_participation = off;
SET loupe.memory_limit = '32MB';
SET loupe.max_cost = 0;
SELECT 'ran' FROM loupe.run_sql('SELECT max(length(replace(repeat(word, 4000), ''a'', repeat(''b'', 9000)))) FROM plain');
SQL
)" LP705 "a parallel worker is held to the limit"

sql postgres "DROP DATABASE $db"
done_testing
