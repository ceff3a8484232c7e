"""The sixty questions of questions.json, the twenty of shapes.json, which were written later and
for the shapes that were missing, and the database that they are asked of.

    make_database()                   # the sample shop and, where they can be had, the flights
    conversation(questions, "s35")    # s05, s34 and s35: what has to be asked, in order

A question has an id, the schema it is about, the shapes it has (the first is the main one), SQL by
hand, statements that are right too, whether the order of rows counts, and the id of the question
that it follows up. SQL by hand holds the columns asked for and no others.
"""

import json
import os
import subprocess

from wire import Session

HERE = os.path.dirname(os.path.abspath(__file__))
DATABASE = "loupe_questions"
LISTS = ("questions.json", "shapes.json")
CANNOT_BE_HAD = 3  # the status of scripts/load-flights without its package


def load():
    """Id -> question, in the order of the files, with its list and each statement as one text."""
    questions = {}
    for name in LISTS:
        with open(os.path.join(HERE, name), encoding="utf-8") as file:
            for question in json.load(file):
                questions[question["id"]] = {**question, "list": name}
    for question in questions.values():
        texts = [question["sql"]]
        if "also_right" in question:
            texts.append(question["also_right"])
        question["statements"] = ["\n".join(lines) for lines in texts]
    return questions


def conversation(questions, name):
    """The question of that id after those that it follows up."""
    chain = [questions[name]]
    while "after" in chain[0]:
        chain.insert(0, questions[chain[0]["after"]])
    return chain


def make_database():
    """Makes the database afresh and returns its schemas."""
    with Session("postgres") as owner:
        owner.query(f"DROP DATABASE IF EXISTS {DATABASE}")
        owner.query(f"CREATE DATABASE {DATABASE}")
    with Session(DATABASE) as owner:
        owner.query("CREATE EXTENSION pg_loupe")
        owner.query("SELECT loupe.load_sample('shop')")
    script = os.path.join(HERE, "..", "..", "scripts", "load-flights")
    status = subprocess.run([script], env={**os.environ, "PGDATABASE": DATABASE}, check=False)
    if status.returncode not in (0, CANNOT_BE_HAD):
        status.check_returncode()
    return {"shop"} if status.returncode else {"shop", "flights"}
