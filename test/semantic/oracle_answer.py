"""The oracle: answers a semantic query row by row, slowly, from what the documents say.

    Oracle(world).answer(query)      list of rows in order, each {key: value}

For each measure it takes the rows of the measure's own entity; joins each to everything that the
query names; keeps the joined rows that pass all filters; counts a row once in each group that its
joined rows give. What the joins lead to and cannot be found is null.
"""

from datetime import timedelta
from fractions import Fraction

from oracle_expressions import ROW_SQL, references_of, value_of
from oracle_filters import passes
from oracle_joins import Joins, NoAnswer
from oracle_time import add, interval_of, local_of, negated, period_of, range_of, total

DAY = timedelta(days=1)
WEEK_DAYS = {"monday": 1, "saturday": 6, "sunday": 7}


def sort_key(value):
    """Ascending, null last."""
    return (value is None, 0 if value is None else value)


class Group:
    def __init__(self, member, granularity=None):
        self.member, self.granularity = member, granularity
        self.entity, self.dimension = member.split(".")
        self.key = member + ("." + granularity if granularity else "")


class Oracle:
    def __init__(self, world):
        self.world, self.joins = world, Joins(world)
        self.model = world["model"]
        self.dimensions, self.measures, self.segments = {}, {}, {}
        for entity in self.model["entities"]:
            for kind in ("dimensions", "measures", "segments"):
                for item in entity[kind]:
                    getattr(self, kind)[f"{entity['name']}.{item['name']}"] = item

    # ---- the query ----

    def answer(self, query):
        """Rows of the query, with the key of its ranges or subtotals."""
        compared = [one for one in query.get("timeDimensions", []) if "compareDateRange" in one]
        if compared:
            return self._compared(query, compared[0])
        if query.get("subtotals"):
            return self._subtotals(query)
        return self._one(query, [])

    def total(self, query):
        plain = {**query, "limit": 50000, "offset": 0}
        return len(self.answer(plain))

    def _compared(self, query, time):
        rows = []
        for texts in time["compareDateRange"]:
            texts = [texts] if isinstance(texts, str) else texts
            start, end = range_of(texts)
            label = " - ".join(
                t.isoformat(timespec="milliseconds") for t in (start, end - timedelta(milliseconds=1))
            )
            own = {key: value for key, value in time.items() if key != "compareDateRange"}
            own["dateRange"] = texts
            times = [own if one is time else one for one in query["timeDimensions"]]
            for row in self._one({**query, "timeDimensions": times}, []):
                rows.append({**row, "compareDateRange": label})
        return rows

    def _subtotals(self, query):
        groups = self._groups(query)
        names = query["subtotals"] if isinstance(query["subtotals"], list) else [g.key for g in groups]
        rolled = [
            next(i for i, g in enumerate(groups) if name in (g.key, g.member)) for name in names
        ]
        rows, left_out = [], []
        for last in [None] + rolled[::-1]:
            plain = dict(query)
            if last is not None:
                left_out.append(last)
                plain.update(limit=50000, offset=0)
            bits = sum(1 << (len(groups) - 1 - i) for i in left_out)
            nulls = {groups[i].key: None for i in left_out}
            answered = self._one(plain, left_out)
            answered = [{**nulls, **row, "grouping": Fraction(bits)} for row in answered]
            rows += Question(self, query, groups, []).ordered(answered)
        return rows

    @staticmethod
    def _groups(query):
        plain, times = [], []
        for name in query.get("dimensions", []):
            parts = name.split(".")
            (times if len(parts) == 3 else plain).append(Group(".".join(parts[:2]), *parts[2:]))
        for time in query.get("timeDimensions", []):
            if "granularity" in time:
                times.append(Group(time["dimension"], time["granularity"]))
        return list({group.key: group for group in plain + times}.values())

    def _one(self, query, left_out):
        """Rows of a query that is one question."""
        all_groups = self._groups(query)
        groups = [g for i, g in enumerate(all_groups) if i not in left_out]
        return Question(self, query, groups, [all_groups[i].member for i in left_out]).rows()

    # ---- one row ----

    def dimension(self, member, row):
        """Value of a dimension on a row of its entity; null on a missing one."""
        if row is None:
            return None
        item = self.dimensions[member]
        value = self._source(member.split(".")[0], item, row)
        if "bins" not in item or value is None:
            return value
        edges = item["bins"]
        below = [f"{edge:g}" for edge in edges if value < edge]
        above = [f"{edge:g}" for edge in edges if value >= edge]
        if not above:
            return "< " + below[0]
        return f"{above[-1]} to < {below[0]}" if below else ">= " + above[-1]

    def _source(self, entity, item, row):
        if "column" in item:
            return row[item["column"]]
        if "sql" in item:
            return ROW_SQL[item["sql"]](row)
        tree = self.world["formulas"][item["formula"]]
        return value_of(tree, lambda name: self.dimension(f"{entity}.{name}", row))

    def operand(self, entity, measure, row):
        """What a measure aggregates of a row; 1 where it counts rows."""
        if not any(key in measure for key in ("column", "sql", "formula")):
            return 1
        return self._source(entity, measure, row)

    def column_type(self, member):
        """SQL type of a time dimension."""
        entity, _ = member.split(".")
        return self.world["tables"][entity]["columns"][self.dimensions[member]["column"]]

    def period(self, member, name):
        custom = self.dimensions[member].get("granularities", [])
        return period_of(name, custom, WEEK_DAYS[self.model.get("week_start", "monday")],
                         self.model.get("fiscal_year_start", 1))  # fmt: skip


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
        self.parts, self.shown = {}, set()

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
            return start <= self._local(member, row, shift) < end
        return passes_range(value, start, end, self.zone, self.oracle.column_type(member))

    def _local(self, member, row, shift):
        """A time on the query's clock, as much later as the shift says."""
        value = self.oracle.dimension(member, row)
        if value is None:
            return None
        value = local_of(value, self.oracle.column_type(member), self.zone)
        return add(value, shift[1]) if shift and shift[0] == member else value

    # ---- groups of rows ----

    def _group_value(self, group, joined, shift):
        row = joined[group.entity]
        if self.oracle.dimensions[group.member]["type"] != "time":
            return self.oracle.dimension(group.member, row)
        local = self._local(group.member, row, shift)
        if local is None or group.granularity is None:
            return local
        return self.oracle.period(group.member, group.granularity).start(local)

    def joined_rows(self, root, groups, shift, window_of=None, more=()):
        """(row, joined rows that pass) for each row of the root; no range for `window_of`."""
        targets = {group.entity for group in groups} | set(more)
        if window_of and groups:
            self._check_once(root, window_of.split(".")[0])
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

    def _check_once(self, root, entity):
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
            if "semi_additive" in measure and not self._is_picked(entity, measure, groups, row, shift):
                continue
            counts = self.counts(entity, measure, kept[0])
            for group in {tuple(self._group_value(g, one, shift) for g in groups) for one in kept}:
                found.setdefault(group, []).append((row, counts))
        if not groups and not found:
            found[()] = []
        return {
            group: aggregated(measure, [self.oracle.operand(entity, measure, row) for row, counts in rows if counts])
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
            return [self._group_value(g, {entity: other}, shift) for g in cuts] + by

        def fits(other):
            joined = {entity: other}
            if self.oracle.dimension(member, other) is None:
                return False
            ranges = [one for one in self.ranges if one[0] == member]
            if not all(self._in_range(one, joined, shift) for one in ranges):
                return False
            own = [one for one in self.row_filters if one.get("member") == member]
            return all(self.holds(one, joined) for one in own) and place(other) == place(row)

        if self.oracle.dimension(member, row) is None:
            return False
        times = [self.oracle.dimension(member, other) for other in self.oracle.joins.visible(entity) if fits(other)]
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
        return Fraction(measure["fill_nulls"]) if value is None and "fill_nulls" in measure else value

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
        within = self._within(measure)
        own = self.value(measure["measure"], group)
        peers = [one for one in self.shown if all(one[i] == group[i] for i in within)]
        values = [self.value(measure["measure"], one) for one in peers]
        if own is None:
            return Fraction(1 + sum(value is not None for value in values))
        return Fraction(1 + sum(value is not None and value > own for value in values))

    # ---- rows ----

    def rows(self):
        names = self.query.get("measures", [])
        if self.query.get("ungrouped"):
            return self._sliced(self.ordered(self._ungrouped(names)))
        needed = list(names)
        for condition in self.measure_filters:
            needed += self._members_of(condition)
        if needed:
            self.shown = self._groups_there(needed)
        else:
            self.shown = self._listed()
        kept = [group for group in self.shown if all(self._keeps(one, group) for one in self.measure_filters)]
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
        elif not leaves:
            roots = [self._root_of(list(dict.fromkeys(group.entity for group in self.groups)))]
        kinds = [self.oracle.measures[leaf[0]] for leaf in leaves]
        apart = any(leaf[1] or leaf[2] is not None for leaf in leaves)
        ranked = any(self.oracle.measures[name]["type"] == "rank" for name in names)
        if len(roots) > 1 or apart or ranked or any("rolling_window" in one or "semi_additive" in one for one in kinds):
            raise NoAnswer("not of one row")
        more = {name for one in kinds for item in one.get("filters", []) if not isinstance(item, str)
                for name in self._entities_of(item)}  # fmt: skip
        rows = []
        for row, kept in self.joined_rows(roots[0], self.groups, None, None, more):
            if len(kept) > 1:
                raise NoAnswer("rows meet several")
            group = tuple(self._group_value(g, kept[0], None) for g in self.groups)
            self.parts = {leaf: {group: self._single(leaf[0], row, kept[0])} for leaf in leaves}
            try:
                rows.append(self._row(group, names))
            except TypeError as error:
                raise NoAnswer("a formula over values that are not numbers") from error
        return rows

    def _single(self, name, row, joined):
        entity, measure = name.split(".")[0], self.oracle.measures[name]
        value = self.oracle.operand(entity, measure, row) if self.counts(entity, measure, joined) else None
        return Fraction(1) if value is not None and measure["type"] == "count" else value

    def _members_of(self, condition):
        for key in ("and", "or"):
            if key in condition:
                return [name for one in condition[key] for name in self._members_of(one)]
        return [condition["member"]]

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
        named = list(dict.fromkeys(group.entity for group in self.groups))
        root = self._root_of(named)
        found = set()
        for _, kept in self.joined_rows(root, self.groups, None):
            found |= {tuple(self._group_value(g, one, None) for g in self.groups) for one in kept}
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


def passes_range(value, start, end, zone, column_type):
    """The range of a time dimension, half-open."""
    from oracle_time import moment_of

    if column_type == "date":
        return start <= value < end
    return moment_of(start, zone) <= value < moment_of(end, zone)


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
        return (None if trailing is None else add(start, total(anchor, negated(trailing))),
                None if leading is None else add(start, total(anchor, leading)))  # fmt: skip

    def _rows(self, member):
        """(row, counts, other groups, local time) of all rows that pass."""
        question = self.question
        others = [g for i, g in enumerate(self.groups) if i != self.at]
        more = set()
        for row, kept in question.joined_rows(self.entity, self.groups, self.shift, member, more):
            counts = question.counts(self.entity, self.measure, kept[0])
            for one in kept:
                other = tuple(question._group_value(g, one, self.shift) for g in others)
                yield row, counts, other, question._local(member, one[member.split(".")[0]], self.shift)

    def _value(self, found):
        """The aggregate of distinct rows."""
        rows = {id(row): (row, counts) for row, counts in found}
        operand = self.question.oracle.operand
        return aggregated(self.measure, [operand(self.entity, self.measure, row) for row, counts in rows.values() if counts])

    def _periods(self):
        group = self.groups[self.at]
        period = self.question.oracle.period(group.member, group.granularity)
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
                yield row, counts, tuple(self.question._group_value(g, one, self.shift) for g in self.groups), None

    def _whole_bounds(self, member):
        start, end = self.question.range_for(member)
        if "to_date" in self.window:
            return self._to_date(member).start(end - timedelta(milliseconds=1)), end
        anchor = end if self.window.get("offset", "end") == "end" else start
        trailing, leading = self._reach("trailing"), self._reach("leading")
        return (None if trailing is None else add(anchor, negated(trailing)),
                None if leading is None else add(anchor, leading))  # fmt: skip
