"""Firms of twelve series that hang together, drawn from a seed, healthy or with one known cause.

A firm has customers who order (each at his own pace, some once in half a year), a season, working
days, an Easter and a summer leave that move, and shocks that all its figures share and that
remember the month before. Months up to the 24th are for learning.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from dateutil.easter import easter
from numpy.typing import NDArray
from test_world import months, working_days

from baken.signals.largest import with_largest
from baken.signals.series import Bad, Kind, Series

Floats = NDArray[np.float64]
LEARN, YEARS, YEAR = 24, 3, 2017
MONTHS = LEARN + 12 * YEARS
CAUSES = (
    "customer_gone", "fewer_customers", "fewer_orders", "smaller_orders", "data_gap", "price",
    "mix", "calendar", "one_off",
)  # fmt: skip
NO_FALL = frozenset({"calendar", "one_off"})
"""Causes without a lasting change, so best without an alarm; one within half a year is counted."""


@dataclass(frozen=True)
class Firm:
    """Series of one firm; since which row it has which cause (None: it is healthy)."""

    series: list[Series]
    rho: float
    cause: str | None = None
    since: int | None = None


def shock(rng: np.random.Generator, rho: float, spread: float) -> Floats:
    """What all figures share: it remembers the month before."""
    out = np.zeros(MONTHS + 30)
    for t in range(1, len(out)):
        out[t] = rho * out[t - 1] + np.sqrt(1 - rho**2) * rng.standard_normal()
    return np.exp(spread * out[30:])


def calendar(rng: np.random.Generator, moved: int | None = None) -> Floats:
    """Working days, an Easter that falls in March or April, and a leave that moves; ``moved`` is
    the first August of a firm that always closed in July before."""
    out = working_days(MONTHS)
    leave, fair = rng.uniform(0, 0.4), rng.uniform(0, 0.12)
    leave = leave if moved is None else rng.uniform(0.35, 0.6)
    for year in range(YEAR, YEAR + MONTHS // 12):
        first = 12 * (year - YEAR)
        out[first + easter(year).month - 1] *= 1 - fair
        july = rng.choice([0.5, 0.75, 1.0])
        if moved is not None:
            july = float(first + 7 < moved)
        out[first + 6] *= 1 - leave * july
        out[first + 7] *= 1 - leave * (1 - july)
    return out


def draw(seed: int, cause: str | None = None) -> Firm:
    """A firm that follows from its seed."""
    rng = np.random.default_rng([seed, CAUSES.index(cause) + 1 if cause else 0])
    rho = float(rng.uniform(0, 0.5))
    since = None if cause is None else int(rng.integers(LEARN + 2, MONTHS - 14))
    if cause == "calendar" and since is not None:
        since = 12 * (since // 12) + 7
    late = np.arange(MONTHS) >= (MONTHS if since is None else since)
    many = int(rng.integers(12, 70))
    pace = np.exp(rng.normal(np.log(1.2), 0.8, many)).clip(0.12, 6)
    worth = np.exp(rng.normal(0, 0.6, many))
    largest = int(np.argmax(pace * worth))
    if cause == "customer_gone":
        share = rng.uniform(0.18, 0.4)
        rest = float((pace * worth).sum() - pace[largest] * worth[largest])
        pace[largest] = max(pace[largest], 2.0)
        worth[largest] = share / (1 - share) * rest / pace[largest]
    wave = np.exp(
        0.12 * rng.normal() * np.cos(2 * np.pi * (np.arange(MONTHS) % 12) / 12 + rng.uniform(0, 6))
    )
    usual = (
        wave
        * calendar(rng, since if cause == "calendar" else None)
        * shock(rng, rho, rng.uniform(0.02, 0.08))
    )
    rate = (
        usual[:, None]
        * pace[None, :]
        * (1 + rng.normal(0.01, 0.02)) ** (np.arange(MONTHS) / 12)[:, None]
    )
    size, price, mix = np.ones((3, MONTHS))
    if cause == "customer_gone":
        rate[late, largest] = 0
    elif cause == "fewer_customers":
        gone = rng.random(many) < rng.uniform(0.4, 0.6)
        gone[largest] = False
        rate[np.ix_(late, gone)] = 0
    elif cause == "fewer_orders":
        rate[late] *= rng.uniform(0.4, 0.65)
    elif cause == "smaller_orders":
        size[late] = rng.uniform(0.45, 0.7)
    elif cause == "data_gap" and since is not None:
        rate[since : since + int(rng.integers(2, 5))] *= 0.04
    elif cause in ("price", "mix"):
        (price if cause == "price" else mix)[late] = rng.uniform(0.55, 0.78)
    size = size * price * mix
    orders = rng.poisson(rate)
    shape = rng.uniform(2, 8)
    money = rng.gamma(np.maximum(shape * orders, 1e-9)) / shape * worth * size[:, None] * 800
    if cause == "one_off" and since is not None:
        money[since, largest] += rng.uniform(2, 5) * money.sum(axis=1).mean()
    money = np.where(orders > 0, money, 0.0).round(2)
    name = f"firm-{cause or 'healthy'}-{seed}"
    made = _series(rng, name, orders, money, usual, rho)
    level = price * np.exp(0.01 * rng.normal(size=MONTHS)) * 1.02 ** (np.arange(MONTHS) / 12)
    value = 30 * level * mix * np.exp(0.04 * rng.normal(size=MONTHS))
    made += [
        replace(made[2], id=id_, name=id_, values=tuple(map(float, values)))
        for id_, values in (("sold.price", level), ("sold.unit", value))
    ]
    return Firm(made, rho, cause, since)


PLAIN = {
    "sales": "omzet", "invoices": "orders", "average_invoice": "panier moyen",
    "customers": "actieve klanten", "customers_new": "nouveaux clients", "purchases": "aankopen",
    "credit_notes": "creditnota's", "sold.price": "verkoopprijs",
}  # fmt: skip


def plain(firm: Firm) -> Firm:
    """The firm as a program's table tells it: names in three languages, no single customers but the
    share of the largest over a year, units in place of what a mean unit brings."""
    made = [
        replace(s, id=PLAIN.get(s.id, s.id), name=PLAIN.get(s.id, s.id))
        for s in firm.series
        if not s.id.startswith(("sales.", "sold.unit"))
    ]
    found = {s.id: np.array([v or np.nan for v in s.values]) for s in firm.series}
    parts = [v for name, v in found.items() if name.startswith("sales.")]
    shares: list[float | None] = [None] * 5
    for end in range(6, MONTHS + 1):
        year = slice(max(0, end - 12), end)
        top = max((float(np.nansum(p[year])) for p in parts), default=0.0)
        shares.append(top / float(np.nansum(found["sales"][year])))
    units = found["sales"] / found["sold.unit"]
    one = firm.series[0]
    made += [
        replace(one, id=name, name=name, kind=kind, bad=bad, values=tuple(values))
        for name, kind, bad, values in (
            ("aandeel grootste klant", "share", "up", shares),
            ("units", "number", "down", [None if np.isnan(v) else float(v) for v in units]),
        )
    ]
    return replace(firm, series=with_largest(made))


def _series(
    rng: np.random.Generator, firm: str, orders: NDArray[np.int64],
    money: Floats, usual: Floats, rho: float,
) -> list[Series]:  # fmt: skip
    sales, invoices = money.sum(axis=1), orders.sum(axis=1).astype(float)
    average = [float(s / i) if i else None for s, i in zip(sales, invoices, strict=True)]
    slow = np.log(shock(rng, rho, 1.0))
    wild = rng.gamma(5, 0.2, MONTHS)
    rows: list[tuple[str, Bad, Kind, object]] = [
        ("sales", "down", "money", sales),
        ("invoices", "down", "count", invoices),
        ("average_invoice", "down", "mean", average),
        ("customers", "down", "count", (orders > 0).sum(axis=1)),
        ("customers_new", "down", "count", rng.poisson(rng.uniform(0.5, 4) * usual)),
        ("purchases", "up", "money", sales * 0.45 * np.exp(rng.normal(0, 0.1, MONTHS))),
        ("credit_notes", "up", "count", rng.poisson(0.03 * invoices)),
        ("complaints", "up", "count", rng.poisson(rng.uniform(0.3, 5) * usual)),
        ("sick_days", "up", "count", rng.poisson(rng.uniform(2, 12) * wild)),
        ("quotes", "down", "count", rng.poisson(rng.uniform(4, 40) * usual)),
        (
            "visitors",
            "down",
            "count",
            rng.poisson(rng.uniform(80, 900) * usual * np.exp(0.06 * slow)),
        ),
        ("days_to_payment", "up", "days", 32 + 4 * slow),
    ]
    share = money[:LEARN].sum(axis=0) / max(money[:LEARN].sum(), 1)
    big = [k for k in np.argsort(-share)[:10] if share[k] >= 0.05]
    rows += [
        (f"sales.klant-{chr(97 + i)}", "down", "money", money[:, k]) for i, k in enumerate(big)
    ]
    return [
        Series(name, months(MONTHS), tuple(None if v is None else float(v) for v in values), bad,
               kind, "month", firm, name)
        for name, bad, kind, values in rows
    ]  # fmt: skip
