#!/usr/bin/env bash
# pg_dump and restore of a database with saved models: rows, versions and sequences come along.
. "$(dirname "$0")/tap.sh"

db=loupe_dump
copy=loupe_restored
dump=$(mktemp)
trap 'rm -f "$dump"' EXIT
fresh_database $db
fresh_database $copy

sql $db "CREATE EXTENSION pg_loupe" >/dev/null
sql $db "CREATE SCHEMA office; CREATE TABLE office.visits (id int PRIMARY KEY, region text);
         INSERT INTO office.visits VALUES (1, 'north'), (2, 'south');
         INSERT INTO loupe.project (name) VALUES ('second')" >/dev/null
model="jsonb_set(semantic_model_infer('office'), '{name}', '\"office\"')"
is "$(sql $db "SELECT semantic_model_save($model)")" 1 "a model is saved"
is "$(sql $db "SELECT semantic_model_save($model)")" 2 "and saved again"
is "$(sql $db "SELECT ask_teach('the mood up north', \$\$SELECT count(*) FROM visits
                WHERE region = 'north'\$\$, schemas => '{office}')")" 1 "a question is taught"
is "$(sql $db "SELECT ask_synonym('sojourn', 'visits', schemas => '{office}')")" 2 \
  "a word is taught, numbered by the same sequence"

ok "pg_dump as superuser" pg_dump -d $db -f "$dump"
ok "restore" psql -X -q -v ON_ERROR_STOP=1 -d $copy -f "$dump"

rows="SELECT id, project_id, name, version, is_active, model, owner, saved_at
      FROM loupe.semantic_model ORDER BY id"
is "$(sql $copy "$rows")" "$(sql $db "$rows")" "models are equal"
is "$(sql $copy "SELECT id, name FROM loupe.project ORDER BY id")" \
  "$(sql $db "SELECT id, name FROM loupe.project ORDER BY id")" "projects are equal"
is "$(sql $copy "SELECT semantic_query('{\"measures\": [\"visits.count\"]}')
                 #>> '{data,0,visits.count}'")" 2 "the restored model answers"
is "$(sql $copy "SELECT engine, rows FROM ask('what is the mood up south', schemas => '{office}')")" \
  'taught|[{"count": 1}]' "what was taught answers"
is "$(sql $copy "SELECT interpretation FROM ask('how many sojourns', schemas => '{office}')")" \
  "count of visits" "and so do words"
is "$(sql $copy "SELECT ask_teach('the mood', 'SELECT 1')")" 3 "the next pair follows"
is "$(sql $copy "SELECT semantic_model_save($model)")" 3 "the next version follows"
is "$(sql $copy "INSERT INTO loupe.project (name) VALUES ('third') RETURNING id")" 3 \
  "sequences go on where they were"

# A role that is no superuser cannot dump rows under row-level security; the reference says so.
sql $db "DROP ROLE IF EXISTS loupe_dumper" >/dev/null 2>&1
sql $db "CREATE ROLE loupe_dumper LOGIN; GRANT pg_read_all_data TO loupe_dumper" >/dev/null
if pg_dump -U loupe_dumper -d $db -f /dev/null >/dev/null 2>&1; then dumped=yes; else dumped=no; fi
is "$dumped" no "pg_dump by a role under row-level security fails"
sql $db "DROP OWNED BY loupe_dumper; DROP ROLE loupe_dumper" >/dev/null

sql postgres "DROP DATABASE $db"
sql postgres "DROP DATABASE $copy"
done_testing
