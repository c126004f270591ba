"""One firm against a catalogue: the tables say what the closures say, value by value."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest

from baken.kernel.values import Choices, Interval, SetOf, Value
from baken.rules import AtomTrace, JoinTrace, RuleSet, compile_closure, parse

from .vocabulary import VOCABULARY

NUMBERS = [
    "headcount < 50",
    "headcount >= 50",
    "headcount = 10",
    "headcount <> 250",
    "headcount <= 9",
    "headcount > 249",
    "headcount between 10 and 49",
    "headcount > 10.5",
]
DATES = [
    "founded_on + interval '4' year >= as_of",
    "founded_on > as_of - interval '36' month",
    "founded_on <= date '2024-02-29'",
    "date '2024-02-29' < founded_on",
    "as_of < founded_on + interval '1' month",
    "as_of >= founded_on",
    "founded_on = date '2024-02-29'",
    "founded_on - interval '1' month <> as_of",
]
SETS = [
    "has(nace_2025, '10%')",
    "not has(nace_2025, '10%')",
    "has(nace_2025, '4724')",
    "has(nace_2025, '47%') or has(nace_2025, '1071')",
    "nace_2025 is null",
]
TEXTS = ["size = 'micro'", "size <> 'micro'", "size in ('micro', 'small')", "size like 's%'"]

heads: list[Value] = [None, *range(-1, 13), 48, 49, 50, 51, 249, 250, 251, Decimal("9.5")]
heads += [
    Interval(lo, hi)
    for lo in (None, 9, 10, 11, 50)
    for hi in (50, 60, 250, None)
    if (lo, hi) != (None, None)
]
days: list[Value] = [None, *(date(2024, 2, 25) + timedelta(days=n) for n in range(9))]
days += [date(2022, 10, 31), date(2022, 11, 1), date(2023, 11, 1), date(2026, 10, 1)]
days += [date(2026, 11, 1), date(2026, 12, 1), date.min, date.max]
days += [
    Interval(date(2024, 2, 1), None),
    Interval(None, date(2024, 2, 29)),
    Interval(date(2022, 1, 1), date(2023, 1, 1)),
    Interval(date(2027, 1, 1), None),
]
sets: list[Value] = [None, SetOf.of(), SetOf.of("1071"), SetOf.of("4724", "62"), SetOf((), True)]
sets += [SetOf.one_of(("1071", "4724")), SetOf.of("1071", more=True), SetOf.of("62", more=True)]
sizes: list[Value] = [None, "micro", "small", "large", Choices(frozenset({"micro", "small"}))]


@pytest.mark.parametrize(
    ("texts", "fact", "values"),
    [
        (NUMBERS, "headcount", heads),
        (DATES, "founded_on", days),
        (SETS, "nace_2025", sets),
        (TEXTS, "size", sizes),
    ],
    ids=["numbers", "dates", "sets", "texts"],
)
def test_tables(texts: list[str], fact: str, values: list[Value]) -> None:
    exprs = [parse(text, VOCABULARY) for text in texts]
    rules = RuleSet({text: [expr] for text, expr in zip(texts, exprs, strict=True)})
    for as_of in (date(2026, 11, 1), date(2024, 2, 29), None):
        for value in values:
            firm = {fact: value, "as_of": as_of}
            judged = rules.judge(firm)
            for text, expr in zip(texts, exprs, strict=True):
                (found,) = judged.traces(text)
                assert found.truth is compile_closure(expr)(firm), (text, value, as_of)


def test_an_atom_is_shared_and_an_offer_without_conditions_fits() -> None:
    heads, size = parse("headcount < 50", VOCABULARY), parse("size = 'micro'", VOCABULARY)
    either = parse("headcount < 50 or size = 'micro'", VOCABULARY)
    rules = RuleSet({"a": [heads, size], "b": [either], "c": [], "d": [heads]})
    assert len(rules.atoms) == 2
    judged = rules.judge({"headcount": 52}, {"headcount": "asked"})
    assert judged.verdicts == {"a": "excluded", "b": "open", "c": "fits", "d": "excluded"}
    assert judged.traces("c") == ()
    (joined,) = judged.traces("b")
    assert isinstance(joined, JoinTrace)
    assert (joined.joined, [part.truth for part in joined.parts]) == ("any", [False, None])
    (alone,) = judged.traces("d")
    assert isinstance(alone, AtomTrace)
    assert (alone.text, alone.found, alone.origins) == ("headcount < 50", (52,), ("asked",))
    assert (alone.facts, alone.wanted, alone.parts) == (("headcount",), "< 50", ())
    assert alone is joined.parts[0]


def test_the_trace_keeps_the_firm_as_it_was() -> None:
    rules = RuleSet({"a": [parse("headcount < 50", VOCABULARY)]})
    firm: dict[str, Value] = {"headcount": 52}
    judged = rules.judge(firm)
    firm["headcount"] = 10
    (found,) = judged.traces("a")
    assert isinstance(found, AtomTrace)
    assert (found.truth, found.found) == (False, (52,))


def test_an_unknown_offer() -> None:
    with pytest.raises(KeyError):
        RuleSet({}).judge({}).traces("nothing")
