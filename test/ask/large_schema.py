"""A generated database of 1,000 tables with 20,000 columns and 1,000,000 distinct texts, and
questions about it.

    make_database()       # schema wide of database loupe_wide, with the extension, its values indexed
    questions()           # a hundred, the same each time

A table is called by a modifier and a noun (coastal_invoice); its parent is the table at half its
number, so that joins form a tree ten levels deep. Texts are two words of two syllables each.
"""

import random
import time

from wire import Session

DATABASE = "loupe_wide"
SCHEMA = "wide"
ROWS = 250  # of a table; four text columns make a thousand distinct texts
QUESTIONS = 100
SEED = 6
STEP = 4649  # coprime to the number of four syllables: each number gives another text
MODIFIERS = (
    "north south east west central coastal inland upper lower inner outer early late annual weekly"
    " public private digital printed rural urban senior junior premium basic foreign domestic new"
    " former active rapid heavy light green blue golden silver royal mobile remote"
).split()
NOUNS = (
    "order invoice customer supplier product shipment warehouse employee contract payment vehicle"
    " driver route store ticket campaign lead account sensor device course student clinic patient"
    " policy"
).split()
TEXTS = "name city category brand owner region manager language color street".split()
NUMBERS = (
    "price weight age height width score budget salary distance capacity rating discount volume"
    " length temperature duration quantity tax fee bonus rank depth speed stock"
).split()
SYLLABLES = [first + second for first in "bdfgklmnrt" for second in "aeiou"]
TEXT_COLUMNS, NUMBER_COLUMNS = 4, 12

_WORDS = f"""
CREATE FUNCTION pg_temp.words(number bigint) RETURNS text LANGUAGE sql IMMUTABLE AS $$
    SELECT initcap(s[n % 50 + 1] || s[n / 50 % 50 + 1]) || ' ' ||
           initcap(s[n / 2500 % 50 + 1] || s[n / 125000 % 50 + 1])
    FROM (SELECT number * {STEP} % 6250000 AS n, '{{{",".join(SYLLABLES)}}}'::text[] AS s) AS parts
$$"""


def _words(number):
    """What pg_temp.words gives."""
    n = number * STEP % 6250000
    first, second, third, fourth = (SYLLABLES[n // 50**power % 50] for power in range(4))
    return f"{(first + second).capitalize()} {(third + fourth).capitalize()}"


def _tables():
    return [f"{modifier}_{noun}" for noun in NOUNS for modifier in MODIFIERS]


def _texts(number):
    return [TEXTS[(number + 3 * i) % len(TEXTS)] for i in range(TEXT_COLUMNS)]


def _numbers(number):
    return [NUMBERS[(number + i) % len(NUMBERS)] for i in range(NUMBER_COLUMNS)]


def _text_number(table, column, row):
    return (table * TEXT_COLUMNS + column) * ROWS + row


def _statements(number, tables):
    """Makes a table and fills it."""
    name, parent = f"{SCHEMA}.{tables[number]}", tables[number // 2]
    columns = ["id integer PRIMARY KEY", f"{parent}_id integer REFERENCES {SCHEMA}.{parent}"]
    columns += [f"{column} text" for column in _texts(number)]
    columns += [f"{column} numeric(12,2)" for column in _numbers(number)]
    columns += ["start_date date", "end_date date"]
    values = ["row + 1", f"row * 7 % {ROWS} + 1"]
    for column in range(TEXT_COLUMNS):
        values.append(f"pg_temp.words({_text_number(number, column, 0)} + row)")
    values += [f"row * {17 + column} % 1009 / 4.0" for column in range(NUMBER_COLUMNS)]
    values += ["date '2020-01-01' + row", f"date '2024-01-01' + row * 3 % {ROWS}"]
    return (
        f"CREATE TABLE {name} ({', '.join(columns)}); INSERT INTO {name}"
        f" SELECT {', '.join(values)} FROM generate_series(0, {ROWS - 1}) AS rows (row)"
    )


def make_database():
    with Session("postgres") as owner:
        owner.query(f"DROP DATABASE IF EXISTS {DATABASE}")
        owner.query(f"CREATE DATABASE {DATABASE}")
    tables = _tables()
    with Session(DATABASE) as owner:
        owner.query(f"CREATE SCHEMA {SCHEMA}")
        owner.query(_WORDS)
        for number in range(len(tables)):
            owner.query(_statements(number, tables))
        owner.query("CREATE EXTENSION pg_loupe")
        owner.query("ANALYZE")
        start = time.monotonic()
        owner.query(f"SELECT count(*) FROM ask_index('{SCHEMA}')")
        print(f"ask_index of all values: {time.monotonic() - start:.1f} s")


def _question(number, tables, chance):
    """One of the shapes, about a table."""
    table = tables[number].replace("_", " ")
    several = table[:-1] + "ies" if table.endswith("y") else table + "s"
    parent = tables[number // 2].replace("_", " ")
    column = chance.randrange(TEXT_COLUMNS)
    text, other = _texts(number)[column], _texts(number)[(column + 1) % TEXT_COLUMNS]
    value = _words(_text_number(number, column, chance.randrange(ROWS)))
    measure = chance.choice(_numbers(number))
    return chance.choice((
        f"How many {several} are there?",
        f"What is the average {measure} of {several}?",
        f"Show the {text} and {other} of all {several}.",
        f"What is the {measure} of the {table} whose {text} is {value}?",
        f"How many {several} have the {text} {value}?",
        f"Which {table} has the highest {measure}?",
        f"Total {measure} of {several} by {text}",
        f"List the {text} of {several} with a {measure} above 100.",
        f"Which {other} belongs to {value}?",
        f"How many {several} are there for each {parent}?",
    ))  # fmt: skip


def questions():
    chance = random.Random(SEED)
    tables = _tables()
    return [_question(chance.randrange(len(tables)), tables, chance) for _ in range(QUESTIONS)]
