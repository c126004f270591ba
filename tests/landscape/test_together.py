"""Chosen measures together: which go together and why, in which order, how much at most."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baken.landscape.model import Instrument
from baken.landscape.most import Project, Share, most_of, share_of
from baken.landscape.together import Pair, Together, together

TODAY = date(2026, 11, 26)


def measure(name: str = "a", **more: Any) -> Instrument:
    """A grant without conditions or figures."""
    return Instrument.model_validate(
        {
            "id": name, "names": {"nl": f"Premie {name}"}, "summary": {"nl": "x"}, "needs": ["N01"],
            "themes": ["x"], "area": {}, "status": {"value": "open"}, "kind": "grant",
            "provider": "x", "level": "flemish", "sources": [{"n": 1, "url": "https://x.example",
            "seen": "2026-01-01"}], **more,
        }
    )  # fmt: skip


def figure(name: str, value: Any, **more: Any) -> dict[str, Any]:
    unit = "pct" if name == "rate_pct" else "EUR"
    return {"name": name, "value": value, "unit": unit, "source": 1, **more}


def condition(family: str, **more: Any) -> dict[str, Any]:
    return {"id": "c", "family": family, "says": {"nl": "Zo staat het er."}, "source": 1, **more}


NO_OTHER = condition("double_funding", rule="other_aid_same_costs = false")
SMALL = condition("de_minimis", rule="de_minimis_room_left = true")


# -- the most of one ----------------------------------------------------------------------------
RATE, CAP = figure("rate_pct", 40), figure("max_aid", 50_000)
BY_SIZE = [
    figure("rate_pct", 50, sizes=["micro", "small"]),
    figure("rate_pct", 30, sizes=["medium"]),
]
WITH_BONUS = [
    figure("rate_pct", 25),
    figure("rate_pct", 10, part="bonus", sizes=["medium"]),
    figure("rate_pct", 20, part="bonus", sizes=["micro", "small"]),
    figure("rate_pct", 15, part="bonus", for_whom={"nl": "samenwerking"}),
    figure("rate_pct", 50, part="cap"),
]
APART = [figure("max_aid", 1_000, per={"nl": "voor merken"}),
         figure("max_aid", 3_500, per={"nl": "voor octrooien"})]  # fmt: skip
MOST = [
    ("a rate of the costs", [RATE], {"costs": 100_000}, 40_000),
    ("the cap when the rate gives more", [RATE, CAP], {"costs": 200_000}, 50_000),
    ("the rate when the cap is higher", [RATE, CAP], {"costs": 10_000}, 4_000),
    ("a cap alone is not bounded by the costs", [CAP], {"costs": 500}, 50_000),
    ("a cap for each project, never above the costs",
     [figure("max_aid", 50_000, per={"nl": "per project"})], {"costs": 20_000}, 20_000),
    ("a cap beside a least of costs, never above them",
     [CAP, figure("min_project_cost", 1_000)], {"costs": 20_000}, 20_000),
    ("a cap alone, the costs not known", [CAP], {}, 50_000),
    ("a rate alone, the costs not known", [RATE], {}, None),
    ("nothing in the record", [], {"costs": 100_000}, None),
    ("the rate of a small firm", BY_SIZE, {"costs": 1_000, "sizes": ("small",)}, 500),
    ("the rate of a medium firm", BY_SIZE, {"costs": 1_000, "sizes": ("medium",)}, 300),
    ("the best rate, the size not known", BY_SIZE, {"costs": 1_000}, 500),
    ("a rate for none of its size", BY_SIZE, {"costs": 1_000, "sizes": ("large",)}, None),
    ("a size without a rate is not known, never all of the costs",
     [*BY_SIZE, CAP], {"costs": 1_000, "sizes": ("large",)}, None),
    ("the best rate of the sizes that have one",
     [*BY_SIZE, CAP], {"costs": 1_000, "sizes": ("medium", "large")}, 300),
    ("every bonus of a medium firm", WITH_BONUS, {"costs": 1_000, "sizes": ("medium",)}, 500),
    ("every bonus, the cap holds", WITH_BONUS, {"costs": 1_000, "sizes": ("small",)}, 500),
    ("a cap on bonuses that are not told",
     [figure("rate_pct", 5), figure("rate_pct", 30, part="cap")], {"costs": 1_000}, 300),
    ("amounts that are each for something else", APART, {"costs": 100_000}, 4_500),
    ("amounts apart and one for the whole", [*APART, figure("max_aid", 2_000)], {}, 2_000),
    ("costs that count for a part",
     [RATE, figure("max_project_cost", 10_000)], {"costs": 100_000}, 4_000),
    ("costs below the least", [RATE, figure("min_project_cost", 5_000)], {"costs": 4_999}, 0),
    ("costs at the least", [RATE, figure("min_project_cost", 5_000)], {"costs": 5_000}, 2_000),
    ("aid below the least that can be asked",
     [RATE, figure("min_aid", 25_000)], {"costs": 62_499}, 0),
    ("aid at the least", [RATE, figure("min_aid", 25_000)], {"costs": 62_500}, 25_000),
    ("the least aid for each worker is not of the whole",
     [RATE, figure("min_aid", 5_000, per={"nl": "werknemer"})], {"costs": 1_000}, 400),
    ("a figure that held before", [figure("max_aid", 40, valid_to="2025")], {}, None),
    ("a figure for another than the firm", [figure("rate_pct", 40, for_firm=False)], {}, None),
    ("cents are cut, not rounded up", [figure("rate_pct", 33)], {"costs": "100.01"}, "33.00"),
]  # fmt: skip


@pytest.mark.parametrize(("what", "figures", "known", "most"), MOST, ids=[m[0] for m in MOST])
def test_the_most_of_a_measure(
    what: str, figures: list[dict[str, Any]], known: dict[str, Any], most: Any
) -> None:
    project = Project(**{k: Decimal(str(v)) if k == "costs" else v for k, v in known.items()})
    found = share_of(measure(parameters=figures), project, TODAY)
    assert found.amount == (None if most is None else Decimal(str(most)))


def test_a_size_that_the_measure_shuts_out_does_not_count() -> None:
    only_medium = condition("size", rule="size in ('medium')")
    record = measure(parameters=[*BY_SIZE, CAP], conditions=[only_medium])
    found = share_of(record, Project(Decimal(1_000)), TODAY)
    assert (found.amount, found.by_size) == (300, False)


USUAL = [
    ("micro", 45, 50),
    ("medium", 35, 50),
    ("large", 25, 40),
]


@pytest.mark.parametrize(("size", "usual", "most"), USUAL)
def test_the_usual_rate_counts_no_bonus_for_working_together(
    size: str, usual: int, most: int
) -> None:
    found = share_of(measure(parameters=WITH_BONUS), Project(sizes=(size,)), TODAY)
    assert (found.usual_pct, found.rate_pct) == (usual, most)


def test_what_a_figure_stands_on_is_told() -> None:
    figures = [figure("rate_pct", 40, for_whom={"nl": "advies"}),
               figure("max_aid", 5_000, per={"nl": "per jaar"}), *WITH_BONUS[1:4]]  # fmt: skip
    told = share_of(measure(parameters=figures), Project(Decimal(1_000)), TODAY).assumed
    assert {(a.why, a.says.nl if a.says else "") for a in told} == {
        ("for_whom", "advies"), ("per", "per jaar"), ("bonus", "samenwerking"), ("size", ""),
    }  # fmt: skip


# -- the most of several ------------------------------------------------------------------------
def share(
    amount: int | None, rate: int | None = None, name: str = "a", of_costs: bool = True
) -> Share:
    pct = None if rate is None else Decimal(rate)
    most = None if amount is None else Decimal(amount)
    return Share(name, pct, None, most, (), (), of_costs=of_costs)


SUMS = [
    ("costs not known: the sum", [share(10), share(20)], {}, 30),
    ("the same costs: never more than they are",
     [share(60, 60), share(70, 70)], {"costs": 100, "same_costs": True}, 100),
    ("not known whether the same: as if", [share(60, 60), share(70, 70)], {"costs": 100}, 100),
    ("costs apart: the highest rate takes them first",
     [share(60, 60), share(70, 70)], {"costs": 100, "same_costs": False}, 70),
    ("costs apart: what a cap leaves goes to the next",
     [share(30, 60), share(35, 70)], {"costs": 100, "same_costs": False}, 65),
    ("what pays no costs is not bounded by them, and comes beside",
     [share(200, of_costs=False), share(70, 70)], {"costs": 60}, 260),
    ("nor for costs apart",
     [share(200, of_costs=False), share(60, 60)], {"costs": 100, "same_costs": False}, 260),
    ("one without a figure", [share(10), share(None)], {}, None),
    ("none", [], {"costs": 100}, 0),
]  # fmt: skip


@pytest.mark.parametrize(("what", "shares", "known", "most"), SUMS, ids=[s[0] for s in SUMS])
def test_the_most_of_several(
    what: str, shares: list[Share], known: dict[str, Any], most: int | None
) -> None:
    amounts = {k: Decimal(v) if k == "costs" else v for k, v in known.items()}
    assert most_of(shares, Project(**amounts)) == most


AMOUNT = st.integers(0, 500_000).map(Decimal)


@given(
    rates=st.lists(st.integers(1, 100), min_size=1, max_size=5),
    caps=st.lists(AMOUNT, min_size=5, max_size=5),
    costs=AMOUNT,
    same=st.sampled_from((True, False, None)),
)
def test_together_is_never_more_than_the_costs_or_the_sum_nor_less_than_one(
    rates: list[int], caps: list[Decimal], costs: Decimal, same: bool | None
) -> None:
    records = [
        measure(str(n), parameters=[figure("rate_pct", r), figure("max_aid", caps[n])])
        for n, r in enumerate(rates)
    ]
    project = Project(costs, same_costs=same)
    each = [share_of(r, project, TODAY) for r in records]
    most = most_of(each, project)
    assert most is not None
    alone = [s.amount or Decimal(0) for s in each]
    assert most <= min(costs, sum(alone, Decimal(0)))
    assert most >= max(alone) - Decimal("0.01")


# -- two of them --------------------------------------------------------------------------------
GBER = {"legal_basis": ["651/2014 art. 25"]}
NAMED = condition("double_funding", rule="other_vlaio_project = false",
                  says={"nl": "Geen Premie b tegelijk."})  # fmt: skip
EUROPE = condition("double_funding", rule="other_eu_programme_aid = false")
WORDS = condition("double_funding", text="Dit vragen we niet.")
MAY_SHUT = {
    "perhaps_not_with": ["flemish"],
    "texts": {"not_with": {"nl": "Met steun van een gewest misschien niet.", "sources": [1]}},
}
DEDUCTION = {
    "kind": "tax",
    "conditions": [condition("double_funding", rule="other_deduction_same_investment = false")],
}
PAIRS: list[tuple[str, dict[str, Any], dict[str, Any], bool | None, bool | None, str]] = [
    ("advice stands beside all", {"conditions": [NO_OTHER]}, {"kind": "advice"}, True, True,
     "no_money"),
    ("the record wants no other, for the same costs", {"conditions": [NO_OTHER]}, {}, True, False,
     "same_costs"),
    ("the record wants no other, for other costs", {"conditions": [NO_OTHER]}, {}, False, True,
     "other_costs"),
    ("the record wants no other, not known", {"conditions": [NO_OTHER]}, {}, None, None,
     "only_other_costs"),
    ("whether a loan is aid is not known", {"conditions": [NO_OTHER]}, {"kind": "loan"}, True, None,
     "perhaps_aid"),
    ("the other is named", {"conditions": [NAMED]}, {}, False, False, "named"),
    ("the other is European", {"conditions": [EUROPE]}, {"level": "european"}, None, False,
     "european"),
    ("the other is not European", {"conditions": [EUROPE]}, {}, None, None, "silent"),
    ("words that no rule can hold", {"conditions": [WORDS]}, {}, None, None, "words"),
    ("a condition that held before",
     {"conditions": [{**NO_OTHER, "valid_to": "2025"}]}, {}, True, None, "silent"),
    ("its words say that aid of that level may shut it", MAY_SHUT, {}, None, None, "perhaps_not"),
    ("that may shut it, and other costs", MAY_SHUT, {}, False, None, "perhaps_not_same"),
    ("aid of another level", MAY_SHUT, {"level": "provincial"}, None, None, "silent"),
    ("what it may be shut by says something vague itself", MAY_SHUT, {"conditions": [WORDS]}, None,
     None, "perhaps_not"),
    ("what it may be shut by wants no other", MAY_SHUT, {"conditions": [NO_OTHER]}, True, False,
     "same_costs"),
    ("one deduction for an investment", DEDUCTION, DEDUCTION, None, None, "only_other_costs"),
    ("a deduction beside a grant", DEDUCTION, {}, None, None, "silent"),
    ("both small aid", {"conditions": [SMALL]}, {"conditions": [SMALL]}, True, True, "small"),
    ("small and exempt, the same costs", {"conditions": [SMALL]}, GBER, True, True, "law_highest"),
    ("both exempt, the same costs", GBER, GBER, True, True, "law_highest"),
    ("both exempt, other costs", GBER, GBER, False, True, "law_other"),
    ("nobody says anything", {}, {}, None, None, "silent"),
    ("nobody says anything, for other costs", {}, {}, False, None, "silent_other"),
]  # fmt: skip


@pytest.mark.parametrize(("what", "a", "b", "same", "go", "why"), PAIRS, ids=[p[0] for p in PAIRS])
def test_whether_two_go_together(
    what: str, a: dict[str, Any], b: dict[str, Any], same: bool | None, go: bool | None, why: str
) -> None:
    one, other = measure("a", **a), measure("b", **b)
    for pair in (only(one, other, same=same), only(other, one, same=same)):
        assert (pair.go, pair.why) == (go, why)


def only(*records: Instrument, same: bool | None = None) -> Pair:
    (pair,) = found(*records, same_costs=same).pairs
    return pair


def found(*records: Instrument, **known: Any) -> Together:
    return together(records, Project(**known), TODAY)


def test_what_one_record_forbids_goes_before_what_another_leaves_open() -> None:
    pair = only(measure("a", conditions=[WORDS]), measure("b", conditions=[NO_OTHER]), same=True)
    assert (pair.go, pair.of) == (False, "b")
    assert pair.condition is not None and pair.condition.source == 1


# -- together -----------------------------------------------------------------------------------
def test_what_is_asked_before_the_start_comes_first() -> None:
    told = found(
        measure("a", apply="before_start"), measure("b", apply="within_days"),
        measure("c"), measure("d", kind="loan"), measure("e", apply="any"),
    )  # fmt: skip
    assert (told.before, told.in_term, told.untold) == (("a",), ("b",), ("c",)), (
        "silence is no rule"
    )


@pytest.mark.parametrize(
    ("counted_from", "afterwards"),
    [("training", False), ("hire", False), ("opening", False), ("agreement", False),
     ("signature", True), ("disaster", True), ("illness", True)],
)  # fmt: skip
def test_a_term_names_the_last_day_and_only_what_must_have_happened_is_asked_for_after(
    counted_from: str, afterwards: bool
) -> None:
    told = found(
        measure("a", apply="within_days", apply_days=14, apply_from=counted_from), measure("b")
    )
    assert (told.after, told.in_term) == ((("a",), ()) if afterwards else ((), ("a",)))
    names = ("apply_after_start", "apply_in_term")
    assert [told.as_json()[n] for n in names] == ([["a"], []] if afterwards else [[], ["a"]])


NO_AID_YET = {
    "id": "once", "family": "earlier_use", "says": {"nl": "Je kreeg nog nooit een subsidie."},
    "rule": "had_fit_aid = false", "source": 1,
}  # fmt: skip
ORDERS = [
    # whose conditions, and of which givers they are; then what must be asked for first
    ([NO_AID_YET], ["x"], ["x"], {"a": ("b",)}),
    ([NO_AID_YET], ["x"], ["y"], {}),
    ([], ["x"], ["x"], {}),
]


@pytest.mark.parametrize(("conditions", "of_a", "of_b", "first"), ORDERS)
def test_what_other_aid_of_its_giver_shuts_is_asked_for_first(
    conditions: Any, of_a: list[str], of_b: list[str], first: Any
) -> None:
    told = found(
        measure("a", conditions=conditions, provider_ids=of_a), measure("b", provider_ids=of_b)
    )
    assert told.first == first
    assert (told.pairs[0].why == "first") == bool(first)
    assert told.pairs[0].go is None or not first, "whether both can be had is not known"


def test_what_a_record_puts_after_another_goes_with_it_in_that_order() -> None:
    tells = condition("other", says={"nl": "Je hebt eerst een Premie a."}, text="x")
    told = found(measure("b", after=["a", "weg"], conditions=[tells]), measure("a"))
    assert told.then == {"b": ("a",)}
    (pair,) = told.pairs
    assert (pair.go, pair.why, pair.of) == (True, "after", "b")
    assert pair.condition is not None and pair.condition.says.nl.endswith("Premie a.")
    assert told.as_json()["apply_after"] == {"b": ["a"]}


def test_only_those_that_may_stand_together_are_added() -> None:
    records = [
        measure("a", parameters=[figure("max_aid", 30)], conditions=[NAMED, SMALL | {"id": "s"}]),
        measure("b", parameters=[figure("max_aid", 50)], conditions=[SMALL]),
        measure("c", parameters=[figure("max_aid", 5)], conditions=[SMALL]),
    ]
    told = found(*records)
    assert (told.best, told.most, told.unsure) == (("b", "c"), 55, ())


def test_what_is_not_known_is_named_and_never_nought() -> None:
    told = found(measure("a", parameters=[RATE, CAP]), measure("b"), measure("c", kind="tax"))
    assert (told.most, told.unknown, told.uncounted) == (50_000, ("b",), ("c",))
    assert told.missing == ("costs", "same_costs")
    assert found(measure("b")).most is None


def test_as_json_keeps_cents_as_text() -> None:
    told = found(measure("a", parameters=[RATE]), costs=Decimal("1000.01")).as_json()
    assert told["at_most"] == "400.00"
    assert told["shares"] == [
        {"id": "a", "rate_pct": "40", "max_aid": None, "at_most": "400.00"}
    ]  # fmt: skip


def test_an_amount_a_day_is_no_most_of_the_whole() -> None:
    daily = figure("max_aid", 80, per={"nl": "per dag dat je sluit"})
    share = share_of(measure(parameters=[daily]), Project(costs=Decimal(500)), date(2026, 1, 1))
    assert (share.cap, share.amount) == (None, None)
    both = measure(parameters=[daily, figure("max_aid", 2000)])
    assert share_of(both, Project(), date(2026, 1, 1)).cap == 2000


def test_an_article_on_costs_bounds_a_cap_and_one_without_costs_does_not() -> None:
    for article, most in (("19", 20_000), ("22", 50_000)):
        record = measure(parameters=[CAP], legal_basis=[f"651/2014 art. {article}"])
        assert share_of(record, Project(Decimal(20_000)), TODAY).amount == most


def test_aid_for_what_befell_a_firm_is_for_nothing_that_is_signed() -> None:
    works = condition("event", rule="has(event, 'road_works')")
    before = {**condition("start", text="Vraag het eerst."), "id": "d"}
    told = together(
        [measure("a", conditions=[works]), measure("b", conditions=[works, before]), measure("c")],
        Project(), TODAY,
    )  # fmt: skip
    assert told.untold == ("b", "c")
