"""Why sales fell, where the firm's other figures tell it.

Sales are customers, times invoices a customer, times the average invoice. What the fall is made of
is measured since the change against the same periods of the year before (the twelve before it where
there is no year): the largest part is the cause, when it is at least half. A customer who explains
half of the fall by staying away goes first; periods without invoices are a gap in the data.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from math import expm1, log

from baken.signals.series import Series

SALES = ("sales", "turnover", "invoices", "average_invoice")
HALF = 0.5
STAYED_AWAY = 0.35
"""A customer who buys at most this share of what was usual stays away."""
GAP = 0.2
"""Invoices below this share of the usual number look like missing files."""
PARTS = ("fewer_customers", "fewer_orders", "smaller_orders")


def cause_of(since: str, until: str, series: Mapping[str, Series]) -> str | None:
    """The cause of a fall of sales between two periods; None where the figures do not tell.

    ``series`` holds the firm's own by id, of one frequency.
    """
    sales = series.get("sales")
    if sales is None or since not in sales.periods or until not in sales.periods:
        return None
    now = slice(sales.periods.index(since), sales.periods.index(until) + 1)
    before = _before(sales, now)
    if before is None:
        return None

    def moved(one: Series) -> tuple[float, float] | None:
        was, is_ = _mean(one, sales.periods[before]), _mean(one, sales.periods[now])
        return None if was is None or is_ is None else (was, is_)

    whole, count = moved(sales), moved(series["invoices"]) if "invoices" in series else None
    if whole is None or whole[1] >= whole[0]:
        return None
    if count is not None and _gap(series["invoices"], sales.periods[now], count[0]):
        return "data_gap"
    fall = whole[0] - whole[1]
    for name, one in series.items():
        if name.startswith("sales.") and (pair := moved(one)) is not None:
            was, is_ = pair
            if was - is_ >= HALF * fall and is_ <= STAYED_AWAY * was:
                return "customer_gone"
    return _part(count, moved, series)


def _gap(invoices: Series, periods: Sequence[str], usual: float) -> bool:
    """Whether one of the last periods has next to no invoices."""
    found = dict(zip(invoices.periods, invoices.values, strict=True))
    last = [v for p in periods[-3:] if (v := found.get(p)) is not None]
    return bool(last) and min(last) < GAP * usual


Moved = Callable[[Series], tuple[float, float] | None]
"""The mean of a series before and since the change."""


def _part(
    count: tuple[float, float] | None, moved: Moved, series: Mapping[str, Series]
) -> str | None:
    """The largest of the three parts, by its logarithm, where it is at least half of the fall."""
    if count is None or "customers" not in series or "average_invoice" not in series:
        return None
    customers, average = moved(series["customers"]), moved(series["average_invoice"])
    if customers is None or average is None or min(*count, *customers, *average) <= 0:
        return None
    was, is_ = (pace(n / c) for n, c in zip(count, customers, strict=True))
    more_invoices, more_each = log(count[1] / count[0]), log(is_ / was)
    parts = (more_invoices - more_each, more_each, log(average[1] / average[0]))
    fall = -sum(p for p in parts if p < 0)
    least = min(range(3), key=lambda i: parts[i])
    return PARTS[least] if fall > 0 and -parts[least] >= HALF * fall else None


def pace(each: float) -> float:
    """Orders a customer and period, from invoices a customer *who bought*: who orders less often is
    missing more often, though still a customer (Poisson, so each = pace / (1 - exp(-pace)))."""
    low, high = 1e-3, max(each, 1.0)
    for _ in range(40):
        middle = (low + high) / 2
        low, high = (middle, high) if middle / -expm1(-middle) < each else (low, middle)
    return low


def _before(sales: Series, now: slice) -> slice | None:
    """The same periods a year before; else the twelve before the change."""
    year = {"month": 12, "week": 52, "quarter": 4}.get(sales.frequency)
    if year is None or now.start < 3:
        return None
    return slice(max(0, now.start - year), now.start)


def _mean(series: Series, periods: Sequence[str]) -> float | None:
    found = dict(zip(series.periods, series.values, strict=True))
    known = [v for p in periods if (v := found.get(p)) is not None]
    return sum(known) / len(known) if known else None
