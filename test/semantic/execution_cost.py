"""How long the compiled SQL of a question runs beside the best SQL that a person has found for it.

Each question of the folder questions is a query, NAME.json, and its answer by hand, NAME.sql, whose
head tells what was tried. The shop they ask has about a million order items. Both statements run in
turn, in one warm session with the server's own settings; they must give the same rows.
"""

import glob
import json
import os
import re
import statistics
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [os.path.join(HERE, "..", "security"), os.path.join(HERE, "..", "conformance")]

import same_rows  # noqa: E402
from meter import Meter  # noqa: E402
from wire import ServerError, Session  # noqa: E402

DATABASE = "loupe_shop"
ORDERS = 411000  # before those of the days without orders are taken out; 2.5 items each
GOAL = 1.1  # times the SQL by hand
LEAST_RUNS = 7
LEAST_SECONDS = 1.0  # of one side: short statements run more often


def make_database(orders):
    with Session("postgres") as owner:
        owner.query(f"DROP DATABASE IF EXISTS {DATABASE}")
        owner.query(f"CREATE DATABASE {DATABASE}")
    subprocess.run(
        ["psql", "-X", "-q", "-v", "ON_ERROR_STOP=1", "-d", DATABASE, "-v", f"orders={orders}",
         "-f", os.path.join(HERE, "shop.sql"), "-c", "CREATE EXTENSION pg_loupe"],
        check=True,
        stdout=subprocess.DEVNULL,
    )  # fmt: skip
    with open(os.path.join(HERE, "shop.model.json"), encoding="utf-8") as file:
        model = file.read()
    with Session(DATABASE) as owner:
        owner.call("SELECT semantic_model_save($1::jsonb)", [model])


def questions():
    """(name, query as JSON text, SQL by hand) of each."""
    for path in sorted(glob.glob(os.path.join(HERE, "questions", "*.json"))):
        name = os.path.basename(path)[: -len(".json")]
        with open(path, encoding="utf-8") as query, open(path[:-4] + "sql", encoding="utf-8") as sql:
            yield name, query.read(), sql.read()


def plain(value):
    """A time in the form that PostgreSQL prints, whichever way it came; other values as they are."""
    if value and re.match(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(\.0+)?\Z", value):
        return value[:19].replace("T", " ")
    return value


def rows_of(result, names):
    """The rows as dicts of the named columns."""
    columns = [name for name, _ in result.columns]
    return [
        {name: plain(value) for name, value in zip(columns, row) if name in names}
        for row in result.rows
    ]


def difference(compiled, by_hand):
    """A sentence when two results differ, else an empty text."""
    names = [name for name, _ in by_hand.columns]
    ours, theirs = rows_of(compiled, names), rows_of(by_hand, names)
    only_ours, only_theirs = same_rows.split(ours, theirs)
    if not only_ours and not only_theirs:
        return ""
    return f"compiled only {only_ours[:1]}, by hand only {only_theirs[:1]}"


def compare(session, compiled, by_hand):
    """(costs of the compiled SQL, costs of that by hand, difference of their rows)."""
    meter = Meter(session)
    meter.run(compiled)
    left = meter.result
    meter.run(by_hand)
    told = difference(left, meter.result)
    costs = ([], [])
    while len(costs[0]) < LEAST_RUNS or sum(cost.wall for cost in costs[0]) < LEAST_SECONDS:
        for side, sql in enumerate((compiled, by_hand)):
            costs[side].append(meter.run(sql))
    return costs[0], costs[1], told


def in_ms(costs, pick):
    return 1000 * pick(costs)


def print_question(name, compiled, by_hand):
    figures = []
    for field in ("wall", "cpu"):
        one = [getattr(cost, field) for cost in compiled]
        other = [getattr(cost, field) for cost in by_hand]
        figures += [in_ms(one, min), in_ms(one, statistics.median)]
        figures += [in_ms(other, min), in_ms(other, statistics.median), min(one) / min(other)]
    over = "   over the goal" if figures[4] > GOAL else ""
    print(
        f"{name:22}{len(compiled):5}"
        + "".join(f"{f:9.1f}" if i % 5 < 4 else f"{f:7.2f}" for i, f in enumerate(figures))
        + over
    )
    return figures[4]


def report(orders=ORDERS):
    """Prints the table; 0 when every question gives the rows of the SQL by hand."""
    make_database(orders)
    session = Session(DATABASE)
    counted = session.value("SELECT count(*) FROM shop.order_items")
    print(
        f"\nExecution on {counted} order items: compiled SQL and SQL by hand, ms of the wall and of the"
        " server's processors, best and median, and the ratio of the best"
    )
    sides = f"{'compiled':>12}{'median':>9}{'by hand':>9}{'median':>9}{'ratio':>7}"
    print(f"{'':24}{'wall':>12}{'cpu':>46}\n{'':22}{'runs':>5}{sides[3:]}{sides[3:]}")
    ratios, failed = [], 0
    for name, query, by_hand in questions():
        try:
            compiled = session.value("SELECT semantic_sql($1::jsonb)", [query])
            ours, theirs, told = compare(session, compiled, by_hand)
        except ServerError as error:
            print(f"{name:22} error {error}")
            failed += 1
            continue
        ratios.append(print_question(name, ours, theirs))
        if told:
            print(f"  the rows differ: {told}")
            failed += 1
    if ratios:
        print(f"execution: at most {max(ratios):.2f} times the SQL by hand; the goal is {GOAL}")
    return int(failed > 0)
