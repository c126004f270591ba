"""What stands beside the headline: what is missing, measures, borders, plain words."""

from __future__ import annotations

import pytest
import yaml
from django.test import Client

from baken.kernel.documents import decode_document
from baken.kernel.files import own_yaml
from baken.web import catalogue
from baken.web.reckon import model
from baken.web.reckon.answers import ask
from baken.web.reckon.export import as_yaml
from baken.web.reckon.fill import fill
from baken.web.texts import LANGS
from tests.web.rekenen.test_outcomes import ALONE, NOBODY_KNOWS
from tests.web.rekenen.test_projects import PROJECT, SEVEN, WORK
from tests.web.rekenen.walker import DAY, SLUGS, TOOLS, Owner, outcome


# -- what was shown early, and what goes along ----------------------------------------------------
def test_what_was_not_asked_yet_is_no_yes_either(web: Client) -> None:
    owner, _ = outcome(web, "steun", {k: PROJECT[k] for k in ("kind", "size", "costs")})
    assert owner.look == "open"
    assert "als klopt wat je nog niet zei" in owner.says


@pytest.mark.parametrize("tool", TOOLS)
def test_the_input_that_a_page_shows_is_read_by_the_command(tool: str) -> None:
    loaded = model.load(tool)
    filled = fill(loaded, loaded.example, DAY, "nl")
    text = as_yaml(filled, "nl")
    assert "&id" not in text
    again = decode_document(text.encode(), "invoer.yaml")
    assert ask(tool, again.value)[1].as_json() == ask(tool, filled.input)[1].as_json()
    assert yaml.safe_load(text)


def test_what_is_missing_leads_to_its_question(web: Client) -> None:
    owner, page = outcome(web, "kmo", NOBODY_KNOWS)
    assert 'name="change" value="balance" aria-label="Wijzig je antwoord: Balanstotaal"' in page
    owner.post(change="balance")
    page = web.post(owner.url, {"answers": "{}", "change": "year_end"}).content.decode()
    assert 'value="year_end"' in page


def test_one_word_on_advice_a_page(web: Client) -> None:
    for page in (outcome(web, "kmo", ALONE)[1], web.get("/rekenen").content.decode()):
        assert page.count("juridisch advies") == 1


# -- measures and borders -------------------------------------------------------------------------
def test_the_measures_of_the_list_stand_beside_the_european_maximum(web: Client) -> None:
    catalogue.load_catalogue()
    young = {"kind": "startup", "size": "small", "area": "none", "registered": "2025-01-01",
             "form": "grant", "listed": "no", "took_over": "no", "distributed": "no",
             "innovative": "no", "difficulty": "no", "granted": "2026-12-01", "asked": "",
             "other.0": "no"}  # fmt: skip
    _, page = outcome(web, "steun", young)
    assert "/aanbod/instrument/schaalklaar" in page
    assert "eigen percentage: 70 %" in page
    _, page = outcome(web, "steun", {**PROJECT, "kind": "fair"})
    assert "Van geen maatregel in onze lijst weten we" in page


def test_novelty_and_degree_stand_apart_with_a_case_of_the_manuals(web: Client) -> None:
    said = {**WORK, "kind": "prototype", "degree": "disruptive", "words": "een neus voor brood"}
    _, page = outcome(web, "innovatie-of-onderzoek", said)
    for says in ("je eigen zaak", "zo groot dat een markt kan veranderen", "een neus voor brood",
                 "Frascati-handboek 2015, tabel 2.3"):  # fmt: skip
        assert says in page


def test_every_kind_of_work_has_a_case_in_three_languages() -> None:
    rows = own_yaml(model.HERE / "borderline.yaml")
    kind = next(q for q in model.load("delineate").questions() if q.id == "kind")
    assert {code for code, _ in kind.parts[0].choices} == {k for r in rows for k in r["kinds"]}
    assert all(r[lang] and r["source"] for r in rows for lang in LANGS)


@pytest.mark.parametrize(
    ("need", "lang", "slugs"),
    [
        ("Ben ik een KMO?", "nl", ["kmo"]),
        ("hoeveel de-minimissteun mag ik nog krijgen", "nl", ["de-minimis"]),
        ("Am I an SME?", "en", ["kmo"]),
        ("La sonnette d’alarme, c’est quoi ?", "fr", ["alarmbel"]),
        ("mijn oven is stuk", "nl", []),
        ("ik werk in een kmo en zoek personeel", "nl", []),
    ],
)
def test_the_search_knows_the_tools(need: str, lang: str, slugs: list[str]) -> None:
    assert [t.slug for t in model.for_need(need, lang)] == slugs


def test_the_list_of_offers_and_the_start_page_lead_to_the_tools(web: Client) -> None:
    page = web.get("/aanbod?q=de-minimissteun").content.decode()
    assert 'href="/rekenen/de-minimis"' in page
    assert 'href="/rekenen"' in web.get("/").content.decode()
    page = web.get("/rekenen").content.decode()
    assert all(f'href="/rekenen/{slug}"' in page for slug in SLUGS)


# -- words ----------------------------------------------------------------------------------------
def test_words_that_owners_do_not_use(web: Client) -> None:
    pages = [Owner(web, slug).example() for slug in SLUGS]
    pages.append(outcome(web, "kmo", {**ALONE, "balance": ["", ""]})[1])
    pages.append(outcome(web, "steun", {**PROJECT, **SEVEN, "other.0.row": ["", "gber", "yes"]})[1])
    for page in pages:
        for wrong in ("VTE", "gekend euro", "Voorbeeld.</strong>", "?:", "de tekst van de wet",
                      "Grond a", "(Frascati)", "(Oslo)", "Andere steun 1: steun"):  # fmt: skip
            assert wrong not in page, wrong


def test_french_has_its_own_codes_and_thousands(web: Client) -> None:
    page = Owner(web, "alarmbel", "/fr").example().replace("\u00a0", " ")
    assert "CSA, art. 5:153" in page
    assert "WVV" not in page
    assert "180 000 euros" in page
    assert "2003/361/CE, annexe" in Owner(web, "kmo", "/fr").example()


def test_a_printed_page_does_not_ask_to_click(web: Client) -> None:
    assert '<span class="no-print">Klik een stap open' in Owner(web, "kmo").example()
