"""The semantic folder of the conformance corpus: its files, and the database they are meant for.

    name = make_database(folder)
    Session(DATABASE, user=ROLE).value("SELECT semantic_query($1)", [query])

`schema.sql` makes the tables, `model.json` states the model in a neutral form, `public.json` holds
cases (a query each, and its rows), `relative_dates.json` relative dates.
"""

import json
import os
import subprocess
import sys

import neutral_model
from wire import ServerError, Session

DATABASE = "loupe_semantic"
ROLE = "reader"  # may read the tables and what a backend keeps in memory, no more
CASE_SECONDS = 60  # a statement that takes longer hangs


def load(folder, name):
    with open(os.path.join(folder, name), encoding="utf-8") as file:
        return json.load(file)


def make_database(folder):
    """Makes the database afresh, with a reading role, and returns the model's name."""
    with Session("postgres") as owner:
        owner.query(f"DROP DATABASE IF EXISTS {DATABASE}")
        owner.query(f"CREATE DATABASE {DATABASE}")
    subprocess.run(
        ["psql", "-X", "-q", "-v", "ON_ERROR_STOP=1", "-d", DATABASE,
         "-f", os.path.join(folder, "schema.sql"), "-c", "CREATE EXTENSION pg_loupe"],
        check=True,
        stdout=subprocess.DEVNULL,
    )  # fmt: skip
    model = neutral_model.to_model(load(folder, "model.json"))
    schemas = sorted({entity["schema"] for entity in model["entities"]})
    with Session(DATABASE, timeout=CASE_SECONDS) as owner:
        owner.query(f"DROP ROLE IF EXISTS {ROLE}; CREATE ROLE {ROLE} LOGIN")
        owner.query(f"GRANT pg_read_all_stats TO {ROLE}")
        for schema in schemas:
            owner.query(f"GRANT USAGE ON SCHEMA {schema} TO {ROLE}")
            owner.query(f"GRANT SELECT ON ALL TABLES IN SCHEMA {schema} TO {ROLE}")
        try:
            owner.call("SELECT semantic_model_save($1::jsonb)", [json.dumps(model)])
        except ServerError as error:
            sys.exit(f"the model is refused: {error}. {error.hint}")
    return model["name"]
