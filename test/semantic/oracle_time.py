"""Clocks, periods and intervals of the oracle, written apart from the compiler.

Times are naive datetimes: of UTC for columns, of the query's zone once they are local. An interval
is (months, days, seconds).
"""

import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

UTC = ZoneInfo("UTC")
UNITS = {
    "second": (0, 0, 1),
    "minute": (0, 0, 60),
    "hour": (0, 0, 3600),
    "day": (0, 1, 0),
    "week": (0, 7, 0),
    "month": (1, 0, 0),
    "quarter": (3, 0, 0),
    "year": (12, 0, 0),
}
ORIGIN = datetime(2000, 1, 1)
WEEK_ORIGIN = datetime(2000, 1, 3)


def local_of(time, column_type, zone):
    """A column's value on the clock of the zone; a date stays."""
    if column_type == "date":
        return time
    return time.replace(tzinfo=UTC).astimezone(ZoneInfo(zone)).replace(tzinfo=None)


def moment_of(local, zone):
    """The moment of a reading: of two the later one, in a gap as if the clock had not moved."""
    tz = ZoneInfo(zone)
    both = [local.replace(tzinfo=tz, fold=fold).astimezone(UTC) for fold in (0, 1)]
    return max(both).replace(tzinfo=None)


def interval_of(text):
    months = days = seconds = 0
    for count, unit in re.findall(r"(-?\d+) (\w+?)s?\b", text):
        m, d, s = UNITS[unit]
        count = int(count)
        months, days, seconds = months + count * m, days + count * d, seconds + count * s
    return months, days, seconds


def negated(interval):
    return tuple(-part for part in interval)


def total(a, b):
    return tuple(x + y for x, y in zip(a, b))


def add(time, interval):
    months, days, seconds = interval
    if months:
        month = time.year * 12 + time.month - 1 + months
        first = datetime(month // 12, month % 12 + 1, 1)
        last = (datetime((month + 1) // 12, (month + 1) % 12 + 1, 1) - first).days
        time = datetime.combine(first.replace(day=min(time.day, last)), time.time())
    return time + timedelta(days=days, seconds=seconds)


class Period:
    """A granularity: a step and an offset from the natural origin."""

    def __init__(self, step, offset=(0, 0, 0)):
        self.step, self.offset = step, offset

    def start(self, time):
        """Start of the period that holds a local time."""
        months, days, seconds = self.offset
        if self.step[0] == 0:
            length = timedelta(days=self.step[1], seconds=self.step[2])
            origin = WEEK_ORIGIN if self.step[1] % 7 == 0 and self.step[1] else ORIGIN
            origin = add(origin, self.offset)
            return origin + (time - origin) // length * length
        time = add(time, (0, -days, -seconds))
        count = (time.year - 2000) * 12 + time.month - 1 - months
        count = count // self.step[0] * self.step[0] + months
        return add(datetime(2000 + count // 12, count % 12 + 1, 1), (0, days, seconds))

    def next(self, start):
        """Start of the period after the one that starts there."""
        if self.step[0] == 0:
            return add(start, self.step)
        _, days, seconds = self.offset
        return add(add(add(start, (0, -days, -seconds)), self.step), (0, days, seconds))

    def between(self, first, last):
        """Starts of the periods from the one that holds `first` to the one that holds `last`."""
        starts = [self.start(first)]
        while self.next(starts[-1]) <= last:
            starts.append(self.next(starts[-1]))
        return starts


def period_of(name, custom, week_start=1, fiscal_start=1):
    """The period of that name: of the dimension's own granularities or a plain one."""
    for item in custom:
        if item["name"] != name:
            continue
        if "origin" in item:
            return Period(interval_of(item["interval"]), _offset(item))
        return Period(interval_of(item["interval"]), interval_of(item.get("offset", "")))
    if name == "fiscal_year":
        return Period(UNITS["year"], (fiscal_start - 1, 0, 0))
    if name == "fiscal_quarter":
        return Period(UNITS["quarter"], ((fiscal_start - 1) % 3, 0, 0))
    if name == "week":
        return Period(UNITS["week"], (0, week_start - 1, 0))
    return Period(UNITS[name])


def _offset(item):
    origin = datetime.fromisoformat(item["origin"])
    step = interval_of(item["interval"])
    if step[0]:
        days = (origin - origin.replace(day=1, hour=0, minute=0, second=0)).total_seconds()
        return (origin.year - 2000) * 12 + origin.month - 1, 0, int(days)
    natural = WEEK_ORIGIN if step[1] and step[1] % 7 == 0 else ORIGIN
    return 0, 0, int((origin - natural).total_seconds())


def range_of(texts):
    """Half-open local range of one or two dates or times as random queries write them."""
    starts = [_span(text) for text in texts]
    return starts[0][0], starts[-1][1]


def _span(text):
    if len(text) == 7:
        first = datetime.fromisoformat(text + "-01")
        return first, add(first, UNITS["month"])
    if len(text) == 10:
        first = datetime.fromisoformat(text)
        return first, add(first, UNITS["day"])
    first = datetime.fromisoformat(text)
    return first, add(first, UNITS["minute" if len(text) == 16 else "second"])
