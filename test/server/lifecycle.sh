#!/usr/bin/env bash
# Install, drop, install again, install into another schema; nothing is left behind.
. "$(dirname "$0")/tap.sh"

db=loupe_lifecycle
fresh_database $db

ok "CREATE EXTENSION" sql $db "CREATE EXTENSION pg_loupe"
is "$(sql $db "SELECT pronamespace::regnamespace FROM pg_proc WHERE proname = 'ask'")" public \
  "public functions go to the first schema of search_path"
ok "DROP EXTENSION" sql $db "DROP EXTENSION pg_loupe"
is "$(sql $db "SELECT count(*) FROM pg_namespace WHERE nspname = 'loupe'")" 0 \
  "DROP EXTENSION removes its schema"
is "$(sql $db "SELECT count(*) FROM pg_proc WHERE probin LIKE '%pg_loupe%'")" 0 \
  "and every function"
ok "CREATE EXTENSION again" sql $db "CREATE EXTENSION pg_loupe"
ok "DROP EXTENSION again" sql $db "DROP EXTENSION pg_loupe"

ok "CREATE EXTENSION … SCHEMA" sql $db "CREATE SCHEMA x; CREATE EXTENSION pg_loupe SCHEMA x"
is "$(sql $db "SELECT pronamespace::regnamespace FROM pg_proc WHERE proname = 'ask'")" x \
  "public functions go to the schema that is named"
ok "load_sample works there" sql $db "SELECT loupe.load_sample('shop')"
is "$(sql $db "SET search_path = shop; SELECT (x.ask('how many orders')).status")" answered \
  "ask works there"
is "$(sql $db "SET search_path = shop; SELECT count(*) > 0 FROM x.profile('orders')")" t \
  "profile works there"
is "$(sql $db "SET search_path = shop;
       SELECT x.semantic_query('{\"measures\": [\"orders.count\"]}') ->> 'row_count'")" 1 \
  "semantic_query works there"
is "$(sql $db "SELECT length(x.render_chart('{\"mark\": \"bar\", \"data\": {\"values\": [{\"a\": 1}]},
       \"encoding\": {\"x\": {\"field\": \"a\", \"type\": \"quantitative\"}}}')) > 0")" t \
  "render_chart works there"
ok "DROP EXTENSION from there" sql $db "DROP EXTENSION pg_loupe"
is "$(sql $db "SELECT count(*) > 0 FROM shop.orders")" t "the sample stays: it is the user's data"

sql postgres "DROP DATABASE $db"
done_testing
