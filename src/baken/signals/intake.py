"""Whatever was handed in, read: e-invoices by their own store, the rest file by file."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from baken.kernel.errors import BakenError
from baken.signals.ledger import ledger
from baken.signals.read.paths import Files, read_paths
from baken.signals.read.store import NAME, Progress, Store

INVOICES = frozenset({".xml", ".eml", ".mbox", ".zip"})
"""Endings of files that hold e-invoices; what they hold is judged by its content."""


@dataclass
class Taken:
    """What was read: series and what was set aside (``files``), real names of customers for the
    firm's own page (``names``), and whose invoices they are (``own``, None without invoices)."""

    files: Files
    names: Mapping[str, str] = field(default_factory=dict)
    own: str | None = None
    notes: Sequence[str] = ()


def take(
    paths: Sequence[Path],
    as_of: date,
    *,
    own: str | None = None,
    answers: Mapping[str, str] | None = None,
    keep: bool = False,
    progress: Callable[[Progress], None] | None = None,
) -> Taken:
    """Read files and folders as known at the end of a day.

    ``own`` is the firm's company number where that is not the party most often on the invoices;
    ``keep`` leaves a store of the invoices beside the first folder, so that only what is new is
    read the next time.

    Raises:
        BakenError: for a path that is not there, or invoices that are nobody's in particular.
    """
    for path in paths:
        if not path.exists():
            raise BakenError(str(path), "there is no such file or folder", "a path that exists")
    invoices, others = _sorted(paths)
    taken = Taken(read_paths(others, as_of=as_of, answers=answers) if others else Files())
    if not invoices:
        return taken
    folder = next((p for p in paths if p.is_dir()), None)
    with Store(folder / NAME if keep and folder else None) as store:
        store.read(invoices, progress=progress)
        taken.files.rejected += store.rejected()
        if not any(True for _ in store.documents()):
            return taken
        books = ledger(store, as_of, own)
    taken.files.series = [*books.monthly, *taken.files.series]
    taken.files.rejected += books.rejected
    taken.names, taken.own, taken.notes = books.names, books.own, books.notes
    return taken


def _sorted(paths: Sequence[Path]) -> tuple[list[Path], list[Path]]:
    """Files that can hold invoices, and the others; folders are opened, hidden files left."""
    invoices: list[Path] = []
    others: list[Path] = []
    for path in paths:
        files = sorted(path.rglob("*")) if path.is_dir() else [path]
        for file in files:
            if file.is_file() and not file.name.startswith("."):
                (invoices if file.suffix.lower() in INVOICES else others).append(file)
    return invoices, others
