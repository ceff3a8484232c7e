#!/usr/bin/env bash
# Fifty taught questions answer their rewordings and nothing else (test/ask/run-taught).
. "$(dirname "$0")/tap.sh"
cd "$(dirname "$0")/../.."

ok "90 % of the rewordings are answered rightly, none wrongly" test/ask/run-taught

sql postgres "DROP DATABASE loupe_questions"
done_testing
