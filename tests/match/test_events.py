"""What happened is heard by its meaning too: surely it counts as told, perhaps it is asked."""

from __future__ import annotations

import sys

import pytest
from bench.search.events import NONE, fresh, left_out, shares

import baken
from baken.landscape.catalogue import load_catalogue
from baken.match import events
from baken.match.duties import due, duties, may_be_due, tells_in_words

WORK, DATA, FOOD = "fedris", "gegevensbeschermingsautoriteit", "favv"
SURELY = [
    (WORK, "een stagiair is met zijn vinger in de zaagmachine geraakt"),
    (WORK, "een uitzendkracht werd geraakt door de heftruck"),
    (WORK, "forklift driver lost two fingers this morning"),
    (WORK, "un ouvrier a perdu deux doigts dans la scie"),
    (DATA, "mailbox van onze boekhoudster overgenomen door oplichters"),
]
PERHAPS = [
    (WORK, "mijn poetsvrouw kreeg javel in de ogen"),
    (WORK, "een van mijn gasten ligt in het ziekenhuis na een val van de stelling"),
    (DATA, "ex-werknemer heeft de patiëntendossiers meegenomen"),
    (DATA, "ik heb per ongeluk een excel met alle klanten naar de verkeerde gestuurd"),
    (FOOD, "er zat glas in een van onze broodjes, een klant klaagt"),
]
NOTHING = ["ik zoek een lasser", "mijn verkoop zakt", "hoe voorkom ik arbeidsongevallen", "oven"]


@pytest.mark.parametrize(("holder", "need"), SURELY)
def test_what_is_surely_told_leads_to_who_takes_the_report(holder: str, need: str) -> None:
    assert tells_in_words(need) == ()
    answer = baken.match({"need": need, "as_of": "2026-11-27", "facts": {"municipality": "Geel"}})
    assert [(d.id, d.perhaps) for d in answer.duties] == [(holder, False)]
    assert answer.route is not None and holder in answer.route.doors[:2]


@pytest.mark.parametrize(("holder", "need"), PERHAPS)
def test_what_is_perhaps_told_is_asked_with_its_term(holder: str, need: str) -> None:
    assert may_be_due(need) == (holder,)
    (duty,) = duties(need, load_catalogue(), "nl")
    (told,) = [d for d in duties(SURELY_OF[holder], load_catalogue(), "nl") if d.id == holder]
    asks, law, says = duty.says.partition("? Dan vraagt de wet dit, en het kan niet wachten. ")
    assert duty.perhaps and asks and law and says == told.says


SURELY_OF = {
    WORK: SURELY[0][1], DATA: SURELY[4][1], FOOD: "salmonella gevonden in onze producten",
}  # fmt: skip


CUSTOMERS = [
    "a customer burned her hand on our kettle, what must we do?",
    "een klant is uitgegleden in de winkel en brak haar pols",
    "une cliente a glissé sur le carrelage du salon",
]


@pytest.mark.parametrize("need", CUSTOMERS)
def test_a_customer_who_was_hurt_is_no_accident_of_staff(need: str) -> None:
    assert WORK not in may_be_due(need)
    assert may_be_due("een klant zag hoe mijn werknemer met zijn hand in de pers zat") == (WORK,)


@pytest.mark.parametrize("need", NOTHING)
def test_who_tells_of_nothing_is_asked_nothing(need: str) -> None:
    assert events.event(need) is None


def test_what_is_prevented_is_never_told_however_near_its_meaning(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    heard = events.Event(WORK, sure=True)
    monkeypatch.setattr(sys.modules[due.__module__], "event", lambda text: heard)
    happened, prevented = "er viel iets op zijn voet", "hoe voorkom ik dat iets op een voet valt"
    assert due(happened) == (WORK,) and may_be_due(happened) == ()
    assert due(prevented) == () and may_be_due(prevented) == (WORK,)


AT_LEAST = {WORK: 0.7, DATA: 0.8, FOOD: 0.65}


@pytest.mark.parametrize("holder", AT_LEAST)
def test_most_of_what_was_written_apart_is_heard_and_little_of_it_by_words(holder: str) -> None:
    found = shares(fresh()[holder], holder)
    assert found.heard >= AT_LEAST[holder] > found.words


def test_little_is_heard_where_nothing_happened() -> None:
    found = shares(fresh()[NONE])
    assert found.sure <= 0.02 and found.heard <= 0.13


def test_of_owners_needs_few_are_asked_for_nothing() -> None:
    known = events.examples()
    labels, counts = known.labels, known.counts
    best, right = left_out()
    usual, told = counts < 1, labels.any(axis=1)
    assert float((best[usual] >= events.SURE).mean()) < 0.003
    assert float((best[usual] >= events.PERHAPS).mean()) < 0.03
    assert float(((best >= events.PERHAPS) & right)[told].mean()) > 0.75
