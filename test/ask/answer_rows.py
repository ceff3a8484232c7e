"""Whether the rows of an answer are those of the SQL by hand.

Columns may have other names and another order, and there may be more of them; rows are compared by
the rules of same_rows. A time at midnight is its day, and a month its first day.

    compare([["web", "2"]], [["2", "web"]], ordered=False)          # SAME
    compare([["web"]], [["web", "2"]], ordered=False)               # MORE: other columns besides
    compare([["web"]], [["app"]], ordered=False)                    # OTHER
"""

import itertools
import re

import same_rows

SAME, MORE, OTHER = "same", "more", "other"
CHOICES = 1000  # ways to choose columns that are tried

_MIDNIGHT = re.compile(r"(\d{4}-\d\d-\d\d)[ T]00:00(:00(\.0+)?)?(Z|[+-]00(:?00)?)?")
_MONTH = re.compile(r"\d{4}-\d\d")


def _plain(value):
    if not isinstance(value, str):
        return value
    if _MONTH.fullmatch(value):
        return value + "-01"
    midnight = _MIDNIGHT.fullmatch(value)
    return midnight[1] if midnight else value


def _chosen(rows, columns):
    return [{str(place): row[column] for place, column in enumerate(columns)} for row in rows]


def compare(wanted, got, ordered):
    """SAME, MORE or OTHER, for rows that are lists of values."""
    if len(wanted) != len(got):
        return OTHER
    if not wanted:
        return SAME
    wanted = [[_plain(value) for value in row] for row in wanted]
    got = [[_plain(value) for value in row] for row in got]
    columns = range(len(wanted[0]))
    candidates = [
        [
            other
            for other in range(len(got[0]))
            if same_rows.same(_chosen(wanted, [column]), _chosen(got, [other]), ordered)
        ]
        for column in columns
    ]
    for choice in itertools.islice(itertools.product(*candidates), CHOICES):
        is_each_once = len(set(choice)) == len(choice)
        if is_each_once and same_rows.same(_chosen(wanted, columns), _chosen(got, choice), ordered):
            return SAME if len(got[0]) == len(columns) else MORE
    return OTHER
