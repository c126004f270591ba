"""Who is in a crisis: the first steps are for today, and who helps for free is called first."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from django.test import Client

from baken.web.owner import reminders
from baken.web.owner.plan import Plan, make_plan
from baken.web.owner.plan_days import NOW
from baken.web.owner.plan_pages import events_of, first_moment
from baken.web.owner.pressing import is_pressing, words
from tests.web.conftest import FakeEngine
from tests.web.test_plan import STATE, offer, terms

FRIDAY = date(2026, 11, 27)
BAILIFF = "de deurwaarder staat morgen voor de deur"
NET = {"type": "organisation", "id": "net", "name": "Vangnet", "step": "Bel vandaag nog."}
BOOKS = {"type": "organisation", "id": "books", "name": "Boekhouder", "step": "Maak een afspraak."}
COURT = offer(type="organisation", id="court", name="Rechtbank", key="court",
              first_step="Praat eerst met iemand die je gratis helpt.")  # fmt: skip
DELAY = offer(id="delay", name="Afbetalingsplan", key="delay", first_step="Vraag het vandaag.")
SHIELD = offer(id="shield", name="Bescherming", key="shield", first_step="Praat met een advocaat.",
               availability="unknown")  # fmt: skip
RECORDS: dict[tuple[str, str], dict[str, Any]] = {
    ("organisation", "net"): {"kind": "crisis_support", "roles": ["safety_net"],
                              "names": {"nl": "Vangnet"}},
    ("organisation", "court"): {"kind": "agency", "names": {"nl": "Ondernemingsrechtbank"}},
    ("instrument", "delay"): {"kind": "relief", "provider": "je sociaal verzekeringsfonds"},
    ("instrument", "shield"): {"kind": "relief", "provider": "de ondernemingsrechtbank"},
}  # fmt: skip


def crisis(*offers: dict[str, Any], doors: Any = (NET, BOOKS), route: str = "R1") -> Plan:
    answer = {"route": {"id": route, "doors": list(doors)}, "said": [], "needs": []}
    return make_plan(answer, offers, RECORDS, {}, BAILIFF, "nl", FRIDAY)


@pytest.mark.parametrize(
    ("route", "codes", "need", "presses"),
    [
        ("R1", [], "ik kan niets meer betalen", True),
        ("R2", ["N14"], "morgen staat de deurwaarder hier", True),
        ("R2", ["N14"], "the bailiff comes tomorrow", True),
        ("R2", ["N14"], "l'huissier vient demain", True),
        ("R2", ["N14"], "ik wil mijn winkel overlaten aan mijn dochter", False),
        ("R2", ["N12"], "ik zoek vandaag nog klanten", False),
        ("R2", ["N14"], "mijn boekhouder zegt dat het beter kan", False),
    ],
)
def test_what_cannot_wait_is_trouble_or_a_need_to_stop_with_words_of_now(
    route: str, codes: list[str], need: str, presses: bool
) -> None:
    answer = {"route": {"id": route}, "needs": [{"code": c} for c in codes]}
    assert is_pressing(answer, need) is presses


def test_a_cry_for_help_presses_whatever_it_is_about() -> None:
    assert is_pressing({"urgent": "Bel meteen.", "route": {"id": "R5"}}, "ik kan niet meer")


def test_who_cries_for_help_gets_a_number_to_call_and_no_words_to_say() -> None:
    line = {**NET, "call": {"number": "18 13"}}
    answer = {"urgent": "Bel meteen.", "route": {"id": "R1", "doors": [line]}, "said": []}
    plan = make_plan(answer, [], RECORDS, {}, "ik kan niet meer", "nl", FRIDAY)
    assert [(c.name, c.number, c.dial) for c in plan.calls] == [("Vangnet", "18 13", "1813")]
    assert plan.say == ""
    assert crisis().say.startswith("Goeiedag")


def test_the_first_steps_are_for_today_and_the_net_goes_before_the_court() -> None:
    told = terms(crisis(COURT, DELAY))
    assert told["now"] == [
        "Vangnet: Bel vandaag nog.",
        "Afbetalingsplan: Vraag het vandaag.",
    ]
    assert told["week"][0] == "Rechtbank: Praat eerst met iemand die je gratis helpt."
    assert told["week"][1].startswith("Regel dit: Afbetalingsplan.")
    assert told["month"] == ["Kijk of het geholpen heeft. Niet? Stel je vraag opnieuw."]


def test_a_net_that_is_only_another_door_is_called_first_all_the_same() -> None:
    told = terms(crisis(COURT, doors=(BOOKS, NET)))
    assert told["now"] == ["Vangnet: Bel vandaag nog.", "Boekhouder: Maak een afspraak."]


def test_a_court_that_is_the_first_door_is_written_to_after_the_net_too() -> None:
    court = {**COURT, "step": COURT["first_step"]}
    told = terms(crisis(doors=(court, NET)))
    assert told["now"] == ["Vangnet: Bel vandaag nog."]
    assert told["week"] == ["Rechtbank: Praat eerst met iemand die je gratis helpt."]


def test_without_a_crisis_nothing_is_for_today_and_one_door_is_a_step() -> None:
    answer = {"route": {"id": "R2", "doors": [BOOKS, NET]}, "said": [], "needs": []}
    plan = make_plan(answer, [COURT], RECORDS, {}, "ik zoek raad", "nl", FRIDAY)
    assert NOW not in terms(plan)
    assert [c.name for c in plan.calls] == ["Boekhouder", "Vangnet", "Rechtbank"]
    assert not any("Bel vandaag nog" in s.says for s in plan.steps)


def test_nobody_is_sent_to_a_court_with_a_question_that_the_net_can_answer() -> None:
    (net, *_) = crisis(SHIELD).calls
    assert net.questions == [("Bescherming", "Kan ik het nu aanvragen? De bron zegt het niet.")]


def test_letters_and_bills_are_the_first_thing_to_have_ready_and_no_quotations() -> None:
    bring = crisis(DELAY).bring
    assert bring[0].startswith("Je brieven, aanmaningen en openstaande rekeningen")
    assert not any("offerte" in b for b in bring)


@pytest.mark.parametrize("rule", ["financial_trouble = true", "social_debt_overdue = true"])
def test_nobody_in_trouble_is_asked_whether_there_is_trouble(rule: str) -> None:
    records = {**RECORDS, ("instrument", "delay"): {"kind": "relief", "conditions": [
        {"id": "trouble", "rule": rule}]}}  # fmt: skip
    reason = {"says": "Je zit in moeilijkheden.", "condition": "trouble"}
    asked = {**DELAY, "groups": [{"name": "not_said", "reasons": [reason]}]}
    for route, own in (("R1", 0), ("R2", 1)):
        answer = {"route": {"id": route, "doors": []}, "said": [], "needs": []}
        assert len(make_plan(answer, [asked], records, {}, "hulp", "nl", FRIDAY).own) == own


@pytest.mark.parametrize(
    ("now", "rings"),
    [
        ("2026-11-27T07:00", "2026-11-27T09:00"),
        ("2026-11-27T10:30", "2026-11-27T10:45"),
        ("2026-11-27T16:30", "2026-11-30T09:00"),
        ("2026-11-28T10:30", "2026-11-30T09:00"),
        ("2026-12-24T18:00", "2026-12-28T09:00"),
    ],
    ids=[
        "early: at nine",
        "by day: soon",
        "late: next working day",
        "Saturday",
        "before Christmas",
    ],
)
def test_when_the_bell_of_today_rings(now: str, rings: str) -> None:
    assert first_moment(datetime.fromisoformat(now)) == datetime.fromisoformat(rings)


def test_in_a_calendar_each_step_of_a_crisis_rings() -> None:
    soon = datetime.combine(FRIDAY, time(10, 45))
    events = events_of(crisis(COURT, DELAY), BAILIFF, FRIDAY, soon=soon)
    assert [e["dtstart"].dt for e in events[:3]] == [FRIDAY, FRIDAY, date(2026, 12, 4)]
    bells = [[a["trigger"].dt for a in e.walk("VALARM")] for e in events]
    assert bells[0] == [timedelta(hours=10, minutes=45)]
    assert bells[2] == [timedelta(hours=9)]
    assert all(bells)


def test_the_first_reminder_comes_on_the_next_working_day() -> None:
    days = reminders.days_of(crisis(COURT, DELAY), FRIDAY, FRIDAY)
    assert days[0] == date(2026, 11, 30)
    assert date(2026, 12, 3) in days, "the day before its week ends"


def test_the_page_of_a_crisis(site: Client, fake: FakeEngine) -> None:
    def trouble(answer: dict[str, Any]) -> None:
        answer["route"]["id"] = "R1"

    fake.change = trouble
    page = site.post("/plan", {**STATE, "need": BAILIFF}).content.decode()
    assert "Vandaag of de volgende werkdag" in page
    assert 'href="tel:1813"' in page, "who listens is named wherever it goes badly"
    file = site.post("/plan/agenda.ics", {**STATE, "need": BAILIFF}).content
    assert b"BEGIN:VALARM" in file


def test_the_words_of_hurry_are_folded() -> None:
    for name in ("hurry", "court"):
        assert all(w == w.lower() and w.isascii() for w in words(name))
