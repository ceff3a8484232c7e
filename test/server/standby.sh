#!/usr/bin/env bash
# A hot standby reads: judging, running, questions, profiles, semantic queries and charts, with the
# limits and approvals of the primary; it records and saves nothing.
. "$(dirname "$0")/tap.sh"
cd "$(dirname "$0")/../.."

db=loupe_standby
fresh_database $db
sql $db "CREATE EXTENSION pg_loupe; SELECT loupe.load_sample('shop');
         CREATE FUNCTION shop.twice(value numeric) RETURNS numeric LANGUAGE sql IMMUTABLE
             AS 'SELECT value * 2';
         SELECT loupe.approve_function('shop.twice(numeric)');
         SELECT ask_teach('the mood of Germany', 'SELECT count(*) FROM customers
             WHERE country = ''Germany''', schemas => '{shop}');
         SELECT ask_synonym('gremlin', 'customers', schemas => '{shop}'); ANALYZE" >/dev/null
start_standby

# there STATEMENT: its last line on the standby.
there() {
  on_standby psql -X -q -A -t -d $db 2>&1 <<SQL | tail -n 1
SET search_path = shop, public;
$1;
SQL
}

is "$(there "SELECT pg_is_in_recovery()")" t "the second server is a standby"
is "$(there "SELECT (validate_sql('SELECT count(*) FROM orders')).accepted")" t "it judges"
is "$(there "SELECT (validate_sql('SELECT pg_sleep(1)')).rule")" function "and refuses"
is "$(there "SELECT loupe.run_sql('SELECT twice(21)') #>> '{rows,0,0}'")" 42 \
  "it runs, with approvals of the primary"
is "$(there "SELECT (ask('how many orders')).status")" answered "it answers questions"
is "$(there "SELECT (ask('the mood of Germany')).engine")" taught "also those that were taught"
is "$(there "SELECT (ask('how many gremlins')).interpretation")" "count of customers" \
  "and words that were taught"
is "$(there "SELECT count(*) > 3 FROM profile('orders')")" t "it profiles"
is "$(there "SELECT semantic_query('{\"measures\": [\"orders.count\"]}') ->> 'row_count'")" 1 \
  "it answers semantic queries"
is "$(there "SELECT length(render_chart('{\"data\": {\"sql\":
       \"SELECT status, count(*) AS n FROM orders GROUP BY 1\"}, \"mark\": \"bar\", \"encoding\": {\"x\": {\"field\": \"status\"},
       \"y\": {\"field\": \"n\", \"type\": \"quantitative\"}}}')) > 1000")" t "it draws"
is "$(there "SELECT count(*) FROM loupe.statement WHERE sql LIKE '%twice(21)%'")" 0 \
  "it records nothing"

stop_standby
sql postgres "DROP DATABASE $db"
done_testing
