"""A population as columns: encoding, keeping, and numbers too large for a machine word."""

from __future__ import annotations

from decimal import Decimal

import numpy as np
import pytest

from baken.kernel.errors import BakenError
from baken.kernel.values import Choices, Interval, SetOf, Value
from baken.rules.bitmaps import Population
from baken.rules.closures import compile_closure
from baken.rules.parse import parse
from baken.rules.sql import to_sql

from .vocabulary import AS_OF, VOCABULARY

FIRMS: list[dict[str, Value]] = [
    {"size": "micro", "headcount": 4, "nace": "1071", "nace_2025": SetOf.of("1071", "47")},
    {"size": Choices(frozenset({"small", "medium"})), "headcount": Interval(10, 60)},
    {"size": "large", "headcount": 400, "nace": "62", "nace_2025": SetOf.of("62", more=True)},
    {},
] * 5


def test_verdicts_are_counted_without_the_padding() -> None:
    firms = Population.encode(FIRMS, VOCABULARY, as_of=AS_OF)
    small = parse("headcount < 50", VOCABULARY)
    sized = parse("size <> 'large'", VOCABULARY)
    assert firms.judge([small, sized]).counts() == {"fits": 5, "excluded": 5, "open": 10}
    assert firms.judge([]).counts() == {"fits": 20, "excluded": 0, "open": 0}
    assert firms.judge([small, sized]).codes().tolist() == [1, 0, -1, 0] * 5


def test_a_fact_without_a_column_is_unknown() -> None:
    firms = Population.encode(FIRMS, VOCABULARY)
    for text in ("exporter", "turnover > 5", "turnover > balance_total", "region = 'buitenland'",
                 "founded_on > as_of", "founded_on > project_starts_on",
                 "has(establishment_regions, 'waals-gewest')"):  # fmt: skip
        assert firms.truths(parse(text, VOCABULARY)) == [None] * len(FIRMS), text
    assert firms.truths(parse("as_of is null", VOCABULARY)) == [True] * len(FIRMS)


def test_as_of_alone() -> None:
    firms = Population.encode(FIRMS, VOCABULARY, as_of=AS_OF)
    assert set(firms.truths(parse("as_of <= date '2026-12-31'", VOCABULARY))) == {True}
    assert set(firms.truths(parse("as_of is null", VOCABULARY))) == {False}


def test_an_atom_is_computed_once_until_forgotten() -> None:
    firms = Population.encode(FIRMS, VOCABULARY)
    one = firms.planes(parse("headcount < 50", VOCABULARY))
    assert firms.planes(parse("headcount < 50", VOCABULARY)) is one
    firms.forget()
    again = firms.planes(parse("headcount < 50", VOCABULARY))
    assert again is not one
    assert np.array_equal(again.true, one.true)


def test_many_texts_are_judged_by_runs_and_by_look_up() -> None:
    """More codes than bitmaps are kept for: neighbours as one run, scattered ones one by one."""
    codes = [f"{n:04d}" for n in range(300)]
    rows: list[dict[str, Value]] = [{"nace": c, "nace_2025": SetOf.of(c)} for c in codes] * 3
    firms = Population.encode(rows, VOCABULARY)
    scattered = ", ".join(f"'{n:04d}'" for n in range(0, 300, 7))
    asked = ["nace like '01%'", f"nace in ({scattered})", f"nace not in ({scattered})"]
    asked += ["has(nace_2025, '02%')", "nace <> '0005'", "nace in ('0005', '0007')"]
    for text in asked:
        expr = parse(text, VOCABULARY)
        assert firms.truths(expr) == [compile_closure(expr)(row) for row in rows], text


def test_members_that_few_firms_have_are_found_too() -> None:
    """The second member of a few firms gets no column of its own."""
    rows: list[dict[str, Value]] = [{"nace_2025": SetOf.of("1071")} for _ in range(100)]
    rows[41] = {"nace_2025": SetOf.of("1071", "4724", "62")}
    rows[42] = {"nace_2025": SetOf((frozenset({"10"}), frozenset({"62", "63"})))}
    firms = Population.encode(rows, VOCABULARY)
    for text in ("has(nace_2025, '62%')", "has(nace_2025, '63%')", "not has(nace_2025, '4724')"):
        expr = parse(text, VOCABULARY)
        assert firms.truths(expr) == [compile_closure(expr)(row) for row in rows], text
        assert len(set(firms.truths(expr))) > 1


def test_sums_too_large_for_a_machine_word_stay_exact() -> None:
    rows: list[dict[str, Value]] = [
        {"turnover": 10**16, "balance_total": 10**16 - Decimal("0.01")},
        {"turnover": 10**16, "balance_total": 10**16},
    ]
    expr = parse("300 * turnover - 300 * balance_total > 2.99", VOCABULARY)
    assert Population.encode(rows, VOCABULARY).truths(expr) == [True, False]


@pytest.mark.parametrize(
    ("fact", "value", "expected"),
    [
        ("headcount", Decimal("1.5"), "at most 0 decimals"),
        ("headcount", "12", "at most 0 decimals"),
        ("turnover", 10**19, "a smaller number"),
        ("founded_on", 2020, "a date"),
        ("size", 5, "a text"),
        ("exporter", "yes", "true or false"),
        ("nace_2025", "1071", "a SetOf"),
    ],
)
def test_values_of_the_wrong_kind(fact: str, value: Value, expected: str) -> None:
    with pytest.raises(BakenError) as caught:
        Population.encode([{fact: value}], VOCABULARY)
    assert (caught.value.path, caught.value.expected) == (fact, expected)


def test_sql_is_for_duckdb_only() -> None:
    with pytest.raises(BakenError, match="oracle"):
        to_sql(parse("exporter", VOCABULARY), dialect="oracle")
