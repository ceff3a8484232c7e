"""What charts cost inside the server, and what the same charts cost other libraries.

Processor time of the backend, in nanoseconds from the kernel, less nothing: parsing of the statement
and of the specification are part of a chart. Libraries and pg_loupe take turns in each round, so that
what else the machine does meets all of them; the figure is the median of all charts.
"""

import concurrent.futures
import json
import os
import statistics
import subprocess
import time

import backend
import specs
from meter import Meter
from wire import Lost, ServerError, Session

DATABASE = "bench_charts"
DRAW = "SELECT length(render_chart({spec}::jsonb, '{picture}'))"
# So many charts in one statement: what the client does between two of them is none of their cost.
DRAW_MANY = """SELECT sum(length(render_chart(spec, 'svg')))
               FROM (SELECT $spec${spec}$spec$::jsonb AS spec
                     FROM generate_series(1, {times}) OFFSET 0) AS specs"""
SESSIONS = (1, 2, 100)
MB = 1 << 20


def literal(spec):
    return "'" + json.dumps(spec).replace("'", "''") + "'"


def make_database():
    with Session("postgres") as session:
        session.query(f"DROP DATABASE IF EXISTS {DATABASE}")
        session.query(f"CREATE DATABASE {DATABASE}")
    with Session(DATABASE) as session:
        session.query("CREATE EXTENSION pg_loupe")
        session.query("CREATE TABLE cloud (x float8 NOT NULL, y float8 NOT NULL)")
        rows = json.dumps([{"x": x, "y": y} for x, y in specs.points()])
        session.call(
            "INSERT INTO cloud SELECT * FROM json_populate_recordset(NULL::cloud, $1::json)", [rows]
        )
        session.query("VACUUM ANALYZE cloud")


def own_spec(chart):
    if chart == "scatter":
        return specs.scatter({"sql": "SELECT x, y FROM cloud"})
    return {"bar": specs.bar, "trellis": specs.trellis}[chart]()


class Peers:
    """The process of the other libraries, which `python` of an environment with them runs."""

    def __init__(self, python):
        program = os.path.join(os.path.dirname(os.path.abspath(__file__)), "peer.py")
        self._process = subprocess.Popen(
            [python, program], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self._process.stdin.close()
        self._process.wait()

    def draw(self, library, chart, picture, times):
        """Milliseconds of each chart."""
        asked = {"library": library, "chart": chart, "format": picture, "times": times}
        self._process.stdin.write(json.dumps(asked) + "\n")
        self._process.stdin.flush()
        answer = self._process.stdout.readline()
        if not answer:
            raise RuntimeError(f"{library} ended while it drew {chart} as {picture}")
        return json.loads(answer)["ms"]


class Task:
    """One chart in one format, its goal in ms, and how often each side draws it in a round."""

    def __init__(self, chart, picture, goal, own, peers):
        self.chart = chart
        self.picture = picture
        self.goal = goal
        self.own = own
        self.peers = peers
        self.found = {"pg_loupe": [], "vl-convert": [], "matplotlib": []}
        self.refusal = None

    def draw(self, meter, peers):
        sql = DRAW.format(spec=literal(own_spec(self.chart)), picture=self.picture)
        try:
            costs = [meter.run(sql).cpu for _ in range(self.own)]
        except ServerError as error:
            self.refusal = str(error)
            costs = []
        self.found["pg_loupe"] += [1000 * cost for cost in costs]
        for library in ("vl-convert", "matplotlib"):
            if self.peers > 0:
                self.found[library] += peers.draw(library, self.chart, self.picture, self.peers)

    def median(self, library):
        return statistics.median(self.found[library]) if self.found[library] else None


def measure(tasks, python, rounds):
    """Fills the tasks: a first round warms every side up and does not count."""
    with Session(DATABASE) as session, Peers(python) as peers:
        meter = Meter(session)
        for turn in range(rounds + 1):
            for task in tasks:
                if turn == 0 and task.own == 1:
                    continue  # as dear as it is, it is warm with the others
                task.draw(meter, peers)
            if turn == 0:
                for task in tasks:
                    task.found = {library: [] for library in task.found}


def first_chart(times):
    """The median of the wall time in ms of the first statement of a session that draws a chart."""
    found = []
    sql = DRAW.format(spec=literal(own_spec("bar")), picture="png")
    for _ in range(times):
        with Session(DATABASE) as session:
            start = time.perf_counter()
            session.query(sql)
            found.append(1000 * (time.perf_counter() - start))
    return statistics.median(found)


def first_chart_of_peer(python, library):
    """Processor time in ms of a process's first chart: import included, start of Python excluded."""
    with Peers(python) as peers:
        return peers.draw(library, "bar", "png", 1)[0]


def scatter_megabytes():
    """MB by which a backend's peak grows when it draws the scatter plot after a small chart."""
    with Session(DATABASE) as session:
        session.query(DRAW.format(spec=literal(own_spec("bar")), picture="png"))
        before = backend.peak(session.pid)
        session.query(DRAW.format(spec=literal(own_spec("scatter")), picture="png"))
        return backend.peak(session.pid) - before


def _anonymous_bytes(pid):
    with open(f"/proc/{pid}/status", encoding="ascii", errors="replace") as file:
        for line in file:
            if line.startswith("RssAnon:"):
                return int(line.split()[1]) * 1024
    raise Lost(f"process {pid} has gone")


def growth(charts):
    """Bytes by which a warm backend's own memory grows over so many charts."""
    at_once = 500
    sql = DRAW_MANY.format(spec=json.dumps(own_spec("bar")), times=at_once)
    with Session(DATABASE) as session:
        session.query(sql)
        before = _anonymous_bytes(session.pid)
        for _ in range(charts // at_once):
            session.query(sql)
        return _anonymous_bytes(session.pid) - before


def _rate(sessions, seconds):
    """Charts a second of so many sessions at once."""
    at_once = 20
    sql = DRAW_MANY.format(spec=json.dumps(own_spec("bar")), times=at_once)
    opened = [Session(DATABASE) for _ in range(sessions)]

    def draw_until(session, end):
        drawn = 0
        while time.perf_counter() < end:
            session.query(sql)
            drawn += at_once
        return drawn

    try:
        with concurrent.futures.ThreadPoolExecutor(sessions) as threads:
            list(threads.map(lambda session: session.query(sql), opened))  # warm
            start = time.perf_counter()
            drawn = list(threads.map(lambda one: draw_until(one, start + seconds), opened))
            return sum(drawn) / (time.perf_counter() - start)
    finally:
        for session in opened:
            session.close()


def rates(rounds, seconds):
    """Charts a second by number of sessions: the best of rounds that take turns."""
    best = dict.fromkeys(SESSIONS, 0.0)
    for _ in range(rounds):
        for sessions in SESSIONS:
            best[sessions] = max(best[sessions], _rate(sessions, seconds))
    return best
