#!/usr/bin/python3
"""Random questions to random models over small random tables: compiled SQL against the oracle.

    test/semantic/fuzz_semantic.py SEED COUNT      on the server of the environment

SEED and COUNT choose the worlds; each world is asked QUESTIONS questions. A difference is made
smaller, as far as it lasts, and printed with the tables, the model and the query. Errors are
counted by their text: only those of class LP or of user data may happen. Each world is then asked
HOSTILE spoiled questions and given as many spoiled models, and the SQL of some questions is shown
to the gate again.
"""

import collections
import copy
import json
import math
import os
import re
import sys
import time
from datetime import datetime
from fractions import Fraction

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [HERE, os.path.join(HERE, "..", "security")]

from hostile import Hostile  # noqa: E402
from oracle_answer import Oracle  # noqa: E402
from oracle_joins import NoAnswer  # noqa: E402
from oracle_queries import QueryMaker  # noqa: E402
from oracle_world import WorldMaker, setup_sql  # noqa: E402
from wire import Lost, ServerError, Session  # noqa: E402

DATABASE = "loupe_oracle"
QUESTIONS = 60
HOSTILE = 20
GATED = 10  # one question of so many
SECONDS = 20  # a statement that takes longer hangs
MOST_SHOWN = 12
TOLERANCE = 1e-9
USER_STATES = re.compile("LP|0A|22|42")


class Server:
    """A session on a database of our own that opens itself again."""

    def __init__(self):
        with Session("postgres") as owner:
            owner.query(f"DROP DATABASE IF EXISTS {DATABASE} WITH (FORCE)")
            owner.query(f"CREATE DATABASE {DATABASE}")
        self._session = None
        self.run("CREATE EXTENSION pg_loupe")

    def _open(self):
        if self._session is None:
            self._session = Session(DATABASE, timeout=SECONDS)
        return self._session

    def run(self, sql):
        self._open().query(sql)

    def load(self, world):
        """Makes the world's tables and saves its model; an error is the world's own fault."""
        self.run(setup_sql(world))
        self.run(world.get("tuning", "SELECT 1"))
        self._open().call("SELECT semantic_model_save($1::jsonb)", [json.dumps(world["model"])])

    def ask(self, query):
        """(answer, error): one of them."""
        text, error = self.call("SELECT semantic_query($1::jsonb)", json.dumps(query))
        return (json.loads(text), None) if error is None else (None, error)

    def call(self, sql, argument):
        """(the first value, error) of a statement with one argument."""
        try:
            return self._open().value(sql, [argument]), None
        except ServerError as error:
            return None, error
        except (Lost, OSError) as error:
            self._session = None
            time.sleep(2)
            return None, error


# ---- comparison ----


def same_value(wanted, got):
    if wanted is None or got is None:
        return wanted is None and got is None
    if isinstance(wanted, (bool, str)):
        return wanted == got
    if isinstance(wanted, datetime):
        return datetime.fromisoformat(got) == wanted
    if wanted.denominator == 1 and re.fullmatch(r"-?\d+", str(got)):
        return int(got) == wanted
    return math.isclose(float(Fraction(got)), float(wanted), rel_tol=TOLERANCE, abs_tol=TOLERANCE)


def same_row(wanted, got):
    return wanted.keys() <= got.keys() and all(
        same_value(value, got[key]) for key, value in wanted.items()
    )


def same_rows(wanted, got, ordered):
    if len(wanted) != len(got):
        return False
    if ordered:
        return all(map(same_row, wanted, got))
    left = list(got)
    for row in wanted:
        match = next((other for other in left if same_row(row, other)), None)
        if match is None:
            return False
        left.remove(match)
    return True


def plain(value):
    if isinstance(value, Fraction):
        return str(value) if value.denominator == 1 else f"{float(value):.12g}"
    return value.isoformat() if isinstance(value, datetime) else value


