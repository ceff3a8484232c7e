"""Random queries over a random world."""

import random
import re

GRAINS = ["day", "week", "month", "quarter", "year", "hour"]
CUSTOM = [
    "fiscal_year",
    "fiscal_quarter",
    "ten_days",
    "sunday_week",
    "two_months",
    "april_year",
    "odd_month",
]
ZONES = [
    "UTC",
    "America/Havana",
    "Africa/Cairo",
    "Europe/Berlin",
    "America/New_York",
    "Asia/Kolkata",
    "Pacific/Auckland",
]
LONG = ["2023-01", "2024-12"]
RANGES = [
    LONG,
    ["2024-01-01", "2024-01-10"],
    ["2023-12-25", "2024-01-05"],
    ["2024-02-28", "2024-03-02"],
    "2024-03",
    ["2024-03-28", "2024-04-02"],
    ["2023-10-27", "2023-10-31"],
    ["2024-01", "2024-03"],
    ["2024-03-31T01:00:00", "2024-03-31T05:59:59"],
    "2024-02-29",
    ["2023-10", "2023-10"],
]
DATES = ["2024-01-01", "2024-02-29", "2024-03-31", "2023-10-29", "2024-03", "2024-03-10T07:30"]
TEXT_OPERATORS = [
    "equals",
    "notEquals",
    "contains",
    "notContains",
    "startsWith",
    "notStartsWith",
    "endsWith",
    "notEndsWith",
]
PARTS = ["a", "A", "_", "%", "b", "x", "", "ä", "10", "none", "small", "< 0", None]
NUMERIC = [
    "count",
    "count_txt",
    "distinct",
    "sum_int",
    "sum_num",
    "sum_calc",
    "avg",
    "median",
    "p90",
    "some0",
    "some1",
    "roll0",
    "roll1",
    "roll2",
    "stock",
    "ratio",
    "before",
    "share",
    "mixed",
    "place",
]


