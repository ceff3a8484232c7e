"""Whether two answers hold the same rows, by the rules of the semantic corpus.

Rows are dicts. Numbers are decimal strings and equal within 1e-9 of the larger one; everything else
is equal or not. Without `ordered` the order of rows counts for nothing, their number does.

    same([{"a": "1.0"}], [{"a": "1"}], ordered=True)    # True
    split([{"a": "1"}], [{"a": "2"}])                   # ([{"a": "1"}], [{"a": "2"}])
"""

import decimal

TOLERANCE = decimal.Decimal("1e-9")


def _number(value):
    if isinstance(value, bool) or not isinstance(value, (str, int, float)):
        return None
    try:
        number = decimal.Decimal(str(value))
    except decimal.InvalidOperation:
        return None
    return number if number.is_finite() else None


def same_value(one, other):
    if isinstance(one, bool) or isinstance(other, bool):
        return one is other
    a, b = _number(one), _number(other)
    if a is None or b is None:
        return one == other
    return abs(a - b) <= TOLERANCE * max(1, abs(a), abs(b))


def same_row(one, other):
    return one.keys() == other.keys() and all(same_value(one[key], other[key]) for key in one)


def _sketch(row):
    """What equal rows nearly always share: a number may still round to two neighbours."""
    parts = []
    for key in sorted(row):
        number = _number(row[key])
        parts.append((key, str(row[key] if number is None else float(f"{float(number):.6g}"))))
    return tuple(parts)


def split(one, other):
    """The rows that only `one` has and those that only `other` has, counted as often as they come."""
    waiting = {}
    for row in other:
        waiting.setdefault(_sketch(row), []).append(row)
    left = []
    for row in one:
        bucket = waiting.get(_sketch(row), [])
        match = next((i for i, candidate in enumerate(bucket) if same_row(row, candidate)), None)
        if match is None:
            left.append(row)
        else:
            bucket.pop(match)
    right = [row for bucket in waiting.values() for row in bucket]
    only_one = []
    for row in left:
        match = next((i for i, candidate in enumerate(right) if same_row(row, candidate)), None)
        if match is None:
            only_one.append(row)
        else:
            right.pop(match)
    return only_one, right


def same(one, other, ordered):
    if len(one) != len(other):
        return False
    if ordered:
        return all(same_row(a, b) for a, b in zip(one, other))
    return split(one, other) == ([], [])
