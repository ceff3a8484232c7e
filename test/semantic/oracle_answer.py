"""The oracle: answers a semantic query row by row, slowly, from what the documents say.

    Oracle(world).answer(query)      list of rows in order, each {key: value}

For each measure it takes the rows of the measure's own entity; joins each to everything that the
query names; keeps the joined rows that pass all filters; counts a row once in each group that its
joined rows give. What the joins lead to and cannot be found is null.
"""

from datetime import timedelta
from fractions import Fraction

from oracle_expressions import ROW_SQL, value_of
from oracle_joins import Joins
from oracle_question import Question
from oracle_time import period_of, range_of

WEEK_DAYS = {"monday": 1, "saturday": 6, "sunday": 7}


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
                t.isoformat(timespec="milliseconds")
                for t in (start, end - timedelta(milliseconds=1))
            )
            own = {key: value for key, value in time.items() if key != "compareDateRange"}
            own["dateRange"] = texts
            times = [own if one is time else one for one in query["timeDimensions"]]
            for row in self._one({**query, "timeDimensions": times}, []):
                rows.append({**row, "compareDateRange": label})
        return rows

    def _subtotals(self, query):
        groups = self._groups(query)
        names = (
            query["subtotals"] if isinstance(query["subtotals"], list) else [g.key for g in groups]
        )
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
        return period_of(
            name,
            custom,
            WEEK_DAYS[self.model.get("week_start", "monday")],
            self.model.get("fiscal_year_start", 1),
        )
