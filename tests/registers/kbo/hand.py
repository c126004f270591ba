"""Small extracts written by hand, and one invented one, to try the import and look-up on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from baken.registers.kbo_extract import make
from baken.registers.kbo_extract.layout import COLUMNS, KEY, TABLES, printed, with_check

Row = Sequence[str]


def number(n: int) -> str:
    """The n-th enterprise number, with its points."""
    return printed(with_check(2_000_000 + n))


def unit(n: int) -> str:
    """The n-th establishment number."""
    return printed(with_check(20_000_000 + n))


def enterprise(n: int, *, status="AC", situation="000", kind="2", form="610", start="01-02-2015"):
    return (number(n), status, situation, kind, form, "", start)


def address(of: str, code: str, town: str, *, kind="REGO", land="", struck="") -> Row:
    return (of, kind, land, land, code, town, town, "Straat", "Rue", "1", "", "", struck)


def named(of: str, name: str, *, lang="2", kind="001") -> Row:
    return (of, lang, kind, name)


def write(folder: Path, tables: Mapping[str, Sequence[Row]], extract: int = 140) -> Path:
    """A full extract in ``folder``; tables that are not given are empty."""
    folder.mkdir(parents=True, exist_ok=True)
    make._meta(folder, "full", extract, make.SNAPSHOT)
    for table in TABLES:
        _file(folder / f"{table}.csv", COLUMNS[table], tables.get(table, ()))
    return folder


def write_update(
    folder: Path,
    delete: Mapping[str, Sequence[str]],
    insert: Mapping[str, Sequence[Row]],
    extract: int = 141,
) -> Path:
    """A daily update: the numbers that go and the rows that come, per table."""
    folder.mkdir(parents=True, exist_ok=True)
    make._meta(folder, "update", extract, make.SNAPSHOT)
    for table in TABLES:
        gone = [(n,) for n in delete.get(table, ())]
        _file(folder / f"{table}_delete.csv", (KEY[table],), gone)
        _file(folder / f"{table}_insert.csv", COLUMNS[table], insert.get(table, ()))
    return folder


def _file(path: Path, columns: Row, rows: Sequence[Row]) -> None:
    text = "".join(make.line(row) for row in (columns, *rows))
    path.write_text(text, encoding="utf-8", newline="")


def contents(path: Path) -> dict[str, list[tuple]]:
    """All that a taken-in extract holds, table by table, to compare two of them."""
    import sqlite3
    from contextlib import closing

    tables = "enterprise establishment names addresses activities sought word turned code".split()
    with closing(sqlite3.connect(path)) as con:
        con.execute(
            "CREATE VIRTUAL TABLE temp.terms USING fts5vocab('main', 'sought_index', 'col')"
        )
        found = {t: con.execute(f"SELECT * FROM {t} ORDER BY 1, 2").fetchall() for t in tables}
        found["terms"] = con.execute("SELECT term, col, doc FROM temp.terms").fetchall()
    return found
