"""Whether an extract is whole: a cut or empty table must not take the place of a good one.

Beside a torn last line, a cut file shows in a table without enterprises, in rows about enterprises
that are not there, and in far fewer entities than the extract before it. The last two an operator
may overrule.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from baken.kernel.errors import BakenError
from baken.registers.kbo_extract.layout import TABLES, printed
from baken.registers.kbo_extract.load import BRANCH, FEW, Aside
from baken.registers.kbo_extract.schema import JSON_TABLES
from baken.registers.kbo_extract.source import AGAIN, Source

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

ASTRAY = 0.01
"""Share of a table's rows that may be about entities of which the extract has no row."""
LEFT = 0.8
"""A full extract holds at least this share of what the one before it held."""
KEPT = tuple(JSON_TABLES.get(t, t) for t in TABLES)
ANYWAY = f"{AGAIN} (or --incomplete, where it is right so)"


def check_owners(duck: DuckDBPyConnection, source: Source, work: Path, incomplete: bool) -> None:
    """Refuse a full extract without enterprises, or with many rows about ones that it lacks.

    Raises:
        BakenError: with the table, how many rows, and one of the numbers.
    """
    own, units = (_entities(work, t) for t in ("enterprise", "establishment"))
    duck.execute(f"CREATE OR REPLACE TEMP VIEW there AS {own} UNION ALL {units}")
    if not duck.execute(f"SELECT 1 FROM ({own}) LIMIT 1").fetchall():  # noqa: S608
        raise BakenError(source.where("enterprise"), "holds no enterprise", AGAIN)
    for table in () if incomplete else TABLES[1:]:
        rows, among = (
            (_entities(work, table, "enterprise"), own)
            if table == "establishment"
            else (_entities(work, table), "SELECT id FROM there")
        )
        total = duck.execute(f"SELECT count(*) FROM ({rows})").fetchall()[0][0]  # noqa: S608
        astray, first = duck.execute(
            f"SELECT count(*), min(id) FROM ({rows}) WHERE id NOT IN ({among})"  # noqa: S608
        ).fetchall()[0]
        if astray > max(FEW, total * ASTRAY):
            raise BakenError(
                source.where(table),
                f"{astray:,} of {total:,} rows are about numbers that enterprise.csv and "
                f"establishment.csv lack, such as {printed(first)}",
                f"{ANYWAY}; at most 1 % of the rows may be so",
            )


def note_twice(duck: DuckDBPyConnection, work: Path, aside: Mapping[str, Aside]) -> None:
    """Tell of numbers that stand in a table more than once, where each stands once."""
    for table in ("enterprise", "establishment"):
        rows = _entities(work, table)
        count, first = duck.execute(
            f"SELECT coalesce(sum(n - 1), 0)::BIGINT, min(id) FROM (SELECT id, count(*) AS n "  # noqa: S608
            f"FROM ({rows}) GROUP BY id HAVING count(*) > 1)"
        ).fetchall()[0]
        if count:
            aside[table].count += count
            aside[table].first.append(f"{printed(first)} stands there twice: one row is kept")


def _entities(work: Path, table: str, column: str = "id") -> str:
    """The numbers in the good rows of a table, as a query."""
    path = str(work / f"{table}.parquet").replace("'", "''")
    return (
        f"SELECT {column} AS id FROM read_parquet('{path}') "  # noqa: S608
        f"WHERE wrong IS NULL AND id < {BRANCH} AND {column} IS NOT NULL"
    )


def counts(con: sqlite3.Connection) -> dict[str, int]:
    """How many entities each table of a finished file holds."""
    return {t: con.execute(f"SELECT count(*) FROM {t}").fetchone()[0] for t in KEPT}  # noqa: S608


def check_fewer(source: Source, there: Mapping[str, str], now: Mapping[str, int]) -> None:
    """Refuse a full extract that holds far less than the one that is there.

    Raises:
        BakenError: with the table and both counts.
    """
    for table, kept in zip(TABLES, KEPT, strict=True):
        before = int(there.get(f"count {kept}", 0))
        if now[kept] < before * LEFT:
            what = "enterprises" if table == "enterprise" else "entities"
            raise BakenError(
                source.where(table),
                f"holds {now[kept]:,} {what}, and the extract that is there {before:,}",
                f"{ANYWAY}; at least 80 % of what is there",
            )
