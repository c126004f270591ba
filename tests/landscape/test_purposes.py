"""A usual rate and a highest one that are told together are for the same purpose."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baken.landscape.catalogue import load_catalogue
from baken.landscape.costs import gives_for_costs
from baken.landscape.figures import counting, for_purpose, for_size, purposes_of, rates_of
from baken.landscape.model import Instrument, Text
from baken.landscape.most import Project, Purpose, Share, share_of
from baken.landscape.together import together
from baken.law.size.model import SIZES
from tests.landscape.test_together import RATE, SMALL, TODAY, figure, found, measure


@cache
def giving() -> tuple[Instrument, ...]:
    """The measures of the catalogue that give money for costs."""
    return tuple(r for r in load_catalogue() if isinstance(r, Instrument) and gives_for_costs(r))


def record(of: str) -> Instrument:
    (one,) = (r for r in giving() if r.id == of)
    return one


def rows(share: Share) -> list[tuple[str | None, Any, Any, Any]]:
    """For each purpose the usual rate, the highest one, and the amount."""
    return [
        (p.for_whom.nl if p.for_whom else None, p.usual_pct, p.rate_pct, p.amount)
        for p in share.purposes
    ]


R, D = "onderzoek", "ontwikkeling"
BY_PURPOSE = [
    # research 50 %, development 25 %; 10 or 20 more by size, 15 in a recognised international call
    # (10 for other cooperation); at most 60 %, or 70 % in such a call; no aid below € 100,000
    ("onderzoeksproject", "medium", 200_000, [(R, 60, 70, 140_000), (D, 35, 50, 100_000)]),
    ("onderzoeksproject", "small", 200_000, [(R, 60, 70, 140_000), (D, 45, 60, 120_000)]),
    ("onderzoeksproject", "large", 200_000, [(R, 50, 65, 130_000), (D, 25, 40, 0)]),
    ("onderzoeksproject", "medium", 150_000, [(R, 60, 70, 105_000), (D, 35, 50, 0)]),
    ("onderzoeksproject", "medium", None, [(R, 60, 70, 3_000_000), (D, 35, 50, 3_000_000)]),
    ("strategische-transformatiesteun", "medium", 2_000_000,
     [("opleiding", 20, 20, 400_000), ("investering", 8, 8, 160_000)]),
    ("vlaams-brabant-innovatiesubsidie", "small", 100_000,
     [("met een kmo", 50, 50, 50_000), ("zonder kmo", 40, 40, 40_000)]),
    # a rate for a purpose beside one for all others, which stands last
    ("fit-beurs-niche-evenement", "small", 10_000,
     [("nieuwe exporteur, eerste vier projecten", 75, 75, 7_500), (None, 50, 50, 5_000)]),
    # parts of the same costs: none of them is a purpose that gives less
    ("specifieke-managementondersteuning", "small", 8_000,
     [("eerste 10.000 euro", 100, 100, 8_000), ("boven 10.000 euro", 50, 50, 8_000)]),
    ("specifieke-managementondersteuning", "small", 12_000,
     [("eerste 10.000 euro", 100, 100, 11_000), ("boven 10.000 euro", 50, 50, 11_000)]),
    ("specifieke-managementondersteuning", "small", 30_000,
     [("eerste 10.000 euro", 100, 100, 15_000), ("boven 10.000 euro", 50, 50, 15_000)]),
    # one purpose, or none: nothing to tell apart
    ("kmo-groeisubsidie", "small", 10_000, []),
    ("ontwikkelingsproject", "medium", 200_000, []),
]  # fmt: skip


@pytest.mark.parametrize(("name", "size", "costs", "told"), BY_PURPOSE)
def test_each_purpose_has_its_own_base_ceiling_and_amount(
    name: str, size: str, costs: int | None, told: list[tuple[str | None, int, int, int]]
) -> None:
    project = Project(costs and Decimal(costs), sizes=(size,))
    assert rows(share_of(record(name), project, date(2026, 11, 29))) == told


def test_the_share_is_that_of_the_purpose_that_gives_most() -> None:
    project = Project(Decimal(200_000), sizes=("medium",))
    share = share_of(record("onderzoeksproject"), project, date(2026, 11, 29))
    assert share.for_whom is not None
    assert (share.for_whom.nl, share.usual_pct, share.rate_pct, share.amount) == (
        R, 60, 70, 140_000
    )  # fmt: skip
    assert share.by_purpose
    above = [(a.above, a.says.nl) for a in share.assumed if a.why == "above" and a.says]
    assert above == [(60, "plafond bij een internationale oproep")]
    assert "for_whom" not in {a.why for a in share.assumed}, "each stands in its own line"


A, B = {"nl": "advies"}, {"nl": "opleiding"}
OF_ONE = [
    ("a bonus of another purpose", [figure("rate_pct", 30, part="bonus", for_whom=B)],
     [("advies", 40, 40, 400), ("opleiding", 30, 60, 600)]),
    ("a cap of another purpose", [figure("rate_pct", 35, part="cap", for_whom=A)],
     [("advies", 35, 35, 350), ("opleiding", 30, 30, 300)]),
    ("a limit of another purpose", [figure("max_aid", 100, for_whom=A)],
     [("advies", 40, 40, 100), ("opleiding", 30, 30, 300)]),
    ("a bonus for both", [figure("rate_pct", 5, part="bonus", for_whom={"nl": "samenwerking"})],
     [("advies", 40, 45, 450), ("opleiding", 30, 35, 350)]),
]  # fmt: skip


@pytest.mark.parametrize(("what", "more", "told"), OF_ONE, ids=[o[0] for o in OF_ONE])
def test_a_figure_of_another_purpose_does_not_count(
    what: str, more: list[dict[str, Any]], told: list[tuple[str, int, int, int]]
) -> None:
    figures = [figure("rate_pct", 40, for_whom=A), figure("rate_pct", 30, for_whom=B), *more]
    share = share_of(measure(parameters=figures), Project(Decimal(1_000)), TODAY)
    assert sorted(rows(share), key=lambda r: str(r[0])) == told
    assert share.amount == max(amount for *_, amount in told)


def test_a_rate_for_a_purpose_is_told_beside_that_for_all_others() -> None:
    share = share_of(
        measure(parameters=[RATE, figure("rate_pct", 45, for_whom=A)]),
        Project(costs=Decimal(4_000)), TODAY,
    )  # fmt: skip
    assert rows(share) == [("advies", 45, 45, 1_800), (None, 40, 40, 1_600)]
    plain = share_of(measure(parameters=[RATE]), Project(costs=Decimal(4_000)), TODAY)
    assert (plain.purposes, plain.by_purpose) == ((), False)


def test_no_purpose_is_above_the_room_for_small_aid_that_is_left() -> None:
    figures = [figure("rate_pct", 40, for_whom=A), figure("rate_pct", 30, for_whom=B)]
    known = {"costs": Decimal(20_000), "received": Decimal(293_000)}
    (share,) = found(measure(parameters=figures, conditions=[SMALL]), **known).shares
    assert [(p.amount) for p in share.purposes] == [7_000, 6_000]
    assert (share.amount, share.over_room) == (7_000, True)


def test_a_program_is_told_which_purpose_an_amount_is_for() -> None:
    project = Project(Decimal(200_000), sizes=("medium",))
    told = together([record("onderzoeksproject")], project, date(2026, 11, 29)).as_json()
    (share,) = told["shares"]
    assert (told["at_most"], share["at_most"], share["for_whom"]) == ("140000.00", "140000.00", R)
    assert [(p["for_whom"], p["rate_pct"], p["at_most"]) for p in share["purposes"]] == [
        (R, "70", "140000.00"), (D, "50", "100000.00"),
    ]  # fmt: skip


# -- whatever the record, the costs and the size -------------------------------------------------
COSTS = st.none() | st.integers(1, 20_000_000).map(Decimal)


@given(costs=COSTS, sizes=st.sampled_from([(s,) for s in SIZES]))
def test_what_is_told_as_usual_and_as_highest_is_of_one_purpose(
    costs: Decimal | None, sizes: tuple[str, ...]
) -> None:
    """Its base is a basic rate of that purpose, with what its size adds; its ceiling is not above
    that base with every bonus; and no base is above its ceiling."""
    day = date(2026, 11, 29)
    for one in giving():
        share = share_of(one, Project(costs, sizes=sizes), day)
        mine = for_size(counting(one, day), sizes[0])
        told: tuple[Share | Purpose, ...] = (share, *share.purposes)
        for of in told:
            assert_of_one(of, for_purpose(mine, of.for_whom), sizes)
        if share.purposes:
            names = {t and t.nl for t in purposes_of(mine)}
            assert {p.for_whom and p.for_whom.nl for p in share.purposes} == names
            assert share.amount == max((p.amount for p in share.purposes), key=lambda a: a or 0)


def assert_of_one(of: Share | Purpose, rows: list[Any], sizes: tuple[str, ...]) -> None:
    if of.usual_pct is None or of.rate_pct is None:
        return
    rates = [p for p in rows if p.name == "rate_pct"]
    bases = [p for p in rates if p.part == "base"]
    assert {name(p.for_whom) for p in bases} == {name(of.for_whom)}
    assert of.usual_pct in {r.value for r in rates_of(rates, sizes)}
    whole = max(p.value for p in bases) + sum(p.value for p in rates if p.part == "bonus")
    caps = [p.value for p in rates if p.part == "cap"]
    assert of.usual_pct <= of.rate_pct <= max([whole, *caps])
    assert not caps or of.rate_pct <= max(caps)


def name(purpose: Text | None) -> str | None:
    return purpose.nl if purpose else None
