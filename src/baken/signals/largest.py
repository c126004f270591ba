"""What the largest customer bought, where a table tells only what share of sales that is.

A share of the month, times sales, is what he bought. A share over a year up to each month moves by
what the new month brings less what the same month of a year ago took out: so month after month
follows from the one a year before. Of the first year only the sum is known; it is spread as sales
were. Which of the two a share is, is told by how it moves: one of a year hardly does.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

import numpy as np

from baken.signals.detect.prepare import places
from baken.signals.ledger.names import ABOUT
from baken.signals.roles import LARGEST, by_role
from baken.signals.series import Series
from baken.signals.spans import YEARS, first

Values = Sequence[float | None]
LEAST = 4
"""Periods that a year has at least."""
KNOWN, SURE = 18, 24
"""From so many shares on they tell whether they are of a year; after the second that is settled."""
HOLE = 2
"""So many periods that are missing are drawn between their neighbours, to go on counting."""
SLOW, QUICK = 0.05, 0.14
"""Shares that usually move by less than the first part of themselves in a period are of a year, by
more than the second of a period: no customer buys so evenly, or so unevenly. (Where the year is
not full yet they move more; that is allowed for.)"""
CALM = 1.25
"""Between these, shares of which the steps, squared, are below so many times their spread wander
slowly: they are of a year (of shares that know nothing of each other it is 2)."""


def with_largest(series: Sequence[Series]) -> list[Series]:
    """Series of any firms, and for each firm that gives sales and the share of the largest customer
    but no single ones, what that customer bought."""
    firms: dict[tuple[str, str], dict[str, Series]] = {}
    for one in series:
        firms.setdefault((one.firm, one.frequency), {})[one.id] = one
    return [*series, *(s for mine in firms.values() for s in _of(mine))]


def _of(firm: Mapping[str, Series]) -> Iterable[Series]:
    roles = by_role(firm)
    whole, part = first(roles.get("sales")), first(roles.get("share_largest"))
    if whole is None or part is None or roles.get("customer") or whole.frequency not in YEARS:
        return
    share_of = dict(zip(part.periods, part.values, strict=True))
    shares = [share_of.get(p) for p in whole.periods]
    steps = places(whole.periods, whole.frequency)[0]
    every = bought(_filled(steps, whole.values), _filled(steps, shares), YEARS[whole.frequency])
    if every is not None:
        rows = zip(steps, whole.values, shares, strict=True)
        values = [None if s is None or h is None else every[at] for at, s, h in rows]
        about = ABOUT[LARGEST]
        yield Series(LARGEST, whole.periods, tuple(values), about.bad, about.kind, whole.frequency,
                     whole.firm, about.nl, whole.unit, rows=whole.rows)  # fmt: skip


def _filled(steps: Sequence[int], values: Values) -> list[float | None]:
    """Values at every step, one or two that are missing drawn between their neighbours."""
    known = {at: v for at, v in zip(steps, values, strict=True) if v is not None}
    out = [known.get(at) for at in range(steps[-1] + 1)] if steps else []
    there = sorted(known)
    for one, other in pairwise(there):
        if 1 < other - one <= HOLE + 1:
            for at in range(one + 1, other):
                part = (at - one) / (other - one)
                out[at] = (1 - part) * known[one] + part * known[other]
    return out


def bought(sales: Values, shares: Values, year: int) -> list[float | None] | None:
    """What the largest customer bought in each period, from all sales and his share of them (of one
    or of a hundred); None where that is not to be told. ``year`` is how many periods make one.

    A value follows from the periods up to it, but for the first :data:`KNOWN`, that tell together.

    >>> bought([100.0] * 18, [20.0, 30.0] * 9, 12)[:3]
    [20.0, 30.0, 20.0]
    """
    known = [s for s in shares if s is not None]
    if year < LEAST or len(known) < KNOWN or min(known) < 0 or max(known) > 100 or not max(known):
        return None
    scale = 100.0 if max(known[:KNOWN]) > 1 else 1.0
    parts = [None if s is None else min(s / scale, 1.0) for s in shares]
    over_year = _of_year(sales, parts, year)
    rows = [at for at, p in enumerate(parts) if p is not None]
    looks = [_is_slow(parts, rows[:n], year) for n in range(KNOWN, min(len(rows), SURE) + 1)]
    out: list[float | None] = []
    told = 0
    for whole, part, slow in zip(sales, parts, over_year, strict=True):
        told += part is not None
        of_year = looks[min(max(told - KNOWN, 0), len(looks) - 1)]
        quick = None if whole is None or part is None else part * max(whole, 0.0)
        out.append(slow if of_year else quick)
    return out


def _is_slow(parts: Values, rows: Sequence[int], year: int) -> bool:
    """Whether the shares in some rows are of a year: they hardly move, or wander slowly."""
    shares = np.array([parts[at] or 0.0 for at in rows])
    full = np.minimum(np.array(rows) + 1, year) / year
    mean = float(np.average(shares, weights=full**2))
    steps = np.diff(shares) * full[1:]
    size = float(np.sqrt((steps**2).mean()))
    if not SLOW * mean <= size <= QUICK * mean:
        return size < SLOW * mean
    return float((steps**2).sum()) < CALM * float((((shares - mean) * full) ** 2).sum())


def _of_year(sales: Values, parts: Values, year: int) -> list[float | None]:
    """From shares of the year up to each period, of what there is of it at first."""
    mine: list[float | None] = [None] * len(sales)
    out: list[float | None] = [None] * len(sales)
    last: float | None = None
    for at, (whole, part) in enumerate(zip(sales, parts, strict=True)):
        window = range(max(0, at + 1 - year), at + 1)
        all_ = [s for row in window if (s := sales[row]) is not None]
        if whole is None or part is None or len(all_) < len(window):
            last = None
        else:
            sum_ = part * sum(all_)
            if last is None:
                for row in window:
                    mine[row] = part * max(sales[row] or 0.0, 0.0)
            else:
                before = 0.0 if at < year else mine[at - year]
                raw = part * whole if before is None else before + sum_ - last
                mine[at] = min(max(raw, 0.0), max(whole, 0.0))
            out[at], last = mine[at], sum_
    return out


def year_share(share: Series, firm: Mapping[str, Series]) -> list[float | None]:
    """The share of the largest customer over the year up to each period of a share that people
    gave, however that was counted; None until it is known how. ``firm`` holds the firm's series."""
    mine, sales = firm.get(LARGEST), first(by_role(firm).get("sales"))
    if mine is None or sales is None:
        return [None] * len(share.values)
    found: dict[str, float] = {}
    year = YEARS[share.frequency]
    for at in range(len(mine.values)):
        rows = range(max(0, at + 1 - year), at + 1)
        both = pairs(mine, sales, rows)
        whole = sum(s for _, s in both)
        settled = sum(v is not None for v in mine.values[: at + 1]) >= KNOWN
        if settled and len(both) == year and whole > 0:
            found[mine.periods[at]] = sum(b for b, _ in both) / whole
    return [found.get(p) for p in share.periods]


def pairs(one: Series, other: Series, rows: range) -> list[tuple[float, float]]:
    """What is known of two series alike in some of their rows."""
    both = ((one.values[i], other.values[i]) for i in rows)
    return [(a, b) for a, b in both if a is not None and b is not None]
