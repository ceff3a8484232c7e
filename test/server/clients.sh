#!/usr/bin/env bash
# Other clients read what semantic_view publishes: SQLAlchemy and pgJDBC. A client whose packages
# cannot be had is skipped.
. "$(dirname "$0")/tap.sh"
cd "$(dirname "$0")/../.."

db=loupe_clients
driver=/usr/share/java/postgresql.jar
fresh_database $db
sql $db "CREATE EXTENSION pg_loupe;
         CREATE SCHEMA shop;
         CREATE TABLE shop.orders (id int PRIMARY KEY, status text, fee numeric(8,2), at timestamptz);
         INSERT INTO shop.orders VALUES (1, 'done', 1.50, '2024-01-31 23:30+00'),
             (2, 'done', 2.50, '2024-02-01 10:00+00'), (3, 'open', NULL, '2024-02-29 12:00+00');
         SET search_path = shop;
         SELECT public.semantic_view('by_month', '{\"measures\": [\"orders.count\", \"orders.total_fee\"],
             \"dimensions\": [\"orders.status\"], \"timezone\": \"Europe/Berlin\",
             \"timeDimensions\": [{\"dimension\": \"orders.at\", \"granularity\": \"month\"}]}')" >/dev/null

# skip NAME: a test that cannot be made here.
skip() {
  tap_count=$((tap_count + 1))
  echo "ok $tap_count - $1 # SKIP the packages are not there"
}

scripts/install-deps clients >/dev/null 2>&1 || :

name="SQLAlchemy reads the view"
if /usr/bin/python3 -c 'import sqlalchemy, psycopg2' 2>/dev/null; then
  is "$(/usr/bin/python3 test/server/read_view.py $db shop by_month)" "by_month
orders.status TEXT
orders.at.month TIMESTAMP
orders.count BIGINT
orders.total_fee NUMERIC
done|2024-02-01 00:00:00|2|4.00
open|2024-02-01 00:00:00|1|None" "$name"
else
  skip "$name"
fi

# pgJDBC speaks TCP alone, and the server of the tests listens on its socket alone.
read_by_jdbc() {
  local port output status=0
  coproc RELAY { exec /usr/bin/python3 test/server/socket_relay.py "$PGHOST/.s.PGSQL.$PGPORT"; }
  read -r port <&"${RELAY[0]}"
  output=$(java -Xshare:auto -cp "$driver" test/server/ReadView.java \
    "jdbc:postgresql://127.0.0.1:$port/$db?user=$PGUSER&sslmode=disable&gssEncMode=disable" \
    shop by_month 2>&1) || status=$?
  kill "$RELAY_PID"
  printf '%s\n' "$output"
  return "$status"
}

name="pgJDBC reads the view"
if [ -e "$driver" ] && javac -version >/dev/null 2>&1; then
  is "$(read_by_jdbc)" "by_month
orders.status text
orders.at.month timestamp
orders.count int8
orders.total_fee numeric
done|2024-02-01 00:00:00.0|2|4.00
open|2024-02-01 00:00:00.0|1|null" "$name"
else
  skip "$name"
fi

sql postgres "DROP DATABASE $db"
done_testing
