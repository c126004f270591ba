"""Other ways in, the answer in a sentence, why something is not there, and offers side by side."""

from __future__ import annotations

import re
from html import unescape
from typing import Any
from urllib.parse import quote

import pytest
from django.http import QueryDict
from django.test import Client
from django.urls import reverse

from baken.match import match
from baken.web.handover.models import Receiver
from baken.web.owner.models import CatalogueRecord
from baken.web.texts import items, text
from tests.web.conftest import NEED, FakeEngine, unknown_place
from tests.web.handover import path

STATE = {"need": NEED, "facts": '{"municipality":"Aalst"}', "asked": "[]", "limit": "5"}


@pytest.mark.parametrize("lang", ["nl", "en", "fr"])
def test_each_tappable_need_is_understood_as_what_it_says(lang: str) -> None:
    meant = ["N12", "N14", "N13", "N11", "N03", "N05"]
    for need, code in zip(items(lang, "start.example_needs"), meant, strict=True):
        answer = match({"need": need, "lang": lang, "as_of": "2026-11-26"})
        assert (need, answer.needs[0].code, answer.unmet) == (need, code, False)


def test_a_tapped_need_goes_with_what_was_typed_beside_it(site: Client, fake: FakeEngine) -> None:
    site.post("/resultaat", {"need": "", "where": "Aalst", "tapped": "Ik vind geen personeel"})
    assert fake.query["need"] == "Ik vind geen personeel"
    assert fake.query["facts"] == {"municipality": "Aalst"}


def test_the_answer_begins_with_a_sentence_that_names_the_door_and_the_best_offer(
    site: Client, fake: FakeEngine
) -> None:
    says = "Klop eerst aan bij Centrum voor bakkers. Kijk daarna naar Energielening"
    assert says in site.post("/resultaat", STATE).content.decode()
    french = site.post("/fr/resultaat", STATE).content.decode().replace("\u00a0", " ")
    assert "Première porte : Centrum voor bakkers. À regarder ensuite : Energielening" in french
    fake.reply = "unmet"
    assert "Klop eerst aan bij" not in site.post("/resultaat", STATE).content.decode()


@pytest.mark.parametrize(
    ("link", "there", "not_there"),
    [
        ("need=mijn+oven&where=Aalst&van=je+boekhouder", ['value="Aalst"', "je boekhouder"], []),
        ("exporter=true", ['name="take" value="{&quot;exporter&quot;:true}" checked'], []),
        ("exporter=maybe&nonsense=1", [], ['name="take"']),
        ("van=%3Cb%3Ex", ["&lt;b&gt;x"], ["<b>x"]),
        ("heads=veel", ["Geef een getal"], []),
        ("where=", ["Er is nog niets verstuurd"], ["Schrijf eerst wat je wil oplossen"]),
    ],
)
def test_a_link_from_somebody_else_fills_in_and_sends_nothing(
    site: Client, fake: FakeEngine, link: str, there: list[str], not_there: list[str]
) -> None:
    for response in (site.get(f"/start?{link}"), site.post("/start", QueryDict(link).dict())):
        page = response.content.decode()
        assert response.status_code == 200
        assert all(t in page for t in there)
        assert not any(t in page for t in not_there)
    assert fake.queries == []


def test_a_link_whose_words_no_server_sees_leads_to_a_page_that_reads_them(site: Client) -> None:
    page = site.get("/start")
    assert "/static/js/link.js" in page.content.decode()
    assert "script-src 'self'" in page.headers["Content-Security-Policy"]
    assert 'class="button" href="/"' in page.content.decode(), "a way on without a script"


def test_what_the_owner_confirms_goes_along(site: Client, fake: FakeEngine) -> None:
    site.post("/resultaat", {"need": NEED, "where": "Aalst", "take": '{"exporter":true}'})
    assert fake.query["facts"] == {"municipality": "Aalst", "exporter": True}


LINKED = {"told": "link:je boekhouder", "linked": '{"where":"Aalst","heads":"4","kbo":""}'}
BY = "ingevuld door je boekhouder"


@pytest.mark.parametrize(
    ("typed", "by"),
    [
        ({"where": "Aalst", "heads": "4", "take": '{"exporter":true}'}, 3),
        ({"where": "Gent", "heads": "4"}, 1),
        ({"where": "Gent", "heads": "5"}, 0),
        ({"where": "Aalst", "told": "elsewhere"}, 0),
    ],
)
def test_who_filled_in_what_is_told_until_the_owner_changes_it(
    site: Client, fake: FakeEngine, typed: dict[str, str], by: int
) -> None:
    page = site.post("/resultaat", {"need": NEED, **LINKED, **typed}).content.decode()
    assert page.count(BY) == by
    if by == 3:
        state = re.findall(r'name="(facts|told_by)" value="([^"]*)"', page)
        held = {"need": NEED} | {name: unescape(value) for name, value in state}
        assert site.post("/resultaat", held).content.decode().count(BY) == 3
        other = {**held, "question": "exporter", "answer": "false"}
        assert site.post("/resultaat", other).content.decode().count(BY) == 2


