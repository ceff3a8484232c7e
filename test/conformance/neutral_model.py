"""The neutral statement of a semantic model, as the conformance corpus has it, in pg_loupe's form.

    to_model({"name": "shop", "entities": [{"name": "orders", "table": "shop.orders", …,
              "measures": [{"name": "fee", "agg": "sum", "expr": "{T}.shipping_fee"}]}]})
    # {… "entities": [{"name": "orders", "schema": "shop", "table": "orders", …,
    #   "measures": [{"name": "fee", "type": "sum", "column": "shipping_fee"}]}]}

What it does not know ends it with KeyError or ValueError: a member that went missing on the way
would only show as a wrong number.
"""

import re

_COLUMN = re.compile(r"\{T\}\.([a-z_][a-z0-9_]*)\Z")
_MEASURE = re.compile(r"\{([A-Za-z0-9_.]+)\}\Z")
_KNOWN_MODEL = {"name", "version", "timezone", "week_start", "time_spine", "notes", "entities"}
_KNOWN_ENTITY = {"name", "table", "primary_key", "joins", "dimensions", "measures", "segments"}
_KNOWN_DIMENSION = {"name", "type", "expr"}
_KNOWN_MEASURE = {
    "name", "agg", "expr", "type", "filters", "rolling_window", "semi_additive", "time_shift",
}  # fmt: skip


def to_model(neutral):
    """The model document for semantic_model_save."""
    _expect(neutral, _KNOWN_MODEL)
    return {
        "name": neutral["name"],
        "timezone": neutral.get("timezone", "UTC"),
        "week_start": neutral.get("week_start", "monday"),
        "entities": [_entity(entity) for entity in neutral["entities"]],
    }


def _expect(part, known):
    unknown = set(part) - known
    if unknown:
        raise ValueError(f"the model has {', '.join(sorted(unknown))} in {part.get('name')}")


def _entity(entity):
    _expect(entity, _KNOWN_ENTITY)
    schema, _, table = entity["table"].rpartition(".")
    made = {"name": entity["name"], "table": table, "primary_key": entity["primary_key"]}
    if schema:
        made["schema"] = schema
    made["joins"] = [_join(join) for join in entity["joins"]]
    made["dimensions"] = [_dimension(dimension) for dimension in entity["dimensions"]]
    made["measures"] = [_measure(measure) for measure in entity["measures"]]
    made["segments"] = [
        {"name": segment["name"], "sql": segment["expr"]} for segment in entity["segments"]
    ]
    return made


def _join(join):
    return {
        "entity": join["to"],
        "relationship": join["type"],
        "columns": [{"from": own, "to": other} for own, other in join["on"]],
    }


def _source(expression):
    column = _COLUMN.match(expression)
    return {"column": column.group(1)} if column else {"sql": expression}


def _dimension(dimension):
    _expect(dimension, _KNOWN_DIMENSION)
    return {
        "name": dimension["name"],
        "type": dimension["type"],
        **_source(dimension["expr"]),
    }


def _measure(measure):
    _expect(measure, _KNOWN_MEASURE)
    made = {"name": measure["name"], "type": measure["agg"]}
    if measure["agg"] == "calculated":
        made["formula"] = measure["expr"]
    elif measure["agg"] == "time_shift":
        shift = measure["time_shift"]
        made["measure"] = _MEASURE.match(measure["expr"]).group(1)
        made["interval"] = shift["interval"]
        made["direction"] = shift["type"]
        made["time_dimension"] = shift["time_dimension"]
    elif "expr" in measure:
        made.update(_source(measure["expr"]))
    if "filters" in measure:
        made["filters"] = measure["filters"]
    if "rolling_window" in measure:
        made["rolling_window"] = _window(measure["rolling_window"])
    if "semi_additive" in measure:
        made["semi_additive"] = measure["semi_additive"]
    return made


def _window(window):
    if window.get("type") == "to_date":
        return {"to_date": window["granularity"]}
    if "type" in window:
        raise ValueError(f"a rolling window of type {window['type']}")
    return window
