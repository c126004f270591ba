"""Invented firms on which the detectors are developed: healthy ones, and ones with a known change.

Monthly series of five kinds: a level with season and memory, growth, lumpy orders, counts, shares.
Everything follows from a seed.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np


@dataclass
class Made:
    values: np.ndarray
    bad: str
    family: str
    change: int | None
    shape: str


def healthy_noise(rng, n, rho, tail):
    e = rng.standard_normal(n + 20) if tail == 0 else rng.standard_t(5, n + 20) / np.sqrt(5 / 3)
    out = np.zeros(n + 20)
    for i in range(1, n + 20):
        out[i] = rho * out[i - 1] + e[i] * np.sqrt(1 - rho**2)
    return out[20:]


def make(rng, n=84, change=None, shape=None, family=None):
    family = family or rng.choice(["sales", "sales", "lumpy", "count", "share"])
    rho = rng.uniform(0, 0.5)
    month = np.arange(n) % 12
    shape = shape or (rng.choice(["step", "slide"]) if change is not None else "none")
    if family in ("sales", "share"):
        noise = rng.uniform(0.03, 0.15)
        season = rng.choice([0, 1, 1]) * rng.normal(0, rng.uniform(0.05, 0.25), 12)
        trend = rng.normal(0, 0.03) * np.arange(n) / 12
        size = rng.uniform(0.12, 0.4)
        mult = np.ones(n)
        if change is not None:
            late = np.arange(n) - change
            if shape == "step":
                mult = np.where(late >= 0, 1 - size, 1)
            else:
                mult = np.where(late >= 0, np.maximum(1 - size * (late + 1) / 12, 1 - 2 * size), 1)
        level = 10 ** rng.uniform(3.5, 6)
        y = (
            level
            * np.exp(
                season[month]
                - season.mean()
                + trend
                + noise * healthy_noise(rng, n, rho, rng.integers(2))
            )
            * mult
        )
        for i in np.flatnonzero(rng.random(n) < 0.005):
            if change is None or i < change:
                y[i] *= rng.choice([0.4, 2.0])
        return Made(y, "down", family, change, shape)
    if family == "lumpy":
        lam = rng.uniform(2, 10)
        size = rng.uniform(0.3, 0.7)
        rate = np.full(n, lam)
        if change is not None:
            late = np.arange(n) - change
            rate = (
                np.where(late >= 0, lam * (1 - size), lam)
                if shape == "step"
                else np.where(
                    late >= 0, lam * np.maximum(1 - size * (late + 1) / 12, 1 - size), lam
                )
            )
        k = rng.poisson(rate)
        sig = rng.uniform(0.3, 0.9)
        y = np.array([rng.lognormal(8, sig, j).sum() for j in k])
        return Made(y, "down", family, change, shape)
    lam = np.exp(rng.uniform(np.log(0.5), np.log(12)))
    size = rng.uniform(0.8, 2.5)
    rate = np.full(n, lam)
    if change is not None:
        late = np.arange(n) - change
        rate = (
            np.where(late >= 0, lam * (1 + size), lam)
            if shape == "step"
            else np.where(
                late >= 0, lam * np.minimum(1 + size * (late + 1) / 12, 1 + 2 * size), lam
            )
        )
    return Made(rng.poisson(rate).astype(float), "up", family, change, shape)