def difference(oracle, server, query):
    """(kind, text): "same", "error", "refused", "unknown" or
    "different", and what is to be told."""
    answer, error = server.ask(query)
    state = getattr(error, "sqlstate", "lost")
    if error is not None and not USER_STATES.match(state):
        return "different", f"{state} {error}"
    try:
        wanted = oracle.answer(query)
        total = oracle.total(query) if query.get("total") else None
    except NoAnswer as reason:
        return ("unknown", str(reason)) if error is None else ("error", f"{error}")
    if error is not None:
        return "refused", f"{error}"
    is_ordered = not query.get("ungrouped") or not wanted
    if same_rows(wanted, answer["data"], is_ordered) and (
        total is None or str(total) == str(answer["total"])
    ):
        return "same", (
            "rows"
            if any(value not in (None, 0) for row in wanted for value in row.values())
            else ""
        )
    lines = [f"  wanted {json.dumps(row, default=plain)}" for row in wanted[:MOST_SHOWN]]
    lines += [f"  got    {json.dumps(row)}" for row in answer["data"][:MOST_SHOWN]]
    if total is not None:
        lines.append(f"  total {answer['total']}, {total} wanted")
    return "different", "\n".join(lines + [answer["sql"]])


# ---- smaller cases ----


def smaller_queries(query):
    for key in (
        "limit",
        "offset",
        "total",
        "order",
        "subtotals",
        "timezone",
        "segments",
        "ungrouped",
    ):
        if key in query:
            yield {other: value for other, value in query.items() if other != key}
    for key in ("measures", "dimensions", "timeDimensions", "filters"):
        for i in range(len(query[key])):
            yield {**query, key: query[key][:i] + query[key][i + 1 :]}
    for i, condition in enumerate(query["filters"]):
        for one in condition.get("and", []) + condition.get("or", []):
            yield {**query, "filters": query["filters"][:i] + [one] + query["filters"][i + 1 :]}
    for i, times in enumerate(query["timeDimensions"]):
        for key in ("dateRange", "granularity"):
            if key in times:
                own = {other: value for other, value in times.items() if other != key}
                yield {
                    **query,
                    "timeDimensions": query["timeDimensions"][:i]
                    + [own]
                    + query["timeDimensions"][i + 1 :],
                }


def smaller_worlds(world):
    for name, table in world["tables"].items():
        for i in range(len(table["rows"])):
            other = copy.deepcopy(world)
            del other["tables"][name]["rows"][i]
            yield other


def reduced(world, server, query, seconds=20):
    """The smallest world and query found that still differ."""
    end = time.monotonic() + seconds

    def differs(some_world, some_query):
        try:
            if some_world is not world:
                server.load(some_world)
            return difference(Oracle(some_world), server, some_query)[0] == "different"
        except (ServerError, KeyError, IndexError, StopIteration, RuntimeError):
            return False

    found = True
    while found and time.monotonic() < end:
        found = next((other for other in smaller_queries(query) if differs(world, other)), None)
        query = found or query
    found = world
    while found and time.monotonic() < end:
        found = next((other for other in smaller_worlds(world) if differs(other, query)), None)
        world = found or world
    server.load(world)
    return world, query


def told(world, query):
    """The tables and members that matter to the query."""
    text = json.dumps(query)
    lines = []
    for name, table in world["tables"].items():
        if table["rows"]:
            lines.append(f"  {name} {list(table['columns'])}")
            lines += [f"    {json.dumps(row)}" for row in table["rows"]]
    for entity in world["model"]["entities"]:
        for join in entity["joins"]:
            lines.append(f"  {entity['name']} join {json.dumps(join)}")
        if entity.get("access"):
            lines.append(f"  {entity['name']} access {json.dumps(entity['access'])}")
        for item in entity["dimensions"] + entity["measures"] + entity["segments"]:
            if f'{entity["name"]}.{item["name"]}' in text:
                shown = {key: value for key, value in item.items() if key != "granularities"}
                lines.append(f"  {entity['name']} {json.dumps(shown)}")
    for key in ("week_start", "fiscal_year_start"):
        if key in world["model"]:
            lines.append(f"  {key} {world['model'][key]}")
    return "\n".join(lines + ["  " + text])


