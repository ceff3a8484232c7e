"""A question to the oracle that is one query: without subtotals, of one range a time dimension.

For each measure the rows of its entity are joined to everything that the query names; joined rows
that pass all filters give the groups in which the row counts once.
"""

from datetime import timedelta
from fractions import Fraction

from oracle_expressions import ROW_SQL, references_of, value_of
from oracle_filters import passes
from oracle_joins import NoAnswer
from oracle_rolling import RollingWindow, aggregated
from oracle_time import add, interval_of, local_of, moment_of, negated, range_of

DAY = timedelta(days=1)


def sort_key(value):
    """Ascending, null last."""
    return (value is None, 0 if value is None else value)


class Question:
    """A query with one range a time dimension and no subtotals."""

    def __init__(self, oracle, query, groups, absent):
        self.oracle, self.query, self.groups, self.absent = oracle, query, groups, absent
        self.zone = query.get("timezone", oracle.model.get("timezone", "UTC"))
        self.ranges = []  # (member, start, end)
        for time in query.get("timeDimensions", []):
            if "dateRange" in time:
                texts = time["dateRange"]
                texts = [texts] if isinstance(texts, str) else texts
                self.ranges.append((time["dimension"], *range_of(texts)))
        filters = query.get("filters", [])
        self.row_filters = [one for one in filters if not self._is_measure(one)]
        self.measure_filters = [one for one in filters if self._is_measure(one)]
        self.row_filters += [{"segment": name} for name in query.get("segments", [])]
        self.parts, self.shown, self.ranked = {}, set(), {}

    def _is_measure(self, condition):
        for key in ("and", "or"):
            if key in condition:
                return self._is_measure(condition[key][0])
        return condition["member"] in self.oracle.measures

    # ---- conditions ----

    def _entities_of(self, condition):
        for key in ("and", "or"):
            if key in condition:
                return set().union(*(self._entities_of(one) for one in condition[key]))
        return {condition.get("member", condition.get("segment")).split(".")[0]}

    def holds(self, condition, joined, home=None):
        """Tells whether a condition holds on a joined row; `home` is whose SQL it may be."""
        if isinstance(condition, str):
            return ROW_SQL[condition](joined[home]) is True
        if "and" in condition:
            return all(self.holds(one, joined) for one in condition["and"])
        if "or" in condition:
            return any(self.holds(one, joined) for one in condition["or"])
        if "segment" in condition:
            row = joined[condition["segment"].split(".")[0]]
            sql = self.oracle.segments[condition["segment"]]["sql"]
            return row is not None and ROW_SQL[sql](row) is True
        member = condition["member"]
        kind = self.oracle.dimensions[member]["type"]
        value = self.oracle.dimension(member, joined[member.split(".")[0]])
        column_type = self.oracle.column_type(member) if kind == "time" else None
        return passes(value, kind, condition, self.zone, column_type)

    def range_for(self, member):
        """The first range of the time dimension, or None."""
        return next((one[1:] for one in self.ranges if one[0] == member), None)

    def _in_range(self, one, joined, shift):
        member, start, end = one
        row = joined[member.split(".")[0]]
        value = self.oracle.dimension(member, row)
        if value is None:
            return False
        if shift and shift[0] == member:
            return start <= self.local(member, row, shift) < end
        return passes_range(value, start, end, self.zone, self.oracle.column_type(member))

    def local(self, member, row, shift):
        """A time on the query's clock, as much later as the shift says."""
        value = self.oracle.dimension(member, row)
        if value is None:
            return None
        value = local_of(value, self.oracle.column_type(member), self.zone)
        return add(value, shift[1]) if shift and shift[0] == member else value

    # ---- groups of rows ----

    def group_value(self, group, joined, shift):
        row = joined[group.entity]
        if self.oracle.dimensions[group.member]["type"] != "time":
            return self.oracle.dimension(group.member, row)
        local = self.local(group.member, row, shift)
        if local is None or group.granularity is None:
            return local
        return self.oracle.period(group.member, group.granularity).start(local)

    def joined_rows(self, root, groups, shift, window_of=None, more=()):
        """(row, joined rows that pass) for each row of the root; no range for `window_of`."""
        targets = {group.entity for group in groups} | set(more)
        for condition in self.row_filters:
            targets |= self._entities_of(condition)
        ranges = [one for one in self.ranges if one[0] != window_of]
        targets |= {one[0].split(".")[0] for one in ranges}
        if window_of:
            targets.add(window_of.split(".")[0])
        for row, combinations in self.oracle.joins.combinations(root, targets):
            kept = [
                one
                for one in combinations
                if all(self.holds(condition, one) for condition in self.row_filters)
                and all(self._in_range(item, one, shift) for item in ranges)
            ]
            if kept:
                yield row, kept

    def check_once(self, root, entity):
        if any(many for *_, many in self.oracle.joins.steps(root, [entity])):
            raise NoAnswer("a row has many times")

    # ---- aggregates ----

    def aggregate(self, name, shift, level):
        """(groups that are there, group -> value) of an aggregating measure."""
        key = (name, shift, level)
        if key not in self.parts:
            self.parts[key] = self._aggregate(name, shift, level)
        return self.parts[key]

    def _aggregate(self, name, shift, level):
        entity, _ = name.split(".")
        measure = self.oracle.measures[name]
        groups = self.groups if level is None else [self.groups[i] for i in level]
        if "rolling_window" in measure:
            return RollingWindow(self, entity, measure, groups, shift).run()
        more = set()
        for condition in measure.get("filters", []):
            if not isinstance(condition, str):
                more |= self._entities_of(condition)
        found = {}
        for row, kept in self.joined_rows(entity, groups, shift, None, more):
            if "semi_additive" in measure and not self._is_picked(
                entity, measure, groups, row, shift
            ):
                continue
            counts = self.counts(entity, measure, kept[0])
            for group in {tuple(self.group_value(g, one, shift) for g in groups) for one in kept}:
                found.setdefault(group, []).append((row, counts))
        if not groups and not found:
            found[()] = []
        return {
            group: aggregated(
                measure,
                [self.oracle.operand(entity, measure, row) for row, counts in rows if counts],
            )
            for group, rows in found.items()
        }

    def counts(self, entity, measure, joined):
        return all(self.holds(one, joined, entity) for one in measure.get("filters", []))

    def _is_picked(self, entity, measure, groups, row, shift):
        """Tells whether the row has the first or last time of its period and partition."""
        rule = measure["semi_additive"]
        member = f"{entity}.{rule['time_dimension']}"

        def place(other):
            cuts = [g for g in groups if g.member == member]
            by = [self.oracle.dimension(f"{entity}.{name}", other) for name in rule["partition_by"]]
            return [self.group_value(g, {entity: other}, shift) for g in cuts] + by

        def fits(other):
            joined = {entity: other}
            if self.oracle.dimension(member, other) is None:
                return False
            ranges = [one for one in self.ranges if one[0] == member]
            if not all(self._in_range(one, joined, shift) for one in ranges):
                return False
            own = [one for one in flattened(self.row_filters) if set(members_of(one)) == {member}]
            return all(self.holds(one, joined) for one in own) and place(other) == place(row)

        if self.oracle.dimension(member, row) is None:
            return False
        times = [
            self.oracle.dimension(member, other)
            for other in self.oracle.joins.visible(entity)
            if fits(other)
        ]
        picked = max if rule["pick"] == "last" else min
        return bool(times) and self.oracle.dimension(member, row) == picked(times)

    # ---- measures ----

    def leaves(self, name, shift=None, level=None):
        """Aggregates that a measure is made of: (name, shift, level)."""
        measure = self.oracle.measures[name]
        kind = measure["type"]
        if kind == "calculated":
            names = references_of(self.oracle.world["formulas"][measure["formula"]])
            return [leaf for one in sorted(names) for leaf in self.leaves(one, shift, level)]
        if kind == "time_shift":
            own = self._shift_of(measure, shift)
            found = self.leaves(measure["measure"], own, level)
            if self.range_for(own[0]) is None:
                found += self.leaves(measure["measure"], None, level)
            return found
        if kind == "percent_of_total":
            return self.leaves(measure["measure"], shift, level) + self.leaves(
                measure["measure"], shift, self._within(measure)
            )
        if kind == "rank":
            return self.leaves(measure["measure"], shift, level)
        return [(name, shift, level)]

    def _shift_of(self, measure, outer):
        members = [g.member for g in self.groups if g.granularity] + [one[0] for one in self.ranges]
        if not members or outer:
            raise NoAnswer("nothing to shift")
        member = members[0]
        if measure["interval"] != "previous_period":
            back = interval_of(measure["interval"])
            return member, negated(back) if measure.get("direction") == "next" else back
        for group in self.groups:
            if group.granularity and group.member == member:
                return member, self.oracle.period(member, group.granularity).step
        start, end = self.range_for(member)
        return member, (0, (end - start) // DAY, int(((end - start) % DAY).total_seconds()))

    def _within(self, measure):
        return tuple(i for i, g in enumerate(self.groups) if g.member in measure["within"])

    def value(self, name, group, shift=None, level=None):
        """Value of a measure in a group of the query."""
        value = self._value(name, group, shift, level)
        measure = self.oracle.measures[name]
        return (
            Fraction(measure["fill_nulls"]) if value is None and "fill_nulls" in measure else value
        )

    def _value(self, name, group, shift, level):
        measure = self.oracle.measures[name]
        kind = measure["type"]
        if kind == "calculated":
            tree = self.oracle.world["formulas"][measure["formula"]]
            return value_of(tree, lambda one: self.value(one, group, shift, level))
        if kind == "time_shift":
            return self.value(measure["measure"], group, self._shift_of(measure, shift), level)
        if kind == "percent_of_total":
            part = self.value(measure["measure"], group, shift, level)
            whole = self.value(measure["measure"], group, shift, self._within(measure))
            return None if part is None or not whole else part / whole
        if kind == "rank":
            return self._rank(measure, group)
        part = group if level is None else tuple(group[i] for i in level)
        return self.aggregate(name, shift, level).get(part)

    def _rank(self, measure, group):
        if self.query.get("ungrouped"):
            raise NoAnswer("no groups to rank")
        within = self._within(measure)
        if id(measure) not in self.ranked:
            peers = self.ranked[id(measure)] = {}
            for one in self.shown:
                place = tuple(one[i] for i in within)
                peers.setdefault(place, []).append(self.value(measure["measure"], one))
            for values in peers.values():
                values.sort(key=lambda value: (value is None, -(value or 0)))
        peers = self.ranked[id(measure)][tuple(group[i] for i in within)]
        return Fraction(1 + peers.index(self.value(measure["measure"], group)))

    # ---- rows ----

    def rows(self):
        names = self.query.get("measures", [])
        if self.query.get("ungrouped"):
            return self._sliced(self.ordered(self._ungrouped(names)))
        needed = list(names)
        for condition in self.measure_filters:
            needed += members_of(condition)
        if needed:
            self.shown = self._groups_there(needed)
        else:
            self.shown = self._listed()
        kept = [
            group
            for group in self.shown
            if all(self._keeps(one, group) for one in self.measure_filters)
        ]
        rows = [self._row(group, names) for group in kept]
        return self._sliced(self.ordered(rows))

    def _sliced(self, rows):
        start = self.query.get("offset", 0)
        return rows[start : start + self.query.get("limit", 10000)]

    def _ungrouped(self, names):
        """One row for each row of the measures' entity, with what it gives to each measure."""
        leaves = [leaf for name in names for leaf in self.leaves(name)]
        roots = list(dict.fromkeys(leaf[0].split(".")[0] for leaf in leaves))
        if not leaves and names:
            roots = [names[0].split(".")[0]]
        elif not leaves and self.groups:
            roots = [self._root_of(list(dict.fromkeys(group.entity for group in self.groups)))]
        kinds = [self.oracle.measures[leaf[0]] for leaf in leaves]
        apart = any(leaf[1] or leaf[2] is not None for leaf in leaves)
        if (
            len(roots) != 1
            or apart
            or any("rolling_window" in one or "semi_additive" in one for one in kinds)
        ):
            raise NoAnswer("not of one row")
        more = {
            name
            for one in kinds
            for item in one.get("filters", [])
            if not isinstance(item, str)
            for name in self._entities_of(item)
        }
        rows = []
        for row, kept in self.joined_rows(roots[0], self.groups, None, None, more):
            if len(kept) > 1:
                raise NoAnswer("rows meet several")
            group = tuple(self.group_value(g, kept[0], None) for g in self.groups)
            self.parts = {leaf: {group: self._single(leaf[0], row, kept[0])} for leaf in leaves}
            try:
                rows.append(self._row(group, names))
            except TypeError as error:
                raise NoAnswer("a formula over values that are not numbers") from error
        return rows

    def _single(self, name, row, joined):
        entity, measure = name.split(".")[0], self.oracle.measures[name]
        value = (
            self.oracle.operand(entity, measure, row)
            if self.counts(entity, measure, joined)
            else None
        )
        return Fraction(1) if value is not None and measure["type"] == "count" else value

    def _groups_there(self, needed):
        leaves = [leaf for name in needed for leaf in self.leaves(name)]
        if not leaves:  # constants: the groups of the first one's rows
            leaves = [(needed[0].split(".")[0] + ".count", None, None)]
        for leaf in leaves:
            self.aggregate(*leaf)
        if not self.groups:
            return {()}
        base = [leaf for leaf in leaves if leaf[2] is None]
        if any(leaf[1] and self.range_for(leaf[1][0]) is None for leaf in leaves):
            base = [leaf for leaf in base if leaf[1] is None]
        return {group for leaf in base for group in self.aggregate(*leaf)}

    def _listed(self):
        """Groups of a query without measures: those of one entity's rows."""
        if not self.groups:
            raise NoAnswer("no column")
        named = list(dict.fromkeys(group.entity for group in self.groups))
        root = self._root_of(named)
        found = set()
        for _, kept in self.joined_rows(root, self.groups, None):
            found |= {tuple(self.group_value(g, one, None) for g in self.groups) for one in kept}
        return found

    def _root_of(self, named):
        candidates = []
        for name in self.oracle.joins.rows:
            reach = self.oracle.joins.reach(name)
            if all(one in reach and reach[one][0][0] == 0 for one in named):
                cost = sum(reach[one][0][1] for one in named)
                candidates.append((name not in named, cost, name))
        if not candidates:
            return named[0]
        candidates.sort()
        if len(candidates) > 1 and candidates[0][:2] == candidates[1][:2]:
            raise NoAnswer("two roots")
        return candidates[0][2]

    def _keeps(self, condition, group):
        if "and" in condition:
            return all(self._keeps(one, group) for one in condition["and"])
        if "or" in condition:
            return any(self._keeps(one, group) for one in condition["or"])
        return passes(self.value(condition["member"], group), "number", condition, self.zone)

    def _row(self, group, names):
        row = {g.key: value for g, value in zip(self.groups, group)}
        for name in names:
            row[name] = self._shown(name, self.value(name, group))
        return row

    def _shown(self, name, value):
        """Moments are shown on the query's clock."""
        measure = self.oracle.measures[name]
        if value is None or not measure.get("column", "").startswith("t_"):
            return value
        kind = self.oracle.world["tables"][name.split(".")[0]]["columns"][measure["column"]]
        return local_of(value, kind, self.zone)

    def ordered(self, rows):
        """By the order asked for or the usual one, then by the groups."""
        names = self.query.get("measures", [])
        order = list(self.query["order"]) if "order" in self.query else self._usual_order(names)
        known = {key for key, _ in order}
        keys = {g.member: g.key for g in self.groups}
        for key, direction in [(g.key, "asc") for g in self.groups if g.key not in known][::-1]:
            rows.sort(key=lambda row: sort_key(row[key]))
        for key, direction in order[::-1]:
            key = key if rows and key in rows[0] else keys.get(key, key)
            if rows and key not in rows[0]:
                continue
            rows.sort(key=lambda row: sort_key(row[key]), reverse=direction == "desc")
        return rows

    def _usual_order(self, names):
        times = [g.key for g in self.groups if g.granularity]
        if times:
            return [[times[0], "asc"]]
        if names:
            return [[names[0], "desc"]]
        return [[self.groups[0].key, "asc"]]


def members_of(condition):
    """Members that a filter names, or its segment."""
    for key in ("and", "or"):
        if key in condition:
            return [name for one in condition[key] for name in members_of(one)]
    return [condition.get("member", condition.get("segment"))]


def flattened(conditions):
    """Conditions that have to hold all, however their groups are nested."""
    for one in conditions:
        if "and" in one:
            yield from flattened(one["and"])
        else:
            yield one


def passes_range(value, start, end, zone, column_type):
    """The range of a time dimension, half-open."""
    if column_type == "date":
        return start <= value < end
    return moment_of(start, zone) <= value < moment_of(end, zone)
