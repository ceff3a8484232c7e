#!/usr/bin/env bash
# The reference pages say what the catalog says; every SQL example of the documentation runs, and
# prints what the page shows where it shows anything.
. "$(dirname "$0")/tap.sh"
cd "$(dirname "$0")/../.."

db=loupe_documentation
fresh_database $db
sql $db "CREATE EXTENSION pg_loupe; SELECT loupe.load_sample('shop')" >/dev/null

for page in docs/reference/*.md; do
  is "$(scripts/reference "$page" $db)" "$(cat "$page")" "$page agrees with the catalog"
done

# run_examples FILE: its ```sql blocks, in order and in one session.
run_examples() {
  {
    echo "SET search_path = shop, public;"
    awk '/^```sql$/ { on = 1; next } /^```/ { on = 0 } on' "$1"
  } | psql -X -q -v ON_ERROR_STOP=1 -d $db -f - -o /dev/null
}
for page in README.md docs/*.md docs/*/*.md; do
  grep -q '^```sql$' "$page" || continue
  if grep -q '^```text$' "$page"; then
    is "$(scripts/examples "$page" $db)" "$(cat "$page")" "the examples of $page print what it says"
    continue
  fi
  ok "the examples of $page run" run_examples "$page"
done

sql postgres "DROP DATABASE $db"
done_testing
