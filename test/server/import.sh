#!/usr/bin/env bash
# Models of other semantic layers: each document of test/import is imported and saved, and queries
# over it give the rows of hand-written SQL; exported and imported again, they still do.
. "$(dirname "$0")/tap.sh"
cd "$(dirname "$0")/../import"

db=loupe_import
fresh_database $db
sql $db "CREATE EXTENSION pg_loupe; SELECT loupe.load_sample('shop')" >/dev/null
for schema in flights saas tickets web; do
  psql -X -q -v ON_ERROR_STOP=1 -d $db -f $schema.sql
done
psql -X -q -v ON_ERROR_STOP=1 -d $db -f compare.sql

# save FORMAT FILE: imports the document and saves it as model m.
save() {
  psql -X -q -A -t -v ON_ERROR_STOP=1 -v format="$1" -v document="$(cat "$2")" -d $db -f - <<'SQL'
SELECT semantic_model_save(
    (semantic_import(:'format', :'document') -> 'model') || '{"name": "m"}') > 0 AS saved;
SQL
}

# again FORMAT FILE: imports, exports, imports and saves.
again() {
  psql -X -q -A -t -v ON_ERROR_STOP=1 -v format="$1" -v document="$(cat "$2")" -d $db -f - <<'SQL'
SELECT semantic_model_save((semantic_import(:'format', semantic_export(:'format',
    semantic_import(:'format', :'document') -> 'model') -> 'document') -> 'model')
    || '{"name": "m"}') > 0 AS saved;
SQL
}

# checks FORMAT DOMAIN: what is not the same, one line a query.
checks() {
  psql -X -q -A -t -v ON_ERROR_STOP=1 -v format="$1" -v checks="$(cat "$2.checks.json")" -d $db \
    -f - <<'SQL'
SELECT c ->> 'query' || ': ' || result
FROM jsonb_array_elements(:'checks') AS c,
     import_test.compare((c -> 'query') || '{"model": "m"}', c ->> 'sql') AS result
WHERE c -> 'formats' ? :'format' AND result <> 'same';
SQL
}

for format in cube dbt osi; do
  for domain in shop flights saas tickets web; do
    ok "$format/$domain is imported and saved" save $format $format/$domain.json
    is "$(checks $format $domain 2>&1)" "" "$format/$domain gives the rows of hand-written SQL"
    ok "$format/$domain is exported and imported again" again $format $format/$domain.json
    is "$(checks $format $domain 2>&1)" "" "$format/$domain gives them still"
  done
done

sql postgres "DROP DATABASE $db"
done_testing
