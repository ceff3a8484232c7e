#!/usr/bin/env bash
# The history of questions: written whatever becomes of the transaction, numbered where it may write,
# seen by the role that asked, without texts or not at all where that is switched off.
. "$(dirname "$0")/tap.sh"

db=loupe_history
fresh_database $db
sql $db "CREATE EXTENSION pg_loupe; CREATE SCHEMA yard;
         CREATE TABLE yard.visits (id int PRIMARY KEY, region text);
         INSERT INTO yard.visits VALUES (1, 'north'), (2, 'south');
         ALTER DATABASE $db SET search_path = yard, public"

# asked STATEMENTS: runs them in one session and then waits for the writer.
asked() { printf '%s;\nSELECT loupe.statement_flush();\n' "$1" | psql -X -q -A -t -d $db 2>&1; }

is "$(asked "SELECT id FROM ask('how many visits')")" "1
t" "an answer has a number"
is "$(sql $db "SELECT id, status, engine, question, schemas, model IS NULL, row_count, role_name,
                      sql IS NOT NULL, rows_hash IS NOT NULL FROM loupe.question")" \
  "1|answered|embedded|how many visits|{yard,public}|t|1|postgres|t|t" "and a row in the history"
is "$(asked "BEGIN READ ONLY; SELECT id IS NULL FROM ask('how many visits'); ROLLBACK")" "t
t" "a read-only transaction takes no number"
is "$(sql $db "SELECT count(*) FROM loupe.question")" 2 "but is in the history"
asked "SET loupe.ask_history = off; SELECT 1 FROM ask('how many visits')" >/dev/null
is "$(sql $db "SELECT count(*) FROM loupe.question")" 2 "off: nothing is kept"
asked "SET loupe.ask_history = no_text; SELECT 1 FROM ask('how many visits')" >/dev/null
is "$(sql $db "SELECT status, row_count, question IS NULL AND sql IS NULL AND rows_hash IS NULL
               AND interpretation IS NULL FROM loupe.question ORDER BY id DESC LIMIT 1")" \
  "answered|1|t" "no_text: neither words nor SQL"
is "$(asked "CREATE ROLE loupe_asker; SET ROLE loupe_asker; SELECT count(*) FROM loupe.question")" "0
t" "a role does not see the questions of others"
sql $db "DROP ROLE loupe_asker"

sql postgres "DROP DATABASE $db"
done_testing