def test_facts_of_alarms_are_told_as_such_to_owner_and_adviser(
    site: Client, fake: FakeEngine
) -> None:
    ticked = {"told": "signals", "take": '{"turnover_drop_pct":22}'}
    page = site.post("/resultaat", {"need": NEED, **ticked}).content.decode()
    assert "uit je eigen cijfers" in page
    path.doors_take_files()
    item = ["need", "facts:turnover_drop_pct"]
    sent = site.post("/stuur/nakijken", path.state(item=item, **ticked, **path.REACH))
    assert "uit de eigen cijfers" in sent.content.decode()


def missed(site: Client, name: str, **more: str) -> str:
    """The page that tells why something is not there."""
    return str(site.post("/waarom-niet", {**STATE, "missed": name, **more}).content.decode())


def renamed(answer: dict[str, Any], id_: str, verdict: str, **more: Any) -> None:
    """Give the first offer of an answer another id and verdict."""
    answer["offers"][0] |= {"id": id_, "verdict": verdict, **more}


def test_what_is_excluded_is_told_with_the_condition_and_what_would_change_it(
    site: Client, fake: FakeEngine
) -> None:
    unmet = {
        "condition": "c", "met": False, "says": "Je werkt in Brussel.", "unknown_because": None,
        "source": {"url": None, "date": None}, "found": None, "change": "Met een zetel daar wel.",
    }  # fmt: skip
    fake.change = lambda a: renamed(a, "streekfonds", "excluded", reasons=[unmet])
    page = missed(site, "Streekfonds")
    assert "één voorwaarde klopt niet" in page
    assert "Je werkt in Brussel." in page
    assert "Met een zetel daar wel." in page
    assert fake.query["only"] == ["streekfonds"]


def test_a_condition_without_a_change_promises_none(site: Client, fake: FakeEngine) -> None:
    unmet = {
        "condition": "c", "met": False, "says": "Je kreeg nog geen steun.", "unknown_because": None,
        "source": {"url": None, "date": None}, "found": None, "change": None,
    }  # fmt: skip
    fake.change = lambda a: renamed(a, "streekfonds", "excluded", reasons=[unmet])
    page = missed(site, "Streekfonds")
    assert "Hieronder lees je welke." in page
    assert "wat daar iets aan verandert" not in page


@pytest.mark.parametrize(
    ("status", "next_", "says"),
    [
        (
            {"value": "replaced", "as_of": "2021-02-28"},
            ["energielening"],
            "Dit bestaat niet meer (stand van 28\u00a0februari 2021). "
            "In de plaats kwam: Energielening voor kleine zaken.",
        ),
        ({"value": "abolished"}, [], "Dit bestaat niet meer (bron zonder datum)."),
    ],
)
def test_what_is_no_more_does_not_seem_to_fit(
    site: Client, fake: FakeEngine, status: dict[str, str], next_: list[str], says: str
) -> None:
    row = CatalogueRecord.objects.get(type="instrument", record_id="streekfonds")
    row.json |= {"status": status, "replaced_by": next_}
    row.save()

    def closed(answer: dict[str, Any]) -> None:
        for offer in answer["offers"]:
            offer |= {"availability": "closed", "verdict": "fits"}

    fake.change = closed
    page = missed(site, "Streekfonds")
    assert says in page
    assert "Lijkt te passen" not in page and "Kan passen" not in page
    assert "Kan je nu niet aanvragen" in page
    assert ('href="/aanbod/instrument/energielening"' in page) == bool(next_)


@pytest.mark.parametrize("next_", [[], ["bakkerscentrum"]])
@pytest.mark.parametrize("typed", [{}, {"which": "organisation/energiehuis"}])
def test_an_organisation_that_the_operator_set_as_gone_is_no_unknown_name(
    site: Client, fake: FakeEngine, typed: dict[str, str], next_: list[str]
) -> None:
    row = CatalogueRecord.objects.get(type="organisation", record_id="energiehuis")
    row.json |= {"replaced_by": next_}
    row.save()
    Receiver.objects.create(record_id="energiehuis", name="Energiehuis", active=False, gone=True)
    page = missed(site, "Energiehuis", **typed)
    assert "<strong>Energiehuis</strong>" in page
    assert text("nl", "journey.why.ceased") in page
    assert "We kennen niets met die naam" not in page
    assert 'href="/aanbod/organisation/energiehuis"' in page
    assert ("In de plaats kwam: Centrum voor bakkers." in page) == bool(next_)


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("", "Schrijf de naam van wat je mist"),
        ("   ???", "We kennen niets met die naam"),
        ("xyzzyqq", "We kennen niets met die naam"),
        ("streekfonds", "Dit staat wel bij je antwoord"),
        ("<script>alert(1)</script>", "&lt;script&gt;"),
    ],
)
def test_names_that_are_missed(site: Client, name: str, says: str) -> None:
    page = missed(site, name)
    assert says in page
    assert "<script>alert" not in page


