"""What the result page says of an answer."""

from __future__ import annotations

import html
import re
from datetime import date
from typing import Any

import pytest
from django.test import Client

from baken.match.model import Answer
from baken.web.owner.grounds import verdict_words
from baken.web.owner.twins import joined
from baken.web.words import source_label
from tests.web.conftest import NEED, FakeEngine, fixture


def words(page: str) -> str:
    """The page's text as a reader gets it, spaces joined."""
    bare = re.sub(r"<[^>]+>", " ", page)
    return re.sub(r"\s+", " ", html.unescape(bare)).replace("\u00a0", " ")


def ask(site: Client, **more: str) -> str:
    """The text of the result page."""
    return words(site.post("/resultaat", {"need": NEED, **more}).content.decode())


@pytest.mark.parametrize("name", ["oven", "unmet"])
def test_fixtures_have_the_shape_of_an_answer(name: str) -> None:
    Answer.model_validate(fixture(name))


def test_doors_come_first_then_the_question_then_offers_then_what_does_not_fit(
    site: Client,
) -> None:
    page = ask(site)
    order = [
        "Hier klop je eerst aan",
        "Loket voor ondernemers",
        "Of anders",
        "Energiehuis",
        "Heb je achterstallige schulden bij de RSZ?",
        "Wat bij je kan passen",
        "Klimaatscan",
        "Wat nu niet past",
        "Energiepakket Brussel",
    ]
    places = [page.index(text) for text in order]
    assert places == sorted(places)


@pytest.mark.parametrize(
    "says",
    [
        "Kan passen; kijk na wat nog openstaat",
        "Nog niet zeker",
        "Past niet",
        "45 % van de kosten, hoogstens € 7.500",
        "hoogstens € 12.500,50",
        "30 % van de kosten",
        "1 maart 2027",
        "Vraag het aan vóór je begint of iets bestelt.",
        "Vraag een offerte voor je oven, en teken nog niets.",
        "Bekijk de website, of zoek er het nummer en bel. In onze bronnen staat geen eerste stap.",
        "Bron van 22 mei 2026",
        "Bron van mei 2026",
        "Bron van 2025",
        "Bron zonder datum",
        "Oude bron: 2021",
        "Bron uit 2024",
        "De nieuwste bron is van 2024-06; vraag na of dit nog klopt.",
        "2 voorwaarden kloppen",
        "2 weten we nog niet",
        "2 moet je nog aantonen",
        "1 staat niet in de bron",
        "Beoordeelt de dienst of een jury",
        "Kijk dit zelf na",
        "Dat betekent niet dat er geen beperking is.",
        "Uit wat je zei, weten we dit nog niet.",
        "Voorwaarde: Je hebt een vestiging in het Brusselse Gewest. Bij jou is dat niet zo.",
        "Met een vestiging in Brussel wel.",
        "Je hebt 8 werknemers; de grens is 50.",
        "Hoogstens nog 3 vragen, deze meegeteld.",
        "Verbonden ondernemingen tellen mee.",
        "Alles op deze pagina geldt voor 24 november 2026. Aanbod: versie 4f1d0a9b22c3.",
        "Zo begrepen we het: Duurzaam, circulair, energie",
        "Kent ovens en komt bij je langs.",
    ],
)
def test_the_page_says(site: Client, says: str) -> None:
    assert says in ask(site)


def test_every_verdict_of_an_instrument_names_who_decides_or_promises_nothing(
    site: Client, fake: FakeEngine
) -> None:
    page = site.post("/resultaat", {"need": NEED}).content.decode()
    for verdict in re.findall(r'<p class="verdict verdict--fits">.*?</p>', page, re.DOTALL):
        assert "Lijkt te passen" in verdict


@pytest.mark.parametrize(
    ("reason", "group"),
    [
        ({"met": True, "unknown_because": None}, "Klopt"),
        ({"met": False, "unknown_because": None}, "Klopt niet"),
        ({"met": None, "unknown_because": "not_said"}, "Weten we nog niet"),
        ({"met": None, "unknown_because": "not_stated"}, "Staat niet in de bron"),
        ({"met": None, "unknown_because": "judged"}, "Beoordeelt de dienst of een jury"),
        ({"met": None, "unknown_because": "text"}, "Kijk dit zelf na"),
    ],
)
def test_each_kind_of_reason_has_its_own_heading(
    site: Client, fake: FakeEngine, reason: dict[str, Any], group: str
) -> None:
    source = {"url": "https://voorbeeld.example/", "date": "2026-01-02"}
    fact = {"condition": "c", "says": "De voorwaarde.", "source": source, **reason}

    def only_this(answer: dict[str, Any]) -> None:
        answer["offers"] = [{**answer["offers"][0], "reasons": [fact]}]

    fake.change = only_this
    page = site.post("/resultaat", {"need": NEED}).content.decode()
    headings = [words(h).strip() for h in re.findall(r"<h4>.*?</h4>", page, re.DOTALL)]
    assert headings == [group]
    assert "https://voorbeeld.example/" in page


