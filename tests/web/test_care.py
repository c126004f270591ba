"""Who cries for help: a page that says whom to call, before anything else."""

from __future__ import annotations

import html
import json
import re
from typing import Any

import pytest
from django.test import Client

from baken.web.catalogue import load_catalogue
from tests.web.conftest import NEED, FakeEngine

pytestmark = pytest.mark.django_db
CALLS = [
    {"name": "Zelfmoordlijn", "number": "1813"},
    {"name": "Centre de Prévention", "number": "0800 32 123"},
]


def cries(answer: dict[str, Any]) -> None:
    """Make a cry for help of an answer."""
    notice = "Gaat het niet meer? Praat nu met iemand."
    answer.update(urgent=notice, calls=CALLS, notices=[notice, *answer["notices"]])


def listened_to(answer: dict[str, Any]) -> None:
    """Make a cry for help of an answer, with who listens as its doors."""
    cries(answer)
    answer["route"].update(doors=["zelfmoordlijn"], alternative="tele-accueil", reasons=[])


@pytest.mark.parametrize(
    ("lang", "title"),
    [
        ("", "Praat eerst met iemand"),
        ("/en", "Talk to somebody first"),
        ("/fr", "Parlez d'abord à quelqu'un"),
    ],
)
def test_whom_to_call_stands_right_below_a_title_of_care(
    site: Client, fake: FakeEngine, lang: str, title: str
) -> None:
    fake.change = cries
    found = site.post(f"{lang}/resultaat", {"need": NEED, "heads": "1"}).content.decode()
    page = re.sub("[\u2019\xa0]", " ", html.unescape(found)).replace("'", " ")
    head = page[page.index("<h1>") : page.index('<details class="known"')]
    assert f"<h1>{title.replace(chr(39), ' ')}</h1>" in head
    assert re.findall('href="tel:([0-9]+)"', head) == ["1813", "080032123"]
    assert "wellicht micro" not in head, "the size of the firm can wait"
    assert page.index("<h1>") < page.index('href="tel:1813"') < page.index('class="door"')
    known = page[page.index('<details class="known"') : page.index("</summary>")]
    assert 'class="tag">' not in known and "lead sentence" not in page, "no need in between"


@pytest.mark.parametrize(
    ("lang", "one", "more"),
    [
        ("", "1 persoon", "8 mensen"),
        ("/en", "1 person", "8 people"),
        ("/fr", "1 personne", "8 personnes"),
    ],
)
def test_one_head_is_one_person(site: Client, lang: str, one: str, more: str) -> None:
    for heads, says in (("1", one), ("8", more)):
        page = site.post(f"{lang}/resultaat", {"need": NEED, "heads": heads}).content.decode()
        assert f'<span class="tag tag--plain">{says}</span>' in html.unescape(page)


def test_the_door_of_who_listens_is_called_and_takes_no_question(
    client: Client, fake: FakeEngine
) -> None:
    load_catalogue()
    fake.change = listened_to
    page = client.post("/resultaat", {"need": NEED}).content.decode()
    doors = page[page.index('id="deuren"') :]
    assert 'href="tel:1813"' in doors and 'href="tel:107"' in doors
    assert 'action="/stuur"' not in doors and "https://www.zelfmoord1813.be" in doors


@pytest.mark.parametrize(
    ("lang", "title"),
    [
        ("", "Zo bereik je Zelfmoordlijn 1813"),
        ("/en", "How to reach Zelfmoordlijn 1813"),
        ("/fr", "Comment joindre Zelfmoordlijn 1813"),
    ],
)
def test_the_page_of_who_listens_tells_the_number_and_the_site(
    client: Client, fake: FakeEngine, lang: str, title: str
) -> None:
    load_catalogue()
    fake.change = listened_to
    state = {"need": NEED, "facts": json.dumps({"headcount": 1}), "asked": "[]"}
    state.update(to="zelfmoordlijn", key="0123456789abcdef" * 2)
    page = html.unescape(client.post(f"{lang}/stuur", state).content.decode())
    assert title in page and 'href="tel:1813"' in page
    assert "https://www.zelfmoord1813.be" in page
    assert "kan nu niets sturen" not in page and "op de website" not in page


@pytest.mark.parametrize(
    ("lang", "record_id", "dial", "says"),
    [
        ("", "tele-onthaal", "106", "Bel 106"),
        ("", "zelfmoordlijn", "1813", "Bel 1813"),
        ("/fr", "centre-de-prevention-du-suicide", "080032123", "0800 32 123"),
        ("/en", "tele-accueil", "107", "Call 107"),
    ],
)
def test_the_record_of_who_listens_has_the_number_to_call(
    client: Client, lang: str, record_id: str, dial: str, says: str
) -> None:
    load_catalogue()
    page = html.unescape(client.get(f"{lang}/aanbod/organisation/{record_id}").content.decode())
    button = re.search(f'<a class="button" href="tel:{dial}">([^<]*)<', page.replace("\xa0", " "))
    assert button and says in button[1]
    assert page.index("<h1") < page.index('href="tel:') < page.index('class="facts"')


def test_the_record_of_who_is_no_helpline_has_none(client: Client) -> None:
    load_catalogue()
    assert "tel:" not in client.get("/aanbod/organisation/unizo").content.decode()


@pytest.mark.parametrize(
    ("lang", "need", "calls"),
    [
        ("", "ik wil er een einde aan maken", ["Bel 1813", "Bel 106"]),
        ("/en", "I want to kill myself", ["Call 1813", "Call 0800 32 123", "Call 106", "Call 107"]),
        ("/fr", "je veux mourir", ["0800 32 123", "107"]),
    ],
)
def test_who_listens_gets_no_verdict_and_the_page_weighs_nothing(
    client: Client, lang: str, need: str, calls: list[str]
) -> None:
    load_catalogue()
    found = client.post(f"{lang}/resultaat", {"need": need, "where": "Gent"}).content.decode()
    page = html.unescape(found).replace("\xa0", " ")
    below = page[page.index('id="deuren"') : page.index('class="result__more"')]
    assert all(call in below for call in calls)
    heads = re.findall(r'class="offer__short">([^<]*)<', below)
    weighed = [says for says in heads if not re.search(r"\d", says)]
    assert below.count('class="verdict') == len(weighed) <= 1, "but for a psychologist"
    assert 'id="vraag"' not in page and "naast-elkaar" not in below
    assert "Rien dans notre offre" not in below


def test_beside_an_answer_for_a_firm_nothing_of_that_is_left_out(client: Client) -> None:
    load_catalogue()
    page = client.post(
        "/resultaat", {"need": "mijn oven verbruikt te veel", "where": "Gent"}
    ).content.decode()
    assert 'id="vraag"' in page and "naast-elkaar" in page and 'class="verdict' in page
