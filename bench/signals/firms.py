"""Firms of twelve series that hang together: false alarms a firm and year, causes, stated chances.

    python bench/signals/firms.py [--firms 700] [--quick] [--svg docs/img/signals-chance.svg]

A firm has customers who order (each at his own pace, some once in half a year), a season, working
days, an Easter and a summer leave that move, and shocks that all its figures share and that
remember the month before. Months up to the 24th are for learning. Healthy firms are followed for
three years more; ill ones have one known cause.
"""

from __future__ import annotations

import argparse
import os
from dataclasses import dataclass, replace
from functools import partial
from multiprocessing import get_context

import numpy as np
from dateutil.easter import easter
from numpy.typing import NDArray
from scipy.stats import chi2
from test_world import Made, healthy, months, working_days

from baken.signals.detect.thresholds import SAFE
from baken.signals.largest import with_largest
from baken.signals.series import Bad, Kind, Series
from baken.signals.watch import PER_FIRM, watch

Floats = NDArray[np.float64]
LEARN, YEARS, YEAR = 24, 3, 2017
MONTHS = LEARN + 12 * YEARS
CAUSES = (
    "customer_gone", "fewer_customers", "fewer_orders", "smaller_orders", "data_gap", "price",
    "mix", "calendar", "one_off",
)  # fmt: skip
NO_FALL = frozenset({"calendar", "one_off"})
"""Causes without a lasting change, so best without an alarm; one within half a year is counted."""
SALES = ("sales", "invoices", "average_invoice")
STATED = (0.015, 0.04, 0.08, 0.15, 0.25)


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


def alarmed(firms: list[Firm], rate: float) -> list[list[tuple[str, int, int, str | None]]]:
    """Per firm: series, row of the alarm, row since when, cause."""
    answer = watch(
        [s for f in firms for s in f.series], false_alarms=rate, per_firm=True, look_back=False
    )
    found: dict[str, list[tuple[str, int, int, str | None]]] = {f.series[0].firm: [] for f in firms}
    for judged in answer.judged:
        row = {p: i for i, p in enumerate(judged.series.periods)}
        found[judged.series.firm] += [
            (judged.series.id, row[a.detected], row[a.since], a.cause) for a in judged.alarms
        ]
    return list(found.values())


def _part(seeds: list[int], cause: str | None, rate: float, table: bool = False):  # type: ignore[no-untyped-def]
    firms = [plain(draw(s, cause)) if table else draw(s, cause) for s in seeds]
    return [(f.rho, f.since, a) for f, a in zip(firms, alarmed(firms, rate), strict=True)]


def spread_out(pool, jobs: int, count: int, first: int, cause: str | None, rate: float,
               table: bool = False):  # type: ignore[no-untyped-def]  # fmt: skip
    """The firms of some seeds, over the cores."""
    seeds = [[*range(first + i, first + count, 2 * jobs)] for i in range(2 * jobs)]
    return [
        x
        for part in pool.map(partial(_part, cause=cause, rate=rate, table=table), seeds)
        for x in part
    ]


