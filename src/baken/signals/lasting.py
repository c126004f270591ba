"""Alarms that are over though nothing recovered: the new level has become the normal one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from baken.signals.alarms import Alarm
from baken.signals.detect.limits import THIRD, crossings, is_limited
from baken.signals.moved import YEARS
from baken.signals.series import Series

LAST = 3
HALF = 0.5
"""A change of which so large a part is still there lasts."""


def lasting(judged: Iterable[tuple[Series, Sequence[Alarm]]]) -> list[Alarm]:
    """Of each series the last alarm, where it is over and what it told of is still so."""
    every = list(judged)
    firms: dict[tuple[str, str], dict[str, Series]] = {}
    for series, _ in every:
        firms.setdefault((series.firm, series.frequency), {})[series.id] = series
    found = []
    for series, alarms in every:
        last = max(alarms, key=lambda a: series.periods.index(a.detected), default=None)
        if last is not None and lasts(last, series, firms[series.firm, series.frequency]):
            found.append(last)
    return found


def lasts(alarm: Alarm, series: Series, firm: Mapping[str, Series]) -> bool:
    """Whether an alarm that cleared is about something that is still so.

    ``firm`` holds the firm's series of the same frequency, by id. A level is told of for a year
    after its alarm went; a limit as long as it is crossed.
    """
    if alarm.cleared is None:
        return False
    if is_limited(series, firm):
        return _over_limit(series, firm)
    year = YEARS.get(series.frequency)
    if year is None or alarm.size is None or alarm.way not in ("down", "up"):
        return False
    if len(series.periods) - series.periods.index(alarm.cleared) > year:
        return False
    size = _still(series, series.periods.index(alarm.since), year)
    return size is not None and size / alarm.size >= HALF


def _over_limit(series: Series, firm: Mapping[str, Series]) -> bool:
    """Whether the last value is over the limit, of those that are told as a state."""
    value = next((v for v in reversed(series.values) if v is not None), None)
    if value is None or not crossings(series, firm):
        return False
    if series.id == "share_largest":
        return value > THIRD
    out = firm.get("money-out" + series.id.removeprefix("cash"))
    spent = [v for v in out.values[-6:] if v is not None] if out is not None else []
    return series.id.startswith("cash") and bool(spent) and value < sum(spent) / len(spent)


def _still(series: Series, since: int, year: int) -> float | None:
    """The last values beside those of the same season before the change, as a share of these."""
    was, now = [], []
    for at in range(len(series.values) - LAST, len(series.values)):
        before = at
        while before >= since:
            before -= year
        if before < 0 or at < since:
            continue
        then, here = series.values[before], series.values[at]
        if then is not None and here is not None:
            was.append(then)
            now.append(here)
    total = sum(was)
    return (sum(now) - total) / abs(total) if total else None
