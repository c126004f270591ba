"""Generated series with the changes that a reader would mark, and the two scores of the field.

F1 with a margin of five and the first point counted as a change; covering of the true segments
(van den Burg and Williams 2020, "An evaluation of change point detection algorithms").
"""

from __future__ import annotations

from itertools import pairwise

import numpy as np


def f1(truth, found, margin=5):
    """Truth: a list of annotators' lists."""
    sets = [set(t) | {0} for t in truth]
    union = set().union(*sets)
    found = set(found) | {0}

    def hits(t):
        left = set(t)
        n = 0
        for x in sorted(found):
            close = [y for y in left if abs(x - y) <= margin]
            if close:
                n += 1
                left.discard(min(close, key=lambda y: abs(x - y)))
        return n

    p = hits(union) / len(found)
    r = np.mean([hits(t) / len(t) for t in sets])
    return 2 * p * r / (p + r) if p + r else 0.0


def covering(truth, found, n):
    def parts(c):
        c = sorted({0, *c})
        return [set(range(a, b)) for a, b in zip(c, [*c[1:], n], strict=True)]

    mine = parts(found)
    out = []
    for t in truth:
        out.append(sum(len(a) * max(len(a & b) / len(a | b) for b in mine) for a in parts(t)) / n)
    return float(np.mean(out))


def draw(rng):
    """One series, its changes and its season."""
    kind = rng.choice(
        ["shift", "ar", "slopes", "walk", "season", "growth", "count", "spread", "plain", "curve"]
    )
    n = int(np.exp(rng.uniform(np.log(20), np.log(400))))

    def cuts(k, least=None):
        least = least or max(5, n // 12)
        for _ in range(100):
            c = (
                sorted(rng.choice(np.arange(least, n - least), k, replace=False))
                if n > 2 * least + k
                else []
            )
            if all(b - a >= least for a, b in pairwise(c)):
                return [int(x) for x in c]
        return []

    def ar(rho, n):
        x = np.zeros(n + 30)
        for i in range(1, n + 30):
            x[i] = rho * x[i - 1] + rng.standard_normal() * np.sqrt(1 - rho**2)
        return x[30:]

    def steps(c, low, high):
        y = np.zeros(n)
        for a in c:
            y[a:] += rng.choice([-1, 1]) * rng.uniform(low, high)
        return y

    season = 0
    if kind == "plain":
        c = []
        y = ar(rng.uniform(0, 0.6), n)
    elif kind == "shift":
        c = cuts(rng.integers(1, 5))
        y = steps(c, 2.5, 7) + ar(rng.uniform(0, 0.3), n)
    elif kind == "ar":
        c = cuts(rng.integers(0, 3))
        y = steps(c, 4, 9) + ar(rng.uniform(0.4, 0.8), n)
    elif kind == "slopes":
        c = cuts(rng.integers(0, 4))
        s = rng.normal(0, 1)
        y = np.zeros(n)
        cur = 0.0
        for i in range(n):
            if i in c:
                s = (
                    -np.sign(s) * rng.uniform(0.5, 2)
                    if rng.random() < 0.6
                    else s * rng.uniform(2.5, 5)
                )
            cur += s
            y[i] = cur
        y = y / (np.ptp(y) + 1e-9) * rng.uniform(20, 60) + ar(rng.uniform(0, 0.7), n)
    elif kind == "walk":
        c = cuts(rng.integers(0, 3))
        y = (
            np.cumsum(rng.standard_normal(n)) * rng.uniform(0.5, 1)
            + steps(c, 6, 14)
            + rng.normal(0, 0.3, n)
        )
    elif kind == "season":
        season = 12
        n = max(n, 48)
        c = cuts(rng.integers(0, 3))
        m = rng.normal(0, 3, 12)
        y = (
            steps(c, 4, 8)
            + m[np.arange(n) % 12]
            + ar(rng.uniform(0, 0.5), n)
            + np.arange(n) * rng.normal(0, 0.03)
        )
    elif kind == "growth":
        c = []
        y = (
            np.exp(np.arange(n) / n * rng.uniform(1, 4))
            * 10
            * np.exp(0.03 * ar(rng.uniform(0, 0.8), n))
        )
        if rng.random() < 0.4:
            c = cuts(1)
            y[c[0] if c else n :] *= rng.choice([0.6, 1.6])
    elif kind == "curve":
        c = []
        t = np.linspace(0, 1, n)
        shape = rng.choice(["logistic", "square", "wave"])
        y = {
            "logistic": 1 / (1 + np.exp(-12 * (t - 0.5))),
            "square": t**2,
            "wave": np.sin(2 * np.pi * t * rng.uniform(0.5, 2)),
        }[shape]
        y = y * rng.uniform(10, 80) + ar(rng.uniform(0, 0.9), n)
    elif kind == "count":
        c = cuts(rng.integers(0, 3))
        r = np.full(n, rng.uniform(1, 8))
        for a in c:
            r[a:] = r[a - 1] * rng.choice([0.25, 4])
        y = rng.poisson(np.clip(r, 0.2, 200)).astype(float)
    else:
        c = cuts(rng.integers(1, 3))
        s = np.ones(n)
        for a in c:
            s[a:] = s[a - 1] * rng.choice([0.25, 4])
        y = rng.standard_normal(n) * s
    return y, c, season, kind
