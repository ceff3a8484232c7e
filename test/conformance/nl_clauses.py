"""Tells which clauses of two queries differ, to sort wrong answers by what went wrong.

    differing("SELECT name FROM city", "SELECT count(*) FROM city")    # ["columns", "aggregate"]

A query is read word by word, without a grammar: each word belongs to the clause of the innermost
SELECT that is open, and a clause is what it names, without qualifiers, aliases and order. So two
queries that say the same in other words may differ, and clauses may agree where nesting does not.
"""

import collections
import re

CLAUSES = tuple("columns,aggregate,distinct,join,filter,group,order/limit,set operation".split(","))
OWN_LIMIT = "10000"  # what the layer adds to every query
AGGREGATES = frozenset("count sum avg min max stddev variance array_agg string_agg".split())
OPENERS = {"select": "select", "from": "from", "join": "from", "on": "on", "using": "on",
           "where": "filter", "having": "filter", "group": "group", "order": "order",
           "limit": "limit", "offset": "limit", "fetch": "limit"}  # fmt: skip
SILENT = frozenset(
    "as and by asc nulls last first inner left right outer cross natural all lateral when then else"
    " end case null true false cast interval in exists any some".split()
)
_TOKEN = re.compile(
    r"\s+|--[^\n]*|(?P<text>'(?:[^']|'')*')|(?P<name>\"(?:[^\"]|\"\")*\"|[A-Za-z_]\w*)"
    r"|(?P<number>\d+(?:\.\d+)?)|(?P<sign>::|<>|!=|<=|>=|\|\||.)",
    re.DOTALL,
)


def _tokens(sql):
    found = []
    for match in _TOKEN.finditer(sql):
        kind, text = match.lastgroup, match.group()
        if kind == "name":
            found.append((kind, text.strip('"').lower()))
        elif kind == "text":
            found.append(("literal", text[1:-1].strip("%").lower()))
        elif kind == "number":
            found.append(("literal", text))
        elif kind == "sign":
            found.append((kind, {"!=": "<>"}.get(text, text)))
    return found


class _Reader:
    """Collects what each clause of a statement names."""

    def __init__(self, sql):
        self.found = {clause: collections.Counter() for clause in CLAUSES}
        self._tokens = _tokens(sql)
        self._open = []  # the clause outside each bracket
        self._clause = ""
        self._selects = 0
        for at in range(len(self._tokens)):
            self._take(at)
        # A name asked for twice, or written in a subquery too, is named all the same.
        for clause in ("join", "filter", "group", "order/limit"):
            self.found[clause] = set(self.found[clause])

    def _text(self, at):
        return self._tokens[at][1] if 0 <= at < len(self._tokens) else ""

    def _take(self, at):
        kind, text = self._tokens[at]
        if kind == "sign":
            self._take_sign(text)
        elif kind == "literal":
            self._take_literal(text)
        elif text in OPENERS and self._text(at - 1) != "distinct":
            self._open_clause(text)
        elif text in ("union", "intersect", "except"):
            self.found["set operation"][text] += 1
        elif text == "distinct":
            self.found["distinct"][text] += 1
        elif text in AGGREGATES and self._text(at + 1) == "(":
            self._take_aggregate(text)
        elif text not in SILENT:
            self._take_name(at, text)

    def _take_sign(self, text):
        if text == "(":
            self._open.append(self._clause)
        elif text == ")":
            self._clause = self._open.pop() if self._open else ""
        elif self._clause == "filter" and text in ("=", "<", ">", "<=", ">=", "<>"):
            self.found["filter"][text] += 1

    def _take_literal(self, text):
        if self._clause == "limit" and text != OWN_LIMIT:
            self.found["order/limit"][text] += 1
        elif self._clause in ("filter", "on"):
            self.found["filter"][text] += 1

    def _open_clause(self, text):
        self._clause = OPENERS[text]
        if text == "select":
            self._selects += 1
        elif text in ("group", "having"):
            self.found["group"][text] += 1
        elif text == "order":
            self.found["order/limit"][text] += 1

    def _take_aggregate(self, text):
        if self._clause == "select":
            self.found["aggregate"][text] += 1
        elif self._clause == "order":
            self.found["order/limit"][text] += 1

    def _take_name(self, at, text):
        follows, before = self._text(at + 1), self._text(at - 1)
        if follows in (".", "(") or before == "as":
            return  # a qualifier, a function, an alias
        if self._clause == "select" and self._selects == 1:
            self.found["columns"][text] += 1
        elif self._clause == "from" and before in ("from", "join", ",", "."):
            self.found["join"][text] += 1
        elif self._clause == "filter":
            self.found["filter"][text] += 1
        elif self._clause in ("group", "order"):
            self.found["group" if self._clause == "group" else "order/limit"][text] += 1


def differing(ours, gold):
    """Names of the clauses that differ, in the order of CLAUSES."""
    one, other = _Reader(ours).found, _Reader(gold).found
    if not other["order/limit"] and not any(word.isdigit() for word in one["order/limit"]):
        one["order/limit"] = other["order/limit"]  # rows in order are right where any order is
    return [clause for clause in CLAUSES if one[clause] != other[clause]]