def test_the_question_is_a_row_of_buttons_that_carry_the_answer(site: Client) -> None:
    page = site.post("/resultaat", {"need": NEED, "where": "Aalst"}).content.decode()
    buttons = re.findall(r'name="answer" value="([^"]*)">([^<]*)<', page)
    assert buttons == [("true", "Ja"), ("false", "Nee"), ("null", "Weet ik niet")]
    assert 'name="question" value="social_debt_overdue"' in page
    assert "&quot;municipality&quot;:&quot;Aalst&quot;" in page


def test_after_the_last_question_the_page_says_that_it_was_the_last(site: Client) -> None:
    page = ask(site, question="social_debt_overdue", answer="false")
    assert "Meer hoeven we niet te vragen" in page
    assert "We hebben je antwoord meegenomen." in page


def test_nothing_to_offer_is_said(site: Client, fake: FakeEngine) -> None:
    fake.change = lambda answer: answer.update(offers=[], route=None, next_question=None)
    page = ask(site)
    assert "We vonden geen aanbod dat past" in page
    assert "Niets in ons aanbod past nu bij je vraag." in page


@pytest.mark.parametrize(
    ("lang", "says"),
    [
        ("en", "May fit; check what is still open"),
        ("en", "45 % of the costs, at most €7,500"),
        ("en", "Source from 22 May 2026"),
        ("fr", "Peut convenir ; vérifiez ce qui reste ouvert"),
        ("fr", "45 % des coûts, au plus 7 500 €"),
        ("fr", "1er mars 2027"),
    ],
)
def test_other_languages(site: Client, fake: FakeEngine, lang: str, says: str) -> None:
    response = site.post(f"/{lang}/resultaat", {"need": NEED})
    page = response.content.decode()
    assert says in words(page)
    assert f'<html lang="{lang}">' in page
    assert fake.query["lang"] == lang


def test_the_language_can_change_without_asking_anew(site: Client) -> None:
    page = site.post("/resultaat", {"need": NEED, "where": "Aalst"}).content.decode()
    assert 'formaction="/fr/resultaat"' in page
    assert 'formaction="/en/resultaat"' in page


def test_without_an_offer_nothing_is_said_of_questions(site: Client, fake: FakeEngine) -> None:
    fake.reply = "unmet"
    page = site.post("/resultaat", {"need": NEED}).content.decode()
    assert "We vonden geen aanbod dat past" in page
    assert "Meer hoeven we niet te vragen" not in page


MET = {"met": True, "unknown_because": None}
TO_SHOW = {"met": None, "unknown_because": "judged"}
NOT_STATED = {"met": None, "unknown_because": "not_stated"}


@pytest.mark.parametrize(
    ("verdict", "reasons", "says", "look"),
    [
        ("fits", [MET, NOT_STATED], "Lijkt te passen; de beslissing ligt bij X", "fits"),
        ("fits", [MET, TO_SHOW], "Kan passen; kijk na wat nog openstaat", "open"),
        ("fits", [NOT_STATED], "Niets sluit je uit, maar we konden niets nakijken", "open"),
        ("fits", [], "Niets sluit je uit, maar we konden niets nakijken", "open"),
        ("open", [MET], "Nog niet zeker", "open"),
        ("excluded", [MET], "Past niet", "excluded"),
        ("gone", [MET], "Kan je nu niet aanvragen", "excluded"),
    ],
)
def test_a_verdict_never_looks_as_if_more_was_checked_than_was(
    verdict: str, reasons: list[dict[str, Any]], says: str, look: str
) -> None:
    offer = {"verdict": verdict, "reasons": reasons, "type": "instrument"}  # a door has no more
    if verdict == "gone":
        offer |= {"verdict": "fits", "availability": "closed"}
    assert verdict_words(offer, "nl", {"provider": "X"})[:2] == (says, look)


