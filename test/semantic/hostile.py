"""Hostile documents: valid models and queries with something wrong somewhere."""

import copy
import json
import random

VALUES = [
    None,
    True,
    -1,
    0,
    1e308,
    2**63,
    0.5,
    "",
    "a",
    "e0.count",
    "e0.tz.month",
    "e0..x",
    "'; DROP TABLE x; --",
    '"',
    "\\",
    "{T}",
    "{T}.c_int",
    "{T}.nope",
    "(((",
    "1)",
    "/*",
    "$1",
    "count(*)",
    "pg_sleep(9)",
    "unbounded",
    "9999 year",
    "-5 day",
    "100000 second",
    "2024-02-31",
    "0001-01-01",
    "9999-12-31",
    "Mars/Olympus",
    "\U0001f600",
    "x" * 3000,
    [],
    {},
    [[]],
    [None],
    {"and": []},
    {"or": [{"and": [{}]}]},
    ["2024-01-01", "2023-01-01"],
    {"e0.count": "up"},
    "e0.ratio / 0",
    "CASE WHEN",
    "{e0.count} + {e0.mixed}",
    "sum",
    "time_shift",
    "many_to_many",
    "percentile",
]


def places(document, path=()):
    """Paths of all values inside a document."""
    yield path
    items = (
        document.items()
        if isinstance(document, dict)
        else enumerate(document) if isinstance(document, list) else []
    )
    for key, value in items:
        yield from places(value, path + (key,))


def spoiled(document, chance):
    """A copy with one to three values replaced, removed, doubled or moved."""
    document = copy.deepcopy(document)
    for _ in range(chance.randint(1, 3)):
        path = chance.choice([path for path in places(document) if path])
        holder = document
        for key in path[:-1]:
            holder = holder[key]
        _spoil(holder, path[-1], document, chance)
    return document


def _spoil(holder, key, document, chance):
    dice = chance.random()
    if dice < 0.5:
        holder[key] = copy.deepcopy(chance.choice(VALUES))
    elif dice < 0.65:
        del holder[key]
    elif dice < 0.8:
        other = chance.choice(list(places(document)))
        value = document
        for step in other:
            value = value[step]
        if len(json.dumps(value)) < 5000:
            holder[key] = copy.deepcopy(value)
    elif isinstance(holder, dict):
        holder[str(chance.choice(VALUES))[:80]] = holder[key]
    else:
        holder.append(copy.deepcopy(holder[key]))


class Hostile:
    """Spoils the documents of a world and asks the server about them."""

    def __init__(self, world, seed):
        self.world, self.random = world, random.Random(seed)

    def model(self):
        return spoiled(self.world["model"], self.random)

    def query(self, query):
        return spoiled(query, self.random)
