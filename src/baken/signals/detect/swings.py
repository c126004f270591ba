"""Where what is left of a series becomes wilder or calmer, looking back: parts of their own
variance."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
PLAIN = 0.8
"""A spread that does not become more than twice as wide or half is no change that anybody sees (a
logarithm)."""
CALM = 4.0
"""A value counts for at most this many spreads."""
SAME = 0.4
"""Where so many values are the same, what is left has no spread to judge."""
WANDERS = 0.7
"""What remembers more than this from one value to the next wanders: its swings are its own."""
LEAST = 10
"""Values at least on either side."""
PARTS = 200
"""Of so many parts at most the variance is taken."""
MOST = 3
"""Changes of spread at most."""
PRICE = 1.4
"""How dear a change is, in units of the description length."""


def swings(rest: Floats, seen: float = 0.0) -> list[tuple[int, float, float]]:
    """Changes of spread in what is left (n,), where the wider one is at least ``seen``: place, log
    of the factor, and how much shorter it makes the description, in logarithms of n."""
    n = len(rest)
    step = -(-n // PARTS)
    least = -(-max(LEAST, n // 12) // step)
    if n < 3 * LEAST or np.ptp(rest) == 0:
        return []
    _, same = np.unique(np.round(rest / np.ptp(rest), 9), return_counts=True)
    rho = float(rest[1:] @ rest[:-1]) / float(rest @ rest)
    if same.max() > SAME * n or rho > WANDERS:
        return []
    errors = np.concatenate([rest[:1], rest[1:] - max(rho, 0.0) * rest[:-1]])
    errors = np.clip(errors, -CALM * np.std(errors), CALM * np.std(errors))
    starts = np.arange(0, n, step)
    sums = np.concatenate([[0.0], np.cumsum(np.add.reduceat(errors**2, starts))])
    ends = np.append(starts, n)
    count = ends[None, 1:] - ends[:-1, None]
    with np.errstate(divide="ignore", invalid="ignore"):
        mean = np.maximum((sums[None, 1:] - sums[:-1, None]) / count, 1e-12)
        cost = np.where(count >= least * step, count * np.log(mean), np.inf)
    dear = PRICE * 3 * float(np.log(n))
    cuts = _best(cost, dear)
    out = []
    for a, cut, b in zip([0, *cuts], cuts, [*cuts[1:], len(starts)], strict=False):
        before, after = mean[a, cut - 1], mean[cut, b - 1]
        factor = 0.5 * float(np.log(after / before))
        gain = float(cost[a, b - 1] - cost[a, cut - 1] - cost[cut, b - 1]) - dear
        if abs(factor) >= PLAIN and max(before, after) >= seen**2:
            out.append((int(starts[cut]), factor, gain / float(np.log(n))))
    return out


def _best(cost: Floats, dear: float) -> list[int]:
    """The cheapest cuts, by the cost of each part (p, p), exactly."""
    so_far, back = cost[0].copy(), []
    best, cuts = float(so_far[-1]), list[int]()
    for count in range(1, MOST + 1):
        total = so_far[:-1, None] + cost[1:]
        from_ = np.argmin(total, axis=0)
        so_far = total[from_, np.arange(len(cost))]
        back.append(from_ + 1)
        if float(so_far[-1]) + count * dear >= best:
            continue
        best, cuts, at = float(so_far[-1]) + count * dear, [], len(cost) - 1
        for rows in reversed(back):
            cuts.insert(0, int(rows[at]))
            at = int(rows[at]) - 1
    return cuts
