"""The plan and the page side by side tell what goes together and how much it is at most."""

from __future__ import annotations

import html
import json
import re
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from icalendar import Calendar

from baken.web.owner.models import CatalogueRecord
from tests.web.conftest import NEED, FakeEngine

pytestmark = pytest.mark.django_db
A, B, C = "energielening", "premie-b", "premie-c"


def figure(name: str, value: int) -> dict[str, Any]:
    unit = "pct" if name == "rate_pct" else "EUR"
    return {"name": name, "value": str(value), "unit": unit, "part": "base", "source": 1}


SMALL = {"id": "small", "family": "de_minimis", "says": {"nl": "Er is nog ruimte."},
         "rule": "de_minimis_room_left = true", "source": 1}  # fmt: skip
NO_OTHER = {"id": "other", "family": "double_funding",
            "says": {"nl": "Je krijgt geen andere steun voor dezelfde kosten."},
            "rule": "other_aid_same_costs = false", "source": 1}  # fmt: skip


@pytest.fixture(autouse=True)
def measures(site: Client, fake: FakeEngine) -> None:
    """Three measures: one with a rate and a cap, one for small aid, one without any figure."""
    row = CatalogueRecord.objects.get(type="instrument", record_id=A)
    made = {
        A: {"kind": "grant", "parameters": [figure("rate_pct", 40), figure("max_aid", 50_000)],
            "conditions": [NO_OTHER], "apply": "before_start"},
        B: {"kind": "grant", "conditions": [SMALL],
            "parameters": [figure("max_aid", 20_000), figure("min_project_cost", 1)],
            "apply": "within_days", "apply_days": 14, "apply_from": "hire"},
        C: {"kind": "grant", "parameters": [], "conditions": [], "apply": None},
    }  # fmt: skip
    for name, more in made.items():
        names = {"nl": f"Premie {name[-1].upper()}", "en": None, "fr": None}
        CatalogueRecord.objects.update_or_create(
            type="instrument", record_id=name,
            defaults={"name": names["nl"], "version": row.version,
                      "json": {**row.json, "id": name, "names": names, **more}},
        )  # fmt: skip

    def chosen(answer: dict[str, Any]) -> None:
        offer = next(o for o in answer["offers"] if o["type"] == "instrument")
        answer["offers"] = [
            {**offer, "id": i, "name": f"Premie {i[-1].upper()}", "verdict": "open",
             "apply": more["apply"]}
            for i, more in made.items()
        ]  # fmt: skip

    fake.change = chosen


def sent(site: Client, at: str, *picks: str, accept: str = "text/html", **typed: str) -> bytes:
    """What comes back for these measures."""
    state = {"need": NEED, "facts": "{}", "asked": "[]", "pick": [f"instrument/{p}" for p in picks]}
    answer = site.post(at, {**state, **typed}, headers={"accept": accept})
    assert answer.status_code == 200
    content: bytes = answer.content
    return content


def page(site: Client, *picks: str, at: str = "/plan", **typed: str) -> str:
    found = html.unescape(sent(site, at, *picks, **typed).decode())
    return found.replace("\u00a0", " ")


@pytest.mark.parametrize("at", ["/plan", "/naast-elkaar"])
def test_two_that_do_not_go_together_are_told_with_their_source(site: Client, at: str) -> None:
    told = page(site, A, B, at=at, same="yes")
    assert "Gaan niet samen" in told
    assert "Je krijgt geen andere steun voor dezelfde kosten." in told
    assert 'rel="external noreferrer">Bron ' in told


@pytest.mark.parametrize("at", ["/plan", "/naast-elkaar"])
def test_what_a_record_says_of_such_aid_is_told_with_its_source_and_not_called_silence(
    site: Client, at: str
) -> None:
    row = CatalogueRecord.objects.get(type="instrument", record_id=C)
    row.json["perhaps_not_with"] = [row.json["level"]]
    row.json["texts"] = {
        "not_with": {"nl": "Met steun van een gewest misschien niet.", "sources": [1]}
    }
    row.save()
    told = page(site, B, C, at=at)
    section = told[told.index('id="samen"') :]
    assert "Misschien niet samen" in section
    assert "<q>Met steun van een gewest misschien niet.</q>" in section
    assert 'rel="external noreferrer">Bron ' in section
    assert "Onze bronnen zeggen er niets over" not in told
    (pair,) = json.loads(sent(site, "/plan", B, C, accept="application/json"))["together"]["pairs"]
    assert (pair["together"], pair["text"]) == (None, f"{C}/not_with")


def test_a_source_without_a_date_gets_none_beside_an_amount(site: Client) -> None:
    for row in CatalogueRecord.objects.filter(record_id__in=[A, B]):
        row.json["sources"] = [
            {**s, "date": None, "seen": "2026-11-23"} for s in row.json["sources"]
        ]
        row.save()
    told = page(site, A, B, costs="1000")
    assert "Bron zonder datum" in told[told.index('id="hoeveel"') :]
    assert "23 november 2026" not in told


