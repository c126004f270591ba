"""Two scans: what is different as events, and when it may be said that the firm changed."""

from __future__ import annotations

from datetime import date

import pytest

from baken.kernel.errors import BakenError
from baken.scan.compare import as_json, compare
from baken.scan.items import POSTURE, scoring
from baken.scan.scan import Scan
from tests.scan.made import answers, scan

BEFORE, AFTER = date(2026, 5, 1), date(2026, 11, 1)
DOMAIN = "customers_market"


def told(before, after, posture=((1, 1), (1, 1))):
    """The change in the domain and in posture, from grades then and now."""
    first = scan(posture[0], before, day=BEFORE)
    second = scan(posture[1], after, day=AFTER)
    return {c.about: c for c in compare(first, second)}


@pytest.mark.parametrize(
    ("before", "after", "way", "events"),
    [
        ((0, 0, 0, 0), (3, 3, 3, 3), "proactive", 4),
        ((3, 3, 3, 3), (0, 0, 0, 0), "reactive", 4),
        ((0, 0, 1, 1), (2, 2, 3, 2), "proactive", 4),
        ((0, 0, 1, 1), (2, 2, 2, 2), "unknown", 4),
        ((0, 1, 2, 1), (3, 1, 2, 1), "unknown", 1),
        ((0, 3, 0, 3), (3, 0, 3, 0), "unknown", 4),
        ((1, 1, 1, 1), (1, 1, 1, 1), "unknown", 0),
        ((0, None, 0, 0), (3, 3, 3, 3), "proactive", 3),
        ((0, None, None, None), (3, 3, 3, 3), "unknown", 1),
    ],
)
def test_changed_is_said_only_of_large_movement_one_way(before, after, way, events):
    change = told(before, after)[DOMAIN]
    assert change.way == way
    assert len(change.events) == events


@pytest.mark.parametrize(
    ("before", "after", "way"),
    [((0, 0), (3, 3), "proactive"), ((0, 0), (3, 2), "proactive"), ((0, 0), (2, 2), "unknown"),
     ((3, 3), (0, 0), "reactive"), ((0, None), (3, 3), "unknown")],
)  # fmt: skip
def test_of_two_answers_on_posture_both_must_move_far(before, after, way):
    assert told((1,), (1,), (before, after))[POSTURE].way == way


def test_change_is_certain_enough_and_its_chance_is_told():
    change = told((0, 0, 0, 0), (3, 3, 3, 3))[DOMAIN]
    assert change.by_chance <= 1 - scoring().changed_from
    small = told((0, 0, 0, 0), (1, 0, 0, 0))[DOMAIN]
    assert small.by_chance > 0.5


def test_only_what_was_asked_both_times_is_compared():
    first = scan((0, 0), (0, 0, 0, 0), day=BEFORE)
    other = Scan(AFTER, domain="energy_material", answers=answers("energy_material", (3, 3, 3, 3)))
    assert compare(first, other) == []


@pytest.mark.parametrize(
    ("lang", "says"),
    [
        ("nl", "Toen: nog nooit. Nu: in de voorbije maand."),
        ("en", "Then: never. Now: in the past month."),
        ("fr", "Avant : jamais. Maintenant : au cours du mois écoulé."),
    ],
)
def test_events_are_told_in_words(lang, says):
    first, second = scan((), (0, 0, 0, 0), day=BEFORE), scan((), (3, 0, 0, 0), day=AFTER)
    (change,) = as_json(compare(first, second), lang)
    assert [e["says"] for e in change["events"]] == [says]
    assert (change["changed"], change["same"]) == ("unknown", 3)


def test_an_answer_with_i_keeps_its_capital():
    first = scan((0,), day=BEFORE, domain="product_quality", level=(1,))
    second = scan((2,), day=AFTER, domain="product_quality", level=(3,))
    posture, product = as_json(compare(first, second), "en")
    assert posture["events"][0]["says"].startswith("Then: I had to: ")
    assert "Now: I dealt with the cause" in product["events"][0]["says"]


def test_the_same_answers_are_said_to_be_the_same():
    (change,) = as_json(compare(scan((), (1,), day=BEFORE), scan((), (1,), day=AFTER)), "nl")
    assert change["says"] == "Je gaf dezelfde antwoorden als toen."


@pytest.mark.parametrize(
    ("before", "after"), [((None,) * 4, (3, 3, 3, 3)), ((0, 0, 0, 0), (None,) * 4),
                          ((None,) * 4, (None,) * 4)],
)  # fmt: skip
def test_what_was_not_known_one_time_is_not_passed_over_nor_called_the_same(before, after):
    first, second = scan((1, 1), before, day=BEFORE), scan((1, 1), after, day=AFTER)
    posture, customers = as_json(compare(first, second), "nl")
    assert posture["says"] == "Je gaf dezelfde antwoorden als toen."
    assert (customers["changed"], customers["events"], customers["same"]) == ("unknown", [], 0)
    assert customers["says"].startswith("Of je rond klanten en markt veranderd bent, weten we niet")


def test_what_facts_alone_say_is_no_question_that_was_asked():
    told, facts = answers(POSTURE, (1, 1)), {"climate_plan": True}
    first, second = (
        Scan(day, domain="energy_material", answers=told, facts=facts) for day in (BEFORE, AFTER)
    )
    assert [c.about for c in compare(first, second)] == [POSTURE]


@pytest.mark.parametrize(("first", "second"), [(AFTER, BEFORE), (BEFORE, BEFORE)])
def test_the_earlier_scan_must_be_older(first, second):
    with pytest.raises(BakenError, match="earlier scan"):
        compare(scan((0,), day=first), scan((0,), day=second))
