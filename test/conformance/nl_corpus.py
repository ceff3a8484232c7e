"""The folder of questions: its cases, its scorer, and the database that the questions are asked of.

    corpus = Corpus(folder)
    corpus.load(corpus.cases(["spider_dev"]))    # the schemas of these cases, and the extension
    runner = corpus.runner()                     # of the folder's own scorer

bench/SPLIT/DATABASE holds load.sql.gz, which makes a schema of the database's name, and cases.jsonl.
The first tag of a case names its set.
"""

import argparse
import glob
import importlib
import json
import os
import sys

from wire import Session

HERE = os.path.dirname(os.path.abspath(__file__))
DATABASE = "loupe_nl"
DSN = f"dbname={DATABASE} user=postgres"
STATEMENT_MS = 5000  # of a scored statement, as the scorer's own default
RESULT_ROWS = 200000  # likewise


def _lines(name):
    with open(os.path.join(HERE, name), encoding="utf-8") as file:
        return [line.rstrip("\n") for line in file if not line.startswith("#")]


def unseen_databases():
    """Names of the databases that are only scored."""
    return frozenset(_lines("nl.unseen"))


def listed_cases():
    """Ids of the kept list of cases answered right."""
    return _lines("nl.pass")


class Corpus:
    def __init__(self, folder):
        self._bench = os.path.join(folder, "bench")
        sys.dont_write_bytecode = True  # the folder is not ours
        sys.path.insert(0, folder)
        self.score = importlib.import_module("score")

    def cases(self, sets=()):
        """All cases in order of their databases, or those of some sets."""
        found = []
        for name in sorted(glob.glob(os.path.join(self._bench, "*", "*", "cases.jsonl"))):
            with open(name, encoding="utf-8") as file:
                found += [json.loads(line) for line in file if line.strip()]
        return [case for case in found if not sets or case["tags"][0] in sets]

    def load(self, cases):
        """Makes the database afresh, as the folder's README asks for it."""
        with Session("postgres") as owner:
            owner.query(f"DROP DATABASE IF EXISTS {DATABASE}")
            owner.query(
                f"CREATE DATABASE {DATABASE} TEMPLATE template0 ENCODING 'UTF8'"
                " LC_COLLATE 'C' LC_CTYPE 'C.UTF-8'"
            )
        names = sorted({case["db"] for case in cases})
        self.score.load(argparse.Namespace(bench=self._bench, dsn=DSN, db=names))
        with Session(DATABASE) as owner:
            owner.query("CREATE EXTENSION pg_loupe")

    def runner(self):
        return self.score.Runner(DSN, STATEMENT_MS, RESULT_ROWS)
