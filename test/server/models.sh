#!/usr/bin/env bash
# Stored models between sessions: a change counts everywhere once it is committed, nowhere when it
# is rolled back, whatever snapshot a session holds; sessions survive DROP EXTENSION; a standby
# hears of changes; a backend stays small however many models and roles it serves.
. "$(dirname "$0")/tap.sh"
cd "$(dirname "$0")/../.."

db=loupe_models
fresh_database $db
make="CREATE EXTENSION pg_loupe;
      CREATE FUNCTION public.model(name text, expression text) RETURNS jsonb LANGUAGE sql
          RETURN jsonb_build_object('name', name, 'entities', jsonb_build_array(jsonb_build_object(
              'name', 'sales', 'schema', 'stall', 'table', 'sales', 'primary_key', '[\"id\"]'::jsonb,
              'measures', jsonb_build_array(jsonb_build_object(
                  'name', 'n', 'type', 'sum', 'sql', expression)))));"
sql $db "CREATE FUNCTION public.state_of(statement text) RETURNS text LANGUAGE plpgsql AS \$\$
         BEGIN EXECUTE statement; RETURN 'none';
         EXCEPTION WHEN OTHERS THEN RETURN SQLSTATE; END \$\$;
         CREATE SCHEMA stall; CREATE TABLE stall.sales (id integer PRIMARY KEY, amount integer);
         INSERT INTO stall.sales VALUES (1, 10); $make" >/dev/null

# save EXPRESSION: a model "m" with the sum of it, by a session of its own.
save() { sql $db "SELECT semantic_model_save(model('m', '$1'))" >/dev/null; }

open_other $db
n="SELECT coalesce(semantic_query('{\"model\": \"m\", \"measures\": [\"sales.n\"]}')
          #>> '{data,0,sales.n}', 'none')"

save "{T}.amount"
is "$(other_says "$n")" 10 "a session reads and keeps what it read"
save "{T}.amount * 2"
is "$(other_says "$n")" 20 "a save by another session counts there"
sql $db "BEGIN; SELECT semantic_model_save(model('m', '{T}.amount * 3')); ROLLBACK" >/dev/null
is "$(other_says "$n")" 20 "one that is rolled back does not"
sql $db "SELECT semantic_model_activate('m', 1)" >/dev/null
is "$(other_says "$n")" 10 "activating counts"

is "$(other_says "BEGIN ISOLATION LEVEL REPEATABLE READ; $n")" 10 "a transaction holds a snapshot"
save "{T}.amount * 4"
is "$(other_says "$n")" 40 "it uses the model of now, as it would a table's new column"
is "$(other_says "COMMIT; $n")" 40 "and leaves no old one behind"

is "$(other_says "BEGIN; SELECT semantic_model_save(model('m', '{T}.amount * 5'))")" 4 "a save there"
is "$(other_says "$n")" 50 "counts there"
is "$(other_says "ROLLBACK; $n")" 40 "until it is rolled back"
is "$(other_says "BEGIN; SAVEPOINT s; SELECT semantic_model_save(model('m', '{T}.amount * 5'))")" 4 \
  "a save after a savepoint"
is "$(other_says "$n")" 50 "counts there too"
is "$(other_says "ROLLBACK TO s; $n")" 40 "until it is rolled back"
is "$(other_says "COMMIT; $n")" 40 "and stays so"

sql $db "ALTER TABLE stall.sales RENAME amount TO gross"
is "$(other_says "SELECT state_of(\$\$ $n \$\$)")" 42703 "a column that another session renames"
sql $db "ALTER TABLE stall.sales RENAME gross TO amount"
is "$(other_says "$n")" 40 "and names back"
sql $db "BEGIN; DROP TABLE stall.sales; CREATE TABLE stall.sales (id integer PRIMARY KEY, amount bigint);
         INSERT INTO stall.sales VALUES (1, 1); COMMIT"
is "$(other_says "$n")" 4 "a table that was dropped and made again"

sql $db "DROP EXTENSION pg_loupe CASCADE; DROP FUNCTION public.model; $make" >/dev/null
sql $db "SELECT semantic_model_save(model('m', '{T}.amount * 6'))" >/dev/null
is "$(other_says "$n")" 6 "a session that knew the old extension reads the new one's models"
is "$(other_says "BEGIN; DROP EXTENSION pg_loupe; ROLLBACK; $n")" 6 "also after a DROP that failed"

sql $db "SELECT semantic_model_save('{\"name\": \"d\", \"entities\": [{
             \"name\": \"sales\", \"schema\": \"stall\", \"table\": \"sales\", \"primary_key\": [\"id\"],
             \"measures\": [{\"name\": \"d\", \"type\": \"count_distinct_approx\",
                             \"sql\": \"{T}.amount\"}]}]}')" >/dev/null
d="semantic_query('{\"model\": \"d\", \"measures\": [\"sales.d\"]}') #>> '{data,0,sales.d}'"
is "$(other_says "SET search_path = stall; SELECT public.$d")" 1 "a measure that is computed by us"
sql $db "ALTER SCHEMA public RENAME TO tools"
is "$(other_says "SELECT tools.$d")" 1 "finds our functions in a schema that was renamed"
sql $db "ALTER SCHEMA tools RENAME TO public"
is "$(other_says "SELECT public.$d")" 1 "and named back"

close_other

# Many models, many roles: what is kept has a bound.
sql $db "SELECT count(semantic_model_save(model('m' || i, '{T}.amount + ' || i)))
         FROM generate_series(1, 40) AS i" >/dev/null
is "$(sql $db "SELECT sum((semantic_query(jsonb_build_object('model', 'm' || i, 'measures',
                  '[\"sales.n\"]'::jsonb)) #>> '{data,0,sales.n}')::integer)
               FROM generate_series(1, 40) AS i;
               SELECT count(*) FROM pg_backend_memory_contexts WHERE name = 'loupe model'")" \
  "$(printf '860\n8')" "no more than a few models are kept"

# A standby replays invalidations.
start_standby
on_standby open_other $db
# Waits until the standby has replayed what the primary has written.
catch_up() {
  local target
  target=$(sql $db "SELECT pg_current_wal_lsn()")
  until [ "$(on_standby sql $db "SELECT pg_last_wal_replay_lsn() >= '$target'")" = t ]; do
    sleep 0.1
  done
}
catch_up
is "$(other_says "$n")" 6 "a standby uses stored models"
save "{T}.amount * 7"
catch_up
is "$(other_says "$n")" 7 "and hears of a change on the primary"
close_other
stop_standby

sql postgres "DROP DATABASE $db"
done_testing
