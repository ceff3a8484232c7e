#!/usr/bin/env bash
# Databases that are not UTF-8: text is converted on the way in and out, bad bytes are an error, and
# an error message whose characters the encoding lacks is told all the same.
. "$(dirname "$0")/tap.sh"

# make_database NAME ENCODING
make_database() {
  psql -X -q -v ON_ERROR_STOP=1 -d postgres -c "SET client_min_messages = warning" \
    -c "DROP DATABASE IF EXISTS $1" \
    -c "CREATE DATABASE $1 TEMPLATE template0 ENCODING '$2' LC_COLLATE 'C' LC_CTYPE 'C'"
  sql "$1" "CREATE EXTENSION pg_loupe" >/dev/null
}

# state DATABASE STATEMENT: SQLSTATE and message of the failure.
state() {
  psql -X -q -A -t -v VERBOSITY=verbose -d "$1" -c "SET client_encoding = 'UTF8'" -c "$2" 2>&1 |
    sed -n 's/^ERROR:  *//p'
}

make_database loupe_latin LATIN1
export PGCLIENTENCODING=UTF8
sql loupe_latin "CREATE TABLE \"Größen\" (id int PRIMARY KEY, stadt text);
                 INSERT INTO \"Größen\" VALUES (1, 'Köln'), (2, 'Köln'), (3, 'Ulm')" >/dev/null
is "$(sql loupe_latin "SELECT most_common -> 0 ->> 'value' FROM profile('\"Größen\"')
                       WHERE column_name = 'stadt'")" "Köln" "values are converted both ways"
is "$(sql loupe_latin "SELECT chart_svg('{\"data\": {\"sql\": \"SELECT stadt, id FROM \\\"Größen\\\"\"},
       \"mark\": \"bar\", \"encoding\": {\"x\": {\"field\": \"stadt\"}}}') ~ '>Köln<'")" t \
  "charts show them"
is "$(state loupe_latin "SELECT * FROM profile('Größe')" | cut -c1-6)" "42P01:" \
  "errors that name them are told"
is "$(state loupe_latin "SELECT chart_text('{\"mark\": \"bar\", \"data\": {\"values\": [{\"a\": 1}]},
       \"encoding\": {\"x\": {\"field\": \"a\", \"type\": \"quantitative\"}}}')" | cut -c1-6)" "22P05:" \
  "what the encoding lacks is an error"
is "$(state loupe_latin "SELECT render_chart('{\"mark\": \"bar\", \"data\": {\"name\": \"x\"}}')")" \
  "LP403: the specification names its data, but none is given" \
  "a hint with such characters does not hide its error"

make_database loupe_ascii SQL_ASCII
bad="E'\\xff\\xfe'"
is "$(state loupe_ascii "SELECT ask($bad)" | cut -c1-6)" "22021:" "ask refuses bytes that are not UTF-8"
is "$(state loupe_ascii "SELECT * FROM profile($bad)" | cut -c1-6)" "22021:" \
  "profile refuses them"
is "$(state loupe_ascii "SELECT semantic_query(jsonb_build_object('measures', $bad))" | cut -c1-6)" \
  "22021:" "nor does a query take them"
is "$(state loupe_ascii "SELECT render_chart(jsonb_build_object('mark', $bad))" | cut -c1-6)" "22021:" \
  "nor does a chart"
is "$(sql loupe_ascii "SELECT 1")" 1 "the session is usable"

sql postgres "DROP DATABASE loupe_latin"
sql postgres "DROP DATABASE loupe_ascii"
done_testing
