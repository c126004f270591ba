"""Invented firms with their e-invoices, and what was put into them and when.

For tests, the demo and the bench: :func:`papers` gives the documents of a :class:`Plan` in order
of day, :func:`documents` the same as UBL files, and :func:`truth` what moved. The same plan gives
the same bytes; an event changes no other figure.
"""

from __future__ import annotations

import math
import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

from baken.signals.demo.firms import KINDS, Good, Kind, Trader, World, world
from baken.signals.demo.ubl import Item, Paper, xml

FINE = Decimal("0.0001")
__all__ = ["KINDS", "Plan", "Truth", "documents", "papers", "truth", "write"]


@dataclass(frozen=True)
class Plan:
    """What to make: months count from 0; None leaves that event out.

    ``gone`` is the month from which the largest customer (or ``who`` in the list) buys nothing,
    ``price_rise`` the one from which the first article of the first supplier costs ``price_pct``
    per cent more, ``credits`` the one from which credit notes grow by ``credits_step`` a month.
    """

    kind: Kind = "bakery"
    months: int = 24
    start: date = date(2024, 1, 1)
    seed: int = 1
    gone: int | None = None
    who: int = 0
    price_rise: int | None = None
    price_pct: int = 18
    credits: int | None = None
    credits_step: float = 0.02
    volume: float = 1.0
    """How many times more invoices than the firm would have: for the bench."""


@dataclass(frozen=True)
class Truth:
    """Something put in: ``kind`` customer-gone, price-rise or credit-notes, since ``at``."""

    kind: str
    at: str
    series: str
    party: str = ""
    article: str = ""
    size_pct: float | None = None


