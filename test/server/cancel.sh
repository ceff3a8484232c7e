#!/usr/bin/env bash
# A cancel in the middle of each function: it ends as 57014, soon, and the session goes on.
. "$(dirname "$0")/tap.sh"

db=loupe_cancel
fresh_database $db
sql $db "CREATE EXTENSION pg_loupe; CREATE SCHEMA big;
         CREATE TABLE big.numbers AS
             SELECT i AS id, i % 1000 AS kind, md5(i::text) AS word
             FROM generate_series(1, 400000) AS i;
         CREATE FUNCTION big.nap() RETURNS text LANGUAGE sql
             AS 'SELECT pg_sleep(0.001)::text';
         SELECT loupe.approve_function('big.nap()');
         CREATE VIEW big.slow AS SELECT id, kind, word, big.nap() AS pause
             FROM big.numbers" >/dev/null

# cancelled STATEMENT: the SQLSTATE under a statement_timeout of the session, then a check.
cancelled() {
  psql -X -q -A -t -d $db <<SQL 2>&1 | tail -n 2 | paste -sd ' '
\set VERBOSITY sqlstate
SET search_path = big, public;
SET statement_timeout = '300ms';
$1;
SET statement_timeout = 0;
SELECT 'usable';
SQL
}

expect="ERROR:  57014 usable"
is "$(cancelled "SELECT count(*) FROM profile('slow')")" "$expect" "profile"
is "$(cancelled "SELECT semantic_query('{\"dimensions\": [\"slow.word\"], \"limit\": 10}')
       FROM generate_series(1, 1000)")" "$expect" "semantic_query"
is "$(cancelled "SELECT length(render_chart('{\"data\": {\"relation\": \"big.slow\"},
       \"mark\": \"point\", \"encoding\": {\"x\": {\"field\": \"id\"}}}'))")" "$expect" \
  "render_chart while it reads"
is "$(cancelled "SET loupe.max_rows = 400000; SELECT length(render_chart('{\"data\": {\"sql\":
       \"SELECT id, kind FROM big.numbers LIMIT 190000\"}, \"mark\": \"point\", \"encoding\": {
       \"x\": {\"field\": \"id\", \"type\": \"quantitative\"},
       \"y\": {\"field\": \"kind\", \"type\": \"quantitative\"}}}', 'pdf'))
       FROM generate_series(1, 100)")" "$expect" \
  "render_chart while it draws"
is "$(cancelled "SELECT count(ask('how many numbers by word')) FROM generate_series(1, 1000)")" \
  "$expect" "ask"

# A limit of the gate that ran out earlier does not make a verdict of a later cancel.
is "$(cancelled "SET loupe.statement_timeout = '20ms';
SELECT loupe.run_sql('SELECT count(pause) FROM big.slow');
SELECT count((validate_sql('SELECT id, kind FROM big.numbers')).rule)
FROM generate_series(1, 200000)")" "$expect" "validate_sql after a statement that ran too long"

sql postgres "DROP DATABASE $db"
done_testing
