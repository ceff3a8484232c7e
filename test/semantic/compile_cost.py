"""What it costs to turn a query into SQL, on the queries of the semantic corpus.

Measured inside the server by clock_timestamp() around semantic_sql, less the same around a function
that does nothing; and from outside for the first query of a fresh connection, less the same for that
other function, because loading the library happens before the statement's clock can run.
"""

import os
import statistics
import time

from wire import Session

REPEATS = 100  # of one query in a warm session
FRESH_CONNECTIONS = 20
GOALS = "goals: p50 0.2 ms, p95 1 ms, first query of a connection 10 ms, memory 5 MB"
# Queries of other systems, in their own processes, on the same questions: milliseconds and MB.
# Warm is the same query again; a new query costs Cube 8 to 15, and MetricFlow 70 at p50.
PEERS = (
    ("Cube", 0.40, 1.1, 4400, 134),
    ("MetricFlow", 40, 126, 5900, 135),
    ("Malloy", 11, 40, 2500, 143),
)

# What nobody asks for is not computed, so the text is asked for.
_TIMED = """SELECT extract(epoch FROM after - before) * 1000, text IS NULL
            FROM (SELECT clock_timestamp() AS before, {call} AS text, clock_timestamp() AS after
                  FROM (SELECT $1::jsonb AS query FROM generate_series(1, $2::integer) OFFSET 0)
                       AS queries OFFSET 0) AS timed"""
COMPILE = "semantic_sql(query)"
NOTHING = "jsonb_typeof(query)"
_MEMORY = "SELECT sum(total_bytes) FROM pg_backend_memory_contexts"


def quantile(values, share):
    values = sorted(values)
    return values[min(len(values) - 1, int(len(values) * share))]


def timed(session, call, query, times):
    """Milliseconds of each of so many calls."""
    rows = session.call(_TIMED.format(call=call), [query, str(times)]).rows
    return [float(ms) for ms, _ in rows]


def warm(database, role, queries, at_once):
    """Milliseconds of each query, so many calls in a statement: the median of all its calls."""
    with Session(database, user=role) as session:

        def median_of(call, query):
            rounds = [timed(session, call, query, at_once) for _ in range(REPEATS // at_once)]
            return statistics.median(ms for times in rounds for ms in times)

        for query in queries:
            timed(session, COMPILE, query, 1)
        empty = median_of(NOTHING, queries[0])
        return [median_of(COMPILE, query) - empty for query in queries]


def first_of_connection(database, role, call, query):
    """The median of the wall time in ms that a fresh connection needs for its first statement."""
    found = []
    for _ in range(FRESH_CONNECTIONS):
        with Session(database, user=role) as session:
            start = time.perf_counter()
            session.call(f"SELECT {call} FROM (SELECT $1::jsonb AS query) AS q", [query])
            found.append(1000 * (time.perf_counter() - start))
    return statistics.median(found)


def _resident_mb(pid):
    """Private memory of a process, that of the C++ heap included."""
    with open(f"/proc/{pid}/status", encoding="ascii", errors="replace") as file:
        for line in file:
            if line.startswith("RssAnon:"):
                return int(line.split()[1]) / 1024
    return 0.0


def memory(database, role, queries):
    """MB by which contexts and private memory of a backend grow with one call of each query."""
    with Session(database, user=role) as session:
        for query in queries:
            timed(session, NOTHING, query, 1)
        contexts, resident = _contexts_mb(session), _resident_mb(session.pid)
        for query in queries:
            timed(session, COMPILE, query, 1)
        return _contexts_mb(session) - contexts, _resident_mb(session.pid) - resident


def _contexts_mb(session):
    return float(session.value(_MEMORY)) / (1 << 20)


def print_row(name, p50, p95, first, megabytes, note):
    print(f"  {name:14}{p50:9.3f}{p95:9.3f}{first:12.1f}{megabytes:9.1f}   {note}")


def report(database, role, queries):
    """Prints the table."""
    hot = warm(database, role, queries, REPEATS)
    alone = warm(database, role, queries, 1)
    query = queries[len(queries) // 2]
    whole_first = first_of_connection(database, role, COMPILE, query)
    first = whole_first - first_of_connection(database, role, NOTHING, query)
    contexts, resident = memory(database, role, queries)
    print(f"\nCompilation of {len(queries)} queries, {REPEATS} times each, the median call of each")
    print(f"  {'':14}{'p50 ms':>9}{'p95 ms':>9}{'first ms':>12}{'MB':>9}")
    for times, note in ((alone, "each call a statement"), (hot, "all calls in one statement")):
        p50, p95 = quantile(times, 0.5), quantile(times, 0.95)
        print_row("pg_loupe", p50, p95, first, resident, note)
    for name, p50, p95, start, megabytes in PEERS:
        print_row(name, p50, p95, start, megabytes, "warm; measured elsewhere, at another time")
    for ms, text in sorted(zip(alone, queries), reverse=True)[:3]:
        print(f"  dearest {ms:.3f} ms: {text[:120]}")
    print(f"  first: with connection set up, {whole_first:.1f} ms before the empty call's is taken off")
    print(f"  MB: private memory of the backend; memory contexts alone grow by {contexts:.1f}")
    print(f"  {GOALS}")
