"""A sum of aid is told only where it is known to be allowed, and never above the law."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baken.landscape.catalogue import load_catalogue
from baken.landscape.model import Instrument
from baken.landscape.most import Project, share_of
from baken.landscape.together import together
from tests.landscape.test_together import NO_OTHER, SMALL, figure, found, measure

FAIR = {"legal_basis": ["651/2014 art. 19"], "parameters": [figure("rate_pct", 40)]}
ADVICE = {"legal_basis": ["651/2014 art. 18"], "parameters": [figure("rate_pct", 40)]}
RESEARCH = {"legal_basis": ["651/2014 art. 25"], "parameters": [figure("rate_pct", 40)]}
YOUNG = {"legal_basis": ["651/2014 art. 22"], "parameters": [figure("max_aid", 50_000)]}
SILENT = {"parameters": [figure("rate_pct", 40)]}
HALF = {"conditions": [SMALL], "parameters": [figure("rate_pct", 75)]}
WANTS_NONE = {"conditions": [NO_OTHER], "parameters": [figure("rate_pct", 40)]}
ALLOWED: list[tuple[str, dict[str, Any], dict[str, Any], bool | None, int | None, int | None]] = [
    # of 100,000: what is told together, and the law's share that bounds it
    ("the law's share, known", FAIR, ADVICE, True, 50_000, 50),
    ("and not known whether for the same", FAIR, ADVICE, None, 50_000, 50),
    ("for other costs each has its own", FAIR, ADVICE, False, 40_000, None),
    ("small aid counts for that share", HALF, FAIR, True, 75_000, None),
    ("a share that hangs on the project", RESEARCH, FAIR, True, None, None),
    ("aid that hangs on no costs", YOUNG, HALF, True, None, None),
    ("nobody says whether they go together", SILENT, SILENT, True, None, None),
    ("nor for other costs", SILENT, SILENT, False, None, None),
    ("one that does not want the other", WANTS_NONE, SILENT, True, 40_000, None),
    ("nor is it known for which costs", WANTS_NONE, SILENT, None, None, None),
    ("small aid has no highest share", HALF, HALF, True, 100_000, None),
    ("how much of its costs is not told", YOUNG, FAIR, False, None, None),
]  # fmt: skip


@pytest.mark.parametrize(
    ("what", "a", "b", "same", "most", "limit"), ALLOWED, ids=[row[0] for row in ALLOWED]
)
def test_a_sum_is_told_only_where_it_is_known_to_be_allowed(
    what: str, a: dict[str, Any], b: dict[str, Any], same: bool | None, most: int | None,
    limit: int | None,
) -> None:  # fmt: skip
    told = found(
        measure("a", **a), measure("b", **b), same_costs=same, costs=Decimal(100_000),
        sizes=("small",),
    )  # fmt: skip
    assert (told.most, told.limit_pct) == (most, limit)
    assert told.unsure == (("a", "b") if most is None else ())
    assert told.as_json()["at_most_not_known_of"] == list(told.unsure)


@pytest.mark.parametrize(
    ("name", "costs", "most"),
    [
        # € 50,000 for a firm, € 500,000 for a study with more partners: nobody spoke of partners
        ("oo-haalbaarheidsstudie", 150_000, 50_000),
        ("oo-haalbaarheidsstudie", 60_000, 30_000),
        # 50 % of research and the bonuses, to 70 % in an international call: above the least aid
        ("onderzoeksproject", 150_000, 105_000),
        # € 1,000 for one organisation, € 5,000 for several together: not € 6,000
        ("vlaams-brabant-professionalisering-sociale-economie", 20_000, 1_000),
    ],
)
def test_what_several_firms_together_can_get_is_not_the_most_of_one(
    name: str, costs: int, most: int
) -> None:
    (record,) = load_catalogue().find(name, "instrument")
    assert isinstance(record, Instrument)
    share = share_of(record, Project(costs=Decimal(costs), sizes=("medium",)), date(2026, 11, 29))
    assert share.amount == most


def test_a_rate_for_a_fair_has_no_limit_for_a_worker_beside_it() -> None:
    (record,) = load_catalogue().find("exportpremies-brussel", "instrument")
    assert isinstance(record, Instrument)
    project = Project(costs=Decimal(30_000), sizes=("small",))
    share = share_of(record, project, date(2026, 11, 29))
    assert (share.amount, share.rate_pct, share.cap) == (None, 75, None)
    assert [a.says.nl for a in share.assumed if a.says] == ["beurs"]


def test_where_a_limit_is_over_and_no_new_one_is_known_there_is_no_amount() -> None:
    (record,) = load_catalogue().find("euipo-sme-fund", "instrument")
    assert isinstance(record, Instrument)
    project = Project(costs=Decimal(100_000), sizes=("small",))
    share = share_of(record, project, date(2026, 11, 29))
    assert (share.amount, share.rate_pct) == (None, 75), "75 % of € 100,000 was never to be had"
    assert [p.value for p in share.past_caps] == [1_350, 1_000, 3_500]


def test_a_limit_that_holds_is_told_and_no_older_one() -> None:
    old, now = figure("max_aid", 200, valid_to="2021"), figure("max_aid", 300)
    record = measure("a", parameters=[figure("rate_pct", 40), old, now])
    share = share_of(record, Project(costs=Decimal(10_000)), date(2026, 11, 29))
    assert (share.amount, share.past_caps) == (300, ())


def test_a_sum_without_costs_or_size_is_not_known_to_be_allowed() -> None:
    two = measure("a", **FAIR, conditions=[]), measure("b", **ADVICE)
    capped = [r.model_copy(update={"parameters": [*r.parameters, *caps()]}) for r in two]
    assert found(*capped, sizes=("small",)).unsure == ("a", "b"), "no costs to take a share of"
    large = found(*capped, costs=Decimal(100_000), sizes=("small", "large"))
    assert large.unsure == ("a", "b"), "art. 18 and 19 are for SMEs only"


def caps() -> list[Any]:
    return measure(parameters=[figure("max_aid", 30_000)]).parameters


def test_after_the_block_exemption_no_share_of_it_is_told() -> None:
    two = measure("a", **FAIR), measure("b", **ADVICE)
    project = Project(Decimal(100_000), sizes=("small",))
    assert together(two, project, date(2026, 12, 31)).limit_pct == 50
    assert together(two, project, date(2027, 1, 1)).unsure == ("a", "b")


MEASURES = st.lists(
    st.sampled_from((FAIR, ADVICE, RESEARCH, YOUNG, SILENT, HALF, WANTS_NONE)),
    min_size=2, max_size=4,
)  # fmt: skip


@given(kinds=MEASURES, costs=st.integers(1, 500_000), same=st.sampled_from((True, None)))
def test_what_is_told_of_several_is_never_above_the_law(
    kinds: list[dict[str, Any]], costs: int, same: bool | None
) -> None:
    records = [measure(f"m{n}", **kind) for n, kind in enumerate(kinds)]
    told = found(*records, costs=Decimal(costs), same_costs=same, sizes=("small",))
    if len(told.best) < 2 or told.most is None:
        return
    taken = [kinds[int(name[1:])] for name in told.best]
    assert all(kind in (FAIR, ADVICE, HALF) for kind in taken), "all others are not known"
    whole = all(kind is HALF for kind in taken)
    alone = max(s.amount or Decimal(0) for s in told.shares)
    assert told.most <= max(alone, Decimal(costs) * (100 if whole else 50) / 100)