@pytest.mark.parametrize(("same", "says"), [
    ("", "Weten we niet"), ("yes", "Gaan niet samen"), ("no", "Gaan samen"),
])  # fmt: skip
def test_what_the_owner_says_of_the_costs_decides(site: Client, same: str, says: str) -> None:
    told = page(site, A, B, same=same)
    section = told[told.index('id="samen"') :]
    assert re.findall(r"<span>([^<]+)</span></p><p>", section)[0] == says


def test_the_form_of_the_costs_keeps_the_day_of_the_plan(site: Client) -> None:
    (form,) = re.findall(r"<form(?:(?!<form).)*Reken opnieuw", page(site, A, B), re.S)
    assert f'name="made" value="{timezone.localdate().isoformat()}"' in form


def test_the_order_is_told(site: Client) -> None:
    told = page(site, A, B)
    assert "Vraag deze aan voor je iets begint of bestelt: Premie G." in told
    assert "Vraag deze op tijd aan; na de laatste dag is het te laat" in told
    assert "is het te laat: Premie B (ten laatste 14 dagen na de aanwerving)." in told
    assert "aan na de start" not in told, "who waits may be too late"


@pytest.mark.parametrize(
    ("lang", "says"),
    [("", "Deze kan je pas nadien aanvragen, en binnen de termijn: Premie B (ten laatste 14 dagen"),
     ("/en", "You can only apply for these afterwards, and within the time limit: Premie B (at"),
     ("/fr", "Celles-ci ne peuvent être demandées qu'ensuite, et dans le délai : Premie B (au")],
)  # fmt: skip
def test_what_must_have_happened_first_is_asked_for_afterwards(
    site: Client, lang: str, says: str
) -> None:
    row = CatalogueRecord.objects.get(type="instrument", record_id=B)
    row.json["apply_from"] = "disaster"
    row.save()
    assert says in page(site, A, B, at=f"{lang}/plan")


@pytest.mark.parametrize("at", ["/plan", "/naast-elkaar"])
def test_a_source_that_is_silent_on_the_start_is_told_as_silent(site: Client, at: str) -> None:
    told = page(site, C, at=at)
    assert "Vraag het na voor je tekent of bestelt: Premie C." in told
    assert "Vraag deze aan voor je iets begint" not in told
    assert "Teken of bestel nog niets" not in told
    silent = json.loads(sent(site, "/plan", A, C, accept="application/json"))
    assert silent["together"]["apply_before_start"] == [A]
    assert silent["together"]["apply_not_told"] == [C]
    asked = [(q["says"], q["offers"]) for who in silent["call"] for q in who["ask"]]
    assert any("De bron zegt het niet." in says and "Premie C" in of for says, of in asked)


AMOUNTS = [
    ({}, (A,), ["€ 50.000"], "Hoogstens € 50.000: Premie G."),
    ({"costs": "10.000"}, (A,), ["€ 4.000"], "Hoogstens € 4.000: Premie G."),
    ({"costs": "10000", "same": "no"}, (A, B), ["€ 4.000", "€ 10.000"], "Hoogstens € 10.000"),
    ({"costs": "200.000", "same": "no"}, (A, B), ["€ 50.000", "€ 20.000"], "€ 70.000: Premie G"),
    ({"costs": "200.000", "same": "yes"}, (A, B), ["€ 50.000"], "Hoogstens € 50.000: Premie G."),
    ({"received": "295.000"}, (B,), ["€ 5.000"], "Hoogstens € 5.000: Premie B."),
    ({}, (C,), ["weten we niet"], "staat geen bedrag voor het geheel in onze bron van: Premie C."),
    ({}, (A, C), ["weten we niet"], "staat geen bedrag voor het geheel: Premie C."),
]  # fmt: skip


@pytest.mark.parametrize(("typed", "picks", "cells", "total"), AMOUNTS)
def test_how_much_at_most(
    site: Client, typed: dict[str, str], picks: tuple[str, ...], cells: list[str], total: str
) -> None:
    told = page(site, *picks, **typed)
    for cell in cells:
        assert f'data-label="Hoogstens">{cell}<' in told
    assert total in told


