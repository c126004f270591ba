"""Write an invented extract of any size in the format of the KBO, with the dirt of the real one.

The same size and seed give the same bytes. ``update`` writes the daily update that follows.
"""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from datetime import date, timedelta
from pathlib import Path
from typing import TextIO

from baken.registers import nace
from baken.registers.kbo_extract.invent import Inventor
from baken.registers.kbo_extract.layout import COLUMNS, KEY, TABLES
from baken.registers.text import rows

SNAPSHOT = date(2026, 11, 2)
FIRST_NUMBER = 140
"""Of the full extract; the update after it is one more."""
CHANGED, STOPPED, NEW = 0.01, 0.002, 0.005
"""Shares of the enterprises that an update changes, removes and adds."""
Progress = Callable[[str], None]

_SITUATIONS = (
    ("000", "Normale toestand", "Situation normale"),
    ("012", "Vervroegde ontbinding - Vereffening", "Dissolution volontaire - Liquidation"),
    ("014", "Sluiting van vereffening", "Clôture de liquidation"),
    ("050", "Opening van faillissement", "Ouverture de faillite"),
)


def line(values: Iterable[str]) -> str:
    """One line as the KBO writes it: all fields quoted."""
    return '"' + '","'.join(v.replace('"', '""') for v in values) + '"\n'


def full(folder: Path, enterprises: int, seed: int, progress: Progress = lambda _: None) -> None:
    """A full extract in ``folder``."""
    folder.mkdir(parents=True, exist_ok=True)
    _meta(folder, "full", FIRST_NUMBER, SNAPSHOT)
    inventor = Inventor(enterprises, seed, SNAPSHOT)
    with ExitStack() as stack:
        files = {t: stack.enter_context(_open(folder, t, COLUMNS[t])) for t in TABLES}
        for table in ("branch", "contact"):
            stack.enter_context(_open(folder, table, COLUMNS[table]))
        for at in range(enterprises):
            made = inventor.enterprise(at)
            for table, file in files.items():
                file.write("".join(map(line, getattr(made, table))))
            if at % 100_000 == 99_999:
                progress(f"{at + 1:,} enterprises")


def update(folder: Path, enterprises: int, seed: int, nth: int = 1) -> None:
    """The ``nth`` update after the full extract of that size and seed."""
    folder.mkdir(parents=True, exist_ok=True)
    _meta(folder, "update", FIRST_NUMBER + nth, SNAPSHOT + timedelta(days=nth))
    inventor = Inventor(enterprises, seed, SNAPSHOT)
    every = max(2, int(1 / CHANGED))
    changed = range(nth % every, enterprises, every)
    removed = set(changed[:: max(2, int(CHANGED / STOPPED))])
    new = max(1, int(enterprises * NEW))
    added = range(enterprises + (nth - 1) * new, enterprises + nth * new)
    with ExitStack() as stack:
        gone = {t: stack.enter_context(_open(folder, f"{t}_delete", (KEY[t],))) for t in TABLES}
        come = {t: stack.enter_context(_open(folder, f"{t}_insert", COLUMNS[t])) for t in TABLES}
        for at in (*changed, *added):
            before = inventor.enterprise(at) if at in changed else None
            after = None if at in removed else inventor.enterprise(at, nth)
            for table in TABLES:
                if before:
                    keys = dict.fromkeys(r[_key(table)] for r in getattr(before, table))
                    gone[table].write("".join(line((k,)) for k in keys))
                if after:
                    come[table].write("".join(map(line, getattr(after, table))))


def zipped(folder: Path, path: Path) -> Path:
    """The files of a folder as one zip, as the KBO gives them."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as out:
        for file in sorted(folder.glob("*.csv")):
            out.write(file, file.name)
    return path


def _key(table: str) -> int:
    return COLUMNS[table].index(KEY[table])


def _open(folder: Path, table: str, columns: tuple[str, ...]) -> TextIO:
    file = (folder / f"{table}.csv").open("w", encoding="utf-8", newline="")
    file.write(line(columns))
    return file


def _meta(folder: Path, kind: str, number: int, day: date) -> None:
    shown = f"{day:%d-%m-%Y}"
    values = (
        ("SnapshotDate", shown), ("ExtractTimestamp", f"{shown} 06:12:31"), ("ExtractType", kind),
        ("ExtractNumber", str(number)), ("Version", "R018.00"),
    )  # fmt: skip
    with _open(folder, "meta", COLUMNS["meta"]) as file:
        file.write("".join(map(line, values)))
    with _open(folder, "code", COLUMNS["code"]) as file:
        file.write("".join(map(line, _codes())))


def _codes() -> Iterator[tuple[str, str, str, str]]:
    for code, nl, fr in _SITUATIONS:
        yield ("JuridicalSituation", code, "NL", nl)
        yield ("JuridicalSituation", code, "FR", fr)
    for code, nl, fr, *_ in rows("legal_forms.csv"):
        yield ("JuridicalForm", code, "NL", nl)
        yield ("JuridicalForm", code, "FR", fr)
    for version in ("2003", "2008", "2025"):
        for code in nace.leaf_codes(version):
            nl, fr, *_ = nace.table(version)[code]
            yield (f"Nace{version}", code, "NL", nl)
            yield (f"Nace{version}", code, "FR", fr)
