"""Alarms by a plain limit, where a limit says more than a change does.

One customer over a third of sales; less cash than a month or a week of spending; an article that
costs a tenth more than it did for half a year. They wander too slowly, or jump too plainly, for a
test of change, and can be checked at a glance.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from baken.signals.largest import year_share
from baken.signals.roles import by_role, role_of
from baken.signals.series import Series
from baken.signals.spans import YEARS

THIRD, LEFT = 1 / 3, 0.30
"""A customer over the first share is too large; below the second it is so no more."""
MONTHS, SAFE = 1.0, 1.5
"""Months of spending that the cash should cover; from the second on it does again."""
WEEK = 0.25
"""Cash for less than so many months of spending is a matter of days; it is over from MONTHS on."""
STAND = 6
DEARER, USUAL = 1.1, 6
"""An article dearer than so many times the middle of its last known prices costs more, when it
does so twice running."""


@dataclass(frozen=True)
class Crossing:
    """A limit that was crossed: rows of the series, where it went back (None: it stands)."""

    since: int
    cleared: int | None
    value: float
    seen: int = -1
    """The row at whose end it was known; -1: the same as since."""
    urgent: bool = False
    """Whether it can't wait: cash for days, or below nought."""


def is_limited(series: Series, firm: Mapping[str, Series]) -> bool:
    """Whether a series is judged by a limit, not by change: those that the ledger and the bank
    statements make; of those that people named only the share of the largest customer beside
    sales: over a year it wanders too slowly for a test, and is told of by what that customer
    bought."""
    if series.id in ("share_largest", "share_five") or is_equity(series):
        return True
    if is_share(series, firm):
        return True
    if series.id.split(".")[0] == "cash":
        return _spending(series) in firm
    return series.id.startswith("price.leverancier-")


def is_share(series: Series, firm: Mapping[str, Series]) -> bool:
    """Whether a series is the share of the largest customer, that people gave with their sales."""
    if series.id == "share_largest" or role_of(series) != "share_largest":
        return False
    return series.frequency in YEARS and "sales" in by_role(firm)


def limit_of(series: Series) -> str:
    """Which limit a series is held to: ``share_largest``, ``cash``, ``equity``, ``price``."""
    head = series.id.partition(".")[0]
    return "share_largest" if role_of(series) == "share_largest" else head


def is_equity(series: Series) -> bool:
    """Whether a series is the equity of the annual accounts."""
    return series.id == "equity" and series.frequency == "year"


def _negative(series: Series) -> list[Crossing]:
    """Equity below nought at the end of the last year: the board must act (WVV, art. 5:153, 6:119,
    7:228); it stands until accounts show otherwise."""
    last = len(series.values) - 1
    value = series.values[last]
    return [Crossing(last, None, value)] if value is not None and value < 0 else []


def _spending(series: Series) -> str:
    """The series of the money that went out of the same account."""
    return "money-out" + series.id.removeprefix("cash")


def crossings(series: Series, firm: Mapping[str, Series]) -> list[Crossing]:
    """Where a series crossed its limit; ``firm`` holds the firm's series by id."""
    if series.id == "share_largest" or is_share(series, firm):
        shares = series.values if series.id == "share_largest" else year_share(series, firm)
        return _walk(shares, lambda v, at: v > THIRD, lambda v, at: v < LEFT)
    if series.id.startswith("price."):
        return _dearer(series)
    if is_equity(series):
        return _negative(series)
    out = firm.get(_spending(series))
    if series.id.split(".")[0] != "cash" or out is None:
        return []
    spent = dict(zip(out.periods, out.values, strict=True))
    paid = [spent.get(period) for period in series.periods]
    usual = [_mean(paid[max(0, at - 5) : at + 1]) for at in range(len(paid))]
    return _cash(series.values, usual)


def below_nought(series: Series) -> list[Crossing]:
    """Where a balance that had not been below nought for half a year fell below it."""
    known = [v for v in series.values if v is not None]
    start = len(known) and next((at for at, v in enumerate(known) if v < 0), 0)
    if start < USUAL:
        return []
    found = _walk(series.values, lambda v, at: v < 0, lambda v, at: v >= 0)
    return [replace(c, urgent=True) for c in found]


def _cash(values: Sequence[float | None], usual: Sequence[float]) -> list[Crossing]:
    """Cash for less than a month of spending; and, in its place, for less than a week."""
    low = _walk(
        values,
        lambda v, at: at >= 2 and v < MONTHS * usual[at],
        lambda v, at: v > SAFE * usual[at],
    )
    out = _walk(
        values,
        lambda v, at: at >= 2 and v < WEEK * usual[at],
        lambda v, at: v > MONTHS * usual[at],
    )
    found = [replace(c, urgent=True) for c in out]
    for one in low:
        end = len(values) if one.cleared is None else one.cleared
        first = next((c.since for c in out if one.since <= c.since < end), None)
        if first is None:
            found.append(one)
        elif first > one.since:
            found.append(replace(one, cleared=first))
    return sorted(found, key=lambda c: c.since)


Test = Callable[[float, int], bool]
"""Whether a value at a row is over its limit, or back."""


def _walk(values: Sequence[float | None], over: Test, back: Test) -> list[Crossing]:
    found: list[Crossing] = []
    standing: int | None = None
    normal = False
    for at, value in enumerate(values):
        if value is None:
            continue
        if standing is None:
            if over(value, at) and not normal:
                standing = at
                found.append(Crossing(at, None, value))
            elif back(value, at):
                normal = False
        elif back(value, at) or at - standing >= STAND:
            found[-1] = Crossing(found[-1].since, at, found[-1].value)
            normal = not back(value, at)
            standing = None
    return found


def _dearer(series: Series) -> list[Crossing]:
    """An article that costs a tenth more than the middle of its last prices, twice running."""
    known = [(at, v) for at, v in enumerate(series.values) if v is not None and v > 0]
    found: list[Crossing] = []
    until = -1
    for i in range(USUAL + 1, len(known)):
        usual = sorted(v for _, v in known[i - 1 - USUAL : i - 1])[USUAL // 2]
        (first, one), (at, two) = known[i - 1], known[i]
        if at > until and min(one, two) > DEARER * usual:
            until = at + STAND
            end = until if until < len(series.values) else None
            found.append(Crossing(first, end, two / usual - 1, at))
    return found


def _mean(values: Sequence[float | None]) -> float:
    known = [v for v in values if v is not None]
    return sum(known) / len(known) if known else 0.0