@pytest.mark.parametrize("lang", ["nl", "en", "fr"])
@pytest.mark.parametrize("which", ["instrument/streekfonds", "organisation/energielening"])
def test_the_next_best_in_a_place_that_came_free_and_a_twin_stand_on_the_page(
    site: Client, fake: FakeEngine, lang: str, which: str
) -> None:
    def twins(answer: dict[str, Any]) -> None:
        loan, *others = answer["offers"]
        body = {**others[0], "id": "energielening", "name": loan["name"], "verdict": "fits"}
        most = None if "only" in fake.query else fake.query["limit"]
        answer["offers"] = [loan, body, *others][:most]

    fake.change = twins
    told = {**STATE, "which": which}
    shown = site.post(reverse(f"{lang}:result"), STATE).content.decode()
    assert f'/aanbod/{which}"' in shown
    page = site.post(reverse(f"{lang}:why_not"), told).content.decode()
    assert text(lang, "journey.why.shown") in unescape(page)


@pytest.mark.parametrize("door", ["ondernemersloket", "energiehuis"])
def test_a_door_stands_on_the_page(site: Client, fake: FakeEngine, door: str) -> None:
    def asked_of(answer: dict[str, Any]) -> None:
        if fake.query.get("only"):
            renamed(answer, door, "fits", type="organisation")

    fake.change = asked_of
    page = missed(site, "", which=f"organisation/{door}")
    assert text("nl", "journey.why.shown") in page


def test_several_of_a_name_are_put_as_a_choice(site: Client) -> None:
    page = missed(site, "energie")
    found = re.findall(r'name="which" value="([^"]+)"', page)
    assert "instrument/energielening" in found
    page = missed(site, "energie", which="instrument/energielening")
    assert "Dit staat wel bij je antwoord" in page
    assert "<strong>Energielening voor kleine zaken</strong>" in page


@pytest.mark.parametrize(
    "typed", ["ENERGIELENING voor kleine-zaken", "groene lening", "streekfond"]
)
def test_a_name_and_a_plain_typing_error_are_answered_at_once(site: Client, typed: str) -> None:
    page = missed(site, typed)
    assert 'name="which"' not in page
    assert "Dit gaat over:" in page


NO_ANSWER = [
    # what was typed, what is said of it, and which measures are put as a choice
    ("de streek", "Bedoel je een van deze?", ["instrument/streekfonds"]),
    ("innovatiepremie", "We kennen niets met die naam", []),
]


@pytest.mark.parametrize(("typed", "says", "near"), NO_ANSWER, ids=[t for t, *_ in NO_ANSWER])
def test_a_name_that_is_near_or_not_known_is_never_answered_as_another(
    site: Client, fake: FakeEngine, typed: str, says: str, near: list[str]
) -> None:
    page = missed(site, typed)
    assert says in page
    assert re.findall(r'name="which" value="([^"]+)"', page) == near
    assert fake.queries == []
    assert f'/aanbod?q={quote(typed)}"' in page, "the way on holds the words"


def test_three_offers_stand_side_by_side_in_the_order_of_choice(
    site: Client, fake: FakeEngine
) -> None:
    picks = ["instrument/streekfonds", "instrument/klimaatscan", "instrument/energielening"]
    ticked = {**STATE, "pick": [*picks, "training/opleiding-winkel", "../etc"]}
    page = site.post("/naast-elkaar", ticked).content.decode()
    assert re.findall(r'<h2 id="[^"]+">([^<]+)</h2>', page) == [
        "Streekfonds", "Klimaatscan", "Energielening voor kleine zaken",
        "Gaan ze samen, en hoeveel is het hoogstens?",
    ]  # fmt: skip
    assert fake.query["only"] == ["streekfonds", "klimaatscan", "energielening"]
    assert "Dit staat er dus niet bij" not in page, "a record that is not there has no name"
    ticked["pick"] = [*picks, "organisation/energiehuis", "training/opleiding-winkel"]
    page = site.post("/naast-elkaar", ticked).content.decode()
    assert "Dit staat er dus niet bij: Energiehuis." in page
    ticked["pick"] = [*picks, "training/opleiding-winkel", "../etc"]
    back = site.post("/resultaat", ticked).content.decode()
    assert back.count(" checked>") == 4


