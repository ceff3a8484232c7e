# shellcheck shell=bash
# Sourced by the entry scripts: named steps with their minutes, and counts of tests.
#
#   step "unit tests" scripts/test-unit || failed=yes
#   add_counts 12 0 1        # passed, failed, skipped; into the file that $LOUPE_COUNTS names
#
# A step is a command of its own, never a shell function: `set -e` is off in a function whose
# status is asked for.

# Runs a command, prints its name before and its minutes after, and returns its status.
step() {
  local name=$1 start=$SECONDS status=0
  shift
  echo "== $name"
  "$@" || status=$?
  local seconds=$((SECONDS - start)) verdict=passed
  [ "$status" -eq 0 ] || verdict=FAILED
  printf '== %s: %s, %d.%02d min\n' "$name" "$verdict" $((seconds / 60)) $((seconds % 60 * 100 / 60))
  return "$status"
}

add_counts() {
  echo "   passed $1, failed $2, skipped $3"
  echo "$1 $2 $3" >>"$LOUPE_COUNTS"
}

# Number of lines in a file that match; no match is no error.
count_lines() {
  grep -cE -- "$1" "$2" || :
}

# Counts the assertions in a log of TAP and shows the log when its run failed. A run that failed
# without a failing assertion (a crash, a wrong plan) counts as one failure.
count_tap() {
  local log=$1 status=$2 failed skipped total
  total=$(count_lines '^(not )?ok [0-9]' "$log")
  skipped=$(count_lines '^ok [0-9].*# (SKIP|skip)' "$log")
  failed=$(grep -E '^not ok [0-9]' "$log" | grep -cvE '# TODO' || :)
  if [ "$status" -ne 0 ]; then
    grep -vE '^ok\b' "$log" | tail -n 200
    [ "$failed" -gt 0 ] || { failed=1; total=$((total + 1)); }
  fi
  add_counts $((total - failed - skipped)) "$failed" "$skipped"
}
