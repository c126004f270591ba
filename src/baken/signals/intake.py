"""Whatever was handed in, read: e-invoices by their own store, the rest file by file."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from baken.kernel.errors import BakenError
from baken.signals.largest import with_largest
from baken.signals.ledger import ledger
from baken.signals.missing import notes_of
from baken.signals.read.paths import Files, read_paths
from baken.signals.read.store import NAME, Progress, Store
from baken.signals.series import Rejected, Series


@dataclass
class Taken:
    """What was read: series and what was set aside (``files``), real names of customers for the
    firm's own page (``names``), and whose invoices they are (``own``, None without invoices)."""

    files: Files
    names: Mapping[str, str] = field(default_factory=dict)
    own: str | None = None
    weekly: Sequence[Series] = ()
    """The series of invoices by week: told beside the months, and not judged twice."""


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
    ``keep`` leaves a store of the invoices in the first folder (beside the first file where there
    is none), so that only what is new is read the next time.

    Raises:
        BakenError: for a path that is not there, or invoices that are nobody's in particular.
    """
    for path in paths:
        if not path.exists():
            raise BakenError(str(path), "there is no such file or folder", "a path that exists")
    files = read_paths(paths, as_of=as_of, answers=answers)
    files.rejected += notes_of(files.series)
    files.series = with_largest(files.series)
    taken = Taken(files)
    if not files.invoices:
        if own is not None:
            why = f"the company number {own[:30]} was not used: there are no invoices"
            files.rejected.append(Rejected("own", None, why, note=True))
        return taken
    folder = next((p for p in paths if p.is_dir()), paths[0].parent)
    with Store(folder / NAME if keep else None) as store:
        store.read(files.invoices, left=files.left, progress=progress)
        files.rejected += [r for r in store.rejected() if r.file not in files.named]
        if not store.any():
            return taken
        books = ledger(store, as_of, own, payments=files.payments)
    files.series = [*books.monthly, *files.series]
    files.rejected += books.rejected
    files.rejected += [Rejected("invoices", None, note, note=True) for note in books.notes]
    taken.names, taken.own, taken.weekly = books.names, books.own, books.weekly
    return taken
