"""Broken and half-broken SQL: seeded mutations of statements.

Statement `number` of seed `seed` depends on nothing else, so that a run can be cut, resumed and
repeated from any number:

    Mutator(statements).make(seed=1, number=42)

A statement is cut into tokens, then one to four changes are made. Half of them keep to the grammar:
calls, groups, names and literals become those of another statement, clauses move over, the whole is
wrapped in another statement. The others do not: tokens deleted, doubled, swapped; the text cut at
any byte; comments, odd characters and stray clauses put in; nesting without end.
"""

import random
import re

TOKEN = re.compile(
    r"""
      (?P<comment> --[^\r\n]* | /\*.*?\*/ )
    | (?P<string> [eEbBxXnN]?'(?:[^']|'')*' | [uU]&'(?:[^']|'')*' | (\$[A-Za-z_]*\$).*?\3 )
    | (?P<name> (?:[uU]&)?"(?:[^"]|"")*" | [A-Za-z_\u0080-\U0010ffff][\w$\u0080-\U0010ffff]* )
    | (?P<number> \d+(?:\.\d*)?(?:[eE][+-]?\d+)? | \.\d+ )
    | (?P<space> \s+ )
    | (?P<operator> ::|[-+*/<>=~!@\#%^&|`?]+|\$\d+|. )
    """,
    re.VERBOSE | re.DOTALL,
)

LITERALS = (
    "NULL", "''", "0", "-1", "1", "2147483647", "2147483648", "9223372036854775807",
    "99999999999999999999999999999", "1e400", "1e-400", "'NaN'::numeric", "'infinity'::float8",
    "'infinity'::timestamptz", "'{}'", "'{1,2,3}'::int[]", "ARRAY[]::text[]", "ARRAY[[1,2],[3,4]]",
    "'{\"a\": [1, {\"b\": null}]}'::jsonb", "'$.**'::jsonpath", "'[1,5)'::int4range", "B'101'",
    "X'1F'", "E'\\\\'", "E'\\x41'", "U&'\\0041'", "$$;$$", "$1", "ROW(1, NULL)", "DEFAULT", "CURRENT_USER",
    "interval '1 month -1 day'", "date '4714-11-24 BC'", "'<a/>'::xml", "'a & b'::tsquery", "true",
    "'pg_class'::regclass", "'public.ev_vol'::regproc", "repeat('x', 100000000)", "'\u00e9\u4e2d\U0001f600'",
)  # fmt: skip

CLAUSES = (
    "FOR UPDATE", "FOR NO KEY UPDATE SKIP LOCKED", "FOR SHARE OF t", "INTO pwn", "INTO TEMP pwn",
    "LIMIT 1", "OFFSET 1 ROWS FETCH NEXT 1 ROWS WITH TIES", "TABLESAMPLE system (10)",
    "TABLESAMPLE public.system_rows(1)", "GROUP BY CUBE (1, 2)", "GROUPING SETS ((), (1))", "HAVING true",
    "ORDER BY 1 USING <", "ORDER BY 1 USING OPERATOR(public.<<<<)", "WINDOW w AS (ORDER BY 1)",
    "OVER (PARTITION BY 1 ROWS UNBOUNDED PRECEDING)", "FILTER (WHERE true)", "WITHIN GROUP (ORDER BY 1)",
    "RETURNING *", "WHERE CURRENT OF c", "UNION ALL SELECT NULL", "; SELECT 1", ";", "; DROP TABLE orders",
    "COLLATE \"C\"", "AT TIME ZONE 'UTC'", "::text", "::public.ev_dom", "::public.mood", "::regclass",
    ".pg_read_file", "OPERATOR(public.===)", "IS DISTINCT FROM", "IS JSON", "WITH ORDINALITY", "LATERAL",
    "ROWS FROM (generate_series(1, 2), unnest(ARRAY[1]))", "CROSS JOIN generate_series(1, 10)",
    "NATURAL JOIN regions", "USING (id)", "SEARCH DEPTH FIRST BY id SET o", "CYCLE id SET c USING p",
)  # fmt: skip

WRAPPERS = (
    "SELECT * FROM ({0}) AS q", "SELECT EXISTS ({0})", "SELECT ARRAY({0})", "({0})", "(({0}) UNION ({0}))",
    "WITH q AS ({0}) SELECT * FROM q", "WITH q AS MATERIALIZED ({0}) TABLE q", "EXPLAIN {0}",
    "EXPLAIN ANALYZE {0}", "CREATE TABLE pwn AS {0}", "COPY ({0}) TO STDOUT", "DECLARE c CURSOR FOR {0}",
    "PREPARE p AS {0}", "WITH RECURSIVE q AS ({0} UNION ALL SELECT * FROM q) SELECT * FROM q",
    "SELECT * FROM regions, LATERAL ({0}) AS q", "INSERT INTO trap_log {0}", "VALUES (({0}))",
    "SELECT CASE WHEN ({0}) IS NULL THEN 1 END", "WITH d AS (DELETE FROM orders RETURNING *) {0}",
    "DO $x${0}$x$", "SELECT (SELECT ({0}))", "{0} INTERSECT {0}", "CREATE VIEW pwn AS {0}",
)  # fmt: skip

