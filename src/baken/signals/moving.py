"""Whether what lasts still moves the way it went, or came to stand at a new level.

The seasonal Kendall test on the values since the change, and Sen's slope (Hirsch, Slack and Smith
1982, Water Resources Research 18: Techniques of Trend Analysis for Monthly Water Quality Data).
Only values of the same season are held beside each other.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.stats import norm

from baken.signals.detect.quiet import CYCLES, without_season

SURE = 0.01
"""A slope that chance shows as often, on either side, is none."""
PART = 1 / 3
"""Of what is told, the slope makes so much at least; and the last year goes so fast at least,
beside the whole of it."""

Values = NDArray[np.float64]


def still_moves(
    values: Sequence[float | None], since: int, size: float, season: int, year: int
) -> bool:
    """Whether the values from ``since`` on still move the way of ``size``: what they differ by
    now, as a share of those of a season before."""
    every = np.array([np.nan if v is None else v for v in values], dtype=float)
    before = every[max(0, since - season) : since]
    if np.isnan(before).all():
        return False
    later, step = every[since:], season
    if len(later) < 2 * season:
        if season > 1 and len(every) < CYCLES * season:
            return False
        later, step = _plain(every, season)[since:], 1
    chance, slope = trend(later, step)
    told = size * abs(float(np.nanmean(before)))
    if chance >= SURE or slope * told <= 0:
        return False
    return abs(slope) * (len(later) - 1) >= PART * abs(told) and _goes_on(later, slope, step, year)


def trend(values: Values, season: int) -> tuple[float, float]:
    """How often chance alone shows such a trend (two-sided), and the slope for one step: of values
    of the same season, of which none may be missing for all."""
    score, spread = 0.0, 0.0
    slopes: list[Values] = []
    for first in range(season):
        here = values[first::season]
        at = np.flatnonzero(~np.isnan(here))
        here = here[at]
        one, other = np.triu_indices(len(here), 1)
        rises = here[other] - here[one]
        score += float(np.sign(rises).sum())
        slopes.append(rises / (at[other] - at[one]) / season)
        spread += _spread(here)
    every = np.concatenate(slopes)
    if not spread or not every.size:
        return 1.0, 0.0
    z = max(0.0, abs(score) - 1) / np.sqrt(spread)
    return float(2 * norm.sf(z)), float(np.median(every))


def _spread(values: Values) -> float:
    """The variance of Kendall's score, with ties."""
    ties = np.unique(values, return_counts=True)[1]
    return float(sum(sign * (n * (n - 1) * (2 * n + 5) / 18).sum()
                     for sign, n in ((1, np.array([len(values)])), (-1, ties))))  # fmt: skip


def _plain(values: Values, season: int) -> Values:
    """The values without their season, where they have one."""
    there = np.flatnonzero(~np.isnan(values))
    plain = values.copy()
    plain[there] = without_season(values[there], season, there.tolist())
    return plain


def _goes_on(values: Values, slope: float, season: int, year: int) -> bool:
    """Whether the last year, or half where there are no two, still goes on from the one before: a
    slide that came to rest does not."""
    span = min(year if year > 1 else len(values), len(values) // 2)
    span -= span % season if span >= season else 0
    last, one_before = values[-span:], values[-2 * span : -span]
    if np.isnan(last).all() or np.isnan(one_before).all():
        return False
    went = float(np.nanmean(last) - np.nanmean(one_before))
    return bool(went * np.sign(slope) >= PART * abs(slope) * span)