@pytest.mark.parametrize(
    ("costs", "cell", "says"),
    [
        ("1.000.000", "€ 600.000", "35 % van je kosten, met alle extra delen erbij hoogstens 60 %"),
        (
            "1.000,50",
            "€ 0",
            "Je vraagt er minstens € 25.000 steun. Je kosten zijn daarvoor te laag.",
        ),
    ],
)
def test_an_amount_does_not_contradict_the_card(
    site: Client, costs: str, cell: str, says: str
) -> None:
    """The card tells the usual rate; what it is with every bonus stands beside it."""
    row = CatalogueRecord.objects.get(type="instrument", record_id=A)
    abroad = {"nl": "oproep in het buitenland"}
    row.json["parameters"] = [
        figure("rate_pct", 35),
        figure("rate_pct", 25) | {"part": "bonus", "for_whom": abroad},
        figure("min_aid", 25_000),
    ]
    row.save()
    told = page(site, A, at="/naast-elkaar", costs=costs)
    assert f'data-label="Hoogstens">{cell}<' in told
    assert says in told


@pytest.mark.parametrize("at", ["/plan", "/naast-elkaar"])
def test_what_an_amount_stands_on_is_told_beside_it_and_not_in_a_fold(
    site: Client, at: str
) -> None:
    row = CatalogueRecord.objects.get(type="instrument", record_id=A)
    row.json["parameters"] = [
        figure("rate_pct", 35),
        figure("rate_pct", 25) | {"part": "bonus", "for_whom": {"nl": "oproep in het buitenland"}},
        figure("rate_pct", 5) | {"part": "bonus", "sizes": ["micro"]},
    ]
    row.save()
    told = page(site, A, B, at=at, costs="10.000", same="no")
    open_ = re.sub(r"<details.*?</details>", "", told[told.index('id="samen"') :], flags=re.S)
    (cell,) = re.findall(r'data-label="Hoogstens">€ 6.500</td>(.*?)</tr>', open_)
    assert "Dat krijg je alleen hiervoor: oproep in het buitenland." in cell
    assert "Je bent zo groot als het best uitkomt." in cell
    total = open_[open_.index("Hoogstens € 10.000") :]
    assert "Al je kosten tellen mee, zonder btw die je terugkrijgt." in total
    small = open_[open_.index("Kleine steun (de minimis)") :]
    assert "gingen uit van het gewone plafond" in small[: small.index("</p>")]


@pytest.mark.parametrize("at", ["/plan", "/naast-elkaar"])
@pytest.mark.parametrize("same", ["yes", ""])
def test_what_is_not_known_to_be_allowed_together_is_asked_and_is_no_amount(
    site: Client, at: str, same: str
) -> None:
    """Two grants for the same costs, and no source that says what both may give."""
    for name in (A, C):
        row = CatalogueRecord.objects.get(type="instrument", record_id=name)
        row.json |= {"parameters": [figure("rate_pct", 60)], "conditions": [],
                     "provider": "VLAIO", "provider_ids": []}  # fmt: skip
        row.save()
    told = page(site, A, C, at=at, same=same, costs="100.000")
    assert told.count('data-label="Hoogstens">€ 60.000<') == 2
    assert "Hoeveel je hiervan samen mag krijgen, weten we niet: Premie G, Premie C." in told
    assert "Vraag het aan VLAIO, voor je de tweede aanvraagt." in told
    assert "Samen hoogstens" not in told
    assert "€ 100.000" not in told
    found = json.loads(sent(site, "/plan", A, C, accept="application/json", costs="100000"))
    assert found["together"]["at_most"] is None
    assert found["together"]["at_most_not_known_of"] == [A, C]


def test_an_amount_for_a_purpose_has_that_of_all_others_beside_it(site: Client) -> None:
    row = CatalogueRecord.objects.get(type="instrument", record_id=A)
    cyber = {"nl": "opleiding over cyberveiligheid"}
    row.json["parameters"] = [figure("rate_pct", 30), figure("rate_pct", 45) | {"for_whom": cyber}]
    row.save()
    told = page(site, A, costs="4.000")
    cell = "€ 1.800 (opleiding over cyberveiligheid), anders € 1.200"
    assert f'data-label="Hoogstens">{cell}<' in told
    assert "In elk ander geval: 30 %, hoogstens € 1.200." in told


def test_where_a_limit_is_over_no_amount_is_named_and_the_old_limit_is(site: Client) -> None:
    row = CatalogueRecord.objects.get(type="instrument", record_id=A)
    past = figure("max_aid", 1350) | {"valid_to": "2023", "per": {"nl": "voor een scan"}}
    row.json["parameters"] = [figure("rate_pct", 75), past]
    row.save()
    told = page(site, A, costs="4.000")
    assert "€ 3.000" not in told
    assert "Vroeger was er een grens: € 1.350 voor een scan (tot 2023)." in told


def test_a_sum_below_the_amounts_says_why(site: Client) -> None:
    row = CatalogueRecord.objects.get(type="instrument", record_id=C)
    row.json["conditions"], row.json["parameters"] = [SMALL], [figure("max_aid", 20_000)]
    row.save()
    told = page(site, B, C, received="270.000")
    assert "Samen hoogstens € 30.000: Premie B, Premie C." in told
    assert "meer ruimte voor kleine steun (de minimis) heb je niet." in told
    assert "Dat is minder dan" not in page(site, B, C, received="0")


