"""What people may write in a condition, and what they are told when it can't be read."""

from __future__ import annotations

import copy
import pickle
import subprocess
import sys
from datetime import date

import pytest
from hypothesis import given

from baken.kernel.errors import BakenError
from baken.rules.ast import And, Compare, DateShift, Expr, Has, In, Literal, from_json, to_json
from baken.rules.parse import parse
from baken.rules.text import to_text
from baken.rules.trace import trace
from tests.examples import examples

from .vocabulary import VOCABULARY, any_condition, ref

READ = [
    ("size in ('micro', 'small')", In(ref("size"), ("micro", "small"))),
    ("Headcount < 50", Compare("<", ref("headcount"), Literal(50))),
    ("50 > headcount", Compare("<", ref("headcount"), Literal(50))),
    ("headcount != 50", Compare("<>", ref("headcount"), Literal(50))),
    ("in_difficulty", Compare("=", ref("in_difficulty"), Literal(True))),
    ("has(nace_2025, '10%')", Has(ref("nace_2025"), "10", prefix=True)),
    ("has(nace_2025, '1071')", Has(ref("nace_2025"), "1071")),
    (
        "founded_on >= as_of - interval '4' year",
        Compare(">=", ref("founded_on"), DateShift(ref("as_of"), -4, "year")),
    ),
    (
        "founded_on > date '2026-01-31' -- a remark",
        Compare(">", ref("founded_on"), Literal(date(2026, 1, 31))),
    ),
    (
        "exporter and (headcount < 5 and in_difficulty = false)",
        And(
            (
                Compare("=", ref("exporter"), Literal(True)),
                And(
                    (
                        Compare("<", ref("headcount"), Literal(5)),
                        Compare("=", ref("in_difficulty"), Literal(False)),
                    )
                ),
            )
        ),
    ),
]  # fmt: skip


@pytest.mark.parametrize(("text", "tree"), READ, ids=[text for text, _ in READ])
def test_read(text: str, tree: Expr) -> None:
    assert parse(text, VOCABULARY) == tree


REFUSED = [
    # what was written, what is said of it, what would be right (a part), near names
    ("hedcount < 5", "unknown fact 'hedcount'", "vocabulary", ["headcount"]),
    ("size = 'smal'", "no such choice 'smal' for 'size'", "'micro', 'small'", ["small"]),
    ("size like 'x%'", "no choice starts with 'x' for 'size'", "'micro'", []),
    ("has(establishment_regions, 'vlaams')", "no such choice", "'waals-gewest'", ["vlaams-gewest"]),
    ("has(nace_2025, '10.71')", "has a dot", "'1071'", []),
    ("has(nace_2025, '10.7%')", "has a dot", "'107%'", []),
    ("has(size, 'micro')", "'size' is a choice", "a set", []),
    ("nace_2025 = '1071'", "a set can't be compared", "has(", []),
    ("nace_2025 like '10%'", "'like' on 'nace_2025'", "has(nace_2025", []),
    ("headcount = '5'", "is a number, the text '5' given", "without quotes", []),
    ("size = 5", "is a text, the number 5 given", "in quotes", []),
    ("in_difficulty = 'no'", "is true or false", "true or false", []),
    ("founded_on > '2020-01-01'", "is a date, the text", "date '2026-01-31'", []),
    ("founded_on > date '2020-02-30'", "no such date", "date '2026-01-31'", []),
    ("founded_on > 2020", "is a date, the number", "date", []),
    ("founded_on > headcount", "a date compared with a number", "one type", []),
    ("founded_on + 4 > as_of", "'+' on a date", "interval", []),
    ("headcount + interval '4' day > 5", "interval added to a number", "a date", []),
    ("founded_on + interval '4' hour > as_of", "INTERVAL", "day, month or year", []),
    ("current_date > founded_on", "the clock of the machine", "as_of", []),
    ("headcount = 5.5", "is never 5.5", "at most 0 decimals", []),
    ("size > 'micro'", "'>' on a text", "= or <>", []),
    ("size = region", "compared with another fact", "a value", []),
    ("size", "'size' alone", "size = a value", []),
    ("headcount = null", "comparison with null", "is null", []),
    ("in_difficulty is true", "IS TRUE", "= true", []),
    ("1 < 2", "without a fact", "a fact", []),
    ("headcount - headcount > 3", "cancels out", "each fact", []),
    ("turnover * headcount > 3", "a fact times a fact", "a figure", []),
    ("turnover / headcount > 3", "division by a fact", "a product", []),
    ("turnover / 0 > 3", "division by zero", "other than 0", []),
    ("headcount between 50 and 10", "larger bound first", "smaller", []),
    ("headcount in ()", "'in' without values", "in (", []),
    ("headcount in (headcount)", "a fact inside 'in'", "values", []),
    ("headcount in (select 1)", "'in' without values", "in (", []),
    ("size like '%mic'", "pattern", "a beginning", []),
    ("size like 'm_c%'", "pattern", "a beginning", []),
    ("firm.size = 'micro'", "stands where a fact is asked", "a fact", []),
    ("lower(size) = 'micro'", "not a value that can be used", "has", []),
    ("headcount < 5 or exists (select 1)", "not a condition that can be used", "and, or", []),
    ("select size from firm", "not a condition", "and, or", []),
    ("size ilike 'm%'", "not a condition", "like", []),
    ("headcount % 2 = 1", "not a value", "+ - * /", []),
    ("headcount < 5; drop table firm", "more than one statement", "one condition", []),
    ("headcount < ", "not a condition", "and, or", []),
    ("headcount < @", "not a condition", "and, or", []),
    ("'", "not a condition", "and, or", []),
    ("", "empty", "one condition", []),
    ("(" * 900 + "exporter" + ")" * 900, "nested too deep", "flatter", []),
    ("exporter or " * 2000 + "exporter", "a condition of 24008 characters", "at most", []),
]