ODD = (
    "\ufeff", "\u00a0", "\u200b", "\u202e", "\u0301", "\ud7ff", "\U0010ffff", "\u0001", "\x7f", "\t\v\f\r",
    "/*", "*/", "--", "/* /* */", "'", '"', "$$", "$a$", "\\", "U&\"", "E'", "(", ")", "[", "]", ",", ".",
    ":", ";", "::", "%", "@", "?", "\u0130", "\u00df", "\ufb01", "\u3000",
)  # fmt: skip

# What begins a clause, for clauses that move over to another statement.
HEADS = (
    "select",
    "from",
    "where",
    "group",
    "order",
    "having",
    "limit",
    "window",
    "union",
    "offset",
)

LONGEST = 16000  # characters, so that one mutation of mutations cannot grow without end


def group_end(tokens, at):
    """Where the group that opens at a token ends, one after its bracket; `at` + 1 without one."""
    depth = 0
    for i in range(at, min(len(tokens), at + 400)):
        if tokens[i][1] in ("(", "["):
            depth += 1
        elif tokens[i][1] in (")", "]"):
            depth -= 1
            if depth == 0:
                return i + 1
    return at + 1


def expressions_of(tokens):
    """(start, end) of names, literals, calls and groups in brackets."""
    found = []
    for i, (kind, text) in enumerate(tokens):
        if kind in ("string", "number"):
            found.append((i, i + 1))
        elif text == "(":
            found.append((i, group_end(tokens, i)))
        elif kind == "name" and text.lower() not in HEADS:
            called = i + 1 < len(tokens) and tokens[i + 1][1] == "("
            found.append((i, group_end(tokens, i + 1) if called else i + 1))
    return found


def clauses_of(tokens):
    """(head, start, end) of the clauses outside brackets."""
    starts, depth = [], 0
    for i, (kind, text) in enumerate(tokens):
        if text in ("(", "["):
            depth += 1
        elif text in (")", "]"):
            depth -= 1
        elif kind == "name" and depth == 0 and text.lower() in HEADS:
            starts.append((text.lower(), i))
    ends = [start for _, start in starts[1:]] + [len(tokens)]
    return [(head, start, end) for (head, start), end in zip(starts, ends)]


def tokens_of(sql):
    """(kind, text) of each token; the texts put together are the statement."""
    return [(match.lastgroup or "operator", match.group()) for match in TOKEN.finditer(sql)]