def test_what_is_missing_is_listed_and_goes_when_it_was_said(site: Client) -> None:
    before = page(site, A, B)
    for says in ("Wat je project kost.", "Hoeveel kleine steun (de minimis) je kreeg."):
        assert says in before
        assert says not in page(site, A, B, costs="1000", received="0", same="no")


def test_what_was_typed_travels_to_the_calendar_and_back(site: Client) -> None:
    told = page(site, A, costs="12.500,50")
    assert told.count('<input type="hidden" name="costs" value="12.500,50">') >= 3
    assert 'id="costs" name="costs" value="12.500,50"' in told


@pytest.mark.parametrize("typed", ["veel", "-5", "1e999", "9" * 30, "<script>", "\u0661\u0662"])
def test_an_amount_that_is_none_is_told_at_its_field(site: Client, typed: str) -> None:
    told = page(site, A, costs=typed)
    assert 'aria-invalid="true"' in told
    assert 'id="costs-error"' in told
    assert "€ 50.000" in told, "the rest is still there"
    assert "<title>Fout: " in told
    assert told.index('<a href="#costs">Wat kost je project') < told.index('id="costs-error"')
    assert "<title>Fout" not in page(site, A, costs="10000")


def test_the_calendar_holds_it_with_its_first_step(site: Client) -> None:
    made = sent(site, "/plan/agenda.ics", A, B, costs="10000", same="yes")
    events = [e for e in Calendar.from_ical(made).walk("VEVENT") if e.get("description")]
    assert len(events) == 1
    assert "Premie G en Premie B: gaan niet samen." in str(events[0]["description"])
    assert "Al je kosten tellen mee" in str(events[0]["description"])


def test_a_program_gets_the_same(site: Client) -> None:
    found = json.loads(sent(site, "/plan", A, accept="application/json", costs="10000"))
    assert found["together"]["at_most"] == "4000.00"
    assert found["together"]["apply_before_start"] == [A]
    assert {term["when"] for term in found["terms"]} == {"week", "month", "quarter"}


def test_without_a_measure_there_is_no_section(site: Client, fake: FakeEngine) -> None:
    def organisations(answer: dict[str, Any]) -> None:
        answer["offers"] = [o for o in answer["offers"] if o["type"] == "organisation"]

    fake.change = organisations
    assert 'id="samen"' not in page(site)


def test_of_time_or_protection_nobody_is_asked_for_which_costs(site: Client) -> None:
    """A court's protection and a plan to pay later give no money for costs."""
    for name in (A, B):
        row = CatalogueRecord.objects.get(type="instrument", record_id=name)
        row.json |= {"kind": "relief", "parameters": [], "conditions": [], "apply": None}
        row.save()
    for at in ("/plan", "/naast-elkaar"):
        assert "Vraag je ze voor dezelfde kosten?" not in page(site, A, B, at=at)
        assert 'id="samen"' not in page(site, A, B, at=at), "and there is nothing else to tell"


EVENT = {"id": "works", "family": "event", "says": {"nl": "Er zijn werken in je straat."},
         "rule": "has(event, 'road_works')", "source": 1}  # fmt: skip


@pytest.mark.parametrize("at", ["/plan", "/naast-elkaar"])
def test_aid_for_what_befell_a_shop_is_no_share_of_costs(site: Client, at: str) -> None:
    row = CatalogueRecord.objects.get(record_id=C)
    row.json |= {"parameters": [figure("max_aid", 2_000)], "conditions": [EVENT]}
    row.save()
    told = page(site, C, at=at, costs="500")
    assert "Hoogstens € 2.000: Premie C." in told
    assert "Of het van je kosten afhangt, staat niet in onze bron." in told
    assert "€ 500" not in told
    assert "Al je kosten tellen mee" not in told
    assert "Wat kost je project" not in told
    assert "tekent of bestelt" not in told
    assert "Een offerte die je nog niet getekend hebt" not in told


def test_what_gives_nothing_is_named_and_what_is_not_known_is_not_told_as_nothing(
    site: Client,
) -> None:
    row = CatalogueRecord.objects.get(type="instrument", record_id=A)
    row.json["parameters"] = [figure("rate_pct", 40), figure("min_project_cost", 9_000)]
    row.save()
    told = page(site, A, C, costs="8.000", same="yes")
    assert "Met deze kosten geeft dit niets: Premie G." in told
    assert "Hoeveel dit geeft, weten we niet" in told
    assert "voor het geheel: Premie C." in told
    assert "geven ze niets" not in told


def test_a_mistake_in_an_amount_has_the_focus(site: Client) -> None:
    told = page(site, A, at="/naast-elkaar", costs="veel")
    assert '<div class="errors" role="alert" tabindex="-1" autofocus>' in told
