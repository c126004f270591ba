"""What was read of files, as it lies on the shelf: series, what was set aside, what is asked."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from baken.kernel.errors import BakenError
from baken.signals.intake import take
from baken.signals.read.store import Progress
from baken.signals.series import Rejected, Series
from baken.signals.watch import is_part
from baken.web.signalen.spans import spans

AT_ONCE = 2
MOST_SHOWN = 200
_busy = threading.BoundedSemaphore(AT_ONCE)


class Busy(Exception):
    """Others are being read; come back in a minute."""


@dataclass
class Shelf:
    """A reading that can be written down. ``skipped`` are questions that the owner passed over."""

    as_of: str
    series: list[Series] = field(default_factory=list)
    rejected: list[Rejected] = field(default_factory=list)
    more_rejected: int = 0
    questions: list[dict[str, Any]] = field(default_factory=list)
    lights: list[dict[str, Any]] = field(default_factory=list)
    notes: list[Rejected] = field(default_factory=list)
    names: dict[str, str] = field(default_factory=dict)
    own: str = ""
    files: int = 0
    answers: dict[str, str] = field(default_factory=dict)
    skipped: list[str] = field(default_factory=list)
    own_problem: str = ""
    invented: bool = False
    handed: list[list[str]] = field(default_factory=list)
    """Files that were there before, as ``twins.without_twins`` tells it."""
    weekly: list[Series] = field(default_factory=list)
    """The series of invoices by week, but for those of one customer or article: for programs."""
    reach: list[list[Any]] = field(default_factory=list)
    """Of each series that is watched: too few values, and the least change that would show."""

    @property
    def question(self) -> dict[str, Any] | None:
        """The next question that was neither answered nor passed over."""
        return next((q for q in self.questions if q["id"] not in self.skipped), None)

    @property
    def open(self) -> bool:
        """Whether something must still be asked."""
        return self.question is not None or bool(self.own_problem)

    def as_json(self) -> dict[str, Any]:
        """Plain values."""
        return asdict(self)

    @classmethod
    def of_json(cls, raw: Mapping[str, Any]) -> Shelf:
        """The reverse of :meth:`as_json`."""
        made: dict[str, list[Any]] = {
            key: [_series(one) for one in raw.get(key, ())] for key in ("series", "weekly")
        }
        made |= {key: [Rejected(**r) for r in raw[key]] for key in ("rejected", "notes")}
        return cls(**{**raw, **made})


def _series(raw: Mapping[str, Any]) -> Series:
    plain: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in raw.items()}
    return Series(**plain)


def read(
    paths: list[Path],
    as_of: date,
    own: str = "",
    answers: Mapping[str, str] | None = None,
    skipped: Iterable[str] = (),
    keep: bool = False,
    progress: Callable[[Progress], None] | None = None,
) -> Shelf:
    """Read files. Whose invoices they are is asked where that is not clear.

    Raises:
        Busy: when enough others are being read.
        BakenError: for an answer that is no choice.
    """
    if not _busy.acquire(timeout=60):
        raise Busy
    try:
        count = sum(1 for p in paths for f in ([p] if p.is_file() else p.rglob("*")) if f.is_file())
        shelf = Shelf(str(as_of), files=count, answers=dict(answers or {}), skipped=list(skipped))
        try:
            taken = take(
                paths, as_of, own=own or None, answers=answers, keep=keep, progress=progress
            )
        except BakenError as e:
            if e.path != "own":
                raise
            shelf.own_problem = e.problem
            shelf.questions = [{"id": "own", "near": list(e.near), "given": own}]
            return shelf
    finally:
        _busy.release()
    files = taken.files
    shelf.series = list(files.series)
    aside = [r for r in files.rejected if not r.note]
    shelf.rejected, shelf.more_rejected = aside[:MOST_SHOWN], max(0, len(aside) - MOST_SHOWN)
    shelf.questions = [dict(q) for q in files.questions]
    shelf.lights = [dict(x) for x in files.lights]
    shelf.notes = [r for r in files.rejected if r.note][:MOST_SHOWN]
    shelf.names, shelf.own = dict(taken.names), taken.own or own
    shelf.weekly = [s for s in taken.weekly if not is_part(s)]
    shelf.reach = spans(shelf.series)
    return shelf
