"""The statements that the runners of the gate are fed, and the database they are meant for.

`folder` is the validator folder of the conformance corpus: `public.jsonl` holds labelled cases,
`regress.jsonl.gz` the statements of PostgreSQL's own regression suite.
"""

import gzip
import json
import os
import re
import subprocess

from wire import Lost, ServerError, Session

DATABASE = "loupe_gate"


def cases(folder):
    """The labelled cases, in order of the file."""
    with open(os.path.join(folder, "public.jsonl"), encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def regress(folder):
    """(file, sql) of each regression statement, in order of the suite."""
    with gzip.open(os.path.join(folder, "regress.jsonl.gz"), "rt", encoding="utf-8") as file:
        return [(entry["file"], entry["sql"]) for entry in map(json.loads, file)]


def _psql(*arguments):
    subprocess.run(
        ["psql", "-X", "-q", "-v", "ON_ERROR_STOP=1", *arguments],
        check=True,
        stdout=subprocess.DEVNULL,
        env={**os.environ, "PGOPTIONS": "-c client_min_messages=warning"},
    )


def make_database(folder, database=DATABASE):
    """Makes the database of the labelled cases afresh: schema, traps, then the extension."""
    _psql("-d", "postgres", "-c", f"DROP DATABASE IF EXISTS {database}")
    _psql("-d", "postgres", "-c", f"CREATE DATABASE {database}")
    for name in ("schema.sql", "schema_traps.sql"):
        with open(os.path.join(folder, name), encoding="utf-8") as file:
            subprocess.run(
                ["psql", "-X", "-q", "-v", "ON_ERROR_STOP=1", "-d", database],
                check=True,
                stdin=file,
                stdout=subprocess.DEVNULL,
            )
    _psql("-d", database, "-c", "CREATE EXTENSION pg_loupe")


# What would end the session, reach other databases, or run for long without telling anything.
_NOT_REPLAYED = (
    "begin", "start", "commit", "end", "rollback", "abort", "savepoint", "release", "prepare",
    "drop", "reset", "set", "discard", "vacuum", "reindex", "cluster", "explain", "analyze",
    "select", "with", "values", "table", "fetch", "move", "close", "declare", "execute",
    "deallocate", "show", "listen", "unlisten", "notify", "copy", "lock", "checkpoint", "truncate",
    "delete", "load", "call", "grant", "revoke",
)  # fmt: skip
_NOT_REPLAYED_OBJECTS = (
    "database", "tablespace", "subscription", "event", "system", "role", "user", "default",
)  # fmt: skip


def make_regress_database(statements, database):
    """Makes a database with what the regression suite creates and a role of no rights can read.

    The suite's CREATE, ALTER and INSERT statements run in order as superuser; those that fail, most
    for want of psql variables or of what an earlier test dropped, are passed over. Returns how many
    relations there are.
    """
    _psql("-d", "postgres", "-c", f"DROP DATABASE IF EXISTS {database}")
    _psql("-d", "postgres", "-c", f"CREATE DATABASE {database}")
    _psql("-d", database, "-c", "CREATE EXTENSION pg_loupe")
    session = Session(database)
    session.query("SET statement_timeout = '1s'; SET lock_timeout = '1s'")
    for _, sql in statements:
        words = uncommented(sql).lower().split(None, 2)
        if (
            not words
            or words[0] in _NOT_REPLAYED
            or words[1:2]
            and words[1] in _NOT_REPLAYED_OBJECTS
        ):
            continue
        try:
            session.call(sql)
        except ServerError:
            pass
        except Lost:
            session = Session(database)
    session.query("RESET SESSION AUTHORIZATION; RESET ALL")
    session.query("""DO $$
        DECLARE name text;
        BEGIN
            FOR name IN SELECT format('%I', nspname) FROM pg_namespace
                        WHERE nspname !~ '^pg_' AND nspname <> 'information_schema' LOOP
                EXECUTE 'GRANT USAGE ON SCHEMA ' || name || ' TO PUBLIC';
                EXECUTE 'GRANT SELECT ON ALL TABLES IN SCHEMA ' || name || ' TO PUBLIC';
            END LOOP;
        END $$""")
    count = session.value(
        "SELECT count(*) FROM pg_class WHERE relkind IN ('r', 'v', 'm', 'p') AND oid >= 16384"
    )
    session.close()
    return int(count)


def uncommented(sql):
    """The text from its first token on."""
    at = 0
    while True:
        while at < len(sql) and sql[at] in " \t\r\n\f\v":
            at += 1
        if sql.startswith("--", at):
            at = re.compile(r"[\r\n]|\Z").search(sql, at).start()
        elif sql.startswith("/*", at):
            depth, at = 1, at + 2
            while depth and at < len(sql):
                if sql.startswith("/*", at):
                    depth, at = depth + 1, at + 2
                elif sql.startswith("*/", at):
                    depth, at = depth - 1, at + 2
                else:
                    at += 1
        else:
            return sql[at:]
