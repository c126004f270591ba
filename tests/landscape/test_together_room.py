"""Small aid (de minimis) that is put together stays within the room of the firm's own ceiling."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from tests.landscape.test_together import CAP, SMALL, figure, found, measure

SMALL_MEASURE = {"conditions": [SMALL], "parameters": [figure("max_aid", 200_000)]}
ROOM = [
    ("nothing received", 0, 300_000, 300_000),
    ("some received", 180_000, 120_000, 120_000),
    ("the ceiling received", 300_000, 0, 0),
    ("more than the ceiling", 400_000, 0, 0),
    ("not known", None, None, 300_000),
]


@pytest.mark.parametrize(("what", "received", "room", "most"), ROOM, ids=[r[0] for r in ROOM])
def test_small_aid_stays_within_its_room(
    what: str, received: int | None, room: int | None, most: int
) -> None:
    got = None if received is None else Decimal(received)
    told = found(measure("a", **SMALL_MEASURE), measure("b", **SMALL_MEASURE), received=got)
    assert told.small is not None
    assert (told.small.ceiling, told.small.room) == (300_000, room)
    assert told.small.article == "2023/2831, art. 3(2)"
    assert told.most == most
    assert ("received" in told.missing) == (received is None)


OWN_CEILING = [
    ("agriculture", 60_000, 50_000, 0, "1408/2013, art. 3(2)"),
    ("agriculture", 10_000, 50_000, 40_000, "1408/2013, art. 3(2)"),
    ("fishery", 10_000, 30_000, 20_000, "717/2014, art. 3(2)"),
]


@pytest.mark.parametrize(("regime", "received", "ceiling", "room", "article"), OWN_CEILING)
def test_who_farms_or_fishes_has_a_ceiling_of_its_own(
    regime: Any, received: int, ceiling: int, room: int, article: str
) -> None:
    a, b = (measure(i, **SMALL_MEASURE) for i in "ab")
    told = found(a, b, received=Decimal(received), regime=regime)
    assert told.small is not None
    assert (told.small.ceiling, told.small.room) == (ceiling, room)
    assert (told.small.article, told.small.regime) == (article, regime)
    assert told.pairs[0].article == f"{article}, 5"
    assert [s.amount for s in told.shares] == [room, room]
    assert told.as_json()["de_minimis"]["regime"] == regime


def test_no_share_of_small_aid_is_above_the_room_that_is_left() -> None:
    a, b = measure("a", **SMALL_MEASURE), measure("b", parameters=[CAP])
    told = found(a, b, received=Decimal(300_000), same_costs=False, costs=Decimal(20_000))
    assert [(s.id, s.over_room) for s in told.shares] == [("a", True), ("b", False)]
    assert told.shares[0].amount == 0
    assert told.best == ("b",)
    unknown = found(measure("a", conditions=[SMALL]), b, received=Decimal(300_000))
    assert unknown.shares[0].amount == 0, "whatever its figures"
    assert "a" not in unknown.unknown
    some = found(a, b, received=Decimal(250_000))
    assert (some.shares[0].amount, some.shares[0].over_room) == (50_000, True)


def test_what_keeps_a_sum_below_the_amounts_added_up_is_told() -> None:
    caps = (("a", 50, 9_000), ("b", 45, 2_000))
    a, b = (
        measure(i, conditions=[SMALL], parameters=[figure("rate_pct", r), figure("max_aid", c)])
        for i, r, c in caps
    )
    once = found(a, b, costs=Decimal(20_000), same_costs=False)
    assert (once.most, once.less, once.as_json()["less_than_sum_by"]) == (9_900, "once", "once")
    assert found(a, b, costs=Decimal(30_000), same_costs=False).less == ""
    small = [measure(i, **SMALL_MEASURE) for i in "ab"]
    assert found(*small, received=Decimal(100_000)).less == "", "one alone gives as much"
    assert found(*small, received=Decimal(0)).less == "room"
    assert found(*(measure(i, conditions=[SMALL], parameters=[CAP]) for i in "ab")).less == ""
