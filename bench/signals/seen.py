"""Generated series as the world has them, with what three readers of their charts would mark.

Growth, cycles, seasons, prices and walks are no change by themselves; collapses, steps, peaks and
swings are. Marks are missed, misplaced by a row or two, and now and then made without reason.
"""

import numpy as np


def ar1(rng, n, rho):
    """Errors with memory."""
    e = rng.standard_normal(n + 50)
    x = np.zeros(n + 50)
    for i in range(1, n + 50):
        x[i] = rho * x[i - 1] + e[i] * np.sqrt(1 - rho * rho)
    return x[50:]


def cycle(rng, n, period, damp=0.97):
    """A cycle that is never twice the same."""
    a, b = 2 * damp * np.cos(2 * np.pi / period), -damp * damp
    x = np.zeros(n + 200)
    e = rng.standard_normal(n + 200)
    for i in range(2, n + 200):
        x[i] = a * x[i - 1] + b * x[i - 2] + e[i]
    x = x[200:]
    return x / (x.std() or 1)


KINDS = [
    "logistic",
    "expo",
    "cycle",
    "season",
    "drift",
    "volatility",
    "outliers",
    "control",
    "stairs",
    "spikes",
    "kink",
    "crash",
    "war",
    "takeoff",
    "ramp",
    "stock",
    "climate",
    "counts",
    "plateaus",
    "stops",
    "growthbreak",
    "multiseason",
]


def size(rng):
    """Length and season."""
    r = rng.random()
    if r < 0.3:
        return int(rng.integers(15, 80)), 0
    if r < 0.45:
        return int(rng.integers(40, 160)), 4
    if r < 0.8:
        return int(rng.integers(60, 420)), 12
    return int(rng.integers(150, 1000)), 0