class Mutator:
    def __init__(self, statements):
        self._tokens = [tokens_of(sql) for sql in statements]
        words = {}
        for tokens in self._tokens:
            for kind, text in tokens:
                if kind in ("name", "operator", "number", "string"):
                    words.setdefault(kind, {})[text] = None
        self._words = {kind: list(texts) for kind, texts in words.items()}
        self._clauses = {}
        for tokens in self._tokens:
            for head, start, end in clauses_of(tokens):
                self._clauses.setdefault(head, []).append(tokens[start:end] + [("space", " ")])
        self._expressions = [
            tokens[start:end]
            for tokens in self._tokens[:: max(1, len(self._tokens) // 8000)]
            for start, end in expressions_of(tokens)
        ]
        self._changes = (
            [self._graft] * 10
            + [self._clause_over] * 4
            + [self._exchange_alike] * 4
            + [self._literal] * 3
            + [self._wrap, self._wrap, self._clause, self._comment, self._splice, self._exchange]
            + [self._delete, self._double, self._swap, self._cut, self._cut, self._odd]
            + [self._character, self._nest]
        )

    def make(self, seed, number):
        """The statement of that number; never empty of meaning for the encoding: valid, no NUL."""
        chance = random.Random((seed << 40) + number)
        tokens = list(chance.choice(self._tokens))
        for _ in range(chance.choice((1, 1, 1, 1, 1, 2, 2, 3, 4))):
            tokens = chance.choice(self._changes)(chance, tokens) or [("space", " ")]
        return "".join(text for _, text in tokens)[:LONGEST].replace("\0", " ")

    def _graft(self, chance, tokens):
        """An expression becomes an expression of another statement."""
        places = expressions_of(tokens)
        if not places:
            return tokens
        start, end = chance.choice(places)
        return tokens[:start] + chance.choice(self._expressions) + tokens[end:]

    def _clause_over(self, chance, tokens):
        """A clause becomes the like clause of another statement, or another clause follows it."""
        clauses = clauses_of(tokens)
        if not clauses:
            return tokens
        head, start, end = chance.choice(clauses)
        if chance.random() < 0.3:
            head, start = chance.choice(list(self._clauses)), end
        return tokens[:start] + [("space", " ")] + chance.choice(self._clauses[head]) + tokens[end:]

    def _exchange(self, chance, tokens):
        """A run of tokens becomes a run of another statement."""
        other = chance.choice(self._tokens)
        at, take = chance.randrange(len(tokens)), chance.randrange(1, 6)
        start = chance.randrange(len(other)) if other else 0
        return tokens[:at] + other[start : start + chance.randrange(1, 8)] + tokens[at + take :]

    def _exchange_alike(self, chance, tokens):
        """A token becomes another of its kind: a name for a name, a number for a number."""
        at = chance.randrange(len(tokens))
        for _ in range(8):
            if tokens[at][0] in self._words:
                break
            at = chance.randrange(len(tokens))
        kind = tokens[at][0]
        if kind not in self._words:
            return tokens
        return tokens[:at] + [(kind, chance.choice(self._words[kind]))] + tokens[at + 1 :]

    def _delete(self, chance, tokens):
        at = chance.randrange(len(tokens))
        return tokens[:at] + tokens[at + chance.randrange(1, 4) :]

    def _double(self, chance, tokens):
        at = chance.randrange(len(tokens))
        run = tokens[at : at + chance.randrange(1, 10)]
        return tokens[:at] + [("space", " ")] + run * chance.choice((2, 2, 2, 3, 40)) + tokens[at:]

    def _swap(self, chance, tokens):
        tokens = list(tokens)
        one, other = chance.randrange(len(tokens)), chance.randrange(len(tokens))
        tokens[one], tokens[other] = tokens[other], tokens[one]
        return tokens

    def _cut(self, chance, tokens):
        """The text ends at any byte; a character that the cut splits is gone."""
        data = "".join(text for _, text in tokens).encode()
        cut = chance.randrange(len(data) + 1)
        piece = data[:cut] if chance.random() < 0.8 else data[cut:]
        return [("operator", piece.decode("utf-8", "ignore"))] if piece else []

    def _literal(self, chance, tokens):
        at = chance.randrange(len(tokens))
        found = [i for i, (kind, _) in enumerate(tokens) if kind in ("number", "string")]
        if found:
            at = chance.choice(found)
        return tokens[:at] + [("string", chance.choice(LITERALS))] + tokens[at + 1 :]

    def _clause(self, chance, tokens):
        at = chance.choice((len(tokens), chance.randrange(len(tokens) + 1)))
        return tokens[:at] + [("operator", f" {chance.choice(CLAUSES)} ")] + tokens[at:]

    def _odd(self, chance, tokens):
        at = chance.randrange(len(tokens) + 1)
        return tokens[:at] + [("operator", chance.choice(ODD))] + tokens[at:]

    def _comment(self, chance, tokens):
        at = chance.randrange(len(tokens) + 1)
        text = chance.choice(
            ("/**/", "/* ; DROP TABLE orders */", "--\n", "-- x\r", "/* /* nested */ */")
        )
        return tokens[:at] + [("comment", text)] + tokens[at:]

    def _splice(self, chance, tokens):
        """The head of one statement, the tail of another."""
        other = chance.choice(self._tokens)
        return (
            tokens[: chance.randrange(len(tokens) + 1)] + other[chance.randrange(len(other) + 1) :]
        )

    def _wrap(self, chance, tokens):
        body = "".join(text for _, text in tokens).rstrip("; \n")
        return tokens_of(chance.choice(WRAPPERS).replace("{0}", body))

    def _character(self, chance, tokens):
        text = "".join(text for _, text in tokens)
        at = chance.randrange(len(text))
        other = chr(chance.choice((chance.randrange(1, 128), chance.randrange(0xA0, 0x3000))))
        return [("operator", text[:at] + other + text[at + 1 :])]

    def _nest(self, chance, tokens):
        """Deep nesting around one token."""
        at = chance.randrange(len(tokens))
        depth = chance.choice((2, 5, 50, 500, 3000))
        opening, closing = chance.choice((("(", ")"), ("ARRAY[", "]"), ("- ", ""), ("NOT ", ""),
                                          ("(SELECT ", ")"), ("CASE WHEN true THEN ", " END")))  # fmt: skip
        middle = [
            ("operator", f" {opening * depth}"),
            tokens[at],
            ("operator", f"{closing * depth} "),
        ]
        return tokens[:at] + middle + tokens[at + 1 :]
