"""A daily update: the rows of the listed entities go, then the new rows come."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING, Any

from baken.registers.kbo_extract import build, schema

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_SOME = 500


def apply(duck: DuckDBPyConnection, con: sqlite3.Connection, table: str, folder: Path) -> int:
    """Change one table within the open transaction; the answer is how many entities changed.

    Entities whose names or places may have changed are put in the table ``touched``.
    """
    con.execute("CREATE TEMP TABLE IF NOT EXISTS touched(id INTEGER PRIMARY KEY)")
    kept = schema.JSON_TABLES.get(table, table)
    gone = duck.execute(
        f"SELECT DISTINCT id FROM {build.valid(folder / f'{table}_delete.parquet')}"  # noqa: S608
    ).fetchall()
    _touch(con, table, gone)
    con.executemany(f"DELETE FROM {kept} WHERE id = ?", gone)  # noqa: S608
    changed = {i for (i,) in gone}
    path = folder / f"{table}_insert.parquet"
    for low, high in build.edges(duck, path):
        for rows in build.grouped(duck, table, build.valid(path, low, high)):
            if table in schema.JSON_TABLES:
                rows = [(i, _with(con, kept, i, added)) for i, added in rows]
            con.executemany(build.INSERT[table], rows)
            _touch(con, table, [(r[0],) for r in rows])
            changed.update(r[0] for r in rows)
    return len(changed)


def _touch(con: sqlite3.Connection, table: str, entities: list[tuple[int]]) -> None:
    if table == "activity":
        return
    con.executemany("INSERT OR IGNORE INTO touched VALUES (?)", entities)
    if table in ("address", "establishment"):
        con.executemany(
            "INSERT OR IGNORE INTO touched "
            "SELECT enterprise FROM establishment WHERE id = ? AND enterprise IS NOT NULL",
            entities,
        )


def _with(con: sqlite3.Connection, kept: str, entity: int, added: str) -> str:
    """New rows beside those that stayed (of an entity that was not listed to go)."""
    row = con.execute(f"SELECT rows FROM {kept} WHERE id = ?", (entity,)).fetchone()  # noqa: S608
    if row is None:
        return added
    old, new = json.loads(row[0]), json.loads(added)
    if isinstance(old, dict):
        both: Any = {
            k: " ".join(sorted({*old.get(k, "").split(), *new.get(k, "").split()}))
            for k in {**old, **new}
        }
    else:
        both = [*old, *(r for r in new if r not in old)]
    return json.dumps(both, ensure_ascii=False)


def seek_again(con: sqlite3.Connection) -> None:
    """Renew what look-up by name knows of the touched entities."""
    touched = [i for (i,) in con.execute("SELECT id FROM touched ORDER BY id")]
    schema.forget(con, touched)
    for at in range(0, len(touched), _SOME):
        some = tuple(touched[at : at + _SOME])
        schema.seek(con, f"n.id IN ({','.join('?' * len(some))})", some)
    con.execute("DROP TABLE touched")
