"""What owners type, and what comes of it: a query, or an error that says how to mend it."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from django.test import Client

from baken.kernel.errors import BakenError
from tests.web.conftest import NEED, FakeEngine, unknown_place

BOTH_WRONG = {"need": NEED, "where": "Xyzstad", "heads": "veel"}


def test_a_place_that_nobody_knows_is_told_beside_what_else_is_wrong(site: Client) -> None:
    pages = [site.post("/resultaat", BOTH_WRONG), site.get("/start", BOTH_WRONG)]
    assert [page.status_code for page in pages] == [400, 200]
    for page in pages:
        told = page.content.decode()
        assert "We kennen &quot;Xyzstad&quot; niet als Belgische gemeente of postcode." in told
        assert "Geef een getal, zoals 8 of 12,5." in told
        assert told.index('href="#where"') < told.index('href="#heads"')


def test_a_place_that_is_known_is_no_error_beside_another(site: Client) -> None:
    page = site.post("/resultaat", {**BOTH_WRONG, "where": "Nieuwpoort"}).content.decode()
    assert 'href="#heads"' in page
    assert 'href="#where"' not in page


@pytest.mark.parametrize(
    ("need", "says"),
    [
        ("", "Schrijf eerst wat je wil oplossen"),
        ("   \n\t ", "Schrijf eerst wat je wil oplossen"),
        ("😀🔥🥐", "We lezen hier geen woorden in"),
        ("12345 !!!", "We lezen hier geen woorden in"),
        ("a" * 5_001, "Je tekst telt 5.001 tekens"),
        ("é" * 50_000, "Je tekst telt 50.000 tekens"),
    ],
)
def test_need_that_cannot_be_used(site: Client, fake: FakeEngine, need: str, says: str) -> None:
    response = site.post("/resultaat", {"need": need})
    page = response.content.decode()
    assert response.status_code == 400
    assert says in page
    assert 'href="#need"' in page
    assert 'aria-invalid="true"' in page
    assert fake.queries == []


@pytest.mark.parametrize(
    "need",
    [
        NEED,
        "a" * 5_000,
        "I can no longer pay my suppliers",
        "我的烤箱耗电太多",
        "<script>alert(1)</script> & 'quotes'",
        "mijn oven 🔥 is stuk",
        "null\x00byte en belletje\x07",
    ],
)
def test_need_that_can_be_used(site: Client, fake: FakeEngine, need: str) -> None:
    response = site.post("/resultaat", {"need": need})
    assert response.status_code == 200
    assert fake.query["need"] == need.replace("\x00", " ").replace("\x07", " ").strip()
    assert "<script" not in response.content.decode()


@pytest.mark.parametrize(
    "state",
    [
        {"facts": '{"headcount":1e400}'},
        {"facts": "{}", "question": "headcount", "answer": "NaN"},
        {"facts": "{}", "question": "headcount", "answer": "-1e999"},
    ],
)
@pytest.mark.django_db
def test_a_number_that_none_can_keep_is_told(
    site: Client, fake: FakeEngine, state: dict[str, str]
) -> None:
    response = site.post("/bewaar", {"need": NEED, "asked": "[]", **state})
    assert response.status_code == 400
    assert fake.queries == []


def test_broken_utf8_is_said(site: Client) -> None:
    response = site.post(
        "/resultaat", b"need=mijn%FFoven", content_type="application/x-www-form-urlencoded"
    )
    assert response.status_code == 400
    assert "Typ hem opnieuw" in response.content.decode()


@pytest.mark.parametrize(
    ("typed", "facts"),
    [
        ({"where": "Aalst"}, {"municipality": "Aalst"}),
        ({"where": " 9300 "}, {"postal_code": "9300"}),
        ({"where": "9300 Aalst"}, {"postal_code": "9300"}),
        ({"where": "B-9300"}, {"postal_code": "9300"}),
        ({"where": "'s-Gravenvoeren"}, {"municipality": "'s-Gravenvoeren"}),
        ({"heads": "8"}, {"headcount": 8}),
        ({"heads": "12,5"}, {"headcount": "12.5"}),
        ({"heads": "1.250"}, {"headcount": 1250}),
        ({"heads": "0,5"}, {"headcount": "0.5"}),
        ({"kbo": "0403.170.701"}, {"kbo": "0403.170.701"}),
        ({"where": "", "heads": "", "kbo": ""}, {}),
    ],
)
def test_the_two_optional_answers(
    site: Client, fake: FakeEngine, typed: dict[str, str], facts: dict[str, Any]
) -> None:
    assert site.post("/resultaat", {"need": NEED, **typed}).status_code == 200
    assert fake.query["facts"] == facts


@pytest.mark.parametrize(
    ("typed", "field", "says"),
    [
        ({"where": "930"}, "where", "vier cijfers"),
        ({"heads": "veel"}, "heads", "Geef een getal"),
        ({"heads": "-3"}, "heads", "boven 0, hoogstens 1.000.000"),
        ({"heads": "1000001"}, "heads", "boven 0, hoogstens 1.000.000"),
        ({"heads": "1e9"}, "heads", "Geef een getal"),
        ({"heads": "NaN"}, "heads", "Geef een getal"),
        ({"heads": "٣"}, "heads", "Geef een getal"),
    ],
)
def test_optional_answer_that_cannot_be_used(
    site: Client, typed: dict[str, str], field: str, says: str
) -> None:
    response = site.post("/resultaat", {"need": NEED, **typed})
    page = response.content.decode()
    assert response.status_code == 400
    assert says in page
    assert f'href="#{field}"' in page
    assert NEED in page


@pytest.mark.parametrize(
    ("need", "places"),
    [
        ("mijn bakkerij in Gent verkoopt minder", ["Gent"]),
        ("ik zoek een pand te Heist-op-den-Berg of in sint-niklaas",
         ["Heist-op-den-Berg", "Sint-Niklaas"]),
        ("mon atelier à Liège perd des clients", ["Luik"]),
        ("een winkel in Aalst, een in Mechelen, een in Lier en een in Gent",
         ["Aalst", "Mechelen", "Lier"]),
        ("de muren in het geel, klanten in de streek van Gent", []),
        ("we werken niet als er niets in ham zit", []),
    ],
)  # fmt: skip
def test_a_place_that_stands_in_the_question_is_there_to_tap(
    site: Client, fake: FakeEngine, need: str, places: list[str]
) -> None:
    def where(answer: dict[str, Any]) -> None:
        answer["next_question"]["fact"] = "province"

    fake.change = where
    page = site.post("/resultaat", {"need": need}).content.decode()
    assert re.findall(r'name="place" value="([^"]*)"', page) == places
    assert ("Je schreef zelf al een plaats" in page) == bool(places)
    if places:
        tapped = {"need": need, "question": "province", "place": places[0]}
        page = site.post("/resultaat", tapped).content.decode()
        assert fake.query["facts"] == {"municipality": places[0]}
        assert 'name="place"' not in page, "and it is not asked again"


def test_no_place_to_tap_at_another_question(site: Client, fake: FakeEngine) -> None:
    page = site.post("/resultaat", {"need": "mijn zaak in Gent"}).content.decode()
    assert 'name="place"' not in page


def test_a_place_that_nobody_knows_gets_near_names_to_choose_from(
    site: Client, fake: FakeEngine
) -> None:
    fake.refuse = unknown_place()
    page = site.post("/resultaat", {"need": NEED, "where": "Alst"}).content.decode()
    assert "We kennen &quot;Alst&quot; niet" in page
    assert '<button class="button button--quiet" name="where_instead" value="Aalst">' in page
    fake.refuse = None
    site.post("/resultaat", {"need": NEED, "where": "Alst", "where_instead": "Aalst"})
    assert fake.query["facts"] == {"municipality": "Aalst"}


def test_a_name_that_places_of_several_provinces_have_is_asked(
    site: Client, fake: FakeEngine
) -> None:
    page = site.post("/resultaat", {"need": NEED, "where": "Meldert"}).content.decode()
    assert "Er zijn 3 plaatsen met die naam" in page
    assert re.search(r'<button [^>]*form="kies"[^>]* name="place" value="Lummen">', page)
    known = {"need": NEED, "facts": json.dumps({"municipality": "Meldert", "headcount": 4})}
    page = site.post("/resultaat", {**known, "place": "Lummen"}).content.decode()
    assert fake.query["facts"] == {"municipality": "Lummen", "headcount": 4}
    assert "plaatsen met die naam" not in page


@pytest.mark.parametrize("where", ["Halle", "1040", "Gent", ""])
def test_a_place_that_is_one_or_in_one_province_is_not_asked(site: Client, where: str) -> None:
    page = site.post("/resultaat", {"need": NEED, "where": where}).content.decode()
    assert 'name="place"' not in page


@pytest.mark.parametrize(
    ("path", "says"),
    [
        ("facts.kbo", "ondernemingsnummer klopt niet"),
        ("facts.headcount", "Geef een getal"),
        ("facts.nonsense", "We konden je vraag niet verwerken"),
        ("", "We konden je vraag niet verwerken"),
    ],
)
def test_the_engines_error_lands_at_its_field(
    site: Client, fake: FakeEngine, path: str, says: str
) -> None:
    fake.refuse = BakenError(path, "is wrong")
    response = site.post("/resultaat", {"need": NEED})
    assert response.status_code == 400
    assert says in response.content.decode()


def test_an_answer_travels_in_the_form(site: Client, fake: FakeEngine) -> None:
    state = {"need": NEED, "facts": '{"municipality":"Aalst"}', "asked": '["headcount"]'}
    site.post("/resultaat", {**state, "question": "social_debt_overdue", "answer": "false"})
    assert fake.query["facts"] == {"municipality": "Aalst", "social_debt_overdue": False}
    assert fake.query["asked"] == ["headcount", "social_debt_overdue"]


def test_not_knowing_is_asked_but_no_fact(site: Client, fake: FakeEngine) -> None:
    site.post("/resultaat", {"need": NEED, "question": "headcount", "answer": "null"})
    assert fake.query["facts"] == {}
    assert fake.query["asked"] == ["headcount"]


def test_an_answer_can_be_taken_back(site: Client, fake: FakeEngine) -> None:
    state = {"need": NEED, "facts": '{"headcount":8,"region":"vlaams-gewest"}'}
    site.post("/resultaat", {**state, "asked": '["headcount"]', "forget": "headcount"})
    assert fake.query["facts"] == {"region": "vlaams-gewest"}
    assert fake.query["asked"] == []


@pytest.mark.parametrize(
    "state",
    [
        {"facts": "{"},
        {"facts": "[]"},
        {"facts": '{"a":NaN}'},
        {"facts": json.dumps({f"f{i}": 1 for i in range(200)})},
        {"facts": '{"a":"' + "b" * 30_000 + '"}'},
        {"asked": "{}"},
        {"facts": "[" * 15_000},
        {"question": "headcount", "answer": "{}"},
        {"question": "../etc", "answer": "1"},
    ],
)
def test_hidden_fields_that_were_meddled_with(
    site: Client, fake: FakeEngine, state: dict[str, str]
) -> None:
    response = site.post("/resultaat", {"need": NEED, **state})
    assert response.status_code == 400
    assert fake.queries == []


def test_changing_the_question_keeps_what_was_said(site: Client, fake: FakeEngine) -> None:
    facts = '{"municipality":"Aalst","headcount":8,"exporter":true}'
    response = site.post("/", {"need": NEED, "facts": facts, "edit": "1"})
    page = response.content.decode()
    assert response.status_code == 200
    assert NEED in page
    assert 'value="Aalst"' in page
    form = {"need": NEED, "facts": facts, "where": "9000", "heads": "", "kbo": ""}
    site.post("/resultaat", form)
    assert fake.query["facts"] == {"exporter": True, "postal_code": "9000"}


def test_more_offers_on_request_but_no_more_than_ten(site: Client, fake: FakeEngine) -> None:
    site.post("/resultaat", {"need": NEED, "limit": "10"})
    assert fake.queries[0]["limit"] == 10
    fake.queries.clear()
    site.post("/resultaat", {"need": NEED, "limit": "100000"})
    assert fake.queries[0]["limit"] == 5


def test_what_the_words_tell_is_shown_and_can_be_set_right(site: Client, fake: FakeEngine) -> None:
    fake.change = lambda answer: answer.update(heard=["exporter"], heard_trade="Kappers")
    page = site.post("/resultaat", {"need": NEED}).content.decode()
    assert "Verkoopt of wil verkopen in het buitenland" in page
    assert page.count("uit de woorden van je vraag") == 2
    site.post("/resultaat", {"need": NEED, "question": "exporter", "answer": "false"})
    assert fake.query["facts"] == {"exporter": False}
    site.post("/resultaat", {"need": NEED, "trade": "bakker"})
    assert fake.query["facts"] == {"sector": "bakker"}


def test_what_happened_by_the_words_is_shown_and_can_be_taken_back(
    site: Client, fake: FakeEngine
) -> None:
    fake.change = lambda answer: answer.update(heard=["event"], heard_values={"event": ["fire"]})
    page = site.post("/resultaat", {"need": NEED}).content.decode()
    assert "Wat er gebeurd is: brand" in page
    assert 'name="settled" value="event=null" aria-label' in page
    site.post("/resultaat", {"need": NEED, "question": "kbo", "settled": "event=null"})
    assert (fake.query["facts"], fake.query["asked"]) == ({}, ["event"])


@pytest.mark.parametrize("typed", ["", "   "])
def test_an_empty_trade_changes_nothing_and_is_told(
    site: Client, fake: FakeEngine, typed: str
) -> None:
    fake.change = lambda answer: answer.update(heard_trade="Kappers")
    told = {"need": NEED, "facts": '{"sector": "kapper"}', "trade": typed}
    page = site.post("/resultaat", told).content.decode()
    assert (fake.query["facts"], fake.query["asked"]) == ({"sector": "kapper"}, [])
    assert "Je schreef hier niets, dus er veranderde niets." in page
    assert '<details class="known" id="weten" open>' in page
    assert "Je schreef hier niets" not in site.post("/resultaat", {"need": NEED}).content.decode()


def test_a_typed_trade_is_read_by_its_own_button_or_the_enter_key(
    site: Client, fake: FakeEngine
) -> None:
    typed = {"need": NEED, "trade_other": "bakker", "trade_heard": ""}
    for pressed, facts in (("", {}), ("trade_heard", {}), ("trade_other", {"sector": "bakker"})):
        site.post("/resultaat", {**typed, "typed": pressed})
        assert fake.query["facts"] == facts
    site.post("/resultaat", {**typed, "missed": "energie", "typed": "enter"})
    assert fake.query["facts"] == {"sector": "bakker"}
    site.post("/resultaat", {"need": NEED, "missed": "energie"})
    assert fake.query["facts"] == {}


def test_the_enter_key_in_the_name_of_a_measure_asks_why(site: Client, fake: FakeEngine) -> None:
    told = {"need": NEED, "missed": "energielening", "typed": "enter"}
    response = site.post("/en/resultaat", told)
    assert (response.status_code, response.headers["Location"]) == (307, "/en/waarom-niet")


def test_who_changes_the_question_keeps_the_ticks(site: Client, fake: FakeEngine) -> None:
    told = {"need": NEED, "edit": "1", "pick": "instrument/energielening"}
    page = site.post("/", told).content.decode()
    assert '<input type="hidden" name="pick" value="instrument/energielening">' in page


@pytest.mark.parametrize("away", [{"no_trade": "1", "trade": "bakker"}, {"no_trade": "1"}])
def test_a_trade_that_is_taken_away_stays_away(
    site: Client, fake: FakeEngine, away: dict[str, str]
) -> None:
    fake.change = lambda answer: answer.update(heard_trade="Kappers")
    page = site.post("/resultaat", {"need": NEED}).content.decode()
    assert "Haal weg, ik zeg het liever niet" in page
    site.post("/resultaat", {"need": NEED, "facts": '{"sector": "kapper"}', **away})
    assert (fake.query["facts"], fake.query["asked"]) == ({}, ["sector"])
    site.post("/resultaat", {"need": NEED, "asked": '["sector"]', "trade": "bakker"})
    assert (fake.query["facts"], fake.query["asked"]) == ({"sector": "bakker"}, [])


def test_the_first_sentence_passes_over_what_is_not_surely_about_the_need(
    site: Client, fake: FakeEngine
) -> None:
    def nothing_leads(answer: dict[str, Any]) -> None:
        for offer in answer["offers"]:
            offer["leads"] = False

    before = site.post("/resultaat", {"need": NEED}).content.decode()
    fake.change = nothing_leads
    after = site.post("/resultaat", {"need": NEED}).content.decode()
    assert "Kijk daarna naar" in before and "Kijk daarna naar" not in after


def test_the_first_sentence_is_sure_of_what_fits_alone_and_names_nothing_ten_years_old(
    site: Client, fake: FakeEngine
) -> None:
    def sentence(verdict: str, newest: str | None) -> str:
        def judged(answer: dict[str, Any]) -> None:
            best = answer["offers"][0]
            met = {"id": "x", "says": "x", "family": "other", "met": True, "source": None}
            best.update(verdict=verdict, newest_source=newest, reasons=[met])
            answer["offers"] = [best]

        fake.change = judged
        page = site.post("/resultaat", {"need": NEED}).content.decode()
        found = re.search('<p class="lead sentence">([^<]*)</p>', page)
        return found[1] if found else ""

    assert sentence("fits", "2026-01").endswith("Kijk daarna naar Energielening voor kleine zaken.")
    assert sentence("open", "2026-01").endswith("kleine zaken; of dat past, is nog niet zeker.")
    assert sentence("open", None).endswith("nog niet zeker."), "no date is not old"
    assert "Kijk daarna" not in sentence("fits", "2016")


@pytest.mark.parametrize(
    ("lang", "says"),
    [("", "vult 1 in"), ("/en", "fill in 1"), ("/fr", "indiquez 1")],
)
def test_who_counts_nobody_is_asked_to_count_themselves(
    site: Client, fake: FakeEngine, lang: str, says: str
) -> None:
    page = site.post(f"{lang}/resultaat", {"need": NEED, "heads": "0"})
    assert page.status_code == 400
    assert says in page.content.decode()
    assert fake.queries == []
