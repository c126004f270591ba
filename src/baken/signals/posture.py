"""What an owner did about an alarm, and whether it helped: the months after, beside what they would
have been if nothing had changed.

The level since the alarm began is taken as normal; what the months after the note were to be
follows from the model of :mod:`baken.signals.expected`, season and working days included. How
surely they are better or worse is told as how many of 100 firms that did nothing would look so by
chance. That something got better is no proof that it was the step that did it, and that is said.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import numpy as np
from scipy.stats import binomtest, norm

from baken.signals.alarms import Alarm
from baken.signals.detect.online import FEWEST
from baken.signals.detect.prepare import Prepared, as_share, prepare
from baken.signals.expected import ahead, settled
from baken.signals.kinds import joined, say
from baken.signals.periods import last_day
from baken.signals.series import Series

CHANCE = 0.05
"""Better or worse is said when so few of the firms that did nothing would look so."""
WIDER = 1.2
"""The variance counts for so much more: by it 5 of 100 series without an effect look better by
chance at 5 %, not 7."""
FEW, MANY = 2, 6
"""With fewer periods after the note nothing is said; with as many as the second: no difference."""


@dataclass(frozen=True)
class Note:
    """What an owner did, on which day, about which series (its id or its name)."""

    series: str
    on: date
    did: str
    firm: str = ""


@dataclass(frozen=True)
class Posture:
    """A note held against what came after.

    ``days`` is from the day on which the alarm could first be known to the note, None where no
    alarm stood before it; ``verdict`` is ``better``, ``worse``, ``no_difference``, ``too_early``,
    ``no_alarm`` or ``no_series``; ``during`` and ``now`` are means since the alarm began and after
    the note (in the unit of the series), ``moved`` the move beside what was to be expected, as a
    share; ``chance`` how often (0 to 1) a firm that did nothing would look so.
    """

    note: Note
    verdict: str
    says: Mapping[str, str]
    periods: int = 0
    days: int | None = None
    during: float | None = None
    now: float | None = None
    moved: float | None = None
    chance: float | None = None

    def as_json(self) -> dict[str, Any]:
        """Plain values."""
        return {
            "firm": self.note.firm,
            "series": self.note.series,
            "on": self.note.on.isoformat(),
            "did": self.note.did,
            "days_after_alarm": self.days,
            "verdict": self.verdict,
            "periods_after": self.periods,
            "mean_before": self.during,
            "mean_after": self.now,
            "moved_pct": None if self.moved is None else round(100 * self.moved, 1),
            "chance_pct": None if self.chance is None else round(100 * self.chance, 1),
            "says": dict(self.says),
        }


def postures(
    notes: Iterable[Note], judged: Iterable[tuple[Series, Sequence[Alarm]]]
) -> list[Posture]:
    """Each note with the alarm that it answers: the last one on its series that was known then."""
    every = list(judged)
    return [posture(note, *_about(note, every)) for note in notes]


def posture(note: Note, series: Series | None, alarms: Sequence[Alarm]) -> Posture:
    """Whether what a note tells helped, by the periods that begin after it."""
    known = [
        (seen, a) for a in alarms if series is not None
        and (seen := last_day(a.detected, series.frequency)) is not None and seen <= note.on
    ]  # fmt: skip
    if series is None:
        return Posture(note, "no_series", say("posture.no_series"))
    if not known:
        return Posture(note, "no_alarm", say("posture.no_alarm"))
    seen, alarm = max(known, key=lambda pair: pair[0])
    days = (note.on - seen).days
    told = Posture(note, "too_early", say("posture.too_early"), 0, days)
    ready = prepare(series)
    if ready is None:
        return told
    names = [series.periods[i] for i in ready.rows]
    cut = next((i for i, p in enumerate(names) if _begins_after(p, series, note.on)), len(names))
    start = names.index(alarm.since)
    after = len(names) - cut
    if after < FEW or cut < FEWEST or cut <= start:
        return replace(told, periods=after)
    raw = np.array([series.values[i] for i in ready.rows], dtype=float)
    during, now = float(raw[start:cut].mean()), float(raw[cut:].mean())
    moved, chance = _of_counts(raw, start, cut) if ready.how == "count" else _of_money(
        ready, names, alarm.since, cut
    )  # fmt: skip
    good = -1 if alarm.way == "up" else 1
    verdict = "no_difference" if after >= MANY else "too_early"
    if chance <= CHANCE and moved:
        verdict = "better" if moved * good > 0 else "worse"
    says = say(f"posture.{verdict}", n=max(1, round(100 * chance)), pct=round(abs(100 * moved)))
    if verdict in ("better", "worse"):
        says = joined([says, say("posture.no_proof")])
    return Posture(note, verdict, says, after, days, during, now, moved, chance)


def _of_money(ready: Prepared, names: Sequence[str], since: str, cut: int) -> tuple[float, float]:
    """The mean move beside what was to be, as a share, and how often it comes by chance."""
    start = names.index(since)
    ready = replace(ready, values=settled(ready.values, names, [since], cut))
    mean, covariance, spread = ahead(ready, cut)
    size = float((ready.values[cut:] - mean).mean())
    unsure = float(covariance.sum()) / len(mean) ** 2 + spread**2 * np.pi / 2 / (cut - start)
    unsure *= WIDER
    during = ready.values[start:cut]
    if ready.how == "sums":
        share = as_share(size, "plain", float(during.mean()))
    else:
        share = as_share(size, ready.how, float(np.median(during)))
    return share, float(norm.sf(abs(size) / unsure**0.5))


def _of_counts(raw: np.ndarray[Any, Any], start: int, cut: int) -> tuple[float, float]:
    """Small counts: the exact test of two rates."""
    before, after = int(raw[start:cut].sum()), int(raw[cut:].sum())
    part = (len(raw) - cut) / (len(raw) - start)
    if before + after == 0:
        return 0.0, 1.0
    rates = before / (cut - start), after / (len(raw) - cut)
    way = "less" if rates[1] < rates[0] else "greater"
    chance = float(binomtest(after, before + after, part, alternative=way).pvalue)
    return (rates[1] - rates[0]) / rates[0] if rates[0] else 1.0, chance


def _about(
    note: Note, judged: Sequence[tuple[Series, Sequence[Alarm]]]
) -> tuple[Series | None, Sequence[Alarm]]:
    """The series that a note names, with its alarms."""
    name = note.series.casefold()
    for series, alarms in judged:
        named = name in (series.id.casefold(), series.name.casefold())
        if named and note.firm in ("", series.firm):
            return series, alarms
    return None, ()


def _begins_after(period: str, series: Series, on: date) -> bool:
    """Whether a period begins after a day: the one in which it lies counts for neither side."""
    at = series.periods.index(period)
    before = last_day(series.periods[at - 1], series.frequency) if at else None
    return before is not None and before >= on
