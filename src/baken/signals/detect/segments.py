"""What happened when: the changes of level and slope in a whole series, looking back.

For every number of segments the best cut is found exactly (least squares, by dynamic programming),
once with flat segments and once with sloping ones. Which number is right is judged with errors that
remember the one before (first-order autocorrelation): what a wandering series does by itself is no
change. The criterion is minimum description length: each cut must pay for its place and its new
parameters (Shi, Gallagher, Lund, Killick 2022, "A comparison of single and multiple changepoint
techniques for time series data"; Davis, Lee, Rodriguez-Yam 2006).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
MOST = 12
"""Segments at most."""
SHORTEST = 3
"""Values in a segment at least."""
LONGEST = 1500
"""Above this many values neighbours are averaged first."""
PLAIN = 0.7
"""A spread that does not about double or halve is no change that anybody sees (a logarithm)."""
CALM = 5.0
"""In judging spread, a value counts for at most this many spreads."""
GIANT = 4.0
"""A single value further from its neighbours than so many spreads counts as that far."""
PRICE = 1.4
"""How dear a cut is, in units of the description length: chosen on generated series."""


NEAR = 5
"""A change of spread so near to another change is that one."""
TIED = 0.4
"""Where so many values are the same, what is left has no spread to judge."""
SPREAD_SHORTEST = 10
"""Values at least on either side of a change of spread."""


@dataclass(frozen=True)
class Change:
    """A change at row ``at`` (the first of what is new): ``kind`` level, slope or spread, its
    ``size`` on the scale of the values (of spread: the log of the factor), how ``sure`` (0 to
    1)."""

    at: int
    kind: str
    size: float
    sure: float


def changes(values: Floats, season: int = 0) -> list[Change]:
    """The changes in a series without missing values; ``season`` is its number of steps in a
    year, where one may be there (0: none)."""
    n = len(values)
    if n < 2 * SHORTEST or np.ptp(values) == 0:
        return []
    step = -(-n // LONGEST)
    if step > 1:
        short = np.array([values[i : i + step].mean() for i in range(0, n, step)])
        return [Change(c.at * step, c.kind, c.size, c.sure) for c in changes(short)]
    y = calmed(without_season(scaled(values), season))
    best: tuple[float, list[int], Floats] | None = None
    prices: dict[tuple[bool, int], float] = {}
    for slope in (False, True):
        for cuts in best_cuts(y, slope):
            fit = fitted(y, cuts, slope)
            price = description(y - fit, len(cuts), slope)
            prices[slope, len(cuts)] = price
            if best is None or price < best[0]:
                best = (price, cuts, fit)
    assert best is not None
    none = min(prices[s, 0] for s in (False, True))
    sure = float(1 / (1 + np.exp(np.clip((best[0] - none) / 2, -50, 50))))
    told = [_told(y, best[2], cut, sure) for cut in best[1]]
    spreads = spread_changes(y - best[2])
    told += [c for c in spreads if all(abs(c.at - x.at) > NEAR for x in told)]
    return sorted(told, key=lambda c: c.at)


def spread_changes(rest: Floats) -> list[Change]:
    """Where what is left becomes wilder or calmer: segments of their own variance."""
    n = len(rest)
    shortest = max(SPREAD_SHORTEST, n // 20)
    if n < 3 * shortest:
        return []
    _, ties = np.unique(np.round(rest / max(float(np.ptp(rest)), 1e-12), 9), return_counts=True)
    if ties.max() > TIED * n:
        return []
    rho = float(np.clip(float(rest[1:] @ rest[:-1]) / max(float(rest @ rest), 1e-12), -0.2, 0.98))
    e = np.concatenate([rest[:1], rest[1:] - rho * rest[:-1]])
    e = np.clip(e, -CALM * np.std(e), CALM * np.std(e))
    sums = np.concatenate([[0.0], np.cumsum(e**2)])
    i, j = np.meshgrid(np.arange(n), np.arange(n), indexing="ij")
    count = (j - i + 1).astype(float)
    with np.errstate(divide="ignore", invalid="ignore"):
        cost = count * np.log(np.maximum((sums[j + 1] - sums[i]) / count, 1e-12))
    cost[count < shortest] = np.inf
    found: list[tuple[float, list[int]]] = []
    for cuts in cut_by(cost, min(5, n // shortest)):
        ends = zip([0, *cuts], [*cuts, n], strict=True)
        left = sum(float(cost[a, b - 1]) for a, b in ends)
        found.append((left + PRICE * 3 * (len(cuts) + 1) * float(np.log(n)), cuts))
    length, cuts = min(found)
    sure = float(1 / (1 + np.exp(np.clip((length - found[0][0]) / 2, -50, 50))))
    out = []
    for a, cut, b in zip([0, *cuts], cuts, [*cuts[1:], n], strict=False):
        factor = float(np.log(np.std(e[cut:b]) / max(np.std(e[a:cut]), 1e-9) + 1e-9))
        if abs(factor) >= PLAIN:
            out.append(Change(cut, "spread", factor, sure))
    return out


def scaled(values: Floats) -> Floats:
    """Logs where the spread grows with the level; else as it is."""
    if (values <= 0).any() or values.max() < 3 * values.min():
        return values
    moves, levels = np.abs(np.diff(values)), (values[1:] + values[:-1]) / 2
    together = np.corrcoef(_ranks(moves), _ranks(levels))[0, 1]
    return np.log(values) if together > 0.3 else values


def _ranks(values: Floats) -> Floats:
    return np.argsort(np.argsort(values)).astype(float)


def without_season(y: Floats, season: int) -> Floats:
    """Without a season that is really there: it explains most of what is left beside the trend."""
    n = len(y)
    if season < 2 or n < 3 * season:
        return y
    width = season + 1 - season % 2
    padded = np.pad(y, width // 2, mode="edge")
    trend = np.array([np.median(padded[i : i + width]) for i in range(n)])
    rest = y - trend
    effect = np.array([np.median(rest[i::season]) for i in range(season)])
    effect -= effect.mean()
    left = rest - effect[np.arange(n) % season]
    if np.median(np.abs(left)) > 0.6 * np.median(np.abs(rest)):
        return y
    return np.asarray(y - effect[np.arange(n) % season], dtype=float)


def calmed(y: Floats) -> Floats:
    """With giants drawn in: single values far from both neighbours."""
    moves = np.diff(y)
    spread = np.median(np.abs(moves - np.median(moves))) * 1.4826 / np.sqrt(2)
    if spread <= 0:
        return y
    out = y.copy()
    for i in range(1, len(y) - 1):
        low, high = min(y[i - 1], y[i + 1]), max(y[i - 1], y[i + 1])
        out[i] = np.clip(y[i], low - GIANT * spread, high + GIANT * spread)
    return out


def best_cuts(y: Floats, slope: bool) -> list[list[int]]:
    """For nought, one, two ... cuts: where they are best."""
    return cut_by(_costs(y, slope), min(MOST, len(y) // SHORTEST))


def cut_by(cost: Floats, most: int) -> list[list[int]]:
    """The best cuts into one, two ... ``most`` segments, by the cost of each segment (n, n)."""
    n = len(cost)
    so_far = cost[0].copy()
    back: list[NDArray[np.int64]] = []
    out: list[list[int]] = [[]]
    for _ in range(most - 1):
        total = so_far[:-1, None] + cost[1:, :]  # cut before row i + 1
        from_ = np.argmin(total, axis=0)
        so_far = total[from_, np.arange(n)]
        back.append(from_ + 1)
        if not np.isfinite(so_far[-1]):
            break
        cuts, at = [], n - 1
        for rows in reversed(back):
            cuts.append(int(rows[at]))
            at = int(rows[at]) - 1
        out.append(cuts[::-1])
    return out


def _costs(y: Floats, slope: bool) -> Floats:
    """Squared errors of the segment from i to j (n, n); infinite where it is too short."""
    n = len(y)
    t = np.arange(n, dtype=float)
    sums = [np.concatenate([[0.0], np.cumsum(x)]) for x in (y, y * y, t * y)]
    i, j = np.meshgrid(np.arange(n), np.arange(n), indexing="ij")
    count = (j - i + 1).astype(float)
    count[count < 1] = np.nan
    sy, syy, sty = (s[j + 1] - s[i] for s in sums)
    cost = syy - sy**2 / count
    if slope:
        mean = (i + j) / 2
        stt = count * (count**2 - 1) / 12
        with np.errstate(divide="ignore", invalid="ignore"):
            cost = cost - np.where(count > 1, (sty - mean * sy) ** 2 / stt, 0.0)
    cost[~(count >= SHORTEST)] = np.inf
    return np.asarray(np.maximum(cost, 0.0), dtype=float)


def fitted(y: Floats, cuts: list[int], slope: bool) -> Floats:
    """The segments' own means or lines."""
    out = np.empty_like(y)
    for a, b in zip([0, *cuts], [*cuts, len(y)], strict=True):
        if slope and b - a > 1:
            out[a:b] = np.polyval(np.polyfit(np.arange(a, b), y[a:b], 1), np.arange(a, b))
        else:
            out[a:b] = y[a:b].mean()
    return out


