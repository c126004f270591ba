"""What a fall of sales is made of: customers, orders a customer, and the average order.

Where few customers buy less often, fewer of them are seen in a month too. So two stories are held
against each other: every customer orders less often, or some stay away and the others go on as
they did. How many customers are then to be seen follows from how unlike customers are.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from math import exp, lgamma, log
from statistics import median

from baken.signals.series import Series
from baken.signals.spans import Spans

UNLIKE = 1.5
"""Shape of the gamma distribution of customers' paces: the middle half differ by a factor of 3."""
DOUBT = 0.05
"""How far (in logarithm) the number of customers may lie from a story for other reasons."""
AWAY = 0.05
"""A customer who buys at most this share of what was usual stays away."""
HALF = 0.5
FITS = (0.35, 2.0)
"""The fall beside the share of the customer who left: it is about as large."""
LARGE = 0.5
"""How readily a large customer leaves beside any other."""
EVEN = 0.04
"""However evenly a customer buys, the square of how far (as a share) he goes from that."""
MOST = 2.0
"""What one series can weigh at most (in logarithm of likelihoods)."""


def seen(pace: float) -> float:
    """The share of customers who buy in a period, at so many orders a customer and period."""
    return float(1 - (1 + pace / UNLIKE) ** -UNLIKE)


def pace(each: float) -> float:
    """Orders a customer and period, from orders a customer *who bought*.

    >>> round(pace(2.0), 1)
    1.2
    """
    low, high = 1e-3, max(each, 1.0)
    for _ in range(40):
        middle = (low + high) / 2
        low, high = (middle, high) if middle / seen(middle) < each else (low, middle)
    return low


def fewer(
    spans: Spans, orders: Series, customers: Series, shops: Sequence[Series] = ()
) -> str | None:
    """Whether fewer customers buy, or customers buy less often; None where orders did not fall.

    ``shops`` are the sales of single customers, where those are known.
    """
    spans = since_low(spans, orders)
    many, heads = spans.means(orders), spans.means(customers)
    if many is None or heads is None or min(*many, *heads) <= 0 or many[1] >= many[0]:
        return None
    rho = many[1] / many[0]
    usual = pace(max(many[0] / heads[0], 1.001))
    less_often = log(seen(usual * rho) / seen(usual))
    moved = log(heads[1] / heads[0])
    noise = DOUBT**2 + 1 / max(heads[1] * len(spans.since), 1.0)
    who_left = (1 - rho) / (rho * UNLIKE * heads[0] / seen(usual))
    weight = _fits(moved - log(rho), noise + who_left) - _fits(moved - less_often, noise)
    weight += sum(_one(spans, shop, rho) for shop in shops)
    return "fewer_customers" if weight > 0 else "fewer_orders"


def since_low(spans: Spans, one: Series) -> Spans:
    """Without the first periods since that are still nearer to what was usual than to the rest: the
    month in which a fall began is known to a month or two."""
    while (pair := spans.means(one)) is not None and len(spans.since) > 1:
        rest = replace(spans, since=spans.since[1:])
        early, late = spans.values(one)[1][:1], rest.means(one)
        if late is None or not early or early[0] <= (pair[0] + late[1]) / 2:
            break
        spans = rest
    return spans


def _fits(far: float, variance: float) -> float:
    """The logarithm of how likely a story is that lies so far from what was seen."""
    return -(far**2) / (2 * variance) - log(variance) / 2


def stays_away(spans: Spans, shop: Series) -> int:
    """How many of the last periods a customer bought next to nothing."""
    was, now = spans.values(shop)
    usual = sum(was) / len(was) if was else 0.0
    return next((i for i, v in enumerate(reversed(now)) if v > AWAY * usual), len(now))


def _one(spans: Spans, shop: Series, rho: float) -> float:
    """How much one large customer speaks for some staying away, against all buying less.

    Who stays buys as before in the one story, and less as all do in the other.
    """
    was, now = spans.values(shop)
    if len(was) < 6 or not now or sum(was) <= 0:
        return 0.0
    leaves = (1 - rho) * LARGE
    idle = (sum(v <= 0 for v in was) + 0.5) / (len(was) + 1)
    away = stays_away(spans, shop)
    if away:
        found = log(leaves + (1 - leaves) * idle**away) - rho * away * log(idle)
    else:
        usual = sum(was) / len(was)
        spread = sum((v - usual) ** 2 for v in was) / (len(was) - 1) / usual**2
        shape = len(now) / (spread + EVEN)
        bought = sum(now) / len(now) / usual
        found = log(1 - leaves) + _sum(bought, shape, 1.0) - _sum(bought, shape, rho)
    return max(-MOST, min(MOST, found))


def _sum(bought: float, shape: float, part: float) -> float:
    """The logarithm of how likely sums of orders are (gamma), of which there are so many times as
    many as usual; ``shape`` is that of the usual ones."""
    a = shape * part
    return a * log(shape) + (a - 1) * log(bought) - shape * bought - lgamma(a)


QUICK = 0.14
"""A share that usually moves by more than such a part of itself is of the month."""
OF_MONTH, PLAIN = 0.3, 1.0
"""Such a share falls by so large a part of itself at least, the next customer being the largest
now, and by so many spreads of a mean of so many months."""


def share_left(spans: Spans, share: Series | None, fall: float) -> bool:
    """Whether the share of the largest customer fell as it does when that customer leaves.

    ``fall`` is the share of sales that is lost. A share over a year sinks slowly, that of a month
    falls at once, for good, to that of the next customer: of the slow one half of what it does must
    be seen, and more than the usual ups and downs. Where every customer buys less the share stays,
    where others leave it grows.
    """
    was, now = spans.values(share) if share is not None else ([], [])
    if len(was) < 6 or not now or min(was) <= 0:
        return False
    scale = 100.0 if max(was) > 1 else 1.0
    before = median(was[-6:]) / scale
    if not FITS[0] * before <= fall <= FITS[1] * before:
        return False
    months = min(len(now), 12)
    sinks = before - before * (1 - months / 12) / (1 - fall * months / 12)
    steps = [b - a for a, b in pairwise(was)]
    mean = sum(was) / len(was)
    wander = float((sum(s**2 for s in steps) / len(steps)) ** 0.5) * months**0.5
    spread = float((sum((v - mean) ** 2 for v in was) / len(was)) ** 0.5)
    if wander > QUICK * mean * months**0.5:
        since = mean - sum(now) / len(now)
        return since >= OF_MONTH * mean and since >= PLAIN * spread * (1 / len(now)) ** 0.5
    usual = 1.5 * min(wander, 2 * spread) / scale
    dropped = float(before - now[-1] / scale)
    return dropped >= HALF * sinks and dropped >= usual


def lost(logarithm: float) -> float:
    """A move as a share lost: log 0.7 is 0.3."""
    return 1 - exp(logarithm)
