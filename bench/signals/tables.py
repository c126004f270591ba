"""Causes in firms that a program's table tells of: twelve figures that hang together, and no more.

    python bench/signals/tables.py [--each 40] [--csv FILE]

Not made of customers, as those of firms.py, but of figures: customers, orders a customer and a mean
order, each with its noise, a season and a shock that remembers. Names are English; single customers
are not known, the share of the largest is that of the month. `--csv` writes the firms in the long
form instead, for `baken watch FILE --per firm`.
"""

from __future__ import annotations

import argparse
from collections import Counter
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from test_world import months

from baken.signals.largest import with_largest
from baken.signals.read.words import bad_of, kind_of
from baken.signals.series import Series
from baken.signals.watch import PER_FIRM, watch

Floats = NDArray[np.float64]
MONTHS = 60
AT = np.arange(MONTHS)
CAUSES = (
    "customer_gone", "fewer_customers", "fewer_orders", "smaller_orders", "price", "data_gap",
    "calendar", "one_off",
)  # fmt: skip
ABOUT = ("sales", "orders", "average order", "active customers", "sales.largest")


def firm(seed: int, cause: str) -> tuple[int, list[Series]]:
    """The month in which it began, and the twelve series."""
    rng = np.random.default_rng([seed, CAUSES.index(cause)])
    since = int(rng.integers(26, 50))
    late, left = since <= AT, rng.uniform(0.55, 0.75)

    def noise(spread: float) -> Floats:
        return np.exp(spread * rng.standard_normal(MONTHS))

    def cut(where: str, share: float = left) -> Floats:
        return np.where(late & (cause == where), share, 1.0)

    rho, shock = rng.uniform(0, 0.5), np.zeros(MONTHS)
    for t in range(1, MONTHS):
        shock[t] = rho * shock[t - 1] + np.sqrt(1 - rho**2) * rng.standard_normal()
    wave = np.exp(0.15 * np.sin(2 * np.pi * AT / 12 + rng.uniform(0, 6)) + 0.05 * shock)
    share = rng.uniform(0.15, 0.35)
    shares = share * noise(0.08) * cut("customer_gone", 0.45) / cut("fewer_customers") ** 0.3
    gap = (cause == "data_gap") & late & (since + 2 > AT)
    shut = np.where((cause == "calendar") & (since == AT), rng.uniform(0.35, 0.6), 1.0)
    heads = rng.uniform(20, 120) * wave * noise(0.04) * cut("fewer_customers") * shut**0.5
    heads = np.maximum(np.round(heads * np.where(gap, 0.1, 1) - (cut("customer_gone") < 1)), 1)
    each = rng.uniform(1.2, 3) * noise(0.05) * cut("fewer_orders") * shut**0.5
    orders = np.round(heads * np.maximum(each * cut("customer_gone", 1 - 0.6 * share), 1))
    mean = rng.uniform(100, 2000) * noise(0.06) * cut("smaller_orders") * cut("price")
    mean *= cut("customer_gone", (1 - share) / (1 - 0.6 * share))
    mean *= np.where((cause == "one_off") & (since == AT), 3.0, 1.0)
    sales = orders * mean
    rows = {
        "sales": sales, "orders": orders, "average order": mean, "active customers": heads,
        "new customers": rng.poisson(3, MONTHS), "lost customers": rng.poisson(3, MONTHS),
        "largest share": shares, "credit notes share": 0.03 * noise(0.3),
        "purchases": 0.45 * sales / cut("price") * noise(0.06),
        "days to pay": 32 + 4 * rng.standard_normal(MONTHS),
        "complaints": rng.poisson(2, MONTHS), "days open": np.round(21 * shut),
    }  # fmt: skip
    made = []
    for name, found in rows.items():
        values = tuple(float(v) for v in found)
        kind = kind_of(name, "", values)
        made.append(Series(name, months(MONTHS), values, bad_of(name), kind, "month",
                           f"{cause}-{seed}", name))  # fmt: skip
    return since, made


def judged(cause: str, each: int) -> tuple[float, float, float]:
    """Of firms with a cause: how many were seen, named right (of those seen), dated within two."""
    firms = [firm(seed, cause) for seed in range(each)]
    alarms = watch(with_largest([s for _, made in firms for s in made]), per_firm=True, false_alarms=PER_FIRM,
                   look_back=False).alarms  # fmt: skip
    told: list[str | None] = []
    dated = 0
    place = months(MONTHS).index
    for since, made in firms:
        until = since + 5 if cause in ("calendar", "one_off") else MONTHS
        mine = [a for a in alarms if a.firm == made[0].firm and a.id in ABOUT
                and since <= place(a.detected) <= until]  # fmt: skip
        mine.sort(key=lambda a: place(a.detected))
        if mine:
            told.append(next((a.cause for a in mine if a.cause), None))
            dated += abs(place(mine[0].since) - since) <= 2
    right = told.count(cause)
    wrong = Counter(t for t in told if t != cause)
    print(f"{cause:16} seen {len(told) / each:.0%}, named right {right / each:.0%} of all, "
          f"{right / max(1, len(told)):.0%} of those seen; month {dated / each:.0%}; "
          f"else {dict(wrong)}")  # fmt: skip
    return len(told) / each, right / max(1, len(told)), dated / each


def main() -> None:
    args = argparse.ArgumentParser()
    args.add_argument("--each", type=int, default=40)
    args.add_argument("--csv", type=Path)
    options = args.parse_args()
    if options.csv:
        rows = [
            f"{s.firm},{s.name},{p},{v:.4f}"
            for cause in CAUSES for seed in range(options.each)
            for s in firm(seed, cause)[1] for p, v in zip(s.periods, s.values, strict=True)
        ]  # fmt: skip
        options.csv.write_text("\n".join(["firm,series,period,value", *rows]), encoding="utf-8")
        return
    for cause in CAUSES:
        judged(cause, options.each)


if __name__ == "__main__":
    main()