def description(rest: Floats, cuts: int, slope: bool) -> float:
    """The description length of what is left, with memory of up to two steps, and of the model."""
    n = len(rest)
    each = 2 if slope else 1
    best = np.inf
    for order in range(3):
        left = max(_innovations(rest, order), 1e-12)
        params = (cuts + 1) * each + 1 + order
        length = n * float(np.log(left)) + PRICE * (2 * cuts + params) * float(np.log(n))
        best = min(best, length)
    return best


def _innovations(rest: Floats, order: int) -> float:
    """The variance of the errors that an autoregression of this order leaves (Burg's method)."""
    forward, backward = rest, rest
    left = float(rest @ rest) / len(rest)
    for _ in range(order):
        ahead, behind = forward[1:], backward[:-1]
        power = float(ahead @ ahead + behind @ behind)
        if power <= 0:
            return 0.0
        k = float(np.clip(2 * (ahead @ behind) / power, -0.999, 0.999))
        forward, backward = ahead - k * behind, behind - k * ahead
        left *= 1 - k * k
    return left


def _told(y: Floats, fit: Floats, cut: int, sure: float) -> Change:
    jump = float(fit[cut] - fit[cut - 1])
    noise = float(np.std(y - fit)) or 1e-9
    return Change(cut, "level" if abs(jump) > 1.5 * noise else "slope", jump, sure)
