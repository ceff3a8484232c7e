"""What a statement costs: seconds on the wall and seconds of the server's processors.

    meter = Meter(session)
    meter.run("SELECT 1")    # Cost(wall=0.0002, cpu=0.0001), and meter.result holds the rows

The backend's time is read in nanoseconds. That of its parallel workers comes with the exit of each,
counted in hundredths of a second by the postmaster, which counts every other child that ends too: so
it is added only where the plan has workers, and a server of one's own is wanted.
"""

import collections
import os
import time

Cost = collections.namedtuple("Cost", "wall cpu")
REAP_SECONDS = 0.02  # until the postmaster has noticed the exit of a worker


def _stat(pid):
    """The fields of /proc/PID/stat behind the name, which may hold anything."""
    with open(f"/proc/{pid}/stat", encoding="ascii", errors="replace") as file:
        return file.read().rpartition(")")[2].split()


def _own_seconds(pid):
    with open(f"/proc/{pid}/schedstat", encoding="ascii") as file:
        return int(file.read().split()[0]) / 1e9


def _children_seconds(pid):
    fields = _stat(pid)
    return (int(fields[13]) + int(fields[14])) / os.sysconf("SC_CLK_TCK")


class Meter:
    def __init__(self, session):
        self.result = None
        self._session = session
        self._postmaster = int(_stat(session.pid)[1])
        self._has_workers = {}

    def run(self, sql):
        has_workers = self._plans_workers(sql)
        workers = _children_seconds(self._postmaster) if has_workers else 0
        own, start = _own_seconds(self._session.pid), time.perf_counter()
        self.result = self._session.query(sql)
        wall, cpu = time.perf_counter() - start, _own_seconds(self._session.pid) - own
        if has_workers:
            time.sleep(REAP_SECONDS)
            cpu += _children_seconds(self._postmaster) - workers
        return Cost(wall, cpu)

    def _plans_workers(self, sql):
        if sql not in self._has_workers:
            plan = self._session.query("EXPLAIN " + sql).rows
            self._has_workers[sql] = any("Workers Planned" in line for (line,) in plan)
        return self._has_workers[sql]