def features_of(query, oracle):
    for name in query["measures"]:
        measure = oracle.measures[name]
        yield "measure " + measure["type"]
        for key in ("filters", "rolling_window", "semi_additive", "fill_nulls"):
            if key in measure:
                yield "measure with " + key
    for key in (
        "dimensions",
        "filters",
        "segments",
        "order",
        "limit",
        "total",
        "timezone",
        "subtotals",
        "ungrouped",
    ):
        if query.get(key):
            yield "query with " + key
    for time_dimension in query["timeDimensions"]:
        for key in time_dimension:
            yield "time " + key


class Run:
    def __init__(self, seed, count):
        self.seed, self.count = seed, count
        self.server = Server()
        self.kinds, self.errors = collections.Counter(), collections.Counter()
        self.features = collections.Counter()

    def run(self):
        start = time.monotonic()
        for seed in range(self.seed, self.seed + self.count):
            self._ask_world(seed)
        seconds = time.monotonic() - start
        asked = self.kinds.total()
        print(f"\nfuzz-semantic: {asked} questions in {seconds:.0f} s: {dict(self.kinds)}")
        for text, count in self.errors.most_common():
            print(f"  {count:6} {text}")
        for name, count in sorted(self.features.items()):
            print(f"  {count:6} {name}")
        return int(self.kinds["different"] > 0)

    def _ask_world(self, seed):
        world = WorldMaker(seed).make()
        try:
            self.server.load(world)
        except ServerError as error:
            self.kinds["refused model"] += 1
            self.errors[f"model: {error} {error.hint}"] += 1
            return
        oracle = Oracle(world)
        for i in range(QUESTIONS):
            query = QueryMaker(world, f"{seed}.{i}").make()
            kind, text = difference(oracle, self.server, query)
            self.kinds[kind] += 1
            if kind == "same":
                self.features.update(features_of(query, oracle))
                self.features["answer with values"] += text == "rows"
                if i % GATED == 0:
                    self._gate(query)
            elif kind == "different":
                self._tell(world, query, f"{seed}.{i}")
            else:
                self.errors[kind + ": " + re.sub(r'"[^"]*"', '"…"', text)] += 1

        self._be_hostile(world, seed)

    def _gate(self, query):
        sql, error = self.server.call("SELECT semantic_sql($1::jsonb)", json.dumps(query))
        accepted, _ = self.server.call("SELECT accepted FROM validate_sql($1)", sql or "")
        self._expect(error is None and accepted == "t", f"the gate refuses {sql}, {error}")

    def _be_hostile(self, world, seed):
        hostile = Hostile(world, seed)
        for i in range(HOSTILE):
            query = hostile.query(QueryMaker(world, f"{seed}.{i}").make())
            self._try("SELECT semantic_query($1::jsonb)", query)
            model = hostile.model()
            if self._try("SELECT semantic_model_save($1::jsonb)", model):
                self._try(
                    "SELECT semantic_query($1::jsonb)", QueryMaker(world, f"{seed}.{i}").make()
                )

    def _try(self, sql, document):
        """Whether it went well; only an error of the user's may end it otherwise."""
        _, error = self.server.call(sql, json.dumps(document))
        state = getattr(error, "sqlstate", "lost")
        told = f"{state} {error}: {sql}, {json.dumps(document)}"
        self._expect(error is None or USER_STATES.match(state), told)
        return error is None

    def _expect(self, condition, text):
        self.kinds["hostile or gated"] += 1
        if not condition:
            self.kinds["different"] += 1
            print("\n--- " + text, flush=True)

    def _tell(self, world, query, name):
        small, question = reduced(world, self.server, query)
        print(f"\n--- {name}")
        print(told(small, question))
        print(difference(Oracle(small), self.server, question)[1], flush=True)
        self.server.load(world)


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    sys.exit(Run(int(sys.argv[1]), int(sys.argv[2])).run())


if __name__ == "__main__":
    main()
