"""What would settle an unknown condition, and the smallest change of an unmet one."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given

from baken.kernel.values import Choices, Interval, SetOf, Value
from baken.rules.advice import settles, smallest_change
from baken.rules.ast import Expr, facts_of
from baken.rules.closures import compile_closure
from baken.rules.parse import parse
from baken.rules.trace import atoms_traced, trace
from tests.examples import examples

from .vocabulary import AS_OF, VOCABULARY, any_condition, conditions, firms, plain_atoms


@pytest.mark.parametrize(
    ("text", "firm", "asked"),
    [
        ("headcount < 50", {}, {"headcount"}),
        ("headcount < 50", {"headcount": 52}, set()),
        ("headcount < 50", {"headcount": Interval(10, 60)}, {"headcount"}),
        ("headcount < 50 and exporter", {"exporter": True}, {"headcount"}),
        ("headcount < 50 and exporter", {"exporter": False}, set()),
        ("size = 'micro' or (exporter and in_difficulty)", {"exporter": False}, {"size"}),
        ("turnover > 2 * balance_total", {"turnover": 5}, {"balance_total"}),
        ("founded_on + interval '4' year >= as_of", {}, {"founded_on"}),
        ("has(nace_2025, '10%')", {"nace_2025": SetOf.of("47", more=True)}, {"nace_2025"}),
    ],
)
def test_settles(text: str, firm: dict[str, Value], asked: set[str]) -> None:
    assert settles(parse(text, VOCABULARY), {**firm, "as_of": AS_OF}) == asked


CHANGES = [
    # condition, firm, and per fact to change: fact, nearest value, options, members to drop
    ("headcount < 50", {"headcount": 52}, [("headcount", 49, (), ())]),
    ("headcount <= 50", {"headcount": 52}, [("headcount", 50, (), ())]),
    ("headcount > 10", {"headcount": Interval(1, 5)}, [("headcount", 11, (), ())]),
    ("own_share_pct >= 20", {"own_share_pct": Decimal("7.5")}, [("own_share_pct", 20, (), ())]),
    ("own_share_pct < 20", {"own_share_pct": 30}, [("own_share_pct", Decimal("19.9"), (), ())]),
    ("headcount between 10 and 49", {"headcount": 3}, [("headcount", 10, (), ())]),
    ("headcount not between 10 and 49", {"headcount": 45}, [("headcount", 50, (), ())]),
    ("size in ('micro', 'small')", {"size": "large"}, [("size", None, ("micro", "small"), ())]),
    ("size <> 'large'", {"size": "large"}, [("size", None, ("micro", "small", "medium"), ())]),
    ("region = 'waals-gewest'", {"region": "buitenland"},
     [("region", "waals-gewest", ("waals-gewest",), ())]),
    ("not in_difficulty", {"in_difficulty": True}, [("in_difficulty", False, (), ())]),
    ("has(establishment_regions, 'vlaams-gewest')",
     {"establishment_regions": SetOf.of("waals-gewest")},
     [("establishment_regions", "vlaams-gewest", ("vlaams-gewest",), ())]),
    ("not has(nace_2025, '47%')", {"nace_2025": SetOf.of("1071", "4724")},
     [("nace_2025", None, (), ("4724",))]),
    ("founded_on + interval '4' year >= as_of", {"founded_on": date(2020, 1, 1)},
     [("founded_on", date(2022, 11, 1), (), ())]),
    ("founded_on < date '2025-01-01'", {"founded_on": date(2026, 1, 1)},
     [("founded_on", date(2024, 12, 31), (), ())]),
    # several facts at once, or the cheapest of two ways
    ("headcount < 50 and exporter", {"headcount": 52, "exporter": False},
     [("headcount", 49, (), ()), ("exporter", True, (), ())]),
    ("headcount < 50 or headcount > 100", {"headcount": 98}, [("headcount", 101, (), ())]),
    ("(headcount < 50 and exporter) or size = 'micro'",
     {"headcount": 52, "exporter": False, "size": "large"}, [("size", "micro", ("micro",), ())]),
    ("turnover > 2 * balance_total", {"turnover": 90, "balance_total": 50},
     [("turnover", Decimal("100.01"), (), ())]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "firm", "wanted"), CHANGES)
def test_smallest_change(
    text: str, firm: dict[str, Value], wanted: list[tuple[str, Value, object, object]]
) -> None:
    change = smallest_change(parse(text, VOCABULARY), {**firm, "as_of": AS_OF}, VOCABULARY)
    assert change is not None
    assert [(c.fact, c.bound, c.options, c.drop) for c in change.facts] == wanted
    assert [c.found for c in change.facts] == [firm[c.fact] for c in change.facts]


@pytest.mark.parametrize(
    ("text", "firm"),
    [
        ("headcount < 50", {"headcount": 20}),
        ("headcount < 50", {}),
        ("as_of <= date '2025-12-31'", {}),
        ("headcount < 10 and headcount > 20", {"headcount": 15}),
        ("size is null", {"size": "micro"}),
    ],
    ids=["met", "unknown", "nobody turns back the clock", "contradiction", "unlearning"],
)
def test_no_change(text: str, firm: dict[str, Value]) -> None:
    assert smallest_change(parse(text, VOCABULARY), {**firm, "as_of": AS_OF}, VOCABULARY) is None


def test_a_sentence_can_be_made_of_it() -> None:
    expr = parse("headcount < 50", VOCABULARY)
    change = smallest_change(expr, {"headcount": 52}, VOCABULARY)
    assert change is not None
    (heads,) = change.facts
    assert f"je hebt {heads.found}; de grens is {heads.bound}" == "je hebt 52; de grens is 49"


@examples(150)
@given(any_condition, firms())
def test_advice_is_for_the_right_conditions(expr: Expr, firm: dict[str, Value]) -> None:
    """Only unknown conditions ask, only false ones advise, and about facts that they name."""
    truth = compile_closure(expr)(firm)
    asked = settles(expr, firm)
    assert bool(asked) == (truth is None)
    assert asked <= set(facts_of(expr))
    change = smallest_change(expr, firm, VOCABULARY)
    if change is not None:
        assert truth is False
        assert {c.fact for c in change.facts} <= set(facts_of(expr)) - {"as_of"}


@examples(150)
@given(conditions(plain_atoms), firms(narrowed=False))
def test_a_changed_number_or_date_turns_the_answer(expr: Expr, firm: dict[str, Value]) -> None:
    change = smallest_change(expr, firm, VOCABULARY)
    if change is not None:
        turned = {
            c.fact: c.bound if len(c.options) < 2 else Choices(frozenset(c.options))
            for c in change.facts
        }
        assert compile_closure(expr)({**firm, **turned}) is not False


def test_trace_tells_what_was_found_and_where_it_came_from() -> None:
    expr = parse("headcount < 50 and (size = 'micro' or not exporter)", VOCABULARY)
    firm: dict[str, Value] = {"headcount": 52, "size": "micro"}
    found = trace(expr, firm, {"headcount": "annual accounts 2025", "size": "asked"})
    assert found.truth is False
    assert [(a.facts, a.wanted, a.found, a.truth, a.origins) for a in atoms_traced(found)] == [
        (("headcount",), "< 50", (52,), False, ("annual accounts 2025",)),
        (("size",), "= 'micro'", ("micro",), True, ("asked",)),
        (("exporter",), "= false", (None,), None, (None,)),
    ]
    whole, alternatives = found, found.parts[1]
    assert getattr(whole, "joined", "") == "all"
    assert (getattr(alternatives, "joined", ""), alternatives.truth) == ("any", True)
