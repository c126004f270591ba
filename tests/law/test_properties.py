"""What must hold of any question on de minimis, difficulty, aid and delineation."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from baken.law.aid import aid_of, read_aid
from baken.law.delineation import delineate, read_delineate
from baken.law.deminimis import read_de_minimis, room_of
from baken.law.difficulty import difficulty_of, read_difficulty
from tests.examples import examples

REGIMES = st.sampled_from(["general", "agriculture", "fishery", "sgei"])
DAYS = st.dates(date(2021, 1, 1), date(2028, 12, 31))
EUROS = st.integers(0, 400_000)
AID = st.fixed_dictionaries(
    {"granted_on": DAYS, "amount": EUROS, "regime": REGIMES, "to": st.sampled_from("AB")}
)
LINKS = st.lists(
    st.fixed_dictionaries(
        {"owner": st.just("A"), "owned": st.just("B"), "voting_pct": st.sampled_from([20, 50, 51])}
    ),
    max_size=1,
)


@examples(300)
@given(st.lists(AID, max_size=6), AID, REGIMES, DAYS, LINKS)
def test_room_never_grows_with_an_added_aid(
    aids: list[dict[str, Any]],
    more: dict[str, Any],
    regime: str,
    day: date,
    links: list[dict[str, Any]],
) -> None:
    question = {
        "as_of": day,
        "undertaking": "A",
        "links": links,
        "aids": aids,
        "asked": {"granted_on": day, "regime": regime, "amount": 1000},
    }
    before = room_of(read_de_minimis(question))
    after = room_of(read_de_minimis({**question, "aids": [*aids, more]}))
    if before.room is not None and after.room is not None:
        assert after.room <= before.room
    if after.fits:
        assert before.fits
    assert all(r.room is None or r.room >= 0 for r in (before, after))


@examples(200)
@given(st.lists(AID, max_size=5), DAYS, st.integers(1, 400))
def test_the_room_grows_by_itself_only_on_the_days_that_are_told(
    aids: list[dict[str, Any]], day: date, later: int
) -> None:
    """The next day with more room is just when the rolling window has moved so far."""
    if day < date(2024, 1, 1):
        return
    found = room_of(read_de_minimis({"as_of": day, "undertaking": "A", "aids": aids}))
    for on, room in found.next_room:
        if on > date(2030, 12, 31):
            continue
        known = [a for a in aids if a["granted_on"] <= day]
        then = room_of(read_de_minimis({"as_of": on, "undertaking": "A", "aids": known}))
        assert then.room == room


@examples(300)
@given(
    st.integers(0, 10**6), st.integers(0, 10**6), st.integers(0, 10**6), st.integers(0, 10**6),
    st.sampled_from(["nv", "bv", "vof"]),
)  # fmt: skip
def test_more_losses_never_help_and_more_reserves_never_harm(
    capital: int, reserves: int, losses: int, more: int, form: str
) -> None:
    def hit(reserves: int, losses: int) -> bool | None:
        year = {
            "end": "2025-12-31",
            "subscribed_capital": capital,
            "share_premium": 0,
            "reserves": reserves,
            "accumulated_losses": losses,
        }
        question = {
            "as_of": "2026-06-30", "size": "small", "founded_on": "2010-01-01",
            "legal_form": form, "years": [year],
        }  # fmt: skip
        return difficulty_of(read_difficulty(question)).in_difficulty

    if hit(reserves, losses):
        assert hit(reserves, losses + more)
    else:
        assert not hit(reserves + more, losses)


PROJECT = st.fixed_dictionaries(
    {
        "kind": st.sampled_from(
            ["industrial_research", "experimental_development", "feasibility_study", "training",
             "environment", "energy_efficiency", "innovation_advice"]
        ),
        "costs": st.integers(1, 10**7),
        "assisted_area": st.sampled_from(["none", "c", "a"]),
        "dissemination": st.booleans(),
        "disadvantaged_workers": st.booleans(),
    }
)  # fmt: skip


@examples(200)
@given(PROJECT, st.sampled_from(["2016-06-30", "2023-06-30", "2023-07-01", "2026-06-30"]))
def test_a_smaller_firm_never_gets_less_and_nobody_more_than_the_costs(
    project: dict[str, Any], day: str
) -> None:
    rates = []
    for size in ("micro", "small", "medium", "large"):
        found = aid_of(read_aid({"as_of": day, "size": size, "project": project}))
        assert found.max_aid is not None and found.max_aid <= Decimal(project["costs"])
        rates.append(found.max_aid)
    assert rates == sorted(rates, reverse=True)


ACTIVITY = st.fixed_dictionaries(
    {},
    optional={
        "novel_to": st.sampled_from(["firm", "market", "world", "none"]),
        "uncertainty": st.sampled_from(["none", "commercial", "technical"]),
        "creative": st.booleans(),
        "systematic": st.booleans(),
        "transferable": st.booleans(),
        "kind": st.sampled_from(["prototype", "software", "other", "design", "price_change"]),
        "implemented": st.booleans(),
        "significant_difference": st.booleans(),
        "part_of_rnd_project": st.booleans(),
        "goal": st.sampled_from(["new_knowledge_for_use", "use_existing_knowledge"]),
        "environment": st.sampled_from(["laboratory", "simulated", "operational"]),
    },
)
FREE = ("creative", "systematic", "transferable", "implemented", "significant_difference")


@examples(300)
@given(ACTIVITY, st.sampled_from(FREE), st.booleans())
def test_an_unknown_turned_into_any_value_is_consistent_with_the_answer_before(
    activity: dict[str, Any], field: str, value: bool
) -> None:
    known = {k: v for k, v in activity.items() if k != field}
    before = delineate(read_delineate({"activity": known}))
    after = delineate(read_delineate({"activity": {**known, field: value}}))
    for was, now in (
        (before.frascati["rnd"], after.frascati["rnd"]),
        (before.oslo["innovation"], after.oslo["innovation"]),
    ):
        assert was is None or was == now
