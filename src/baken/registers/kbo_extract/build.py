"""From columns on disk to rows per entity in SQLite, in parts that are each done or not done."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

from baken.registers.kbo_extract.layout import TABLES
from baken.registers.kbo_extract.load import BRANCH
from baken.registers.kbo_extract.schema import JSON_TABLES, seek

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

PART_ROWS = 300_000
"""Rows of a table that are brought together at once: what bounds the memory."""
PART_NAMES = 100_000
_FETCH = 10_000

GROUPED = {
    "enterprise": "SELECT id, min(status), min(situation), min(type), min(form), min(start) "
    "FROM {rows} GROUP BY id ORDER BY id",
    "establishment": "SELECT id, min(enterprise), min(start) FROM {rows} GROUP BY id ORDER BY id",
    "denomination": "SELECT id, to_json(list([kind, lang, name] ORDER BY kind, lang, name)) FROM "
    "(SELECT DISTINCT id, kind, lang, name FROM {rows} WHERE name <> '') GROUP BY id ORDER BY id",
    "address": "SELECT id, to_json(list([kind, country, zip, nl, fr, struck] ORDER BY kind, zip)) "
    "FROM (SELECT DISTINCT id, kind, country, zip, nl, fr, struck FROM {rows}) "
    "GROUP BY id ORDER BY id",
    "activity": "SELECT id, '{{' || string_agg(to_json(what)::VARCHAR || ':' || "
    "to_json(codes)::VARCHAR, ',' ORDER BY what) || '}}' FROM (SELECT id, what, "
    "string_agg(DISTINCT code, ' ' ORDER BY code) AS codes FROM {rows} GROUP BY id, what) "
    "GROUP BY id ORDER BY id",
}
"""What one entity's rows become."""
INSERT = {
    "enterprise": "INSERT OR REPLACE INTO enterprise VALUES (?,?,?,?,?,?)",
    "establishment": "INSERT OR REPLACE INTO establishment VALUES (?,?,?)",
    **{t: f"INSERT OR REPLACE INTO {kept} VALUES (?,?)" for t, kept in JSON_TABLES.items()},  # noqa: S608
}


def valid(path: Path, low: int = 0, high: int = BRANCH) -> str:
    """The good rows of a Parquet file, of entities from ``low`` up to ``high``, for a query."""
    name = str(path).replace("'", "''")
    return (
        f"(SELECT * FROM read_parquet('{name}') "  # noqa: S608
        f"WHERE wrong IS NULL AND id >= {low} AND id < {high})"
    )


def grouped(con: DuckDBPyConnection, table: str, rows: str) -> Iterator[list[tuple[Any, ...]]]:
    """The entities of a table, some at a time."""
    cursor = con.execute(GROUPED[table].format(rows=rows))
    while found := cursor.fetchmany(_FETCH):
        yield found


def fill(
    duck: DuckDBPyConnection,
    con: sqlite3.Connection,
    folder: Path,
    done: Callable[[str, int, int], None],
) -> None:
    """Fill the tables and the index of names; what an earlier run did is not done again.

    ``done`` is told the table, the part and how many parts there are.
    """
    for table in TABLES:
        path = folder / f"{table}.parquet"
        parts = _kept_edges(duck, con, table, path)
        for part, (low, high) in enumerate(parts):
            if _is_done(con, f"{table} {part}"):
                continue
            con.execute("BEGIN")
            for rows in grouped(duck, table, valid(path, low, high)):
                con.executemany(INSERT[table], rows)
            _mark(con, f"{table} {part}")
            con.execute("COMMIT")
            done(table, part + 1, len(parts))
    _fill_index(con, done)


def _fill_index(con: sqlite3.Connection, done: Callable[[str, int, int], None]) -> None:
    total = con.execute("SELECT count(*) FROM names").fetchone()[0]
    parts = total // PART_NAMES + 1
    for part in range(parts):
        if _is_done(con, f"index {part}"):
            continue
        con.execute("BEGIN")
        last = _value(con, "index at") or "-1"
        until = con.execute(
            "SELECT max(id) FROM (SELECT id FROM names WHERE id > ? ORDER BY id LIMIT ?)",
            (int(last), PART_NAMES),
        ).fetchone()[0]
        if until is not None:
            seek(con, "n.id > ? AND n.id <= ?", (int(last), until))
            _mark(con, "index at", str(until))
        _mark(con, f"index {part}")
        con.execute("COMMIT")
        done("index", part + 1, parts)
    if not _is_done(con, "optimize"):
        con.execute("BEGIN")
        con.execute("INSERT INTO sought_index(sought_index) VALUES ('optimize')")
        _mark(con, "optimize")
        con.execute("COMMIT")


def edges(duck: DuckDBPyConnection, path: Path) -> list[tuple[int, int]]:
    """Bounds that cut the entities of a Parquet file in parts of some :data:`PART_ROWS` rows."""
    rows = valid(path)
    count = duck.execute(f"SELECT count(*) FROM {rows}").fetchall()[0][0]  # noqa: S608
    parts = count // PART_ROWS + 1
    inner: list[int] = []
    if parts > 1:
        shares = [i / parts for i in range(1, parts)]
        inner = duck.execute(
            f"SELECT approx_quantile(id, {shares}) FROM {rows}"  # noqa: S608
        ).fetchall()[0][0]
    return list(pairwise([0, *sorted({int(i) for i in inner}), BRANCH]))


def _kept_edges(
    duck: DuckDBPyConnection, con: sqlite3.Connection, table: str, path: Path
) -> list[tuple[int, int]]:
    """The same, kept, so that a run that goes on cuts alike."""
    kept = _value(con, f"edges {table}")
    if kept is None:
        kept = json.dumps(edges(duck, path))
        _mark(con, f"edges {table}", kept)
    return [(low, high) for low, high in json.loads(kept)]


def _value(con: sqlite3.Connection, name: str) -> str | None:
    row = con.execute("SELECT value FROM step WHERE name = ?", (name,)).fetchone()
    return None if row is None else str(row[0])


def _is_done(con: sqlite3.Connection, name: str) -> bool:
    return _value(con, name) is not None


def _mark(con: sqlite3.Connection, name: str, value: str = "done") -> None:
    con.execute("INSERT OR REPLACE INTO step VALUES (?,?)", (name, value))
