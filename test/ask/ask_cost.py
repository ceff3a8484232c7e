"""What it costs to read a question: time inside the server, without running what it means.

    report("title", database, {schema: questions}, GOAL)

Each call of ask_sql is a statement of its own, between two looks at clock_timestamp(). A schema's
questions are asked once to warm up, then in rounds, and the median of a question's calls counts; a
round that is begun after SECONDS is not finished. Memory is what a session grows by that is asked all
questions once: memory contexts, and the process's private memory, where C++ keeps its own.
"""

import collections
import statistics
import time

from nl_report import quantile
from wire import ServerError, Session

ROUNDS = 5
SECONDS = 120  # of a report
MEMORY_GOAL = 20  # MB of a backend
Goal = collections.namedtuple("Goal", "p50 p95")  # ms; p50 may be None

_TIMED = """SELECT extract(epoch FROM after - before) * 1000, sql IS NOT NULL
            FROM (SELECT clock_timestamp() AS before, ask_sql(question) AS sql,
                         clock_timestamp() AS after
                  FROM (SELECT $1::text AS question OFFSET 0) AS asked OFFSET 0) AS timed"""
_MEMORY = "SELECT sum(total_bytes) FROM pg_backend_memory_contexts"


class Times:
    """Milliseconds of the calls of each question, and whether it is answered."""

    def __init__(self):
        self.first = None  # of the first call of all, cold
        self.of = collections.defaultdict(list)
        self.answered = set()
        self.errors = collections.Counter()

    def medians(self, keys):
        return [statistics.median(self.of[key]) for key in keys if key in self.of]


def _open(database, schema):
    session = Session(database)
    session.query("SET client_min_messages TO error")
    _choose(session, schema)
    return session


def _choose(session, schema):
    session.query(f'SET search_path TO "{schema}", public')


def _call(session, question, times):
    """Milliseconds, and whether the question is answered; an error is an answer that fails."""
    start = time.perf_counter()
    try:
        ms, answered = session.call(_TIMED, [question]).rows[0]
        return float(ms), answered == "t"
    except ServerError as error:
        times.errors[error.sqlstate] += 1
        return 1000 * (time.perf_counter() - start), False


def measure(database, questions):
    """Times of the questions of each schema."""
    times = Times()
    deadline = time.monotonic() + SECONDS
    with _open(database, next(iter(questions))) as session:
        for schema, texts in questions.items():
            _choose(session, schema)
            for turn in range(ROUNDS + 1):
                for text in texts:
                    if time.monotonic() > deadline:
                        return times
                    ms, answered = _call(session, text, times)
                    times.first = ms if times.first is None else times.first
                    if answered:
                        times.answered.add((schema, text))
                    if turn > 0:
                        times.of[schema, text].append(ms)
    return times


def _resident_mb(pid):
    with open(f"/proc/{pid}/status", encoding="ascii", errors="replace") as file:
        for line in file:
            if line.startswith("RssAnon:"):
                return int(line.split()[1]) / 1024
    return 0.0


def _sizes(session):
    """MB of memory contexts and of private memory."""
    return float(session.value(_MEMORY)) / (1 << 20), _resident_mb(session.pid)


def memory(database, questions):
    """MB that a session grows by: contexts, private memory."""
    deadline = time.monotonic() + SECONDS
    times = Times()
    with _open(database, next(iter(questions))) as session:
        _sizes(session)
        contexts, resident = _sizes(session)
        for schema, texts in questions.items():
            _choose(session, schema)
            for text in texts:
                if time.monotonic() < deadline:
                    _call(session, text, times)
        after = _sizes(session)
    return after[0] - contexts, after[1] - resident


def _verdict(is_held):
    return "held" if is_held else "missed"


def _print_times(name, values, goal):
    p50, p95 = quantile(values, 0.5), quantile(values, 0.95)
    wanted = "" if goal.p50 is None else f"p50 <= {goal.p50} ms, "
    held = p95 <= goal.p95 and (goal.p50 is None or p50 <= goal.p50)
    print(f"  {name:12}{len(values):6} questions: p50 {p50:8.2f} ms, p95 {p95:8.2f} ms, longest"
          f" {max(values):8.1f} ms   goal {wanted}p95 <= {goal.p95} ms  {_verdict(held)}")  # fmt: skip


def report(title, database, questions, goal):
    """Prints the figures."""
    times = measure(database, questions)
    contexts, resident = memory(database, questions)
    whole = sum(len(set(texts)) for texts in questions.values())
    print(f"\n{title}; the median of up to {ROUNDS} calls of each question")
    if not times.of:
        print(f"  nothing is measured: to warm up took more than {SECONDS} s")
        return
    for name, keys in (("all", list(times.of)), ("answered", times.answered)):
        if times.medians(keys):
            _print_times(name, times.medians(keys), goal)
    print(f"  first question of a session {times.first:.1f} ms")
    print(f"  a session grows by {resident:.1f} MB of private memory, {contexts:.1f} MB of contexts"
          f"   goal <= {MEMORY_GOAL} MB  {_verdict(max(resident, contexts) <= MEMORY_GOAL)}")  # fmt: skip
    if len(times.of) < whole:
        print(f"  {whole - len(times.of)} questions were not reached within {SECONDS} s")
    if times.errors:
        print("  errors: " + ", ".join(f"{state} {n}" for state, n in sorted(times.errors.items())))