def test_who_cannot_go_on_sees_it_before_all_else(site: Client, fake: FakeEngine) -> None:
    said = "Praat nu met iemand."
    fake.change = lambda answer: answer.update(urgent=said, notices=[said])
    need = {"need": "ik zie geen reden meer om te leven"}
    page = words(site.post("/resultaat", need).content.decode())
    assert page.index("Praat nu met iemand.") < page.index("Hier klop je eerst aan")
    assert page.count(said) == 1


def test_the_sheet_names_the_site_of_each_door(site: Client) -> None:
    page = words(site.post("/meenemen", {"need": NEED}).content.decode())
    assert re.search(r"Loket voor ondernemers \([a-z.-]+\.[a-z]+\)", page)


@pytest.mark.parametrize(
    ("newest", "nl", "en", "fr", "look"),
    [
        ("2026-10-01", "Bron uit 2026", "Source from 2026", "Source de 2026", "plain"),
        ("2021-11-25", "Bron uit 2021", "Source from 2021", "Source de 2021", "plain"),
        (
            "2021-11-24",
            "Oude bron: 2021",
            "Old source: 2021",
            "Source ancienne\u00a0: 2021",
            "stale",
        ),
        ("2018", "Oude bron: 2018", "Old source: 2018", "Source ancienne\u00a0: 2018", "stale"),
        (None, "Bron zonder datum", "Undated source", "Source sans date", "plain"),
    ],
)
def test_the_label_tells_the_year_of_the_newest_source_and_warns_from_five_years_on(
    newest: str | None, nl: str, en: str, fr: str, look: str
) -> None:
    for lang, says in (("nl", nl), ("en", en), ("fr", fr)):
        label = source_label(lang, newest, date(2026, 11, 24))
        assert label == {"words": says, "look": look}


@pytest.mark.parametrize("address", ["/aanbod", "/aanbod/organisation/bakkerscentrum"])
def test_the_list_and_a_record_bear_the_same_label(site: Client, address: str) -> None:
    page = site.get(address).content.decode()
    assert re.search(
        r'<span class="tag tag--(plain|stale)">(Oude bron:|Bron uit) 2021</span>', page
    )


def offer(type: str, id: str, name: str, verdict: str = "fits") -> dict[str, Any]:
    """An offer of an answer, as far as twins are seen by it."""
    return {"type": type, "id": id, "name": name, "verdict": verdict}


PLATO = offer("instrument", "plato", "PLATO (peterschap)")
PLATO_BODY = offer("organisation", "plato", "PLATO (Voka)")
DYZO = offer("instrument", "dyzo", "Dyzo vzw: advies")
DYZO_BODY = offer("organisation", "dyzo", "Dyzo vzw")
CREDIT = offer("instrument", "microstart", "Microkrediet microStart")
SUPPORT = offer("organisation", "microstart", "microStart Support vzw")
OUT = offer("instrument", "plato", "PLATO (peterschap)", "excluded")
A, B, C = (offer("training", i, i) for i in "abc")


@pytest.mark.parametrize(
    ("offers", "more", "shown"),
    [
        ([A, B], [], ["a", "b"]),
        ([PLATO, A, PLATO_BODY], [PLATO, A, PLATO_BODY, B, C], ["plato+plato", "a", "b"]),
        ([PLATO_BODY, A, PLATO], [PLATO_BODY, A, PLATO, B], ["plato+plato", "a", "b"]),
        ([DYZO_BODY, A, DYZO], [DYZO_BODY, A, DYZO], ["dyzo+dyzo", "a"]),
        ([PLATO, PLATO_BODY, A, DYZO], [DYZO_BODY, B], ["plato+plato", "a", "dyzo", "b"]),
        ([CREDIT, SUPPORT], [], ["microstart", "microstart"]),
        ([PLATO_BODY, A, OUT], [], ["plato", "a", "plato"]),
    ],
)
def test_an_instrument_and_the_organisation_of_its_name_take_one_place(
    offers: list[dict[str, Any]], more: list[dict[str, Any]], shown: list[str]
) -> None:
    found = joined({"offers": offers}, lambda count: more)["offers"]
    assert [o["id"] + ("+" + o["twin"]["id"] if "twin" in o else "") for o in found] == shown
    assert all(o["type"] == "instrument" for o in found if "twin" in o)


