"""A whole series made ready for looking back: on the scale on which errors are alike, without its
season, with single giants drawn in."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
GIANT = 4.0
"""A single value further from its neighbours than so many spreads counts as that far."""
CYCLES = 3
"""A season is learnt from so many years at least."""
SEASONAL = 0.7
"""A season is there when, foretold by the other years, the usual distance from the trend becomes
smaller than this share."""
UNTOLD = (12, 4, 7, 24, 52)
"""Seasons that a series may have whose rows are only counted."""
GROWS = 0.3
"""The rank correlation of moves with levels from which on the logarithm is looked at."""


def scaled(values: Floats) -> Floats:
    """Logs where the spread grows with the level; else as it is."""
    if (values <= 0).any() or values.max() < 3 * values.min():
        return values
    moves, levels = np.abs(np.diff(values)), (values[1:] + values[:-1]) / 2
    together = np.corrcoef(_ranks(moves), _ranks(levels))[0, 1]
    return np.log(values) if together > GROWS else values


def _ranks(values: Floats) -> Floats:
    return np.argsort(np.argsort(values)).astype(float)


def without_season(
    values: Floats, season: int | None, steps: Sequence[int] | None = None
) -> Floats:
    """Without a season of so many steps that is really there (None: of any usual length);
    ``steps`` (n,) are the values' places in time, where some are missing."""
    at = np.arange(len(values)) if steps is None else np.asarray(steps)
    seasons = UNTOLD if season is None else (season,)
    found = [r for s in seasons if (r := _without(values, s, at)) is not None]
    return min(found, key=lambda r: r[0])[1] if found else values


def _without(values: Floats, season: int, at: Ints) -> tuple[float, Floats] | None:
    n = len(values)
    if season < 2 or n < CYCLES * season:
        return None
    width = season + 1 - season % 2
    windows = sliding_window_view(np.pad(values, width // 2, mode="edge"), width)
    rest = values - np.median(windows, axis=1)
    place, year = at % season, at // season
    count = np.bincount(place, minlength=season)
    if count[place].min() < 2:
        return None
    years = np.full((year.max() - year.min() + 1, season), np.inf)
    years[year - year.min(), place] = rest
    years.sort(axis=0)
    there = np.flatnonzero(count)
    low, high = (count[there] - 1) // 2, count[there] // 2
    effect = np.zeros(season)
    effect[there] = (years[low, there] + years[high, there]) / 2
    effect -= effect[there].mean()
    count = count[place]
    foretold = np.abs(rest - effect[place]) * count / (count - 1)
    share = float(np.median(foretold) / (np.median(np.abs(rest)) or np.inf))
    return (share, np.asarray(values - effect[place])) if share < SEASONAL else None


def calmed(values: Floats) -> Floats:
    """With giants drawn in: single values far from both neighbours."""
    moves = np.diff(values)
    spread = np.median(np.abs(moves - np.median(moves))) * 1.4826 / np.sqrt(2)
    low = np.minimum(values[:-2], values[2:]) - GIANT * spread
    high = np.maximum(values[:-2], values[2:]) + GIANT * spread
    return np.concatenate([values[:1], np.clip(values[1:-1], low, high), values[-1:]])
