"""Periods that are missing amid the others: no row, or a row without a value.

They are not filled. They are named, and an alarm that rests on them says so.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from baken.signals.alarms import Alarm
from baken.signals.detect.prepare import places
from baken.signals.read.periods import month, quarter, week_of
from baken.signals.read.rhythm import period_in
from baken.signals.series import Frequency, Rejected, Series

REGULARLY = ("month", "week", "quarter")
REGULAR = 0.75
"""From so large a share of its periods on a series is one of months, weeks or quarters that lacks
some; below it is one that only has a value now and then."""
RESTS, FEWEST = 0.5, 2
"""An alarm rests on periods that are missing where they are so large a share, and so many at least,
of those from the first missing before it began to the one in which it was seen."""
SHOWN, NAMED = 6, 3


def missing(series: Series) -> list[str]:
    """The months, weeks or quarters between the first and the last known value that have none.

    >>> missing(Series("sales", ("2024-11", "2025-01", "2025-02", "2025-03"), (1.0, 2.0, 3.0, 4.0)))
    ['2024-12']
    """
    known = _known(series)
    if len(known) < 2 or known[-1] + 1 - known[0] == len(known):
        return []
    if len(known) < REGULAR * (known[-1] + 1 - known[0]):
        return []
    there = set(known)
    lacks = [at for at in range(known[0], known[-1]) if at not in there]
    first = period_in(series.periods[0], series.frequency)
    assert first is not None
    return [_label(first.order + at, series.frequency) for at in lacks]


def _known(series: Series) -> list[int]:
    """The numbers of the periods with a value, from the first on; none of days, years and
    positions."""
    if series.frequency not in REGULARLY or not series.periods:
        return []
    steps = places(series.periods, series.frequency)[0]
    return [at for at, value in zip(steps, series.values, strict=True) if value is not None]


def _label(at: int, frequency: Frequency) -> str:
    if frequency == "month":
        return month((at - 1) // 12, (at - 1) % 12 + 1).label
    if frequency == "quarter":
        return quarter((at - 1) // 4, (at - 1) % 4 + 1).label
    return week_of(date.fromordinal(7 * at + 1)).label


def rests_on_missing(alarm: Alarm, series: Series) -> bool:
    """Whether half of the periods that an alarm is about, with the missing ones before it, are
    missing, and more than one."""
    known, steps = _known(series), places(series.periods, series.frequency)[0]
    if not known or not missing(series):
        return False
    since, detected = (steps[series.periods.index(p)] for p in (alarm.since, alarm.detected))
    there = set(known)
    while since - 1 > known[0] and since - 1 not in there:
        since -= 1
    lacks = sum(step not in there for step in range(since, detected + 1))
    return lacks >= FEWEST and lacks >= RESTS * (detected + 1 - since)


def notes_of(series: Iterable[Series]) -> list[Rejected]:
    """For each firm which periods which of its series lack."""
    found: dict[tuple[str, tuple[str, ...]], list[str]] = {}
    for one in series:
        if lacks := missing(one):
            found.setdefault((one.firm, tuple(lacks)), []).append(one.name or one.id)
    out = []
    for (firm, periods), names in found.items():
        shown = ", ".join(periods[:SHOWN]) + (", ..." if len(periods) > SHOWN else "")
        who = ", ".join(names[:NAMED]) + (", ..." if len(names) > NAMED else "")
        why = f"the figures of {shown} are missing amid the others"
        out.append(Rejected(f"{firm}: {who}" if firm else who, None, why, note=True))
    return out
