"""The answer of ``baken watch --json``, and of the page to a program: one shape, made here."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from baken.signals.doors import Help
from baken.signals.lasting import Lasting, lasting
from baken.signals.many import Setting
from baken.signals.posture import Posture
from baken.signals.series import Series
from baken.signals.watch import Watch
from baken.signals.watched import Watched, watched
from baken.signals.weekly import weeks


@dataclass(frozen=True)
class Rest:
    """What is told beside alarms: what lasts though it is no news, and what was watched."""

    lasting: list[Lasting]
    watched: list[Watched]


def rest(found: Watch, day: date, setting: Setting) -> Rest:
    """Of an answer that was judged by ``setting``, as of a day."""
    lasts = lasting([(j.series, j.alarms) for j in found.judged], day)
    still = {(x.series.firm, x.series.id) for x in lasts}
    return Rest(lasts, watched(found.judged, still, setting.false_alarms, setting.per_firm))


def answer(
    found: Watch,
    told: Sequence[Help],
    beside: Rest,
    *,
    lang: str = "nl",
    questions: Iterable[Any] = (),
    own: str | None = None,
    done: Iterable[Posture] = (),
    weekly: Iterable[Series] = (),
    replay: bool = False,
) -> dict[str, Any]:
    """Plain values; ``series`` is an iterator, for there may be many.

    ``told`` is what :func:`~baken.signals.doors.helped` found for each of ``found.alarms``; names
    that we made are in ``lang``. With ``replay`` alarms stand in the order in which they came.
    """
    alarms = [a.as_json(lang) | h for a, h in zip(found.alarms, told, strict=True)]
    if replay:
        alarms.sort(key=lambda a: str(a["detected_at"]))
    return {
        "series": (j.as_json(lang) for j in found.judged),
        **found.merged(),
        "alarms": alarms,
        "lasting": [one.as_json(lang) for one in beside.lasting],
        "watched": [one.as_json(lang) for one in beside.watched],
        "questions": list(questions),
        "own": own or None,
        "posture": [p.as_json() for p in done],
        "weekly": weeks(weekly),
    }