def beside(site: Client, pick: str, lang: str = "") -> list[tuple[str, list[str]]]:
    """What one offer's card side by side tells: each heading with its lines."""
    page = site.post(f"{lang}/naast-elkaar", {**STATE, "pick": [pick]}).content.decode()
    rows = re.findall(r"<div><dt>([^<]+)</dt><dd>(.*?)</dd></div>", page, re.DOTALL)
    lines = [(head, re.split(r"</?(?:ul|li)>", body)) for head, body in rows]
    return [(head, [unescape(x) for x in body if x]) for head, body in lines]


def test_side_by_side_leaves_no_condition_out(site: Client, fake: FakeEngine) -> None:
    def long(answer: dict[str, Any]) -> None:
        reasons = next(o for o in answer["offers"] if o["id"] == "klimaatscan")["reasons"]
        for i in range(9):
            reasons.append({**reasons[0], "condition": f"c{i}", "says": f"Voorwaarde {i}."})
            reasons.append({**reasons[2], "condition": f"m{i}", "says": f"In orde {i}."})

    fake.change = long
    told = dict(beside(site, "instrument/klimaatscan"))
    assert len(told["Wat nog open is"]) == 2 + 9
    assert len(told["Wat klopt"]) == 1 + 9


def test_side_by_side_each_condition_tells_where_it_is_written(
    site: Client, fake: FakeEngine
) -> None:
    page = site.post("/naast-elkaar", {**STATE, "pick": "instrument/energielening"})
    card = unescape(page.content.decode()).split('class="plain beside"')[1].split("</dl>")[0]
    assert re.search(r'class="tag tag--\w+">(?:Oude bron|Bron)', card), "and how old the newest is"
    for head in ("Wat klopt", "Wat nog open is"):
        told = card.split(f"<dt>{head}</dt>")[1].split("</dd>")[0]
        assert told.count('class="source"') == told.count("<li>") > 0


def test_side_by_side_what_is_unknown_never_reads_as_nothing(
    site: Client, fake: FakeEngine
) -> None:
    told = dict(beside(site, "instrument/energielening"))
    assert told["Staat niet in de bron"] == [
        "De bron zegt niet welke rechtsvorm je moet hebben.",
        "Dat betekent niet dat er geen beperking is.",
    ]
    assert "Wat klopt" in told and "Klopt niet" not in told
    assert dict(beside(site, "training/opleiding-winkel"))["Wat klopt"] == [
        "Van geen enkele voorwaarde weten we al dat ze klopt."
    ]
    told = dict(beside(site, "instrument/streekfonds"))
    assert told["Wat nog open is"] == ["Van wat in onze bron staat: niets meer."]
    told = dict(beside(site, "organisation/bakkerscentrum"))
    assert told["Voorwaarden"] == [text("nl", "journey.compare.no_conditions")]
    assert "Wat nog open is" not in told and "Wat klopt" not in told
    told = dict(beside(site, "instrument/brussels-energiepakket"))
    assert told["Klopt niet"][0].startswith("Voorwaarde: Je hebt een vestiging in het Brusselse")


@pytest.mark.parametrize("page", ["/naast-elkaar", "/waarom-niet", "/plan", "/plan/agenda.ics"])
def test_pages_after_the_answer_without_one(site: Client, page: str) -> None:
    assert "Hier staat nog niets" in site.get(page).content.decode()
    assert site.post(page, {"need": ""}).status_code == 400
    assert site.put(page).status_code == 405
    json = site.get(page, HTTP_ACCEPT="application/json")
    assert (json.status_code, json["Allow"]) == (405, "POST")


@pytest.mark.parametrize(
    ("page", "more"),
    [
        ("/naast-elkaar", {"pick": "instrument/streekfonds"}),
        ("/waarom-niet", {"which": "instrument/streekfonds"}),
        ("/plan", {"pick": "instrument/streekfonds"}),
        ("/plan", {}),
        ("/plan/agenda.ics", {}),
    ],
)
def test_what_the_engine_refuses_is_an_error_of_who_asked(
    site: Client, fake: FakeEngine, page: str, more: dict[str, str]
) -> None:
    fake.refuse = unknown_place()
    answer = site.post(page, {**STATE, **more})
    assert answer.status_code == 400
    assert text("nl", "error_pages.400.title") in unescape(answer.content.decode())


def test_nothing_ticked_says_how_to_go_on(site: Client, fake: FakeEngine) -> None:
    page = site.post("/naast-elkaar", STATE).content.decode()
    assert "Vink eerst twee of drie mogelijkheden aan" in page
    assert fake.queries == []
