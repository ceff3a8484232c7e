"""Rows and joins of a world, one row at a time.

`Joins.combinations(root, targets)` gives for each row of the root the left join of everything it
takes to reach the targets: a list of {entity: row or None} for each row.
"""

from datetime import datetime
from fractions import Fraction

from oracle_expressions import ROW_SQL

MOST_COMBINATIONS = 3000  # of one query; a larger one says little more


class NoAnswer(Exception):
    """The question has none: an error is wanted, or the oracle does not know."""


def _typed(value, kind):
    if value is None or kind in ("text", "boolean"):
        return value
    if kind == "integer" or kind == "numeric":
        return Fraction(value)
    return datetime.fromisoformat(value)


class Joins:
    def __init__(self, world):
        self.world = world
        self.entities = {entity["name"]: entity for entity in world["model"]["entities"]}
        self.rows, self.edges = {}, {}
        for name, table in world["tables"].items():
            columns = list(table["columns"].items())
            self.rows[name] = [
                {column: _typed(value, kind) for (column, kind), value in zip(columns, row)}
                for row in table["rows"]
            ]
        for entity in self.entities.values():
            for join in entity["joins"]:
                self._add_join(entity["name"], join)

    def _add_edge(self, start, end, pairs, many):
        edges = self.edges.setdefault(start, [])
        if (end, pairs, many) not in edges:
            edges.append((end, pairs, many))

    def _add_both(self, child, parent, pairs, back_many):
        pairs = tuple(sorted(pairs))
        self._add_edge(child, parent, pairs, False)
        self._add_edge(parent, child, tuple(sorted((b, a) for a, b in pairs)), back_many)

    def _add_join(self, name, join):
        target = join["entity"]
        if join["relationship"] == "many_to_many":
            bridge = join["bridge"]
            self._add_both(
                bridge["table"], name, [(p["to"], p["from"]) for p in bridge["from"]], True
            )
            self._add_both(
                bridge["table"], target, [(p["from"], p["to"]) for p in bridge["to"]], True
            )
            return
        pairs = [(pair["from"], pair["to"]) for pair in join["columns"]]
        if join["relationship"] == "one_to_many":
            self._add_both(target, name, [(b, a) for a, b in pairs], True)
        else:
            self._add_both(name, target, pairs, join["relationship"] == "many_to_one")

    def reach(self, root):
        """entity -> (cost, arrivals): cost counts joins to many, then joins."""
        found = {root: ((0, 0), [])}
        open_ends = [root]
        while open_ends:
            at = min(open_ends, key=lambda name: found[name][0])
            open_ends.remove(at)
            for end, pairs, many in self.edges.get(at, []):
                cost = (found[at][0][0] + many, found[at][0][1] + 1)
                if end not in found or cost < found[end][0]:
                    found[end] = (cost, [(at, end, pairs, many)])
                    open_ends.append(end)
                elif cost == found[end][0] and (at, end, pairs, many) not in found[end][1]:
                    found[end][1].append((at, end, pairs, many))
        return found

    def steps(self, root, targets):
        """Joins that lead to the targets, each after the one it builds on."""
        found = self.reach(root)
        steps = []

        def walk(name):
            if name not in found:
                raise NoAnswer("no path")
            arrivals = found[name][1]
            if len(arrivals) > 1:
                raise NoAnswer("ambiguous path")
            if arrivals and arrivals[0] not in steps:
                walk(arrivals[0][0])
                steps.append(arrivals[0])

        for target in sorted(targets):
            walk(target)
        return steps

    def visible(self, name):
        """Rows of the entity that its access rules show."""
        rules = self.entities.get(name, {}).get("access")
        if not rules:
            return self.rows[name]

        def passes(row):
            return any(
                all(self._passes(name, item, row) for item in rule["row_filter"]) for rule in rules
            )

        return [row for row in self.rows[name] if passes(row)]

    @staticmethod
    def _passes(name, condition, row):
        if isinstance(condition, str):
            return ROW_SQL[condition](row) is True
        assert condition == {"member": name + ".txt", "operator": "notEquals", "values": ["a"]}
        return row["c_txt"] != "a"

    def combinations(self, root, targets):
        steps = self.steps(root, targets)
        budget = MOST_COMBINATIONS
        for row in self.visible(root):
            combinations = [{root: row}]
            for start, end, pairs, _ in steps:
                rows = self.visible(end)
                combinations = [
                    {**one, end: match}
                    for one in combinations
                    for match in _matches(one[start], rows, pairs)
                ]
                if len(combinations) > budget:
                    raise NoAnswer("too many combinations")
            budget -= len(combinations)
            yield row, combinations


def _matches(row, rows, pairs):
    if row is None:
        return [None]
    wanted = [(row[a], b) for a, b in pairs]
    if any(value is None for value, _ in wanted):
        return [None]
    return [other for other in rows if all(other[b] == value for value, b in wanted)] or [None]
