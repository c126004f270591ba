"""What is known of a fact: known, unknown, narrowed, a set."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baken.kernel.errors import BakenError
from baken.kernel.values import Choices, Interval, SetOf, is_known

A, B = frozenset({"a"}), frozenset({"b"})
EITHER = frozenset({"a", "b"})


@pytest.mark.parametrize(
    ("members", "more", "has_a"),
    [
        pytest.param((), False, False, id="an empty set has nothing"),
        pytest.param((), True, None, id="an open set may have anything"),
        pytest.param((A,), False, True, id="a known member"),
        pytest.param((B,), False, False, id="another member only"),
        pytest.param((B,), True, None, id="another member, and perhaps more"),
        pytest.param((EITHER,), False, None, id="one member that is a or b"),
        pytest.param((EITHER, A), False, True, id="a for sure, and one more"),
        pytest.param((EITHER, B), False, None, id="a or b, and b"),
    ],
)
def test_has_is_true_false_or_unknown(members, more, has_a):
    assert SetOf(members, more).has(lambda m: m == "a") is has_a


@given(
    st.lists(st.frozensets(st.sampled_from("abc"), min_size=1), max_size=4).map(tuple),
    st.frozensets(st.sampled_from("abc")),
)
def test_a_settled_answer_holds_for_every_set_that_is_possible(members, wanted):
    answer = SetOf(members).has(lambda m: m in wanted)
    if answer is None:
        return
    pick_first = [min(m) for m in members]
    pick_last = [max(m) for m in members]
    for concrete in (pick_first, pick_last):
        assert any(m in wanted for m in concrete) is answer


@pytest.mark.parametrize(
    ("value", "known"),
    [
        ("micro", True),
        (0, True),
        (False, True),
        (Decimal("1.5"), True),
        (date(2026, 1, 1), True),
        (None, False),
        (Choices(frozenset({"small", "medium"})), False),
        (Interval(10, 49), False),
        (SetOf.of("10.71"), True),
        (SetOf.of("10.71", more=True), False),
        (SetOf.one_of(["1071", "4724"]), False),
    ],
)
def test_is_known(value, known):
    assert is_known(value) is known


@pytest.mark.parametrize(
    "make",
    [
        pytest.param(lambda: Choices(frozenset({"one"})), id="one option is a known value"),
        pytest.param(lambda: Interval(None, None), id="no bound is unknown"),
        pytest.param(lambda: Interval(5, 4), id="an empty interval"),
    ],
)
def test_what_narrows_nothing_is_refused(make):
    with pytest.raises(ValueError):
        make()


def test_an_error_says_where_what_and_how_to_mend_it():
    error = BakenError("facts.hedcount", "no such fact", "a fact", ["headcount"])
    assert str(error) == "facts.hedcount: no such fact; expected a fact (near: headcount)"
    assert error.as_json() == {
        "path": "facts.hedcount",
        "problem": "no such fact",
        "expected": "a fact",
        "near": ["headcount"],
    }