@pytest.mark.parametrize(("text", "problem", "expected", "near"), REFUSED)
def test_refused(text: str, problem: str, expected: str, near: list[str]) -> None:
    with pytest.raises(BakenError) as caught:
        parse(text, VOCABULARY, "kmo.yaml: conditions[2]")
    error = caught.value
    assert error.path == "kmo.yaml: conditions[2]"
    assert problem in error.problem
    assert expected in error.expected
    assert error.near == near


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("hedcount < 5", "line 1, column 1:"),
        ("exporter and hedcount < 5", "line 1, column 14:"),
        ("exporter and\n  size = 'huge'", "line 2, column 10:"),
        ("exporter and\n  has(nace_2025, '10.7%')", "line 2, column 18:"),
    ],
)
def test_the_place_of_the_error(text: str, place: str) -> None:
    with pytest.raises(BakenError, match=place):
        parse(text, VOCABULARY)


@examples(200)
@given(any_condition)
def test_text_and_json_lose_nothing(expr: Expr) -> None:
    """Written as text it is read back the same; so it is from JSON.

    Reading turns ``-5`` beside a fact and ``a = b`` in one way only, so the text is compared.
    """
    assert from_json(to_json(expr)) == expr
    text = to_text(expr)
    assert to_text(parse(text, VOCABULARY)) == text


def test_copies_leave_behind_what_was_compiled() -> None:
    expr = parse("headcount < 50 and exporter", VOCABULARY)
    assert trace(expr, {"headcount": 52}).truth is False
    for copied in (pickle.loads(pickle.dumps(expr)), copy.deepcopy(expr)):
        assert copied == expr
        assert vars(copied).keys() == {"parts"}
        assert trace(copied, {"headcount": 52}).truth is False


def test_cached_conditions_need_no_sqlglot() -> None:
    """The start of the command line stays quick: judging imports neither sqlglot nor numpy."""
    cached = to_json(parse("headcount < 50", VOCABULARY))
    code = (
        "import sys; from baken.rules.ast import from_json;"
        "from baken.rules.trace import trace; from baken.rules.ruleset import RuleSet;"
        "from baken.rules.advice import settles; from baken.rules.parse import parse;"
        f"print(trace(from_json({cached!r}), {{'headcount': 52}}).truth,"
        "{'sqlglot', 'numpy', 'duckdb'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "set()"]
