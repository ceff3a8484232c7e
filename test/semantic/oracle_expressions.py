"""Expressions that random models use, each as text for the model and as Python for the oracle.

    ROW_SQL["{T}.c_int * 2"](row)           SQL over a row, as dimensions, measures and filters have
    text_of(tree), value_of(tree, lookup)   formulas: random trees, printed and evaluated

Values are Fractions, strings, booleans, datetimes and None, which is null. A tree is a list: an
operator and its arguments, ["number", "1.5"] or ["reference", "orders.count"].
"""

from fractions import Fraction


def _number(function, *columns):
    def call(row):
        values = [row[column] for column in columns]
        return None if None in values else function(*values)

    return call


ROW_SQL = {
    "{T}.c_int * 2": _number(lambda value: value * 2, "c_int"),
    "{T}.c_num + {T}.c_int": _number(lambda a, b: a + b, "c_num", "c_int"),
    "coalesce({T}.c_int, 7)": lambda row: Fraction(7) if row["c_int"] is None else row["c_int"],
    "coalesce({T}.c_txt, 'none')": lambda row: "none" if row["c_txt"] is None else row["c_txt"],
    "upper({T}.c_txt)": _number(str.upper, "c_txt"),
    "{T}.c_flag": lambda row: row["c_flag"],
    "{T}.c_flag IS NOT TRUE": lambda row: row["c_flag"] is not True,
    "{T}.c_int > 2": _number(lambda value: value > 2, "c_int"),
    "{T}.c_txt IS NULL": lambda row: row["c_txt"] is None,
    "{T}.c_int IS NULL OR {T}.c_int < 4": lambda row: row["c_int"] is None or row["c_int"] < 4,
}

DIMENSION_SQL = [
    ("string", "coalesce({T}.c_txt, 'none')", "text"),
    ("string", "upper({T}.c_txt)", "text"),
    ("number", "{T}.c_int * 2", "integer"),
    ("boolean", "{T}.c_flag IS NOT TRUE", "boolean"),
]
NUMBER_SQL = ["{T}.c_int * 2", "{T}.c_num + {T}.c_int", "coalesce({T}.c_int, 7)"]
CONDITION_SQL = [
    "{T}.c_flag",
    "{T}.c_flag IS NOT TRUE",
    "{T}.c_int > 2",
    "{T}.c_txt IS NULL",
    "{T}.c_int IS NULL OR {T}.c_int < 4",
]


def text_of(tree):
    """Prints a formula with every parenthesis."""
    head, *args = tree
    if head == "number":
        return args[0]
    if head == "string":
        return "'" + args[0].replace("'", "''") + "'"
    if head == "reference":
        return "{" + args[0] + "}"
    texts = [text_of(arg) for arg in args]
    if head == "case":
        return f"CASE WHEN {texts[0]} THEN {texts[1]} ELSE {texts[2]} END"
    if head in ("coalesce", "nullif", "greatest", "least", "abs"):
        return f"{head}({', '.join(texts)})"
    if head == "is null":
        return f"({texts[0]} IS NULL)"
    return f"({texts[0]} {head} {texts[1]})"


def references_of(tree):
    if tree[0] == "reference":
        return {tree[1]}
    if tree[0] in ("number", "string"):
        return set()
    return set().union(*(references_of(arg) for arg in tree[1:]))


def _compare(sign, a, b):
    return {"<": a < b, ">": a > b, "=": a == b, "<=": a <= b, ">=": a >= b, "<>": a != b}[sign]


def _arithmetic(sign, a, b):
    if sign == "+":
        return a + b
    if sign == "-":
        return a - b
    if sign == "*":
        return a * b
    return None if b == 0 else a / b


def _logic(head, a, b):
    """Three-valued AND and OR."""
    decides = head == "OR"
    if decides in (a, b):
        return decides
    return None if None in (a, b) else not decides


def value_of(tree, lookup):
    """Evaluates a formula; `lookup` gives the value of a reference."""
    head, *args = tree
    if head == "number":
        return Fraction(args[0])
    if head == "string":
        return args[0]
    if head == "reference":
        return lookup(args[0])
    values = [value_of(arg, lookup) for arg in args]
    known = [value for value in values if value is not None]
    if head == "case":
        return values[1] if values[0] is True else values[2]
    if head == "is null":
        return values[0] is None
    if head == "coalesce":
        return known[0] if known else None
    if head in ("greatest", "least"):
        return (max if head == "greatest" else min)(known) if known else None
    if head == "nullif":
        return None if values[0] == values[1] else values[0]
    if head in ("AND", "OR"):
        return _logic(head, *values)
    if len(known) < len(values):
        return None
    if head == "abs":
        return abs(values[0])
    if head in ("+", "-", "*", "/"):
        return _arithmetic(head, *values)
    return _compare(head, *values)
