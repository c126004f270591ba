"""Which de minimis regulation holds on a day, and its figures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import Any

from baken.kernel.files import own_yaml
from baken.law.logic import later
from baken.law.parameters import FOLDER, load

_SHARED = {p.id: p.value for p in load("de_minimis_rules")}
WINDOW_YEARS = int(_SHARED["window_years"])
WORKING_DAYS = int(_SHARED["working_days"])
"""Within so many working days the granting body enters the aid: 2023/2831, art. 6(2)."""
COLLATERAL = _SHARED["collateral_min"]
"""At least this share of the loan: art. 4(3)(b)."""
GUARANTEED = _SHARED["guaranteed_max"]
"""At most this share of the loan: art. 4(6)(b)."""
MAJORITY = _SHARED["majority"]
"""More than this share of the votes links two enterprises: art. 2(2)(a)."""


@dataclass(frozen=True, slots=True)
class Regulation:
    """A regulation in one of its versions; ``loan`` and ``guarantee`` are pairs of a most amount in
    euros and most years that stand for the whole ceiling."""

    regime: str
    act: str
    valid_from: date
    valid_to: date
    ceiling: Decimal
    article: str
    rolling: bool
    loan: tuple[tuple[Decimal, Decimal], ...]
    guarantee: tuple[tuple[Decimal, Decimal], ...]
    road_freight: Decimal | None = None
    register_from: date | None = None
    register_open: bool = False
    ends: date | None = None

    @property
    def number(self) -> str:
        """The number of the regulation, without what amended it."""
        return self.act.split(" ")[0]

    def at_ceiling(self, ceiling: Decimal) -> Regulation:
        """The same with another ceiling, and loans and guarantees in proportion."""
        share = ceiling / self.ceiling
        loan = tuple((amount * share, years) for amount, years in self.loan)
        guarantee = tuple((amount * share, years) for amount, years in self.guarantee)
        return replace(self, ceiling=ceiling, loan=loan, guarantee=guarantee)

    def window(self, day: date) -> tuple[date, date]:
        """First and last day of the aid that counts for a grant on ``day``.

        Three years that end on the day of granting: granted on 2024-02-01, from 2021-02-02. That
        is a reading; no text says how the days are counted.
        """
        if self.rolling:
            return later(day, years=-WINDOW_YEARS) + timedelta(days=1), day
        return date(day.year - WINDOW_YEARS + 1, 1, 1), day

    def leaves(self, granted: date) -> date:
        """The first day of granting for which an aid no longer counts."""
        if not self.rolling:
            return date(granted.year + WINDOW_YEARS, 1, 1)
        day = later(granted, years=WINDOW_YEARS)
        while self.window(day)[0] <= granted:
            day += timedelta(days=1)
        return day


@lru_cache(maxsize=1)
def regulations() -> tuple[Regulation, ...]:
    """Every version, as in ``data/parameters/de_minimis.yaml``."""
    return tuple(_regulation(row) for row in own_yaml(FOLDER / "de_minimis.yaml"))


def _regulation(row: Mapping[str, Any]) -> Regulation:
    def pairs(name: str) -> tuple[tuple[Decimal, Decimal], ...]:
        return tuple((Decimal(a), Decimal(y)) for a, y in row.get(name, ()))

    road = row.get("road_freight")
    return Regulation(
        row["regime"], row["act"], row["from"], row["to"], Decimal(row["ceiling"]),
        row["article"], row["window"] == "rolling", pairs("loan"), pairs("guarantee"),
        None if road is None else Decimal(road), row.get("register_from"),
        bool(row.get("register_open")), row.get("ends"),
    )  # fmt: skip


def regulation_on(regime: str, day: date) -> Regulation | None:
    """The version of a regime's regulation that holds on a day; None when there is none."""
    for each in regulations():
        if each.regime == regime and each.valid_from <= day <= each.valid_to:
            return each
    return None
