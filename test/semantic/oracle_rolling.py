"""Aggregates and rolling windows of the oracle.

A rolling measure has one value a period of the query's time: the aggregate of the rows whose local
time lies in the period's window. Without other groups each period has a row, else those that hold
something.
"""

from datetime import timedelta
from fractions import Fraction

from oracle_joins import NoAnswer
from oracle_time import add, interval_of, negated, total


def aggregated(measure, values):
    """One aggregation; nulls do not count."""
    kind = measure["type"]
    values = [value for value in values if value is not None]
    if kind == "count":
        return Fraction(len(values))
    if kind in ("count_distinct", "count_distinct_approx"):
        return Fraction(len(set(values)))
    if not values:
        return None
    if kind == "sum":
        return sum(values, Fraction(0))
    if kind == "avg":
        return sum(values, Fraction(0)) / len(values)
    if kind in ("min", "max"):
        return min(values) if kind == "min" else max(values)
    place = Fraction(str(measure.get("percentile", 0.5))) * (len(values) - 1)
    values.sort()
    below = values[int(place)]
    above = values[min(int(place) + 1, len(values) - 1)]
    return below + (above - below) * (place - int(place))


class RollingWindow:
    """A rolling measure: one row a period, of the rows whose local time lies in its window."""

    def __init__(self, question, entity, measure, groups, shift):
        self.question, self.entity, self.measure = question, entity, measure
        self.groups, self.shift = groups, shift
        self.window = measure["rolling_window"]
        timed = [i for i, g in enumerate(groups) if g.granularity]
        self.at = timed[0] if timed else None

    def _reach(self, key):
        text = self.window.get(key, "0 day")
        return None if text == "unbounded" else interval_of(text)

    def run(self):
        return self._whole() if self.at is None else self._periods()

    def _within(self, start, end, time):
        return (start is None or start <= time) and (end is None or time < end)

    def _to_date(self, member):
        return self.question.oracle.period(member, self.window["to_date"])

    def _bounds(self, member, start, step):
        """The window of a period."""
        if "to_date" in self.window:
            return self._to_date(member).start(start), add(start, step)
        anchor = step if self.window.get("offset", "end") == "end" else (0, 0, 0)
        trailing, leading = self._reach("trailing"), self._reach("leading")
        return (
            None if trailing is None else add(start, total(anchor, negated(trailing))),
            None if leading is None else add(start, total(anchor, leading)),
        )

    def _rows(self, member):
        """(row, counts, other groups, local time) of all rows that pass."""
        question = self.question
        others = [g for i, g in enumerate(self.groups) if i != self.at]
        more = set()
        for row, kept in question.joined_rows(self.entity, self.groups, self.shift, member, more):
            counts = question.counts(self.entity, self.measure, kept[0])
            for one in kept:
                other = tuple(question.group_value(g, one, self.shift) for g in others)
                yield row, counts, other, question.local(
                    member, one[member.split(".")[0]], self.shift
                )

    def _value(self, found):
        """The aggregate of distinct rows."""
        rows = {id(row): (row, counts) for row, counts in found}
        operand = self.question.oracle.operand
        return aggregated(
            self.measure,
            [operand(self.entity, self.measure, row) for row, counts in rows.values() if counts],
        )

    def _periods(self):
        group = self.groups[self.at]
        period = self.question.oracle.period(group.member, group.granularity)
        self.question.check_once(self.entity, group.entity)
        rows = [one for one in self._rows(group.member) if one[3] is not None]
        known = self.question.range_for(group.member)
        if known:
            start, end = known
            starts = period.between(start, end - timedelta(milliseconds=1))
        elif rows:
            starts = period.between(min(one[3] for one in rows), max(one[3] for one in rows))
        else:
            starts = []
        found = {}
        for start in starts:
            bounds = self._bounds(group.member, start, period.step)
            inside = {}
            for row, counts, other, time in rows:
                if self._within(*bounds, time):
                    inside.setdefault(other, []).append((row, counts))
            if not inside and len(self.groups) == 1:
                found[(start,)] = None
            for other, items in inside.items():
                found[other[: self.at] + (start,) + other[self.at :]] = self._value(items)
        return found

    def _whole(self):
        """Without periods: one window, seen from the query's first range."""
        question = self.question
        if not question.ranges:
            if self.window.get("trailing") != "unbounded":
                raise NoAnswer("no time")
            member, bounds = None, (None, None)
        else:
            member = question.ranges[0][0]
            bounds = self._whole_bounds(member)
        found = {} if self.groups else {(): []}
        for row, counts, other, time in self._rows(member) if member else self._untimed():
            if bounds == (None, None) or (time is not None and self._within(*bounds, time)):
                found.setdefault(other, []).append((row, counts))
        return {group: self._value(items) for group, items in found.items()}

    def _untimed(self):
        for row, kept in self.question.joined_rows(self.entity, self.groups, self.shift):
            counts = self.question.counts(self.entity, self.measure, kept[0])
            for one in kept:
                yield row, counts, tuple(
                    self.question.group_value(g, one, self.shift) for g in self.groups
                ), None

    def _whole_bounds(self, member):
        start, end = self.question.range_for(member)
        if "to_date" in self.window:
            return self._to_date(member).start(end - timedelta(milliseconds=1)), end
        anchor = end if self.window.get("offset", "end") == "end" else start
        trailing, leading = self._reach("trailing"), self._reach("leading")
        return (
            None if trailing is None else add(anchor, negated(trailing)),
            None if leading is None else add(anchor, leading),
        )
