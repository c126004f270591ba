"""Whom a plan tells to call, each once, and what to ask of whom; what the owner settles alone."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from baken.landscape.catalogue import load_catalogue
from baken.landscape.model import Organisation
from baken.web.owner.grounds import verdict_words
from baken.web.owner.plan import Plan, make_plan
from baken.web.owner.pressing import words
from tests.web.test_plan import NEED, STATE, TODAY, offer

GIVER = {"name": "Agentschap", "url": "https://a.example", "type": "organisation", "id": "agency"}
BOOKS = {
    "name": "Boekhouder",
    "url": "https://b.example",
    "type": "organisation",
    "id": "accountant",
}
NOW = "Kan ik het nu aanvragen? De bron zegt het niet."


def made(
    *offers: dict[str, Any], doors: Any = (), givers: Any = (), rules: Any = (), **record: Any
) -> Plan:
    """The plan for these offers, all of one sort of record."""
    conditions = [{"id": name, "rule": rule} for name, rule in dict(rules).items()]
    plain = {"kind": "loan", "provider": "Agentschap", "conditions": conditions, **record}
    records = {(o["type"], o["id"]): plain for o in offers}
    answer = {"route": {"doors": list(doors)}, "said": []}
    known = {("instrument", i): GIVER for i in givers}
    return make_plan(
        answer, offers, records, {}, NEED, "nl", TODAY, {}, known, {"accountant": BOOKS}
    )


def not_said(**says: str) -> list[dict[str, Any]]:
    """A group of conditions of which nothing was said, by id."""
    reasons = [{"says": text, "condition": name} for name, text in says.items()]
    return [{"name": "not_said", "reasons": reasons}]


def test_who_gives_two_offers_is_called_once_and_asked_about_both() -> None:
    plan = made(
        offer(id="a", name="Lening", availability="unknown"),
        offer(id="b", name="Steun", availability="unknown"),
        givers=("a", "b"),
    )
    (call,) = plan.calls
    assert (call.name, call.url, call.id) == ("Agentschap", "https://a.example", "agency")
    assert call.questions == [("Lening, Steun", NOW)]


def test_each_question_stands_with_whom_it_is_for() -> None:
    door = {"name": "Loket", "type": "organisation", "id": "loket", "url": "https://l.example"}
    law = not_said(size="Je bent klein.")
    council = offer(type="organisation", id="raad", name="Raad", groups=law, availability="unknown")
    premium = offer(availability="unknown")
    plan = made(premium, council, doors=[door], rules={"size": "size = 'small'"})
    assert [(c.name, c.questions) for c in plan.calls] == [
        ("Loket", []),
        ("Agentschap", [("Premie", NOW)]),
        ("Raad", [("", "Voldoe ik hieraan? Je bent klein.")]),
    ]


def test_who_gives_it_and_is_the_door_too_is_one_line() -> None:
    door = {**GIVER, "step": "Bel."}
    plan = made(offer(availability="unknown"), doors=[door], givers=["premie"])
    assert [(c.name, c.questions) for c in plan.calls] == [("Agentschap", [("Premie", NOW)])]


@pytest.mark.parametrize(
    ("step", "names"),
    [
        ("Vraag een gesprek bij het Agentschap.", ["Agentschap"]),
        ("Vraag je boekhouder om je cijfers.", ["Boekhouder"]),
        ("Schrijf je plan op.", []),
    ],
)
def test_everybody_whom_a_step_says_to_ask_is_there(step: str, names: list[str]) -> None:
    assert [c.name for c in made(offer(first_step=step)).calls] == names


def test_a_giver_that_is_described_and_not_named_is_called_so() -> None:
    plan = made(offer(availability="unknown"), provider="je ziekenfonds (RIZIV)")
    assert [c.name for c in plan.calls] == ["Je ziekenfonds"]


def test_a_giver_of_whom_nothing_leads_further_is_nobody_to_call() -> None:
    assert made(offer(availability="unknown", url=None), provider="Google België").calls == ()


LAW = "Belgische wet (je past ze zelf toe op je factuur)"


def test_nobody_is_called_about_what_follows_from_the_law() -> None:
    assert made(offer(availability="unknown"), provider=LAW, kind="relief").calls == ()
    assert made(offer(availability="unknown"), kind="relief").calls != ()


FITS = {"nl": "dit volgt uit de wet", "en": "this follows from the law", "fr": "découle de la loi"}


@pytest.mark.parametrize("lang", FITS)
def test_no_decision_lies_with_the_law(lang: str) -> None:
    seen = {"verdict": "fits", "reasons": [{"met": True}], "type": "instrument"}
    says, look, _ = verdict_words(seen, lang, {"provider": LAW})
    assert FITS[lang] in says and "Belgi" not in says and look == "fits"


OWN = [
    ("aid_requested >= 25000", True, "an amount that the owner chooses"),
    ("project_months <= 12", True, "a length that the owner chooses"),
    ("social_debt_overdue = false", True, "what the owner knows"),
    ("in_difficulty = false", False, "what the law works out"),
    ("on_tax_list = true", False, "what stands on a list of who gives it"),
]


@pytest.mark.parametrize(("rule", "own", "why"), OWN, ids=[why for *_, why in OWN])
def test_an_adviser_is_not_asked_what_the_owner_decides(rule: str, own: bool, why: str) -> None:
    plan = made(offer(groups=not_said(c="Dit geldt.")), rules={"c": rule})
    asked = [says for c in plan.calls for _, says in c.questions]
    assert bool(plan.own) is own, why
    assert asked == ([] if own else ["Voldoe ik hieraan? Dit geldt."])


def test_a_condition_of_two_offers_is_put_once() -> None:
    same = not_said(a="Je hebt geen schulden.")
    plan = made(
        offer(id="a", name="Lening", groups=same),
        offer(id="b", name="Steun", groups=[*same, *not_said(b="Je exporteert.")]),
    )
    assert [(o.offers, o.says) for o in plan.own] == [
        ("Lening, Steun", ("Je hebt geen schulden.",)),
        ("Steun", ("Je exporteert.",)),
    ]


def test_what_is_a_talk_is_begun_and_not_applied_for() -> None:
    plan = made(offer(first_step="Bel voor een gesprek."), kind="advice")
    assert plan.steps[0].says.startswith("Premie: Bel voor een gesprek.")
    assert not any("Vraag Premie aan" in s.says for s in plan.steps)


def test_a_talk_that_is_a_door_already_is_told_once() -> None:
    door = {"name": "Premie", "type": "organisation", "id": "premie", "step": "Bel vandaag."}
    plan = made(offer(first_step="Bel vandaag."), kind="advice", doors=[door])
    assert [s.says for s in plan.steps if "Premie" in s.says] == ["Premie: Bel vandaag."]


def test_do_not_sign_and_see_whether_it_is_open_stand_together() -> None:
    plan = made(offer(apply="before_start", availability="call"), kind="grant")
    week = next(steps for when, steps in plan.terms if when == "week")
    assert week[0].says.startswith("Teken of bestel nog niets")
    assert week[1].says == "Kijk of je Premie nu kan aanvragen. Dat kan niet altijd."


@pytest.mark.parametrize(
    ("lasts", "years"),
    [
        ("2 jaar", True),
        ("7 modules over twee academiejaren", True),
        ("meerdere jaren; overdag op de werkvloer", True),
        ("8 dagen", False),
        ("4 tot 140 uur per schooljaar", False),
        ("minstens 2 uur; per zes jaar 3 bijeenkomsten", False),
    ],
)
def test_a_course_of_years_is_weighed_before_anybody_enrols(lasts: str, years: bool) -> None:
    course = offer(type="training", name="Opleiding", first_step="Schrijf je in.")
    plan = made(course, duration={"says": {"nl": lasts}})
    told = {when: [s.says for s in steps] for when, steps in plan.terms}
    decide = "Beslis of je deze opleiding wil volgen of laten volgen: Opleiding."
    assert any(s.startswith(decide) for s in told["quarter"]) is years
    assert any("Schrijf je in voor" in s for s in told["month"]) is not years


def test_a_program_gets_the_day_whom_to_call_and_what_the_owner_settles(site: Client) -> None:
    ticked = {**STATE, "pick": ["instrument/energielening"]}
    found = site.post("/plan", ticked, headers={"accept": "application/json"}).json()
    assert found["made_on"] == timezone.localdate().isoformat()
    assert {"name", "url", "ask", "otherwise"} == set(found["call"][0])
    assert {"own", "bring", "show", "say", "terms", "together"} < set(found)


def test_whom_to_call_without_a_number_says_where_it_is_to_be_found(site: Client) -> None:
    page = site.post("/plan", STATE).content.decode()
    calls = page.split('id="bellen"')[1].split("</section>")[0]
    assert 'href="tel:' not in calls
    assert calls.count("zoek het nummer op de website") == calls.count("plan__site") > 0


def test_helpers_are_records_of_the_landscape() -> None:
    there = {r.id for r in load_catalogue() if isinstance(r, Organisation)}
    assert set(words("helpers")) <= there
