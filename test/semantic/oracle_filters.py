"""Filters of the query language over one value, from their documented meaning."""

from fractions import Fraction

from oracle_time import moment_of, range_of

NEGATED = ("notEquals", "notContains", "notStartsWith", "notEndsWith")


def passes(value, kind, condition, zone, column_type=None):
    """Tells whether a value passes. Times are raw column values, compared as moments."""
    op, values = condition["operator"], condition.get("values", [])
    if op == "set":
        return value is not None
    if op == "notSet":
        return value is None
    with_null = None in values
    others = [item for item in values if item is not None]
    if value is None:
        return (op in NEGATED) != with_null if op in NEGATED else with_null
    if not others:
        return op in NEGATED
    if kind == "time":
        return _time_passes(value, op, others, zone, column_type)
    if op in NEGATED:
        positive = op[3].lower() + op[4:]
        return not any(_positive(value, positive, item, kind) for item in others)
    return any(_positive(value, op, item, kind) for item in others)


def _positive(value, op, item, kind):
    if kind == "number":
        item = Fraction(str(item))
        return {
            "equals": value == item,
            "gt": value > item,
            "gte": value >= item,
            "lt": value < item,
            "lte": value <= item,
        }[op]
    if kind == "boolean":
        return value == (str(item).lower() == "true")
    if op == "equals":
        return value == item
    small, part = value.lower(), str(item).lower()
    return {
        "contains": part in small,
        "startsWith": small.startswith(part),
        "endsWith": small.endswith(part),
    }[op]


def _time_passes(value, op, texts, zone, column_type):
    def bound(local):
        return local if column_type == "date" else moment_of(local, zone)

    def inside(start, end):
        return bound(start) <= value < bound(end)

    if op in ("inDateRange", "notInDateRange"):
        return inside(*range_of(texts)) == (op == "inDateRange")
    ranges = [range_of([text]) for text in texts]
    if op in ("equals", "notEquals"):
        return any(inside(*one) for one in ranges) == (op == "equals")
    start, end = ranges[0]
    return {
        "beforeDate": value < bound(start),
        "lt": value < bound(start),
        "beforeOrOnDate": value < bound(end),
        "lte": value < bound(end),
        "afterDate": value >= bound(end),
        "gt": value >= bound(end),
        "afterOrOnDate": value >= bound(start),
        "gte": value >= bound(start),
    }[op]
