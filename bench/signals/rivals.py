"""What an owner or a textbook would do instead: alarms by other methods, with only the past.

Each method turns a series into a path ``stat`` (n,) that is high when things look bad, and ``walk``
turns a path into alarms for a threshold. They share one robust standardisation: the level is the
median of two years that end half a year ago, the season the shrunk medians by month.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from scipy.special import gammaln
from test_world import Made

Floats = NDArray[np.float64]
STAND = 6
"""An alarm stands for at most so many months, as ours."""
FEW = (
    "lumpy", "rare orders", "complaints", "heads",
    "few events", "events with a season", "many orders", "lumps", "now and then",
)  # fmt: skip
"""Families of which a month can be next to nothing."""
FIRST = 12
"""Months before a standardised value is given."""


def bad_way(made: Made) -> float:
    """-1 where down is bad, 1 where up is."""
    return -1.0 if made.series.bad == "down" else 1.0


def scale(made: Made) -> Floats:
    """Logs, roots where a month can be next to nothing, and gaps filled with the value before."""
    y = made.values
    for t in np.flatnonzero(np.isnan(y)):
        y[t] = y[t - 1]
    if made.family in FEW:
        usual = np.median(y[:FIRST]) if made.series.kind == "money" else 1.0
        return np.sqrt(y / (usual or 1.0) + 0.375)
    return np.log(np.maximum(y, 1e-3 * np.median(y[:FIRST])))


def standard(made: Made) -> Floats:
    """(n,) standardised values, positive when bad; nought for the first year."""
    y = scale(made)
    z = np.zeros(len(y))
    month = np.arange(len(y)) % 12
    for t in range(FIRST, len(y)):
        old = max(FIRST, t - STAND)
        effect = np.zeros(12)
        if old >= 24:
            rest = y[:old] - np.median(y[:old])
            for m in range(12):
                own = rest[m::12]
                effect[m] = np.median(own) * len(own) / (len(own) + 1)
            effect -= np.median(effect)
        plain = y[:t] - effect[month[:t]]
        window = plain[max(0, old - 24) : old]
        level = np.median(window)
        spread = 1.4826 * np.median(np.abs(window - level)) * (1 + 1 / len(window))
        spread = max(spread, 0.3 * float(np.std(window)), 1e-6)
        z[t] = bad_way(made) * (y[t] - effect[month[t]] - level) / spread
    return z


Stat = Callable[[Floats], Floats]


def cusum(z: Floats) -> Floats:
    """One-sided, reference 0.5, values cut at 3."""
    out = np.zeros(len(z))
    for t in range(1, len(z)):
        out[t] = max(0.0, out[t - 1] + min(max(z[t], -3), 3) - 0.5)
    return out


def ewma(z: Floats) -> Floats:
    """Weight 0.2 on the newest."""
    out = np.zeros(len(z))
    for t in range(1, len(z)):
        out[t] = 0.8 * out[t - 1] + 0.2 * min(max(z[t], -4), 4)
    return out


def online_bayes(z: Floats, hazard: float = 1 / 60) -> Floats:
    """Adams and MacKay with a normal-gamma prior: the log odds that the run began in the last year
    and lies on the bad side."""
    n = len(z)
    out = np.full(n, -20.0)
    log = np.array([0.0])
    mu, kappa, alpha, beta = (np.array([v]) for v in (0.0, 0.5, 2.0, 2.0))
    for t in range(n):
        s = beta * (kappa + 1) / (alpha * kappa)
        like = (
            gammaln(alpha + 0.5) - gammaln(alpha) - 0.5 * np.log(2 * np.pi * alpha * s)
            - (alpha + 0.5) * np.log1p((z[t] - mu) ** 2 / (2 * alpha * s))
        )  # fmt: skip
        grown, reset = (
            log + like + np.log1p(-hazard),
            np.logaddexp.reduce(log + like + np.log(hazard)),
        )
        log = np.concatenate([[reset], grown])
        log -= np.logaddexp.reduce(log)
        mu, kappa, alpha, beta = (
            np.concatenate([[0.0], (kappa * mu + z[t]) / (kappa + 1)]),
            np.concatenate([[0.5], kappa + 1]),
            np.concatenate([[2.0], alpha + 0.5]),
            np.concatenate([[2.0], beta + kappa * (z[t] - mu) ** 2 / (2 * (kappa + 1))]),
        )
        recent = np.arange(len(log)) <= 12
        if t > FIRST:
            share = float(np.exp(log[recent & (mu > 0.5)]).sum())
            out[t] = np.log(max(share, 1e-9) / max(1 - share, 1e-9))
    return out


def prophet_like(made: Made) -> Floats:
    """How far a month lies outside what a line with a season of two harmonics foretold."""
    y = scale(made)
    n = len(y)
    t = np.arange(n)
    x = np.stack(
        [
            np.ones(n),
            t / 12,
            *(f(2 * np.pi * k * t / 12) for k in (1, 2) for f in (np.cos, np.sin)),
        ],
        1,
    )
    ridge = np.diag([0, 0.5, 1, 1, 1, 1])
    out = np.zeros(n)
    for now in range(FIRST, n):
        past = x[:now]
        inverse = np.linalg.inv(past.T @ past + ridge)
        beta = inverse @ (past.T @ y[:now])
        spread = np.std(y[:now] - past @ beta) * np.sqrt(now / max(now - 5, 1))
        out[now] = bad_way(made) * (y[now] - x[now] @ beta) / max(
            spread * np.sqrt(1 + x[now] @ inverse @ x[now]), 1e-9
        )  # fmt: skip
    return out


def rule(made: Made, quarters_only: bool = False) -> Floats:
    """By how much the last three months are worse than the same of last year (-1: not known)."""
    y = made.values
    out = np.full(len(y), -1.0)
    for t in range(14, len(y)):
        if quarters_only and t % 3 != 2:
            out[t] = out[t - 1]
            continue
        now, then = np.nanmean(y[t - 2 : t + 1]), np.nanmean(y[t - 14 : t - 11])
        if then > 0:
            out[t] = bad_way(made) * (now / then - 1)
        elif bad_way(made) > 0 and now > 0:
            out[t] = 9.0
    return out


def walk(stat: Floats, limit: float) -> list[tuple[int, int | None]]:
    """When alarms come and go on a path; the next one needs the path to have been low again."""
    found: list[tuple[int, int | None]] = []
    since: int | None = None
    armed = True
    for t, now in enumerate(stat):
        if since is None:
            if now > limit and armed:
                since, armed = t, False
            armed = armed or now <= limit
        elif now <= limit or t - since >= STAND:
            found.append((since, t))
            since, armed = None, bool(now <= limit)
    if since is not None:
        found.append((since, None))
    return found


def learning(z: Floats, stat: Stat, limit: float) -> list[tuple[int, int | None]]:
    """As ``walk``; after half a year a new level is the normal one and the path begins anew."""
    found: list[tuple[int, int | None]] = []
    begin, rest = 0, z
    while True:
        path = np.concatenate([np.full(begin, -np.inf), stat(rest[begin:])])
        over = np.flatnonzero(path > limit)
        if not len(over):
            return found
        since = int(over[0])
        low = np.flatnonzero(path[since:] <= limit)
        end = since + min(int(low[0]) if len(low) else STAND, STAND)
        if end >= len(z):
            return [*found, (since, None)]
        found.append((since, end))
        if end - since >= STAND:
            rest = rest - np.where(np.arange(len(z)) > end, np.median(rest[since : end + 1]), 0.0)
        begin = end + 1
        if begin >= len(z) - 1:
            return found
