"""Random worlds: a few small tables with awkward rows, and a model over them.

A world is plain data, so that a failing one can be made smaller and printed:

    {"tables": {"e0": {"columns": {"id": "integer", …}, "rows": [[…], …]}},
     "model": {…}, "formulas": {text: tree}}

Every entity has the same seven columns of data beside its keys. Entities hang together as a tree of
joins of all kinds, sometimes with a shortcut that makes two paths.
"""

import random
from datetime import datetime, timedelta
from fractions import Fraction

from oracle_expressions import CONDITION_SQL, DIMENSION_SQL, NUMBER_SQL, text_of
from oracle_values import SCHEMA, DATA_COLUMNS, TEXTS, BORDERS, GRANULARITIES, WINDOWS


class WorldMaker:
    def __init__(self, seed):
        self.random = random.Random(seed)
        self.tables = {}
        self.entities = []
        self.formulas = {}

    def make(self):
        chance = self.random
        for i in range(chance.randint(4, 6)):
            self._add_entity(f"e{i}")
        for i in range(1, len(self.entities)):
            self._link(i, chance.randrange(i))
        if chance.random() < 0.15:
            self._link(*chance.sample(range(len(self.entities)), 2))
        for entity in self.entities:
            self._add_dimensions(entity)
            self._add_plain_measures(entity)
        for entity in self.entities:
            self._add_filtered_measures(entity)
            self._add_derived_measures(entity)
            self._add_access(entity)
        model = {"name": "world", "entities": self.entities}
        if chance.random() < 0.3:
            model["week_start"] = chance.choice(["sunday", "saturday"])
        if chance.random() < 0.3:
            model["fiscal_year_start"] = chance.randint(2, 12)
        if chance.random() < 0.15:
            model["timezone"] = "Europe/Berlin"
        return {
            "tables": self.tables,
            "model": model,
            "formulas": self.formulas,
            "tuning": self._tuning(),
        }

    def _tuning(self):
        """What the compiler may go by when it chooses the shape of a part."""
        statements = ["SELECT 1"]
        for name, table in self.tables.items():
            for column in table["columns"]:
                if column.startswith("e") and self.random.random() < 0.5:
                    statements.append(f"CREATE INDEX ON {SCHEMA}.{name} ({column})")
            if self.random.random() < 0.6:
                statements.append(f"ANALYZE {SCHEMA}.{name}")
        return "; ".join(statements)

    # ---- tables ----

    def _add_entity(self, name):
        chance = self.random
        keys = ["id", "id2"] if chance.random() < 0.15 else ["id"]
        columns = {**dict.fromkeys(keys, "integer"), **DATA_COLUMNS}
        rows = []
        for i in range(chance.choice([0, 1, 3, 5, 7, 9, 12])):
            own = [i + 1] if keys == ["id"] else [i // 2 + 1, i % 2 + 1]
            rows.append(own + [self._value(kind) for kind in DATA_COLUMNS.values()])
        self.tables[name] = {"columns": columns, "rows": rows, "key": keys}
        self.entities.append(
            {
                "name": name,
                "schema": SCHEMA,
                "table": name,
                "primary_key": keys,
                "joins": [],
                "dimensions": [],
                "measures": [],
                "segments": [],
            }
        )

    def _value(self, kind):
        chance = self.random
        if chance.random() < 0.2:
            return None
        if kind == "text":
            return chance.choice(TEXTS)
        if kind == "integer":
            return chance.randint(-2, 6)
        if kind == "numeric":
            return str(chance.choice([0, 10, -3, 7]) + Fraction(chance.randint(0, 3), 4) + 0.0)
        if kind == "boolean":
            return chance.random() < 0.5
        time = datetime.fromisoformat(chance.choice(BORDERS))
        if chance.random() < 0.5:
            time += timedelta(minutes=chance.choice([-1, 1, 61, -1441, 24 * 60, 3 * 24 * 60]))
        return str(time.date()) if kind == "date" else str(time)

    def _add_columns(self, table, columns, tuples):
        """Adds key columns with a value for each row."""
        table["columns"].update(dict.fromkeys(columns, "integer"))
        for row, values in zip(table["rows"], tuples):
            row.extend(values)

    def _keys_of(self, table):
        width = len(table["key"])
        return [tuple(row[:width]) for row in table["rows"]]

    def _foreign_keys(self, count, keys, width, distinct):
        """Keys of another table, with nulls and orphans; each but null once if `distinct`."""
        chance = self.random
        left = list(keys)
        chance.shuffle(left)
        found = []
        for i in range(count):
            dice = chance.random()
            if dice < 0.15:
                found.append(tuple(chance.choice([None, 1]) for _ in range(width - 1)) + (None,))
            elif dice < 0.25 or (distinct and not left) or not keys:
                found.append(tuple([90 + i] * width))
            else:
                found.append(left.pop() if distinct else chance.choice(keys))
        return found

    # ---- joins ----

    def _link(self, i, j):
        chance = self.random
        dice = chance.random()
        if dice < 0.15:
            self._link_by_bridge(self.entities[i], self.entities[j])
            return
        child, parent = (i, j) if chance.random() < 0.6 else (j, i)
        child, parent = self.entities[child], self.entities[parent]
        kind = "one_to_one" if dice < 0.25 else "many_to_one"
        columns = self._reference(child["name"], parent, kind == "one_to_one")
        there = {
            "entity": parent["name"],
            "relationship": kind,
            "columns": [{"from": a, "to": b} for a, b in columns],
        }
        back = {
            "entity": child["name"],
            "relationship": "one_to_many",
            "columns": [{"from": b, "to": a} for a, b in columns],
        }
        side = chance.random()
        if side < 0.7 or kind == "one_to_one":
            self._add_join(child, there)
        if side > 0.4 and kind != "one_to_one":
            self._add_join(parent, back)

    @staticmethod
    def _add_join(entity, join):
        """Adds a join; a second one to the same entity has a name of its own."""
        if any(other["entity"] == join["entity"] for other in entity["joins"]):
            join = {**join, "name": "other_" + join["entity"]}
        entity["joins"].append(join)

    def _reference(self, name, parent, distinct):
        """Gives a table a foreign key to the parent: pairs of columns."""
        table, target = self.tables[name], self.tables[parent["name"]]
        columns = [f"{parent['name']}_{key}" for key in target["key"]]
        while columns[0] in table["columns"]:
            columns = [column + "x" for column in columns]
        keys = self._keys_of(target)
        self._add_columns(
            table, columns, self._foreign_keys(len(table["rows"]), keys, len(columns), distinct)
        )
        return list(zip(columns, target["key"]))

    def _link_by_bridge(self, left, right):
        name = f"b_{left['name']}_{right['name']}"
        if name in self.tables:
            return
        rows = [[] for _ in range(self.random.randint(0, 12))]
        self.tables[name] = {"columns": {}, "rows": rows, "key": []}
        from_pairs = self._reference(name, left, False)
        to_pairs = self._reference(name, right, False)
        bridge = {
            "schema": SCHEMA,
            "table": name,
            "from": [{"from": b, "to": a} for a, b in from_pairs],
            "to": [{"from": a, "to": b} for a, b in to_pairs],
        }
        join = {"entity": right["name"], "relationship": "many_to_many", "bridge": bridge}
        self._add_join(left, join)

    # ---- members ----

    def _add_dimensions(self, entity):
        chance = self.random
        add = entity["dimensions"].append
        for name, kind in (
            ("txt", "string"),
            ("int", "number"),
            ("num", "number"),
            ("flag", "boolean"),
        ):
            add({"name": name, "type": kind, "column": "c_" + name})
        for name in ("tz", "ts", "day"):
            custom = [
                item for item in GRANULARITIES if name != "day" or item["name"] != "half_hour"
            ]
            add({"name": name, "type": "time", "column": "t_" + name, "granularities": custom})
        add({"name": "size", "type": "string", "column": "c_int", "bins": [0, 2.5, 5]})
        kind, sql, data_type = chance.choice(DIMENSION_SQL)
        add({"name": "made", "type": kind, "sql": sql, "data_type": data_type})
        tree = self._tree(2, ["int", "num"])
        add({"name": "calc", "type": "number", "formula": self._formula(tree)})
        tree = [
            "case",
            [">", ["reference", "int"], ["number", "2"]],
            ["string", "big"],
            ["string", "small"],
        ]
        add({"name": "word", "type": "string", "formula": self._formula(tree)})
        entity["segments"].append({"name": "part", "sql": chance.choice(CONDITION_SQL)})

    def _formula(self, tree):
        text = text_of(tree)
        self.formulas[text] = tree
        return text

    def _tree(self, depth, names, divides=False):
        """A random formula of numbers."""
        chance = self.random
        if depth == 0 or chance.random() < 0.2:
            if chance.random() < 0.75:
                return ["reference", chance.choice(names)]
            return ["number", chance.choice(["1", "2.5", "0", "10"])]
        heads = ["+", "-", "*", "coalesce", "nullif", "greatest", "least", "case", "abs"]
        head = chance.choice(heads + (["/"] * 4 if divides else []))
        if head == "abs":
            return [head, self._tree(depth - 1, names, divides)]
        if head == "case":
            test = [
                chance.choice(["<", ">", "=", "<="]),
                self._tree(0, names),
                self._tree(0, names),
            ]
            if chance.random() < 0.4:
                test = [chance.choice(["AND", "OR"]), test, ["is null", self._tree(0, names)]]
            return [head, test, self._tree(depth - 1, names, divides), self._tree(0, names)]
        return [head, self._tree(depth - 1, names, divides), self._tree(depth - 1, names, divides)]

    def _add_plain_measures(self, entity):
        chance = self.random
        add = entity["measures"].append
        add({"name": "count", "type": "count"})
        add({"name": "count_txt", "type": "count", "column": "c_txt"})
        add({"name": "distinct", "type": "count_distinct", "column": "c_txt"})
        add({"name": "near", "type": "count_distinct_approx", "column": "c_int"})
        add({"name": "sum_int", "type": "sum", "column": "c_int"})
        add({"name": "sum_num", "type": "sum", "sql": chance.choice(NUMBER_SQL)})
        add(
            {
                "name": "sum_calc",
                "type": "sum",
                "formula": self._formula(self._tree(2, ["int", "num"])),
            }
        )
        add({"name": "avg", "type": "avg", "column": chance.choice(["c_int", "c_num"])})
        add(
            {
                "name": "low",
                "type": "min",
                "column": chance.choice(["c_num", "t_tz", "t_day", "c_int"]),
            }
        )
        add(
            {
                "name": "high",
                "type": "max",
                "column": chance.choice(["c_num", "t_ts", "c_txt", "c_int"]),
            }
        )
        add({"name": "median", "type": "median", "column": chance.choice(["c_int", "c_num"])})
        add({"name": "p90", "type": "percentile", "percentile": 0.9, "column": "c_num"})
        for measure in entity["measures"]:
            if measure["type"] in ("sum", "count") and chance.random() < 0.15:
                measure["fill_nulls"] = chance.choice([0, -1])

    def _condition(self, entity):
        """A filter that a model may have on the entity's rows."""
        chance = self.random
        if chance.random() < 0.5:
            return chance.choice(CONDITION_SQL)
        names = [entity["name"]]
        for join in entity["joins"]:
            if join["relationship"] in ("many_to_one", "one_to_one"):
                names.append(join["entity"])
        name = chance.choice(names)
        return chance.choice(
            [
                {"member": name + ".txt", "operator": "equals", "values": ["a", None]},
                {"member": name + ".txt", "operator": "notContains", "values": ["a"]},
                {"member": name + ".int", "operator": "gte", "values": [1]},
                {
                    "or": [
                        {"member": name + ".flag", "operator": "equals", "values": ["true"]},
                        {"member": entity["name"] + ".num", "operator": "notSet"},
                    ]
                },
            ]
        )

    def _add_filtered_measures(self, entity):
        chance = self.random
        kinds = [
            ("count", {}),
            ("sum", {"column": "c_int"}),
            ("count_distinct", {"column": "c_txt"}),
            ("avg", {"column": "c_num"}),
            ("median", {"column": "c_int"}),
        ]
        for i in range(2):
            kind, source = chance.choice(kinds)
            filters = [self._condition(entity) for _ in range(chance.randint(1, 2))]
            entity["measures"].append(
                {"name": f"some{i}", "type": kind, **source, "filters": filters}
            )
        for i in range(3):
            kind, source = chance.choice(kinds + kinds[:2])
            measure = {
                "name": f"roll{i}",
                "type": kind,
                **source,
                "rolling_window": chance.choice(WINDOWS),
            }
            if chance.random() < 0.3:
                measure["filters"] = [chance.choice(CONDITION_SQL)]
            entity["measures"].append(measure)
        kind, source = chance.choice(kinds)
        entity["measures"].append(
            {
                "name": "stock",
                "type": kind,
                **source,
                "semi_additive": {
                    "time_dimension": chance.choice(["tz", "ts", "day"]),
                    "pick": chance.choice(["first", "last"]),
                    "partition_by": chance.choice([[], ["txt"], ["flag", "txt"]]),
                },
            }
        )

    def _add_derived_measures(self, entity):
        chance = self.random
        add = entity["measures"].append
        own = entity["name"]
        names = [f"{own}.{name}" for name in ("count", "sum_int", "sum_num", "distinct", "some0")]
        names += [f"{own}.{name}" for name in ("avg", "median", "roll0", "stock")][
            : chance.randint(0, 4)
        ]
        other = chance.choice(self.entities)["name"]
        names += [f"{other}.count", f"{other}.sum_int"]
        names = [name for name in names if self._is_number(name)]
        tree = self._tree(chance.randint(1, 3), names, True)
        add({"name": "ratio", "type": "calculated", "formula": self._formula(tree)})
        bases = [
            f"{own}.{name}"
            for name in ("count", "sum_int", "median", "ratio", "roll1", "stock", "share")
        ]
        shift = {
            "name": "before",
            "type": "time_shift",
            "measure": chance.choice(bases),
            "interval": chance.choice(["1 month", "1 year", "7 days", "1 day", "previous_period"]),
        }
        if shift["interval"] != "previous_period" and chance.random() < 0.3:
            shift["direction"] = "next"
        add(shift)
        within = [
            f"{chance.choice(self.entities)['name']}.{name}"
            for name in ("txt", "flag", "day", "tz")
        ]
        within = chance.sample(within, chance.randint(0, 4))
        base = f"{own}.{chance.choice(['count', 'sum_int', 'some0', 'distinct', 'stock', 'ratio'])}"
        add({"name": "share", "type": "percent_of_total", "measure": base, "within": within})
        bases = ["count", "sum_int", "some1", "share", "before", "roll2", "stock"]
        base = f"{own}.{chance.choice(bases)}"
        add({"name": "place", "type": "rank", "measure": base, "within": within})
        names = [f"{own}.{name}" for name in ("before", "share", "count", "roll2", "place")]
        add(
            {
                "name": "mixed",
                "type": "calculated",
                "formula": self._formula(self._tree(2, names, True)),
            }
        )
        for name in ("ratio", "before", "share"):
            if chance.random() < 0.15:
                next(one for one in entity["measures"] if one["name"] == name)["fill_nulls"] = 3

    def _is_number(self, name):
        entity, measure = name.split(".")
        found = next(item for item in self.entities if item["name"] == entity)
        kinds = {item["name"]: item for item in found["measures"]}
        return measure in kinds and kinds[measure].get("column", "c_int") in (
            "c_int",
            "c_num",
            "c_txt",
        )

    def _add_access(self, entity):
        if self.random.random() > 0.15:
            return
        rules = [{"row_filter": [self.random.choice(CONDITION_SQL)]}]
        if self.random.random() < 0.4:
            other = {"member": entity["name"] + ".txt", "operator": "notEquals", "values": ["a"]}
            rules.append({"row_filter": [other, self.random.choice(CONDITION_SQL)]})
        entity["access"] = rules


def setup_sql(world):
    """Statements that make the tables and their rows."""
    parts = [
        "SET client_min_messages = error",
        f"DROP SCHEMA IF EXISTS {SCHEMA} CASCADE",
        f"CREATE SCHEMA {SCHEMA}",
    ]
    for name, table in world["tables"].items():
        columns = ", ".join(f"{column} {kind}" for column, kind in table["columns"].items())
        if table["key"]:
            columns += f", PRIMARY KEY ({', '.join(table['key'])})"
        parts.append(f"CREATE TABLE {SCHEMA}.{name} ({columns})")
        if table["rows"]:
            rows = ", ".join("(" + ", ".join(map(_literal, row)) + ")" for row in table["rows"])
            parts.append(f"INSERT INTO {SCHEMA}.{name} VALUES {rows}")
    return ";\n".join(parts)


def _literal(value):
    if value is None:
        return "NULL"
    if isinstance(value, (bool, int)):
        return str(value)
    return "'" + value.replace("'", "''") + "'"
