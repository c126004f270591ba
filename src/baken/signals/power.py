"""What could have been seen: for "nothing is wrong" is only worth what would have shown.

The smallest lasting change that would give an alarm within six months, from the same evidence: a
step of d spreads gives about half of d squared times what six months tell; it must reach the
threshold. For small counts it is how long a doubling takes, by the same sums.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from scipy.linalg import solve_triangular

from baken.signals.detect.covariance import Pattern, filter_of, grid_of
from baken.signals.detect.online import FEWEST
from baken.signals.detect.prepare import Prepared, as_share
from baken.signals.kinds import say
from baken.signals.series import Series

MONTHS = 6
CANDIDATES = 3.5
"""Log of how many changes are looked for at once: evidence that is there without any."""
OFTEN = 0.84
"""So that it shows in four of five cases: the upper fifth of a standard normal."""
LARGEST = 0.9
"""A change larger than this share is no promise."""
SLOW = 12
"""A doubling of a count that takes longer than so many months to see is too slow to be of help."""


def could_see(
    series: Series, ready: Prepared | None, threshold: Callable[[str, int], float]
) -> dict[str, str]:
    """In a sentence what of a quiet series would have shown."""
    name = series.name or series.id
    if ready is None or len(ready.values) < FEWEST:
        return say("too_few", name=name)
    if ready.how == "count":
        months = doubling(float(ready.values[-24:].mean()), threshold("count", len(ready.values)))
        if months > SLOW:
            return say("too_rare", name=name)
        return say("seen_doubling", name=name, months=round(months))
    share = smallest(ready, threshold(ready.how, len(ready.values)))
    if share is None or share > LARGEST:
        return say("too_wild", name=name)
    return say("seen_within", name=name, pct=round(100 * share))


def smallest(ready: Prepared, limit: float) -> float | None:
    """The smallest step, as a share of the level, that would show within six months."""
    months = max(2, round(MONTHS * ready.pattern.year / 12))
    n = len(ready.values)
    if n <= months:
        return None
    filt = filter_of(ready.pattern)
    guess = typical(ready.pattern)
    start = n - months
    told = float((filt.step[guess, start:, start] ** 2).sum())
    from_middle = ready.values - np.median(ready.values[:FEWEST])
    errors = solve_triangular(filt.factor[guess], from_middle, lower=True)
    spread = 1.4826 * float(np.median(np.abs(errors[2:])))
    needed = float(np.sqrt(2 * max(limit - CANDIDATES + 1.5, 0.5))) + OFTEN
    step = needed / float(np.sqrt(max(told, 1e-9))) * spread
    level = float(np.median(ready.values[-12:]))
    sizes = [abs(as_share(s, ready.how, level)) for s in (-step, step)]
    return sizes[0] if ready.sign < 0 else sizes[1] if ready.sign > 0 else max(sizes)


def typical(pattern: Pattern) -> int:
    """The place of a middling guess among those that make sense for a pattern."""
    fits = [(m.season, i) for i, m in enumerate(grid_of(pattern)) if m.season < 3 and m.trend < 1]
    return max(fits)[1]


def doubling(rate: float, limit: float) -> float:
    """Months until a doubling of a count shows: each tells rate times (2 log 2 - 1)."""
    each = max(rate, 1e-6) * (2 * np.log(2) - 1)
    return 1 + float(max(limit - CANDIDATES + 3.0, 0.5) / each)