def _month(plan: Plan, number: int) -> date:
    months = plan.start.year * 12 + plan.start.month - 1 + number
    return date(months // 12, months % 12 + 1, 1)


def truth(plan: Plan) -> list[Truth]:
    """What moves in a plan, and the month (``2024-09``) from which it does."""
    place = world(plan.kind)
    found = []
    if plan.gone is not None:
        party = _dotted(place.customers[plan.who].firm.number)
        found.append(Truth("customer-gone", f"{_month(plan, plan.gone):%Y-%m}", "sales", party))
    if plan.price_rise is not None:
        seller = place.suppliers[0]
        found.append(
            Truth(
                "price-rise", f"{_month(plan, plan.price_rise):%Y-%m}", "price",
                _dotted(seller.firm.number), seller.goods[0].code, float(plan.price_pct),
            )
        )  # fmt: skip
    if plan.credits is not None:
        found.append(Truth("credit-notes", f"{_month(plan, plan.credits):%Y-%m}", "credit_share"))
    return found


def _dotted(number: str) -> str:
    return f"{number[:4]}.{number[4:7]}.{number[7:]}"


def papers(plan: Plan) -> Iterator[Paper]:
    """Every document of a plan, month after month, each month in order of day and number."""
    place = world(plan.kind)
    for number in range(plan.months):
        month = [*_sales(plan, place, number), *_purchases(plan, place, number)]
        yield from sorted(month, key=lambda p: (p.issued, p.seller.number, p.number))


def documents(plan: Plan) -> Iterator[tuple[str, bytes]]:
    """Every document as (file name, UBL)."""
    for paper in papers(plan):
        yield f"{paper.issued}-{paper.seller.number}-{paper.number}.xml", xml(paper)


def write(plan: Plan, folder: Path) -> int:
    """The documents of a plan as files in a folder (made when it is not there); how many."""
    folder.mkdir(parents=True, exist_ok=True)
    many = 0
    for name, data in documents(plan):
        (folder / name).write_bytes(data)
        many += 1
    return many


def _draw(plan: Plan, what: str) -> random.Random:
    """A stream of its own for each trader and month, so that an event changes no other figure."""
    return random.Random(f"{plan.seed}|{plan.kind}|{what}")  # noqa: S311 (figures of a demo)


def _days(draw: random.Random, plan: Plan, one: Trader, first: date) -> list[date]:
    """On which days of a month a trader has an invoice."""
    length = ((first.replace(day=28) + timedelta(days=4)).replace(day=1) - first).days
    wanted = one.monthly * plan.volume
    if not one.steady:
        return sorted(
            first + timedelta(days=draw.randrange(length)) for _ in range(_poisson(draw, wanted))
        )
    if wanted <= 2:
        return [
            first + timedelta(days=d) for d in ((14, length - 1) if wanted > 1 else (length - 1,))
        ]
    weeks = [
        first + timedelta(days=d)
        for d in range(length)
        if (first + timedelta(days=d)).weekday() == 4
    ]
    return weeks * max(1, round(wanted / 4.3))


def _poisson(draw: random.Random, mean: float) -> int:
    limit, product, many = math.exp(-min(mean, 600)), draw.random(), 0
    while product > limit:
        product *= draw.random()
        many += 1
    return many


def _items(
    draw: random.Random,
    goods: tuple[Good, ...],
    factor: float,
    spread: float,
    prices: tuple[Decimal, ...] = (),
) -> list[Item]:
    items = []
    for at, good in enumerate(goods):
        quantity = max(1, round(good.quantity * factor * math.exp(draw.gauss(0, spread))))
        price = (Decimal(good.price) * prices[at] if prices else Decimal(good.price)).quantize(FINE)
        items.append(Item(good.code, good.name, good.unit, Decimal(quantity), price, good.vat))
    return items


def _sales(plan: Plan, place: World, number: int) -> Iterator[Paper]:
    first = _month(plan, number)
    season = place.season[first.month - 1]
    share = place.credits
    if plan.credits is not None and number >= plan.credits:
        share += plan.credits_step * (number - plan.credits + 1)
    serial = 0
    for at, one in enumerate(place.customers):
        draw = _draw(plan, f"sale|{at}|{number}")
        days = _days(draw, plan, one, first)
        gone = plan.gone is not None and at == plan.who and number >= plan.gone
        for day in days:
            serial += 1
            many = draw.randint(max(1, len(place.goods) - 2), len(place.goods))
            goods = tuple(draw.sample(place.goods, many))
            items = _items(draw, goods, one.size * season, place.spread)
            back, part = draw.random(), draw.uniform(0.3, 1.0)
            if gone:
                continue
            paper = Paper(
                place.firm,
                one.firm,
                f"{first:%Y%m}-{serial:04d}",
                day,
                day + timedelta(days=30),
                items,
            )
            yield paper
            if back < share:
                yield _credit(paper, part)


def _credit(paper: Paper, part: float) -> Paper:
    """A credit note for part of the first line, in the month of its invoice."""
    whole = paper.items[0]
    quantity = Decimal(max(1, round(float(whole.quantity) * part)))
    item = Item(whole.code, whole.name, whole.unit, quantity, whole.price, whole.vat)
    return Paper(
        paper.seller,
        paper.buyer,
        f"C{paper.number}",
        paper.issued,
        paper.due,
        [item],
        True,
        paper.number,
    )


def _purchases(plan: Plan, place: World, number: int) -> Iterator[Paper]:
    first = _month(plan, number)
    for at, one in enumerate(place.suppliers):
        draw = _draw(plan, f"purchase|{at}|{number}")
        prices = [Decimal(str(round(1 + draw.gauss(0, 0.012), 4))) for _ in one.goods]
        if at == 0 and plan.price_rise is not None and number >= plan.price_rise:
            prices[0] *= Decimal(100 + plan.price_pct) / 100
        for serial, day in enumerate(_days(draw, plan, one, first), 1):
            factor = one.size * place.season[first.month - 1]
            items = _items(draw, one.goods, factor, 0.1, tuple(prices))
            name = f"{first:%Y%m}-{at}{serial:03d}"
            yield Paper(one.firm, place.firm, name, day, day + timedelta(days=30), items)
