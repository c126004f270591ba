"""What was to be expected of a series, beside what came: the band of its chart.

Up to the month in which a change began every value stands beside what the months before it let
expect; from then on beside what they let expect if nothing had changed. It is the model of
:mod:`baken.signals.detect.online` looked at from the other side, so the chart shows what the
detector saw.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy.stats import gamma, nbinom

from baken.signals.detect.counts import RATE, SHAPE
from baken.signals.detect.covariance import Pattern, filter_of
from baken.signals.detect.online import FEWEST, Levels
from baken.signals.detect.prepare import Prepared, prepare
from baken.signals.series import Series

Floats = NDArray[np.float64]
WIDTH = 1.645
"""Of 100 months 90 fall within so many spreads."""
NINETY = (0.05, 0.95)
VAGUE = 3.0
"""A prediction that is less sure than so many errors says nothing yet, and is not shown."""
EARLIER = 12
NOTHING = (np.nan, np.nan, np.nan)


@dataclass(frozen=True)
class Point:
    """A period, what came and what was expected: in the middle, and between which bounds 90 of 100
    months lie. All in the unit of the series; None where nothing could be said."""

    period: str
    value: float | None
    middle: float | None = None
    low: float | None = None
    high: float | None = None


def expected(
    series: Series, since: str | None = None, became_normal: Sequence[str] = ()
) -> tuple[Point, ...]:
    """Every period of a series with what was expected of it.

    ``since`` is where a change began, ``became_normal`` where earlier ones began.
    """
    plain = {p: Point(p, v) for p, v in zip(series.periods, series.values, strict=True)}
    ready = prepare(series)
    if ready is None or len(ready.values) < FEWEST:
        return tuple(plain.values())
    names = [series.periods[i] for i in ready.rows]
    cut = names.index(since) if since in names else len(names)
    ready = replace(ready, values=settled(ready.values, names, became_normal, cut))
    for i, (middle, low, high) in enumerate(bands(ready, max(cut, FEWEST))):
        if middle == middle:  # a number
            plain[names[i]] = replace(plain[names[i]], middle=middle, low=low, high=high)
    return tuple(plain.values())


def bands(ready: Prepared, cut: int) -> list[tuple[float, float, float]]:
    """(middle, low, high) at each step in the unit of the series; not a number where too vague."""
    if ready.how == "count":
        return [_of_counts(ready.values[: min(t, cut)]) for t in range(len(ready.values))]
    if ready.how == "sums":
        past = [ready.values[: min(t, cut)] for t in range(len(ready.values))]
        return [_of_sums(p, ready.scale) for p in past]
    mean, spread = forecast(ready, cut)
    floor = 0.0 if ready.how != "plain" or float(ready.values.min()) >= 0 else -np.inf
    out = []
    for m, s in zip(mean, spread, strict=True):
        if m != m:
            out.append(NOTHING)
            continue
        ends = (m, m - WIDTH * s, m + WIDTH * s)
        middle, low, high = (max(floor, back(x, ready.how, ready.scale)) for x in ends)
        out.append((middle, low, high))
    return out


def forecast(ready: Prepared, cut: int, pattern: Pattern | None = None) -> tuple[Floats, Floats]:
    """The mean and spread of each value given those before it, of those from ``cut`` on given those
    before ``cut``, on the transformed scale. A longer ``pattern`` looks ahead."""
    factor, errors, spreads, middle = _learnt(ready, cut, pattern)
    n = len(factor)
    mean, spread = np.full(n, np.nan), np.full(n, np.nan)
    for t in range(FEWEST, n):
        known = min(t, cut, len(ready.values))
        wide = float(np.sqrt((factor[t, known : t + 1] ** 2).sum()))
        if wide <= VAGUE:
            mean[t] = middle + factor[t, :known] @ errors[:known]
            spread[t] = wide * spreads[known - 1]
    return mean, spread


def ahead(ready: Prepared, cut: int) -> tuple[Floats, Floats, float]:
    """What the values from ``cut`` on were to be, given those before: their mean, the covariance of
    their errors, and the spread of one error; all on the transformed scale."""
    factor, errors, spreads, middle = _learnt(ready, cut)
    late = factor[cut:, cut:] * spreads[cut - 1]
    return middle + factor[cut:, :cut] @ errors[:cut], late @ late.T, float(spreads[cut - 1])


def _learnt(
    ready: Prepared, cut: int, pattern: Pattern | None = None
) -> tuple[Floats, Floats, Floats, float]:
    """Of the guess that foretold best up to ``cut``: its factor, errors, spreads and middle."""
    levels = Levels(ready.values[None, :], ready.pattern, 0)
    for t in range(len(ready.values)):
        levels.learn(t)
    guess = int(np.argmax(levels.loglik[:, 0, max(0, min(cut, len(ready.values)) - 1)]))
    factor = filter_of(pattern or ready.pattern).factor[guess]
    spreads = np.sqrt(levels.total[guess, 0] / levels.weight[guess])
    return factor, levels.errors[guess, 0], spreads, float(np.median(ready.values[:FEWEST]))


def settled(values: Floats, names: Sequence[str], since: Sequence[str], cut: int) -> Floats:
    """What lies before an earlier change, put at the level after it."""
    values = values.copy()
    for period in since:
        at = names.index(period) if period in names else 0
        before, after = values[max(0, at - EARLIER) : at], values[at:cut][:EARLIER]
        if len(before) and len(after):
            values[:at] += float(np.median(after) - np.median(before))
    return values


def back(value: float, how: str, scale: float) -> float:
    """From the transformed scale to the unit of the series."""
    if how == "log":
        return float(np.exp(value) * scale)
    if how == "angle":
        return float(np.sin(np.clip(value, 0, np.pi / 2)) ** 2)
    if how == "root":
        return float(max(value, 0.0) ** 2)
    return float(value) if how == "count" else float(value * scale)


def _of_counts(past: Floats) -> tuple[float, float, float]:
    """Small counts: the next one is Poisson with a rate that was learnt from the past."""
    if len(past) < FEWEST:
        return NOTHING
    shape, rate = SHAPE + float(past.sum()), RATE + len(past)
    low, high = (float(nbinom.ppf(q, shape, rate / (rate + 1))) for q in NINETY)
    return (float(gamma.mean(shape, scale=1 / rate)), low, high)


def _of_sums(past: Floats, scale: float) -> tuple[float, float, float]:
    """Sums of a few orders: the next one is gamma, with the mean and spread of the past."""
    if len(past) < FEWEST or not past.any():
        return NOTHING
    mean = float(past.mean())
    size = float(past.var()) / mean * (1 + 1 / len(past)) + 1e-9
    low, high = (float(gamma.ppf(q, mean / size, scale=size)) for q in NINETY)
    return mean * scale, low * scale, high * scale
