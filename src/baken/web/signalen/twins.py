"""Files that were handed in before: the same one twice, or a table with more months in it."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import file_digest
from pathlib import Path

TABLES = (".csv", ".tsv", ".xlsx")
"""A newer file of such a name takes the place of the older one when it is at least as large: people
add a row to a table every month. Invoices and statements of one name can hold other months."""
Said = list[list[str]]


def without_twins(came: Path, here: Path | None = None) -> Said:
    """Throw away what is of no use twice, in a folder that came in and the one it is added to.

    Returns:
        What was done, as pairs of ``twice`` or ``replaced`` and a name.
    """
    known = {_mark(p): p for p in _files(here)} if here is not None else {}
    older = {p.name.casefold(): p for p in _files(here) if p.suffix.lower() in TABLES}
    said: Said = []
    for path in _files(came):
        mark = _mark(path)
        if mark in known and path.stat().st_size:
            path.unlink()
            said.append(["twice", path.name])
            continue
        known[mark] = path
        old = older.pop(path.name.casefold(), None)
        if old is not None and old.exists() and path.stat().st_size >= old.stat().st_size:
            old.unlink()
            said.append(["replaced", path.name])
    return said


def _files(folder: Path | None) -> Iterator[Path]:
    if folder is not None and folder.is_dir():
        yield from (p for p in sorted(folder.rglob("*")) if p.is_file() and p.name[0] != ".")


def _mark(path: Path) -> bytes:
    with path.open("rb") as file:
        return file_digest(file, "sha256").digest()
