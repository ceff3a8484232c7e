#!/usr/bin/env bash
# Questions over a schema of 10,000 tables: an answer within bounds of time and memory.
. "$(dirname "$0")/tap.sh"

db=loupe_many_tables
fresh_database $db
# A transaction may only lock so many tables: a commit after each few hundred.
psql -X -q -v ON_ERROR_STOP=1 -d $db <<'SQL'
CREATE EXTENSION pg_loupe;
CREATE SCHEMA many;
CREATE PROCEDURE many.fill(tables integer) LANGUAGE plpgsql AS $$
BEGIN
    FOR i IN 1..tables LOOP
        EXECUTE format('CREATE TABLE many.thing_%s (id int PRIMARY KEY, name text, part_%s numeric)',
                       i, i % 100);
        IF i % 500 = 0 THEN
            COMMIT;
        END IF;
    END LOOP;
END $$;
CALL many.fill(10000);
CREATE TABLE many.orders (id int PRIMARY KEY, status text);
INSERT INTO many.orders SELECT i, 'open' FROM generate_series(1, 50) AS i;
SQL

answer="SELECT (ask('how many orders with status open', schemas => '{many}')).answer"
is "$(sql $db "SET statement_timeout = '20s'; $answer")" \
  "The count of orders is 50, where status is open." "10,001 tables: an answer"
is "$(sql $db "SET statement_timeout = '20s';
        SELECT status FROM ask('average part of the thing by name', schemas => '{many}')
        WHERE status IN ('clarify', 'abstained') AND elapsed < interval '20 s'" | wc -l)" 1 \
  "10,000 things of the same name: no guess"
is "$(sql $db "SET statement_timeout = '20s';
        SELECT count(*) < 200 FROM ask_explain('name of things', schemas => '{many}')")" t \
  "an explanation that stays short"
is "$(sql $db "$answer;
        SELECT substring(pg_read_file('/proc/self/status') FROM 'VmHWM:\s*(\d+)')::int < 1048576" |
  tail -1)" t "in less than a gigabyte"

sql postgres "DROP DATABASE $db"
done_testing
