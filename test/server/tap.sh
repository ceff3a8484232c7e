# TAP for shell tests: `. "$(dirname "$0")/tap.sh"`, then is, ok and done_testing; a database, a
# second session and a standby to test with.
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

# open_other DATABASE: begins a second session, which stays until close_other. One at a time.
open_other() { coproc other { psql -X -q -A -t -d "$1" 2>&1; }; }

# other_says STATEMENT: the one line that it prints there.
other_says() {
  printf '%s;\n' "$1" >&"${other[1]}"
  local line
  read -r -t 20 line <&"${other[0]}"
  echo "$line"
}

close_other() {
  printf '%s\n' '\q' >&"${other[1]}"
  wait || :
}

# start_standby: a standby of the server of the environment, which is the one whose socket that
# names; it is stopped with the test at the latest. To be called in the project's folder.
start_standby() {
  local state primary=
  for state in build/servers/*; do
    [ "$(cat "$state")/socket" != "$PGHOST" ] || primary=$(basename "$state")
  done
  standby="standby-$$"
  trap stop_standby EXIT
  scripts/private-server standby "$standby" "$primary"
}

# on_standby COMMAND…: runs it with the standby's socket.
on_standby() { PGHOST=$(cat "build/servers/$standby")/socket "$@"; }

stop_standby() { [ ! -e "build/servers/$standby" ] || scripts/private-server stop "$standby"; }