class QueryMaker:
    def __init__(self, world, seed):
        self.random = random.Random(seed)
        self.entities = world["model"]["entities"]

    def make(self):
        chance = self.random
        self.near = chance.sample(
            self.entities, min(len(self.entities), chance.choice([1, 2, 2, 3, 4]))
        )
        query = {
            "measures": [],
            "dimensions": [],
            "timeDimensions": [],
            "filters": [],
            "model": "world",
        }
        for _ in range(chance.choice([0, 1, 1, 1, 2, 2, 3])):
            self._add(query["measures"], self._measure())
        for _ in range(chance.choice([0, 0, 1, 1, 2])):
            self._add(query["dimensions"], self._dimension()[0])
        timed = any(re.search("roll|before|mixed", name) for name in query["measures"])
        if chance.random() < (0.93 if timed else 0.45):
            query["timeDimensions"].append(self._time())
        if chance.random() < 0.04:
            other = self._time()
            if all(time["dimension"] != other["dimension"] for time in query["timeDimensions"]):
                query["timeDimensions"].append(other)
        for _ in range(chance.choice([0, 0, 0, 1, 1, 2])):
            query["filters"].append(self._row_filter(2))
        if chance.random() < 0.2 and query["measures"]:
            query["filters"].append(self._measure_filter(2))
        if chance.random() < 0.1:
            query["segments"] = [self._entity() + ".part"]
        if chance.random() < 0.6:
            query["timezone"] = chance.choice(ZONES)
        if not query["measures"] and not query["dimensions"]:
            query["measures"].append(self._measure())
        self._add_shape(query)
        return query

    @staticmethod
    def _add(members, member):
        if member not in members:
            members.append(member)

    def _entity(self):
        return self.random.choice(self.near)["name"]

    def _measure(self):
        entity = self.random.choice(self.near)
        return entity["name"] + "." + self.random.choice(entity["measures"])["name"]

    def _dimension(self):
        entity = self.random.choice(self.near)
        dimension = self.random.choice(entity["dimensions"])
        return entity["name"] + "." + dimension["name"], dimension

    def _time(self):
        chance = self.random
        name = chance.choice(["tz", "tz", "ts", "day"])
        time = {"dimension": f"{self._entity()}.{name}"}
        ranged = chance.random()
        if ranged < 0.6:
            time["dateRange"] = chance.choice(RANGES)
        elif ranged < 0.65:
            time["compareDateRange"] = [chance.choice(RANGES) for _ in range(2)]
        if ranged >= 0.6 or chance.random() < 0.8:
            is_short = "dateRange" in time and time["dateRange"] != LONG
            grains = GRAINS if is_short and name != "day" else GRAINS[:-1]
            time["granularity"] = chance.choice(grains + CUSTOM)
        return time

    def _add_shape(self, query):
        chance = self.random
        groups = list(query["dimensions"])
        groups += [
            f"{t['dimension']}.{t['granularity']}"
            for t in query["timeDimensions"]
            if "granularity" in t
        ]
        compared = any("compareDateRange" in time for time in query["timeDimensions"])
        if groups and not compared and chance.random() < 0.1:
            query["subtotals"] = True if chance.random() < 0.6 else [chance.choice(groups)]
        if chance.random() < 0.3:
            keys = groups + query["measures"]
            query["order"] = [
                [key, chance.choice(["asc", "desc"])]
                for key in chance.sample(keys, min(2, len(keys)))
            ]
        if chance.random() < 0.15:
            query["limit"] = chance.choice([0, 1, 2, 5])
            query["offset"] = chance.choice([0, 1, 3])
        if chance.random() < 0.2:
            query["total"] = True
        if "subtotals" not in query and chance.random() < 0.05:
            query["ungrouped"] = True

    def _row_filter(self, depth):
        chance = self.random
        if depth and chance.random() < 0.3:
            return {
                chance.choice(["and", "or"]): [
                    self._row_filter(depth - 1) for _ in range(chance.randint(1, 3))
                ]
            }
        member, dimension = self._dimension()
        if chance.random() < 0.15:
            return {"member": member, "operator": chance.choice(["set", "notSet"])}
        return {"member": member, **self._test_of(dimension["type"])}

    def _test_of(self, kind):
        chance = self.random
        if kind == "time":
            return self._time_test()
        if kind == "boolean":
            operator = chance.choice(["equals", "notEquals"])
            return {"operator": operator, "values": [chance.choice(["true", "false", None])]}
        if kind == "number":
            operator = chance.choice(["equals", "notEquals", "gt", "gte", "lt", "lte"])
            values = [chance.choice([0, 1, "2", 2.5, 4]) for _ in range(chance.randint(1, 2))]
            if operator in ("equals", "notEquals"):
                return {"operator": operator, "values": values + chance.choice([[], [None]])}
            return {"operator": operator, "values": values[:1]}
        values = chance.sample(PARTS, chance.randint(1, 2))
        return {"operator": chance.choice(TEXT_OPERATORS), "values": values}

    def _time_test(self):
        chance = self.random
        operator = chance.choice(
            [
                "inDateRange",
                "notInDateRange",
                "beforeDate",
                "beforeOrOnDate",
                "afterDate",
                "afterOrOnDate",
                "equals",
                "notEquals",
                "gt",
                "lte",
            ]
        )
        if "Range" in operator:
            values = chance.choice(RANGES)
            return {"operator": operator, "values": [values] if isinstance(values, str) else values}
        return {"operator": operator, "values": [chance.choice(DATES)]}

    def _measure_filter(self, depth):
        chance = self.random
        if depth and chance.random() < 0.3:
            children = [self._measure_filter(depth - 1) for _ in range(2)]
            return {chance.choice(["and", "or"]): children}
        member = f"{self._entity()}.{chance.choice(NUMERIC)}"
        operator = chance.choice(["gt", "lt", "gte", "set", "notSet", "lte"])
        if operator in ("set", "notSet"):
            return {"member": member, "operator": operator}
        return {
            "member": member,
            "operator": operator,
            "values": [chance.choice([0.37, 1.37, 2.37, 5.37, -0.63])],
        }
