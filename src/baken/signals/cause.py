"""Why sales fell, or purchases rose, where the firm's other figures tell it.

Sales are customers, times orders a customer, times the average order; the average order is units,
times prices, times what is bought (the mix). What a fall is made of is measured since the change
against the year before it. What would look like such a part and is none is asked first: missing
invoices, days that the firm was not open, one giant order, one customer. Nothing is guessed: where
the figures of the firm do not tell, there is no cause.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from statistics import median

from baken.signals.gaps import EMPTY
from baken.signals.leave import by_days
from baken.signals.parts import fewer, lost, share_left, stays_away
from baken.signals.roles import LARGEST, by_role, role_of
from baken.signals.series import Series
from baken.signals.spans import Spans, first, spans_of

FALLING = frozenset({"sales", "invoices", "average_invoice", "customers", "units"})
"""Roles whose fall is explained."""
HALF, MOST, THIRD = 0.5, 0.8, 1 / 3
PART = 0.4
"""Of a fall the largest customer makes so much at least where only his share is known: in a share
of the month the next one takes his place."""
STAYED_AWAY = 0.35
"""A customer who buys at most this share of what was usual stays away."""
FEW, FEW_SHARE = 1.5, 0.15
"""With more customers gone beside the one than so many, or such a share, it is not one customer."""
GAP = 0.2
"""Invoices below this share of the usual number look like missing files."""
BELOW = 0.3
"""A hole has at most so much of what the other periods since have."""
GIANT = 2.0
"""A month is a giant when it is so many times the next largest of the year."""
ORDER = 3.0
"""The same of what one customer bought."""
LEAST, SETTLED = 6, 4
"""Among so few values none is a giant; after one, a customer is not held to have left before so
many periods."""
NEWS = 0.02
"""A smaller fall, or part of one (in logarithm), is no news."""
TIED = 0.6
"""So closely (correlation) purchases must have gone with sales to tell prices from quantities."""
BEHIND = 0.65
"""So much of the fall of the average order purchases must not have followed."""

_COUNTED = frozenset({"customer_gone", "fewer_customers", "fewer_orders", "data_gap", "calendar"})
POSSIBLE = {
    "invoices": _COUNTED,
    "customers": _COUNTED,
    "average_invoice": frozenset({"customer_gone", "smaller_orders", "price", "mix", "one_off"}),
    "units": _COUNTED | {"smaller_orders", "one_off"},
}
"""What can lower a series: smaller orders are no fewer customers. Of sales all is possible."""
OF_ALL = frozenset({"data_gap", "fewer_customers", "price"})
"""Causes that hold too where a customer that matters stays away."""

Roles = Mapping[str, Sequence[Series]]


def cause_of(since: str, until: str, series: Mapping[str, Series]) -> str | None:
    """The cause of a fall of sales between two periods; None where the figures do not tell.

    ``series`` holds the firm's own by id, of one frequency.
    """
    roles = by_role(series)
    sales = first(roles.get("sales"))
    spans = spans_of(since, until, sales) if sales is not None else None
    means = spans.means(sales) if spans is not None and sales is not None else None
    if sales is None or spans is None or means is None:
        return None
    if _giant(*spans.values(sales)):
        return "one_off"
    if by_days(spans, sales, first(roles.get("open_days"))):
        return "calendar"
    if _gap(spans, first(roles.get("invoices"))):
        return "data_gap"
    if means[1] > means[0] * (1 - NEWS):
        return None
    if (plain := _priced(spans, spans.move(sales), roles)) is not None:
        return plain
    if _gone(spans, means[0] - means[1], roles):
        return "customer_gone"
    return _part(spans, sales, roles)


def cause_for(since: str, until: str, one: Series, series: Mapping[str, Series]) -> str | None:
    """The cause of a fall of one of the series of sales, where what lowered sales can lower this
    one too; days only where they explain its own fall."""
    cause, possible = cause_of(since, until, series), POSSIBLE.get(role_of(one) or "")
    spans = spans_of(since, until, one)
    if cause is None or possible is None or spans is None:
        return cause
    if cause == "calendar" and not by_days(spans, one, first(by_role(series).get("open_days"))):
        return None
    return cause if cause in possible else None


def away_cause(since: str, until: str, one: Series, series: Mapping[str, Series]) -> str:
    """The cause of an alarm on what a customer bought: that he stays away, or what holds of all.

    Days that the firm was not open explain it only where all sales fell with his; a mix that
    changed only where his own invoices are not known.
    """
    cause, spans = cause_of(since, until, series), spans_of(since, until, one)
    if spans is not None and len(spans.since) < SETTLED and _alone(spans.values(one)[0], ORDER):
        return "one_off"
    if cause == "calendar":
        sales = first(by_role(series).get("sales"))
        own, all_ = (spans.means(s) if spans and s else None for s in (one, sales))
        alike = own and all_ and 1 - all_[1] / all_[0] >= HALF * (1 - own[1] / own[0])
        return cause if alike else "customer_gone"
    holds = cause in OF_ALL or (cause == "mix" and one.id == LARGEST)
    return cause if holds and cause is not None else "customer_gone"


def cost_cause(since: str, until: str, one: Series, series: Mapping[str, Series]) -> str | None:
    """The cause of rising purchases: dearer articles, or one giant purchase; else None."""
    roles = by_role(series)
    spans = spans_of(since, until, one)
    rise = spans.move(one) if spans is not None else None
    if spans is None or rise is None or rise <= 0:
        return None
    was, now = spans.values(one)
    if _giant(now, was):
        return "one_off"
    prices = [p for s in roles.get("supply_price", ()) if (p := spans.move(s)) is not None]
    if prices and median(prices) >= HALF * rise:
        return "price"
    return "price" if _dearer(spans, one, roles.get("supply_price", ())) else None


def _dearer(spans: Spans, bought: Series, prices: Sequence[Series]) -> bool:
    """Whether articles that became dearer make half of a rise by themselves: what each costs more
    a unit, times the quantities bought since, where those are known."""
    pair = spans.means(bought)
    if pair is None:
        return False
    more = 0.0
    for price in prices:
        usual = spans.means(price)
        rows = zip(price.periods, price.values, price.weights, strict=False)
        for period, value, quantity in rows:
            if usual is not None and period in spans.since and value and quantity:
                more += quantity * (value - usual[0])
    return more / len(spans.since) >= HALF * (pair[1] - pair[0])


def spread_cause(since: str, until: str, one: Series, series: Mapping[str, Series]) -> str | None:
    """The cause of figures that swing more: one giant, or one low period that days explain."""
    spans = spans_of(since, until, one)
    was, now = spans.values(one) if spans is not None else ([], [])
    if spans is None or not was or not now or min(was + now) < 0:
        return None
    if max(now) == max(was + now) and _alone(was + now, GIANT):
        return "one_off"
    if min(now) > HALF * median(was + now):
        return None
    low = next(p for p, v in zip(one.periods, one.values, strict=True)
               if p in spans.since and v == min(now))  # fmt: skip
    cause = cause_of(low, low, series)
    return cause if cause in ("calendar", "data_gap") else None


def explained(one: Series, way: str) -> str | None:
    """Which question an alarm on a series puts: ``sales`` (it fell), ``costs`` (it rose),
    ``spread`` (it swings more)."""
    role = role_of(one)
    if role in FALLING and way == "wider":
        return "spread"
    if role in FALLING and way == "down":
        return "sales"
    return "costs" if role == "purchases" and way == "up" else None


def _gap(spans: Spans, orders: Series | None) -> bool:
    """Whether one of the last periods has next to no invoices, usually has them, and has far fewer
    than the others since: after a fall a poor month is no hole."""
    was, now = spans.values(orders) if orders is not None else ([], [])
    if not was or not now:
        return False
    usual, least = sum(was) / len(was), min(now[-3:])
    if least >= GAP * usual or (len(was) >= 12 and least >= 2 * GAP * min(was)):
        return False
    rest = [v for v in now if v > EMPTY * usual and v != least]
    return not rest or least <= BELOW * sum(rest) / len(rest)


def _alone(values: Sequence[float], times: float) -> bool:
    """Whether the largest value is so many times the next one."""
    if len(values) < LEAST:
        return False
    giant, next_ = sorted(values)[:-3:-1]
    return giant >= times * next_ > 0


def _giant(higher: Sequence[float], lower: Sequence[float]) -> bool:
    """Whether one giant makes half of the difference: without it little would have changed."""
    if len(higher) < 2 or not lower:
        return False
    giant, next_ = sorted([*higher, *lower])[:-3:-1]
    if giant < GIANT * next_ or giant != max(higher):
        return False
    usual = sum(lower) / len(lower)
    rest = (sum(higher) - giant) / (len(higher) - 1)
    return rest - usual <= HALF * (sum(higher) / len(higher) - usual)


def _gone(spans: Spans, fall: float, roles: Roles) -> bool:
    """Whether one customer stayed away who explains half of the fall, and not many others did."""
    heads = spans.means(c) if (c := first(roles.get("customers"))) is not None else None
    many = heads is not None and heads[0] - heads[1] - 1 > max(FEW, FEW_SHARE * heads[0])
    shops, sales = roles.get("customer", ()), first(roles.get("sales"))
    if many and sum(stays_away(spans, s) >= len(spans.since) for s in shops) > 1:
        return False
    for one in shops:
        pair = spans.means(one)
        if pair is None or pair[1] > STAYED_AWAY * pair[0]:
            continue
        if pair[0] - pair[1] < (MOST if many else HALF) * fall:
            continue
        if sales is None or not _rest_fell(spans, sales, one, fall):
            return True
    move = spans.move(sales)
    if move is None or any(s.id != LARGEST for s in shops):
        return False
    pair = spans.means(shops[0]) if shops else None
    if pair is not None and pair[0] - pair[1] < PART * fall:
        return False
    return share_left(spans, first(roles.get("share_largest")), lost(move))


def _rest_fell(spans: Spans, sales: Series, shop: Series, fall: float) -> bool:
    """Whether what others bought fell too: by a third of the fall, and more than it wanders."""
    bought = dict(zip(shop.periods, shop.values, strict=True))
    values = (
        None if v is None or (b := bought.get(p)) is None else v - b
        for p, v in zip(sales.periods, sales.values, strict=True)
    )
    rest = replace(sales, values=tuple(values))
    pair, move = spans.means(rest), spans.move(rest)
    if pair is None or move is None:
        return False
    return pair[0] - pair[1] >= THIRD * fall and -move >= spans.noise(rest)


def _part(spans: Spans, sales: Series, roles: Roles) -> str | None:
    """The largest part of the fall, where it is at least half of it."""
    whole, orders = spans.move(sales), first(roles.get("invoices"))
    customers = first(roles.get("customers"))
    count, average = spans.move(orders), spans.move(first(roles.get("average_invoice")))
    if whole is None:
        return None
    if count is None:
        heads = spans.move(customers)
        alone = heads is not None and heads <= HALF * whole and average is None
        return "fewer_customers" if alone else None
    if average is None:
        average = whole - count
    falls = -sum(p for p in (count, average) if p < 0)
    if falls < HALF * -whole:
        return None
    if -average >= HALF * falls:
        return _average(spans, average, roles)
    if -count >= HALF * falls and orders is not None and customers is not None:
        shops = [s for s in roles.get("customer", ()) if s.id != LARGEST]
        return fewer(spans, orders, customers, shops)
    return None


def _priced(spans: Spans, fall: float | None, roles: Roles) -> str | None:
    """Prices, or what is bought, where a series of their own shows that they make half the fall."""
    of_price, of_value = (first(roles.get(r)) for r in ("price", "unit_value"))
    price, value = spans.move(of_price), spans.move(of_value)
    if fall is None or price is None or fall > -NEWS:
        return None
    if price <= HALF * fall and -price >= spans.noise(of_price):
        return "price"
    mix = None if value is None else value - price
    clear = mix is not None and -mix >= spans.noise(of_value)
    return "mix" if clear and mix is not None and mix <= HALF * fall else None


def _average(spans: Spans, fall: float, roles: Roles) -> str:
    """Why the average order fell: prices, what is bought, or how much."""
    price, dear = spans.move(first(roles.get("price"))), first(roles.get("dear_share"))
    units, orders = spans.move(first(roles.get("units"))), spans.move(first(roles["invoices"]))
    each = None if units is None or orders is None else units - orders
    if price is not None and price <= HALF * fall:
        return "price"
    if each is not None and price is not None and fall - each - price <= HALF * fall:
        return "mix"
    if price is not None:
        return "smaller_orders"
    if (move := spans.move(dear)) is not None and move <= HALF * fall and move < -NEWS:
        return "mix"
    if each is not None and each >= HALF * fall:
        return "price" if dear is not None else "smaller_orders"
    return "price" if _costs_stayed(spans, fall, roles) else "smaller_orders"


def _costs_stayed(spans: Spans, fall: float, roles: Roles) -> bool:
    """Whether purchases, that went with sales before, stayed: the same quantities for less money.

    Only where they went closely with sales from month to month in the year before, in that month.
    """
    bought, sales = first(roles.get("purchases")), first(roles.get("sales"))
    if bought is None or sales is None:
        return False
    moved, whole = spans.move(bought), spans.move(sales)
    (was, _), (sold, _) = spans.values(bought), spans.values(sales)
    if moved is None or whole is None or len(was) != len(sold) or len(was) < 12:
        return False
    if moved - whole < BEHIND * -fall:
        return False
    steps = ([b - a for a, b in pairwise(values)] for values in (was, sold))
    return _correlation(*steps) >= TIED


def _correlation(one: Sequence[float], other: Sequence[float]) -> float:
    a, b = sum(one) / len(one), sum(other) / len(other)
    both = sum((x - a) * (y - b) for x, y in zip(one, other, strict=True))
    size = sum((x - a) ** 2 for x in one) * sum((y - b) ** 2 for y in other)
    return float(both / size**0.5) if size > 0 else 0.0
