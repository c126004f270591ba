"""Calibrates the thresholds of the detectors on healthy series that it draws.

    python bench/signals/calibrate.py [--series 4000] [--write]

For every kind of number and every span of history the threshold is found that just the accepted
share of the series that were still quiet crosses. ``--write`` puts them into the package.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
import yaml

from baken.signals.detect.counts import evidence_of_counts
from baken.signals.detect.covariance import Pattern
from baken.signals.detect.online import evidence, followed
from baken.signals.detect.prepare import LEARN, is_lumpy
from baken.signals.detect.scan import COUNTED
from baken.signals.detect.spread import evidence_of_spread

LENGTH = 96
SPANS = (6, 8, 10, 12, 15, 18, 24, 30, 36, 48, 72)
RATES = (0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5)
OUT = Path(__file__).parents[2] / "src" / "baken" / "signals" / "data" / "thresholds.yaml"


def level(rng: np.random.Generator, count: int) -> np.ndarray:
    """Levels with season, slow growth, memory, tails of three kinds, a giant now and then."""
    out = np.empty((count, LENGTH))
    month = np.arange(LENGTH) % 12
    for row in range(count):
        rho = rng.uniform(0, 0.5)
        tail = rng.integers(3)
        drawn = {
            0: rng.standard_normal(LENGTH + 30),
            1: rng.standard_t(5, LENGTH + 30) / np.sqrt(5 / 3),
            2: rng.choice([-1, 1]) * (rng.gamma(4, 0.5, LENGTH + 30) - 2),
        }[int(tail)]
        noise = np.zeros(LENGTH + 30)
        for t in range(1, LENGTH + 30):
            noise[t] = rho * noise[t - 1] + drawn[t] * np.sqrt(1 - rho**2)
        free = rng.normal(0, rng.uniform(0.3, 6), 12)
        season = [np.zeros(12), free, smooth(rng)][rng.integers(3)]
        y = noise[30:] + season[month] + rng.normal(0, 0.8) * np.arange(LENGTH) / 12
        giants = rng.random(LENGTH) < 0.005
        y[giants] += rng.choice([-6, 6], giants.sum())
        out[row] = y
    return out


def smooth(rng: np.random.Generator) -> np.ndarray:
    """A season of two harmonics: in the first year its falling half looks like a slide."""
    angle = 2 * np.pi * np.arange(12) / 12
    size = rng.uniform(0.3, 5)
    wave = np.cos(angle + rng.uniform(0, 2 * np.pi))
    return size * (wave + rng.uniform(0, 0.6) * np.cos(2 * angle + rng.uniform(0, 2 * np.pi)))


def lumpy(rng: np.random.Generator, count: int) -> np.ndarray:
    """Sums of a few orders of very different size, as many orders, one in three with a season; of
    those that are read so (a month next to nothing among the first)."""
    out: list[np.ndarray] = []
    while len(out) < count:
        orders = rng.poisson(np.exp(rng.uniform(np.log(0.5), np.log(4))) * wave(rng))
        spread = rng.uniform(0.3, 1.1)
        y = np.array([rng.lognormal(0, spread, k).sum() for k in orders])
        first = y[:LEARN]
        if first.any() and is_lumpy(first):
            out.append(y * first.mean() / first.var())
    return np.stack(out)


def counts(rng: np.random.Generator, count: int) -> np.ndarray:
    """Small counts, one in three with more spread than Poisson."""
    rate = np.exp(rng.uniform(np.log(0.2), np.log(10), count))[:, None] * np.ones(LENGTH)
    wild = rng.random(count) < 0.33
    rate *= np.stack([wave(rng) for _ in range(count)])
    rate[wild] *= rng.gamma(4, 0.25, (int(wild.sum()), LENGTH))
    return rng.poisson(rate).astype(float)


def wave(rng: np.random.Generator) -> np.ndarray:
    """In one series of three what a season makes of each month; else ones."""
    if rng.random() > 1 / 3:
        return np.ones(LENGTH)
    size, begin = rng.uniform(0.1, 0.6), rng.uniform(0, 2 * np.pi)
    return 1 + size * np.cos(2 * np.pi * np.arange(LENGTH) / 12 + begin)


def spans(log: np.ndarray, rate: float) -> list[float]:
    """The threshold of every span, one after the other, by those still quiet."""
    quiet = np.ones(len(log), dtype=bool)
    found = []
    for first, last in zip(SPANS, [*SPANS[1:], LENGTH + 1], strict=True):
        part = log[quiet, first - 1 : last - 1]
        months = part.shape[1]
        share = 1 - (1 - rate / 12) ** months
        most = np.sort(part.max(axis=1))
        limit = float(most[min(len(most) - 1, int(np.ceil(len(most) * (1 - share))))])
        found.append(limit)
        still = np.flatnonzero(quiet)
        quiet[still[part.max(axis=1) > limit]] = False
    return found


def main() -> None:
    args = argparse.ArgumentParser()
    args.add_argument("--series", type=int, default=6000)
    args.add_argument("--seed", type=int, default=20261126)
    args.add_argument("--write", action="store_true")
    options = args.parse_args()
    rng = np.random.default_rng(options.seed)
    year = Pattern(tuple(range(LENGTH)), tuple(t % 12 for t in range(LENGTH)), 12.0)
    drawn = {"level": level, "sums": lumpy, "count": counts}
    tables: dict[str, dict[int, list[float]]] = {}
    for name, draw in drawn.items():
        values = draw(rng, options.series)
        both = []
        for sign in (-1, 1):
            if name in COUNTED:
                both.append(evidence_of_counts(values, year, sign, sums=name == "sums"))
            else:
                both.append(evidence(values, year, sign))
        logs = np.concatenate(both)
        columns = [spans(logs, rate) for rate in RATES]
        tables[name] = {n: [round(float(c[at]), 2) for c in columns] for at, n in enumerate(SPANS)}
        print(name, {n: row[4] for n, row in tables[name].items()})
    errors = followed(level(rng, options.series), year, 0)[1]
    logs = np.stack([evidence_of_spread(errors[:, : t + 1]) for t in range(LENGTH)], axis=1)
    columns = [spans(logs, rate) for rate in RATES]
    tables["spread"] = {
        n: [round(max(float(c[at]), 0.0), 2) for c in columns]
        for at, n in enumerate(SPANS)
        if n >= 24
    }
    print("spread", {n: row[4] for n, row in tables["spread"].items()})
    if options.write:
        text = (
            "# Made by bench/signals/calibrate.py: thresholds of evidence per kind of number.\n"
            "# `rates`: false alarms a series and year; a row begins at so many values and holds\n"
            "# the threshold at each rate.\n"
        )
        text += yaml.safe_dump(
            {"rates": list(RATES), "tables": tables}, default_flow_style=None, sort_keys=False
        )
        OUT.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