def draw(rng):
    """One series, the marks of each reader, its season and its kind."""
    kind = str(rng.choice(KINDS))
    n, season = size(rng)
    if kind == "stock":
        n = int(rng.integers(200, 1000))
    if kind == "volatility":
        n = max(n, 60)
    if kind == "control":
        n = int(rng.integers(30, 150))
    t = np.arange(n)
    u = t / n
    c = []
    w = []
    least = max(4, n // 10)

    def place():
        return int(rng.integers(least, n - least))

    def sgn():
        return rng.choice([-1.0, 1.0])

    if kind == "logistic":
        y = 1 / (1 + np.exp(-rng.uniform(5, 14) * (u - rng.uniform(0.3, 0.7)))) + rng.uniform(
            0.003, 0.05
        ) * ar1(rng, n, rng.uniform(0, 0.9))
        season = 0
    elif kind == "expo":
        y = np.exp(
            rng.uniform(0.5, 4) * u
            + rng.uniform(0.01, 0.08) * np.cumsum(rng.standard_normal(n)) / np.sqrt(n) * 5
            + 0.02 * ar1(rng, n, 0.5)
        )
        season = 0
    elif kind == "cycle":
        y = (
            cycle(rng, n, rng.uniform(8, max(12, n / 4)))
            + rng.uniform(0, 0.3) * rng.standard_normal(n)
            + rng.uniform(-4, 4) * u
        )
        season = 0
    elif kind == "season":
        season = season or 12
        n = max(n, 4 * season)
        t = np.arange(n)
        u = t / n
        m = rng.normal(0, 1, season) * rng.uniform(0.5, 3)
        y = (
            m[t % season]
            + rng.uniform(-8, 8) * u
            + rng.uniform(0.2, 0.8) * ar1(rng, n, rng.uniform(0, 0.8))
        )
        least = max(4, n // 10)
        if rng.random() < 0.4:
            a = place()
            y[a:] += sgn() * rng.uniform(3, 8)
            c = [a]
            w = [0.9]
    elif kind == "multiseason":
        season = season or 12
        n = max(n, 4 * season)
        t = np.arange(n)
        u = t / n
        m = rng.normal(0, 0.12, season)
        y = (
            np.exp(
                m[t % season] * rng.uniform(0.5, 1.5)
                + rng.uniform(-0.5, 2.5) * u
                + 0.03 * ar1(rng, n, rng.uniform(0, 0.9))
            )
            * 100
        )
        least = max(4, n // 10)
        if rng.random() < 0.3:
            a = place()
            y[a:] *= rng.choice([0.55, 0.7, 1.5])
            c = [a]
            w = [0.9]
    elif kind == "drift":
        y = np.cumsum(rng.normal(rng.normal(0, 0.3), 1, n))
        season = 0
        if rng.random() < 0.35:
            a = place()
            y[a:] += sgn() * rng.uniform(0.35, 0.7) * np.ptp(y) + sgn() * 6
            c = [a]
            w = [0.8]
    elif kind == "stock":
        v = np.exp(0.5 * cycle(rng, n, 80))
        y = 50 * np.exp(np.cumsum(rng.normal(0.0003, 0.012, n) * v))
        season = 0
        least = n // 10
        if rng.random() < 0.3:
            a = place()
            y[a:] *= rng.choice([0.6, 0.7, 1.5])
            c = [a]
            w = [0.8]
    elif kind == "volatility":
        least = n // 6
        a = place()
        s = np.ones(n)
        s[a:] = rng.choice([0.25, 0.33, 3, 4.0])
        c = [a]
        w = [0.75]
        season = 0
        y = ar1(rng, n, rng.uniform(0, 0.4)) * s + rng.uniform(0, 3)
        if rng.random() < 0.4:
            b = min(n - 1, a + int(rng.integers(least // 2 + 5, least + 8)))
        else:
            b = n
        if b < n - least // 2:
            y[b:] = y[b:] / s[b:]
            c.append(b)
            w.append(0.75)
    elif kind == "outliers":
        y = ar1(rng, n, rng.uniform(0, 0.6))
        k = rng.integers(1, 5)
        y[rng.integers(0, n, k)] += rng.choice([-1, 1], k) * rng.uniform(5, 20, k)
        season = 0
    elif kind == "control":
        season = 0
        y = rng.normal(10, 1, n)
        least = max(5, n // 8)
        r = rng.random()
        if r < 0.6:
            a = place()
            y[a:] += sgn() * rng.uniform(2.2, 5)
            c = [a]
            w = [0.9]
        elif r < 0.75:
            y += np.where(t > n // 2, (t - n // 2) * 0.15, 0)
            c = [n // 2]
            w = [0.5]
        if rng.random() < 0.3:
            y[rng.integers(0, n)] += 7
    elif kind == "stairs":
        season = 0
        k = int(rng.integers(1, 8))
        g = np.sort(rng.choice(np.arange(3, n - 3), min(k, max(1, n // 8)), replace=False))
        y = np.full(n, rng.uniform(1, 50))
        up = sgn()
        for a in g:
            h = rng.uniform(1, 5) * (up if rng.random() < 0.75 else -up)
            y[a:] += h
            c.append(int(a))
            w.append(0.85)
        if rng.random() < 0.4:
            y += rng.normal(0, 0.15, n)
    elif kind == "spikes":
        y = rng.poisson(rng.uniform(2, 20), n).astype(float)
        k = max(1, n // 40)
        for a in rng.integers(0, n, k):
            y[a : a + int(rng.integers(1, 3))] *= rng.uniform(3, 6)
        season = 0
    elif kind == "kink":
        a = place()
        s1 = rng.normal(0, 1)
        s2 = -np.sign(s1) * rng.uniform(0.5, 2) if rng.random() < 0.7 else s1 * rng.uniform(3, 5)
        y = np.where(t < a, s1 * t, s1 * a + s2 * (t - a))
        y = y / np.ptp(y) + rng.uniform(0.005, 0.06) * ar1(rng, n, rng.uniform(0, 0.85))
        c = [a]
        w = [0.75]
        season = 0
    elif kind == "stops":
        a = place()
        up = sgn()
        y = (
            up * np.where(t < a, 0.0, (t - a) / (n - a))
            if rng.random() < 0.5
            else up * np.where(t < a, t / a, 1.0)
        )
        y = y + rng.uniform(0.01, 0.07) * ar1(rng, n, rng.uniform(0, 0.8))
        c = [a]
        w = [0.7]
        season = 0
    elif kind == "crash":
        base = rng.uniform(-1, 1) * u * 2 + rng.uniform(0.1, 0.25) * ar1(
            rng, n, rng.uniform(0.3, 0.9)
        )
        a = place()
        d = rng.uniform(2, 5)
        tau = rng.uniform(2, max(3, n / 12))
        y = base - np.where(t >= a, d * np.exp(-np.maximum(t - a, 0) / tau), 0)
        c = [a]
        w = [0.85]
        b = a + int(2 * tau)
        if b < n - 4 and tau > 6:
            c.append(b)
            w.append(0.35)
        season = 0
    elif kind == "war":
        y = rng.uniform(-1, 2) * u * 2 + 0.25 * ar1(rng, n, rng.uniform(0.3, 0.9))
        a = place()
        b = min(n - 3, a + max(3, int(rng.integers(4, max(6, n // 6)))))
        y[a:b] += sgn() * rng.uniform(1.5, 4)
        c = [a, b]
        w = [0.85, 0.85]
        season = 0
    elif kind == "takeoff":
        a = place()
        y = (
            np.where(
                t < a,
                0,
                (1 - np.exp(-(t - a) / rng.uniform(0.1, 0.5) / n))
                if rng.random() < 0.5
                else (t - a) / n,
            )
            + 0.0
        )
        y = y / np.ptp(y)
        y = y * (1 + 0.05 * rng.standard_normal(n))
        c = [a]
        w = [0.85]
        season = 0
    elif kind == "ramp":
        a = place()
        k = max(3, n // rng.integers(8, 16))
        y = np.clip((t - a) / k, 0, 1) * sgn() * rng.uniform(4, 8) + ar1(
            rng, n, rng.uniform(0, 0.5)
        )
        c = [a + (k // 2 if rng.random() < 0.5 else 0)]
        w = [0.85]
        season = 0
    elif kind == "climate":
        y = (
            rng.uniform(0, 3) * u**2
            + rng.uniform(0, 1) * np.sin(2 * np.pi * u * rng.uniform(0.3, 1.2))
            + rng.uniform(0.2, 0.6) * ar1(rng, n, rng.uniform(0, 0.5))
        )
        season = 0
    elif kind == "counts":
        r = np.full(n, rng.uniform(0.8, 12))
        season = 0
        for _ in range(rng.integers(0, 3)):
            a = place()
            if all(abs(a - x) > least for x in c):
                r[a:] = r[a - 1] * rng.choice([0.3, 3.0])
                c.append(a)
                w.append(0.85)
        y = rng.poisson(np.clip(r, 0.2, 80)).astype(float)
    elif kind == "plateaus":
        k = int(rng.integers(1, 5))
        y = ar1(rng, n, rng.uniform(0, 0.7))
        season = 0
        for _ in range(k):
            a = place()
            if all(abs(a - x) > least for x in c):
                y[a:] += sgn() * rng.uniform(3.5, 9)
                c.append(a)
                w.append(0.85)
    else:  # growthbreak
        g = rng.normal(0.03, 0.01)
        a = place()
        g2 = g * rng.choice([-1, 0, 3])
        lg = np.where(t < a, g * t, g * a + g2 * (t - a)) * 60 / n
        y = 100 * np.exp(lg + 0.02 * ar1(rng, n, 0.7))
        c = [a]
        w = [0.6]
        season = 0
    order = np.argsort(c)
    c = [c[i] for i in order]
    w = [w[i] for i in order]
    jit = 1 if n < 100 else 2
    marks = []
    for _ in range(3):
        m = [
            int(np.clip(a + rng.integers(-jit, jit + 1), 1, n - 1))
            for a, p in zip(c, w)
            if rng.random() < p
        ]
        if rng.random() < 0.06:
            m.append(int(rng.integers(2, n - 2)))
        marks.append(sorted(set(m)))
    y = np.asarray(y, float) * 10 ** rng.uniform(-3, 5)
    if rng.random() < 0.1:
        y[rng.random(n) < 0.05] = np.nan
    return y, marks, season, kind
