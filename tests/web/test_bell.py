"""Who says that the own funds are negative is told what the board must do, and by when."""

from __future__ import annotations

import html
import json
from datetime import date
from typing import Any

import pytest
from django.test import Client

from baken.web.owner.asking import Asked
from baken.web.owner.bell import bell_told
from baken.web.owner.rows import Registered
from tests.web.conftest import FakeEngine
from tests.web.test_plan import STATE

pytestmark = pytest.mark.django_db
NEED = "mijn boekhouder zegt dat ons eigen vermogen negatief is, moet ik iets doen?"
ALL = "WVV, art. 5:153, 6:119, 7:228"


def page(site: Client, at: str, need: str = NEED, **facts: Any) -> str:
    state = {**STATE, "need": need, "facts": json.dumps(facts), "pick": "instrument/energielening"}
    return html.unescape(site.post(at, state).content.decode())


@pytest.mark.parametrize(
    ("lang", "need", "says", "term"),
    [
        ("", NEED, "de alarmbelprocedure", f"binnen 2 maanden ({ALL})"),
        ("/en", "our equity is negative", "the alarm bell procedure", f"within 2 months ({ALL})"),
        (
            "/fr",
            "notre actif net est négatif",
            "la procédure de sonnette d'alarme",
            f"dans les 2 mois ({ALL.replace('WVV', 'CSA')})",
        ),
    ],
)
def test_the_answer_names_the_bell_its_term_and_the_tool(
    site: Client, fake: FakeEngine, lang: str, need: str, says: str, term: str
) -> None:
    told = page(site, f"{lang}/resultaat", need)
    notice = told[told.index('id="alarmbel"') :].split("</details>")[0]
    assert says in notice
    assert term in notice
    assert f'href="{lang}/rekenen/alarmbel"' in notice


@pytest.mark.parametrize(
    ("form", "article"),
    [("bv", "art. 5:153)"), ("cv", "art. 6:119)"), ("nv", "art. 7:228)"), ("", f"{ALL[5:]})")],
)
def test_the_plan_has_it_first_and_for_today(
    site: Client, fake: FakeEngine, form: str, article: str
) -> None:
    told = page(site, "/plan", **({"legal_form": form} if form else {}))
    first = told[told.index('id="term-1"') :].split("</li>")[0]
    assert "Vandaag of de volgende werkdag" in first
    assert "algemene vergadering samenroepen" in first
    assert article in first


def test_a_bell_that_the_figures_ring_is_a_step_too(site: Client, fake: FakeEngine) -> None:
    told = page(site, "/plan", "ik zoek een lening", legal_form="bv", equity="..-1")
    assert "De alarmbel rinkelt. Laat het bestuur" in told


@pytest.mark.parametrize(
    ("need", "facts"),
    [
        (NEED, {"legal_form": "sole_trader"}),
        (NEED, {"legal_form": "vzw"}),
        ("onze vzw heeft een negatief eigen vermogen", {}),
        ("ik wil eigen vermogen opbouwen", {}),
        ("het eigen vermogen van mijn klant is negatief", {}),
    ],
)
def test_who_has_no_such_rule_is_told_nothing_of_it(
    site: Client, fake: FakeEngine, need: str, facts: dict[str, Any]
) -> None:
    assert 'id="alarmbel"' not in page(site, "/resultaat", need, **facts)
    assert "algemene vergadering" not in page(site, "/plan", need, **facts)


def test_who_worked_it_out_is_not_told_again(site: Client, fake: FakeEngine) -> None:
    state = {**STATE, "need": NEED, "reckoned": json.dumps({"alarm_bell": {"legal_form": ["bv"]}})}
    assert 'id="alarmbel"' not in site.post("/resultaat", state).content.decode()


HALF = "het eigen vermogen van onze nv is minder dan de helft van het kapitaal"


@pytest.mark.parametrize("at", ["/resultaat", "/meenemen"])
def test_an_nv_is_told_from_half_of_its_capital_on(site: Client, fake: FakeEngine, at: str) -> None:
    told = page(site, at, HALF)
    assert "nettoactief van je nv door verlies minder dan de helft van het kapitaal" in told
    assert "binnen 2 maanden (WVV, art. 7:228)" in told
    told = page(site, "/plan", HALF)
    assert "helft van het kapitaal, laat het bestuur dan" in told


@pytest.mark.parametrize(
    "need",
    [
        "onze nv heeft meer dan de helft van haar kapitaal verloren",
        "het netto-actief van de nv is onder de helft van het kapitaal gezakt",
        "de helft van ons kapitaal is weg, wij zijn een nv",
        "notre nv a perdu plus de la moitié de son capital",
    ],
)
def test_an_nv_that_lost_half_is_told_so_in_other_words_too(
    site: Client, fake: FakeEngine, need: str
) -> None:
    assert "binnen 2 maanden (WVV, art. 7:228)" in page(site, "/resultaat", need)


@pytest.mark.parametrize("facts", [{"legal_form": "bv"}, {"legal_form": "sole_trader"}])
def test_half_of_the_capital_is_the_case_of_an_nv_alone(
    site: Client, fake: FakeEngine, facts: dict[str, Any]
) -> None:
    assert 'id="alarmbel"' not in page(site, "/resultaat", HALF, **facts)
    assert 'id="alarmbel"' not in page(site, "/resultaat", HALF.replace("nv", "bv"))


def test_the_sheet_for_an_adviser_has_it(site: Client, fake: FakeEngine) -> None:
    told = page(site, "/meenemen", "mijn bv heeft een negatief eigen vermogen")
    notice = told[told.index('id="alarmbel"') :].split("</p>")[0]
    assert "de alarmbelprocedure" in notice
    assert "binnen 2 maanden (WVV, art. 5:153)" in notice
    assert 'href="/rekenen/alarmbel"' in notice


def test_the_sheet_tells_what_the_words_told(site: Client, fake: FakeEngine) -> None:
    heard = {"heard": ["legal_form"], "heard_values": {"legal_form": ["bv"]}}
    fake.change = lambda answer: answer.update(heard)
    told = page(site, "/meenemen", "mijn bv heeft een negatief eigen vermogen")
    assert "uit de woorden van je vraag" in told


@pytest.mark.parametrize("body", ["form", "json"])
def test_the_json_of_the_page_has_it(site: Client, fake: FakeEngine, body: str) -> None:
    if body == "json":
        query = json.dumps({"need": HALF, "lang": "nl"})
        answer = site.post("/resultaat", query, content_type="application/json").json()
    else:
        wants = {"Accept": "application/json"}
        answer = site.post("/resultaat", {"need": HALF}, headers=wants).json()
    assert "helft van het kapitaal" in answer["alarm_bell"]["says"]
    assert any("7:228" in note for note in answer["alarm_bell"]["notes"])
    assert answer["alarm_bell"]["slug"] == "alarmbel"


def test_the_words_go_before_the_register(site: Client, fake: FakeEngine) -> None:
    asked = Asked("nl", "mijn bv heeft een negatief eigen vermogen")
    asked.registered = Registered(facts={"legal_form": "vof"})
    told = bell_told(asked, date(2026, 11, 27))
    assert told is not None
    assert "5:153" in told["notes"][0]
    asked.need = "ons eigen vermogen is negatief"
    assert bell_told(asked, date(2026, 11, 27)) is None
