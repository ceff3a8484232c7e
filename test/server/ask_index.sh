#!/usr/bin/env bash
# The value index between sessions: made by the first question, rolled back with its transaction,
# read on a standby and in read-only transactions, and left out of dumps.
. "$(dirname "$0")/tap.sh"
cd "$(dirname "$0")/../.."

db=loupe_ask_index
fresh_database $db
sql $db "CREATE EXTENSION pg_loupe;
         CREATE TABLE crates (id int PRIMARY KEY, label text, colour text);
         INSERT INTO crates SELECT i, 'Label' || i % 300, 'Crimson' FROM generate_series(1, 30000) i;
         ANALYZE crates" >/dev/null

# indexed: how many values there are.
indexed() { sql $db "SELECT count(*) FROM loupe.indexed_value"; }
# asked [BEFORE]: what the question becomes.
asked() {
  sql $db "${1:-}; SELECT ask_sql('how many crates with label Label7') LIKE '%''Label7''%'" | tail -n 1
}

is "$(asked "SET transaction_read_only = on")" t "a read-only transaction reads the tables"
is "$(indexed)" 0 "and writes nothing"
is "$(asked "BEGIN ISOLATION LEVEL REPEATABLE READ")" t "so does an old snapshot"
is "$(asked "BEGIN")" t "a transaction finds what it has indexed"
is "$(indexed)" 0 "and loses it with a ROLLBACK"
is "$(asked)" t "the first question"
is "$(indexed)" 301 "has indexed the tables"
sql $db "INSERT INTO crates VALUES (0, 'Heliotrope', 'Crimson')"
is "$(sql $db "SELECT pg_sleep(1.5); SELECT ask_sql('how many crates with label Heliotrope')
               LIKE '%''Heliotrope''%'" | tail -n 1)" t "a new value is found"
is "$(indexed)" 302 "and indexed"

open_other $db
is "$(other_says "BEGIN; SELECT count(*) FROM ask_index() WHERE status = 'unchanged'")" 1 \
  "while another session is at it"
sql $db "INSERT INTO crates VALUES (-1, 'Periwinkle', 'Crimson')"
is "$(asked)" t "questions do not wait"
close_other

is "$(pg_dump -d $db | grep -c Heliotrope)" 1 "a dump holds the value once, in its table"

start_standby
is "$(on_standby psql -X -q -A -t -d $db -c "SELECT ask_sql('how many crates with label Label7')
      LIKE '%''Label7''%'")" t "a standby reads what the primary has indexed"
is "$(on_standby psql -X -q -A -t -d $db -c "SELECT count(*) FROM ask_index()" 2>&1 |
      grep -c "read-only transaction")" 1 "and writes nothing"
stop_standby

sql postgres "DROP DATABASE $db"
done_testing
