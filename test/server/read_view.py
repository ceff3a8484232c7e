"""Prints the columns and the rows of a view as SQLAlchemy sees them, one a line.

    python3 test/server/read_view.py DATABASE SCHEMA VIEW
"""

import sys

import sqlalchemy
from sqlalchemy import MetaData, Table, create_engine, select

database, schema, view = sys.argv[1:]
engine = create_engine(f"postgresql+psycopg2:///{database}")
print(*sqlalchemy.inspect(engine).get_view_names(schema=schema))
table = Table(view, MetaData(), schema=schema, autoload_with=engine)
for column in table.columns:
    print(column.name, column.type)
with engine.connect() as connection:
    for row in connection.execute(select(table).order_by(*table.columns)):
        print(*row, sep="|")
