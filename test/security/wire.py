"""A PostgreSQL session spoken by hand: protocol 3.0 over a Unix socket, trust authentication.

The runners of the gate need what psql hides: the process id of the backend, notices and
notifications of a single statement, the extended protocol, a lost connection told from an error.

    with Session("postgres", role="analyst") as session:
        session.call("SELECT accepted FROM validate_sql($1)", ["SELECT 1"]).rows    # [["t"]]

Values are text both ways; NULL is None. Results longer than `max_rows` are read but not kept.
"""

import os
import socket
import struct


class ServerError(Exception):
    """An error that the server reported; the session goes on unless `fatal`."""

    def __init__(self, fields):
        super().__init__(fields.get("M", ""))
        self.sqlstate = fields.get("C", "")
        self.message = fields.get("M", "")
        self.hint = fields.get("H", "")
        self.fatal = fields.get("V") in ("FATAL", "PANIC")

    def __str__(self):
        return f"{self.sqlstate} {self.message}"


class Lost(Exception):
    """The connection ended without an error: the backend crashed or was killed."""


class Result:
    """Columns, rows and command tag of the last statement of a call."""

    def __init__(self):
        self.columns = []
        self.rows = []
        self.row_count = 0
        self.tag = ""
        self.copied = False  # the statement opened a COPY stream


def _fields(body):
    fields = {}
    for part in body.split(b"\0"):
        if part:
            fields[chr(part[0])] = part[1:].decode("utf-8", "replace")
    return fields


def _text_array(values):
    """The binary form of text[]: what a million statements travel in."""
    parts = [struct.pack("!iiiii", 1, 0, 25, len(values), 1)]
    for value in values:
        data = value.encode()
        parts.append(struct.pack("!i", len(data)))
        parts.append(data)
    return b"".join(parts)


class Session:
    def __init__(self, database, user=None, role=None, timeout=None, settings=()):
        """Connects as `user` (PGUSER), gives it `role` for good, applies (name, value) settings."""
        self.max_rows = 200000
        self.notices = []
        self.notifications = []
        self._waiting = []
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self._socket.settimeout(timeout)
        port = os.environ.get("PGPORT", "5432")
        self._socket.connect(os.path.join(os.environ["PGHOST"], f".s.PGSQL.{port}"))
        self._stream = self._socket.makefile("rb", 1 << 16)
        startup = {
            "user": user or os.environ.get("PGUSER", "postgres"),
            "database": database,
            "client_encoding": "UTF8",
        }
        body = struct.pack("!i", 196608)
        for name, value in startup.items():
            body += name.encode() + b"\0" + value.encode() + b"\0"
        body += b"\0"
        self._socket.sendall(struct.pack("!i", len(body) + 4) + body)
        self.pid = 0
        self._collect()
        for name, value in settings:
            self.call("SELECT set_config($1, $2, false)", [name, value])
        if role:
            self.query(f"SET SESSION AUTHORIZATION {role}")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def close(self):
        try:
            self._send(b"X", b"")
        except (OSError, Lost):
            pass
        self._stream.close()
        self._socket.close()

    def query(self, sql):
        """Runs a text by the simple protocol: any number of statements, the last result."""
        self._send(b"Q", sql.encode() + b"\0")
        return self._collect()

    def call(self, sql, parameters=()):
        """Runs one statement by the extended protocol; a list as parameter becomes a text[]."""
        self._send_parse(sql)
        self._send_bind(parameters)
        self._send(b"D", b"P\0")
        self._send(b"E", b"\0" + struct.pack("!i", 0))
        self._send(b"S", b"")
        return self._collect()

    def bind(self, sql, times=1):
        """Parses, analyses, rewrites and plans a statement, so many times in one message."""
        for _ in range(times):
            self._send_parse(sql)
            self._send_bind(())
        self._send(b"S", b"")
        return self._collect()

    def value(self, sql, parameters=()):
        """The first column of the first row."""
        rows = self.call(sql, parameters).rows
        return rows[0][0] if rows else None

    def _send_parse(self, sql):
        self._send(b"P", b"\0" + sql.encode() + b"\0" + struct.pack("!h", 0))

    def _send_bind(self, parameters):
        formats = [1 if isinstance(value, list) else 0 for value in parameters]
        body = [b"\0\0", struct.pack(f"!h{len(formats)}h", len(formats), *formats)]
        body.append(struct.pack("!h", len(formats)))
        for value in parameters:
            if value is None:
                body.append(struct.pack("!i", -1))
                continue
            data = _text_array(value) if isinstance(value, list) else str(value).encode()
            body.append(struct.pack("!i", len(data)) + data)
        body.append(struct.pack("!h", 0))
        self._send(b"B", b"".join(body))

    def _send(self, kind, body):
        """Sends a message; those of the extended protocol wait for the Sync behind them."""
        self._waiting.append(kind + struct.pack("!i", len(body) + 4) + body)
        if kind in (b"P", b"B", b"D", b"E"):
            return
        data = b"".join(self._waiting)
        self._waiting.clear()
        try:
            self._socket.sendall(data)
        except (BrokenPipeError, ConnectionResetError) as error:
            # What the server said last may still wait to be read.
            raise Lost(str(error)) from error

    def _receive(self):
        try:
            head = self._stream.read(5)
            if len(head) == 5:
                size = struct.unpack_from("!i", head, 1)[0] - 4
                body = self._stream.read(size)
                if len(body) == size:
                    return head[:1], body
        except ConnectionResetError as error:
            raise Lost(str(error)) from error
        raise Lost("the server closed the connection")

    def _collect(self):
        """Reads up to ReadyForQuery."""
        result = Result()
        error = None
        while True:
            try:
                kind, body = self._receive()
            except Lost:
                if error is not None:
                    raise error from None
                raise
            if kind == b"Z":
                break
            if kind == b"E":
                error = ServerError(_fields(body))
            elif kind == b"N":
                self.notices.append(_fields(body))
            elif kind == b"A":
                self.notifications.append(body[4:].split(b"\0")[0].decode())
            elif kind == b"K":
                self.pid = struct.unpack_from("!i", body)[0]
            elif kind == b"T":
                result.columns = _columns(body)
                result.rows = []
            elif kind == b"D":
                result.row_count += 1
                if len(result.rows) < self.max_rows:
                    result.rows.append(_row(body))
            elif kind == b"C":
                result.tag = body[:-1].decode()
            elif kind == b"G":
                result.copied = True
                self._send(b"f", b"no data\0")
            elif kind == b"H":
                result.copied = True
        if error is not None:
            raise error
        return result


def _columns(body):
    """(name, type OID) of each column of a RowDescription."""
    columns = []
    at = 2
    for _ in range(struct.unpack_from("!h", body)[0]):
        end = body.index(b"\0", at)
        columns.append((body[at:end].decode(), struct.unpack_from("!i", body, end + 7)[0]))
        at = end + 19
    return columns


def _row(body):
    row = []
    at = 2
    for _ in range(struct.unpack_from("!h", body)[0]):
        size = struct.unpack_from("!i", body, at)[0]
        at += 4
        if size < 0:
            row.append(None)
        else:
            row.append(body[at : at + size].decode("utf-8", "replace"))
            at += size
    return row
