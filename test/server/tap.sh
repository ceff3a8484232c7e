# TAP for shell tests: `. "$(dirname "$0")/tap.sh"`, then is, ok and done_testing.
set -euo pipefail

tap_count=0

# is GOT EXPECTED NAME
is() {
  tap_count=$((tap_count + 1))
  if [ "$1" = "$2" ]; then
    echo "ok $tap_count - $3"
  else
    echo "not ok $tap_count - $3"
    printf '%s\n' "got:" "$1" "expected:" "$2" | sed 's/^/# /'
  fi
}

# ok NAME COMMAND…: passes when the command succeeds.
ok() {
  local name=$1 output
  shift
  tap_count=$((tap_count + 1))
  if output=$("$@" 2>&1); then
    echo "ok $tap_count - $name"
  else
    echo "not ok $tap_count - $name"
    printf '%s\n' "$output" | sed 's/^/# /'
  fi
}

done_testing() { echo "1..$tap_count"; }

# sql DATABASE STATEMENT: its output, unaligned.
sql() { psql -X -q -A -t -v ON_ERROR_STOP=1 -d "$1" -c "$2"; }

# fresh_database NAME: an empty one of that name.
fresh_database() {
  psql -X -q -v ON_ERROR_STOP=1 -d postgres \
    -c "SET client_min_messages = warning" \
    -c "DROP DATABASE IF EXISTS $1" -c "CREATE DATABASE $1"
}