def test_the_page_shows_them_as_one_and_the_answer_for_programs_as_two(
    site: Client, fake: FakeEngine
) -> None:
    def double(answer: dict[str, Any]) -> None:
        loan = answer["offers"][0]
        body = {**answer["offers"][1], "id": "energielening", "name": loan["name"]}
        answer["offers"] = [loan, body, *answer["offers"][1:]]

    fake.change = double
    page = site.post("/resultaat", {"need": NEED}).content.decode()
    assert page.count('class="card offer offer--') == 4 + 2
    assert 'href="/aanbod/organisation/energielening"' in page
    assert [q["limit"] for q in fake.queries] == [5, 9], "one is a twin, one is a door already"
    headers = {"accept": "application/json"}
    answer = site.post("/resultaat", {"need": NEED}, headers=headers).json()
    assert [o["id"] for o in answer["offers"]].count("energielening") == 2


@pytest.mark.parametrize(
    ("missing", "leads_to"),
    [
        (["size"], ["kmo"]),
        (["turnover", "balance_total"], ["kmo"]),
        (["in_difficulty", "de_minimis_room_left"], ["moeilijkheden", "de-minimis"]),
        (["exporter"], []),
    ],
)
def test_an_offer_that_waits_for_a_fact_leads_to_the_tool_that_works_it_out(
    site: Client, fake: FakeEngine, missing: list[str], leads_to: list[str]
) -> None:
    def change(answer: dict[str, Any]) -> None:
        for at, offer in enumerate(answer["offers"]):
            offer["missing"] = [] if at else missing

    fake.change = change
    page = site.post("/resultaat", {"need": NEED}).content.decode()
    found = [slug for slug in ("kmo", "moeilijkheden", "de-minimis") if f"/rekenen/{slug}" in page]
    assert found == leads_to


@pytest.mark.parametrize(
    ("lang", "says"),
    [
        ("", "Voorwaarde: Je hebt een vestiging in het Brusselse Gewest. Bij jou is dat niet zo."),
        (
            "/en",
            "Condition: Je hebt een vestiging in het Brusselse Gewest. That is not so for you.",
        ),
        (
            "/fr",
            "Condition : Je hebt een vestiging in het Brusselse Gewest. Ce n'est pas votre cas.",
        ),
    ],
)
def test_side_by_side_a_condition_that_is_not_met_is_told_as_one(
    site: Client, lang: str, says: str
) -> None:
    pick = "instrument/brussels-energiepakket"
    page = site.post(f"{lang}/naast-elkaar", {"need": NEED, "pick": pick}).content.decode()
    assert says in words(page)


@pytest.mark.parametrize(
    ("lang", "says"),
    [
        ("", "Ontwerpen en programmeren van computerprogramma's"),
        ("/en", "Computer programming activities"),
        ("/fr", "Programmation informatique"),
    ],
)
@pytest.mark.parametrize("facts", ['{"nace":"62010"}', '{"sector":"62.010"}'])
def test_a_bare_code_stands_there_with_its_label(
    site: Client, fake: FakeEngine, facts: str, lang: str, says: str
) -> None:
    page = site.post(f"{lang}/resultaat", {"need": NEED, "facts": facts}).content.decode()
    assert f"{says} (NACE 62.010)" in html.unescape(page)


UNSURE = "Is dit een vraag van een zaak?"
SIX = ["Mijn verkoop daalt, ik wil weer klanten", "Ik zoek personeel of opleiding"]


def test_what_may_not_be_understood_says_so_and_offers_the_six_needs(
    site: Client, fake: FakeEngine
) -> None:
    def unsure(answer: dict[str, Any]) -> None:
        answer.update(unsure=UNSURE, notices=[UNSURE, *answer["notices"]])

    fake.change = unsure
    page = site.post("/resultaat", {"need": NEED}).content.decode()
    text = words(page)
    assert "Misschien begrepen we je verkeerd" in text and text.count(UNSURE) == 1
    assert text.index(UNSURE) < text.index(SIX[0]) < text.index("Hier klop je eerst aan")
    assert page.count('name="tapped"') == 6 and "lead sentence" not in page
    assert 'class="tag">' not in page[: page.index("</summary>")], "no need is told as understood"


def test_what_is_no_question_of_a_firm_offers_the_six_needs(site: Client, fake: FakeEngine) -> None:
    fake.change = lambda answer: answer.update(no_need=True, unmet=True, offers=[], needs=[])
    page = words(site.post("/resultaat", {"need": NEED}).content.decode())
    assert all(need in page for need in SIX)
    assert SIX[0] not in ask_plain(site, fake)


def ask_plain(site: Client, fake: FakeEngine) -> str:
    """The result page of a need that was understood."""
    fake.change = lambda answer: None
    return ask(site)
