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

asked "BEGIN; SELECT 1 FROM ask('visits by region'); ROLLBACK" >/dev/null
is "$(sql $db "SELECT status, question FROM loupe.question ORDER BY at DESC LIMIT 1")" \
  "answered|visits by region" "a ROLLBACK does not lose a question"

sql $db "CREATE ROLE loupe_team; CREATE ROLE loupe_mate IN ROLE loupe_team;
         GRANT USAGE ON SCHEMA yard TO loupe_team; GRANT SELECT ON yard.visits TO loupe_team"
asked "SET ROLE loupe_team; SELECT 1 FROM ask('how many visits per region')" >/dev/null
is "$(asked "SET ROLE loupe_mate; SELECT question FROM loupe.question; DELETE FROM loupe.question")" \
  "how many visits per region
t" "a member sees the questions of its role, and may delete them"
is "$(sql $db "SELECT count(*) FILTER (WHERE role_name = 'loupe_team'), count(*) > 0
               FROM loupe.question")" "0|t" "and no others"
is "$(sql $db "SET ROLE loupe_mate; UPDATE loupe.question SET question = ''" 2>&1)" \
  "ERROR:  permission denied for table question" "nobody rewrites the history"
for setting in "loupe.ask_history = off" "loupe.ask_retention = 0"; do
  is "$(psql -X -q -A -t -d $db -v VERBOSITY=sqlstate -c "SELECT loupe.statement_flush()" \
    -c "SET ROLE loupe_mate" -c "SET $setting" 2>&1)" "t
ERROR:  42501" "no role sets it for itself: $setting"
done
asked "SET ROLE loupe_mate; SET loupe.ask_history = off; SELECT 1 FROM ask('how many regions')" \
  >/dev/null
is "$(sql $db "SELECT question FROM loupe.question WHERE role_name = 'loupe_mate'")" \
  "how many regions" "not before the library is loaded either"
sql $db "DROP OWNED BY loupe_team, loupe_mate; DROP ROLE loupe_mate; DROP ROLE loupe_team"

# The ü lies astride the 8,192nd byte; the number of the row tells that nothing else was cut.
asked "SELECT 1 FROM ask(repeat(' ', 8191 - length('how many visits')) || 'how many visitsü')" >/dev/null
is "$(sql $db "SELECT octet_length(question), right(question, 6), status FROM loupe.question
               ORDER BY at DESC LIMIT 1")" \
  "8191|visits|abstained" "a text is cut at 8 kB, between two characters"

# Feedback waits for what is still to be written.
feedback=$(psql -X -q -A -t -d $db 2>&1 <<'SQL'
SELECT id AS asked FROM ask('how many visits') \gset
SELECT ask_feedback(:asked, 'wrong', 'SELECT count(*) FROM visits WHERE id > 1');
SELECT ask_feedback(:asked, 'right');
SELECT verdict, correction IS NULL, question_id = :asked FROM loupe.question_feedback;
\set VERBOSITY sqlstate
SELECT ask_feedback(:asked, 'perhaps');
SELECT ask_feedback(-1, 'right');
SELECT ask_feedback(:asked, 'wrong', 'DELETE FROM visits');
CREATE ROLE loupe_asker;
SET ROLE loupe_asker;
SELECT ask_feedback(:asked, 'right');
INSERT INTO loupe.question_feedback (question_id, verdict) VALUES (:asked, 'right');
SELECT count(*) FROM loupe.question_feedback;
RESET ROLE;
DROP ROLE loupe_asker;
SQL
)
is "$feedback" "

right|t|t
ERROR:  22023
ERROR:  P0002
ERROR:  LP701
ERROR:  P0002
ERROR:  42501
0" "feedback of one's own questions alone, with a correction that the gate accepts"

# A question asked again tells what changed.
replay=$(psql -X -q -A -t -d $db 2>&1 <<'SQL'
CREATE TABLE yard.rooms (id int PRIMARY KEY, mark text);
INSERT INTO yard.rooms VALUES (1, 'ground'), (2, 'first');
SELECT id AS asked FROM ask('how many rooms') \gset
SELECT question, status_before, status, same_sql, same_answer, row_count_before, row_count, answer
FROM ask_replay(:asked);
INSERT INTO yard.rooms VALUES (3, 'first');
SELECT same_sql, same_answer, sql = sql_before, answer FROM ask_replay(:asked);
SELECT count(*) FROM loupe.question WHERE question = 'how many rooms';
SELECT ask_synonym('rooms', 'visits') IS NOT NULL;
SELECT same_sql, status FROM ask_replay(:asked);
SELECT ask_forget(max(id)) FROM loupe.taught_synonym;
ALTER TABLE yard.rooms RENAME TO gremlins;
SELECT status_before, status, same_sql, same_answer, sql IS NULL, row_count FROM ask_replay(:asked);
SELECT id AS filtered FROM ask('how many gremlins', filters =>
    '[{"member": "gremlins.mark", "operator": "equals", "values": ["first"]}]') \gset
SELECT answer, same_sql FROM ask_replay(:filtered);
DROP TABLE yard.gremlins;
SET loupe.ask_history = no_text;
SELECT id AS silent FROM ask('how many visits') \gset
RESET loupe.ask_history;
\set VERBOSITY sqlstate
SELECT ask_replay(:silent);
SELECT ask_replay(-1);
SELECT ask_replay(NULL);
CREATE ROLE loupe_asker;
SET ROLE loupe_asker;
SELECT ask_replay(:asked);
RESET ROLE;
DROP ROLE loupe_asker;
SQL
)
is "$replay" "how many rooms|answered|answered|t|t|1|1|The count of rooms is 2.
t|f|t|The count of rooms is 3.
1
t
f|answered
t
answered|abstained|f|f|t|
The count of gremlins is 2, where mark is first.|t
ERROR:  22023
ERROR:  22023
ERROR:  22004
ERROR:  22023" "ask_replay tells what changed"

sql $db "ALTER DATABASE $db SET loupe.ask_retention = '1h';
         UPDATE loupe.question SET at = at - interval '2 hours' WHERE question = 'visits by region'"
asked "SELECT 1 FROM ask('how many visits')" >/dev/null
is "$(sql $db "SELECT count(*) FILTER (WHERE question = 'visits by region'),
                      count(*) FILTER (WHERE question = 'how many visits') > 1
               FROM loupe.question")" "0|t" "what is older than loupe.ask_retention is deleted"
sql $db "ALTER DATABASE $db SET loupe.ask_retention = -1;
         UPDATE loupe.question SET at = at - interval '9 years'"
asked "SELECT 1 FROM ask('how many visits')" >/dev/null
is "$(sql $db "SELECT count(*) > 1 FROM loupe.question WHERE at < now() - interval '8 years'")" "t" \
  "-1: never"

sql postgres "DROP DATABASE $db"
done_testing
