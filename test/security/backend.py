"""Watches the memory of one backend and ends it when it ignores everything else.

    with Watch(session.pid, seconds=30) as watch:
        session.query(bomb)
    watch.grown      # MB by which the backend's peak (VmHWM) grew
    watch.workers    # MB at the peak of its parallel workers, all together
    watch.killed     # True when the backend outlived `seconds` or MEMORY_CEILING and was killed

Shared memory that the backend touches counts too, so a few MB belong to the buffer cache. A killed
backend takes its server through crash recovery: the runners own theirs.
"""

import os
import signal
import threading
import time

MEMORY_CEILING = 8 << 10  # MB; protects the machine when the guard under test fails
INTERVAL = 0.02  # seconds between two looks


def _status(pid, name):
    """A field of /proc/PID/status in MB; 0 when the process is gone."""
    try:
        with open(f"/proc/{pid}/status", encoding="ascii", errors="replace") as file:
            for line in file:
                if line.startswith(name + ":"):
                    return int(line.split()[1]) / 1024
    except (FileNotFoundError, ProcessLookupError):
        pass
    return 0.0


def peak(pid):
    """The highest resident size of a process so far, in MB."""
    return _status(pid, "VmHWM")


def _workers_of(pid):
    """The parallel workers of a backend, by the title they give themselves."""
    postmaster = int(_parent(pid) or 0)
    if not postmaster:
        return []
    try:
        with open(f"/proc/{postmaster}/task/{postmaster}/children", encoding="ascii") as file:
            children = file.read().split()
    except (FileNotFoundError, ProcessLookupError):
        return []
    found = []
    for child in children:
        try:
            with open(f"/proc/{child}/cmdline", "rb") as file:
                if b"parallel worker for PID %d" % pid in file.read():
                    found.append(int(child))
        except (FileNotFoundError, ProcessLookupError):
            pass
    return found


def _parent(pid):
    try:
        with open(f"/proc/{pid}/status", encoding="ascii", errors="replace") as file:
            for line in file:
                if line.startswith("PPid:"):
                    return line.split()[1]
    except (FileNotFoundError, ProcessLookupError):
        pass
    return None


class Watch:
    def __init__(self, pid, seconds):
        self._pid = pid
        self._deadline = time.monotonic() + seconds
        self._start = peak(pid)
        self._last = self._start
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)
        self.workers = 0.0
        self.killed = False

    def __enter__(self):
        self._thread.start()
        return self

    def __exit__(self, *_):
        self._stop.set()
        self._thread.join()
        self._last = max(self._last, peak(self._pid))

    @property
    def grown(self):
        return self._last - self._start

    def _look(self):
        looks = 0
        while not self._stop.wait(INTERVAL):
            self._last = max(self._last, peak(self._pid))
            if looks % 5 == 0:
                workers = sum(_status(pid, "VmHWM") for pid in _workers_of(self._pid))
                self.workers = max(self.workers, workers)
            looks += 1
            resident = _status(self._pid, "VmRSS")
            if time.monotonic() > self._deadline or resident > MEMORY_CEILING:
                self.killed = True
                try:
                    os.kill(self._pid, signal.SIGKILL)
                except ProcessLookupError:
                    pass
                return
