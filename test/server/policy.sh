#!/usr/bin/env bash
# Approvals and limits between sessions: a change counts everywhere once it is committed, nowhere
# when it is rolled back; it survives pg_dump, and sessions survive DROP EXTENSION.
. "$(dirname "$0")/tap.sh"

db=loupe_policy
copy=loupe_policy_copy
dump=$(mktemp)
trap 'rm -f "$dump"' EXIT
fresh_database $db
fresh_database $copy
sql $db "CREATE EXTENSION pg_loupe; CREATE SCHEMA desk;
         CREATE TYPE desk.size AS ENUM ('s', 'l');
         CREATE FUNCTION desk.twice(x integer, y desk.size DEFAULT 'l', z interval DEFAULT '1 day')
             RETURNS integer LANGUAGE sql IMMUTABLE RETURN x * 2;
         CREATE AGGREGATE desk.total(integer) (SFUNC = int4pl, STYPE = integer)"

open_other $db
approved="SELECT loupe.is_approved_function('desk.twice(integer, desk.size, interval)')"
limit="SELECT coalesce(max_rows, 0) FROM loupe.current_policy()"

is "$(other_says "$approved") $(other_says "$limit")" "f 0" "a session reads and keeps what it read"
sql $db "BEGIN; SELECT loupe.approve_function('desk.twice(integer, desk.size, interval)');
         SELECT loupe.set_policy(NULL, max_rows => 5); ROLLBACK" >/dev/null
is "$(other_says "$approved") $(other_says "$limit")" "f 0" "a change that is rolled back counts nowhere"
sql $db "SELECT loupe.approve_function('desk.twice(integer, desk.size, interval)');
         SELECT loupe.set_policy(NULL, max_rows => 5)" >/dev/null
is "$(other_says "$approved") $(other_says "$limit")" "t 5" "a change that is committed counts there"
is "$(other_says "BEGIN ISOLATION LEVEL SERIALIZABLE READ ONLY; $approved")" t \
  "in a transaction with an old snapshot too"
sql $db "SELECT loupe.revoke_function('desk.twice(integer, desk.size, interval)');
         UPDATE loupe.policy SET max_rows = 3" >/dev/null
is "$(other_says "$approved") $(other_says "$limit")" "f 3" "at once"
is "$(other_says "COMMIT; $approved")" f "and afterwards"
sql $db "SELECT loupe.approve_function('desk.twice(integer, desk.size, interval)')" >/dev/null
is "$(other_says "$approved")" t "an approval of the function"
sql $db "ALTER FUNCTION desk.twice STRICT"
is "$(other_says "$approved")" f "ends when another session alters it"
sql $db "ALTER FUNCTION desk.twice CALLED ON NULL INPUT; SET session_replication_role = replica;
         DELETE FROM loupe.policy"
is "$(other_says "$limit")" 0 "no session hides a change behind a setting"
sql $db "SELECT loupe.set_policy('pg_monitor', max_cost => 1e6, statement_timeout => '90 s');
         SELECT loupe.approve_function('desk.total(integer)');
         SELECT loupe.approve_relation('pg_catalog.pg_timezone_names', 'names');
         INSERT INTO loupe.statement (at, role_name, session_user_name, purpose, sql, relations,
             accepted, duration_ms, backend_pid, application_name)
         VALUES (now(), 'a', 'a', '', '', '{}', true, 0, 0, '')" >/dev/null

sql $db "CREATE TABLE desk.wide AS SELECT i FROM generate_series(1, 20000) AS i;
         ALTER TABLE desk.wide SET (parallel_workers = 2);
         SELECT loupe.approve_function('desk.twice(integer, desk.size, interval)')" >/dev/null
is "$(sql $db "SET parallel_setup_cost = 0; SET parallel_tuple_cost = 0;
               SET min_parallel_table_scan_size = 0; SET parallel_leader_participation = off;
               SELECT count(*) FROM desk.wide WHERE loupe.is_approved_function(
                   ('desk.' || CASE WHEN i % 2 = 0 THEN 'twice(integer, desk.size, interval)'
                               ELSE 'total(integer)' END)::regprocedure)")" 20000 \
  "parallel workers read approvals"

ok "pg_dump" pg_dump -d $db -f "$dump"
ok "restore" psql -X -q -v ON_ERROR_STOP=1 -d $copy -f "$dump"
is "$(sql $copy "$approved AND loupe.is_approved_function('desk.total(integer)')
                 AND loupe.is_approved_relation('pg_timezone_names')")" t \
  "approvals hold in the restored database"
rows="SELECT * FROM loupe.policy"
is "$(sql $copy "$rows")" "$(sql $db "$rows")" "limits are equal"
is "$(sql $copy "SELECT count(*) FROM loupe.statement")" 0 "the record of statements stays behind"

sql $db "DROP EXTENSION pg_loupe; CREATE EXTENSION pg_loupe"
is "$(other_says "$approved")" f "a new extension knows nothing of the old one's approvals"
sql $db "SELECT loupe.approve_function('desk.twice(integer, desk.size, interval)')" >/dev/null
is "$(other_says "$approved")" t "a session that knew the old one sees its approvals"
is "$(other_says "BEGIN; DROP EXTENSION pg_loupe; CREATE EXTENSION pg_loupe;
                  SELECT loupe.set_policy(NULL, max_rows => 9) IS NULL")" f \
  "a policy in a new extension"
is "$(other_says "$limit")" 9 "counts inside its transaction"
is "$(other_says "ROLLBACK; $approved")" t "and the old one is back after a ROLLBACK"
close_other

sql postgres "DROP DATABASE $db"
sql postgres "DROP DATABASE $copy"
done_testing
