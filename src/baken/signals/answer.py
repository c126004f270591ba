"""The answer of ``baken watch --json``, and of the page to a program: one shape, made here."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from baken.signals.doors import Help
from baken.signals.posture import Posture
from baken.signals.series import Series
from baken.signals.watch import Watch
from baken.signals.weekly import weeks


def answer(
    found: Watch,
    told: Sequence[Help],
    *,
    questions: Iterable[Any] = (),
    own: str | None = None,
    done: Iterable[Posture] = (),
    weekly: Iterable[Series] = (),
) -> dict[str, Any]:
    """Plain values; ``series`` is an iterator, for there may be many.

    ``told`` is what :func:`~baken.signals.doors.helped` found for each of ``found.alarms``.
    """
    alarms = [a.as_json() | h for a, h in zip(found.alarms, told, strict=True)]
    return {
        "series": (j.as_json() for j in found.judged),
        **found.merged(),
        "alarms": alarms,
        "questions": list(questions),
        "own": own or None,
        "posture": [p.as_json() for p in done],
        "weekly": weeks(weekly),
    }