def quiet(found, rate: float) -> None:  # type: ignore[no-untyped-def]
    """False alarms a firm and year, with bounds."""
    years = YEARS * len(found)
    late = [[a for a in alarms if a[1] >= LEARN] for _, _, alarms in found]
    count = sum(map(len, late))
    upper = chi2.ppf(0.975, 2 * count + 2) / 2 / years
    hit = np.mean([len({a[1] // 12 for a in x}) for x in late]) / YEARS
    print(f"{len(found)} healthy firms, {years} firm-years after {LEARN} months, asked {rate}: "
          f"{count / years:.3f} false alarms a firm-year, at most {upper:.3f} (95 %, Poisson); "
          f"firms with one or more in a year {hit:.1%}")  # fmt: skip
    spread = np.std([len(x) for x in late]) / np.sqrt(len(late)) / YEARS
    print(f"  upper bound with alarms of a firm together: {count / years + 1.96 * spread:.3f}")
    early = sum(a[1] < LEARN for _, _, alarms in found for a in alarms)
    print(f"  in the months of learning: {early / 2 / len(found):.3f} a firm-year")
    for low, high in ((0, 0.17), (0.17, 0.33), (0.33, 0.5)):
        part = [x for (rho, _, _), x in zip(found, late, strict=True) if low <= rho < high]
        each = np.mean([len(x) for x in part]) / YEARS
        print(f"  autocorrelation {low:.2f} to {high:.2f}: {each:.3f}")
    names = [a[0] for x in late for a in x]
    print(
        "  by series:", ", ".join(f"{n} {names.count(n) / years:.3f}" for n in dict.fromkeys(names))
    )


def is_about(series: str) -> bool:
    """Whether an alarm on a series can tell the cause."""
    return series in (*SALES, "customers", *(PLAIN[s] for s in (*SALES, "customers"))) or (
        series.startswith("sales.")
    )


def causes(cause: str, found) -> tuple[float, float]:  # type: ignore[no-untyped-def]
    """Of firms with a known cause: how many were seen, named right, dated within two months."""
    seen = named = dated = late = 0
    wrong: list[str | None] = []
    for _, since, alarms in found:
        until = since + 5 if cause in NO_FALL else MONTHS
        mine = [a for a in alarms if is_about(a[0]) and since <= a[1] <= until]
        if not mine:
            continue
        seen += 1
        told = [a[3] for a in sorted(mine, key=lambda a: a[1]) if a[3] is not None]
        first = min(mine, key=lambda a: a[1])
        right = bool(told) and told[0] == cause
        named += right
        if not right:
            wrong.append(told[0] if told else None)
        dated += abs(first[2] - since) <= 2
        late += first[1] - since
    count = len(found)
    told_ = {w: wrong.count(w) for w in set(wrong)}
    print(f"  {cause:16} seen {seen / count:.0%}, named right {named / count:.0%} of all, "
          f"{named / max(seen, 1):.0%} of those seen; date right {dated / count:.0%}, "
          f"{dated / max(seen, 1):.0%}; {late / max(seen, 1):.1f} months; else {told_}")  # fmt: skip
    return named / count, dated / count


def _chances(made: list[Made], stated: float) -> tuple[int, int]:
    """Series-years after the first two, and those with an alarm that says ``stated`` or less."""
    rate = -np.log(1 - stated) / SAFE
    answer = watch([m.series for m in made], false_alarms=rate, look_back=False)
    years = hits = 0
    for judged in answer.judged:
        row = {p: i for i, p in enumerate(judged.series.periods)}
        at = [
            row[a.detected]
            for a in judged.alarms
            if a.as_json()["chance_rate"] <= 100 * stated + 0.06
        ]
        for first in range(LEARN, len(row) - 11, 12):
            years += 1
            hits += any(first <= a < first + 12 for a in at)
    return years, hits


def main() -> None:
    args = argparse.ArgumentParser()
    args.add_argument("--firms", type=int, default=700, help="healthy ones")
    args.add_argument("--each", type=int, default=60, help="firms of every cause")
    args.add_argument("--rate", type=float, default=PER_FIRM)
    args.add_argument("--seed", type=int, default=7000)
    args.add_argument("--causes", action="store_true", help="causes only")
    args.add_argument("--quick", action="store_true")
    args.add_argument("--svg")
    args.add_argument("--jobs", type=int, default=min(2, os.cpu_count() or 1))
    options = args.parse_args()
    firms, each = (40, 6) if options.quick else (options.firms, options.each)
    with get_context("fork").Pool(options.jobs) as pool:
        if not options.causes:
            for table in (False, True):
                print("in a table:" if table else "by invoices:")
                found = spread_out(
                    pool, options.jobs, firms, options.seed, None, options.rate, table
                )
                quiet(found, options.rate)
        for table in (False, True):
            print(f"{each} firms of every cause, {'in a table' if table else 'by invoices'}:")
            both = [
                causes(
                    c, spread_out(pool, options.jobs, each, options.seed, c, options.rate, table)
                )
                for c in CAUSES
            ]
            lasting = [b for b, c in zip(both, CAUSES, strict=True) if c not in NO_FALL]
            right, dated = np.mean(lasting, axis=0)
            print(f"  lasting causes: named right {right:.0%}, month within two {dated:.0%}")
        if options.causes:
            return
        rng = np.random.default_rng(options.seed)
        made = [*healthy(rng, 2 if options.quick else 12)]
        parts = pool.map(partial(_chances, made), STATED)
    print("stated chance a year against observed, healthy series of test_world.py:")
    for stated, (years, hits) in zip(STATED, parts, strict=True):
        print(f"  {stated:.1%}: {hits / years:.1%} of {years} series-years")
    if options.svg:
        plot([h / y for y, h in parts], [y for y, _ in parts], options.svg)


def plot(observed: list[float], years: list[int], path: str) -> None:
    """Stated against observed."""
    import matplotlib

    matplotlib.use("svg")
    matplotlib.rcParams["svg.hashsalt"] = "baken"
    from matplotlib import pyplot

    figure, axes = pyplot.subplots(figsize=(4.5, 4.2))
    stated = 100 * np.array(STATED)
    error = [196 * np.sqrt(o * (1 - o) / y) for o, y in zip(observed, years, strict=True)]
    axes.fill_between([0, 30], [-3, 27], [3, 33], alpha=0.15, label="within 3 points")
    axes.plot([0, 30], [0, 30], color="grey", linewidth=0.8)
    axes.errorbar(stated, 100 * np.array(observed), error, fmt="o", capsize=3, label="observed")
    axes.set(xlabel="stated: healthy series of 100 that get such a message in a year",
             ylabel="observed", xlim=(0, 30), ylim=(0, 30))  # fmt: skip
    axes.xaxis.label.set_size(8)
    axes.legend(fontsize=8)
    axes.grid(alpha=0.3)
    figure.tight_layout()
    figure.savefig(path, metadata={"Date": None})


if __name__ == "__main__":
    main()
